/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the saga asks of payments. Everything may be asked again: what is done already stays done.
 */

#include "osy-payment-service.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-money.h"
#include "osy-payment-room.h"
#include "osy-payment-take.h"

gboolean
osy_payment_service_expect (OsyDbTx *tx,
                            const char *order_id,
                            gint64 amount,
                            gint64 deadline,
                            GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO payment_expectation AS e (restaurant_id, order_id, amount, deadline) "
      "VALUES (app_restaurant(), $1::uuid, $2, $3) ON CONFLICT (restaurant_id, order_id) "
      "DO UPDATE SET amount = CASE WHEN e.undone_at IS NULL THEN $2 ELSE e.amount END, "
      "deadline = CASE WHEN e.undone_at IS NULL THEN $3 ELSE e.deadline END",
      OSY_PARAMS (OSY_P_TEXT (order_id), OSY_P_INT (amount), OSY_P_TIME (deadline)), NULL, error);
}

/* ---- undoing ---- */

/* A payment that is under way: whatever comes of it goes back. */
static gboolean
mark_undone (const OsyPaymentAct *act,
             const OsyPaymentHeld *held,
             const char *reason,
             GError **error)
{
  const char *id = osy_db_rows_text (held->row, 0, "id");
  gboolean waiting = g_str_equal (osy_db_rows_text (held->row, 0, "status"), OSY_PAYMENT_WAITING);
  const OsyPaymentStep step = {.id = id, .undo_reason = reason};
  const OsyPaymentTask task = {"PAYMENT", "CANCEL", id, id, 0};

  if (!osy_db_rows_is_null (held->row, 0, "undo_reason_enc"))
    return TRUE;
  return osy_payment_store_step (act->tx, act->ring, &step, error) &&
         (!waiting || osy_payment_store_queue (act->tx, &task, error)) &&
         osy_payment_tell (act, id, "cancel_requested", osy_db_rows_int (held->row, 0, "amount"),
                           error);
}

static gboolean
undo_payment (const OsyPaymentAct *act, const char *id, const char *reason, GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};
  const OsyPaymentStep gone = {.id = id, .status = OSY_PAYMENT_CANCELED};

  if (!osy_payment_hold (act, id, &held, error))
    return FALSE;
  const char *status = osy_db_rows_text (held.row, 0, "status");
  gint64 amount = osy_db_rows_int (held.row, 0, "amount");
  gint64 left = amount - osy_db_rows_int (held.row, 0, "held_amount");
  const OsyRefundWanted wanted = {.amount = left, .tax_free = -1, .reason = reason};
  if (g_str_equal (status, OSY_PAYMENT_CREATED))
    return osy_payment_store_step (act->tx, act->ring, &gone, error) &&
           osy_payment_tell (act, id, "canceled", amount, error);
  if (osy_payment_is_pending (status))
    return mark_undone (act, &held, reason, error);
  return !osy_payment_is_captured (status) || left == 0 ||
         osy_payment_refund (act, &held, &wanted, NULL, error);
}

gboolean
osy_payment_service_undo_order (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *order_id,
                                const char *reason,
                                GError **error)
{
  const OsyPaymentAct act = {tx, ring, call};

  if (!osy_db_exec (tx,
                    "INSERT INTO payment_expectation AS e (restaurant_id, order_id, amount, "
                    "undone_at) VALUES (app_restaurant(), $1::uuid, 0, $2) "
                    "ON CONFLICT (restaurant_id, order_id) DO UPDATE SET "
                    "undone_at = coalesce(e.undone_at, $2)",
                    OSY_PARAMS (OSY_P_TEXT (order_id), OSY_P_TIME (osy_clock_now ())), NULL, error))
    return FALSE;
  g_autoptr (GPtrArray) ids = osy_payment_store_of_order (tx, order_id, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!undo_payment (&act, g_ptr_array_index (ids, i), reason, error))
      return FALSE;
  return ids != NULL;
}

/* ---- paid at a platform ---- */

