/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** Called when the money is there. */
typedef void (*OsySimPaid) (gpointer data);

/** osy_sim_window_open: the guest of @payment (the contract's, fresh) agrees in the window of the
 * simulated Toss Payments and comes back; into a virtual account he pays a little later. @destroy:
 * (nullable): for @data when it does not come to that. */
void osy_sim_window_open (OsySimWorld *world,
                          JsonObject *payment,
                          OsySimPaid paid,
                          gpointer data,
                          GDestroyNotify destroy);

G_END_DECLS
