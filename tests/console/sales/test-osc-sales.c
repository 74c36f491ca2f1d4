/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The figures of a range without a screen: which days are meant and what they are compared with,
 * what is asked of the daemon, how its answer is read, what stays when it cannot be read anew. */

#include <string.h>

#include "osc-sales-store.h"
#include "osy-json.h"
#include "osy-order.h"

#define PATH "/api/v1/restaurants/me/analytics"

/* As the daemon answers, with one member of each list. */
static const char recorded[] =
    "{\"from\":\"2026-11-21\",\"to\":\"2026-11-21\",\"against\":\"2026-11-14\",\"until\":null,"
    "\"today\":\"2026-11-21\",\"open\":false,\"as_of\":\"2026-11-21T12:39:00Z\","
    "\"totals\":{\"sales\":1285000,\"orders\":96,\"guests\":171,\"average\":13385,"
    "\"taken\":1285000,\"refunds\":22500,\"refund_count\":2,\"voids\":9000,\"comps\":4500,"
    "\"discounts\":12000,"
    "\"canceled\":3,\"placed\":99,\"prep_seconds\":65280,\"prep_orders\":96,\"late_orders\":4,"
    "\"fees\":53600,\"net\":1208900,\"tax_free\":0},"
    "\"against_totals\":{\"sales\":1187000,\"orders\":91},"
    "\"hours\":[{\"hour\":12,\"sales\":246000,\"orders\":18,\"against_sales\":212000,"
    "\"against_orders\":16}],"
    "\"days\":[{\"day\":\"2026-11-21\",\"sales\":1285000,\"orders\":96,\"guests\":171}],"
    "\"against_days\":[{\"day\":\"2026-11-14\",\"sales\":1187000,\"orders\":91,\"guests\":160}],"
    "\"channels\":[{\"channel\":\"PLATFORM\",\"sales\":270000,\"orders\":20,\"fee\":53600}],"
    "\"types\":[{\"type\":\"DINE_IN\",\"sales\":700000,\"orders\":50}],"
    "\"tenders\":[{\"tender\":\"CARD\",\"amount\":900000,\"count\":70}],"
    "\"items\":[{\"item_id\":\"i1\",\"name\":\"떡볶이\",\"quantity\":41,\"sales\":184500},"
    "{\"item_id\":\"i2\",\"name\":\"돈까스\",\"quantity\":17,\"sales\":153000}],"
    "\"heat\":[{\"weekday\":6,\"hour\":12,\"sales\":246000,\"orders\":18,\"days\":2}],"
    "\"options\":[{\"option_id\":\"o1\",\"name\":\"치즈 추가\",\"item_id\":\"i1\",\"count\":12,"
    "\"of\":41}],"
    "\"sold_out\":[{\"item_id\":\"i2\",\"name\":\"돈까스\",\"minutes\":35}],"
    "\"prep\":[{\"from_seconds\":600,\"orders\":40}]}";

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return node;
}

static GDate
day (const char *text)
{
  GDate date;

  g_assert_true (osc_sales_range_read (text, &date));
  return date;
}

static void
assert_range (const OscSalesRange *range, const char *expected)
{
  g_autofree char *from = osc_sales_range_print (&range->from);
  g_autofree char *to = osc_sales_range_print (&range->to);
  g_autofree char *text = g_strdup_printf ("%s %s %d", from, to, osc_sales_range_weeks (range));

  g_assert_cmpstr (text, ==, expected);
}

/* ---- which days ---- */

static void
test_set (void)
{
  GDate today = day ("2026-11-21"); /* a Saturday */
  GDate next = day ("2026-12-05");
  OscSalesRange range;

  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  assert_range (&range, "2026-11-21 2026-11-21 1");
  osc_sales_range_set (&range, OSC_SPAN_WEEK, &today, &today);
  assert_range (&range, "2026-11-16 2026-11-21 1");
  g_assert_true (osc_sales_range_is (&range, OSC_SPAN_WEEK, &today, &today));
  g_assert_false (osc_sales_range_is (&range, OSC_SPAN_DAY, &today, &today));
  osc_sales_range_set (&range, OSC_SPAN_MONTH, &today, &today);
  assert_range (&range, "2026-11-01 2026-11-21 4");
  osc_sales_range_set (&range, OSC_SPAN_DAY, &next, &today);
  assert_range (&range, "2026-11-21 2026-11-21 1");
}

