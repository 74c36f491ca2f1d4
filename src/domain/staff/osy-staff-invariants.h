/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of who works where. */
extern const OsyDbInvariant osy_staff_invariants[];

G_END_DECLS
