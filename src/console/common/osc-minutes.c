/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Minutes for accepting. The proposal is what the kitchen can keep; for the moment until the daemon
 * has told that, the time the items need plus five minutes for every ten orders being cooked. It is
 * taken once for each order, so that the number under a finger does not change by itself. */

#include "osc-minutes.h"

#define ORDERS_PER_STEP 10

struct _OscMinutes {
  GObject parent_instance;
  GListModel *orders;
  OscLoadStore *load;   /* nullable */
  GHashTable *chosen;   /* order id → minutes */
  GHashTable *proposed; /* the same before a person changed them */
  GHashTable *settled;  /* ids of which the kitchen, or a person, has said it */
  int least;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMinutes, osc_minutes, G_TYPE_OBJECT)

static void
osc_minutes_dispose (GObject *object)
{
  OscMinutes *self = OSC_MINUTES (object);

  g_clear_object (&self->orders);
  g_clear_object (&self->load);
  g_clear_pointer (&self->proposed, g_hash_table_unref);
  g_clear_pointer (&self->settled, g_hash_table_unref);
  g_clear_pointer (&self->chosen, g_hash_table_unref);
  G_OBJECT_CLASS (osc_minutes_parent_class)->dispose (object);
}

static void
osc_minutes_class_init (OscMinutesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_minutes_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
}

static void
osc_minutes_init (OscMinutes *self)
{
  self->least = OSC_DEFAULT_MINUTES;
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->proposed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OscMinutes *
osc_minutes_new (GListModel *orders)
{
  OscMinutes *self = g_object_new (OSC_TYPE_MINUTES, NULL);

  self->orders = g_object_ref (orders);
  return self;
}

void
osc_minutes_set_least (OscMinutes *self, int minutes)
{
  g_return_if_fail (OSC_IS_MINUTES (self));
  self->least = minutes;
}

static int
count_cooking (OscMinutes *self)
{
  guint n = g_list_model_get_n_items (self->orders);
  int cooking = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (self->orders, i);

    cooking += osc_order_item_column (item) == OSC_COLUMN_COOKING;
  }
  return cooking;
}

static int
propose (OscMinutes *self, OscOrderItem *item)
{
  int minutes = osc_order_item_suggested_minutes (item, self->least) +
                count_cooking (self) / ORDERS_PER_STEP * OSC_MINUTES_STEP;

  return MIN (minutes, OSC_MAX_MINUTES);
}

static void
keep (OscMinutes *self, const char *id, int minutes)
{
  g_hash_table_insert (self->chosen, g_strdup (id), GINT_TO_POINTER (minutes));
  g_hash_table_insert (self->proposed, g_strdup (id), GINT_TO_POINTER (minutes));
}

/* Returns: whether the kitchen said it just now, for the first time. */
static gboolean
take_offer (OscMinutes *self, const char *id)
{
  const OsyKitchenOutlook *outlook = self->load != NULL ? osc_load_store_get (self->load) : NULL;
  gint64 minutes = outlook != NULL ? osy_kitchen_outlook_offer (outlook, id) : 0;

  if (minutes == 0 || !g_hash_table_add (self->settled, g_strdup (id)))
    return FALSE;
  keep (self, id, (int)CLAMP (minutes, OSC_MIN_MINUTES, OSC_MAX_MINUTES));
  return TRUE;
}

int
osc_minutes_get (OscMinutes *self, OscOrderItem *item)
{
  const char *id = osc_order_item_data (item)->id;

  if (!take_offer (self, id) && !g_hash_table_contains (self->chosen, id))
    keep (self, id, propose (self, item));
  return GPOINTER_TO_INT (g_hash_table_lookup (self->chosen, id));
}

int
osc_minutes_proposed (OscMinutes *self, OscOrderItem *item)
{
  osc_minutes_get (self, item);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->proposed, osc_order_item_data (item)->id));
}

static void
on_load (OscMinutes *self)
{
  guint n = g_list_model_get_n_items (self->orders);

  for (guint i = 0; i < n; i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (self->orders, i);

    if (osc_order_item_column (item) == OSC_COLUMN_NEW &&
        take_offer (self, osc_order_item_data (item)->id))
      g_signal_emit (self, signals[CHANGED], 0, item);
  }
}

void
osc_minutes_follow (OscMinutes *self, OscLoadStore *load)
{
  g_return_if_fail (OSC_IS_MINUTES (self) && OSC_IS_LOAD_STORE (load));

  if (!g_set_object (&self->load, load))
    return;
  g_signal_connect_object (load, "changed", G_CALLBACK (on_load), self, G_CONNECT_SWAPPED);
  on_load (self);
}

void
osc_minutes_set (OscMinutes *self, OscOrderItem *item, int minutes)
{
  int kept = CLAMP (minutes, OSC_MIN_MINUTES, OSC_MAX_MINUTES);

  int before = osc_minutes_get (self, item);

  g_hash_table_add (self->settled, g_strdup (osc_order_item_data (item)->id));
  if (kept == before)
    return;
  g_hash_table_insert (self->chosen, g_strdup (osc_order_item_data (item)->id),
                       GINT_TO_POINTER (kept));
  g_signal_emit (self, signals[CHANGED], 0, item);
}
