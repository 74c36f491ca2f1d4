/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the till. */

#include "osy-till-store.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-json.h"

void
osy_till_clear (OsyTill *self)
{
  g_clear_pointer (&self->opened_by, g_free);
}

/* ---- the drawer ---- */

static gboolean
take_till (const OsyDbRows *rows, OsyTill *ret)
{
  *ret = (OsyTill){.blind = TRUE};
  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  ret->opened_at = osy_db_rows_time (rows, 0, "opened_at");
  ret->opened_by = g_strdup (osy_db_rows_text (rows, 0, "opened_by"));
  ret->opening_float = osy_db_rows_int (rows, 0, "opening_float");
  ret->blind = osy_db_rows_bool (rows, 0, "blind");
  ret->version = osy_db_rows_int (rows, 0, "version");
  return TRUE;
}

gboolean
osy_till_store_read (OsyDbTx *tx, OsyTill *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM till WHERE restaurant_id = app_restaurant()", OSY_NO_PARAMS, error);

  return take_till (rows, ret);
}

gboolean
osy_till_store_lock (OsyDbTx *tx, OsyTill *ret, GError **error)
{
  if (!osy_db_exec (tx,
                    "INSERT INTO till (restaurant_id) VALUES (app_restaurant()) "
                    "ON CONFLICT DO NOTHING",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM till WHERE restaurant_id = app_restaurant() FOR UPDATE",
                    OSY_NO_PARAMS, error);
  return take_till (rows, ret);
}

gboolean
osy_till_store_save (OsyDbTx *tx, OsyTill *till, GError **error)
{
  till->version++;
  return osy_db_exec (tx,
                      "UPDATE till SET opened_at = $1, opened_by = $2, opening_float = $3, "
                      "blind = $4, version = $5 WHERE restaurant_id = app_restaurant()",
                      OSY_PARAMS (OSY_P_TIME (till->opened_at), OSY_P_TEXT (till->opened_by),
                                  OSY_P_INT (till->opening_float), OSY_P_BOOL (till->blind),
                                  OSY_P_INT (till->version)),
                      NULL, error);
}

/* ---- cells ---- */

static gboolean
seal_reason (OsyDbTx *tx,
             OsyKeyring *ring,
             const OsyCell *at,
             const char *reason,
             GBytes **ret,
             GError **error)
{
  OsyCell cell = *at;

  cell.restaurant_id = osy_db_tx_restaurant (tx);
  cell.column = "reason_enc";
  *ret = reason != NULL ? osy_keyring_seal (ring, &cell, reason, error) : NULL;
  return reason == NULL || *ret != NULL;
}

/* What cannot be read is left out: the money is there all the same. */
static void
set_reason (JsonObject *object, OsyKeyring *ring, const char *table, const OsyDbRows *rows, guint i)
{
  const OsyCell cell = {osy_db_rows_text (rows, i, "restaurant_id"), table, "reason_enc",
                        osy_db_rows_text (rows, i, "row_id")};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, i, "reason_enc");
  g_autoptr (GError) local = NULL;
  g_autofree char *text = osy_keyring_open (ring, &cell, sealed, &local);

  if (local != NULL)
    g_warning ("reason_enc of a %s cannot be read: %s", table, local->message);
  if (text != NULL)
    json_object_set_string_member (object, "reason", text);
}

static void
set_time (JsonObject *object, const OsyDbRows *rows, guint i, const char *name)
{
  gint64 at = osy_db_rows_time (rows, i, name);
  g_autofree char *text = at != 0 ? osy_clock_format (at) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
set_text (JsonObject *object, const OsyDbRows *rows, guint i, const char *name)
{
  json_object_set_string_member (object, name, osy_db_rows_text (rows, i, name));
}

static void
set_int (JsonObject *object, const OsyDbRows *rows, guint i, const char *name)
{
  if (osy_db_rows_is_null (rows, i, name))
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, osy_db_rows_int (rows, i, name));
}

/* A column of jsonb, null where there is nothing. Returns: FALSE with @error. */
static gboolean
set_json (JsonObject *object, const OsyDbRows *rows, guint i, const char *name, GError **error)
{
  const char *text = osy_db_rows_text (rows, i, name);
  JsonNode *node =
      text != NULL ? osy_json_parse (text, strlen (text), error) : json_node_new (JSON_NODE_NULL);

  if (node != NULL)
    json_object_set_member (object, name, node);
  return node != NULL;
}

/* ---- moves and counts ---- */

gboolean
osy_till_store_add_move (OsyDbTx *tx, OsyKeyring *ring, const OsyTillRow *row, GError **error)
{
  const OsyCell cell = {.table = "till_entry", .row_id = row->id};
  g_autoptr (GBytes) reason = NULL;

  return seal_reason (tx, ring, &cell, row->reason, &reason, error) &&
         osy_db_exec (tx,
                      "INSERT INTO till_entry (restaurant_id, id, kind, tender, amount, "
                      "reason_enc, actor, at, key, fingerprint) VALUES (app_restaurant(), "
                      "$1::uuid, CASE WHEN $2::bigint > 0 THEN 'CASH_IN' ELSE 'CASH_OUT' END, "
                      "'CASH', $2::bigint, "
                      "$3, $4, $5, $6, $7)",
                      OSY_PARAMS (OSY_P_TEXT (row->id), OSY_P_INT (row->amount),
                                  OSY_P_BYTES (reason), OSY_P_TEXT (row->actor),
                                  OSY_P_TIME (row->at), OSY_P_TEXT (row->key),
                                  OSY_P_BYTES (row->fingerprint)),
                      NULL, error);
}

