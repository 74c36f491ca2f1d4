/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-acts.h"
#include "osc-arrival-queue.h"
#include "osc-keys.h"
#include "osc-minutes.h"

G_BEGIN_DECLS

/** OscArrivalBar: a new order while somebody types or sells: one row that covers nothing and never
 * takes the focus (console-ux 7.2). Shows the current order of its queue; whoever holds it shows
 * and hides it. Signal "look": the order is to be seen in full. */
#define OSC_TYPE_ARRIVAL_BAR (osc_arrival_bar_get_type ())
G_DECLARE_FINAL_TYPE (OscArrivalBar, osc_arrival_bar, OSC, ARRIVAL_BAR, GtkWidget)

/** osc_arrival_bar_new: @minutes: shared with the board. */
GtkWidget *osc_arrival_bar_new (OscArrivalQueue *queue, OscActs *acts, OscMinutes *minutes);
/** osc_arrival_bar_key: Returns: whether @key meant anything here: accept, longer, shorter. */
gboolean osc_arrival_bar_key (OscArrivalBar *self, OscKey key);
/** osc_arrival_bar_set_live: whether acts can be sent now. */
void osc_arrival_bar_set_live (OscArrivalBar *self, gboolean live);

G_END_DECLS
