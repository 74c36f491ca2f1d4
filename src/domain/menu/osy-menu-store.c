/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Writes what is new of a menu. Entries go to the database in their editor's form, all of a kind as
 * one JSON array; what is unlike in tables is told by the SQL. */

#include "osy-menu-store.h"

#include "osy-json.h"
#include "osy-menu-json.h"

/* An advisory lock, since a first menu has no row to hold yet. */
gboolean
osy_menu_store_lock (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (
      tx, "SELECT pg_advisory_xact_lock(hashtextextended('menu ' || app_restaurant()::text, 0))",
      OSY_NO_PARAMS, NULL, error);
}

/* ---- entries ---- */

#define PRICE_ROW                                                                             \
  "AS p (channel text, valid_from timestamptz, weekdays int[], \"from\" int, \"until\" int, " \
  "price bigint)"

/* Each takes $1: the entries. New ones stand at 0 until their list is ordered. Marks of what is
 * there are left alone. */
static const char *const save_categories[] = {
    "INSERT INTO menu_category (restaurant_id, id, names, visible, hours, version, position) "
    "SELECT app_restaurant(), id, names, visible, hours, version, 0 "
    "FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, names jsonb, visible boolean, "
    "hours jsonb, version bigint) "
    "ON CONFLICT (restaurant_id, id) DO UPDATE SET names = excluded.names, "
    "visible = excluded.visible, hours = excluded.hours, version = excluded.version",
    NULL};

static const char *const save_items[] = {
    "INSERT INTO menu_item (restaurant_id, id, category_id, names, description, origin, allergens, "
    "station, prep_minutes, tax_class, visible, stop_mode, stop_until, kitchen_name, code, "
    "photo, channels, hours, version, position) "
    "SELECT app_restaurant(), id, category_id, names, description, origin, allergens, station, "
    "coalesce(prep_minutes, 0), tax_class, visible, sold_out_mode, sold_out_until, kitchen_name, "
    "code, photo, channels, hours, version, 0 "
    "FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, category_id uuid, names jsonb, "
    "description text, origin text, allergens text[], station text, prep_minutes int, "
    "tax_class text, visible boolean, sold_out_mode text, sold_out_until timestamptz, "
    "kitchen_name text, code text, photo text, channels text[], hours jsonb, version bigint) "
    "ON CONFLICT (restaurant_id, id) DO UPDATE SET category_id = excluded.category_id, "
    "names = excluded.names, description = excluded.description, origin = excluded.origin, "
    "allergens = excluded.allergens, station = excluded.station, "
    "prep_minutes = excluded.prep_minutes, tax_class = excluded.tax_class, "
    "visible = excluded.visible, kitchen_name = excluded.kitchen_name, code = excluded.code, "
    "photo = excluded.photo, channels = excluded.channels, hours = excluded.hours, "
    "version = excluded.version",
    "DELETE FROM menu_price WHERE restaurant_id = app_restaurant() AND item_id IN "
    "(SELECT (e ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e)",
    "DELETE FROM menu_link WHERE restaurant_id = app_restaurant() AND item_id IN "
    "(SELECT (e ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e)",
    "INSERT INTO menu_price (restaurant_id, item_id, channel, valid_from, weekdays, from_minute, "
    "until_minute, won) SELECT app_restaurant(), (e ->> 'id')::uuid, channel, valid_from, "
    "weekdays, \"from\", \"until\", price "
    "FROM jsonb_array_elements($1::jsonb) AS e, jsonb_to_recordset(e -> 'prices') " PRICE_ROW,
    "INSERT INTO menu_link (restaurant_id, item_id, group_id, position) "
    "SELECT app_restaurant(), (e ->> 'id')::uuid, g::uuid, n - 1 "
    "FROM jsonb_array_elements($1::jsonb) AS e, "
    "jsonb_array_elements_text(e -> 'option_group_ids') WITH ORDINALITY AS l (g, n)",
    NULL};

