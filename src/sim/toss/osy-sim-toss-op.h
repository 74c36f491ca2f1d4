/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-toss-bank.h"

G_BEGIN_DECLS

/** One call of the API that passed the door. */
typedef struct {
  const char *api_key;  /* test_sk_… */
  const char *idem_key; /* nullable */
  const char *id;       /* nullable: what the path names */
  JsonObject *body;     /* empty for GET */
  GHashTable *query;    /* name → value */
} OsySimTossCall;

/** OsySimTossOp: does one call. Returns: (transfer full) (nullable): the answer; NULL with @code,
 * that of an error. */
typedef JsonNode *(*OsySimTossOp) (OsySimTossBank *bank,
                                   const OsySimTossCall *call,
                                   const char **code);

/** osy_sim_toss_op_confirm: POST /v1/payments/confirm. */
JsonNode *
osy_sim_toss_op_confirm (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_payment: GET /v1/payments/{paymentKey}. */
JsonNode *
osy_sim_toss_op_payment (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_order: GET /v1/payments/orders/{orderId}. */
JsonNode *
osy_sim_toss_op_order (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_cancel: POST /v1/payments/{paymentKey}/cancel. */
JsonNode *
osy_sim_toss_op_cancel (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_account: POST /v1/virtual-accounts. */
JsonNode *
osy_sim_toss_op_account (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_transactions: GET /v1/transactions. */
JsonNode *
osy_sim_toss_op_transactions (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_settlements: GET /v1/settlements. */
JsonNode *
osy_sim_toss_op_settlements (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_issue: POST /v1/cash-receipts. */
JsonNode *
osy_sim_toss_op_issue (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_receipts: GET /v1/cash-receipts. */
JsonNode *
osy_sim_toss_op_receipts (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);
/** osy_sim_toss_op_revoke: POST /v1/cash-receipts/{receiptKey}/cancel. */
JsonNode *
osy_sim_toss_op_revoke (OsySimTossBank *bank, const OsySimTossCall *call, const char **code);

/** osy_sim_toss_op_text: Returns: (nullable): a text of 1 to @max characters; NULL otherwise. */
const char *osy_sim_toss_op_text (JsonObject *body, const char *name, glong max);
/** osy_sim_toss_op_page: Returns: the number of a query from 1 to @max; @fallback when absent, -1
 * when it is none. */
gint64 osy_sim_toss_op_page (GHashTable *query, const char *name, gint64 fallback, gint64 max);

G_END_DECLS
