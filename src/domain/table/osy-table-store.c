/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of seatings and acts. */

#include "osy-table-store.h"

#include "osy-json.h"

#define KEPT (7 * G_TIME_SPAN_DAY)

/* ---- seatings ---- */

OsyDbRows *
osy_table_store_taken (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx,
                       "SELECT table_id FROM seating WHERE restaurant_id = app_restaurant() "
                       "AND ended_at IS NULL",
                       OSY_NO_PARAMS, error);
}

static OsySeatingRow *
read_row (const OsyDbRows *rows, guint i)
{
  OsySeatingRow *row = osy_seating_row_new ();

  row->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  row->table_id = g_strdup (osy_db_rows_text (rows, i, "table_id"));
  row->guest_count = (int)osy_db_rows_int (rows, i, "guest_count");
  row->seated_at = osy_db_rows_time (rows, i, "seated_at");
  row->last_act_at = osy_db_rows_time (rows, i, "last_act_at");
  row->bill_requested_at = osy_db_rows_time (rows, i, "bill_requested_at");
  row->ended_at = osy_db_rows_time (rows, i, "ended_at");
  row->check_id = g_strdup (osy_db_rows_text (rows, i, "check_id"));
  row->merged_into = g_strdup (osy_db_rows_text (rows, i, "merged_into"));
  row->moved_from = g_strdup (osy_db_rows_text (rows, i, "moved_from"));
  return row;
}

GPtrArray *
osy_table_store_open (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT s.*, c.status AS check_status FROM seating s LEFT JOIN guest_check c "
      "  ON c.restaurant_id = s.restaurant_id AND c.id = s.check_id "
      "WHERE s.restaurant_id = app_restaurant() AND s.ended_at IS NULL ORDER BY s.seated_at, s.id",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  GPtrArray *seatings = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_seating_row_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsySeatingRow *row = read_row (rows, i);
    /* All that was ordered was withdrawn: it is as if nothing had been. */
    if (g_strcmp0 (osy_db_rows_text (rows, i, "check_status"), "VOIDED") == 0)
      g_clear_pointer (&row->check_id, g_free);
    g_ptr_array_add (seatings, row);
  }
  return seatings;
}

gboolean
osy_table_store_get (OsyDbTx *tx, const char *id, OsySeatingRow **ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM seating WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0 ? read_row (rows, 0) : NULL;
  return rows != NULL;
}

static gboolean
put_row (OsyDbTx *tx, const OsySeatingRow *row, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO seating (restaurant_id, id, table_id, guest_count, seated_at, last_act_at, "
      "  bill_requested_at, ended_at, check_id, merged_into, moved_from) "
      "VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8::uuid, $9::uuid, $10) "
      "ON CONFLICT (restaurant_id, id) DO UPDATE SET table_id = $2::uuid, guest_count = $3, "
      "  seated_at = $4, last_act_at = $5, bill_requested_at = $6, ended_at = $7, "
      "  check_id = $8::uuid, merged_into = $9::uuid, moved_from = $10",
      OSY_PARAMS (OSY_P_TEXT (row->id), OSY_P_TEXT (row->table_id), OSY_P_INT (row->guest_count),
                  OSY_P_TIME (row->seated_at), OSY_P_TIME (row->last_act_at),
                  OSY_P_TIME (row->bill_requested_at), OSY_P_TIME (row->ended_at),
                  OSY_P_TEXT (row->check_id), OSY_P_TEXT (row->merged_into),
                  OSY_P_TEXT (row->moved_from)),
      NULL, error);
}

/* A table is free for one only when the other has left it. */
static gboolean
lift_row (OsyDbTx *tx, const OsySeatingPair *pair, GError **error)
{
  const char *sql =
      pair->after == NULL
          ? "DELETE FROM seating WHERE restaurant_id = app_restaurant() AND id = $1::uuid"
          : "UPDATE seating SET ended_at = last_act_at WHERE restaurant_id = app_restaurant() "
            "AND id = $1::uuid";

  return pair->before == NULL ||
         osy_db_exec (tx, sql, OSY_PARAMS (OSY_P_TEXT (pair->before->id)), NULL, error);
}

gboolean
osy_table_store_write (OsyDbTx *tx, const OsyTableChange *change, GError **error)
{
  for (guint i = 0; i < change->pairs->len; i++)
    if (!lift_row (tx, g_ptr_array_index (change->pairs, i), error))
      return FALSE;
  for (guint i = 0; i < change->pairs->len; i++) {
    const OsySeatingPair *pair = g_ptr_array_index (change->pairs, i);
    if (pair->after != NULL && !put_row (tx, pair->after, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_table_store_touch (OsyDbTx *tx, const char *check_id, gint64 at, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE seating SET last_act_at = greatest(last_act_at, $2) "
                      "WHERE restaurant_id = app_restaurant() AND check_id = $1::uuid "
                      "AND ended_at IS NULL",
                      OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_TIME (at)), NULL, error);
}

/* ---- tables ---- */

gint64
osy_table_store_bump (OsyDbTx *tx, const char *table_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "INSERT INTO table_version (restaurant_id, table_id, version) "
                    "VALUES (app_restaurant(), $1::uuid, 1) ON CONFLICT (restaurant_id, table_id) "
                    "DO UPDATE SET version = table_version.version + 1 RETURNING version",
                    OSY_PARAMS (OSY_P_TEXT (table_id)), error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "version") : 0;
}

OsyDbRows *
osy_table_store_tables (OsyDbTx *tx, const char *table_id, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT p.id, p.number, p.floor_id, p.seats, coalesce(v.version, 0) AS version "
      "FROM floor_piece p JOIN floor f ON f.restaurant_id = p.restaurant_id AND f.id = p.floor_id "
      "LEFT JOIN table_version v ON v.restaurant_id = p.restaurant_id AND v.table_id = p.id "
      "WHERE p.restaurant_id = app_restaurant() AND p.number IS NOT NULL "
      "AND ($1::uuid IS NULL OR p.id = $1::uuid) "
      "ORDER BY f.position, f.id, length(p.number), p.number",
      OSY_PARAMS (OSY_P_TEXT (table_id)), error);
}

