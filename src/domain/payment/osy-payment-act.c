/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Money in and out of one payment, with all that must follow in the same transaction: the check,
 * its part, the audit row, the event, and what is to be asked of the payment service. */

#include "osy-payment-act.h"

#include "osy-audit-service.h"
#include "osy-bill-service.h"
#include "osy-cash-receipt.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-shop-service.h"

/* For the guest's statement, so in the shop's language. */
#define CANCELED_REASON "주문 취소"
/* Two cancellations of one payment within a second are refused by the payment service. */
#define REFUND_PAUSE (G_USEC_PER_SEC + 200 * 1000)

gboolean
osy_payment_refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

void
osy_payment_held_clear (OsyPaymentHeld *self)
{
  g_clear_pointer (&self->check_id, g_free);
  g_clear_pointer (&self->row, osy_db_rows_free);
}

gboolean
osy_payment_hold (const OsyPaymentAct *act, const char *id, OsyPaymentHeld *ret, GError **error)
{
  g_autoptr (OsyDbRows) seen = osy_payment_store_row (act->tx, id, error);
  OsyCheckTotals totals = {0};

  if (seen == NULL)
    return FALSE;
  ret->check_id =
      osy_check_service_lock_root (act->tx, osy_db_rows_text (seen, 0, "check_id"), &totals, error);
  ret->owed = totals.owed;
  ret->voided = totals.voided;
  ret->row = ret->check_id != NULL ? osy_payment_store_lock (act->tx, id, error) : NULL;
  return ret->row != NULL;
}

/* ---- telling ---- */

static JsonNode *
facts_of (const OsyDbRows *row, gint64 amount)
{
  static const char *const names[] = {"status", "method", "check_id", "order_id"};
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!osy_db_rows_is_null (row, 0, names[i]))
      json_object_set_string_member (object, names[i], osy_db_rows_text (row, 0, names[i]));
  json_object_set_int_member (object, "amount", amount);
  return osy_json_take_object (object);
}

gboolean
osy_payment_tell (const OsyPaymentAct *act,
                  const char *id,
                  const char *what,
                  gint64 amount,
                  GError **error)
{
  g_autoptr (OsyDbRows) row = osy_payment_store_row (act->tx, id, error);
  g_autofree char *type = g_strconcat ("payment.", what, NULL);

  if (row == NULL)
    return FALSE;
  g_autoptr (JsonNode) facts = facts_of (row, amount);
  const OsyAuditEntry audit = {
      .action = type, .object_type = "payment", .object_id = id, .new_value = facts};
  const OsyEventDraft draft = {.type = type,
                               .aggregate_type = "payment",
                               .aggregate_id = id,
                               .aggregate_seq = osy_db_rows_int (row, 0, "version"),
                               .payload = facts};
  return osy_audit_record (act->tx, act->ring, act->call, &audit, error) &&
         osy_event_emit (act->tx, act->call, &draft, error);
}

char *
osy_payment_business_day (const OsyPaymentAct *act, GError **error)
{
  g_autoptr (OsyShop) shop = osy_shop_service_get (act->tx, osy_db_tx_restaurant (act->tx), error);

  return shop != NULL ? osy_shop_business_day (shop, osy_clock_now ()) : NULL;
}

/* The check and, when it was of one, the part. */
static gboolean
post (const OsyPaymentAct *act,
      const OsyPaymentHeld *held,
      gint64 tendered,
      gint64 refunded,
      GError **error)
{
  const char *part_id = osy_db_rows_text (held->row, 0, "part_id");
  const OsyCheckMoney money = {held->check_id, osy_db_rows_text (held->row, 0, "id"), tendered,
                               refunded};
  const OsyBillPay pay = {held->check_id, part_id, tendered - refunded, TRUE};

  return (part_id == NULL || osy_bill_service_pay_part (act->tx, act->ring, &pay, error)) &&
         osy_check_service_post (act->tx, act->ring, act->call, &money, error);
}

/* ---- money in ---- */

/* What was undone while it was under way goes back as soon as it is ours; so does what was paid for
 * a check on which nothing is sold any more. */
