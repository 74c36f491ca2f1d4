/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-http.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the report room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
} OsyReportRoom;

/** Every route of the room; room: an OsyReportRoom. */
extern const OsyRoute osy_report_routes[];

G_END_DECLS
