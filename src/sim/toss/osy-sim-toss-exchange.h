/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-toss-op.h"
#include "osy-sim-toss.h"

G_BEGIN_DECLS

/** One request of the API on its way to its answer. */
typedef struct {
  OsySimToss *sim;
  SoupServerMessage *message;
  const char *op; /* nullable: the name of the call */
  OsySimTossOp run;
  OsySimTossCall call;
  OsySimTossFault fault;
  char *api_key;
  char *id;
  char *scope; /* nullable: of the idempotency key */
  guint status;
  char *answer;
  gboolean english;
  gboolean gone; /* the client hung up */
  gulong gone_id;
} OsySimTossExchange;

/** osy_sim_toss_exchange_new: @query: (nullable): of the URL. Pauses @message. */
OsySimTossExchange *
osy_sim_toss_exchange_new (OsySimToss *sim, SoupServerMessage *message, GHashTable *query);

/** osy_sim_toss_exchange_refuse: answers with the error of @code; takes @self. */
void osy_sim_toss_exchange_refuse (OsySimTossExchange *self, const char *code);

/** osy_sim_toss_exchange_work: does the call, with what goes wrong, and answers; takes @self. */
void osy_sim_toss_exchange_work (OsySimTossExchange *self);

G_END_DECLS
