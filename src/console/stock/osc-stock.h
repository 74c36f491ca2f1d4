/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-stock-entry.h"
#include "osc-stock-import.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscStock: ingredients, what is there of each, what came and went, and the count. Opening it with
 * an id picks that ingredient, with "recipe:" and a dish's id that dish's recipe. */
#define OSC_TYPE_STOCK (osc_stock_get_type ())
G_DECLARE_FINAL_TYPE (OscStock, osc_stock, OSC, STOCK, GtkWidget)

/** osc_stock_new: shows what the store of @context holds. */
GtkWidget *osc_stock_new (const OscContext *context);
/** osc_stock_count: begins to count, one after the other. */
void osc_stock_count (OscStock *self);
/** osc_stock_act: asks how much of what is picked came or went. */
void osc_stock_act (OscStock *self, const char *kind);
/** osc_stock_entry: (transfer none): where an amount is typed now. */
OscStockEntry *osc_stock_entry (OscStock *self);
/** osc_stock_show_file: (transfer none): what @data, read from the file @name, would change. */
OscStockImport *osc_stock_show_file (OscStock *self, const char *name, const char *data);

G_END_DECLS
