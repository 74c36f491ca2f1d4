/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Health, readiness, metrics, and the API's own description. */

#include "osy-daemon-routes.h"

#include "config.h"

#include "osy-api.h"
#include "osy-json.h"
#include "osy-metrics.h"

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

static const char *const edge_words[] = {"off", "down", "up"};

static guint
edge_state (const OsyDaemonRoom *room)
{
  return room->edge == NULL ? 0 : osy_edge_is_running (room->edge) ? 2 : 1;
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
  json_object_set_string_member (body, "edge", edge_words[GPOINTER_TO_UINT (data)]);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
get_ready (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;

  osy_api_run (http, room->pool, NULL, ask_database, GUINT_TO_POINTER (edge_state (room)), NULL);
}

static void
print_limits (GString *text, OsyHttpLimit *limit)
{
  g_string_append (text,
                   "# HELP ordersync_requests_limited_total Requests refused for their pace.\n"
                   "# TYPE ordersync_requests_limited_total counter\n");
  for (guint i = 0; i < OSY_N_LIMITS; i++)
    g_string_append_printf (
        text, "ordersync_requests_limited_total{class=\"%s\"} %" G_GUINT64_FORMAT "\n",
        osy_http_limit_rows[i].name, osy_http_limit_refused (limit, i));
  g_string_append_printf (text,
                          "# HELP ordersync_limit_keys Clients and sessions whose pace is known.\n"
                          "# TYPE ordersync_limit_keys gauge\n"
                          "ordersync_limit_keys %u\n",
                          osy_http_limit_keys (limit));
}

static void
get_metrics (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text,
                   "# HELP ordersync_requests_in_flight Requests being handled.\n"
                   "# TYPE ordersync_requests_in_flight gauge\n"
                   "ordersync_requests_in_flight %u\n"
                   "# HELP ordersync_websockets Open WebSockets.\n"
                   "# TYPE ordersync_websockets gauge\n"
                   "ordersync_websockets %u\n"
                   "# HELP ordersync_orders_pending_commit Orders waiting for their commit.\n"
                   "# TYPE ordersync_orders_pending_commit gauge\n"
                   "ordersync_orders_pending_commit %u\n",
                   osy_http_server_in_flight (room->server),
                   osy_http_server_websockets (room->server),
                   osy_order_writer_pending (room->writer));
  osy_metrics_print (text);
  print_limits (text, osy_http_server_limit (room->server));
  g_autoptr (GBytes) body = g_bytes_new (text->str, text->len);

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
