/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-acts.h"
#include "osc-keys.h"
#include "osc-minutes.h"

G_BEGIN_DECLS

/** OscBoard: the order board (console-ux 7.1). Signals: "open-order" (OscOrderItem*): its drawer is
 * wanted; "drop-order" (OscOrderItem*): it is to be rejected or cancelled, the reason is not known
 * yet. */
#define OSC_TYPE_BOARD (osc_board_get_type ())
G_DECLARE_FINAL_TYPE (OscBoard, osc_board, OSC, BOARD, GtkWidget)

/** osc_board_new: @minutes: shared with the arrival layer. */
GtkWidget *osc_board_new (OscOrderStore *store, OscActs *acts, OscMinutes *minutes);
/** osc_board_set_live: whether acts can be sent; the orders stay readable and go on ageing. */
void osc_board_set_live (OscBoard *self, gboolean live);
/** osc_board_key: does what @key means here. Returns: whether it meant anything. */
gboolean osc_board_key (OscBoard *self, OscKey key);
/** osc_board_get_picked: (transfer none) (nullable): the order the keys act on. */
OscOrderItem *osc_board_get_picked (OscBoard *self);
/** osc_board_pick: (nullable). */
void osc_board_pick (OscBoard *self, OscOrderItem *item);

G_END_DECLS
