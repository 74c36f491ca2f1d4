/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rooms of the simulated house, each as its promise says and no better: their acts may be
 * repeated, but none remembers a withdrawal; that is the saga's. */

#include "saga-world.h"

#define SECONDS(n) ((n)*G_TIME_SPAN_SECOND)

static void
emit (World *self, guint i, OsySagaEventKind kind, OsySagaConsumer consumer, gint64 wait)
{
  WorldOrder *order = &self->orders[i];

  if (kind == OSY_SAGA_SEEN_ORDER)
    order->on_the_way++;
  world_later (self, wait,
               (WorldItem){.kind = ITEM_NEWS,
                           .order = (guint8)i,
                           .a = (guint8)kind,
                           .b = (guint8)consumer,
                           .c = (guint8)(kind == OSY_SAGA_SEEN_GOODS ? (int)world_goods (order)
                                                                     : (int)order->order),
                           .version = order->version});
}

/* Up to an hour, but not beyond the end of all faults. */
static gint64
delay (World *self)
{
  gint64 wait = SECONDS ((gint64)world_roll (self, 3600));

  return MIN (wait, MAX (self->faults_end - self->now, 0));
}

void
world_tell (World *self, guint i, OsySagaEventKind kind)
{
  WorldOrder *order = &self->orders[i];

  order->touched_at = self->now;
  for (OsySagaConsumer consumer = 0; consumer < OSY_SAGA_CONSUMER_ALL; consumer++) {
    gint64 wait = world_roll (self, 50) * G_TIME_SPAN_MILLISECOND;
    if (!osy_saga_hears (consumer, kind, order->order))
      continue;
    if (world_may (self, self->drop)) {
      order->lost = TRUE;
      continue;
    }
    if (world_may (self, self->delay))
      wait += delay (self);
    emit (self, i, kind, consumer, wait);
    if (world_may (self, self->duplicate))
      emit (self, i, kind, consumer, delay (self));
  }
}

/* ---- order ---- */

static gboolean
is_open (const WorldOrder *order)
{
  return order->order >= OSY_SAGA_ORDER_WAITING && order->order < OSY_SAGA_ORDER_DONE;
}

void
world_set_order (World *self, guint i, OsySagaOrder to)
{
  WorldOrder *order = &self->orders[i];

  world_say (self, "order %u: %d → %d", i, order->order, to);
  order->order = to;
  order->version++;
  if (to == OSY_SAGA_ORDER_CLOSED)
    order->owed_at = self->now;
  world_tell (self, i, OSY_SAGA_SEEN_ORDER);
}

static void
place (World *self, guint i)
{
  if (self->orders[i].order != OSY_SAGA_ORDER_WAITING)
    return;
  world_set_order (self, i, OSY_SAGA_ORDER_PLACED);
  if (self->auto_accept)
    world_set_order (self, i, OSY_SAGA_ORDER_ACCEPTED);
  world_later (self, SECONDS (10 + (gint64)world_roll (self, 600)),
               (WorldItem){.kind = ITEM_STAFF, .order = (guint8)i});
}

static void
expire (World *self, guint i)
{
  const OsySagaMoney money = world_money (&self->orders[i]);

  if (self->orders[i].order != OSY_SAGA_ORDER_WAITING)
    return;
  if (money.captured - money.refunded >= WORLD_AMOUNT)
    world_blame (self, "order %u expired though it was paid", i);
  world_set_order (self, i, OSY_SAGA_ORDER_CLOSED);
}

static void
withdraw (World *self, guint i)
{
  const WorldOrder *order = &self->orders[i];

  if (!is_open (order))
    return;
  if (!order->refused)
    world_blame (self, "order %u was withdrawn for no reason", i);
  world_set_order (self, i, OSY_SAGA_ORDER_CLOSED);
}

/* ---- payment ---- */

