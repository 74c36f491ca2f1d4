/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reading a menu back from either of its JSON forms, for clients. A group met again by its id is
 * the same group: that is how the guests' form, which repeats shared groups, comes back whole. */

#include "osy-menu-json.h"

#include "osy-error.h"
#include "osy-json.h"
#include "osy-money.h"

#define MAX_LIST 10000

typedef struct {
  OsyMenuData *data;
  GHashTable *groups; /* id → OsyMenuGroup, owned by data */
} Reading;

static char *
dup_text (OsyJsonReader *reader, const char *name, gsize max)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 0, max));
}

static void
read_names (OsyJsonReader *reader, char **id, char **name, char **name_en)
{
  OsyJsonReader *names = osy_json_reader_opt_object (reader, "names");

  *id = g_strdup (osy_json_reader_id (reader, "id"));
  *name = g_strdup (osy_json_reader_string (reader, "name", 1, OSY_MENU_MAX_NAME));
  if (names != NULL)
    *name_en = dup_text (names, "en", OSY_MENU_MAX_NAME);
}

static void
read_head (OsyJsonReader *reader, OsyMenuEntry *head)
{
  read_names (reader, &head->id, &head->name, &head->name_en);
  head->digest = dup_text (reader, "digest", 64);
  head->version = osy_json_reader_opt_int (reader, "version", 1, G_MAXINT64, 1);
}

static void
read_prices (OsyJsonReader *reader, GPtrArray *prices)
{
  guint n = osy_json_reader_opt_array (reader, "prices", MAX_LIST);

  if (!osy_json_reader_has (reader, "prices")) {
    gint64 won = osy_json_reader_int (reader, "price", 0, OSY_MONEY_MAX);
    if (won > 0)
      g_ptr_array_add (prices, osy_menu_price_new (NULL, 0, won));
    return;
  }
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "prices", i);
    OsyMenuPrice *price = osy_menu_price_new (osy_json_reader_opt_string (row, "channel", 1, 20),
                                              osy_json_reader_opt_time (row, "valid_from"),
                                              osy_json_reader_int (row, "price", 0, OSY_MONEY_MAX));
    price->window = osy_week_window_read (row);
    g_ptr_array_add (prices, price);
  }
}

static void
read_stop (OsyJsonReader *reader, OsyMenuStop *stop)
{
  gint64 until = osy_json_reader_opt_time (reader, "sold_out_until");
  const char *mode = osy_json_reader_opt_string (reader, "sold_out_mode", 1, 20);

  stop->out_of_stock = osy_json_reader_opt_bool (reader, "out_of_stock", FALSE);
  gboolean marked = mode != NULL ? osy_menu_stop_from_name (mode) != OSY_MENU_FOR_SALE
                                 : until > 0 || !stop->out_of_stock;
  if (!osy_json_reader_opt_bool (reader, "sold_out", FALSE) || !marked)
    return;
  stop->until = until;
  stop->mode = until > 0 ? OSY_MENU_SOLD_OUT_UNTIL : OSY_MENU_SOLD_OUT_OPEN;
  if (until > 0 && osy_menu_stop_from_name (mode) == OSY_MENU_SOLD_OUT_TODAY)
    stop->mode = OSY_MENU_SOLD_OUT_TODAY;
}

static OsyMenuGroup *read_group (Reading *self, OsyJsonReader *reader);

static void
read_nested_groups (Reading *self, OsyJsonReader *reader, GPtrArray *groups)
{
  guint n = osy_json_reader_opt_array (reader, "option_groups", MAX_LIST);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (groups,
                     read_group (self, osy_json_reader_element (reader, "option_groups", i)));
}

/* Of the editor's form: known once every group has been read. */
static void
link_groups (Reading *self, OsyJsonReader *reader, GPtrArray *groups)
{
  guint n = osy_json_reader_opt_array (reader, "option_group_ids", MAX_LIST);

  for (guint i = 0; i < n; i++) {
    const char *id = osy_json_reader_element_string (reader, "option_group_ids", i, 36, 36);
    OsyMenuGroup *group = id ? g_hash_table_lookup (self->groups, id) : NULL;
    if (group != NULL)
      g_ptr_array_add (groups, group);
    else
      osy_json_reader_fault (reader, "option_group_ids", "UNKNOWN_GROUP",
                             "An option group is named that is not in the list.");
  }
}

static OsyMenuOption *
read_option (Reading *self, OsyJsonReader *reader)
{
  OsyMenuOption *option = osy_menu_option_new ();

  read_names (reader, &option->id, &option->name, &option->name_en);
  option->item_id = g_strdup (osy_json_reader_opt_id (reader, "item_id"));
  option->max = osy_json_reader_opt_int (reader, "max_quantity", 1, 999, 0);
  read_prices (reader, option->prices);
  read_stop (reader, &option->stop);
  return option;
}

