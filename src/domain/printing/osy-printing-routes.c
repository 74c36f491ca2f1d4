/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of printers and of the forms of slips. */

#include "osy-printing-routes.h"

#include "osy-api.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-print-spooler.h"
#include "osy-printing-found.h"
#include "osy-printing-store.h"

typedef struct {
  OsyPrintingRoom *room;
  OsyPrinterEdit edit;
  char *id;
  char *reason;
  JsonNode *body;
  OsySlipForm *form;
  OsyPrinter *printer; /* (nullable): whose drawer is opened */
  gboolean of_shop;    /* the drawer, wherever it hangs */
  OsyHttpRequest *request;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work->reason);
  g_clear_pointer (&work->body, json_node_unref);
  g_clear_pointer (&work->form, osy_slip_form_free);
  g_clear_pointer (&work->printer, osy_printer_free);
  g_clear_pointer (&work->request, osy_http_request_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* @name: (nullable): of the parameter that names what is meant. */
static Work *
work_new (OsyHttpRequest *http, OsyPrintingRoom *room, const char *name)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->id = name != NULL ? g_ascii_strdown (osy_http_request_param (http, name), -1) : NULL;
  return work;
}

static gboolean
check_id (const Work *work, GError **error)
{
  if (work->id == NULL || osy_id_is_valid (work->id))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such printer.");
  return FALSE;
}

/* Does @func, or answers with @error. */
static void
run (OsyHttpRequest *http, Work *work, OsyApiFunc func, const GError *error)
{
  g_autoptr (GError) local = NULL;

  if (error != NULL || !check_id (work, &local)) {
    osy_http_reply_error (http, error != NULL ? error : local);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, func, work, work_free);
}

/* @printer: (transfer full) (nullable) */
static gboolean
answer (OsyPrinter *printer, OsyApiReply *reply)
{
  g_autoptr (OsyPrinter) owned = printer;

  if (owned == NULL)
    return FALSE;
  reply->body = osy_printer_to_json (owned);
  reply->version = owned->version;
  return TRUE;
}

/* ---- printers ---- */

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) printers = osy_printing_service_printers (tx, call, error);

  if (printers == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  for (guint i = 0; i < printers->len; i++)
    json_array_add_element (list, osy_printer_to_json (printers->pdata[i]));
  json_object_set_array_member (object, "printers", list);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer room)
{
  run (http, work_new (http, room, NULL), list_work, NULL);
}

static gboolean
save_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  reply->status = work->edit.id == NULL ? 201 : 200;
  return answer (osy_printing_service_save_printer (tx, work->room->ring, call, &work->edit, error),
                 reply);
}

static void
save (OsyHttpRequest *http, Work *work)
{
  g_autoptr (GError) error = NULL;

  work->body = osy_http_request_json (http, &error);
  work->edit.draft = work->body;
  work->edit.id = work->id;
  if (error == NULL)
    osy_api_if_match (http, &work->edit.if_version, &error);
  run (http, work, save_work, error);
}

static void
handle_add (OsyHttpRequest *http, gpointer room)
{
  save (http, work_new (http, room, NULL));
}

static void
handle_change (OsyHttpRequest *http, gpointer room)
{
  save (http, work_new (http, room, "printer_id"));
}

static gboolean
remove_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;

  return osy_printing_service_remove_printer (tx, work->room->ring, call, work->id, error);
}

static void
handle_remove (OsyHttpRequest *http, gpointer room)
{
  run (http, work_new (http, room, "printer_id"), remove_work, NULL);
}

static gboolean
test_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyPrintJob) job =
      osy_printing_service_test (tx, work->room->ring, call, work->id, error);

  if (job == NULL)
    return FALSE;
  reply->status = 201;
  reply->body = osy_print_job_to_json (job);
  return TRUE;
}

static void
handle_test (OsyHttpRequest *http, gpointer room)
{
  run (http, work_new (http, room, "printer_id"), test_work, NULL);
}

/* ---- the drawer: noted first, opened then ---- */

/* Where the shop's drawer hangs. */
static gboolean
find_drawer (OsyDbTx *tx, Work *work, GError **error)
{
  g_clear_pointer (&work->id, g_free);
  return osy_printing_store_drawer (tx, &work->id, error);
}

static gboolean
kick_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  const OsyCall call = {.principal = osy_http_request_principal (work->request),
                        .trace_id = osy_http_request_trace_id (work->request)};

  g_clear_pointer (&work->printer, osy_printer_free);
  if (work->of_shop && !find_drawer (tx, work, error))
    return FALSE;
  if (!osy_printing_service_note_kick (tx, work->room->ring, &call, work->id, work->reason, error))
    return FALSE;
  work->printer = osy_printing_service_printer (tx, &call, work->id, error);
  return work->printer != NULL;
}

static void
kicked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_print_spooler_kick_finish (result, &error))
    osy_http_reply_empty (work->request, 204);
  else
    osy_http_reply_error (work->request, error);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (work->request, error);
    return;
  }
  Work *data = g_steal_pointer (&work);
  osy_print_spooler_kick_async (data->room->spooler, data->printer, kicked_cb, data);
}

