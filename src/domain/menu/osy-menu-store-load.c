/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads a whole menu in seven queries. */

#include "osy-menu-store.h"

#include "osy-menu-json.h"

typedef struct {
  OsyDbTx *tx;
  OsyMenuData *data;
  GHashTable *categories; /* by id, borrowed from data */
  GHashTable *items;
  GHashTable *groups;
  GHashTable *options;
} Loading;

static char *
dup_text (const OsyDbRows *rows, guint row, const char *column)
{
  return g_strdup (osy_db_rows_text (rows, row, column));
}

static OsyMenuStop
read_stop (const OsyDbRows *rows, guint row)
{
  return (OsyMenuStop){osy_menu_stop_from_name (osy_db_rows_text (rows, row, "stop_mode")),
                       osy_db_rows_time (rows, row, "stop_until")};
}

static gboolean
load_categories (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT id, names ->> 'ko' AS name, names ->> 'en' AS name_en, visible, version "
      "FROM menu_category WHERE restaurant_id = app_restaurant() "
      "ORDER BY position, id",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMenuCategory *category = osy_menu_category_new ();
    category->id = dup_text (rows, i, "id");
    category->name = dup_text (rows, i, "name");
    category->name_en = dup_text (rows, i, "name_en");
    category->visible = osy_db_rows_bool (rows, i, "visible");
    category->version = osy_db_rows_int (rows, i, "version");
    g_ptr_array_add (self->data->categories, category);
    g_hash_table_insert (self->categories, category->id, category);
  }
  return TRUE;
}

static OsyMenuItem *
read_item (const OsyDbRows *rows, guint i)
{
  OsyMenuItem *item = osy_menu_item_new ();
  const char *allergens = osy_db_rows_text (rows, i, "allergens");
  const char *channels = osy_db_rows_text (rows, i, "channels");

  item->id = dup_text (rows, i, "id");
  item->category_id = dup_text (rows, i, "category_id");
  item->name = dup_text (rows, i, "name");
  item->name_en = dup_text (rows, i, "name_en");
  item->description = dup_text (rows, i, "description");
  item->origin = dup_text (rows, i, "origin");
  item->station = dup_text (rows, i, "station");
  item->prep_minutes = (int)osy_db_rows_int (rows, i, "prep_minutes");
  item->tax_free = osy_db_rows_bool (rows, i, "tax_free");
  item->visible = osy_db_rows_bool (rows, i, "visible");
  item->version = osy_db_rows_int (rows, i, "version");
  item->stop = read_stop (rows, i);
  g_strfreev (item->allergens);
  item->allergens = g_strsplit (allergens ? allergens : "", "\n", -1);
  item->kitchen_name = dup_text (rows, i, "kitchen_name");
  item->code = dup_text (rows, i, "code");
  item->channels = channels ? g_strsplit (channels, "\n", -1) : NULL;
  return item;
}

static gboolean
load_items (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT id, category_id, names ->> 'ko' AS name, names ->> 'en' AS name_en, description, "
      "origin, station, array_to_string(allergens, E'\\n') AS allergens, prep_minutes, "
      "kitchen_name, code, array_to_string(channels, E'\\n') AS channels, tax_class = 'TAX_FREE' "
      "AS tax_free, stop_mode, stop_until, visible, "
      "version FROM menu_item WHERE restaurant_id = app_restaurant() ORDER BY position, id",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMenuItem *item = read_item (rows, i);
    OsyMenuCategory *category = g_hash_table_lookup (self->categories, item->category_id);
    if (category == NULL) { /* the foreign key makes this impossible */
      osy_menu_item_free (item);
      continue;
    }
    g_ptr_array_add (category->items, item);
    g_hash_table_insert (self->items, item->id, item);
  }
  return TRUE;
}

static gboolean
load_groups (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT id, names ->> 'ko' AS name, names ->> 'en' AS name_en, min_count, max_count, version "
      "FROM menu_group WHERE restaurant_id = app_restaurant() ORDER BY names ->> 'ko', id",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMenuGroup *group = osy_menu_group_new ();
    group->id = dup_text (rows, i, "id");
    group->name = dup_text (rows, i, "name");
    group->name_en = dup_text (rows, i, "name_en");
    group->min = osy_db_rows_int (rows, i, "min_count");
    group->max = osy_db_rows_int (rows, i, "max_count");
    group->version = osy_db_rows_int (rows, i, "version");
    g_ptr_array_add (self->data->groups, group);
    g_hash_table_insert (self->groups, group->id, group);
  }
  return TRUE;
}

