/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_sim_guests: "guests": simulated guests and staff of a shop that runs. @argv: from the word
 * of the command on. Returns: the exit code: 0 when every acknowledged order was seen and every
 * answer was as it may be, 1 when not, 2 for wrong use. */
int osy_sim_guests (int argc, char **argv);

G_END_DECLS
