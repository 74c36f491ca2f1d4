/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Past orders, a page at a time. Each question has a number; an answer to an older one is let go.
 */

#include "osc-past-orders.h"

#define TYPING_MS 150
#define PAGE 50

static const char *const kind_states[] = {
    [OSC_PAST_ALL] = NULL,
    [OSC_PAST_OPEN] = "PENDING_PAYMENT,PENDING,ACCEPTED,PREPARING,READY,DELIVERING",
    [OSC_PAST_COMPLETED] = "COMPLETED",
    [OSC_PAST_DROPPED] = "CANCELED,REJECTED,EXPIRED",
};

struct _OscPastOrders {
  GObject parent;
  OsyClient *client; /* nullable */
  OscOrderStore *store;
  GPtrArray *items; /* of OscOrderItem */
  char *day;        /* nullable */
  OscPastKind kind;
  char *text;
  char *cursor; /* nullable: of the next page */
  OscPastPhase phase;
  gboolean first; /* the page on its way takes the place of the list */
  guint question;
  guint typing_source;
  GCancellable *cancellable;
};

typedef struct {
  OscPastOrders *self;
  guint question;
} Flight;

enum { PROP_PHASE = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void osc_past_orders_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscPastOrders,
                               osc_past_orders,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, osc_past_orders_list_init))

/* ---- the list ---- */

