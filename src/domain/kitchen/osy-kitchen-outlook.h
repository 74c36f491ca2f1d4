/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-kitchen-promise.h"
#include "osy-order.h"
#include "osy-principal.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** Orders of which the outlook says what they could be accepted with, the oldest. */
#define OSY_KITCHEN_OUTLOOK_ORDERS 100

/** osy_kitchen_outlook_read: how much every station has to make now, and with how many minutes
 * each waiting order could be accepted. Needs order:read. (transfer full) */
OsyKitchenOutlook *
osy_kitchen_outlook_read (OsyDbTx *tx, const OsyCall *call, OsyShop *shop, GError **error);

/** osy_kitchen_promise_order: OsyOrderPromise: *@minutes: with how many @order is to be accepted
 * now. */
gboolean osy_kitchen_promise_order (OsyDbTx *tx,
                                    const OsyOrderData *order,
                                    OsyShop *shop,
                                    int *minutes,
                                    GError **error);

G_END_DECLS