static gboolean
load_options (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT id, group_id, names ->> 'ko' AS name, names ->> 'en' AS name_en, max_quantity, "
      "stop_mode, stop_until FROM menu_option WHERE restaurant_id = app_restaurant() "
      "ORDER BY position, id",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMenuGroup *group =
        g_hash_table_lookup (self->groups, osy_db_rows_text (rows, i, "group_id"));
    if (group == NULL)
      continue;
    OsyMenuOption *option = osy_menu_option_new ();
    option->id = dup_text (rows, i, "id");
    option->name = dup_text (rows, i, "name");
    option->name_en = dup_text (rows, i, "name_en");
    option->max = osy_db_rows_int (rows, i, "max_quantity");
    option->stop = read_stop (rows, i);
    g_ptr_array_add (group->options, option);
    g_hash_table_insert (self->options, option->id, option);
  }
  return TRUE;
}

/* The item or option that a row of a price or a link belongs to. */
static gpointer
row_owner (Loading *self, const OsyDbRows *rows, guint row, gboolean *is_item)
{
  const char *item_id = osy_db_rows_text (rows, row, "item_id");
  const char *option_id = osy_db_rows_text (rows, row, "option_id");

  *is_item = item_id != NULL;
  if (item_id != NULL)
    return g_hash_table_lookup (self->items, item_id);
  return option_id ? g_hash_table_lookup (self->options, option_id) : NULL;
}

static gboolean
load_links (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (self->tx,
                    "SELECT item_id, option_id, group_id FROM menu_link "
                    "WHERE restaurant_id = app_restaurant() ORDER BY position, group_id",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gboolean is_item;
    gpointer owner = row_owner (self, rows, i, &is_item);
    OsyMenuGroup *group =
        g_hash_table_lookup (self->groups, osy_db_rows_text (rows, i, "group_id"));
    if (owner != NULL && group != NULL)
      g_ptr_array_add (is_item ? ((OsyMenuItem *)owner)->groups : ((OsyMenuOption *)owner)->groups,
                       group);
  }
  return TRUE;
}

static gboolean
load_prices (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (self->tx,
                    "SELECT item_id, option_id, channel, valid_from, won FROM menu_price "
                    "WHERE restaurant_id = app_restaurant() "
                    "ORDER BY channel COLLATE \"C\" NULLS FIRST, valid_from NULLS FIRST",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gboolean is_item;
    gpointer owner = row_owner (self, rows, i, &is_item);
    OsyMenuPrice *price = osy_menu_price_new (osy_db_rows_text (rows, i, "channel"),
                                              osy_db_rows_time (rows, i, "valid_from"),
                                              osy_db_rows_int (rows, i, "won"));
    if (owner != NULL)
      g_ptr_array_add (is_item ? ((OsyMenuItem *)owner)->prices : ((OsyMenuOption *)owner)->prices,
                       price);
    else
      osy_menu_price_free (price);
  }
  return TRUE;
}

static gboolean
load_version (Loading *self, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (self->tx, "SELECT version FROM menu WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    self->data->version = osy_db_rows_int (rows, 0, "version");
  return TRUE;
}

OsyMenu *
osy_menu_store_load (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyMenuData) data = osy_menu_data_new (osy_db_tx_restaurant (tx), 0);
  g_autoptr (GHashTable) categories = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  Loading self = {tx, data, categories, items, groups, options};

  /* The version is read first: a change committed meanwhile makes the snapshot look older than it
   * is, and so be read again, never newer. */
  if (!load_version (&self, error) || !load_categories (&self, error) ||
      !load_items (&self, error) || !load_groups (&self, error) || !load_options (&self, error) ||
      !load_links (&self, error) || !load_prices (&self, error)) {
    g_prefix_error (error, "cannot read the menu: ");
    return NULL;
  }
  return osy_menu_new (g_steal_pointer (&data), error);
}
