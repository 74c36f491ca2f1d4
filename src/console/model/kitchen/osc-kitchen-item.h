/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-item.h"
#include "osy-kitchen-ticket.h"

G_BEGIN_DECLS

/** OscKitchenItem: a ticket on screen: one lasting object per ticket id whose "ticket" changes.
 * Property: "ticket" (OsyKitchenTicket, notify: also when something was tapped). What was just
 * tapped shows at once and holds until the daemon has answered. */
#define OSC_TYPE_KITCHEN_ITEM (osc_kitchen_item_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenItem, osc_kitchen_item, OSC, KITCHEN_ITEM, GObject)

/** osc_kitchen_item_new: shows @ticket as it stands. */
OscKitchenItem *osc_kitchen_item_new (OsyKitchenTicket *ticket);
/** osc_kitchen_item_data: (transfer none): good until the ticket changes. */
const OsyKitchenTicketData *osc_kitchen_item_data (OscKitchenItem *self);
/** osc_kitchen_item_take: FALSE: it is not newer. */
gboolean osc_kitchen_item_take (OscKitchenItem *self, OsyKitchenTicket *ticket);

/** osc_kitchen_item_set_leaving: a bump is under way. */
void osc_kitchen_item_set_leaving (OscKitchenItem *self, gboolean leaving);
gboolean osc_kitchen_item_get_leaving (OscKitchenItem *self);
/** osc_kitchen_item_expect: @made: 1 or 0 while an act on the line is under way, -1: it is over. */
void osc_kitchen_item_expect (OscKitchenItem *self, const char *line_id, int made);
/** osc_kitchen_item_is_made: whether all of a line is made, as it is shown. */
gboolean osc_kitchen_item_is_made (OscKitchenItem *self, const OsyKitchenLine *line);
/** osc_kitchen_item_once: Returns: TRUE the first time it is asked for @what, a static text. */
gboolean osc_kitchen_item_once (OscKitchenItem *self, const char *what);

/** osc_kitchen_item_unseen: (transfer none) (nullable): the first change of @kind (nullable: of
 * any) of the line that nobody has seen. */
const OsyKitchenChange *osc_kitchen_item_unseen (const OsyKitchenLine *line, const char *kind);
/** osc_kitchen_item_age_level, _age_text: (transfer full): as for orders (console-ux §5), counted
 * from timer_from to the promise, or by what takes longest. @now: UTC µs. */
OscAgeLevel osc_kitchen_item_age_level (OscKitchenItem *self, gint64 now);
char *osc_kitchen_item_age_text (OscKitchenItem *self, gint64 now);

G_END_DECLS
