/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench insight wants to know: how much of what happened in generated shops the
 * detectors find, beside the simplest ones that could stand in their place. A line each: name, then
 * counts. */

#include <math.h>

#include "detect-play.h"
#include "osy-detect.h"

#define SHOPS 30
#define RUNS 5
#define ROLLING 28
#define LOOSE 3.0

static PlayVerdict
ours (const double *days, gsize n)
{
  double observed = 0;
  OsyExpectation expected;
  OsyDetected found = osy_detect_days (days, n, 1, &observed, &expected);

  return (PlayVerdict){.odd = found != OSY_DETECTED_NOTHING,
                       .low = found == OSY_DETECTED_LOW || found == OSY_DETECTED_THREE_LOW};
}

static void
spread_of (const double *values, gsize n, double *mean, double *sd)
{
  double square = 0;

  *mean = 0;
  for (gsize i = 0; i < n; i++)
    *mean += values[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    square += (values[i] - *mean) * (values[i] - *mean) / (double)n;
  *sd = sqrt (square);
}

/* The peer: the last day against the four weeks before, weekdays or not; two sigma is about one
 * false alarm in 14 days. */
static PlayVerdict
rolling (const double *days, gsize n)
{
  double mean, sd;

  spread_of (days + n - 1 - ROLLING, ROLLING, &mean, &sd);
  double off = (days[n - 1] - mean) / sd;
  return (PlayVerdict){.odd = fabs (off) > 2, .low = off < -2};
}

static gboolean
our_refunds (const guint *refunds, const guint *sales, gsize n)
{
  OsyRefundHabit habit = osy_detect_refund_habit (refunds, sales, n - 1);

  return osy_detect_refunds (&habit, refunds[n - 1], sales[n - 1], NULL);
}

/* The peer: three sigma of the person's own rates. */
static gboolean
three_sigma (const guint *refunds, const guint *sales, gsize n)
{
  g_autofree double *rates = g_new (double, n);
  double mean, sd;

  for (gsize i = 0; i < n; i++)
    rates[i] = (double)refunds[i] / MAX (sales[i], 1);
  spread_of (rates, n - 1, &mean, &sd);
  return rates[n - 1] > mean + LOOSE * sd;
}

static void
print_days (const char *name, PlayDays detect)
{
  PlayScore all = {0};

  for (guint32 seed = 1; seed <= RUNS; seed++) {
    PlayScore one = play_days (seed, SHOPS, detect);
    all.days += one.days;
    all.false_alarms += one.false_alarms;
    all.dips += one.dips;
    all.dips_found += one.dips_found;
    all.slumps += one.slumps;
    all.slumps_found += one.slumps_found;
  }
  g_print ("%s %u %u %u %u %u %u\n", name, all.days, all.false_alarms, all.dips, all.dips_found,
           all.slumps, all.slumps_found);
}

static void
print_refunds (const char *name, PlayRefunds detect)
{
  PlayRefundScore all = {0};

  for (guint32 seed = 1; seed <= RUNS; seed++) {
    PlayRefundScore one = play_refunds (seed, detect);
    all.injected += one.injected;
    all.right += one.right;
    all.wrong += one.wrong;
  }
  g_print ("%s %u %u %u\n", name, all.injected, all.right, all.wrong);
}

int
main (void)
{
  print_days ("days", ours);
  print_days ("days-peer", rolling);
  print_refunds ("refunds", our_refunds);
  print_refunds ("refunds-peer", three_sigma);
  return 0;
}
