/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Taking payments over HTTP, and what this room adds to events on their way out. */

#include "osy-cash-receipt.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-money.h"
#include "osy-order-token.h"
#include "osy-payment-ask.h"
#include "osy-print-spooler.h"

static void
refuse (OsyHttpRequest *http, OsyErrorCode code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, code, message);

  osy_http_reply_error (http, error);
}

/* ---- taking ---- */

static void
read_receipt (OsyJsonReader *reader, const char **kind, const char **identity)
{
  static const char *const kinds[] = {"INCOME", "BUSINESS", "SELF", NULL};

  *kind = osy_json_reader_enum (reader, "kind", kinds, NULL);
  *identity = osy_json_reader_opt_string (reader, "identity", 1, 30);
  if ((*identity == NULL) != (g_strcmp0 (*kind, "SELF") == 0))
    osy_json_reader_fault (reader, "identity", "REQUIRED", "A number, but of SELF none.");
}

/* What belongs to one way of paying alone. */
static void
check_means (OsyPaymentTake *take, OsyJsonReader *reader)
{
  gboolean cash = g_strcmp0 (take->method, OSY_PAYMENT_CASH) == 0;

  if (take->received != 0 && (!cash || take->received < take->amount))
    osy_json_reader_fault (reader, "received", "OUT_OF_RANGE",
                           "Cash, and no less than its amount.");
  if (take->approval_no != NULL && g_strcmp0 (take->method, OSY_PAYMENT_TERMINAL) != 0)
    osy_json_reader_fault (reader, "approval_no", "UNEXPECTED", "That is of the card terminal.");
  if (take->receipt_kind != NULL && !cash)
    osy_json_reader_fault (reader, "cash_receipt", "UNEXPECTED", "Receipts are for cash.");
  if ((take->check_id == NULL) == (take->order_id == NULL))
    osy_json_reader_fault (reader, "check_id", "REQUIRED", "A check or an order, not both.");
}

static void
read_take (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  static const char *const methods[] = {OSY_PAYMENT_CASH, OSY_PAYMENT_TERMINAL, OSY_PAYMENT_TOSS,
                                        OSY_PAYMENT_ACCOUNT, NULL};
  static const char *const shown[] = {"WINDOW", "QR", "LINK", NULL};
  OsyPaymentTake *take = &ask->take;
  OsyJsonReader *receipt = osy_json_reader_opt_object (reader, "cash_receipt");

  take->check_id = osy_json_reader_opt_id (reader, "check_id");
  take->order_id = osy_json_reader_opt_id (reader, "order_id");
  take->part_id = osy_json_reader_opt_id (reader, "part_id");
  take->method = osy_json_reader_enum (reader, "method", methods, NULL);
  take->amount = osy_json_reader_int (reader, "amount", 1, OSY_MONEY_MAX);
  take->received = osy_json_reader_opt_int (reader, "received", 1, OSY_MONEY_MAX, 0);
  take->approval_no = osy_json_reader_opt_string (reader, "approval_no", 1, 20);
  take->shown_as = osy_json_reader_enum (reader, "shown_as", shown, "WINDOW");
  if (receipt != NULL)
    read_receipt (receipt, &take->receipt_kind, &take->receipt_identity);
  check_means (take, reader);
  take->guest = ask->restaurant_id != NULL;
  take->key = &ask->key;
  ask->status = 201;
}

/* A guest's token is of one order, so that is what he pays. */
static gboolean
check_guest (const OsyPaymentAct *act, OsyPaymentAsk *ask, GError **error)
{
  if (!ask->take.guest)
    return TRUE;
  g_autofree char *shop = ask->take.order_id != NULL
                              ? osy_order_token_check (act->ring, ask->token, ask->take.order_id)
                              : NULL;
  return shop != NULL || osy_payment_refuse (OSY_ERROR_NOT_FOUND, "There is no such order.", error);
}

static gboolean
work_take (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  return check_guest (act, ask, error) &&
         osy_payment_ask_answer (osy_payment_take (act, &ask->take, &reply->replayed, error),
                                 reply);
}