static void
handle_kick (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
  g_autoptr (OsyJsonReader) reader = body != NULL ? osy_json_reader_new (body) : NULL;
  gboolean of_shop = osy_http_request_param (http, "printer_id") == NULL;
  g_autoptr (Work) work = work_new (http, room, of_shop ? NULL : "printer_id");

  work->of_shop = of_shop;
  if (reader != NULL)
    work->reason = g_strdup (osy_json_reader_string (reader, "reason", 1, 100));
  if (reader == NULL || !osy_json_reader_finish (reader, &error) || !check_id (work, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  OsyDbScope scope = {.restaurant_id =
                          osy_principal_restaurant_id (osy_http_request_principal (http))};
  Work *data = g_steal_pointer (&work);
  data->request = osy_http_request_ref (http);
  osy_db_pool_run_async (data->room->pool, &scope, kick_work, data, NULL, NULL, noted_cb, data);
}

/* ---- looking for printers ---- */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OsyHttpRequest) http = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = osy_printing_found_finish (result, &error);

  if (found == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  for (char **address = found; *address != NULL; address++) {
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "transport", **address == '/' ? "USB" : "TCP");
    json_object_set_string_member (row, "address", *address);
    json_array_add_object_element (list, row);
  }
  json_object_set_array_member (object, "found", list);
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  osy_http_reply_json (http, 200, body);
}

static void
handle_found (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"network", NULL};
  static const char *const words[] = {"true", "false", NULL};
  const char *network = osy_http_request_query (http, "network");
  g_autoptr (GError) error = NULL;

  if (network != NULL && !g_strv_contains (words, network))
    g_set_error_literal (&error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "network is true or false.");
  if (error != NULL || !osy_api_only_query (http, allowed, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_printing_found_async (g_strcmp0 (network, "true") == 0, NULL, found_cb,
                            osy_http_request_ref (http));
}

/* ---- forms of slips ---- */

static OsySlip *
make_sample (const OsyPrintingRoom *room, const char *kind, const char *language)
{
  for (const OsySlipSampleFunc *make = room->samples; make != NULL && *make != NULL; make++) {
    OsySlip *slip = (*make) (kind, language);
    if (slip != NULL)
      return slip;
  }
  return osy_slip_new ();
}

static JsonNode *
form_to_json (const Work *work, OsySlipForm *form)
{
  g_autoptr (OsySlip) sample = make_sample (work->room, work->id, "ko");
  JsonObject *object = json_object_new ();

  osy_slip_form_complete (form, sample);
  json_object_set_string_member (object, "kind", work->id);
  json_object_set_member (object, "form", osy_slip_form_to_json (form));
  json_object_set_member (object, "sample", osy_slip_to_json (sample));
  json_object_set_int_member (object, "version", form->version);
  return osy_json_take_object (object);
}

static gboolean
save_form (OsyDbTx *tx, const OsyCall *call, Work *work, GError **error)
{
  g_autoptr (OsySlip) sample = make_sample (work->room, work->id, "ko");

  /* A kind that is none has no sample, and is refused by the service. */
  return (sample->blocks->len == 0 || osy_slip_form_check (work->form, sample, error)) &&
         osy_printing_service_save_form (tx, work->room->ring, call, work->id, work->form, error);
}

static gboolean
form_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsySlipForm) form = NULL;

  if (work->form != NULL && !save_form (tx, call, work, error))
    return FALSE;
  form = osy_printing_service_form (tx, call, work->id, error);
  if (form == NULL)
    return FALSE;
  reply->version = form->version;
  reply->body = form_to_json (work, form);
  return TRUE;
}

static Work *
form_work_new (OsyHttpRequest *http, OsyPrintingRoom *room)
{
  Work *work = work_new (http, room, NULL);

  work->id = g_strdup (osy_http_request_param (http, "kind"));
  return work;
}

static void
run_form (OsyHttpRequest *http, Work *work, const GError *error)
{
  if (error != NULL) {
    osy_http_reply_error (http, error);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, form_work, work, work_free);
}

static void
handle_form (OsyHttpRequest *http, gpointer room)
{
  run_form (http, form_work_new (http, room), NULL);
}

static void
handle_save_form (OsyHttpRequest *http, gpointer room)
{
  Work *work = form_work_new (http, room);
  g_autoptr (GError) error = NULL;
  gint64 if_version = 0;

  work->body = osy_http_request_json (http, &error);
  if (work->body != NULL)
    work->form = osy_slip_form_from_json (work->body, &error);
  if (error == NULL && osy_api_if_match (http, &if_version, &error))
    work->form->version = if_version;
  run_form (http, work, error);
}

#define PRINTERS "/api/v1/restaurants/me/printers"
#define SLIPS "/api/v1/restaurants/me/slips"
const OsyRoute osy_printing_routes[] = {
    {"GET", PRINTERS, "listPrinters", OSY_PERM_ORDER_READ, 0, handle_list},
    {"POST", PRINTERS, "addPrinter", OSY_PERM_PRINTER_MANAGE, 0, handle_add},
    {"GET", PRINTERS "/found", "findPrinters", OSY_PERM_PRINTER_MANAGE, 0, handle_found},
    {"PATCH", PRINTERS "/{printer_id}", "updatePrinter", OSY_PERM_PRINTER_MANAGE, 0, handle_change},
    {"DELETE", PRINTERS "/{printer_id}", "removePrinter", OSY_PERM_PRINTER_MANAGE,
     OSY_ROUTE_NO_BODY, handle_remove},
    {"POST", PRINTERS "/{printer_id}/test", "testPrinter", OSY_PERM_PRINTER_MANAGE,
     OSY_ROUTE_NO_BODY, handle_test},
    {"POST", PRINTERS "/{printer_id}/kick", "openDrawer", OSY_PERM_PRINTER_MANAGE, 0, handle_kick},
    {"POST", "/api/v1/restaurants/me/drawer/open", "openShopDrawer", OSY_PERM_PRINTER_MANAGE, 0,
     handle_kick},
    {"GET", SLIPS "/{kind}", "getSlipForm", OSY_PERM_ORDER_READ, 0, handle_form},
    {"PUT", SLIPS "/{kind}", "saveSlipForm", OSY_PERM_PRINTER_MANAGE, 0, handle_save_form},
    {NULL},
};
