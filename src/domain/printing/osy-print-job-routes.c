/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of slips on their way, and what events of this room carry. */

#include <string.h>

#include "osy-api.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-print-spooler.h"
#include "osy-printing-routes.h"
#include "osy-printing-store.h"

#define PAGE_MAX 200
#define PAGE_USUAL 50

typedef struct {
  OsyPrintingRoom *room;
  OsyPrintJobQuery query;
  char *before_id;
  char *state;
  char *id;
  char *printer_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->before_id);
  g_free (work->state);
  g_free (work->id);
  g_free (work->printer_id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static char *
cursor_of (const OsyPrintJob *job)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", job->created_at, job->id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (Work *work, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &work->query.before_at, NULL))
    return FALSE;
  work->before_id = g_strdup (parts[1]);
  work->query.before_id = work->before_id;
  return TRUE;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (GPtrArray) jobs = osy_printing_service_jobs (tx, call, &work->query, error);

  if (jobs == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  for (guint i = 0; i < jobs->len; i++)
    json_array_add_element (list, osy_print_job_to_json (jobs->pdata[i]));
  json_object_set_array_member (object, "jobs", list);
  if (jobs->len == work->query.limit) {
    g_autofree char *cursor = cursor_of (jobs->pdata[jobs->len - 1]);
    json_object_set_string_member (object, "next_cursor", cursor);
  } else {
    json_object_set_null_member (object, "next_cursor");
  }
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
read_query (OsyHttpRequest *http, Work *work, GError **error)
{
  static const char *const allowed[] = {"state", "cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");

  work->state = g_strdup (osy_http_request_query (http, "state"));
  work->query.state = work->state;
  if (!osy_api_only_query (http, allowed, error) ||
      !osy_api_limit (http, PAGE_MAX, PAGE_USUAL, &work->query.limit, error))
    return FALSE;
  if ((work->state == NULL || osy_state_table_has_state (&osy_print_job_states, work->state)) &&
      (cursor == NULL || read_cursor (work, cursor)))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Send a state of the contract, and next_cursor as it was given.");
  return FALSE;
}

static void
handle_list (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->room = room;
  if (!read_query (http, work, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  OsyDbPool *pool = work->room->pool;
  osy_api_run (http, pool, NULL, list_work, g_steal_pointer (&work), work_free);
}

/* ---- what people do with them ---- */

typedef struct {
  OsyPrintingRoom *room;
  char *restaurant_id;
} Wake;

static void
wake_free (gpointer data)
{
  Wake *wake = data;

  g_free (wake->restaurant_id);
  g_free (wake);
}

static gboolean
wake_cb (gpointer data)
{
  const Wake *wake = data;

  osy_print_spooler_wake (wake->room->spooler, wake->restaurant_id, TRUE);
  return G_SOURCE_REMOVE;
}

/* @job: (transfer full) (nullable) */
static gboolean
answer (OsyPrintJob *job, OsyApiReply *reply)
{
  g_autoptr (OsyPrintJob) owned = job;

  if (owned == NULL)
    return FALSE;
  reply->body = osy_print_job_to_json (owned);
  return TRUE;
}

static gboolean
retry_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  Wake *wake = g_new0 (Wake, 1);

  wake->room = work->room;
  wake->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
  osy_db_tx_on_commit (tx, wake_cb, wake, wake_free);
  return answer (osy_printing_service_retry (tx, call, work->id, work->printer_id, error), reply);
}

static gboolean
dismiss_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;

  return answer (osy_printing_service_dismiss (tx, work->room->ring, call, work->id, error), reply);
}

static void
run (OsyHttpRequest *http, Work *work, OsyApiFunc func, const GError *error)
{
  g_autoptr (GError) missing =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such slip.");

  work->id = g_ascii_strdown (osy_http_request_param (http, "job_id"), -1);
  if (error != NULL || !osy_id_is_valid (work->id)) {
    osy_http_reply_error (http, error != NULL ? error : missing);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, func, work, work_free);
}

static void
handle_retry (OsyHttpRequest *http, gpointer room)
{
  Work *work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);

  work->room = room;
  if (body != NULL) {
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
    work->printer_id = g_strdup (osy_json_reader_opt_id (reader, "printer_id"));
    if (!osy_json_reader_finish (reader, &error))
      g_clear_pointer (&work->printer_id, g_free);
  }
  run (http, work, retry_work, error);
}

static void
handle_dismiss (OsyHttpRequest *http, gpointer room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  run (http, work, dismiss_work, NULL);
}

#define JOBS "/api/v1/restaurants/me/print-jobs"
const OsyRoute osy_print_job_routes[] = {
    {"GET", JOBS, "listPrintJobs", OSY_PERM_ORDER_READ, 0, handle_list},
    {"POST", JOBS "/{job_id}/retry", "retryPrintJob", OSY_PERM_ORDER_WRITE, 0, handle_retry},
    {"POST", JOBS "/{job_id}/dismiss", "dismissPrintJob", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_dismiss},
    {NULL},
};

/* ---- what events carry ---- */

gboolean
osy_printing_decorate_jobs (OsyDbTx *tx,
                            GPtrArray *events,
                            OsyEventExtra *extras,
                            gpointer room,
                            GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  const OsyPrintJobQuery query = {.ids = ids, .limit = ids->len};
  g_autoptr (GPtrArray) jobs = osy_printing_store_jobs (tx, &query, error);

  for (guint i = 0; jobs != NULL && i < jobs->len; i++) {
    const OsyPrintJob *job = jobs->pdata[i];
    osy_event_give (events, extras, job->id, osy_print_job_to_json (job), NULL);
  }
  return jobs != NULL;
}

gboolean
osy_printing_decorate_printers (OsyDbTx *tx,
                                GPtrArray *events,
                                OsyEventExtra *extras,
                                gpointer room,
                                GError **error)
{
  g_autoptr (GPtrArray) printers = osy_printing_store_printers (tx, NULL, error);

  for (guint i = 0; printers != NULL && i < printers->len; i++) {
    const OsyPrinter *printer = printers->pdata[i];
    osy_event_give (events, extras, printer->id, osy_printer_to_json (printer), NULL);
  }
  return printers != NULL;
}
