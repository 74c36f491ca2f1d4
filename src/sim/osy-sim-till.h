/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-window.h"

G_BEGIN_DECLS

/** osy_sim_till_settle: staff take what is owed on a check: in cash or by card, or, @split, a third
 * each in cash, by card and in a guest's window. @paid: (nullable): called when nothing is owed any
 * more or somebody else was first. @destroy: (nullable): for @data when it does not come to that.
 */
void osy_sim_till_settle (OsySimWorld *world,
                          const char *check_id,
                          gboolean split,
                          OsySimPaid paid,
                          gpointer data,
                          GDestroyNotify destroy);

G_END_DECLS
