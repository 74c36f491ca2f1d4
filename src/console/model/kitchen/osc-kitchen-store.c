/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The live list of tickets. It follows the feed; at the feed's "reset" and when stations change it
 * loads anew. Counts are kept with every change of a ticket, never computed over. */

#include "osc-kitchen-store.h"

#include <string.h>

#include "osc-kitchen-store-private.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-rest.h"

#define KEPT_BUMPED 200
#define RETRY_SECONDS 3

static void list_model_iface_init (GListModelInterface *iface);

enum { PROP_FROZEN_AT = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { NEWS, COUNTED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (OscKitchenStore,
                               osc_kitchen_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* ---- GListModel ---- */

static GType
get_item_type (GListModel *list)
{
  return OSC_TYPE_KITCHEN_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return OSC_KITCHEN_STORE (list)->open->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GPtrArray *open = OSC_KITCHEN_STORE (list)->open;

  return position < open->len ? g_object_ref (g_ptr_array_index (open, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- counts ---- */

const char *
osc_kitchen_line_name (const OsyKitchenLine *line)
{
  g_return_val_if_fail (line != NULL, "");
  return line->kitchen_name != NULL ? line->kitchen_name : line->name;
}

static gboolean
is_waiting (const OsyKitchenTicketData *ticket)
{
  return strcmp (ticket->state, OSY_TICKET_OPEN) == 0;
}

/* Of tickets that are cooked, not of those that are put together. */
static void
add_count (OscKitchenStore *self,
           const OsyKitchenTicketData *ticket,
           const OsyKitchenLine *line,
           gint64 quantity)
{
  g_autofree char *key = g_strconcat (ticket->station_id, "\n", osc_kitchen_line_name (line), NULL);
  gint64 *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL) {
    count = g_new0 (gint64, 1);
    g_hash_table_insert (self->counts, g_steal_pointer (&key), count);
  }
  *count += quantity;
}

/* @sign: 1: the ticket comes, -1: it goes. */
static void
count (OscKitchenStore *self, const OsyKitchenTicketData *ticket, int sign)
{
  if (!is_waiting (ticket) || strcmp (ticket->stage, OSY_TICKET_EXPO) == 0)
    return;
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);

    if (strcmp (osy_kitchen_ticket_course_state (ticket, line->course), OSY_COURSE_HELD) != 0)
      add_count (self, ticket, line, sign * line->quantity_waiting);
  }
}

static void
free_count (gpointer data)
{
  OscKitchenCount *one = data;

  g_free (one->name);
  g_free (one);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const OscKitchenCount *one = *(OscKitchenCount *const *)a;
  const OscKitchenCount *other = *(OscKitchenCount *const *)b;

  if (one->quantity != other->quantity)
    return one->quantity > other->quantity ? -1 : 1;
  return strcmp (one->name, other->name);
}

GPtrArray *
osc_kitchen_store_counts (OscKitchenStore *self, const char *station)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self), NULL);
  GPtrArray *counts = g_ptr_array_new_with_free_func (free_count);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, self->counts);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    const char *name = strchr (key, '\n') + 1;
    gint64 quantity = *(gint64 *)value;
    gboolean here = station == NULL || (strncmp (key, station, strlen (station)) == 0 &&
                                        ((char *)key)[strlen (station)] == '\n');
    OscKitchenCount *one = g_hash_table_lookup (by_name, name);

    if (quantity == 0 || !here)
      continue;
    if (one == NULL) {
      one = g_new0 (OscKitchenCount, 1);
      one->name = g_strdup (name);
      g_hash_table_insert (by_name, one->name, one);
      g_ptr_array_add (counts, one);
    }
    one->quantity += quantity;
  }
  g_ptr_array_sort (counts, compare_counts);
  return counts;
}

/* ---- stations ---- */

static void
free_station (gpointer data)
{
  OscKitchenStation *station = data;

  g_free (station->id);
  g_free (station->name);
  g_free (station);
}

static void
count_station (OscKitchenStore *self, OscKitchenStation *station, gint64 now)
{
  for (guint i = 0; i < self->open->len; i++) {
    OscKitchenItem *item = g_ptr_array_index (self->open, i);

    if (strcmp (osc_kitchen_item_data (item)->station_id, station->id) != 0)
      continue;
    station->open++;
    station->late += osc_kitchen_item_age_level (item, now) == OSC_AGE_LATE;
  }
}

