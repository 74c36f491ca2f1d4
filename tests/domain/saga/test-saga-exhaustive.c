/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every way that one order can go, not a sample of them: news in any order, one of it twice, looks
 * at any time, before and after the time for paying, and everybody outside doing what he likes when
 * he likes. A crash before a commit leaves everything as it was, so it is no step of its own. Two
 * orders meet only in what the stock answers, and here it answers both ways each time: what holds
 * of one beside any other holds of two. Then two that want the last portion: every way in which the
 * moves of one that were seen may come between those of the other. */

#include "osy-saga-core.h"

#include <string.h>

#define AMOUNT 1
#define EXPIRES 1000
#define MAX_VERSION 6
#define MAX_STATES 20000000

typedef enum { NONE, CREATED, SENT, PAID, DECLINED, CANCELED } Payment;
typedef enum { NOTHING, ASKED, BACK } Refund;

/* One order and all that waits for it. Zeroed before it is filled, since it is hashed as bytes. */
typedef struct {
  OsySagaState saga;
  guint8 order;
  guint8 version;
  guint8 facts[MAX_VERSION + 1]; /* the order's state at each version */
  guint8 payment;
  guint8 refund;
  guint8 goods;
  guint8 ride;
  guint8 late;   /* a deposit may still come after the payment was called off */
  guint8 twice;  /* one news may come twice */
  guint8 recall; /* staff may take one step back */
  guint8 order_news[MAX_VERSION + 1]; /* consumers that have not heard of each version: bits */
  guint8 money_news;
  guint8 ride_news;
  guint8 goods_news[OSY_N_SAGA_GOODS];
} State;

/* Where an order and its goods stand: what one order shows another. */
#define N_PLACES (OSY_N_SAGA_ORDERS * OSY_N_SAGA_GOODS)

static GHashTable *seen; /* 64-bit hashes of states */
static gboolean passed[N_PLACES][N_PLACES];
static guint moving; /* the place of the state that is looked at */
static GArray *open_states;
static OsySagaKind kind;
static gboolean delivers;
static guint ends;

/* ---- the set of states ---- */

static guint64
hash_of (const State *state)
{
  const guint8 *bytes = (const guint8 *)state;
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < sizeof *state; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash ^ (hash >> 29);
}

static guint
place_of (const State *state)
{
  return state->order * OSY_N_SAGA_GOODS + state->goods;
}

/* Time is no part of what is told apart. */
static void
add (State state)
{
  passed[moving][place_of (&state)] = TRUE;
  state.saga.next_at = state.saga.deadline = state.saga.attention_since = 0;
  state.saga.attempts = 0;
  guint64 hash = hash_of (&state);

  if (g_hash_table_add (seen, g_memdup2 (&hash, sizeof hash)))
    g_array_append_val (open_states, state);
}

/* ---- the rooms ---- */

static void
tell (State *state, OsySagaEventKind event)
{
  for (OsySagaConsumer c = 0; c < OSY_SAGA_CONSUMER_ALL; c++) {
    if (!osy_saga_hears (c, event, state->order))
      continue;
    guint8 bit = (guint8)(1u << c);
    if (event == OSY_SAGA_SEEN_ORDER)
      state->order_news[state->version] |= bit;
    else if (event == OSY_SAGA_SEEN_MONEY)
      state->money_news |= bit;
    else if (event == OSY_SAGA_SEEN_GOODS)
      state->goods_news[state->goods] |= bit;
    else
      state->ride_news |= bit;
  }
}

static gboolean
set_order (State *state, OsySagaOrder to)
{
  if (state->version == MAX_VERSION)
    return FALSE;
  state->order = (guint8)to;
  state->facts[++state->version] = (guint8)to;
  tell (state, OSY_SAGA_SEEN_ORDER);
  return TRUE;
}

static gboolean
is_open (const State *state)
{
  return state->order >= OSY_SAGA_ORDER_WAITING && state->order < OSY_SAGA_ORDER_DONE;
}

