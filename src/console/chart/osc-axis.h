/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-series.h"

G_BEGIN_DECLS

/** OscAxis: from what to what values go, and where its lines are: never more than three. */
typedef struct {
  gint64 low;  /* at the bottom */
  gint64 high; /* at the top */
  gint64 step; /* between lines, the first one at low */
  guint n;     /* lines */
} OscAxis;

/** osc_axis_from_zero: for bars: 0 and two more lines, the upper one at or below @most. */
void osc_axis_from_zero (OscAxis *self, gint64 most);
/** osc_axis_around: for lines: three round lines around @least … @most, from 0 where that is near.
 */
void osc_axis_around (OscAxis *self, gint64 least, gint64 most);
/** osc_axis_place: Returns: how high @value is, 0 at the bottom, 1 at the top. */
double osc_axis_place (const OscAxis *self, gint64 value);

/** osc_axis_short: (transfer full): won in few letters: "24.6만" with @base 10,000, "246k" with
 * 1,000; @unit, @unit2: of @base and of its square. Rounded half away from zero to one decimal. */
char *osc_axis_short (gint64 won, gint64 base, const char *unit, const char *unit2);
/** osc_axis_words: (transfer full): the same as the language has it; counts in plain digits. */
char *osc_axis_words (gint64 value, OscUnit unit);

G_END_DECLS
