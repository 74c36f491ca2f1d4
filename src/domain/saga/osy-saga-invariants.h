/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of sagas and of the orders and money they keep together (I4, I6). */
extern const OsyDbInvariant osy_saga_invariants[];

/** What is stored of a saga beside what the rooms store of which it knows. */
extern const OsyDbInvariant osy_saga_rooms_invariants[];

G_END_DECLS
