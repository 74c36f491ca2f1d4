/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Compares a menu file with the menu as it stands and says what is to be written. */

#include "osy-menu-plan.h"

#include <string.h>

#include "osy-json.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-menu-file.h"
#include "osy-menu-options.h"

typedef struct {
  OsyMenuPlan *plan;
  OsyMenuSheet *sheet;
  gint64 now;
  GHashTable *category_ids; /* name → id, of old and new categories */
  GHashTable *old_items;    /* category id + name → OsyMenuItem */
  GHashTable *rows;         /* id of an old item → its OsyMenuSheetRow */
  GHashTable *signatures;   /* old OsyMenuGroup → signature */
  GHashTable *wanted;       /* set of signatures the file has */
  GHashTable *groups;       /* signature → OsyMenuGroup to use */
} Planning;

static void
step_free (OsyMenuPlanStep *step)
{
  g_free (step->category);
  g_free (step->name);
  g_ptr_array_unref (step->fields);
  g_free (step);
}

void
osy_menu_plan_free (OsyMenuPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->dropped);
  g_ptr_array_unref (self->steps);
  g_object_unref (self->menu);
  g_free (self);
}

/* ---- what is there ---- */

/* A file has every name as one line without blanks around. */
static char *
item_key (const char *category_id, const char *name)
{
  g_autofree char *line = osy_menu_fold_line (name);

  return g_strconcat (category_id, "\n", line, NULL);
}

static void
index_old_menu (Planning *self)
{
  GPtrArray *categories = osy_menu_categories (self->plan->menu);
  GPtrArray *groups = osy_menu_groups (self->plan->menu);

  for (guint i = 0; i < categories->len; i++) {
    OsyMenuCategory *category = g_ptr_array_index (categories, i);
    g_hash_table_insert (self->category_ids, osy_menu_fold_line (category->name),
                         g_strdup (category->id));
    for (guint j = 0; j < category->items->len; j++) {
      OsyMenuItem *item = g_ptr_array_index (category->items, j);
      g_hash_table_insert (self->old_items, item_key (category->id, item->name), item);
    }
  }
  for (guint i = 0; i < groups->len; i++) {
    OsyMenuGroup *group = g_ptr_array_index (groups, i);
    char *signature = osy_menu_options_signature (group, self->now);
    g_hash_table_insert (self->signatures, group, signature);
    if (!g_hash_table_contains (self->groups, signature))
      g_hash_table_insert (self->groups, g_strdup (signature), group);
  }
}

static const OsyMenuItem *
find_old (Planning *self, const OsyMenuSheetRow *row)
{
  const char *category_id = g_hash_table_lookup (self->category_ids, row->category);

  if (category_id == NULL)
    return NULL;
  g_autofree char *key = item_key (category_id, row->name);
  return g_hash_table_lookup (self->old_items, key);
}

static void
index_rows (Planning *self)
{
  for (guint i = 0; i < self->sheet->rows->len; i++) {
    OsyMenuSheetRow *row = g_ptr_array_index (self->sheet->rows, i);
    const OsyMenuItem *old = find_old (self, row);
    if (old != NULL)
      g_hash_table_insert (self->rows, old->id, row);
    for (guint j = 0; j < row->groups->len; j++)
      g_hash_table_add (self->wanted,
                        osy_menu_options_signature (g_ptr_array_index (row->groups, j), self->now));
  }
}

/* ---- option groups ---- */

static gboolean
row_wants (Planning *self, const OsyMenuSheetRow *row, const char *signature)
{
  for (guint i = 0; row != NULL && i < row->groups->len; i++) {
    g_autofree char *other =
        osy_menu_options_signature (g_ptr_array_index (row->groups, i), self->now);
    if (g_str_equal (other, signature))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_used_by_option (Planning *self, const OsyMenuGroup *group)
{
  GPtrArray *groups = osy_menu_groups (self->plan->menu);

  for (guint i = 0; i < groups->len; i++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (groups, i))->options;
    for (guint j = 0; j < options->len; j++)
      if (g_ptr_array_find (((OsyMenuOption *)g_ptr_array_index (options, j))->groups, group, NULL))
        return TRUE;
  }
  return FALSE;
}

/* A group may be written over when all who use it want the same new one and nobody the old. */
static gboolean
may_overwrite (Planning *self, const OsyMenuGroup *group, const char *signature)
{
  GHashTableIter iter;
  gpointer value;

  if (g_hash_table_contains (self->wanted, g_hash_table_lookup (self->signatures, group)) ||
      is_used_by_option (self, group))
    return FALSE;
  g_hash_table_iter_init (&iter, self->old_items);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const OsyMenuItem *item = value;
    if (g_ptr_array_find (item->groups, group, NULL) &&
        !row_wants (self, g_hash_table_lookup (self->rows, item->id), signature))
      return FALSE;
  }
  return TRUE;
}

