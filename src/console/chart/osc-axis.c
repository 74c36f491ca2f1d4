/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Round numbers for the lines of a chart. */

#include "osc-axis.h"

#include <glib/gi18n.h>

#include "osy-money.h"

/* Tenths of the steps that read well, times a power of ten. */
static const int round_steps[] = {10, 15, 20, 25, 30, 40, 50, 60, 80};

/* The greatest nice number at or below @limit; 1 at least. */
static gint64
nice_below (gint64 limit)
{
  gint64 best = 1;

  for (gint64 power = 1; power <= limit; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (round_steps); i++)
      if (round_steps[i] * power % 10 == 0 && round_steps[i] * power / 10 <= limit)
        best = round_steps[i] * power / 10;
  return best;
}

static gint64
nice_above (gint64 least)
{
  for (gint64 power = 1;; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (round_steps); i++)
      if (round_steps[i] * power % 10 == 0 && round_steps[i] * power / 10 >= least)
        return round_steps[i] * power / 10;
}

void
osc_axis_from_zero (OscAxis *self, gint64 most)
{
  most = CLAMP (most, 0, OSY_MONEY_MAX * 1000);
  self->low = 0;
  self->step = nice_below (most / 2);
  self->n = most >= 2 ? 3 : most + 1;
  self->high = MAX (most, 1);
}

void
osc_axis_around (OscAxis *self, gint64 least, gint64 most)
{
  least = CLAMP (least, 0, OSY_MONEY_MAX * 1000);
  most = CLAMP (most, least, OSY_MONEY_MAX * 1000);
  if (least <= most / 3 || most < 10) {
    least = 0;
    most = MAX (most, 1);
  }
  self->n = 3;
  for (self->step = nice_above ((most - least + 1) / 2);;
       self->step = nice_above (self->step + 1)) {
    gint64 half = MAX (self->step / 2, 1);

    self->low = least / half * half;
    self->high = self->low + 2 * self->step;
    if (self->high >= most)
      return;
  }
}

double
osc_axis_place (const OscAxis *self, gint64 value)
{
  return (double)(value - self->low) / (double)MAX (self->high - self->low, 1);
}

static char *
in_units (gint64 won, gint64 unit, const char *name)
{
  gint64 tenths = (ABS (won) * 10 + unit / 2) / unit;
  g_autofree char *whole = osy_money_format (tenths / 10);

  return tenths % 10 != 0
             ? g_strdup_printf ("%s%s.%d%s", won < 0 ? "−" : "", whole, (int)(tenths % 10), name)
             : g_strdup_printf ("%s%s%s", won < 0 ? "−" : "", whole, name);
}

char *
osc_axis_short (gint64 won, gint64 base, const char *unit, const char *unit2)
{
  if (ABS (won) >= base * base)
    return in_units (won, base * base, unit2);
  return ABS (won) >= base ? in_units (won, base, unit) : osy_money_format (won);
}

char *
osc_axis_words (gint64 value, OscUnit unit)
{
  /* Translators: the number by which large numbers are named in your language: 1000 for k and M,
   * 10000 where they go by ten thousand */
  gint64 base = g_ascii_strtoll (C_ ("unit of large numbers", "1000"), NULL, 10);

  if (unit == OSC_UNIT_COUNT)
    return osy_money_format (value);
  return osc_axis_short (value, MAX (base, 1000), C_ ("thousands", "k"), C_ ("millions", "M"));
}
