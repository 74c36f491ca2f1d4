/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is owed by what is known: the one table of reactions. */

#include "osy-saga-core-private.h"

/* ---- the rules ---- */

typedef enum { ANY, NO, YES } Tri;

/* What of the money a rule asks for. */
typedef enum {
  MONEY_ANY,
  MONEY_PAID, /* what was to be paid is there */
  MONEY_NONE, /* it is not, and nothing but a deposit may still come */
  MONEY_BACK, /* there is some to be given back, or in the air */
} Money;

#define BIT(value) (1u << (value))
#define ALL_OF ~0u

typedef struct {
  OsySagaConsumer consumer;
  OsySagaEffect effect;
  guint kinds;
  guint orders;
  guint goods;
  guint rides;
  Money money;
  Tri tombstone;
  gboolean once;  /* a look does not ask again */
  gboolean after; /* only when the time for paying is over */
} Rule;

#define LATER BIT (OSY_SAGA_LATER)
#define PREPAID BIT (OSY_SAGA_PREPAID)
#define WAITING BIT (OSY_SAGA_ORDER_WAITING)
#define PLACED BIT (OSY_SAGA_ORDER_PLACED)
#define ACCEPTED BIT (OSY_SAGA_ORDER_ACCEPTED)
#define MADE BIT (OSY_SAGA_ORDER_MADE)
#define DONE BIT (OSY_SAGA_ORDER_DONE)
#define CLOSED BIT (OSY_SAGA_ORDER_CLOSED)
#define ON_BOARD (PLACED | ACCEPTED | MADE)
#define GOODS_NONE BIT (OSY_SAGA_GOODS_NONE)
#define RESERVED BIT (OSY_SAGA_GOODS_RESERVED)
#define SHORT BIT (OSY_SAGA_GOODS_SHORT)
#define RIDE_NONE BIT (OSY_SAGA_RIDE_NONE)
#define REQUESTED BIT (OSY_SAGA_RIDE_REQUESTED)
#define STARTED BIT (OSY_SAGA_RIDE_STARTED)
#define DELIVERED BIT (OSY_SAGA_RIDE_DELIVERED)

/* Rows of one effect stand together: the first that holds counts. Everything before the money is
 * there can be undone, everything after it is tried until it is done. */
static const Rule rules[] = {
    /* consumer, effect, kinds, orders, goods, rides, money, tombstone, once, after */
    {OSY_SAGA_CONSUMER_PAYMENT, OSY_SAGA_EXPECT, PREPAID, WAITING, ALL_OF, ALL_OF, MONEY_NONE, NO,
     TRUE, FALSE},
    {OSY_SAGA_CONSUMER_PAYMENT, OSY_SAGA_UNDO, ALL_OF, ALL_OF, ALL_OF, ALL_OF, MONEY_BACK, YES,
     FALSE, FALSE},
    {OSY_SAGA_CONSUMER_PAYMENT, OSY_SAGA_UNDO, ALL_OF, ALL_OF, ALL_OF, ALL_OF, MONEY_ANY, YES, TRUE,
     FALSE},
    {OSY_SAGA_CONSUMER_STOCK, OSY_SAGA_RESERVE, PREPAID, WAITING | ON_BOARD | DONE, GOODS_NONE,
     ALL_OF, MONEY_PAID, NO, FALSE, FALSE},
    {OSY_SAGA_CONSUMER_STOCK, OSY_SAGA_RESERVE, LATER, ON_BOARD | DONE, GOODS_NONE, ALL_OF,
     MONEY_ANY, NO, FALSE, FALSE},
    {OSY_SAGA_CONSUMER_STOCK, OSY_SAGA_CONSUME, ALL_OF, MADE | DONE, RESERVED | SHORT, ALL_OF,
     MONEY_ANY, NO, FALSE, FALSE},
    {OSY_SAGA_CONSUMER_STOCK, OSY_SAGA_RELEASE, ALL_OF, ALL_OF, RESERVED, ALL_OF, MONEY_ANY, YES,
     FALSE, FALSE},
    {OSY_SAGA_CONSUMER_STOCK, OSY_SAGA_RELEASE, ALL_OF, ALL_OF, GOODS_NONE | SHORT, ALL_OF,
     MONEY_ANY, YES, TRUE, FALSE},
    {OSY_SAGA_CONSUMER_ORDER, OSY_SAGA_PLACE, PREPAID, WAITING, RESERVED, ALL_OF, MONEY_PAID, NO,
     FALSE, FALSE},
    {OSY_SAGA_CONSUMER_ORDER, OSY_SAGA_EXPIRE, PREPAID, WAITING, ALL_OF, ALL_OF, MONEY_NONE, NO,
     FALSE, TRUE},
    {OSY_SAGA_CONSUMER_ORDER, OSY_SAGA_WITHDRAW, ALL_OF, WAITING | ON_BOARD, ALL_OF, ALL_OF,
     MONEY_ANY, YES, FALSE, FALSE},
    {OSY_SAGA_CONSUMER_ORDER, OSY_SAGA_FINISH, ALL_OF, ON_BOARD, ALL_OF, DELIVERED, MONEY_ANY, NO,
     TRUE, FALSE},
    {OSY_SAGA_CONSUMER_ORDER, OSY_SAGA_HAND_OVER, ALL_OF, ON_BOARD, ALL_OF, STARTED, MONEY_ANY, NO,
     TRUE, FALSE},
    {OSY_SAGA_CONSUMER_DELIVERY, OSY_SAGA_REQUEST, ALL_OF, ACCEPTED | MADE, ALL_OF, RIDE_NONE,
     MONEY_ANY, NO, FALSE, FALSE},
    {OSY_SAGA_CONSUMER_DELIVERY, OSY_SAGA_CALL_OFF, ALL_OF, ALL_OF, ALL_OF, REQUESTED | STARTED,
     MONEY_ANY, YES, FALSE, FALSE},
};

