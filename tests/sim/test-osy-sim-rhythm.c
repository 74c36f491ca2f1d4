/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rhythm of lunch: its peak, its integral, and arrivals that follow it. */

#include <math.h>

#include "osy-sim-rhythm.h"

#define FROM 690.0 /* 11:30 */
#define TO 810.0   /* 13:30 */
#define DAYS 400
#define PARTS 12

static void
test_peak (void)
{
  double highest = osy_sim_rhythm_rate (OSY_SIM_RHYTHM_PEAK);

  for (double minute = 0; minute < 24 * 60; minute++) {
    double rate = osy_sim_rhythm_rate (minute);
    g_assert_cmpfloat (rate, >, 0);
    g_assert_cmpfloat (rate, <=, highest);
  }
  g_assert_cmpfloat (osy_sim_rhythm_rate (660), <, highest / 2);
  g_assert_cmpfloat (osy_sim_rhythm_rate (840), <, highest / 2);
}

/* The closed form is the integral of the rate, summed up in small steps. */
static void
test_integral (void)
{
  const double step = 0.01;

  for (double from = 600; from < 900; from += 55)
    for (double to = from; to < 900; to += 70) {
      double sum = 0;
      for (double at = from; at < to - step / 2; at += step)
        sum += osy_sim_rhythm_rate (at + step / 2) * step;
      g_assert_cmpfloat_with_epsilon (osy_sim_rhythm_expected (from, to), sum, 1e-4);
    }
}

/* Over many days every ten minutes get the orders that the integral promises; five standard
 * deviations of a Poisson count are not reached by chance. */
static void
test_arrivals (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  const double part = (TO - FROM) / PARTS;
  guint counts[PARTS] = {0};

  for (int day = 0; day < DAYS; day++) {
    double before = FROM;
    for (double at = osy_sim_rhythm_next (rand, FROM); at < TO;
         at = osy_sim_rhythm_next (rand, at)) {
      g_assert_cmpfloat (at, >, before);
      before = at;
      counts[(int)((at - FROM) / part)]++;
    }
  }
  for (int i = 0; i < PARTS; i++) {
    double expected = DAYS * osy_sim_rhythm_expected (FROM + i * part, FROM + (i + 1) * part);
    g_assert_cmpfloat (fabs (counts[i] - expected), <, 5 * sqrt (expected));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/rhythm/peak", test_peak);
  g_test_add_func ("/sim/rhythm/integral", test_integral);
  g_test_add_func ("/sim/rhythm/arrivals", test_arrivals);
  return g_test_run ();
}
