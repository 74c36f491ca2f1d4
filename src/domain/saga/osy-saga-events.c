/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The consumers: which events each hears, and what they say to the core. The relay keeps the inbox:
 * an event's mark, the saga's row and the effects commit together. */

#include <string.h>

#include "osy-json.h"
#include "osy-saga-work.h"

/* What an event says of its order; UNKNOWN: it is looked at. */
static const struct {
  const char *type;
  OsySagaEventKind kind;
  int fact;
} news[] = {
    {"order.created", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_UNKNOWN},
    {"order.paid", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_PLACED},
    {"order.accepted", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_ACCEPTED},
    {"order.ready", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_MADE},
    {"order.delivering", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_MADE},
    {"order.completed", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_DONE},
    {"order.recalled", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_UNKNOWN},
    {"order.rejected", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_CLOSED},
    {"order.canceled", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_CLOSED},
    {"order.expired", OSY_SAGA_SEEN_ORDER, OSY_SAGA_ORDER_CLOSED},
    {"stock.reserved", OSY_SAGA_SEEN_GOODS, OSY_SAGA_GOODS_RESERVED},
    {"stock.reservation_failed", OSY_SAGA_SEEN_GOODS, OSY_SAGA_GOODS_SHORT},
    {"payment.completed", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.declined", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.unknown", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.waiting_for_deposit", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.expired", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.canceled", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.deposit_withdrawn", OSY_SAGA_SEEN_MONEY, 0},
    {"payment.refunded", OSY_SAGA_SEEN_MONEY, 0},
    {"check.settled", OSY_SAGA_SEEN_MONEY, 0},
    {"delivery.requested", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.started", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.delivered", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.failed", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.canceled", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.recalled", OSY_SAGA_SEEN_RIDE, 0},
    {"delivery.followed", OSY_SAGA_SEEN_RIDE, 0},
};

/* Who is asked for what; every row is one that the core says is heard (osy_saga_hears). Each is a
 * transaction for every such event, so there are no more than are needed. */
static const struct {
  OsySagaConsumer consumer;
  const char *types[16];
} ears[] = {
    {OSY_SAGA_CONSUMER_ORDER,
     {"payment.completed", "stock.reserved", "stock.reservation_failed", "delivery.requested",
      "delivery.started", "delivery.delivered", "delivery.failed", "delivery.canceled",
      "delivery.recalled", NULL}},
    {OSY_SAGA_CONSUMER_PAYMENT,
     {"order.created", "order.rejected", "order.canceled", "order.expired",
      "stock.reservation_failed", "payment.completed", "payment.declined", "payment.unknown",
      "payment.waiting_for_deposit", "payment.expired", "payment.canceled",
      "payment.deposit_withdrawn", "payment.refunded", "check.settled", NULL}},
    {OSY_SAGA_CONSUMER_STOCK,
     {"order.created", "order.paid", "order.ready", "order.delivering", "order.completed",
      "order.recalled", "order.rejected", "order.canceled", "order.expired", "payment.completed",
      NULL}},
    /* A delivery that followed its order must not move the order again, so the order does not hear.
     */
    {OSY_SAGA_CONSUMER_DELIVERY,
     {"order.accepted", "order.rejected", "order.canceled", "order.expired", "delivery.followed",
      NULL}},
};

void
osy_saga_room_init (OsySagaRoom *self, OsyDbPool *pool, OsyKeyring *ring)
{
  *self = (OsySagaRoom){.pool = pool, .ring = ring};
  self->sweeping = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (OsySagaConsumer consumer = 0; consumer < OSY_SAGA_CONSUMER_ALL; consumer++)
    self->ears[consumer] = (OsySagaEar){self, consumer};
}

void
osy_saga_room_clear (OsySagaRoom *self)
{
  g_clear_pointer (&self->sweeping, g_hash_table_unref);
}

void
osy_saga_room_tie (OsySagaRoom *self, OsyEventRelay *relay)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ears); i++) {
    OsySagaConsumer consumer = ears[i].consumer;
    g_autofree char *name = g_strconcat ("saga.", osy_saga_consumer_name (consumer), NULL);
    for (const char *const *type = ears[i].types; *type != NULL; type++)
      osy_event_relay_add_handler (relay, name, *type, osy_saga_on_event, &self->ears[consumer]);
  }
}

/* ---- hearing ---- */

static const char *
text_of (JsonNode *payload, const char *member)
{
  return json_object_get_string_member_with_default (json_node_get_object (payload), member, NULL);
}

static gboolean
look (OsySagaWork *work, OsySagaEvent *event, GError **error)
{
  switch (event->kind) {
  case OSY_SAGA_SEEN_ORDER:
    return event->order != OSY_SAGA_ORDER_UNKNOWN || osy_saga_look_order (work, event, error);
  case OSY_SAGA_SEEN_MONEY:
    return osy_saga_look_order (work, event, error) && osy_saga_look_money (work, event, error);
  case OSY_SAGA_SEEN_RIDE: return osy_saga_look_ride (work, event, error);
  default: return TRUE;
  }
}

static gboolean
hear (OsySagaWork *work,
      const char *order_id,
      OsySagaEvent event,
      OsySagaConsumer consumer,
      GError **error)
{
  if (!osy_saga_work_begin (work, order_id, error))
    return FALSE;
  return work->row == NULL ||
         (look (work, &event, error) && osy_saga_work_step (work, event, consumer, error) &&
          osy_saga_work_finish (work, error));
}

/* Money on a check is that of all its orders which are paid later. */
static gboolean
hear_check (OsySagaWork *work,
            const char *check_id,
            OsySagaEvent event,
            OsySagaConsumer consumer,
            GError **error)
{
  g_autoptr (GPtrArray) ids = osy_saga_store_of_check (work->tx, check_id, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    osy_saga_work_clear (work);
    if (!hear (work, ids->pdata[i], event, consumer, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_news (const OsyEvent *event, OsySagaEvent *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS (news); i++) {
    if (!g_str_equal (news[i].type, event->type))
      continue;
    ret->kind = news[i].kind;
    if (ret->kind == OSY_SAGA_SEEN_GOODS)
      ret->goods = (OsySagaGoods)news[i].fact;
    else
      ret->order = (OsySagaOrder)news[i].fact;
    ret->order_version = event->aggregate_seq;
    return TRUE;
  }
  return FALSE;
}

gboolean
osy_saga_on_event (OsyDbTx *tx,
                   const OsyCall *call,
                   const OsyEvent *event,
                   gpointer data,
                   GError **error)
{
  const OsySagaEar *ear = data;
  g_auto (OsySagaWork) work = {.tx = tx, .call = call, .room = ear->room};
  g_autoptr (JsonNode) payload = osy_json_parse (event->payload, strlen (event->payload), error);
  OsySagaEvent seen = {0};

  if (payload == NULL)
    return FALSE;
  if (!find_news (event, &seen))
    return TRUE;
  gboolean is_own = seen.kind == OSY_SAGA_SEEN_ORDER || seen.kind == OSY_SAGA_SEEN_GOODS;
  const char *order_id = is_own ? event->aggregate_id : text_of (payload, "order_id");
  const char *check_id = g_strcmp0 (event->aggregate_type, "check") == 0
                             ? event->aggregate_id
                             : text_of (payload, "check_id");
  if (order_id != NULL)
    return hear (&work, order_id, seen, ear->consumer, error);
  return check_id == NULL || hear_check (&work, check_id, seen, ear->consumer, error);
}
