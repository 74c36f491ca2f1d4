/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The reactions of a saga. News only changes what is known; the one table of rules then says what
 * is owed by what is known. So it does not matter in which order news comes, how often, or whether
 * some of it never does: the sweeper's look brings what was missed. */

#include "osy-saga-core-private.h"

/* ---- taking in ---- */

static void
take_order (OsySagaState *state, const OsySagaEvent *event)
{
#ifndef OSY_SAGA_BUG_INBOX
  if (event->order_version <= state->order_version)
    return;
#endif
  state->order = event->order;
  state->order_version = event->order_version;
  if (event->order == OSY_SAGA_ORDER_CLOSED)
    state->tombstone = TRUE;
}

/* New money wakes even what a person has settled. */
static void
take_money (OsySagaState *state, const OsySagaMoney *money)
{
  if (money->captured > state->money.captured) {
    state->asked &= ~(guint)OSY_SAGA_UNDO;
    state->by_hand = FALSE;
  }
  state->money = *money;
  state->expires_at = MAX (state->expires_at, money->due_at);
}

static void
take_goods (OsySagaState *state, OsySagaGoods goods)
{
  /* They only ever go on: what is behind is old news. */
  if (goods <= state->goods)
    return;
  state->asked &= ~(guint)(OSY_SAGA_RELEASE | OSY_SAGA_CONSUME);
  state->goods = goods;
  if (goods == OSY_SAGA_GOODS_SHORT && state->kind == OSY_SAGA_PREPAID &&
      state->order <= OSY_SAGA_ORDER_WAITING)
    state->tombstone = TRUE;
}

static void
take_ride (OsySagaState *state, OsySagaRide ride)
{
  if (ride != state->ride && ride == OSY_SAGA_RIDE_REQUESTED)
    state->asked &= ~(guint)(OSY_SAGA_CALL_OFF | OSY_SAGA_HAND_OVER | OSY_SAGA_FINISH);
  state->ride = ride;
}

static void
take_in (OsySagaState *state, const OsySagaEvent *event)
{
  switch (event->kind) {
  case OSY_SAGA_SEEN_ORDER: take_order (state, event); break;
  case OSY_SAGA_SEEN_MONEY: take_money (state, &event->money); break;
  case OSY_SAGA_SEEN_GOODS: take_goods (state, event->goods); break;
  case OSY_SAGA_SEEN_RIDE: take_ride (state, event->ride); break;
  case OSY_SAGA_LOOKED:
  case OSY_SAGA_PUSHED:
  case OSY_SAGA_RETRIED:
  case OSY_SAGA_SETTLED:
    take_order (state, event);
    take_money (state, &event->money);
    take_goods (state, event->goods);
    take_ride (state, event->ride);
    state->by_hand |= event->kind == OSY_SAGA_SETTLED;
    break;
  }
}

/* ---- where it stands ---- */

static gboolean
is_undone (const OsySagaState *state)
{
  const guint both = OSY_SAGA_UNDO | OSY_SAGA_RELEASE;

  return state->order == OSY_SAGA_ORDER_CLOSED && !state->money.in_air &&
         state->money.captured <= state->money.refunded &&
         ((state->asked & both) == both || state->goods == OSY_SAGA_GOODS_CONSUMED) &&
         (state->asked & OSY_SAGA_UNDO) && state->goods != OSY_SAGA_GOODS_RESERVED &&
         !osy_saga_core_is_carried (state);
}

/* Whether a pay-later order has its money, or will be asked for it at its check alone. */
static gboolean
is_settled (const OsySagaState *state, const OsySagaEvent *event)
{
  return state->kind == OSY_SAGA_PREPAID || state->money.settled ||
         (osy_saga_core_is_looking (event) && event->now >= state->forgotten_at);
}

static OsySagaStep
find_forward_step (const OsySagaState *state, const OsySagaEvent *event)
{
  if (state->order == OSY_SAGA_ORDER_DONE && state->goods == OSY_SAGA_GOODS_CONSUMED &&
      !osy_saga_core_is_carried (state) &&
      (state->step == OSY_SAGA_COMPLETED || is_settled (state, event)))
    return OSY_SAGA_COMPLETED;
  if (state->kind == OSY_SAGA_LATER && state->order >= OSY_SAGA_ORDER_ACCEPTED)
    return state->money.settled ? OSY_SAGA_PAYMENT_COMPLETED : OSY_SAGA_FULFILLING;
  if (state->order >= OSY_SAGA_ORDER_PLACED && state->kind == OSY_SAGA_PREPAID)
    return OSY_SAGA_FULFILLING;
  if (state->goods != OSY_SAGA_GOODS_NONE)
    return OSY_SAGA_STOCK_RESERVED;
  return state->kind == OSY_SAGA_PREPAID && osy_saga_core_is_paid (state)
             ? OSY_SAGA_PAYMENT_COMPLETED
             : OSY_SAGA_STARTED;
}

static OsySagaStep
find_step (const OsySagaState *state, const OsySagaEvent *event)
{
  if (event->kind == OSY_SAGA_SETTLED)
    return event->step;
  if (state->by_hand)
    return state->step;
  if (!state->tombstone)
    return find_forward_step (state, event);
  return is_undone (state) ? OSY_SAGA_COMPENSATED : OSY_SAGA_COMPENSATING;
}

/* ---- the step ---- */

/* What is over stays over, but for an order that was called back, and for what the tombstone finds
 * that came too late. */
static gboolean
is_closed_to (const OsySagaState *state, const OsySagaEvent *event)
{
  if (!osy_saga_is_over (state) || event->kind == OSY_SAGA_SETTLED)
    return FALSE;
#ifndef OSY_SAGA_BUG_TOMBSTONE
  if (state->tombstone)
    return FALSE;
#endif
  return event->kind != OSY_SAGA_SEEN_ORDER && !osy_saga_core_is_looking (event);
}

guint
osy_saga_step (const OsySagaState *state,
               const OsySagaEvent *event,
               OsySagaConsumer consumer,
               OsySagaState *next)
{
  OsySagaState was = *state;

  *next = was;
  if (is_closed_to (&was, event))
    return 0;
  take_in (next, event);
  guint effects = osy_saga_core_do_owed (next, event, consumer);
  next->step = find_step (next, event);
  gboolean moved = next->step != was.step || next->order != was.order ||
                   next->tombstone != was.tombstone || next->goods != was.goods ||
                   next->ride != was.ride || next->expires_at != was.expires_at;
  return effects | osy_saga_core_watch (next, event, moved);
}

void
osy_saga_begin (OsySagaState *state,
                OsySagaKind kind,
                gboolean delivers,
                gint64 amount,
                gint64 expires_at,
                gint64 late_at)
{
  *state = (OsySagaState){
      .kind = kind,
      .delivers = delivers,
      .amount = amount,
      .expires_at = expires_at,
      .forgotten_at = late_at,
      .next_at = expires_at,
  };
}

gboolean
osy_saga_is_over (const OsySagaState *state)
{
  return state->step == OSY_SAGA_COMPLETED || state->step == OSY_SAGA_COMPENSATED;
}