static OsyMenuGroup *
read_group (Reading *self, OsyJsonReader *reader)
{
  const char *id = osy_json_reader_id (reader, "id");
  OsyMenuGroup *group = id ? g_hash_table_lookup (self->groups, id) : NULL;

  if (group != NULL)
    return group;
  group = osy_menu_group_new ();
  g_ptr_array_add (self->data->groups, group);
  read_head (reader, &group->head);
  if (group->id != NULL)
    g_hash_table_insert (self->groups, group->id, group);
  group->min = osy_json_reader_int (reader, "min", 0, 999);
  group->max = osy_json_reader_int (reader, "max", 0, 999);
  guint n = osy_json_reader_array (reader, "options", 0, MAX_LIST);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "options", i);
    OsyMenuOption *option = read_option (self, element);
    g_ptr_array_add (group->options, option);
    read_nested_groups (self, element, option->groups);
  }
  return group;
}

static char **
read_texts (OsyJsonReader *reader, const char *name)
{
  guint n = osy_json_reader_opt_array (reader, name, 100);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < n; i++) {
    const char *one = osy_json_reader_element_string (reader, name, i, 1, OSY_MENU_MAX_NAME);
    if (one != NULL)
      g_strv_builder_add (list, one);
  }
  return g_strv_builder_end (list);
}

static OsyMenuItem *
read_item (Reading *self, OsyJsonReader *reader, const OsyMenuCategory *category)
{
  OsyMenuItem *item = osy_menu_item_new ();
  const char *tax = osy_json_reader_opt_string (reader, "tax_class", 1, 20);

  read_head (reader, &item->head);
  item->category_id = g_strdup (category->id);
  item->kitchen_name = dup_text (reader, "kitchen_name", OSY_MENU_MAX_NAME);
  item->code = dup_text (reader, "code", OSY_MENU_MAX_CODE);
  item->photo = dup_text (reader, "photo", 64);
  item->description = dup_text (reader, "description", 1000);
  item->origin = dup_text (reader, "origin", 1000);
  item->station = dup_text (reader, "station", 1000);
  item->prep_minutes = (int)osy_json_reader_opt_int (reader, "prep_minutes", 0, 999, 0);
  item->tax_free = g_strcmp0 (tax, "TAX_FREE") == 0;
  item->visible = osy_json_reader_opt_bool (reader, "visible", TRUE);
  read_prices (reader, item->prices);
  /* A free item still has a price: without one it would not be on offer. */
  if (item->prices->len == 0)
    g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, 0));
  osy_week_read (reader, "hours", item->hours);
  read_stop (reader, &item->stop);
  item->left = osy_json_reader_opt_int (reader, "left", 0, G_MAXINT64, -1);
  g_strfreev (item->allergens);
  item->allergens = read_texts (reader, "allergens");
  if (osy_json_reader_has (reader, "channels"))
    item->channels = read_texts (reader, "channels");
  read_nested_groups (self, reader, item->groups);
  link_groups (self, reader, item->groups);
  return item;
}

static void
read_category (Reading *self, OsyJsonReader *reader)
{
  OsyMenuCategory *category = osy_menu_category_new ();
  guint n = osy_json_reader_array (reader, "items", 0, MAX_LIST);

  g_ptr_array_add (self->data->categories, category);
  read_head (reader, &category->head);
  category->visible = osy_json_reader_opt_bool (reader, "visible", TRUE);
  osy_week_read (reader, "hours", category->hours);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (category->items,
                     read_item (self, osy_json_reader_element (reader, "items", i), category));
}

/* The editor's groups stand before the items that name them; their options are linked last. */
static void
read_flat_groups (Reading *self, OsyJsonReader *root)
{
  guint n = osy_json_reader_opt_array (root, "option_groups", MAX_LIST);

  for (guint i = 0; i < n; i++)
    read_group (self, osy_json_reader_element (root, "option_groups", i));
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *reader = osy_json_reader_element (root, "option_groups", i);
    OsyMenuGroup *group = read_group (self, reader);
    for (guint j = 0; j < group->options->len; j++)
      link_groups (self, osy_json_reader_element (reader, "options", j),
                   ((OsyMenuOption *)g_ptr_array_index (group->options, j))->groups);
  }
}

OsyMenu *
osy_menu_json_read (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) root = osy_json_reader_new (node);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);

  osy_json_reader_ignore_unknown (root);
  g_autoptr (OsyMenuData) data =
      osy_menu_data_new (osy_json_reader_opt_id (root, "restaurant_id"),
                         osy_json_reader_int (root, "version", 0, G_MAXINT64));
  Reading self = {data, groups};
  data->time_zone = g_strdup (osy_json_reader_opt_string (root, "time_zone", 1, 64));
  data->cutoff_minutes = (int)osy_json_reader_opt_int (root, "cutoff_minutes", 0, 1439, 0);
  data->origin_required = osy_json_reader_opt_bool (root, "origin_required", FALSE);
  read_flat_groups (&self, root);
  guint n = osy_json_reader_array (root, "categories", 0, MAX_LIST);
  for (guint i = 0; i < n; i++)
    read_category (&self, osy_json_reader_element (root, "categories", i));
  if (!osy_json_reader_finish (root, error))
    return NULL;
  return osy_menu_new (g_steal_pointer (&data), error);
}
