/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of ingredients, their movements and recipes. */

#include "osy-ingredient-store.h"

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"

static char *
dup_text (const OsyDbRows *rows, guint row, const char *column)
{
  return g_strdup (osy_db_rows_text (rows, row, column));
}

static gint64
int_or (const OsyDbRows *rows, guint row, const char *column, gint64 fallback)
{
  return osy_db_rows_is_null (rows, row, column) ? fallback : osy_db_rows_int (rows, row, column);
}

/* ---- ingredients ---- */

static gboolean
read_units (OsyIngredient *self, const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, error);
  JsonArray *array = node ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *one = json_array_get_object_element (array, i);
    OsyIngredientUnit *unit = g_new0 (OsyIngredientUnit, 1);
    unit->name = g_strdup (json_object_get_string_member (one, "name"));
    unit->factor = json_object_get_int_member (one, "factor");
    g_ptr_array_add (self->units, unit);
  }
  return array != NULL;
}

static OsyIngredient *
read_ingredient (const OsyDbRows *rows, guint i, GError **error)
{
  g_autoptr (OsyIngredient) self = osy_ingredient_new ();

  self->id = dup_text (rows, i, "id");
  self->name = dup_text (rows, i, "name");
  self->unit = g_intern_string (osy_db_rows_text (rows, i, "unit"));
  self->on_hand = osy_db_rows_int (rows, i, "on_hand");
  self->reserved = osy_db_rows_int (rows, i, "reserved");
  self->par = int_or (rows, i, "par", -1);
  self->track = osy_db_rows_bool (rows, i, "track");
  self->block = osy_db_rows_bool (rows, i, "block");
  self->supplier = dup_text (rows, i, "supplier");
  self->position = (int)osy_db_rows_int (rows, i, "position");
  self->unit_cost = int_or (rows, i, "unit_cost", -1);
  self->cost_unit = dup_text (rows, i, "cost_unit");
  self->last_counted_at = osy_db_rows_time (rows, i, "last_counted_at");
  self->version = osy_db_rows_int (rows, i, "version");
  return read_units (self, osy_db_rows_text (rows, i, "units"), error) ? g_steal_pointer (&self)
                                                                       : NULL;
}

/* The use of each day, and from it for how long the rest lasts. What came back may be of a day
 * before. */
static gboolean
fill_use (OsyDbTx *tx, GPtrArray *list, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT ingredient_id, ($1::timestamptz AT TIME ZONE 'UTC')::date - day AS ago, quantity "
      "FROM stock_use WHERE restaurant_id = app_restaurant() "
      "AND day > ($1::timestamptz AT TIME ZONE 'UTC')::date - $2::int ORDER BY day",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_INT (OSY_STOCK_USE_DAYS)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    g_hash_table_insert (found, ((OsyIngredient *)list->pdata[i])->id, list->pdata[i]);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyIngredient *one = g_hash_table_lookup (found, osy_db_rows_text (rows, i, "ingredient_id"));
    gint64 ago = osy_db_rows_int (rows, i, "ago");
    if (one != NULL && ago >= 0)
      one->used[OSY_STOCK_USE_DAYS - 1 - ago] = MAX (osy_db_rows_int (rows, i, "quantity"), 0);
  }
  for (guint i = 0; i < list->len; i++)
    osy_ingredient_reckon (g_ptr_array_index (list, i));
  return TRUE;
}

static GPtrArray *
read_list (OsyDbTx *tx, const OsyDbRows *rows, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_ingredient_free);

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyIngredient *one = read_ingredient (rows, i, error);
    if (one == NULL)
      return NULL;
    g_ptr_array_add (list, one);
  }
  return list->len == 0 || fill_use (tx, list, error) ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
osy_ingredient_store_list (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  static const char all[] = "SELECT * FROM ingredient WHERE restaurant_id = app_restaurant() "
                            "AND archived_at IS NULL ORDER BY position, name";
  static const char some[] = "SELECT * FROM ingredient WHERE restaurant_id = app_restaurant() "
                             "AND id = ANY ($1::uuid[]) AND archived_at IS NULL "
                             "ORDER BY position, name";
  g_autoptr (OsyDbRows) rows = ids == NULL
                                   ? osy_db_query (tx, all, OSY_NO_PARAMS, error)
                                   : osy_db_query (tx, some, OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  return rows != NULL ? read_list (tx, rows, error) : NULL;
}

OsyIngredient *
osy_ingredient_store_get (OsyDbTx *tx, const char *id, gboolean lock, GError **error)
{
  static const char read[] = "SELECT * FROM ingredient WHERE restaurant_id = app_restaurant() "
                             "AND id = $1::uuid AND archived_at IS NULL";
  static const char hold[] = "SELECT * FROM ingredient WHERE restaurant_id = app_restaurant() "
                             "AND id = $1::uuid AND archived_at IS NULL FOR UPDATE";
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, lock ? hold : read, OSY_PARAMS (OSY_P_TEXT (id)), error);
  g_autoptr (GPtrArray) list = rows != NULL ? read_list (tx, rows, error) : NULL;

  if (list == NULL)
    return NULL;
  if (list->len > 0)
    return g_ptr_array_steal_index (list, 0);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such ingredient.");
  return NULL;
}

