/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From figures to marks: what is compared is alike, every mark is known by its key, and a key leads
 * to its orders. */

#include <string.h>

#include "osc-sales-series.h"
#include "osy-json.h"

static OscSalesFigures *
read_figures (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"totals\":{\"sales\":1},%s}", members);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), &error);
  OscSalesFigures *figures;

  g_assert_no_error (error);
  figures = osc_sales_figures_read (node);
  g_assert_nonnull (figures);
  return figures;
}

static gint64
value_of (OscSeries *series, const char *key)
{
  int index = osc_series_find (series, key);

  return index >= 0 ? osc_series_mark (series, (guint)index)->value : -1;
}

#define DAY(d) "{\"day\":\"2026-11-" d "\",\"sales\":1000,\"orders\":2}"
/* Its only order was cancelled. */
#define CANCELLED(d) "{\"day\":\"2026-11-" d "\",\"sales\":0,\"orders\":0}"
#define CELL(w, h, s) "{\"weekday\":" w ",\"hour\":" h ",\"sales\":" s ",\"orders\":4}"

/* Two Mondays (9, 16) and three Saturdays (7, 14, 21) that sold alike look alike. */
static const char grid[] =
    "\"days\":[" DAY ("07") "," DAY ("09") "," DAY ("14") "," DAY ("16") "," DAY (
        "21") "],"
              "\"heat\":[" CELL ("1", "11", "20000") "," CELL ("1", "19", "20000") "," CELL (
                  "6",
                  "11",
                  "30000") "," CELL ("6", "19", "20000") "]";

static void
test_heat (void)
{
  g_autoptr (OscSalesFigures) figures = read_figures (grid);
  g_autoptr (OscSeries) whole = NULL;
  g_autoptr (OscSeries) open = NULL;
  GDate to;

  osc_sales_range_read ("2026-11-21", &to);
  whole = osc_sales_series_heat (figures, 6, &to, NULL);
  g_assert_cmpint (value_of (whole, "cell/1/11"), ==, 10000);
  g_assert_cmpint (value_of (whole, "cell/6/11"), ==, 10000);
  g_assert_cmpint (value_of (whole, "cell/6/19"), ==, 6667);
  g_assert_cmpint (value_of (whole, "cell/1/12"), ==, 0);
  g_assert_cmpint (value_of (whole, "cell/2/12"), ==, -1); /* never open on Tuesdays */
  g_assert_cmpint (whole->chosen_row, ==, 5);
  g_assert_nonnull (
      strstr (osc_series_mark (whole, (guint)osc_series_find (whole, "cell/1/11"))->words, "2 "));

  /* This Saturday has not come to its evening yet. */
  open = osc_sales_series_heat (figures, 0, &to, "12:24");
  g_assert_cmpint (value_of (open, "cell/6/11"), ==, 10000);
  g_assert_cmpint (value_of (open, "cell/6/19"), ==, 10000);
  g_assert_cmpint (value_of (open, "cell/1/19"), ==, 10000);
}

static void
test_night (void)
{
  /* A bar from six in the evening to two at night; it is one o'clock. */
  g_autoptr (OscSalesFigures) figures =
      read_figures ("\"days\":[" DAY ("14") "," DAY ("21") "],\"heat\":[" CELL (
          "6", "18", "20000") "," CELL ("6", "0", "20000") "," CELL ("6", "1", "20000") "]");
  g_autoptr (OscSeries) series = NULL;
  GDate to;

  osc_sales_range_read ("2026-11-21", &to);
  series = osc_sales_series_heat (figures, 0, &to, "00:30");
  g_assert_cmpint (value_of (series, "cell/6/18"), ==, 10000);
  g_assert_cmpint (value_of (series, "cell/6/0"), ==, 10000);
  g_assert_cmpint (value_of (series, "cell/6/1"), ==, 20000);
}

static void
test_hours (void)
{
  static const char hours[] = "\"hours\":[{\"hour\":22,\"sales\":5000,\"orders\":1,"
                              "\"against_sales\":0,\"against_orders\":0},"
                              "{\"hour\":1,\"sales\":9000,\"orders\":1}]";
  g_autofree char *some = g_strconcat ("\"against_totals\":{\"orders\":3},", hours, NULL);
  g_autofree char *none = g_strconcat ("\"against_totals\":{\"orders\":0},", hours, NULL);
  g_autoptr (OscSalesFigures) figures = read_figures (some);
  g_autoptr (OscSalesFigures) alone = read_figures (none);
  g_autoptr (OscSeries) series = osc_sales_series_hours (figures, "before");
  g_autoptr (OscSeries) first = osc_sales_series_hours (alone, "before");

  g_assert_cmpuint (osc_series_n (series), ==, 4); /* over midnight, those between are there */
  g_assert_cmpint (value_of (series, "hour/0"), ==, 0);
  g_assert_nonnull (osc_series_mark (series, 3)->text); /* the peak */
  g_assert_true (osc_series_mark (series, 0)->compared);
  /* With a day on which nothing was sold there is nothing to compare. */
  g_assert_false (osc_series_mark (first, 0)->compared);
  g_assert_null (strstr (osc_series_mark (first, 0)->words, "before"));
}

