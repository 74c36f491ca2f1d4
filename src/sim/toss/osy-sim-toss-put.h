/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

#pragma once

#include "osy-sim-toss-bank.h"

G_BEGIN_DECLS

#define OSY_SIM_TOSS_MERCHANT "ordersyncsim"

/** osy_sim_toss_put_korea: Returns: (transfer full): @at, UTC microseconds, on a clock in Korea. */
GDateTime *osy_sim_toss_put_korea (gint64 at);
/** osy_sim_toss_put_text: a member with @text, null for NULL. */
void osy_sim_toss_put_text (JsonObject *object, const char *name, const char *text);
/** osy_sim_toss_put_time: a member with a time, null for 0. */
void osy_sim_toss_put_time (JsonObject *object, const char *name, gint64 at);
/** osy_sim_toss_put_object: @member: (transfer full) (nullable): null for NULL. */
void osy_sim_toss_put_object (JsonObject *object, const char *name, JsonObject *member);
/** osy_sim_toss_put_card: (transfer full): how @payment was paid. */
JsonObject *osy_sim_toss_put_card (const OsySimTossPayment *payment);
/** osy_sim_toss_put_cancel: (transfer full): one row of cancels[]. */
JsonObject *osy_sim_toss_put_cancel (const OsySimTossMove *move);

G_END_DECLS
