/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* From the daemon's lists to marks. */

#include "osc-sales-series.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "osc-axis.h"
#include "osc-sales-words.h"
#include "osy-money.h"

#define RINGED_DAYS 62
#define DAILY_MOST 120 /* in a line; of more than those, weeks */
#define WEEK 7
#define HOURS 24
#define MINUTE 60
#define PREP_MINUTES 60
#define PREP_STEP 2

static char *
key_of (const char *kind, const char *id)
{
  return g_strdup_printf ("%s/%s", kind, id);
}

/* "12:00: ₩246,000, 18 orders, last week ₩212,000" */
static char *
say (const char *what, gint64 sales, gint64 orders, const char *before, gint64 against)
{
  g_autofree char *money = osc_words_money (sales);
  g_autofree char *count = osc_sales_words_count (orders);
  g_autofree char *other = osc_words_money (against);

  return before != NULL ? g_strdup_printf ("%s %s · %s · %s %s", what, money, count, before, other)
                        : g_strdup_printf ("%s %s · %s", what, money, count);
}

static void
add_hour (OscSeries *series, const OscSalesRow *row, gboolean compared, const char *before)
{
  OscMark *mark = osc_series_add (series, osc_sales_words_hour (row->at));

  mark->key = g_strdup_printf ("hour/%d", (int)row->at);
  mark->value = row->sales;
  mark->against = row->against_sales;
  mark->compared = compared;
  mark->tick = TRUE;
  mark->words =
      say (mark->label, row->sales, row->count, compared ? before : NULL, row->against_sales);
}

/* Hours come in the order of the shop's day; in those left out nothing was sold. */
OscSeries *
osc_sales_series_hours (const OscSalesFigures *figures, const char *before)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  gboolean compared = osc_sales_words_is_compared (figures);
  int peak;

  for (guint i = 0; i < osc_sales_figures_n (figures, OSC_SALES_HOURS); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_HOURS, i);
    const OscSalesRow *last = i > 0 ? osc_sales_figures_row (figures, OSC_SALES_HOURS, i - 1) : row;
    int away = (int)((row->at - last->at + HOURS) % HOURS);

    for (int hour = 1; hour < away; hour++)
      add_hour (series, &(OscSalesRow){.at = (last->at + hour) % HOURS}, compared, before);
    add_hour (series, row, compared, before);
  }
  peak = osc_series_peak (series);
  if (peak >= 0)
    osc_series_mark (series, (guint)peak)->text =
        osc_axis_words (osc_series_mark (series, (guint)peak)->value, OSC_UNIT_WON);
  return series;
}

/* ---- days ---- */

static GHashTable *
by_key (const OscSalesFigures *figures, OscSalesList list)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < osc_sales_figures_n (figures, list); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, list, i);

    if (row->key != NULL)
      g_hash_table_insert (table, row->key, (gpointer)row);
  }
  return table;
}

static void
add_day (OscSeries *series, const GDate *day, const OscSalesRow *row, const OscSalesRow *before)
{
  g_autofree char *date = osc_sales_range_print (day);
  g_autofree char *words = osc_words_day (date);
  /* Translators: month and day of the month at the axis of a chart */
  OscMark *mark = osc_series_add (
      series, g_strdup_printf (_ ("%1$d/%2$d"), g_date_get_month (day), g_date_get_day (day)));

  mark->key = key_of ("day", date);
  mark->gap = row == NULL;
  mark->value = row != NULL ? row->sales : 0;
  mark->compared = before != NULL;
  mark->against = before != NULL ? before->sales : 0;
  if (row != NULL)
    mark->words = say (words, row->sales, row->count,
                       before != NULL ? C_ ("the range before", "Before") : NULL, mark->against);
}

static void
mark_last (OscSeries *series)
{
  guint n = osc_series_n (series);
  OscMark *last = n > 0 ? osc_series_mark (series, n - 1) : NULL;

  if (last != NULL && !last->gap)
    last->text = osc_axis_words (last->value, OSC_UNIT_WON);
}