static char *
print_units (const OsyIngredient *self)
{
  g_autoptr (JsonNode) node = osy_json_take_object (osy_ingredient_to_json (self));

  return osy_json_print (json_object_get_member (json_node_get_object (node), "units"));
}

/* A new one goes to the end of the shelf unless it says where. */
gboolean
osy_ingredient_store_add (OsyDbTx *tx, OsyIngredient *self, GError **error)
{
  g_autofree char *units = print_units (self);

  return osy_db_exec (
      tx,
      "INSERT INTO ingredient (restaurant_id, id, name, unit, units, par, track, block, supplier, "
      "position) SELECT app_restaurant(), $1::uuid, $2, $3, $4::jsonb, nullif($5, -1), $6, $7, $8, "
      "CASE WHEN $9 > 0 THEN $9 ELSE (SELECT coalesce(max(position), 0) + 1 FROM ingredient "
      "  WHERE restaurant_id = app_restaurant()) END",
      OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_TEXT (self->name), OSY_P_TEXT (self->unit),
                  OSY_P_TEXT (units), OSY_P_INT (self->par), OSY_P_BOOL (self->track),
                  OSY_P_BOOL (self->block), OSY_P_TEXT (self->supplier),
                  OSY_P_INT (self->position)),
      NULL, error);
}

gboolean
osy_ingredient_store_save (OsyDbTx *tx, const OsyIngredient *self, gboolean deleted, GError **error)
{
  g_autofree char *units = print_units (self);

  return osy_db_exec (
      tx,
      "UPDATE ingredient SET name = $2, units = $3::jsonb, par = nullif($4, -1), track = $5, "
      "block = $6, supplier = $7, position = $8, version = $9, archived_at = $10 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_TEXT (self->name), OSY_P_TEXT (units),
                  OSY_P_INT (self->par), OSY_P_BOOL (self->track),
                  OSY_P_BOOL (self->block && !deleted), OSY_P_TEXT (self->supplier),
                  OSY_P_INT (self->position), OSY_P_INT (self->version),
                  OSY_P_TIME (deleted ? osy_clock_now () : 0)),
      NULL, error);
}

gboolean
osy_ingredient_store_tell (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_exec (tx, "SELECT stock_tell(ARRAY[$1::uuid])", OSY_PARAMS (OSY_P_TEXT (id)), NULL,
                      error);
}

/* ---- movements ---- */

static gboolean
add_movement (OsyDbTx *tx,
              const OsyStockMovement *self,
              gint64 seq,
              const OsyStockKey *key,
              GError **error)
{
  gboolean counted = g_str_equal (self->kind, OSY_MOVEMENT_COUNT);
  g_autofree char *found = counted ? g_strdup_printf ("%" G_GINT64_FORMAT, self->counted) : NULL;

  return osy_db_exec (
      tx,
      "INSERT INTO stock_movement (restaurant_id, id, ingredient_id, seq, kind, quantity, on_hand, "
      "counted, reason, unit_cost, cost_unit, actor, at, undoes, key, fingerprint) "
      "VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7::bigint, $8, "
      "nullif($9, -1), $10, $11, $12, $13::uuid, $14, $15)",
      OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_TEXT (self->ingredient_id), OSY_P_INT (seq),
                  OSY_P_TEXT (self->kind), OSY_P_INT (self->quantity), OSY_P_INT (self->on_hand),
                  OSY_P_TEXT (found), OSY_P_TEXT (self->reason), OSY_P_INT (self->unit_cost),
                  OSY_P_TEXT (self->cost_unit), OSY_P_TEXT (self->actor), OSY_P_TIME (self->at),
                  OSY_P_TEXT (self->undoes), OSY_P_TEXT (key->key),
                  OSY_P_BYTES (key->key ? key->fingerprint : NULL)),
      NULL, error);
}