static GType
get_item_type (GListModel *model)
{
  return OSC_TYPE_ORDER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return OSC_PAST_ORDERS (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  OscPastOrders *self = OSC_PAST_ORDERS (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
osc_past_orders_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
find_id (OscPastOrders *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (osc_order_item_data (g_ptr_array_index (self->items, i))->id, id)) {
      *position = i;
      return TRUE;
    }
  return FALSE;
}

/* One object per order in the whole console, so that acts reach every place it is shown. */
static OscOrderItem *
item_of (OscPastOrders *self, OsyOrder *order)
{
  OscOrderItem *known = osc_order_store_find (self->store, osy_order_data (order)->id);

  if (known == NULL)
    return osc_order_item_new (order);
  osc_order_item_set_order (known, order);
  return g_object_ref (known);
}

static void
add_page (OscPastOrders *self, GPtrArray *orders)
{
  guint before = self->items->len;
  guint same;

  for (guint i = 0; i < orders->len; i++) {
    OsyOrder *order = g_ptr_array_index (orders, i);

    if (!find_id (self, osy_order_data (order)->id, &same))
      g_ptr_array_add (self->items, item_of (self, order));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
}

static void
clear_list (OscPastOrders *self)
{
  guint before = self->items->len;

  g_ptr_array_set_size (self->items, 0);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

/* ---- what changes meanwhile ---- */

static gboolean
has_state (OscPastKind kind, const char *status)
{
  g_auto (GStrv) states =
      kind_states[kind] != NULL ? g_strsplit (kind_states[kind], ",", -1) : NULL;

  return states == NULL || g_strv_contains ((const char *const *)states, status);
}

/* Only the daemon can tell what words find. */
static gboolean
belongs (OscPastOrders *self, const OsyOrderData *order)
{
  return self->phase == OSC_PAST_READY && self->text[0] == '\0' &&
         (self->day == NULL || g_strcmp0 (self->day, order->business_day) == 0) &&
         has_state (self->kind, order->status);
}

static void
insert_by_time (OscPastOrders *self, OscOrderItem *item)
{
  gint64 at = osc_order_item_data (item)->created_at;
  guint position = 0;

  while (position < self->items->len &&
         osc_order_item_data (g_ptr_array_index (self->items, position))->created_at > at)
    position++;
  if (position == self->items->len && self->cursor != NULL)
    return; /* on a page to come */
  g_ptr_array_insert (self->items, (int)position, g_object_ref (item));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
on_order (OscPastOrders *self, OscOrderItem *item)
{
  const OsyOrderData *order = osc_order_item_data (item);
  guint position;

  if (!find_id (self, order->id, &position)) {
    if (belongs (self, order))
      insert_by_time (self, item);
    return;
  }
  if (g_ptr_array_index (self->items, position) == item)
    return;
  g_object_unref (g_ptr_array_index (self->items, position));
  g_ptr_array_index (self->items, position) = g_object_ref (item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

/* ---- asking ---- */

static void
set_phase (OscPastOrders *self, OscPastPhase phase)
{
  self->phase = phase;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHASE]);
}

void
osc_past_orders_take (OscPastOrders *self, GPtrArray *orders, const char *next_cursor)
{
  g_return_if_fail (OSC_IS_PAST_ORDERS (self));

  if (orders == NULL) {
    set_phase (self, OSC_PAST_FAILED);
    return;
  }
  g_free (self->cursor);
  self->cursor = g_strdup (next_cursor);
  if (self->first)
    clear_list (self);
  add_page (self, orders);
  set_phase (self, OSC_PAST_READY);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (OscPastOrders) self = flight->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) orders =
      osy_client_orders_finish (OSY_CLIENT (source), result, &next, &error);
  gboolean newest = flight->question == self->question;

  g_free (flight);
  if (!newest)
    return;
  if (orders == NULL)
    g_info ("The orders could not be read: %s", error->message);
  osc_past_orders_take (self, orders, next);
}

/* The cursor belongs to the question: a first page is asked for without one. */
static void
ask (OscPastOrders *self, gboolean first)
{
  Flight *flight;

  g_clear_handle_id (&self->typing_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->question++;
  self->first = first;
  if (first)
    g_clear_pointer (&self->cursor, g_free);
  set_phase (self, OSC_PAST_LOADING);
  g_signal_emit (self, signals[REQUESTED], 0, self->cursor);
  if (self->client == NULL)
    return;
  flight = g_new0 (Flight, 1);
  flight->self = g_object_ref (self);
  flight->question = self->question;
  osy_client_orders_async (self->client,
                           &(OsyClientOrderQuery){.day = self->day,
                                                  .q = self->text[0] != '\0' ? self->text : NULL,
                                                  .status = kind_states[self->kind],
                                                  .cursor = self->cursor,
                                                  .limit = PAGE},
                           self->cancellable, page_cb, flight);
}

void
osc_past_orders_look (OscPastOrders *self, const char *day, OscPastKind kind)
{
  g_return_if_fail (OSC_IS_PAST_ORDERS (self));
  g_autofree char *old = self->day;

  self->day = g_strdup (day);
  self->kind = kind;
  ask (self, TRUE);
}

static gboolean
typed_cb (gpointer user_data)
{
  OscPastOrders *self = user_data;

  self->typing_source = 0;
  ask (self, TRUE);
  return G_SOURCE_REMOVE;
}

void
osc_past_orders_find (OscPastOrders *self, const char *text, gboolean now)
{
  g_return_if_fail (OSC_IS_PAST_ORDERS (self) && text != NULL);
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  if (g_str_equal (stripped, self->text)) {
    if (now && self->typing_source != 0)
      ask (self, TRUE);
    return;
  }
  g_free (self->text);
  self->text = g_steal_pointer (&stripped);
  g_clear_handle_id (&self->typing_source, g_source_remove);
  if (now)
    ask (self, TRUE);
  else
    self->typing_source = g_timeout_add (TYPING_MS, typed_cb, self);
}

void
osc_past_orders_more (OscPastOrders *self)
{
  g_return_if_fail (OSC_IS_PAST_ORDERS (self));

  if (self->phase == OSC_PAST_READY && self->cursor != NULL && self->typing_source == 0)
    ask (self, FALSE);
}

void
osc_past_orders_retry (OscPastOrders *self)
{
  g_return_if_fail (OSC_IS_PAST_ORDERS (self));

  if (self->phase == OSC_PAST_FAILED)
    ask (self, self->first);
}

OscPastPhase
osc_past_orders_phase (OscPastOrders *self)
{
  g_return_val_if_fail (OSC_IS_PAST_ORDERS (self), OSC_PAST_LOADING);
  return self->phase;
}

const char *
osc_past_orders_day (OscPastOrders *self)
{
  g_return_val_if_fail (OSC_IS_PAST_ORDERS (self), NULL);
  return self->day;
}

OscPastKind
osc_past_orders_kind (OscPastOrders *self)
{
  g_return_val_if_fail (OSC_IS_PAST_ORDERS (self), OSC_PAST_ALL);
  return self->kind;
}

const char *
osc_past_orders_text (OscPastOrders *self)
{
  g_return_val_if_fail (OSC_IS_PAST_ORDERS (self), NULL);
  return self->text;
}

/* ---- GObject ---- */

static void
osc_past_orders_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PHASE)
    g_value_set_int (value, (int)OSC_PAST_ORDERS (object)->phase);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_past_orders_dispose (GObject *object)
{
  OscPastOrders *self = OSC_PAST_ORDERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->typing_source, g_source_remove);
  G_OBJECT_CLASS (osc_past_orders_parent_class)->dispose (object);
}

static void
osc_past_orders_finalize (GObject *object)
{
  OscPastOrders *self = OSC_PAST_ORDERS (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->items);
  g_free (self->day);
  g_free (self->text);
  g_free (self->cursor);
  G_OBJECT_CLASS (osc_past_orders_parent_class)->finalize (object);
}

static void
osc_past_orders_class_init (OscPastOrdersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osc_past_orders_get_property;
  object_class->dispose = osc_past_orders_dispose;
  object_class->finalize = osc_past_orders_finalize;
  properties[PROP_PHASE] =
      g_param_spec_int ("phase", NULL, NULL, 0, OSC_PAST_FAILED, OSC_PAST_READY,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_PAST_ORDERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_past_orders_init (OscPastOrders *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->text = g_strdup ("");
  self->phase = OSC_PAST_READY;
  self->cancellable = g_cancellable_new ();
}

OscPastOrders *
osc_past_orders_new (OsyClient *client, OscOrderStore *store)
{
  OscPastOrders *self = g_object_new (OSC_TYPE_PAST_ORDERS, NULL);

  g_set_object (&self->client, client);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "arrived", G_CALLBACK (on_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_order), self, G_CONNECT_SWAPPED);
  return self;
}
