/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-ingredient.h"
#include "osy-recipe.h"
#include "osy-stock-movement.h"
#include "osy-stock-service.h"

G_BEGIN_DECLS

/** osy_ingredient_service_list: in the order of the shelf. Needs order:read. */
GPtrArray *osy_ingredient_service_list (OsyDbTx *tx, const OsyCall *call, GError **error);

/** What somebody says of an ingredient. */
typedef struct {
  const char *id;    /* (nullable): NULL: a new one */
  JsonNode *body;    /* (nullable): members to set; NULL deletes it */
  gint64 if_version; /* 0: whatever it is */
} OsyIngredientChange;

/**
 * osy_ingredient_service_change:
 * @ret: (out) (transfer full) (nullable): as it is now; NULL when deleted
 *
 * Needs stock:manage. FALSE with INVALID_REQUEST, NOT_FOUND, VERSION_CONFLICT (current_version), or
 * CONFLICT: the name is taken, or more is promised than is there and it is to block sales.
 */
gboolean osy_ingredient_service_change (OsyDbTx *tx,
                                        const OsyCall *call,
                                        const OsyStockRoom *room,
                                        const OsyIngredientChange *change,
                                        OsyIngredient **ret,
                                        GError **error);

/** What somebody moved. */
typedef struct {
  const char *ingredient_id;
  JsonNode *body;     /* of a new one: kind, quantity, unit, reason, unit_cost */
  const char *undoes; /* (nullable): the movement to take back instead */
  const char *key;    /* (nullable): Idempotency-Key */
  gboolean replayed;  /* (out) */
} OsyStockAct;

/**
 * osy_ingredient_service_move:
 * @ret: (out) (transfer full): the movement
 *
 * Needs stock:write; ADJUST needs stock:manage. Returns: (transfer full): the ingredient as it is
 * now, or NULL with INVALID_REQUEST, NOT_FOUND, STATE_CONFLICT (taken back already, or used by an
 * order), CONFLICT (promised to orders) or IDEMPOTENCY_KEY_REUSED.
 */
OsyIngredient *osy_ingredient_service_move (OsyDbTx *tx,
                                            const OsyCall *call,
                                            const OsyStockRoom *room,
                                            OsyStockAct *act,
                                            OsyStockMovement **ret,
                                            GError **error);

/** osy_ingredient_service_recipe: needs order:read. @body: (nullable): puts it first; needs
 * stock:manage. NULL with NOT_FOUND or INVALID_REQUEST. */
OsyRecipe *osy_ingredient_service_recipe (OsyDbTx *tx,
                                          const OsyCall *call,
                                          const OsyStockRoom *room,
                                          const char *item_id,
                                          JsonNode *body,
                                          GError **error);

G_END_DECLS