static void
test_step (void)
{
  GDate today = day ("2026-11-21");
  OscSalesRange range;

  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  g_assert_false (osc_sales_range_step (&range, 1, &today));
  assert_range (&range, "2026-11-21 2026-11-21 1");
  g_assert_true (osc_sales_range_step (&range, -1, &today));
  assert_range (&range, "2026-11-20 2026-11-20 1");
  osc_sales_range_set (&range, OSC_SPAN_WEEK, &today, &today);
  g_assert_true (osc_sales_range_step (&range, -1, &today));
  assert_range (&range, "2026-11-09 2026-11-15 1");
  g_assert_true (osc_sales_range_step (&range, 1, &today));
  assert_range (&range, "2026-11-16 2026-11-21 1");
  osc_sales_range_set (&range, OSC_SPAN_MONTH, &today, &today);
  g_assert_true (osc_sales_range_step (&range, -1, &today));
  assert_range (&range, "2026-10-01 2026-10-31 5");
  for (int i = 0; i < 8; i++)
    g_assert_true (osc_sales_range_step (&range, -1, &today));
  assert_range (&range, "2026-02-01 2026-02-28 4");
}

static void
test_free (void)
{
  GDate today = day ("2026-11-21");
  GDate one = day ("2026-11-10");
  GDate other = day ("2026-11-01");
  GDate old = day ("2020-01-01");
  GDate none;
  OscSalesRange range;

  osc_sales_range_set_free (&range, &one, &other, &today);
  assert_range (&range, "2026-11-01 2026-11-10 2");
  g_assert_true (osc_sales_range_step (&range, 1, &today));
  assert_range (&range, "2026-11-11 2026-11-20 2");
  osc_sales_range_set_free (&range, &old, &today, &today);
  g_assert_cmpint (osc_sales_range_days (&range), ==, OSC_SALES_DAYS_MOST);
  osc_sales_range_set_free (&range, &today, &today, &today);
  g_assert_cmpint (range.span, ==, OSC_SPAN_DAY);
  g_assert_false (osc_sales_range_read ("2026-02-30", &none));
  g_assert_false (osc_sales_range_read ("2026-2-3", &none));
  g_assert_false (osc_sales_range_read ("2026-11-21x", &none));
  g_assert_false (osc_sales_range_read (NULL, &none));
}

/* ---- the answer ---- */

static void
test_read (void)
{
  g_autoptr (JsonNode) node = parse (recorded);
  g_autoptr (OscSalesFigures) figures = osc_sales_figures_read (node);
  g_autoptr (JsonNode) wrong = parse ("{\"totals\":[],\"hours\":{}}");
  g_autoptr (JsonNode) bare = parse ("{\"totals\":{\"sales\":\"12\"},\"hours\":[7,{}]}");
  g_autoptr (OscSalesFigures) little = osc_sales_figures_read (bare);
  const OscSalesRow *row;

  g_assert_nonnull (figures);
  g_assert_cmpint (figures->totals.sales, ==, 1285000);
  g_assert_cmpint (figures->totals.tax_free, ==, 0);
  g_assert_cmpint (figures->totals.net, ==, 1208900);
  g_assert_true (figures->compared);
  g_assert_cmpint (figures->against.orders, ==, 91);
  for (int i = 0; i < OSC_N_SALES_LISTS; i++)
    g_assert_cmpuint (osc_sales_figures_n (figures, i), ==, i == OSC_SALES_ITEMS ? 2 : 1);
  row = osc_sales_figures_row (figures, OSC_SALES_HOURS, 0);
  g_assert_cmpint (row->at, ==, 12);
  g_assert_cmpint (row->against_sales, ==, 212000);
  g_assert_cmpint (osc_sales_figures_row (figures, OSC_SALES_HEAT, 0)->weekday, ==, 6);
  g_assert_cmpint (osc_sales_figures_row (figures, OSC_SALES_PREP, 0)->at, ==, 600);
  row = osc_sales_figures_find (figures, OSC_SALES_CHANNELS, "PLATFORM");
  g_assert_cmpint (row->other, ==, 53600);
  g_assert_null (osc_sales_figures_find (figures, OSC_SALES_CHANNELS, "QR"));
  g_assert_cmpint (osc_sales_figures_sum (figures, OSC_SALES_ITEMS), ==, 337500);
  g_assert_null (osc_sales_figures_read (wrong));
  g_assert_null (osc_sales_figures_read (NULL));
  g_assert_cmpint (little->totals.sales, ==, 0);
  g_assert_false (little->compared);
  g_assert_cmpuint (osc_sales_figures_n (little, OSC_SALES_HOURS), ==, 1);
}

/* ---- the store ---- */

