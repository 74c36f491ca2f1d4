/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads a whole menu in eight queries. */

#include "osy-menu-store.h"

#include <string.h>

#include "osy-menu-json.h"

typedef struct {
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
                       osy_db_rows_time (rows, row, "stop_until"),
                       osy_db_rows_bool (rows, row, "out_of_stock")};
}

/* What every entry begins with. */
static void
read_head (const OsyDbRows *rows, guint i, OsyMenuEntry *head)
{
  head->id = dup_text (rows, i, "id");
  head->name = dup_text (rows, i, "name");
  head->name_en = dup_text (rows, i, "name_en");
  head->version = osy_db_rows_int (rows, i, "version");
}

/* By whose clock hours and prices hold. */
static void
read_clock (Loading *self, const OsyDbRows *rows, guint i)
{
  self->data->time_zone = dup_text (rows, i, "time_zone");
  self->data->cutoff_minutes = (int)osy_db_rows_int (rows, i, "cutoff_minutes");
}

/* As they were written: what reads no longer would be a fault of ours, and is passed over. */
static void
read_hours (const OsyDbRows *rows, guint i, GArray *hours)
{
  const char *text = osy_db_rows_text (rows, i, "hours");
  g_autoptr (JsonNode) node = text != NULL ? osy_json_parse (text, strlen (text), NULL) : NULL;

  if (node == NULL)
    return;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  osy_week_read (reader, "hours", hours);
}

static void
read_version (Loading *self, const OsyDbRows *rows, guint i)
{
  self->data->version = osy_db_rows_int (rows, i, "version");
  self->data->origin_required = osy_db_rows_bool (rows, i, "origin_required");
}

static void
read_category (Loading *self, const OsyDbRows *rows, guint i)
{
  OsyMenuCategory *category = osy_menu_category_new ();

  read_head (rows, i, &category->head);
  category->visible = osy_db_rows_bool (rows, i, "visible");
  read_hours (rows, i, category->hours);
  g_ptr_array_add (self->data->categories, category);
  g_hash_table_insert (self->categories, category->id, category);
}

static void
read_item (Loading *self, const OsyDbRows *rows, guint i)
{
  OsyMenuCategory *category =
      g_hash_table_lookup (self->categories, osy_db_rows_text (rows, i, "category_id"));
  const char *allergens = osy_db_rows_text (rows, i, "allergens");
  const char *channels = osy_db_rows_text (rows, i, "channels");

  if (category == NULL) /* the foreign key makes this impossible */
    return;
  OsyMenuItem *item = osy_menu_item_new ();
  read_head (rows, i, &item->head);
  item->category_id = g_strdup (category->id);
  item->kitchen_name = dup_text (rows, i, "kitchen_name");
  item->code = dup_text (rows, i, "code");
  item->photo = dup_text (rows, i, "photo");
  item->description = dup_text (rows, i, "description");
  item->origin = dup_text (rows, i, "origin");
  item->station = dup_text (rows, i, "station");
  item->prep_minutes = (int)osy_db_rows_int (rows, i, "prep_minutes");
  item->tax_free = osy_db_rows_bool (rows, i, "tax_free");
  item->visible = osy_db_rows_bool (rows, i, "visible");
  read_hours (rows, i, item->hours);
  item->stop = read_stop (rows, i);
  item->left =
      osy_db_rows_is_null (rows, i, "left_about") ? -1 : osy_db_rows_int (rows, i, "left_about");
  g_strfreev (item->allergens);
  item->allergens = g_strsplit (allergens ? allergens : "", "\n", -1);
  item->channels = channels ? g_strsplit (channels, "\n", -1) : NULL;
  g_ptr_array_add (category->items, item);
  g_hash_table_insert (self->items, item->id, item);
}

static void
read_group (Loading *self, const OsyDbRows *rows, guint i)
{
  OsyMenuGroup *group = osy_menu_group_new ();

  read_head (rows, i, &group->head);
  group->min = osy_db_rows_int (rows, i, "min_count");
  group->max = osy_db_rows_int (rows, i, "max_count");
  g_ptr_array_add (self->data->groups, group);
  g_hash_table_insert (self->groups, group->id, group);
}

static OsyMenuGroup *
group_of (Loading *self, const OsyDbRows *rows, guint i)
{
  return g_hash_table_lookup (self->groups, osy_db_rows_text (rows, i, "group_id"));
}

static void
read_option (Loading *self, const OsyDbRows *rows, guint i)
{
  OsyMenuGroup *group = group_of (self, rows, i);

  if (group == NULL)
    return;
  OsyMenuOption *option = osy_menu_option_new ();
  option->id = dup_text (rows, i, "id");
  option->name = dup_text (rows, i, "name");
  option->name_en = dup_text (rows, i, "name_en");
  option->item_id = dup_text (rows, i, "item_id");
  option->max = osy_db_rows_int (rows, i, "max_quantity");
  option->stop = read_stop (rows, i);
  g_ptr_array_add (group->options, option);
  g_hash_table_insert (self->options, option->id, option);
}

