/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Lines that are kept, and bytes of a line's message at most. */
#define OSY_LOG_RING_LINES 1000
#define OSY_LOG_RING_TEXT 1000

/** One line of what a program said. */
typedef struct {
  gint64 seq;        /* 1, 2, 3, … since the start of the program */
  gint64 at;         /* UTC µs */
  const char *level; /* static: "fatal", "critical", "warning", "info" or "debug" */
  char *where;       /* part of the program, or what happened: "order.placed" */
  char *message;
} OsyLogLine;

/** osy_log_line_free: of a line that was handed over. */
void osy_log_line_free (OsyLogLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyLogLine, osy_log_line_free)

/** osy_log_ring_level: the level of a GLib log message as it is written everywhere. */
const char *osy_log_ring_level (GLogLevelFlags level);

/**
 * osy_log_ring_add: @where: (nullable). The last lines of this program, in memory: what whoever is
 * called for help asks for first. A number that could be a mobile phone's is masked, a long message
 * cut. Thread-safe; may be called by a writer of GLib, and logs nothing itself.
 */
void osy_log_ring_add (GLogLevelFlags level, const char *where, const char *message);

/** osy_log_ring_watch: from now on what GLib logs is kept, but for debugging, and goes on as
 * before. For a program that has no log of its own: once, at its start. */
void osy_log_ring_watch (void);

/** osy_log_ring_since: (transfer full) (element-type OsyLogLine): the newest @max lines behind
 * @seq, oldest first. */
GPtrArray *osy_log_ring_since (gint64 seq, guint max);

G_END_DECLS