gboolean
osy_payment_on_channel (OsyDbTx *tx,
                        const OsyCall *call,
                        const OsyEvent *event,
                        gpointer room,
                        GError **error)
{
  const OsyPaymentAct act = {tx, ((OsyPaymentRoom *)room)->ring, call};
  g_autoptr (JsonNode) payload = osy_json_parse (event->payload, strlen (event->payload), error);

  if (payload == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (payload);
  osy_json_reader_ignore_unknown (reader);
  const char *order_id = osy_json_reader_id (reader, "order_id");
  gboolean prepaid = osy_json_reader_opt_bool (reader, "prepaid", FALSE);
  gint64 discount = osy_json_reader_int (reader, "platform_discount", 0, OSY_MONEY_MAX);
  return osy_json_reader_finish (reader, error) &&
         (!prepaid || osy_payment_take_platform (&act, order_id, discount, error));
}

/* ---- what is known ---- */

GHashTable *
osy_payment_service_orders_money (OsyDbTx *tx, GPtrArray *order_ids, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT o.id, e.amount AS expected, e.undone_at, "
      "coalesce(sum(p.amount) FILTER (WHERE p.status IN ('PAID', 'PARTIALLY_REFUNDED', "
      "  'REFUNDED')), 0)::bigint AS captured, "
      "coalesce(sum(p.refunded_amount), 0)::bigint AS refunded, "
      "coalesce(sum(p.amount) FILTER (WHERE p.status IN ('SUBMITTED', 'UNKNOWN', "
      "  'WAITING_FOR_DEPOSIT')), 0)::bigint AS under_way, "
      "max(p.due_at) FILTER (WHERE p.status = 'WAITING_FOR_DEPOSIT') AS due_at, "
      "e.undone_at IS NOT NULL AND NOT coalesce(bool_or(CASE "
      "  WHEN p.status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') THEN p.held_amount < p.amount "
      "  WHEN p.status IN ('SUBMITTED', 'UNKNOWN', 'WAITING_FOR_DEPOSIT') "
      "    THEN p.undo_reason_enc IS NULL ELSE p.status = 'CREATED' END), false) AS all_undone "
      "FROM unnest($1::uuid[]) AS o(id) LEFT JOIN payment_expectation e "
      "  ON e.restaurant_id = app_restaurant() AND e.order_id = o.id "
      "LEFT JOIN payment p ON p.restaurant_id = app_restaurant() AND p.order_id = o.id "
      "GROUP BY o.id, e.amount, e.undone_at",
      OSY_PARAMS (OSY_P_TEXTS (order_ids)), error);

  if (rows == NULL)
    return NULL;
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const OsyOrderMoney money = {.expected = osy_db_rows_int (rows, i, "expected"),
                                 .captured = osy_db_rows_int (rows, i, "captured"),
                                 .refunded = osy_db_rows_int (rows, i, "refunded"),
                                 .under_way = osy_db_rows_int (rows, i, "under_way"),
                                 .due_at = osy_db_rows_time (rows, i, "due_at"),
                                 .undone = !osy_db_rows_is_null (rows, i, "undone_at"),
                                 .all_undone = osy_db_rows_bool (rows, i, "all_undone")};
    g_hash_table_insert (found, g_strdup (osy_db_rows_text (rows, i, "id")),
                         g_memdup2 (&money, sizeof money));
  }
  return found;
}

gboolean
osy_payment_service_order_money (OsyDbTx *tx,
                                 const char *order_id,
                                 OsyOrderMoney *ret,
                                 GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (char *)order_id);
  g_autoptr (GHashTable) found = osy_payment_service_orders_money (tx, ids, error);
  const OsyOrderMoney *money = found != NULL ? g_hash_table_lookup (found, order_id) : NULL;
  *ret = money != NULL ? *money : (OsyOrderMoney){0};
  return found != NULL;
}

gboolean
osy_payment_service_order_paid (OsyDbTx *tx,
                                const char *order_id,
                                gint64 *captured,
                                gint64 *refunded,
                                GError **error)
{
  OsyOrderMoney money = {0};

  if (!osy_payment_service_order_money (tx, order_id, &money, error))
    return FALSE;
  *captured = money.captured;
  *refunded = money.refunded;
  return TRUE;
}
