/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-kitchen-history.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscKitchen: the kitchen display (console-ux 7.4), always dark: a view of the shell, or alone in
 * a window of its own. */
#define OSC_TYPE_KITCHEN (osc_kitchen_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchen, osc_kitchen, OSC, KITCHEN, GtkWidget)

/** osc_kitchen_new: @context: its tickets, menu and orders are kept. */
GtkWidget *osc_kitchen_new (const OscContext *context);
/** osc_kitchen_set_alone: it has a window of its own, on the monitor so called, whose zoom it
 * takes: with a clock and what works. */
void osc_kitchen_set_alone (OscKitchen *self, const char *monitor);
/** osc_kitchen_history: (transfer none): what was sent out, when it is open. */
OscKitchenHistory *osc_kitchen_history (OscKitchen *self);

G_END_DECLS
