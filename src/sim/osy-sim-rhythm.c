/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When guests order: an inhomogeneous Poisson process. Where people work in Seoul, card payments
 * for lunch are most frequent from 12:10 on (KB Kookmin Card, payments of 2019 to 2023, Donga Ilbo
 * and YTN 2024-01-12: mean of Yeouido 12:18, of Gangnam 12:29), about symmetric, and nearly all
 * within 11 to 14 o'clock. The height is that of a small shop: about 70 orders from 11:50 to 12:50.
 */

#include "osy-sim-rhythm.h"

#include <math.h>

#define BASE 0.15 /* orders a minute all day */
#define PEAK 1.25 /* on top of it at the height */
#define SIGMA 30.0

double
osy_sim_rhythm_rate (double minute)
{
  double away = (minute - OSY_SIM_RHYTHM_PEAK) / SIGMA;

  return BASE + PEAK * exp (-away * away / 2);
}

/* The integral from the peak on. */
static double
since_peak (double minute)
{
  double away = minute - OSY_SIM_RHYTHM_PEAK;

  return BASE * away + PEAK * SIGMA * sqrt (G_PI / 2) * erf (away / (SIGMA * G_SQRT2));
}

double
osy_sim_rhythm_expected (double from, double to)
{
  return since_peak (to) - since_peak (from);
}

/* Thinning: candidates at the highest rate, each kept as often as the rate of its moment is of that
 * (Lewis and Shedler 1979). */
double
osy_sim_rhythm_next (GRand *rand, double minute)
{
  const double highest = BASE + PEAK;

  do
    minute -= log (1 - g_rand_double (rand)) / highest;
  while (g_rand_double (rand) * highest >= osy_sim_rhythm_rate (minute));
  return minute;
}
