/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What an answer of the payment service means. It is taken by what it says of the payment, never by
 * when it came: a state that was passed already changes nothing. */

#include "osy-cash-receipt.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-payment-work.h"

/* So many times in a row is an error said for one key before another is used: then the first call
 * is over, and was not answered by a go-between while it went on. */
#define REMEMBERED 2

/* What is to be asked next of the same subject. */
typedef struct {
  gboolean done;
  const char *call; /* (nullable): as before */
  gint64 wait;      /* µs; 0: by the number of attempts */
  gboolean fresh;   /* the attempts begin anew */
  int errors;       /* remembered for the key, up to now */
} Next;

typedef struct {
  OsyPaymentAct act;
  const OsyPaymentCall *call;
  const OsyTossAnswer *answer;
  OsyPaymentHeld held;
  const char *status; /* of the payment */
  gint64 amount;
  Next next;
  gboolean receipted; /* a receipt is now what was asked for, whatever went back meanwhile */
} Apply;

/* 10 s, 30 s, 2 min, 10 min, then every hour. */
static gint64
wait_of (const OsyPaymentCall *call)
{
  static const int factors[] = {1, 3, 12, 60, 360};

  return call->first_wait * factors[CLAMP (call->attempts - 1, 0, (int)G_N_ELEMENTS (factors) - 1)];
}

static void
ask_again (Apply *self, const char *what, gint64 wait)
{
  self->next = (Next){.call = what, .wait = wait, .errors = self->call->errors};
}

/* The service has answered and nothing was charged: the same again, with the same key. It is there
 * again, so the long waits of its absence are over. */
static void
confirm_again (Apply *self)
{
  self->next = (Next){.call = "CONFIRM", .wait = self->call->first_wait, .fresh = TRUE};
}

static void
ask_no_more (Apply *self)
{
  self->next = (Next){.done = TRUE};
}

/* ---- steps ---- */

static gboolean
step (Apply *self, const char *status, const char *event, GError **error)
{
  const OsyTossAnswer *answer = self->answer;
  const OsyPaymentStep change = {.id = self->call->payment_id,
                                 .status = status,
                                 .failure_code = answer->code,
                                 .failure_message = answer->message};

  return osy_payment_store_step (self->act.tx, self->act.ring, &change, error) &&
         osy_payment_tell (&self->act, change.id, event, self->amount, error);
}

/* Whether anybody took money is not known. */
static gboolean
doubt (Apply *self, GError **error)
{
  ask_again (self, "LOOKUP", 0);
  return !g_str_equal (self->status, OSY_PAYMENT_SUBMITTED) ||
         step (self, OSY_PAYMENT_UNKNOWN, "unknown", error);
}

static gboolean
decline (Apply *self, GError **error)
{
  ask_no_more (self);
  if (g_str_equal (self->status, OSY_PAYMENT_CREATED))
    return step (self, OSY_PAYMENT_CANCELED, "expired", error);
  if (g_str_equal (self->status, OSY_PAYMENT_WAITING))
    return step (self, OSY_PAYMENT_CANCELED, "expired", error);
  return !osy_payment_is_pending (self->status) ||
         step (self, OSY_PAYMENT_DECLINED, "declined", error);
}

static OsyPaymentStep
facts (const Apply *self)
{
  const OsyTossAnswer *answer = self->answer;

  return (OsyPaymentStep){.id = self->call->payment_id,
                          .payment_key = answer->payment_key,
                          .approval_no = answer->approval_no,
                          .detail = answer->detail,
                          .secret = answer->secret,
                          .due_at = answer->due_at};
}

static gboolean
knows_transaction (Apply *self, const char *key, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->act.tx,
      "SELECT FROM refund WHERE restaurant_id = app_restaurant() AND payment_id = $1::uuid "
      "AND transaction_key = $2",
      OSY_PARAMS (OSY_P_TEXT (self->call->payment_id), OSY_P_TEXT (key)), error);

  *ret = rows != NULL && osy_db_rows_count (rows) > 0;
  return rows != NULL;
}