/* A range of weeks has a ring at each day like its last one; a longer one the names of months. */
static void
mark_days (OscSeries *series, const OscSalesRange *range)
{
  GDate day = range->from;
  guint n = osc_series_n (series);

  for (guint i = 0; i < n; i++, g_date_add_days (&day, 1)) {
    OscMark *mark = osc_series_mark (series, i);

    mark->ringed = n <= RINGED_DAYS && n > WEEK && (n - 1 - i) % WEEK == 0;
    mark->tick = n <= WEEK || mark->ringed || (n > RINGED_DAYS && g_date_get_day (&day) == 1);
  }
  mark_last (series);
}

/* The days of a range and those with which they are compared. */
typedef struct {
  const OscSalesRange *range;
  GHashTable *now;
  GHashTable *then;
  const char *until;
} Days;

static const OscSalesRow *
row_of (const Days *days, const GDate *day)
{
  g_autofree char *date = osc_sales_range_print (day);

  return g_hash_table_lookup (days->now, date);
}

/* (nullable): as many weeks before; of a day that is not over, none. */
static const OscSalesRow *
row_before (const Days *days, const GDate *day)
{
  GDate other = *day;

  if (days->until != NULL && g_date_compare (day, &days->range->to) == 0)
    return NULL;
  g_date_subtract_days (&other, (guint)osc_sales_range_weeks (days->range) * WEEK);
  g_autofree char *date = osc_sales_range_print (&other);
  return g_hash_table_lookup (days->then, date);
}

static void
fill_days (OscSeries *series, const Days *days)
{
  const OscSalesRange *range = days->range;

  for (GDate day = range->from; g_date_compare (&day, &range->to) <= 0; g_date_add_days (&day, 1))
    add_day (series, &day, row_of (days, &day), row_before (days, &day));
  mark_days (series, range);
}

/* What the days of a week come to. */
typedef struct {
  gint64 sales;
  int days; /* on which something was sold */
} Sum;

static void
add_to (Sum *sum, const OscSalesRow *row)
{
  sum->sales += row != NULL ? row->sales : 0;
  sum->days += row != NULL && row->count > 0;
}

static gint64
mean_of (const Sum *sum)
{
  return sum->days > 0 ? (sum->sales + sum->days / 2) / sum->days : 0;
}

/* The Sunday after @day, or the last day of the range. */
static GDate
end_of_week (const GDate *day, const GDate *last)
{
  GDate end = *day;

  g_date_add_days (&end, (guint)(WEEK - (int)g_date_get_weekday (day)));
  return g_date_compare (&end, last) > 0 ? *last : end;
}

static void
add_week (OscSeries *series, const Days *days, const GDate *from, const GDate *to)
{
  g_autofree char *date = osc_sales_range_print (from);
  Sum now = {0};
  Sum then = {0};
  GDate month = *from; /* its label: the first day of a month, if there is one */
  gboolean tick = FALSE;

  for (GDate day = *from; g_date_compare (&day, to) <= 0; g_date_add_days (&day, 1)) {
    gboolean going_on = days->until != NULL && g_date_compare (&day, &days->range->to) == 0;

    /* A day that goes on would pull its week down; it stands alone until there is another. */
    if (!going_on || now.days == 0)
      add_to (&now, row_of (days, &day));
    add_to (&then, row_before (days, &day));
    if (g_date_get_day (&day) == 1) {
      month = day;
      tick = TRUE;
    }
  }
  OscMark *mark =
      osc_series_add (series, g_strdup_printf (_ ("%1$d/%2$d"), g_date_get_month (&month),
                                               g_date_get_day (&month)));
  mark->key = key_of ("week", date);
  mark->tick = tick;
  mark->gap = now.days == 0;
  mark->value = mean_of (&now);
  mark->compared = then.days > 0;
  mark->against = mean_of (&then);
  if (!mark->gap)
    mark->words = osc_sales_words_week (from, to, mark->value, now.days);
}

static void
fill_weeks (OscSeries *series, const Days *days)
{
  GDate end;

  for (GDate day = days->range->from; g_date_compare (&day, &days->range->to) <= 0; day = end) {
    end = end_of_week (&day, &days->range->to);
    add_week (series, days, &day, &end);
    g_date_add_days (&end, 1);
  }
  mark_last (series);
}

gboolean
osc_sales_series_is_weekly (const OscSalesRange *range)
{
  return osc_sales_range_days (range) > DAILY_MOST;
}

