/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* N worker threads, each with a connection of its own, fed from one bounded queue. */

#include "osy-db-private.h"

#include <signal.h>

#define MAX_WAITING 512
#define MAX_RUNS 4

typedef struct {
  char *restaurant_id;
  char *user_id;
  gboolean read_only;
  OsyDbFunc func;
  gpointer data;
  GDestroyNotify destroy;
  GTask *task;  /* NULL: somebody waits for @done */
  gint64 since; /* monotonic µs: when it began to wait */
  gboolean done;
  gboolean ok;
  GError *error;
} Job;

struct _OsyDbPool {
  GObject parent_instance;

  char *conninfo;
  GPtrArray *threads; /* GThread */
  GMutex mutex;
  GCond wake;     /* for workers: a job, or closing */
  GCond finished; /* for osy_db_pool_run(): some job is done */
  GQueue waiting; /* Job */
  OsyMetricSeries *connections;
  OsyMetricSeries *busy;
  OsyMetricSeries *wait;
  OsyMetricSeries *refused;
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (OsyDbPool, osy_db_pool, G_TYPE_OBJECT)

/* Set in a worker: a job that waits for another job could wait for ever. */
static GPrivate is_worker;

static Job *
job_new (const OsyDbScope *scope, OsyDbFunc func, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  if (scope != NULL) {
    job->restaurant_id = g_strdup (scope->restaurant_id);
    job->user_id = g_strdup (scope->user_id);
    job->read_only = scope->read_only;
  }
  job->func = func;
  job->data = data;
  job->destroy = destroy;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job->restaurant_id);
  g_free (job->user_id);
  g_clear_error (&job->error);
  g_free (job);
}

static void
pause_before_retry (guint run)
{
  g_usleep ((gulong)g_random_int_range (2000, 10000) * run);
}

static void
run_job (OsyDbConn *conn, Job *job)
{
  OsyDbScope scope = {job->restaurant_id, job->user_id, job->read_only};

  for (guint run = 1;; run++) {
    g_autoptr (GError) error = NULL;
    OsyDbOutcome outcome = osy_db_tx_run (conn, &scope, job->func, job->data, &error);
    if (outcome == OSY_DB_COMMITTED) {
      job->ok = TRUE;
      return;
    }
    if (outcome == OSY_DB_FAILED || run == MAX_RUNS) {
      if (error == NULL)
        g_set_error_literal (&error, OSY_ERROR, OSY_ERROR_INTERNAL,
                             "The work failed without saying why");
      job->error = g_steal_pointer (&error);
      return;
    }
    pause_before_retry (run);
  }
}

static gboolean
return_task (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&job->error));
  return G_SOURCE_REMOVE;
}

/* The task and with it the caller's data are dropped on the main context, never here. */
static void
finish_async (Job *job)
{
  GTask *task = job->task;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, return_task, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
perform (OsyDbPool *self, OsyDbConn *conn, Job *job)
{
  if (job->task == NULL) {
    run_job (conn, job);
    g_mutex_lock (&self->mutex);
    job->done = TRUE;
    g_cond_broadcast (&self->finished);
    g_mutex_unlock (&self->mutex);
    return;
  }
  if (g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
    g_set_error_literal (&job->error, OSY_ERROR, OSY_ERROR_CANCELLED,
                         "The request was cancelled before it began");
  else
    run_job (conn, job);
  finish_async (job);
}

static gpointer
worker (gpointer data)
{
  OsyDbPool *self = data;
  g_autoptr (OsyDbConn) conn = osy_db_conn_new (self->conninfo);

  g_private_set (&is_worker, self);
  for (;;) {
    g_mutex_lock (&self->mutex);
    while (g_queue_is_empty (&self->waiting) && !self->closing)
      g_cond_wait (&self->wake, &self->mutex);
    Job *job = g_queue_pop_head (&self->waiting);
    g_mutex_unlock (&self->mutex);
    if (job == NULL)
      return NULL;
    gint64 begun = g_get_monotonic_time ();
    osy_metric_observe (self->wait, begun - job->since);
    perform (self, conn, job);
    osy_metric_add (self->busy, g_get_monotonic_time () - begun);
  }
}

static gboolean
enqueue (OsyDbPool *self, Job *job, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->closing) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The service is stopping");
    return FALSE;
  }
  if (g_queue_get_length (&self->waiting) >= MAX_WAITING) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "Too much is waiting for the database; try again shortly");
    osy_metric_add (self->refused, 1);
    return FALSE;
  }
  job->since = g_get_monotonic_time ();
  g_queue_push_tail (&self->waiting, job);
  g_cond_signal (&self->wake);
  return TRUE;
}

