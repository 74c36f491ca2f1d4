/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The supervisor of nginx: a direct child with a parent-death signal, started again whenever it
 * ends, at first at once and then with growing pauses. */

#include "osy-edge-private.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gstdio.h>

#include "osy-certificate.h"

#define PROGRAM "/usr/sbin/nginx"
#define POLL_MS 50
#define FIRST_RETRY_MS 500
#define MAX_RETRY_MS 10000
/* What ran so long did not fail at its start. */
#define STABLE_US (10 * G_USEC_PER_SEC)
#define STOP_US (2 * G_USEC_PER_SEC)
#define KILL_US (1 * G_USEC_PER_SEC)
#define RENEW_S (6 * 3600)
#define LOG_LIMIT (8 * 1024 * 1024)

struct _OsyEdge {
  GObject parent_instance;

  char *data_dir;
  char *folder;
  char *log;
  guint port;
  gboolean own_certificate;
  pid_t our_pid; /* for the child to see whether we are still there */
  pid_t pid;     /* 0: none */
  int pidfd;
  gboolean running;
  gint64 spawned_at;
  guint retry_ms;
  guint watcher; /* source ids */
  guint poll;
  guint retry;
  guint renew;
};

G_DEFINE_FINAL_TYPE (OsyEdge, osy_edge, G_TYPE_OBJECT)

/* ---- the process ---- */

/* Only what is safe between fork and exec. */
static void
child_setup (gpointer data)
{
  const OsyEdge *self = data;

  setsid ();
  umask (077);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != self->our_pid)
    _exit (126);
}

static int
open_log (OsyEdge *self)
{
  struct stat st;

  if (stat (self->log, &st) == 0 && st.st_size > LOG_LIMIT) {
    g_autofree char *old = g_strconcat (self->log, ".1", NULL);
    (void)g_rename (self->log, old);
  }
  return open (self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static gboolean
spawn (OsyEdge *self, GError **error)
{
  g_autofree char *prefix = g_strconcat (self->folder, "/", NULL);
  const char *const argv[] = {
      PROGRAM, "-p", prefix, "-e", "../log/edge.log", "-c", OSY_EDGE_CONFIG_FILE, NULL};
  const char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", NULL};
  g_autofree char *pid_file = g_build_filename (self->folder, OSY_EDGE_PID_FILE, NULL);
  int log = open_log (self);
  GPid pid = 0;
  gboolean done;

  if (log < 0) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "Cannot open %s: %s", self->log,
                 g_strerror (errno));
    return FALSE;
  }
  (void)g_unlink (pid_file);
  done = g_spawn_async_with_fds (self->folder, (char **)argv, (char **)environment,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDIN_FROM_DEV_NULL,
                                 child_setup, self, &pid, -1, log, log, error);
  close (log);
  self->pid = done ? pid : 0;
  self->spawned_at = g_get_monotonic_time ();
  return done;
}

/* nginx writes its number once it listens. */
static gboolean
listens (OsyEdge *self)
{
  g_autofree char *path = g_build_filename (self->folder, OSY_EDGE_PID_FILE, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) &&
         g_ascii_strtoll (text, NULL, 10) == self->pid;
}

static gboolean
reap (OsyEdge *self)
{
  pid_t found = self->pid > 0 ? waitpid (self->pid, NULL, WNOHANG) : -1;

  if (found == 0 || (found < 0 && errno == EINTR))
    return FALSE;
  self->pid = 0;
  return TRUE;
}

/* ---- supervision ---- */

static void launch (OsyEdge *self);

static gboolean
retry_cb (gpointer data)
{
  OsyEdge *self = data;

  self->retry = 0;
  launch (self);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (OsyEdge *self)
{
  if (self->retry != 0)
    return;
  if (g_get_monotonic_time () - self->spawned_at > STABLE_US)
    self->retry_ms = 0;
  self->retry = g_timeout_add (self->retry_ms, retry_cb, self);
  self->retry_ms = CLAMP (self->retry_ms * 2, FIRST_RETRY_MS, MAX_RETRY_MS);
}

static void
stop_watching (OsyEdge *self)
{
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_handle_id (&self->watcher, g_source_remove);
  if (self->pidfd >= 0)
    close (self->pidfd);
  self->pidfd = -1;
}

static gboolean
ended_cb (int fd, GIOCondition condition, gpointer data)
{
  OsyEdge *self = data;

  if (!reap (self))
    return G_SOURCE_CONTINUE;
  g_message (self->running ? "the edge has ended; starting it again"
                           : "the edge did not start; the reason is at the end of log/edge.log");
  self->running = FALSE;
  self->watcher = 0;
  stop_watching (self);
  plan_retry (self);
  return G_SOURCE_REMOVE;
}

static gboolean
poll_cb (gpointer data)
{
  OsyEdge *self = data;

  if (!listens (self))
    return G_SOURCE_CONTINUE;
  self->running = TRUE;
  self->poll = 0;
  g_message ("the edge runs");
  return G_SOURCE_REMOVE;
}

static void
launch (OsyEdge *self)
{
  g_autoptr (GError) error = NULL;

  if (!spawn (self, &error)) {
    g_message ("the edge cannot be started: %s", error->message);
    plan_retry (self);
    return;
  }
  self->pidfd = (int)syscall (SYS_pidfd_open, self->pid, 0);
  if (self->pidfd >= 0)
    self->watcher = g_unix_fd_add (self->pidfd, G_IO_IN, ended_cb, self);
  else
    g_warning ("the edge cannot be watched: %s", g_strerror (errno));
  self->poll = g_timeout_add (POLL_MS, poll_cb, self);
}

/* ---- certificates ---- */

static gboolean
renew_cb (gpointer data)
{
  OsyEdge *self = data;
  g_autoptr (GError) error = NULL;
  gboolean renewed = FALSE;

  if (!osy_edge_renew (self->data_dir, &renewed, &error))
    g_warning ("the edge's certificate could not be renewed: %s", error->message);
  else if (renewed && self->pid > 0) {
    g_message ("the edge has a new certificate");
    kill (self->pid, SIGTERM); /* and it is started again */
  }
  return G_SOURCE_CONTINUE;
}

/* The path goes into a configuration between quotes. */
static gboolean
read_given (const char *path, char **text, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!g_path_is_absolute (path) || strpbrk (path, "\"\\$;{}\n\r") != NULL) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "Give the edge's certificate and key as absolute paths without quotes, $, ; or "
                 "braces, not “%s”.",
                 path);
    return FALSE;
  }
  if (g_file_get_contents (path, text, NULL, &local))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Cannot read %s: %s", path,
               local->message);
  return FALSE;
}

