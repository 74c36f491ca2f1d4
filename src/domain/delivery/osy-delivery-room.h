/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-delivery-service.h"
#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-fetch-queue.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** What the delivery room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  const char *agency_url; /* (nullable): of Kakao Mobility, up to "/orders"; NULL: the real one */
  OsyFetchQueue *riders;  /* calls of riders */
} OsyDeliveryRoom;

/** Every route of the room; room: an OsyDeliveryRoom. */
extern const OsyRoute osy_delivery_routes[];
extern const OsyRoute osy_courier_routes[];

/** What the queue of rider calls does; data: an OsyDeliveryRoom. */
extern const OsyFetchQueueRoom osy_rider_calls;

/** osy_delivery_on_order: OsyEventHandler of "order.": brings the delivery to where its order is:
 * handed over → PICKED_UP, completed → DELIVERED, canceled → CANCELED, and back when a step was
 * recalled. room: an OsyDeliveryRoom. */
gboolean osy_delivery_on_order (OsyDbTx *tx,
                                const OsyCall *call,
                                const OsyEvent *event,
                                gpointer room,
                                GError **error);

/** osy_delivery_decorate: OsyEventDecorate of "delivery": it as it stands now, without address;
 * room: an OsyDeliveryRoom. */
gboolean osy_delivery_decorate (OsyDbTx *tx,
                                GPtrArray *events,
                                OsyEventExtra *extras,
                                gpointer room,
                                GError **error);

G_END_DECLS
