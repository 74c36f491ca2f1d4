/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** When the lunch rush is at its height: 12:20, in minutes after local midnight. */
#define OSY_SIM_RHYTHM_PEAK (12 * 60 + 20)

/** osy_sim_rhythm_rate: Returns: orders a minute at @minute after local midnight. */
double osy_sim_rhythm_rate (double minute);

/** osy_sim_rhythm_expected: Returns: how many orders are to be expected between two minutes of one
 * day: the integral of the rate. */
double osy_sim_rhythm_expected (double from, double to);

/** osy_sim_rhythm_next: Returns: the minute of the first order after @minute, without an end. */
double osy_sim_rhythm_next (GRand *rand, double minute);

G_END_DECLS
