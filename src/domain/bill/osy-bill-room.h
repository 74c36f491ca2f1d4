/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"
#include "osy-event-feed.h"
#include "osy-http.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the bill room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
} OsyBillRoom;

/** Every route of the room; room: an OsyBillRoom. */
extern const OsyRoute osy_bill_routes[];

/** osy_bill_decorate: OsyEventDecorate of check.changed: adds the checks as they stand now. */
gboolean osy_bill_decorate (OsyDbTx *tx,
                            GPtrArray *events,
                            OsyEventExtra *extras,
                            gpointer room,
                            GError **error);

/** What must be true of stored bills. */
extern const OsyDbInvariant osy_bill_invariants[];

G_END_DECLS
