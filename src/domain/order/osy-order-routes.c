/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What staff read of orders and do with them. */

#include <string.h>

#include "osy-api.h"
#include "osy-id.h"
#include "osy-json-canonical.h"
#include "osy-json.h"
#include "osy-order-amend.h"
#include "osy-order-room.h"
#include "osy-order-service.h"
#include "osy-order-token.h"

/* ---- acts ---- */

typedef struct {
  OsyOrderRoom *room;
  OsyShop *shop;
  OsyHttpRequest *http;
  OsyOrderAct act;
  gint64 requested_at; /* of reschedule */
  OsyOrderKey key;
  char *order_id;
  char *reason;
  char *idempotency_key;
  guint8 fingerprint[32];
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_object (&act->shop);
  osy_http_request_unref (act->http);
  g_free (act->order_id);
  g_free (act->reason);
  g_free (act->idempotency_key);
  g_free (act);
}

static gboolean
run_act (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Act *act = data;
  const OsyOrderLater later = {act->order_id, act->requested_at, act->act.if_version, act->act.key};
  g_autoptr (OsyOrder) order =
      act->requested_at != 0
          ? osy_order_later_change (tx, act->room->ring, call, &later, &reply->replayed, error)
          : osy_order_service_act (tx, act->room->ring, call, &act->act, &reply->replayed, error);
  if (order == NULL)
    return FALSE;
  reply->body = osy_order_to_masked_json (order);
  reply->version = osy_order_data (order)->version;
  return TRUE;
}

/* Who does not say minutes leaves them to the shop, where that is wanted. */
static gboolean
check_minutes (Act *act, GError **error)
{
  static const char detail[] = "Say in how many minutes it will be ready.";

  if (!g_str_equal (act->act.act, "accept") || act->act.ready_in_minutes > 0 ||
      osy_shop_data (act->shop)->promise_automatic)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);
  osy_error_add_field (refusal, "/ready_in_minutes", "REQUIRED", detail);
  g_propagate_error (error, refusal);
  return FALSE;
}

static void
shop_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Act *act = user_data;
  g_autoptr (GError) error = NULL;

  act->shop = osy_shop_cache_load_finish (OSY_SHOP_CACHE (source), result, &error);
  act->act.shop = act->shop;
  if (act->shop == NULL || !check_minutes (act, &error)) {
    osy_http_reply_error (act->http, error);
    act_free (act);
    return;
  }
  osy_api_run (act->http, act->room->pool, NULL, run_act, act, act_free);
}

static gboolean
read_act_body (Act *act, OsyHttpRequest *http, GError **error)
{
  gboolean accept = g_str_equal (act->act.act, "accept");
  gboolean reasoned = g_str_equal (act->act.act, "reject") || g_str_equal (act->act.act, "cancel");
  gboolean timed = g_str_equal (act->act.act, "reschedule");
  g_autoptr (JsonNode) body = NULL;

  if (g_bytes_get_size (osy_http_request_body (http)) > 0 || reasoned || timed) {
    body = osy_http_request_json (http, error);
    if (body == NULL)
      return FALSE;
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
    if (accept)
      act->act.ready_in_minutes =
          (int)osy_json_reader_opt_int (reader, "ready_in_minutes", 1, OSY_ORDER_MAX_MINUTES, 0);
    if (timed) {
      act->requested_at = osy_json_reader_opt_time (reader, "requested_at");
      if (act->requested_at == 0)
        osy_json_reader_fault (reader, "requested_at", "REQUIRED", "Say for when.");
    }
    if (reasoned)
      act->reason = g_strdup (osy_json_reader_string (reader, "reason", 1, 500));
    if (!osy_json_reader_finish (reader, error))
      return FALSE;
  }
  act->act.reason = act->reason;
  g_autofree char *salt = g_strconcat (act->act.act, " ", act->order_id, NULL);
  osy_json_fingerprint (body, salt, act->fingerprint);
  return TRUE;
}

static void
read_act_key (Act *act, OsyHttpRequest *http)
{
  act->idempotency_key = g_strdup (osy_http_request_header (http, "Idempotency-Key"));
  if (act->idempotency_key == NULL)
    return;
  act->key.actor = osy_principal_actor (osy_http_request_principal (http));
  act->key.route = "POST /orders/act";
  act->key.key = act->idempotency_key;
  act->key.fingerprint = act->fingerprint;
  act->act.key = &act->key;
}

