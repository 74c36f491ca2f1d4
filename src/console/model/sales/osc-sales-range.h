/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most days that can be looked at. */
#define OSC_SALES_DAYS_MOST 731

/** What a range is made of, and so what "the one before" is. */
typedef enum { OSC_SPAN_DAY, OSC_SPAN_WEEK, OSC_SPAN_MONTH, OSC_SPAN_FREE } OscSpan;

/** OscSalesRange: business days, from @from to @to. A plain value. */
typedef struct {
  OscSpan span;
  GDate from;
  GDate to;
} OscSalesRange;

/** osc_sales_range_read: Returns: FALSE when @day is no "YYYY-MM-DD". */
gboolean osc_sales_range_read (const char *day, GDate *ret);
/** osc_sales_range_print: (transfer full): "YYYY-MM-DD". */
char *osc_sales_range_print (const GDate *day);

/** osc_sales_range_set: the day, week (from Monday) or month with @day in it, or @day alone for a
 * free one; nothing after @today. */
void osc_sales_range_set (OscSalesRange *self, OscSpan span, const GDate *day, const GDate *today);
/** osc_sales_range_set_free: from one day to another, whichever comes first, no later than @today;
 * what is too long loses its first days. */
void osc_sales_range_set_free (OscSalesRange *self,
                               const GDate *one,
                               const GDate *other,
                               const GDate *today);
/** osc_sales_range_step: the one before (-1) or after it. Returns: FALSE: that would lie after
 * @today; nothing changed. */
gboolean osc_sales_range_step (OscSalesRange *self, int by, const GDate *today);
/** osc_sales_range_days: how many there are. */
int osc_sales_range_days (const OscSalesRange *self);
/** osc_sales_range_weeks: how many weeks before it the range lies that it is compared with: the
 * same weekdays, and none of its own. */
int osc_sales_range_weeks (const OscSalesRange *self);
/** osc_sales_range_equal: the same days, meant in the same way. */
gboolean osc_sales_range_equal (const OscSalesRange *self, const OscSalesRange *other);
/** osc_sales_range_is: whether it is that of @span with @day in it, as far as it has come. */
gboolean
osc_sales_range_is (const OscSalesRange *self, OscSpan span, const GDate *day, const GDate *today);

G_END_DECLS
