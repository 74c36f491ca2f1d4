/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The last lines of a log. */

#include "osy-log-ring.h"

#include <string.h>

static GMutex mutex;
static OsyLogLine ring[OSY_LOG_RING_LINES]; /* of line n: n % OSY_LOG_RING_LINES */
static gint64 newest;                       /* 0: none yet */

void
osy_log_line_free (OsyLogLine *self)
{
  g_free (self->where);
  g_free (self->message);
  g_free (self);
}

const char *
osy_log_ring_level (GLogLevelFlags level)
{
  switch (level & G_LOG_LEVEL_MASK) {
  case G_LOG_LEVEL_ERROR: return "fatal";
  case G_LOG_LEVEL_CRITICAL: return "critical";
  case G_LOG_LEVEL_WARNING: return "warning";
  case G_LOG_LEVEL_DEBUG: return "debug";
  default: return "info";
  }
}

/* A mobile's number, at home or as it is called from abroad. */
static gboolean
is_mobile (const char *digits, gsize n, gboolean abroad)
{
  if (abroad && n > 3 && strncmp (digits, "82", 2) == 0) {
    digits += 2;
    n -= 2;
    if (digits[0] == '1') {
      return n >= 9 && n <= 10;
    }
  }
  return n >= 10 && n <= 11 && digits[0] == '0' && digits[1] == '1';
}

/* The end of the longest number that begins at @at and ends with a group, or NULL; single hyphens
 * and blanks part the groups. @abroad: after a plus. */
static const char *
phone_end (const char *at, gboolean abroad)
{
  char digits[13]; /* 82 and a whole number at home */
  const char *end = NULL;
  gsize n = 0;

  for (const char *p = at; n < sizeof digits && g_ascii_isdigit (*p); p++) {
    digits[n++] = *p;
    if (!g_ascii_isalnum (p[1]) && is_mobile (digits, n, abroad)) {
      end = p + 1;
    }
    if ((p[1] == '-' || p[1] == ' ') && g_ascii_isdigit (p[2])) {
      p++;
    }
  }
  return end;
}

/* Nothing logs a number; what another program's words brought along is not handed on either. Each
 * group may begin one, whatever stands before it. In place. */
static void
mask_phones (char *text)
{
  g_autofree char *said = g_strdup (text);

  for (gsize i = 0; said[i] != '\0'; i++) {
    const char *before = i > 0 ? said + i - 1 : "";

    if (!g_ascii_isdigit (said[i]) || g_ascii_isalnum (*before)) {
      continue;
    }
    const char *end = phone_end (said + i, *before == '+');
    for (gsize k = i; end != NULL && said + k < end; k++) {
      if (g_ascii_isdigit (said[k])) {
        text[k] = '*';
      }
    }
  }
}

/* (transfer full): valid, and no longer than is kept. */
static char *
keep (const char *text)
{
  char *whole = g_utf8_make_valid (text, (gssize)strnlen (text, OSY_LOG_RING_TEXT));

  mask_phones (whole);
  return whole;
}

void
osy_log_ring_add (GLogLevelFlags level, const char *where, const char *message)
{
  g_autofree char *kept_where = keep (where != NULL ? where : "");
  g_autofree char *kept = keep (message != NULL ? message : "");

  g_mutex_lock (&mutex);
  newest++;
  OsyLogLine *line = &ring[newest % OSY_LOG_RING_LINES];
  g_free (line->where);
  g_free (line->message);
  *line = (OsyLogLine){newest, g_get_real_time (), osy_log_ring_level (level), NULL, NULL};
  line->where = g_steal_pointer (&kept_where);
  line->message = g_steal_pointer (&kept);
  g_mutex_unlock (&mutex);
}

GPtrArray *
osy_log_ring_since (gint64 seq, guint max)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_log_line_free);

  g_mutex_lock (&mutex);
  gint64 first = seq < newest ? MAX (seq + 1, 1) : newest + 1;
  first = MAX (first, newest - MIN ((gint64)max, OSY_LOG_RING_LINES) + 1);
  for (gint64 n = first; n <= newest; n++) {
    OsyLogLine *line = g_memdup2 (&ring[n % OSY_LOG_RING_LINES], sizeof *line);

    line->where = g_strdup (line->where);
    line->message = g_strdup (line->message);
    g_ptr_array_add (lines, line);
  }
  g_mutex_unlock (&mutex);
  return lines;
}

static GLogWriterOutput
watch_writer (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *where = NULL;
  const char *message = NULL;

  for (gsize i = 0; i < n_fields; i++) {
    if (fields[i].length >= 0)
      continue;
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      message = fields[i].value;
    else if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0)
      where = fields[i].value;
  }
  if ((level & G_LOG_LEVEL_MASK) < G_LOG_LEVEL_DEBUG)
    osy_log_ring_add (level, where, message);
  return g_log_writer_default (level, fields, n_fields, user_data);
}

void
osy_log_ring_watch (void)
{
  g_log_set_writer_func (watch_writer, NULL, NULL);
}
