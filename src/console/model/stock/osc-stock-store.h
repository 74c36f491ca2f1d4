/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-ingredient.h"
#include "osy-stock-movement.h"

G_BEGIN_DECLS

/**
 * OscStockStore: the ingredients, read at every "reset" of the feed and kept by its events.
 * Signals: "changed"; "moved" (OsyStockMovement *): what somebody here asked for was done;
 * "refused" (const char *sentence): it was not; "saved" (const char *id): an ingredient that
 * somebody here added or changed, or the dish whose recipe was put; "history" (const char
 * *ingredient id, GPtrArray *: of OsyStockMovement, newest first); "recipes": they were read;
 * "requested" (const char *what): in tests, what would be sent.
 */
#define OSC_TYPE_STOCK_STORE (osc_stock_store_get_type ())
G_DECLARE_FINAL_TYPE (OscStockStore, osc_stock_store, OSC, STOCK_STORE, GObject)

/** osc_stock_store_new: @client: (nullable): NULL in tests. */
OscStockStore *osc_stock_store_new (OsyClient *client);
/** osc_stock_store_attach: follows @feed. */
void osc_stock_store_attach (OscStockStore *self, OsyFeed *feed);
/** osc_stock_store_load: reads all anew. */
void osc_stock_store_load (OscStockStore *self);
/** osc_stock_store_take: @answer: (nullable): of GET ingredients, of GET recipes, or a page of
 * movements; NULL: it could not be read. */
void osc_stock_store_take (OscStockStore *self, JsonNode *answer);

/** osc_stock_store_list: (transfer none) (nullable): of OsyIngredient, in the order of the shelf;
 * NULL until they were read. */
GPtrArray *osc_stock_store_list (OscStockStore *self);
/** osc_stock_store_find: (transfer none) (nullable). */
const OsyIngredient *osc_stock_store_find (OscStockStore *self, const char *id);
/** osc_stock_store_failed: Returns: whether they could not be read. */
gboolean osc_stock_store_failed (OscStockStore *self);

/** osc_stock_store_n_short: Returns: how many are below par or below zero. */
guint osc_stock_store_n_short (OscStockStore *self);

/** A line of a recipe. */
typedef struct {
  char *owner_id; /* of the dish, or of the option */
  gboolean is_option;
  char *ingredient_id;
  gint64 quantity; /* thousandths of the base unit a portion */
} OscStockUse;

/** osc_stock_store_recipes: (transfer none): of OscStockUse; empty until they were read. */
GPtrArray *osc_stock_store_recipes (OscStockStore *self);
/** osc_stock_store_ask_recipes: "recipes" follows, if they can be read. */
void osc_stock_store_ask_recipes (OscStockStore *self);
/** osc_stock_store_put_recipe: @body: as PUT recipe takes it; "saved" or "refused" follows. */
void osc_stock_store_put_recipe (OscStockStore *self, const char *item_id, JsonNode *body);

/** What is moved: as POST …/movements takes it. */
typedef struct {
  const char *ingredient_id;
  const char *kind;
  gint64 quantity;    /* thousandths of @unit */
  const char *unit;   /* (nullable): the base unit */
  const char *reason; /* nullable */
  gint64 unit_cost;   /* of RECEIVE: won for one @unit; 0: not said */
} OscStockMove;

/** osc_stock_store_move, _undo: "moved" or "refused" follows. */
void osc_stock_store_move (OscStockStore *self, const OscStockMove *move);
void osc_stock_store_undo (OscStockStore *self, const char *ingredient_id, const char *movement_id);
/** osc_stock_store_save: @id: (nullable): a new one. @body: as POST and PATCH ingredients take it;
 * "saved" or "refused" follows. @if_version: 0: whatever it is. */
void osc_stock_store_save (OscStockStore *self, const char *id, JsonNode *body, gint64 if_version);
/** osc_stock_store_place: one place up (-1) or down the shelf: it and its neighbour are saved. */
void osc_stock_store_place (OscStockStore *self, const char *id, int direction);
/** osc_stock_store_remove: "changed" or "refused" follows. */
void osc_stock_store_remove (OscStockStore *self, const char *id);
/** osc_stock_store_ask_history: "history" follows, if it can be read. */
void osc_stock_store_ask_history (OscStockStore *self, const char *ingredient_id);

G_END_DECLS
