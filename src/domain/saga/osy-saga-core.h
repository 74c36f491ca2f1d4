/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps order, money, goods and rider of one order together (design §6), as a pure function:
 * no clock, no chance, no I/O. Rooms, simulation and sweeper all go through osy_saga_step(). */

/** How the money comes: with the order, or whenever the check is paid. */
typedef enum { OSY_SAGA_LATER, OSY_SAGA_PREPAID } OsySagaKind;

/** Where it stands; the wire names are in osy_saga_step_name(). */
typedef enum {
  OSY_SAGA_STARTED,
  OSY_SAGA_PAYMENT_COMPLETED,
  OSY_SAGA_STOCK_RESERVED,
  OSY_SAGA_FULFILLING,
  OSY_SAGA_COMPLETED,
  OSY_SAGA_COMPENSATING,
  OSY_SAGA_COMPENSATED,
  OSY_N_SAGA_STEPS
} OsySagaStep;

/** What is known of the order. */
typedef enum {
  OSY_SAGA_ORDER_UNKNOWN,
  OSY_SAGA_ORDER_WAITING, /* PENDING_PAYMENT */
  OSY_SAGA_ORDER_PLACED,  /* on the board */
  OSY_SAGA_ORDER_ACCEPTED,
  OSY_SAGA_ORDER_MADE, /* READY or DELIVERING */
  OSY_SAGA_ORDER_DONE,
  OSY_SAGA_ORDER_CLOSED, /* rejected, canceled or expired: for good */
  OSY_N_SAGA_ORDERS
} OsySagaOrder;

/** What is known of its ingredients; it only goes on. */
typedef enum {
  OSY_SAGA_GOODS_NONE,
  OSY_SAGA_GOODS_RESERVED, /* or nothing of it is counted */
  OSY_SAGA_GOODS_SHORT,
  OSY_SAGA_GOODS_CONSUMED,
  OSY_SAGA_GOODS_RELEASED,
  OSY_N_SAGA_GOODS
} OsySagaGoods;

/** What is known of its rider. */
typedef enum {
  OSY_SAGA_RIDE_NONE,
  OSY_SAGA_RIDE_REQUESTED, /* and not gone yet */
  OSY_SAGA_RIDE_STARTED,
  OSY_SAGA_RIDE_DELIVERED,
  OSY_SAGA_RIDE_FAILED,
  OSY_SAGA_RIDE_CANCELED,
  OSY_N_SAGA_RIDES
} OsySagaRide;

/** Why a person is asked for; the wire names are in osy_saga_reason_name(). */
typedef enum {
  OSY_SAGA_FINE,
  OSY_SAGA_REFUND_LATE,     /* the money is not back */
  OSY_SAGA_PAYMENT_UNKNOWN, /* nobody knows whether it was paid */
  OSY_SAGA_STOCK_LATE,      /* paid, and neither reserved nor refused */
  OSY_SAGA_ORDER_LATE,      /* paid and reserved, and not on the board; or not withdrawn */
  OSY_SAGA_DELIVERY_LATE,   /* nobody was asked to carry it, or could not be called off */
  OSY_SAGA_DELIVERY_FAILED,
  OSY_SAGA_ORDER_FORGOTTEN, /* open for a day beyond its time */
  OSY_SAGA_PAYMENT_LOST,    /* a bank took back what the order was placed for */
  OSY_N_SAGA_REASONS
} OsySagaReason;

/** Money of one order as the ledger has it, won. */
typedef struct {
  gint64 captured;
  gint64 refunded;
  gint64 undoing;   /* asked back, and not back yet */
  gboolean in_air;  /* a payment was sent and may still be taken */
  gboolean settled; /* LATER: its check owes nothing any more */
  gint64 due_at;    /* a deposit may come until then; UTC µs, 0: none awaited */
} OsySagaMoney;

/** All that is remembered of one order. Times UTC µs. */
typedef struct {
  OsySagaKind kind;
  gboolean delivers;
  gint64 amount; /* won, to be paid before it is made; PREPAID */
  OsySagaStep step;
  OsySagaOrder order;
  gint64 order_version; /* the inbox: no news of the order that is not newer is taken in */
  OsySagaMoney money;
  OsySagaGoods goods;
  OsySagaRide ride;
  gboolean tombstone;   /* withdrawn: what comes later is undone, too */
  guint asked;          /* bits of OsySagaEffect done since the facts changed */
  gint64 expires_at;    /* until when the order waits for its money */
  gint64 forgotten_at;  /* when an open order is open too long */
  gint64 next_at;       /* when the sweeper looks; 0: not by itself */
  gint64 deadline;      /* when a person is asked; 0: none */
  int attempts;         /* of the sweeper, in this step */
  OsySagaReason reason; /* needs_attention, unless FINE */
  gint64 attention_since;
  gboolean by_hand; /* a person has settled it */
} OsySagaState;

