/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Most header lines and query members a request may have. */
#define OSY_HTTP_MAX_HEADERS 100
#define OSY_HTTP_MAX_QUERY 64

/**
 * OsyHttpGuard: what is checked of a request head after MHD has parsed it.
 *
 * MHD 0.9.75 lets through what lets two servers disagree about where a request ends. The guard
 * refuses whatever is not written in the one plain way; it reads every header once.
 */
typedef struct {
  guint n_headers;
  gsize header_bytes;  /* as they must have been on the wire */
  guint seen;          /* bits of the headers that may appear once */
  gboolean has_length; /* Content-Length was sent */
  guint64 length;
  gboolean transfer_encoding;
  const char *fault; /* (nullable): first fault of a header, one sentence */
} OsyHttpGuard;

/** The request line and the size of the head as received. */
typedef struct {
  const char *method;
  const char *target; /* raw */
  const char *version;
  gsize header_size;   /* bytes from the method to the empty line, both included */
  gboolean bad_target; /* osy_http_guard_unescape() refused a part of it */
} OsyHttpGuardLine;

/** osy_http_guard_header: looks at one header; @value may be NULL. */
void osy_http_guard_header (OsyHttpGuard *self,
                            const char *name,
                            gsize name_len,
                            const char *value,
                            gsize value_len);

/**
 * osy_http_guard_check: after all headers.
 * @status: (out): the HTTP status to refuse with
 *
 * Returns: FALSE with @error; the connection must then be closed.
 */
gboolean osy_http_guard_check (const OsyHttpGuard *self,
                               const OsyHttpGuardLine *line,
                               guint *status,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_http_guard_unescape:
 * @text: decoded in place
 *
 * Returns: FALSE when a percent sign is not followed by two hex digits, or the result is not UTF-8
 * or holds a control character.
 */
gboolean osy_http_guard_unescape (char *text) G_GNUC_WARN_UNUSED_RESULT;

/** osy_http_guard_is_key: Returns: whether @value is an Idempotency-Key: 1 to 255 visible ASCII. */
gboolean osy_http_guard_is_key (const char *value);

/** osy_http_guard_trace: Returns: whether @traceparent is a W3C one; copies its trace id. */
gboolean osy_http_guard_trace (const char *traceparent, char trace_id[33]);

G_END_DECLS
