/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * osy_log_init:
 * @service: "ordersyncd", …
 * @level: "error", "warning", "info" or "debug"
 *
 * Sends every GLib log message as one JSON line {timestamp, level, service, message, ...} to
 * standard error (to standard output for the daemon, @to_stdout). Thread-safe.
 */
void osy_log_init (const char *service, const char *level, gboolean to_stdout);

/**
 * osy_log_event:
 * @level: G_LOG_LEVEL_INFO, …
 * @action: what happened, "order.placed"
 * @...: name/value pairs of text, ended by NULL; never personal data
 */
void osy_log_event (GLogLevelFlags level, const char *action, ...) G_GNUC_NULL_TERMINATED;

/** osy_log_line: writes one already built JSON object as a line (the daemon's ready line). */
void osy_log_line (const char *json);

/**
 * osy_access_log_open: rotated files @dir/access-YYYY-MM-DD.log, mode 0600, kept 92 days.
 */
gboolean osy_access_log_open (const char *dir, GError **error);
/** One API call. */
typedef struct {
  const char *actor;  /* nullable */
  const char *action; /* (nullable): the route's operation */
  const char *method;
  const char *route; /* the template: nothing that was sent */
  const char *trace_id;
  const char *span_id;
  guint status;
  gint64 duration_us;
} OsyAccess;

/** osy_access_log_write: one line per API call; no personal data, no query string. */
void osy_access_log_write (const OsyAccess *access);
void osy_access_log_close (void);

G_END_DECLS