static OsySagaMoney
money_of (const State *state)
{
  return (OsySagaMoney){.captured = state->payment == PAID ? AMOUNT : 0,
                        .refunded = state->refund == BACK ? AMOUNT : 0,
                        .undoing = state->refund == ASKED ? AMOUNT : 0,
                        .in_air = state->payment == SENT};
}

static void
undo (State *state)
{
  if (state->payment == CREATED)
    state->payment = CANCELED;
  if (state->payment == PAID && state->refund == NOTHING)
    state->refund = ASKED;
  tell (state, OSY_SAGA_SEEN_MONEY);
}

static void
set_goods (State *state, OsySagaGoods goods)
{
  state->goods = (guint8)goods;
  tell (state, OSY_SAGA_SEEN_GOODS);
}

static void
set_ride (State *state, OsySagaRide ride)
{
  state->ride = (guint8)ride;
  tell (state, OSY_SAGA_SEEN_RIDE);
}

static void
do_orders (State *state, guint effects)
{
  if ((effects & OSY_SAGA_PLACE) && state->order == OSY_SAGA_ORDER_WAITING)
    set_order (state, OSY_SAGA_ORDER_PLACED);
  if ((effects & OSY_SAGA_EXPIRE) && state->order == OSY_SAGA_ORDER_WAITING) {
    g_assert_cmpint (state->payment, !=, PAID);
    set_order (state, OSY_SAGA_ORDER_CLOSED);
  }
  if ((effects & OSY_SAGA_WITHDRAW) && is_open (state)) {
    g_assert_cmpint (state->goods, >=, OSY_SAGA_GOODS_SHORT);
    set_order (state, OSY_SAGA_ORDER_CLOSED);
  }
  if ((effects & OSY_SAGA_HAND_OVER) && is_open (state) && state->order < OSY_SAGA_ORDER_MADE)
    set_order (state, OSY_SAGA_ORDER_MADE);
  if ((effects & OSY_SAGA_FINISH) && is_open (state))
    set_order (state, OSY_SAGA_ORDER_DONE);
}

static void
do_rides (State *state, guint effects)
{
  gboolean live = state->ride == OSY_SAGA_RIDE_REQUESTED || state->ride == OSY_SAGA_RIDE_STARTED;

  if (effects & OSY_SAGA_REQUEST) {
    g_assert_false (live);
    if (state->order != OSY_SAGA_ORDER_CLOSED) /* or its room knows better */
      set_ride (state, OSY_SAGA_RIDE_REQUESTED);
  }
  if ((effects & OSY_SAGA_CALL_OFF) && live)
    set_ride (state, OSY_SAGA_RIDE_CANCELED);
}

static void step (State state, OsySagaEvent event, OsySagaConsumer consumer);

/* The stock answers both ways where it may. */
static void
reserve (const State *state, OsySagaEvent event, OsySagaConsumer consumer)
{
  static const OsySagaGoods answers[] = {OSY_SAGA_GOODS_RESERVED, OSY_SAGA_GOODS_SHORT};

  for (guint i = 0; i < (kind == OSY_SAGA_PREPAID ? 2u : 1u); i++) {
    State next = *state;
    if (next.goods == OSY_SAGA_GOODS_NONE)
      set_goods (&next, answers[i]);
    event.kind = OSY_SAGA_SEEN_GOODS;
    event.goods = (OsySagaGoods)next.goods;
    step (next, event, consumer);
  }
}

static void
step (State state, OsySagaEvent event, OsySagaConsumer consumer)
{
  guint effects = osy_saga_step (&state.saga, &event, consumer, &state.saga);

  if ((effects & OSY_SAGA_EXPECT) && state.payment == NONE)
    state.payment = CREATED;
  if (effects & OSY_SAGA_UNDO)
    undo (&state);
  if ((effects & OSY_SAGA_CONSUME) && state.goods == OSY_SAGA_GOODS_RESERVED)
    set_goods (&state, OSY_SAGA_GOODS_CONSUMED);
  if ((effects & OSY_SAGA_RELEASE) && state.goods == OSY_SAGA_GOODS_RESERVED)
    set_goods (&state, OSY_SAGA_GOODS_RELEASED);
  do_orders (&state, effects);
  do_rides (&state, effects);
  if (effects & OSY_SAGA_RESERVE)
    reserve (&state, event, consumer);
  else
    add (state);
}

