/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Writes the entries of a menu; lists go as arrays, one statement each. */

#include "osy-menu-store.h"

#include "osy-menu-json.h"

/* Prices, or links, of several owners as columns. */
typedef struct {
  GPtrArray *owners;
  GPtrArray *texts; /* channel, or group id */
  GArray *times;
  GArray *numbers; /* won, or position */
} Columns;

static Columns
columns_new (void)
{
  return (Columns){g_ptr_array_new (), g_ptr_array_new (),
                   g_array_new (FALSE, FALSE, sizeof (gint64)),
                   g_array_new (FALSE, FALSE, sizeof (gint64))};
}

static void
columns_clear (Columns *self)
{
  g_ptr_array_unref (self->owners);
  g_ptr_array_unref (self->texts);
  g_array_unref (self->times);
  g_array_unref (self->numbers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Columns, columns_clear)

static void
columns_add (Columns *self, const char *owner, const char *text, gint64 time, gint64 number)
{
  g_ptr_array_add (self->owners, (gpointer)owner);
  g_ptr_array_add (self->texts, (gpointer)text);
  g_array_append_val (self->times, time);
  g_array_append_val (self->numbers, number);
}

static void
add_prices (Columns *columns, const char *owner, GPtrArray *prices)
{
  for (guint i = 0; i < prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (prices, i);
    columns_add (columns, owner, price->channel, price->valid_from, price->won);
  }
}

static void
add_links (Columns *columns, const char *owner, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    columns_add (columns, owner, ((OsyMenuGroup *)g_ptr_array_index (groups, i))->id, 0, i);
}

/* @sql takes owners, texts, times, numbers. */
static gboolean
write_columns (OsyDbTx *tx, const char *sql, Columns *columns, GError **error)
{
  if (columns->owners->len == 0)
    return TRUE;
  return osy_db_exec (tx, sql,
                      OSY_PARAMS (OSY_P_TEXTS (columns->owners), OSY_P_TEXTS (columns->texts),
                                  OSY_P_TIMES (columns->times), OSY_P_INTS (columns->numbers)),
                      NULL, error);
}

static gboolean
write_links (OsyDbTx *tx, const char *sql, Columns *columns, GError **error)
{
  if (columns->owners->len == 0)
    return TRUE;
  return osy_db_exec (tx, sql,
                      OSY_PARAMS (OSY_P_TEXTS (columns->owners), OSY_P_TEXTS (columns->texts),
                                  OSY_P_INTS (columns->numbers)),
                      NULL, error);
}

/* An advisory lock, since a first menu has no row to hold yet. */
gboolean
osy_menu_store_lock (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (
      tx, "SELECT pg_advisory_xact_lock(hashtextextended('menu ' || app_restaurant()::text, 0))",
      OSY_NO_PARAMS, NULL, error);
}

gboolean
osy_menu_store_bump (OsyDbTx *tx, gint64 *version, GError **error)
{
  if (!osy_menu_store_lock (tx, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "INSERT INTO menu (restaurant_id, version) VALUES (app_restaurant(), 1) "
                    "ON CONFLICT (restaurant_id) DO UPDATE SET version = menu.version + 1 "
                    "RETURNING version",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  *version = osy_db_rows_int (rows, 0, "version");
  return TRUE;
}

gboolean
osy_menu_store_save_category (OsyDbTx *tx, const OsyMenuCategory *category, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO menu_category (restaurant_id, id, names, position, visible) "
                      "VALUES (app_restaurant(), $1::uuid, "
                      "jsonb_strip_nulls(jsonb_build_object('ko', $2::text, 'en', $3::text)), "
                      "(SELECT count(*) FROM menu_category), $4) "
                      "ON CONFLICT (restaurant_id, id) DO UPDATE SET names = excluded.names, "
                      "visible = excluded.visible, version = menu_category.version + 1",
                      OSY_PARAMS (OSY_P_TEXT (category->id), OSY_P_TEXT (category->name),
                                  OSY_P_TEXT (category->name_en), OSY_P_BOOL (category->visible)),
                      NULL, error);
}

static gboolean
save_item_lists (OsyDbTx *tx, const OsyMenuItem *item, GError **error)
{
  g_auto (Columns) prices = columns_new ();
  g_auto (Columns) links = columns_new ();

  add_prices (&prices, item->id, item->prices);
  add_links (&links, item->id, item->groups);
  return osy_db_exec (tx,
                      "DELETE FROM menu_price WHERE restaurant_id = app_restaurant() "
                      "AND item_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (item->id)), NULL, error) &&
         write_columns (tx,
                        "INSERT INTO menu_price (restaurant_id, item_id, channel, valid_from, won) "
                        "SELECT app_restaurant(), i, c, f, w FROM unnest($1::uuid[], $2::text[], "
                        "$3::timestamptz[], $4::bigint[]) AS p (i, c, f, w)",
                        &prices, error) &&
         osy_db_exec (tx,
                      "DELETE FROM menu_link WHERE restaurant_id = app_restaurant() "
                      "AND item_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (item->id)), NULL, error) &&
         write_links (tx,
                      "INSERT INTO menu_link (restaurant_id, item_id, group_id, position) "
                      "SELECT app_restaurant(), i, g, n FROM unnest($1::uuid[], $2::uuid[], "
                      "$3::bigint[]) AS l (i, g, n)",
                      &links, error);
}

gboolean
osy_menu_store_save_item (OsyDbTx *tx, const OsyMenuItem *item, GError **error)
{
  g_autoptr (GPtrArray) allergens = g_ptr_array_new ();

  for (char **one = item->allergens; *one != NULL; one++)
    g_ptr_array_add (allergens, *one);
  g_autoptr (GPtrArray) channels = g_ptr_array_new ();
  for (char **one = item->channels; one != NULL && *one != NULL; one++)
    g_ptr_array_add (channels, *one);
  return osy_db_exec (
             tx,
             "INSERT INTO menu_item (restaurant_id, id, category_id, names, description, origin, "
             "allergens, station, prep_minutes, tax_class, visible, stop_mode, stop_until, "
             "kitchen_name, code, channels, position) "
             "VALUES (app_restaurant(), $1::uuid, $2::uuid, "
             "jsonb_strip_nulls(jsonb_build_object('ko', $3::text, 'en', $4::text)), $5, $6, "
             "$7::text[], $8, $9, $10, $11, $12, $13, $14, $15, $16::text[], (SELECT count(*) FROM "
             "menu_item)) "
             "ON CONFLICT (restaurant_id, id) DO UPDATE SET category_id = excluded.category_id, "
             "names = excluded.names, description = excluded.description, "
             "origin = excluded.origin, allergens = excluded.allergens, "
             "station = excluded.station, prep_minutes = excluded.prep_minutes, "
             "tax_class = excluded.tax_class, visible = excluded.visible, "
             "stop_mode = excluded.stop_mode, stop_until = excluded.stop_until, "
             "kitchen_name = excluded.kitchen_name, code = excluded.code, "
             "channels = excluded.channels, version = menu_item.version + 1",
             OSY_PARAMS (
                 OSY_P_TEXT (item->id), OSY_P_TEXT (item->category_id), OSY_P_TEXT (item->name),
                 OSY_P_TEXT (item->name_en), OSY_P_TEXT (item->description),
                 OSY_P_TEXT (item->origin), OSY_P_TEXTS (allergens), OSY_P_TEXT (item->station),
                 OSY_P_INT (item->prep_minutes), OSY_P_TEXT (item->tax_free ? "TAX_FREE" : "TAXED"),
                 OSY_P_BOOL (item->visible), OSY_P_TEXT (osy_menu_stop_name (item->stop.mode)),
                 OSY_P_TIME (item->stop.until), OSY_P_TEXT (item->kitchen_name),
                 OSY_P_TEXT (item->code), item->channels ? OSY_P_TEXTS (channels) : OSY_P_NULL),
             NULL, error) &&
         save_item_lists (tx, item, error);
}

/* Options no longer in the list go, the others are written over in place: their ids live on. */
static gboolean
save_options (OsyDbTx *tx, const OsyMenuGroup *group, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) names_en = g_ptr_array_new ();
  g_autoptr (GPtrArray) modes = g_ptr_array_new ();
  g_autoptr (GArray) untils = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) most = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    g_ptr_array_add (ids, option->id);
    g_ptr_array_add (names, option->name);
    g_ptr_array_add (names_en, option->name_en);
    g_ptr_array_add (modes, (gpointer)osy_menu_stop_name (option->stop.mode));
    g_array_append_val (untils, option->stop.until);
    g_array_append_val (most, option->max);
  }
  return osy_db_exec (tx,
                      "DELETE FROM menu_option WHERE restaurant_id = app_restaurant() "
                      "AND group_id = $1::uuid AND id <> ALL ($2::uuid[])",
                      OSY_PARAMS (OSY_P_TEXT (group->id), OSY_P_TEXTS (ids)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO menu_option (restaurant_id, id, group_id, names, max_quantity, "
                      "stop_mode, stop_until, position) "
                      "SELECT app_restaurant(), i, $1::uuid, "
                      "jsonb_strip_nulls(jsonb_build_object('ko', ko, 'en', en)), m, s, u, n - 1 "
                      "FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], "
                      "$7::timestamptz[]) WITH ORDINALITY AS o (i, ko, en, m, s, u, n) "
                      "ON CONFLICT (restaurant_id, id) DO UPDATE SET names = excluded.names, "
                      "max_quantity = excluded.max_quantity, stop_mode = excluded.stop_mode, "
                      "stop_until = excluded.stop_until, position = excluded.position",
                      OSY_PARAMS (OSY_P_TEXT (group->id), OSY_P_TEXTS (ids), OSY_P_TEXTS (names),
                                  OSY_P_TEXTS (names_en), OSY_P_INTS (most), OSY_P_TEXTS (modes),
                                  OSY_P_TIMES (untils)),
                      NULL, error);
}

static gboolean
save_option_lists (OsyDbTx *tx, const OsyMenuGroup *group, GError **error)
{
  g_auto (Columns) prices = columns_new ();
  g_auto (Columns) links = columns_new ();

  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    add_prices (&prices, option->id, option->prices);
    add_links (&links, option->id, option->groups);
  }
  return osy_db_exec (tx,
                      "DELETE FROM menu_price WHERE restaurant_id = app_restaurant() AND option_id "
                      "IN (SELECT id FROM menu_option WHERE group_id = $1::uuid)",
                      OSY_PARAMS (OSY_P_TEXT (group->id)), NULL, error) &&
         write_columns (
             tx,
             "INSERT INTO menu_price (restaurant_id, option_id, channel, valid_from, won) "
             "SELECT app_restaurant(), i, c, f, w FROM unnest($1::uuid[], $2::text[], "
             "$3::timestamptz[], $4::bigint[]) AS p (i, c, f, w)",
             &prices, error) &&
         osy_db_exec (tx,
                      "DELETE FROM menu_link WHERE restaurant_id = app_restaurant() AND option_id "
                      "IN (SELECT id FROM menu_option WHERE group_id = $1::uuid)",
                      OSY_PARAMS (OSY_P_TEXT (group->id)), NULL, error) &&
         write_links (tx,
                      "INSERT INTO menu_link (restaurant_id, option_id, group_id, position) "
                      "SELECT app_restaurant(), i, g, n FROM unnest($1::uuid[], $2::uuid[], "
                      "$3::bigint[]) AS l (i, g, n)",
                      &links, error);
}

gboolean
osy_menu_store_save_group (OsyDbTx *tx, const OsyMenuGroup *group, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO menu_group (restaurant_id, id, names, min_count, max_count) "
                      "VALUES (app_restaurant(), $1::uuid, "
                      "jsonb_strip_nulls(jsonb_build_object('ko', $2::text, 'en', $3::text)), "
                      "$4, $5) "
                      "ON CONFLICT (restaurant_id, id) DO UPDATE SET names = excluded.names, "
                      "min_count = excluded.min_count, max_count = excluded.max_count, "
                      "version = menu_group.version + 1",
                      OSY_PARAMS (OSY_P_TEXT (group->id), OSY_P_TEXT (group->name),
                                  OSY_P_TEXT (group->name_en), OSY_P_INT (group->min),
                                  OSY_P_INT (group->max)),
                      NULL, error) &&
         save_options (tx, group, error) && save_option_lists (tx, group, error);
}

static gboolean
exec_on_id (OsyDbTx *tx, const char *sql, const char *id, GError **error)
{
  return osy_db_exec (tx, sql, OSY_PARAMS (OSY_P_TEXT (id)), NULL, error);
}

gboolean
osy_menu_store_delete_category (OsyDbTx *tx, const char *id, GError **error)
{
  return exec_on_id (
      tx, "DELETE FROM menu_category WHERE restaurant_id = app_restaurant() AND id = $1::uuid", id,
      error);
}

gboolean
osy_menu_store_delete_item (OsyDbTx *tx, const char *id, GError **error)
{
  return exec_on_id (
      tx, "DELETE FROM menu_item WHERE restaurant_id = app_restaurant() AND id = $1::uuid", id,
      error);
}

gboolean
osy_menu_store_delete_group (OsyDbTx *tx, const char *id, GError **error)
{
  return exec_on_id (
      tx, "DELETE FROM menu_group WHERE restaurant_id = app_restaurant() AND id = $1::uuid", id,
      error);
}

gboolean
osy_menu_store_order_categories (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE menu_category c SET position = o.n - 1 "
                      "FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) "
                      "WHERE c.restaurant_id = app_restaurant() AND c.id = o.id",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

gboolean
osy_menu_store_order_items (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE menu_item i SET position = o.n - 1 "
                      "FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) "
                      "WHERE i.restaurant_id = app_restaurant() AND i.id = o.id",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

gboolean
osy_menu_store_stop_item (OsyDbTx *tx, const char *id, const OsyMenuStop *stop, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE menu_item SET stop_mode = $2, stop_until = $3 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (osy_menu_stop_name (stop->mode)),
                                  OSY_P_TIME (stop->until)),
                      NULL, error);
}

gboolean
osy_menu_store_stop_option (OsyDbTx *tx, const char *id, const OsyMenuStop *stop, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE menu_option SET stop_mode = $2, stop_until = $3 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (osy_menu_stop_name (stop->mode)),
                                  OSY_P_TIME (stop->until)),
                      NULL, error);
}
