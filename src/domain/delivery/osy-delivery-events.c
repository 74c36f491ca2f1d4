/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What orders' steps do to their deliveries, and what events of deliveries carry. */

#include "osy-delivery-room.h"
#include "osy-delivery-store.h"
#include "osy-order-service.h"

/* What brings a delivery to where its order stands. */
static const struct {
  const char *order;
  gboolean recalled;
  const char *delivery;
  const char *act;
} ways[] = {
    {OSY_ORDER_READY, TRUE, OSY_DELIVERY_PICKED_UP, "put-back"},
    {OSY_ORDER_READY, TRUE, OSY_DELIVERY_DELIVERED, "put-back"},
    {OSY_ORDER_DELIVERING, TRUE, OSY_DELIVERY_DELIVERED, "take-back"},
    {OSY_ORDER_DELIVERING, FALSE, OSY_DELIVERY_REQUESTED, "pick-up"},
    {OSY_ORDER_DELIVERING, FALSE, OSY_DELIVERY_ASSIGNED, "pick-up"},
    {OSY_ORDER_COMPLETED, FALSE, OSY_DELIVERY_REQUESTED, "deliver"},
    {OSY_ORDER_COMPLETED, FALSE, OSY_DELIVERY_ASSIGNED, "deliver"},
    {OSY_ORDER_COMPLETED, FALSE, OSY_DELIVERY_PICKED_UP, "deliver"},
    {OSY_ORDER_CANCELED, FALSE, OSY_DELIVERY_REQUESTED, "cancel"},
    {OSY_ORDER_CANCELED, FALSE, OSY_DELIVERY_ASSIGNED, "cancel"},
    {OSY_ORDER_CANCELED, FALSE, OSY_DELIVERY_PICKED_UP, "cancel"},
    {OSY_ORDER_REJECTED, FALSE, OSY_DELIVERY_REQUESTED, "cancel"},
};

/* Returns: (nullable): NULL: it is there. */
static const char *
act_for (const OsyOrderData *order, const OsyDelivery *delivery, gboolean recalled)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (ways[i].recalled == recalled && g_str_equal (ways[i].order, order->status) &&
        g_str_equal (ways[i].delivery, delivery->status))
      return ways[i].act;
  return NULL;
}

/* Whether it is a later ride of an order that was handed over before it was asked for: the food
 * went with one that failed, so that the order is on its way says nothing of this one. *@ret:
 * (out). */
static gboolean
find_next_ride (OsyDbTx *tx,
                OsyKeyring *ring,
                const OsyOrderData *order,
                const OsyDelivery *live,
                gboolean *ret,
                GError **error)
{
  const OsyDeliveryQuery query = {.order_id = order->id, .limit = 2};

  *ret = FALSE;
  if (order->handed_over_at == 0 || order->handed_over_at > live->requested_at)
    return TRUE;
  g_autoptr (GPtrArray) rides = osy_delivery_store_list (tx, ring, &query, error);
  *ret = rides != NULL && rides->len > 1;
  return rides != NULL;
}

static gboolean
is_withdrawal (const char *act)
{
  return g_str_equal (act, "cancel");
}

gboolean
osy_delivery_on_order (OsyDbTx *tx,
                       const OsyCall *call,
                       const OsyEvent *event,
                       gpointer data,
                       GError **error)
{
  OsyKeyring *ring = ((OsyDeliveryRoom *)data)->ring;
  const char *order_id = event->aggregate_id;

  if (g_str_equal (event->type, "order.created") || g_str_equal (event->type, "order.started"))
    return TRUE;
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, order_id, error);
  if (order == NULL)
    return FALSE;
  const OsyOrderData *as_it_is = osy_order_data (order);
  /* A recall that something followed is told of by what followed. */
  gboolean recalled =
      g_str_equal (event->type, "order.recalled") && event->aggregate_seq == as_it_is->version;
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDelivery) delivery = osy_delivery_service_of_order (tx, ring, order_id, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  gboolean live = delivery != NULL && osy_delivery_is_live (delivery);
  const char *act = live ? act_for (as_it_is, delivery, recalled) : NULL;
  gboolean next = FALSE;
  if (act != NULL && g_str_equal (act, "pick-up") &&
      !find_next_ride (tx, ring, as_it_is, delivery, &next, error))
    return FALSE;
  if (act == NULL || next)
    return TRUE;
  const OsyDeliveryAct step = {
      .delivery_id = delivery->id, .act = act, .follows = !recalled && !is_withdrawal (act)};
  g_autoptr (OsyDelivery) after = osy_delivery_service_act (tx, ring, call, &step, error);
  return after != NULL;
}

gboolean
osy_delivery_decorate (OsyDbTx *tx,
                       GPtrArray *events,
                       OsyEventExtra *extras,
                       gpointer data,
                       GError **error)
{
  OsyDeliveryRoom *room = data;
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) list = osy_delivery_store_load (tx, room->ring, ids, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++) {
    const OsyDelivery *delivery = g_ptr_array_index (list, i);
    osy_event_give (events, extras, delivery->id,
                    osy_json_take_object (osy_delivery_to_json (delivery)), NULL);
  }
  return TRUE;
}
