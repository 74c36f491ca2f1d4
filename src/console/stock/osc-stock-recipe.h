/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-recipe-draft.h"

G_BEGIN_DECLS

/** OscStockRecipe: what a portion of one dish takes, and of each of its options, to be written.
 * Signals: "changed": something was written; "save". */
#define OSC_TYPE_STOCK_RECIPE (osc_stock_recipe_get_type ())
G_DECLARE_FINAL_TYPE (OscStockRecipe, osc_stock_recipe, OSC, STOCK_RECIPE, GtkWidget)

/** osc_stock_recipe_show: @draft: (nullable): borrowed until the next call. @item: of it.
 * @may_write: else it is only read. */
void osc_stock_recipe_show (OscStockRecipe *self,
                            OscStockStore *store,
                            OscRecipeDraft *draft,
                            const OsyMenuItem *item,
                            gboolean may_write);
/** osc_stock_recipe_set_busy: while it is being saved. */
void osc_stock_recipe_set_busy (OscStockRecipe *self, gboolean busy);
/** osc_stock_recipe_save: as its button. */
void osc_stock_recipe_save (OscStockRecipe *self);
/** osc_stock_recipe_add: one more ingredient of the dish itself, as by its button. */
void osc_stock_recipe_add (OscStockRecipe *self, const char *ingredient_id);

G_END_DECLS
