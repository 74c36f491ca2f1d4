/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tables as the daemon last told them. Single tables come with the feed; the whole room is read
 * when more than one thing may have changed. */

#include "osc-table-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osy-compat.h"
#include "osy-json.h"

#define BASE "/api/v1/restaurants/me/"
#define MAX_STEPS 50

struct _OscTableStore {
  GObject parent;
  OsyClient *client; /* nullable */
  OscFloorStore *floors;
  OscBookingDay *day;
  OsyTableRoom *room;
  gboolean loaded;
  gboolean loading;
  gboolean stale;  /* told of a change while loading */
  char *watched;   /* (nullable): a check's id */
  JsonNode *check; /* (nullable): what it says */
  GQueue undo;     /* of char*: act ids, newest first */
  GCancellable *cancellable;
};

enum { PROP_LOADED = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHANGED, DONE, FAILED, REQUESTED, CHECK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTableStore, osc_table_store, G_TYPE_OBJECT)

static void load (OscTableStore *self);

/* ---- reading ---- */

void
osc_table_store_put (OscTableStore *self, OsyTableRoom *room)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self) && room != NULL);
  gboolean was_loaded = self->loaded;

  osy_table_room_free (self->room);
  self->room = room;
  self->loaded = TRUE;
  if (!was_loaded)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: whether it says more than is known. */
static gboolean
take_table (OscTableStore *self, OsyTable *table)
{
  for (guint i = 0; i < self->room->tables->len; i++) {
    OsyTable *old = g_ptr_array_index (self->room->tables, i);

    if (!g_str_equal (old->table_id, table->table_id))
      continue;
    if (table->version < old->version) {
      osy_table_free (table);
      return FALSE;
    }
    osy_table_free (old);
    self->room->tables->pdata[i] = table;
    return TRUE;
  }
  g_ptr_array_add (self->room->tables, table);
  return TRUE;
}

void
osc_table_store_put_table (OscTableStore *self, OsyTable *table)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self) && table != NULL);
  if (take_table (self, table))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscTableStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  OsyTableRoom *room = answer != NULL ? osy_table_room_from_json (answer, &error) : NULL;

  self->loading = FALSE;
  if (room != NULL)
    osc_table_store_put (self, room);
  else
    g_info ("The tables could not be read: %s", error->message);
  if (self->stale && room != NULL)
    load (self);
}

/* One at a time: what changes meanwhile is read right after. */
static void
load (OscTableStore *self)
{
  self->stale = self->loading;
  if (self->loading || self->client == NULL)
    return;
  self->loading = TRUE;
  osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = BASE "tables"},
                         self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_table (OscTableStore *self, JsonNode *thing)
{
  g_autoptr (GError) error = NULL;
  OsyTable *table = osy_table_from_json (thing, &error);

  if (table != NULL)
    osc_table_store_put_table (self, table);
  else
    g_info ("A table of the feed is passed over: %s", error->message);
}

static gint64
total_of (JsonObject *totals, const char *name, gint64 fallback)
{
  return json_object_get_int_member_with_default (totals, name, fallback);
}

/* What is owed changes with every round and every part that is paid. */
static void
on_check (OscTableStore *self, JsonNode *thing)
{
  JsonObject *check = json_node_get_object (thing);
  const char *id = json_object_get_string_member_with_default (check, "id", "");
  JsonObject *totals = json_object_has_member (check, "totals")
                           ? json_object_get_object_member (check, "totals")
                           : NULL;
  gboolean changed = FALSE;

  for (guint i = 0; totals != NULL && i < self->room->tables->len; i++) {
    OsySeating *seating = ((OsyTable *)g_ptr_array_index (self->room->tables, i))->seating;

    if (seating == NULL || g_strcmp0 (seating->check_id, id) != 0)
      continue;
    seating->total = total_of (totals, "total", seating->total);
    seating->owed = total_of (totals, "owed", seating->owed);
    changed = TRUE;
  }
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
  osc_table_store_put_check (self, thing);
}

/* ---- the watched check ---- */

JsonObject *
osc_table_store_check (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return self->check != NULL ? json_node_get_object (self->check) : NULL;
}

void
osc_table_store_put_check (OscTableStore *self, JsonNode *check)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self) && JSON_NODE_HOLDS_OBJECT (check));
  const char *id =
      json_object_get_string_member_with_default (json_node_get_object (check), "id", "");

  if (g_strcmp0 (id, self->watched) != 0)
    return;
  g_clear_pointer (&self->check, json_node_unref);
  self->check = json_node_ref (check);
  g_signal_emit (self, signals[CHECK], 0);
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscTableStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    osc_table_store_put_check (self, answer);
  else
    g_info ("A check could not be read: %s", error != NULL ? error->message : "no object");
}

static void
load_check (OscTableStore *self)
{
  g_autofree char *path = g_strconcat (BASE "checks/", self->watched, NULL);

  if (self->watched != NULL && self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                           self->cancellable, check_cb, g_object_ref (self));
}

void
osc_table_store_watch (OscTableStore *self, const char *check_id)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self));

  if (!osy_set_str (&self->watched, check_id))
    return;
  g_clear_pointer (&self->check, json_node_unref);
  g_signal_emit (self, signals[CHECK], 0);
  load_check (self);
}

