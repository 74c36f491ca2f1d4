/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-relay.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** What the kitchen room works with. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
} OsyKitchenRoom;

/**
 * osy_kitchen_service_follow:
 *
 * Makes the kitchen's lines what the order's present state asks for: sent once it is accepted, made
 * once it is ready, waiting again after a recall, voided when it is canceled. Says the same however
 * often and in whatever order the events come.
 */
gboolean osy_kitchen_service_follow (OsyDbTx *tx, const OsyOrderData *order, GError **error);

/** osy_kitchen_on_order: OsyEventHandler of "order."; room: an OsyKitchenRoom. */
gboolean osy_kitchen_on_order (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyEvent *event,
                               gpointer room,
                               GError **error);

/** GET /restaurants/me/kitchen/lines; room: an OsyKitchenRoom. */
extern const OsyRoute osy_kitchen_routes[];

G_END_DECLS
