/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-acts.h"
#include "osc-arrival-queue.h"
#include "osc-board.h"

G_BEGIN_DECLS

/** OscShell: what a person who signed in works with: rail, banner, the order board and what stands
 * over it. Signals: "retry": the banner's button; "timeline-wanted" (OscOrderItem*): answered by
 * osc_shell_set_steps(). */
#define OSC_TYPE_SHELL (osc_shell_get_type ())
G_DECLARE_FINAL_TYPE (OscShell, osc_shell, OSC, SHELL, GtkWidget)

/** osc_shell_new: over the orders of @store; acts go to @acts. */
GtkWidget *osc_shell_new (OscOrderStore *store, OscActs *acts);
/** osc_shell_set_live: @problem: (nullable): one sentence about why acts cannot be sent now; NULL
 * when they can. */
void osc_shell_set_live (OscShell *self, const char *problem);
/** osc_shell_key: Returns: whether @key meant anything here. */
gboolean osc_shell_key (OscShell *self, OscKey key);
/** osc_shell_open: shows @item in the drawer; NULL closes it. */
void osc_shell_open (OscShell *self, OscOrderItem *item);
/** osc_shell_set_steps: the record of @item for the drawer: of OsyOrderStep. */
void osc_shell_set_steps (OscShell *self, OscOrderItem *item, GPtrArray *steps);
/** osc_shell_queue: (transfer none): who wants the screen and how the alarm has to sound. */
OscArrivalQueue *osc_shell_queue (OscShell *self);
OscBoard *osc_shell_board (OscShell *self);

G_END_DECLS
