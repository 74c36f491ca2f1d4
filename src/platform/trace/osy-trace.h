/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Spans of what the process does, for whoever collects them (OpenTelemetry). Nothing is kept until
 * osy_trace_enable(); then what is over waits in a bounded queue, and what does not fit is dropped
 * and counted: nobody ever waits for a trace. Any thread. */

#define OSY_TRACE_ID_SIZE 33
#define OSY_TRACE_SPAN_ID_SIZE 17
/** Spans that wait; the oldest are dropped first. */
#define OSY_TRACE_MAX_WAITING 4096
#define OSY_TRACE_MAX_TAGS 6

/** The place of a span: which trace, and whose child what happens now is. */
typedef struct {
  char trace_id[OSY_TRACE_ID_SIZE];
  char span_id[OSY_TRACE_SPAN_ID_SIZE];
} OsyTracePlace;

/** SpanKind of OTLP, by its number. */
typedef enum {
  OSY_TRACE_INTERNAL = 1,
  OSY_TRACE_SERVER = 2,
  OSY_TRACE_CLIENT = 3,
  OSY_TRACE_PRODUCER = 4,
  OSY_TRACE_CONSUMER = 5,
} OsyTraceKind;

/** A span that is over. */
typedef struct {
  const OsyTracePlace *place;
  const char *parent_id; /* (nullable): span id; NULL: of nobody */
  const char *name;      /* a word of our own from a small closed set */
  OsyTraceKind kind;
  gint64 begun; /* Unix time in µs */
  gint64 ended;
  gboolean failed;
  /* key, value, …, NULL; of a closed set each, never of a person; OSY_TRACE_MAX_TAGS at most */
  const char *tags[2 * OSY_TRACE_MAX_TAGS + 1];
} OsyTraceSpan;

/** osy_trace_enable: whether spans are kept from now on. */
void osy_trace_enable (gboolean enabled);
gboolean osy_trace_is_enabled (void);

/** osy_trace_new_span_id: 8 random bytes as lower hex. */
void osy_trace_new_span_id (char span_id[OSY_TRACE_SPAN_ID_SIZE]);

/** osy_trace_record: keeps a copy. */
void osy_trace_record (const OsyTraceSpan *span);

/* ---- what belongs to what ---- */

/** osy_trace_remember: @place is a request that was let in. The first of its trace is the one whose
 * child becomes what is done later by whoever knows the trace alone. The last few thousand traces
 * are known. */
void osy_trace_remember (const OsyTracePlace *place);

/** osy_trace_find: Returns: FALSE unless @trace_id (nullable) is one; else @place is the request
 * remembered for it, or its span id is empty. */
gboolean osy_trace_find (const char *trace_id, OsyTracePlace *place);

/** osy_trace_header: writes the W3C traceparent of @place. Returns: FALSE: it has no span. */
gboolean osy_trace_header (const OsyTracePlace *place, char header[56]);

/** A span of this thread, from opening to closing. Lives on the stack. */
typedef struct _OsyTraceScope OsyTraceScope;
struct _OsyTraceScope {
  OsyTracePlace place;
  OsyTracePlace parent;
  OsyTraceScope *outer;
  const char *name;
  OsyTraceKind kind;
  gint64 begun;
  gboolean open;
};

/** osy_trace_open: @name: static. @parent: (nullable): NULL: what is open in this thread; where
 * there is neither, nothing is kept. Scopes close in the opposite order. */
void osy_trace_open (OsyTraceScope *self,
                     OsyTraceKind kind,
                     const char *name,
                     const OsyTracePlace *parent);
/** osy_trace_open_of: the same, as a child of the request that began @trace_id (nullable). */
void
osy_trace_open_of (OsyTraceScope *self, OsyTraceKind kind, const char *name, const char *trace_id);
/** osy_trace_close: @failed: whether what it stands for failed. */
void osy_trace_close (OsyTraceScope *self, gboolean failed);

/** osy_trace_current: (nullable): the place of what is open in this thread. */
const OsyTracePlace *osy_trace_current (void);

/** osy_trace_leaf: a child of what is open in this thread, over just now after @us. */
void osy_trace_leaf (OsyTraceKind kind, const char *name, gint64 us);

/* ---- handing over ---- */

/**
 * osy_trace_take:
 * @n: (out): how many
 *
 * Returns: (transfer full) (nullable): the oldest @max spans at most, as the body of
 * POST /v1/traces (OTLP/HTTP JSON), taken out; NULL: there are none.
 */
char *osy_trace_take (guint max, const char *service, const char *version, guint *n);

/** osy_trace_dropped: Returns: how many did not fit, since the last time it was asked. */
guint64 osy_trace_dropped (void);

G_END_DECLS