gboolean
osy_till_store_add_count (OsyDbTx *tx, OsyKeyring *ring, const OsyTillRow *row, GError **error)
{
  const OsyCell cell = {.table = "till_count", .row_id = row->id};
  g_autoptr (GBytes) reason = NULL;

  return seal_reason (tx, ring, &cell, row->reason, &reason, error) &&
         osy_db_exec (tx,
                      "INSERT INTO till_count (restaurant_id, id, expected, counted, "
                      "denominations, reason_enc, actor, at) VALUES (app_restaurant(), $1::uuid, "
                      "$2, $3, $4::jsonb, $5, $6, $7)",
                      OSY_PARAMS (OSY_P_TEXT (row->id), OSY_P_INT (row->expected),
                                  OSY_P_INT (row->amount), OSY_P_TEXT (row->denominations),
                                  OSY_P_BYTES (reason), OSY_P_TEXT (row->actor),
                                  OSY_P_TIME (row->at)),
                      NULL, error);
}

JsonArray *
osy_till_store_moves (OsyDbTx *tx, OsyKeyring *ring, gint64 z, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT restaurant_id, id, id AS row_id, substr(kind, 6) AS kind, abs(amount) AS amount, "
      "reason_enc, actor, at FROM till_entry WHERE restaurant_id = app_restaurant() "
      "AND subject_id IS NULL AND (z_number = $1::bigint OR $1::bigint = 0 AND z_number IS NULL "
      "  OR id = $2::uuid) AND ($2::uuid IS NULL OR id = $2::uuid) ORDER BY at, id",
      OSY_PARAMS (OSY_P_INT (z), OSY_P_TEXT (id)), error);
  JsonArray *array = rows != NULL ? json_array_new () : NULL;

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    JsonObject *object = json_object_new ();
    set_text (object, rows, i, "id");
    set_text (object, rows, i, "kind");
    set_int (object, rows, i, "amount");
    set_reason (object, ring, "till_entry", rows, i);
    set_text (object, rows, i, "actor");
    set_time (object, rows, i, "at");
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonArray *
osy_till_store_counts (OsyDbTx *tx, OsyKeyring *ring, gint64 z, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT *, id AS row_id, counted - expected AS difference FROM till_count "
                    "WHERE restaurant_id = app_restaurant() AND (z_number = $1::bigint OR "
                    "$1::bigint = 0 AND z_number IS NULL) "
                    "AND ($2::uuid IS NULL OR id = $2::uuid) ORDER BY at, id",
                    OSY_PARAMS (OSY_P_INT (z), OSY_P_TEXT (id)), error);
  g_autoptr (JsonArray) array = rows != NULL ? json_array_new () : NULL;

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    JsonObject *object = json_object_new ();
    json_array_add_object_element (array, object);
    set_text (object, rows, i, "id");
    set_int (object, rows, i, "expected");
    set_int (object, rows, i, "counted");
    set_int (object, rows, i, "difference");
    set_reason (object, ring, "till_count", rows, i);
    set_text (object, rows, i, "actor");
    set_time (object, rows, i, "at");
    if (!set_json (object, rows, i, "denominations", error))
      return NULL;
  }
  return g_steal_pointer (&array);
}

/* ---- keys ---- */

gboolean
osy_till_store_find_key (OsyDbTx *tx,
                         const char *table,
                         const char *key,
                         GBytes *fingerprint,
                         char **ret,
                         GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      g_str_equal (table, "till_z") ? "SELECT number AS it, fingerprint = $2 AS same FROM till_z "
                                      "WHERE restaurant_id = app_restaurant() AND key = $1"
                                    : "SELECT id AS it, fingerprint = $2 AS same FROM till_entry "
                                      "WHERE restaurant_id = app_restaurant() AND key = $1",
      OSY_PARAMS (OSY_P_TEXT (key), OSY_P_BYTES (fingerprint)), error);

  *ret = NULL;
  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  if (osy_db_rows_bool (rows, 0, "same")) {
    *ret = g_strdup (osy_db_rows_text (rows, 0, "it"));
    return TRUE;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                       "This Idempotency-Key was used for something else.");
  return FALSE;
}

/* ---- reports ---- */

static JsonNode *
parse_cell (const OsyDbRows *rows, GError **error)
{
  const char *text = rows != NULL ? osy_db_rows_text (rows, 0, "said") : NULL;

  return text != NULL ? osy_json_parse (text, strlen (text), error) : NULL;
}

