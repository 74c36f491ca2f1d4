/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Taking a payment: never more than is owed, never twice. Everything is decided while the check is
 * held, so of two screens at once one is refused. */

#include "osy-payment-take.h"

#include "osy-bill-service.h"
#include "osy-cash-receipt.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-order-service.h"
#include "osy-payment-setup.h"

/* One payment being taken; its check is held. */
typedef struct {
  const OsyPaymentAct *act;
  const OsyPaymentTake *take;
  OsyPaymentSetup *setup;
  char *order_id; /* nullable */
  char *check_id;
  OsyBill *bill;
  gint64 left; /* owed, and not on its way already */
} Take;

static void
take_clear (Take *self)
{
  g_clear_pointer (&self->setup, osy_payment_setup_free);
  g_clear_pointer (&self->order_id, g_free);
  g_clear_pointer (&self->check_id, g_free);
  g_clear_pointer (&self->bill, osy_bill_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Take, take_clear)

/* ---- what is owed ---- */

static gboolean
is_withdrawn (const char *status)
{
  static const char *const gone[] = {OSY_ORDER_CANCELED, OSY_ORDER_REJECTED, OSY_ORDER_EXPIRED,
                                     NULL};

  return g_strv_contains (gone, status);
}

/* Returns: (transfer full): the check of the order, which is held. */
static char *
check_of_order (const OsyPaymentAct *act, const char *order_id, GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_lock (act->tx, act->ring, order_id, error);

  if (order == NULL)
    return NULL;
  if (is_withdrawn (osy_order_data (order)->status)) {
    osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "The order was withdrawn.", error);
    return NULL;
  }
  return g_strdup (osy_order_data (order)->check_id);
}

/* The one order of a check is what is paid for; of several, none in particular. */
static char *
only_order (const OsyBill *bill)
{
  const char *found = NULL;

  for (guint i = 0; i < bill->orders->len; i++) {
    const OsyBillOrder *order = g_ptr_array_index (bill->orders, i);
    if (is_withdrawn (order->status))
      continue;
    if (found != NULL)
      return NULL;
    found = order->order_id;
  }
  return g_strdup (found);
}

static gboolean
hold_check (Take *self, GError **error)
{
  const OsyPaymentAct *act = self->act;
  g_autofree char *given = self->take->order_id != NULL
                               ? check_of_order (act, self->take->order_id, error)
                               : g_strdup (self->take->check_id);
  OsyCheckTotals totals = {0};
  gint64 pending = 0;

  if (given == NULL)
    return FALSE;
  self->check_id = osy_check_service_lock_root (act->tx, given, &totals, error);
  if (self->check_id == NULL ||
      !osy_payment_store_pending (act->tx, self->check_id, NULL, &pending, error))
    return FALSE;
  if (totals.voided)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "Nothing is owed on this check any more.",
                               error);
  self->left = totals.owed - pending;
  g_autoptr (OsyPrincipal) own =
      osy_principal_new_system (osy_db_tx_restaurant (act->tx), "payment");
  const OsyCall inner = {own, act->call->trace_id};
  self->bill = osy_bill_service_get (act->tx, act->ring, &inner, self->check_id, error);
  if (self->bill == NULL)
    return FALSE;
  self->order_id =
      self->take->order_id != NULL ? g_strdup (self->take->order_id) : only_order (self->bill);
  return TRUE;
}

