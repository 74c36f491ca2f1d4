/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Detectors over generated shops: what happened is found, and ordinary days stay quiet. */

#include <math.h>

#include "osy-detect.h"

#define SHOPS 30
#define DAYS 266
#define FIRST 60
#define EVENTS_APART 28

static double
normal (GRand *rand)
{
  double u = g_rand_double_range (rand, 1e-12, 1), v = g_rand_double (rand);

  return sqrt (-2 * log (u)) * cos (2 * G_PI * v);
}

/* Orders a day: a week's shape, a slow tide, an unevenness of a tenth and that of chance. */
static void
generate (GRand *rand, double level, double days[DAYS])
{
  static const double week[] = {.8, .85, .9, 1, 1.3, 1.5, .65};

  for (int i = 0; i < DAYS; i++) {
    double mean = level * week[i % 7] * (1 + .15 * sin (i / 40.)) * (1 + .1 * normal (rand));
    days[i] = MAX (round (mean + sqrt (MAX (mean, 1)) * normal (rand)), 1);
  }
}

static gboolean
found_low (const double *days, int at)
{
  double observed = 0;
  OsyExpectation expected;
  OsyDetected found = osy_detect_days (days, (gsize)at + 1, 1, &observed, &expected);

  return found == OSY_DETECTED_LOW || found == OSY_DETECTED_THREE_LOW;
}

typedef struct {
  guint days, false_alarms, dips, dips_found, slumps, slumps_found;
} Score;

/* Every other event is one day of -35 %, the rest are three days of -20 %. */
static void
play_shop (GRand *rand, double level, Score *score)
{
  double days[DAYS], observed = 0;
  gboolean odd[DAYS] = {FALSE};
  OsyExpectation expected;

  generate (rand, level, days);
  for (int i = FIRST, n = 0; i < DAYS - 8; i += EVENTS_APART, n++) {
    int at = i + g_rand_int_range (rand, 0, 6), length = n % 2 ? 3 : 1;
    gboolean found = FALSE;
    for (int j = 0; j < length; j++) {
      days[at + j] = round (days[at + j] * (length == 3 ? .8 : .65));
      odd[at + j] = TRUE;
      found |= found_low (days, at + j);
    }
    *(length == 3 ? &score->slumps : &score->dips) += 1;
    *(length == 3 ? &score->slumps_found : &score->dips_found) += found;
  }
  for (int i = FIRST; i < DAYS; i++)
    if (!odd[i] && !odd[i - 1] && !odd[i - 2]) {
      score->days++;
      score->false_alarms += osy_detect_days (days, (gsize)i + 1, 1, &observed, &expected) != 0;
    }
}

/* intelligence.md 9: 80 % of days of -35 % at one false alarm in fourteen days. */
static void
test_days (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Score score = {0};

  for (int i = 0; i < SHOPS; i++)
    play_shop (rand, g_rand_double_range (rand, 150, 300), &score);
  double alarms = 14. * score.false_alarms / score.days;
  g_test_message ("-35 %%: %u of %u, -20 %% of three days: %u of %u, %.2f false alarms in 14 days",
                  score.dips_found, score.dips, score.slumps_found, score.slumps, alarms);
  g_assert_cmpuint (score.dips_found * 100, >=, score.dips * 80);
  g_assert_cmpuint (score.slumps_found * 100, >=, score.slumps * 70);
  g_assert_cmpfloat (alarms, <=, 1);
}

/* intelligence.md 9: nine of ten findings about refunds are right. */
static void
test_refunds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint right = 0, wrong = 0, injected = 0;

  for (int person = 0; person < 160; person++) {
    double rate = g_rand_double_range (rand, .01, .04);
    guint refunds[300] = {0}, sales[300];
    for (guint i = 0; i < 300; i++) {
      gboolean bad = i >= 60 && g_rand_double (rand) < .01;
      double chance = rate * g_rand_double_range (rand, .6, 1.4) + (bad ? .12 : 0);
      sales[i] = 60 + (guint)g_rand_int_range (rand, 0, 60);
      for (guint k = 0; k < sales[i]; k++)
        refunds[i] += g_rand_double (rand) < chance;
      OsyRefundHabit habit = osy_detect_refund_habit (refunds, sales, i);
      gboolean found = i >= 60 && osy_detect_refunds (&habit, refunds[i], sales[i], NULL);
      injected += bad;
      right += found && bad;
      wrong += found && !bad;
    }
  }
  g_test_message ("refunds: %u right, %u wrong, of %u", right, wrong, injected);
  g_assert_cmpuint (right * 10, >=, (right + wrong) * 9);
  g_assert_cmpuint (right * 2, >=, injected);
}

/* A shop of which little is known, or that was closed, is told nothing. */
static void
test_little (void)
{
  double days[40], observed = 0;
  OsyExpectation expected;

  for (int i = 0; i < 40; i++)
    days[i] = i < 24 ? 100 + i % 7 : NAN;
  g_assert_false (osy_expectation_of (days, 12, 1, 1, &expected));
  g_assert_cmpint (osy_detect_days (days, 30, 1, &observed, &expected), ==, OSY_DETECTED_NOTHING);
  g_assert_true (osy_expectation_of (days, 24, 1, 1, &expected));
  g_assert_cmpfloat (fabs (expected.mean - (100 + 24 % 7)), <, 2);
  g_assert_cmpuint (expected.weeks, ==, 3);
  g_assert_cmpint (osy_detect_days (NULL, 0, 1, &observed, &expected), ==, OSY_DETECTED_NOTHING);
}

/* The tail of the beta-binomial distribution with a = b = 1 is even: (n - k + 1) / (n + 1). */
static void
test_tail (void)
{
  const OsyRefundHabit even = {1, 1};
  double chance = 0;

  g_assert_false (osy_detect_refunds (&even, 4, 9, &chance));
  g_assert_cmpfloat_with_epsilon (chance, .6, 1e-9);
  g_assert_false (osy_detect_refunds (&even, 0, 0, &chance));
  g_assert_cmpfloat_with_epsilon (chance, 1, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detect/days", test_days);
  g_test_add_func ("/detect/refunds", test_refunds);
  g_test_add_func ("/detect/little", test_little);
  g_test_add_func ("/detect/tail", test_tail);
  return g_test_run ();
}
