/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"
#include "osy-order-find.h"
#include "osy-order-store.h"
#include "osy-principal.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** OsyOrderPromise: *@minutes: within how many @order is ready when it is accepted now. */
typedef gboolean (*OsyOrderPromise) (OsyDbTx *tx,
                                     const OsyOrderData *order,
                                     OsyShop *shop,
                                     int *minutes,
                                     GError **error);

/** What a member of staff does with an order. */
typedef struct {
  OsyShop *shop; /* for the business day inside which a recall is allowed, and what is promised */
  const char *order_id;
  const char *act;         /* verb of the API: "accept", …, "recall" */
  int ready_in_minutes;    /* of accept: 1…300; 0: as promise says, or the time asked for */
  OsyOrderPromise promise; /* (nullable): then the shop's usual minutes */
  const char *reason;      /* (nullable) of reject and cancel */
  gint64 if_version;       /* 0: whatever it is */
  const OsyOrderKey *key;  /* (nullable): Idempotency-Key of the request */
} OsyOrderAct;

/**
 * osy_order_service_act:
 * @replayed: (out): the same request was done before; the order is given as it stands
 *
 * One step of the state table, with its audit row, event, timeline and what it means for the check.
 * Returns: (transfer full): the order as it is now; or NULL with NOT_FOUND, STATE_CONFLICT (members
 * current_status, current_version), VERSION_CONFLICT (current_version) or a missing permission.
 */
OsyOrder *osy_order_service_act (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyOrderAct *act,
                                 gboolean *replayed,
                                 GError **error);

/** osy_order_service_refuse: FALSE, with STATE_CONFLICT and where @order stands. */
gboolean osy_order_service_refuse (const OsyOrderData *order, const char *message, GError **error);
/** osy_order_service_check_version: whether @order is what was seen; @if_version 0: whatever it is.
 */
gboolean
osy_order_service_check_version (const OsyOrderData *order, gint64 if_version, GError **error);
/** osy_order_service_seen: *@seen: (out): this request was done before; else it is remembered.
 * @key: (nullable). */
gboolean osy_order_service_seen (OsyDbTx *tx,
                                 const OsyOrderKey *key,
                                 const char *order_id,
                                 gboolean *seen,
                                 GError **error);

/** osy_order_service_get: for staff of the shop. */
OsyOrder *osy_order_service_get (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const char *order_id,
                                 GError **error);

/** osy_order_service_load: for rooms above, in the transaction's restaurant, without a person. */
OsyOrder *
osy_order_service_load (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error);

/** osy_order_service_lock: the same, holding the order's row until the transaction ends, so that
 * what is built on its state cannot be overtaken. */
OsyOrder *
osy_order_service_lock (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error);

/** osy_order_service_list: newest first. (transfer full): of OsyOrder. */
GPtrArray *osy_order_service_list (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const OsyOrderQuery *query,
                                   GError **error);

/** osy_order_service_timeline: (transfer full): of OsyOrderStep, oldest first. */
GPtrArray *osy_order_service_timeline (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       const char *order_id,
                                       GError **error);

G_END_DECLS