/* base64url of the shop's id comes first in a token; whether it is genuine is looked at later. */
static char *
shop_of_token (const char *token)
{
  g_autoptr (GBytes) bytes = osy_base64url_decode (token);
  gsize size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  return size >= 16 ? osy_id_from_bytes (data) : NULL;
}

static void
take_payment (OsyHttpRequest *http, gpointer room)
{
  const char *token = osy_http_request_header (http, "X-Order-Token");
  g_autofree char *shop = token != NULL ? shop_of_token (token) : NULL;

  if (token == NULL && osy_principal_is_anonymous (osy_http_request_principal (http)))
    refuse (http, OSY_ERROR_UNAUTHENTICATED, "Sign in, or send the order's X-Order-Token.");
  else if (token != NULL && shop == NULL)
    refuse (http, OSY_ERROR_NOT_FOUND, "There is no such order.");
  else
    osy_payment_ask_begin (http, room, shop, work_take, read_take);
}

/* ---- one payment ---- */

static gboolean
work_get (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  return (ask->restaurant_id != NULL ||
          osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error)) &&
         osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->id, error), reply);
}

static void
get_payment (OsyHttpRequest *http, gpointer data)
{
  OsyPaymentRoom *room = data;
  const char *token = osy_http_request_header (http, "X-Payment-Token");
  g_autofree char *shop =
      token != NULL ? osy_order_token_check (room->ring, token, osy_http_request_param (http, "id"))
                    : NULL;

  if (token == NULL && osy_principal_is_anonymous (osy_http_request_principal (http)))
    refuse (http, OSY_ERROR_UNAUTHENTICATED, "Sign in, or send the payment's X-Payment-Token.");
  else if (token != NULL && shop == NULL)
    refuse (http, OSY_ERROR_NOT_FOUND, "There is no such payment.");
  else
    osy_payment_ask_begin (http, room, shop, work_get, NULL);
}

static gboolean
work_lookup (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyDbRows) row = NULL;

  if (!osy_payment_ask (act, ask->id, error))
    return FALSE;
  row = osy_payment_store_row (act->tx, ask->id, error);
  if (row == NULL)
    return FALSE;
  if (osy_payment_is_remote (osy_db_rows_text (row, 0, "method")) &&
      !osy_db_rows_is_null (row, 0, "payment_key_enc"))
    ask->wait_for = g_strdup (ask->id);
  return osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->id, error), reply);
}

static void
lookup_payment (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_lookup, NULL);
}

static gboolean
work_cancel (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  OsyPayment *payment = NULL;

  if (!osy_payment_cancel (act, ask->id, error))
    return FALSE;
  payment = osy_payment_store_get (act->tx, act->ring, ask->id, error);
  if (payment != NULL && g_str_equal (payment->status, OSY_PAYMENT_WAITING))
    ask->wait_for = g_strdup (ask->id);
  return osy_payment_ask_answer (payment, reply);
}

static void
cancel_payment (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_cancel, NULL);
}

/* ---- receipts for cash ---- */

static void
read_ask_receipt (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  read_receipt (reader, &ask->receipt_kind, &ask->receipt_identity);
}

static gboolean
work_receipt (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  const OsyCashReceiptWanted wanted = {ask->id, ask->receipt_kind, ask->receipt_identity};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !(ask->receipt_kind != NULL ? osy_cash_receipt_ask (act, &wanted, error)
                                  : osy_cash_receipt_cancel (act, ask->id, 0, error)))
    return FALSE;
  ask->wait_for = g_strdup (ask->id);
  return osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->id, error), reply);
}

static void
issue_receipt (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_receipt, read_ask_receipt);
}

static void
cancel_receipt (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_receipt, NULL);
}

/* ---- the drawer: noted first, opened then ---- */

/* So long after it was paid, cash opens the drawer: to put it in, and to give it back at once. */
#define DRAWER_FOR (2 * G_TIME_SPAN_MINUTE)

