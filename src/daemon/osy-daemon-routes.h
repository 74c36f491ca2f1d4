/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-daemon-metrics.h"
#include "osy-db.h"
#include "osy-edge.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** What the daemon says of itself. */
typedef struct {
  OsyDbPool *pool;
  const OsyDaemonMetrics *metrics;
  OsyEdge *edge; /* (nullable) */
  const char *data_dir;
  gint64 started_at; /* UTC µs */
} OsyDaemonRoom;

/** /health, /ready, /metrics, the contract and its page; room: an OsyDaemonRoom. */
extern const OsyRoute osy_daemon_routes[];
/** osy_daemon_edge_word: Returns: "off", "down" or "up". */
const char *osy_daemon_edge_word (const OsyDaemonRoom *room);

G_END_DECLS
