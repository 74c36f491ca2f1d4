/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** Events that one batch takes in. */
#define OSY_ANALYTICS_BATCH 2000
/** Halved so often, a batch or page is of one. */
#define OSY_ANALYTICS_HALVED_MOST 11

/** What a batch came to. */
typedef struct {
  gboolean more; /* there is another one */
  guint aside;   /* orders and payments that could not be summed and could before */
} OsyAnalyticsBatch;

/**
 * osy_analytics_follow_batch:
 * @halved: how often what it takes at once is halved, for what was too much in the time that a
 *   statement has
 * @ret: (out)
 *
 * Takes the next stretch of the feed of the transaction's restaurant into the sums and remembers
 * its place, both in @tx: whatever dies in between, each event counts once. While all is computed
 * anew, which it begins after the shop's zone was changed, it does a page of that instead.
 */
gboolean
osy_analytics_follow_batch (OsyDbTx *tx, guint halved, OsyAnalyticsBatch *ret, GError **error);

/** osy_analytics_follow_rebuild_begin: from now on the sums of the transaction's restaurant are
 * computed anew from all its orders and payments, by whoever takes the next page: the caller, the
 * daemon, or both. Readers see the old ones until the new ones of their days are there. */
gboolean osy_analytics_follow_rebuild_begin (OsyDbTx *tx, GError **error);
/** osy_analytics_follow_rebuild_page: the next page, if there is one. @ret: (out) */
gboolean osy_analytics_follow_rebuild_page (OsyDbTx *tx,
                                            guint halved,
                                            OsyAnalyticsBatch *ret,
                                            GError **error);

G_END_DECLS
