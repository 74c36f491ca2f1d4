/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Detectors over generated shops: what happened is found, and ordinary days stay quiet. */

#include <math.h>

#include "detect-play.h"
#include "osy-detect.h"

#define SHOPS 30

static PlayVerdict
detect_days (const double *days, gsize n)
{
  double observed = 0;
  OsyExpectation expected;
  OsyDetected found = osy_detect_days (days, n, 1, &observed, &expected);

  return (PlayVerdict){.odd = found != OSY_DETECTED_NOTHING,
                       .low = found == OSY_DETECTED_LOW || found == OSY_DETECTED_THREE_LOW};
}

/* intelligence.md 9: 80 % of days of -35 % at one false alarm in fourteen days. */
static void
test_days (void)
{
  PlayScore score = play_days (7, SHOPS, detect_days);
  double alarms = 14. * score.false_alarms / score.days;

  g_test_message ("-35 %%: %u of %u, -20 %% of three days: %u of %u, %.2f false alarms in 14 days",
                  score.dips_found, score.dips, score.slumps_found, score.slumps, alarms);
  g_assert_cmpuint (score.dips_found * 100, >=, score.dips * 80);
  g_assert_cmpuint (score.slumps_found * 100, >=, score.slumps * 70);
  g_assert_cmpfloat (alarms, <=, 1);
}

static gboolean
detect_refunds (const guint *refunds, const guint *sales, gsize n)
{
  OsyRefundHabit habit = osy_detect_refund_habit (refunds, sales, n - 1);

  return osy_detect_refunds (&habit, refunds[n - 1], sales[n - 1], NULL);
}

/* intelligence.md 9: nine of ten findings about refunds are right. */
static void
test_refunds (void)
{
  PlayRefundScore score = play_refunds (7, detect_refunds);

  g_test_message ("refunds: %u right, %u wrong, of %u", score.right, score.wrong, score.injected);
  g_assert_cmpuint (score.right * 10, >=, (score.right + score.wrong) * 9);
  g_assert_cmpuint (score.right * 2, >=, score.injected);
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
