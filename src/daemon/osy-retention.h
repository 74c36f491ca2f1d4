/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the sweep works with. */
typedef struct {
  OsyDbPool *pool; /* as ordersync_app */
  OsyKeyring *ring;
} OsyRetention;

/** osy_retention_run: OsyDbFunc of a daily job; @retention: an OsyRetention; @tx is not used. In
 * every shop: orders older than its retention_days lose what is personal, people not seen for as
 * long and who agreed to nothing are erased, expired sessions and invitations go. Each page is a
 * transaction of its own, so a sweep that is cut off goes on where it was. */
gboolean osy_retention_run (OsyDbTx *tx, gpointer retention, GError **error);

G_END_DECLS
