/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The money of a check, written once and used everywhere (design §4). */

#include "osy-check-service.h"

#include "osy-check-store.h"

gboolean
osy_check_service_withdraw (OsyDbTx *tx,
                            const OsyCall *call,
                            const char *check_id,
                            gint64 amount,
                            GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  return osy_check_store_adjust (tx, check_id, amount, error) &&
         osy_check_store_void_if_empty (tx, check_id, error);
}

gboolean
osy_check_service_totals (OsyDbTx *tx, const char *check_id, OsyCheckTotals *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_check_store_load (tx, check_id, error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such check.");
    return FALSE;
  }
  ret->total =
      osy_db_rows_int (rows, 0, "orders_amount") - osy_db_rows_int (rows, 0, "adjustments_amount");
  ret->owed = ret->total - osy_db_rows_int (rows, 0, "tenders_amount") +
              osy_db_rows_int (rows, 0, "refunds_amount");
  return TRUE;
}