/* ---- what may happen next ---- */

static OsySagaEvent
event_of (const State *state, OsySagaEventKind event, gint64 now)
{
  return (OsySagaEvent){.kind = event,
                        .order = state->order,
                        .order_version = state->version,
                        .money = money_of (state),
                        .goods = state->goods,
                        .ride = state->ride,
                        .now = now};
}

/* It is heard; or heard, and comes once more. */
static void
hear (const State *state, gsize offset, OsySagaConsumer consumer, OsySagaEvent event)
{
  for (guint again = 0; again <= (state->twice ? 1u : 0u); again++) {
    State next = *state;
    if (again)
      next.twice = FALSE;
    else
      G_STRUCT_MEMBER (guint8, &next, offset) &= (guint8) ~(1u << consumer);
    step (next, event, consumer);
  }
}

static void
hear_all (const State *state)
{
  for (OsySagaConsumer c = 0; c < OSY_SAGA_CONSUMER_ALL; c++) {
    guint8 bit = (guint8)(1u << c);
    OsySagaEvent event = event_of (state, OSY_SAGA_SEEN_MONEY, 1);
    if (state->money_news & bit)
      hear (state, G_STRUCT_OFFSET (State, money_news), c, event);
    event.kind = OSY_SAGA_SEEN_RIDE;
    if (state->ride_news & bit)
      hear (state, G_STRUCT_OFFSET (State, ride_news), c, event);
    event.kind = OSY_SAGA_SEEN_GOODS;
    for (guint goods = 0; goods < OSY_N_SAGA_GOODS; goods++) {
      event.goods = goods;
      if (state->goods_news[goods] & bit)
        hear (state, G_STRUCT_OFFSET (State, goods_news) + goods, c, event);
    }
    event.kind = OSY_SAGA_SEEN_ORDER;
    for (guint version = 1; version <= state->version; version++) {
      event.order = state->facts[version];
      event.order_version = version;
      if (state->order_news[version] & bit)
        hear (state, G_STRUCT_OFFSET (State, order_news) + version, c, event);
    }
  }
}

static void
try_order (const State *state, OsySagaOrder to)
{
  State next = *state;

  if (set_order (&next, to))
    add (next);
}

static void
act_people (const State *state)
{
  if (is_open (state))
    try_order (state, OSY_SAGA_ORDER_CLOSED);
  if (state->order >= OSY_SAGA_ORDER_PLACED && state->order < OSY_SAGA_ORDER_DONE)
    try_order (state, state->order + 1);
  if (state->order == OSY_SAGA_ORDER_DONE && state->recall) {
    State next = *state;
    next.recall = FALSE;
    if (set_order (&next, OSY_SAGA_ORDER_MADE))
      add (next);
  }
}

static void
act_money (const State *state)
{
  static const struct {
    Payment from;
    Payment to;
  } moves[] = {{CREATED, SENT}, {SENT, PAID}, {SENT, DECLINED}, {CANCELED, PAID}};

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    State next = *state;
    if (state->payment != moves[i].from || (state->payment == CANCELED && !state->late))
      continue;
    next.payment = moves[i].to;
    next.late = FALSE;
    tell (&next, OSY_SAGA_SEEN_MONEY);
    add (next);
  }
  if (state->refund == ASKED) {
    State next = *state;
    next.refund = BACK;
    tell (&next, OSY_SAGA_SEEN_MONEY);
    add (next);
  }
}

static void
act_rider (const State *state)
{
  static const OsySagaRide moves[][2] = {{OSY_SAGA_RIDE_REQUESTED, OSY_SAGA_RIDE_STARTED},
                                         {OSY_SAGA_RIDE_STARTED, OSY_SAGA_RIDE_DELIVERED},
                                         {OSY_SAGA_RIDE_STARTED, OSY_SAGA_RIDE_FAILED}};

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++) {
    State next = *state;
    if (state->ride != moves[i][0])
      continue;
    set_ride (&next, moves[i][1]);
    add (next);
  }
}

