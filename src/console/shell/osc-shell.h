/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-arrival-queue.h"
#include "osc-context.h"
#include "osc-outage.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscShell: what a person who signed in works with: rail, banner, one view at a time and what
 * stands over it. It answers the actions of OscView. Signals: "retry": the banner's button;
 * "timeline-wanted" (OscOrderItem*): answered by osc_shell_set_steps(); "switch-shop" (const char
 * *restaurant_id); "moved": another view is on screen. */
#define OSC_TYPE_SHELL (osc_shell_get_type ())
G_DECLARE_FINAL_TYPE (OscShell, osc_shell, OSC, SHELL, GtkWidget)

/** osc_shell_new: @context: its parts are kept; minutes may be NULL: they are made. */
GtkWidget *osc_shell_new (const OscContext *context);
/** osc_shell_go: to the view @name, unless the one on screen asks first. @what: (nullable): what it
 * is to show. */
void osc_shell_go (OscShell *self, const char *name, const char *what);
/** osc_shell_view: (transfer none): the one on screen. */
OscView *osc_shell_view (OscShell *self);
/** osc_shell_set_live: @problem: (nullable): one sentence about why acts cannot be sent now; NULL
 * when they can. */
void osc_shell_set_live (OscShell *self, const char *problem);
/** osc_shell_set_outage: whether that part is away; of those that are one strip tells of the most
 * important, and how many more there are. SERVER is osc_shell_set_live()'s. */
void osc_shell_set_outage (OscShell *self, OscOutage outage, gboolean away);
/** osc_shell_set_ask: @ask: (nullable): a question of the day; stands above the view until it hides
 * itself, and covers nothing. */
void osc_shell_set_ask (OscShell *self, GtkWidget *ask);
/** osc_shell_scan_in_dialog: a scan while @dialog lies over the window: written where a code is
 * asked for, else a toast says what to do. */
void osc_shell_scan_in_dialog (OscShell *self, GtkRoot *dialog, const char *code);
/** osc_shell_key: Returns: whether @key meant anything here. */
gboolean osc_shell_key (OscShell *self, OscKey key);
/** osc_shell_scan: does what @code, which a scanner read, stands for: a dish into the sale, an
 * order into the drawer, a table on the plan. A field of class "takes-code" with the focus gets it
 * instead. */
void osc_shell_scan (OscShell *self, const char *code);
/** osc_shell_open: shows @item in the drawer; NULL closes it. */
void osc_shell_open (OscShell *self, OscOrderItem *item);
/** osc_shell_set_steps: the record of @item for the drawer: of OsyOrderStep. */
void osc_shell_set_steps (OscShell *self, OscOrderItem *item, GPtrArray *steps);
/** osc_shell_queue: (transfer none): who wants the screen and how the alarm has to sound. */
OscArrivalQueue *osc_shell_queue (OscShell *self);
/** osc_shell_context: (transfer none): what the views work with. */
const OscContext *osc_shell_context (OscShell *self);

G_END_DECLS
