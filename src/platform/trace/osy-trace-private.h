/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-trace.h"

G_BEGIN_DECLS

/* A span that waits: a copy of its own. */
typedef struct {
  OsyTracePlace place;
  char parent_id[OSY_TRACE_SPAN_ID_SIZE];
  char *name;
  OsyTraceKind kind;
  gint64 begun;
  gint64 ended;
  gboolean failed;
  char *tags[2 * OSY_TRACE_MAX_TAGS + 1];
} OsyTraceKept;

/** osy_trace_kept_free: with all that it holds. */
void osy_trace_kept_free (OsyTraceKept *self);

/** osy_trace_print: @spans: of OsyTraceKept. Returns: (transfer full): an ExportTraceServiceRequest
 * in JSON: hex ids, enums as numbers, 64-bit numbers as decimal strings. */
char *osy_trace_print (GPtrArray *spans, const char *service, const char *version);

G_END_DECLS
