/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A recipe while it is written. Sections of options without ingredients are there too: that is
 * where one is added. */

#include "osc-recipe-draft.h"

#include "osc-amount.h"
#include "osy-compat.h"
#include "osy-json.h"

struct _OscRecipeDraft {
  char *item_id;
  GPtrArray *sections; /* of OscRecipeSection */
  char *before;        /* as JSON */
};

static void
entry_free (gpointer data)
{
  OscRecipeEntry *entry = data;

  g_free (entry->ingredient_id);
  g_free (entry->text);
  g_free (entry->unit);
  g_free (entry);
}

static void
section_free (gpointer data)
{
  OscRecipeSection *section = data;

  g_free (section->option_id);
  g_free (section->title);
  g_ptr_array_unref (section->entries);
  g_free (section);
}

OscRecipeEntry *
osc_recipe_draft_add (OscRecipeSection *section, const char *ingredient_id)
{
  for (guint i = 0; i < section->entries->len; i++)
    if (g_str_equal (((OscRecipeEntry *)section->entries->pdata[i])->ingredient_id, ingredient_id))
      return NULL;
  OscRecipeEntry *entry = g_new0 (OscRecipeEntry, 1);
  entry->ingredient_id = g_strdup (ingredient_id);
  entry->text = g_strdup ("");
  g_ptr_array_add (section->entries, entry);
  return entry;
}

void
osc_recipe_draft_remove (OscRecipeSection *section, OscRecipeEntry *entry)
{
  g_ptr_array_remove (section->entries, entry);
}

void
osc_recipe_entry_set (OscRecipeEntry *self, const char *text, const char *unit)
{
  osy_set_str (&self->text, text);
  osy_set_str (&self->unit, unit);
}

gint64
osc_recipe_entry_amount (const OscRecipeEntry *self)
{
  gint64 amount = 0;

  return osc_amount_read (self->text, &amount) ? amount : 0;
}

/* ---- what is known ---- */

static OscRecipeSection *
add_section (OscRecipeDraft *self, OscStockStore *store, const char *option_id, const char *title)
{
  OscRecipeSection *section = g_new0 (OscRecipeSection, 1);
  const char *owner = option_id != NULL ? option_id : self->item_id;
  GPtrArray *uses = osc_stock_store_recipes (store);

  section->option_id = g_strdup (option_id);
  section->title = g_strdup (title);
  section->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < uses->len; i++) {
    const OscStockUse *use = g_ptr_array_index (uses, i);
    OscRecipeEntry *entry = g_str_equal (use->owner_id, owner)
                                ? osc_recipe_draft_add (section, use->ingredient_id)
                                : NULL;
    if (entry != NULL) {
      g_free (entry->text);
      entry->text = osc_amount_print (use->quantity);
    }
  }
  g_ptr_array_add (self->sections, section);
  return section;
}

static gboolean
has_option (const OscRecipeDraft *self, const char *id)
{
  for (guint i = 1; i < self->sections->len; i++)
    if (g_str_equal (((OscRecipeSection *)self->sections->pdata[i])->option_id, id))
      return TRUE;
  return FALSE;
}

static void
add_options (OscRecipeDraft *self, OscStockStore *store, GPtrArray *groups)
{
  for (guint g = 0; g < groups->len; g++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, g);
    for (guint i = 0; i < group->options->len; i++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, i);
      g_autofree char *title = g_strdup_printf ("%s · %s", group->name, option->name);
      if (has_option (self, option->id))
        continue;
      add_section (self, store, option->id, title);
      add_options (self, store, option->groups);
    }
  }
}

OscRecipeDraft *
osc_recipe_draft_new (OscStockStore *store, const OsyMenuItem *item)
{
  OscRecipeDraft *self = g_new0 (OscRecipeDraft, 1);

  self->item_id = g_strdup (item->id);
  self->sections = g_ptr_array_new_with_free_func (section_free);
  add_section (self, store, NULL, NULL);
  add_options (self, store, item->groups);
  g_autoptr (JsonNode) node = osc_recipe_draft_to_json (self);
  self->before = osy_json_print (node);
  return self;
}

void
osc_recipe_draft_free (OscRecipeDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->item_id);
  g_ptr_array_unref (self->sections);
  g_free (self->before);
  g_free (self);
}

const char *
osc_recipe_draft_item_id (const OscRecipeDraft *self)
{
  return self->item_id;
}

GPtrArray *
osc_recipe_draft_sections (const OscRecipeDraft *self)
{
  return self->sections;
}

gboolean
osc_recipe_draft_is_dirty (const OscRecipeDraft *self)
{
  g_autoptr (JsonNode) node = osc_recipe_draft_to_json (self);
  g_autofree char *now = osy_json_print (node);

  return !g_str_equal (now, self->before);
}

gboolean
osc_recipe_draft_is_good (const OscRecipeDraft *self)
{
  for (guint s = 0; s < self->sections->len; s++) {
    const OscRecipeSection *section = g_ptr_array_index (self->sections, s);
    for (guint i = 0; i < section->entries->len; i++)
      if (osc_recipe_entry_amount (g_ptr_array_index (section->entries, i)) == 0)
        return FALSE;
  }
  return TRUE;
}

/* ---- what is sent ---- */

static JsonArray *
write_lines (const OscRecipeSection *section)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < section->entries->len; i++) {
    const OscRecipeEntry *entry = g_ptr_array_index (section->entries, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "ingredient_id", entry->ingredient_id);
    json_object_set_int_member (one, "quantity", osc_recipe_entry_amount (entry));
    if (entry->unit != NULL)
      json_object_set_string_member (one, "unit", entry->unit);
    json_array_add_object_element (lines, one);
  }
  return lines;
}

JsonNode *
osc_recipe_draft_to_json (const OscRecipeDraft *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *options = json_array_new ();

  for (guint i = 0; i < self->sections->len; i++) {
    const OscRecipeSection *section = g_ptr_array_index (self->sections, i);
    if (section->option_id == NULL) {
      json_object_set_array_member (object, "lines", write_lines (section));
      continue;
    }
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "option_id", section->option_id);
    json_object_set_array_member (one, "lines", write_lines (section));
    json_array_add_object_element (options, one);
  }
  json_object_set_array_member (object, "options", options);
  return osy_json_take_object (object);
}