/* ---- checks and orders, which only their own rooms change ---- */

OsyDbRows *
osy_table_store_unseated (OsyDbTx *tx, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT c.id AS check_id, c.table_id, coalesce(c.guest_count, 0) AS guest_count, "
      "  c.created_at FROM guest_check c "
      "JOIN floor_piece p ON p.restaurant_id = c.restaurant_id AND p.id = c.table_id "
      "  AND p.number IS NOT NULL "
      "LEFT JOIN seating s ON s.restaurant_id = c.restaurant_id AND s.table_id = c.table_id "
      "  AND s.ended_at IS NULL "
      "WHERE c.restaurant_id = app_restaurant() AND c.table_id IS NOT NULL "
      "AND c.status IN ('OPEN', 'REOPENED') AND s.check_id IS DISTINCT FROM c.id "
      "ORDER BY c.created_at, c.id",
      OSY_NO_PARAMS, error);
}

OsyDbRows *
osy_table_store_check (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_query (
      tx,
      "WITH RECURSIVE members AS (SELECT id FROM guest_check "
      "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "  UNION SELECT c.id FROM members m JOIN guest_check c ON c.merged_into = m.id "
      "    AND c.restaurant_id = app_restaurant()) "
      "SELECT c.status, (SELECT min(o.created_at) FROM orders o "
      "    WHERE o.restaurant_id = app_restaurant() "
      "    AND o.check_id = ANY (ARRAY (SELECT id FROM members)) "
      "    AND o.status NOT IN ('REJECTED', 'CANCELED', 'EXPIRED')) AS ordered_at "
      "FROM guest_check c WHERE c.restaurant_id = app_restaurant() AND c.id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);
}

GPtrArray *
osy_table_store_orders (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id FROM orders WHERE restaurant_id = app_restaurant() AND check_id = $1::uuid "
      "AND status NOT IN ('REJECTED', 'CANCELED', 'EXPIRED') ORDER BY created_at, id",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, g_strdup (osy_db_rows_text (rows, i, "id")));
  return ids;
}

OsyDbRows *
osy_table_store_lines (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT order_id, line_id FROM order_line_place p WHERE restaurant_id = app_restaurant() "
      "AND check_id = $1::uuid AND EXISTS (SELECT FROM orders o WHERE o.restaurant_id = "
      "  app_restaurant() AND o.id = p.order_id "
      "  AND o.status NOT IN ('REJECTED', 'CANCELED', 'EXPIRED')) ORDER BY order_id, line_id",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);
}

OsyDbRows *
osy_table_store_places (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT NULL::uuid AS line_id, check_id FROM orders WHERE restaurant_id = app_restaurant() "
      "  AND id = $1::uuid "
      "UNION ALL (SELECT line_id, check_id FROM order_line_place "
      "  WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid ORDER BY line_id)",
      OSY_PARAMS (OSY_P_TEXT (order_id)), error);
}

OsyDbRows *
osy_table_store_about (OsyDbTx *tx, gboolean is_check, const char *id, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT c.id AS check_id FROM guest_check c WHERE c.restaurant_id = app_restaurant() "
      "AND c.id = CASE WHEN $2 THEN $1::uuid ELSE (SELECT o.check_id FROM orders o "
      "  WHERE o.restaurant_id = app_restaurant() AND o.id = $1::uuid) END "
      "AND (EXISTS (SELECT FROM floor_piece p WHERE p.restaurant_id = c.restaurant_id "
      "    AND p.id = c.table_id AND p.number IS NOT NULL) "
      "  OR EXISTS (SELECT FROM seating s WHERE s.restaurant_id = c.restaurant_id "
      "    AND s.check_id = c.id AND s.ended_at IS NULL))",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_BOOL (is_check)), error);
}

char *
osy_table_store_day (OsyDbTx *tx, const char *order_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT business_day::text AS day FROM orders "
                    "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
    return NULL;
  }
  return g_strdup (osy_db_rows_text (rows, 0, "day"));
}

/* ---- acts ---- */

gboolean
osy_table_store_add_act (OsyDbTx *tx, const OsyTableActRow *act, GError **error)
{
  g_autofree char *change = osy_json_print (act->change);

  return osy_db_exec (tx,
                      "DELETE FROM table_act WHERE restaurant_id = app_restaurant() AND at < $1",
                      OSY_PARAMS (OSY_P_TIME (act->at - KEPT)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO table_act (restaurant_id, id, kind, at, actor, change) "
                      "VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5::jsonb)",
                      OSY_PARAMS (OSY_P_TEXT (act->id), OSY_P_TEXT (act->kind),
                                  OSY_P_TIME (act->at), OSY_P_TEXT (act->actor),
                                  OSY_P_TEXT (change)),
                      NULL, error);
}

OsyDbRows *
osy_table_store_act (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_query (tx,
                       "SELECT kind, change, undone_by FROM table_act "
                       "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                       OSY_PARAMS (OSY_P_TEXT (id)), error);
}

gboolean
osy_table_store_undone (OsyDbTx *tx, const char *id, const char *by, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE table_act SET undone_by = $2::uuid "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (by)), NULL, error);
}