/* A day of which every order was cancelled is no open day of its weekday, over or not. */
static void
test_cancelled (void)
{
  static const char cells[] =
      "\"heat\":[" CELL ("1", "11", "20000") "," CELL ("6", "11", "20000") "," CELL (
          "6", "19", "20000") ",{\"weekday\":2,\"hour\":11,\"sales\":0,\"orders\":0}]";
  g_autofree char *members =
      g_strconcat ("\"days\":[" DAY ("07") "," DAY ("09") "," DAY ("14") "," CANCELLED (
                       "16") "," CANCELLED ("17") "," CANCELLED ("21") "],",
                   cells, NULL);
  g_autoptr (OscSalesFigures) figures = read_figures (members);
  g_autoptr (OscSeries) over = NULL;
  g_autoptr (OscSeries) open = NULL;
  GDate to;

  osc_sales_range_read ("2026-11-21", &to);
  over = osc_sales_series_heat (figures, 0, &to, NULL);
  g_assert_cmpint (value_of (over, "cell/1/11"), ==, 20000);
  g_assert_cmpint (value_of (over, "cell/6/11"), ==, 10000);
  g_assert_cmpint (value_of (over, "cell/2/11"), ==, -1); /* never open on Tuesdays */
  /* It is not counted, so nothing of it lies ahead. */
  open = osc_sales_series_heat (figures, 0, &to, "12:24");
  g_assert_cmpint (value_of (open, "cell/6/19"), ==, 10000);
}

/* Every chart of shares is made in the same way; each row has a key of its own. */
static void
test_rows (void)
{
  g_autoptr (OscSalesFigures) figures = read_figures (
      "\"types\":[{\"type\":\"DINE_IN\",\"sales\":750,\"orders\":5},"
      "{\"type\":\"TAKEOUT\",\"sales\":250,\"orders\":2}],"
      "\"channels\":[{\"channel\":\"PLATFORM\",\"sales\":500,\"orders\":1,\"fee\":70},"
      "{\"channel\":\"QR\",\"sales\":500,\"orders\":1}],"
      "\"tenders\":[{\"tender\":\"CASH\",\"amount\":1000,\"count\":3}],"
      "\"options\":[{\"option_id\":\"o1\",\"name\":\"a\",\"item_id\":\"i1\",\"count\":9,\"of\":10},"
      "{\"option_id\":\"o1\",\"name\":\"a\",\"item_id\":\"i2\",\"count\":2,\"of\":10}],"
      "\"sold_out\":[{\"item_id\":\"i1\",\"name\":\"b\",\"minutes\":35}],"
      "\"prep\":[{\"from_seconds\":600,\"orders\":4},{\"from_seconds\":660,\"orders\":3}]");
  g_autoptr (OscSeries) types = osc_sales_series_types (figures);
  g_autoptr (OscSeries) channels = osc_sales_series_channels (figures);
  g_autoptr (OscSeries) tenders = osc_sales_series_tenders (figures);
  g_autoptr (OscSeries) options = osc_sales_series_options (figures, 10);
  g_autoptr (OscSeries) sold_out = osc_sales_series_sold_out (figures, 10);
  g_autoptr (OscSeries) prep = osc_sales_series_prep (figures);

  g_assert_cmpint (value_of (types, "type/TAKEOUT"), ==, 250);
  g_assert_cmpstr (osc_series_mark (types, 0)->text, ==, "75%");
  g_assert_nonnull (osc_series_mark (types, 0)->icon);
  g_assert_nonnull (strstr (osc_series_mark (channels, 0)->words, "70"));
  g_assert_null (strstr (osc_series_mark (channels, 1)->words, "fee"));
  g_assert_cmpstr (osc_series_mark (tenders, 0)->extra, ==, "1,000");
  g_assert_cmpint (value_of (options, "option/o1/i1"), ==, 9);
  g_assert_cmpint (value_of (options, "option/o1/i2"), ==, 2);
  g_assert_cmpint (value_of (sold_out, "stop/i1"), ==, 35);
  g_assert_cmpint (value_of (prep, "prep/5"), ==, 7);
}

/* Today is not over: it is compared with no whole day. */
static void
test_days (void)
{
  g_autoptr (OscSalesFigures) figures = read_figures (
      "\"days\":[" DAY ("20") "," DAY ("21") "],\"against_days\":[" DAY ("13") "," DAY ("14") "]");
  OscSalesRange range = {.span = OSC_SPAN_FREE};
  g_autoptr (OscSeries) over = NULL;
  g_autoptr (OscSeries) open = NULL;

  osc_sales_range_read ("2026-11-19", &range.from);
  osc_sales_range_read ("2026-11-21", &range.to);
  over = osc_sales_series_days (figures, &range, NULL);
  open = osc_sales_series_days (figures, &range, "12:24");
  g_assert_cmpuint (osc_series_n (over), ==, 3);
  g_assert_true (osc_series_mark (over, 0)->gap);
  g_assert_true (osc_series_mark (over, 2)->compared);
  g_assert_true (osc_series_mark (open, 1)->compared);
  g_assert_false (osc_series_mark (open, 2)->compared);
  g_assert_cmpint (osc_series_mark (open, 2)->value, ==, 1000);
}

