/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Windows of a shop's week at their edges: past midnight, past the cut-off, over Sunday night and
 * where a clock is set. */

#include "osy-week.h"

#define SEOUL "Asia/Seoul"
#define CUTOFF 300
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static gint64
at (const char *text)
{
  gint64 us;

  g_assert_true (osy_clock_parse (text, &us));
  return us;
}

static gboolean
covers (guint weekdays, int from, int until, const char *time)
{
  OsyWeekWindow window = {weekdays, from, until};
  OsyClockShopDay day;

  osy_clock_shop_day (at (time), SEOUL, CUTOFF, &day);
  return osy_week_window_covers (&window, &day, CUTOFF);
}

#define FRIDAY OSY_WEEK_BIT (5)
#define SUNDAY OSY_WEEK_BIT (7)

/* 2026-11-20 is a Friday. */
static void
test_edges_of_windows (void)
{
  const guint weekdays = OSY_WEEK_ALL_DAYS & ~(OSY_WEEK_BIT (6) | SUNDAY);

  g_assert_false (covers (weekdays, 660, 870, "2026-11-20T10:59:59.999999+09:00"));
  g_assert_true (covers (weekdays, 660, 870, "2026-11-20T11:00:00+09:00"));
  g_assert_true (covers (weekdays, 660, 870, "2026-11-20T14:29:59+09:00"));
  g_assert_false (covers (weekdays, 660, 870, "2026-11-20T14:30:00+09:00"));
  g_assert_false (covers (weekdays, 660, 870, "2026-11-21T12:00:00+09:00"));
  /* no window: always */
  g_assert_true (covers (0, 0, 0, "2026-11-21T12:00:00+09:00"));
}

static void
test_midnight (void)
{
  /* Friday 22:00 until 02:00 */
  g_assert_true (covers (FRIDAY, 1320, 1560, "2026-11-20T23:59:59+09:00"));
  g_assert_true (covers (FRIDAY, 1320, 1560, "2026-11-21T01:59:59+09:00"));
  g_assert_false (covers (FRIDAY, 1320, 1560, "2026-11-21T02:00:00+09:00"));
  g_assert_false (covers (FRIDAY, 1320, 1560, "2026-11-20T01:00:00+09:00"));
  /* what begins before the cut-off is of the night that ends Friday */
  g_assert_true (covers (FRIDAY, 0, 120, "2026-11-21T01:00:00+09:00"));
  g_assert_false (covers (FRIDAY, 0, 120, "2026-11-20T01:00:00+09:00"));
  /* all of Friday is its business day */
  g_assert_false (covers (FRIDAY, 0, 0, "2026-11-20T04:59:59+09:00"));
  g_assert_true (covers (FRIDAY, 0, 0, "2026-11-20T05:00:00+09:00"));
  g_assert_true (covers (FRIDAY, 0, 0, "2026-11-21T04:59:59+09:00"));
  g_assert_false (covers (FRIDAY, 0, 0, "2026-11-21T05:00:00+09:00"));
  /* a window may pass the cut-off, and the end of the week */
  g_assert_true (covers (SUNDAY, 1380, 1860, "2026-11-23T06:59:59+09:00"));
  g_assert_false (covers (SUNDAY, 1380, 1860, "2026-11-23T07:00:00+09:00"));
}

static void
test_overlaps (void)
{
  const OsyWeekWindow lunch = {FRIDAY, 660, 870};
  const OsyWeekWindow after = {FRIDAY, 870, 900};
  const OsyWeekWindow night = {SUNDAY, 1320, 1860};
  const OsyWeekWindow morning = {OSY_WEEK_BIT (1), 360, 480};
  const OsyWeekWindow late = {OSY_WEEK_BIT (6), 0, 120};
  const OsyWeekWindow evening = {FRIDAY, 1320, 1560};
  const OsyWeekWindow whole = {FRIDAY, 0, 0};

  g_assert_true (osy_week_windows_overlap (&lunch, &lunch, CUTOFF));
  g_assert_false (osy_week_windows_overlap (&lunch, &after, CUTOFF));
  g_assert_true (osy_week_windows_overlap (&lunch, &whole, CUTOFF));
  /* Sunday's night goes on until Monday 7:00 */
  g_assert_true (osy_week_windows_overlap (&night, &morning, CUTOFF));
  g_assert_true (osy_week_windows_overlap (&morning, &night, CUTOFF));
  /* "Saturday 0:00" is Saturday's night where the day begins at five, and Friday's where at
   * midnight */
  g_assert_false (osy_week_windows_overlap (&evening, &late, CUTOFF));
  g_assert_true (osy_week_windows_overlap (&evening, &late, 0));
}

static gint64
next_after (const OsyWeekWindow *window, const char *zone, int cutoff, const char *time)
{
  OsyWeekEdges edges = {0};

  osy_week_edges_add (&edges, window, cutoff);
  return osy_week_edges_next (&edges, zone, at (time));
}