/* Options no longer in any list go, the others are written over in place: their ids live on. */
static const char *const save_groups[] = {
    "INSERT INTO menu_group (restaurant_id, id, names, min_count, max_count, version) "
    "SELECT app_restaurant(), id, names, min, max, version "
    "FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, names jsonb, min int, max int, "
    "version bigint) "
    "ON CONFLICT (restaurant_id, id) DO UPDATE SET names = excluded.names, "
    "min_count = excluded.min_count, max_count = excluded.max_count, version = excluded.version",
    "DELETE FROM menu_option WHERE restaurant_id = app_restaurant() AND group_id IN "
    "(SELECT (e ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e) AND id NOT IN "
    "(SELECT (o ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e, "
    "jsonb_array_elements(e -> 'options') AS o)",
    "INSERT INTO menu_option (restaurant_id, id, group_id, names, max_quantity, item_id, "
    "stop_mode, stop_until, position) "
    "SELECT app_restaurant(), (o ->> 'id')::uuid, (e ->> 'id')::uuid, o -> 'names', "
    "coalesce((o ->> 'max_quantity')::int, 0), (o ->> 'item_id')::uuid, o ->> 'sold_out_mode', "
    "(o ->> 'sold_out_until')::timestamptz, n - 1 FROM jsonb_array_elements($1::jsonb) AS e, "
    "jsonb_array_elements(e -> 'options') WITH ORDINALITY AS l (o, n) "
    "ON CONFLICT (restaurant_id, id) DO UPDATE SET group_id = excluded.group_id, "
    "names = excluded.names, max_quantity = excluded.max_quantity, item_id = excluded.item_id, "
    "position = excluded.position",
    "DELETE FROM menu_price WHERE restaurant_id = app_restaurant() AND option_id IN "
    "(SELECT (o ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e, "
    "jsonb_array_elements(e -> 'options') AS o)",
    "DELETE FROM menu_link WHERE restaurant_id = app_restaurant() AND option_id IN "
    "(SELECT (o ->> 'id')::uuid FROM jsonb_array_elements($1::jsonb) AS e, "
    "jsonb_array_elements(e -> 'options') AS o)",
    "INSERT INTO menu_price (restaurant_id, option_id, channel, valid_from, weekdays, "
    "from_minute, until_minute, won) SELECT app_restaurant(), (o ->> 'id')::uuid, channel, "
    "valid_from, weekdays, \"from\", \"until\", price "
    "FROM jsonb_array_elements($1::jsonb) AS e, jsonb_array_elements(e -> 'options') AS o, "
    "jsonb_to_recordset(o -> 'prices') " PRICE_ROW,
    "INSERT INTO menu_link (restaurant_id, option_id, group_id, position) "
    "SELECT app_restaurant(), (o ->> 'id')::uuid, g::uuid, n - 1 "
    "FROM jsonb_array_elements($1::jsonb) AS e, jsonb_array_elements(e -> 'options') AS o, "
    "jsonb_array_elements_text(o -> 'option_group_ids') WITH ORDINALITY AS l (g, n)",
    NULL};

/* With their prices and links. */
static const char *const delete_sql[] = {
    [OSY_MENU_CATEGORY] = "DELETE FROM menu_category WHERE restaurant_id = app_restaurant() "
                          "AND id = ANY ($1::uuid[])",
    [OSY_MENU_ITEM] = "DELETE FROM menu_item WHERE restaurant_id = app_restaurant() "
                      "AND id = ANY ($1::uuid[])",
    [OSY_MENU_GROUP] = "DELETE FROM menu_group WHERE restaurant_id = app_restaurant() "
                       "AND id = ANY ($1::uuid[])",
};

static gboolean
save_entries (OsyDbTx *tx, const char *const *statements, JsonArray *entries, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), entries);
  g_autofree char *json = osy_json_print (node);

  for (; json_array_get_length (entries) > 0 && *statements != NULL; statements++)
    if (!osy_db_exec (tx, *statements, OSY_PARAMS (OSY_P_TEXT (json)), NULL, error))
      return FALSE;
  return TRUE;
}

/* A writing under way. */
typedef struct {
  OsyDbTx *tx;
  const OsyMenuDraft *draft;
  OsyMenu *menu;
  gint64 now;
} Writing;

static gboolean
save_kind (Writing *self, OsyMenuKind kind, GError **error)
{
  static const char *const *const statements[] = {save_categories, save_items, save_groups};
  g_autoptr (JsonArray) entries = json_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->draft->touched[kind]);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    JsonNode *entry = osy_menu_json_write_entry (self->menu, kind, id, self->now);
    if (entry != NULL)
      json_array_add_element (entries, entry);
  }
  return save_entries (self->tx, statements[kind], entries, error);
}

