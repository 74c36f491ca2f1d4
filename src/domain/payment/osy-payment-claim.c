/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is to be asked of the payment service next, as ready-made calls. The mark on the row commits
 * before a call leaves; a mark of a process that is gone turns a charge or a refund into a look-up.
 */

#include <string.h>

#include "osy-clock.h"
#include "osy-payment-setup.h"
#include "osy-payment-work.h"

#define AT_ONCE 16
#define REFUND_PAUSE (G_USEC_PER_SEC + 200 * 1000)
#define UNREADABLE_WAIT (60 * G_USEC_PER_SEC)

void
osy_payment_call_free (OsyPaymentCall *self)
{
  if (self == NULL)
    return;
  char *texts[] = {self->restaurant_id, self->kind, self->call, self->payment_id,
                   self->subject_id,    self->path, self->key,  self->trace_id};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  if (self->authorization != NULL)
    osy_wipe (self->authorization, strlen (self->authorization));
  g_free (self->authorization);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->answer, osy_toss_answer_free);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPaymentCall, osy_payment_call_free)

/* What building a call comes to, but for an error. */
typedef enum { READY, NOTHING, LATER } Built;

typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  OsyPaymentCall *call;
  gint64 later; /* UTC µs */
} Build;

static char *
cell (const Build *build,
      const OsyDbRows *rows,
      const char *table,
      const char *column,
      GError **error)
{
  return osy_payment_cell (build->ring, rows, 0, table, column, error);
}

static void
look_up (OsyPaymentCall *call)
{
  call->method = "GET";
  call->path = g_strconcat ("/v1/payments/orders/", call->payment_id, NULL);
}

/* ---- a payment ---- */

static Built
build_confirm (Build *build, const OsyDbRows *row, GError **error)
{
  OsyPaymentCall *call = build->call;
  g_autofree char *key = cell (build, row, "payment", "payment_key_enc", error);

  if (key == NULL)
    return NOTHING;
  call->method = "POST";
  call->path = g_strdup ("/v1/payments/confirm");
  call->key = g_strdup (call->payment_id);
  call->body = osy_toss_confirm_body (key, call->payment_id, osy_db_rows_int (row, 0, "amount"));
  return READY;
}

static Built
build_void (Build *build, const OsyDbRows *row, GError **error)
{
  OsyPaymentCall *call = build->call;
  g_autofree char *key = cell (build, row, "payment", "payment_key_enc", error);
  g_autofree char *reason = cell (build, row, "payment", "undo_reason_enc", NULL);
  const OsyTossRefund all = {.reason = reason != NULL ? reason : "취소"};

  if (key == NULL)
    return NOTHING;
  call->method = "POST";
  call->path = g_strdup_printf ("/v1/payments/%s/cancel", key);
  call->key = g_strconcat (call->payment_id, "-void", NULL);
  call->body = osy_toss_cancel_body (&all);
  return READY;
}

static Built
build_payment (Build *build, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_payment_store_row (build->tx, build->call->payment_id, error);
  const char *status = row != NULL ? osy_db_rows_text (row, 0, "status") : NULL;

  if (row == NULL)
    return NOTHING;
  if (g_str_equal (build->call->call, "CONFIRM"))
    return g_str_equal (status, OSY_PAYMENT_SUBMITTED) || g_str_equal (status, OSY_PAYMENT_UNKNOWN)
               ? build_confirm (build, row, error)
               : NOTHING;
  if (g_str_equal (build->call->call, "CANCEL"))
    return g_str_equal (status, OSY_PAYMENT_WAITING) ? build_void (build, row, error) : NOTHING;
  look_up (build->call);
  return READY;
}

/* ---- a refund ---- */

static OsyDbRows *
read_refund (Build *build, GError **error)
{
  return osy_db_query (build->tx,
                       "SELECT r.*, p.payment_key_enc, p.last_refund_at FROM refund r JOIN payment "
                       "p ON p.restaurant_id = r.restaurant_id AND p.id = r.payment_id "
                       "WHERE r.restaurant_id = app_restaurant() AND r.id = $1::uuid",
                       OSY_PARAMS (OSY_P_TEXT (build->call->subject_id)), error);
}

static char *
payment_key (Build *build, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_payment_store_row (build->tx, build->call->payment_id, error);

  return row != NULL ? cell (build, row, "payment", "payment_key_enc", error) : NULL;
}