/* Refunds that were made at the payment service's own desk. */
static gboolean
adopt (Apply *self, const OsyTossCancel *cancel, GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};
  const OsyRefundWanted wanted = {.amount = cancel->amount,
                                  .tax_free = cancel->tax_free,
                                  .reason = cancel->reason != NULL ? cancel->reason : "외부 취소",
                                  .transaction_key = cancel->transaction_key};
  gboolean known = FALSE;
  g_autoptr (GError) local = NULL;

  if (!cancel->done || cancel->transaction_key == NULL || osy_toss_is_ours (cancel))
    return TRUE;
  if (!knows_transaction (self, cancel->transaction_key, &known, error) ||
      (!known && !osy_payment_hold (&self->act, self->call->payment_id, &held, error)))
    return FALSE;
  if (known || osy_payment_refund (&self->act, &held, &wanted, NULL, &local))
    return TRUE;
  if (!osy_error_is (local, OSY_ERROR_STATE_CONFLICT)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_warning ("payment %s: the payment service gave back more than is known of",
             self->call->payment_id);
  return TRUE;
}

static gboolean
captured (Apply *self, GError **error)
{
  const OsyPaymentStep paid = facts (self);
  gboolean pending =
      osy_payment_is_pending (self->status) || g_str_equal (self->status, OSY_PAYMENT_CREATED);

  ask_no_more (self);
  if (pending && g_str_equal (self->status, OSY_PAYMENT_CREATED)) {
    /* Charged without our having asked for it: impossible by the service's own rules. */
    g_warning ("payment %s was charged before it was confirmed", self->call->payment_id);
    return TRUE;
  }
  if (pending && !osy_payment_capture (&self->act, &self->held, &paid, error))
    return FALSE;
  if (!pending && !osy_payment_is_captured (self->status)) {
    g_warning ("payment %s is %s here and was charged", self->call->payment_id, self->status);
    return TRUE;
  }
  for (guint i = 0; i < self->answer->cancels->len; i++)
    if (!adopt (self, g_ptr_array_index (self->answer->cancels, i), error))
      return FALSE;
  return TRUE;
}

/* The bank took the deposit back. */
static gboolean
withdraw_deposit (Apply *self, GError **error)
{
  const OsyPaymentStep change = {.id = self->call->payment_id, .status = OSY_PAYMENT_WAITING};
  const OsyCheckMoney money = {self->held.check_id, change.id, -self->amount, 0};

  return osy_payment_store_step (self->act.tx, self->act.ring, &change, error) &&
         osy_check_service_post (self->act.tx, self->act.ring, self->act.call, &money, error) &&
         osy_payment_tell (&self->act, change.id, "deposit_withdrawn", self->amount, error);
}

static gboolean
waiting (Apply *self, GError **error)
{
  OsyPaymentStep change = facts (self);
  gboolean give_up = !osy_db_rows_is_null (self->held.row, 0, "undo_reason_enc");

  ask_again (self, give_up ? "CANCEL" : "LOOKUP", 0);
  if (g_str_equal (self->status, OSY_PAYMENT_PAID))
    return withdraw_deposit (self, error);
  if (!g_str_equal (self->status, OSY_PAYMENT_SUBMITTED) &&
      !g_str_equal (self->status, OSY_PAYMENT_UNKNOWN))
    return TRUE;
  self->next.fresh = TRUE;
  change.status = OSY_PAYMENT_WAITING;
  return osy_payment_store_step (self->act.tx, self->act.ring, &change, error) &&
         osy_payment_tell (&self->act, change.id, "waiting_for_deposit", self->amount, error);
}

/* ---- what was said of a payment ---- */

static gboolean
is_this_payment (const Apply *self)
{
  return g_strcmp0 (self->answer->order_id, self->call->payment_id) == 0 &&
         self->answer->total == self->amount && self->answer->status != NULL;
}

/* One attempt failed; the guest may open the window again. */
static gboolean
refuse_attempt (Apply *self, GError **error)
{
  gint64 left = osy_db_rows_time (self->held.row, 0, "created_at") + OSY_PAYMENT_WINDOW;

  left -= osy_clock_now ();
  if (!g_str_equal (self->status, OSY_PAYMENT_CREATED) || left <= 0)
    return decline (self, error);
  ask_again (self, "LOOKUP", left);
  return TRUE;
}

