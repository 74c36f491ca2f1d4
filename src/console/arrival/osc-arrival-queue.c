/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The queue of waiting orders. It looks at the whole store at each change: there are few waiting
 * orders, and so none can be forgotten. */

#include "osc-arrival-queue.h"

#include "osy-clock.h"

#define LATER_SECONDS 60
#define NEXT_MS 400

typedef struct {
  OscOrderItem *item;
  gint64 back_at; /* monotonic; 0: not put off */
  gint64 since;   /* UTC µs: from when on it waited for a person */
} Waiting;

struct _OscArrivalQueue {
  GObject parent_instance;
  OscOrderStore *store;
  GPtrArray *waiting; /* of Waiting, in the order of the store */
  OscOrderItem *current;
  OscRing ring;
  guint next_source;
  guint second_source;
};

enum { PROP_0, PROP_CURRENT, PROP_RING, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscArrivalQueue, osc_arrival_queue, G_TYPE_OBJECT)

static void
waiting_free (Waiting *waiting)
{
  g_object_unref (waiting->item);
  g_free (waiting);
}

static Waiting *
find (OscArrivalQueue *self, OscOrderItem *item)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (waiting->item == item)
      return waiting;
  }
  return NULL;
}

static void
set_current (OscArrivalQueue *self, OscOrderItem *item)
{
  if (g_set_object (&self->current, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* The first order, from @after on and then around, that was not put off. */
static OscOrderItem *
first_wanting (OscArrivalQueue *self, OscOrderItem *after)
{
  guint n = self->waiting->len;
  guint start = 0;

  for (guint i = 0; i < n; i++)
    if (((Waiting *)g_ptr_array_index (self->waiting, i))->item == after)
      start = i + 1;
  for (guint i = 0; i < n; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, (start + i) % n);

    if (waiting->back_at == 0)
      return waiting->item;
  }
  return NULL;
}

static void
update_ring (OscArrivalQueue *self)
{
  OscRing ring = OSC_RING_NONE;

  if (self->waiting->len > 0)
    ring = first_wanting (self, NULL) != NULL ? OSC_RING_FULL : OSC_RING_SOFT;
  if (ring == self->ring)
    return;
  self->ring = ring;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RING]);
}

static gboolean
next_cb (gpointer user_data)
{
  OscArrivalQueue *self = user_data;

  self->next_source = 0;
  set_current (self, first_wanting (self, NULL));
  return G_SOURCE_REMOVE;
}

/* A finished order stays for a moment, so that a second tap cannot accept the one after it. */
static void
update_current (OscArrivalQueue *self)
{
  if (self->current == NULL) {
    set_current (self, first_wanting (self, NULL));
    return;
  }
  if (find (self, self->current) == NULL && self->next_source == 0)
    self->next_source = g_timeout_add (NEXT_MS, next_cb, self);
}

/* One that was paid for first could not be answered before. */
static gint64
waits_since (OscOrderItem *item)
{
  const OsyOrderData *order = osc_order_item_data (item);

  return order->version <= 1 ? order->created_at : osy_clock_now ();
}

static void
rescan (OscArrivalQueue *self)
{
  GListModel *model = G_LIST_MODEL (self->store);
  GPtrArray *fresh = g_ptr_array_new_with_free_func ((GDestroyNotify)waiting_free);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (model, i);
    Waiting *known = find (self, item);

    if (osc_order_item_column (item) != OSC_COLUMN_NEW)
      continue;
    Waiting *waiting = g_new0 (Waiting, 1);
    waiting->item = g_object_ref (item);
    waiting->back_at = known != NULL ? known->back_at : 0;
    waiting->since = known != NULL ? known->since : waits_since (item);
    g_ptr_array_add (fresh, waiting);
  }
  g_ptr_array_unref (self->waiting);
  self->waiting = fresh;
  update_current (self);
  update_ring (self);
}

static gboolean
second_cb (gpointer user_data)
{
  OscArrivalQueue *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (waiting->back_at != 0 && waiting->back_at <= now)
      waiting->back_at = 0;
  }
  update_current (self);
  update_ring (self);
  return G_SOURCE_CONTINUE;
}

