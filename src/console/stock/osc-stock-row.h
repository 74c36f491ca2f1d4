/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-ingredient.h"

G_BEGIN_DECLS

/** OscStockRow: one line of the table: name, on hand, par, how long it lasts, last count. */
#define OSC_TYPE_STOCK_ROW (osc_stock_row_get_type ())
G_DECLARE_FINAL_TYPE (OscStockRow, osc_stock_row, OSC, STOCK_ROW, GtkWidget)

/** osc_stock_row_new: @now: UTC µs. @wide: with cost and the use of 14 days. */
GtkWidget *osc_stock_row_new (const OsyIngredient *ingredient, gint64 now, gboolean wide);
/** osc_stock_row_id: (transfer none): of the ingredient. */
const char *osc_stock_row_id (OscStockRow *self);

G_END_DECLS
