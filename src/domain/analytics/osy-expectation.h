/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

#pragma once

#include <glib.h>

/** OsyExpectation: what a day should bring by the same weekdays before it. Any unit: won, orders,
 * portions. */
typedef struct {
  double mean;
  double low, high; /* nine of ten such days lie between */
  double sd;
  guint weeks; /* same weekdays it rests on */
} OsyExpectation;

/** osy_expectation_of: what the day @ahead days after the last of @days should bring: the level of
 * the last four weeks times what its weekday is to a week's mean, in the middle of the last eight
 * of them.
 *
 * @days: by the calendar without gaps, oldest first; NAN where the shop was closed or nothing is
 * known
 * @n: how many
 * @ahead: 1 is the day after the last, up to 7
 * @unit: what one sale brings: 1 for counts, the average check for won; chance makes sums of few
 * sales uneven
 *
 * Returns: FALSE where fewer than three same weekdays are known: nothing can be said then
 */
gboolean
osy_expectation_of (const double *days, gsize n, guint ahead, double unit, OsyExpectation *ret);