static gboolean
delete_kind (Writing *self, OsyMenuKind kind, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->draft->touched[kind]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (osy_menu_find_entry (self->menu, kind, id) == NULL)
      g_ptr_array_add (ids, id);
  return ids->len == 0 ||
         osy_db_exec (self->tx, delete_sql[kind], OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

/* ---- marks ---- */

static gboolean
save_stop (Writing *self,
           const char *sql,
           const char *id,
           const OsyMenuStop *old,
           const OsyMenuStop *stop,
           GError **error)
{
  if (old->mode == stop->mode && old->until == stop->until)
    return TRUE;
  return osy_db_exec (self->tx, sql,
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (osy_menu_stop_name (stop->mode)),
                                  OSY_P_TIME (stop->until)),
                      NULL, error);
}

static gboolean
save_item_stops (Writing *self, const OsyMenuCategory *category, GError **error)
{
  for (guint i = 0; i < category->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);
    const OsyMenuItem *old = osy_menu_find_item (self->draft->old, item->id);
    if (old != NULL && !save_stop (self,
                                   "UPDATE menu_item SET stop_mode = $2, stop_until = $3 "
                                   "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                                   item->id, &old->stop, &item->stop, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
save_option_stops (Writing *self, const OsyMenuGroup *group, GError **error)
{
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    const OsyMenuOption *old = osy_menu_find_option (self->draft->old, option->id);
    if (old != NULL && !save_stop (self,
                                   "UPDATE menu_option SET stop_mode = $2, stop_until = $3 "
                                   "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                                   option->id, &old->stop, &option->stop, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- orders ---- */

static gboolean
same_order (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (g_strcmp0 (((OsyMenuEntry *)g_ptr_array_index (a, i))->id,
                   ((OsyMenuEntry *)g_ptr_array_index (b, i))->id) != 0)
      return FALSE;
  return a->len == b->len;
}

static gboolean
save_order (Writing *self, const char *sql, GPtrArray *old, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (old != NULL && same_order (old, list))
    return TRUE;
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (ids, ((OsyMenuEntry *)g_ptr_array_index (list, i))->id);
  return osy_db_exec (self->tx, sql, OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

static gboolean
save_orders (Writing *self, GError **error)
{
  GPtrArray *categories = osy_menu_categories (self->menu);

  if (!save_order (self,
                   "UPDATE menu_category c SET position = o.n - 1 "
                   "FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) "
                   "WHERE c.restaurant_id = app_restaurant() AND c.id = o.id "
                   "AND c.position <> o.n - 1",
                   osy_menu_categories (self->draft->old), categories, error))
    return FALSE;
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    const OsyMenuCategory *old = osy_menu_find_category (self->draft->old, category->id);
    if (!save_item_stops (self, category, error) ||
        !save_order (self,
                     "UPDATE menu_item i SET position = o.n - 1 "
                     "FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) "
                     "WHERE i.restaurant_id = app_restaurant() AND i.id = o.id "
                     "AND i.position <> o.n - 1",
                     old ? old->items : NULL, category->items, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_menu_store_write (OsyDbTx *tx,
                      const OsyMenuDraft *draft,
                      OsyMenu *menu,
                      gint64 now,
                      GError **error)
{
  Writing self = {tx, draft, menu, now};
  GPtrArray *groups = osy_menu_groups (menu);

  if (!osy_db_exec (tx,
                    "INSERT INTO menu (restaurant_id, version, origin_required) "
                    "VALUES (app_restaurant(), $1, $2) "
                    "ON CONFLICT (restaurant_id) DO UPDATE SET version = excluded.version, "
                    "origin_required = excluded.origin_required",
                    OSY_PARAMS (OSY_P_INT (osy_menu_version (menu)),
                                OSY_P_BOOL (osy_menu_origin_required (menu))),
                    NULL, error) ||
      !save_kind (&self, OSY_MENU_CATEGORY, error) || !save_kind (&self, OSY_MENU_GROUP, error) ||
      !save_kind (&self, OSY_MENU_ITEM, error) || !delete_kind (&self, OSY_MENU_ITEM, error) ||
      !delete_kind (&self, OSY_MENU_GROUP, error) ||
      !delete_kind (&self, OSY_MENU_CATEGORY, error) || !save_orders (&self, error))
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    if (!save_option_stops (&self, g_ptr_array_index (groups, i), error))
      return FALSE;
  return TRUE;
}

/* ---- what the stock says ---- */

gboolean
osy_menu_store_set_left (OsyDbTx *tx, const OsyMenuStock *stock, gboolean *changed, GError **error)
{
  gint64 items = 0, options = 0;

  if (!osy_db_exec (tx,
                    "UPDATE menu_item m SET left_about = x.portions, out_of_stock = x.stopped "
                    "FROM (SELECT i.id, l.portions, coalesce(l.stopped, 0) <> 0 AS stopped "
                    "  FROM menu_item i LEFT JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[]) "
                    "    AS l(id, portions, stopped) ON l.id = i.id "
                    "  WHERE i.restaurant_id = app_restaurant()) x "
                    "WHERE m.restaurant_id = app_restaurant() AND m.id = x.id "
                    "AND (m.left_about, m.out_of_stock) IS DISTINCT FROM (x.portions, x.stopped)",
                    OSY_PARAMS (OSY_P_TEXTS (stock->items), OSY_P_INTS (stock->lefts),
                                OSY_P_INTS (stock->item_outs)),
                    &items, error) ||
      !osy_db_exec (tx,
                    "UPDATE menu_option m SET out_of_stock = x.stopped "
                    "FROM (SELECT o.id, coalesce(l.stopped, 0) <> 0 AS stopped FROM menu_option o "
                    "  LEFT JOIN unnest($1::uuid[], $2::bigint[]) AS l(id, stopped) "
                    "  ON l.id = o.id WHERE o.restaurant_id = app_restaurant()) x "
                    "WHERE m.restaurant_id = app_restaurant() AND m.id = x.id "
                    "AND m.out_of_stock <> x.stopped",
                    OSY_PARAMS (OSY_P_TEXTS (stock->options), OSY_P_INTS (stock->option_outs)),
                    &options, error))
    return FALSE;
  *changed = items + options > 0;
  return !*changed || osy_db_exec (tx,
                                   "UPDATE menu SET version = version + 1 "
                                   "WHERE restaurant_id = app_restaurant()",
                                   OSY_NO_PARAMS, NULL, error);
}

/* ---- remembered requests ---- */

gboolean
osy_menu_store_find_answer (OsyDbTx *tx,
                            const char *key,
                            GBytes *fingerprint,
                            JsonNode **answer,
                            GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx,
                                             "SELECT fingerprint, answer FROM menu_request "
                                             "WHERE restaurant_id = app_restaurant() AND key = $1",
                                             OSY_PARAMS (OSY_P_TEXT (key)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  g_autoptr (GBytes) before = osy_db_rows_bytes (rows, 0, "fingerprint");
  if (g_bytes_equal (before, fingerprint)) {
    *answer = json_from_string (osy_db_rows_text (rows, 0, "answer"), error);
    return *answer != NULL;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                       "This Idempotency-Key was used for other changes.");
  return FALSE;
}

gboolean
osy_menu_store_keep_answer (OsyDbTx *tx,
                            const char *key,
                            GBytes *fingerprint,
                            JsonNode *answer,
                            GError **error)
{
  g_autofree char *text = osy_json_print (answer);

  return osy_db_exec (tx,
                      "DELETE FROM menu_request WHERE restaurant_id = app_restaurant() "
                      "AND created_at < now() - interval '1 day'",
                      OSY_NO_PARAMS, NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO menu_request (restaurant_id, key, fingerprint, answer) "
                      "VALUES (app_restaurant(), $1, $2, $3::jsonb)",
                      OSY_PARAMS (OSY_P_TEXT (key), OSY_P_BYTES (fingerprint), OSY_P_TEXT (text)),
                      NULL, error);
}

/* ---- versions ---- */

gboolean
osy_menu_store_keep_version (OsyDbTx *tx, const OsyMenuPast *past, GError **error)
{
  g_autofree char *undo = osy_json_print (past->undo);
  g_autofree char *told = osy_json_print (past->told);

  return osy_db_exec (tx,
                      "DELETE FROM menu_version WHERE restaurant_id = app_restaurant() "
                      "AND created_at < $1::timestamptz - interval '1 year'",
                      OSY_PARAMS (OSY_P_TIME (past->at)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO menu_version (restaurant_id, version, from_version, created_at, "
                      "actor, action, restored, undo, told, told_count) VALUES (app_restaurant(), "
                      "$1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9)",
                      OSY_PARAMS (OSY_P_INT (past->version), OSY_P_INT (past->from_version),
                                  OSY_P_TIME (past->at), OSY_P_TEXT (past->actor),
                                  OSY_P_TEXT (past->action),
                                  past->restored >= 0 ? OSY_P_INT (past->restored) : OSY_P_NULL,
                                  OSY_P_TEXT (undo), OSY_P_TEXT (told), OSY_P_INT (past->count)),
                      NULL, error);
}

OsyDbRows *
osy_menu_store_list_versions (OsyDbTx *tx, gint64 before, gint64 limit, GError **error)
{
  return osy_db_query (tx,
                       "SELECT version, from_version, created_at, actor, action, restored, told, "
                       "told_count FROM menu_version WHERE restaurant_id = app_restaurant() "
                       "AND ($1 = 0 OR version < $1) ORDER BY version DESC LIMIT $2",
                       OSY_PARAMS (OSY_P_INT (before), OSY_P_INT (limit)), error);
}

gboolean
osy_menu_store_oldest_version (OsyDbTx *tx, gint64 *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT coalesce(min(from_version), -1) AS oldest FROM menu_version "
                    "WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  *ret = osy_db_rows_int (rows, 0, "oldest");
  return TRUE;
}

OsyDbRows *
osy_menu_store_undos_after (OsyDbTx *tx, gint64 version, GError **error)
{
  return osy_db_query (tx,
                       "SELECT undo FROM menu_version WHERE restaurant_id = app_restaurant() "
                       "AND version > $1 ORDER BY version DESC",
                       OSY_PARAMS (OSY_P_INT (version)), error);
}