typedef struct {
  OsyPaymentRoom *room;
  OsyHttpRequest *http;
  OsyPrinter *printer; /* nullable */
} Kick;

static void
kick_end (Kick *kick, const GError *error)
{
  if (error != NULL)
    osy_http_reply_error (kick->http, error);
  else
    osy_http_reply_empty (kick->http, 204);
  g_clear_pointer (&kick->printer, osy_printer_free);
  osy_http_request_unref (kick->http);
  g_free (kick);
}

static gboolean
kick_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Kick *kick = data;
  const OsyCall call = {osy_http_request_principal (kick->http),
                        osy_http_request_trace_id (kick->http)};
  const char *id = osy_http_request_param (kick->http, "id");
  g_autoptr (OsyDbRows) row = osy_payment_store_row (tx, id, error);

  g_clear_pointer (&kick->printer, osy_printer_free);
  if (row == NULL)
    return FALSE;
  if (!g_str_equal (osy_db_rows_text (row, 0, "method"), OSY_PAYMENT_CASH) ||
      osy_db_rows_time (row, 0, "paid_at") < osy_clock_now () - DRAWER_FOR)
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT,
                               "Only cash that was just taken opens the drawer.", error);
  kick->printer = osy_printing_service_note_sale (tx, kick->room->ring, &call, id, error);
  return kick->printer != NULL;
}

static void
kicked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)!osy_print_spooler_kick_finish (result, &error);
  kick_end (data, error);
}

static void
noted_cb (GObject *pool, GAsyncResult *result, gpointer data)
{
  Kick *kick = data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error))
    osy_print_spooler_kick_async (kick->room->printing->spooler, kick->printer, kicked_cb, kick);
  else
    kick_end (kick, error);
}

static void
open_drawer (OsyHttpRequest *http, gpointer room)
{
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http))};
  Kick *kick = g_new0 (Kick, 1);

  if (!osy_id_is_valid (osy_http_request_param (http, "id"))) {
    refuse (http, OSY_ERROR_NOT_FOUND, "There is no such payment.");
    g_free (kick);
    return;
  }
  kick->room = room;
  kick->http = osy_http_request_ref (http);
  osy_db_pool_run_async (kick->room->pool, &scope, kick_work, kick, NULL, NULL, noted_cb, kick);
}

const OsyRoute osy_payment_routes[] = {
    {"POST", "/api/v1/payments", "takePayment", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_IDEMPOTENT, take_payment},
    {"GET", "/api/v1/payments/{id}", "getPayment", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_payment},
    {"POST", "/api/v1/payments/{id}/lookup", "lookupPayment", OSY_PERM_PAYMENT_TAKE,
     OSY_ROUTE_NO_BODY, lookup_payment},
    {"POST", "/api/v1/payments/{id}/cancel", "cancelPayment", OSY_PERM_PAYMENT_TAKE,
     OSY_ROUTE_NO_BODY, cancel_payment},
    {"POST", "/api/v1/payments/{id}/drawer", "openPaymentDrawer", OSY_PERM_PAYMENT_TAKE,
     OSY_ROUTE_NO_BODY, open_drawer},
    {"POST", "/api/v1/payments/{id}/cash-receipt", "issueCashReceipt", OSY_PERM_PAYMENT_TAKE, 0,
     issue_receipt},
    {"POST", "/api/v1/payments/{id}/cash-receipt/cancel", "cancelCashReceipt",
     OSY_PERM_PAYMENT_TAKE, OSY_ROUTE_NO_BODY, cancel_receipt},
    {NULL},
};

/* ---- decorating ---- */

gboolean
osy_payment_decorate (OsyDbTx *tx,
                      GPtrArray *events,
                      OsyEventExtra *extras,
                      gpointer data,
                      GError **error)
{
  OsyPaymentRoom *room = data;
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) payments = osy_payment_store_load (tx, room->ring, ids, error);

  for (guint i = 0; payments != NULL && i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    osy_event_give (events, extras, payment->id, osy_payment_to_json (payment), NULL);
  }
  return payments != NULL;
}
