/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osc-load-store.h"
#include "osc-order-item.h"

G_BEGIN_DECLS

/** What one press of +5 or −5 changes. */
#define OSC_MINUTES_STEP 5

/** OscMinutes: the minutes each waiting order would be accepted with: once what the kitchen can
 * keep (or, until that is known, by item times and the number of orders), then as a person set
 * them. Signal "changed" (OscOrderItem*). */
#define OSC_TYPE_MINUTES (osc_minutes_get_type ())
G_DECLARE_FINAL_TYPE (OscMinutes, osc_minutes, OSC, MINUTES, GObject)

/** osc_minutes_new: @orders: of OscOrderItem, every open order. */
OscMinutes *osc_minutes_new (GListModel *orders);
/** osc_minutes_set_least: what the shop takes at least (default_prep_minutes). Proposals already
 * made stay. */
void osc_minutes_set_least (OscMinutes *self, int minutes);
/** osc_minutes_follow: proposes what @load says of an order, once for each that nobody has set. */
void osc_minutes_follow (OscMinutes *self, OscLoadStore *load);
/** osc_minutes_proposed: Returns: what was proposed for @item, whatever a person has set since. */
int osc_minutes_proposed (OscMinutes *self, OscOrderItem *item);
/** osc_minutes_get: Returns: the minutes shown for @item. */
int osc_minutes_get (OscMinutes *self, OscOrderItem *item);
/** osc_minutes_set: keeps @minutes within OSC_MIN_MINUTES and OSC_MAX_MINUTES. */
void osc_minutes_set (OscMinutes *self, OscOrderItem *item, int minutes);

G_END_DECLS
