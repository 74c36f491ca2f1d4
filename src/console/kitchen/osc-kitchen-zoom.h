/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscKitchenZoom: the size of the kitchen on each monitor, beside that of the console. */

/** osc_kitchen_zoom_get: percent on the monitor so called. */
int osc_kitchen_zoom_get (const char *monitor);
/** osc_kitchen_zoom_step: one step bigger (1) or smaller (-1), and remembers it. */
void osc_kitchen_zoom_step (const char *monitor, int direction);
/** osc_kitchen_zoom_apply: gives @widget the class of that size. */
void osc_kitchen_zoom_apply (GtkWidget *widget, int percent);

G_END_DECLS