/* ---- what must hold ---- */

static gboolean
is_quiet (const State *state)
{
  static const guint8 nothing[sizeof state->order_news + sizeof state->goods_news] = {0};

  return memcmp (state->order_news, nothing, sizeof state->order_news) == 0 &&
         memcmp (state->goods_news, nothing, sizeof state->goods_news) == 0 &&
         state->money_news == 0 && state->ride_news == 0 && state->payment != SENT &&
         state->refund != ASKED;
}

/* Everything was heard and the outside has answered: an order that is over has its saga over, at
 * the next look at the latest, and nothing taken that should not be. */
static void
check_end (const State *state)
{
  const OsySagaEvent look = event_of (state, OSY_SAGA_LOOKED, 1);
  OsySagaState after;
  const OsySagaState *saga = &after;

  osy_saga_step (&state->saga, &look, OSY_SAGA_CONSUMER_ALL, &after);
  if (state->order == OSY_SAGA_ORDER_CLOSED) {
    ends |= 1;
    g_assert_cmpint (saga->step, ==, OSY_SAGA_COMPENSATED);
    g_assert_true (state->payment != PAID || state->refund == BACK);
    g_assert_cmpint (state->payment, !=, CREATED);
    g_assert_cmpint (state->goods, !=, OSY_SAGA_GOODS_RESERVED);
    g_assert_cmpint (state->ride, !=, OSY_SAGA_RIDE_REQUESTED);
    g_assert_cmpint (state->ride, !=, OSY_SAGA_RIDE_STARTED);
  } else if (state->order == OSY_SAGA_ORDER_DONE) {
    ends |= 2;
    g_assert_cmpint (state->refund, ==, NOTHING);
    g_assert_cmpint (state->goods, ==, OSY_SAGA_GOODS_CONSUMED);
    g_assert_true (kind == OSY_SAGA_LATER || state->payment == PAID);
    /* A rider who is still on the road is waited for. */
    g_assert_true (kind == OSY_SAGA_LATER || saga->step == OSY_SAGA_COMPLETED ||
                   state->ride == OSY_SAGA_RIDE_REQUESTED || state->ride == OSY_SAGA_RIDE_STARTED);
  }
}

static gboolean
is_held (guint goods)
{
  return goods == OSY_SAGA_GOODS_RESERVED || goods == OSY_SAGA_GOODS_CONSUMED;
}

static void
check_always (const State *state)
{
  if (kind == OSY_SAGA_PREPAID && state->order >= OSY_SAGA_ORDER_PLACED && is_open (state))
    g_assert_true (is_held (state->goods));
  g_assert_false (state->refund != NOTHING && state->payment != PAID);
  if (kind == OSY_SAGA_PREPAID && state->order > OSY_SAGA_ORDER_WAITING &&
      state->order < OSY_SAGA_ORDER_CLOSED)
    g_assert_cmpint (state->payment, ==, PAID);
  if (is_quiet (state))
    check_end (state);
}

