/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-minutes.h"
#include "osc-pick.h"

G_BEGIN_DECLS

/** OscOrderCard: one order on the board; recycled by the lists. It activates the actions
 * "board.act" (ss: order id, act), "board.open" (s) and "board.minutes" (si: order id, change), and
 * knows nothing of who answers them. */
#define OSC_TYPE_ORDER_CARD (osc_order_card_get_type ())
G_DECLARE_FINAL_TYPE (OscOrderCard, osc_order_card, OSC, ORDER_CARD, GtkWidget)

/** osc_order_card_new: for a list of @column. @minutes, @pick: shared by the board. */
GtkWidget *osc_order_card_new (OscColumn column, OscMinutes *minutes, OscPick *pick);
/** osc_order_card_bind: shows @item from now on; NULL lets go of it. */
void osc_order_card_bind (OscOrderCard *self, OscOrderItem *item);
/** osc_order_card_get_item: (transfer none) (nullable). */
OscOrderItem *osc_order_card_get_item (OscOrderCard *self);
/** osc_order_card_set_compact: one line and its button, for a full column of new orders. */
void osc_order_card_set_compact (OscOrderCard *self, gboolean compact);
/** osc_order_card_set_live: whether acts can be sent now. */
void osc_order_card_set_live (OscOrderCard *self, gboolean live);

G_END_DECLS
