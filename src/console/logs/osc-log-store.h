/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-log-ring.h"

G_BEGIN_DECLS

/** OscLogItem: a line of a program's log. */
#define OSC_TYPE_LOG_ITEM (osc_log_item_get_type ())
G_DECLARE_FINAL_TYPE (OscLogItem, osc_log_item, OSC, LOG_ITEM, GObject)

/** osc_log_item_line: (transfer none) */
const OsyLogLine *osc_log_item_line (OscLogItem *self);
/** osc_log_item_is_server: whether the server said it; else this screen. */
gboolean osc_log_item_is_server (OscLogItem *self);

/** How the server's lines are to be had. */
typedef enum {
  OSC_LOG_UNKNOWN, /* not asked yet */
  OSC_LOG_READ,
  OSC_LOG_AWAY,      /* it does not answer */
  OSC_LOG_ELSEWHERE, /* it tells them on its own computer alone, or to others */
} OscLogState;

/**
 * OscLogStore: GListModel of OscLogItem, newest first: what the server said last and what this
 * screen said. Signals: "changed"; "requested" (const char *path) when there is no client.
 */
#define OSC_TYPE_LOG_STORE (osc_log_store_get_type ())
G_DECLARE_FINAL_TYPE (OscLogStore, osc_log_store, OSC, LOG_STORE, GObject)

/** osc_log_store_new: @client: NULL in tests, which answer by osc_log_store_take(). */
OscLogStore *osc_log_store_new (OsyClient *client);
/** osc_log_store_look: takes up what was said since the last look. */
void osc_log_store_look (OscLogStore *self);
/** osc_log_store_take: the server's answer; NULL with the @error why there is none. */
void osc_log_store_take (OscLogStore *self, JsonNode *answer, const GError *error);
/** osc_log_store_add_own: @lines: (element-type OsyLogLine) (transfer full): of this screen. */
void osc_log_store_add_own (OscLogStore *self, GPtrArray *lines);
OscLogState osc_log_store_state (OscLogStore *self);

G_END_DECLS