static void
search (OsySagaKind of, gboolean delivered)
{
  State first;

  kind = of;
  delivers = delivered;
  ends = 0;
  seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  open_states = g_array_new (FALSE, FALSE, sizeof (State));
  memset (&first, 0, sizeof first);
  osy_saga_begin (&first.saga, kind, delivers, kind == OSY_SAGA_PREPAID ? AMOUNT : 0, EXPIRES,
                  G_MAXINT64 / 2);
  first.late = first.twice = first.recall = !delivers; /* riders have ways enough */
  set_order (&first, kind == OSY_SAGA_PREPAID ? OSY_SAGA_ORDER_WAITING : OSY_SAGA_ORDER_PLACED);
  memset (passed, 0, sizeof passed);
  moving = place_of (&first);
  add (first);
  while (open_states->len > 0) {
    State state = g_array_index (open_states, State, open_states->len - 1);
    g_array_set_size (open_states, open_states->len - 1);
    moving = place_of (&state);
    check_always (&state);
    hear_all (&state);
    step (state, event_of (&state, OSY_SAGA_LOOKED, 1), OSY_SAGA_CONSUMER_ALL);
    step (state, event_of (&state, OSY_SAGA_LOOKED, EXPIRES + 1), OSY_SAGA_CONSUMER_ALL);
    act_people (&state);
    act_money (&state);
    act_rider (&state);
    g_assert_cmpuint (g_hash_table_size (seen), <, MAX_STATES);
  }
  g_test_message ("%u states", g_hash_table_size (seen));
  g_assert_cmphex (ends, ==, 3);
  g_clear_pointer (&seen, g_hash_table_unref);
  g_clear_pointer (&open_states, g_array_unref);
}

/* ---- two orders and the last portion ---- */

/* Portions left once one order goes from @from to @to; -1: the stock does not allow it. */
static int
left_after (guint from, guint to, int left)
{
  guint was = from % OSY_N_SAGA_GOODS;
  guint is = to % OSY_N_SAGA_GOODS;

  if (is_held (was) && !is_held (is)) {
    g_assert_cmpuint (was, ==, OSY_SAGA_GOODS_RESERVED); /* what was used is not given back */
    g_assert_cmpuint (is, ==, OSY_SAGA_GOODS_RELEASED);
    return left + 1;
  }
  if (!is_held (was) && is_held (is)) {
    g_assert_cmpuint (was, ==,
                      OSY_SAGA_GOODS_NONE); /* nor taken once it was refused or given back */
    return left - 1;
  }
  return is != was && is == OSY_SAGA_GOODS_SHORT && left > 0 ? -1 : left;
}

static gboolean
is_served (guint place)
{
  guint order = place / OSY_N_SAGA_GOODS;

  return order >= OSY_SAGA_ORDER_PLACED && order <= OSY_SAGA_ORDER_DONE;
}

/* Both at their places, and so many portions left. */
static void
meet (guint one, guint other, int left, gboolean met[N_PLACES][N_PLACES][2], guint *served)
{
  if (left < 0 || met[one][other][left])
    return;
  met[one][other][left] = TRUE;
  g_assert_cmpint (left + is_held (one % OSY_N_SAGA_GOODS) + is_held (other % OSY_N_SAGA_GOODS), ==,
                   1);
  g_assert_false (is_served (one) && is_served (other));
  *served |= (is_served (one) ? 1u : 0u) | (is_served (other) ? 2u : 0u);
  for (guint to = 0; to < N_PLACES; to++) {
    if (passed[one][to])
      meet (to, other, left_after (one, to, left), met, served);
    if (passed[other][to])
      meet (one, to, left_after (other, to, left), met, served);
  }
}

static void
test_last_portion (void)
{
  static gboolean met[N_PLACES][N_PLACES][2];
  const guint first = OSY_SAGA_ORDER_WAITING * OSY_N_SAGA_GOODS + OSY_SAGA_GOODS_NONE;
  guint served = 0;

  g_assert_cmpint (kind, ==, OSY_SAGA_PREPAID); /* their moves were just seen */
  meet (first, first, 1, met, &served);
  g_assert_cmphex (served, ==, 3);
}

static void
test_prepaid (void)
{
  search (OSY_SAGA_PREPAID, FALSE);
}

static void
test_later (void)
{
  search (OSY_SAGA_LATER, FALSE);
}

static void
test_delivery (void)
{
  search (OSY_SAGA_PREPAID, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saga/every-way/later", test_later);
  g_test_add_func ("/saga/every-way/prepaid", test_prepaid);
  g_test_add_func ("/saga/every-way/last-portion", test_last_portion);
  if (g_test_slow ()) /* millions of states: ./run soak saga */
    g_test_add_func ("/saga/every-way/delivery", test_delivery);
  return g_test_run ();
}
