/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** An order on screen: one lasting object per order id whose "order" changes. */
#define OSC_TYPE_ORDER_ITEM (osc_order_item_get_type ())
G_DECLARE_FINAL_TYPE (OscOrderItem, osc_order_item, OSC, ORDER_ITEM, GObject)

/* Properties (notify): "order" (OsyOrder), "busy" (gboolean: an act is under way), "unprinted"
 * (gboolean: a slip of it is not on paper), "held" (int: a course that waits to be fired), "ride"
 * (text: how its delivery stands), "tick"
 * (guint: changes once a second while the order ages, so that bindings recompute its age). */
OscOrderItem *osc_order_item_new (OsyOrder *order);
OsyOrder *osc_order_item_get_order (OscOrderItem *self);
const OsyOrderData *osc_order_item_data (OscOrderItem *self);
/** osc_order_item_set_order: takes a newer version; an older or equal one is passed over (FALSE).
 */
gboolean osc_order_item_set_order (OscOrderItem *self, OsyOrder *order);
gboolean osc_order_item_get_busy (OscOrderItem *self);
void osc_order_item_set_busy (OscOrderItem *self, gboolean busy);
gboolean osc_order_item_get_unprinted (OscOrderItem *self);
void osc_order_item_set_unprinted (OscOrderItem *self, gboolean unprinted);
/** osc_order_item_get_held: the course that the kitchen waits to be told of; 0: none. */
int osc_order_item_get_held (OscOrderItem *self);
void osc_order_item_set_held (OscOrderItem *self, int course);

/** osc_order_item_get_ride: (transfer none) (nullable): how its delivery stands, in words. */
const char *osc_order_item_get_ride (OscOrderItem *self);
void osc_order_item_set_ride (OscOrderItem *self, const char *ride);

/** osc_order_item_tick: a second has passed: notifies "tick". The store calls it. */
void osc_order_item_tick (OscOrderItem *self);

/** How urgent, by console-ux §5 "Ageing": from the order's status and times at @now (UTC µs). */
typedef enum { OSC_AGE_NEUTRAL, OSC_AGE_SOON, OSC_AGE_LATE } OscAgeLevel;
OscAgeLevel osc_order_item_age_level (OscOrderItem *self, gint64 now);
/** osc_order_item_age_text: (transfer full): "6:48" below 10 minutes, "11분" from there on, and
 * "+2분" (whole minutes past the promise, at least 1) for cooking orders that are late. New orders
 * are aged from their arrival, cooking ones from acceptance, ready ones from READY, those on their
 * way from hand-over. */
char *osc_order_item_age_text (OscOrderItem *self, gint64 now);

/** osc_order_item_time_text: (transfer full): the same for @passed µs; @over: µs past the promise,
 * negative: not late. */
char *osc_order_item_time_text (gint64 passed, gint64 over);

/** Which column of the board an order stands in (console-ux 7.1). */
typedef enum {
  OSC_COLUMN_NONE,
  OSC_COLUMN_NEW,
  OSC_COLUMN_COOKING,
  OSC_COLUMN_READY,
  OSC_COLUMN_OUT,
  OSC_COLUMN_LATER, /* none of the board: accepted for later, in the list of these */
} OscColumn;
OscColumn osc_order_item_column (OscOrderItem *self);
/** osc_order_item_next_act: the forward step of the edge button: "accept", "ready", "hand-over",
 *  "complete"; NULL when there is none. */
const char *osc_order_item_next_act (OscOrderItem *self);

/** osc_order_item_suggested_minutes: what the accept button offers: the longest prep_minutes of its
 * lines or @least (the shop's own, OSC_DEFAULT_MINUTES while unknown), whichever is more, rounded
 * up to 5, within 5–120. */
#define OSC_DEFAULT_MINUTES 15
#define OSC_MIN_MINUTES 5
#define OSC_MAX_MINUTES 120
int osc_order_item_suggested_minutes (OscOrderItem *self, int least);
/** osc_order_item_minutes_for: the same for lines of which @longest takes longest. */
int osc_order_item_minutes_for (int longest, int least);

G_END_DECLS
