/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-fetch.h"
#include "osy-keyring.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

/** What the driver works with. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  const char *base_url; /* of the payment service, without a slash at its end */
  guint timeout_ms;     /* of one call */
  guint first_wait_ms; /* until an unknown outcome is looked up: 10,000; the later ones follow it */
} OsyPaymentDriverConfig;

/** Asks the payment service what there is to ask, one call at a time of each payment. Main thread.
 */
typedef struct _OsyPaymentDriver OsyPaymentDriver;
/** osy_payment_driver_new: @config: copied. Nothing happens before _start. */
OsyPaymentDriver *osy_payment_driver_new (const OsyPaymentDriverConfig *config);
/** osy_payment_driver_start: with everything left over from the last run first. */
void osy_payment_driver_start (OsyPaymentDriver *self);
/** osy_payment_driver_stop: nothing is asked any more; what is under way is looked up next time. */
void osy_payment_driver_stop (OsyPaymentDriver *self);
void osy_payment_driver_free (OsyPaymentDriver *self);

/** osy_payment_metrics: what the driver counts, to NULL. */
extern OsyMetric *const osy_payment_metrics[];

/** osy_payment_driver_wait: @func runs once, when an answer about @payment_id was taken in, or
 * after the time of a call. Returns: for _forget. */
guint osy_payment_driver_wait (OsyPaymentDriver *self,
                               const char *payment_id,
                               GSourceFunc func,
                               gpointer user_data);
/** osy_payment_driver_forget: it does not run then. */
void osy_payment_driver_forget (OsyPaymentDriver *self, guint id);

G_END_DECLS
