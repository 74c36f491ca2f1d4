/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Metrics and their figures. A figure is found under a lock and counted by atomic additions alone.
 */

#include "osy-metrics.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <string.h>

#define MAX_VALUE 80 /* bytes of a label; the rest is cut off */
#define MAX_KEY (OSY_METRIC_MAX_LABELS * (MAX_VALUE + 1) + 1)

struct _OsyMetricSeries {
  const OsyMetric *metric;
  char *labels;                                     /* `method="GET",status="200"` */
  _Atomic gint64 value;                             /* of a histogram: the sum */
  _Atomic gint64 counts[OSY_METRIC_MAX_BOUNDS + 1]; /* of a histogram: not cumulated */
};

const gint64 osy_metric_durations[] = {1000,   2500,   5000,    10000,   25000,   50000,    100000,
                                       250000, 500000, 1000000, 2500000, 5000000, 10000000, 0};

OsyMetric osy_metric_cache = {.name = "ordersync_cache_requests_total",
                              .help = "Look-ups in memory, by cache and whether it was there.",
                              .kind = OSY_METRIC_COUNTER,
                              .labels = {"cache", "result"}};

static GMutex lock;
static GPtrArray *known; /* of OsyMetric, under the lock */

/* ---- finding ---- */

static void
know (OsyMetric *metric)
{
  if (metric->series != NULL)
    return;
  metric->series = g_hash_table_new (g_str_hash, g_str_equal);
  if (known == NULL)
    known = g_ptr_array_new ();
  g_ptr_array_add (known, metric);
}

static void
append_escaped (GString *text, const char *value, const char *special)
{
  for (const char *p = value; *p != '\0'; p++) {
    if (*p == '\n')
      g_string_append (text, "\\n");
    else if (strchr (special, *p) != NULL)
      g_string_append_printf (text, "\\%c", *p);
    else
      g_string_append_c (text, *p);
  }
}

static OsyMetricSeries *
series_new (const OsyMetric *metric, char *const *values)
{
  OsyMetricSeries *series = g_new0 (OsyMetricSeries, 1);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; metric->labels[i] != NULL; i++) {
    g_string_append_printf (labels, "%s%s=\"", i > 0 ? "," : "", metric->labels[i]);
    append_escaped (labels, values != NULL ? values[i] : "other", "\\\"");
    g_string_append_c (labels, '"');
  }
  series->metric = metric;
  series->labels = g_strdup (labels->str);
  return series;
}

/* @key: the values, each behind a byte that none of them has. */
static OsyMetricSeries *
find_key (OsyMetric *self, const char *key)
{
  OsyMetricSeries *series = g_hash_table_lookup (self->series, key);
  guint max = self->max_series > 0 ? self->max_series : OSY_METRIC_MAX_SERIES;
  gboolean full = g_hash_table_size (self->series) >= max;

  if (series != NULL)
    return series;
  if (full && self->labels[0] != NULL)
    key = "";
  series = g_hash_table_lookup (self->series, key);
  if (series == NULL) {
    g_auto (GStrv) values = *key != '\0' ? g_strsplit (key + 1, "\x1f", -1) : NULL;
    series = series_new (self, values);
    g_hash_table_insert (self->series, g_strdup (key), series);
  }
  return series;
}

static gsize
append_key (char *key, gsize len, const char *value)
{
  gsize n = strnlen (value, MAX_VALUE);

  key[len] = '\x1f';
  memcpy (key + len + 1, value, n);
  return len + 1 + n;
}

OsyMetricSeries *
osy_metric_find (OsyMetric *self, ...)
{
  char key[MAX_KEY];
  gsize len = 0;
  va_list args;

  va_start (args, self);
  for (guint i = 0; self->labels[i] != NULL; i++)
    len = append_key (key, len, va_arg (args, const char *));
  va_end (args);
  key[len] = '\0';
  g_mutex_lock (&lock);
  know (self);
  OsyMetricSeries *series = find_key (self, key);
  g_mutex_unlock (&lock);
  return series;
}

void
osy_metrics_declare (OsyMetric *const *metrics)
{
  for (gsize i = 0; metrics[i] != NULL; i++) {
    g_mutex_lock (&lock);
    know (metrics[i]);
    if (metrics[i]->labels[0] == NULL)
      find_key (metrics[i], "");
    g_mutex_unlock (&lock);
  }
}

