/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-service.h"

G_BEGIN_DECLS

/* How the rooms above that know of money and riders lead an order. Each may be repeated, and finds
 * what the other did first. */

/** What a room that only follows orders needs to know; nothing of it is personal. */
typedef struct {
  char *status;
  gint64 version;
  char *type;
  char *payment_method;
  char *check_id;
  gint64 number;
  gint64 total_amount;
  gboolean practice;
  gint64 created_at;
  gint64 requested_at;
} OsyOrderFacts;

/** osy_order_facts_clear: frees its texts. */
void osy_order_facts_clear (OsyOrderFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyOrderFacts, osy_order_facts_clear)

/** osy_order_service_facts: of @order_id in the transaction's restaurant, without any key. FALSE
 * with NOT_FOUND. */
gboolean osy_order_service_facts (OsyDbTx *tx,
                                  const char *order_id,
                                  OsyOrderFacts *ret,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** An order whose money has come. */
typedef struct {
  const char *order_id;
  OsyOrderPromise promise; /* (nullable): of accepting it, where the shop has that reckoned */
} OsyOrderPaid;

/**
 * osy_order_service_paid:
 * @placed: (out): whether the order stands on the board, or did; FALSE: it is closed, and the money
 *   must go back
 *
 * PENDING_PAYMENT → PENDING with order.paid, the moment from which the board shows it and rings;
 * and on to ACCEPTED when the shop accepts paid orders by itself.
 */
gboolean osy_order_service_paid (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyOrderPaid *paid,
                                 gboolean *placed,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_service_expire: PENDING_PAYMENT → EXPIRED with order.expired; an order that does not
 * wait for its money any more stays as it is. */
gboolean osy_order_service_expire (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const char *order_id,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_order_service_carried:
 * @delivered: else it is on the road
 *
 * The order follows its rider, over READY where the kitchen has not said so: DELIVERING, COMPLETED.
 * One that is not accepted, or closed, or further, stays as it is.
 */
gboolean osy_order_service_carried (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const char *order_id,
                                    gboolean delivered,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_service_withdraw: cancels it whatever it is open as, for a reason that is no person's;
 * one that is closed stays so. */
gboolean osy_order_service_withdraw (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const char *order_id,
                                     const char *reason,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
