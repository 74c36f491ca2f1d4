/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

/** What must hold of ingredients, movements and reservations. */
extern const OsyDbInvariant osy_stock_invariants[];
