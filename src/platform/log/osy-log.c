/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The log as JSON lines; the last ones stay in memory, for the console to show. */

#include "osy-log.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "osy-clock.h"
#include "osy-log-private.h"
#include "osy-log-ring.h"

static const char *log_service = "ordersync";
static GLogLevelFlags log_threshold = G_LOG_LEVEL_INFO;
static int log_fd = STDERR_FILENO;

const char *
osy_log_service (void)
{
  return log_service;
}

void
osy_log_append_json (GString *line, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (line, '"');
  for (const char *p = valid; *p != '\0'; p++) {
    guchar c = (guchar)*p;
    if (c == '"' || c == '\\')
      g_string_append_printf (line, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      g_string_append_printf (line, "\\u%04x", c);
    else
      g_string_append_c (line, *p);
  }
  g_string_append_c (line, '"');
}

void
osy_log_append_pair (GString *line, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (line, ",\"%s\":", name);
  osy_log_append_json (line, value);
}

/* One write a line, so that lines of several threads do not mix. */
static void
write_line (GString *line)
{
  g_string_append_c (line, '\n'); /* which may move it */
  const char *p = line->str;
  gsize left = line->len;

  while (left > 0) {
    gssize written = write (log_fd, p, left);
    if (written < 0 && errno != EINTR)
      return;
    if (written > 0) {
      p += written;
      left -= (gsize)written;
    }
  }
}

static GString *
begin_line (GLogLevelFlags level)
{
  GString *line = g_string_new ("{\"timestamp\":");
  g_autofree char *now = osy_clock_format (g_get_real_time ());

  osy_log_append_json (line, now);
  osy_log_append_pair (line, "level", osy_log_ring_level (level));
  osy_log_append_pair (line, "service", log_service);
  return line;
}

static gboolean
is_wanted (GLogLevelFlags level)
{
  return (level & G_LOG_LEVEL_MASK) <= log_threshold;
}

static GLogWriterOutput
write_structured (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (!is_wanted (level))
    return G_LOG_WRITER_HANDLED;
  g_autoptr (GString) line = begin_line (level);
  const char *domain = NULL;
  const char *message = NULL;
  for (gsize i = 0; i < n_fields; i++) {
    if (fields[i].length >= 0)
      continue;
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      osy_log_append_pair (line, "message", message = fields[i].value);
    else if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
      osy_log_append_pair (line, "domain", domain = fields[i].value);
  }
  osy_log_ring_add (level, domain, message);
  g_string_append_c (line, '}');
  write_line (line);
  return G_LOG_WRITER_HANDLED;
}

static GLogLevelFlags
threshold_of (const char *level)
{
  if (g_strcmp0 (level, "error") == 0)
    return G_LOG_LEVEL_CRITICAL;
  if (g_strcmp0 (level, "warning") == 0)
    return G_LOG_LEVEL_WARNING;
  return g_strcmp0 (level, "debug") == 0 ? G_LOG_LEVEL_DEBUG : G_LOG_LEVEL_INFO;
}

void
osy_log_init (const char *service, const char *level, gboolean to_stdout)
{
  log_service = service;
  log_threshold = threshold_of (level);
  log_fd = to_stdout ? STDOUT_FILENO : STDERR_FILENO;
  g_log_set_writer_func (write_structured, NULL, NULL);
}

void
osy_log_event (GLogLevelFlags level, const char *action, ...)
{
  va_list args;

  if (!is_wanted (level))
    return;
  g_autoptr (GString) line = begin_line (level);
  g_autoptr (GString) words = g_string_new (NULL);
  osy_log_append_pair (line, "action", action);
  va_start (args, action);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *)) {
    const char *value = va_arg (args, const char *);
    osy_log_append_pair (line, name, value);
    if (value != NULL)
      g_string_append_printf (words, "%s%s=%s", words->len > 0 ? " " : "", name, value);
  }
  va_end (args);
  osy_log_ring_add (level, action, words->str);
  g_string_append_c (line, '}');
  write_line (line);
}

void
osy_log_line (const char *json)
{
  g_autoptr (GString) line = g_string_new (json);

  write_line (line);
}
