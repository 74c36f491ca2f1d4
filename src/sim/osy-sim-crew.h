/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order.h"
#include "osy-sim-world.h"

G_BEGIN_DECLS

/** The cooks at their screens: look at each ticket, lay a hand on it, strike lines off, send it
 * away when it is made, and call one back now and then. */
typedef struct _OsySimCrew OsySimCrew;

/** osy_sim_crew_new: @world: borrowed, outlives it. */
OsySimCrew *osy_sim_crew_new (OsySimWorld *world);
/** osy_sim_crew_free: no call of it may be under way. */
void osy_sim_crew_free (OsySimCrew *self);

/** osy_sim_crew_know: @order: for when it is wanted, which its tickets do not tell. */
void osy_sim_crew_know (OsySimCrew *self, OsyOrder *order);

/** osy_sim_crew_see: @ticket: as it is now, of the contract; plans what is done with it next. */
void osy_sim_crew_see (OsySimCrew *self, JsonNode *ticket);

G_END_DECLS
