/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The processes of the private cluster: starting one, knowing when it is ready, and what a killed
 * predecessor left behind. PostgreSQL takes a lock file for live when any process has its number;
 * ids are used again, so we look at who that is. */

#include "osy-postgres-private.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define LOG_LIMIT (8 * 1024 * 1024)
#define PID_FILE "postmaster.pid"
#define PID_FILE_STATUS_LINE 7

/* Only what is safe between fork and exec. */
void
osy_cluster_child_setup (gpointer data)
{
  const OsyCluster *self = data;

  /* Ctrl-C on our terminal is for us; we then stop the server in our own time. */
  setsid ();
  if (geteuid () == 0 &&
      (setgroups (1, &self->gid) != 0 || setgid (self->gid) != 0 || setuid (self->uid) != 0))
    _exit (126);
  umask (077);
  /* After setuid(), which clears it. SIGINT is PostgreSQL's fast shutdown. */
  prctl (PR_SET_PDEATHSIG, SIGINT);
  if (getppid () != self->our_pid)
    _exit (126);
}

static int
open_log (OsyCluster *self)
{
  struct stat st;

  if (stat (self->log, &st) == 0 && st.st_size > LOG_LIMIT) {
    g_autofree char *old = g_strconcat (self->log, ".1", NULL);
    (void)g_rename (self->log, old);
  }
  int fd = open (self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    self->log_start = lseek (fd, 0, SEEK_END);
  return fd;
}

pid_t
osy_cluster_spawn (OsyCluster *self, GError **error)
{
  g_autofree char *program = g_build_filename (self->bin, "postgres", NULL);
  const char *const argv[] = {program, "-D", self->pg, "-k", self->run, NULL};
  g_auto (GStrv) env = osy_cluster_environment (self);
  g_autoptr (GError) local = NULL;
  GPid pid = -1;
  int log = open_log (self);

  if (log < 0) {
    osy_postgres_set_errno (error, errno, "open", self->log);
    return -1;
  }
  if (!g_spawn_async_with_fds ("/", (char **)argv, env,
                               G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDIN_FROM_DEV_NULL,
                               osy_cluster_child_setup, self, &pid, -1, log, log, &local)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "PostgreSQL cannot be started: %s",
                 local->message);
    pid = -1;
  }
  close (log);
  return pid;
}

static char **
read_pid_file (OsyCluster *self)
{
  g_autofree char *path = g_build_filename (self->pg, PID_FILE, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strsplit (text, "\n", -1) : NULL;
}

gboolean
osy_cluster_is_ready (OsyCluster *self, pid_t pid)
{
  g_auto (GStrv) lines = read_pid_file (self);

  if (lines == NULL || g_strv_length (lines) <= PID_FILE_STATUS_LINE)
    return FALSE;
  return g_ascii_strtoll (lines[0], NULL, 10) == pid &&
         g_str_has_prefix (lines[PID_FILE_STATUS_LINE], "ready");
}

/* Every process of PostgreSQL works in its data directory. */
static gboolean
works_in (const char *pid, const struct stat *dir)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "cwd", NULL);
  struct stat st;

  return stat (path, &st) == 0 && st.st_dev == dir->st_dev && st.st_ino == dir->st_ino;
}

static gboolean
is_postgres (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "exe", NULL);
  g_autofree char *program = g_file_read_link (path, NULL);

  if (program == NULL)
    return FALSE;
  g_autofree char *name = g_path_get_basename (program);
  /* "postgres (deleted)" after an upgrade of the package. */
  return g_str_has_prefix (name, "postgres");
}

static pid_t
recorded_pid (OsyCluster *self)
{
  g_auto (GStrv) lines = read_pid_file (self);
  return lines != NULL ? (pid_t)g_ascii_strtoll (lines[0], NULL, 10) : 0;
}

/* The others follow the postmaster by themselves; SIGINT means something else to them. */
guint
osy_cluster_signal_leftovers (OsyCluster *self, int signal_number)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  pid_t postmaster = recorded_pid (self);
  struct stat st;
  guint n = 0;

  if (dir == NULL || stat (self->pg, &st) != 0)
    return 0;
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    if (!g_ascii_isdigit (*name) || !works_in (name, &st) || !is_postgres (name))
      continue;
    pid_t pid = (pid_t)g_ascii_strtoll (name, NULL, 10);
    n++;
    if (pid == postmaster || signal_number != SIGINT)
      kill (pid, signal_number);
  }
  return n;
}

static gboolean
is_alive (pid_t pid)
{
  return pid > 0 && (kill (pid, 0) == 0 || errno == EPERM);
}

void
osy_cluster_clear_locks (OsyCluster *self)
{
  static const char *const socket_files[] = {".s.PGSQL.5432.lock", ".s.PGSQL.5432"};

  /* The file of a dead process stays: PostgreSQL knows better what to make of it. */
  if (is_alive (recorded_pid (self))) {
    g_autofree char *path = g_build_filename (self->pg, PID_FILE, NULL);
    (void)g_unlink (path);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (socket_files); i++) {
    g_autofree char *path = g_build_filename (self->run, socket_files[i], NULL);
    (void)g_unlink (path);
  }
}

/* A write that was cut short names no reason of the system. */
gboolean
osy_cluster_says_full (const char *text)
{
  return strstr (text, "No space left on device") != NULL || strstr (text, "wrote only") != NULL;
}

GError *
osy_cluster_explain (OsyCluster *self)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  gboolean full = FALSE;

  if (g_file_get_contents (self->log, &text, &length, NULL) && (gsize)self->log_start <= length)
    full = osy_cluster_says_full (text + self->log_start);
  if (full)
    return g_error_new (OSY_ERROR, OSY_ERROR_STORAGE_FULL,
                        "PostgreSQL did not start, because the disk is full; make room on it");
  return g_error_new (OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                      "PostgreSQL did not start; the reason is at the end of %s", self->log);
}
