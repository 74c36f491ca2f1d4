/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of seatings and their checks. */
extern const OsyDbInvariant osy_table_invariants[];

G_END_DECLS
