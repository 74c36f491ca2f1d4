/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** osy_kitchen_store_send: lines of @order that the kitchen does not have yet, all waiting. */
gboolean osy_kitchen_store_send (OsyDbTx *tx, const OsyOrderData *order, GError **error);
/** osy_kitchen_store_make: every waiting quantity of the order is made. */
gboolean osy_kitchen_store_make (OsyDbTx *tx, const char *order_id, GError **error);
/** osy_kitchen_store_unmake: every made quantity waits again. */
gboolean osy_kitchen_store_unmake (OsyDbTx *tx, const char *order_id, GError **error);
/** osy_kitchen_store_void: every waiting quantity is voided; what was made stays made. */
gboolean osy_kitchen_store_void (OsyDbTx *tx, const char *order_id, GError **error);
/** osy_kitchen_store_waiting: lines still to be made, oldest first. (transfer full): JSON array. */
JsonArray *osy_kitchen_store_waiting (OsyDbTx *tx, gint64 limit, GError **error);

G_END_DECLS
