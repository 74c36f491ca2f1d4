/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscStockLine: what was used day by day, as one line; the last day has a dot. */
#define OSC_TYPE_STOCK_LINE (osc_stock_line_get_type ())
G_DECLARE_FINAL_TYPE (OscStockLine, osc_stock_line, OSC, STOCK_LINE, GtkWidget)

/** osc_stock_line_show: @values: @n of them, the oldest first. */
void osc_stock_line_show (OscStockLine *self, const gint64 *values, guint n);

G_END_DECLS