/* A count that was taken back was none. */
#define LAST_COUNT                                                                     \
  "(SELECT max(m.at) FROM stock_movement m WHERE m.restaurant_id = app_restaurant() "  \
  "  AND m.ingredient_id = $1::uuid AND m.kind = 'COUNT' AND NOT EXISTS (SELECT FROM " \
  "  stock_movement u WHERE u.restaurant_id = m.restaurant_id AND u.undoes = m.id))"

gboolean
osy_ingredient_store_move (OsyDbTx *tx,
                           OsyIngredient *ingredient,
                           OsyStockMovement *movement,
                           const OsyStockKey *key,
                           GError **error)
{
  ingredient->version++;
  ingredient->on_hand += movement->quantity;
  movement->on_hand = ingredient->on_hand;
  if (movement->unit_cost >= 0) {
    ingredient->unit_cost = movement->unit_cost;
    osy_set_str (&ingredient->cost_unit, movement->cost_unit);
  }
  g_autoptr (OsyDbRows) rows =
      add_movement (tx, movement, ingredient->version, key, error)
          ? osy_db_query (
                tx,
                "UPDATE ingredient SET on_hand = $2, version = $3, unit_cost = nullif($4, -1), "
                "cost_unit = $5, last_counted_at = " LAST_COUNT " "
                "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                "RETURNING last_counted_at",
                OSY_PARAMS (OSY_P_TEXT (ingredient->id), OSY_P_INT (ingredient->on_hand),
                            OSY_P_INT (ingredient->version), OSY_P_INT (ingredient->unit_cost),
                            OSY_P_TEXT (ingredient->cost_unit)),
                error)
          : NULL;
  if (rows == NULL)
    return FALSE;
  ingredient->last_counted_at = osy_db_rows_time (rows, 0, "last_counted_at");
  osy_ingredient_reckon (ingredient);
  return osy_ingredient_store_tell (tx, ingredient->id, error);
}

static OsyStockMovement *
read_movement (const OsyDbRows *rows, guint i)
{
  OsyStockMovement *self = osy_stock_movement_new ();

  self->id = dup_text (rows, i, "id");
  self->ingredient_id = dup_text (rows, i, "ingredient_id");
  self->kind = g_intern_string (osy_db_rows_text (rows, i, "kind"));
  self->quantity = osy_db_rows_int (rows, i, "quantity");
  self->on_hand = osy_db_rows_int (rows, i, "on_hand");
  self->counted = osy_db_rows_int (rows, i, "counted");
  self->reason = dup_text (rows, i, "reason");
  self->unit_cost = int_or (rows, i, "unit_cost", -1);
  self->cost_unit = dup_text (rows, i, "cost_unit");
  self->actor = dup_text (rows, i, "actor");
  self->at = osy_db_rows_time (rows, i, "at");
  self->undoes = dup_text (rows, i, "undoes");
  self->undone_by = dup_text (rows, i, "undone_by");
  self->subject_type = dup_text (rows, i, "subject_type");
  self->subject_id = dup_text (rows, i, "subject_id");
  return self;
}

#define MOVEMENT                                                                    \
  "SELECT m.*, u.id AS undone_by FROM stock_movement m LEFT JOIN stock_movement u " \
  "ON u.restaurant_id = m.restaurant_id AND u.undoes = m.id "                       \
  "WHERE m.restaurant_id = app_restaurant() "

gboolean
osy_ingredient_store_find_key (OsyDbTx *tx,
                               const OsyStockKey *key,
                               OsyStockMovement **ret,
                               GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, MOVEMENT "AND m.key = $1", OSY_PARAMS (OSY_P_TEXT (key->key)), error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  g_autoptr (GBytes) before = osy_db_rows_bytes (rows, 0, "fingerprint");
  if (g_bytes_equal (before, key->fingerprint)) {
    *ret = read_movement (rows, 0);
    return TRUE;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                       "This Idempotency-Key was used for another request.");
  return FALSE;
}

OsyStockMovement *
osy_ingredient_store_movement (OsyDbTx *tx,
                               const char *ingredient_id,
                               const char *id,
                               GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, MOVEMENT "AND m.id = $1::uuid AND m.ingredient_id = $2::uuid",
                    OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (ingredient_id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) > 0)
    return read_movement (rows, 0);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such movement.");
  return NULL;
}

