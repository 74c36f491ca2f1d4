/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Checks over HTTP, and what this room adds to events on their way out. */

#include <string.h>

#include "osy-api.h"
#include "osy-bill-list-routes.h"
#include "osy-bill-room.h"
#include "osy-bill-service.h"
#include "osy-bill-store.h"
#include "osy-id.h"
#include "osy-json-canonical.h"
#include "osy-json.h"
#include "osy-money.h"

#define ADJUST_ROUTE "POST /checks/adjustments"
#define PRINT_ROUTE "POST /checks/print"
#define RECEIPT_ROUTE "POST /checks/receipt"
#define MAX_REASON 200
#define MAX_NAME 40

typedef struct _Ask Ask;
typedef OsyBill *(
    *Work) (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error);

/* One request about one check. */
struct _Ask {
  OsyBillRoom *room;
  OsyHttpRequest *http;  /* owns texts of path and headers */
  OsyJsonReader *reader; /* (nullable): owns texts of the body */
  Work work;
  guint status;
  const char *check_id;
  const char *adjustment_id;
  OsyBillAct act;
  OsyOrderKey key;
  guint8 fingerprint[32];
  OsyBill *wanted; /* nullable */
  gint64 if_version;
  int percent;
  OsyBillPrint print;
};

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_pointer (&ask->reader, osy_json_reader_free);
  g_clear_pointer (&ask->wanted, osy_bill_free);
  osy_http_request_unref (ask->http);
  g_free (ask);
}

static gboolean
run (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Ask *ask = data;
  g_autoptr (OsyBill) bill = ask->work (tx, call, ask, &reply->replayed, error);

  if (bill == NULL)
    return FALSE;
  reply->status = ask->status;
  reply->body = osy_bill_to_json (bill);
  reply->version = bill->version;
  return TRUE;
}

/* Reads the body, when @read is given, and does @work. */
static void
begin (OsyHttpRequest *http, OsyBillRoom *room, Work work, void (*read) (Ask *, OsyJsonReader *))
{
  g_autoptr (GError) error = NULL;
  Ask *ask = g_new0 (Ask, 1);

  ask->room = room;
  ask->http = osy_http_request_ref (http);
  ask->work = work;
  ask->check_id = osy_http_request_param (http, "id");
  ask->adjustment_id = osy_http_request_param (http, "adjustment_id");
  if (!osy_id_is_valid (ask->check_id) ||
      (ask->adjustment_id != NULL && !osy_id_is_valid (ask->adjustment_id)))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such check.");
  if (error == NULL && read != NULL && osy_api_if_match (http, &ask->if_version, &error)) {
    g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
    if (body != NULL) {
      ask->reader = osy_json_reader_new (body);
      osy_json_fingerprint (body, ask->check_id, ask->fingerprint);
      read (ask, ask->reader);
      (void)!osy_json_reader_finish (ask->reader, &error);
    }
  }
  if (error != NULL) {
    osy_http_reply_error (http, error);
    ask_free (ask);
    return;
  }
  osy_api_run (http, room->pool, NULL, run, ask, ask_free);
}

/* ---- one check ---- */

static OsyBill *
work_get (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_get (tx, ask->room->ring, call, ask->check_id, error);
}

static void
get_check (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_get, NULL);
}

/* ---- adjustments ---- */