/* A round: the watched check holds more. */
static void
on_order (OscTableStore *self, OsyOrder *order)
{
  if (self->watched != NULL && g_strcmp0 (osy_order_data (order)->check_id, self->watched) == 0)
    load_check (self);
}

static void
on_notice (OscTableStore *self, const char *type)
{
  if (g_str_equal (type, "booking.changed") || g_str_equal (type, "floor.changed"))
    load (self);
  if (g_str_equal (type, "booking.changed"))
    osc_booking_day_reload (self->day);
}

void
osc_table_store_attach (OscTableStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self) && OSY_IS_FEED (feed));

  osc_floor_store_attach (self->floors, feed);
  g_signal_connect_object (feed, "reset", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "event", G_CALLBACK (on_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::table", G_CALLBACK (on_table), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::check", G_CALLBACK (on_check), self, G_CONNECT_SWAPPED);
}

/* ---- looking up ---- */

OscFloorStore *
osc_table_store_floors (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return self->floors;
}

const OsyFloorPlan *
osc_table_store_plan (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return osc_floor_store_get (self->floors);
}

const OsyTableRoom *
osc_table_store_room (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return self->room;
}

gboolean
osc_table_store_get_loaded (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), FALSE);
  return self->loaded;
}

typedef gboolean (*Match) (const OsyTable *table, const char *text);

static gboolean
has_id (const OsyTable *table, const char *id)
{
  return g_str_equal (table->table_id, id);
}

static gboolean
has_number (const OsyTable *table, const char *number)
{
  return g_str_equal (table->number, number);
}

static gboolean
has_check (const OsyTable *table, const char *check_id)
{
  return table->seating != NULL && g_strcmp0 (table->seating->check_id, check_id) == 0;
}

static const OsyTable *
find (OscTableStore *self, Match match, const char *text)
{
  for (guint i = 0; text != NULL && i < self->room->tables->len; i++) {
    const OsyTable *table = g_ptr_array_index (self->room->tables, i);

    if (match (table, text))
      return table;
  }
  return NULL;
}

const OsyTable *
osc_table_store_find (OscTableStore *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return find (self, has_id, id);
}

const OsyTable *
osc_table_store_find_number (OscTableStore *self, const char *number)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return find (self, has_number, number);
}

const OsyTable *
osc_table_store_find_check (OscTableStore *self, const char *check_id)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  const OsyTable *table = find (self, has_check, check_id);

  return table != NULL ? osc_table_store_root (self, table) : NULL;
}

const OsyTable *
osc_table_store_root (OscTableStore *self, const OsyTable *table)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self) && table != NULL, NULL);
  const char *first = table->seating != NULL ? table->seating->table_ids[0] : NULL;
  const OsyTable *root = find (self, has_id, first);

  return root != NULL ? root : table;
}

const OsyBooking *
osc_table_store_booking (OscTableStore *self, const char *id, gint64 now)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);

  for (guint i = 0; i < self->room->bookings->len; i++) {
    const OsyBooking *booking = g_ptr_array_index (self->room->bookings, i);

    if (osy_booking_is_shown (booking, now) &&
        g_strv_contains ((const char *const *)booking->table_ids, id))
      return booking;
  }
  return NULL;
}

OscBookingDay *
osc_table_store_day (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return self->day;
}

GPtrArray *
osc_table_store_bookings (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  return osc_booking_day_ahead (self->day) == 0 ? self->room->bookings
                                                : osc_booking_day_bookings (self->day);
}

const OsyBooking *
osc_table_store_find_booking (OscTableStore *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), NULL);
  GPtrArray *lists[] = {self->room->bookings, osc_booking_day_bookings (self->day)};

  for (gsize list = 0; list < G_N_ELEMENTS (lists); list++)
    for (guint i = 0; i < lists[list]->len; i++) {
      const OsyBooking *booking = g_ptr_array_index (lists[list], i);

      if (g_strcmp0 (booking->id, id) == 0)
        return booking;
    }
  return NULL;
}

/* ---- acts ---- */

char *
osc_table_store_failure_text (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_VERSION_CONFLICT: return g_strdup (_ ("Another screen was faster. Look again"));
  case OSY_ERROR_INSUFFICIENT_PERMISSION: return g_strdup (_ ("You may not do this"));
  case OSY_ERROR_UNAUTHENTICATED: return g_strdup (_ ("Sign in again to go on"));
  case OSY_ERROR_UNAVAILABLE:
  case OSY_ERROR_INTERNAL:
    return g_strdup (_ ("That didn't reach the server. Nothing has changed"));
  default: return g_strdup (error->message);
  }
}

static void
push_act (OscTableStore *self, const char *act_id)
{
  g_queue_push_head (&self->undo, g_strdup (act_id));
  if (self->undo.length > MAX_STEPS)
    g_free (g_queue_pop_tail (&self->undo));
}

