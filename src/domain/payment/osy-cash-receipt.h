/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-act.h"

G_BEGIN_DECLS

/** Whom unasked receipts are issued to (국세청 지정번호). */
#define OSY_CASH_RECEIPT_NOBODY "0100001234"

/** A receipt that is asked for. */
typedef struct {
  const char *payment_id;
  const char *kind;     /* INCOME, BUSINESS, SELF */
  const char *identity; /* phone, business number; (nullable) of SELF */
} OsyCashReceiptWanted;

/** osy_cash_receipt_ask: for a cash payment, now or any later day; of what is not refunded.
 * INVALID_REQUEST for a number that cannot be one, STATE_CONFLICT when there is a receipt already,
 * PAYMENT_METHOD_UNAVAILABLE without a contract with the payment service. */
gboolean osy_cash_receipt_ask (const OsyPaymentAct *act,
                               const OsyCashReceiptWanted *wanted,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_cash_receipt_cancel: @amount: won that went back; 0: all of it. STATE_CONFLICT unless one is
 * ISSUED. */
gboolean osy_cash_receipt_cancel (const OsyPaymentAct *act,
                                  const char *payment_id,
                                  gint64 amount,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_cash_receipt_follow: no receipt is of more than was kept of @payment_id: the rest of one
 * that is ISSUED is canceled. One that is under way is looked at when its answer has come. */
gboolean osy_cash_receipt_follow (const OsyPaymentAct *act,
                                  const char *payment_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What the payment service said of a receipt. */
typedef struct {
  const char *id;
  const char *payment_id;
  const char *status;      /* ISSUED, FAILED, CANCELED */
  const char *receipt_key; /* nullable */
  const char *approval_no; /* nullable */
  const char *failure;     /* nullable */
} OsyCashReceiptStep;
/** osy_cash_receipt_end: what became of it; the payment's event tells. What is canceled in part
 * stays ISSUED for the rest. */
gboolean osy_cash_receipt_end (const OsyPaymentAct *act,
                               const OsyCashReceiptStep *step,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
