/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-relay.h"
#include "osy-keyring.h"
#include "osy-menu-service.h"
#include "osy-principal.h"
#include "osy-stock.h"

G_BEGIN_DECLS

/** What this room works with. Borrowed; must outlive the server. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyMenuRoom *menu; /* told how much is left of its items */
} OsyStockRoom;

/* ---- what the saga calls: each in its caller's transaction, idempotent, no permission asked ----
 */

/** What somebody wants of the stock. */
typedef struct {
  const char *subject_type; /* "order" */
  const char *subject_id;
  /** (transfer none): an array of lines as orders keep them: {menu_item_id, quantity, options:
   * [{option_id, quantity, options: […]}]}, as osy_order_lines_to_json() writes them. */
  JsonNode *items;
} OsyStockWant;

typedef enum {
  OSY_STOCK_OUTCOME_HELD,  /* reserved, now or before, or consumed already */
  OSY_STOCK_OUTCOME_SHORT, /* an ingredient marked `block` does not suffice: nothing is held */
  OSY_STOCK_OUTCOME_OVER,  /* released or expired before: nothing is held, nor ever will be */
} OsyStockOutcome;

/**
 * osy_stock_service_reserve:
 * @expires_at: UTC µs after which the job gives it back; 0: held until _consume or _release
 * @ret: (out): what came of it
 *
 * Holds everything that the lines take of tracked ingredients. An order that is paid later has had
 * its `block` ingredients reserved by the statement that placed it; this adds the others. Only
 * `block` ingredients can be short; others go below zero. Emits stock.reserved, or
 * stock.reservation_failed {ingredient_ids}, [stock, the subject's id], once; nothing where nothing
 * of it is counted. Orders for practice are not to be reserved. Returns: FALSE only when the
 * database fails.
 */
gboolean osy_stock_service_reserve (OsyDbTx *tx,
                                    const OsyCall *call,
                                    const OsyStockWant *want,
                                    gint64 expires_at,
                                    OsyStockOutcome *ret,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_service_consume: what is held was cooked: it leaves the stock, one movement USE an
 * ingredient. Nothing held any more: nothing happens. Emits stock.consumed. */
gboolean osy_stock_service_consume (OsyDbTx *tx,
                                    const OsyCall *call,
                                    const char *subject_type,
                                    const char *subject_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_service_release: what is held is free again; what was consumed stays so. Comes it
 * before the reservation, a tombstone keeps that from ever holding anything. Emits stock.released
 * once. */
gboolean osy_stock_service_release (OsyDbTx *tx,
                                    const OsyCall *call,
                                    const char *subject_type,
                                    const char *subject_id,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What a check takes off single lines, as it stands now; each: (transfer none): lines as in
 * OsyStockWant. */
typedef struct {
  JsonNode *freed;  /* not cooked: free again */
  JsonNode *wasted; /* cooked, and not eaten */
} OsyStockVoids;

/** osy_stock_service_void: brings what the subject holds to @voids, and what it has used: movements
 * WASTE and RETURN. Told again, or with less, it goes there too; what was sold to others meanwhile
 * and blocks is not held again. A reservation that comes later heeds it. */
gboolean osy_stock_service_void (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const OsyStockWant *want,
                                 const OsyStockVoids *voids,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_service_expire: gives back what was held longer than it should be in the transaction's
 * restaurant, at most a page. @ret: (out): how many. */
gboolean
osy_stock_service_expire (OsyDbTx *tx, const OsyCall *call, gint64 now, gint64 *ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_service_sweep: OsyDbFunc of a job, as ordersync_relay: osy_stock_service_expire() in
 * every shop where something has expired; room: an OsyStockRoom, on whose pool it waits. */
gboolean osy_stock_service_sweep (OsyDbTx *tx, gpointer room, GError **error);

/** osy_stock_service_forget: OsyDbFunc of a job, as ordersync_relay: reservations and tombstones
 * that ended 30 days ago are deleted; what moved stays. */
gboolean osy_stock_service_forget (OsyDbTx *tx, gpointer data, GError **error);

/* ---- what is left ---- */

/** osy_stock_service_renew: tells the menu room how many portions each item has left, if that reads
 * otherwise now. */
gboolean osy_stock_service_renew (OsyDbTx *tx,
                                  const OsyCall *call,
                                  const OsyStockRoom *room,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_stock_on_change: OsyEventHandler of "stock.changed" and "menu.changed"; room: an
 * OsyStockRoom. */
gboolean osy_stock_on_change (OsyDbTx *tx,
                              const OsyCall *call,
                              const OsyEvent *event,
                              gpointer room,
                              GError **error);

G_END_DECLS