static gboolean
refuse_amount (gint64 left, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (
      OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
      left > 0 ? "That is more than is owed." : "Nothing is left to pay; part may be on its way.");

  osy_error_set_extra (refusal, "owed", json_node_init_int (json_node_alloc (), MAX (0, left)));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
was_undone (OsyDbTx *tx, const char *order_id, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT undone_at FROM payment_expectation WHERE restaurant_id = "
                    "app_restaurant() AND order_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  *ret =
      rows != NULL && osy_db_rows_count (rows) > 0 && !osy_db_rows_is_null (rows, 0, "undone_at");
  return rows != NULL;
}

static gboolean
check_amount (Take *self, GError **error)
{
  const OsyPaymentTake *take = self->take;
  const OsyBillPart *part = osy_bill_find_part (self->bill, take->part_id);
  gboolean undone = FALSE;

  if (take->part_id != NULL && part == NULL)
    return osy_payment_refuse (OSY_ERROR_NOT_FOUND, "There is no such part.", error);
  if (self->order_id != NULL && !was_undone (self->act->tx, self->order_id, &undone, error))
    return FALSE;
  if (undone)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "The order was withdrawn.", error);
  if (take->amount > self->left)
    return refuse_amount (self->left, error);
  return part == NULL || take->amount <= part->amount - part->paid ||
         refuse_amount (part->amount - part->paid, error);
}

/* ---- writing ---- */

/* Its share of what is tax-free; whoever pays the last won takes what is left of it. */
static gboolean
share_tax_free (Take *self, gint64 *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->act->tx,
      "SELECT coalesce(sum(tax_free_amount - held_tax_free), 0)::bigint AS won FROM payment "
      "WHERE restaurant_id = app_restaurant() AND check_id = $1::uuid "
      "AND status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')",
      OSY_PARAMS (OSY_P_TEXT (self->check_id)), error);
  gint64 amount = self->take->amount;

  if (rows == NULL)
    return FALSE;
  gint64 rest = MAX (0, self->bill->tax_free - osy_db_rows_int (rows, 0, "won"));
  gint64 share =
      amount == self->left
          ? rest
          : (gint64)((__int128)self->bill->tax_free * amount / MAX (1, self->bill->total));
  *ret = MIN (MIN (share, rest), amount);
  return TRUE;
}

static gboolean
write_payment (Take *self, const char *id, GError **error)
{
  const OsyPaymentAct *act = self->act;
  const OsyPaymentTake *take = self->take;
  gboolean remote = osy_payment_is_remote (take->method);
  g_autofree char *day = osy_payment_business_day (act, error);
  gint64 tax_free = 0;

  if (day == NULL || !share_tax_free (self, &tax_free, error))
    return FALSE;
  const OsyPaymentDraft draft = {.id = id,
                                 .status = remote ? OSY_PAYMENT_CREATED : OSY_PAYMENT_PAID,
                                 .check_id = self->check_id,
                                 .order_id = self->order_id,
                                 .part_id = take->part_id,
                                 .method = take->method,
                                 .shown_as = remote ? take->shown_as : NULL,
                                 .amount = take->amount,
                                 .tax_free = tax_free,
                                 .received = take->received,
                                 .discount = take->discount,
                                 .approval_no = take->approval_no,
                                 .business_day = day,
                                 .actor = osy_principal_actor (act->call->principal)};
  const OsyCheckMoney money = {self->check_id, id, take->amount, 0};
  const OsyBillPay pay = {self->check_id, take->part_id, take->amount, FALSE};
  const OsyPaymentTask look = {"PAYMENT", "LOOKUP", id, id, osy_clock_now () + OSY_PAYMENT_WINDOW};
  return osy_payment_store_add (act->tx, act->ring, &draft, error) &&
         (remote || take->part_id == NULL ||
          osy_bill_service_pay_part (act->tx, act->ring, &pay, error)) &&
         (remote || osy_check_service_post (act->tx, act->ring, act->call, &money, error)) &&
         (!remote || osy_payment_store_queue (act->tx, &look, error)) &&
         osy_payment_tell (act, id, remote ? "created" : "completed", take->amount, error);
}

