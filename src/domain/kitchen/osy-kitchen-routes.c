/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen still has to make. */

#include "osy-api.h"
#include "osy-kitchen-service.h"
#include "osy-kitchen-store.h"
#include "osy-json.h"

#define MAX_LINES 500

static gboolean
read_lines (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return FALSE;
  JsonArray *lines = osy_kitchen_store_waiting (tx, MAX_LINES, error);
  if (lines == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "lines", lines);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_lines (OsyHttpRequest *http, gpointer data)
{
  OsyKitchenRoom *room = data;

  osy_api_run (http, room->pool, NULL, read_lines, NULL, NULL);
}

const OsyRoute osy_kitchen_routes[] = {
    {"GET", "/api/v1/restaurants/me/kitchen/lines", "listKitchenLines", OSY_PERM_ORDER_READ, 0,
     get_lines},
    {NULL},
};
