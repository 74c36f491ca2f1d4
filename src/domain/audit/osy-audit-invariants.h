/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must be true of the audit log. Its hashes and signatures are `ordersyncctl audit verify`'s.
 */
extern const OsyDbInvariant osy_audit_invariants[];

G_END_DECLS
