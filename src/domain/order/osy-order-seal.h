/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-writer.h"

G_BEGIN_DECLS

/**
 * osy_order_seal:
 * @order: (transfer full): priced, without a number
 *
 * What the writer takes: its personal words and audit rows sealed, with what it is found by. Who
 * places it and by which key is left for the caller to fill in. The keys must be prepared.
 * Returns: (transfer full): NULL with @error.
 */
OsyOrderEntry *osy_order_seal (OsyKeyring *ring, OsyOrderData *order, GError **error);

/** osy_order_seal_prepare: on a worker. */
gboolean osy_order_seal_prepare (OsyKeyring *ring,
                                 const char *restaurant_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_order_seal_is_prepared: Returns: whether osy_order_seal() would not block. */
gboolean osy_order_seal_is_prepared (OsyKeyring *ring, const char *restaurant_id);

G_END_DECLS