static void
on_requested (OscSalesStore *store, const char *path, GPtrArray *paths)
{
  g_ptr_array_add (paths, g_strdup (path));
}

static void
test_look (void)
{
  g_autoptr (OscSalesStore) store = osc_sales_store_new (NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = parse (recorded);
  GDate today = day ("2026-11-21");
  OscSalesRange range;

  g_signal_connect (store, "requested", G_CALLBACK (on_requested), paths);
  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  osc_sales_store_look (store, &range, "12:24");
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (paths, 0), ==,
                   PATH "?from=2026-11-21&to=2026-11-21&against=2026-11-14&until=12:24");
  g_assert_cmpstr (g_ptr_array_index (paths, 1), ==,
                   PATH "?from=2026-10-23&to=2026-11-21&against=2026-09-18");
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_TREND));
  osc_sales_store_take (store, OSC_SALES_TREND, NULL);
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_TREND));
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_CHOSEN));

  /* What was read stays when it cannot be read again, and is there when one comes back. */
  osc_sales_store_take (store, OSC_SALES_CHOSEN, NULL);
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  g_assert_true (osc_sales_range_step (&range, -1, &today));
  osc_sales_store_look (store, &range, NULL);
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  g_assert_true (osc_sales_range_step (&range, 1, &today));
  osc_sales_store_look (store, &range, "12:25");
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN)); /* still the old ones */
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
}

/* ---- what is in flight ---- */

#define DEADLINE (10 * G_USEC_PER_SEC)

static OscSalesStore *
looking (GPtrArray *paths, const char *to, const char *until)
{
  OscSalesStore *store = osc_sales_store_new (NULL);
  GDate today = day (to);
  OscSalesRange range;

  g_signal_connect (store, "requested", G_CALLBACK (on_requested), paths);
  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  osc_sales_store_watch (store, TRUE);
  osc_sales_store_look (store, &range, until);
  return store;
}

static gboolean
wait_for (GPtrArray *paths, guint n)
{
  gint64 end = g_get_monotonic_time () + DEADLINE;

  while (paths->len < n && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  return paths->len >= n;
}

/* News while an answer is on its way must not throw it away, or none would ever be taken. */
static void
test_steady (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", "12:24");
  g_autoptr (JsonNode) node = parse (recorded);

  g_assert_cmpuint (paths->len, ==, 2);
  for (int i = 0; i < 5; i++) {
    osc_sales_store_note (store);
    osc_sales_store_again (store);
  }
  g_assert_cmpuint (paths->len, ==, 2);
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  g_assert_cmpuint (paths->len, ==, 2); /* not at once */
  gint64 before = g_get_monotonic_time ();
  g_assert_true (wait_for (paths, 3));
  g_assert_cmpint (g_get_monotonic_time () - before, >, G_USEC_PER_SEC / 2);
  g_assert_nonnull (
      strstr (g_ptr_array_index (paths, 2), "until=12:24")); /* the trend still waits */
}

static gint64
seconds_left (OscSalesStore *store)
{
  GSource *source = g_main_context_find_source_by_user_data (NULL, store);

  g_assert_nonnull (source);
  return (g_source_get_ready_time (source) - g_get_monotonic_time ()) / G_USEC_PER_SEC;
}

/* A year is not added up anew for every order. */
static void
test_pace (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", NULL);
  g_autoptr (JsonNode) node = parse (recorded);
  OscSalesRange range;
  GDate today = day ("2026-11-21");
  GDate first = day ("2025-11-22");

  osc_sales_store_note (store);
  g_assert_cmpint (seconds_left (store), <, 5);
  osc_sales_store_watch (store, FALSE);
  osc_sales_range_set_free (&range, &first, &today, &today);
  osc_sales_store_look (store, &range, NULL);
  osc_sales_store_watch (store, TRUE);
  osc_sales_store_note (store);
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_cmpint (seconds_left (store), >, 20);
}

/* After a year, a day is live again at once: it does not wait for the year's turn. */
static void
test_pace_of_next (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", NULL);
  OscSalesRange range;
  OscSalesRange year;
  GDate today = day ("2026-11-21");
  GDate first = day ("2025-11-22");

  osc_sales_range_set_free (&year, &first, &today, &today);
  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  osc_sales_store_look (store, &year, NULL);
  osc_sales_store_note (store);
  g_assert_cmpint (seconds_left (store), >, 20);
  osc_sales_store_look (store, &range, NULL);
  osc_sales_store_note (store);
  g_assert_cmpint (seconds_left (store), <, 5);
  /* Nor is the year asked for at the pace of the day. */
  osc_sales_store_look (store, &year, NULL);
  osc_sales_store_note (store);
  g_assert_cmpint (seconds_left (store), >, 20);
}

/* A minute later the answer on its way still counts, for the time for which it was asked. */
static void
test_until (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", "12:24");
  g_autoptr (JsonNode) node = parse (recorded);

  osc_sales_store_look (store, osc_sales_store_range (store, OSC_SALES_CHOSEN), "12:25");
  g_assert_cmpuint (paths->len, ==, 2);
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_cmpstr (osc_sales_store_until (store), ==, "12:24");
  g_assert_true (wait_for (paths, 3));
  g_assert_nonnull (strstr (g_ptr_array_index (paths, 2), "until=12:25"));
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_cmpstr (osc_sales_store_until (store), ==, "12:25");
}

/* What failed is tried again by itself while somebody looks, and not while nobody does. */
static void
test_retry (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-20", NULL);
  OscSalesRange other;
  GDate day_before = day ("2026-11-19");
  GDate today = day ("2026-11-21");

  osc_sales_store_take (store, OSC_SALES_CHOSEN, NULL);
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  g_assert_true (wait_for (paths, 3));
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN)); /* until there is an answer */
  osc_sales_store_retry (store);
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  osc_sales_store_take (store, OSC_SALES_CHOSEN, NULL);
  osc_sales_store_watch (store, FALSE);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, store));

  /* The failure was of those days, not of others. */
  osc_sales_range_set (&other, OSC_SPAN_DAY, &day_before, &today);
  osc_sales_store_look (store, &other, NULL);
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
}

