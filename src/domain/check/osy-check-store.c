/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of checks. */

#include "osy-check-store.h"

#include "osy-clock.h"

static gboolean
refuse_unknown (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such check.");
  return FALSE;
}

/* ---- reading ---- */

OsyDbRows *
osy_check_store_lock (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx,
                                             "SELECT * FROM guest_check WHERE restaurant_id = "
                                             "app_restaurant() AND id = $1::uuid FOR UPDATE",
                                             OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  if (rows != NULL && osy_db_rows_count (rows) == 0) {
    refuse_unknown (error);
    return NULL;
  }
  return g_steal_pointer (&rows);
}

char *
osy_check_store_root (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH RECURSIVE up AS (SELECT id, merged_into FROM guest_check "
      "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "  UNION SELECT c.id, c.merged_into FROM up JOIN guest_check c ON c.id = up.merged_into "
      "    AND c.restaurant_id = app_restaurant()) "
      "SELECT id FROM up WHERE merged_into IS NULL",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    refuse_unknown (error);
    return NULL;
  }
  return g_strdup (osy_db_rows_text (rows, 0, "id"));
}

OsyDbRows *
osy_check_store_sums (OsyDbTx *tx, const char *check_id, gboolean group, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH RECURSIVE members AS (SELECT * FROM guest_check "
      "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "  UNION ALL SELECT c.* FROM members m JOIN guest_check c ON c.merged_into = m.id "
      "    AND c.restaurant_id = app_restaurant() WHERE $2) "
      "SELECT count(*) AS n, sum(total_amount)::bigint AS total, "
      "  sum(tenders_amount)::bigint AS tenders, sum(refunds_amount)::bigint AS refunds "
      "FROM members",
      OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_BOOL (group)), error);

  if (rows != NULL && osy_db_rows_int (rows, 0, "n") == 0) {
    refuse_unknown (error);
    return NULL;
  }
  return g_steal_pointer (&rows);
}

OsyDbRows *
osy_check_store_for_table (OsyDbTx *tx, const char *table_id, GError **error)
{
  return osy_db_query (tx,
                       "SELECT id, merged_into FROM guest_check "
                       "WHERE restaurant_id = app_restaurant() AND table_id = $1::uuid "
                       "AND status IN ('OPEN', 'REOPENED', 'MERGED') "
                       "ORDER BY status = 'MERGED', created_at DESC",
                       OSY_PARAMS (OSY_P_TEXT (table_id)), error);
}

gint64
osy_check_store_version (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT version FROM guest_check WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  return rows != NULL && osy_db_rows_count (rows) == 1 ? osy_db_rows_int (rows, 0, "version") : 0;
}

/* ---- changing ---- */

static gboolean
change (OsyDbTx *tx, const char *sql, const OsyDbParam *params, gsize n_params, GError **error)
{
  gint64 affected = 0;

  if (!osy_db_exec (tx, sql, params, n_params, &affected, error))
    return FALSE;
  if (affected == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "The check is closed; reopen it first.");
    return FALSE;
  }
  return TRUE;
}

gboolean
osy_check_store_void_if_empty (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE guest_check SET status = 'VOIDED' "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                      "AND status = 'OPEN' AND orders_amount = withdrawn_amount "
                      "AND tenders_amount = 0 AND NOT EXISTS (SELECT FROM guest_check m "
                      "  WHERE m.restaurant_id = app_restaurant() AND m.merged_into = $1::uuid)",
                      OSY_PARAMS (OSY_P_TEXT (check_id)), NULL, error);
}

gboolean
osy_check_store_open (OsyDbTx *tx, const char *id, const OsyCheckOpening *opening, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO guest_check (restaurant_id, id, status, created_at, business_day, table_id, "
      "  guest_count) VALUES (app_restaurant(), $1::uuid, 'OPEN', $2, $3::date, $4::uuid, "
      "  nullif($5::int, 0))",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (osy_clock_now ()),
                  OSY_P_TEXT (opening->business_day), OSY_P_TEXT (opening->table_id),
                  OSY_P_INT (opening->guest_count)),
      NULL, error);
}

/* An order of no won is one, too: so it is orders that are looked for, not amounts. */
gboolean
osy_check_store_drop (OsyDbTx *tx, const char *check_id, gboolean *dropped, GError **error)
{
  gint64 affected = 0;
  gboolean done = osy_db_exec (
      tx,
      "UPDATE guest_check c SET status = 'VOIDED', version = version + 1 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = 'OPEN' "
      "AND tenders_amount = 0 AND NOT EXISTS (SELECT FROM orders o "
      "  WHERE o.restaurant_id = app_restaurant() AND o.check_id = c.id) "
      "AND NOT EXISTS (SELECT FROM order_line_place p "
      "  WHERE p.restaurant_id = app_restaurant() AND p.check_id = c.id) "
      "AND NOT EXISTS (SELECT FROM guest_check m WHERE m.restaurant_id = app_restaurant() "
      "  AND m.merged_into = c.id)",
      OSY_PARAMS (OSY_P_TEXT (check_id)), &affected, error);

  *dropped = affected > 0;
  return done;
}

