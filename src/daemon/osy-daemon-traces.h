/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

/** Sends what happened here to a collector of traces (OTLP/HTTP JSON), each second or as soon as a
 * batch is full, one batch at a time. What the collector does not take is told in a figure and
 * forgotten: no order ever waits for it. Main thread. */
typedef struct _OsyDaemonTraces OsyDaemonTraces;

/** osy_daemon_traces_new: @endpoint: "http://127.0.0.1:4318"; /v1/traces is added. Spans are kept
 * from now on. */
OsyDaemonTraces *osy_daemon_traces_new (const char *endpoint);
void osy_daemon_traces_start (OsyDaemonTraces *self);
/** osy_daemon_traces_free: what still waits is forgotten, and no span is kept any more. */
void osy_daemon_traces_free (OsyDaemonTraces *self);

/** osy_daemon_traces_answered: the span of a request, at its answer. */
void osy_daemon_traces_answered (OsyHttpRequest *request, guint status, gint64 duration_us);

/** ordersync_trace_spans_total: label: "sent", "refused" or "dropped". */
extern OsyMetric osy_daemon_trace_spans;

G_END_DECLS