/* The verb is the last segment of the route's own path, so each row of the table is one act. */
static void
do_act (OsyHttpRequest *http, gpointer room)
{
  const char *id = osy_http_request_param (http, "id");
  const char *path = osy_http_request_route (http)->path;
  g_autoptr (GError) error = NULL;
  Act *act = g_new0 (Act, 1);

  act->room = room;
  act->http = osy_http_request_ref (http);
  act->order_id = g_strdup (id);
  act->act.order_id = act->order_id;
  act->act.act = strrchr (path, '/') + 1;
  act->act.promise = act->room->promise;
  if (!osy_id_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
  if (error != NULL || !osy_api_if_match (http, &act->act.if_version, &error) ||
      !read_act_body (act, http, &error)) {
    osy_http_reply_error (http, error);
    act_free (act);
    return;
  }
  read_act_key (act, http);
  osy_shop_cache_load_async (act->room->shops,
                             osy_principal_restaurant_id (osy_http_request_principal (http)), NULL,
                             shop_loaded, act);
}

/* ---- reading one ---- */

typedef struct {
  OsyOrderRoom *room;
  char *order_id;
  gboolean as_guest;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_free (read->order_id);
  g_free (read);
}

static gboolean
read_order (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Read *read = data;
  g_autoptr (OsyOrder) order =
      read->as_guest ? osy_order_service_load (tx, read->room->ring, read->order_id, error)
                     : osy_order_service_get (tx, read->room->ring, call, read->order_id, error);

  if (order == NULL)
    return FALSE;
  reply->body = osy_order_to_masked_json (order);
  reply->version = osy_order_data (order)->version;
  return TRUE;
}

/* An order that is not the caller's and one that does not exist look the same. */
static void
reply_no_such_order (OsyHttpRequest *http)
{
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");

  osy_http_reply_error (http, error);
}

static void
get_order (OsyHttpRequest *http, gpointer data)
{
  OsyOrderRoom *room = data;
  OsyPrincipal *principal = osy_http_request_principal (http);
  const char *id = osy_http_request_param (http, "id");
  const char *token = osy_http_request_header (http, "X-Order-Token");
  g_autofree char *restaurant_id = token ? osy_order_token_check (room->ring, token, id) : NULL;

  if (!osy_id_is_valid (id) || (token != NULL && restaurant_id == NULL)) {
    reply_no_such_order (http);
    return;
  }
  if (token == NULL && osy_principal_is_anonymous (principal)) {
    g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                                    "Sign in, or send the order's X-Order-Token.");
    osy_http_reply_error (http, error);
    return;
  }
  Read *read = g_new0 (Read, 1);
  read->room = room;
  read->order_id = g_strdup (id);
  read->as_guest = token != NULL;
  osy_api_run (http, room->pool, restaurant_id, read_order, read, read_free);
}

static gboolean
read_timeline (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Read *read = data;
  g_autoptr (GPtrArray) steps =
      osy_order_service_timeline (tx, read->room->ring, call, read->order_id, error);

  if (steps == NULL)
    return FALSE;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < steps->len; i++)
    json_array_add_element (array, osy_order_step_to_json (g_ptr_array_index (steps, i)));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "steps", array);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_timeline (OsyHttpRequest *http, gpointer data)
{
  OsyOrderRoom *room = data;
  const char *id = osy_http_request_param (http, "id");

  if (!osy_id_is_valid (id)) {
    reply_no_such_order (http);
    return;
  }
  Read *read = g_new0 (Read, 1);
  read->room = room;
  read->order_id = g_strdup (id);
  osy_api_run (http, room->pool, NULL, read_timeline, read, read_free);
}

const OsyRoute osy_order_routes[] = {
    {"GET", "/api/v1/orders/{id}", "getOrder", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_order},
    {"GET", "/api/v1/restaurants/me/orders/{id}/timeline", "getOrderTimeline", OSY_PERM_ORDER_READ,
     0, get_timeline},
    {"POST", "/api/v1/restaurants/me/orders/{id}/accept", "acceptOrder", OSY_PERM_ORDER_WRITE, 0,
     do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/reject", "rejectOrder", OSY_PERM_ORDER_CANCEL, 0,
     do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/start", "startOrder", OSY_PERM_ORDER_WRITE, 0,
     do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/ready", "readyOrder", OSY_PERM_ORDER_WRITE, 0,
     do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/hand-over", "handOverOrder", OSY_PERM_ORDER_WRITE,
     0, do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/complete", "completeOrder", OSY_PERM_ORDER_WRITE,
     0, do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/cancel", "cancelOrder", OSY_PERM_ORDER_CANCEL, 0,
     do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/reschedule", "rescheduleOrder",
     OSY_PERM_ORDER_WRITE, 0, do_act},
    {"POST", "/api/v1/restaurants/me/orders/{id}/recall", "recallOrder", OSY_PERM_ORDER_WRITE, 0,
     do_act},
    {NULL},
};
