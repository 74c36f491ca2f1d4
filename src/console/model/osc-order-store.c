/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The live list of open orders. It follows the feed; on the feed's "reset" it loads all open
 * orders and drops what is no longer among them. What the feed said while a load was under way is
 * newer than the load and is kept. */

#include "osc-order-store.h"

#define KEPT_CLOSED 200
#define RETRY_SECONDS 3

typedef struct {
  OscOrderItem *item;
  OscColumn column;  /* as the list's listeners know it */
  guint told_during; /* the load that was under way when the feed last spoke of it */
} Entry;

struct _OscOrderStore {
  GObject parent;
  GPtrArray *entries; /* of Entry, oldest first */
  GHashTable *by_id;  /* order id → OscOrderItem, closed ones too */
  GQueue *closed;     /* ids (owned by by_id) of closed orders, oldest first */
  guint waiting;
  guint tick_id;

  OsyClient *client;
  OsyFeed *feed;
  GCancellable *cancellable;
  gboolean loading;
  gboolean load_again;
  gboolean loaded_once;
  guint load_serial;
  guint retry_id;
};

enum { PROP_WAITING = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { ARRIVED, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscOrderStore,
                               osc_order_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void start_load (OscOrderStore *self);

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->item);
  g_free (entry);
}

/* ---- GListModel ---- */

