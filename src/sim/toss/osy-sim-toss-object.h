/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-toss-bank.h"

G_BEGIN_DECLS

/* What the answers of Toss Payments are made of, of version 2022-11-16. All are (transfer full). */

/** osy_sim_toss_object_time: "2026-11-21T12:00:00+09:00". */
char *osy_sim_toss_object_time (gint64 at);

/** osy_sim_toss_object_payment: Payment, with null for what it has not. */
JsonNode *
osy_sim_toss_object_payment (const OsySimTossBank *bank, const OsySimTossPayment *payment);

/** osy_sim_toss_object_transaction: one row of GET /v1/transactions. */
JsonNode *osy_sim_toss_object_transaction (const OsySimTossBank *bank, const OsySimTossMove *move);

/** osy_sim_toss_object_settlement: one row of GET /v1/settlements; a cancel's amounts are negative.
 */
JsonNode *osy_sim_toss_object_settlement (const OsySimTossMove *move);

/** osy_sim_toss_object_paid_out: Returns: the day, "2026-11-24", on which a movement of @at is paid
 * out: two weekdays later. */
char *osy_sim_toss_object_paid_out (gint64 at);

/** osy_sim_toss_object_receipt: CashReceipt as it is after @now. */
JsonNode *
osy_sim_toss_object_receipt (const OsySimTossBank *bank, const OsySimTossReceipt *receipt);

G_END_DECLS
