/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must hold of feeds, handlers and partitions. */
extern const OsyDbInvariant osy_event_invariants[];

G_END_DECLS
