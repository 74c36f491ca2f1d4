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
  GBytes *delivery;
  GBytes *note;
  GBytes *line_notes; /* JSON {line_id: note} */
  GBytes *reason;     /* never there when the order is placed */
} OsyOrderCells;

/** osy_order_cells_seal: encrypts what @order carries. The key must be prepared on the main thread.
 */
gboolean osy_order_cells_seal (OsyKeyring *ring,
                               const OsyOrderData *order,
                               OsyOrderCells *ret,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_order_cells_open: decrypts into the personal members and line notes of @order. A cell that
 * was altered, or whose key is gone, is left out: @order becomes unreadable, and the log is told
 * once. FALSE with @error only when the keys cannot be asked for just now. */
gboolean osy_order_cells_open (OsyKeyring *ring,
                               const OsyOrderCells *cells,
                               OsyOrderData *order,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void osy_order_cells_clear (OsyOrderCells *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyOrderCells, osy_order_cells_clear)

/** osy_order_reason_seal: the words with which an order was rejected or canceled. @table: "orders"
 * or "order_step"; @row_id: the order, and for a step "order:version". */
GBytes *osy_order_reason_seal (OsyKeyring *ring,
                               const char *restaurant_id,
                               const char *table,
                               const char *row_id,
                               const char *reason,
                               GError **error);
/** osy_order_cell_open: one cell. @ret: (out) (transfer full) (nullable): NULL for none, and for
 * one that cannot be read, of which the log is told once. FALSE as above. */
gboolean osy_order_cell_open (OsyKeyring *ring,
                              const OsyCell *cell,
                              GBytes *sealed,
                              char **ret,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
