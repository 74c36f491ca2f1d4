/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db-invariant.h"

G_BEGIN_DECLS

/** What must always be true of orders that platforms sent. */
extern const OsyDbInvariant osy_channel_invariants[];

G_END_DECLS
