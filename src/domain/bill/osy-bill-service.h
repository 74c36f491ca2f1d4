/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-order-store.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** osy_bill_voided_quantity: for the kitchen, at order.adjusted: what of @order_id was voided and
 * not taken back. Returns: (transfer full): char *line_id → gint64 *quantity; lines without a void
 * are not in it; NULL with @error. */
GHashTable *osy_bill_voided_quantity (OsyDbTx *tx, const char *order_id, GError **error);

/** What is about to leave a check. */
typedef struct {
  const char *check_id;
  const char *order_id;
  const char *line_id; /* (nullable): all of the order that is there */
} OsyBillLeave;

/** osy_bill_service_may_leave: @adjusted: (out): what was taken off it. STATE_CONFLICT while some
 * of it belongs to a part of the split that is paid. */
gboolean osy_bill_service_may_leave (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyBillLeave *leave,
                                     gint64 *adjusted,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_bill_service_get: the check with all that is merged into it. Right: order:read. */
OsyBill *osy_bill_service_get (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               const char *check_id,
                               GError **error);

/** osy_bill_service_seen: for this room: whether the request of @key (nullable) was done before; if
 * not, its key is kept for @id. The check is held. */
gboolean osy_bill_service_seen (OsyDbTx *tx,
                                const OsyOrderKey *key,
                                const char *id,
                                gboolean *seen,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What is to be taken off: @quantity (VOID, COMP of a line), or @percent or @won (DISCOUNT); a
 * COMP without line gives the whole check free. */
typedef struct {
  const char *check_id;
  const char *kind;
  const char *line_id; /* nullable */
  gint64 quantity;
  int percent;
  gint64 won;
  const char *reason;
  const OsyOrderKey *key; /* (nullable): Idempotency-Key of the request */
} OsyBillAct;

/**
 * osy_bill_service_adjust:
 * @replayed: (out): the same request was done before
 *
 * Rights: VOID of what was sent order:cancel, of what is PENDING order:write; COMP and DISCOUNT
 * check:adjust. Returns: (transfer full): the group as it is now, or NULL with NOT_FOUND,
 * STATE_CONFLICT, or INVALID_REQUEST when more would be taken off than there is.
 */
OsyBill *osy_bill_service_adjust (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  const OsyBillAct *act,
                                  gboolean *replayed,
                                  GError **error);

/** osy_bill_service_withdraw: takes @adjustment_id back, whoever made it, with the right to make
 * it; one that was taken back already stays so. */
OsyBill *osy_bill_service_withdraw (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const char *check_id,
                                    const char *adjustment_id,
                                    GError **error);

/** osy_bill_service_set_parts: replaces the split by the parts of @wanted (id, name, kind, seat,
 * wanted, takes by index of @wanted's own lines, of which only line_id is read; @wanted is the
 * caller's). Paid parts must be among them, and stay. @if_version: 0: whatever it is. */
OsyBill *osy_bill_service_set_parts (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const OsyBill *wanted,
                                     gint64 if_version,
                                     GError **error);

/** osy_bill_service_set_service: of the whole group. Right: check:adjust. */
OsyBill *osy_bill_service_set_service (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyCall *call,
                                       const char *check_id,
                                       int percent,
                                       GError **error);

/** Money of one part, for the room payment, which holds the group's root and posts it itself. */
typedef struct {
  const char *check_id;
  const char *part_id;
  gint64 amount; /* won; negative: it goes back */
  gboolean late; /* it moved already: a part that has gone, or is paid, is passed over */
} OsyBillPay;

/** osy_bill_service_pay_part: a part that anything was paid on keeps its amount from then on.
 * NOT_FOUND, or STATE_CONFLICT when it is more than is left of the part. */
gboolean osy_bill_service_pay_part (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyBillPay *pay,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What is printed. */
typedef struct {
  const char *check_id;
  const char *part_id;    /* nullable: all of it */
  gboolean receipt;       /* else the bill before it is paid */
  const OsyOrderKey *key; /* (nullable): Idempotency-Key of the request */
} OsyBillPrint;

/** osy_bill_service_print: queues the slip, in this transaction. A printed bill marks the check.
 * @replayed: (out): the same request was done before, and nothing is printed again. */
OsyBill *osy_bill_service_print (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const OsyBillPrint *print,
                                 gboolean *replayed,
                                 GError **error);

G_END_DECLS
