/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-ingredient.h"
#include "osy-recipe.h"
#include "osy-stock-movement.h"

G_BEGIN_DECLS

/* All of it concerns the transaction's restaurant. */

/** osy_ingredient_store_list: in the order of the shelf. @ids: (nullable): of char*; NULL: all that
 * are not deleted. (transfer full): of OsyIngredient. */
GPtrArray *osy_ingredient_store_list (OsyDbTx *tx, GPtrArray *ids, GError **error);

/** osy_ingredient_store_get: NULL with NOT_FOUND when there is none, or it is deleted. @lock: holds
 * its row until the transaction ends. */
OsyIngredient *
osy_ingredient_store_get (OsyDbTx *tx, const char *id, gboolean lock, GError **error);

/** osy_ingredient_store_add, _save: what people say of it, with its version; not what moves.
 * CONFLICT when another has the name. _save also forgets it when @deleted. */
gboolean osy_ingredient_store_add (OsyDbTx *tx, OsyIngredient *ingredient, GError **error);
gboolean osy_ingredient_store_save (OsyDbTx *tx,
                                    const OsyIngredient *ingredient,
                                    gboolean deleted,
                                    GError **error);

/** osy_ingredient_store_tell: the event stock.changed. */
gboolean osy_ingredient_store_tell (OsyDbTx *tx, const char *id, GError **error);

/** A remembered request. */
typedef struct {
  const char *key; /* nullable */
  GBytes *fingerprint;
} OsyStockKey;

/** osy_ingredient_store_move: writes @movement, and what it makes of @ingredient, whose row is
 * held: on_hand, version, costs and times are set in both. */
gboolean osy_ingredient_store_move (OsyDbTx *tx,
                                    OsyIngredient *ingredient,
                                    OsyStockMovement *movement,
                                    const OsyStockKey *key,
                                    GError **error);

/** osy_ingredient_store_find_key: *@ret: (out) (transfer full) (nullable): what was moved with this
 * key before. FALSE with IDEMPOTENCY_KEY_REUSED when it was another request. */
gboolean osy_ingredient_store_find_key (OsyDbTx *tx,
                                        const OsyStockKey *key,
                                        OsyStockMovement **ret,
                                        GError **error);

/** osy_ingredient_store_movement: one; NULL with NOT_FOUND. */
OsyStockMovement *osy_ingredient_store_movement (OsyDbTx *tx,
                                                 const char *ingredient_id,
                                                 const char *id,
                                                 GError **error);

/** osy_ingredient_store_movements: newest first, before the row numbered @before (0: from the
 * newest). @next: (out): for the next page, 0 when there is none. */
GPtrArray *osy_ingredient_store_movements (OsyDbTx *tx,
                                           const char *ingredient_id,
                                           gint64 before,
                                           gint64 limit,
                                           gint64 *next,
                                           GError **error);

/** osy_ingredient_store_recipe: what @item_id and those of @options (of char*) take. */
OsyRecipe *
osy_ingredient_store_recipe (OsyDbTx *tx, const char *item_id, GPtrArray *options, GError **error);
/** osy_ingredient_store_put_recipe: makes the item's part, and that of each option named, read so.
 * Quantities are of base units. */
gboolean osy_ingredient_store_put_recipe (OsyDbTx *tx, const OsyRecipe *recipe, GError **error);
/** osy_ingredient_store_recipes: (transfer full): every line of every recipe, as listRecipes
 * answers them. */
JsonArray *osy_ingredient_store_recipes (OsyDbTx *tx, GError **error);

G_END_DECLS
