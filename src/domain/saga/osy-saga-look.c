/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the rooms below say of an order, in the words of the core. Amounts and rides are always read
 * and never taken from an event, which may be old. */

#include "osy-check-service.h"
#include "osy-delivery-service.h"
#include "osy-order-payment.h"
#include "osy-order.h"
#include "osy-payment-service.h"
#include "osy-saga-work.h"

OsySagaOrder
osy_saga_look_state (const char *status)
{
  static const struct {
    const char *status;
    OsySagaOrder order;
  } table[] = {
      {OSY_ORDER_PENDING_PAYMENT, OSY_SAGA_ORDER_WAITING},
      {OSY_ORDER_PENDING, OSY_SAGA_ORDER_PLACED},
      {OSY_ORDER_ACCEPTED, OSY_SAGA_ORDER_ACCEPTED},
      {OSY_ORDER_PREPARING, OSY_SAGA_ORDER_ACCEPTED},
      {OSY_ORDER_READY, OSY_SAGA_ORDER_MADE},
      {OSY_ORDER_DELIVERING, OSY_SAGA_ORDER_MADE},
      {OSY_ORDER_COMPLETED, OSY_SAGA_ORDER_DONE},
      {OSY_ORDER_REJECTED, OSY_SAGA_ORDER_CLOSED},
      {OSY_ORDER_CANCELED, OSY_SAGA_ORDER_CLOSED},
      {OSY_ORDER_EXPIRED, OSY_SAGA_ORDER_CLOSED},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].status, status) == 0)
      return table[i].order;
  return OSY_SAGA_ORDER_UNKNOWN;
}

/* Whether the check is paid: its orders paid later have their money. */
static gboolean
look_check (OsySagaWork *self, const char *check_id, gboolean *settled, GError **error)
{
  OsyCheckTotals totals;

  if (!osy_check_service_whole_totals (self->tx, check_id, &totals, error))
    return FALSE;
  /* Who gives back of what was paid knows what he does: that is owed to nobody's order. */
  *settled = totals.owed <= 0 || totals.tendered >= totals.total;
  return TRUE;
}

gboolean
osy_saga_look_order (OsySagaWork *self, OsySagaEvent *event, GError **error)
{
  g_auto (OsyOrderFacts) facts = {NULL};

  if (!osy_order_service_facts (self->tx, self->row->order_id, &facts, error))
    return FALSE;
  event->order = osy_saga_look_state (facts.status);
  event->order_version = facts.version;
  return self->row->state.kind == OSY_SAGA_PREPAID ||
         look_check (self, facts.check_id, &event->money.settled, error);
}

static void
take_money (OsySagaEvent *event, const OsyOrderMoney *money)
{
  event->money = (OsySagaMoney){
      .captured = money->captured,
      .refunded = money->refunded,
      .undoing = money->undone ? MAX (money->captured - money->refunded, 0) : 0,
      .in_air = money->under_way > 0,
      .settled = event->money.settled,
      .due_at = money->due_at,
  };
}

gboolean
osy_saga_look_money (OsySagaWork *self, OsySagaEvent *event, GError **error)
{
  OsyOrderMoney money = {0};

  if (!osy_payment_service_order_money (self->tx, self->row->order_id, &money, error))
    return FALSE;
  take_money (event, &money);
  return TRUE;
}

static OsySagaRide
ride_of (const OsyDelivery *delivery)
{
  static const struct {
    const char *status;
    OsySagaRide ride;
  } table[] = {
      {OSY_DELIVERY_REQUESTED, OSY_SAGA_RIDE_REQUESTED},
      {OSY_DELIVERY_ASSIGNED, OSY_SAGA_RIDE_REQUESTED},
      {OSY_DELIVERY_PICKED_UP, OSY_SAGA_RIDE_STARTED},
      {OSY_DELIVERY_DELIVERED, OSY_SAGA_RIDE_DELIVERED},
      {OSY_DELIVERY_FAILED, OSY_SAGA_RIDE_FAILED},
      {OSY_DELIVERY_CANCELED, OSY_SAGA_RIDE_CANCELED},
  };

  for (gsize i = 0; delivery != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].status, delivery->status))
      return table[i].ride;
  return OSY_SAGA_RIDE_NONE;
}

gboolean
osy_saga_look_ride (OsySagaWork *self, OsySagaEvent *event, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!self->row->state.delivers)
    return TRUE;
  g_autoptr (OsyDelivery) delivery =
      osy_delivery_service_of_order (self->tx, self->room->ring, self->row->order_id, &local);
  event->ride = ride_of (delivery);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return local == NULL;
}

gboolean
osy_saga_look_all (OsySagaWork *self, OsySagaEvent *event, GError **error)
{
  event->goods = self->row->state.goods;
  return osy_saga_look_order (self, event, error) && osy_saga_look_money (self, event, error) &&
         osy_saga_look_ride (self, event, error);
}

/* What the orders' rows say, into the event of each. */
static gboolean
look_orders (OsyDbTx *tx, GPtrArray *rows, GArray *events, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (OsyDbRows) orders = osy_saga_store_orders (tx, rows, error);

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (places, ((OsySagaRow *)rows->pdata[i])->order_id, GUINT_TO_POINTER (i));
  for (guint i = 0; i < osy_db_rows_count (orders); i++) {
    guint place =
        GPOINTER_TO_UINT (g_hash_table_lookup (places, osy_db_rows_text (orders, i, "id")));
    OsySagaEvent *event = &g_array_index (events, OsySagaEvent, place);
    event->order = osy_saga_look_state (osy_db_rows_text (orders, i, "status"));
    event->order_version = osy_db_rows_int (orders, i, "version");
    event->money.settled = osy_db_rows_bool (orders, i, "settled");
  }
  return TRUE;
}

static gboolean
look_moneys (OsyDbTx *tx, GPtrArray *rows, GArray *events, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (ids, ((OsySagaRow *)rows->pdata[i])->order_id);
  g_autoptr (GHashTable) moneys = osy_payment_service_orders_money (tx, ids, error);
  for (guint i = 0; moneys != NULL && i < rows->len; i++) {
    const OsyOrderMoney *money = g_hash_table_lookup (moneys, ids->pdata[i]);
    if (money != NULL)
      take_money (&g_array_index (events, OsySagaEvent, i), money);
    ((OsySagaRow *)rows->pdata[i])->undone = money != NULL && money->all_undone;
  }
  return moneys != NULL;
}

GArray *
osy_saga_look_rows (OsyDbTx *tx, const OsySagaRoom *room, GPtrArray *rows, GError **error)
{
  g_autoptr (GArray) events = g_array_sized_new (FALSE, TRUE, sizeof (OsySagaEvent), rows->len);

  g_array_set_size (events, rows->len);
  if (!look_orders (tx, rows, events, error) || !look_moneys (tx, rows, events, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    OsySagaWork work = {.tx = tx, .room = room, .row = rows->pdata[i]};
    OsySagaEvent *event = &g_array_index (events, OsySagaEvent, i);
    event->kind = OSY_SAGA_LOOKED;
    event->goods = work.row->state.goods;
    if (!osy_saga_look_ride (&work, event, error))
      return NULL;
  }
  return g_steal_pointer (&events);
}
