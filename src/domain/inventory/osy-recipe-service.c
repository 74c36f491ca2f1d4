/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Recipes: read and written by the item, with those of the options that it offers. */

#include "osy-audit-service.h"
#include "osy-ingredient-service.h"
#include "osy-ingredient-store.h"

/* ---- the options of an item ---- */

static void
add_options (GPtrArray *ids, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);
      if (!g_ptr_array_find_with_equal_func (ids, option->id, g_str_equal, NULL)) {
        g_ptr_array_add (ids, option->id);
        add_options (ids, option->groups);
      }
    }
  }
}

static void
check_options (const OsyRecipe *recipe, GPtrArray *options, OsyJsonReader *reader)
{
  for (guint i = 0; i < recipe->options->len; i++) {
    const OsyRecipePart *part = g_ptr_array_index (recipe->options, i);
    if (part->option_id == NULL ||
        g_ptr_array_find_with_equal_func (options, part->option_id, g_str_equal, NULL))
      continue;
    osy_json_reader_fault (osy_json_reader_element (reader, "options", i), "option_id", "UNKNOWN",
                           "The item has no such option.");
  }
}

/* ---- ingredients and their units ---- */

/* To base units. @known: id → OsyIngredient */
static void
settle_lines (GHashTable *known, OsyRecipePart *part, OsyJsonReader *place)
{
  for (guint i = 0; i < part->lines->len; i++) {
    OsyRecipeLine *line = g_ptr_array_index (part->lines, i);
    OsyJsonReader *at = osy_json_reader_element (place, "lines", i);
    const OsyIngredient *one =
        line->ingredient_id ? g_hash_table_lookup (known, line->ingredient_id) : NULL;
    gint64 factor = one ? osy_ingredient_factor (one, line->unit) : 0;
    if (one == NULL)
      osy_json_reader_fault (at, "ingredient_id", "UNKNOWN", "There is no such ingredient.");
    else if (factor == 0)
      osy_json_reader_fault (at, "unit", "UNKNOWN", "The ingredient has no such unit.");
    else if (!osy_stock_convert (line->quantity, factor, &line->quantity) || line->quantity < 1)
      osy_json_reader_fault (at, "quantity", "OUT_OF_RANGE", "That cannot be measured.");
    g_clear_pointer (&line->unit, g_free);
  }
}

static gboolean
settle (OsyDbTx *tx, OsyRecipe *recipe, OsyJsonReader *reader, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) list = osy_ingredient_store_list (tx, NULL, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    g_hash_table_insert (known, ((OsyIngredient *)list->pdata[i])->id, list->pdata[i]);
  settle_lines (known, recipe->base, reader);
  for (guint i = 0; i < recipe->options->len; i++)
    settle_lines (known, g_ptr_array_index (recipe->options, i),
                  osy_json_reader_element (reader, "options", i));
  return osy_json_reader_finish (reader, error);
}

/* What an item took before, and what is to be taken now. */
typedef struct {
  GPtrArray *options; /* ids of those it offers */
  const OsyRecipe *old;
  JsonNode *body;
} Putting;

static gboolean
put (OsyDbTx *tx,
     const OsyCall *call,
     const OsyStockRoom *room,
     const Putting *putting,
     GError **error)
{
  const OsyRecipe *old = putting->old;
  g_autoptr (OsyRecipe) recipe = osy_recipe_new (old->item_id);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (putting->body);

  osy_recipe_read (recipe, reader);
  check_options (recipe, putting->options, reader);
  if (!settle (tx, recipe, reader, error))
    return FALSE;
  g_autoptr (JsonNode) before = osy_json_take_object (osy_recipe_to_json (old));
  g_autoptr (JsonNode) after = osy_json_take_object (osy_recipe_to_json (recipe));
  const OsyAuditEntry audit = {"stock.recipe_set", "menu_item", old->item_id, before, after};
  return osy_ingredient_store_put_recipe (tx, recipe, error) &&
         osy_audit_record (tx, room->ring, call, &audit, error) &&
         osy_stock_service_renew (tx, call, room, error);
}

OsyRecipe *
osy_ingredient_service_recipe (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyStockRoom *room,
                               const char *item_id,
                               JsonNode *body,
                               GError **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  if (!osy_principal_check (call->principal,
                            body != NULL ? OSY_PERM_STOCK_MANAGE : OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (OsyMenu) menu = osy_menu_service_load (tx, error);
  if (menu == NULL)
    return NULL;
  const OsyMenuItem *item = osy_menu_find_item (menu, item_id);
  if (item == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "There is no such entry on the menu.");
    return NULL;
  }
  add_options (options, item->groups);
  g_autoptr (OsyRecipe) old = osy_ingredient_store_recipe (tx, item_id, options, error);
  if (old == NULL || body == NULL)
    return g_steal_pointer (&old);
  const Putting putting = {options, old, body};
  return put (tx, call, room, &putting, error)
             ? osy_ingredient_store_recipe (tx, item_id, options, error)
             : NULL;
}