/** What an event tells. */
typedef enum {
  OSY_SAGA_SEEN_ORDER, /* order, order_version */
  OSY_SAGA_SEEN_MONEY, /* money, as it is now */
  OSY_SAGA_SEEN_GOODS, /* goods, as they are now */
  OSY_SAGA_SEEN_RIDE,  /* ride, as it is now */
  OSY_SAGA_LOOKED,     /* the sweeper: all of it, as it is now; the time is up */
  OSY_SAGA_PUSHED,     /* a person: like _LOOKED, at once */
  OSY_SAGA_RETRIED,    /* a person: the same, and the deadline begins anew */
  OSY_SAGA_SETTLED, /* a person: all of it, and @step, COMPLETED or COMPENSATED, whatever is open */
} OsySagaEventKind;

typedef struct {
  OsySagaEventKind kind;
  OsySagaOrder order;
  gint64 order_version;
  OsySagaMoney money;
  OsySagaGoods goods;
  OsySagaRide ride;
  OsySagaStep step;
  gint64 now;   /* UTC µs */
  guint32 dice; /* anything: spreads the next attempts */
} OsySagaEvent;

/** Who reacts: each has its own handler, and does its own effects alone. */
typedef enum {
  OSY_SAGA_CONSUMER_ORDER,
  OSY_SAGA_CONSUMER_PAYMENT,
  OSY_SAGA_CONSUMER_STOCK,
  OSY_SAGA_CONSUMER_DELIVERY,
  OSY_SAGA_CONSUMER_ALL,  /* the sweeper, and people */
  OSY_SAGA_CONSUMER_NONE, /* takes in, and does nothing: the sweeper, where the effects failed */
  OSY_N_SAGA_CONSUMERS
} OsySagaConsumer;

/** What is to be done, in the transaction that stores the new state. Bits. */
typedef enum {
  OSY_SAGA_EXPECT = 1 << 0,    /* payment: the money until expires_at */
  OSY_SAGA_UNDO = 1 << 1,      /* payment: void or refund all of it */
  OSY_SAGA_RESERVE = 1 << 2,   /* stock */
  OSY_SAGA_CONSUME = 1 << 3,   /* stock */
  OSY_SAGA_RELEASE = 1 << 4,   /* stock */
  OSY_SAGA_PLACE = 1 << 5,     /* order: paid, on to the board */
  OSY_SAGA_EXPIRE = 1 << 6,    /* order: no money came */
  OSY_SAGA_WITHDRAW = 1 << 7,  /* order: cancel, sold out */
  OSY_SAGA_HAND_OVER = 1 << 8, /* order: the rider has it */
  OSY_SAGA_FINISH = 1 << 9,    /* order: the guest has it */
  OSY_SAGA_REQUEST = 1 << 10,  /* delivery */
  OSY_SAGA_CALL_OFF = 1 << 11, /* delivery */
  OSY_SAGA_ALARM = 1 << 12,    /* event saga.attention */
  OSY_SAGA_CALM = 1 << 13,     /* event saga.settled: a person was asked for and is not any more */
} OsySagaEffect;

/** osy_saga_hears: Returns: whether @consumer has anything to do at news of @kind, which says
 * @order if it is of the order. What nobody hears is brought by the sweeper's look. */
gboolean osy_saga_hears (OsySagaConsumer consumer, OsySagaEventKind kind, OsySagaOrder order);

/** osy_saga_begin: *@state as it is before any event; UTC µs. @late_at: when the order should be
 * over (its own time, plus a day). */
void osy_saga_begin (OsySagaState *state,
                     OsySagaKind kind,
                     gboolean delivers,
                     gint64 amount,
                     gint64 expires_at,
                     gint64 late_at);

/**
 * osy_saga_step:
 * @next: (out): may be @state
 *
 * What @consumer makes of @event: facts are taken in, whatever is now owed and not asked for yet is
 * asked for. The sweeper and people ask again for all that is owed. Returns: bits of
 * OsySagaEffect, of @consumer alone.
 */
guint osy_saga_step (const OsySagaState *state,
                     const OsySagaEvent *event,
                     OsySagaConsumer consumer,
                     OsySagaState *next);

/** osy_saga_is_over: Returns: whether nothing is owed any more. */
gboolean osy_saga_is_over (const OsySagaState *state);

/** Names of everything, for wire and table. */
const char *osy_saga_step_name (OsySagaStep step);
gboolean osy_saga_step_from_name (const char *name, OsySagaStep *ret) G_GNUC_WARN_UNUSED_RESULT;
const char *osy_saga_reason_name (OsySagaReason reason);
gboolean osy_saga_reason_from_name (const char *name, OsySagaReason *ret) G_GNUC_WARN_UNUSED_RESULT;
const char *osy_saga_order_name (OsySagaOrder order);
gboolean osy_saga_order_from_name (const char *name, OsySagaOrder *ret) G_GNUC_WARN_UNUSED_RESULT;
const char *osy_saga_goods_name (OsySagaGoods goods);
gboolean osy_saga_goods_from_name (const char *name, OsySagaGoods *ret) G_GNUC_WARN_UNUSED_RESULT;
const char *osy_saga_ride_name (OsySagaRide ride);
gboolean osy_saga_ride_from_name (const char *name, OsySagaRide *ret) G_GNUC_WARN_UNUSED_RESULT;
const char *osy_saga_consumer_name (OsySagaConsumer consumer);

G_END_DECLS
