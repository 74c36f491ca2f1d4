/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When to look again, and when a person is asked for. */

#include "osy-saga-core-private.h"

#define SECOND G_TIME_SPAN_SECOND
#define FIRST_LOOK (5 * SECOND)
#define BACKOFF_FIRST (1 * SECOND)
#define BACKOFF_LAST (300 * SECOND)
#define ALARM_AFTER (15 * G_TIME_SPAN_MINUTE)
#define QUIET_LOOK G_TIME_SPAN_HOUR
#define LAST_LOOK G_TIME_SPAN_DAY

/* A person's work, which may take as long as the order may: nothing is owed by us meanwhile. */
static gboolean
is_waiting_for_people (const OsySagaState *state)
{
  if (state->tombstone || state->order < OSY_SAGA_ORDER_PLACED)
    return FALSE;
  return state->goods != OSY_SAGA_GOODS_NONE &&
         (state->order != OSY_SAGA_ORDER_DONE || state->goods == OSY_SAGA_GOODS_CONSUMED);
}

static void
set_times (OsySagaState *state, gint64 now)
{
  if (osy_saga_is_over (state)) {
    /* One last look, for what nobody was told of. */
    state->next_at = now + LAST_LOOK;
    state->deadline = 0;
  } else if (is_waiting_for_people (state)) {
    state->deadline = MAX (state->forgotten_at, now + QUIET_LOOK);
    state->next_at = state->order == OSY_SAGA_ORDER_DONE ? state->deadline : now + QUIET_LOOK;
  } else if (state->step == OSY_SAGA_STARTED && state->kind == OSY_SAGA_PREPAID) {
    state->next_at = MAX (state->expires_at, now);
    state->deadline = state->next_at + ALARM_AFTER;
  } else {
    state->next_at = now + (state->tombstone ? BACKOFF_FIRST : FIRST_LOOK);
    state->deadline = now + ALARM_AFTER;
  }
}

static gint64
back_off (const OsySagaState *state, guint32 dice)
{
  gint64 wait = BACKOFF_FIRST << MIN (state->attempts, 9);

  wait = MIN (wait, BACKOFF_LAST);
  return wait - (gint64)(dice % 256) * wait / 1024; /* up to a quarter less */
}

/* ---- asking for a person ---- */

static OsySagaReason
find_reason (const OsySagaState *state)
{
  if (state->tombstone) {
    if (state->order != OSY_SAGA_ORDER_CLOSED)
      return OSY_SAGA_ORDER_LATE;
    return osy_saga_core_is_owing_back (state) || state->money.undoing > 0 ? OSY_SAGA_REFUND_LATE
           : osy_saga_core_is_carried (state)                              ? OSY_SAGA_DELIVERY_LATE
                                                                           : OSY_SAGA_STOCK_LATE;
  }
  if (state->order <= OSY_SAGA_ORDER_WAITING)
    return state->money.in_air ? OSY_SAGA_PAYMENT_UNKNOWN
           : state->goods == OSY_SAGA_GOODS_NONE && osy_saga_core_is_paid (state)
               ? OSY_SAGA_STOCK_LATE
               : OSY_SAGA_ORDER_LATE;
  if (!is_waiting_for_people (state))
    return OSY_SAGA_STOCK_LATE;
  return OSY_SAGA_ORDER_FORGOTTEN;
}

static guint
set_reason (OsySagaState *state, OsySagaReason reason, gint64 now)
{
  gboolean was_fine = state->reason == OSY_SAGA_FINE;

  if (reason == state->reason)
    return 0;
  state->reason = reason;
  if (reason == OSY_SAGA_FINE) {
    state->attention_since = 0;
    return OSY_SAGA_CALM;
  }
  if (was_fine)
    state->attention_since = now;
  return OSY_SAGA_ALARM;
}

/* What a person must see at once, whatever the time. */
static OsySagaReason
find_urgent (const OsySagaState *state)
{
  if (state->tombstone)
    return OSY_SAGA_FINE;
  if (state->kind == OSY_SAGA_PREPAID && state->order > OSY_SAGA_ORDER_WAITING &&
      state->money.captured < state->amount)
    return OSY_SAGA_PAYMENT_LOST;
  return state->ride == OSY_SAGA_RIDE_FAILED && state->order != OSY_SAGA_ORDER_DONE
             ? OSY_SAGA_DELIVERY_FAILED
             : OSY_SAGA_FINE;
}

static guint
judge (OsySagaState *state, const OsySagaEvent *event, gboolean moved)
{
  OsySagaReason urgent = find_urgent (state);

  if (osy_saga_is_over (state))
    return set_reason (state, OSY_SAGA_FINE, event->now);
  if (urgent != OSY_SAGA_FINE)
    return set_reason (state, urgent, event->now);
  if (event->kind == OSY_SAGA_RETRIED)
    return set_reason (state, OSY_SAGA_FINE, event->now);
  if (osy_saga_core_is_looking (event) && state->deadline > 0 && event->now >= state->deadline)
    return set_reason (state, find_reason (state), event->now);
  if (moved || state->reason == OSY_SAGA_DELIVERY_FAILED || state->reason == OSY_SAGA_PAYMENT_LOST)
    return set_reason (state, OSY_SAGA_FINE, event->now);
  return 0;
}

static void
keep_time (OsySagaState *state, const OsySagaEvent *event, gboolean moved)
{
  if (moved || event->kind == OSY_SAGA_RETRIED) {
    state->attempts = 0;
    set_times (state, event->now);
  } else if (osy_saga_core_is_looking (event) && osy_saga_is_over (state)) {
    state->next_at = 0;
  } else if (osy_saga_core_is_looking (event)) {
    gint64 wait = back_off (state, event->dice);
    state->attempts++;
    state->next_at = event->now + (is_waiting_for_people (state) ? MAX (wait, QUIET_LOOK) : wait);
  }
}

guint
osy_saga_core_watch (OsySagaState *state, const OsySagaEvent *event, gboolean moved)
{
  guint effects = judge (state, event, moved);

  keep_time (state, event, moved);
  return effects;
}
