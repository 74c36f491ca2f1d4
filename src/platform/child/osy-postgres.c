/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The supervisor of the private PostgreSQL. One step function serves the start, which waits for
 * it, and the restart, which a timer drives. The server is a direct child with a parent-death
 * signal, so it never outlives us; what a killed predecessor left is waited for and cleared. */

#include "osy-postgres-private.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#define START_POLL_US (20 * 1000)
#define RESTART_POLL_MS 100
/* A killed server's processes may take a second or two to go. */
#define GIVE_UP_US (10 * G_USEC_PER_SEC)
/* Recovery after a power cut reads the whole log. */
#define RECOVERY_US (5 * 60 * G_USEC_PER_SEC)
#define LEFTOVER_QUIT_US (4 * G_USEC_PER_SEC)
#define LEFTOVER_KILL_US (8 * G_USEC_PER_SEC)
#define STOP_FAST_US (7 * G_USEC_PER_SEC)
#define STOP_QUIT_US (2 * G_USEC_PER_SEC)
#define RETRY_MS 500
#define MAX_RETRY_MS 10000

struct _OsyPostgres {
  GObject parent_instance;

  char *data_dir;
  OsyCluster *cluster;
  pid_t pid; /* 0: none */
  gboolean running;
  gint64 leftovers_since; /* monotonic; 0: none seen */
  gint64 spawn_at;        /* monotonic time of the next attempt */
  gint64 ready_at;        /* monotonic time at which it was last ready */
  guint retry_ms;
  guint tick;    /* source id of the restart timer */
  guint watcher; /* source id of the pidfd */
  int pidfd;
};

G_DEFINE_FINAL_TYPE (OsyPostgres, osy_postgres, G_TYPE_OBJECT)

enum { PROP_0, PROP_RUNNING, N_PROPS };
static GParamSpec *properties[N_PROPS];

