/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of payments, refunds and of what waits for the payment service. Reading a whole payment is in
 * osy-payment-load.c. */

#include "osy-payment-store.h"

#include "osy-clock.h"
#include "osy-trace.h"

/* ---- payments ---- */

OsyDbRows *
osy_payment_store_row (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM payment WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows != NULL && osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such payment.");
    return NULL;
  }
  return g_steal_pointer (&rows);
}

OsyDbRows *
osy_payment_store_lock (OsyDbTx *tx, const char *id, GError **error)
{
  if (!osy_db_exec (tx,
                    "SELECT FROM payment WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid FOR UPDATE",
                    OSY_PARAMS (OSY_P_TEXT (id)), NULL, error))
    return NULL;
  return osy_payment_store_row (tx, id, error);
}

/* FALSE with @error; a NULL text stays NULL. */
static gboolean
seal (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCell *place,
      const char *plain,
      GBytes **ret,
      GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (tx), place->table, place->column, place->row_id};

  *ret = plain != NULL ? osy_keyring_seal (ring, &cell, plain, error) : NULL;
  return plain == NULL || *ret != NULL;
}

char *
osy_payment_cell (OsyKeyring *ring,
                  const OsyDbRows *rows,
                  guint row,
                  const char *table,
                  const char *column,
                  GError **error)
{
  const char *id = osy_db_rows_text (rows, row, "id");
  const OsyCell cell = {osy_db_rows_text (rows, row, "restaurant_id"), table, column, id};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, row, column);

  return osy_keyring_open (ring, &cell, sealed, error);
}

static GBytes *
approval_index (OsyDbTx *tx, OsyKeyring *ring, const char *approval_no)
{
  return approval_no != NULL ? osy_keyring_blind_index (ring, osy_db_tx_restaurant (tx), "payment",
                                                        "approval_no", approval_no)
                             : NULL;
}

