/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and unprinted slips, as the feed keeps them. */

#include "osc-printer-store.h"

#include "osy-json.h"

#define ME "/api/v1/restaurants/me/"

struct _OscPrinterStore {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  GPtrArray *printers; /* nullable */
  GHashTable *jobs;    /* id → OsyPrintJob that is not on paper */
};

enum { CHANGED, FAILED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPrinterStore, osc_printer_store, G_TYPE_OBJECT)

/* ---- taking ---- */

static gboolean
is_over (const OsyPrintJob *job)
{
  return g_str_equal (job->state, OSY_PRINT_DONE) || g_str_equal (job->state, OSY_PRINT_DISMISSED);
}

static void
take_job (OscPrinterStore *self, JsonNode *node)
{
  g_autoptr (OsyPrintJob) job = osy_print_job_from_json (node, NULL);
  const OsyPrintJob *old = job != NULL ? g_hash_table_lookup (self->jobs, job->id) : NULL;

  if (job == NULL || (old != NULL && old->version > job->version))
    return;
  if (is_over (job)) {
    g_hash_table_remove (self->jobs, job->id);
    return;
  }
  OsyPrintJob *kept = g_steal_pointer (&job);
  g_hash_table_replace (self->jobs, kept->id, kept);
}

static void
take_printer (OscPrinterStore *self, JsonNode *node)
{
  g_autoptr (OsyPrinter) printer = osy_printer_from_json (node, NULL);

  if (printer == NULL || self->printers == NULL)
    return;
  for (guint i = 0; i < self->printers->len; i++)
    if (g_str_equal (((OsyPrinter *)self->printers->pdata[i])->id, printer->id)) {
      osy_printer_free (self->printers->pdata[i]);
      self->printers->pdata[i] = g_steal_pointer (&printer);
      return;
    }
  g_ptr_array_add (self->printers, g_steal_pointer (&printer));
}

static void
take_printers (OscPrinterStore *self, JsonArray *array)
{
  g_clear_pointer (&self->printers, g_ptr_array_unref);
  self->printers = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_printer_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    take_printer (self, json_array_get_element (array, i));
}

static JsonArray *
array_of (JsonNode *answer, const char *name)
{
  JsonNode *node = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer)
                       ? json_object_get_member (json_node_get_object (answer), name)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

