/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** osy_sim_prepay_begin: the guest of @order, which waits for its money, pays it by @method (TOSS
 * or VIRTUAL_ACCOUNT) at the simulated Toss Payments; or leaves, and the order ends by itself. It
 * is acknowledged in the journal once it is paid. @token: the order's. */
void
osy_sim_prepay_begin (OsySimWorld *world, OsyOrder *order, const char *token, const char *method);

G_END_DECLS
