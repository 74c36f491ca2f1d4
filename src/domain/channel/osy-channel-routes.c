/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /channels/{channel}/orders: into the inbox, and answered from there. */

#include <string.h>

#include "osy-api.h"
#include "osy-channel-room.h"
#include "osy-channel-service.h"
#include "osy-json.h"

typedef struct {
  OsyChannelRoom *room;
  OsyHttpRequest *http;
  JsonNode *body;
  char *channel;
  char *store_id;
  char *timestamp; /* nullable */
  char *signature; /* nullable */
  GBytes *bytes;
  char *restaurant_id; /* (nullable): whose store it is */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  osy_http_request_unref (work->http);
  g_clear_pointer (&work->body, json_node_unref);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work->channel);
  g_free (work->store_id);
  g_free (work->timestamp);
  g_free (work->signature);
  g_free (work->restaurant_id);
  g_free (work);
}

/* ---- in the shop ---- */

typedef struct {
  OsyChannelIntake *intake;
  char *restaurant_id;
} Wake;

static gboolean
wake_intake (gpointer data)
{
  Wake *wake = data;

  osy_channel_intake_wake (wake->intake, wake->restaurant_id);
  return G_SOURCE_REMOVE;
}

static void
wake_free (gpointer data)
{
  g_free (((Wake *)data)->restaurant_id);
  g_free (data);
}

static gboolean
receive (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyChannelDelivery delivery = {
      work->channel, {work->timestamp, work->signature, work->bytes}, work->body};
  g_autoptr (OsyChannelMessage) message = NULL;
  gboolean fresh = FALSE;

  if (!osy_channel_service_receive (tx, work->room->ring, &delivery, &fresh, &message, error))
    return FALSE;
  Wake *wake = g_new0 (Wake, 1);
  wake->intake = work->room->intake;
  wake->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
  osy_db_tx_on_commit (tx, wake_intake, wake, wake_free);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "eventId", message->event_id);
  json_object_set_string_member (object, "channelOrderId", message->channel_order_id);
  json_object_set_string_member (object, "status", "RECEIVED");
  reply->status = fresh ? 201 : 200;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

/* ---- whose it is ---- */

static gboolean
find_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT shop FROM channel_shop($1, $2) AS shop",
                    OSY_PARAMS (OSY_P_TEXT (work->channel), OSY_P_TEXT (work->store_id)), error);

  g_clear_pointer (&work->restaurant_id, g_free);
  if (rows != NULL && osy_db_rows_count (rows) > 0)
    work->restaurant_id = g_strdup (osy_db_rows_text (rows, 0, "shop"));
  return rows != NULL;
}

static void
shop_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;
  OsyHttpRequest *http = work->http;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) &&
      work->restaurant_id != NULL) {
    osy_api_run (http, work->room->pool, work->restaurant_id, receive, work, work_free);
    return;
  }
  if (error == NULL)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                 "The message is not signed by a platform of this shop.");
  osy_http_reply_error (http, error);
  work_free (work);
}

static void
receive_order (OsyHttpRequest *http, gpointer room)
{
  OsyDbScope nobody = {.read_only = TRUE};
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
  JsonNode *store = body != NULL && JSON_NODE_HOLDS_OBJECT (body)
                        ? json_object_get_member (json_node_get_object (body), "storeId")
                        : NULL;

  if (body != NULL && (store == NULL || json_node_get_value_type (store) != G_TYPE_STRING))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                 "The message is not signed by a platform of this shop.");
  if (error != NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  Work *work = g_new0 (Work, 1);
  work->room = room;
  work->http = osy_http_request_ref (http);
  work->body = g_steal_pointer (&body);
  work->channel = g_strdup (osy_http_request_param (http, "channel"));
  work->store_id = g_strdup (json_node_get_string (store));
  work->timestamp = g_strdup (osy_http_request_header (http, "X-OrderSync-Timestamp"));
  work->signature = g_strdup (osy_http_request_header (http, "X-OrderSync-Signature"));
  work->bytes = g_bytes_ref (osy_http_request_body (http));
  osy_db_pool_run_async (work->room->pool, &nobody, find_shop, work, NULL, NULL, shop_found, work);
}

const OsyRoute osy_channel_routes[] = {
    {"POST", "/api/v1/channels/{channel}/orders", "receiveChannelOrder", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC, receive_order},
    {NULL},
};