OscSeries *
osc_sales_series_days (const OscSalesFigures *figures,
                       const OscSalesRange *range,
                       const char *until)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  g_autoptr (GHashTable) now = by_key (figures, OSC_SALES_DAYS);
  g_autoptr (GHashTable) then = by_key (figures, OSC_SALES_AGAINST_DAYS);
  Days days = {range, now, then, until};

  if (osc_sales_series_is_weekly (range))
    fill_weeks (series, &days);
  else
    fill_days (series, &days);
  return series;
}

/* ---- rows ---- */

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  const OscSalesRow *one = *(const OscSalesRow *const *)a;
  const OscSalesRow *other = *(const OscSalesRow *const *)b;

  return (other->count > one->count) - (other->count < one->count);
}

/* (transfer container): the rows of @list, as they come or by count. */
static GPtrArray *
sorted (const OscSalesFigures *figures, OscSalesList list, gboolean by_count, guint most)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < osc_sales_figures_n (figures, list); i++)
    g_ptr_array_add (rows, (gpointer)osc_sales_figures_row (figures, list, i));
  if (by_count)
    g_ptr_array_sort (rows, compare_counts);
  if (rows->len > most)
    g_ptr_array_set_size (rows, (int)most);
  return rows;
}

static OscMark *
add_row (OscSeries *series, const char *kind, const OscSalesRow *row, const char *label)
{
  OscMark *mark = osc_series_add (series, g_strdup (label));

  mark->key = key_of (kind, row->key != NULL ? row->key : "");
  mark->value = row->sales;
  return mark;
}

OscSeries *
osc_sales_series_items (const OscSalesFigures *figures, gboolean by_count, guint most)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  g_autoptr (GPtrArray) rows = sorted (figures, OSC_SALES_ITEMS, by_count, most);

  for (guint i = 0; i < rows->len; i++) {
    const OscSalesRow *row = g_ptr_array_index (rows, i);
    OscMark *mark = add_row (series, "item", row, row->name);
    g_autofree char *money = osc_words_money (row->sales);

    mark->value = by_count ? row->count : row->sales;
    mark->text = osc_sales_words_pieces (row->count);
    mark->extra = osy_money_format (row->sales);
    mark->words = g_strdup_printf ("%s %s · %s", row->name, mark->text, money);
  }
  return series;
}

/* What each row of a list has of all sales. */
typedef struct {
  OscSalesList list;
  const char *kind;
  const char *(*label) (const char *key);
  const char *(*icon) (const char *key); /* nullable */
  gboolean orders;                       /* counts orders, not payments */
} Shares;

static OscSeries *
make_shares (const OscSalesFigures *figures, const Shares *shares)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  gint64 all = osc_sales_figures_sum (figures, shares->list);

  for (guint i = 0; i < osc_sales_figures_n (figures, shares->list); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, shares->list, i);
    OscMark *mark = add_row (series, shares->kind, row, shares->label (row->key));
    g_autofree char *money = osc_words_money (row->sales);

    mark->icon = shares->icon != NULL ? g_strdup (shares->icon (row->key)) : NULL;
    mark->text = osc_sales_words_share (row->sales, all);
    mark->words = shares->orders ? say (mark->label, row->sales, row->count, NULL, 0)
                                 : g_strdup_printf ("%s %s · %s", mark->label, money, mark->text);
  }
  return series;
}

OscSeries *
osc_sales_series_channels (const OscSalesFigures *figures)
{
  OscSeries *series =
      make_shares (figures, &(Shares){OSC_SALES_CHANNELS, "channel", osc_words_channel,
                                      osc_words_channel_icon, TRUE});

  for (guint i = 0; i < osc_series_n (series); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_CHANNELS, i);
    OscMark *mark = osc_series_mark (series, i);
    g_autofree char *said = g_strdup (mark->words);
    g_autofree char *fee = osc_words_money (row->other);

    if (row->other <= 0)
      continue;
    g_free (mark->words);
    mark->words = g_strdup_printf (_ ("%s · fee %s"), said, fee);
  }
  return series;
}

OscSeries *
osc_sales_series_types (const OscSalesFigures *figures)
{
  return make_shares (
      figures, &(Shares){OSC_SALES_TYPES, "type", osc_words_type, osc_words_type_icon, TRUE});
}