/* Asked for, or due unasked. */
static gboolean
write_receipt (Take *self, const char *id, GError **error)
{
  const OsyPaymentTake *take = self->take;
  gint64 from = self->setup->auto_receipt_from;
  gboolean due = from > 0 && take->amount >= from && self->setup->secret_key_set;
  const OsyCashReceiptWanted wanted = {.payment_id = id,
                                       .kind = take->receipt_kind ? take->receipt_kind : "SELF",
                                       .identity = take->receipt_identity};

  return !g_str_equal (take->method, OSY_PAYMENT_CASH) || (take->receipt_kind == NULL && !due) ||
         osy_cash_receipt_ask (self->act, &wanted, error);
}

static gboolean
may_take (Take *self, GError **error)
{
  const OsyPaymentTake *take = self->take;

  if (take->guest ? !osy_payment_is_remote (take->method)
                  : !osy_principal_check (self->act->call->principal, OSY_PERM_PAYMENT_TAKE, error))
    return !take->guest ? FALSE
                        : osy_payment_refuse (OSY_ERROR_STAFF_ONLY,
                                              "Pay that at the counter, please.", error);
  self->setup = osy_payment_setup_load (self->act->tx, error);
  return self->setup != NULL &&
         (osy_payment_setup_takes (self->setup, take->method) ||
          osy_payment_refuse (OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE,
                              "This shop is not set up to take that.", error));
}

OsyPayment *
osy_payment_take (const OsyPaymentAct *act,
                  const OsyPaymentTake *take,
                  gboolean *replayed,
                  GError **error)
{
  g_auto (Take) self = {act, take};
  g_autofree char *id = osy_id_new ();
  g_autofree char *known = NULL;

  if (!may_take (&self, error) || !osy_payment_seen_before (act, take->key, id, &known, error))
    return NULL;
  *replayed = known != NULL;
  if (known == NULL && (!hold_check (&self, error) || !check_amount (&self, error) ||
                        !write_payment (&self, id, error) || !write_receipt (&self, id, error)))
    return NULL;
  return osy_payment_store_get (act->tx, act->ring, known != NULL ? known : id, error);
}

/* ---- paid where it was ordered ---- */

static gboolean
is_taken_there (const OsyPaymentAct *act, const char *order_id, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (act->tx,
                    "SELECT FROM payment WHERE restaurant_id = app_restaurant() "
                    "AND order_id = $1::uuid AND method = 'PLATFORM'",
                    OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0;
  return rows != NULL;
}

gboolean
osy_payment_take_platform (const OsyPaymentAct *act,
                           const char *order_id,
                           gint64 discount,
                           GError **error)
{
  OsyPaymentTake take = {.order_id = order_id, .method = OSY_PAYMENT_PLATFORM};
  g_auto (Take) self = {act, &take};
  g_autofree char *id = osy_id_new ();
  g_autoptr (OsyOrder) order = osy_order_service_lock (act->tx, act->ring, order_id, error);
  gboolean known = FALSE;
  gboolean undone = FALSE;

  if (order == NULL || !is_taken_there (act, order_id, &known, error) ||
      !was_undone (act->tx, order_id, &undone, error))
    return FALSE;
  const OsyOrderData *data = osy_order_data (order);
  if (known || undone || osy_order_is_withdrawn (data))
    return TRUE;
  if (!hold_check (&self, error))
    return FALSE;
  take.amount = MIN (self.left, data->total_amount - data->adjusted_amount);
  take.discount = MIN (discount, take.amount);
  return take.amount <= 0 || write_payment (&self, id, error);
}

/* ---- the guest has been at the payment service ---- */

static gboolean
is_same_key (const OsyPaymentAct *act, const OsyDbRows *row, const char *key)
{
  g_autofree char *known = osy_payment_cell (act->ring, row, 0, "payment", "payment_key_enc", NULL);

  return g_strcmp0 (known, key) == 0;
}

static gboolean
still_owed (const OsyPaymentAct *act, const OsyPaymentHeld *held, GError **error)
{
  const char *order_id = osy_db_rows_text (held->row, 0, "order_id");
  gint64 pending = 0;
  gboolean undone = held->voided;

  if (!osy_payment_store_pending (act->tx, held->check_id, NULL, &pending, error) ||
      (!undone && order_id != NULL && !was_undone (act->tx, order_id, &undone, error)))
    return FALSE;
  if (undone)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT,
                               "The order was withdrawn; nothing was "
                               "charged.",
                               error);
  return osy_db_rows_int (held->row, 0, "amount") <= held->owed - pending ||
         refuse_amount (held->owed - pending, error);
}