GPtrArray *
osy_ingredient_store_movements (OsyDbTx *tx,
                                const char *ingredient_id,
                                gint64 before,
                                gint64 limit,
                                gint64 *next,
                                GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_stock_movement_free);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      MOVEMENT "AND m.ingredient_id = $1::uuid AND m.seq < $2 "
               "ORDER BY m.seq DESC LIMIT $3",
      OSY_PARAMS (OSY_P_TEXT (ingredient_id), OSY_P_INT (before > 0 ? before : G_MAXINT64),
                  OSY_P_INT (limit + 1)),
      error);

  if (rows == NULL)
    return NULL;
  guint n = MIN (osy_db_rows_count (rows), (guint)limit);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, read_movement (rows, i));
  *next = osy_db_rows_count (rows) > n ? osy_db_rows_int (rows, n - 1, "seq") : 0;
  return g_steal_pointer (&list);
}

/* ---- recipes ---- */

OsyRecipe *
osy_ingredient_store_recipe (OsyDbTx *tx, const char *item_id, GPtrArray *options, GError **error)
{
  g_autoptr (OsyRecipe) recipe = osy_recipe_new (item_id);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT r.owner_type, r.owner_id, r.ingredient_id, r.quantity FROM recipe_line r "
      "JOIN ingredient i ON i.restaurant_id = r.restaurant_id AND i.id = r.ingredient_id "
      "WHERE r.restaurant_id = app_restaurant() AND i.archived_at IS NULL "
      "AND (r.owner_id = $1::uuid OR r.owner_id = ANY ($2::uuid[])) "
      "ORDER BY r.owner_type, array_position($2::uuid[], r.owner_id), r.position",
      OSY_PARAMS (OSY_P_TEXT (item_id), OSY_P_TEXTS (options)), error);
  OsyRecipePart *part = recipe->base;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const char *owner = osy_db_rows_text (rows, i, "owner_id");
    if (g_str_equal (osy_db_rows_text (rows, i, "owner_type"), "OPTION") &&
        g_strcmp0 (part->option_id, owner) != 0) {
      part = osy_recipe_part_new (owner);
      g_ptr_array_add (recipe->options, part);
    }
    osy_recipe_add (part, osy_db_rows_text (rows, i, "ingredient_id"),
                    osy_db_rows_int (rows, i, "quantity"), NULL);
  }
  return g_steal_pointer (&recipe);
}

static gboolean
put_part (OsyDbTx *tx,
          const char *type,
          const char *owner,
          const OsyRecipePart *part,
          GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) quantities = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < part->lines->len; i++) {
    const OsyRecipeLine *line = g_ptr_array_index (part->lines, i);
    g_ptr_array_add (ids, line->ingredient_id);
    g_array_append_val (quantities, line->quantity);
  }
  return osy_db_exec (tx,
                      "DELETE FROM recipe_line WHERE restaurant_id = app_restaurant() "
                      "AND owner_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (owner)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO recipe_line (restaurant_id, owner_type, owner_id, "
                      "ingredient_id, quantity, position) SELECT app_restaurant(), $1, $2::uuid, "
                      "l.id, l.quantity, l.n FROM unnest($3::uuid[], $4::bigint[]) "
                      "WITH ORDINALITY AS l(id, quantity, n)",
                      OSY_PARAMS (OSY_P_TEXT (type), OSY_P_TEXT (owner), OSY_P_TEXTS (ids),
                                  OSY_P_INTS (quantities)),
                      NULL, error);
}

gboolean
osy_ingredient_store_put_recipe (OsyDbTx *tx, const OsyRecipe *recipe, GError **error)
{
  if (!put_part (tx, "ITEM", recipe->item_id, recipe->base, error))
    return FALSE;
  for (guint i = 0; i < recipe->options->len; i++) {
    const OsyRecipePart *part = g_ptr_array_index (recipe->options, i);
    if (!put_part (tx, "OPTION", part->option_id, part, error))
      return FALSE;
  }
  return TRUE;
}

JsonArray *
osy_ingredient_store_recipes (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT r.owner_type, r.owner_id, r.ingredient_id, r.quantity FROM recipe_line r "
      "JOIN ingredient i ON i.restaurant_id = r.restaurant_id AND i.id = r.ingredient_id "
      "WHERE r.restaurant_id = app_restaurant() AND i.archived_at IS NULL "
      "ORDER BY r.owner_type, r.owner_id, r.position",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "owner_type", osy_db_rows_text (rows, i, "owner_type"));
    json_object_set_string_member (one, "owner_id", osy_db_rows_text (rows, i, "owner_id"));
    json_object_set_string_member (one, "ingredient_id",
                                   osy_db_rows_text (rows, i, "ingredient_id"));
    json_object_set_int_member (one, "quantity", osy_db_rows_int (rows, i, "quantity"));
    json_array_add_object_element (array, one);
  }
  return array;
}
