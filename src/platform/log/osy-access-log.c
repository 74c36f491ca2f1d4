/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who called what, in one file a day. */

#include "osy-log.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "osy-clock.h"
#include "osy-log-private.h"

#define KEEP_DAYS 92
#define PREFIX "access-"
#define SUFFIX ".log"

static GMutex access_lock;
static char *access_dir;
static char *access_day;
static int access_fd = -1;

static void
remove_old (const char *dir, gint64 now)
{
  g_autofree char *oldest = osy_clock_format (now - KEEP_DAYS * G_TIME_SPAN_DAY);
  g_autoptr (GDir) handle = g_dir_open (dir, 0, NULL);

  oldest[10] = '\0';
  for (const char *name = handle ? g_dir_read_name (handle) : NULL; name != NULL;
       name = g_dir_read_name (handle)) {
    if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX) ||
        strncmp (name + strlen (PREFIX), oldest, 10) >= 0)
      continue;
    g_autofree char *path = g_build_filename (dir, name, NULL);
    g_unlink (path);
  }
}

static gboolean
open_day (gint64 now, const char *day)
{
  g_autofree char *name = g_strconcat (PREFIX, day, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (access_dir, name, NULL);

  if (access_fd >= 0)
    close (access_fd);
  access_fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  g_free (access_day);
  access_day = g_strdup (day);
  remove_old (access_dir, now);
  return access_fd >= 0;
}

static gboolean
ensure_day (gint64 now, const char *timestamp)
{
  g_autofree char *day = g_strndup (timestamp, 10);

  if (access_dir == NULL)
    return FALSE;
  if (access_fd >= 0 && g_strcmp0 (day, access_day) == 0)
    return TRUE;
  return open_day (now, day);
}

gboolean
osy_access_log_open (const char *dir, GError **error)
{
  gint64 now = osy_clock_now ();
  g_autofree char *timestamp = osy_clock_format (now);

  if (g_mkdir_with_parents (dir, 0700) != 0) {
    int code = errno;
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code),
                 "Cannot make the log directory %s: %s", dir, g_strerror (code));
    return FALSE;
  }
  g_mutex_lock (&access_lock);
  g_free (access_dir);
  access_dir = g_strdup (dir);
  gboolean ok = ensure_day (now, timestamp);
  int code = errno;
  g_mutex_unlock (&access_lock);
  if (!ok)
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code),
                 "Cannot write the access log in %s: %s", dir, g_strerror (code));
  return ok;
}

void
osy_access_log_write (const OsyAccess *access)
{
  gint64 now = osy_clock_now ();
  g_autofree char *timestamp = osy_clock_format (now);
  g_autoptr (GString) line = g_string_new ("{\"timestamp\":");

  osy_log_append_json (line, timestamp);
  osy_log_append_pair (line, "level", access->status >= 500 ? "warning" : "info");
  osy_log_append_pair (line, "service", osy_log_service ());
  osy_log_append_pair (line, "trace_id", access->trace_id);
  osy_log_append_pair (line, "span_id", access->span_id);
  osy_log_append_pair (line, "user_id", access->actor);
  osy_log_append_pair (line, "action", access->action);
  osy_log_append_pair (line, "method", access->method);
  osy_log_append_pair (line, "route", access->route);
  g_string_append_printf (
      line, ",\"status\":%u,\"duration_us\":%" G_GINT64_FORMAT ",\"success\":%s}\n", access->status,
      access->duration_us, access->status < 400 ? "true" : "false");
  g_mutex_lock (&access_lock);
  /* A full disk must not stop the shop; the line is then lost. */
  if (ensure_day (now, timestamp) && write (access_fd, line->str, line->len) < 0)
    g_debug ("an access-log line was lost: %s", g_strerror (errno));
  g_mutex_unlock (&access_lock);
}

void
osy_access_log_close (void)
{
  g_mutex_lock (&access_lock);
  if (access_fd >= 0)
    close (access_fd);
  access_fd = -1;
  g_clear_pointer (&access_dir, g_free);
  g_clear_pointer (&access_day, g_free);
  g_mutex_unlock (&access_lock);
}
