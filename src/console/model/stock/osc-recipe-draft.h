/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-stock-store.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/** What one portion takes of one ingredient, as it is typed. */
typedef struct {
  char *ingredient_id;
  char *text; /* the amount */
  char *unit; /* (nullable): the base unit, else a named one */
} OscRecipeEntry;

/** What is taken by the dish itself, or by one of its options besides. */
typedef struct {
  char *option_id;    /* (nullable): the dish itself */
  char *title;        /* (nullable): "맵기 · 매운맛" */
  GPtrArray *entries; /* of OscRecipeEntry */
} OscRecipeSection;

/** OscRecipeDraft: the recipe of a dish while somebody writes on it. */
typedef struct _OscRecipeDraft OscRecipeDraft;

/** osc_recipe_draft_new: (transfer full): what @store knows of @item and of every option that it
 * offers, nested ones too. */
OscRecipeDraft *osc_recipe_draft_new (OscStockStore *store, const OsyMenuItem *item);
void osc_recipe_draft_free (OscRecipeDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscRecipeDraft, osc_recipe_draft_free)

/** osc_recipe_draft_item_id: (transfer none): of the dish. */
const char *osc_recipe_draft_item_id (const OscRecipeDraft *self);
/** osc_recipe_draft_sections: (transfer none): of OscRecipeSection: the dish, then its options. */
GPtrArray *osc_recipe_draft_sections (const OscRecipeDraft *self);
/** osc_recipe_draft_add: one more ingredient at the end of @section, unless it is there. Returns:
 * (transfer none) (nullable). */
OscRecipeEntry *osc_recipe_draft_add (OscRecipeSection *section, const char *ingredient_id);
/** osc_recipe_draft_remove: @entry is freed. */
void osc_recipe_draft_remove (OscRecipeSection *section, OscRecipeEntry *entry);
/** osc_recipe_entry_set: what was typed; @unit: nullable. */
void osc_recipe_entry_set (OscRecipeEntry *self, const char *text, const char *unit);
/** osc_recipe_entry_amount: Returns: the amount in thousandths of its unit; 0: none such. */
gint64 osc_recipe_entry_amount (const OscRecipeEntry *self);

/** osc_recipe_draft_is_dirty: Returns: whether it reads otherwise than what was read. */
gboolean osc_recipe_draft_is_dirty (const OscRecipeDraft *self);
/** osc_recipe_draft_is_good: Returns: whether every entry has an amount. */
gboolean osc_recipe_draft_is_good (const OscRecipeDraft *self);
/** osc_recipe_draft_to_json: (transfer full): as PUT recipe takes it. */
JsonNode *osc_recipe_draft_to_json (const OscRecipeDraft *self);

G_END_DECLS
