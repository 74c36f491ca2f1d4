/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-menu-service.h"
#include "osy-stock-service.h"

G_BEGIN_DECLS

/** What a subject holds. */
typedef struct {
  char *status; /* (transfer full) */
  gboolean whole;
  gint64 version;
} OsyStockReservation;

/** osy_stock_store_open: makes the reservation with @status if there is none, and holds its row.
 * @fresh: (out) (nullable): whether it was made now. */
gboolean osy_stock_store_open (OsyDbTx *tx,
                               const OsyStockWant *want,
                               const char *status,
                               OsyStockReservation *ret,
                               gboolean *fresh,
                               GError **error);

/** osy_stock_store_find: the same of one that is there; status NULL when there is none. */
gboolean osy_stock_store_find (OsyDbTx *tx,
                               const OsyStockWant *want,
                               OsyStockReservation *ret,
                               GError **error);

/** osy_stock_store_take: holds what is wanted. *@short_of: (out) (transfer full) (nullable): ids of
 * the ingredients that do not suffice: nothing was held then. */
gboolean
osy_stock_store_take (OsyDbTx *tx, const OsyStockWant *want, GPtrArray **short_of, GError **error);

/** osy_stock_store_set_voids: remembers what of the subject, whose row is held, was taken off. */
gboolean osy_stock_store_set_voids (OsyDbTx *tx,
                                    const OsyStockWant *want,
                                    const OsyStockVoids *voids,
                                    GError **error);
/** osy_stock_store_apply: brings what is held or was used to what was remembered so. */
gboolean
osy_stock_store_apply (OsyDbTx *tx, const OsyStockWant *want, const char *actor, GError **error);

/** osy_stock_store_held: *@ret: whether anything counted is, or was, held for it. */
gboolean
osy_stock_store_held (OsyDbTx *tx, const OsyStockWant *want, gboolean *ret, GError **error);
/** osy_stock_store_settle: the reservation is whole. Returns: its version; -1 with @error. */
gint64
osy_stock_store_settle (OsyDbTx *tx, const OsyStockWant *want, gint64 expires_at, GError **error);

/** osy_stock_store_close: ends an open one, whose row is held. Returns: its version; -1 with
 * @error. */
gint64 osy_stock_store_close (OsyDbTx *tx,
                              const OsyStockWant *want,
                              const char *status,
                              const char *actor,
                              GError **error);

/** osy_stock_store_expired: subjects whose time was over at @now, at most @limit, their rows held.
 * (transfer full): of char*, by turns type and id. */
GPtrArray *osy_stock_store_expired (OsyDbTx *tx, gint64 now, gint64 limit, GError **error);

/** osy_stock_store_expired_shops: as ordersync_relay: where there are such. (transfer full): of
 * char*. */
GPtrArray *osy_stock_store_expired_shops (OsyDbTx *tx, gint64 now, GError **error);

/** osy_stock_store_forget: as ordersync_relay: reservations and tombstones closed before @before.
 */
gboolean osy_stock_store_forget (OsyDbTx *tx, gint64 before, GError **error);

/** One row of what is left. */
typedef struct {
  char *id;
  gboolean is_option;
  gint64 portions;
  gboolean out_of_stock;
} OsyStockLeft;

/** osy_stock_store_left: of every item and option with a recipe of tracked ingredients. (transfer
 * full): of OsyStockLeft. */
GPtrArray *osy_stock_store_left (OsyDbTx *tx, GError **error);

G_END_DECLS