static void
set_running (OsyPostgres *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  if (running)
    self->ready_at = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

/* TRUE once the server has ended. */
static gboolean
reap (OsyPostgres *self)
{
  pid_t found = self->pid > 0 ? waitpid (self->pid, NULL, WNOHANG) : 0;

  if (found == 0 || (found < 0 && errno == EINTR))
    return FALSE;
  self->pid = 0;
  return TRUE;
}

static void
plan_retry (OsyPostgres *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean was_stable = self->ready_at != 0 && now - self->ready_at > GIVE_UP_US;

  if (self->running && was_stable)
    self->retry_ms = 0;
  self->spawn_at = now + self->retry_ms * 1000;
  self->retry_ms = CLAMP (self->retry_ms * 2, RETRY_MS, MAX_RETRY_MS);
}

/* TRUE when no process of a former run is left in the cluster. */
static gboolean
leftovers_are_gone (OsyPostgres *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 age = self->leftovers_since != 0 ? now - self->leftovers_since : 0;
  int signal_number = age > LEFTOVER_KILL_US ? SIGKILL : age > LEFTOVER_QUIT_US ? SIGQUIT : SIGINT;

  if (osy_cluster_signal_leftovers (self->cluster, signal_number) == 0) {
    self->leftovers_since = 0;
    return TRUE;
  }
  if (self->leftovers_since == 0)
    self->leftovers_since = now;
  return FALSE;
}

/* One step towards a running server; never waits. FALSE with @error: the attempt failed. */
static gboolean
advance (OsyPostgres *self, GError **error)
{
  if (self->pid > 0) {
    if (reap (self)) {
      plan_retry (self);
      set_running (self, FALSE);
      g_propagate_error (error, osy_cluster_explain (self->cluster));
      return FALSE;
    }
    if (osy_cluster_is_ready (self->cluster, self->pid))
      set_running (self, TRUE);
    return TRUE;
  }
  if (g_get_monotonic_time () < self->spawn_at || !leftovers_are_gone (self))
    return TRUE;
  osy_cluster_clear_locks (self->cluster);
  pid_t pid =
      osy_cluster_configure (self->cluster, error) ? osy_cluster_spawn (self->cluster, error) : -1;
  if (pid < 0) {
    plan_retry (self);
    return FALSE;
  }
  self->pid = pid;
  return TRUE;
}

static void start_ticking (OsyPostgres *self);

static gboolean
ended_cb (int fd, GIOCondition condition, gpointer user_data)
{
  OsyPostgres *self = user_data;

  if (!reap (self))
    return G_SOURCE_CONTINUE;
  g_message ("PostgreSQL has ended; starting it again");
  self->watcher = 0;
  plan_retry (self);
  start_ticking (self);
  set_running (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* A pidfd wakes us exactly when the server ends, without a signal handler. */
static gboolean
watch_server (OsyPostgres *self)
{
  if (self->pidfd >= 0)
    close (self->pidfd);
  self->pidfd = (int)syscall (SYS_pidfd_open, self->pid, 0);
  if (self->pidfd < 0)
    return FALSE;
  self->watcher = g_unix_fd_add (self->pidfd, G_IO_IN, ended_cb, self);
  return TRUE;
}

static gboolean
tick_cb (gpointer user_data)
{
  OsyPostgres *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!advance (self, &error)) {
    g_message ("%s", error->message);
    return G_SOURCE_CONTINUE;
  }
  if (!self->running || !watch_server (self))
    return G_SOURCE_CONTINUE;
  g_message ("PostgreSQL runs again");
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
start_ticking (OsyPostgres *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add (RESTART_POLL_MS, tick_cb, self);
}

/* Blocks until the server is ready. */
static gboolean
wait_until_running (OsyPostgres *self, GError **error)
{
  gint64 begin = g_get_monotonic_time ();

  for (;;) {
    g_autoptr (GError) local = NULL;
    gboolean ok = advance (self, &local);
    gint64 waited = g_get_monotonic_time () - begin;

    if (self->running)
      return TRUE;
    if (!ok && (waited > GIVE_UP_US || osy_error_is (local, OSY_ERROR_STORAGE_FULL))) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (waited > RECOVERY_US) {
      g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                           "PostgreSQL did not become ready in five minutes");
      return FALSE;
    }
    self->retry_ms = RETRY_MS;
    g_usleep (START_POLL_US);
  }
}

OsyPostgres *
osy_postgres_start (const char *data_dir, GError **error)
{
  g_return_val_if_fail (data_dir != NULL && g_path_is_absolute (data_dir), NULL);

  g_autoptr (OsyPostgres) self = g_object_new (OSY_TYPE_POSTGRES, NULL);

  self->data_dir = g_strdup (data_dir);
  self->cluster = osy_cluster_new (data_dir, error);
  if (self->cluster == NULL || !wait_until_running (self, error) ||
      !osy_cluster_make_roles (data_dir, error))
    return NULL;
  self->retry_ms = 0;
  if (!watch_server (self))
    start_ticking (self);
  return g_steal_pointer (&self);
}

gboolean
osy_postgres_is_running (OsyPostgres *self)
{
  g_return_val_if_fail (OSY_IS_POSTGRES (self), FALSE);

  return self->running;
}

static gboolean
wait_for_end (OsyPostgres *self, gint64 limit)
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
osy_postgres_stop (OsyPostgres *self)
{
  g_return_if_fail (OSY_IS_POSTGRES (self));

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->watcher, g_source_remove);
  self->running = FALSE;
  if (self->pid <= 0)
    return;
  kill (self->pid, SIGINT);
  if (wait_for_end (self, STOP_FAST_US))
    return;
  kill (self->pid, SIGQUIT);
  if (wait_for_end (self, STOP_QUIT_US))
    return;
  kill (self->pid, SIGKILL);
  (void)wait_for_end (self, STOP_QUIT_US);
}

static void
osy_postgres_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OsyPostgres *self = OSY_POSTGRES (object);

  if (id == PROP_RUNNING)
    g_value_set_boolean (value, self->running);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osy_postgres_finalize (GObject *object)
{
  OsyPostgres *self = OSY_POSTGRES (object);

  osy_postgres_stop (self);
  if (self->pidfd >= 0)
    close (self->pidfd);
  g_clear_pointer (&self->cluster, osy_cluster_free);
  g_free (self->data_dir);
  G_OBJECT_CLASS (osy_postgres_parent_class)->finalize (object);
}

static void
osy_postgres_class_init (OsyPostgresClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = osy_postgres_get_property;
  object_class->finalize = osy_postgres_finalize;
  properties[PROP_RUNNING] =
      g_param_spec_boolean ("running", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osy_postgres_init (OsyPostgres *self)
{
  self->pidfd = -1;
}
