/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Same weekday times level: a week's shape is steady, its height moves. Medians, so that a feast or
 * an outage of weeks ago does not speak for all such days. */

#include "osy-expectation.h"

#include <math.h>
#include <stdlib.h>

#define WEEK 7
#define WEEKS 16
#define LEAST_WEEKS 3
#define LEVEL_DAYS 28
#define LEAST_SPREAD 0.03
#define MAD_TO_SD 1.4826
/* Of the normal distribution: 5 % lie beyond it at either end. */
#define NINE_OF_TEN 1.645

static int
by_value (gconstpointer a, gconstpointer b)
{
  double one = *(const double *)a, other = *(const double *)b;

  return (one > other) - (one < other);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, by_value);
  return n % 2 != 0 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* Without the highest and the lowest where there are enough; sorts them. */
static double
middle (double *values, guint n)
{
  guint cut = n >= LEAST_WEEKS + 2 ? 1 + n / 8 : 0;
  double sum = 0;

  qsort (values, n, sizeof *values, by_value);
  for (guint i = cut; i < n - cut; i++)
    sum += values[i];
  return sum / (n - 2 * cut);
}

/* Mean of the open days of days[from, until). */
static double
mean_of (const double *days, gsize from, gsize until)
{
  double sum = 0;
  guint open = 0;

  for (gsize i = from; i < until; i++)
    if (!isnan (days[i])) {
      sum += days[i];
      open++;
    }
  return open > 0 ? sum / open : NAN;
}

/* What the days of weekday @class are to the mean of the week around them; how many of them are
 * known. */
static guint
weekday_share (const double *days, gsize n, gsize class, double *share)
{
  double ratios[WEEKS];
  guint known = 0;

  for (gsize i = n; i-- > 0 && n - i <= (gsize)WEEK * WEEKS;) {
    gsize from = i >= WEEK / 2 ? i - WEEK / 2 : 0;
    double week = mean_of (days, from, MIN (i + WEEK / 2 + 1, n));
    if (i % WEEK == class && !isnan (days[i]) && week > 0)
      ratios[known++] = days[i] / week;
  }
  *share = known > 0 ? middle (ratios, known) : NAN;
  return known;
}

/* The level before day @at: what its days are without their weekdays. */
static double
level_before (const double *days, gsize at, const double *shares)
{
  double sum = 0;
  guint known = 0;

  for (gsize i = at > LEVEL_DAYS ? at - LEVEL_DAYS : 0; i < at; i++)
    if (!isnan (days[i]) && shares[i % WEEK] > 0) {
      sum += days[i] / shares[i % WEEK];
      known++;
    }
  return known >= WEEK ? sum / known : NAN;
}

/* How far days usually lie from what was to be expected of them, in parts of it. */
static double
spread_of (const double *days, gsize n, const double *shares)
{
  double off[WEEK * WEEKS];
  guint known = 0;

  for (gsize i = n > WEEK * WEEKS ? n - WEEK * WEEKS : 0; i < n; i++) {
    double expected = level_before (days, i, shares) * shares[i % WEEK];
    if (!isnan (days[i]) && expected > 0)
      off[known++] = fabs (days[i] / expected - 1);
  }
  return known >= WEEK ? MAX (median (off, known) * MAD_TO_SD, LEAST_SPREAD) : NAN;
}

gboolean
osy_expectation_of (const double *days, gsize n, guint ahead, double unit, OsyExpectation *ret)
{
  gsize class = (n + ahead - 1) % WEEK;
  double shares[WEEK];
  guint weeks = 0;

  g_return_val_if_fail (ahead >= 1 && ahead <= WEEK, FALSE);
  for (gsize i = 0; i < WEEK; i++) {
    guint known = weekday_share (days, n, i, &shares[i]);
    if (i == class)
      weeks = known;
  }
  double level = level_before (days, n, shares), spread = spread_of (days, n, shares);
  if (weeks < LEAST_WEEKS || isnan (level) || isnan (spread))
    return FALSE;
  double mean = level * shares[class];
  /* What was measured holds the unevenness of chance, which is the least there can be (Poisson). */
  double sd = MAX (spread * mean, sqrt (MAX (unit, 0) * mean));
  *ret = (OsyExpectation){.mean = mean,
                          .low = MAX (mean - NINE_OF_TEN * sd, 0),
                          .high = mean + NINE_OF_TEN * sd,
                          .sd = sd,
                          .weeks = weeks};
  return TRUE;
}
