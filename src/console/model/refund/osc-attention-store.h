/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/** What a person may do about a stuck order. */
typedef enum {
  OSC_ATTENTION_PUSH,  /* try again now */
  OSC_ATTENTION_RETRY, /* the same, and give it its time anew: the alarm ends */
  OSC_ATTENTION_SETTLE /* it was put right by hand */
} OscAttentionVerb;

/** An order that needs a person. Won, UTC µs. */
typedef struct {
  char *order_id;
  gint64 number;
  char *step;   /* STARTED, … COMPENSATED */
  char *reason; /* REFUND_LATE, … */
  gint64 since;
  gint64 attempts;
  gint64 next_at; /* 0: not by itself */
  gboolean prepaid;
  gint64 captured;
  gint64 refunded;
  guint acts; /* 1 << OscAttentionVerb */
} OscStuck;

/**
 * OscAttentionStore: the orders that need a person, the longest waiting first. Read at every
 * "reset" of the feed and at every saga event. Signals: "changed"; "raised" (OscStuck *): one is
 * told for the first time: an order that gets stuck again is another; "done" (int:
 * OscAttentionVerb); "failed" (GError *, const char *permission: nullable: who has it may allow the
 * act by PIN: osc_attention_store_repeat()); "requested" (const char *path, const char *body) when
 * there is no client.
 */
#define OSC_TYPE_ATTENTION_STORE (osc_attention_store_get_type ())
G_DECLARE_FINAL_TYPE (OscAttentionStore, osc_attention_store, OSC, ATTENTION_STORE, GObject)

/** osc_attention_store_new: @client: (nullable): NULL in tests. */
OscAttentionStore *osc_attention_store_new (OsyClient *client);
/** osc_attention_store_attach: follows @feed. */
void osc_attention_store_attach (OscAttentionStore *self, OsyFeed *feed);
/** osc_attention_store_load: reads it anew. */
void osc_attention_store_load (OscAttentionStore *self);
/** osc_attention_store_take: @answer: of GET attention; NULL: it failed. */
void osc_attention_store_take (OscAttentionStore *self, JsonNode *answer);

/** osc_attention_store_list: (transfer none) (nullable): of OscStuck; NULL until it was read. */
GPtrArray *osc_attention_store_list (OscAttentionStore *self);
/** osc_attention_store_failed: Returns: whether the last reading failed. */
gboolean osc_attention_store_failed (OscAttentionStore *self);
/** osc_attention_store_count: how many there are. */
guint osc_attention_store_count (OscAttentionStore *self);

/** osc_attention_store_look: somebody looks at the list: it is quiet for OSC_ATTENTION_QUIET. */
#define OSC_ATTENTION_QUIET (5 * G_TIME_SPAN_MINUTE)
void osc_attention_store_look (OscAttentionStore *self);
/** osc_attention_store_is_seen: Returns: whether somebody looked since the last one was raised. */
gboolean osc_attention_store_is_seen (OscAttentionStore *self);
/** osc_attention_store_is_due: once a second: Returns: whether the alarm is to be heard again now:
 * every minute, but never while it is quiet. @now: monotonic µs. */
gboolean osc_attention_store_is_due (OscAttentionStore *self, gint64 now);

/** osc_attention_store_act: @outcome, @note: of SETTLE: COMPLETED or COMPENSATED, and how. Passed
 * over while one is under way. */
void osc_attention_store_act (OscAttentionStore *self,
                              const char *order_id,
                              OscAttentionVerb verb,
                              const char *outcome,
                              const char *note);
/** osc_attention_store_repeat: the act that failed for want of a right, now allowed by PIN. */
void osc_attention_store_repeat (OscAttentionStore *self, const char *act_token);
/** osc_attention_store_take_outcome: of the act. @error: (nullable): it was done. */
void osc_attention_store_take_outcome (OscAttentionStore *self, const GError *error);

G_END_DECLS
