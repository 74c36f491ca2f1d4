/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-check.h"
#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-order.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/* Which check owes what of an order: its lines may be on others than itself. The order is held. */

/** osy_order_share_own: @ret: what is on the order's own check. */
gboolean osy_order_share_own (OsyDbTx *tx,
                              const OsyOrderData *order,
                              OsyCheckShare *ret,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_share_withdraw: the order will never be paid: each check that has some of it is told.
 */
gboolean osy_order_share_withdraw (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const OsyOrderData *order,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_share_settle: nothing is owed on the group of @check_id, no order of it is under way
 * and nobody paid: it is over (osy_check_service_settle_free). */
gboolean osy_order_share_settle (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const char *check_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_share_end: the order is over: of which check it leaves nothing to pay, nobody waits
 * any longer. */
gboolean osy_order_share_end (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const OsyOrderData *order,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_share_adjust: @amount won more were taken off @line_id; nothing where the line is with
 * its order. */
gboolean osy_order_share_adjust (OsyDbTx *tx, const char *line_id, gint64 amount, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** Where one line is. */
typedef struct {
  const OsyOrderLine *line; /* of the order's */
  char *check_id;
  gboolean own;        /* with its order */
  OsyCheckShare share; /* while the order is not withdrawn */
} OsyOrderLinePlace;
/** osy_order_line_place_clear: frees what @self holds. */
void osy_order_line_place_clear (OsyOrderLinePlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyOrderLinePlace, osy_order_line_place_clear)

/** osy_order_share_find_line: @adjusted: what was taken off it, asked for while it is with its
 * order. NOT_FOUND when the order has no such line. */
gboolean osy_order_share_find_line (OsyDbTx *tx,
                                    const OsyOrderData *order,
                                    const char *line_id,
                                    gint64 adjusted,
                                    OsyOrderLinePlace *ret,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_share_of_line: Returns: its share of its check as the order stands. */
OsyCheckShare osy_order_share_of_line (const OsyOrderData *order, const OsyOrderLinePlace *place);

/** osy_order_share_put_line: it is on @place->check_id from now on. */
gboolean osy_order_share_put_line (OsyDbTx *tx,
                                   const OsyOrderData *order,
                                   const OsyOrderLinePlace *place,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
