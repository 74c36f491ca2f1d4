/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-act.h"

G_BEGIN_DECLS

/** Pieces of a line that go back. */
typedef struct {
  const char *line_id;
  gint64 quantity;
} OsyRefundPiece;

/** What a person wants back, of a payment or of a check: lines, or a fraction, or won. */
typedef struct {
  const char *payment_id; /* this or check_id */
  const char *check_id;
  GArray *pieces; /* of OsyRefundPiece */
  int numerator;  /* of a fraction of what was paid; 0: none */
  int denominator;
  gint64 amount;         /* 0: none */
  gboolean delivery_fee; /* that, too */
  const char *reason;
  const char *account; /* (nullable): JSON: where a deposit goes back to */
  const OsyOrderKey *key;
} OsyRefundAsk;

/** Of one payment. */
typedef struct {
  char *payment_id;
  char *method;
  gint64 amount;
  gint64 tax_free;
  gint64 vat;
} OsyRefundShare;

/** What a refund would do. Won. */
typedef struct {
  GPtrArray *shares; /* of OsyRefundShare, in the order in which they are asked */
  gint64 ceiling;    /* paid and not refunded */
  gint64 amount;
  gint64 tax_free;
  gint64 vat;
  gint64 receipt; /* of it, what comes off a cash receipt */
} OsyRefundPlan;
void osy_refund_plan_free (OsyRefundPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyRefundPlan, osy_refund_plan_free)
/** osy_refund_plan_to_json: (transfer full): what is shown before the button. */
JsonNode *osy_refund_plan_to_json (const OsyRefundPlan *self);

/** osy_refund_plan: cards first, then accounts, then cash. Right: payment:take. (transfer full):
 * NULL with NOT_FOUND, INVALID_REQUEST for pieces that are not there, STATE_CONFLICT above the
 * ceiling. */
OsyRefundPlan *osy_refund_plan (const OsyPaymentAct *act, const OsyRefundAsk *ask, GError **error);

/**
 * osy_refund_make:
 * @replayed: (out): the same request was done before
 *
 * Makes the refunds of the plan in one act, whose id is the Idempotency-Key when that is a UUID: so
 * it is done once whoever sends it again and however much later; cash and terminal are DONE, since
 * who asks hands it back. Returns: (transfer full): the payments concerned, of OsyPayment.
 */
GPtrArray *osy_refund_make (const OsyPaymentAct *act,
                            const OsyRefundAsk *ask,
                            gboolean *replayed,
                            GError **error);

/** osy_refund_print: queues the proof of the act of a refund, in the language of the printer.
 * Right: payment:take. @replayed: (out): the same request was done before, and nothing is printed
 * again. */
gboolean osy_refund_print (const OsyPaymentAct *act,
                           const char *payment_id,
                           const char *refund_id,
                           const OsyOrderKey *key,
                           gboolean *replayed,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_refund_complete: a person has handed back what was REQUESTED of cash or a terminal; with
 * @failed, it was not and will not be. Right: payment:refund. */
gboolean osy_refund_complete (const OsyPaymentAct *act,
                              const char *payment_id,
                              const char *refund_id,
                              gboolean failed,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
