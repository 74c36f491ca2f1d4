/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of deliveries for staff: calling riders, their steps, links, zones and set-up. */

#include <string.h>

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-courier-service.h"
#include "osy-delivery-room.h"
#include "osy-delivery-setup.h"
#include "osy-delivery-store.h"
#include "osy-mask.h"
#include "osy-order-service.h"

#define MAX_LIST 200
#define MAX_CODE 512

typedef struct {
  OsyDeliveryRoom *room;
  char *id; /* (nullable): of the order or the delivery */
  const char *verb;
  gint64 if_version;
  JsonNode *body; /* nullable */
  char *status;   /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work->status);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (OsyHttpRequest *http, gpointer room, gboolean with_body, GError **error)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  const char *id = osy_http_request_param (http, "id");

  if (id != NULL && !g_uuid_string_is_valid (id)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing of that id.");
    return NULL;
  }
  work->room = room;
  work->id = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  work->verb = strrchr (osy_http_request_route (http)->path, '/') + 1;
  if (!osy_api_if_match (http, &work->if_version, error))
    return NULL;
  if (with_body && (g_bytes_get_size (osy_http_request_body (http)) > 0 ||
                    g_str_equal (osy_http_request_route (http)->method, "PUT"))) {
    work->body = osy_http_request_json (http, error);
    if (work->body == NULL)
      return NULL;
  }
  return g_steal_pointer (&work);
}

static void
run (OsyHttpRequest *http, gpointer data, gboolean with_body, OsyApiFunc func)
{
  OsyDeliveryRoom *room = data;
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room, with_body, &error);

  if (work == NULL)
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, NULL, func, work, work_free);
}

/* ---- one delivery ---- */

/* Whole while somebody is on the way and for some hours after, then masked. */
static gboolean
add_address (OsyDbTx *tx, OsyKeyring *ring, OsyDelivery *delivery, GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_load (tx, ring, delivery->order_id, error);
  g_autoptr (OsyDeliverySetup) setup = osy_delivery_setup_load (tx, ring, error);

  if (order == NULL || setup == NULL)
    return FALSE;
  gint64 ended = MAX (delivery->delivered_at, delivery->closed_at);
  gboolean whole = osy_delivery_is_under_way (delivery) ||
                   osy_clock_now () < ended + setup->mask_hours * G_TIME_SPAN_HOUR;
  const char *address = osy_order_data (order)->delivery_address;
  g_free (delivery->address);
  delivery->address = whole ? g_strdup (address) : osy_mask_address (address);
  return TRUE;
}

static gboolean
answer (OsyDbTx *tx, const Work *work, OsyDelivery *delivery, OsyApiReply *reply, GError **error)
{
  if (!add_address (tx, work->room->ring, delivery, error))
    return FALSE;
  reply->version = delivery->version;
  reply->body = osy_json_take_object (osy_delivery_to_json (delivery));
  return TRUE;
}

static gboolean
get_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDelivery) delivery =
      osy_delivery_service_of_order (tx, work->room->ring, work->id, &local);

  if (delivery != NULL)
    return answer (tx, work, delivery, reply, error);
  if (local == NULL)
    local = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND,
                                 "Nobody was asked to carry this order.");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
handle_get (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, get_work);
}

/* Of a body that calls for a rider or says who rides. */
static gboolean
read_rider (JsonNode *body, OsyJsonReader **reader, OsyDeliveryWant *want, GError **error)
{
  *reader = body != NULL ? osy_json_reader_new (body) : NULL;
  if (*reader == NULL)
    return TRUE;
  if (osy_json_reader_has (*reader, "carrier"))
    want->carrier = osy_json_reader_enum (*reader, "carrier", osy_delivery_carriers, NULL);
  want->rider = osy_json_reader_opt_string (*reader, "rider", 1, OSY_DELIVERY_MAX_RIDER);
  want->rider_phone = osy_json_reader_opt_string (*reader, "rider_phone", 1, 30);
  gint64 minutes = osy_json_reader_opt_int (*reader, "eta_minutes", 1, OSY_DELIVERY_MAX_MINUTES, 0);
  if (minutes > 0)
    want->eta_at = osy_clock_now () + minutes * G_TIME_SPAN_MINUTE;
  return osy_json_reader_finish (*reader, error);
}

