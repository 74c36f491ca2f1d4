/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-payment.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/* ---- for the saga: all idempotent, in the transaction's restaurant ---- */

/**
 * osy_payment_service_expect:
 * @amount: what has to be paid for the order, won
 * @deadline: UTC µs; kept for people to see, acted upon by the saga
 *
 * The order waits for its money. Nothing is charged by this. An order that was undone before stays
 * undone.
 */
gboolean osy_payment_service_expect (OsyDbTx *tx,
                                     const char *order_id,
                                     gint64 amount,
                                     gint64 deadline,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_payment_service_undo_order:
 * @reason: words for the guest's statement, ≤ OSY_PAYMENT_MAX_REASON characters
 *
 * Everything paid for the order goes back: what has not begun is CANCELED, what is captured gets a
 * refund of all that is left, what is under way is marked, so that a later capture is refunded at
 * once (tombstone). Cash and terminal refunds stay REQUESTED until a person has handed them back.
 * Its outcome are the events payment.refunded of each payment; osy_payment_service_order_paid()
 * says when all is back.
 */
gboolean osy_payment_service_undo_order (OsyDbTx *tx,
                                         OsyKeyring *ring,
                                         const OsyCall *call,
                                         const char *order_id,
                                         const char *reason,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What is known of the money of one order, won. */
typedef struct {
  gint64 expected; /* 0: nothing was asked */
  gint64 captured;
  gint64 refunded;  /* DONE alone */
  gint64 under_way; /* SUBMITTED, UNKNOWN, WAITING_FOR_DEPOSIT: may still be captured */
  gint64 due_at;    /* a deposit may come until then, UTC µs; 0: none is awaited */
  gboolean undone;
  gboolean all_undone; /* so that undoing it once more would do nothing */
} OsyOrderMoney;

/** osy_payment_service_order_paid: *@captured and *@refunded of all payments of the order, won. */
gboolean osy_payment_service_order_paid (OsyDbTx *tx,
                                         const char *order_id,
                                         gint64 *captured,
                                         gint64 *refunded,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_payment_service_orders_money: of many at once. (transfer full): id → OsyOrderMoney, for each
 * of @order_ids (of char*); NULL with @error. */
GHashTable *osy_payment_service_orders_money (OsyDbTx *tx, GPtrArray *order_ids, GError **error);
/** osy_payment_service_order_money: the same in full. */
gboolean osy_payment_service_order_money (OsyDbTx *tx,
                                          const char *order_id,
                                          OsyOrderMoney *ret,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