/* Days that were read and could not be read again say so when one comes back to them. */
static void
test_failed_days (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-20", NULL);
  g_autoptr (JsonNode) node = parse (recorded);
  OscSalesRange range = *osc_sales_store_range (store, OSC_SALES_CHOSEN);
  OscSalesRange other = range;
  GDate today = day ("2026-11-21");

  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  osc_sales_store_take (store, OSC_SALES_CHOSEN, NULL);
  g_assert_true (osc_sales_range_step (&other, -1, &today));
  osc_sales_store_look (store, &other, NULL);
  osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  osc_sales_store_look (store, &range, NULL);
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
}

/* Going through many days leaves what is shown and the newest, not nothing. */
static void
test_room (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", NULL);
  g_autoptr (JsonNode) node = parse (recorded);
  OscSalesRange range = *osc_sales_store_range (store, OSC_SALES_CHOSEN);
  GDate today = day ("2026-11-21");

  for (int i = 0; i < 41; i++) {
    osc_sales_store_take (store, OSC_SALES_CHOSEN, node);
    if (i > 0) /* so that it is full in between, too */
      osc_sales_store_take (store, OSC_SALES_TREND, node);
    g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
    g_assert_true (osc_sales_range_step (&range, -1, &today));
    osc_sales_store_look (store, &range, NULL);
  }
  for (int i = 0; i < 5; i++) {
    g_assert_true (osc_sales_range_step (&range, 1, &today));
    osc_sales_store_look (store, &range, NULL);
    g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
    g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_TREND));
  }
}

/* ---- the range and the days up to its end ---- */

static void
assert_split (OscSalesStore *store, const char *from, const char *to, const char *trend)
{
  GDate today = day ("2026-11-21");
  GDate one = day (from);
  GDate other = day (to);
  OscSalesRange range;

  osc_sales_range_set_free (&range, &one, &other, &today);
  osc_sales_store_look (store, &range, NULL);
  assert_range (osc_sales_store_range (store, OSC_SALES_TREND), trend);
  g_assert_cmpint (osc_sales_store_range (store, OSC_SALES_TREND)->span, ==, OSC_SPAN_FREE);
  g_assert_cmpint (osc_sales_store_range (store, OSC_SALES_CHOSEN)->span, ==, range.span);
}

