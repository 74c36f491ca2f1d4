/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An order on screen: which column it stands in, how old it is and how urgent (console-ux §5). */

#include "osc-order-item.h"

#include <glib/gi18n.h>

#include "osy-compat.h"

#define MINUTE (60 * G_TIME_SPAN_SECOND)

struct _OscOrderItem {
  GObject parent;
  OsyOrder *order;
  gboolean busy;
  gboolean unprinted;
  int held;
  char *ride; /* nullable */
  guint tick;
};

enum { PROP_ORDER = 1, PROP_BUSY, PROP_UNPRINTED, PROP_HELD, PROP_RIDE, PROP_TICK, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscOrderItem, osc_order_item, G_TYPE_OBJECT)

static void
osc_order_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscOrderItem *self = OSC_ORDER_ITEM (object);

  switch (id) {
  case PROP_ORDER: g_value_set_object (value, self->order); break;
  case PROP_BUSY: g_value_set_boolean (value, self->busy); break;
  case PROP_UNPRINTED: g_value_set_boolean (value, self->unprinted); break;
  case PROP_HELD: g_value_set_int (value, self->held); break;
  case PROP_RIDE: g_value_set_string (value, self->ride); break;
  case PROP_TICK: g_value_set_uint (value, self->tick); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_order_item_finalize (GObject *object)
{
  OscOrderItem *self = OSC_ORDER_ITEM (object);

  g_clear_object (&self->order);
  g_free (self->ride);
  G_OBJECT_CLASS (osc_order_item_parent_class)->finalize (object);
}

static void
osc_order_item_class_init (OscOrderItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_order_item_get_property;
  object_class->finalize = osc_order_item_finalize;
  properties[PROP_ORDER] = g_param_spec_object ("order", NULL, NULL, OSY_TYPE_ORDER, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_UNPRINTED] = g_param_spec_boolean ("unprinted", NULL, NULL, FALSE, flags);
  properties[PROP_HELD] = g_param_spec_int ("held", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_RIDE] = g_param_spec_string ("ride", NULL, NULL, NULL, flags);
  properties[PROP_TICK] = g_param_spec_uint ("tick", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_order_item_init (OscOrderItem *self)
{
}

OscOrderItem *
osc_order_item_new (OsyOrder *order)
{
  OscOrderItem *self;

  g_return_val_if_fail (OSY_IS_ORDER (order), NULL);
  self = g_object_new (OSC_TYPE_ORDER_ITEM, NULL);
  self->order = g_object_ref (order);
  return self;
}

OsyOrder *
osc_order_item_get_order (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), NULL);
  return self->order;
}

const OsyOrderData *
osc_order_item_data (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), NULL);
  return osy_order_data (self->order);
}

/* What a person should look at is told without a new version. */
static gboolean
is_news (const OsyOrderData *order, const OsyOrderData *known)
{
  return order->version > known->version ||
         (order->version == known->version && g_strcmp0 (order->flags, known->flags) != 0);
}

gboolean
osc_order_item_set_order (OscOrderItem *self, OsyOrder *order)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), FALSE);
  g_return_val_if_fail (OSY_IS_ORDER (order), FALSE);
  if (!is_news (osy_order_data (order), osy_order_data (self->order)))
    return FALSE;
  g_set_object (&self->order, order);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  return TRUE;
}

gboolean
osc_order_item_get_busy (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), FALSE);
  return self->busy;
}

void
osc_order_item_set_busy (OscOrderItem *self, gboolean busy)
{
  g_return_if_fail (OSC_IS_ORDER_ITEM (self));
  if (self->busy == !!busy)
    return;
  self->busy = !!busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

const char *
osc_order_item_get_ride (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), NULL);
  return self->ride;
}

void
osc_order_item_set_ride (OscOrderItem *self, const char *ride)
{
  g_return_if_fail (OSC_IS_ORDER_ITEM (self));
  if (osy_set_str (&self->ride, ride))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RIDE]);
}

gboolean
osc_order_item_get_unprinted (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), FALSE);
  return self->unprinted;
}

void
osc_order_item_set_unprinted (OscOrderItem *self, gboolean unprinted)
{
  g_return_if_fail (OSC_IS_ORDER_ITEM (self));
  if (self->unprinted == !!unprinted)
    return;
  self->unprinted = !!unprinted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNPRINTED]);
}

int
osc_order_item_get_held (OscOrderItem *self)
{
  g_return_val_if_fail (OSC_IS_ORDER_ITEM (self), 0);
  return self->held;
}

void
osc_order_item_set_held (OscOrderItem *self, int course)
{
  g_return_if_fail (OSC_IS_ORDER_ITEM (self));
  if (self->held == course)
    return;
  self->held = course;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

void
osc_order_item_tick (OscOrderItem *self)
{
  g_return_if_fail (OSC_IS_ORDER_ITEM (self));
  self->tick++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TICK]);
}

static gboolean
is (const OsyOrderData *order, const char *status)
{
  return g_str_equal (order->status, status);
}