static void
test_next (void)
{
  const OsyWeekWindow none = {0};
  const OsyWeekWindow lunch = {FRIDAY, 660, 870};
  const OsyWeekWindow whole = {FRIDAY, 0, 0};

  g_assert_cmpint (next_after (&none, SEOUL, CUTOFF, "2026-11-20T10:00:00+09:00"), ==, G_MAXINT64);
  g_assert_cmpint (next_after (&lunch, SEOUL, CUTOFF, "2026-11-20T10:59:59.5+09:00"), ==,
                   at ("2026-11-20T11:00:00+09:00"));
  g_assert_cmpint (next_after (&lunch, SEOUL, CUTOFF, "2026-11-20T11:00:00+09:00"), ==,
                   at ("2026-11-20T14:30:00+09:00"));
  g_assert_cmpint (next_after (&lunch, SEOUL, CUTOFF, "2026-11-20T23:00:00+09:00"), ==,
                   at ("2026-11-21T11:00:00+09:00"));
  g_assert_cmpint (next_after (&whole, SEOUL, CUTOFF, "2026-11-20T23:00:00+09:00"), ==,
                   at ("2026-11-21T05:00:00+09:00"));
}

/* Nothing changes between now and what is said to be the next change, whatever a clock does. */
static void
test_next_is_first (void)
{
  static const char *const zones[] = {SEOUL, "America/New_York", "Australia/Lord_Howe", "No/Where"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (220);

  for (int i = 0; i < 3000; i++) {
    const char *zone = zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))];
    int cutoff = g_rand_int_range (rand, 0, 1440);
    OsyWeekWindow window = {(guint)g_rand_int_range (rand, 1, 128),
                            g_rand_int_range (rand, 0, 1440), 0};
    if (g_rand_boolean (rand))
      window.until = window.from + g_rand_int_range (rand, 1, 1441);
    /* around both of a year's changes as often as not */
    gint64 now = at (g_rand_boolean (rand)   ? "2026-03-08T00:00:00Z"
                     : g_rand_boolean (rand) ? "2026-11-01T00:00:00Z"
                                             : "2026-04-04T12:00:00Z") +
                 g_rand_int_range (rand, 0, 48 * 3600) * G_TIME_SPAN_SECOND;
    OsyWeekEdges edges = {0};
    OsyClockShopDay day;
    osy_week_edges_add (&edges, &window, cutoff);
    gint64 next = osy_week_edges_next (&edges, zone, now);
    g_assert_cmpint (next, >, now);
    g_assert_cmpint (next - now, <=, 26 * HOUR);
    osy_clock_shop_day (now, zone, cutoff, &day);
    gboolean before = osy_week_window_covers (&window, &day, cutoff);
    for (gint64 us = now; us < next; us += MAX (HOUR / 60, (next - now) / 50)) {
      osy_clock_shop_day (us, zone, cutoff, &day);
      g_assert_cmpint (osy_week_window_covers (&window, &day, cutoff), ==, before);
    }
    osy_clock_shop_day (next - 1, zone, cutoff, &day);
    g_assert_cmpint (osy_week_window_covers (&window, &day, cutoff), ==, before);
  }
}

static void
test_words (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (OsyWeekWindow));
  const OsyWeekWindow some[] = {{31, 660, 870},
                                {FRIDAY | SUNDAY, 1320, 1560},
                                {OSY_WEEK_ALL_DAYS, 1080, 1440},
                                {OSY_WEEK_BIT (6) | SUNDAY, 0, 0}};

  g_array_append_vals (windows, some, G_N_ELEMENTS (some));
  g_autofree char *text = osy_week_format (windows, &osy_week_english);
  g_assert_cmpstr (text, ==,
                   "Mon–Fri 11:00–14:30, Fri·Sun 22:00–02:00, every day 18:00–24:00, Sat·Sun");
}

static gboolean
reads (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (OsyWeekWindow));

  osy_week_read (reader, "hours", windows);
  if (!osy_json_reader_finish (reader, NULL))
    return FALSE;
  g_autoptr (JsonObject) object = json_object_new ();
  json_object_set_array_member (object, "hours", osy_week_write (windows));
  g_autoptr (JsonNode) back = osy_json_take_object (json_object_ref (object));
  g_assert_true (json_node_equal (back, node));
  return TRUE;
}

static void
test_json (void)
{
  g_assert_true (reads ("{\"hours\":[]}"));
  g_assert_true (reads ("{\"hours\":[{\"weekdays\":[1,7],\"from\":1380,\"until\":1560},"
                        "{\"weekdays\":[3]}]}"));
  g_assert_false (reads ("{\"hours\":[{}]}"));
  g_assert_false (reads ("{\"hours\":[{\"weekdays\":[]}]}"));
  g_assert_false (reads ("{\"hours\":[{\"weekdays\":[8]}]}"));
  g_assert_false (reads ("{\"hours\":[{\"weekdays\":[1],\"from\":60}]}"));
  g_assert_false (reads ("{\"hours\":[{\"weekdays\":[1],\"from\":60,\"until\":60}]}"));
  g_assert_false (reads ("{\"hours\":[{\"weekdays\":[1],\"from\":60,\"until\":1501}]}"));
  g_assert_false (reads ("{\"hours\":[{\"from\":60,\"until\":90}]}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/week/edges-of-windows", test_edges_of_windows);
  g_test_add_func ("/week/midnight", test_midnight);
  g_test_add_func ("/week/overlaps", test_overlaps);
  g_test_add_func ("/week/next", test_next);
  g_test_add_func ("/week/next-is-first", test_next_is_first);
  g_test_add_func ("/week/words", test_words);
  g_test_add_func ("/week/json", test_json);
  return g_test_run ();
}
