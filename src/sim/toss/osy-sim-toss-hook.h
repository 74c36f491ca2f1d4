/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-toss-bank.h"
#include "osy-sim-toss-fault.h"

G_BEGIN_DECLS

/** The sender of webhooks: each is sent again 1, 4, 16, 64, 256, 1024 and 4096 minutes after an
 * answer that is not 200, or none within 10 s. */
typedef struct _OsySimTossHooks OsySimTossHooks;

/** osy_sim_toss_hooks_new: @bank and @faults: (transfer none). Returns: (transfer full): it sends
 * nothing before it has a URL. */
OsySimTossHooks *osy_sim_toss_hooks_new (OsySimTossBank *bank, OsySimTossFaults *faults);
/** osy_sim_toss_hooks_free: what was not sent is gone. */
void osy_sim_toss_hooks_free (OsySimTossHooks *self);

/** osy_sim_toss_hooks_set: @url: (nullable): where to send, NULL stops it. @speed: how many times
 * faster than life it tries again. */
void osy_sim_toss_hooks_set (OsySimTossHooks *self, const char *url, double speed);

/** osy_sim_toss_hooks_tell: @payment has another status: makes what Toss sends of it. */
void osy_sim_toss_hooks_tell (OsySimTossHooks *self, OsySimTossPayment *payment);

/** osy_sim_toss_hooks_tick: sends what is due. */
void osy_sim_toss_hooks_tick (OsySimTossHooks *self);

/** osy_sim_toss_hooks_early: Returns: how many must be tried before the call that made them is
 * answered. */
guint osy_sim_toss_hooks_early (const OsySimTossHooks *self);

/** osy_sim_toss_hooks_state: Returns: (transfer full): one object for each webhook. */
JsonNode *osy_sim_toss_hooks_state (const OsySimTossHooks *self);

G_END_DECLS