static OsyMenuOption *
steal_option (OsyMenuGroup *group, const char *name)
{
  for (guint i = 0; i < group->options->len; i++)
    if (g_str_equal (((OsyMenuOption *)g_ptr_array_index (group->options, i))->name, name))
      return g_ptr_array_steal_index (group->options, i);
  return NULL;
}

/* The file's group, with what it does not say (dishes, translations, sold-out marks) as @model has
 * it; with the ids too if @over writes it over. */
static OsyMenuGroup *
merge_group (const OsyMenuGroup *model, gboolean over, const OsyMenuGroup *wanted, gint64 now)
{
  OsyMenuGroup *group = osy_menu_group_copy (wanted);
  g_autoptr (OsyMenuGroup) left = model ? osy_menu_group_copy (model) : NULL;

  osy_set_str (&group->id, model && over ? model->id : NULL);
  osy_set_str (&group->name_en, model ? model->name_en : NULL);
  if (group->id == NULL)
    group->id = osy_id_new ();
  for (guint i = 0; i < group->options->len; i++) {
    OsyMenuOption *option = g_ptr_array_index (group->options, i);
    OsyMenuOption *same = left ? steal_option (left, option->name) : NULL;
    if (same == NULL) {
      option->id = osy_id_new ();
      continue;
    }
    gint64 won = 0;
    if (!osy_menu_price_general (option->prices, now, &won))
      won = 0;
    if (won > 0 || same->prices->len > 0)
      osy_menu_prices_set_general (same->prices, now, won);
    if (!over) {
      g_free (same->id);
      same->id = osy_id_new ();
    }
    g_ptr_array_index (group->options, i) = same;
    osy_menu_option_free (option);
  }
  return group;
}

static OsyMenuGroup *
find_named (GPtrArray *groups, const char *name)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((OsyMenuGroup *)g_ptr_array_index (groups, i))->name, name))
      return g_ptr_array_index (groups, i);
  return NULL;
}

/* The group to use for what the file says: the item's own if it is so already, any other that is,
 * the item's own written over, or a new one after its model. */
static OsyMenuGroup *
resolve_group (Planning *self, const OsyMenuItem *old, const OsyMenuGroup *wanted)
{
  g_autofree char *signature = osy_menu_options_signature (wanted, self->now);
  OsyMenuGroup *own = old ? find_named (old->groups, wanted->name) : NULL;

  if (own != NULL && g_str_equal (g_hash_table_lookup (self->signatures, own), signature))
    return own;
  OsyMenuGroup *group = g_hash_table_lookup (self->groups, signature);
  if (group != NULL)
    return group;
  gboolean over = own != NULL && may_overwrite (self, own, signature);
  group = merge_group (own, over, wanted, self->now);
  g_ptr_array_add (self->plan->groups, group);
  g_hash_table_insert (self->groups, g_steal_pointer (&signature), group);
  return group;
}

/* ---- items ---- */

static const char *
category_id_of (Planning *self, const char *name)
{
  const char *id = g_hash_table_lookup (self->category_ids, name);

  if (id != NULL)
    return id;
  OsyMenuCategory *category = osy_menu_category_new ();
  category->id = osy_id_new ();
  category->name = g_strdup (name);
  g_ptr_array_add (self->plan->categories, category);
  g_hash_table_insert (self->category_ids, g_strdup (name), g_strdup (category->id));
  return category->id;
}

/* Whether the file says anything there of the item of @row. */
static gboolean
has (Planning *self, const OsyMenuSheetRow *row, OsyMenuColumn column)
{
  return self->sheet->at[column] >= 0 && !(row->kept & (1u << column));
}

