/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-page.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** The log, its export and the state of its seal; room: an OsyAuditRoom. */
extern const OsyRoute osy_audit_routes[];

G_END_DECLS
