/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-saga-core.h"

G_BEGIN_DECLS

/* A world of two orders that want the last portions, made of one seed: rooms, a payment provider,
 * guests, staff, riders and a bus, all of which may fail. Nothing in it but the seed is by chance.
 */

#define WORLD_ORDERS 2
#define WORLD_INTENTS 3
#define WORLD_ITEMS 768
#define WORLD_AMOUNT 12000

typedef enum { SHAPE_PREPAID, SHAPE_LATER, SHAPE_DELIVERY, SHAPE_ACCOUNT, N_SHAPES } WorldShape;

typedef enum {
  INTENT_CREATED,
  INTENT_AWAITED, /* a deposit */
  INTENT_SENT,    /* confirmed at the provider, no answer yet */
  INTENT_UNKNOWN,
  INTENT_PAID,
  INTENT_DECLINED,
  INTENT_CANCELED,
} WorldIntentState;

/** One payment: what the payment room knows of it, and what is true at the provider. */
typedef struct {
  WorldIntentState state;
  gboolean refund_asked;
  gboolean refund_known;
  gint64 due_at;
  guint captures; /* at the provider: from here on */
  guint refunds;
} WorldIntent;

typedef struct {
  WorldShape shape;
  OsySagaOrder order;
  gint64 version;
  WorldIntent intents[WORLD_INTENTS];
  guint n_intents;
  gboolean settled; /* its check */
  gboolean reserved;
  gboolean consumed;
  gboolean refused; /* by the stock */
  OsySagaRide ride;
  OsySagaState saga;
  gboolean has_saga;
  guint on_the_way; /* news of the order's state */
  gboolean lost;    /* some of it never arrives */
  gint64 seen_version;
  gint64 touched_at; /* when anything happened to it but looks */
  gint64 over_at;
  gint64 owed_at; /* when money had to go back, and when it was */
  gint64 back_at;
} WorldOrder;

/** What is to happen at a time. */
typedef enum {
  ITEM_NEWS, /* a: kind of event, b: consumer, c: fact, version */
  ITEM_GUEST_PAYS,
  ITEM_GUEST_LEAVES, /* cancels while it is not paid */
  ITEM_DEPOSIT,
  ITEM_CONFIRM, /* the call to the provider */
  ITEM_LOOK_UP,
  ITEM_REFUND,
  ITEM_STAFF,
  ITEM_RIDER,
  ITEM_TILL, /* the check of a pay-later order is paid */
  N_ITEMS
} WorldItemKind;

typedef struct {
  gint64 at;
  guint64 nth;
  gint64 version;
  guint8 kind;
  guint8 order;
  guint8 a;
  guint8 b;
  guint8 c;
} WorldItem;

typedef struct {
  guint64 seed;
  guint64 dice;
  gint64 now;
  gint64 faults_end;
  guint drop; /* of 1024 each */
  guint duplicate;
  guint delay;
  guint crash;
  guint lost_reply;
  gint64 outage_begin; /* of the provider */
  gint64 outage_end;
  gboolean auto_accept;
  int portions;
  WorldOrder orders[WORLD_ORDERS];
  WorldItem heap[WORLD_ITEMS];
  guint n_items;
  guint64 nth;
  gboolean traced;
  guint effects; /* all that were asked for, steps that were reached, reasons given: bits */
  guint steps;
  guint reasons;
  char fault[160]; /* what must never be, and is */
} World;

/** world_roll: Returns: chance, 0…n-1. */
guint world_roll (World *self, guint n);
/** world_may: Returns: whether a fault of @of_1024 strikes now. */
gboolean world_may (World *self, guint of_1024);
/** world_say, world_blame: a line of the trace; a violation. */
void world_say (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void world_blame (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** world_later: @item happens after @wait µs. */
void world_later (World *self, gint64 wait, WorldItem item);

/* ---- rooms ---- */

/** world_set_order: a step of the order, with its event. */
void world_set_order (World *self, guint order, OsySagaOrder to);
/** world_tell: an event of @kind to all who hear it. */
void world_tell (World *self, guint order, OsySagaEventKind kind);
/** world_money: what the ledger says. */
OsySagaMoney world_money (const WorldOrder *order);
/** world_goods: what the stock room says. */
OsySagaGoods world_goods (const WorldOrder *order);
/** world_do: @effects of a step, in its transaction. */
void world_do (World *self, guint order, guint effects);
/** world_act: @item happens. */
void world_act (World *self, const WorldItem *item);

/* ---- schedules ---- */

/** world_run: one whole schedule. Returns: whether nothing was violated; else fault says what. */
gboolean world_run (World *self, guint64 seed, gboolean traced);

G_END_DECLS
