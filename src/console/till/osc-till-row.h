/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscTillRow: a row of the count that takes the focus as a whole; a box cannot. Its children lie
 * in a line. */
#define OSC_TYPE_TILL_ROW (osc_till_row_get_type ())
G_DECLARE_FINAL_TYPE (OscTillRow, osc_till_row, OSC, TILL_ROW, GtkWidget)

/** osc_till_row_new: an empty one. */
GtkWidget *osc_till_row_new (void);

G_END_DECLS