static gboolean
take_payment (Apply *self, GError **error)
{
  const char *said = self->answer->status;

  if (!is_this_payment (self)) {
    g_warning ("payment %s: the payment service knows it by another amount or order",
               self->call->payment_id);
    return doubt (self, error);
  }
  if (g_str_equal (said, "DONE") || g_str_equal (said, "PARTIAL_CANCELED") ||
      (g_str_equal (said, "CANCELED") && self->answer->approved))
    return captured (self, error);
  if (g_str_equal (said, "WAITING_FOR_DEPOSIT"))
    return waiting (self, error);
  if (g_str_equal (said, "ABORTED") || g_str_equal (said, "EXPIRED") ||
      g_str_equal (said, "CANCELED"))
    return refuse_attempt (self, error);
  if (!osy_payment_is_pending (self->status)) {
    if (g_str_equal (self->status, OSY_PAYMENT_CREATED)) /* the guest is still at the window */
      ask_again (self, "LOOKUP", 0);
    else
      ask_no_more (self);
    return TRUE;
  }
  confirm_again (self);
  return TRUE;
}

static gboolean
apply_payment (Apply *self, GError **error)
{
  const OsyTossAnswer *answer = self->answer;
  gboolean lookup = g_str_equal (self->call->call, "LOOKUP");

  if (answer->kind == OSY_TOSS_OK)
    return take_payment (self, error);
  if (answer->kind == OSY_TOSS_UNKNOWN) {
    if (!doubt (self, error))
      return FALSE;
    /* Somebody, perhaps we, has charged it: its state is known over there. */
    if (g_strcmp0 (answer->code, "ALREADY_PROCESSED_PAYMENT") == 0 && !lookup)
      self->next.wait = G_USEC_PER_SEC / 10;
    return TRUE;
  }
  if (g_str_equal (self->call->call, "CANCEL")) {
    ask_again (self, "LOOKUP", 0);
    return TRUE;
  }
  if (!lookup)
    return decline (self, error);
  if (g_str_equal (self->status, OSY_PAYMENT_CREATED))
    return decline (self, error);
  if (g_strcmp0 (answer->code, "NOT_FOUND_PAYMENT") == 0 && osy_payment_is_pending (self->status))
    confirm_again (self);
  else if (osy_payment_is_pending (self->status))
    ask_again (self, "LOOKUP", 0);
  else
    ask_no_more (self);
  return TRUE;
}

/* ---- what was said of a refund ---- */

static gboolean
end_refund (Apply *self, const char *status, const OsyTossCancel *cancel, GError **error)
{
  const OsyRefundStep change = {.id = self->call->subject_id,
                                .payment_id = self->call->payment_id,
                                .status = status,
                                .transaction_key = cancel != NULL ? cancel->transaction_key : NULL,
                                .failure_code = self->answer->code,
                                .failure_message = self->answer->message};

  return osy_payment_refund_end (&self->act, &self->held, &change, error);
}

/* The same once more, under a key of which the service remembers nothing. */
static gboolean
cancel_anew (Apply *self, GError **error)
{
  const OsyRefundStep later = {.id = self->call->subject_id,
                               .payment_id = self->call->payment_id,
                               .status = OSY_REFUND_SUBMITTED,
                               .new_key = TRUE};

  ask_again (self, "CANCEL", G_USEC_PER_SEC + G_USEC_PER_SEC / 2);
  self->next.errors = 0;
  return osy_payment_refund_end (&self->act, &self->held, &later, error);
}

static gboolean
refused_refund (Apply *self, GError **error)
{
  static const char *const look[] = {"ALREADY_CANCELED_PAYMENT", "ALREADY_REFUND_PAYMENT",
                                     "NOT_CANCELABLE_AMOUNT", NULL};
  const char *code = self->answer->code;

  if (g_str_equal (code, "FORBIDDEN_CONSECUTIVE_REQUEST"))
    return cancel_anew (self, error);
  if (g_strv_contains (look, code) && self->call->attempts < 2) {
    ask_again (self, "LOOKUP", G_USEC_PER_SEC / 10);
    return TRUE;
  }
  ask_no_more (self);
  return end_refund (self, OSY_REFUND_FAILED, NULL, error);
}

