/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of reservations and of what is left. */

#include "osy-stock-store.h"

#include "osy-clock.h"
#include "osy-json.h"

gboolean
osy_stock_store_find (OsyDbTx *tx,
                      const OsyStockWant *want,
                      OsyStockReservation *ret,
                      GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT status, whole, version FROM stock_reservation "
      "WHERE restaurant_id = app_restaurant() AND subject_type = $1 AND subject_id = $2::uuid "
      "FOR UPDATE",
      OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id)), error);

  if (rows == NULL)
    return FALSE;
  ret->status = NULL;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  ret->status = g_strdup (osy_db_rows_text (rows, 0, "status"));
  ret->whole = osy_db_rows_bool (rows, 0, "whole");
  ret->version = osy_db_rows_int (rows, 0, "version");
  return TRUE;
}

gboolean
osy_stock_store_open (OsyDbTx *tx,
                      const OsyStockWant *want,
                      const char *status,
                      OsyStockReservation *ret,
                      gboolean *fresh,
                      GError **error)
{
  gboolean over = !g_str_equal (status, OSY_STOCK_RESERVED);
  gint64 affected = 0;
  gint64 now = osy_clock_now ();

  if (!osy_db_exec (tx,
                    "INSERT INTO stock_reservation (restaurant_id, subject_type, subject_id, "
                    "status, created_at, closed_at) VALUES (app_restaurant(), $1, $2::uuid, $3, "
                    "$4, $5) ON CONFLICT DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                                OSY_P_TEXT (status), OSY_P_TIME (now), OSY_P_TIME (over ? now : 0)),
                    &affected, error))
    return FALSE;
  *fresh = affected > 0;
  return osy_stock_store_find (tx, want, ret, error);
}

gboolean
osy_stock_store_take (OsyDbTx *tx, const OsyStockWant *want, GPtrArray **short_of, GError **error)
{
  g_autofree char *items = osy_json_print (want->items);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT ingredient_id FROM stock_take($1, $2::uuid, $3::jsonb)",
                    OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                                OSY_P_TEXT (items)),
                    error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    *short_of = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (*short_of, g_strdup (osy_db_rows_text (rows, i, "ingredient_id")));
  return TRUE;
}

gboolean
osy_stock_store_set_voids (OsyDbTx *tx,
                           const OsyStockWant *want,
                           const OsyStockVoids *voids,
                           GError **error)
{
  g_autofree char *freed = osy_json_print (voids->freed);
  g_autofree char *wasted = osy_json_print (voids->wasted);

  return osy_db_exec (tx,
                      "UPDATE stock_reservation SET voids = jsonb_build_object('freed', $3::jsonb, "
                      "'wasted', $4::jsonb) WHERE restaurant_id = app_restaurant() "
                      "AND subject_type = $1 AND subject_id = $2::uuid",
                      OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                                  OSY_P_TEXT (freed), OSY_P_TEXT (wasted)),
                      NULL, error);
}

gboolean
osy_stock_store_apply (OsyDbTx *tx, const OsyStockWant *want, const char *actor, GError **error)
{
  return osy_db_exec (tx, "SELECT stock_apply($1, $2::uuid, $3, $4)",
                      OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                                  OSY_P_TEXT (actor), OSY_P_TIME (osy_clock_now ())),
                      NULL, error);
}

gboolean
osy_stock_store_forget (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM stock_hold h USING stock_reservation r "
                      "WHERE r.restaurant_id = h.restaurant_id AND r.subject_type = h.subject_type "
                      "AND r.subject_id = h.subject_id AND r.closed_at < $1",
                      OSY_PARAMS (OSY_P_TIME (before)), NULL, error) &&
         osy_db_exec (tx, "DELETE FROM stock_reservation WHERE closed_at < $1",
                      OSY_PARAMS (OSY_P_TIME (before)), NULL, error);
}

gboolean
osy_stock_store_held (OsyDbTx *tx, const OsyStockWant *want, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT EXISTS (SELECT FROM stock_hold WHERE restaurant_id = app_restaurant() "
      "AND subject_type = $1 AND subject_id = $2::uuid) AS held",
      OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id)), error);

  *ret = rows != NULL && osy_db_rows_bool (rows, 0, "held");
  return rows != NULL;
}

gint64
osy_stock_store_settle (OsyDbTx *tx, const OsyStockWant *want, gint64 expires_at, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "UPDATE stock_reservation SET whole = true, expires_at = $3, "
                    "version = version + 1 WHERE restaurant_id = app_restaurant() "
                    "AND subject_type = $1 AND subject_id = $2::uuid RETURNING version",
                    OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                                OSY_P_TIME (expires_at)),
                    error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "version") : -1;
}

gint64
osy_stock_store_close (OsyDbTx *tx,
                       const OsyStockWant *want,
                       const char *status,
                       const char *actor,
                       GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT stock_close($1, $2::uuid, $3, $4, $5) AS version",
      OSY_PARAMS (OSY_P_TEXT (want->subject_type), OSY_P_TEXT (want->subject_id),
                  OSY_P_TEXT (status), OSY_P_TEXT (actor), OSY_P_TIME (osy_clock_now ())),
      error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "version") : -1;
}

GPtrArray *
osy_stock_store_expired (OsyDbTx *tx, gint64 now, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT subject_type, subject_id FROM stock_reservation "
                    "WHERE restaurant_id = app_restaurant() AND status = 'RESERVED' "
                    "AND expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED",
                    OSY_PARAMS (OSY_P_TIME (now), OSY_P_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_ptr_array_add (list, g_strdup (osy_db_rows_text (rows, i, "subject_type")));
    g_ptr_array_add (list, g_strdup (osy_db_rows_text (rows, i, "subject_id")));
  }
  return list;
}

GPtrArray *
osy_stock_store_expired_shops (OsyDbTx *tx, gint64 now, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx,
                                             "SELECT DISTINCT restaurant_id FROM stock_reservation "
                                             "WHERE status = 'RESERVED' AND expires_at <= $1",
                                             OSY_PARAMS (OSY_P_TIME (now)), error);

  if (rows == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (list, g_strdup (osy_db_rows_text (rows, i, "restaurant_id")));
  return list;
}

static void
left_free (gpointer data)
{
  OsyStockLeft *left = data;

  g_free (left->id);
  g_free (left);
}

GPtrArray *
osy_stock_store_left (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM stock_left()", OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (left_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyStockLeft *left = g_new0 (OsyStockLeft, 1);
    left->id = g_strdup (osy_db_rows_text (rows, i, "owner_id"));
    left->is_option = g_str_equal (osy_db_rows_text (rows, i, "owner_type"), "OPTION");
    left->portions = osy_db_rows_int (rows, i, "portions");
    left->out_of_stock = osy_db_rows_bool (rows, i, "out_of_stock");
    g_ptr_array_add (list, left);
  }
  return list;
}