static gboolean
wake_riders (gpointer queue)
{
  osy_fetch_queue_wake (queue);
  return G_SOURCE_REMOVE;
}

static void
wake_on_commit (OsyDbTx *tx, const OsyDeliveryRoom *room)
{
  osy_db_tx_on_commit (tx, wake_riders, g_object_ref (room->riders), g_object_unref);
}

static gboolean
call_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyJsonReader) reader = NULL;
  OsyDeliveryWant want = {.order_id = work->id};
  gboolean created = FALSE;

  if (!read_rider (work->body, &reader, &want, error))
    return FALSE;
  g_autoptr (OsyDelivery) delivery =
      osy_delivery_service_call (tx, work->room->ring, call, &want, &created, error);
  if (delivery == NULL)
    return FALSE;
  wake_on_commit (tx, work->room);
  reply->status = created ? 201 : 200;
  return answer (tx, work, delivery, reply, error);
}

static void
handle_call (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, call_work);
}

/* ---- its steps ---- */

static gboolean
read_act (const Work *work, OsyJsonReader **reader, OsyDeliveryAct *act, GError **error)
{
  OsyDeliveryWant who = {NULL};

  if (g_str_equal (work->verb, "assign")) {
    if (!read_rider (work->body, reader, &who, error))
      return FALSE;
    act->rider = who.rider;
    act->rider_phone = who.rider_phone;
    act->eta_at = who.eta_at;
    return TRUE;
  }
  if (!g_str_equal (work->verb, "fail") && !g_str_equal (work->verb, "cancel"))
    return TRUE;
  *reader = osy_json_reader_new (work->body);
  act->reason = osy_json_reader_string (*reader, "reason", 1, OSY_DELIVERY_MAX_REASON);
  return osy_json_reader_finish (*reader, error);
}

static gboolean
act_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyJsonReader) reader = NULL;
  OsyDeliveryAct act = {.delivery_id = work->id, .act = work->verb, .if_version = work->if_version};

  if (!read_act (work, &reader, &act, error))
    return FALSE;
  g_autoptr (OsyDelivery) delivery =
      osy_delivery_service_act (tx, work->room->ring, call, &act, error);
  if (delivery == NULL)
    return FALSE;
  wake_on_commit (tx, work->room);
  return answer (tx, work, delivery, reply, error);
}

static void
handle_act (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, act_work);
}

static gboolean
link_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_auto (OsyCourierLink) link = {NULL};

  if (!osy_courier_service_link (tx, work->room->ring, call, work->id, &link, error))
    return FALSE;
  g_autofree char *until = osy_clock_format (link.expires_at);
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "token", link.token);
  json_object_set_string_member (object, "path", strstr (link.url, "/courier#"));
  json_object_set_string_member (object, "url", link.url);
  json_object_set_string_member (object, "expires_at", until);
  reply->status = 201;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_link (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, link_work);
}

/* The code of a slip, held before the counter's scanner: the food has left. */
static gboolean
scan_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyKeyring *ring = work->room->ring;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (work->body);
  const char *code = osy_json_reader_string (reader, "code", 1, MAX_CODE);

  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  g_autoptr (GError) local = NULL;
  g_autofree char *id = osy_courier_service_find (tx, ring, code, &local);
  const OsyDeliveryAct act = {.delivery_id = id, .act = "pick-up"};
  if (osy_error_is (local, OSY_ERROR_UNAUTHENTICATED))
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "This is the code of no delivery that waits.");
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (id == NULL)
    return FALSE;
  g_autoptr (OsyDelivery) delivery = osy_delivery_service_act (tx, ring, call, &act, error);
  return delivery != NULL && answer (tx, work, delivery, reply, error);
}

static void
handle_scan (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, scan_work);
}

