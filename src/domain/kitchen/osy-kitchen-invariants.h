/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of tickets and lines. */
extern const OsyDbInvariant osy_kitchen_invariants[];

G_END_DECLS
