/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-minutes.h"
#include "osc-pick.h"

G_BEGIN_DECLS

/** OscBoardColumn: one column of the board: its head with counts, the cards, and the pinned foot
 * that tells what is below. */
#define OSC_TYPE_BOARD_COLUMN (osc_board_column_get_type ())
G_DECLARE_FINAL_TYPE (OscBoardColumn, osc_board_column, OSC, BOARD_COLUMN, GtkWidget)

/** osc_board_column_setup: once. @orders: every open order, oldest first. */
void osc_board_column_setup (OscBoardColumn *self,
                             OscColumn column,
                             GListModel *orders,
                             OscMinutes *minutes,
                             OscPick *pick);
/** osc_board_column_set_across: cards side by side. */
void osc_board_column_set_across (OscBoardColumn *self, guint across);
/** osc_board_column_set_type: (nullable): only orders of this type; new orders ignore it. */
void osc_board_column_set_type (OscBoardColumn *self, const char *type);
/** osc_board_column_refilter: takes up what changed inside the orders. */
void osc_board_column_refilter (OscBoardColumn *self);
/** osc_board_column_set_live: whether acts can be sent now. */
void osc_board_column_set_live (OscBoardColumn *self, gboolean live);
/** osc_board_column_model: (transfer none): the orders shown, in order. */
GListModel *osc_board_column_model (OscBoardColumn *self);
/** osc_board_column_across: cards side by side. */
guint osc_board_column_across (OscBoardColumn *self);
/** osc_board_column_show_position: scrolls until the card at @position is on screen. */
void osc_board_column_show_position (OscBoardColumn *self, guint position);
/** osc_board_column_update_counts: late and soon, by the present moment. */
void osc_board_column_update_counts (OscBoardColumn *self);

G_END_DECLS