static gboolean
give_back (const OsyPaymentAct *act, const char *id, GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};

  if (!osy_payment_hold (act, id, &held, error))
    return FALSE;
  gboolean undone = !osy_db_rows_is_null (held.row, 0, "undo_reason_enc");
  if (!undone && !held.voided)
    return TRUE;
  g_autofree char *reason =
      undone ? osy_payment_cell (act->ring, held.row, 0, "payment", "undo_reason_enc", error)
             : g_strdup (CANCELED_REASON);
  const OsyRefundWanted wanted = {
      .amount = osy_db_rows_int (held.row, 0, "amount"), .tax_free = -1, .reason = reason};
  return reason != NULL && osy_payment_refund (act, &held, &wanted, NULL, error);
}

gboolean
osy_payment_capture (const OsyPaymentAct *act,
                     const OsyPaymentHeld *held,
                     const OsyPaymentStep *step,
                     GError **error)
{
  gint64 amount = osy_db_rows_int (held->row, 0, "amount");
  OsyPaymentStep paid = *step;

  paid.status = OSY_PAYMENT_PAID;
  paid.check_id = held->check_id;
  return osy_payment_store_step (act->tx, act->ring, &paid, error) &&
         post (act, held, amount, 0, error) &&
         osy_payment_tell (act, step->id, "completed", amount, error) &&
         give_back (act, step->id, error);
}

/* ---- money out ---- */

static gboolean
refuse_refund (gint64 left, GError **error)
{
  g_autoptr (GError) refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                           "That is more than is left of this payment to give back.");

  osy_error_set_extra (refusal, "refundable_amount", json_node_init_int (json_node_alloc (), left));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* The payment's own status, after one refund more is DONE. */
static gboolean
settle_payment (const OsyPaymentAct *act, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_payment_store_row (act->tx, id, error);

  if (row == NULL)
    return FALSE;
  gint64 refunded = osy_db_rows_int (row, 0, "refunded_amount");
  gboolean all = refunded == osy_db_rows_int (row, 0, "amount");
  const OsyPaymentStep step = {.id = id,
                               .status = all            ? OSY_PAYMENT_REFUNDED
                                         : refunded > 0 ? OSY_PAYMENT_PART_REFUNDED
                                                        : NULL};
  return osy_payment_store_step (act->tx, act->ring, &step, error);
}

static gboolean
refund_done (const OsyPaymentAct *act, const OsyPaymentHeld *held, gint64 amount, GError **error)
{
  const char *id = osy_db_rows_text (held->row, 0, "id");

  return settle_payment (act, id, error) && post (act, held, 0, amount, error) &&
         osy_payment_tell (act, id, "refunded", amount, error);
}

/* REQUESTED: the payment service is asked, or a person hands it back and says so. */
static gboolean
refund_requested (const OsyPaymentAct *act,
                  const OsyPaymentHeld *held,
                  const OsyRefundDraft *draft,
                  GError **error)
{
  const OsyPaymentStep step = {.id = draft->payment_id};
  gint64 last = osy_db_rows_time (held->row, 0, "last_refund_at");
  const OsyPaymentTask task = {.kind = "REFUND",
                               .call = "CANCEL",
                               .payment_id = draft->payment_id,
                               .subject_id = draft->id,
                               .at = MAX (osy_clock_now (), last != 0 ? last + REFUND_PAUSE : 0)};

  return osy_payment_store_step (act->tx, act->ring, &step, error) &&
         (!osy_payment_is_remote (osy_db_rows_text (held->row, 0, "method")) ||
          osy_payment_store_queue (act->tx, &task, error)) &&
         osy_payment_tell (act, draft->payment_id, "refund_requested", draft->amount, error);
}

