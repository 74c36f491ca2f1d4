/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** The personal words of an order as the database keeps them; any may be NULL. */
typedef struct {
  GBytes *customer_name;
  GBytes *customer_phone;
  GBytes *customer_phone_bidx;
  GBytes *delivery;
  GBytes *note;
  GBytes *line_notes; /* JSON {line_id: note} */
} OsyOrderCells;

/** osy_order_cells_seal: encrypts what @order carries. The key must be prepared on the main thread.
 */
gboolean osy_order_cells_seal (OsyKeyring *ring,
                               const OsyOrderData *order,
                               OsyOrderCells *ret,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_order_cells_open: decrypts into the personal members and line notes of @order. */
gboolean osy_order_cells_open (OsyKeyring *ring,
                               const OsyOrderCells *cells,
                               OsyOrderData *order,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void osy_order_cells_clear (OsyOrderCells *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyOrderCells, osy_order_cells_clear)

/** osy_order_cells_phone_index: blind index of a phone number; digits alone count, and +82 is 0.
 * (nullable) */
GBytes *
osy_order_cells_phone_index (OsyKeyring *ring, const char *restaurant_id, const char *phone);

/** osy_order_reason_seal, _open: the words with which an order was rejected or canceled. @row_id:
 * the order, and for a step "order:version". */
GBytes *osy_order_reason_seal (OsyKeyring *ring,
                               const char *restaurant_id,
                               const char *table,
                               const char *row_id,
                               const char *reason,
                               GError **error);
char *osy_order_reason_open (OsyKeyring *ring,
                             const char *restaurant_id,
                             const char *table,
                             const char *row_id,
                             GBytes *sealed,
                             GError **error);

G_END_DECLS
