/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Receipts for cash (integrations 5.3): the row first, then the payment service is asked; one at a
 * time of a payment. */

#include "osy-cash-receipt.h"

#include <string.h>

#include "osy-business-number.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-payment-setup.h"
#include "osy-phone.h"

static gboolean
refuse_identity (GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (
      OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "That is no number a receipt can be issued to.");

  osy_error_add_field (refusal, "/cash_receipt/identity", "FORMAT", refusal->message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Returns: (transfer full) (nullable): digits alone. */
static char *
identity_of (const OsyCashReceiptWanted *wanted)
{
  if (g_str_equal (wanted->kind, "SELF"))
    return g_strdup (OSY_CASH_RECEIPT_NOBODY);
  if (wanted->identity == NULL)
    return NULL;
  if (g_str_equal (wanted->kind, "BUSINESS"))
    return osy_business_number_normalise (wanted->identity);
  g_autofree char *digits = osy_phone_digits (wanted->identity);
  gsize len = strlen (digits);
  return g_str_has_prefix (digits, "01") && len >= 10 && len <= 11 ? g_steal_pointer (&digits)
                                                                   : NULL;
}

/* One more version of the payment, which carries its receipt. */
static gboolean
tell (const OsyPaymentAct *act,
      const char *payment_id,
      const char *what,
      gint64 amount,
      GError **error)
{
  const OsyPaymentStep touched = {.id = payment_id};

  return osy_payment_store_step (act->tx, act->ring, &touched, error) &&
         osy_payment_tell (act, payment_id, what, amount, error);
}

static gboolean
write_receipt (const OsyPaymentAct *act,
               const OsyCashReceiptWanted *wanted,
               const OsyDbRows *row,
               const char *identity,
               GError **error)
{
  g_autofree char *id = osy_id_new ();
  const OsyCell cell = {osy_db_tx_restaurant (act->tx), "cash_receipt", "identity_enc", id};
  g_autoptr (GBytes) sealed = osy_keyring_seal (act->ring, &cell, identity, error);
  gint64 amount = osy_db_rows_int (row, 0, "amount") - osy_db_rows_int (row, 0, "held_amount");
  gint64 tax_free =
      osy_db_rows_int (row, 0, "tax_free_amount") - osy_db_rows_int (row, 0, "held_tax_free");

  const OsyPaymentTask task = {"RECEIPT", "ISSUE", wanted->payment_id, id, 0};

  return sealed != NULL &&
         osy_db_exec (act->tx,
                      "INSERT INTO cash_receipt (restaurant_id, id, payment_id, status, kind, "
                      "amount, tax_free_amount, identity_enc, actor, created_at) VALUES "
                      "(app_restaurant(), $1::uuid, $2::uuid, 'REQUESTED', $3, $4, $5, $6, $7, $8)",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (wanted->payment_id),
                                  OSY_P_TEXT (wanted->kind), OSY_P_INT (amount),
                                  OSY_P_INT (tax_free), OSY_P_BYTES (sealed),
                                  OSY_P_TEXT (osy_principal_actor (act->call->principal)),
                                  OSY_P_TIME (osy_clock_now ())),
                      NULL, error) &&
         osy_payment_store_queue (act->tx, &task, error) &&
         tell (act, wanted->payment_id, "receipt_requested", amount, error);
}

/* (transfer full): the receipt that holds, locked; no row: none. */
static OsyDbRows *
lock_receipt (const OsyPaymentAct *act, const char *payment_id, GError **error)
{
  return osy_db_query (act->tx,
                       "SELECT id, status, amount FROM cash_receipt WHERE restaurant_id = "
                       "app_restaurant() AND payment_id = $1::uuid AND status IN "
                       "('REQUESTED', 'ISSUED', 'CANCEL_REQUESTED') FOR UPDATE",
                       OSY_PARAMS (OSY_P_TEXT (payment_id)), error);
}

gboolean
osy_cash_receipt_ask (const OsyPaymentAct *act, const OsyCashReceiptWanted *wanted, GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};
  g_autofree char *identity = identity_of (wanted);
  g_autoptr (OsyPaymentSetup) setup = osy_payment_setup_load (act->tx, error);

  if (setup == NULL || !osy_payment_hold (act, wanted->payment_id, &held, error))
    return FALSE;
  if (identity == NULL)
    return refuse_identity (error);
  if (!setup->secret_key_set)
    return osy_payment_refuse (OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE,
                               "Receipts need a contract with the payment service; issue it at the "
                               "card terminal.",
                               error);
  const char *status = osy_db_rows_text (held.row, 0, "status");
  gboolean left =
      osy_db_rows_int (held.row, 0, "held_amount") < osy_db_rows_int (held.row, 0, "amount");
  if (!g_str_equal (osy_db_rows_text (held.row, 0, "method"), OSY_PAYMENT_CASH) ||
      !osy_payment_is_captured (status) || !left)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "Receipts are for cash that was kept.",
                               error);
  g_autoptr (OsyDbRows) known = lock_receipt (act, wanted->payment_id, error);
  if (known == NULL)
    return FALSE;
  if (osy_db_rows_count (known) > 0)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "There is a receipt of it already.",
                               error);
  return write_receipt (act, wanted, held.row, identity, error);
}

