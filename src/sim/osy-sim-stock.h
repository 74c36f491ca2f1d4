/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** What runs out: every few minutes one item is sold out for a while. */
typedef struct _OsySimStock OsySimStock;

/** osy_sim_stock_new: @world: borrowed, outlives it. Begins at once. */
OsySimStock *osy_sim_stock_new (OsySimWorld *world);
/** osy_sim_stock_free: no call of it may be under way. */
void osy_sim_stock_free (OsySimStock *self);
/** osy_sim_stock_restore: sells what is sold out now again. */
void osy_sim_stock_restore (OsySimStock *self);

G_END_DECLS