static Built
build_cancel (Build *build, const OsyDbRows *rows, GError **error)
{
  OsyPaymentCall *call = build->call;
  g_autofree char *reason = cell (build, rows, "refund", "reason_enc", error);
  g_autofree char *account = cell (build, rows, "refund", "account_enc", NULL);
  g_autofree char *key = reason != NULL ? payment_key (build, error) : NULL;
  gint64 no = osy_db_rows_int (rows, 0, "key_no");
  const OsyRefundStep step = {
      .id = call->subject_id, .payment_id = call->payment_id, .status = OSY_REFUND_SUBMITTED};
  const OsyTossRefund refund = {.refund_id = call->subject_id,
                                .reason = reason,
                                .amount = osy_db_rows_int (rows, 0, "amount"),
                                .tax_free = osy_db_rows_int (rows, 0, "tax_free_amount"),
                                .account = account};

  if (key == NULL)
    return NOTHING;
  call->method = "POST";
  call->path = g_strdup_printf ("/v1/payments/%s/cancel", key);
  call->key = no == 1 ? g_strdup (call->subject_id)
                      : g_strdup_printf ("%s-%" G_GINT64_FORMAT, call->subject_id, no);
  call->body = osy_toss_cancel_body (&refund);
  if (g_str_equal (osy_db_rows_text (rows, 0, "status"), OSY_REFUND_REQUESTED) &&
      !osy_payment_store_step_refund (build->tx, &step, error))
    return NOTHING;
  return READY;
}

