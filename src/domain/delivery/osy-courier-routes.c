/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the courier's page. The token is in the body alone, never in an address or a log. */

#include <string.h>

#include "osy-api.h"
#include "osy-courier-service.h"
#include "osy-delivery-room.h"

#define MAX_CODE 512

typedef struct {
  OsyDeliveryRoom *room;
  const char *act; /* (nullable): none: only looks */
  char *token;
  char *reason; /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->token != NULL)
    osy_wipe (work->token, strlen (work->token));
  g_free (work->token);
  g_free (work->reason);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gboolean
run_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  OsyKeyring *ring = work->room->ring;
  g_autoptr (OsyPrincipal) courier =
      osy_principal_new_system (osy_db_tx_restaurant (tx), "courier");
  const OsyCall as_courier = {.principal = courier, .trace_id = call->trace_id};
  g_autofree char *id = osy_courier_service_find (tx, ring, work->token, error);
  const OsyDeliveryAct act = {.delivery_id = id, .act = work->act, .reason = work->reason};

  if (id == NULL)
    return FALSE;
  if (work->act != NULL) {
    g_autoptr (OsyDelivery) after = osy_delivery_service_act (tx, ring, &as_courier, &act, error);
    if (after == NULL)
      return FALSE;
  }
  reply->body = osy_courier_service_look (tx, ring, id, error);
  return reply->body != NULL;
}

static Work *
read_body (OsyHttpRequest *http, gpointer room, const char *act, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (http, error);
  g_autoptr (OsyJsonReader) reader = body != NULL ? osy_json_reader_new (body) : NULL;
  g_autoptr (Work) work = g_new0 (Work, 1);

  if (reader == NULL)
    return NULL;
  work->room = room;
  work->act = act;
  work->token = g_strdup (osy_json_reader_string (reader, "token", 1, MAX_CODE));
  if (g_strcmp0 (act, "fail") == 0)
    work->reason = g_strdup (osy_json_reader_string (reader, "reason", 1, OSY_DELIVERY_MAX_REASON));
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&work) : NULL;
}

/* The verb is the last word of the route's own path; "look" is none of the state table. */
static void
handle (OsyHttpRequest *http, gpointer data)
{
  OsyDeliveryRoom *room = data;
  const char *verb = strrchr (osy_http_request_route (http)->path, '/') + 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = read_body (http, room, g_str_equal (verb, "look") ? NULL : verb, &error);
  g_autofree char *shop = work != NULL ? osy_courier_token_shop (work->token) : NULL;

  if (work != NULL && shop == NULL)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                 "This link is over; ask the shop for another.");
  if (error != NULL)
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, shop, run_work, g_steal_pointer (&work), work_free);
}

#define COURIER "/api/v1/courier"

const OsyRoute osy_courier_routes[] = {
    {"POST", COURIER "/look", "lookAsCourier", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW,
     handle},
    {"POST", COURIER "/pick-up", "pickUpAsCourier", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW, handle},
    {"POST", COURIER "/deliver", "deliverAsCourier", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW, handle},
    {"POST", COURIER "/fail", "failAsCourier", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW,
     handle},
    {NULL},
};