GPtrArray *
osc_kitchen_store_stations (OscKitchenStore *self, gint64 now)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self), NULL);
  GPtrArray *stations = g_ptr_array_new_with_free_func (free_station);

  for (guint i = 0; self->stations->len > 1 && i < self->stations->len; i++) {
    const OscKitchenStation *known = g_ptr_array_index (self->stations, i);
    OscKitchenStation *station = g_new0 (OscKitchenStation, 1);

    station->id = g_strdup (known->id);
    station->name = g_strdup (known->name);
    count_station (self, station, now);
    g_ptr_array_add (stations, station);
  }
  return stations;
}

static void
read_stations (OscKitchenStore *self, JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "stations");
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_ptr_array_set_size (self->stations, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    OscKitchenStation *station;

    if (!JSON_NODE_HOLDS_OBJECT (element))
      continue;
    station = g_new0 (OscKitchenStation, 1);
    station->id = g_strdup (osy_rest_text (json_node_get_object (element), "id", ""));
    station->name = g_strdup (osy_rest_text (json_node_get_object (element), "name", ""));
    g_ptr_array_add (self->stations, station);
  }
}

/* ---- the list ---- */

static int
compare_tickets (OscKitchenItem *a, OscKitchenItem *b)
{
  const OsyKitchenTicketData *one = osc_kitchen_item_data (a);
  const OsyKitchenTicketData *other = osc_kitchen_item_data (b);

  if (one->priority != other->priority)
    return one->priority ? -1 : 1;
  if (one->sent_at != other->sent_at)
    return one->sent_at < other->sent_at ? -1 : 1;
  if (one->order_number != other->order_number)
    return one->order_number < other->order_number ? -1 : 1;
  return strcmp (one->id, other->id);
}

static void
insert (OscKitchenStore *self, OscKitchenItem *item)
{
  guint position = 0;

  while (position < self->open->len &&
         compare_tickets (g_ptr_array_index (self->open, position), item) < 0)
    position++;
  g_ptr_array_insert (self->open, (int)position, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
forget (OscKitchenStore *self, OscKitchenItem *item)
{
  guint position;

  if (!g_ptr_array_find (self->open, item, &position))
    return;
  g_ptr_array_remove_index (self->open, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* Bumped ones are known for a while: what is recalled is mostly among them. */
static void
keep_bumped (OscKitchenStore *self, OscKitchenItem *item)
{
  g_queue_remove (&self->bumped, item);
  g_queue_push_head (&self->bumped, item);
  if (self->bumped.length > KEPT_BUMPED) {
    OscKitchenItem *last = g_queue_pop_tail (&self->bumped);

    g_hash_table_remove (self->by_id, osc_kitchen_item_data (last)->id);
  }
}

/* Where the ticket belongs now. */
static void
place (OscKitchenStore *self, OscKitchenItem *item, gboolean moved)
{
  gboolean listed = g_ptr_array_find (self->open, item, NULL);
  gboolean waiting = is_waiting (osc_kitchen_item_data (item));

  if (!waiting) {
    forget (self, item);
    keep_bumped (self, item);
    return;
  }
  g_queue_remove (&self->bumped, item);
  if (listed && moved)
    forget (self, item);
  if (!listed || moved)
    insert (self, item);
}

static guint
unseen_of (GPtrArray *changes, gboolean voided)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (changes, i);

    n += change->seen_at == 0 && (strcmp (change->kind, OSY_CHANGE_VOIDED) == 0) == voided;
  }
  return n;
}

static guint
unseen (const OsyKitchenTicketData *ticket, gboolean voided)
{
  guint n = unseen_of (ticket->changes, voided);

  for (guint i = 0; i < ticket->lines->len; i++)
    n += unseen_of (((OsyKitchenLine *)g_ptr_array_index (ticket->lines, i))->changes, voided);
  return n;
}

static void
tell (OscKitchenStore *self, OscKitchenItem *item, OscKitchenNews news)
{
  if (self->loaded)
    g_signal_emit (self, signals[NEWS], 0, (int)news, item);
}

static void
take_newer (OscKitchenStore *self, OscKitchenItem *item, OsyKitchenTicket *ticket)
{
  const OsyKitchenTicketData *old = osc_kitchen_item_data (item);
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  guint voided = unseen (old, TRUE);
  guint changed = unseen (old, FALSE);
  gboolean was_waiting = is_waiting (old);
  gboolean moved = old->priority != data->priority || old->sent_at != data->sent_at;

  if (data->version <= old->version)
    return;
  count (self, old, -1);
  count (self, data, 1);
  osc_kitchen_item_take (item, ticket);
  place (self, item, moved);
  if (unseen (data, TRUE) > voided)
    tell (self, item, OSC_KITCHEN_CANCELED);
  else if (is_waiting (data) && (unseen (data, FALSE) > changed || !was_waiting))
    tell (self, item, OSC_KITCHEN_CHANGED);
}

/* Returns: (transfer none) */
static OscKitchenItem *
take (OscKitchenStore *self, OsyKitchenTicket *ticket)
{
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  OscKitchenItem *item = g_hash_table_lookup (self->by_id, data->id);

  if (item != NULL) {
    take_newer (self, item, ticket);
    return item;
  }
  item = osc_kitchen_item_new (ticket);
  g_hash_table_insert (self->by_id, g_strdup (data->id), item);
  count (self, data, 1);
  place (self, item, FALSE);
  if (is_waiting (data))
    tell (self, item, OSC_KITCHEN_NEW);
  return item;
}

static OscKitchenItem *
take_json (OscKitchenStore *self, JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_ticket_from_json (node, &error);

  if (ticket != NULL)
    return take (self, ticket);
  g_message ("A ticket of the kitchen is passed over: %s", error->message);
  return NULL;
}

void
osc_kitchen_store_put (OscKitchenStore *self, JsonNode *ticket)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self) && ticket != NULL);
  take_json (self, ticket);
  g_signal_emit (self, signals[COUNTED], 0);
}