/* ---- all of them ---- */

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyDeliveryQuery query = {.status = work->status, .limit = MAX_LIST};
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, work->room->ring, &query, error);

  if (list == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, osy_delivery_to_json (list->pdata[i]));
  json_object_set_array_member (object, "deliveries", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer data)
{
  static const char *const allowed[] = {"state", NULL};
  OsyDeliveryRoom *room = data;
  const char *state = osy_http_request_query (http, "state");
  g_autoptr (GError) error = NULL;
  Work *work = work_new (http, room, FALSE, &error);

  if (work != NULL && osy_api_only_query (http, allowed, &error) && state != NULL &&
      !osy_state_table_has_state (&osy_delivery_states, state))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                 "A delivery is never in such a state.");
  if (work == NULL || error != NULL) {
    g_clear_pointer (&work, work_free);
    osy_http_reply_error (http, error);
    return;
  }
  work->status = g_strdup (state);
  osy_api_run (http, room->pool, NULL, list_work, work, work_free);
}

/* ---- zones and set-up ---- */

static gboolean
zones_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  gint64 version = 0;

  if (work->body != NULL &&
      !osy_delivery_zones_save (tx, work->room->ring, call, work->body, error))
    return FALSE;
  g_autoptr (GPtrArray) zones = osy_delivery_zones_load (tx, &version, error);
  if (zones == NULL)
    return FALSE;
  reply->body = osy_delivery_zones_to_json (zones, version);
  return TRUE;
}

static void
handle_zones (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, zones_work);
}

static gboolean
setup_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyKeyring *ring = work->room->ring;
  g_autoptr (OsyDeliverySetup) setup =
      work->body != NULL ? osy_delivery_setup_save (tx, ring, call, work->body, error)
                         : osy_delivery_setup_load (tx, ring, error);

  if (setup == NULL)
    return FALSE;
  reply->body = osy_delivery_setup_to_json (setup);
  return TRUE;
}

static void
handle_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, setup_work);
}

#define ME "/api/v1/restaurants/me"
const OsyRoute osy_delivery_routes[] = {
    {"GET", ME "/deliveries", "listDeliveries", OSY_PERM_ORDER_READ, 0, handle_list},
    {"GET", ME "/orders/{id}/delivery", "getDelivery", OSY_PERM_ORDER_READ, 0, handle_get},
    {"POST", ME "/orders/{id}/delivery", "callRider", OSY_PERM_ORDER_WRITE, 0, handle_call},
    {"POST", ME "/deliveries/{id}/assign", "assignDelivery", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", ME "/deliveries/{id}/pick-up", "pickUpDelivery", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_NO_BODY, handle_act},
    {"POST", ME "/deliveries/{id}/deliver", "deliverDelivery", OSY_PERM_ORDER_WRITE,
     OSY_ROUTE_NO_BODY, handle_act},
    {"POST", ME "/deliveries/{id}/fail", "failDelivery", OSY_PERM_ORDER_WRITE, 0, handle_act},
    {"POST", ME "/deliveries/{id}/cancel", "cancelDelivery", OSY_PERM_ORDER_CANCEL, 0, handle_act},
    {"POST", ME "/deliveries/{id}/link", "linkDelivery", OSY_PERM_ORDER_WRITE, OSY_ROUTE_NO_BODY,
     handle_link},
    {"POST", ME "/delivery-scan", "scanDelivery", OSY_PERM_ORDER_WRITE, 0, handle_scan},
    {"GET", ME "/delivery-zones", "getDeliveryZones", OSY_PERM_ORDER_READ, 0, handle_zones},
    {"PUT", ME "/delivery-zones", "setDeliveryZones", OSY_PERM_DELIVERY_MANAGE, 0, handle_zones},
    {"GET", ME "/delivery-setup", "getDeliverySetup", OSY_PERM_DELIVERY_MANAGE, 0, handle_setup},
    {"PUT", ME "/delivery-setup", "setDeliverySetup", OSY_PERM_DELIVERY_MANAGE, 0, handle_setup},
    {NULL},
};