static Built
build_refund (Build *build, GError **error)
{
  g_autoptr (OsyDbRows) rows = read_refund (build, error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return NOTHING;
  const char *status = osy_db_rows_text (rows, 0, "status");
  if (g_str_equal (status, OSY_REFUND_DONE) || g_str_equal (status, OSY_REFUND_FAILED))
    return NOTHING;
  if (!g_str_equal (build->call->call, "CANCEL")) {
    look_up (build->call);
    return READY;
  }
  gint64 last = osy_db_rows_time (rows, 0, "last_refund_at");
  build->later = last + REFUND_PAUSE;
  return last != 0 && build->later > osy_clock_now () ? LATER : build_cancel (build, rows, error);
}

/* ---- a receipt ---- */

static Built
build_issue (Build *build, const OsyDbRows *rows, GError **error)
{
  OsyPaymentCall *call = build->call;
  g_autofree char *identity = cell (build, rows, "cash_receipt", "identity_enc", error);
  const OsyTossReceipt receipt = {.id = call->subject_id,
                                  .kind = osy_db_rows_text (rows, 0, "kind"),
                                  .identity = identity,
                                  .amount = osy_db_rows_int (rows, 0, "amount"),
                                  .tax_free = osy_db_rows_int (rows, 0, "tax_free_amount")};

  if (identity == NULL)
    return NOTHING;
  call->path = g_strdup ("/v1/cash-receipts");
  call->key = g_strdup (call->subject_id);
  call->body = osy_toss_receipt_body (&receipt);
  return READY;
}

static Built
build_receipt (Build *build, GError **error)
{
  OsyPaymentCall *call = build->call;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (build->tx,
                    "SELECT * FROM cash_receipt WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (call->subject_id)), error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return NOTHING;
  const char *status = osy_db_rows_text (rows, 0, "status");
  call->method = "POST";
  if (g_str_equal (status, "REQUESTED"))
    return build_issue (build, rows, error);
  if (!g_str_equal (status, "CANCEL_REQUESTED"))
    return NOTHING;
  g_autofree char *key = cell (build, rows, "cash_receipt", "receipt_key_enc", error);
  if (key == NULL)
    return NOTHING;
  g_free (call->call);
  call->call = g_strdup ("CANCEL");
  call->path = g_strdup_printf ("/v1/cash-receipts/%s/cancel", key);
  call->key = g_strdup_printf ("%s-%" G_GINT64_FORMAT, call->subject_id,
                               osy_db_rows_int (rows, 0, "cancel_no"));
  call->body = osy_toss_amount_body (osy_db_rows_int (rows, 0, "cancel_amount"));
  return READY;
}

/* ---- claiming ---- */

static OsyDbRows *
mark_due (OsyDbTx *tx, const OsyPaymentClaim *claim, GError **error)
{
  return osy_db_query (
      tx,
      "WITH due AS (SELECT DISTINCT ON (payment_id) subject_id, owner FROM payment_task t "
      "  WHERE restaurant_id = app_restaurant() AND next_at <= $1 "
      "  AND owner IS DISTINCT FROM $2::uuid AND NOT EXISTS (SELECT FROM payment_task o "
      "    WHERE o.restaurant_id = t.restaurant_id AND o.payment_id = t.payment_id "
      "    AND o.owner = $2::uuid) ORDER BY payment_id, next_at, subject_id LIMIT $3) "
      "UPDATE payment_task t SET owner = $2::uuid, attempts = attempts + 1, call = CASE "
      "  WHEN due.owner IS NOT NULL AND t.kind IN ('PAYMENT', 'REFUND') THEN 'LOOKUP' "
      "  ELSE t.call END "
      "FROM due WHERE t.restaurant_id = app_restaurant() AND t.subject_id = due.subject_id "
      "RETURNING t.kind, t.call, t.payment_id, t.subject_id, t.attempts, t.errors, t.trace_id",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (claim->owner), OSY_P_INT (AT_ONCE)),
      error);
}

static gboolean
postpone (OsyDbTx *tx, const char *subject_id, gint64 at, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE payment_task SET owner = NULL, attempts = attempts - 1, next_at = $2 "
                      "WHERE restaurant_id = app_restaurant() AND subject_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (subject_id), OSY_P_TIME (at)), NULL, error);
}

static OsyPaymentCall *
call_new (const OsyPaymentClaim *claim, const OsyDbRows *rows, guint i)
{
  OsyPaymentCall *call = g_new0 (OsyPaymentCall, 1);

  call->ring = claim->ring;
  call->first_wait = claim->first_wait;
  call->restaurant_id = g_strdup (claim->restaurant_id);
  call->kind = g_strdup (osy_db_rows_text (rows, i, "kind"));
  call->call = g_strdup (osy_db_rows_text (rows, i, "call"));
  call->payment_id = g_strdup (osy_db_rows_text (rows, i, "payment_id"));
  call->subject_id = g_strdup (osy_db_rows_text (rows, i, "subject_id"));
  call->trace_id = g_strdup (osy_db_rows_text (rows, i, "trace_id"));
  call->attempts = (int)osy_db_rows_int (rows, i, "attempts");
  call->errors = (int)osy_db_rows_int (rows, i, "errors");
  return call;
}

static Built
build_call (Build *build, GError **error)
{
  const char *kind = build->call->kind;

  if (g_str_equal (kind, "PAYMENT"))
    return build_payment (build, error);
  return g_str_equal (kind, "REFUND") ? build_refund (build, error) : build_receipt (build, error);
}

/* One that cannot be read must not keep the others waiting. */
static gboolean
take_call (OsyDbTx *tx,
           OsyPaymentClaim *claim,
           OsyPaymentCall *taken,
           const char *secret,
           GError **error)
{
  g_autoptr (OsyPaymentCall) call = taken;
  Build build = {tx, claim->ring, call, osy_clock_now () + UNREADABLE_WAIT};
  g_autoptr (GError) local = NULL;
  Built built = secret != NULL ? build_call (&build, &local) : LATER;

  if (local != NULL && !osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (local != NULL) {
    g_warning ("payment %s cannot be asked about: %s", call->payment_id, local->message);
    built = LATER;
  }
  if (built == NOTHING)
    return osy_payment_store_unqueue (tx, call->subject_id, error);
  if (built == LATER)
    return postpone (tx, call->subject_id, build.later, error);
  call->authorization = osy_toss_authorization (secret);
  g_ptr_array_add (claim->calls, g_steal_pointer (&call));
  return TRUE;
}

gboolean
osy_payment_work_claim (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyPaymentClaim *claim = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDbRows) rows = mark_due (tx, claim, error);

  g_ptr_array_set_size (claim->calls, 0); /* this may run again */
  if (rows == NULL)
    return FALSE;
  g_autofree char *secret = osy_payment_setup_secret (tx, claim->ring, &local);
  if (local != NULL)
    g_warning ("the payment service's key cannot be read: %s", local->message);
  gboolean done = TRUE;
  for (guint i = 0; done && i < osy_db_rows_count (rows); i++)
    done = take_call (tx, claim, call_new (claim, rows, i), secret, error);
  if (secret != NULL)
    osy_wipe (secret, strlen (secret));
  claim->more = osy_db_rows_count (rows) == AT_ONCE;
  return done;
}
