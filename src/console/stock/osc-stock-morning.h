/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscStockMorning: what is to be done before the shop opens: count what is below zero, order what
 * is low. Not there when there is nothing. Signal "count". */
#define OSC_TYPE_STOCK_MORNING (osc_stock_morning_get_type ())
G_DECLARE_FINAL_TYPE (OscStockMorning, osc_stock_morning, OSC, STOCK_MORNING, GtkWidget)

/** osc_stock_morning_show: @list: of OsyIngredient, borrowed until the next call. @may_count: with
 * the button for it. */
void osc_stock_morning_show (OscStockMorning *self, GPtrArray *list, gboolean may_count);

G_END_DECLS
