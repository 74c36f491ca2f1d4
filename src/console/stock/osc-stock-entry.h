/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-stock-store.h"

G_BEGIN_DECLS

/** OscStockEntry: how much of one ingredient came, went or was found: units, digits, and why. What
 * was typed stays until osc_stock_entry_ask() asks for something else. Signals: "entered" (const
 * OscStockMove *); "back": never mind; in counting: to the next one. */
#define OSC_TYPE_STOCK_ENTRY (osc_stock_entry_get_type ())
G_DECLARE_FINAL_TYPE (OscStockEntry, osc_stock_entry, OSC, STOCK_ENTRY, GtkWidget)

/** osc_stock_entry_ask: @kind: OSY_MOVEMENT_RECEIVE, _WASTE or _COUNT. @progress: (nullable): "3 /
 * 24" when one is counted after the other. */
void osc_stock_entry_ask (OscStockEntry *self,
                          const OsyIngredient *ingredient,
                          const char *kind,
                          const char *progress);
/** osc_stock_entry_type: for tests and keys: as if @digits were typed; NULL: backspace. */
void osc_stock_entry_type (OscStockEntry *self, const char *digits);
/** osc_stock_entry_commit: as its button. */
void osc_stock_entry_commit (OscStockEntry *self);
/** osc_stock_entry_id: (transfer none) (nullable): of which ingredient it is. */
const char *osc_stock_entry_id (OscStockEntry *self);

G_END_DECLS
