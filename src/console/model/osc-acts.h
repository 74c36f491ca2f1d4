/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-store.h"

G_BEGIN_DECLS

/**
 * OscActs: what staff do with orders: sends the act, marks the item busy, keeps the undo stack, and
 * tells the outcome. Views call this and nothing of the client.
 * Signals: "done" (const char *sentence, gboolean can_undo): text for the toast, past tense;
 * "failed" (OscOrderItem*, const char *sentence); "requested" (OscOrderItem*, const char *act,
 * JsonNode *body): an act leaves for the daemon; "permission-wanted" (OscOrderItem*, const char
 * *permission, OscActsHeld*): who is signed in may not do it: whoever answers keeps the act by
 * osc_acts_hold() and goes on by osc_acts_repeat(); without an answer it has failed. An act on a
 * busy item is passed over.
 */
#define OSC_TYPE_ACTS (osc_acts_get_type ())
G_DECLARE_FINAL_TYPE (OscActs, osc_acts, OSC, ACTS, GObject)

/** OscActsHeld: an act that waits for somebody who may allow it. */
typedef struct _OscActsHeld OscActsHeld;

/** osc_acts_new: @client NULL in tests: acts are then only signalled ("requested"). */
OscActs *osc_acts_new (OsyClient *client);
void osc_acts_accept (OscActs *self, OscOrderItem *item, int minutes);
void osc_acts_reject (OscActs *self, OscOrderItem *item, const char *reason);
void osc_acts_cancel (OscActs *self, OscOrderItem *item, const char *reason);
/** osc_acts_unsend: takes back a sale just sent to the kitchen: cancels it, unless its cooking has
 * begun: then "failed" says so. Returns: whether it was asked for. */
gboolean osc_acts_unsend (OscActs *self, OscOrderItem *item);
/** osc_acts_next: the forward step of the edge button, or @act: start, ready, hand-over, complete.
 */
void osc_acts_next (OscActs *self, OscOrderItem *item, const char *act);
/** osc_acts_reschedule: an order for later is wanted at @requested_at, UTC µs. */
void osc_acts_reschedule (OscActs *self, OscOrderItem *item, gint64 requested_at);
void osc_acts_recall (OscActs *self, OscOrderItem *item);
/** osc_acts_undo: takes back the last forward step (Ctrl+Z; R repeats) unless the order has changed
 * since, or went out with a rider more than 10 s ago: then "failed" says why. Accepting is not
 * undone, since the guest has been told. */
void osc_acts_undo (OscActs *self);

/** osc_acts_hold: (transfer full): in a handler of "permission-wanted": the act is not told as
 * failed but kept. */
OscActsHeld *osc_acts_hold (OscActsHeld *held);
/** osc_acts_repeat: @held: (transfer full): does it again. @act_token: (nullable): NULL: nobody
 * allowed it: it has failed. @name: (nullable): who allowed it, for the toast. */
void osc_acts_repeat (OscActsHeld *held, const char *act_token, const char *name);

G_END_DECLS
