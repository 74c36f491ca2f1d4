/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The arithmetic of charts: where lines stand, which mark is meant, how won are cut short. */

#include "osc-axis.h"

static OscSeries *
make_series (const char *values)
{
  g_auto (GStrv) parts = g_strsplit (values, " ", -1);
  OscSeries *series = osc_series_new (OSC_UNIT_WON);

  for (guint i = 0; parts[i] != NULL; i++) {
    OscMark *mark = osc_series_add (series, g_strdup (parts[i]));

    mark->gap = parts[i][0] == '.';
    mark->value = g_ascii_strtoll (parts[i], NULL, 10);
  }
  return series;
}

static void
test_from_zero (void)
{
  static const struct {
    gint64 most;
    gint64 step;
    guint n;
  } cases[] = {
      {246000, 100000, 3}, {190000, 80000, 3}, {199999, 80000, 3}, {1000000, 500000, 3},
      {0, 1, 1},           {1, 1, 2},          {2, 1, 3},          {3, 1, 3},
      {7, 3, 3},           {31, 15, 3},        {9, 4, 3},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    OscAxis axis;

    osc_axis_from_zero (&axis, cases[i].most);
    g_assert_cmpint (axis.low, ==, 0);
    g_assert_cmpint (axis.step, ==, cases[i].step);
    g_assert_cmpuint (axis.n, ==, cases[i].n);
    g_assert_cmpint (axis.high, ==, MAX (cases[i].most, 1));
  }
}

/* Nothing lies outside, three lines, no more than three times the room that is needed. */
static void
test_around (void)
{
  OscAxis axis;

  osc_axis_around (&axis, 720000, 1285000);
  g_assert_cmpint (axis.low, ==, 600000);
  g_assert_cmpint (axis.step, ==, 400000);
  for (gint64 least = 0; least < 3000; least += 37)
    for (gint64 most = least; most < 6000; most += 53) {
      osc_axis_around (&axis, least, most);
      g_assert_cmpint (axis.n, ==, 3);
      g_assert_cmpint (axis.low, <=, least);
      g_assert_cmpint (axis.low, >=, 0);
      g_assert_cmpint (axis.high, >=, most);
      g_assert_cmpint (axis.high, ==, axis.low + 2 * axis.step);
      if (least > most / 3 && most >= 10)
        g_assert_cmpint (axis.high - axis.low, <=, 3 * (most - least) + 4);
    }
}

static void
test_place (void)
{
  const OscAxis axis = {.low = 60, .high = 140, .step = 40, .n = 3};

  g_assert_cmpfloat (osc_axis_place (&axis, 60), ==, 0);
  g_assert_cmpfloat (osc_axis_place (&axis, 100), ==, .5);
  g_assert_cmpfloat (osc_axis_place (&axis, 140), ==, 1);
}

static void
test_short (void)
{
  static const struct {
    gint64 won;
    const char *korean;
    const char *english;
  } cases[] = {
      {0, "0", "0"},
      {950, "950", "950"},
      {9999, "9,999", "10k"},
      {10000, "1만", "10k"},
      {246000, "24.6만", "246k"},
      {246499, "24.6만", "246.5k"},
      {246500, "24.7만", "246.5k"},
      {1285000, "128.5만", "1.3M"},
      {12345000, "1,234.5만", "12.3M"},
      {123450000, "1.2억", "123.5M"},
      {-246000, "−24.6만", "−246k"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *korean = osc_axis_short (cases[i].won, 10000, "만", "억");
    g_autofree char *english = osc_axis_short (cases[i].won, 1000, "k", "M");

    g_assert_cmpstr (korean, ==, cases[i].korean);
    g_assert_cmpstr (english, ==, cases[i].english);
  }
}

/* Gaps are never meant, whichever side they lie on. */
static void
test_nearest (void)
{
  g_autoptr (OscSeries) series = make_series (". 5 . . 7 9 .");
  g_autoptr (OscSeries) gaps = make_series (". .");

  g_assert_cmpint (osc_series_nearest (series, -3), ==, 1);
  g_assert_cmpint (osc_series_nearest (series, 0), ==, 1);
  g_assert_cmpint (osc_series_nearest (series, 2.4), ==, 1);
  g_assert_cmpint (osc_series_nearest (series, 2.6), ==, 4);
  g_assert_cmpint (osc_series_nearest (series, 4.4), ==, 4);
  g_assert_cmpint (osc_series_nearest (series, 4.6), ==, 5);
  g_assert_cmpint (osc_series_nearest (series, 90), ==, 5);
  g_assert_cmpint (osc_series_nearest (gaps, 1), ==, -1);
  g_assert_cmpint (osc_series_nearest (NULL, 1), ==, -1);
  g_assert_cmpint (osc_series_peak (series), ==, 5);
  g_assert_cmpint (osc_series_peak (gaps), ==, -1);
}

static void
test_range (void)
{
  g_autoptr (OscSeries) series = make_series (". 50 20");
  gint64 least = -1;
  gint64 most = -1;

  g_assert_true (osc_series_range (series, &least, &most));
  g_assert_cmpint (least, ==, 20);
  g_assert_cmpint (most, ==, 50);
  osc_series_mark (series, 0)->compared = TRUE;
  osc_series_mark (series, 0)->against = 90;
  g_assert_true (osc_series_range (series, &least, &most));
  g_assert_cmpint (most, ==, 90);
  g_assert_cmpint (least, ==, 20);
  g_assert_false (osc_series_range (NULL, &least, &most));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/axis/from-zero", test_from_zero);
  g_test_add_func ("/chart/axis/around", test_around);
  g_test_add_func ("/chart/axis/place", test_place);
  g_test_add_func ("/chart/axis/short", test_short);
  g_test_add_func ("/chart/series/nearest", test_nearest);
  g_test_add_func ("/chart/series/range", test_range);
  return g_test_run ();
}
