/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of checks. */

#include "osy-check-store.h"

gboolean
osy_check_store_adjust (OsyDbTx *tx, const char *check_id, gint64 amount, GError **error)
{
  gint64 affected = 0;

  if (!osy_db_exec (tx,
                    "UPDATE guest_check SET adjustments_amount = adjustments_amount + $2, "
                    "version = version + 1 WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid AND status IN ('OPEN', 'REOPENED')",
                    OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_INT (amount)), &affected, error))
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
                      "UPDATE guest_check SET status = 'VOIDED', version = version + 1 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                      "AND status = 'OPEN' AND orders_amount = adjustments_amount "
                      "AND tenders_amount = 0",
                      OSY_PARAMS (OSY_P_TEXT (check_id)), NULL, error);
}

OsyDbRows *
osy_check_store_load (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_query (tx,
                       "SELECT orders_amount, adjustments_amount, tenders_amount, refunds_amount "
                       "FROM guest_check WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                       OSY_PARAMS (OSY_P_TEXT (check_id)), error);
}
