/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a guest's browser and the payment service themselves ask: the checkout page, the return from
 * the service's window, and webhooks. Nothing of a card ever comes here. */

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-http-static.h"
#include "osy-id.h"
#include "osy-money.h"
#include "osy-order-token.h"
#include "osy-payment-ask.h"
#include "osy-payment-setup.h"
#include "osy-shop-service.h"

#define PAGE "/com/ordersync/web/pay/"
/* Of messages about nothing we know so many are kept, and so long of the others. */
#define MAX_STRANGERS 1000
#define KEPT (14 * G_TIME_SPAN_DAY)

static void
refuse (OsyHttpRequest *http, OsyErrorCode code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, code, message);

  osy_http_reply_error (http, error);
}

/* ---- the page ---- */

/* "https://js.tosspayments.com" of the script's address. */
static char *
origin_of (const char *url)
{
  const char *path = strchr (strstr (url, "://") != NULL ? strstr (url, "://") + 3 : url, '/');

  return path != NULL ? g_strndup (url, (gsize)(path - url)) : g_strdup (url);
}

static void
get_page (OsyHttpRequest *http, gpointer data)
{
  OsyPaymentRoom *room = data;
  const char *name = osy_http_request_param (http, "file");
  g_autofree char *origin = origin_of (room->sdk_url);
  g_autofree char *policy = g_strdup_printf (
      "default-src 'none'; script-src 'self' %s; style-src 'self' 'unsafe-inline'; "
      "connect-src 'self' %s https://*.tosspayments.com; "
      "frame-src %s https://*.tosspayments.com; img-src 'self' data: https://*.tosspayments.com; "
      "form-action %s https://*.tosspayments.com; base-uri 'none'; frame-ancestors 'none'",
      origin, origin, origin, origin);

  osy_http_static_reply_with (http, PAGE, osy_id_is_valid (name) ? "index.html" : name, policy);
}

/* ---- what the page needs ---- */

static gboolean
work_checkout (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyPayment) payment = osy_payment_store_get (act->tx, act->ring, ask->id, error);
  g_autoptr (OsyPaymentSetup) setup =
      payment != NULL ? osy_payment_setup_load (act->tx, error) : NULL;
  g_autoptr (OsyShop) shop =
      setup != NULL ? osy_shop_service_get (act->tx, ask->restaurant_id, error) : NULL;

  if (shop == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "payment_id", payment->id);
  json_object_set_string_member (object, "status", payment->status);
  json_object_set_string_member (object, "method", payment->method);
  json_object_set_int_member (object, "amount", payment->amount);
  json_object_set_string_member (object, "order_name", osy_shop_data (shop)->name);
  json_object_set_string_member (object, "client_key",
                                 setup->client_key != NULL ? setup->client_key : "");
  json_object_set_string_member (object, "sdk_url", ask->room->sdk_url);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
get_checkout (OsyHttpRequest *http, gpointer data)
{
  OsyPaymentRoom *room = data;
  const char *token = osy_http_request_header (http, "X-Payment-Token");
  g_autofree char *shop =
      osy_order_token_check (room->ring, token, osy_http_request_param (http, "id"));

  if (shop == NULL)
    refuse (http, OSY_ERROR_NOT_FOUND, "There is no such payment.");
  else
    osy_payment_ask_begin (http, room, shop, work_checkout, NULL);
}

/* ---- whose payment it is ---- */

/* One question before the work: the daemon sees one shop at a time. */
typedef struct {
  OsyPaymentRoom *room;
  OsyHttpRequest *http;
  OsyPaymentAskWork work;
  OsyPaymentAskRead read;
  char *payment_id;
  char *shop; /* (nullable): nobody's */
} Whose;

static gboolean
find_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  Whose *whose = data;
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, "SELECT payment_shop($1::uuid) AS id",
                                             OSY_PARAMS (OSY_P_TEXT (whose->payment_id)), error);

  g_clear_pointer (&whose->shop, g_free);
  if (rows != NULL)
    whose->shop = g_strdup (osy_db_rows_text (rows, 0, "id"));
  return rows != NULL;
}

static void
found_cb (GObject *pool, GAsyncResult *result, gpointer data)
{
  Whose *whose = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error))
    osy_http_reply_error (whose->http, error);
  else
    osy_payment_ask_begin (whose->http, whose->room,
                           whose->shop != NULL ? whose->shop : OSY_KEYRING_GLOBAL, whose->work,
                           whose->read);
  osy_http_request_unref (whose->http);
  g_free (whose->payment_id);
  g_free (whose->shop);
  g_free (whose);
}

/* @member: of the body: the payment service's order id, which is our payment's. */
static void
begin_for (OsyHttpRequest *http,
           OsyPaymentRoom *room,
           const char *payment_id,
           OsyPaymentAskWork work,
           OsyPaymentAskRead read)
{
  static const OsyDbScope nobody = {.read_only = TRUE};
  Whose *whose = g_new0 (Whose, 1);

  whose->room = room;
  whose->http = osy_http_request_ref (http);
  whose->work = work;
  whose->read = read;
  whose->payment_id = g_strdup (osy_id_is_valid (payment_id) ? payment_id : OSY_KEYRING_GLOBAL);
  osy_db_pool_run_async (room->pool, &nobody, find_shop, whose, NULL, NULL, found_cb, whose);
}

/* ---- the guest comes back ---- */

static void
read_confirm (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  ask->confirm.payment_key = osy_json_reader_string (reader, "payment_key", 1, 200);
  ask->confirm.id = osy_json_reader_id (reader, "order_id");
  ask->confirm.amount = osy_json_reader_int (reader, "amount", 1, OSY_MONEY_MAX);
}

