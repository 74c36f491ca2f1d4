/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Figures: nothing counted twice or lost between threads, and the text as Prometheus reads it. */

#include "osy-metrics.h"

#include <string.h>

static const gint64 bounds[] = {1000, 2500000, 0};

static OsyMetric taps = {.name = "test_taps_total",
                         .help = "Back\\slash and\nnew line.",
                         .kind = OSY_METRIC_COUNTER,
                         .labels = {"who", "what"}};
static OsyMetric waits = {.name = "test_wait_seconds",
                          .help = "Waits.",
                          .kind = OSY_METRIC_HISTOGRAM,
                          .labels = {"who"},
                          .bounds = bounds,
                          .unit = 1000000};
static OsyMetric level = {.name = "test_level", .help = "Level.", .kind = OSY_METRIC_GAUGE};
static OsyMetric many = {.name = "test_many_total",
                         .help = "Many.",
                         .kind = OSY_METRIC_COUNTER,
                         .labels = {"n"}};
static OsyMetric wide = {.name = "test_wide_total",
                         .help = "Wide.",
                         .kind = OSY_METRIC_COUNTER,
                         .labels = {"n"},
                         .max_series = OSY_METRIC_MAX_SERIES + 2};
static OsyMetric idle = {.name = "test_idle_total",
                         .help = "Idle.",
                         .kind = OSY_METRIC_COUNTER,
                         .labels = {"n"}};

static char *
printed (void)
{
  GString *text = g_string_new (NULL);

  osy_metrics_print (text);
  return g_string_free (text, FALSE);
}

static void
says (const char *wanted)
{
  g_autofree char *text = printed ();

  if (strstr (text, wanted) == NULL)
    g_error ("not in\n%s\n: %s", text, wanted);
}

static void
test_text (void)
{
  osy_metric_add (osy_metric_find (&taps, "a\"b\\c\nd", "x"), 2);
  osy_metric_add (osy_metric_find (&taps, "a", "y"), 1);
  says ("# HELP test_taps_total Back\\\\slash and\\nnew line.\n"
        "# TYPE test_taps_total counter\n"
        "test_taps_total{who=\"a\",what=\"y\"} 1\n"
        "test_taps_total{who=\"a\\\"b\\\\c\\nd\",what=\"x\"} 2\n");
}

/* A value on a bound belongs below it; buckets are cumulative and the last is the count. */
static void
test_histogram (void)
{
  OsyMetricSeries *series = osy_metric_find (&waits, "me");

  osy_metric_observe (series, 0);
  osy_metric_observe (series, 1000);
  osy_metric_observe (series, 1001);
  osy_metric_observe (series, 9000000);
  says ("# TYPE test_wait_seconds histogram\n"
        "test_wait_seconds_bucket{who=\"me\",le=\"0.001\"} 2\n"
        "test_wait_seconds_bucket{who=\"me\",le=\"2.5\"} 3\n"
        "test_wait_seconds_bucket{who=\"me\",le=\"+Inf\"} 4\n"
        "test_wait_seconds_sum{who=\"me\"} 9.002001\n"
        "test_wait_seconds_count{who=\"me\"} 4\n");
}

static void
test_declared (void)
{
  OsyMetric *const all[] = {&level, &idle, &level, NULL};

  osy_metrics_declare (all);
  says ("# TYPE test_level gauge\ntest_level 0\n");
  osy_metric_set (osy_metric_find (&level), 7);
  says ("\ntest_level 7\n");
  says ("# TYPE test_idle_total counter\n");
}

static void
test_bounded (void)
{
  for (int i = 0; i < 2 * OSY_METRIC_MAX_SERIES; i++) {
    g_autofree char *n = g_strdup_printf ("%d", i);
    osy_metric_count (&many, n);
  }
  g_autofree char *rest =
      g_strdup_printf ("test_many_total{n=\"other\"} %d\n", OSY_METRIC_MAX_SERIES);
  says (rest);
  osy_metric_count (&many, "3");
  says ("test_many_total{n=\"3\"} 2\n");
}

/* What has more kinds of its own says so, and is bounded all the same. */
static void
test_own_bound (void)
{
  for (int i = 0; i < OSY_METRIC_MAX_SERIES + 5; i++) {
    g_autofree char *n = g_strdup_printf ("%d", i);
    osy_metric_count (&wide, n);
  }
  g_autofree char *last =
      g_strdup_printf ("test_wide_total{n=\"%d\"} 1\n", OSY_METRIC_MAX_SERIES + 1);
  says (last);
  says ("test_wide_total{n=\"other\"} 3\n");
}

/* Labels that are too long are cut, and stay within their own metric. */
static void
test_long (void)
{
  g_autofree char *word = g_strnfill (1000, 'x');

  osy_metric_add (osy_metric_find (&taps, word, "y"), 5);
  osy_metric_add (osy_metric_find (&taps, word, "y"), 5);
  says ("x\",what=\"y\"} 10\n");
}

static gpointer
count_many (gpointer data)
{
  for (int i = 0; i < 20000; i++) {
    osy_metric_count (&many, data);
    osy_metric_observe (osy_metric_find (&waits, data), 10);
  }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, count_many, (gpointer) "1");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  says ("test_many_total{n=\"1\"} 80001\n");
  says ("test_wait_seconds_sum{who=\"1\"} 0.8\n"
        "test_wait_seconds_count{who=\"1\"} 80000\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/text", test_text);
  g_test_add_func ("/metrics/histogram", test_histogram);
  g_test_add_func ("/metrics/declared", test_declared);
  g_test_add_func ("/metrics/bounded", test_bounded);
  g_test_add_func ("/metrics/own-bound", test_own_bound);
  g_test_add_func ("/metrics/long", test_long);
  g_test_add_func ("/metrics/threads", test_threads);
  return g_test_run ();
}