static GType
get_item_type (GListModel *list)
{
  return OSC_TYPE_ORDER_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return OSC_ORDER_STORE (list)->entries->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  OscOrderStore *self = OSC_ORDER_STORE (list);
  Entry *entry;

  if (position >= self->entries->len)
    return NULL;
  entry = g_ptr_array_index (self->entries, position);
  return g_object_ref (entry->item);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* ---- the list ---- */

/* By time of arrival, which never changes; the id (a UUID v7) parts those of one moment. */
static int
compare_orders (const OsyOrderData *a, const OsyOrderData *b)
{
  if (a->created_at != b->created_at)
    return a->created_at < b->created_at ? -1 : 1;
  return g_strcmp0 (a->id, b->id);
}

/* The position of @order, or where it would be inserted. */
static guint
position_of (OscOrderStore *self, const OsyOrderData *order, gboolean *found)
{
  guint low = 0;
  guint high = self->entries->len;

  *found = FALSE;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    Entry *entry = g_ptr_array_index (self->entries, middle);
    int c = compare_orders (osc_order_item_data (entry->item), order);

    if (c == 0) {
      *found = TRUE;
      return middle;
    }
    if (c < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
count_waiting (OscOrderStore *self)
{
  guint waiting = 0;

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    waiting += entry->column == OSC_COLUMN_NEW;
  }
  if (waiting == self->waiting)
    return;
  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static gboolean
tick_cb (gpointer user_data)
{
  OscOrderStore *self = user_data;
  /* A listener may change the list. */
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    g_ptr_array_add (items, g_object_ref (entry->item));
  }
  for (guint i = 0; i < items->len; i++)
    osc_order_item_tick (g_ptr_array_index (items, i));
  return G_SOURCE_CONTINUE;
}

static void
update_tick (OscOrderStore *self)
{
  if (self->entries->len == 0)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  else if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
remember_closed (OscOrderStore *self, const char *id)
{
  gpointer key;

  if (!g_hash_table_lookup_extended (self->by_id, id, &key, NULL))
    return;
  g_queue_push_tail (self->closed, key);
  while (self->closed->length > KEPT_CLOSED)
    g_hash_table_remove (self->by_id, g_queue_pop_head (self->closed));
}

static void
forget_closed (OscOrderStore *self, const char *id)
{
  GList *link = g_queue_find_custom (self->closed, id, (GCompareFunc)g_strcmp0);

  if (link != NULL)
    g_queue_delete_link (self->closed, link);
}

static void
insert (OscOrderStore *self, OscOrderItem *item)
{
  gboolean found;
  guint position = position_of (self, osc_order_item_data (item), &found);
  Entry *entry;

  if (found)
    return;
  entry = g_new0 (Entry, 1);
  entry->item = g_object_ref (item);
  entry->column = osc_order_item_column (item);
  entry->told_during = self->load_serial;
  forget_closed (self, osc_order_item_data (item)->id);
  g_ptr_array_insert (self->entries, (int)position, entry);
  update_tick (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  count_waiting (self);
}

static void
remove_at (OscOrderStore *self, guint position)
{
  Entry *entry = g_ptr_array_index (self->entries, position);

  remember_closed (self, osc_order_item_data (entry->item)->id);
  g_ptr_array_remove_index (self->entries, position);
  update_tick (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  count_waiting (self);
}

/* Whoever gave the item its new order (the feed, or the answer to an act), the list follows. */
static void
order_changed_cb (OscOrderItem *item, GParamSpec *pspec, OscOrderStore *self)
{
  gboolean found;
  guint position = position_of (self, osc_order_item_data (item), &found);
  gboolean open = osy_order_is_open (osc_order_item_get_order (item));
  OscColumn column = osc_order_item_column (item);
  Entry *entry;

  if (!found) {
    if (open)
      insert (self, item);
    return;
  }
  if (!open) {
    remove_at (self, position);
    return;
  }
  entry = g_ptr_array_index (self->entries, position);
  if (entry->column == column)
    return;
  entry->column = column;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
  count_waiting (self);
}

static OscOrderItem *
add_item (OscOrderStore *self, OsyOrder *order)
{
  OscOrderItem *item = osc_order_item_new (order);

  g_hash_table_insert (self->by_id, g_strdup (osy_order_data (order)->id), item);
  g_signal_connect_object (item, "notify::order", G_CALLBACK (order_changed_cb), self, 0);
  insert (self, item);
  return item;
}

void
osc_order_store_adopt (OscOrderStore *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_ORDER_STORE (self) && OSC_IS_ORDER_ITEM (item));
  const char *id = osc_order_item_data (item)->id;

  if (g_hash_table_contains (self->by_id, id))
    return;
  g_hash_table_insert (self->by_id, g_strdup (id), g_object_ref (item));
  g_signal_connect_object (item, "notify::order", G_CALLBACK (order_changed_cb), self, 0);
  if (osy_order_is_open (osc_order_item_get_order (item)))
    insert (self, item);
  else
    remember_closed (self, id);
}

static void
mark_told (OscOrderStore *self, OscOrderItem *item)
{
  gboolean found;
  guint position = position_of (self, osc_order_item_data (item), &found);

  if (found) {
    Entry *entry = g_ptr_array_index (self->entries, position);
    entry->told_during = self->load_serial;
  }
}

/* Takes @order; @event_type is NULL when it comes from a load. */
static void
take (OscOrderStore *self, OsyOrder *order, const char *event_type)
{
  const OsyOrderData *data = osy_order_data (order);
  OscOrderItem *known = g_hash_table_lookup (self->by_id, data->id);
  gboolean is_new = known == NULL;
  gboolean announce = event_type != NULL || self->loaded_once;
  g_autoptr (OscOrderItem) item = NULL;

  if (is_new && !osy_order_is_open (order))
    return;
  item = g_object_ref (is_new ? add_item (self, order) : known);
  if (!is_new && !osc_order_item_set_order (item, order)) {
    /* Nothing newer; but what a load had dropped may stand in the next one. */
    if (osy_order_is_open (osc_order_item_get_order (item)))
      insert (self, item);
    mark_told (self, item);
    return;
  }
  mark_told (self, item);
  if (is_new && announce && g_str_equal (data->status, OSY_ORDER_PENDING))
    g_signal_emit (self, signals[ARRIVED], 0, item);
  else if (event_type != NULL)
    g_signal_emit (self, signals[CHANGED], 0, item, event_type);
}

/* ---- loading ---- */

static gboolean
retry_cb (gpointer user_data)
{
  OscOrderStore *self = user_data;

  self->retry_id = 0;
  start_load (self);
  return G_SOURCE_REMOVE;
}

/* Drops what neither the load nor the feed has spoken of since the load began. */
static void
drop_unmentioned (OscOrderStore *self)
{
  for (guint i = self->entries->len; i > 0; i--) {
    Entry *entry = g_ptr_array_index (self->entries, i - 1);

    if (entry->told_during != self->load_serial)
      remove_at (self, i - 1);
  }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscOrderStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders =
      osy_client_open_orders_finish (OSY_CLIENT (source), result, &error);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (orders == NULL) {
    g_info ("The open orders could not be loaded: %s", error->message);
    self->load_again = FALSE;
    /* Who signs in again makes the feed say "reset". */
    if (self->retry_id == 0 && !osy_error_is (error, OSY_ERROR_UNAUTHENTICATED))
      self->retry_id = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
    return;
  }
  for (guint i = 0; i < orders->len; i++)
    take (self, g_ptr_array_index (orders, i), NULL);
  drop_unmentioned (self);
  self->loaded_once = TRUE;
  if (self->load_again)
    start_load (self);
}

static void
start_load (OscOrderStore *self)
{
  if (self->loading) {
    self->load_again = TRUE;
    return;
  }
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->loading = TRUE;
  self->load_again = FALSE;
  self->load_serial++;
  osy_client_open_orders_async (self->client, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
feed_event_cb (OsyFeed *feed, OsyOrder *order, const char *type, OscOrderStore *self)
{
  take (self, order, type);
}

static void
feed_reset_cb (OsyFeed *feed, OscOrderStore *self)
{
  start_load (self);
}

void
osc_order_store_attach (OscOrderStore *self, OsyClient *client, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_ORDER_STORE (self) && self->client == NULL);
  self->client = g_object_ref (client);
  self->feed = g_object_ref (feed);
  g_signal_connect_object (feed, "event", G_CALLBACK (feed_event_cb), self, 0);
  g_signal_connect_object (feed, "reset", G_CALLBACK (feed_reset_cb), self, 0);
  start_load (self);
}

void
osc_order_store_put (OscOrderStore *self, OsyOrder *order, const char *event_type)
{
  g_return_if_fail (OSC_IS_ORDER_STORE (self));
  g_return_if_fail (OSY_IS_ORDER (order) && event_type != NULL);
  take (self, order, event_type);
}

OscOrderItem *
osc_order_store_find (OscOrderStore *self, const char *order_id)
{
  g_return_val_if_fail (OSC_IS_ORDER_STORE (self) && order_id != NULL, NULL);
  return g_hash_table_lookup (self->by_id, order_id);
}

guint
osc_order_store_waiting (OscOrderStore *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_STORE (self), 0);
  return self->waiting;
}

/* ---- GObject ---- */

static void
osc_order_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_WAITING)
    g_value_set_uint (value, OSC_ORDER_STORE (object)->waiting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_order_store_dispose (GObject *object)
{
  OscOrderStore *self = OSC_ORDER_STORE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->client);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (osc_order_store_parent_class)->dispose (object);
}

static void
osc_order_store_finalize (GObject *object)
{
  OscOrderStore *self = OSC_ORDER_STORE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->closed, g_queue_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  G_OBJECT_CLASS (osc_order_store_parent_class)->finalize (object);
}

static void
osc_order_store_class_init (OscOrderStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osc_order_store_get_property;
  object_class->dispose = osc_order_store_dispose;
  object_class->finalize = osc_order_store_finalize;
  properties[PROP_WAITING] =
      g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ARRIVED] = g_signal_new ("arrived", OSC_TYPE_ORDER_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_ORDER_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, OSC_TYPE_ORDER_ITEM, G_TYPE_STRING);
}

static void
osc_order_store_init (OscOrderStore *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->closed = g_queue_new ();
  self->cancellable = g_cancellable_new ();
}

OscOrderStore *
osc_order_store_new (void)
{
  return g_object_new (OSC_TYPE_ORDER_STORE, NULL);
}
