/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-item.h"
#include "osy-client.h"

G_BEGIN_DECLS

/**
 * OscOrderStore: GListModel of OscOrderItem, every order the board may show, oldest first; fed by
 * the feed (or by hand in tests). The only thing that views read. Signals: "arrived"
 * (OscOrderItem*): a PENDING order not seen before (not on the first load); "changed"
 * (OscOrderItem*, const char *event_type). Property: "waiting" (guint, notify).
 *
 * The position of an item never changes. When an item moves to another column of the board,
 * items-changed (position, 1, 1) is emitted so that filters look at it anew; when its order is
 * closed it leaves the list, but osc_order_store_find() still knows the last 200 of these, and a
 * recalled order comes back as the same object.
 */
#define OSC_TYPE_ORDER_STORE (osc_order_store_get_type ())
G_DECLARE_FINAL_TYPE (OscOrderStore, osc_order_store, OSC, ORDER_STORE, GObject)

/** osc_order_store_new: empty. */
OscOrderStore *osc_order_store_new (void);
/** osc_order_store_attach: follows @feed and loads the open orders through @client. */
void osc_order_store_attach (OscOrderStore *self, OsyClient *client, OsyFeed *feed);
/** osc_order_store_put: takes an order in its present state, as the feed would. */
void osc_order_store_put (OscOrderStore *self, OsyOrder *order, const char *event_type);
OscOrderItem *osc_order_store_find (OscOrderStore *self, const char *order_id);
/** osc_order_store_adopt: knows @item from now on, as it knows those that have left the list. For
 * an order read elsewhere that is to be opened or acted on. */
void osc_order_store_adopt (OscOrderStore *self, OscOrderItem *item);
guint osc_order_store_waiting (OscOrderStore *self); /* PENDING orders */

G_END_DECLS