gboolean
osy_cash_receipt_cancel (const OsyPaymentAct *act,
                         const char *payment_id,
                         gint64 amount,
                         GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};

  if (!osy_payment_hold (act, payment_id, &held, error))
    return FALSE;
  g_autoptr (OsyDbRows) known = lock_receipt (act, payment_id, error);
  if (known == NULL)
    return FALSE;
  if (osy_db_rows_count (known) == 0 ||
      !g_str_equal (osy_db_rows_text (known, 0, "status"), "ISSUED"))
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "There is no receipt of it to cancel.",
                               error);
  const char *id = osy_db_rows_text (known, 0, "id");
  const OsyPaymentTask task = {"RECEIPT", "CANCEL", payment_id, id, 0};
  return osy_db_exec (act->tx,
                      "UPDATE cash_receipt SET status = 'CANCEL_REQUESTED', cancel_no = cancel_no "
                      "+ 1, cancel_amount = coalesce(nullif($2, 0), amount) "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_INT (amount)), NULL, error) &&
         osy_payment_store_queue (act->tx, &task, error) &&
         tell (act, payment_id, "receipt_cancel_requested", osy_db_rows_int (known, 0, "amount"),
               error);
}

gboolean
osy_cash_receipt_follow (const OsyPaymentAct *act, const char *payment_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      act->tx,
      "SELECT least(r.amount, r.amount - p.amount + p.held_amount) AS over FROM cash_receipt r "
      "JOIN payment p ON p.restaurant_id = r.restaurant_id AND p.id = r.payment_id "
      "WHERE r.restaurant_id = app_restaurant() AND r.payment_id = $1::uuid "
      "  AND r.status = 'ISSUED' AND r.amount > p.amount - p.held_amount",
      OSY_PARAMS (OSY_P_TEXT (payment_id)), error);

  if (rows == NULL)
    return FALSE;
  return osy_db_rows_count (rows) == 0 ||
         osy_cash_receipt_cancel (act, payment_id, osy_db_rows_int (rows, 0, "over"), error);
}

gboolean
osy_cash_receipt_end (const OsyPaymentAct *act, const OsyCashReceiptStep *step, GError **error)
{
  const char *shop = osy_db_tx_restaurant (act->tx);
  const OsyCell key_cell = {shop, "cash_receipt", "receipt_key_enc", step->id};
  const OsyCell no_cell = {shop, "cash_receipt", "approval_no_enc", step->id};
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) key = osy_keyring_seal (act->ring, &key_cell, step->receipt_key, &local);
  g_autoptr (GBytes) number =
      local == NULL ? osy_keyring_seal (act->ring, &no_cell, step->approval_no, &local) : NULL;
  gint64 changed = 0;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_autofree char *what = g_ascii_strdown (step->status, -1);
  g_autofree char *event = g_strconcat ("receipt_", what, NULL);
  return osy_db_exec (
             act->tx,
             "UPDATE cash_receipt SET status = CASE WHEN $2 = 'CANCELED' AND cancel_amount "
             "  < amount THEN 'ISSUED' ELSE $2 END, cancel_amount = NULL, "
             "amount = CASE WHEN $2 = 'CANCELED' AND cancel_amount < amount "
             "  THEN amount - cancel_amount ELSE amount END, "
             "tax_free_amount = CASE WHEN $2 = 'CANCELED' AND cancel_amount < amount "
             "  THEN least(tax_free_amount, amount - cancel_amount) "
             "  ELSE tax_free_amount END, "
             "receipt_key_enc = coalesce($3, receipt_key_enc), "
             "approval_no_enc = coalesce($4, approval_no_enc), failure_code = $5, "
             "issued_at = CASE WHEN $2 = 'ISSUED' THEN coalesce(issued_at, $6) "
             "  ELSE issued_at END, "
             "canceled_at = CASE WHEN $2 = 'CANCELED' THEN $6 END "
             "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status <> $2",
             OSY_PARAMS (OSY_P_TEXT (step->id), OSY_P_TEXT (step->status), OSY_P_BYTES (key),
                         OSY_P_BYTES (number), OSY_P_TEXT (step->failure),
                         OSY_P_TIME (osy_clock_now ())),
             &changed, error) &&
         (changed == 0 || tell (act, step->payment_id, event, 0, error));
}
