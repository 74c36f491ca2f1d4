/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-acts.h"
#include "osc-arrival-queue.h"
#include "osc-keys.h"
#include "osc-minutes.h"

G_BEGIN_DECLS

/** OscArrival: a new order in full, to be accepted, rejected or put off (console-ux 7.2). Shows the
 * current order of its queue; whoever holds it shows and hides it by the queue. */
#define OSC_TYPE_ARRIVAL (osc_arrival_get_type ())
G_DECLARE_FINAL_TYPE (OscArrival, osc_arrival, OSC, ARRIVAL, GtkWidget)

/** osc_arrival_new: @minutes: shared with the board. */
GtkWidget *osc_arrival_new (OscArrivalQueue *queue, OscActs *acts, OscMinutes *minutes);
/** osc_arrival_key: Returns: whether @key meant anything here. */
gboolean osc_arrival_key (OscArrival *self, OscKey key);
/** osc_arrival_ask_reason: goes on to the reasons for a rejection. */
void osc_arrival_ask_reason (OscArrival *self);
/** osc_arrival_set_live: whether acts can be sent now. */
void osc_arrival_set_live (OscArrival *self, gboolean live);

G_END_DECLS