gboolean
osy_db_pool_run (OsyDbPool *self,
                 const OsyDbScope *scope,
                 OsyDbFunc func,
                 gpointer data,
                 GError **error)
{
  g_return_val_if_fail (OSY_IS_DB_POOL (self) && func != NULL, FALSE);

  if (g_private_get (&is_worker) == self) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL,
                         "A transaction may not wait for another one; use the one you are in");
    return FALSE;
  }
  Job *job = job_new (scope, func, data, NULL);
  gboolean ok = enqueue (self, job, error);
  if (ok) {
    g_mutex_lock (&self->mutex);
    while (!job->done)
      g_cond_wait (&self->finished, &self->mutex);
    g_mutex_unlock (&self->mutex);
    ok = job->ok;
    if (!ok)
      g_propagate_error (error, g_steal_pointer (&job->error));
  }
  job_free (job);
  return ok;
}

void
osy_db_pool_run_async (OsyDbPool *self,
                       const OsyDbScope *scope,
                       OsyDbFunc func,
                       gpointer data,
                       GDestroyNotify destroy,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (OSY_IS_DB_POOL (self) && func != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = job_new (scope, func, data, destroy);
  GError *error = NULL;

  g_task_set_source_tag (task, osy_db_pool_run_async);
  /* What has committed is not to be reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  job->task = g_object_ref (task);
  if (!enqueue (self, job, &error)) {
    g_object_unref (job->task);
    g_task_return_error (task, error);
  }
}

gboolean
osy_db_pool_run_finish (OsyDbPool *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
osy_db_pool_close (OsyDbPool *self)
{
  g_return_if_fail (OSY_IS_DB_POOL (self));

  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  osy_metric_add (self->connections, -(gint64)self->threads->len);
  g_ptr_array_set_size (self->threads, 0);
}

static void
osy_db_pool_dispose (GObject *object)
{
  osy_db_pool_close (OSY_DB_POOL (object));
  G_OBJECT_CLASS (osy_db_pool_parent_class)->dispose (object);
}

static void
osy_db_pool_finalize (GObject *object)
{
  OsyDbPool *self = OSY_DB_POOL (object);

  g_ptr_array_unref (self->threads);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_cond_clear (&self->finished);
  g_free (self->conninfo);
  G_OBJECT_CLASS (osy_db_pool_parent_class)->finalize (object);
}

static void
osy_db_pool_class_init (OsyDbPoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = osy_db_pool_dispose;
  object_class->finalize = osy_db_pool_finalize;
}

static void
osy_db_pool_init (OsyDbPool *self)
{
  self->threads = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_cond_init (&self->finished);
  g_queue_init (&self->waiting);
}

OsyDbPool *
osy_db_pool_new_named (const char *name, const char *conninfo, guint n_workers)
{
  g_return_val_if_fail (conninfo != NULL && n_workers > 0, NULL);

  OsyDbPool *self = g_object_new (OSY_TYPE_DB_POOL, NULL);
  self->conninfo = g_strdup (conninfo);
  self->busy = osy_metric_find (&osy_db_pool_busy, name);
  self->wait = osy_metric_find (&osy_db_pool_wait, name);
  self->refused = osy_metric_find (&osy_db_pool_refused, name);
  self->connections = osy_metric_find (&osy_db_pool_connections, name);
  osy_metric_add (self->connections, n_workers);
  /* A server that goes away must be an error, not our end. */
  signal (SIGPIPE, SIG_IGN);
  for (guint i = 0; i < n_workers; i++) {
    g_autofree char *thread = g_strdup_printf ("db-%u", i);
    g_ptr_array_add (self->threads, g_thread_new (thread, worker, self));
  }
  return self;
}

OsyDbPool *
osy_db_pool_new (const char *conninfo, guint n_workers)
{
  return osy_db_pool_new_named ("other", conninfo, n_workers);
}

OsyDbPool *
osy_db_pool_new_sibling (OsyDbPool *self, guint n_workers)
{
  g_return_val_if_fail (OSY_IS_DB_POOL (self), NULL);

  return osy_db_pool_new (self->conninfo, n_workers);
}
