/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Figures and ranges in words. */

#include "osc-sales-words.h"

#include <glib/gi18n.h>

#include "osy-money.h"
#include "osy-payment.h"

char *
osc_sales_words_count (gint64 orders)
{
  g_autofree char *digits = osy_money_format (orders);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s order", "%s orders", (gulong)orders),
                          digits);
}

char *
osc_sales_words_orders (gint64 orders)
{
  g_autofree char *digits = osy_money_format (orders);

  /* Translators: a number under the title "Orders"; Korean adds its counting word */
  return g_strdup_printf (C_ ("orders under their title", "%s"), digits);
}

char *
osc_sales_words_pieces (gint64 pieces)
{
  g_autofree char *digits = osy_money_format (pieces);

  /* Translators: so many were sold of a dish; Korean adds its counting word */
  return g_strdup_printf (C_ ("pieces sold", "%s"), digits);
}

char *
osc_sales_words_time (gint64 seconds)
{
  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int)seconds);
  /* Translators: minutes and seconds */
  return seconds % 60 == 0
             ? osc_words_minutes ((int)(seconds / 60))
             : g_strdup_printf (_ ("%d min %d s"), (int)(seconds / 60), (int)(seconds % 60));
}

char *
osc_sales_words_hour (gint64 hour)
{
  /* Translators: an hour of the day at the axis of a chart */
  return g_strdup_printf (_ ("%d:00"), (int)hour);
}

char *
osc_sales_words_tenths (gint64 thousandths)
{
  g_autofree char *whole = osy_money_format (thousandths / 10);

  return g_strdup_printf ("%s.%d%%", whole, (int)(thousandths % 10));
}

char *
osc_sales_words_share (gint64 part, gint64 whole)
{
  return g_strdup_printf ("%d%%", whole > 0 ? (int)((part * 100 + whole / 2) / whole) : 0);
}

/* ---- ranges ---- */

static char *
day_words (const GDate *day)
{
  g_autofree char *text = osc_sales_range_print (day);

  return osc_words_day (text);
}

char *
osc_sales_words_range (const OscSalesRange *range, const GDate *today)
{
  gboolean this_year = g_date_get_year (&range->from) == g_date_get_year (today);
  g_autofree char *from =
      this_year ? day_words (&range->from) : osc_sales_range_print (&range->from);
  g_autofree char *to = this_year ? day_words (&range->to) : osc_sales_range_print (&range->to);

  return g_date_compare (&range->from, &range->to) == 0 ? g_steal_pointer (&from)
                                                        : g_strdup_printf ("%s – %s", from, to);
}

static gboolean
is_recent (const OscSalesRange *range, const GDate *today)
{
  return osc_sales_range_is (range, OSC_SPAN_DAY, today, today) ||
         osc_sales_range_is (range, OSC_SPAN_WEEK, today, today);
}

char *
osc_sales_words_compared (const OscSalesRange *range, const GDate *today, const char *until)
{
  int weeks = osc_sales_range_weeks (range);
  const char *weekday = osc_words_weekday (g_date_get_weekday (&range->to));

  if (range->span == OSC_SPAN_DAY && is_recent (range, today))
    return until != NULL
               /* Translators: a weekday, "Sat", and a time of day */
               ? g_strdup_printf (_ ("Compared with last week's %s until %s"), weekday, until)
               : g_strdup_printf (_ ("Compared with last week's %s"), weekday);
  if (range->span == OSC_SPAN_DAY)
    return g_strdup_printf (_ ("Compared with the %s before"), weekday);
  if (is_recent (range, today))
    return g_strdup (_ ("Compared with the same weekdays of last week"));
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Compared with the same weekdays %d week before",
                   "Compared with the same weekdays %d weeks before", (gulong)weeks),
      weeks);
}

const char *
osc_sales_words_before (const OscSalesRange *range, const GDate *today)
{
  return is_recent (range, today) ? _ ("Last week") : C_ ("the range before", "Before");
}

