/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

#pragma once

#include "osy-expectation.h"

typedef enum {
  OSY_DETECTED_NOTHING,
  OSY_DETECTED_LOW,        /* the last day alone */
  OSY_DETECTED_HIGH,       /* the last day alone */
  OSY_DETECTED_THREE_LOW,  /* the last three days together */
  OSY_DETECTED_THREE_HIGH, /* the last three days together */
} OsyDetected;

/** osy_detect_days: whether the last of @days, or the last three together, are outside of what the
 * weeks before lead one to expect. About one false alarm in fourteen days of ordinary unevenness.
 *
 * @days, @n, @unit: as of osy_expectation_of(), the day looked at being the last
 * @observed: (out): what the day or the three of them brought
 * @expected: (out): what they should have; set when something was detected
 */
OsyDetected osy_detect_days (const double *days,
                             gsize n,
                             double unit,
                             double *observed,
                             OsyExpectation *expected);

/** OsyRefundHabit: how often sales of a shop are given back, person by person and day by day: a
 * beta distribution. */
typedef struct {
  double refunded;
  double kept;
} OsyRefundHabit;

/** osy_detect_refund_habit: the shop's habit, by days of people before.
 *
 * @refunds, @sales: of each day of each person
 * @n: how many such days
 */
OsyRefundHabit osy_detect_refund_habit (const guint *refunds, const guint *sales, gsize n);

/** osy_detect_refunds: whether @refunds of @sales in one person's day are more than the shop's
 * habit explains: at least three, and seen by chance less than once in a thousand such days
 * (beta-binomial tail).
 *
 * @chance: (out) (optional): of so many or more
 */
gboolean
osy_detect_refunds (const OsyRefundHabit *habit, guint refunds, guint sales, double *chance);
