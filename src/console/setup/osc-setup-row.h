/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscSetupRow: a step in the list of the assistant: its number or a tick, its name and a second
 * line. Signal "clicked". */
#define OSC_TYPE_SETUP_ROW (osc_setup_row_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupRow, osc_setup_row, OSC, SETUP_ROW, GtkWidget)

/** osc_setup_row_new: open and empty. */
GtkWidget *osc_setup_row_new (int number, const char *name);
/** osc_setup_row_show: @line: what is known of the step, "" for nothing. */
void osc_setup_row_show (OscSetupRow *self, const char *line, gboolean done, gboolean now);

G_END_DECLS
