/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the core asks for, asked of the rooms. All in the caller's transaction, all repeatable; what
 * leaves the house is only written down here, and done by the rooms' own workers. */

#include "osy-delivery-service.h"
#include "osy-order-payment.h"
#include "osy-order-service.h"
#include "osy-payment-service.h"
#include "osy-saga-work.h"
#include "osy-stock-service.h"

/* For the guest: on the statement of the card, and in the order's timeline. */
#define UNDONE "주문 취소"
#define SOLD_OUT "재료 소진"

typedef gboolean (*Effect) (OsySagaWork *self, GArray *news, GError **error);

static gboolean
expect (OsySagaWork *self, GArray *news, GError **error)
{
  const OsySagaState *state = &self->row->state;

  return osy_payment_service_expect (self->tx, self->row->order_id, state->amount,
                                     state->expires_at, error);
}

static gboolean
undo (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_payment_service_undo_order (self->tx, self->room->ring, self->call,
                                         self->row->order_id, UNDONE, error);
}

static gboolean
reserve (OsySagaWork *self, GArray *news, GError **error)
{
  static const OsySagaGoods goods[] = {
      [OSY_STOCK_OUTCOME_HELD] = OSY_SAGA_GOODS_RESERVED,
      [OSY_STOCK_OUTCOME_SHORT] = OSY_SAGA_GOODS_SHORT,
      [OSY_STOCK_OUTCOME_OVER] = OSY_SAGA_GOODS_SHORT,
  };
  g_autoptr (OsyOrder) order =
      osy_order_service_load (self->tx, self->room->ring, self->row->order_id, error);
  OsyStockOutcome outcome = OSY_STOCK_OUTCOME_SHORT;

  if (order == NULL)
    return FALSE;
  g_autoptr (JsonNode) items = osy_order_lines_to_json (osy_order_data (order)->lines, FALSE);
  const OsyStockWant want = {"order", self->row->order_id, items};
  if (!osy_stock_service_reserve (self->tx, self->call, &want, 0, &outcome, error))
    return FALSE;
  const OsySagaEvent event = {.kind = OSY_SAGA_SEEN_GOODS, .goods = goods[outcome]};
  g_array_append_val (news, event);
  return TRUE;
}

static gboolean
consume (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_stock_service_consume (self->tx, self->call, "order", self->row->order_id, error);
}

static gboolean
release (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_stock_service_release (self->tx, self->call, "order", self->row->order_id, error);
}

/* The order may have been closed a moment before. */
static gboolean
look_again (OsySagaWork *self, GArray *news, GError **error)
{
  OsySagaEvent event = {.kind = OSY_SAGA_SEEN_ORDER};

  if (!osy_saga_look_order (self, &event, error))
    return FALSE;
  g_array_append_val (news, event);
  return TRUE;
}

static gboolean
place (OsySagaWork *self, GArray *news, GError **error)
{
  const OsyOrderPaid paid = {self->row->order_id, self->room->promise};
  gboolean placed;

  return osy_order_service_paid (self->tx, self->room->ring, self->call, &paid, &placed, error) &&
         look_again (self, news, error);
}

static gboolean
expire (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_order_service_expire (self->tx, self->room->ring, self->call, self->row->order_id,
                                   error) &&
         look_again (self, news, error);
}

static gboolean
withdraw (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_order_service_withdraw (self->tx, self->room->ring, self->call, self->row->order_id,
                                     SOLD_OUT, error) &&
         look_again (self, news, error);
}

static gboolean
hand_over (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_order_service_carried (self->tx, self->room->ring, self->call, self->row->order_id,
                                    FALSE, error);
}

static gboolean
finish (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_order_service_carried (self->tx, self->room->ring, self->call, self->row->order_id,
                                    TRUE, error);
}

/* A person may have been faster: theirs is the one ride, also where it has failed already. Held is
 * the order, so that none comes between. */
static gboolean
request (OsySagaWork *self, GArray *news, GError **error)
{
  OsySagaEvent event = {.kind = OSY_SAGA_SEEN_RIDE};
  g_autoptr (OsyOrder) order =
      osy_order_service_lock (self->tx, self->room->ring, self->row->order_id, error);

  if (order == NULL || !osy_saga_look_ride (self, &event, error))
    return FALSE;
  if (event.ride != OSY_SAGA_RIDE_NONE) {
    g_array_append_val (news, event);
    return TRUE;
  }
  return osy_delivery_service_request (self->tx, self->room->ring, self->call, self->row->order_id,
                                       NULL, error);
}

static gboolean
call_off (OsySagaWork *self, GArray *news, GError **error)
{
  return osy_delivery_service_cancel (self->tx, self->room->ring, self->call, self->row->order_id,
                                      UNDONE, error);
}

gboolean
osy_saga_effects_do (OsySagaWork *self, guint effects, GArray *news, GError **error)
{
  /* By the bits of OsySagaEffect; ALARM and CALM are told at the end. */
  static const Effect doors[] = {
      expect, undo,     reserve,   consume, release, place,
      expire, withdraw, hand_over, finish,  request, call_off,
  };

  if (self->row->undone)
    effects &= ~(guint)OSY_SAGA_UNDO;
  for (guint bit = 0; bit < G_N_ELEMENTS (doors); bit++)
    if ((effects & (1u << bit)) && !doors[bit](self, news, error))
      return FALSE;
  return TRUE;
}
