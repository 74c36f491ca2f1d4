/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of orders, their steps and their checks. */
extern const OsyDbInvariant osy_order_invariants[];

G_END_DECLS
