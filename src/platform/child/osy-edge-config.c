/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* nginx.conf of the edge. Paths are relative to the edge's folder, in which nginx is started, so
 * none has to be quoted; nginx runs as one process, so that it ends with us and leaves none. */

#include "osy-edge-private.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-compat.h"

static const char head[] =
    "# Written by ordersyncd at each start.\n"
    "daemon off;\n"
    "master_process off;\n"
    "pid " OSY_EDGE_PID_FILE ";\n"
    "error_log ../log/edge.log warn;\n"
    "worker_rlimit_nofile 16384;\n"
    "events { worker_connections 8192; }\n"
    "http {\n"
    "  access_log off;\n"
    "  server_tokens off;\n"
    "  default_type application/octet-stream;\n"
    "  client_body_temp_path tmp/body;\n"
    "  proxy_temp_path tmp/proxy;\n"
    "  fastcgi_temp_path tmp/fastcgi;\n"
    "  uwsgi_temp_path tmp/uwsgi;\n"
    "  scgi_temp_path tmp/scgi;\n"
    "  client_header_timeout 10s;\n"
    "  client_body_timeout 10s;\n"
    "  send_timeout 30s;\n"
    "  keepalive_timeout 30s;\n"
    "  lingering_timeout 2s;\n"
    "  reset_timedout_connection on;\n"
    "  large_client_header_buffers 4 8k;\n"
    "  client_max_body_size 64k;\n"
    "  client_body_buffer_size 64k;\n"
    "  limit_conn_zone $binary_remote_addr zone=clients:4m;\n"
    "  limit_conn clients 200;\n"
    "  limit_conn_status 429;\n"
    "  limit_conn_log_level warn;\n"
    "  map $http_upgrade $edge_connection { '' ''; default upgrade; }\n"
    "  map $upstream_http_x_content_type_options $edge_sniff { '' nosniff; default ''; }\n"
    "  map $upstream_http_referrer_policy $edge_referrer { '' no-referrer; default ''; }\n"
    "  map $upstream_http_cache_control $edge_cache { '' no-store; default ''; }\n"
    "  map $upstream_http_cross_origin_resource_policy $edge_resource {\n"
    "    '' same-origin; default '';\n"
    "  }\n"
    "  map $upstream_http_content_security_policy $edge_policy {\n"
    "    '' \"default-src 'none'; frame-ancestors 'none'\"; default '';\n"
    "  }\n"
    "  upstream ordersyncd { server unix:" OSY_EDGE_SOCKET "; keepalive 32; }\n"
    "  server {\n";

static const char body[] = "    ssl_protocols TLSv1.3;\n"
                           "    ssl_ecdh_curve X25519:prime256v1;\n"
                           "    ssl_session_tickets off;\n"
                           "    ssl_session_cache off;\n"
                           "    add_header Strict-Transport-Security max-age=31536000 always;\n"
                           "    add_header X-Content-Type-Options $edge_sniff always;\n"
                           "    add_header Referrer-Policy $edge_referrer always;\n"
                           "    add_header Cache-Control $edge_cache always;\n"
                           "    add_header Cross-Origin-Resource-Policy $edge_resource always;\n"
                           "    add_header Content-Security-Policy $edge_policy always;\n"
                           "    proxy_http_version 1.1;\n"
                           "    proxy_request_buffering on;\n"
                           "    proxy_set_header Host $http_host;\n"
                           "    proxy_set_header Connection $edge_connection;\n"
                           "    proxy_set_header Upgrade $http_upgrade;\n"
                           "    proxy_set_header X-Forwarded-For $remote_addr;\n"
                           "    proxy_set_header X-Forwarded-Proto https;\n"
                           "    proxy_set_header X-Forwarded-Host '';\n"
                           "    proxy_set_header X-Real-IP '';\n"
                           "    proxy_set_header Forwarded '';\n"
                           "    proxy_connect_timeout 5s;\n"
                           "    proxy_send_timeout 30s;\n"
                           "    proxy_read_timeout 70s;\n"
                           "    proxy_next_upstream off;\n";

/* What nginx refuses by itself reads like what the daemon refuses. */
typedef struct {
  const char *statuses;
  guint status;
  const char *title;
  const char *code;
  const char *detail;
  guint retry_after; /* s; 0: not said */
} Refusal;