JsonObject *
osy_till_store_report (OsyDbTx *tx, gint64 z, gint64 opening_float, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT till_report(nullif($1::bigint, 0), $2::bigint) AS said",
                    OSY_PARAMS (OSY_P_INT (z), OSY_P_INT (opening_float)), error);
  g_autoptr (JsonNode) node = parse_cell (rows, error);

  return node != NULL ? json_node_dup_object (node) : NULL;
}

JsonNode *
osy_till_store_remaining (OsyDbTx *tx, gboolean counted, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, counted ? "SELECT till_carried_over() AS said" : "SELECT till_remaining() AS said",
      OSY_NO_PARAMS, error);

  return parse_cell (rows, error);
}

gboolean
osy_till_store_claim (OsyDbTx *tx, gint64 z, gint64 *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "WITH entry AS (UPDATE till_entry SET z_number = $1 "
                    "  WHERE restaurant_id = app_restaurant() AND z_number IS NULL RETURNING at), "
                    "counted AS (UPDATE till_count SET z_number = $1 "
                    "  WHERE restaurant_id = app_restaurant() AND z_number IS NULL) "
                    "SELECT max(at) AS at FROM entry",
                    OSY_PARAMS (OSY_P_INT (z)), error);

  if (rows != NULL)
    *ret = osy_db_rows_time (rows, 0, "at");
  return rows != NULL;
}

/* ---- closes ---- */

gint64
osy_till_store_last (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT max(number) AS number FROM till_z WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "number") : -1;
}

gboolean
osy_till_store_add_z (OsyDbTx *tx, OsyKeyring *ring, const OsyTillZ *z, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, z->number);
  g_autofree char *report = osy_json_print (z->report);
  const OsyCell cell = {.table = "till_z", .row_id = number};
  g_autoptr (GBytes) reason = NULL;

  return seal_reason (tx, ring, &cell, z->reason, &reason, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO till_z (restaurant_id, number, origin, corrects, business_day, "
             "opened_at, closed_at, actor, opening_float, expected, counted, left_in_drawer, "
             "denominations, report, reason_enc, key, fingerprint) VALUES (app_restaurant(), "
             "$1, $2, nullif($3::bigint, 0), $4::date, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, "
             "$13::jsonb, $14, $15, $16)",
             OSY_PARAMS (OSY_P_INT (z->number), OSY_P_INT (z->origin), OSY_P_INT (z->corrects),
                         OSY_P_TEXT (z->business_day), OSY_P_TIME (z->opened_at),
                         OSY_P_TIME (z->closed_at), OSY_P_TEXT (z->actor),
                         OSY_P_INT (z->opening_float), OSY_P_INT (z->expected),
                         OSY_P_INT (z->counted), OSY_P_INT (z->left), OSY_P_TEXT (z->denominations),
                         OSY_P_TEXT (report), OSY_P_BYTES (reason), OSY_P_TEXT (z->key),
                         OSY_P_BYTES (z->fingerprint)),
             NULL, error);
}

static JsonObject *
z_to_json (OsyKeyring *ring, const OsyDbRows *rows, guint i, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  set_int (object, rows, i, "number");
  set_text (object, rows, i, "business_day");
  set_time (object, rows, i, "opened_at");
  set_time (object, rows, i, "closed_at");
  set_text (object, rows, i, "actor");
  set_int (object, rows, i, "corrects");
  set_int (object, rows, i, "corrected_by");
  set_text (object, rows, i, "currency");
  set_reason (object, ring, "till_z", rows, i);
  return set_json (object, rows, i, "denominations", error) &&
                 set_json (object, rows, i, "report", error)
             ? g_steal_pointer (&object)
             : NULL;
}

JsonArray *
osy_till_store_list (OsyDbTx *tx, OsyKeyring *ring, const OsyTillPage *page, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT z.*, z.number AS row_id, (SELECT c.number FROM till_z c "
      "  WHERE c.restaurant_id = app_restaurant() AND c.corrects = z.number) AS corrected_by "
      "FROM till_z z WHERE restaurant_id = app_restaurant() AND ($1::bigint = 0 OR number = "
      "$1::bigint) "
      "AND ($2::date IS NULL OR business_day >= $2::date) "
      "AND ($3::date IS NULL OR business_day <= $3::date) AND ($4::bigint = 0 OR number < "
      "$4::bigint) "
      "ORDER BY number DESC LIMIT nullif($5::bigint, 0)",
      OSY_PARAMS (OSY_P_INT (page->number), OSY_P_TEXT (page->from), OSY_P_TEXT (page->to),
                  OSY_P_INT (page->before), OSY_P_INT (page->limit)),
      error);
  g_autoptr (JsonArray) array = rows != NULL ? json_array_new () : NULL;

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    JsonObject *object = z_to_json (ring, rows, i, error);
    if (object == NULL)
      return NULL;
    json_array_add_object_element (array, object);
  }
  return g_steal_pointer (&array);
}

gint64
osy_till_store_origin (OsyDbTx *tx, gint64 number, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT origin FROM till_z WHERE restaurant_id = app_restaurant() AND number = $1",
      OSY_PARAMS (OSY_P_INT (number)), error);

  if (rows != NULL && osy_db_rows_count (rows) == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "There is no close of this number.");
  return rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "origin") : 0;
}