OsySagaMoney
world_money (const WorldOrder *order)
{
  OsySagaMoney money = {.settled = order->settled};

  for (guint i = 0; i < order->n_intents; i++) {
    const WorldIntent *intent = &order->intents[i];
    if (intent->state == INTENT_PAID) {
      money.captured += WORLD_AMOUNT;
      if (intent->refund_known)
        money.refunded += WORLD_AMOUNT;
      else if (intent->refund_asked)
        money.undoing += WORLD_AMOUNT;
    }
    money.in_air |= intent->state > INTENT_CREATED && intent->state < INTENT_PAID;
    if (intent->state == INTENT_AWAITED)
      money.due_at = intent->due_at;
  }
  return money;
}

static void
expect (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  for (guint k = 0; k < order->n_intents; k++)
    if (order->intents[k].state < INTENT_DECLINED)
      return;
  if (order->n_intents == WORLD_INTENTS)
    return;
  order->intents[order->n_intents] = (WorldIntent){.state = INTENT_CREATED};
  world_later (
      self, SECONDS (5 + (gint64)world_roll (self, 2400)),
      (WorldItem){.kind = ITEM_GUEST_PAYS, .order = (guint8)i, .a = (guint8)order->n_intents++});
}

static void
undo (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  world_say (self, "order %u: money back", i);
  for (guint k = 0; k < order->n_intents; k++) {
    WorldIntent *intent = &order->intents[k];
    if (intent->state == INTENT_CREATED || intent->state == INTENT_AWAITED)
      intent->state = INTENT_CANCELED;
    if (intent->state != INTENT_PAID || intent->refund_asked)
      continue;
    intent->refund_asked = TRUE;
    world_later (self, SECONDS (1),
                 (WorldItem){.kind = ITEM_REFUND, .order = (guint8)i, .a = (guint8)k});
  }
  world_tell (self, i, OSY_SAGA_SEEN_MONEY);
}

/* ---- stock: of its own accord it never refuses what is paid later ---- */

OsySagaGoods
world_goods (const WorldOrder *order)
{
  return order->consumed   ? OSY_SAGA_GOODS_CONSUMED
         : order->reserved ? OSY_SAGA_GOODS_RESERVED
         : order->refused  ? OSY_SAGA_GOODS_SHORT
                           : OSY_SAGA_GOODS_NONE;
}

static void
reserve (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  if (order->reserved || order->consumed)
    return;
  if (self->portions <= 0 && order->shape != SHAPE_LATER) {
    order->refused = TRUE;
  } else {
    order->reserved = TRUE;
    order->refused = FALSE;
    self->portions--;
  }
  world_say (self, "order %u: %s, %d left", i, order->reserved ? "reserved" : "refused",
             self->portions);
  world_tell (self, i, OSY_SAGA_SEEN_GOODS);
}

static void
let_go (World *self, guint i, gboolean consumed)
{
  WorldOrder *order = &self->orders[i];

  if (!order->reserved)
    return;
  order->reserved = FALSE;
  order->consumed = consumed;
  self->portions += consumed ? 0 : 1;
  world_tell (self, i, OSY_SAGA_SEEN_GOODS);
}

/* ---- delivery ---- */

static void
set_ride (World *self, guint i, OsySagaRide ride)
{
  world_say (self, "order %u: ride %d", i, ride);
  self->orders[i].ride = ride;
  world_tell (self, i, OSY_SAGA_SEEN_RIDE);
}

static void
request (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  if (order->ride == OSY_SAGA_RIDE_REQUESTED || order->ride == OSY_SAGA_RIDE_STARTED)
    world_blame (self, "a second rider was called for order %u", i);
  set_ride (self, i, OSY_SAGA_RIDE_REQUESTED);
  world_later (self, SECONDS (60 + (gint64)world_roll (self, 600)),
               (WorldItem){.kind = ITEM_RIDER, .order = (guint8)i});
}

static void
call_off (World *self, guint i)
{
  OsySagaRide ride = self->orders[i].ride;

  if (ride == OSY_SAGA_RIDE_REQUESTED || ride == OSY_SAGA_RIDE_STARTED)
    set_ride (self, i, OSY_SAGA_RIDE_CANCELED);
}

static void
consume (World *self, guint i)
{
  let_go (self, i, TRUE);
}

static void
release (World *self, guint i)
{
  let_go (self, i, FALSE);
}

