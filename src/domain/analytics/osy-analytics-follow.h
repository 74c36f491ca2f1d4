/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** Events that one batch takes in. */
#define OSY_ANALYTICS_BATCH 2000

/**
 * osy_analytics_follow_batch:
 * @more: (out): whether the feed goes on
 *
 * Takes the next stretch of the feed of the transaction's restaurant into the sums and remembers
 * its place, both in @tx: whatever dies in between, each event counts once. After the shop's zone
 * was changed it computes all of it anew first, as hours are told by it.
 */
gboolean osy_analytics_follow_batch (OsyDbTx *tx, gboolean *more, GError **error);

/** osy_analytics_follow_rebuild: throws the sums of the transaction's restaurant away and computes
 * them from all its orders and payments. Readers see the old ones until it commits. */
gboolean osy_analytics_follow_rebuild (OsyDbTx *tx, GError **error);

G_END_DECLS
