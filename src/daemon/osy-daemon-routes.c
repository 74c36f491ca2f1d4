/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Health, readiness, metrics, and the API's own description. */

#include "osy-daemon-routes.h"

#include "config.h"

#include "osy-api.h"
#include "osy-daemon-metrics.h"
#include "osy-json.h"

#define DOCS_PREFIX "/com/ordersync/api/"
#define PAGE_POLICY                                                                        \
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; " \
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static void
reply_status (OsyHttpRequest *http, const char *status)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "status", status);
  json_object_set_string_member (body, "version", OSY_VERSION);
  g_autoptr (JsonNode) node = osy_json_take_object (body);
  osy_http_reply_json (http, 200, node);
}

/* The process answers; nothing else is asked. */
static void
get_health (OsyHttpRequest *http, gpointer room)
{
  reply_status (http, "ok");
}

const char *
osy_daemon_edge_word (const OsyDaemonRoom *room)
{
  return room->edge == NULL ? "off" : osy_edge_is_running (room->edge) ? "up" : "down";
}

/* An edge that is down does not stop the counter, so it is said and no more. */
static gboolean
ask_database (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  if (!osy_db_exec (tx, "SELECT 1", OSY_NO_PARAMS, NULL, error)) {
    g_prefix_error (error, "database: ");
    return FALSE;
  }
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "status", "ready");
  json_object_set_string_member (body, "version", OSY_VERSION);
  json_object_set_string_member (body, "edge", data);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_ready (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;

  osy_api_run (http, room->pool, NULL, ask_database, (gpointer)osy_daemon_edge_word (room), NULL);
}

static void
get_metrics (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;
  g_autoptr (GBytes) body = osy_daemon_metrics_print (room->metrics);

  osy_http_reply_bytes (http, 200, "text/plain; version=0.0.4; charset=utf-8", body);
}

static void
reply_resource (OsyHttpRequest *http, const char *name, const char *type)
{
  g_autofree char *path = g_strconcat (DOCS_PREFIX, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (body == NULL)
    osy_http_reply_error (http, error);
  else
    osy_http_reply_bytes (http, 200, type, body);
}

static void
get_openapi (OsyHttpRequest *http, gpointer room)
{
  reply_resource (http, "openapi.json", "application/json");
}

static void
get_docs (OsyHttpRequest *http, gpointer room)
{
  osy_http_reply_add_header (http, "Content-Security-Policy", PAGE_POLICY);
  reply_resource (http, "docs.html", "text/html; charset=utf-8");
}

static void
get_docs_script (OsyHttpRequest *http, gpointer room)
{
  reply_resource (http, "docs.js", "text/javascript; charset=utf-8");
}

const OsyRoute osy_daemon_routes[] = {
    {"GET", "/health", "getHealth", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK,
     get_health},
    {"GET", "/ready", "getReady", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK, get_ready},
    {"GET", "/metrics", "getMetrics", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK,
     get_metrics},
    {"GET", "/api/v1/openapi.json", "getOpenapi", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_openapi},
    {"GET", "/api/v1/docs", "getDocs", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_docs},
    {"GET", "/api/v1/docs.js", "getDocsScript", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, get_docs_script},
    {NULL},
};
