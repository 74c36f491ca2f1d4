/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** osy_sim_guest_arrive: one guest comes, reads the menu, thinks, orders, and looks again when what
 * he wanted has just been sold out. Frees itself. */
void osy_sim_guest_arrive (OsySimWorld *world);

G_END_DECLS