OscKitchenItem *
osc_kitchen_store_find (OscKitchenStore *self, const char *ticket_id)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self) && ticket_id != NULL, NULL);
  return g_hash_table_lookup (self->by_id, ticket_id);
}

OscKitchenItem *
osc_kitchen_store_last (OscKitchenStore *self, const char *station)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self), NULL);
  OscKitchenItem *last = NULL;

  for (GList *i = self->bumped.head; i != NULL; i = i->next) {
    const OsyKitchenTicketData *ticket = osc_kitchen_item_data (i->data);

    if ((station == NULL || strcmp (ticket->station_id, station) == 0) && ticket->bumped_at != 0 &&
        (last == NULL || ticket->bumped_at > osc_kitchen_item_data (last)->bumped_at))
      last = i->data;
  }
  return last;
}

int
osc_kitchen_store_held (OscKitchenStore *self, const char *order_id, OscKitchenItem **item)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self) && order_id != NULL && item != NULL, 0);
  int first = 0;

  for (guint i = 0; i < self->open->len; i++) {
    const OsyKitchenTicketData *ticket = osc_kitchen_item_data (g_ptr_array_index (self->open, i));

    for (guint j = 0; strcmp (ticket->order_id, order_id) == 0 && j < ticket->courses->len; j++) {
      const OsyKitchenCourse *course = g_ptr_array_index (ticket->courses, j);

      if (strcmp (course->state, OSY_COURSE_HELD) != 0 || (first != 0 && course->course >= first))
        continue;
      first = (int)course->course;
      *item = g_ptr_array_index (self->open, i);
    }
  }
  return first;
}

/* ---- loading ---- */

void
osc_kitchen_store_load (OscKitchenStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self) && answer != NULL);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, "tickets") : NULL;
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;
  read_stations (self, object);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    g_hash_table_add (named,
                      take_json (self, json_array_get_element (json_node_get_array (node), i)));
  for (guint i = self->open->len; i > 0; i--) {
    OscKitchenItem *item = g_ptr_array_index (self->open, i - 1);

    if (g_hash_table_contains (named, item))
      continue;
    count (self, osc_kitchen_item_data (item), -1);
    forget (self, item);
    g_hash_table_remove (self->by_id, osc_kitchen_item_data (item)->id);
  }
  self->loaded = TRUE;
  g_signal_emit (self, signals[COUNTED], 0);
}

static void start_load (OscKitchenStore *self);

static gboolean
retry_cb (gpointer user_data)
{
  OscKitchenStore *self = user_data;

  self->retry_id = 0;
  start_load (self);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscKitchenStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL && !self->load_again)
    osc_kitchen_store_load (self, answer);
  else if (error != NULL)
    g_info ("The kitchen could not be loaded: %s", error->message);
  if (self->load_again)
    start_load (self);
  else if (osy_error_is (error, OSY_ERROR_UNAVAILABLE) && self->retry_id == 0)
    self->retry_id = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static void
