/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen display for tablets (data/web/kitchen), where a tablet finds it, and the courier's
 * page (data/web/courier). The files are public, as a sign-in page is; what they show is not. */

#include "osy-web-routes.h"

#include "osy-daemon-routes.h"
#include "osy-http-static.h"
#include "osy-json.h"

#define KITCHEN "/com/ordersync/web/kitchen/"
#define COURIER "/com/ordersync/web/courier/"

static void
get_kitchen_page (OsyHttpRequest *http, gpointer room)
{
  osy_http_static_reply (http, KITCHEN, "index.html");
}

static void
get_kitchen_file (OsyHttpRequest *http, gpointer room)
{
  osy_http_static_reply (http, KITCHEN, osy_http_request_param (http, "file"));
}

static void
get_courier_page (OsyHttpRequest *http, gpointer room)
{
  osy_http_static_reply (http, COURIER, "index.html");
}

static void
get_courier_file (OsyHttpRequest *http, gpointer room)
{
  osy_http_static_reply (http, COURIER, osy_http_request_param (http, "file"));
}

static void
get_edge (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;
  JsonObject *body = json_object_new ();
  JsonArray *list = json_array_new ();
  g_auto (GStrv) addresses = room->edge != NULL ? osy_edge_list_addresses (room->edge) : NULL;

  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    json_array_add_string_element (list, addresses[i]);
  json_object_set_string_member (body, "state", osy_daemon_edge_word (room));
  json_object_set_array_member (body, "addresses", list);
  g_autoptr (JsonNode) node = osy_json_take_object (body);
  osy_http_reply_json (http, 200, node);
}

const OsyRoute osy_web_routes[] = {
    {"GET", "/kitchen", "getKitchenPage", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_kitchen_page},
    {"GET", "/kitchen/{file}", "getKitchenFile", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_kitchen_file},
    {"GET", "/courier", "getCourierPage", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_courier_page},
    {"GET", "/courier/{file}", "getCourierFile", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_courier_file},
    {"GET", "/api/v1/restaurants/me/edge", "getEdge", OSY_PERM_DEVICE_MANAGE, 0, get_edge},
    {NULL},
};
