/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-payment-act.h"

G_BEGIN_DECLS

/** How a shop takes money. */
typedef struct {
  GPtrArray *methods; /* of char * */
  char *client_key;   /* (nullable): public, for the payment service's page */
  gboolean secret_key_set;
  gint64 auto_receipt_from; /* won of cash from which a receipt is issued unasked; 0: never */
  gint64 version;           /* 0: never set up */
} OsyPaymentSetup;
void osy_payment_setup_free (OsyPaymentSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPaymentSetup, osy_payment_setup_free)

/** osy_payment_setup_load: (transfer full): CASH and CARD_TERMINAL, receipts from 100,000 won, when
 * the shop never said otherwise. */
OsyPaymentSetup *osy_payment_setup_load (OsyDbTx *tx, GError **error);
/** osy_payment_setup_takes: Returns: whether @method is offered, with the keys it needs. */
gboolean osy_payment_setup_takes (const OsyPaymentSetup *self, const char *method);
/** osy_payment_setup_offers: OsyOrderTakes of this room: whether the shop takes @method for an
 * order. */
gboolean
osy_payment_setup_offers (OsyDbTx *tx, const char *method, gboolean *takes, GError **error);
/** osy_payment_setup_secret: (transfer full) (nullable): the secret key, to be wiped after use;
 * NULL when there is none, or with @error. */
char *osy_payment_setup_secret (OsyDbTx *tx, OsyKeyring *ring, GError **error);

/** What is to be changed. */
typedef struct {
  GPtrArray *methods;
  const char *client_key; /* nullable: none */
  const char *secret_key; /* nullable: as it is */
  gboolean forget_secret;
  gint64 auto_receipt_from; /* 0: never */
  gint64 if_version;        /* 0: whatever it is */
} OsyPaymentSetupChange;
/** osy_payment_setup_put: right: payment:manage. (transfer full): as it is now; NULL with
 * INVALID_REQUEST or VERSION_CONFLICT. */
OsyPaymentSetup *osy_payment_setup_put (const OsyPaymentAct *act,
                                        const OsyPaymentSetupChange *change,
                                        GError **error);

/** osy_payment_setup_to_json: (transfer full): never the secret key. */
JsonNode *osy_payment_setup_to_json (const OsyPaymentSetup *self);

G_END_DECLS