static void
hand_over (World *self, guint i)
{
  OsySagaOrder order = self->orders[i].order;

  if (order >= OSY_SAGA_ORDER_PLACED && order < OSY_SAGA_ORDER_MADE)
    world_set_order (self, i, OSY_SAGA_ORDER_MADE);
}

static void
finish (World *self, guint i)
{
  if (is_open (&self->orders[i]))
    world_set_order (self, i, OSY_SAGA_ORDER_DONE);
}

void
world_do (World *self, guint i, guint effects)
{
  /* By the bits of OsySagaEffect. */
  static void (*const doors[]) (World *, guint) = {
      expect, undo,     reserve,   consume, release, place,
      expire, withdraw, hand_over, finish,  request, call_off,
  };

  for (guint bit = 0; bit < G_N_ELEMENTS (doors); bit++)
    if (effects & (1u << bit))
      doors[bit](self, i);
}

/* ---- what happens from outside ---- */

static gboolean
is_down (const World *self)
{
  return self->now >= self->outage_begin && self->now < self->outage_end;
}

static void
guest_pays (World *self, const WorldItem *item)
{
  WorldOrder *order = &self->orders[item->order];
  WorldIntent *intent = &order->intents[item->a];

  if (intent->state != INTENT_CREATED || world_roll (self, 8) == 0) /* or goes away */
    return;
  if (order->shape == SHAPE_ACCOUNT) {
    intent->state = INTENT_AWAITED;
    intent->due_at = self->now + SECONDS (3 * 3600);
    world_later (self, SECONDS (30 + (gint64)world_roll (self, 4 * 3600)),
                 (WorldItem){.kind = ITEM_DEPOSIT, .order = item->order, .a = item->a});
  } else {
    intent->state = INTENT_SENT;
    world_later (self, SECONDS (1),
                 (WorldItem){.kind = ITEM_CONFIRM, .order = item->order, .a = item->a});
  }
  world_tell (self, item->order, OSY_SAGA_SEEN_MONEY);
}

/* A bank may book what was sent while the account was being closed, and once more the day after. */
static void
deposit (World *self, const WorldItem *item)
{
  WorldIntent *intent = &self->orders[item->order].intents[item->a];
  gboolean open = intent->state == INTENT_AWAITED && self->now <= intent->due_at;

  if (!open && (intent->state > INTENT_AWAITED && intent->state != INTENT_CANCELED))
    return;
  if (!open && world_roll (self, 4) != 0)
    return;
  world_say (self, "order %u: deposit%s", item->order, open ? "" : ", late");
  intent->captures++;
  intent->state = INTENT_PAID;
  self->orders[item->order].owed_at = self->now;
  world_tell (self, item->order, OSY_SAGA_SEEN_MONEY);
}

static void
answer (World *self, const WorldItem *item, WorldIntentState state)
{
  WorldOrder *order = &self->orders[item->order];

  world_say (self, "order %u: payment %u is %d", item->order, item->a, state);
  order->intents[item->a].state = state;
  world_tell (self, item->order, OSY_SAGA_SEEN_MONEY);
  if (state == INTENT_DECLINED && order->order == OSY_SAGA_ORDER_WAITING)
    expect (self, item->order); /* the guest tries another card */
}

/* One key for one payment, whatever is lost on the way: the provider takes it once. */
static void
confirm (World *self, const WorldItem *item)
{
  WorldIntent *intent = &self->orders[item->order].intents[item->a];
  gboolean reached = !is_down (self) || world_roll (self, 2) == 0;
  gboolean declined = world_roll (self, 8) == 0;

  if (reached && !declined && intent->captures == 0)
    intent->captures++;
  if (is_down (self) || world_may (self, self->lost_reply)) {
    answer (self, item, INTENT_UNKNOWN);
    world_later (self, SECONDS (10 + (gint64)world_roll (self, 120)),
                 (WorldItem){.kind = ITEM_LOOK_UP, .order = item->order, .a = item->a});
    return;
  }
  answer (self, item, intent->captures > 0 ? INTENT_PAID : INTENT_DECLINED);
}

