/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Periodic work on the pool, one run of a job at a time. */

#include "osy-job.h"

#define BACKOFF_FIRST_MS 500
#define BACKOFF_MAX_MS 60000

typedef struct {
  OsyJobRunner *runner;
  char *name;
  guint interval_ms;
  char *restaurant_id;
  char *user_id;
  gboolean read_only;
  OsyDbFunc func;
  gpointer data;
  guint timer;
  guint backoff_ms; /* 0: the last run went well */
  gboolean running;
  gboolean again; /* woken while running */
} Job;

struct _OsyJobRunner {
  GObject parent_instance;
  OsyDbPool *pool;
  GPtrArray *jobs; /* of Job */
  guint running;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (OsyJobRunner, osy_job_runner, G_TYPE_OBJECT)

static void start_job (Job *job);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timer, g_source_remove);
  g_free (job->name);
  g_free (job->restaurant_id);
  g_free (job->user_id);
  g_free (job);
}

static gboolean
timer_fired (gpointer data)
{
  Job *job = data;

  job->timer = 0;
  start_job (job);
  return G_SOURCE_REMOVE;
}

static void
note_outcome (Job *job, const GError *error)
{
  if (error == NULL) {
    job->backoff_ms = 0;
    return;
  }
  /* Once a streak: a database that is away for an hour must not fill the log. */
  if (job->backoff_ms == 0)
    g_warning ("job %s failed and will be tried again: %s", job->name, error->message);
  job->backoff_ms =
      job->backoff_ms == 0 ? BACKOFF_FIRST_MS : MIN (job->backoff_ms * 2, BACKOFF_MAX_MS);
}

static void
job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (OsyJobRunner) runner = job->runner;
  g_autoptr (GError) error = NULL;

  osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  note_outcome (job, error);
  job->running = FALSE;
  runner->running--;
  if (!runner->started)
    return;
  if (job->again && error == NULL) {
    start_job (job);
    return;
  }
  guint wait_ms = job->backoff_ms != 0 ? job->backoff_ms : job->interval_ms;
  job->timer = g_timeout_add (wait_ms, timer_fired, job);
}

static void
start_job (Job *job)
{
  OsyDbScope scope = {job->restaurant_id, job->user_id, job->read_only};

  if (job->running) {
    job->again = TRUE;
    return;
  }
  g_clear_handle_id (&job->timer, g_source_remove);
  job->running = TRUE;
  job->again = FALSE;
  job->runner->running++;
  g_object_ref (job->runner);
  osy_db_pool_run_async (job->runner->pool, &scope, job->func, job->data, NULL, NULL, job_done,
                         job);
}

static void
osy_job_runner_finalize (GObject *object)
{
  OsyJobRunner *self = OSY_JOB_RUNNER (object);

  g_ptr_array_unref (self->jobs);
  g_object_unref (self->pool);
  G_OBJECT_CLASS (osy_job_runner_parent_class)->finalize (object);
}

static void
osy_job_runner_class_init (OsyJobRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_job_runner_finalize;
}

static void
osy_job_runner_init (OsyJobRunner *self)
{
  self->jobs = g_ptr_array_new_with_free_func (job_free);
}

OsyJobRunner *
osy_job_runner_new (OsyDbPool *pool)
{
  OsyJobRunner *self = g_object_new (OSY_TYPE_JOB_RUNNER, NULL);

  self->pool = g_object_ref (pool);
  return self;
}

void
osy_job_runner_add (OsyJobRunner *self,
                    const char *name,
                    guint interval_ms,
                    const OsyDbScope *scope,
                    OsyDbFunc func,
                    gpointer data)
{
  g_return_if_fail (OSY_IS_JOB_RUNNER (self) && func != NULL);

  Job *job = g_new0 (Job, 1);
  job->runner = self;
  job->name = g_strdup (name);
  job->interval_ms = interval_ms;
  job->restaurant_id = scope ? g_strdup (scope->restaurant_id) : NULL;
  job->user_id = scope ? g_strdup (scope->user_id) : NULL;
  job->read_only = scope != NULL && scope->read_only;
  job->func = func;
  job->data = data;
  g_ptr_array_add (self->jobs, job);
  if (self->started)
    start_job (job);
}

void
osy_job_runner_wake (OsyJobRunner *self, const char *name)
{
  if (!self->started)
    return;
  for (guint i = 0; i < self->jobs->len; i++) {
    Job *job = g_ptr_array_index (self->jobs, i);
    /* A failing job keeps its backoff: waking cannot mend what it waits for. */
    if (g_str_equal (job->name, name) && (job->running || job->backoff_ms == 0))
      start_job (job);
  }
}

void
osy_job_runner_start (OsyJobRunner *self)
{
  self->started = TRUE;
  for (guint i = 0; i < self->jobs->len; i++)
    start_job (g_ptr_array_index (self->jobs, i));
}

void
osy_job_runner_stop (OsyJobRunner *self)
{
  self->started = FALSE;
  for (guint i = 0; i < self->jobs->len; i++) {
    Job *job = g_ptr_array_index (self->jobs, i);
    g_clear_handle_id (&job->timer, g_source_remove);
  }
  while (self->running > 0)
    g_main_context_iteration (NULL, TRUE);
}