static gboolean
apply_refund (Apply *self, GError **error)
{
  const OsyTossAnswer *answer = self->answer;
  gboolean lookup = g_str_equal (self->call->call, "LOOKUP");
  const OsyTossCancel *cancel = osy_toss_find_cancel (answer, self->call->subject_id);

  if (answer->kind == OSY_TOSS_OK && cancel != NULL && cancel->done) {
    ask_no_more (self);
    return end_refund (self, OSY_REFUND_DONE, cancel, error);
  }
  if (answer->kind == OSY_TOSS_OK && lookup && cancel == NULL) {
    /* The error is the key's: the call it belongs to is over, and gave nothing back. */
    if (self->call->errors >= REMEMBERED)
      return cancel_anew (self, error);
    ask_again (self, "CANCEL", G_USEC_PER_SEC + G_USEC_PER_SEC / 2);
    return TRUE;
  }
  if (answer->kind == OSY_TOSS_REFUSED && !lookup)
    return refused_refund (self, error);
  ask_again (self, "LOOKUP", 0);
  if (!lookup)
    self->next.errors = answer->remembered ? self->call->errors + 1 : 0;
  return end_refund (self, OSY_REFUND_UNKNOWN, NULL, error);
}

/* ---- what was said of a receipt ---- */

static gboolean
apply_receipt (Apply *self, GError **error)
{
  const OsyTossAnswer *answer = self->answer;
  gboolean issue = g_str_equal (self->call->call, "ISSUE");
  gboolean failed =
      answer->kind == OSY_TOSS_REFUSED || g_strcmp0 (answer->issue_status, "FAILED") == 0;
  const OsyCashReceiptStep change = {.id = self->call->subject_id,
                                     .payment_id = self->call->payment_id,
                                     .status = issue ? (failed ? "FAILED" : "ISSUED")
                                                     : (failed ? "ISSUED" : "CANCELED"),
                                     .receipt_key = issue ? answer->receipt_key : NULL,
                                     .approval_no = issue ? answer->issue_number : NULL,
                                     .failure = answer->code};

  if (answer->kind == OSY_TOSS_UNKNOWN) {
    ask_again (self, NULL, 0);
    return TRUE;
  }
  ask_no_more (self);
  self->receipted = !failed;
  return osy_cash_receipt_end (&self->act, &change, error);
}

/* ---- the row ---- */

static gboolean
write_next (Apply *self, GError **error)
{
  const Next *next = &self->next;
  gint64 wait = next->wait != 0 ? next->wait : wait_of (self->call);

  if (next->done)
    return osy_payment_store_unqueue (self->act.tx, self->call->subject_id, error);
  return osy_db_exec (
      self->act.tx,
      "UPDATE payment_task SET owner = NULL, call = coalesce($2, call), "
      "next_at = $3, attempts = CASE WHEN $4 THEN 0 ELSE attempts END, "
      "errors = $5 WHERE restaurant_id = app_restaurant() AND subject_id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (self->call->subject_id), OSY_P_TEXT (next->call),
                  OSY_P_TIME (osy_clock_now () + wait), OSY_P_BOOL (next->fresh),
                  OSY_P_INT (next->errors)),
      NULL, error);
}

gboolean
osy_payment_work_apply (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyPaymentCall *call = data;
  g_autoptr (OsyPrincipal) own = osy_principal_new_system (call->restaurant_id, "payment");
  const OsyCall who = {own, NULL};
  Apply self = {.act = {tx, call->ring, &who}, .call = call, .answer = call->answer};
  gboolean done = osy_payment_hold (&self.act, call->payment_id, &self.held, error);

  if (done) {
    self.status = osy_db_rows_text (self.held.row, 0, "status");
    self.amount = osy_db_rows_int (self.held.row, 0, "amount");
    done = g_str_equal (call->kind, "PAYMENT")  ? apply_payment (&self, error)
           : g_str_equal (call->kind, "REFUND") ? apply_refund (&self, error)
                                                : apply_receipt (&self, error);
  }
  done = done && write_next (&self, error) &&
         (!self.receipted || osy_cash_receipt_follow (&self.act, call->payment_id, error));
  osy_payment_held_clear (&self.held);
  return done;
}