start_load (OscKitchenStore *self)
{
  self->load_again = self->loading;
  if (self->client == NULL || self->loading)
    return;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->loading = TRUE;
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){.method = "GET", .path = OSC_KITCHEN_PATH "/tickets?state=open"},
      self->cancellable, loaded_cb, g_object_ref (self));
}

/* What is told while a load is under way may be newer than the load: it is done once more. */
static void
on_thing (OscKitchenStore *self, JsonNode *ticket)
{
  self->load_again = self->loading;
  osc_kitchen_store_put (self, ticket);
}

static void
on_notice (OscKitchenStore *self, const char *type)
{
  if (g_str_equal (type, "kitchen.setup"))
    start_load (self);
}

static void
on_feed_state (OscKitchenStore *self, GParamSpec *pspec, OsyFeed *feed)
{
  OsyFeedState state = osy_feed_get_state (feed);

  if (state == OSY_FEED_LOST || state == OSY_FEED_LIVE)
    osc_kitchen_store_set_frozen (self, state == OSY_FEED_LOST);
}

void
osc_kitchen_store_attach (OscKitchenStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (start_load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::ticket", G_CALLBACK (on_thing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notify::state", G_CALLBACK (on_feed_state), self,
                           G_CONNECT_SWAPPED);
}

void
osc_kitchen_store_set_frozen (OscKitchenStore *self, gboolean frozen)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self));
  if (frozen == (self->frozen_at != 0))
    return;
  self->frozen_at = frozen ? osy_clock_now () : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FROZEN_AT]);
}

gint64
osc_kitchen_store_get_frozen (OscKitchenStore *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_STORE (self), 0);
  return self->frozen_at;
}

/* ---- for the acts ---- */

void
osc_kitchen_store_request (OscKitchenStore *self, const char *path, JsonNode *body)
{
  g_signal_emit (self, signals[REQUESTED], 0, path, body);
}

void
osc_kitchen_store_take_answer (OscKitchenStore *self, JsonNode *answer)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *tickets = object != NULL ? json_object_get_member (object, "tickets") : NULL;

  if (object != NULL && json_object_has_member (object, "station_id")) {
    osc_kitchen_store_put (self, answer);
  } else if (tickets != NULL && JSON_NODE_HOLDS_ARRAY (tickets)) {
    for (guint i = 0; i < json_array_get_length (json_node_get_array (tickets)); i++)
      osc_kitchen_store_put (self, json_array_get_element (json_node_get_array (tickets), i));
  }
}

/* ---- life ---- */

static void
osc_kitchen_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int64 (value, OSC_KITCHEN_STORE (object)->frozen_at);
}

static void
osc_kitchen_store_dispose (GObject *object)
{
  OscKitchenStore *self = OSC_KITCHEN_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  G_OBJECT_CLASS (osc_kitchen_store_parent_class)->dispose (object);
}

static void
osc_kitchen_store_finalize (GObject *object)
{
  OscKitchenStore *self = OSC_KITCHEN_STORE (object);

  g_queue_clear (&self->bumped);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->stations);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->counts);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_kitchen_store_parent_class)->finalize (object);
}

static void
osc_kitchen_store_class_init (OscKitchenStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = OSC_TYPE_KITCHEN_STORE;

  object_class->get_property = osc_kitchen_store_get_property;
  object_class->dispose = osc_kitchen_store_dispose;
  object_class->finalize = osc_kitchen_store_finalize;
  properties[PROP_FROZEN_AT] =
      g_param_spec_int64 ("frozen-at", NULL, NULL, 0, G_MAXINT64, 0,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[NEWS] = g_signal_new ("news", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_INT, OSC_TYPE_KITCHEN_ITEM);
  signals[COUNTED] =
      g_signal_new ("counted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
}

static void
osc_kitchen_store_init (OscKitchenStore *self)
{
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->stations = g_ptr_array_new_with_free_func (free_station);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->bumped);
  self->cancellable = g_cancellable_new ();
}

OscKitchenStore *
osc_kitchen_store_new (OsyClient *client)
{
  OscKitchenStore *self = g_object_new (OSC_TYPE_KITCHEN_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
