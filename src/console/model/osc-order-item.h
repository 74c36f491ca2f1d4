/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** An order on screen: one lasting object per order id whose "order" changes. */
#define OSC_TYPE_ORDER_ITEM (osc_order_item_get_type ())
G_DECLARE_FINAL_TYPE (OscOrderItem, osc_order_item, OSC, ORDER_ITEM, GObject)

/* Properties (notify): "order" (OsyOrder), "busy" (gboolean: an act is under way), "tick" (guint:
 * changes once a second while the order ages, so that bindings recompute its age). */
OscOrderItem *osc_order_item_new (OsyOrder *order);
OsyOrder *osc_order_item_get_order (OscOrderItem *self);
const OsyOrderData *osc_order_item_data (OscOrderItem *self);
/** osc_order_item_set_order: takes a newer version; an older or equal one is passed over (FALSE).
 */
gboolean osc_order_item_set_order (OscOrderItem *self, OsyOrder *order);
gboolean osc_order_item_get_busy (OscOrderItem *self);
void osc_order_item_set_busy (OscOrderItem *self, gboolean busy);

/** How urgent, by console-ux §5 "Ageing": from the order's status and times at @now (UTC µs). */
typedef enum { OSC_AGE_NEUTRAL, OSC_AGE_SOON, OSC_AGE_LATE } OscAgeLevel;
OscAgeLevel osc_order_item_age_level (OscOrderItem *self, gint64 now);
/** osc_order_item_age_text: (transfer full): "6:48", "11분", "+2분". */
char *osc_order_item_age_text (OscOrderItem *self, gint64 now);

/** Which column of the board an order stands in (console-ux 7.1). */
typedef enum {
  OSC_COLUMN_NONE,
  OSC_COLUMN_NEW,
  OSC_COLUMN_COOKING,
  OSC_COLUMN_READY,
  OSC_COLUMN_OUT,
} OscColumn;
OscColumn osc_order_item_column (OscOrderItem *self);
/** osc_order_item_next_act: the forward step of the edge button: "accept", "ready", "hand-over",
 *  "complete"; NULL when there is none. */
const char *osc_order_item_next_act (OscOrderItem *self);

G_END_DECLS
