/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** osy_order_store_read: rows of the table orders, all columns. (transfer full): of OsyOrder. */
GPtrArray *osy_order_store_read (const OsyDbRows *rows, OsyKeyring *ring, GError **error);

/** osy_order_store_load: orders with these @ids, in no order; unknown ids are left out. @ids: of
 * char*. */
GPtrArray *osy_order_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error);

/** osy_order_store_pending: those that wait to be accepted, the oldest @limit: id and lines alone.
 * (transfer full): of OsyOrder. */
GPtrArray *osy_order_store_pending (OsyDbTx *tx, gint64 limit, GError **error);

/** osy_order_store_get: one order; NULL with NOT_FOUND. */
OsyOrder *osy_order_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);

/** osy_order_store_lock: holds the order's row until the transaction ends. */
gboolean osy_order_store_lock (OsyDbTx *tx, const char *id, GError **error);

/** A step to be written. */
typedef struct {
  const OsyOrderData *before;
  const OsyOrderData *after; /* status, version and times to be stored */
  const OsyStateRow *row;
  const char *actor;
  const char *reason; /* nullable */
  gint64 at;
} OsyOrderChange;

/** osy_order_store_change: UPDATE … WHERE version = before's, and the step's row. VERSION_CONFLICT
 * when somebody was faster. */
gboolean osy_order_store_change (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyOrderChange *change,
                                 GError **error);

/** osy_order_store_add_step: the step's row alone, for what changes an order but not its state. */
gboolean osy_order_store_add_step (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyOrderChange *change,
                                   GError **error);

/** osy_order_store_steps: the timeline, oldest first. (transfer full): of OsyOrderStep. */
GPtrArray *
osy_order_store_steps (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error);

/** A remembered request. */
typedef struct {
  const char *actor;
  const char *route;
  const char *key;
  const guint8 *fingerprint; /* SHA-256 */
} OsyOrderKey;

typedef enum {
  OSY_ORDER_KEY_NEW,
  OSY_ORDER_KEY_SAME,      /* the same request: *subject_id is its order */
  OSY_ORDER_KEY_DIFFERENT, /* another body */
} OsyOrderKeyState;

/** osy_order_store_find_key: FALSE with @error only when the database fails. */
gboolean osy_order_store_find_key (OsyDbTx *tx,
                                   const OsyOrderKey *key,
                                   OsyOrderKeyState *state,
                                   char **subject_id,
                                   GError **error);
/** osy_order_store_add_key: CONFLICT when another request with the same key was faster. */
gboolean osy_order_store_add_key (OsyDbTx *tx,
                                  const OsyOrderKey *key,
                                  const char *subject_id,
                                  GError **error);

/** osy_order_store_sweep_keys: as ordersync_relay: forgets keys older than 30 days. */
gboolean osy_order_store_sweep_keys (OsyDbTx *tx, GError **error);

G_END_DECLS