/* ---- counting ---- */

void
osy_metric_add (OsyMetricSeries *series, gint64 n)
{
  atomic_fetch_add_explicit (&series->value, n, memory_order_relaxed);
}

void
osy_metric_set (OsyMetricSeries *series, gint64 value)
{
  atomic_store_explicit (&series->value, value, memory_order_relaxed);
}

void
osy_metric_observe (OsyMetricSeries *series, gint64 value)
{
  const gint64 *bounds = series->metric->bounds;
  guint i = 0;

  while (bounds[i] != 0 && value > bounds[i])
    i++;
  atomic_fetch_add_explicit (&series->counts[i], 1, memory_order_relaxed);
  osy_metric_add (series, value);
}

void
osy_metric_count (OsyMetric *self, const char *value)
{
  osy_metric_add (osy_metric_find (self, value), 1);
}

/* ---- printing ---- */

static void
append_number (GString *text, const OsyMetric *metric, gint64 value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (metric->unit <= 1)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, value);
  else
    g_string_append (text, g_ascii_formatd (number, sizeof number, "%.9g",
                                            (double)value / (double)metric->unit));
}

static void
print_bucket (GString *text, const OsyMetricSeries *series, gint64 bound, gint64 count)
{
  const char *comma = *series->labels != '\0' ? "," : "";

  g_string_append_printf (text, "%s_bucket{%s%sle=\"", series->metric->name, series->labels, comma);
  if (bound != 0)
    append_number (text, series->metric, bound);
  else
    g_string_append (text, "+Inf");
  g_string_append_printf (text, "\"} %" G_GINT64_FORMAT "\n", count);
}

static void
print_name (GString *text, const OsyMetricSeries *series, const char *suffix)
{
  g_string_append_printf (text, "%s%s", series->metric->name, suffix);
  if (*series->labels != '\0')
    g_string_append_printf (text, "{%s}", series->labels);
  g_string_append_c (text, ' ');
}

/* The count is the sum of the buckets as they are read, so that they agree whatever is counted
 * meanwhile. */
static void
print_histogram (GString *text, OsyMetricSeries *series)
{
  const gint64 *bounds = series->metric->bounds;
  gint64 count = 0;
  guint i = 0;

  do {
    count += atomic_load_explicit (&series->counts[i], memory_order_relaxed);
    print_bucket (text, series, bounds[i], count);
  } while (bounds[i++] != 0);
  print_name (text, series, "_sum");
  append_number (text, series->metric, atomic_load_explicit (&series->value, memory_order_relaxed));
  print_name (g_string_append_c (text, '\n'), series, "_count");
  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", count);
}

static void
print_series (GString *text, OsyMetricSeries *series)
{
  if (series->metric->kind == OSY_METRIC_HISTOGRAM) {
    print_histogram (text, series);
    return;
  }
  print_name (text, series, "");
  append_number (text, series->metric, atomic_load_explicit (&series->value, memory_order_relaxed));
  g_string_append_c (text, '\n');
}

static int
by_labels (gconstpointer a, gconstpointer b)
{
  return strcmp (((const OsyMetricSeries *)a)->labels, ((const OsyMetricSeries *)b)->labels);
}

static void
print_metric (GString *text, const OsyMetric *metric)
{
  static const char *const kinds[] = {"counter", "gauge", "histogram"};
  g_autoptr (GList) list = g_list_sort (g_hash_table_get_values (metric->series), by_labels);

  g_string_append_printf (text, "# HELP %s ", metric->name);
  append_escaped (text, metric->help, "\\");
  g_string_append_printf (text, "\n# TYPE %s %s\n", metric->name, kinds[metric->kind]);
  for (GList *l = list; l != NULL; l = l->next)
    print_series (text, l->data);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(OsyMetric *const *)a)->name, (*(OsyMetric *const *)b)->name);
}

void
osy_metrics_print (GString *text)
{
  g_mutex_lock (&lock);
  if (known != NULL)
    g_ptr_array_sort (known, by_name);
  for (guint i = 0; known != NULL && i < known->len; i++)
    print_metric (text, known->pdata[i]);
  g_mutex_unlock (&lock);
}
