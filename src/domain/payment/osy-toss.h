/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Toss Payments is told and what it says (integrations 1), without any I/O. */

/** How an answer is to be taken (integrations 1.6). */
typedef enum {
  OSY_TOSS_OK,
  OSY_TOSS_REFUSED, /* definite: it was not and will not be done */
  OSY_TOSS_UNKNOWN, /* look it up; never charge again */
} OsyTossClass;

/** One cancellation of a payment. Won. */
typedef struct {
  char *transaction_key;
  char *reason;
  gint64 amount;
  gint64 tax_free;
  gboolean done;
} OsyTossCancel;

/** An answer. Texts are nullable. */
typedef struct {
  OsyTossClass kind;
  char *code; /* of what is not OK */
  char *message;
  char *status; /* of a payment: DONE, … */
  char *order_id;
  char *payment_key;
  gint64 total;
  gboolean approved; /* money was taken at some time */
  char *approval_no;
  char *detail; /* JSON {issuer, number} or {bank, account} */
  char *secret;
  gint64 due_at;
  gboolean remembered; /* the call ended with an error, which its key says again for ever */
  GPtrArray *cancels;  /* of OsyTossCancel */
  char *receipt_key;   /* of a cash receipt */
  char *issue_number;
  char *issue_status;
} OsyTossAnswer;

/** osy_toss_read: @http_status: 0: none came; @body: nullable. (transfer full). */
OsyTossAnswer *osy_toss_read (guint http_status, GBytes *body);
void osy_toss_answer_free (OsyTossAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyTossAnswer, osy_toss_answer_free)

/** osy_toss_confirm_body, …: (transfer full): JSON. */
GBytes *osy_toss_confirm_body (const char *payment_key, const char *order_id, gint64 amount);

/** A cancellation to be asked for. */
typedef struct {
  const char *refund_id; /* (nullable): marks the reason, so that it is found again */
  const char *reason;
  gint64 amount; /* 0: all of it */
  gint64 tax_free;
  const char *account; /* (nullable): JSON {bank, account_number, holder} */
} OsyTossRefund;
GBytes *osy_toss_cancel_body (const OsyTossRefund *refund);
/** osy_toss_find_cancel: (transfer none) (nullable): the cancellation marked by @refund_id. */
const OsyTossCancel *osy_toss_find_cancel (const OsyTossAnswer *answer, const char *refund_id);
/** osy_toss_is_ours: Returns: whether a cancellation bears the mark of any refund. */
gboolean osy_toss_is_ours (const OsyTossCancel *cancel);

/** A cash receipt to be issued. */
typedef struct {
  const char *id;
  const char *kind; /* INCOME, BUSINESS, SELF */
  const char *identity;
  gint64 amount;
  gint64 tax_free;
} OsyTossReceipt;
GBytes *osy_toss_receipt_body (const OsyTossReceipt *receipt);
/** osy_toss_amount_body: {amount}, of a receipt's cancellation. */
GBytes *osy_toss_amount_body (gint64 amount);

/** osy_toss_authorization: (transfer full): value of the header; to be wiped. */
char *osy_toss_authorization (const char *secret_key);

G_END_DECLS
