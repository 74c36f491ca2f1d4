/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-act.h"
#include "osy-toss.h"

G_BEGIN_DECLS

/** One call to the payment service, ready to be sent; its row is marked as this process's. */
typedef struct {
  OsyKeyring *ring;
  gint64 first_wait; /* µs until an unknown outcome is first looked up */
  char *restaurant_id;
  char *kind; /* PAYMENT, REFUND, RECEIPT */
  char *call; /* CONFIRM, LOOKUP, CANCEL, ISSUE */
  char *payment_id;
  char *subject_id;
  char *trace_id; /* nullable */
  int attempts;
  int errors; /* that the service remembers for the key, one after the other */
  const char *method;
  char *path;
  char *key;             /* (nullable): Idempotency-Key */
  GBytes *body;          /* nullable */
  char *authorization;   /* wiped when freed */
  OsyTossAnswer *answer; /* (nullable): once it came */
} OsyPaymentCall;
void osy_payment_call_free (OsyPaymentCall *self);

/** What is due in one shop. */
typedef struct {
  OsyKeyring *ring;
  const char *restaurant_id;
  const char *owner; /* this process */
  gint64 first_wait;
  GPtrArray *calls; /* (out): of OsyPaymentCall */
  gboolean more;    /* (out): there may be more of it */
} OsyPaymentClaim;

/** osy_payment_work_claim: OsyDbFunc in the shop's scope; data: OsyPaymentClaim. At most one call
 * at a time of each payment. What is about to be done is written down (SUBMITTED) before it is. */
gboolean osy_payment_work_claim (OsyDbTx *tx, gpointer claim, GError **error);

/** osy_payment_work_apply: OsyDbFunc in the shop's scope; data: an OsyPaymentCall with its answer.
 * The row is done with, or asks again at its time. */
gboolean osy_payment_work_apply (OsyDbTx *tx, gpointer call, GError **error);

G_END_DECLS
