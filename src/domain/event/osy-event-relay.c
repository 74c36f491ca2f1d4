/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Outbox → feed → bus and handlers. The database part runs on workers, the rest on the main thread.
 */

#include "osy-event-relay.h"

#include "osy-event-service.h"
#include "osy-event-store.h"
#include "osy-failpoint.h"
#include "osy-trace.h"

#define BATCH 200
#define POLL_MS 1000

static OsyMetric handled = {.name = "ordersync_handler_seconds",
                            .help = "Events handled, by consumer: from its start to its commit.",
                            .kind = OSY_METRIC_HISTOGRAM,
                            .labels = {"consumer"},
                            .bounds = osy_metric_durations,
                            .unit = G_USEC_PER_SEC};
static OsyMetric failed = {.name = "ordersync_handler_failures_total",
                           .help = "Events that a consumer could not handle and takes again.",
                           .kind = OSY_METRIC_COUNTER,
                           .labels = {"consumer"}};

OsyMetric *const osy_event_metrics[] = {&handled, &failed, NULL};

typedef struct {
  char *consumer;
  OsyEventHandler func;
  gpointer room;
} Handler;

struct _OsyEventRelay {
  GObject parent_instance;
  OsyDbPool *app_pool;
  OsyBus *bus;
  OsyJobRunner *runner;
  GPtrArray *handlers; /* of Handler */
  GPtrArray *names;
  GPtrArray *prefixes;
  GHashTable *running; /* "consumer|event" set: tasks handed to the pool */
  gboolean started;
  gboolean more; /* the last look did not see every open task */
};

G_DEFINE_FINAL_TYPE (OsyEventRelay, osy_event_relay, G_TYPE_OBJECT)

static void
handler_free (Handler *handler)
{
  g_free (handler->consumer);
  g_free (handler);
}

static void
osy_event_relay_finalize (GObject *object)
{
  OsyEventRelay *self = OSY_EVENT_RELAY (object);

  g_clear_object (&self->runner);
  g_clear_object (&self->app_pool);
  g_clear_object (&self->bus);
  g_ptr_array_unref (self->handlers);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->prefixes);
  g_hash_table_unref (self->running);
  G_OBJECT_CLASS (osy_event_relay_parent_class)->finalize (object);
}

static void
osy_event_relay_class_init (OsyEventRelayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_event_relay_finalize;
}

static void
osy_event_relay_init (OsyEventRelay *self)
{
  self->handlers = g_ptr_array_new_with_free_func ((GDestroyNotify)handler_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->prefixes = g_ptr_array_new_with_free_func (g_free);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- handlers ---- */

typedef struct {
  OsyEventRelay *relay;
  OsyEventTask *task;
  const Handler *handler;
  char *key;
  gint64 since; /* monotonic µs */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->relay);
  osy_event_task_free (run->task);
  g_free (run->key);
  g_free (run);
}

static gboolean
run_handler (OsyDbTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  int taken = osy_event_store_take (tx, run->handler->consumer, run->task->event_id, error);

  if (taken <= 0)
    return taken == 0;
  g_autoptr (OsyEvent) event = osy_event_store_load (tx, run->task, error);
  if (event == NULL)
    return FALSE;
  g_autoptr (OsyPrincipal) principal =
      osy_principal_new_system (event->restaurant_id, run->handler->consumer);
  OsyCall call = {.principal = principal, .trace_id = event->trace_id};
  OsyTraceScope span;
  osy_trace_open_of (&span, OSY_TRACE_CONSUMER, run->handler->consumer, event->trace_id);
  OSY_FAILPOINT_WORK (run->handler->func);
  gboolean ok = run->handler->func (tx, &call, event, run->handler->room, error);
  osy_trace_close (&span, !ok);
  return ok;
}

static void
run_over (Run *run)
{
  OsyEventRelay *self = run->relay;

  g_hash_table_remove (self->running, run->key);
  if (self->more && g_hash_table_size (self->running) == 0)
    osy_event_relay_wake (self);
  run_free (run);
}

static gboolean
postpone (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_event_store_postpone (tx, ((Run *)data)->task, error);
}

static void
postponed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_info ("a task could not be put off: %s", error->message);
  run_over (user_data);
}

static void
handler_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Run *run = user_data;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_metric_observe (osy_metric_find (&handled, run->handler->consumer),
                        g_get_monotonic_time () - run->since);
    run_over (run);
    return;
  }
  osy_metric_count (&failed, run->handler->consumer);
  /* A failed task stays open in the inbox and comes again. */
  g_warning ("handler %s of event %s failed: %s", run->handler->consumer, run->task->event_id,
             error->message);
  OsyDbScope scope = {.restaurant_id = run->task->restaurant_id};
  osy_db_pool_run_async (run->relay->app_pool, &scope, postpone, run, NULL, NULL, postponed, run);
}