gboolean
osy_payment_store_add (OsyDbTx *tx, OsyKeyring *ring, const OsyPaymentDraft *draft, GError **error)
{
  const OsyCell place = {NULL, "payment", "approval_no_enc", draft->id};
  g_autoptr (GBytes) index = approval_index (tx, ring, draft->approval_no);
  g_autoptr (GBytes) approval = NULL;
  gint64 now = osy_clock_now ();
  gboolean paid = g_str_equal (draft->status, OSY_PAYMENT_PAID);

  return seal (tx, ring, &place, draft->approval_no, &approval, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO payment (restaurant_id, id, status, check_id, order_id, part_id, method, "
             "shown_as, amount, tax_free_amount, received, approval_no_enc, approval_no_bidx, "
             "business_day, actor, created_at, paid_at, discount_amount) VALUES "
             "(app_restaurant(), $1::uuid, $2, $3::uuid, $4::uuid, $5::uuid, $6, $7, $8, $9, "
             "nullif($10, 0), $11, $12, $13::date, $14, $15, $16, $17)",
             OSY_PARAMS (
                 OSY_P_TEXT (draft->id), OSY_P_TEXT (draft->status), OSY_P_TEXT (draft->check_id),
                 OSY_P_TEXT (draft->order_id), OSY_P_TEXT (draft->part_id),
                 OSY_P_TEXT (draft->method), OSY_P_TEXT (draft->shown_as),
                 OSY_P_INT (draft->amount), OSY_P_INT (draft->tax_free),
                 OSY_P_INT (draft->received), OSY_P_BYTES (approval), OSY_P_BYTES (index),
                 OSY_P_TEXT (draft->business_day), OSY_P_TEXT (draft->actor), OSY_P_TIME (now),
                 OSY_P_TIME (paid ? now : 0), OSY_P_INT (draft->discount)),
             NULL, error);
}

/* What a step seals, in the order of its statement. */
typedef struct {
  GBytes *payment_key;
  GBytes *approval_no;
  GBytes *approval_index;
  GBytes *detail;
  GBytes *secret;
  GBytes *undo_reason;
} Sealed;

static void
sealed_clear (Sealed *self)
{
  g_clear_pointer (&self->payment_key, g_bytes_unref);
  g_clear_pointer (&self->approval_no, g_bytes_unref);
  g_clear_pointer (&self->approval_index, g_bytes_unref);
  g_clear_pointer (&self->detail, g_bytes_unref);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_clear_pointer (&self->undo_reason, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static gboolean
seal_step (OsyDbTx *tx, OsyKeyring *ring, const OsyPaymentStep *step, Sealed *ret, GError **error)
{
  const struct {
    const char *column;
    const char *plain;
    GBytes **ret;
  } cells[] = {
      {"payment_key_enc", step->payment_key, &ret->payment_key},
      {"approval_no_enc", step->approval_no, &ret->approval_no},
      {"detail_enc", step->detail, &ret->detail},
      {"secret_enc", step->secret, &ret->secret},
      {"undo_reason_enc", step->undo_reason, &ret->undo_reason},
  };

  ret->approval_index = approval_index (tx, ring, step->approval_no);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++) {
    const OsyCell place = {NULL, "payment", cells[i].column, step->id};
    if (!seal (tx, ring, &place, cells[i].plain, cells[i].ret, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_payment_store_step (OsyDbTx *tx, OsyKeyring *ring, const OsyPaymentStep *step, GError **error)
{
  g_auto (Sealed) sealed = {NULL};

  return seal_step (tx, ring, step, &sealed, error) &&
         osy_db_exec (
             tx,
             "UPDATE payment SET status = coalesce($2, status), "
             "check_id = coalesce($3::uuid, check_id), "
             "payment_key_enc = coalesce($4, payment_key_enc), "
             "approval_no_enc = coalesce($5, approval_no_enc), "
             "approval_no_bidx = coalesce($6, approval_no_bidx), "
             "detail_enc = coalesce($7, detail_enc), secret_enc = coalesce($8, secret_enc), "
             "due_at = coalesce($9, due_at), "
             "failure_code = CASE WHEN $2 = 'PAID' THEN NULL ELSE coalesce($10, failure_code) END, "
             "failure_message = CASE WHEN $2 = 'PAID' THEN NULL "
             "  ELSE coalesce($11, failure_message) END, "
             "undo_reason_enc = coalesce($12, undo_reason_enc), "
             "submitted_at = CASE WHEN $2 = 'SUBMITTED' THEN $13 ELSE submitted_at END, "
             "paid_at = CASE WHEN $2 = 'PAID' THEN $13 ELSE paid_at END, "
             "closed_at = CASE WHEN $2 IN ('DECLINED', 'CANCELED') THEN $13 ELSE closed_at END, "
             "version = version + 1 WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (step->id), OSY_P_TEXT (step->status),
                         OSY_P_TEXT (step->check_id), OSY_P_BYTES (sealed.payment_key),
                         OSY_P_BYTES (sealed.approval_no), OSY_P_BYTES (sealed.approval_index),
                         OSY_P_BYTES (sealed.detail), OSY_P_BYTES (sealed.secret),
                         OSY_P_TIME (step->due_at), OSY_P_TEXT (step->failure_code),
                         OSY_P_TEXT (step->failure_message), OSY_P_BYTES (sealed.undo_reason),
                         OSY_P_TIME (osy_clock_now ())),
             NULL, error);
}

gint64
osy_payment_store_version (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_payment_store_row (tx, id, error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "version") : 0;
}

/* ---- of a check, of an order ---- */

#define GROUP                                                                      \
  "WITH RECURSIVE members AS (SELECT id FROM guest_check "                         \
  "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "                  \
  "  UNION SELECT c.id FROM members m JOIN guest_check c ON c.merged_into = m.id " \
  "    AND c.restaurant_id = app_restaurant()) "

gboolean
osy_payment_store_pending (OsyDbTx *tx,
                           const char *check_id,
                           const char *except,
                           gint64 *ret,
                           GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    GROUP "SELECT coalesce(sum(p.amount), 0)::bigint AS won FROM payment p "
                          "WHERE p.restaurant_id = app_restaurant() "
                          "AND p.check_id = ANY (ARRAY (SELECT id FROM members)) "
                          "AND p.status IN ('SUBMITTED', 'UNKNOWN', 'WAITING_FOR_DEPOSIT') "
                          "AND p.id IS DISTINCT FROM $2::uuid",
                    OSY_PARAMS (OSY_P_TEXT (check_id), OSY_P_TEXT (except)), error);

  if (rows != NULL)
    *ret = osy_db_rows_int (rows, 0, "won");
  return rows != NULL;
}

static GPtrArray *
list_ids (OsyDbRows *rows)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, g_strdup (osy_db_rows_text (rows, i, "id")));
  return ids;
}

GPtrArray *
osy_payment_store_of_check (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    GROUP "SELECT p.id FROM payment p WHERE p.restaurant_id = app_restaurant() "
                          "AND p.check_id = ANY (ARRAY (SELECT id FROM members)) "
                          "ORDER BY p.created_at, p.id",
                    OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  return rows != NULL ? list_ids (rows) : NULL;
}

GPtrArray *
osy_payment_store_of_order (OsyDbTx *tx, const char *order_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id FROM payment WHERE restaurant_id = app_restaurant() "
                    "AND order_id = $1::uuid ORDER BY created_at, id",
                    OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  return rows != NULL ? list_ids (rows) : NULL;
}

/* ---- refunds ---- */

/* One row of refund with what it holds of its payment; a DONE one is given back with it. */
gboolean
osy_payment_store_add_refund (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyRefundDraft *draft,
                              GError **error)
{
  const OsyCell place = {NULL, "refund", "reason_enc", draft->id};
  const OsyCell account_place = {NULL, "refund", "account_enc", draft->id};
  g_autoptr (GBytes) reason = NULL;
  g_autoptr (GBytes) account = NULL;
  gboolean done = g_str_equal (draft->status, OSY_REFUND_DONE);
  gint64 now = osy_clock_now ();

  return seal (tx, ring, &place, draft->reason, &reason, error) &&
         seal (tx, ring, &account_place, draft->account, &account, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO refund (restaurant_id, id, payment_id, act_id, status, amount, "
             "tax_free_amount, vat_amount, reason_enc, lines, transaction_key, business_day, "
             "actor, "
             "created_at, done_at, account_enc) VALUES (app_restaurant(), $1::uuid, $2::uuid, "
             "$3::uuid, $4, $5, $6, $7, $8, $9::jsonb, $10, $11::date, $12, $13, $14, $15)",
             OSY_PARAMS (OSY_P_TEXT (draft->id), OSY_P_TEXT (draft->payment_id),
                         OSY_P_TEXT (draft->act_id), OSY_P_TEXT (draft->status),
                         OSY_P_INT (draft->amount), OSY_P_INT (draft->tax_free),
                         OSY_P_INT (draft->vat), OSY_P_BYTES (reason), OSY_P_TEXT (draft->lines),
                         OSY_P_TEXT (draft->transaction_key), OSY_P_TEXT (draft->business_day),
                         OSY_P_TEXT (draft->actor), OSY_P_TIME (now), OSY_P_TIME (done ? now : 0),
                         OSY_P_BYTES (account)),
             NULL, error) &&
         osy_db_exec (
             tx,
             "UPDATE payment SET held_amount = held_amount + $2, held_tax_free = held_tax_free "
             "+ $3, held_vat = held_vat + $4, refunded_amount = refunded_amount + $5 "
             "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (draft->payment_id), OSY_P_INT (draft->amount),
                         OSY_P_INT (draft->tax_free), OSY_P_INT (draft->vat),
                         OSY_P_INT (done ? draft->amount : 0)),
             NULL, error);
}

gboolean
osy_payment_store_step_refund (OsyDbTx *tx, const OsyRefundStep *step, GError **error)
{
  return osy_db_exec (
             tx,
             "UPDATE refund SET status = $2, transaction_key = coalesce($3, transaction_key), "
             "failure_code = $4, failure_message = $5, key_no = key_no + $6::int, "
             "done_at = CASE WHEN $2 = 'DONE' THEN $7 ELSE done_at END "
             "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (step->id), OSY_P_TEXT (step->status),
                         OSY_P_TEXT (step->transaction_key), OSY_P_TEXT (step->failure_code),
                         OSY_P_TEXT (step->failure_message), OSY_P_INT (step->new_key ? 1 : 0),
                         OSY_P_TIME (osy_clock_now ())),
             NULL, error) &&
         osy_db_exec (
             tx,
             "UPDATE payment p SET refunded_amount = refunded_amount + CASE WHEN $3 = 'DONE' "
             "    THEN r.amount ELSE 0 END, "
             "held_amount = held_amount - CASE WHEN $3 = 'FAILED' THEN r.amount ELSE 0 END, "
             "held_tax_free = held_tax_free - CASE WHEN $3 = 'FAILED' THEN r.tax_free_amount "
             "    ELSE 0 END, "
             "held_vat = held_vat - CASE WHEN $3 = 'FAILED' THEN r.vat_amount ELSE 0 END, "
             "last_refund_at = CASE WHEN $3 <> 'REQUESTED' THEN $4 ELSE last_refund_at END "
             "FROM refund r WHERE p.restaurant_id = app_restaurant() AND p.id = $1::uuid "
             "AND r.restaurant_id = p.restaurant_id AND r.id = $2::uuid",
             OSY_PARAMS (OSY_P_TEXT (step->payment_id), OSY_P_TEXT (step->id),
                         OSY_P_TEXT (step->status), OSY_P_TIME (osy_clock_now ())),
             NULL, error);
}

/* ---- what waits for the payment service ---- */

static GSourceFunc wake;
static gpointer wake_data;

void
osy_payment_store_set_wake (GSourceFunc func, gpointer user_data)
{
  wake = func;
  wake_data = user_data;
}

gboolean
osy_payment_store_queue (OsyDbTx *tx, const OsyPaymentTask *task, GError **error)
{
  const OsyTracePlace *request = osy_trace_current ();
  gint64 now = osy_clock_now ();

  if (wake != NULL)
    osy_db_tx_on_commit (tx, wake, wake_data, NULL);
  return osy_db_exec (
      tx,
      "INSERT INTO payment_task AS t (restaurant_id, subject_id, kind, call, payment_id, next_at, "
      "since, trace_id) VALUES (app_restaurant(), $1::uuid, $2, $3, $4::uuid, $5, $6, $7) "
      "ON CONFLICT (restaurant_id, subject_id) DO UPDATE "
      "SET next_at = least(t.next_at, excluded.next_at), "
      "trace_id = coalesce(excluded.trace_id, t.trace_id), "
      "call = CASE WHEN t.call = 'LOOKUP' THEN excluded.call ELSE t.call END",
      OSY_PARAMS (OSY_P_TEXT (task->subject_id), OSY_P_TEXT (task->kind), OSY_P_TEXT (task->call),
                  OSY_P_TEXT (task->payment_id), OSY_P_TIME (task->at != 0 ? task->at : now),
                  OSY_P_TIME (now), OSY_P_TEXT (request != NULL ? request->trace_id : NULL)),
      NULL, error);
}

gboolean
osy_payment_store_unqueue (OsyDbTx *tx, const char *subject_id, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM payment_task WHERE restaurant_id = app_restaurant() "
                      "AND subject_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (subject_id)), NULL, error);
}