static void
test_split (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", "12:24");
  g_autoptr (JsonNode) node = parse (recorded);

  /* Only the chosen days end before the day does. */
  g_assert_nonnull (strstr (g_ptr_array_index (paths, 0), "until"));
  g_assert_null (strstr (g_ptr_array_index (paths, 1), "until"));
  assert_split (store, "2026-11-21", "2026-11-21", "2026-10-23 2026-11-21 5");
  assert_split (store, "2026-10-24", "2026-11-21", "2026-10-23 2026-11-21 5");
  assert_split (store, "2026-10-23", "2026-11-21", "2026-10-23 2026-11-21 5");
  assert_split (store, "2026-10-22", "2026-11-21", "2026-10-22 2026-11-21 5");
  assert_split (store, "2025-11-22", "2026-11-21", "2025-11-22 2026-11-21 53");

  /* Of the same days, what one part knows is not what the other knows. */
  osc_sales_store_take (store, OSC_SALES_TREND, node);
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
  osc_sales_store_take (store, OSC_SALES_CHOSEN, NULL);
  g_assert_true (osc_sales_store_failed (store, OSC_SALES_CHOSEN));
  g_assert_false (osc_sales_store_failed (store, OSC_SALES_TREND));
  /* Another day of the same month end has the same trend: it is still there. */
  assert_split (store, "2026-11-20", "2026-11-21", "2026-10-23 2026-11-21 5");
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_TREND));
  osc_sales_store_take (store, OSC_SALES_TREND, node);
  assert_split (store, "2026-11-14", "2026-11-21", "2026-10-23 2026-11-21 5");
  g_assert_nonnull (osc_sales_store_figures (store, OSC_SALES_TREND));
  g_assert_null (osc_sales_store_figures (store, OSC_SALES_CHOSEN));
}

static void
test_export (void)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OscSalesStore) store = looking (paths, "2026-11-21", "12:24");
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/sales.csv");

  osc_sales_store_export_async (store, "hours", file, NULL, NULL);
  g_assert_cmpstr (g_ptr_array_index (paths, 2), ==,
                   PATH "/csv?part=hours&from=2026-11-21&to=2026-11-21&against=2026-11-14"
                        "&until=12:24");
}

typedef struct {
  guint n;
  gboolean failed;
  gboolean more;
  char *cursor;
} Orders;

static void
on_orders (OscSalesStore *store, GPtrArray *orders, const char *cursor, gboolean more, Orders *told)
{
  told->n = orders != NULL ? orders->len : 0;
  told->failed = orders == NULL;
  told->more = more;
  g_free (told->cursor);
  told->cursor = g_strdup (cursor);
}

static void
test_orders (void)
{
  g_autoptr (OscSalesStore) store = osc_sales_store_new (NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) page = parse ("{\"orders\":[{\"id\":1}],\"next_cursor\":\"abc\"}");
  OscSalesQuery query = {.from = day ("2026-11-21"), .to = day ("2026-11-21"), .hour = 0};
  Orders told = {0};

  g_signal_connect (store, "requested", G_CALLBACK (on_requested), paths);
  g_signal_connect (store, "orders", G_CALLBACK (on_orders), &told);
  osc_sales_store_ask_orders (store, &query);
  query = (OscSalesQuery){.from = query.from,
                          .to = query.to,
                          .hour = -1,
                          .weekday = 6,
                          .type = "TAKEOUT",
                          .until = "12:24",
                          .item_id = "a&b",
                          .cursor = "x=y"};
  osc_sales_store_ask_orders (store, &query);
  g_assert_cmpstr (g_ptr_array_index (paths, 0), ==,
                   PATH "/orders?from=2026-11-21&to=2026-11-21&hour=0&limit=50");
  g_assert_cmpstr (g_ptr_array_index (paths, 1), ==,
                   PATH "/orders?from=2026-11-21&to=2026-11-21&until=12:24&weekday=6"
                        "&type=TAKEOUT&item_id=a%26b&cursor=x%3Dy&limit=50");
  osc_sales_store_take_orders (store, page, TRUE);
  g_assert_false (told.failed);
  g_assert_cmpuint (told.n, ==, 0); /* that is no order */
  g_assert_true (told.more);
  g_assert_cmpstr (told.cursor, ==, "abc");
  osc_sales_store_take_orders (store, NULL, FALSE);
  g_assert_true (told.failed);
  g_free (told.cursor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sales/range/set", test_set);
  g_test_add_func ("/sales/range/step", test_step);
  g_test_add_func ("/sales/range/free", test_free);
  g_test_add_func ("/sales/figures/read", test_read);
  g_test_add_func ("/sales/store/look", test_look);
  g_test_add_func ("/sales/store/steady", test_steady);
  g_test_add_func ("/sales/store/pace", test_pace);
  g_test_add_func ("/sales/store/pace-of-next", test_pace_of_next);
  g_test_add_func ("/sales/store/until", test_until);
  g_test_add_func ("/sales/store/retry", test_retry);
  g_test_add_func ("/sales/store/failed-days", test_failed_days);
  g_test_add_func ("/sales/store/room", test_room);
  g_test_add_func ("/sales/store/split", test_split);
  g_test_add_func ("/sales/store/export", test_export);
  g_test_add_func ("/sales/store/orders", test_orders);
  return g_test_run ();
}
