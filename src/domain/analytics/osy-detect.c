/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Two scales for sales: one bad day, and three that are each a little low; and one for refunds. */

#include "osy-detect.h"

#include <math.h>

#define DAYS 3
/* In standard deviations; together less than one false alarm in fourteen days. What is more than
 * expected waits longer: it hurts nobody. */
#define DAY_LIMIT 2.0
#define DAYS_LIMIT 1.95
#define MORE 1.45
#define LEAST_REFUNDS 3
#define CHANCE 0.001
/* A shop of whose habit nothing is known yet: one sale in fifty, loosely. */
#define FIRST_REFUNDED 1.0
#define FIRST_KEPT 49.0
#define LEAST_DAYS 14
#define ODD 4.0

static OsyDetected
beyond (double observed, const OsyExpectation *expected, double limit, OsyDetected low)
{
  double off = (observed - expected->mean) / expected->sd;

  if (off <= -limit)
    return low;
  return off >= limit * MORE ? low + 1 : OSY_DETECTED_NOTHING;
}

/* The last three, from what was known before them. */
static gboolean
expect_three (const double *days, gsize n, double unit, double *observed, OsyExpectation *sum)
{
  double variance = 0;

  *sum = (OsyExpectation){.weeks = G_MAXUINT};
  *observed = 0;
  for (guint i = 0; i < DAYS; i++) {
    OsyExpectation one;
    double day = days[n - DAYS + i];
    if (isnan (day) || !osy_expectation_of (days, n - DAYS, i + 1, unit, &one))
      return FALSE;
    *observed += day;
    sum->mean += one.mean;
    variance += one.sd * one.sd;
    sum->weeks = MIN (sum->weeks, one.weeks);
  }
  sum->sd = sqrt (variance);
  /* As of one day: nine of ten lie between. */
  sum->low = MAX (sum->mean - 1.645 * sum->sd, 0);
  sum->high = sum->mean + 1.645 * sum->sd;
  return TRUE;
}

OsyDetected
osy_detect_days (const double *days,
                 gsize n,
                 double unit,
                 double *observed,
                 OsyExpectation *expected)
{
  OsyDetected found = OSY_DETECTED_NOTHING;

  if (n == 0 || isnan (days[n - 1]))
    return OSY_DETECTED_NOTHING;
  *observed = days[n - 1];
  if (osy_expectation_of (days, n - 1, 1, unit, expected))
    found = beyond (*observed, expected, DAY_LIMIT, OSY_DETECTED_LOW);
  if (found == OSY_DETECTED_NOTHING && n > DAYS && expect_three (days, n, unit, observed, expected))
    found = beyond (*observed, expected, DAYS_LIMIT, OSY_DETECTED_THREE_LOW);
  return found;
}

/* ---- refunds ---- */

/* Moments of the beta distribution: mean and how much more uneven days are than one rate for all
 * makes them. */
OsyRefundHabit
osy_detect_refund_habit (const guint *refunds, const guint *sales, gsize n)
{
  double sold = FIRST_REFUNDED + FIRST_KEPT, given = FIRST_REFUNDED, seen = 0, chance = 0;
  guint days = 0;

  for (gsize i = 0; i < n; i++) {
    sold += sales[i];
    given += refunds[i];
  }
  double rate = given / sold;
  for (gsize i = 0; i < n; i++)
    if (sales[i] > 1) {
      double off = refunds[i] - rate * sales[i];
      double plain = sales[i] * rate * (1 - rate);
      /* A day that was odd is no part of the habit. */
      if (off * off > ODD * ODD * plain)
        continue;
      seen += off * off - plain;
      chance += plain * (sales[i] - 1);
      days++;
    }
  /* Between 1 (every day its own) and many (one rate for all). */
  double alike = days >= LEAST_DAYS && seen > 0 ? CLAMP (chance / seen - 1, 80, 2000) : 50;
  return (OsyRefundHabit){rate * alike, (1 - rate) * alike};
}

static double
log_beta (double a, double b)
{
  return lgamma (a) + lgamma (b) - lgamma (a + b);
}

gboolean
osy_detect_refunds (const OsyRefundHabit *habit, guint refunds, guint sales, double *chance)
{
  double tail = 0;

  for (guint k = MIN (refunds, sales); k <= sales; k++)
    tail += exp (lgamma (sales + 1.0) - lgamma (k + 1.0) - lgamma (sales - k + 1.0) +
                 log_beta (k + habit->refunded, sales - k + habit->kept) -
                 log_beta (habit->refunded, habit->kept));
  if (chance != NULL)
    *chance = MIN (tail, 1);
  return refunds >= LEAST_REFUNDS && tail < CHANCE;
}