static void
look_up (World *self, const WorldItem *item)
{
  const WorldIntent *intent = &self->orders[item->order].intents[item->a];

  if (is_down (self) || world_may (self, self->lost_reply)) {
    world_later (self, SECONDS (30 + (gint64)world_roll (self, 120)), *item);
    return;
  }
  if (intent->captures > 0)
    answer (self, item, INTENT_PAID);
  else
    answer (self, item, INTENT_DECLINED);
}

static void
refund (World *self, const WorldItem *item)
{
  WorldIntent *intent = &self->orders[item->order].intents[item->a];

  if (!is_down (self) && intent->refunds == 0)
    intent->refunds++;
  if (is_down (self) || world_may (self, self->lost_reply)) {
    world_later (self, SECONDS (10 + (gint64)world_roll (self, 120)), *item);
    return;
  }
  intent->refund_known = TRUE;
  self->orders[item->order].back_at = self->now;
  world_say (self, "order %u: refunded", item->order);
  world_tell (self, item->order, OSY_SAGA_SEEN_MONEY);
}

static gboolean
staff_close (World *self, guint i)
{
  OsySagaOrder order = self->orders[i].order;

  if (order < OSY_SAGA_ORDER_PLACED || order > OSY_SAGA_ORDER_MADE || world_roll (self, 12) != 0)
    return FALSE;
  world_set_order (self, i, OSY_SAGA_ORDER_CLOSED);
  return TRUE;
}

/* The next step forward, now and then one back, now and then the end. */
static void
staff (World *self, const WorldItem *item)
{
  WorldOrder *order = &self->orders[item->order];
  OsySagaOrder next = order->order + 1;

  if (world_roll (self, 200) == 0) /* and forgotten for ever */
    return;
  if (order->order == OSY_SAGA_ORDER_DONE) {
    if (world_roll (self, 8) != 0)
      return;
    next = OSY_SAGA_ORDER_MADE;
  } else if (order->order < OSY_SAGA_ORDER_PLACED || order->order == OSY_SAGA_ORDER_CLOSED ||
             staff_close (self, item->order)) {
    return;
  }
  /* Who finds the rider gone wrong calls another; the rest of a delivery is the rider's. */
  if (order->ride == OSY_SAGA_RIDE_FAILED)
    request (self, item->order);
  else if (next != OSY_SAGA_ORDER_DONE || order->shape != SHAPE_DELIVERY ||
           world_roll (self, 8) == 0)
    world_set_order (self, item->order, next);
  world_later (self, SECONDS (60 + (gint64)world_roll (self, 900)), *item);
}

static void
rider (World *self, const WorldItem *item)
{
  WorldOrder *order = &self->orders[item->order];

  if (order->ride == OSY_SAGA_RIDE_REQUESTED) {
    set_ride (self, item->order,
              world_roll (self, 10) == 0 ? OSY_SAGA_RIDE_FAILED : OSY_SAGA_RIDE_STARTED);
    world_later (self, SECONDS (60 + (gint64)world_roll (self, 1800)), *item);
  } else if (order->ride == OSY_SAGA_RIDE_STARTED) {
    set_ride (self, item->order,
              world_roll (self, 10) == 0 ? OSY_SAGA_RIDE_FAILED : OSY_SAGA_RIDE_DELIVERED);
  }
}

void
world_act (World *self, const WorldItem *item)
{
  WorldOrder *order = &self->orders[item->order];

  switch ((WorldItemKind)item->kind) {
  case ITEM_GUEST_PAYS: guest_pays (self, item); break;
  case ITEM_GUEST_LEAVES:
    if (order->order == OSY_SAGA_ORDER_WAITING)
      world_set_order (self, item->order, OSY_SAGA_ORDER_CLOSED);
    break;
  case ITEM_DEPOSIT: deposit (self, item); break;
  case ITEM_CONFIRM: confirm (self, item); break;
  case ITEM_LOOK_UP: look_up (self, item); break;
  case ITEM_REFUND: refund (self, item); break;
  case ITEM_STAFF: staff (self, item); break;
  case ITEM_RIDER: rider (self, item); break;
  case ITEM_TILL:
    order->settled = TRUE;
    world_tell (self, item->order, OSY_SAGA_SEEN_MONEY);
    break;
  case ITEM_NEWS:
  case N_ITEMS: break;
  }
}