gboolean
osy_check_store_set_table (OsyDbTx *tx, const char *check_id, const char *table_id, GError **error)
{
  return change (tx,
                 "UPDATE guest_check SET table_id = $2::uuid, version = version + 1 "
                 "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                 "AND (status <> 'VOIDED' OR $2::uuid IS NULL)",
                 OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_TEXT (table_id)), error);
}

gboolean
osy_check_store_set_guests (OsyDbTx *tx, const char *check_id, int guest_count, GError **error)
{
  return change (tx,
                 "UPDATE guest_check SET guest_count = nullif($2::int, 0), version = version + 1 "
                 "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                 OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_INT (guest_count)), error);
}

gboolean
osy_check_store_point (OsyDbTx *tx, const char *check_id, const char *into, GError **error)
{
  return change (tx,
                 "UPDATE guest_check SET merged_into = $2::uuid, version = version + 1, "
                 "status = CASE WHEN $2::uuid IS NULL THEN 'OPEN' ELSE 'MERGED' END "
                 "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = "
                 "CASE WHEN $2::uuid IS NULL THEN 'MERGED' ELSE 'OPEN' END",
                 OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_TEXT (into)), error);
}

#define SHIFT                                                        \
  "UPDATE guest_check SET orders_amount = orders_amount + $2, "      \
  "adjustments_amount = adjustments_amount + $3, "                   \
  "withdrawn_amount = withdrawn_amount + $4, version = version + 1 " \
  "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "

gboolean
osy_check_store_shift (OsyDbTx *tx, const char *check_id, const OsyCheckShare *by, GError **error)
{
  return change (tx, SHIFT "AND status IN ('OPEN', 'REOPENED', 'MERGED')",
                 OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_INT (by->orders),
                             OSY_P_INT (by->adjustments), OSY_P_INT (by->withdrawn)),
                 error);
}

gboolean
osy_check_store_withdraw (OsyDbTx *tx,
                          const char *check_id,
                          const OsyCheckShare *by,
                          GError **error)
{
  return change (tx, SHIFT "AND status <> 'VOIDED'",
                 OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_INT (by->orders),
                             OSY_P_INT (by->adjustments), OSY_P_INT (by->withdrawn)),
                 error);
}

gboolean
osy_check_store_post (OsyDbTx *tx, const OsyCheckMoney *money, GError **error)
{
  return change (tx,
                 "UPDATE guest_check SET tenders_amount = tenders_amount + $2, "
                 "refunds_amount = refunds_amount + $3, version = version + 1 "
                 "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                 OSY_PARAMS (OSY_P_TEXT (money->check_id), OSY_P_INT (money->tendered),
                             OSY_P_INT (money->refunded)),
                 error);
}

gboolean
osy_check_store_settle (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE guest_check SET status = 'SETTLED' "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                      "AND status IN ('OPEN', 'REOPENED') AND tenders_amount > 0",
                      OSY_PARAMS (OSY_P_TEXT (check_id)), NULL, error);
}

gboolean
osy_check_store_settle_free (OsyDbTx *tx, const char *check_id, gboolean *settled, GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (tx,
                             "UPDATE guest_check SET status = 'SETTLED', version = version + 1 "
                             "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                             "AND status IN ('OPEN', 'REOPENED') AND tenders_amount = 0",
                             OSY_PARAMS (OSY_P_TEXT (check_id)), &affected, error);

  *settled = affected > 0;
  return ok;
}

gboolean
osy_check_store_reopen_free (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE guest_check c SET status = 'OPEN', version = version + 1 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = 'SETTLED' "
      "AND tenders_amount = 0 AND NOT EXISTS (SELECT FROM guest_check t "
      "  WHERE t.restaurant_id = app_restaurant() AND t.table_id = c.table_id "
      "  AND t.status IN ('OPEN', 'REOPENED'))",
      OSY_PARAMS (OSY_P_TEXT (check_id)), NULL, error);
}

gboolean
osy_check_store_amend (OsyDbTx *tx,
                       const char *check_id,
                       const OsyCheckAmend *amend,
                       GError **error)
{
  return change (
      tx,
      "UPDATE guest_check SET adjustments_amount = adjustments_amount + $2, "
      "discount_percent = discount_percent + $3::int, discount_amount = discount_amount + $4, "
      "service_percent = coalesce($5::int, service_percent), "
      "bill_printed_at = coalesce($6, bill_printed_at), version = version + 1 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "AND status IN ('OPEN', 'REOPENED', 'MERGED')",
      OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_INT (amend->adjustments), OSY_P_INT (amend->percent),
                  OSY_P_INT (amend->discount),
                  amend->service ? OSY_P_INT (amend->service_percent) : OSY_P_NULL,
                  OSY_P_TIME (amend->printed ? osy_clock_now () : 0)),
      error);
}