gboolean
osy_payment_submit (const OsyPaymentAct *act,
                    const OsyPaymentConfirm *confirm,
                    gboolean *begun,
                    GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};

  *begun = FALSE;
  if (!osy_payment_hold (act, confirm->id, &held, error))
    return FALSE;
  const char *status = osy_db_rows_text (held.row, 0, "status");
  if (!osy_payment_is_remote (osy_db_rows_text (held.row, 0, "method")))
    return osy_payment_refuse (OSY_ERROR_NOT_FOUND, "There is no such payment.", error);
  if (osy_db_rows_int (held.row, 0, "amount") != confirm->amount) {
    g_autoptr (GError) refusal =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                             "That is not the amount of this payment; nothing was charged.");
    osy_error_add_field (refusal, "/amount", "MISMATCH", refusal->message);
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  if (!g_str_equal (status, OSY_PAYMENT_CREATED))
    return is_same_key (act, held.row, confirm->payment_key) ||
           osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "This payment has ended already.", error);
  const OsyPaymentStep step = {
      .id = confirm->id, .status = OSY_PAYMENT_SUBMITTED, .payment_key = confirm->payment_key};
  const OsyPaymentTask task = {"PAYMENT", "CONFIRM", confirm->id, confirm->id, 0};
  *begun = TRUE;
  return still_owed (act, &held, error) &&
         osy_payment_store_step (act->tx, act->ring, &step, error) &&
         osy_payment_store_queue (act->tx, &task, error) &&
         osy_payment_tell (act, confirm->id, "submitted", confirm->amount, error);
}

/* ---- giving up, asking ---- */

gboolean
osy_payment_cancel (const OsyPaymentAct *act, const char *id, GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_payment_hold (act, id, &held, error))
    return FALSE;
  const char *status = osy_db_rows_text (held.row, 0, "status");
  const OsyPaymentStep gone = {.id = id, .status = OSY_PAYMENT_CANCELED};
  const OsyPaymentStep wanted = {.id = id, .undo_reason = "입금 전 취소"};
  const OsyPaymentTask task = {"PAYMENT", "CANCEL", id, id, 0};
  gint64 amount = osy_db_rows_int (held.row, 0, "amount");
  if (g_str_equal (status, OSY_PAYMENT_CANCELED))
    return TRUE;
  if (g_str_equal (status, OSY_PAYMENT_CREATED))
    return osy_payment_store_step (act->tx, act->ring, &gone, error) &&
           osy_payment_tell (act, id, "canceled", amount, error);
  if (g_str_equal (status, OSY_PAYMENT_WAITING))
    return osy_payment_store_step (act->tx, act->ring, &wanted, error) &&
           osy_payment_store_queue (act->tx, &task, error) &&
           osy_payment_tell (act, id, "cancel_requested", amount, error);
  return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT,
                             "It cannot be canceled now; what was taken is refunded.", error);
}

gboolean
osy_payment_ask (const OsyPaymentAct *act, const char *id, GError **error)
{
  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error))
    return FALSE;
  g_autoptr (OsyDbRows) row = osy_payment_store_row (act->tx, id, error);
  const OsyPaymentTask task = {"PAYMENT", "LOOKUP", id, id, 0};
  if (row == NULL)
    return FALSE;
  return !osy_payment_is_remote (osy_db_rows_text (row, 0, "method")) ||
         osy_db_rows_is_null (row, 0, "payment_key_enc") ||
         osy_payment_store_queue (act->tx, &task, error);
}
