/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An order's shares of checks. What went to another check by itself has a row; the order's own
 * share is the rest. */

#include "osy-order-share.h"

#include "osy-check-service.h"

/* Of a withdrawn order everything is taken off, whatever its lines say. */
static OsyCheckShare
as_it_stands (const OsyOrderData *order, OsyCheckShare share)
{
  if (osy_order_is_withdrawn (order))
    share.adjustments = share.withdrawn = share.orders;
  return share;
}

static OsyDbRows *
load_places (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_db_query (tx,
                       "SELECT check_id, sum(amount)::bigint AS amount, "
                       "  sum(adjusted_amount)::bigint AS adjusted FROM order_line_place "
                       "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                       "GROUP BY check_id ORDER BY check_id",
                       OSY_PARAMS (OSY_P_TEXT (order_id)), error);
}

static OsyCheckShare
share_at (const OsyDbRows *places, guint i)
{
  return (OsyCheckShare){.orders = osy_db_rows_int (places, i, "amount"),
                         .adjustments = osy_db_rows_int (places, i, "adjusted")};
}

static OsyCheckShare
rest_of (const OsyOrderData *order, const OsyDbRows *places)
{
  OsyCheckShare rest = {.orders = order->total_amount, .adjustments = order->adjusted_amount};

  for (guint i = 0; i < osy_db_rows_count (places); i++) {
    const OsyCheckShare away = share_at (places, i);
    rest.orders -= away.orders;
    rest.adjustments -= away.adjustments;
  }
  return rest;
}

gboolean
osy_order_share_own (OsyDbTx *tx, const OsyOrderData *order, OsyCheckShare *ret, GError **error)
{
  g_autoptr (OsyDbRows) places = load_places (tx, order->id, error);

  if (places != NULL)
    *ret = as_it_stands (order, rest_of (order, places));
  return places != NULL;
}

gboolean
osy_order_share_withdraw (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const OsyOrderData *order,
                          GError **error)
{
  g_autoptr (OsyDbRows) places = load_places (tx, order->id, error);

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (places); i++) {
    const OsyCheckShare away = share_at (places, i);
    if (!osy_check_service_withdraw (tx, ring, call, osy_db_rows_text (places, i, "check_id"),
                                     &away, error))
      return FALSE;
  }
  const OsyCheckShare rest = rest_of (order, places);
  return osy_check_service_withdraw (tx, ring, call, order->check_id, &rest, error);
}

/* Of a table's only round at 0 won the guests still sit there. */
static gboolean
leaves_nothing (const OsyOrderData *order)
{
  if (osy_order_is_withdrawn (order))
    return TRUE;
  return order->adjusted_amount == order->total_amount &&
         (order->total_amount > 0 || order->table_id == NULL);
}

/* While another is made, its lines may come back or more may be ordered. */
gboolean
osy_order_share_settle (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const char *check_id,
                        GError **error)
{
  g_autofree char *root = osy_check_service_root (tx, check_id, error);

  if (root == NULL)
    return FALSE;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH RECURSIVE members AS (SELECT id FROM guest_check "
      "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "  UNION SELECT c.id FROM members m JOIN guest_check c ON c.merged_into = m.id "
      "    AND c.restaurant_id = app_restaurant()) "
      "SELECT count(*) AS n, count(coalesce(o.completed_at, o.closed_at)) AS over FROM members m "
      "  JOIN orders o ON o.restaurant_id = app_restaurant() AND o.check_id = m.id",
      OSY_PARAMS (OSY_P_TEXT (root)), error);
  if (rows == NULL)
    return FALSE;
  const gint64 n = osy_db_rows_int (rows, 0, "n");
  return n == 0 || osy_db_rows_int (rows, 0, "over") < n ||
         osy_check_service_settle_free (tx, ring, call, root, error);
}

gboolean
osy_order_share_end (OsyDbTx *tx,
                     OsyKeyring *ring,
                     const OsyCall *call,
                     const OsyOrderData *order,
                     GError **error)
{
  if (!leaves_nothing (order))
    return TRUE;
  g_autoptr (OsyDbRows) places = load_places (tx, order->id, error);
  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (places); i++)
    if (!osy_order_share_settle (tx, ring, call, osy_db_rows_text (places, i, "check_id"), error))
      return FALSE;
  return osy_order_share_settle (tx, ring, call, order->check_id, error);
}

gboolean
osy_order_share_adjust (OsyDbTx *tx, const char *line_id, gint64 amount, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE order_line_place SET adjusted_amount = adjusted_amount + $2 "
                      "WHERE restaurant_id = app_restaurant() AND line_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (line_id), OSY_P_INT (amount)), NULL, error);
}

/* ---- one line ---- */

void
osy_order_line_place_clear (OsyOrderLinePlace *self)
{
  g_clear_pointer (&self->check_id, g_free);
}

static const OsyOrderLine *
find_line (const OsyOrderData *order, const char *line_id)
{
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (g_str_equal (line->line_id, line_id))
      return line;
  }
  return NULL;
}

gboolean
osy_order_share_find_line (OsyDbTx *tx,
                           const OsyOrderData *order,
                           const char *line_id,
                           gint64 adjusted,
                           OsyOrderLinePlace *ret,
                           GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT check_id, adjusted_amount FROM order_line_place "
                    "WHERE restaurant_id = app_restaurant() AND line_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (line_id)), error);

  if (rows == NULL)
    return FALSE;
  ret->line = find_line (order, line_id);
  if (ret->line == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "The order has no such line.");
    return FALSE;
  }
  ret->own = osy_db_rows_count (rows) == 0;
  ret->check_id = g_strdup (ret->own ? order->check_id : osy_db_rows_text (rows, 0, "check_id"));
  ret->share.orders = ret->line->amount;
  ret->share.adjustments = ret->own ? adjusted : osy_db_rows_int (rows, 0, "adjusted_amount");
  return TRUE;
}

gboolean
osy_order_share_put_line (OsyDbTx *tx,
                          const OsyOrderData *order,
                          const OsyOrderLinePlace *place,
                          GError **error)
{
  if (place->own)
    return osy_db_exec (tx,
                        "DELETE FROM order_line_place WHERE restaurant_id = app_restaurant() "
                        "AND line_id = $1::uuid",
                        OSY_PARAMS (OSY_P_TEXT (place->line->line_id)), NULL, error);
  return osy_db_exec (
      tx,
      "INSERT INTO order_line_place (restaurant_id, line_id, order_id, check_id, amount, "
      "  adjusted_amount) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3::uuid, $4, $5) "
      "ON CONFLICT (restaurant_id, line_id) DO UPDATE SET check_id = $3::uuid",
      OSY_PARAMS (OSY_P_TEXT (place->line->line_id), OSY_P_TEXT (order->id),
                  OSY_P_TEXT (place->check_id), OSY_P_INT (place->share.orders),
                  OSY_P_INT (place->share.adjustments)),
      NULL, error);
}

OsyCheckShare
osy_order_share_of_line (const OsyOrderData *order, const OsyOrderLinePlace *place)
{
  return as_it_stands (order, place->share);
}