static void
note (OsyMenuPlanStep *step, OsyMenuColumn column)
{
  g_ptr_array_add (step->fields, (gpointer)osy_menu_column_name (column));
}

static void
lay_texts (Planning *self, const OsyMenuSheetRow *row, OsyMenuItem *item, OsyMenuPlanStep *step)
{
  const struct {
    OsyMenuColumn column;
    char **target;
    const char *value;
  } texts[] = {
      {OSY_MENU_COLUMN_NAME_EN, &item->name_en, row->name_en},
      {OSY_MENU_COLUMN_DESCRIPTION, &item->description, row->description},
      {OSY_MENU_COLUMN_ORIGIN, &item->origin, row->origin},
      {OSY_MENU_COLUMN_STATION, &item->station, row->station},
      {OSY_MENU_COLUMN_CODE, &item->code, row->code},
      {OSY_MENU_COLUMN_KITCHEN_NAME, &item->kitchen_name, row->kitchen_name},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *line = osy_menu_fold_line (*texts[i].target);
    /* Of blanks and line breaks a file knows nothing. */
    if (has (self, row, texts[i].column) &&
        strcmp (line, texts[i].value != NULL ? texts[i].value : "") != 0 &&
        osy_set_str (texts[i].target, texts[i].value))
      note (step, texts[i].column);
  }
}

static void
lay_values (Planning *self, const OsyMenuSheetRow *row, OsyMenuItem *item, OsyMenuPlanStep *step)
{
  if (osy_menu_prices_set_general (item->prices, self->now, row->price))
    note (step, OSY_MENU_COLUMN_PRICE);
  if (has (self, row, OSY_MENU_COLUMN_ALLERGENS) &&
      !g_strv_equal ((const char *const *)item->allergens, (const char *const *)row->allergens)) {
    g_strfreev (item->allergens);
    item->allergens = g_strdupv (row->allergens);
    note (step, OSY_MENU_COLUMN_ALLERGENS);
  }
  if (has (self, row, OSY_MENU_COLUMN_PREP_MINUTES) && item->prep_minutes != row->prep_minutes) {
    item->prep_minutes = row->prep_minutes;
    note (step, OSY_MENU_COLUMN_PREP_MINUTES);
  }
  if (has (self, row, OSY_MENU_COLUMN_TAX_FREE) && item->tax_free != row->tax_free) {
    item->tax_free = row->tax_free;
    note (step, OSY_MENU_COLUMN_TAX_FREE);
  }
  if (row->sold_out >= 0 && osy_menu_stop_at (&item->stop, self->now) != (row->sold_out == 1)) {
    item->stop.mode = row->sold_out ? OSY_MENU_SOLD_OUT_OPEN : OSY_MENU_FOR_SALE;
    item->stop.until = 0;
    note (step, OSY_MENU_COLUMN_SOLD_OUT);
  }
}

static void
lay_options (Planning *self,
             const OsyMenuSheetRow *row,
             const OsyMenuItem *old,
             OsyMenuItem *item,
             OsyMenuPlanStep *step)
{
  gboolean same = TRUE;

  if (!has (self, row, OSY_MENU_COLUMN_OPTIONS))
    return;
  g_ptr_array_set_size (item->groups, 0);
  for (guint i = 0; i < row->groups->len; i++) {
    OsyMenuGroup *group = resolve_group (self, old, g_ptr_array_index (row->groups, i));
    /* A group that is new or written over is not the one the item had. */
    same =
        same && old != NULL && i < old->groups->len && g_ptr_array_index (old->groups, i) == group;
    g_ptr_array_add (item->groups, group);
  }
  if (old != NULL && (!same || old->groups->len != item->groups->len))
    note (step, OSY_MENU_COLUMN_OPTIONS);
}

static OsyMenuItem *
new_item (Planning *self, const OsyMenuSheetRow *row)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = osy_id_new ();
  item->category_id = g_strdup (category_id_of (self, row->category));
  item->name = g_strdup (row->name);
  return item;
}

