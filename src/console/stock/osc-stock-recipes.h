/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"
#include "osc-stock-recipe.h"

G_BEGIN_DECLS

/** OscStockRecipes: the dishes, and the recipe of the one that is picked. What was written on one
 * stays while another is looked at, until it is saved. Signal "back". */
#define OSC_TYPE_STOCK_RECIPES (osc_stock_recipes_get_type ())
G_DECLARE_FINAL_TYPE (OscStockRecipes, osc_stock_recipes, OSC, STOCK_RECIPES, GtkWidget)

/** osc_stock_recipes_follow: before anything else: where dishes and recipes come from. */
void osc_stock_recipes_follow (OscStockRecipes *self, OscStockStore *store, OscMenuStore *menu);
/** osc_stock_recipes_open: @item_id: (nullable): the one that was open. @ingredient_id: (nullable):
 * is added to it. */
void osc_stock_recipes_open (OscStockRecipes *self, const char *item_id, const char *ingredient_id);
/** osc_stock_recipes_set_write: whether recipes may be written now. */
void osc_stock_recipes_set_write (OscStockRecipes *self, gboolean may_write);
/** osc_stock_recipes_find: puts the cursor where one searches. */
void osc_stock_recipes_find (OscStockRecipes *self);
/** osc_stock_recipes_save: the one that is open. */
void osc_stock_recipes_save (OscStockRecipes *self);
/** osc_stock_recipes_step: the dish above (-1) or below. */
void osc_stock_recipes_step (OscStockRecipes *self, int direction);

G_END_DECLS
