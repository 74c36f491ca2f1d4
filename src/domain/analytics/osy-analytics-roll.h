/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** What may have changed: ids as char*, each as often as it likes. */
typedef struct {
  GPtrArray *orders;
  GPtrArray *checks;
  GPtrArray *payments;
} OsyAnalyticsTouched;

/** osy_analytics_touched_new: (transfer full): empty. */
OsyAnalyticsTouched *osy_analytics_touched_new (void);
void osy_analytics_touched_free (OsyAnalyticsTouched *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAnalyticsTouched, osy_analytics_touched_free)

/**
 * osy_analytics_roll:
 * @zone: IANA name of the shop's zone
 * @aside: (inout): grows by how many could not be summed that could before
 *
 * Brings the sums of the transaction's restaurant to what @touched are now: each order and payment
 * is compared with how it stands in the sums, and the difference is added. Doing it twice changes
 * nothing. What cannot be summed is set aside (sale_trouble). The orders of @touched's checks are
 * added to its orders. What a figure means is said in docs/openapi.yaml (SalesTotals).
 */
gboolean osy_analytics_roll (OsyDbTx *tx,
                             OsyAnalyticsTouched *touched,
                             const char *zone,
                             guint *aside,
                             GError **error);

G_END_DECLS
