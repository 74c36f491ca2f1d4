/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"
#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-payment-driver.h"
#include "osy-printing-routes.h"
#include "osy-settler.h"

G_BEGIN_DECLS

/** What the payment room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyPaymentDriver *driver;
  OsySettler *settler;
  const char *sdk_url;             /* of the script that the checkout page loads */
  const OsyPrintingRoom *printing; /* whose drawer opens */
} OsyPaymentRoom;

/** Every route of the room; room: an OsyPaymentRoom. */
extern const OsyRoute osy_payment_routes[];
extern const OsyRoute osy_payment_list_routes[];
extern const OsyRoute osy_refund_routes[];
extern const OsyRoute osy_payment_setup_routes[];
extern const OsyRoute osy_checkout_routes[];
extern const OsyRoute osy_settlement_routes[];

/** osy_payment_decorate: OsyEventDecorate of payment.*: adds the payments as they stand now. */
gboolean osy_payment_decorate (OsyDbTx *tx,
                               GPtrArray *events,
                               OsyEventExtra *extras,
                               gpointer room,
                               GError **error);

/** osy_payment_on_channel: OsyEventHandler of "channel.placed": what was paid at the platform;
 * room: an OsyPaymentRoom. */
gboolean osy_payment_on_channel (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const OsyEvent *event,
                                 gpointer room,
                                 GError **error);

/** What must be true of stored payments. */
extern const OsyDbInvariant osy_payment_invariants[];

G_END_DECLS
