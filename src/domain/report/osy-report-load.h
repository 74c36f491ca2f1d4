/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-report.h"

G_BEGIN_DECLS

/** osy_report_load: what @day (of a week: any of its days) comes to, in @language. Of a day that is
 * not over it says what there is. Returns: (transfer full): NULL with @error. Worker. */
OsyReport *osy_report_load (OsyDbTx *tx,
                            OsyKeyring *ring,
                            OsyReportKind kind,
                            const char *day,
                            const char *language,
                            GError **error);

G_END_DECLS
