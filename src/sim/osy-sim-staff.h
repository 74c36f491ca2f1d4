/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** The staff of a shop: takes every order through its states in the time that such work takes, now
 * and then refuses, cancels or takes a step back, and knows when something has run out. */
typedef struct _OsySimStaff OsySimStaff;

/** osy_sim_staff_new: @world: borrowed, outlives the staff. Begins to watch what runs out. */
OsySimStaff *osy_sim_staff_new (OsySimWorld *world);
/** osy_sim_staff_free: nothing of it may be under way. */
void osy_sim_staff_free (OsySimStaff *self);

/** osy_sim_staff_see: @order: as it is now; plans what is done with it next. */
void osy_sim_staff_see (OsySimStaff *self, OsyOrder *order);

/** osy_sim_staff_are_done: Returns: whether no order is on the board any more. */
gboolean osy_sim_staff_are_done (const OsySimStaff *self);

/** osy_sim_staff_leave: sells again what was marked as sold out; after osy_sim_world_stop(). */
void osy_sim_staff_leave (OsySimStaff *self);

G_END_DECLS
