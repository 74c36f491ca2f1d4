/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

#define OSY_RECIPE_MAX_LINES 50
#define OSY_RECIPE_MAX_OPTIONS 200

typedef struct {
  char *ingredient_id;
  gint64 quantity; /* for one portion: thousandths of @unit */
  char *unit;      /* (nullable): the base unit; always so in what was stored */
} OsyRecipeLine;

/** What one portion of an item takes, or one of an option; an option takes the same on every item.
 */
typedef struct {
  char *option_id;  /* (nullable): the item itself */
  GPtrArray *lines; /* of OsyRecipeLine, never NULL */
} OsyRecipePart;

typedef struct {
  char *item_id;
  OsyRecipePart *base;
  GPtrArray *options; /* of OsyRecipePart, never NULL */
} OsyRecipe;

/** osy_recipe_new: Returns: (transfer full): of @item_id, empty. */
OsyRecipe *osy_recipe_new (const char *item_id);
void osy_recipe_free (OsyRecipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyRecipe, osy_recipe_free)
/** osy_recipe_part_new: @option_id: nullable. osy_recipe_add: @unit: nullable. */
OsyRecipePart *osy_recipe_part_new (const char *option_id);
void osy_recipe_part_free (OsyRecipePart *self);
void
osy_recipe_add (OsyRecipePart *part, const char *ingredient_id, gint64 quantity, const char *unit);

/** osy_recipe_to_json: Returns: (transfer full): as in openapi.yaml. */
JsonObject *osy_recipe_to_json (const OsyRecipe *self);
/** osy_recipe_read: fills in from a request's or an answer's reader; faults stay in it. */
void osy_recipe_read (OsyRecipe *self, OsyJsonReader *reader);

G_END_DECLS
