/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"
#include "osy-db.h"
#include "osy-http.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the till room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
} OsyTillRoom;

/** Every route of the room; room: an OsyTillRoom. */
extern const OsyRoute osy_till_routes[];
extern const OsyRoute osy_till_z_routes[];

/** osy_till_export: the route exportTillZ. */
void osy_till_export (OsyHttpRequest *http, gpointer room);

/** For ordersyncctl check. */
extern const OsyDbInvariant osy_till_invariants[];

G_END_DECLS