static void
osc_arrival_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscArrivalQueue *self = OSC_ARRIVAL_QUEUE (object);

  if (id == PROP_CURRENT)
    g_value_set_object (value, self->current);
  else
    g_value_set_int (value, self->ring);
}

static void
osc_arrival_queue_dispose (GObject *object)
{
  OscArrivalQueue *self = OSC_ARRIVAL_QUEUE (object);

  g_clear_handle_id (&self->next_source, g_source_remove);
  g_clear_handle_id (&self->second_source, g_source_remove);
  g_clear_object (&self->current);
  g_clear_object (&self->store);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (osc_arrival_queue_parent_class)->dispose (object);
}

static void
osc_arrival_queue_class_init (OscArrivalQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_arrival_queue_get_property;
  object_class->dispose = osc_arrival_queue_dispose;
  properties[PROP_CURRENT] =
      g_param_spec_object ("current", NULL, NULL, OSC_TYPE_ORDER_ITEM, flags);
  properties[PROP_RING] =
      g_param_spec_int ("ring", NULL, NULL, OSC_RING_NONE, OSC_RING_SOFT, OSC_RING_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_arrival_queue_init (OscArrivalQueue *self)
{
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)waiting_free);
  self->second_source = g_timeout_add_seconds (1, second_cb, self);
}

OscArrivalQueue *
osc_arrival_queue_new (OscOrderStore *store)
{
  OscArrivalQueue *self = g_object_new (OSC_TYPE_ARRIVAL_QUEUE, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (rescan), self, G_CONNECT_SWAPPED);
  rescan (self);
  return self;
}

OscOrderItem *
osc_arrival_queue_current (OscArrivalQueue *self)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL_QUEUE (self), NULL);
  return self->current;
}

OscRing
osc_arrival_queue_ring (OscArrivalQueue *self)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL_QUEUE (self), OSC_RING_NONE);
  return self->ring;
}

void
osc_arrival_queue_later (OscArrivalQueue *self)
{
  g_return_if_fail (OSC_IS_ARRIVAL_QUEUE (self));
  Waiting *waiting = self->current != NULL ? find (self, self->current) : NULL;

  if (waiting != NULL)
    waiting->back_at = g_get_monotonic_time () + LATER_SECONDS * G_USEC_PER_SEC;
  g_clear_handle_id (&self->next_source, g_source_remove);
  set_current (self, first_wanting (self, self->current));
  update_ring (self);
}

void
osc_arrival_queue_next (OscArrivalQueue *self)
{
  g_return_if_fail (OSC_IS_ARRIVAL_QUEUE (self));

  set_current (self, first_wanting (self, self->current));
}

void
osc_arrival_queue_show (OscArrivalQueue *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_ARRIVAL_QUEUE (self) && OSC_IS_ORDER_ITEM (item));
  Waiting *waiting = find (self, item);

  if (waiting == NULL)
    return;
  waiting->back_at = 0;
  g_clear_handle_id (&self->next_source, g_source_remove);
  set_current (self, item);
  update_ring (self);
}

void
osc_arrival_queue_place (OscArrivalQueue *self, guint *place, guint *count)
{
  g_return_if_fail (OSC_IS_ARRIVAL_QUEUE (self));

  *place = *count = 0;
  for (guint i = 0; i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (waiting->back_at != 0)
      continue;
    ++*count;
    if (waiting->item == self->current)
      *place = *count;
  }
}

int
osc_arrival_queue_waited (OscArrivalQueue *self)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL_QUEUE (self), 0);

  if (self->current == NULL)
    return 0;
  return (int)MAX (0, (osy_clock_now () - osc_order_item_data (self->current)->created_at) /
                          G_USEC_PER_SEC);
}

gint64
osc_arrival_queue_longest (OscArrivalQueue *self)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL_QUEUE (self), -1);
  gint64 longest = -1;

  for (guint i = 0; i < self->waiting->len; i++) {
    const Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (waiting->back_at == 0)
      longest = MAX (longest, MAX (0, osy_clock_now () - waiting->since));
  }
  return longest;
}
