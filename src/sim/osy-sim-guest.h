/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** osy_sim_guest_arrive: one guest comes, reads the menu, thinks, orders, and looks again when what
 * he wanted has just been sold out. Frees itself. */
void osy_sim_guest_arrive (OsySimWorld *world);

/** osy_sim_guest_again: those at @table_id, whose check is @check_id, want something more;
 * afterwards they dine on. */
void osy_sim_guest_again (OsySimWorld *world, const char *table_id, const char *check_id);

G_END_DECLS
