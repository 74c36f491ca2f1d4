/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-edge.h"
#include "osy-http.h"
#include "osy-order-writer.h"

G_BEGIN_DECLS

/** What the daemon says of itself. */
typedef struct {
  OsyDbPool *pool;
  OsyOrderWriter *writer;
  OsyHttpServer *server;
  OsyEdge *edge; /* (nullable) */
} OsyDaemonRoom;

/** /health, /ready, /metrics, the contract and its page; room: an OsyDaemonRoom. */
extern const OsyRoute osy_daemon_routes[];

G_END_DECLS