/* The item or option that a row belongs to: its list of groups, or of prices. */
static GPtrArray *
list_of_owner (Loading *self, const OsyDbRows *rows, guint i, gboolean of_groups)
{
  const char *item_id = osy_db_rows_text (rows, i, "item_id");
  const char *option_id = osy_db_rows_text (rows, i, "option_id");
  OsyMenuItem *item = item_id ? g_hash_table_lookup (self->items, item_id) : NULL;
  OsyMenuOption *option = option_id ? g_hash_table_lookup (self->options, option_id) : NULL;

  if (item != NULL)
    return of_groups ? item->groups : item->prices;
  if (option != NULL)
    return of_groups ? option->groups : option->prices;
  return NULL;
}

static void
read_link (Loading *self, const OsyDbRows *rows, guint i)
{
  GPtrArray *groups = list_of_owner (self, rows, i, TRUE);
  OsyMenuGroup *group = group_of (self, rows, i);

  if (groups != NULL && group != NULL)
    g_ptr_array_add (groups, group);
}

static void
read_price (Loading *self, const OsyDbRows *rows, guint i)
{
  GPtrArray *prices = list_of_owner (self, rows, i, FALSE);

  if (prices == NULL)
    return;
  OsyMenuPrice *price = osy_menu_price_new (osy_db_rows_text (rows, i, "channel"),
                                            osy_db_rows_time (rows, i, "valid_from"),
                                            osy_db_rows_int (rows, i, "won"));
  price->window.weekdays = (guint)osy_db_rows_int (rows, i, "days");
  price->window.from = (int)osy_db_rows_int (rows, i, "from_minute");
  price->window.until = (int)osy_db_rows_int (rows, i, "until_minute");
  g_ptr_array_add (prices, price);
}

/* The version is read first: a change committed meanwhile makes the snapshot look older than it is,
 * and so be read again, never newer. What others name comes before them. */
static const struct {
  const char *sql;
  void (*read) (Loading *self, const OsyDbRows *rows, guint i);
} queries[] = {
    {"SELECT version, origin_required FROM menu WHERE restaurant_id = app_restaurant()",
     read_version},
    {"SELECT time_zone, cutoff_minutes FROM restaurant WHERE id = app_restaurant()", read_clock},
    {"SELECT id, names ->> 'ko' AS name, names ->> 'en' AS name_en, visible, version, "
     "jsonb_build_object('hours', hours)::text AS hours "
     "FROM menu_category WHERE restaurant_id = app_restaurant() ORDER BY position, id",
     read_category},
    {"SELECT id, category_id, names ->> 'ko' AS name, names ->> 'en' AS name_en, description, "
     "origin, station, array_to_string(allergens, E'\\n') AS allergens, prep_minutes, "
     "kitchen_name, code, photo, array_to_string(channels, E'\\n') AS channels, "
     "tax_class = 'TAX_FREE' AS tax_free, stop_mode, stop_until, out_of_stock, left_about, "
     "visible, version, jsonb_build_object('hours', hours)::text AS hours "
     "FROM menu_item WHERE restaurant_id = app_restaurant() ORDER BY position, id",
     read_item},
    {"SELECT id, names ->> 'ko' AS name, names ->> 'en' AS name_en, min_count, max_count, version "
     "FROM menu_group WHERE restaurant_id = app_restaurant() ORDER BY names ->> 'ko', id",
     read_group},
    {"SELECT id, group_id, names ->> 'ko' AS name, names ->> 'en' AS name_en, max_quantity, "
     "item_id, stop_mode, stop_until, out_of_stock FROM menu_option WHERE restaurant_id = "
     "app_restaurant() "
     "ORDER BY position, id",
     read_option},
    {"SELECT item_id, option_id, group_id FROM menu_link "
     "WHERE restaurant_id = app_restaurant() ORDER BY position, group_id",
     read_link},
    {"SELECT item_id, option_id, channel, valid_from, won, "
     "coalesce((SELECT sum(1 << (d - 1)) FROM unnest(weekdays) AS d), 0)::bigint AS days, "
     "coalesce(from_minute, 0) AS from_minute, coalesce(until_minute, 0) AS until_minute "
     "FROM menu_price WHERE restaurant_id = app_restaurant() "
     "ORDER BY channel COLLATE \"C\" NULLS FIRST, valid_from NULLS FIRST, days, from_minute, "
     "until_minute",
     read_price},
};

OsyMenu *
osy_menu_store_load (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyMenuData) data = osy_menu_data_new (osy_db_tx_restaurant (tx), 0);
  g_autoptr (GHashTable) categories = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  Loading self = {data, categories, items, groups, options};

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (OsyDbRows) rows = osy_db_query (tx, queries[i].sql, OSY_NO_PARAMS, error);
    if (rows == NULL) {
      g_prefix_error (error, "cannot read the menu: ");
      return NULL;
    }
    for (guint row = 0; row < osy_db_rows_count (rows); row++)
      queries[i].read (&self, rows, row);
  }
  return osy_menu_new (g_steal_pointer (&data), error);
}
