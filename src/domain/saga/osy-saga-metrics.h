/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-metrics.h"
#include "osy-saga-core.h"

G_BEGIN_DECLS

/** osy_saga_metrics_declare: shows what this room counts from now on. */
void osy_saga_metrics_declare (void);

/** osy_saga_metrics_begun: a saga was stored for the first time; counted with @tx's commit. */
void osy_saga_metrics_begun (OsyDbTx *tx);
/** osy_saga_metrics_saved: it was @was and is stored as @is; counted with @tx's commit. */
void osy_saga_metrics_saved (OsyDbTx *tx, const OsySagaState *was, const OsySagaState *is);

G_END_DECLS
