/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Stations and routes over HTTP. */

#include "osy-api.h"
#include "osy-kitchen-setup-service.h"

static gboolean
read_setup (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_service_get (tx, call, error);

  if (setup == NULL)
    return FALSE;
  reply->body = osy_kitchen_setup_to_json (setup);
  return TRUE;
}

static void
get_setup (OsyHttpRequest *http, gpointer data)
{
  osy_api_run (http, ((OsyKitchenRoom *)data)->pool, NULL, read_setup, NULL, NULL);
}

typedef struct {
  OsyKitchenRoom *room;
  JsonNode *body;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  json_node_unref (save->body);
  g_free (save);
}

/* Read anew for each try: saving completes what was asked for. */
static gboolean
save_setup (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Save *save = data;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (save->body);
  g_autoptr (OsyKitchenSetup) wanted = osy_kitchen_setup_read (reader);

  if (!osy_json_reader_finish (reader, error) ||
      !osy_kitchen_setup_service_save (tx, save->room, call, wanted, error))
    return FALSE;
  return read_setup (tx, call, NULL, reply, error);
}

static void
put_setup (OsyHttpRequest *http, gpointer data)
{
  g_autoptr (GError) error = NULL;
  JsonNode *body = osy_http_request_json (http, &error);

  if (body == NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  Save *save = g_new0 (Save, 1);
  save->room = data;
  save->body = body;
  osy_api_run (http, save->room->pool, NULL, save_setup, save, save_free);
}

const OsyRoute osy_kitchen_setup_routes[] = {
    {"GET", "/api/v1/restaurants/me/kitchen/setup", "getKitchenSetup", OSY_PERM_ORDER_READ, 0,
     get_setup},
    {"PUT", "/api/v1/restaurants/me/kitchen/setup", "setKitchenSetup", OSY_PERM_KITCHEN_MANAGE, 0,
     put_setup},
    {NULL},
};
