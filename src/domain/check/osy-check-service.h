/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/**
 * osy_check_service_withdraw:
 * @amount: won that an order which will never be paid had posted to the check
 *
 * A rejected or canceled order is owed no longer: an adjustment of its whole amount. A check on
 * which nothing is owed any more, and nothing was paid, becomes VOIDED.
 */
gboolean osy_check_service_withdraw (OsyDbTx *tx,
                                     const OsyCall *call,
                                     const char *check_id,
                                     gint64 amount,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What a check comes to, in won. */
typedef struct {
  gint64 total; /* orders − adjustments */
  gint64 owed;  /* total − tenders + refunds */
} OsyCheckTotals;

/** osy_check_service_totals: Returns: FALSE with NOT_FOUND when the shop has no such check. */
gboolean osy_check_service_totals (OsyDbTx *tx,
                                   const char *check_id,
                                   OsyCheckTotals *ret,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
