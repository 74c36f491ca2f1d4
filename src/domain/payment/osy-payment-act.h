/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-store.h"
#include "osy-payment-service.h"
#include "osy-payment-store.h"

G_BEGIN_DECLS

/* What all of the room's rules are made of. Locks are taken in one order: the order, the check, the
 * payment. */

/** Who acts, in which transaction. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyCall *call;
} OsyPaymentAct;

/** osy_payment_refuse: Returns: FALSE, with @error set. */
gboolean osy_payment_refuse (OsyErrorCode code, const char *message, GError **error);

/** A payment that is held, with the check on which it stands. */
typedef struct {
  char *check_id;  /* the group's root */
  gboolean voided; /* nothing is sold on the check any more */
  gint64 owed;     /* of the group */
  OsyDbRows *row;  /* of the table payment */
} OsyPaymentHeld;
void osy_payment_held_clear (OsyPaymentHeld *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyPaymentHeld, osy_payment_held_clear)

/** osy_payment_hold: the check first. FALSE with NOT_FOUND, STATE_CONFLICT. */
gboolean osy_payment_hold (const OsyPaymentAct *act,
                           const char *id,
                           OsyPaymentHeld *ret,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_payment_tell: audit row and event "payment.<what>" of the payment as it is now: its version
 * must have gone up. @amount: what moved, won. */
gboolean osy_payment_tell (const OsyPaymentAct *act,
                           const char *id,
                           const char *what,
                           gint64 amount,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_payment_business_day: (transfer full): of the shop, now. */
char *osy_payment_business_day (const OsyPaymentAct *act, GError **error);

/** osy_payment_capture: the money is ours: the step (PAID), the check, the part; what is undone
 * already goes back at once. */
gboolean osy_payment_capture (const OsyPaymentAct *act,
                              const OsyPaymentHeld *held,
                              const OsyPaymentStep *step,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What is wanted back of one payment. */
typedef struct {
  gint64 amount;
  gint64 tax_free; /* -1: in proportion */
  const char *reason;
  const char *act_id;          /* (nullable): its own */
  const char *lines;           /* (nullable): JSON array */
  const char *account;         /* (nullable): JSON: where a deposit goes back to */
  const char *transaction_key; /* (nullable): the payment service did it without us */
  gboolean handed;             /* cash or the terminal's slip is in the guest's hand */
} OsyRefundWanted;
/** osy_payment_refund: @ret_id: (out) (nullable) (transfer full): the refund's id. STATE_CONFLICT
 * when more is wanted than is left (member refundable_amount). */
gboolean osy_payment_refund (const OsyPaymentAct *act,
                             const OsyPaymentHeld *held,
                             const OsyRefundWanted *wanted,
                             char **ret_id,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_payment_refund_end: what became of it: DONE, FAILED, UNKNOWN. The payment, its check and its
 * part follow. Does nothing when it has ended already. */
gboolean osy_payment_refund_end (const OsyPaymentAct *act,
                                 const OsyPaymentHeld *held,
                                 const OsyRefundStep *step,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_payment_seen_before: the Idempotency-Key of a request. @key: (nullable): nothing is
 * remembered then. @subject_id: (out) (transfer full): what the same request made before, NULL when
 * it is new: then @new_id is remembered for it. */
gboolean osy_payment_seen_before (const OsyPaymentAct *act,
                                  const OsyOrderKey *key,
                                  const char *new_id,
                                  char **subject_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
