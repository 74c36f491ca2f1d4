/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscBoard: the order board (console-ux 7.1), an OscView. Signals: "open-order" (OscOrderItem*):
 * its drawer is wanted; "drop-order" (OscOrderItem*): it is to be rejected or cancelled, the reason
 * is not known yet. */
#define OSC_TYPE_BOARD (osc_board_get_type ())
G_DECLARE_FINAL_TYPE (OscBoard, osc_board, OSC, BOARD, GtkWidget)

/** osc_board_new: over the orders of @context. When the daemon is away they stay readable and go on
 * ageing. */
GtkWidget *osc_board_new (const OscContext *context);
/** osc_board_get_picked: (transfer none) (nullable): the order the keys act on. */
OscOrderItem *osc_board_get_picked (OscBoard *self);
/** osc_board_pick: (nullable). */
void osc_board_pick (OscBoard *self, OscOrderItem *item);

G_END_DECLS