/* A year is a line of weeks, each what one of its open days sold; its parts lead to their days. */
static void
test_weeks (void)
{
  g_autoptr (OscSalesFigures) figures =
      read_figures ("\"days\":[" DAY ("17") "," DAY ("18") "," DAY ("21") "]");
  OscSalesRange range = {.span = OSC_SPAN_FREE};
  OscSalesQuery query = {.hour = -1};
  g_autoptr (OscSeries) series = NULL;
  g_autoptr (OscSeries) open = NULL;
  const OscMark *mark;

  osc_sales_range_read ("2025-11-22", &range.from); /* a Saturday, as is the last */
  osc_sales_range_read ("2026-11-21", &range.to);
  series = osc_sales_series_days (figures, &range, NULL);
  g_assert_cmpuint (osc_series_n (series), ==, 53);
  g_assert_cmpint (value_of (series, "week/2026-11-16"), ==, 1000);
  g_assert_cmpint (value_of (series, "week/2026-11-09"), ==, -1);
  /* Saturday is not over: the week is what its other days were. */
  open = osc_sales_series_days (figures, &range, "12:24");
  mark = osc_series_mark (open, 52);
  g_assert_cmpint (mark->value, ==, 1000);
  g_assert_nonnull (strstr (mark->words, "2 open days"));
  g_assert_cmpstr (osc_series_mark (series, 0)->key, ==, "week/2025-11-22");
  query.from = range.from;
  query.to = range.to;
  g_assert_true (osc_sales_series_query ("week/2025-11-22", &query));
  g_assert_cmpint (g_date_days_between (&query.from, &query.to), ==, 1);
  query.to = range.to;
  g_assert_true (osc_sales_series_query ("week/2026-11-16", &query));
  g_assert_cmpint (g_date_compare (&query.to, &range.to), ==, 0);
}

/* A day of which every order was cancelled does not pull its week down, now or before. */
static void
test_cancelled_week (void)
{
  g_autoptr (OscSalesFigures) figures =
      read_figures ("\"days\":[" CANCELLED ("10") "," DAY ("17") "," CANCELLED (
          "18") "],"
                "\"against_days\":[{\"day\":\"2025-11-10\",\"sales\":800,\"orders\":1},"
                "{\"day\":\"2025-11-11\",\"sales\":0,\"orders\":0}]");
  OscSalesRange range = {.span = OSC_SPAN_FREE};
  g_autoptr (OscSeries) series = NULL;
  const OscMark *mark;

  osc_sales_range_read ("2025-11-22", &range.from);
  osc_sales_range_read ("2026-11-21", &range.to);
  series = osc_sales_series_days (figures, &range, NULL);
  mark = osc_series_mark (series, 52);
  g_assert_cmpint (mark->value, ==, 1000);
  g_assert_nonnull (strstr (mark->words, "1 open day"));
  g_assert_cmpint (mark->against, ==, 800);
  g_assert_true (osc_series_mark (series, 51)->gap); /* nothing else that week */
}

static void
test_query (void)
{
  OscSalesQuery query = {.hour = -1};

  g_assert_true (osc_sales_series_query ("type/TAKEOUT", &query));
  g_assert_cmpstr (query.type, ==, "TAKEOUT");
  g_assert_true (osc_sales_series_query ("cell/6/12", &query));
  g_assert_cmpint (query.weekday, ==, 6);
  g_assert_cmpint (query.hour, ==, 12);
  g_assert_true (osc_sales_series_query ("day/2026-11-20", &query));
  g_assert_cmpint (g_date_get_day (&query.to), ==, 20);
  g_assert_false (osc_sales_series_query ("option/o1/i1", &query));
  g_assert_false (osc_sales_series_query ("stop/i1", &query));
  g_assert_false (osc_sales_series_query (NULL, &query));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sales/series/heat", test_heat);
  g_test_add_func ("/sales/series/night", test_night);
  g_test_add_func ("/sales/series/hours", test_hours);
  g_test_add_func ("/sales/series/cancelled", test_cancelled);
  g_test_add_func ("/sales/series/cancelled-week", test_cancelled_week);
  g_test_add_func ("/sales/series/rows", test_rows);
  g_test_add_func ("/sales/series/days", test_days);
  g_test_add_func ("/sales/series/weeks", test_weeks);
  g_test_add_func ("/sales/series/query", test_query);
  return g_test_run ();
}