static void
read_adjustment (Ask *ask, OsyJsonReader *reader)
{
  static const char *const kinds[] = {OSY_BILL_VOID, OSY_BILL_COMP, OSY_BILL_DISCOUNT, NULL};
  OsyBillAct *act = &ask->act;

  act->check_id = ask->check_id;
  act->kind = osy_json_reader_enum (reader, "kind", kinds, NULL);
  act->line_id = osy_json_reader_opt_id (reader, "line_id");
  act->quantity = osy_json_reader_opt_int (reader, "quantity", 1, 999, 0);
  act->percent = (int)osy_json_reader_opt_int (reader, "percent", 1, 100, 0);
  act->won = osy_json_reader_opt_int (reader, "amount", 1, OSY_MONEY_MAX, 0);
  act->reason = osy_json_reader_string (reader, "reason", 1, MAX_REASON);
  gboolean discount = g_strcmp0 (act->kind, OSY_BILL_DISCOUNT) == 0;
  gboolean whole_comp = act->line_id == NULL && g_strcmp0 (act->kind, OSY_BILL_COMP) == 0;
  if (act->line_id == NULL && g_strcmp0 (act->kind, OSY_BILL_VOID) == 0)
    osy_json_reader_fault (reader, "line_id", "REQUIRED", "Lines are voided, not checks.");
  if (discount ? (act->percent > 0) == (act->won > 0) || act->quantity > 0
               : act->percent > 0 || act->won > 0 || (act->quantity > 0) == whole_comp)
    osy_json_reader_fault (reader, discount ? "amount" : "quantity", "REQUIRED",
                           "A discount has a percentage or an amount, what is void or free a "
                           "quantity.");
}

static OsyBill *
work_adjust (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_adjust (tx, ask->room->ring, call, &ask->act, replayed, error);
}

static const OsyOrderKey *
take_key (Ask *ask, const char *route)
{
  ask->key =
      (OsyOrderKey){osy_principal_actor (osy_http_request_principal (ask->http)), route,
                    osy_http_request_header (ask->http, "Idempotency-Key"), ask->fingerprint};
  return &ask->key;
}

static void
read_adjust (Ask *ask, OsyJsonReader *reader)
{
  read_adjustment (ask, reader);
  ask->status = 201;
  ask->act.key = take_key (ask, ADJUST_ROUTE);
}

static void
adjust_check (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_adjust, read_adjust);
}

static OsyBill *
work_withdraw (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_withdraw (tx, ask->room->ring, call, ask->check_id, ask->adjustment_id,
                                    error);
}

static void
withdraw_adjustment (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_withdraw, NULL);
}

/* ---- the split ---- */

static void
read_takes (OsyJsonReader *reader, OsyBill *wanted, OsyBillPart *part)
{
  guint n = osy_json_reader_opt_array (reader, "lines", 500);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "lines", i);
    OsyBillLine *line = osy_bill_add_line (wanted);
    line->line_id = g_strdup (osy_json_reader_id (element, "line_id"));
    const OsyCheckTake take = {
        wanted->lines->len - 1,
        (int)osy_json_reader_int (element, "numerator", 1, OSY_CHECK_MAX_SHARES),
        MAX (1, (int)osy_json_reader_int (element, "denominator", 1, OSY_CHECK_MAX_SHARES))};
    if (take.numerator > take.denominator)
      osy_json_reader_fault (element, "numerator", "OUT_OF_RANGE", "A share is one at most.");
    g_array_append_val (part->takes, take);
  }
}

static void
read_part (OsyJsonReader *reader, OsyBill *wanted)
{
  static const char *const kinds[] = {"ITEM", "SEAT", "EQUAL", "AMOUNT", NULL};
  OsyBillPart *part = osy_bill_add_part (wanted);

  part->id = g_strdup (osy_json_reader_opt_id (reader, "id"));
  part->name = g_strdup (osy_json_reader_opt_string (reader, "name", 1, MAX_NAME));
  osy_check_part_kind_from_name (osy_json_reader_enum (reader, "kind", kinds, NULL), &part->kind);
  part->seat = (int)osy_json_reader_opt_int (reader, "seat", 1, 99, 0);
  part->wanted = osy_json_reader_opt_int (reader, "amount", 1, OSY_MONEY_MAX, 0);
  read_takes (reader, wanted, part);
  if ((part->kind == OSY_CHECK_PART_SEAT) != (part->seat > 0))
    osy_json_reader_fault (reader, "seat", "REQUIRED", "A seat is of SEAT, and of that alone.");
  if ((part->kind == OSY_CHECK_PART_AMOUNT) != (part->wanted > 0))
    osy_json_reader_fault (reader, "amount", "REQUIRED", "Won are of AMOUNT, and of that alone.");
  if (part->kind != OSY_CHECK_PART_ITEM && part->takes->len > 0)
    osy_json_reader_fault (reader, "lines", "UNEXPECTED", "Lines are of ITEM alone.");
}

