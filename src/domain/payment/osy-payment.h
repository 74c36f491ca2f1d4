/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-state-table.h"

G_BEGIN_DECLS

/** States of a payment (design §5). UNKNOWN: nobody knows yet whether money moved. */
#define OSY_PAYMENT_CREATED "CREATED"
#define OSY_PAYMENT_SUBMITTED "SUBMITTED"
#define OSY_PAYMENT_PAID "PAID"
#define OSY_PAYMENT_DECLINED "DECLINED"
#define OSY_PAYMENT_UNKNOWN "UNKNOWN"
#define OSY_PAYMENT_WAITING "WAITING_FOR_DEPOSIT"
#define OSY_PAYMENT_PART_REFUNDED "PARTIALLY_REFUNDED"
#define OSY_PAYMENT_REFUNDED "REFUNDED"
#define OSY_PAYMENT_CANCELED "CANCELED"

/** States of a refund. REQUESTED waits for the payment service, or for a person to hand it back. */
#define OSY_REFUND_REQUESTED "REQUESTED"
#define OSY_REFUND_SUBMITTED "SUBMITTED"
#define OSY_REFUND_DONE "DONE"
#define OSY_REFUND_FAILED "FAILED"
#define OSY_REFUND_UNKNOWN "UNKNOWN"

#define OSY_PAYMENT_CASH "CASH"
#define OSY_PAYMENT_TERMINAL "CARD_TERMINAL"
#define OSY_PAYMENT_TOSS "TOSS"
#define OSY_PAYMENT_ACCOUNT "VIRTUAL_ACCOUNT"
#define OSY_PAYMENT_PLATFORM "PLATFORM" /* paid where it was ordered */

#define OSY_PAYMENT_MAX_REASON 150

/** After this, µs, nobody can agree in the payment service's window any more (integrations 1.3). */
#define OSY_PAYMENT_WINDOW (45 * G_TIME_SPAN_MINUTE)

/** The allowed steps; the triggers are generated from them. */
extern const OsyStateTable osy_payment_states;
extern const OsyStateTable osy_refund_states;
extern const OsyStateTable osy_cash_receipt_states;

/** osy_refund_is_open: Returns: whether nobody knows yet that a refund of @status came through. */
gboolean osy_refund_is_open (const char *status);
/** osy_payment_is_captured: Returns: whether money was taken in @status. */
gboolean osy_payment_is_captured (const char *status);
/** osy_payment_is_pending: Returns: whether money may be on its way in @status: nobody else may
 * pay the same won meanwhile. */
gboolean osy_payment_is_pending (const char *status);
/** osy_payment_is_remote: Returns: whether @method goes through the payment service. */
gboolean osy_payment_is_remote (const char *method);

/** Lines a refund was asked for. */
typedef struct {
  char *line_id;
  gint64 quantity;
} OsyRefundLine;

/** One refund of one payment. Won, UTC µs. */
typedef struct {
  char *id;
  char *act_id; /* shared by all refunds of one act: its Idempotency-Key when that is an id */
  char *status;
  gint64 amount;
  gint64 tax_free;
  gint64 vat;       /* given back with it */
  char *reason;     /* (nullable): could not be read */
  GPtrArray *lines; /* of OsyRefundLine */
  char *by;         /* a name */
  gint64 at;
  char *failure; /* (nullable): the payment service's words */
} OsyRefund;

/** Receipt for cash, told to the tax office. */
typedef struct {
  char *kind;        /* INCOME, BUSINESS, SELF */
  char *status;      /* REQUESTED, ISSUED, CANCEL_REQUESTED, CANCELED, FAILED */
  char *identity;    /* masked */
  char *approval_no; /* nullable */
  gint64 amount;
} OsyCashReceipt;

/** One payment with its refunds. Won, UTC µs; texts are nullable unless said otherwise. */
typedef struct {
  char *id;       /* never NULL; the order id that the payment service knows */
  char *status;   /* never NULL */
  char *check_id; /* never NULL */
  char *order_id;
  char *part_id;
  char *method; /* never NULL */
  gint64 amount;
  gint64 tax_free;
  gint64 received;   /* of CASH */
  gint64 discount;   /* of PLATFORM: what the platform bears of it */
  char *approval_no; /* masked */
  char *card_issuer;
  char *card_number; /* as the payment service masks it */
  char *checkout_url;
  char *bank;
  char *account_number;
  gint64 due_at;
  gint64 refunded;    /* DONE alone */
  gint64 held;        /* all refunds but those that FAILED */
  GPtrArray *refunds; /* of OsyRefund, oldest first */
  OsyCashReceipt *cash_receipt;
  char *failure_code;
  char *failure_message;
  gint64 created_at;
  gint64 paid_at;
  gint64 version;
} OsyPayment;

/** osy_payment_new: (transfer full): empty; _free with all that is in it. */
OsyPayment *osy_payment_new (void);
void osy_payment_free (OsyPayment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPayment, osy_payment_free)
/** osy_payment_add_refund: (transfer none): a new one at the end. */
OsyRefund *osy_payment_add_refund (OsyPayment *self);
/** osy_payment_add_refund_line: (transfer none). */
OsyRefundLine *osy_refund_add_line (OsyRefund *self);
/** osy_cash_receipt_free: with its texts. */
void osy_cash_receipt_free (OsyCashReceipt *self);

/** osy_payment_to_json: (transfer full): the payment of the contract. */
JsonNode *osy_payment_to_json (const OsyPayment *self);
/** osy_payment_from_json: unknown members are passed over. (transfer full): NULL with
 * INVALID_REQUEST. */
OsyPayment *osy_payment_from_json (JsonNode *node, GError **error);

/** What is left of a payment, and what a refund takes of it. Won. */
typedef struct {
  gint64 amount;   /* of the payment */
  gint64 tax_free; /* of it */
  gint64 held;     /* of earlier refunds: amount, tax-free, VAT */
  gint64 held_tax_free;
  gint64 held_vat;
} OsyRefundBase;

/**
 * osy_refund_share:
 * @wanted: 1…amount − held
 * @tax_free: (inout): how much of it is tax-free; -1: in proportion
 * @vat: (out): VAT that goes back with it
 *
 * All that went back so far has its proportion of the VAT, rounded down, so no refund is a won off
 * and the one that leaves nothing takes the rest (integrations 5.1), be they many and small; so
 * does the tax-free part. A @tax_free that does not fit is moved to what does. Returns: FALSE,
 * nothing written, when @wanted is out of its range.
 */
gboolean osy_refund_share (const OsyRefundBase *base, gint64 wanted, gint64 *tax_free, gint64 *vat)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
