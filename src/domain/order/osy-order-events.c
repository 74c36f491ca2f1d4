/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What this room adds to events on their way out, what it does at one, and the guest's status
 * socket. */

#include <string.h>

#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-order-privacy.h"
#include "osy-order-room.h"
#include "osy-order-service.h"
#include "osy-order-token.h"
#include "osy-json.h"

#define PROTOCOL "ordersync.order."

JsonNode *
osy_order_status_json (OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);
  gint64 ready_at = data->ready_at != 0 ? data->ready_at : data->promised_at;
  JsonObject *status = json_object_new ();

  json_object_set_string_member (status, "type", "status");
  json_object_set_string_member (status, "status", data->status);
  json_object_set_int_member (status, "version", data->version);
  if (ready_at != 0) {
    g_autofree char *text = osy_clock_format (ready_at);
    json_object_set_string_member (status, "ready_at", text);
  }
  return osy_json_take_object (status);
}

/* ---- decorating ---- */

gboolean
osy_order_decorate (OsyDbTx *tx,
                    GPtrArray *events,
                    OsyEventExtra *extras,
                    gpointer data,
                    GError **error)
{
  OsyOrderRoom *room = data;
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) orders = osy_order_store_load (tx, room->ring, ids, error);

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    OsyOrder *order = g_ptr_array_index (orders, i);
    osy_event_give (events, extras, osy_order_data (order)->id, osy_order_to_masked_json (order),
                    osy_order_status_json (order));
  }
  return TRUE;
}

/* ---- orders from before they could be found ---- */

#define INDEX_PAGE 500

static gboolean
tell_of_next_page (OsyDbTx *tx,
                   const OsyCall *call,
                   const OsyEvent *event,
                   OsyOrder *last,
                   GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyEventDraft draft = {
      .type = event->type,
      .aggregate_type = event->aggregate_type,
      .aggregate_id = event->aggregate_id,
      .aggregate_seq = event->aggregate_seq + 1,
      .payload = payload,
  };

  json_object_set_int_member (object, "before", osy_order_data (last)->created_at);
  json_object_set_string_member (object, "id", osy_order_data (last)->id);
  return osy_event_emit (tx, call, &draft, error);
}

/* Does one page of old orders; @last: (out): the last one, when there may be more. */
typedef gboolean (*PageFunc) (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyOrderQuery *query,
                              OsyOrder **last,
                              GError **error);

static gboolean
do_page (OsyDbTx *tx,
         const OsyCall *call,
         const OsyEvent *event,
         OsyKeyring *ring,
         PageFunc func,
         GError **error)
{
  g_autoptr (JsonNode) payload = osy_json_parse (event->payload, strlen (event->payload), error);
  g_autoptr (OsyOrder) last = NULL;

  if (payload == NULL)
    return FALSE;
  JsonObject *object = json_node_get_object (payload);
  const OsyOrderQuery query = {
      .before_created = json_object_get_int_member_with_default (object, "before", 0),
      .before_id = json_object_get_string_member_with_default (object, "id", NULL),
      .limit = INDEX_PAGE,
  };
  return func (tx, ring, &query, &last, error) &&
         (last == NULL || tell_of_next_page (tx, call, event, last, error));
}

gboolean
osy_order_on_unindexed (OsyDbTx *tx,
                        const OsyCall *call,
                        const OsyEvent *event,
                        gpointer room,
                        GError **error)
{
  return do_page (tx, call, event, ((OsyOrderRoom *)room)->ring, osy_order_find_index, error);
}

gboolean
osy_order_on_unlinked (OsyDbTx *tx,
                       const OsyCall *call,
                       const OsyEvent *event,
                       gpointer room,
                       GError **error)
{
  return do_page (tx, call, event, ((OsyOrderRoom *)room)->ring, osy_order_privacy_link_page,
                  error);
}

gboolean
osy_order_on_created (OsyDbTx *tx,
                      const OsyCall *call,
                      const OsyEvent *event,
                      gpointer data,
                      GError **error)
{
  OsyOrderRoom *room = data;
  g_autoptr (OsyOrder) order = osy_order_service_load (tx, room->ring, event->aggregate_id, error);

  return order != NULL && osy_order_privacy_link (tx, room->ring, osy_order_data (order), error);
}

/* ---- the guest's socket ---- */

typedef struct {
  OsyOrderRoom *room;
  char *restaurant_id;
  char *order_id;
  guint watch;
  OsyOrder *order;
} Follow;

static void
follow_free (gpointer data)
{
  Follow *follow = data;

  g_free (follow->restaurant_id);
  g_free (follow->order_id);
  g_clear_object (&follow->order);
  g_free (follow);
}

static gboolean
load_order (OsyDbTx *tx, gpointer data, GError **error)
{
  Follow *follow = data;

  g_clear_object (&follow->order);
  follow->order = osy_order_service_load (tx, follow->room->ring, follow->order_id, error);
  return follow->order != NULL;
}

static void
order_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Follow *follow = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_autoptr (JsonNode) status = osy_order_status_json (follow->order);
    osy_notification_hub_tell (follow->room->hub, follow->watch, status);
  } else {
    g_info ("an order could not be read for its guest: %s", error->message);
  }
  follow_free (follow);
}

/* Watching begins before the first look, so that no change falls between. */
static void
socket_opened (OsyWs *ws, gpointer user_data)
{
  const Follow *wanted = user_data;

  if (ws == NULL)
    return;
  Follow *follow = g_new0 (Follow, 1);
  follow->room = wanted->room;
  follow->restaurant_id = g_strdup (wanted->restaurant_id);
  follow->order_id = g_strdup (wanted->order_id);
  follow->watch = osy_notification_hub_watch (follow->room->hub, g_object_ref (ws),
                                              follow->restaurant_id, follow->order_id);
  OsyDbScope scope = {.restaurant_id = follow->restaurant_id, .read_only = TRUE};
  osy_db_pool_run_async (follow->room->pool, &scope, load_order, follow, NULL, NULL, order_loaded,
                         follow);
}

static char *
offered_token (OsyHttpRequest *http, char **protocol)
{
  g_auto (GStrv) offered = osy_ws_offered_protocols (http);

  for (guint i = 0; offered != NULL && offered[i] != NULL; i++)
    if (g_str_has_prefix (offered[i], PROTOCOL)) {
      *protocol = g_strdup (offered[i]);
      return g_strdup (offered[i] + strlen (PROTOCOL));
    }
  return NULL;
}

static void
follow_status (OsyHttpRequest *http, gpointer data)
{
  OsyOrderRoom *room = data;
  const char *id = osy_http_request_param (http, "id");
  g_autofree char *protocol = NULL;
  g_autofree char *token = offered_token (http, &protocol);
  g_autofree char *restaurant_id = osy_order_token_check (room->ring, token, id);

  if (restaurant_id == NULL) {
    g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                                    "The order's tracking token is needed.");
    osy_http_reply_error (http, error);
    return;
  }
  Follow *wanted = g_new0 (Follow, 1);
  wanted->room = room;
  wanted->restaurant_id = g_steal_pointer (&restaurant_id);
  wanted->order_id = g_strdup (id);
  osy_ws_accept (http, protocol, socket_opened, wanted, follow_free);
}

const OsyRoute osy_order_status_routes[] = {
    {"GET", "/ws/orders/{id}/status", "followOrder", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_WEBSOCKET, follow_status},
    {NULL},
};