gboolean
osy_payment_refund (const OsyPaymentAct *act,
                    const OsyPaymentHeld *held,
                    const OsyRefundWanted *wanted,
                    char **ret_id,
                    GError **error)
{
  const OsyDbRows *row = held->row;
  const OsyRefundBase base = {
      osy_db_rows_int (row, 0, "amount"), osy_db_rows_int (row, 0, "tax_free_amount"),
      osy_db_rows_int (row, 0, "held_amount"), osy_db_rows_int (row, 0, "held_tax_free"),
      osy_db_rows_int (row, 0, "held_vat")};
  const char *method = osy_db_rows_text (row, 0, "method");
  /* Whoever was paid at a platform is paid back there, once it is told. */
  gboolean done = wanted->transaction_key != NULL || g_str_equal (method, OSY_PAYMENT_PLATFORM) ||
                  (wanted->handed && !osy_payment_is_remote (method));
  g_autofree char *id = osy_id_new ();
  g_autofree char *day = osy_payment_business_day (act, error);
  gint64 tax_free = wanted->tax_free;
  gint64 vat = 0;

  if (day == NULL)
    return FALSE;
  if (!osy_payment_is_captured (osy_db_rows_text (row, 0, "status")))
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT, "Nothing was taken by this payment.",
                               error);
  if (!osy_refund_share (&base, wanted->amount, &tax_free, &vat))
    return refuse_refund (base.amount - base.held, error);
  const OsyRefundDraft draft = {.id = id,
                                .payment_id = osy_db_rows_text (row, 0, "id"),
                                .act_id = wanted->act_id != NULL ? wanted->act_id : id,
                                .status = done ? OSY_REFUND_DONE : OSY_REFUND_REQUESTED,
                                .amount = wanted->amount,
                                .tax_free = tax_free,
                                .vat = vat,
                                .reason = wanted->reason,
                                .lines = wanted->lines != NULL ? wanted->lines : "[]",
                                .account = wanted->account,
                                .transaction_key = wanted->transaction_key,
                                .business_day = day,
                                .actor = osy_principal_actor (act->call->principal)};
  if (!osy_payment_store_add_refund (act->tx, act->ring, &draft, error) ||
      !(done ? refund_done (act, held, draft.amount, error)
             : refund_requested (act, held, &draft, error)) ||
      !osy_cash_receipt_follow (act, draft.payment_id, error))
    return FALSE;
  if (ret_id != NULL)
    *ret_id = g_steal_pointer (&id);
  return TRUE;
}

static OsyDbRows *
lock_refund (const OsyPaymentAct *act, const OsyRefundStep *step, GError **error)
{
  return osy_db_query (act->tx,
                       "SELECT status, amount FROM refund WHERE restaurant_id = app_restaurant() "
                       "AND id = $1::uuid AND payment_id = $2::uuid FOR UPDATE",
                       OSY_PARAMS (OSY_P_TEXT (step->id), OSY_P_TEXT (step->payment_id)), error);
}

gboolean
osy_payment_refund_end (const OsyPaymentAct *act,
                        const OsyPaymentHeld *held,
                        const OsyRefundStep *step,
                        GError **error)
{
  const OsyPaymentStep touched = {.id = step->payment_id};
  OsyRefundStep same = *step;
  g_autoptr (OsyDbRows) refund = lock_refund (act, step, error);

  if (refund == NULL)
    return FALSE;
  if (osy_db_rows_count (refund) == 0)
    return osy_payment_refuse (OSY_ERROR_NOT_FOUND, "There is no such refund.", error);
  const char *was = osy_db_rows_text (refund, 0, "status");
  gint64 amount = osy_db_rows_int (refund, 0, "amount");
  if (g_str_equal (was, OSY_REFUND_DONE) || g_str_equal (was, OSY_REFUND_FAILED) ||
      (g_str_equal (was, step->status) && !step->new_key))
    return TRUE;
  /* One in doubt stays so: asked anew it is no less unknown. */
  same.status = was;
  if (step->new_key)
    return osy_payment_store_step_refund (act->tx, &same, error);
  if (!osy_payment_store_step_refund (act->tx, step, error))
    return FALSE;
  if (g_str_equal (step->status, OSY_REFUND_DONE))
    return refund_done (act, held, amount, error);
  gboolean failed = g_str_equal (step->status, OSY_REFUND_FAILED);
  if (!failed && !g_str_equal (step->status, OSY_REFUND_UNKNOWN))
    return TRUE;
  return osy_payment_store_step (act->tx, act->ring, &touched, error) &&
         osy_payment_tell (act, step->payment_id, failed ? "refund_failed" : "refund_unknown",
                           amount, error);
}

/* ---- once and only once ---- */

gboolean
osy_payment_seen_before (const OsyPaymentAct *act,
                         const OsyOrderKey *key,
                         const char *new_id,
                         char **subject_id,
                         GError **error)
{
  OsyOrderKeyState state = OSY_ORDER_KEY_NEW;

  *subject_id = NULL;
  if (key == NULL)
    return TRUE;
  if (!osy_order_store_find_key (act->tx, key, &state, subject_id, error))
    return FALSE;
  if (state == OSY_ORDER_KEY_DIFFERENT)
    return osy_payment_refuse (OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                               "This Idempotency-Key was used for another request.", error);
  return state == OSY_ORDER_KEY_SAME || osy_order_store_add_key (act->tx, key, new_id, error);
}