char *
osc_sales_words_now (const OscSalesRange *range, const GDate *today)
{
  GDate yesterday = *today;

  g_date_subtract_days (&yesterday, 1);
  if (osc_sales_range_is (range, OSC_SPAN_DAY, today, today))
    return g_strdup (_ ("Today"));
  if (osc_sales_range_is (range, OSC_SPAN_DAY, &yesterday, today))
    return g_strdup (_ ("Yesterday"));
  if (osc_sales_range_is (range, OSC_SPAN_WEEK, today, today))
    return g_strdup (_ ("This week"));
  if (osc_sales_range_is (range, OSC_SPAN_MONTH, today, today))
    return g_strdup (_ ("This month"));
  return osc_sales_words_range (range, today);
}

/* ---- names ---- */

typedef struct {
  const char *key;
  const char *text; /* msgid */
} Word;

static const char *
find (const Word *words, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].key, key) == 0)
      return _ (words[i].text);
  return NULL;
}

const char *
osc_sales_words_tender (const char *tender)
{
  static const Word words[] = {
      {OSY_PAYMENT_CASH, N_ ("Cash")},
      {OSY_PAYMENT_TERMINAL, N_ ("Card")},
      {OSY_PAYMENT_TOSS, N_ ("Toss")},
      {OSY_PAYMENT_ACCOUNT, N_ ("Transfer")},
      {OSY_PAYMENT_PLATFORM, N_ ("Delivery app")},
  };
  const char *word = find (words, G_N_ELEMENTS (words), tender);

  return word != NULL ? word : tender;
}

/* As docs/openapi.yaml defines the figures. */
const char *
osc_sales_words_formula (const char *figure)
{
  static const Word words[] = {
      {"sales", N_ ("What was sold, with the service charge, less what was voided, given free or "
                    "discounted. Refunds are a figure of their own and are not taken off")},
      {"orders", N_ ("Every order that was neither rejected nor cancelled, on its business day. "
                     "Practice does not count")},
      {"average", N_ ("Sales divided by bills. All rounds of a table are one bill")},
      {"prep", N_ ("From accepting to ready, the mean of all orders that became ready. Late: "
                   "ready after the promised time")},
      {"item", N_ ("What the dish sold for with its options, less its discounts")},
      {"channel", N_ ("The share of each way in which orders come, of all sales")},
      {"type", N_ ("The share of eating in, taking away and delivery, of all sales")},
      {"heat", N_ ("What was sold in this hour, divided by the days of this weekday on which the "
                   "shop was open. The orders of all of them are below")},
      {"tender", N_ ("What was paid in this way, before refunds")},
  };

  return find (words, G_N_ELEMENTS (words), figure);
}

gboolean
osc_sales_words_is_compared (const OscSalesFigures *figures)
{
  return figures != NULL && figures->compared && figures->against.orders > 0;
}

char *
osc_sales_words_days (int days)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d open day", "%d open days", (gulong)days), days);
}

char *
osc_sales_words_cell (int weekday, int hour, gint64 won, int days)
{
  g_autofree char *time = osc_sales_words_hour (hour);
  g_autofree char *money = osc_words_money (won);
  g_autofree char *open = osc_sales_words_days (days);

  if (days == 1)
    return g_strdup_printf ("%s %s %s", osc_words_weekday (weekday), time, money);
  /* Translators: weekday, hour, money: "Mon 12:00: ₩61,000 on average · 4 open days" */
  return g_strdup_printf (_ ("%1$s %2$s: %3$s on average · %4$s"), osc_words_weekday (weekday),
                          time, money, open);
}

char *
osc_sales_words_week (const GDate *from, const GDate *to, gint64 won, int days)
{
  g_autofree char *first = day_words (from);
  g_autofree char *last = day_words (to);
  g_autofree char *money = osc_words_money (won);
  g_autofree char *open = osc_sales_words_days (days);

  /* Translators: two days, money, "6 open days" */
  return g_strdup_printf (_ ("%1$s – %2$s: %3$s a day · %4$s"), first, last, money, open);
}

gint64
osc_sales_words_prep (const OscSalesTotals *totals)
{
  return totals->prep_orders > 0
             ? (totals->prep_seconds + totals->prep_orders / 2) / totals->prep_orders
             : 0;
}