OscSeries *
osc_sales_series_tenders (const OscSalesFigures *figures)
{
  OscSeries *series = make_shares (
      figures, &(Shares){OSC_SALES_TENDERS, "tender", osc_sales_words_tender, NULL, FALSE});

  for (guint i = 0; i < osc_series_n (series); i++)
    osc_series_mark (series, i)->extra =
        osy_money_format (osc_sales_figures_row (figures, OSC_SALES_TENDERS, i)->sales);
  return series;
}

OscSeries *
osc_sales_series_options (const OscSalesFigures *figures, guint most)
{
  OscSeries *series = osc_series_new (OSC_UNIT_COUNT);
  g_autoptr (GPtrArray) rows = sorted (figures, OSC_SALES_OPTIONS, TRUE, most);

  for (guint i = 0; i < rows->len; i++) {
    const OscSalesRow *row = g_ptr_array_index (rows, i);
    OscMark *mark = add_row (series, "option", row, row->name);
    g_autofree char *key = g_steal_pointer (&mark->key);

    /* The same option goes with several dishes. */
    mark->key = key_of (key, row->within != NULL ? row->within : "");
    mark->value = row->count;
    mark->text = osc_sales_words_share (row->count, row->other);
    mark->extra = osc_sales_words_pieces (row->count);
    /* Translators: an option, how often it was taken, and with what share of its dish */
    mark->words =
        g_strdup_printf (_ ("%s %s · with %s of its dish"), mark->label, mark->extra, mark->text);
  }
  return series;
}

OscSeries *
osc_sales_series_sold_out (const OscSalesFigures *figures, guint most)
{
  OscSeries *series = osc_series_new (OSC_UNIT_COUNT);
  g_autoptr (GPtrArray) rows = sorted (figures, OSC_SALES_SOLD_OUT, TRUE, most);

  for (guint i = 0; i < rows->len; i++) {
    const OscSalesRow *row = g_ptr_array_index (rows, i);
    OscMark *mark = add_row (series, "stop", row, row->name);

    mark->value = row->count;
    mark->text = osc_words_minutes ((int)row->count);
    mark->words = g_strdup_printf ("%s %s", mark->label, mark->text);
  }
  return series;
}

/* The daemon counts by minutes; few bars say more. */
OscSeries *
osc_sales_series_prep (const OscSalesFigures *figures)
{
  OscSeries *series = osc_series_new (OSC_UNIT_COUNT);
  gint64 orders[PREP_MINUTES / PREP_STEP + 1] = {0};
  int first = G_N_ELEMENTS (orders);
  int last = -1;

  for (guint i = 0; i < osc_sales_figures_n (figures, OSC_SALES_PREP); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_PREP, i);
    int step = (int)CLAMP (row->at / MINUTE, 0, PREP_MINUTES) / PREP_STEP;

    orders[step] += row->count;
    first = MIN (first, step);
    last = MAX (last, step);
  }
  for (int i = first; i <= last; i++) {
    OscMark *mark = osc_series_add (series, osc_words_minutes (i * PREP_STEP));
    g_autofree char *count = osc_sales_words_count (orders[i]);

    mark->key = g_strdup_printf ("prep/%d", i);
    mark->value = orders[i];
    mark->tick = TRUE;
    /* Translators: a time of preparation, "10 min", and how many orders took so long */
    mark->words = g_strdup_printf (_ ("From %s: %s"), mark->label, count);
  }
  return series;
}

/* ---- the grid ---- */

/* The hours that have any, as one run from the first to the last; FALSE: none has. */
static gboolean
find_hours (const OscSalesFigures *figures, int *first, int *last)
{
  gboolean has[HOURS] = {FALSE};
  int best = 0;
  int run = 0;

  for (guint i = 0; i < osc_sales_figures_n (figures, OSC_SALES_HEAT); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_HEAT, i);
    if (row->at >= 0 && row->at < HOURS)
      has[row->at] = TRUE;
  }
  /* The day of a shop may go past midnight: it begins after the longest time without orders. */
  *first = -1;
  for (int i = 0; i < 2 * HOURS; i++) {
    run = has[i % HOURS] ? 0 : run + 1;
    if (run > best && has[(i + 1) % HOURS]) {
      best = run;
      *first = (i + 1) % HOURS;
    }
  }
  if (*first < 0 && has[0])
    *first = 0;
  *last = *first + HOURS - 1 - MIN (best, HOURS - 1);
  return *first >= 0;
}