static void
warn_of_origin (Planning *self, const OsyMenuSheetRow *row, const OsyMenuItem *item)
{
  if (item->origin != NULL)
    return;
  g_autofree char *detail = g_strdup_printf ("“%s” names no origin; the law asks for it where "
                                             "meat, rice, kimchi, beans or fish are in it.",
                                             item->name);
  osy_menu_sheet_warn (self->sheet, row->row, "MISSING_ORIGIN", detail);
}

static void
plan_row (Planning *self, const OsyMenuSheetRow *row)
{
  const OsyMenuItem *old = find_old (self, row);
  OsyMenuItem *item = old ? osy_menu_item_copy (old) : new_item (self, row);
  OsyMenuPlanStep *step = g_new0 (OsyMenuPlanStep, 1);

  step->row = row->row;
  step->category = g_strdup (row->category);
  step->name = g_strdup (row->name);
  step->fields = g_ptr_array_new ();
  lay_texts (self, row, item, step);
  lay_values (self, row, item, step);
  lay_options (self, row, old, item, step);
  warn_of_origin (self, row, item);
  g_ptr_array_add (self->plan->steps, step);
  if (old == NULL && row->kept != 0)
    osy_menu_sheet_warn (self->sheet, row->row, "NOT_IN_FILE",
                         "the item is new here, so “" OSY_MENU_KEEP "” leaves the cell empty.");
  if (old == NULL) {
    step->action = OSY_MENU_PLAN_CREATED;
    self->plan->created++;
  } else if (step->fields->len > 0) {
    step->action = OSY_MENU_PLAN_CHANGED;
    self->plan->changed++;
  } else {
    self->plan->unchanged++;
    osy_menu_item_free (item);
    return;
  }
  g_ptr_array_add (self->plan->items, item);
}

/* ---- groups left over ---- */

static void
mark_used (GHashTable *used, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    OsyMenuGroup *group = g_ptr_array_index (groups, i);
    if (!g_hash_table_add (used, group->id))
      continue;
    for (guint j = 0; j < group->options->len; j++)
      mark_used (used, ((OsyMenuOption *)g_ptr_array_index (group->options, j))->groups);
  }
}

static void
find_dropped (Planning *self)
{
  g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) after = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = osy_menu_groups (self->plan->menu);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->plan->items->len; i++) {
    OsyMenuItem *item = g_ptr_array_index (self->plan->items, i);
    g_hash_table_add (written, item->id);
    mark_used (after, item->groups);
  }
  g_hash_table_iter_init (&iter, self->old_items);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    OsyMenuItem *item = value;
    mark_used (before, item->groups);
    if (!g_hash_table_contains (written, item->id))
      mark_used (after, item->groups);
  }
  for (guint i = 0; i < groups->len; i++) {
    OsyMenuGroup *group = g_ptr_array_index (groups, i);
    if (g_hash_table_contains (before, group->id) && !g_hash_table_contains (after, group->id))
      g_ptr_array_add (self->plan->dropped, g_strdup (group->id));
  }
}

static OsyMenuPlan *
plan_alloc (OsyMenu *menu)
{
  OsyMenuPlan *plan = g_new0 (OsyMenuPlan, 1);

  plan->menu = g_object_ref (menu);
  plan->categories = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_category_free);
  plan->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_group_free);
  plan->items = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_item_free);
  plan->dropped = g_ptr_array_new_with_free_func (g_free);
  plan->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  return plan;
}

OsyMenuPlan *
osy_menu_plan_new (OsyMenu *menu, OsyMenuSheet *sheet, gint64 now)
{
  g_autoptr (GHashTable) category_ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) old_items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) signatures = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OsyMenuPlan *plan = plan_alloc (menu);
  Planning self = {plan, sheet, now, category_ids, old_items, rows, signatures, wanted, groups};

  index_old_menu (&self);
  index_rows (&self);
  /* Items that exist come first to what becomes of their groups. */
  for (guint i = 0; i < sheet->rows->len && sheet->at[OSY_MENU_COLUMN_OPTIONS] >= 0; i++) {
    const OsyMenuSheetRow *row = g_ptr_array_index (sheet->rows, i);
    const OsyMenuItem *old = find_old (&self, row);
    for (guint j = 0; old != NULL && j < row->groups->len; j++)
      resolve_group (&self, old, g_ptr_array_index (row->groups, j));
  }
  for (guint i = 0; i < sheet->rows->len; i++)
    plan_row (&self, g_ptr_array_index (sheet->rows, i));
  find_dropped (&self);
  return plan;
}