static gboolean
check_given (const OsyEdgeConfig *config, GError **error)
{
  g_auto (OsyCertificate) pair = {NULL};

  if (config->key == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "--edge-certificate needs --edge-key.");
    return FALSE;
  }
  return read_given (config->certificate, &pair.certificate, error) &&
         read_given (config->key, &pair.key, error) &&
         osy_certificate_check_pair (pair.certificate, pair.key, error);
}

/* ---- public ---- */

static gboolean
prepare (OsyEdge *self, const OsyEdgeConfig *config, GError **error)
{
  g_autofree char *text = osy_edge_configuration (config);
  g_autofree char *tmp = osy_edge_path (config->data_dir, "tmp");
  gboolean renewed;

  if (self->own_certificate ? !osy_edge_renew (config->data_dir, &renewed, error)
                            : !check_given (config, error))
    return FALSE;
  if (!osy_edge_write (config->data_dir, OSY_EDGE_CONFIG_FILE, text, error))
    return FALSE;
  if (g_mkdir_with_parents (tmp, 0700) == 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "Cannot make %s: %s", tmp,
               g_strerror (errno));
  return FALSE;
}

OsyEdge *
osy_edge_new (const OsyEdgeConfig *config, GError **error)
{
  g_autoptr (OsyEdge) self = g_object_new (OSY_TYPE_EDGE, NULL);

  if (g_access (PROGRAM, X_OK) != 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "The edge needs nginx: install the package nginx-light.");
    return NULL;
  }
  self->data_dir = g_strdup (config->data_dir);
  self->folder = g_build_filename (config->data_dir, OSY_EDGE_FOLDER, NULL);
  self->log = g_build_filename (config->data_dir, "log", "edge.log", NULL);
  self->port = config->port;
  self->own_certificate = config->certificate == NULL;
  self->our_pid = getpid ();
  return prepare (self, config, error) ? g_steal_pointer (&self) : NULL;
}

void
osy_edge_start (OsyEdge *self)
{
  g_return_if_fail (OSY_IS_EDGE (self));

  launch (self);
  if (self->own_certificate)
    self->renew = g_timeout_add_seconds (RENEW_S, renew_cb, self);
}

gboolean
osy_edge_is_running (OsyEdge *self)
{
  g_return_val_if_fail (OSY_IS_EDGE (self), FALSE);

  return self->running;
}

char **
osy_edge_list_addresses (OsyEdge *self)
{
  g_return_val_if_fail (OSY_IS_EDGE (self), NULL);
  g_auto (GStrv) names = osy_edge_list_names (self->data_dir);
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();

  for (guint i = 0; names[i] != NULL; i++) {
    gboolean bare = strchr (names[i], ':') == NULL;
    g_autofree char *address =
        g_strdup_printf (bare ? "https://%s:%u" : "https://[%s]:%u", names[i], self->port);
    g_strv_builder_add (addresses, address);
  }
  return g_strv_builder_end (addresses);
}

static gboolean
wait_for_end (OsyEdge *self, gint64 limit)
{
  gint64 deadline = g_get_monotonic_time () + limit;

  while (!reap (self)) {
    if (g_get_monotonic_time () > deadline)
      return FALSE;
    g_usleep (5000);
  }
  return TRUE;
}

void
osy_edge_stop (OsyEdge *self)
{
  g_return_if_fail (OSY_IS_EDGE (self));

  stop_watching (self);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->renew, g_source_remove);
  self->running = FALSE;
  if (self->pid <= 0)
    return;
  kill (self->pid, SIGTERM);
  if (wait_for_end (self, STOP_US))
    return;
  kill (self->pid, SIGKILL);
  (void)wait_for_end (self, KILL_US);
}

static void
osy_edge_finalize (GObject *object)
{
  OsyEdge *self = OSY_EDGE (object);

  osy_edge_stop (self);
  g_free (self->data_dir);
  g_free (self->folder);
  g_free (self->log);
  G_OBJECT_CLASS (osy_edge_parent_class)->finalize (object);
}

static void
osy_edge_class_init (OsyEdgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_edge_finalize;
}

static void
osy_edge_init (OsyEdge *self)
{
  self->pidfd = -1;
}
