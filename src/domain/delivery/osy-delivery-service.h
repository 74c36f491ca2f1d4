/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-delivery.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/* Every one of these holds the order's row until the transaction ends, so that two of them cannot
 * make two deliveries or call two riders. */

/**
 * osy_delivery_service_request:
 * @carrier: (nullable): OSY_CARRIER_…; NULL: as the shop has set it up, and unasked: one that
 * failed or was called off is then not replaced
 *
 * For the saga, once an order for delivery is accepted: sees that a live delivery exists. Does
 * nothing for an order that is no delivery, has one, or is closed already (the closed order is the
 * tombstone by which a cancellation may come first). Calls no rider by itself. Emits
 * delivery.requested. May be repeated.
 */
gboolean osy_delivery_service_request (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       const char *order_id,
                                       const char *carrier,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_delivery_service_cancel:
 * @reason: (nullable): words for the rider
 *
 * For the saga: ends the live delivery that is not delivered yet and calls off its rider (durably;
 * the worker tells the agency). Nothing to end is no error. Emits delivery.canceled. May be
 * repeated.
 */
gboolean osy_delivery_service_cancel (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const OsyCall *call,
                                      const char *order_id,
                                      const char *reason,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What staff want for an order. */
typedef struct {
  const char *order_id;
  const char *carrier;     /* (nullable): the shop's own choice */
  const char *rider;       /* (nullable): then ASSIGNED at once */
  const char *rider_phone; /* (nullable): digits */
  gint64 eta_at;           /* 0: not said */
} OsyDeliveryWant;

/**
 * osy_delivery_service_call:
 * @created: (out): whether this call made it, or called the rider
 *
 * Staff see to it that somebody carries the order; with AGENCY a rider's call is written down, and
 * made by the worker. Asking again for the same changes nothing. Returns: (transfer full): the
 * order's live delivery; NULL with NOT_FOUND, or STATE_CONFLICT: no open delivery order, a rider of
 * another carrier was called, or no agency is set up.
 */
OsyDelivery *osy_delivery_service_call (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyCall *call,
                                        const OsyDeliveryWant *want,
                                        gboolean *created,
                                        GError **error);

/** What somebody does with a delivery. */
typedef struct {
  const char *delivery_id; /* (nullable): then that of @order_id */
  const char *order_id;    /* nullable */
  const char *act;         /* the verb of the table */
  const char *rider;       /* (nullable) of assign */
  const char *rider_phone; /* (nullable) of assign: digits */
  const char *reason;      /* (nullable) of fail and cancel */
  gint64 eta_at;           /* 0: as it was */
  gint64 if_version;       /* 0: whatever it is */
  gboolean follows;        /* its order went first: told as delivery.followed, which moves nobody */
} OsyDeliveryAct;

/**
 * osy_delivery_service_act:
 *
 * One step of the state table with its event (delivery.assigned, started, delivered, failed,
 * canceled) and audit row. Being where the step leads already is no error. Returns: (transfer
 * full): it as it is now; NULL with NOT_FOUND, STATE_CONFLICT or VERSION_CONFLICT. Who may is
 * judged by the routes.
 */
OsyDelivery *osy_delivery_service_act (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       const OsyDeliveryAct *act,
                                       GError **error);

/** osy_delivery_service_of_order: the latest delivery of @order_id. (transfer full) (nullable):
 * NULL without @error: there is none. */
OsyDelivery *
osy_delivery_service_of_order (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error);

G_END_DECLS
