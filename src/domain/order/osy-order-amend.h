/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"
#include "osy-order.h"
#include "osy-order-service.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/* What becomes of an order beside its state: steps of its timeline that lead from its state to the
 * same. For rooms above, in their transaction. */

/** Voids, comps and discounts of an order's lines, made or taken back. */
typedef struct {
  const char *order_id;
  const char *line_id;
  gint64 amount;      /* won taken off beside what was; negative when taken back */
  const char *reason; /* nullable */
} OsyOrderAdjust;

/** osy_order_amend_adjust: step "adjust" or "unadjust", event order.adjusted. STATE_CONFLICT on a
 * canceled or rejected order. The check's amounts are the caller's. */
gboolean osy_order_amend_adjust (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyOrderAdjust *adjust,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Where an order goes. */
typedef struct {
  const char *order_id;
  const char *check_id; /* (nullable): stays on its check */
  const char *table_id; /* (nullable): is of no table */
} OsyOrderMove;

/**
 * osy_order_amend_move: step "move", event order.moved
 *
 * With @check_id the order's share goes from its check to that one, both open; nothing is sold,
 * sent or cooked again, and moving it back is the exact state of before but for versions. Nothing
 * happens when it is there already. Right: order:write.
 */
gboolean osy_order_amend_move (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               const OsyOrderMove *move,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A line that goes from one check to another by itself. */
typedef struct {
  const char *order_id;
  const char *line_id;
  const char *from;
  const char *to;
  gboolean own;    /* it is with its order there, and goes where that goes */
  gint64 adjusted; /* what was taken off it, said while it is with its order; else not read */
} OsyOrderLineMove;

/**
 * osy_order_amend_move_line: step "move", event order.moved
 *
 * Its whole quantity goes, with what was taken off it; the order's own share of its check is what
 * is left. STATE_CONFLICT when it is not on @from any more, or @own and its order is not on @to.
 */
gboolean osy_order_amend_move_line (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const OsyOrderLineMove *move,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Orders for later. One that was accepted waits (begins_at) until there is just time to make it;
 * then it begins: an event of the order, at which the kitchen makes its tickets. */

/** Between two sweeps. */
#define OSY_ORDER_LATER_MS 5000

/** Another time for an order. */
typedef struct {
  const char *order_id;
  gint64 requested_at;    /* UTC µs */
  gint64 if_version;      /* 0: whatever it is */
  const OsyOrderKey *key; /* (nullable): Idempotency-Key of the request */
} OsyOrderLater;

/** osy_order_later_change: @replayed: (out): as osy_order_service_act(). For an order that was
 * placed for a time and is not in the kitchen yet; else STATE_CONFLICT. (transfer full): the order
 * as it is now. */
OsyOrder *osy_order_later_change (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  const OsyOrderLater *later,
                                  gboolean *replayed,
                                  GError **error);

/** osy_order_later_begin: lets @order_id begin, if its time has come by @now. */
gboolean osy_order_later_begin (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *order_id,
                                gint64 now,
                                GError **error);

/** osy_order_later_sweep: as ordersync_relay: lets begin what is due, in every shop. @room: an
 * OsyOrderRoom. */
gboolean osy_order_later_sweep (OsyDbTx *tx, gpointer room, GError **error);

G_END_DECLS
