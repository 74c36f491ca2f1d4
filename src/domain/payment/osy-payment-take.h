/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-act.h"

G_BEGIN_DECLS

/** A payment that is asked for. Texts are nullable unless said otherwise. */
typedef struct {
  const char *check_id; /* this or order_id */
  const char *order_id;
  const char *part_id;
  const char *method; /* never NULL */
  gint64 amount;
  gint64 received; /* of CASH; 0: exactly @amount */
  gint64 discount; /* of PLATFORM: what the platform bears of @amount */
  const char *approval_no;
  const char *shown_as;
  const char *receipt_kind; /* INCOME, BUSINESS, SELF; NULL: none asked for */
  const char *receipt_identity;
  gboolean guest; /* who holds the order's token */
  const OsyOrderKey *key;
} OsyPaymentTake;

/**
 * osy_payment_take:
 * @replayed: (out): the same request was done before
 *
 * CASH and CARD_TERMINAL are PAID and posted at once; what goes through the payment service is
 * CREATED and waits for the guest. Right: payment:take, or the order's guest, who pays through the
 * service alone. Returns: (transfer full): NULL with NOT_FOUND, PAYMENT_METHOD_UNAVAILABLE, or
 * STATE_CONFLICT (member owed) when more is paid than is owed and not on its way already.
 */
OsyPayment *osy_payment_take (const OsyPaymentAct *act,
                              const OsyPaymentTake *take,
                              gboolean *replayed,
                              GError **error);

/**
 * osy_payment_take_platform:
 * @discount: what the platform bears of it, won
 *
 * What a guest paid at a platform: a PLATFORM payment of all that is owed for the order. Does
 * nothing when there is one, nothing is owed or the order was withdrawn. May be repeated.
 */
gboolean osy_payment_take_platform (const OsyPaymentAct *act,
                                    const char *order_id,
                                    gint64 discount,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What the guest's return from the payment service's page says. */
typedef struct {
  const char *id;
  const char *payment_key;
  gint64 amount;
} OsyPaymentConfirm;

/**
 * osy_payment_submit:
 * @begun: (out): the payment service is to be asked now
 *
 * SUBMITTED, once the amount is ours and the check still owes it; the same again changes nothing.
 * What cannot be paid any more is refused with STATE_CONFLICT, another amount with INVALID_REQUEST:
 * nothing is charged then.
 */
gboolean osy_payment_submit (const OsyPaymentAct *act,
                             const OsyPaymentConfirm *confirm,
                             gboolean *begun,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_payment_cancel: what has not begun is CANCELED; an account that waits for its deposit is
 * given up at the payment service. STATE_CONFLICT for anything else. Right: payment:take. */
gboolean osy_payment_cancel (const OsyPaymentAct *act,
                             const char *id,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_payment_ask: asks the payment service now. Right: payment:take. */
gboolean osy_payment_ask (const OsyPaymentAct *act,
                          const char *id,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
