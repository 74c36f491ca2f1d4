/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-refund-store.h"

G_BEGIN_DECLS

/** OscRefundChoice: what goes back: lines and how many of them, a share of all, or an amount; with
 * what was paid and what is left below. Signals: "touched": a person chose; "submitted": Enter. */
#define OSC_TYPE_REFUND_CHOICE (osc_refund_choice_get_type ())
G_DECLARE_FINAL_TYPE (OscRefundChoice, osc_refund_choice, OSC, REFUND_CHOICE, GtkWidget)

/** osc_refund_choice_follow: what is chosen from. */
void osc_refund_choice_follow (OscRefundChoice *self, OscRefundStore *store);
/** osc_refund_choice_show: draws it as the store has it now; its check must be there. */
void osc_refund_choice_show (OscRefundChoice *self);
/** osc_refund_choice_move: the keys go to the line below (1) or above (-1); 0: to the first. */
void osc_refund_choice_move (OscRefundChoice *self, int direction);
/** osc_refund_choice_take: so many of the line with the keys; -1: all of it, or none if some is
 * chosen. Returns: whether lines are being chosen. */
gboolean osc_refund_choice_take (OscRefundChoice *self, gint64 quantity);

G_END_DECLS
