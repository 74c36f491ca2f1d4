/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"
#include "osy-db.h"
#include "osy-http.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the analytics room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  GHashTable *following; /* by restaurant whose feed was followed: main thread */
} OsyAnalyticsRoom;

/** osy_analytics_room_init: @pool, @ring: borrowed. */
void osy_analytics_room_init (OsyAnalyticsRoom *self, OsyDbPool *pool, OsyKeyring *ring);
/** osy_analytics_room_clear: after the pool was closed. */
void osy_analytics_room_clear (OsyAnalyticsRoom *self);

/** osy_analytics_room_follow: OsyDbFunc of a job of no restaurant, every OSY_ANALYTICS_FOLLOW_MS:
 * brings the sums of every shop with news up to date, each batch a transaction of its own. */
gboolean osy_analytics_room_follow (OsyDbTx *tx, gpointer room, GError **error);
#define OSY_ANALYTICS_FOLLOW_MS 1000

/** Every route of the room; room: an OsyAnalyticsRoom. */
extern const OsyRoute osy_analytics_routes[];
extern const OsyRoute osy_finding_routes[];

/** That sums are what orders and payments say; last row has a NULL id. */
extern const OsyDbInvariant osy_analytics_invariants[];

G_END_DECLS