static gboolean
is_cooking (const OsyOrderData *order)
{
  return is (order, OSY_ORDER_ACCEPTED) || is (order, OSY_ORDER_PREPARING);
}

static int
longest_prep (const OsyOrderData *order)
{
  int minutes = 0;

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    minutes = MAX (minutes, line->prep_minutes);
  }
  return minutes;
}

/* Of an order for a time the kitchen had no more than its minutes before it. */
static gint64
cooking_start (const OsyOrderData *order)
{
  if (order->begin_minutes == 0)
    return order->accepted_at;
  return MAX (order->accepted_at, order->promised_at - order->begin_minutes * MINUTE);
}

/* Where the clock of the order's present state starts. */
static gint64
age_start (const OsyOrderData *order)
{
  gint64 start = order->created_at;

  if (is_cooking (order))
    start = cooking_start (order);
  else if (is (order, OSY_ORDER_READY))
    start = order->ready_at;
  else if (is (order, OSY_ORDER_DELIVERING))
    start = order->handed_over_at;
  return start != 0 ? start : order->created_at;
}

/* How long cooking was promised to take; 0 when nothing was. */
static gint64
promise (const OsyOrderData *order)
{
  if (order->promised_at > age_start (order))
    return order->promised_at - age_start (order);
  return longest_prep (order) * MINUTE;
}

static gint64
age (const OsyOrderData *order, gint64 now)
{
  return MAX (0, now - age_start (order));
}

OscAgeLevel
osc_order_item_age_level (OscOrderItem *self, gint64 now)
{
  const OsyOrderData *order = osc_order_item_data (self);
  gint64 soon = 0;
  gint64 late = 0;

  if (osy_order_is_for_later (order))
    return OSC_AGE_NEUTRAL;
  if (is (order, OSY_ORDER_PENDING)) {
    soon = MINUTE;
    late = 2 * MINUTE;
  } else if (is_cooking (order)) {
    late = promise (order);
    soon = late * 7 / 10;
  } else if (is (order, OSY_ORDER_READY)) {
    soon = 5 * MINUTE;
    late = 10 * MINUTE;
  }
  if (late == 0 || age (order, now) < soon)
    return OSC_AGE_NEUTRAL;
  return age (order, now) < late ? OSC_AGE_SOON : OSC_AGE_LATE;
}

char *
osc_order_item_age_text (OscOrderItem *self, gint64 now)
{
  const OsyOrderData *order = osc_order_item_data (self);
  gint64 passed = age (order, now);

  if (is_cooking (order) && osc_order_item_age_level (self, now) == OSC_AGE_LATE)
    return osc_order_item_time_text (passed, passed - promise (order));
  return osc_order_item_time_text (passed, -1);
}

char *
osc_order_item_time_text (gint64 passed, gint64 over)
{
  /* Translators: minutes past the promised time, in a small pill. */
  if (over >= 0)
    return g_strdup_printf (_ ("+%d min"), MAX (1, (int)(over / MINUTE)));
  if (passed < 10 * MINUTE)
    return g_strdup_printf ("%d:%02d", (int)(passed / MINUTE),
                            (int)(passed % MINUTE / G_TIME_SPAN_SECOND));
  /* Translators: age of an order in whole minutes, in a small pill. */
  return g_strdup_printf (_ ("%d min"), (int)(passed / MINUTE));
}

OscColumn
osc_order_item_column (OscOrderItem *self)
{
  const OsyOrderData *order = osc_order_item_data (self);

  if (is (order, OSY_ORDER_PENDING))
    return OSC_COLUMN_NEW;
  if (osy_order_is_for_later (order))
    return OSC_COLUMN_LATER;
  if (is_cooking (order))
    return OSC_COLUMN_COOKING;
  if (is (order, OSY_ORDER_READY))
    return g_strcmp0 (order->type, "TAKEOUT") == 0 ? OSC_COLUMN_OUT : OSC_COLUMN_READY;
  if (is (order, OSY_ORDER_DELIVERING))
    return OSC_COLUMN_OUT;
  return OSC_COLUMN_NONE;
}

const char *
osc_order_item_next_act (OscOrderItem *self)
{
  switch (osc_order_item_column (self)) {
  case OSC_COLUMN_NEW: return "accept";
  case OSC_COLUMN_COOKING: return "ready";
  case OSC_COLUMN_READY: return "hand-over";
  case OSC_COLUMN_OUT: return "complete";
  case OSC_COLUMN_LATER:
  case OSC_COLUMN_NONE: return NULL;
  }
  return NULL;
}

int
osc_order_item_minutes_for (int longest, int least)
{
  int minutes = MAX (least, longest);

  return CLAMP ((minutes + 4) / 5 * 5, OSC_MIN_MINUTES, OSC_MAX_MINUTES);
}

int
osc_order_item_suggested_minutes (OscOrderItem *self, int least)
{
  return osc_order_item_minutes_for (longest_prep (osc_order_item_data (self)), least);
}