void
osc_printer_store_take (OscPrinterStore *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PRINTER_STORE (self));
  JsonArray *printers = array_of (answer, "printers");
  JsonArray *jobs = array_of (answer, "jobs");

  if (printers != NULL)
    take_printers (self, printers);
  for (guint i = 0; jobs != NULL && i < json_array_get_length (jobs); i++)
    take_job (self, json_array_get_element (jobs, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- reading ---- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPrinterStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_debug ("The printers were not read: %s", error->message);
  else
    osc_printer_store_take (self, answer);
}

void
osc_printer_store_load (OscPrinterStore *self)
{
  static const char *const paths[] = {ME "printers", ME "print-jobs?limit=200&state=FAILED",
                                      ME "print-jobs?limit=200&state=QUEUED"};

  g_return_if_fail (OSC_IS_PRINTER_STORE (self));
  g_hash_table_remove_all (self->jobs);
  for (gsize i = 0; self->client != NULL && i < G_N_ELEMENTS (paths); i++)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = paths[i]},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_job (OscPrinterStore *self, JsonNode *thing)
{
  take_job (self, thing);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_printer (OscPrinterStore *self, JsonNode *thing)
{
  take_printer (self, thing);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One that was removed comes without itself. */
static void
on_notice (OscPrinterStore *self, const char *type)
{
  if (g_str_equal (type, "printing.printer") && self->client != NULL)
    osy_client_send_async (self->client,
                           &(OsyClientRequest){.method = "GET", .path = ME "printers"},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

void
osc_printer_store_attach (OscPrinterStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_PRINTER_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (osc_printer_store_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::job", G_CALLBACK (on_job), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "thing::printer", G_CALLBACK (on_printer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- what is known ---- */

GPtrArray *
osc_printer_store_printers (OscPrinterStore *self)
{
  g_return_val_if_fail (OSC_IS_PRINTER_STORE (self), NULL);
  return self->printers;
}

const OsyPrinter *
osc_printer_store_find (OscPrinterStore *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_PRINTER_STORE (self), NULL);
  for (guint i = 0; self->printers != NULL && i < self->printers->len; i++)
    if (g_strcmp0 (((OsyPrinter *)self->printers->pdata[i])->id, id) == 0)
      return self->printers->pdata[i];
  return NULL;
}

static int
compare_jobs (gconstpointer a, gconstpointer b)
{
  const OsyPrintJob *one = *(OsyPrintJob *const *)a;
  const OsyPrintJob *other = *(OsyPrintJob *const *)b;

  return one->created_at != other->created_at ? (one->created_at > other->created_at ? 1 : -1)
                                              : g_strcmp0 (one->id, other->id);
}

GPtrArray *
osc_printer_store_jobs (OscPrinterStore *self)
{
  GPtrArray *jobs = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer job;

  g_return_val_if_fail (OSC_IS_PRINTER_STORE (self), jobs);
  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    g_ptr_array_add (jobs, job);
  g_ptr_array_sort (jobs, compare_jobs);
  return jobs;
}

const OsyPrintJob *
osc_printer_store_failed (OscPrinterStore *self, const char *subject_id)
{
  g_return_val_if_fail (OSC_IS_PRINTER_STORE (self), NULL);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const OsyPrintJob *job = value;
    if (g_str_equal (job->state, OSY_PRINT_FAILED) && g_strcmp0 (job->subject_id, subject_id) == 0)
      return job;
  }
  return NULL;
}

const OsyPrinter *
osc_printer_store_worst (OscPrinterStore *self)
{
  g_return_val_if_fail (OSC_IS_PRINTER_STORE (self), NULL);
  const OsyPrinter *worst = NULL;

  for (guint i = 0; self->printers != NULL && i < self->printers->len; i++) {
    const OsyPrinter *printer = self->printers->pdata[i];
    if (printer->problem == NULL)
      continue;
    if (osy_printer_is_stopped (printer))
      return printer;
    worst = printer;
  }
  return worst;
}

/* ---- acts ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)json_node_unref);
  else
    g_task_return_error (task, error);
}

void
osc_printer_store_send_async (OscPrinterStore *self,
                              const OsyClientRequest *request,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (OSC_IS_PRINTER_STORE (self));
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, user_data);
  g_autofree char *path = g_strconcat (ME, request->path, NULL);
  g_autofree char *what = g_strdup_printf ("%s %s", request->method, request->path);
  OsyClientRequest sent = *request;

  g_signal_emit (self, signals[REQUESTED], 0, what);
  sent.path = path;
  if (self->client != NULL)
    osy_client_send_async (self->client, &sent, self->cancellable, sent_cb, g_object_ref (task));
}

JsonNode *
osc_printer_store_send_finish (OscPrinterStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OscPrinterStore *self = OSC_PRINTER_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_printer_store_send_finish (self, result, &error);

  if (answer != NULL)
    on_job (self, answer);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
act (OscPrinterStore *self, const char *job_id, const char *verb, JsonNode *body)
{
  g_autofree char *path = g_strdup_printf ("print-jobs/%s/%s", job_id, verb);

  osc_printer_store_send_async (
      self, &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
      acted_cb, NULL);
}

void
osc_printer_store_retry (OscPrinterStore *self, const char *job_id, const char *printer_id)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  if (printer_id != NULL)
    json_object_set_string_member (object, "printer_id", printer_id);
  act (self, job_id, "retry", body);
}

void
osc_printer_store_dismiss (OscPrinterStore *self, const char *job_id)
{
  act (self, job_id, "dismiss", NULL);
}

/* ---- life ---- */

static void
osc_printer_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_PRINTER_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_printer_store_parent_class)->dispose (object);
}

static void
osc_printer_store_finalize (GObject *object)
{
  OscPrinterStore *self = OSC_PRINTER_STORE (object);

  g_clear_pointer (&self->printers, g_ptr_array_unref);
  g_hash_table_unref (self->jobs);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_printer_store_parent_class)->finalize (object);
}

static void
osc_printer_store_class_init (OscPrinterStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_printer_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_printer_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_PRINTER_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", OSC_TYPE_PRINTER_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_PRINTER_STORE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_printer_store_init (OscPrinterStore *self)
{
  self->jobs =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)osy_print_job_free);
  self->cancellable = g_cancellable_new ();
}

OscPrinterStore *
osc_printer_store_new (OsyClient *client)
{
  OscPrinterStore *self = g_object_new (OSC_TYPE_PRINTER_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
