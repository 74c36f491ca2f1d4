/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen follows its orders. */

#include "osy-kitchen-service.h"

#include "osy-kitchen-store.h"
#include "osy-order-service.h"

static gboolean
is_one_of (const char *status, const char *const *statuses)
{
  return g_strv_contains (statuses, status);
}

gboolean
osy_kitchen_service_follow (OsyDbTx *tx, const OsyOrderData *order, GError **error)
{
  static const char *const cooking[] = {OSY_ORDER_ACCEPTED, OSY_ORDER_PREPARING, NULL};
  static const char *const cooked[] = {OSY_ORDER_READY, OSY_ORDER_DELIVERING, OSY_ORDER_COMPLETED,
                                       NULL};

  if (is_one_of (order->status, cooking))
    return osy_kitchen_store_send (tx, order, error) &&
           osy_kitchen_store_unmake (tx, order->id, error);
  if (is_one_of (order->status, cooked))
    return osy_kitchen_store_send (tx, order, error) &&
           osy_kitchen_store_make (tx, order->id, error);
  if (g_str_equal (order->status, OSY_ORDER_CANCELED))
    return osy_kitchen_store_void (tx, order->id, error);
  return TRUE;
}

gboolean
osy_kitchen_on_order (OsyDbTx *tx,
                      const OsyCall *call,
                      const OsyEvent *event,
                      gpointer room,
                      GError **error)
{
  const OsyKitchenRoom *kitchen = room;
  g_autoptr (OsyOrder) order =
      osy_order_service_lock (tx, kitchen->ring, event->aggregate_id, error);

  return order != NULL && osy_kitchen_service_follow (tx, osy_order_data (order), error);
}
