/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-guest-routes.h"
#include "osy-menu-cache.h"
#include "osy-notification-hub.h"
#include "osy-order-draft.h"
#include "osy-order-service.h"
#include "osy-order-writer.h"
#include "osy-shop-cache.h"

G_BEGIN_DECLS

/** OsyOrderFee: fills in @draft's delivery_fee and delivery_minimum. FALSE with what keeps the shop
 * from going there. For a DELIVERY alone, on a worker. */
typedef gboolean (*OsyOrderFee) (OsyDbTx *tx,
                                 const OsyPrincipal *principal,
                                 OsyOrderDraft *draft,
                                 GError **error);

/** OsyOrderTakes: *@takes: whether the shop takes @method (CASH, CARD_TERMINAL, TOSS) for an order.
 * FALSE only when the database fails. On a worker. */
typedef gboolean (*OsyOrderTakes) (OsyDbTx *tx,
                                   const char *method,
                                   gboolean *takes,
                                   GError **error);

/** What the order room works with; built once by the composer, read by all its parts. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyShopCache *shops;
  OsyMenuCache *menus;
  OsyOrderWriter *writer;
  OsyNotificationHub *hub;
  OsyGuestRoom *guests;
  OsyOrderFee fee;         /* (nullable): tied by the composer */
  OsyOrderTakes takes;     /* (nullable): then LATER alone; tied by the composer */
  OsyOrderPromise promise; /* (nullable): of accepting without minutes; tied by the composer */
  guint deadline_ms;       /* of placing an order: then 504 */
} OsyOrderRoom;

/** Every route of the room; room: an OsyOrderRoom. */
extern const OsyRoute osy_order_place_routes[];
extern const OsyRoute osy_order_routes[];
extern const OsyRoute osy_order_list_routes[];
extern const OsyRoute osy_order_status_routes[];
extern const OsyRoute osy_order_privacy_routes[];

/** osy_order_decorate: OsyEventDecorate of this room: adds the orders as they stand now. */
gboolean osy_order_decorate (OsyDbTx *tx,
                             GPtrArray *events,
                             OsyEventExtra *extras,
                             gpointer room,
                             GError **error);

/** osy_order_on_unindexed: OsyEventHandler of "orders.unindexed": gives a page of old orders the
 * keys they are found by, and tells of the next page. */
gboolean osy_order_on_unindexed (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const OsyEvent *event,
                                 gpointer room,
                                 GError **error);

/** osy_order_on_created: OsyEventHandler of "order.created": finds out whose order it is. */
gboolean osy_order_on_created (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyEvent *event,
                               gpointer room,
                               GError **error);
/** osy_order_on_unlinked: OsyEventHandler of "orders.unlinked": the same for a page of orders from
 * before there were guests. */
gboolean osy_order_on_unlinked (OsyDbTx *tx,
                                const OsyCall *call,
                                const OsyEvent *event,
                                gpointer room,
                                GError **error);

/** osy_order_status_json: (transfer full): what the guest's status socket says. */
JsonNode *osy_order_status_json (OsyOrder *order);

G_END_DECLS