/* ---- what it did, or would do, as JSON ---- */

static JsonArray *
write_remarks (GPtrArray *remarks)
{
  static const char *const severities[] = {"warning", "doubt", "error"};
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < remarks->len; i++) {
    const OsyMenuRemark *remark = g_ptr_array_index (remarks, i);
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "row", remark->row);
    if (remark->column != NULL)
      json_object_set_string_member (object, "column", remark->column);
    if (remark->field != NULL)
      json_object_set_string_member (object, "field", remark->field);
    json_object_set_string_member (object, "severity", severities[remark->severity]);
    json_object_set_string_member (object, "code", remark->code);
    json_object_set_string_member (object, "detail", remark->detail);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
write_steps (const OsyMenuPlan *plan)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; plan != NULL && i < plan->steps->len; i++) {
    const OsyMenuPlanStep *step = g_ptr_array_index (plan->steps, i);
    if (step->action == OSY_MENU_PLAN_UNCHANGED)
      continue;
    JsonObject *object = json_object_new ();
    JsonArray *fields = json_array_new ();
    gboolean created = step->action == OSY_MENU_PLAN_CREATED;
    for (guint j = 0; !created && j < step->fields->len; j++)
      json_array_add_string_element (fields, g_ptr_array_index (step->fields, j));
    json_object_set_int_member (object, "row", step->row);
    json_object_set_string_member (object, "action", created ? "CREATED" : "CHANGED");
    json_object_set_string_member (object, "category", step->category);
    json_object_set_string_member (object, "name", step->name);
    json_object_set_array_member (object, "fields", fields);
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_menu_plan_report (const OsyMenuPlan *plan, const OsyMenuSheet *sheet, const OsyMenuCsv *csv)
{
  JsonObject *object = json_object_new ();
  char separator[2] = {csv->separator, '\0'};

  json_object_set_string_member (object, "encoding", csv->encoding);
  json_object_set_string_member (object, "separator", separator);
  json_object_set_int_member (object, "rows", csv->rows->len > 0 ? csv->rows->len - 1 : 0);
  json_object_set_int_member (object, "created", plan ? plan->created : 0);
  json_object_set_int_member (object, "changed", plan ? plan->changed : 0);
  json_object_set_int_member (object, "unchanged", plan ? plan->unchanged : 0);
  json_object_set_array_member (object, "changes", write_steps (plan));
  json_object_set_array_member (object, "errors", write_remarks (sheet->errors));
  json_object_set_array_member (object, "warnings", write_remarks (sheet->warnings));
  return osy_json_take_object (object);
}

static JsonArray *
write_columns (const OsyMenuSheet *sheet, const OsyMenuCsvRow *header)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < header->cells->len; i++) {
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "index", i);
    json_object_set_string_member (object, "header", g_ptr_array_index (header->cells, i));
    json_object_set_null_member (object, "field");
    for (guint j = 0; j < OSY_MENU_N_COLUMNS; j++)
      if (sheet->at[j] == (int)i)
        json_object_set_string_member (object, "field", osy_menu_column_name ((OsyMenuColumn)j));
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_menu_plan_sheet (const OsyMenuSheet *sheet, const OsyMenuCsv *csv)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 1; i < csv->rows->len; i++) {
    const OsyMenuCsvRow *row = g_ptr_array_index (csv->rows, i);
    JsonObject *one = json_object_new ();
    JsonArray *cells = json_array_new ();
    for (guint j = 0; j < row->cells->len; j++)
      json_array_add_string_element (cells, g_ptr_array_index (row->cells, j));
    json_object_set_int_member (one, "row", row->number);
    json_object_set_array_member (one, "cells", cells);
    json_array_add_object_element (rows, one);
  }
  json_object_set_array_member (object, "columns",
                                csv->rows->len > 0
                                    ? write_columns (sheet, g_ptr_array_index (csv->rows, 0))
                                    : json_array_new ());
  json_object_set_array_member (object, "rows", rows);
  return osy_json_take_object (object);
}