/* What the cells of a grid are counted by. */
typedef struct {
  const OscSalesRow *cells[WEEK + 1][HOURS]; /* (nullable): by weekday from 1 on and hour */
  int days[WEEK + 1];                        /* on which something was sold, by weekday */
  int first;                                 /* hour of the day of the shop */
  int going_on;                              /* the weekday of a day that is not over; 0: none */
  int now;                                   /* its hours so far, counted from @first */
} Grid;

/* Four Mondays and five Tuesdays are compared by what one of them sold. Of a day that goes on the
 * hours that lie ahead are not counted. */
static int
days_of (const Grid *grid, int weekday, int hour)
{
  gboolean ahead = weekday == grid->going_on && (hour - grid->first + HOURS) % HOURS > grid->now;

  return MAX (grid->days[weekday] - (ahead ? 1 : 0), 1);
}

static void
read_grid (Grid *grid, const OscSalesFigures *figures, const GDate *to, const char *until)
{
  GDate day;

  for (guint i = 0; i < osc_sales_figures_n (figures, OSC_SALES_HEAT); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_HEAT, i);

    if (row->count > 0 && row->weekday >= 1 && row->weekday <= WEEK && row->at >= 0 &&
        row->at < HOURS)
      grid->cells[row->weekday][row->at] = row;
  }
  for (guint i = 0; i < osc_sales_figures_n (figures, OSC_SALES_DAYS); i++) {
    const OscSalesRow *row = osc_sales_figures_row (figures, OSC_SALES_DAYS, i);

    if (row->count > 0 && osc_sales_range_read (row->key, &day)) {
      grid->days[g_date_get_weekday (&day)]++;
      if (until != NULL && g_date_compare (&day, to) == 0) {
        grid->going_on = (int)g_date_get_weekday (&day);
        grid->now = (atoi (until) - grid->first + HOURS) % HOURS;
      }
    }
  }
}

static void
add_cell (OscSeries *series, const Grid *grid, int weekday, int hour)
{
  const OscSalesRow *row = grid->cells[weekday][hour];
  int days = days_of (grid, weekday, hour);
  OscMark *mark = osc_series_add (series, g_strdup_printf ("%d", hour));

  mark->key = g_strdup_printf ("cell/%d/%d", weekday, hour);
  mark->gap = row == NULL && grid->days[weekday] == 0;
  mark->value = row != NULL ? (row->sales + days / 2) / days : 0;
  mark->words = osc_sales_words_cell (weekday, hour, mark->value, days);
}

OscSeries *
osc_sales_series_heat (const OscSalesFigures *figures,
                       int weekday,
                       const GDate *to,
                       const char *until)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  Grid grid = {0};
  int last;

  if (!find_hours (figures, &grid.first, &last))
    return series;
  read_grid (&grid, figures, to, until);
  series->columns = (guint)(last - grid.first + 1);
  series->chosen_row = weekday - 1;
  series->rows = g_new0 (char *, WEEK + 1);
  for (int day = 1; day <= WEEK; day++) {
    series->rows[day - 1] = g_strdup (osc_words_weekday (day));
    for (int hour = grid.first; hour <= last; hour++)
      add_cell (series, &grid, day, hour % HOURS);
  }
  return series;
}

/* ---- back to the orders ---- */

gboolean
osc_sales_series_query (const char *key, OscSalesQuery *query)
{
  const char *rest = key != NULL ? strchr (key, '/') : NULL;

  if (rest == NULL)
    return FALSE;
  rest++;
  if (g_str_has_prefix (key, "hour/"))
    query->hour = atoi (rest);
  else if (g_str_has_prefix (key, "channel/"))
    query->channel = rest;
  else if (g_str_has_prefix (key, "type/"))
    query->type = rest;
  else if (g_str_has_prefix (key, "tender/"))
    query->tender = rest;
  else if (g_str_has_prefix (key, "item/"))
    query->item_id = rest;
  else if (g_str_has_prefix (key, "cell/"))
    return sscanf (rest, "%d/%d", &query->weekday, &query->hour) == 2;
  else if (g_str_has_prefix (key, "week/") && osc_sales_range_read (rest, &query->from))
    query->to = end_of_week (&query->from, &query->to);
  else if (g_str_has_prefix (key, "day/") && osc_sales_range_read (rest, &query->from))
    query->to = query->from;
  else
    return FALSE;
  return TRUE;
}