/* ---- who hears what ---- */

#define SEEN(what) BIT (OSY_SAGA_SEEN_##what)

/* Every change of an order is heard by somebody, and by no more than need it: each is a
 * transaction. */
static const struct {
  guint kinds;
  guint orders;
} ears[OSY_SAGA_CONSUMER_ALL] = {
    [OSY_SAGA_CONSUMER_ORDER] = {SEEN (MONEY) | SEEN (GOODS) | SEEN (RIDE), 0},
    [OSY_SAGA_CONSUMER_PAYMENT] = {SEEN (ORDER) | SEEN (MONEY) | SEEN (GOODS), WAITING | CLOSED},
    [OSY_SAGA_CONSUMER_STOCK] = {SEEN (ORDER) | SEEN (MONEY), PLACED | MADE | DONE | CLOSED},
    [OSY_SAGA_CONSUMER_DELIVERY] = {SEEN (ORDER) | SEEN (RIDE), ACCEPTED | CLOSED},
};

gboolean
osy_saga_hears (OsySagaConsumer consumer, OsySagaEventKind kind, OsySagaOrder order)
{
  g_return_val_if_fail (consumer < OSY_SAGA_CONSUMER_ALL, FALSE);

  return (ears[consumer].kinds & BIT (kind)) &&
         (kind != OSY_SAGA_SEEN_ORDER || (ears[consumer].orders & BIT (order)));
}

/* ---- what is owed ---- */

gboolean
osy_saga_core_is_paid (const OsySagaState *state)
{
  return state->money.captured - state->money.refunded - state->money.undoing >= state->amount;
}

gboolean
osy_saga_core_is_carried (const OsySagaState *state)
{
  return state->ride == OSY_SAGA_RIDE_REQUESTED || state->ride == OSY_SAGA_RIDE_STARTED;
}

gboolean
osy_saga_core_is_owing_back (const OsySagaState *state)
{
  const OsySagaMoney *money = &state->money;

  return money->in_air || money->captured > money->refunded + money->undoing;
}

static gboolean
is_money (const OsySagaState *state, Money wanted)
{
  switch (wanted) {
  case MONEY_PAID: return osy_saga_core_is_paid (state);
  case MONEY_NONE:
    return !osy_saga_core_is_paid (state) && (!state->money.in_air || state->money.due_at > 0);
  case MONEY_BACK: return osy_saga_core_is_owing_back (state);
  case MONEY_ANY: break;
  }
  return TRUE;
}

gboolean
osy_saga_core_is_looking (const OsySagaEvent *event)
{
  return event->kind == OSY_SAGA_LOOKED || event->kind == OSY_SAGA_PUSHED ||
         event->kind == OSY_SAGA_RETRIED;
}

static gboolean
holds (const Rule *rule, const OsySagaState *state, const OsySagaEvent *event)
{
  if (!(rule->kinds & BIT (state->kind)) || !(rule->orders & BIT (state->order)) ||
      !(rule->goods & BIT (state->goods)) || !(rule->rides & BIT (state->ride)))
    return FALSE;
  if (rule->tombstone != ANY && (rule->tombstone == YES) != state->tombstone)
    return FALSE;
  if (rule->consumer == OSY_SAGA_CONSUMER_DELIVERY && !state->delivers)
    return FALSE;
  return is_money (state, rule->money) && (!rule->after || event->now >= state->expires_at);
}

/* What is known after an effect, without waiting to be told: it is done in the same transaction. */
static void
take_effect (OsySagaState *state, OsySagaEffect effect)
{
  state->asked |= effect;
  if (effect == OSY_SAGA_CONSUME)
    state->goods = OSY_SAGA_GOODS_CONSUMED;
  else if (effect == OSY_SAGA_RELEASE)
    state->goods = OSY_SAGA_GOODS_RELEASED;
  else if (effect == OSY_SAGA_REQUEST)
    state->ride = OSY_SAGA_RIDE_REQUESTED;
}

guint
osy_saga_core_do_owed (OsySagaState *state, const OsySagaEvent *event, OsySagaConsumer consumer)
{
  guint effects = 0;

  if (state->by_hand)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    const Rule *rule = &rules[i];
    gboolean again = osy_saga_core_is_looking (event) && !rule->once && !(effects & rule->effect);
    if ((consumer != rule->consumer && consumer != OSY_SAGA_CONSUMER_ALL) ||
        ((state->asked & rule->effect) && !again) || !holds (rule, state, event))
      continue;
    effects |= rule->effect;
    take_effect (state, rule->effect);
  }
  return effects;
}