static gboolean
work_confirm (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  gboolean begun = FALSE;

  if (!osy_payment_submit (act, &ask->confirm, &begun, error))
    return FALSE;
  if (begun)
    ask->wait_for = g_strdup (ask->confirm.id);
  return osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->confirm.id, error),
                                 reply);
}

static void
confirm_payment (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);

  if (body == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  begin_for (http, room, osy_json_reader_opt_id (reader, "order_id"), work_confirm, read_confirm);
}

/* ---- webhooks ---- */

static void
read_hook (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  OsyJsonReader *data = osy_json_reader_opt_object (reader, "data");
  const char *type = osy_json_reader_opt_string (reader, "eventType", 0, 60);
  const char *id = osy_http_request_header (ask->http, "tosspayments-webhook-transmission-id");
  OsyPaymentHook *hook = &ask->hook;

  osy_json_reader_ignore_unknown (reader);
  hook->transmission_id =
      id != NULL && *id != '\0' && strlen (id) <= 200
          ? g_strdup (id)
          : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, osy_http_request_body (ask->http));
  hook->deposit = type == NULL;
  hook->event_type = type != NULL && *type != '\0' ? type : "DEPOSIT_CALLBACK";
  hook->payment_id = osy_json_reader_opt_string (data != NULL ? data : reader, "orderId", 0, 64);
  if (!osy_id_is_valid (hook->payment_id))
    hook->payment_id = NULL;
  hook->secret = osy_json_reader_opt_string (reader, "secret", 0, 100);
}

/* The secret of a deposit is compared without an early exit. */
static gboolean
is_trusted (const OsyPaymentAct *act, OsyPaymentHook *hook, gboolean *ret, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDbRows) row =
      hook->payment_id != NULL ? osy_payment_store_row (act->tx, hook->payment_id, &local) : NULL;

  *ret = FALSE;
  hook->known = row != NULL;
  if (row == NULL && local != NULL && !osy_error_is (local, OSY_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (row == NULL || !hook->deposit) {
    *ret = row != NULL;
    return TRUE;
  }
  g_autofree char *known = osy_payment_cell (act->ring, row, 0, "payment", "secret_enc", NULL);
  *ret = known != NULL && hook->secret != NULL &&
         osy_constant_time_equal ((const guint8 *)known, strlen (known),
                                  (const guint8 *)hook->secret, strlen (hook->secret));
  /* Before the account is known here there is nothing that it could know. */
  if (!*ret && known != NULL)
    g_warning ("a webhook about payment %s did not know its secret", hook->payment_id);
  return TRUE;
}

static gboolean
store_hook (const OsyPaymentAct *act,
            const OsyPaymentHook *hook,
            gboolean trusted,
            gboolean *fresh,
            GError **error)
{
  gint64 now = osy_clock_now ();
  gint64 added = 0;
  gboolean done =
      osy_db_exec (act->tx,
                   "INSERT INTO webhook_inbox (restaurant_id, transmission_id, event_type, "
                   "payment_id, trusted, received_at) VALUES (app_restaurant(), $1, $2, $3::uuid, "
                   "$4, $5) ON CONFLICT DO NOTHING",
                   OSY_PARAMS (OSY_P_TEXT (hook->transmission_id), OSY_P_TEXT (hook->event_type),
                               OSY_P_TEXT (hook->payment_id), OSY_P_BOOL (trusted),
                               OSY_P_TIME (now)),
                   &added, error) &&
      osy_db_exec (act->tx,
                   "DELETE FROM webhook_inbox WHERE restaurant_id = app_restaurant() "
                   "AND (received_at < $1 OR ($2 AND received_at < (SELECT received_at "
                   "  FROM webhook_inbox WHERE restaurant_id = app_restaurant() "
                   "  ORDER BY received_at DESC OFFSET $3 LIMIT 1)))",
                   OSY_PARAMS (OSY_P_TIME (now - KEPT), OSY_P_BOOL (!hook->known),
                               OSY_P_INT (MAX_STRANGERS)),
                   NULL, error);

  *fresh = added > 0;
  return done;
}

static gboolean
work_hook (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  const char *id = ask->hook.payment_id;
  const OsyPaymentTask task = {"PAYMENT", "LOOKUP", id, id, 0};
  gboolean trusted = FALSE;
  gboolean fresh = FALSE;

  if (!is_trusted (act, &ask->hook, &trusted, error) ||
      !store_hook (act, &ask->hook, trusted, &fresh, error) ||
      (trusted && fresh && !osy_payment_store_queue (act->tx, &task, error)))
    return FALSE;
  reply->body = osy_json_take_object (json_object_new ());
  return TRUE;
}

static void
take_webhook (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);

  if (body == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  OsyJsonReader *data = osy_json_reader_opt_object (reader, "data");
  begin_for (http, room,
             osy_json_reader_opt_string (data != NULL ? data : reader, "orderId", 0, 64), work_hook,
             read_hook);
}

const OsyRoute osy_checkout_routes[] = {
    {"GET", "/pay/{file}", "getPayPage", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_page},
    {"GET", "/api/v1/payments/{id}/checkout", "getCheckout", OSY_PERM_NONE, OSY_ROUTE_PUBLIC,
     get_checkout},
    {"POST", "/api/v1/payments/confirm", "confirmPayment", OSY_PERM_NONE, OSY_ROUTE_PUBLIC,
     confirm_payment},
    {"POST", "/api/v1/webhooks/toss", "takeTossWebhook", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_WEBHOOK, take_webhook},
    {NULL},
};
