/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a portion takes, as it is answered and read. */

#include "osy-recipe.h"

#include "osy-stock.h"

static void
line_free (gpointer data)
{
  OsyRecipeLine *line = data;

  g_free (line->ingredient_id);
  g_free (line->unit);
  g_free (line);
}

OsyRecipePart *
osy_recipe_part_new (const char *option_id)
{
  OsyRecipePart *self = g_new0 (OsyRecipePart, 1);

  self->option_id = g_strdup (option_id);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

void
osy_recipe_part_free (OsyRecipePart *self)
{
  g_free (self->option_id);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
osy_recipe_add (OsyRecipePart *part, const char *ingredient_id, gint64 quantity, const char *unit)
{
  OsyRecipeLine *line = g_new0 (OsyRecipeLine, 1);

  line->ingredient_id = g_strdup (ingredient_id);
  line->quantity = quantity;
  line->unit = g_strdup (unit);
  g_ptr_array_add (part->lines, line);
}

OsyRecipe *
osy_recipe_new (const char *item_id)
{
  OsyRecipe *self = g_new0 (OsyRecipe, 1);

  self->item_id = g_strdup (item_id);
  self->base = osy_recipe_part_new (NULL);
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_recipe_part_free);
  return self;
}

void
osy_recipe_free (OsyRecipe *self)
{
  if (self == NULL)
    return;
  g_free (self->item_id);
  osy_recipe_part_free (self->base);
  g_ptr_array_unref (self->options);
  g_free (self);
}

static JsonArray *
write_lines (const OsyRecipePart *part)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < part->lines->len; i++) {
    const OsyRecipeLine *line = g_ptr_array_index (part->lines, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "ingredient_id", line->ingredient_id);
    json_object_set_int_member (one, "quantity", line->quantity);
    if (line->unit != NULL)
      json_object_set_string_member (one, "unit", line->unit);
    json_array_add_object_element (lines, one);
  }
  return lines;
}

JsonObject *
osy_recipe_to_json (const OsyRecipe *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < self->options->len; i++) {
    const OsyRecipePart *part = g_ptr_array_index (self->options, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "option_id", part->option_id);
    json_object_set_array_member (one, "lines", write_lines (part));
    json_array_add_object_element (options, one);
  }
  json_object_set_array_member (object, "lines", write_lines (self->base));
  json_object_set_array_member (object, "options", options);
  return object;
}

static gboolean
has_ingredient (const OsyRecipePart *part, const char *id)
{
  for (guint i = 0; i < part->lines->len; i++)
    if (g_strcmp0 (((OsyRecipeLine *)part->lines->pdata[i])->ingredient_id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
read_lines (OsyRecipePart *part, OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "lines", OSY_RECIPE_MAX_LINES);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "lines", i);
    const char *id = osy_json_reader_id (one, "ingredient_id");
    gint64 quantity = osy_json_reader_int (one, "quantity", 1, OSY_STOCK_MAX_FACTOR);
    const char *unit = osy_json_reader_opt_string (one, "unit", 1, 20);
    if (id != NULL && has_ingredient (part, id))
      osy_json_reader_fault (one, "ingredient_id", "TWICE", "It is in this recipe already.");
    osy_recipe_add (part, id, quantity, unit);
  }
}

static gboolean
has_option (const OsyRecipe *self, const char *id)
{
  for (guint i = 0; i < self->options->len; i++)
    if (g_strcmp0 (((OsyRecipePart *)self->options->pdata[i])->option_id, id) == 0)
      return TRUE;
  return FALSE;
}

void
osy_recipe_read (OsyRecipe *self, OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "options", OSY_RECIPE_MAX_OPTIONS);

  read_lines (self->base, reader);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "options", i);
    const char *id = osy_json_reader_id (one, "option_id");
    if (id != NULL && has_option (self, id))
      osy_json_reader_fault (one, "option_id", "TWICE", "This option was there already.");
    OsyRecipePart *part = osy_recipe_part_new (id);
    g_ptr_array_add (self->options, part);
    read_lines (part, one);
  }
}
