/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-kitchen.h"

G_BEGIN_DECLS

/** osc_kitchen_window_open: the kitchen in a window of its own, on all of a second monitor where
 * there is one; presents it when it is open already. @from: a widget of the window it belongs to:
 * it goes with that. Returns: (transfer none). */
GtkWindow *osc_kitchen_window_open (const OscContext *context, GtkWidget *from);
/** osc_kitchen_window_restore: opens it if it was open when this machine was last used. */
void osc_kitchen_window_restore (const OscContext *context, GtkWidget *from);
/** osc_kitchen_window_monitor: for a window beside the console's. Returns: (transfer full)
 * (nullable): the monitor @wanted (nullable), or any but that of @from. */
GdkMonitor *osc_kitchen_window_monitor (GtkWidget *from, const char *wanted);
/** osc_kitchen_window_choose: on which monitor it opens. @connectors: names, ends with NULL; @own:
 * where the console is, -1: nobody knows; @wanted: (nullable): where it was the last time. Returns:
 * -1 when there is no other than the console's. */
int osc_kitchen_window_choose (const char *const *connectors, int own, const char *wanted);

G_END_DECLS
