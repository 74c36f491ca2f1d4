/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Generated shops in which something happens now and then, and how well a detector tells it. Its
 * test and ./run bench insight look at the same ones. */

#pragma once

#include <glib.h>

/** What a detector says of the last of @n days of orders: whether it is odd, and whether low. */
typedef struct {
  gboolean odd;
  gboolean low;
} PlayVerdict;
typedef PlayVerdict (*PlayDays) (const double *days, gsize n);

typedef struct {
  guint days, false_alarms;   /* ordinary days, and how many of them were told of */
  guint dips, dips_found;     /* one day of -35 % */
  guint slumps, slumps_found; /* three days of -20 % */
} PlayScore;

/** play_days: @shops of 206 scored days each (intelligence.md 5): the same ones for the same
 * @seed. */
PlayScore play_days (guint32 seed, guint shops, PlayDays detect);

/** What a detector says of the last of @n days of one person, by those before. */
typedef gboolean (*PlayRefunds) (const guint *refunds, const guint *sales, gsize n);

typedef struct {
  guint injected, right, wrong; /* days with 12 points more than usual; those told of */
} PlayRefundScore;

/** play_refunds: 160 people of 240 scored days each. */
PlayRefundScore play_refunds (guint32 seed, PlayRefunds detect);
