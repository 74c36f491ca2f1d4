/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From a request to its answer; what asks the payment service answers once that has spoken. */

#include "osy-payment-ask.h"

#include <string.h>

#include "osy-id.h"
#include "osy-json-canonical.h"
#include "osy-trace.h"

static void
ask_free (gpointer data)
{
  OsyPaymentAsk *ask = data;

  g_clear_pointer (&ask->reader, osy_json_reader_free);
  g_clear_pointer (&ask->refund.pieces, g_array_unref);
  osy_http_request_unref (ask->http);
  g_free (ask->restaurant_id);
  g_free (ask->account);
  g_free (ask->hook.transmission_id);
  g_free (ask->wait_for);
  g_free (ask);
}

gboolean
osy_payment_ask_answer (OsyPayment *payment, OsyApiReply *reply)
{
  if (payment == NULL)
    return FALSE;
  reply->body = osy_payment_to_json (payment);
  reply->version = payment->version;
  osy_payment_free (payment);
  return TRUE;
}

/* ---- without and with waiting ---- */

static gboolean
run_again (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  OsyPaymentAsk *ask = data;

  reply->status = ask->status;
  return osy_payment_ask_answer (osy_payment_store_get (tx, ask->room->ring, ask->wait_for, error),
                                 reply);
}

static gboolean
heard_cb (gpointer data)
{
  OsyPaymentAsk *ask = data;

  osy_api_run (ask->http, ask->room->pool, ask->restaurant_id, run_again, ask, ask_free);
  return G_SOURCE_REMOVE;
}

/* One transaction of an ask. */
typedef struct {
  OsyPaymentAsk *ask;
  OsyApiReply reply;
  OsyCall call;
} Run;

static gboolean
run_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  OsyPaymentAsk *ask = run->ask;
  const OsyPaymentAct act = {tx, ask->room->ring, &run->call};
  OsyTraceScope span;

  g_clear_pointer (&run->reply.body, json_node_unref);
  run->reply = (OsyApiReply){.status = ask->status};
  g_clear_pointer (&ask->wait_for, g_free);
  osy_trace_open_of (&span, OSY_TRACE_INTERNAL, "payment", run->call.trace_id);
  gboolean ok = ask->work (&act, ask, &run->reply, error);
  osy_trace_close (&span, !ok);
  return ok;
}

static void
answer (OsyPaymentAsk *ask, const OsyApiReply *reply)
{
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", reply->version);

  if (reply->version > 0)
    osy_http_reply_add_header (ask->http, "ETag", etag);
  if (reply->replayed)
    osy_http_reply_add_header (ask->http, "Idempotent-Replayed", "true");
  if (reply->body != NULL)
    osy_http_reply_json (ask->http, reply->status != 0 ? reply->status : 200, reply->body);
  else
    osy_http_reply_empty (ask->http, 204);
}

static void
done_cb (GObject *pool, GAsyncResult *result, gpointer data)
{
  g_autofree Run *run = data;
  OsyPaymentAsk *ask = run->ask;
  g_autoptr (GError) error = NULL;
  gboolean done = osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error);

  if (done && ask->wait_for != NULL && !run->reply.replayed) {
    osy_payment_driver_wait (ask->room->driver, ask->wait_for, heard_cb, ask);
  } else {
    if (done)
      answer (ask, &run->reply);
    else
      osy_http_reply_error (ask->http, error);
    ask_free (ask);
  }
  g_clear_pointer (&run->reply.body, json_node_unref);
}

static void
start (OsyPaymentAsk *ask)
{
  OsyPrincipal *principal = osy_http_request_principal (ask->http);
  const char *restaurant_id =
      ask->restaurant_id != NULL ? ask->restaurant_id : osy_principal_restaurant_id (principal);
  const OsyDbScope scope = {.restaurant_id = restaurant_id,
                            .user_id = osy_principal_user_id (principal),
                            .read_only = g_str_equal (osy_http_request_method (ask->http), "GET")};
  Run *run = g_new0 (Run, 1);

  run->ask = ask;
  run->call = (OsyCall){principal, osy_http_request_trace_id (ask->http)};
  osy_db_pool_run_async (ask->room->pool, &scope, run_work, run, NULL, NULL, done_cb, run);
}

/* ---- reading ---- */

static gboolean
read_body (OsyPaymentAsk *ask, OsyPaymentAskRead read, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (ask->http, error);

  if (body == NULL)
    return FALSE;
  g_autofree char *salt = g_strconcat (ask->id != NULL ? ask->id : "",
                                       ask->refund_id != NULL ? ask->refund_id : "", NULL);
  ask->reader = osy_json_reader_new (body);
  osy_json_fingerprint (body, salt, ask->fingerprint);
  read (ask, ask->reader);
  return osy_json_reader_finish (ask->reader, error);
}

void
osy_payment_ask_begin (OsyHttpRequest *http,
                       OsyPaymentRoom *room,
                       const char *restaurant_id,
                       OsyPaymentAskWork work,
                       OsyPaymentAskRead read)
{
  g_autoptr (GError) error = NULL;
  OsyPaymentAsk *ask = g_new0 (OsyPaymentAsk, 1);

  ask->room = room;
  ask->http = osy_http_request_ref (http);
  ask->work = work;
  ask->restaurant_id = g_strdup (restaurant_id);
  ask->token = osy_http_request_header (http, "X-Order-Token");
  ask->id = osy_http_request_param (http, "id");
  ask->refund_id = osy_http_request_param (http, "refund_id");
  ask->key = (OsyOrderKey){osy_principal_actor (osy_http_request_principal (http)),
                           osy_http_request_route (http)->operation_id,
                           osy_http_request_header (http, "Idempotency-Key"), ask->fingerprint};
  if ((ask->id != NULL && !osy_id_is_valid (ask->id)) ||
      (ask->refund_id != NULL && !osy_id_is_valid (ask->refund_id)))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing of that id.");
  if (error != NULL || !osy_api_if_match (http, &ask->if_version, &error) ||
      (read != NULL && !read_body (ask, read, &error))) {
    osy_http_reply_error (http, error);
    ask_free (ask);
    return;
  }
  start (ask);
}

gboolean
osy_payment_ask_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  gint64 numbers[3];

  if (strlen (text) != 10 || g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, 1, 9999, &numbers[i], NULL))
      return FALSE;
  return g_date_valid_dmy ((GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]);
}

gboolean
osy_payment_ask_bad_query (const char *name, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  g_autoptr (GError) refusal = g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                            "The query %s is not what it should be.", name);

  osy_error_add_field (refusal, pointer, "FORMAT", refusal->message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}
