/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Figures of the process, for /metrics. Any thread; a figure once found is counted without a lock.
 */

typedef enum {
  OSY_METRIC_COUNTER,
  OSY_METRIC_GAUGE,
  OSY_METRIC_HISTOGRAM,
} OsyMetricKind;

#define OSY_METRIC_MAX_LABELS 3
#define OSY_METRIC_MAX_BOUNDS 14
/** Figures of one metric at most; what comes after them counts as "other". Labels come from closed
 * sets that are smaller: the bound is there for mistakes. */
#define OSY_METRIC_MAX_SERIES 500

/** osy_metric_durations: bounds of a histogram of durations in µs, shown in seconds: 1 ms … 10 s.
 */
extern const gint64 osy_metric_durations[];

/** One metric: a static of whoever counts it, filled in but for its last members. */
typedef struct {
  const char *name; /* "ordersync_auth_failures_total" */
  const char *help;
  OsyMetricKind kind;
  const char *labels[OSY_METRIC_MAX_LABELS + 1]; /* names, to the first NULL */
  const gint64 *bounds;                          /* of a histogram: rising, ended by 0 */
  gint64 unit;        /* what is counted is shown divided by this; 0: 1 */
  guint max_series;   /* 0: OSY_METRIC_MAX_SERIES; more for what has more kinds of its own */
  GHashTable *series; /* of OsyMetricSeries, under the lock; never emptied */
} OsyMetric;

/** One figure of a metric; lives as long as the process. */
typedef struct _OsyMetricSeries OsyMetricSeries;

/** osy_metrics_declare: shows @metrics (to NULL) from now on, counted or not; others are shown once
 * counted. */
void osy_metrics_declare (OsyMetric *const *metrics);

/**
 * osy_metric_find:
 * @...: one value for each label: words of our own from a small closed set, never anything that was
 *   sent to us, never anything of a person
 *
 * Returns: (transfer none): the figure; may be kept.
 */
OsyMetricSeries *osy_metric_find (OsyMetric *self, ...);

/** osy_metric_add: adds @n to a counter or a gauge. */
void osy_metric_add (OsyMetricSeries *series, gint64 n);
/** osy_metric_set: of a gauge. */
void osy_metric_set (OsyMetricSeries *series, gint64 value);
/** osy_metric_observe: of a histogram. */
void osy_metric_observe (OsyMetricSeries *series, gint64 value);

/** osy_metric_count: adds one to the figure of a counter with one label. */
void osy_metric_count (OsyMetric *self, const char *value);

/** osy_metrics_print: adds every figure to @text in the text format of Prometheus 0.0.4, metrics
 * and their figures sorted. */
void osy_metrics_print (GString *text);

/** ordersync_cache_requests_total: caches of several rooms; labels: which, "hit" or "miss". */
extern OsyMetric osy_metric_cache;

G_END_DECLS