static const Handler *
find_handler (OsyEventRelay *self, const char *consumer)
{
  for (guint i = 0; i < self->handlers->len; i++) {
    const Handler *handler = g_ptr_array_index (self->handlers, i);
    if (g_str_equal (handler->consumer, consumer))
      return handler;
  }
  return NULL;
}

static void
start_task (OsyEventRelay *self, OsyEventTask *task)
{
  const Handler *handler = find_handler (self, task->consumer);
  g_autofree char *key = g_strconcat (task->consumer, "|", task->event_id, NULL);

  if (handler == NULL || !g_hash_table_add (self->running, g_strdup (key))) {
    osy_event_task_free (task);
    return;
  }
  Run *run = g_new0 (Run, 1);
  run->relay = g_object_ref (self);
  run->task = task;
  run->handler = handler;
  run->key = g_steal_pointer (&key);
  run->since = g_get_monotonic_time ();
  OsyDbScope scope = {.restaurant_id = task->restaurant_id};
  osy_db_pool_run_async (self->app_pool, &scope, run_handler, run, NULL, NULL, handler_done, run);
}

/* ---- publishing ---- */

typedef struct {
  OsyEventRelay *relay;
  GPtrArray *events; /* of OsyEvent */
  GPtrArray *tasks;  /* of OsyEventTask */
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_object_unref (batch->relay);
  g_clear_pointer (&batch->events, g_ptr_array_unref);
  g_clear_pointer (&batch->tasks, g_ptr_array_unref);
  g_free (batch);
}

/* Main thread, after the commit: tell everyone who listens. */
static gboolean
deliver (gpointer data)
{
  Batch *batch = data;
  OsyEventRelay *self = batch->relay;

  for (guint i = 0; i < batch->events->len; i++) {
    OsyEvent *event = g_ptr_array_index (batch->events, i);
    osy_bus_publish (self->bus, event->type, event);
  }
  for (guint i = 0; i < batch->tasks->len; i++)
    start_task (self, g_ptr_array_index (batch->tasks, i));
  g_ptr_array_set_free_func (batch->tasks, NULL);
  self->more = batch->tasks->len == BATCH;
  if (batch->events->len == BATCH)
    osy_event_relay_wake (self);
  return G_SOURCE_REMOVE;
}

static gboolean
publish (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyEventRelay *self = data;

  OSY_FAILPOINT ("outbox.before-mark");
  g_autoptr (GPtrArray) events =
      osy_event_store_publish (tx, BATCH, self->names, self->prefixes, error);
  if (events == NULL)
    return FALSE;
  if (events->len > 0)
    OSY_FAILPOINT ("outbox.after-mark");
  g_autoptr (GPtrArray) tasks = osy_event_store_open_tasks (tx, BATCH, self->names, error);
  if (tasks == NULL)
    return FALSE;
  if (events->len > 0 || tasks->len > 0) {
    Batch *batch = g_new0 (Batch, 1);
    batch->relay = g_object_ref (self);
    batch->events = g_steal_pointer (&events);
    batch->tasks = g_steal_pointer (&tasks);
    osy_db_tx_on_commit (tx, deliver, batch, batch_free);
  }
  return TRUE;
}

static gboolean
sweep (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_event_store_sweep (tx, error);
}

OsyEventRelay *
osy_event_relay_new (OsyDbPool *app_pool, OsyDbPool *relay_pool, OsyBus *bus)
{
  OsyEventRelay *self = g_object_new (OSY_TYPE_EVENT_RELAY, NULL);

  self->app_pool = g_object_ref (app_pool);
  self->bus = g_object_ref (bus);
  self->runner = osy_job_runner_new (relay_pool);
  osy_job_runner_add (self->runner, "relay", POLL_MS, NULL, publish, self);
  osy_job_runner_add (self->runner, "relay-sweep", 3600 * 1000, NULL, sweep, self);
  return self;
}

void
osy_event_relay_add_handler (OsyEventRelay *self,
                             const char *consumer,
                             const char *prefix,
                             OsyEventHandler handler,
                             gpointer room)
{
  g_return_if_fail (!self->started);

  Handler *added = g_new0 (Handler, 1);
  added->consumer = g_strdup (consumer);
  added->func = handler;
  added->room = room;
  g_ptr_array_add (self->handlers, added);
  g_ptr_array_add (self->names, g_strdup (consumer));
  g_ptr_array_add (self->prefixes, g_strdup (prefix));
}

static gboolean
wake_idle (gpointer data)
{
  osy_event_relay_wake (data);
  return G_SOURCE_REMOVE;
}

void
osy_event_relay_start (OsyEventRelay *self)
{
  self->started = TRUE;
  osy_event_set_wake (wake_idle, self);
  osy_job_runner_start (self->runner);
  osy_event_relay_wake (self);
}

void
osy_event_relay_wake (OsyEventRelay *self)
{
  osy_job_runner_wake (self->runner, "relay");
}

void
osy_event_relay_stop (OsyEventRelay *self)
{
  osy_event_set_wake (NULL, NULL);
  osy_job_runner_stop (self->runner);
}
