/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-payment.h"

G_BEGIN_DECLS

/* SQL of payments, in the transaction's restaurant. */

/** osy_payment_store_load: payments with these @ids (of char *), newest first, with their refunds
 * and receipts. (transfer full): of OsyPayment. */
GPtrArray *osy_payment_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error);
/** osy_payment_store_get: NULL with NOT_FOUND. */
OsyPayment *osy_payment_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);
/** osy_payment_store_lock: holds the payment's row until the transaction ends. The check of it must
 * be held before. (transfer full): the row, all columns; NULL with NOT_FOUND. */
OsyDbRows *osy_payment_store_lock (OsyDbTx *tx, const char *id, GError **error);
/** osy_payment_store_row: the same without holding it. */
OsyDbRows *osy_payment_store_row (OsyDbTx *tx, const char *id, GError **error);

/** A payment that begins. Texts are nullable unless said otherwise. */
typedef struct {
  const char *id;       /* never NULL */
  const char *status;   /* never NULL */
  const char *check_id; /* never NULL */
  const char *order_id;
  const char *part_id;
  const char *method; /* never NULL */
  const char *shown_as;
  gint64 amount;
  gint64 tax_free;
  gint64 received; /* 0: none */
  gint64 discount; /* of PLATFORM: what the platform bears of it */
  const char *approval_no;
  const char *business_day; /* never NULL */
  const char *actor;        /* never NULL */
} OsyPaymentDraft;
gboolean
osy_payment_store_add (OsyDbTx *tx, OsyKeyring *ring, const OsyPaymentDraft *draft, GError **error);

/** A step of a payment that is held. NULL and 0 leave things as they are. */
typedef struct {
  const char *id;
  const char *status; /* the new one; NULL: the same, with a new version */
  const char *check_id;
  const char *payment_key;
  const char *approval_no;
  const char *detail; /* JSON */
  const char *secret;
  gint64 due_at;
  const char *failure_code;
  const char *failure_message;
  const char *undo_reason;
} OsyPaymentStep;
/** osy_payment_store_step: submitted_at, paid_at, closed_at follow the status. */
gboolean
osy_payment_store_step (OsyDbTx *tx, OsyKeyring *ring, const OsyPaymentStep *step, GError **error);
/** osy_payment_store_version: 0 with @error. */
gint64 osy_payment_store_version (OsyDbTx *tx, const char *id, GError **error);
/** osy_payment_store_pending: won of the payments of the group of @check_id that may be on their
 * way, but for @except (nullable). FALSE with @error. */
gboolean osy_payment_store_pending (OsyDbTx *tx,
                                    const char *check_id,
                                    const char *except,
                                    gint64 *ret,
                                    GError **error);
/** osy_payment_store_of_check: ids of the payments of the group of @check_id, oldest first;
 * _of_order of one order. (transfer full): of char *. */
GPtrArray *osy_payment_store_of_check (OsyDbTx *tx, const char *check_id, GError **error);
GPtrArray *osy_payment_store_of_order (OsyDbTx *tx, const char *order_id, GError **error);

/** A refund that begins; its payment is held. */
typedef struct {
  const char *id;
  const char *payment_id;
  const char *act_id;
  const char *status; /* REQUESTED or DONE */
  gint64 amount;
  gint64 tax_free;
  gint64 vat;
  const char *reason;
  const char *lines;           /* JSON array */
  const char *account;         /* (nullable): JSON */
  const char *transaction_key; /* (nullable): made elsewhere */
  const char *business_day;
  const char *actor;
} OsyRefundDraft;
/** osy_payment_store_add_refund: the refund, and what its payment holds back for it: the row and
 * the payment's amounts are one. */
gboolean osy_payment_store_add_refund (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyRefundDraft *draft,
                                       GError **error);
/** A step of a refund; its payment is held. */
typedef struct {
  const char *id;
  const char *payment_id;
  const char *status;
  const char *transaction_key; /* nullable */
  const char *failure_code;    /* nullable */
  const char *failure_message; /* nullable */
  gboolean new_key;            /* the service refused it this time alone: it may be asked anew */
} OsyRefundStep;
/** osy_payment_store_step_refund: DONE counts as refunded, FAILED gives back what was held. The
 * payment's status is the caller's to change. */
gboolean osy_payment_store_step_refund (OsyDbTx *tx, const OsyRefundStep *step, GError **error);

/** Something to ask of the payment service. */
typedef struct {
  const char *kind; /* of the subject: PAYMENT, REFUND, RECEIPT */
  const char *call; /* CONFIRM, LOOKUP, CANCEL, ISSUE */
  const char *payment_id;
  const char *subject_id;
  gint64 at; /* UTC µs; 0: now */
} OsyPaymentTask;
/** osy_payment_store_queue: asks it at its time, or sooner when it waits already; what was to be
 * asked then stays, but a LOOKUP gives way. The driver wakes when this commits. */
gboolean osy_payment_store_queue (OsyDbTx *tx, const OsyPaymentTask *task, GError **error);
/** osy_payment_store_set_wake: @func runs on the main context after such a commit; one for the
 * process. */
void osy_payment_store_set_wake (GSourceFunc func, gpointer user_data);
/** osy_payment_store_unqueue: nothing is to be asked any more. */
gboolean osy_payment_store_unqueue (OsyDbTx *tx, const char *subject_id, GError **error);

/** osy_payment_cell: @rows: with restaurant_id, id and @column of @table. (transfer full)
 * (nullable): the cell, opened; NULL with @error when it cannot be. */
char *osy_payment_cell (OsyKeyring *ring,
                        const OsyDbRows *rows,
                        guint row,
                        const char *table,
                        const char *column,
                        GError **error);

G_END_DECLS