static const Refusal refusals[] = {
    {"400 494 495 496 497", 400, "The request is not valid", "INVALID_REQUEST",
     "This is not a request of HTTP over TLS.", 0},
    {"403 404", 404, "Not found", "NOT_FOUND", "There is nothing at this path.", 0},
    {"405", 405, "Method not allowed", "METHOD_NOT_ALLOWED", "Use GET here.", 0},
    {"408", 408, "Not finished in time", "TIMEOUT", "The request came too slowly.", 0},
    {"413", 413, "Too large", "TOO_LARGE", "The body is larger than is taken here.", 0},
    {"414", 414, "Too large", "TOO_LARGE", "The path is too long.", 0},
    {"429", 429, "Too many requests", "RATE_LIMITED", "Too many connections of one address.", 10},
    {"500 501 502 503", 503, "Not available just now", "UNAVAILABLE",
     "The service is starting or stopping; try again.", 1},
    {"504", 504, "Not finished in time", "TIMEOUT", "The service did not answer in time.", 0},
};

static void
add_refusal (GString *text, const Refusal *refusal)
{
  g_string_append_printf (text, "    error_page %s =%u /.refused/%u;\n", refusal->statuses,
                          refusal->status, refusal->status);
  g_string_append_printf (text, "    location = /.refused/%u {\n      internal;\n",
                          refusal->status);
  /* Headers of a location take the place of the server's, so this one has all of them. */
  if (refusal->retry_after > 0)
    g_string_append_printf (text,
                            "      add_header Retry-After %u always;\n"
                            "      add_header Strict-Transport-Security max-age=31536000 always;\n"
                            "      add_header X-Content-Type-Options nosniff always;\n"
                            "      add_header Referrer-Policy no-referrer always;\n"
                            "      add_header Cache-Control no-store always;\n"
                            "      add_header Cross-Origin-Resource-Policy same-origin always;\n"
                            "      add_header Content-Security-Policy \"default-src 'none'; "
                            "frame-ancestors 'none'\" always;\n",
                            refusal->retry_after);
  g_string_append_printf (
      text,
      "      default_type application/problem+json;\n"
      "      return %u '{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,"
      "\"code\":\"%s\",\"detail\":\"%s\"}';\n"
      "    }\n",
      refusal->status, refusal->title, refusal->status, refusal->code, refusal->detail);
}

static void
add_listeners (GString *text, guint port)
{
  g_string_append_printf (text, "    listen %u ssl;\n", port);
  if (g_access ("/proc/net/if_inet6", R_OK) == 0)
    g_string_append_printf (text, "    listen [::]:%u ssl;\n", port);
}

static void
add_certificate (GString *text, const OsyEdgeConfig *config)
{
  if (config->certificate != NULL) {
    g_string_append_printf (text,
                            "    ssl_certificate \"%s\";\n"
                            "    ssl_certificate_key \"%s\";\n",
                            config->certificate, config->key);
    return;
  }
  g_string_append (text, "    ssl_certificate server.crt;\n"
                         "    ssl_certificate_key server.key;\n"
                         "    location = /ca.crt {\n"
                         "      types { }\n"
                         "      default_type application/x-x509-ca-cert;\n"
                         "      alias ca.crt;\n"
                         "    }\n");
}

/* A parameter of a route is one whole segment; braces are nginx's own. */
static void
add_path (GString *text, const char *path, const char *size)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  gboolean exact = strchr (path, '{') == NULL;

  for (guint i = 0; segments[i] != NULL; i++)
    if (segments[i][0] == '{')
      osy_set_str (&segments[i], "[^/]+");
  g_autofree char *pattern = g_strjoinv ("/", segments);
  g_string_append_printf (text,
                          "    location %s%s%s {\n"
                          "      client_max_body_size %s;\n"
                          "      proxy_pass http://ordersyncd;\n"
                          "    }\n",
                          exact ? "= " : "~ ^", pattern, exact ? "" : "$", size);
}

char *
osy_edge_configuration (const OsyEdgeConfig *config)
{
  g_autoptr (GString) text = g_string_new (head);

  add_listeners (text, config->port);
  g_string_append (text, body);
  add_certificate (text, config);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    add_refusal (text, &refusals[i]);
  for (gsize i = 0; config->large_paths != NULL && config->large_paths[i] != NULL; i++)
    add_path (text, config->large_paths[i], "8m");
  for (gsize i = 0; config->hook_paths != NULL && config->hook_paths[i] != NULL; i++)
    add_path (text, config->hook_paths[i], "256k");
  g_string_append (text, "    location / { proxy_pass http://ordersyncd; }\n"
                         "  }\n"
                         "}\n");
  return g_strdup (text->str);
}
