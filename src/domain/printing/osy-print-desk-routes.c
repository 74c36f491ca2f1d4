/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of slips that a console prints: it takes one, prints it by the system of its computer and
 * tells what became of it. As with the spooler a slip counts as begun before it is handed out. */

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-print-work.h"

/* A console that has told nothing for so long has died with the slip in its hands. */
#define SILENT_US (120 * (gint64)G_USEC_PER_SEC)
#define RETRY_US (5 * (gint64)G_USEC_PER_SEC)

typedef struct {
  OsyPrintingRoom *room;
  char *id;
  OsyPrintOutcome outcome;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work);
}

static void
run (OsyHttpRequest *http, Work *work, const char *name, OsyApiFunc func, const GError *error)
{
  g_autoptr (GError) missing =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such printer or slip.");

  work->id = g_ascii_strdown (osy_http_request_param (http, name), -1);
  if (error != NULL || !osy_id_is_valid (work->id)) {
    osy_http_reply_error (http, error != NULL ? error : missing);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, func, work, work_free);
}

/* (transfer full) (nullable): a printer of a computer. */
static OsyPrinter *
find_printer (OsyDbTx *tx, const OsyCall *call, const char *id, GError **error)
{
  g_autoptr (OsyPrinter) printer = osy_printing_service_printer (tx, call, id, error);

  if (printer == NULL || g_str_equal (printer->transport, OSY_PRINTER_SYSTEM))
    return g_steal_pointer (&printer);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT, "The server prints there itself.");
  return NULL;
}

/* ---- taking a slip ---- */

/* One that cannot be read is shown as not printed; the next one is taken then. */
static gboolean
take_readable (OsyDbTx *tx, OsyPrintWork *taken, GError **error)
{
  while (osy_print_work_claim (tx, taken, error)) {
    if (taken->claim == NULL || taken->slip != NULL)
      return TRUE;
    taken->outcome = (OsyPrintOutcome){FALSE, FALSE, OSY_PRINTER_UNKNOWN};
    if (!osy_print_work_finish (tx, taken, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
claim_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  OsyPrinter *printer = find_printer (tx, call, work->id, error);

  if (printer == NULL)
    return FALSE;
  g_autoptr (OsyPrintWork) taken =
      osy_print_work_new (work->room, osy_db_tx_restaurant (tx), printer);
  if (!osy_printing_store_expire (tx, work->id, osy_clock_now () - SILENT_US, error) ||
      !take_readable (tx, taken, error))
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_member (object, "job",
                          taken->claim != NULL ? osy_print_job_to_json (taken->claim->job)
                                               : json_node_new (JSON_NODE_NULL));
  json_object_set_member (object, "slip",
                          taken->slip != NULL ? osy_slip_to_json (taken->slip)
                                              : json_node_new (JSON_NODE_NULL));
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_claim (OsyHttpRequest *http, gpointer room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  run (http, work, "printer_id", claim_work, NULL);
}

/* ---- what became of it ---- */

/* (transfer full) (nullable) */
static OsyPrintJob *
find_job (OsyDbTx *tx, const char *id, GError **error)
{
  const OsyPrintJobQuery query = {.id = id, .limit = 1};
  g_autoptr (GPtrArray) jobs = osy_printing_store_jobs (tx, &query, error);

  if (jobs != NULL && jobs->len > 0)
    return g_ptr_array_steal_index (jobs, 0);
  if (jobs != NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such slip.");
  return NULL;
}

/* What is no longer in the hands of a console stays as it is, so that it may be told twice. */
static gboolean
outcome_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyPrintJob) job = find_job (tx, work->id, error);
  OsyPrinter *printer = job != NULL ? find_printer (tx, call, job->printer_id, error) : NULL;

  if (printer == NULL)
    return FALSE;
  g_autoptr (OsyPrintWork) told =
      osy_print_work_new (work->room, osy_db_tx_restaurant (tx), printer);
  told->claim = g_new0 (OsyPrintClaim, 1);
  told->claim->job = g_steal_pointer (&job);
  told->slip = osy_slip_new ();
  told->outcome = work->outcome;
  told->retry_at = osy_clock_now () + RETRY_US;
  if (!osy_print_work_finish (tx, told, error))
    return FALSE;
  g_autoptr (OsyPrintJob) now = find_job (tx, work->id, error);
  if (now == NULL)
    return FALSE;
  reply->body = osy_print_job_to_json (now);
  return TRUE;
}

static void
handle_outcome (OsyHttpRequest *http, gpointer room)
{
  static const char *const problems[] = {OSY_PRINTER_OFF, OSY_PRINTER_PAPER_END, OSY_PRINTER_COVER,
                                         OSY_PRINTER_UNKNOWN, NULL};
  Work *work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);

  work->room = room;
  if (body != NULL) {
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
    const char *problem = osy_json_reader_enum (reader, "problem", problems, OSY_PRINTER_UNKNOWN);

    work->outcome.done = osy_json_reader_opt_bool (reader, "printed", FALSE);
    work->outcome.begun = osy_json_reader_opt_bool (reader, "begun", FALSE);
    for (gsize i = 0; !work->outcome.done && problems[i] != NULL; i++)
      if (g_strcmp0 (problem, problems[i]) == 0)
        work->outcome.problem = problems[i];
    if (!osy_json_reader_has (reader, "printed"))
      osy_json_reader_fault (reader, "printed", "REQUIRED", "Say whether it is on paper.");
    if (!osy_json_reader_finish (reader, &error))
      work->outcome.done = FALSE;
  }
  run (http, work, "job_id", outcome_work, error);
}

const OsyRoute osy_print_desk_routes[] = {
    {"POST", "/api/v1/restaurants/me/printers/{printer_id}/claim", "claimPrintJob",
     OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY, handle_claim},
    {"POST", "/api/v1/restaurants/me/print-jobs/{job_id}/outcome", "tellPrintJob",
     OSY_PERM_ORDER_WRITE, 0, handle_outcome},
    {NULL},
};
