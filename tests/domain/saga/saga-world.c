/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Time, chance and the bus of the simulated house, and what must hold in it at every moment and in
 * the end. */

#include "saga-world.h"

#include <stdio.h>
#include <string.h>

#define SECONDS(n) ((n)*G_TIME_SPAN_SECOND)
#define SWEEP_EVERY SECONDS (5)
#define PAYING_TIME SECONDS (1800)
#define MAX_MOVES 4000
#define BEGIN G_GINT64_CONSTANT (1700000000000000)

/* ---- chance ---- */

/* splitmix64: every seed is as good as any other. */
static guint64
next_dice (World *self)
{
  guint64 z = (self->dice += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
world_roll (World *self, guint n)
{
  return (guint)((next_dice (self) >> 32) * n >> 32);
}

gboolean
world_may (World *self, guint of_1024)
{
  return self->now < self->faults_end && world_roll (self, 1024) < of_1024;
}

void
world_say (World *self, const char *format, ...)
{
  va_list args;

  if (!self->traced)
    return;
  g_print ("# %10.3f s ", (double)(self->now - BEGIN) / 1e6);
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  g_print ("\n");
}

void
world_blame (World *self, const char *format, ...)
{
  va_list args;

  if (self->fault[0] != '\0')
    return;
  va_start (args, format);
  g_vsnprintf (self->fault, sizeof self->fault, format, args);
  va_end (args);
  world_say (self, "VIOLATION: %s", self->fault);
}

/* ---- time ---- */

static gboolean
is_before (const WorldItem *a, const WorldItem *b)
{
  return a->at < b->at || (a->at == b->at && a->nth < b->nth);
}

static void
swap (WorldItem *a, WorldItem *b)
{
  WorldItem c = *a;

  *a = *b;
  *b = c;
}

void
world_later (World *self, gint64 wait, WorldItem item)
{
  if (self->n_items == WORLD_ITEMS) {
    world_blame (self, "too much happens");
    return;
  }
  item.at = self->now + wait;
  item.nth = self->nth++;
  guint i = self->n_items++;
  self->heap[i] = item;
  for (; i > 0 && is_before (&self->heap[i], &self->heap[(i - 1) / 2]); i = (i - 1) / 2)
    swap (&self->heap[i], &self->heap[(i - 1) / 2]);
}

static WorldItem
take_next (World *self)
{
  WorldItem first = self->heap[0];

  self->heap[0] = self->heap[--self->n_items];
  for (guint i = 0;;) {
    guint least = i;
    for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < self->n_items; child++)
      if (is_before (&self->heap[child], &self->heap[least]))
        least = child;
    if (least == i)
      return first;
    swap (&self->heap[i], &self->heap[least]);
    i = least;
  }
}

/* ---- the handlers, each a transaction ---- */

static void
step (World *self, guint i, const OsySagaEvent *event, OsySagaConsumer consumer)
{
  WorldOrder *order = &self->orders[i];
  guint effects = osy_saga_step (&order->saga, event, consumer, &order->saga);

  world_say (self, "order %u: %s at event %d: effects %x, %s", i, osy_saga_consumer_name (consumer),
             event->kind, effects, osy_saga_step_name (order->saga.step));
  self->effects |= effects;
  self->steps |= 1u << order->saga.step;
  self->reasons |= 1u << order->saga.reason;
  world_do (self, i, effects & ~(guint)(OSY_SAGA_ALARM | OSY_SAGA_CALM));
  if (effects & OSY_SAGA_RESERVE) { /* its outcome is known in the same transaction */
    const OsySagaEvent goods = {
        .kind = OSY_SAGA_SEEN_GOODS, .goods = world_goods (order), .now = self->now};
    step (self, i, &goods, OSY_SAGA_CONSUMER_STOCK);
  }
  if (!osy_saga_is_over (&order->saga))
    order->over_at = 0;
  else if (order->over_at == 0)
    order->over_at = self->now;
}

static void
begin_saga (World *self, WorldOrder *order)
{
  gboolean later = order->shape == SHAPE_LATER;
  const OsySagaEvent event = {.kind = OSY_SAGA_SEEN_ORDER,
                              .order = order->order,
                              .order_version = order->version,
                              .now = self->now};

  osy_saga_begin (&order->saga, later ? OSY_SAGA_LATER : OSY_SAGA_PREPAID,
                  order->shape == SHAPE_DELIVERY, later ? 0 : WORLD_AMOUNT, BEGIN + PAYING_TIME,
                  BEGIN + G_TIME_SPAN_DAY);
  order->has_saga = TRUE;
  osy_saga_step (&order->saga, &event, OSY_SAGA_CONSUMER_ORDER, &order->saga);
}

static void
hear (World *self, const WorldItem *item)
{
  WorldOrder *order = &self->orders[item->order];

  if (world_may (self, self->crash)) { /* before the commit: it comes again */
    world_later (self, SECONDS (1 + (gint64)world_roll (self, 30)), *item);
    return;
  }
  order->on_the_way -= item->a == OSY_SAGA_SEEN_ORDER;
  if (!order->has_saga)
    begin_saga (self, order);
  const OsySagaEvent event = {.kind = item->a,
                              .order = item->c,
                              .order_version = item->version,
                              .money = world_money (order),
                              .goods = item->c, /* as they were when it was told */
                              .ride = order->ride,
                              .now = self->now,
                              .dice = world_roll (self, G_MAXUINT)};
  step (self, item->order, &event, item->b);
}

static void
look (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  if (world_may (self, self->crash))
    return;
  if (!order->has_saga) /* whoever loses the first news is found by the order itself */
    begin_saga (self, order);
  const OsySagaEvent event = {.kind = OSY_SAGA_LOOKED,
                              .order = order->order,
                              .order_version = order->version,
                              .money = world_money (order),
                              .goods = world_goods (order),
                              .ride = order->ride,
                              .now = self->now,
                              .dice = world_roll (self, G_MAXUINT)};
  step (self, i, &event, OSY_SAGA_CONSUMER_ALL);
}

static gint64
next_look (const WorldOrder *order)
{
  if (!order->has_saga)
    return BEGIN + PAYING_TIME;
  return order->saga.next_at > 0 ? order->saga.next_at : G_MAXINT64;
}

static void
sweep (World *self)
{
  for (guint i = 0; i < WORLD_ORDERS; i++)
    if (next_look (&self->orders[i]) <= self->now)
      look (self, i);
}

/* ---- what must hold ---- */

static void
check_intents (World *self, guint i)
{
  const WorldOrder *order = &self->orders[i];

  for (guint k = 0; k < order->n_intents; k++) {
    const WorldIntent *intent = &order->intents[k];
    if (intent->captures > 1)
      world_blame (self, "payment %u of order %u was taken twice", k, i);
    if (intent->refunds > intent->captures)
      world_blame (self, "payment %u of order %u was given back twice", k, i);
  }
}

/* Once the last news of an order has been heard, its saga knows how the order stands. */
static void
check_knowledge (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  if (!order->has_saga)
    return;
  if (order->saga.order_version < order->seen_version)
    world_blame (self, "the saga of order %u forgot what it knew", i);
  order->seen_version = order->saga.order_version;
  if (order->on_the_way == 0 && !order->lost && order->saga.order != order->order)
    world_blame (self, "order %u is %d and its saga believes %d", i, order->order,
                 order->saga.order);
}

static void
check_moment (World *self)
{
  for (guint i = 0; i < WORLD_ORDERS; i++) {
    check_intents (self, i);
    check_knowledge (self, i);
    if (self->orders[i].order == OSY_SAGA_ORDER_CLOSED &&
        self->orders[i].ride == OSY_SAGA_RIDE_DELIVERED && self->orders[i].refused)
      world_blame (self, "order %u was delivered though its goods were refused", i);
  }
}

/* Undone within minutes, once whatever was in the way has ended; within a day, where the news of it
 * was lost. */
static void
check_soon (World *self, guint i)
{
  const WorldOrder *order = &self->orders[i];
  gint64 bound = order->lost ? 25 * G_TIME_SPAN_HOUR : SECONDS (600);
  gint64 over = order->over_at - MAX (order->touched_at, self->faults_end);
  gint64 back = order->back_at - MAX (order->owed_at, self->faults_end);

  if (MAX (over, back) > bound)
    world_blame (self, "order %u took %d s to be undone", i,
                 (int)(MAX (over, back) / G_TIME_SPAN_SECOND));
}

static void
check_closed (World *self, guint i)
{
  const WorldOrder *order = &self->orders[i];

  check_soon (self, i);
  for (guint k = 0; k < order->n_intents; k++) {
    const WorldIntent *intent = &order->intents[k];
    if (intent->captures != intent->refunds)
      world_blame (self, "order %u is closed and its money not back", i);
    if (intent->state < INTENT_PAID)
      world_blame (self, "order %u is closed and may still be paid", i);
  }
  if (order->saga.step != OSY_SAGA_COMPENSATED)
    world_blame (self, "order %u is closed and its saga %s", i,
                 osy_saga_step_name (order->saga.step));
  if (order->ride == OSY_SAGA_RIDE_REQUESTED || order->ride == OSY_SAGA_RIDE_STARTED)
    world_blame (self, "order %u is closed and its rider on the road", i);
}

static void
check_done (World *self, guint i)
{
  const WorldOrder *order = &self->orders[i];
  guint taken = 0;

  for (guint k = 0; k < order->n_intents; k++)
    taken += order->intents[k].captures - order->intents[k].refunds;
  if (order->shape != SHAPE_LATER && taken != 1)
    world_blame (self, "order %u is done and was paid %u times", i, taken);
  if (!order->consumed)
    world_blame (self, "order %u is done and its goods not taken", i);
  if (order->saga.step != OSY_SAGA_COMPLETED)
    world_blame (self, "order %u is done and its saga %s", i,
                 osy_saga_step_name (order->saga.step));
}

static void
check_end (World *self)
{
  for (guint i = 0; i < WORLD_ORDERS && self->fault[0] == '\0'; i++) {
    const WorldOrder *order = &self->orders[i];
    if (order->order == OSY_SAGA_ORDER_CLOSED)
      check_closed (self, i);
    else if (order->order == OSY_SAGA_ORDER_DONE)
      check_done (self, i);
    else if (order->saga.reason == OSY_SAGA_FINE)
      world_blame (self, "order %u stands still and nobody is told", i);
    if (order->reserved && order->order >= OSY_SAGA_ORDER_DONE)
      world_blame (self, "order %u holds goods for ever", i);
  }
}

/* ---- a schedule ---- */

/* Calm and wild days, with a provider that is away for a while now and then. */
static void
set_weather (World *self)
{
  guint wild = world_roll (self, 4);

  self->faults_end = BEGIN + SECONDS ((gint64)world_roll (self, 4 * 3600));
  self->drop = wild > 1 ? world_roll (self, 200) : 0;
  self->duplicate = wild > 0 ? world_roll (self, 300) : 0;
  self->delay = wild > 0 ? world_roll (self, 300) : 0;
  self->crash = wild > 1 ? world_roll (self, 300) : 0;
  self->lost_reply = wild > 0 ? world_roll (self, 400) : 0;
  if (world_roll (self, 3) == 0) {
    gint64 lasts = SECONDS ((gint64)world_roll (self, 3600));
    self->outage_begin = BEGIN + SECONDS ((gint64)world_roll (self, 3600));
    self->outage_end = MIN (self->outage_begin + lasts, self->faults_end);
  }
}

static void
open_order (World *self, guint i)
{
  WorldOrder *order = &self->orders[i];

  order->shape = world_roll (self, N_SHAPES);
  order->ride = OSY_SAGA_RIDE_NONE;
  if (order->shape == SHAPE_LATER) {
    world_set_order (self, i, OSY_SAGA_ORDER_PLACED);
    world_later (self, SECONDS (10 + (gint64)world_roll (self, 600)),
                 (WorldItem){.kind = ITEM_STAFF, .order = (guint8)i});
    if (world_roll (self, 4) != 0)
      world_later (self, SECONDS ((gint64)world_roll (self, 7200)),
                   (WorldItem){.kind = ITEM_TILL, .order = (guint8)i});
    return;
  }
  world_set_order (self, i, OSY_SAGA_ORDER_WAITING);
  if (world_roll (self, 6) == 0)
    world_later (self, SECONDS ((gint64)world_roll (self, 1800)),
                 (WorldItem){.kind = ITEM_GUEST_LEAVES, .order = (guint8)i});
}

static gint64
next_sweep (const World *self)
{
  gint64 at = G_MAXINT64;

  for (guint i = 0; i < WORLD_ORDERS; i++)
    at = MIN (at, next_look (&self->orders[i]));
  if (at == G_MAXINT64)
    return at;
  return MAX (at, self->now) / SWEEP_EVERY * SWEEP_EVERY + SWEEP_EVERY;
}

/* An order that nobody touches is told of and stays; all else comes to its end. */
static gboolean
is_at_rest (const World *self)
{
  return self->n_items == 0 && self->now > BEGIN + 3 * G_TIME_SPAN_DAY;
}

gboolean
world_run (World *self, guint64 seed, gboolean traced)
{
  memset (self, 0, G_STRUCT_OFFSET (World, heap));
  self->n_items = 0;
  self->nth = 0;
  self->fault[0] = '\0';
  self->effects = self->steps = self->reasons = 0;
  self->seed = self->dice = seed;
  self->traced = traced;
  self->now = BEGIN;
  set_weather (self);
  self->auto_accept = world_roll (self, 2) == 0;
  self->portions = 1 + (int)world_roll (self, 2);
  for (guint i = 0; i < WORLD_ORDERS; i++)
    open_order (self, i);
  for (guint moves = 0; self->fault[0] == '\0'; moves++) {
    gint64 sweep_at = next_sweep (self);
    if ((self->n_items == 0 && sweep_at == G_MAXINT64) || is_at_rest (self))
      break;
    if (moves == MAX_MOVES)
      world_blame (self, "it never comes to an end");
    if (self->n_items > 0 && self->heap[0].at <= sweep_at) {
      WorldItem item = take_next (self);
      self->now = MAX (self->now, item.at);
      if (item.kind == ITEM_NEWS)
        hear (self, &item);
      else
        world_act (self, &item);
    } else {
      self->now = sweep_at;
      sweep (self);
    }
    check_moment (self);
  }
  check_end (self);
  return self->fault[0] == '\0';
}
