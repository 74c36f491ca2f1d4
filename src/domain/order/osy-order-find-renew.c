/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What orders are found by, computed with a new secret: for each order what is new is added before
 * what is old goes, in one statement, so a search finds it by one or the other. */

#include "osy-order-cells.h"
#include "osy-order-find-key.h"
#include "osy-order-find.h"

static gboolean
open_cell (const OsyDbRows *rows,
           guint i,
           OsyKeyring *ring,
           const char *column,
           char **ret,
           GError **error)
{
  const OsyCell cell = {osy_db_rows_text (rows, i, "restaurant_id"), "orders", column,
                        osy_db_rows_text (rows, i, "id")};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, i, column);

  return osy_order_cell_open (ring, &cell, sealed, ret, error);
}

static gboolean
renew_order (OsyDbTx *tx, const OsyDbRows *rows, guint i, OsyKeyring *ring, GError **error)
{
  const char *shop_id = osy_db_rows_text (rows, i, "restaurant_id");
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;

  if (!open_cell (rows, i, ring, "customer_name_enc", &name, error) ||
      !open_cell (rows, i, ring, "customer_phone_enc", &phone, error))
    return FALSE;
  g_autoptr (GArray) keys = osy_order_find_person_keys (ring, shop_id, name, phone);
  return osy_db_exec (
      tx,
      "WITH o AS (SELECT created_at, find_keys FROM orders "
      "  WHERE restaurant_id = $1::uuid AND id = $2::uuid), "
      "gone AS (DELETE FROM order_find f USING o, unnest(o.find_keys) AS old "
      "  WHERE f.restaurant_id = $1::uuid AND f.key = old AND f.created_at = o.created_at "
      "    AND f.order_id = $2::uuid AND " OSY_ORDER_FIND_IS_PERSONAL (
          "old") " "
                 "    AND old <> ALL ($3::bigint[])), "
                 "come AS (INSERT INTO order_find (restaurant_id, key, created_at, order_id) "
                 "  SELECT $1::uuid, new, o.created_at, $2::uuid FROM o, unnest($3::bigint[]) AS "
                 "new "
                 "  ON CONFLICT DO NOTHING) "
                 "UPDATE orders SET find_keys = $3::bigint[] || ARRAY(SELECT old "
                 "  FROM o, unnest(o.find_keys) AS old WHERE NOT " OSY_ORDER_FIND_IS_PERSONAL (
                     "old") ") "
                            "WHERE restaurant_id = $1::uuid AND id = $2::uuid",
      OSY_PARAMS (OSY_P_TEXT (shop_id), OSY_P_TEXT (osy_db_rows_text (rows, i, "id")),
                  OSY_P_INTS (keys)),
      NULL, error);
}

gboolean
osy_order_find_renew (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const char *from,
                      const char *to,
                      gint64 *done,
                      GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT restaurant_id, id, customer_name_enc, customer_phone_enc FROM orders "
                    "WHERE ctid >= $1::text::tid AND ctid < $2::text::tid "
                    "AND EXISTS (SELECT FROM unnest(find_keys) AS key "
                    "  WHERE " OSY_ORDER_FIND_IS_PERSONAL ("key") ") FOR NO KEY UPDATE",
                    OSY_PARAMS (OSY_P_TEXT (from), OSY_P_TEXT (to)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (!renew_order (tx, rows, i, ring, error))
      return FALSE;
  *done += osy_db_rows_count (rows);
  return TRUE;
}
