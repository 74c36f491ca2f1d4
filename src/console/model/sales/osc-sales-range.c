/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Which days are looked at. */

#include "osc-sales-range.h"

#include <stdio.h>
#include <string.h>

#define WEEK 7
#define MONTH_WEEKS 4

gboolean
osc_sales_range_read (const char *day, GDate *ret)
{
  int year = 0;
  int month = 0;
  int number = 0;
  int end = 0;

  g_date_clear (ret, 1);
  if (day == NULL || sscanf (day, "%4d-%2d-%2d%n", &year, &month, &number, &end) != 3 ||
      end != (int)strlen ("2026-11-21") || day[end] != '\0' ||
      !g_date_valid_dmy ((GDateDay)number, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_set_dmy (ret, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

char *
osc_sales_range_print (const GDate *day)
{
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day),
                          g_date_get_day (day));
}

static void
set_whole (OscSalesRange *self, OscSpan span, const GDate *day)
{
  self->span = span;
  self->from = self->to = *day;
  if (span == OSC_SPAN_WEEK) {
    g_date_subtract_days (&self->from, g_date_get_weekday (day) - 1);
    self->to = self->from;
    g_date_add_days (&self->to, WEEK - 1);
  } else if (span == OSC_SPAN_MONTH) {
    g_date_set_day (&self->from, 1);
    self->to = self->from;
    g_date_set_day (&self->to,
                    g_date_get_days_in_month (g_date_get_month (day), g_date_get_year (day)));
  }
}

void
osc_sales_range_set (OscSalesRange *self, OscSpan span, const GDate *day, const GDate *today)
{
  set_whole (self, span, g_date_compare (day, today) > 0 ? today : day);
  if (g_date_compare (&self->to, today) > 0)
    self->to = *today;
}

void
osc_sales_range_set_free (OscSalesRange *self,
                          const GDate *one,
                          const GDate *other,
                          const GDate *today)
{
  gboolean turned = g_date_compare (one, other) > 0;

  self->from = turned ? *other : *one;
  self->to = turned ? *one : *other;
  if (g_date_compare (&self->to, today) > 0)
    self->to = *today;
  if (g_date_compare (&self->from, &self->to) > 0)
    self->from = self->to;
  if (osc_sales_range_days (self) > OSC_SALES_DAYS_MOST) {
    self->from = self->to;
    g_date_subtract_days (&self->from, OSC_SALES_DAYS_MOST - 1);
  }
  self->span = osc_sales_range_days (self) == 1 ? OSC_SPAN_DAY : OSC_SPAN_FREE;
}

gboolean
osc_sales_range_step (OscSalesRange *self, int by, const GDate *today)
{
  guint days = (guint)osc_sales_range_days (self);
  OscSalesRange next = *self;

  if (self->span == OSC_SPAN_FREE) {
    for (GDate *edge = &next.from; edge != NULL; edge = edge == &next.from ? &next.to : NULL)
      if (by > 0)
        g_date_add_days (edge, days);
      else
        g_date_subtract_days (edge, days);
  } else {
    GDate beside;

    set_whole (&next, self->span, &self->from);
    beside = by > 0 ? next.to : next.from;
    if (by > 0)
      g_date_add_days (&beside, 1);
    else
      g_date_subtract_days (&beside, 1);
    set_whole (&next, self->span, &beside);
  }
  if (g_date_compare (&next.from, today) > 0)
    return FALSE;
  if (g_date_compare (&next.to, today) > 0)
    next.to = *today;
  *self = next;
  return TRUE;
}

int
osc_sales_range_days (const OscSalesRange *self)
{
  return g_date_days_between (&self->from, &self->to) + 1;
}

int
osc_sales_range_weeks (const OscSalesRange *self)
{
  int weeks = (osc_sales_range_days (self) + WEEK - 1) / WEEK;

  return self->span == OSC_SPAN_MONTH ? MAX (weeks, MONTH_WEEKS) : weeks;
}

gboolean
osc_sales_range_equal (const OscSalesRange *self, const OscSalesRange *other)
{
  return self->span == other->span && g_date_compare (&self->from, &other->from) == 0 &&
         g_date_compare (&self->to, &other->to) == 0;
}

gboolean
osc_sales_range_is (const OscSalesRange *self, OscSpan span, const GDate *day, const GDate *today)
{
  OscSalesRange other;

  osc_sales_range_set (&other, span, day, today);
  return osc_sales_range_equal (self, &other);
}