static void
read_parts (Ask *ask, OsyJsonReader *reader)
{
  ask->wanted = osy_bill_new ();
  ask->wanted->id = g_strdup (ask->check_id);
  guint n = osy_json_reader_array (reader, "parts", 0, OSY_BILL_MAX_PARTS);
  for (guint i = 0; i < n; i++)
    read_part (osy_json_reader_element (reader, "parts", i), ask->wanted);
}

static OsyBill *
work_parts (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_set_parts (tx, ask->room->ring, call, ask->wanted, ask->if_version,
                                     error);
}

static void
put_parts (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_parts, read_parts);
}

static void
read_service (Ask *ask, OsyJsonReader *reader)
{
  ask->percent = (int)osy_json_reader_int (reader, "percent", 0, OSY_BILL_MAX_SERVICE);
}

static OsyBill *
work_service (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_set_service (tx, ask->room->ring, call, ask->check_id, ask->percent,
                                       error);
}

static void
put_service (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_service, read_service);
}

/* ---- paper ---- */

static void
read_print (Ask *ask, OsyJsonReader *reader)
{
  ask->print.check_id = ask->check_id;
  ask->print.part_id = osy_json_reader_opt_id (reader, "part_id");
  ask->print.receipt = g_str_has_suffix (osy_http_request_route (ask->http)->path, "/receipt");
  ask->print.key = take_key (ask, ask->print.receipt ? RECEIPT_ROUTE : PRINT_ROUTE);
}

static OsyBill *
work_print (OsyDbTx *tx, const OsyCall *call, Ask *ask, gboolean *replayed, GError **error)
{
  return osy_bill_service_print (tx, ask->room->ring, call, &ask->print, replayed, error);
}

static void
print_check (OsyHttpRequest *http, gpointer room)
{
  begin (http, room, work_print, read_print);
}

const OsyRoute osy_bill_routes[] = {
    {"GET", "/api/v1/restaurants/me/checks", "listChecks", OSY_PERM_ORDER_READ, 0,
     osy_bill_list_checks},
    {"GET", "/api/v1/restaurants/me/checks/{id}", "getCheck", OSY_PERM_ORDER_READ, 0, get_check},
    {"POST", "/api/v1/restaurants/me/checks/{id}/adjustments", "adjustCheck", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_IDEMPOTENT, adjust_check},
    {"POST", "/api/v1/restaurants/me/checks/{id}/adjustments/{adjustment_id}/withdraw",
     "withdrawAdjustment", OSY_PERM_ORDER_WRITE, 0, withdraw_adjustment},
    {"PUT", "/api/v1/restaurants/me/checks/{id}/parts", "splitCheck", OSY_PERM_ORDER_WRITE, 0,
     put_parts},
    {"PUT", "/api/v1/restaurants/me/checks/{id}/service-charge", "setServiceCharge",
     OSY_PERM_CHECK_ADJUST, 0, put_service},
    {"POST", "/api/v1/restaurants/me/checks/{id}/print", "printCheck", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_IDEMPOTENT, print_check},
    {"POST", "/api/v1/restaurants/me/checks/{id}/receipt", "printReceipt", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_IDEMPOTENT, print_check},
    {NULL},
};

/* ---- decorating ---- */

gboolean
osy_bill_decorate (OsyDbTx *tx,
                   GPtrArray *events,
                   OsyEventExtra *extras,
                   gpointer data,
                   GError **error)
{
  OsyBillRoom *room = data;
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);

  for (guint i = 0; i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);
    g_autoptr (GError) local = NULL;
    g_autoptr (OsyBill) bill = osy_bill_store_load (tx, room->ring, id, &local);
    if (bill != NULL) {
      osy_event_give (events, extras, id, osy_bill_to_json (bill), NULL);
    } else if (!osy_error_is (local, OSY_ERROR_NOT_FOUND)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  return TRUE;
}