/* The tables an act has changed. Returns: whether the answer told of any. */
static gboolean
take_tables (OscTableStore *self, JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "tables");
  JsonArray *tables =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; tables != NULL && i < json_array_get_length (tables); i++) {
    OsyTable *table = osy_table_from_json (json_array_get_element (tables, i), NULL);

    if (table != NULL)
      take_table (self, table);
  }
  if (tables != NULL)
    g_signal_emit (self, signals[CHANGED], 0);
  return tables != NULL;
}

typedef struct {
  char *done;    /* nullable */
  gboolean undo; /* it takes an act back: there is nothing to undo afterwards */
} Sent;

static void
sent_free (Sent *sent)
{
  g_free (sent->done);
  g_free (sent);
}

static void
take_answer (OscTableStore *self, const Sent *sent, JsonNode *answer)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  const char *act_id =
      object != NULL ? json_object_get_string_member_with_default (object, "act_id", NULL) : NULL;

  if (act_id != NULL && !sent->undo)
    push_act (self, act_id);
  if (object == NULL || !take_tables (self, object))
    load (self);
  if (sent->done != NULL)
    g_signal_emit (self, signals[DONE], 0, sent->done, act_id != NULL && !sent->undo);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OscTableStore *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL) {
    if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
      load (self);
    g_task_return_error (task, error);
    return;
  }
  take_answer (self, g_task_get_task_data (task), answer);
  g_task_return_boolean (task, TRUE);
}

/* @sent: (transfer full). */
static void
start (OscTableStore *self, const OscTableCall *call, Sent *sent, GTask *task)
{
  g_autofree char *path = g_strconcat (BASE, call->path, NULL);
  g_autoptr (JsonNode) body = call->body != NULL ? osy_json_take_object (call->body) : NULL;

  g_task_set_task_data (task, sent, (GDestroyNotify)sent_free);
  g_signal_emit (self, signals[REQUESTED], 0, call->path, body);
  if (self->client == NULL) {
    if (sent->done != NULL)
      g_signal_emit (self, signals[DONE], 0, sent->done, FALSE);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = call->method != NULL ? call->method : "POST",
                                             .path = path,
                                             .body = body,
                                             .if_version = call->if_version,
                                             .persistent = TRUE},
                         self->cancellable, sent_cb, task);
}

void
osc_table_store_send_async (OscTableStore *self,
                            const OscTableCall *call,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_return_if_fail (OSC_IS_TABLE_STORE (self) && call != NULL && call->path != NULL);
  GTask *task = g_task_new (self, NULL, cb, data);
  Sent *sent = g_new0 (Sent, 1);

  g_task_set_source_tag (task, osc_table_store_send_async);
  sent->done = g_strdup (call->done);
  start (self, call, sent, task);
}

gboolean
osc_table_store_send_finish (OscTableStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OscTableStore *self = OSC_TABLE_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (osc_table_store_send_finish (self, result, &error))
    return;
  text = osc_table_store_failure_text (error);
  g_signal_emit (self, signals[FAILED], 0, text);
}

void
osc_table_store_act (OscTableStore *self, const OscTableCall *call)
{
  osc_table_store_send_async (self, call, acted_cb, NULL);
}

gboolean
osc_table_store_undo (OscTableStore *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (self), FALSE);
  g_autofree char *act_id = g_queue_pop_head (&self->undo);
  g_autofree char *path = g_strdup_printf ("tables/acts/%s/undo", act_id);
  Sent *sent;

  if (act_id == NULL)
    return FALSE;
  sent = g_new0 (Sent, 1);
  sent->undo = TRUE;
  sent->done = g_strdup (_ ("Taken back"));
  start (self, &(OscTableCall){.path = path}, sent, g_task_new (self, NULL, acted_cb, NULL));
  return TRUE;
}

/* ---- life ---- */

static void
osc_table_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, OSC_TABLE_STORE (object)->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_table_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_TABLE_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_table_store_parent_class)->dispose (object);
}

static void
osc_table_store_finalize (GObject *object)
{
  OscTableStore *self = OSC_TABLE_STORE (object);

  g_queue_clear_full (&self->undo, g_free);
  osy_table_room_free (self->room);
  g_clear_pointer (&self->check, json_node_unref);
  g_free (self->watched);
  g_clear_object (&self->floors);
  g_clear_object (&self->day);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_table_store_parent_class)->finalize (object);
}

static void
osc_table_store_class_init (OscTableStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osc_table_store_get_property;
  object_class->dispose = osc_table_store_dispose;
  object_class->finalize = osc_table_store_finalize;
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_TABLE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", OSC_TYPE_TABLE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", OSC_TYPE_TABLE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHECK] = g_signal_new ("check", OSC_TYPE_TABLE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_TABLE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, JSON_TYPE_NODE);
}

static void
osc_table_store_init (OscTableStore *self)
{
  self->cancellable = g_cancellable_new ();
  self->room = osy_table_room_new ();
  g_queue_init (&self->undo);
}

OscTableStore *
osc_table_store_new (OsyClient *client)
{
  OscTableStore *self = g_object_new (OSC_TYPE_TABLE_STORE, NULL);

  g_set_object (&self->client, client);
  self->floors = osc_floor_store_new (client);
  self->day = osc_booking_day_new (client);
  return self;
}
