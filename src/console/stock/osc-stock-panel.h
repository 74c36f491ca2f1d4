/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"
#include "osc-stock-store.h"

G_BEGIN_DECLS

/** OscStockPanel: one ingredient: what is there, what can be done, what was done. Its buttons are
 * the actions stock.act (s: OSY_MOVEMENT_RECEIVE, …), stock.undo (s: a movement's id), stock.edit,
 * stock.recipe (s: of a dish), stock.use (s: a dish that is to take it), stock.close. */
#define OSC_TYPE_STOCK_PANEL (osc_stock_panel_get_type ())
G_DECLARE_FINAL_TYPE (OscStockPanel, osc_stock_panel, OSC, STOCK_PANEL, GtkWidget)

/** osc_stock_panel_show: @ingredient: (nullable): nothing is picked. @may_write: with its buttons.
 */
void
osc_stock_panel_show (OscStockPanel *self, const OsyIngredient *ingredient, gboolean may_write);
/** osc_stock_panel_set_manage: with the buttons that change the ingredient and recipes. */
void osc_stock_panel_set_manage (OscStockPanel *self, gboolean may_manage);
/** osc_stock_panel_set_history: @rows: (nullable): of OsyStockMovement of @ingredient, newest
 * first; NULL: not read yet. */
void
osc_stock_panel_set_history (OscStockPanel *self, const OsyIngredient *ingredient, GPtrArray *rows);
/** osc_stock_panel_show_uses: which dishes and options take @ingredient. */
void osc_stock_panel_show_uses (OscStockPanel *self,
                                const OsyIngredient *ingredient,
                                OscStockStore *store,
                                OsyMenu *menu);

G_END_DECLS
