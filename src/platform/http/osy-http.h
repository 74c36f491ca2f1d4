/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "osy-error.h"
#include "osy-http-limit.h"
#include "osy-principal.h"
#include "osy-trace.h"

G_BEGIN_DECLS

/** One request in flight. Belongs to the main thread; alive until it has been answered. */
typedef struct _OsyHttpRequest OsyHttpRequest;

/** Reads the request and answers it, now or later, exactly once with one osy_http_reply_*(). */
typedef void (*OsyHttpHandler) (OsyHttpRequest *request, gpointer room);

typedef enum {
  OSY_ROUTE_PUBLIC = 1 << 0,     /* anonymous principals may call */
  OSY_ROUTE_WEBSOCKET = 1 << 1,  /* GET that upgrades */
  OSY_ROUTE_IDEMPOTENT = 1 << 2, /* Idempotency-Key required */
  OSY_ROUTE_LARGE = 1 << 3,      /* body up to 8 MiB (imports) instead of 64 KiB */
  OSY_ROUTE_NO_BODY = 1 << 4,    /* a body is refused unless empty or {} */
  OSY_ROUTE_LOOPBACK = 1 << 5,   /* answered on loopback and unix sockets only, never by the edge */
  OSY_ROUTE_SIGNED_IN = 1 << 6,  /* any signed-in person, whatever the role */
  OSY_ROUTE_SECRET = 1 << 7,     /* takes a secret that could be guessed: OSY_LIMIT_SIGN_IN */
  OSY_ROUTE_RENEW = 1 << 8,      /* takes a random token of 128 bits or more: OSY_LIMIT_RENEW */
  OSY_ROUTE_AUDITED = 1 << 9,    /* a GET that writes who read */
  OSY_ROUTE_WEBHOOK = 1 << 10,   /* body up to 256 KiB */
} OsyRouteFlags;

/** A row of a room's const route table; rows end with method == NULL. Who may call is said once:
 * by a permission, by OSY_ROUTE_SIGNED_IN or by OSY_ROUTE_PUBLIC; a row that says nothing is
 * refused to everybody. */
typedef struct {
  const char *method;
  const char *path;         /* "/api/v1/orders/{id}"; a parameter is one whole segment */
  const char *operation_id; /* of docs/openapi.yaml */
  OsyPermission permission; /* OSY_PERM_NONE with PUBLIC and SIGNED_IN alone */
  guint flags;              /* OsyRouteFlags */
  OsyHttpHandler handler;
} OsyRoute;

typedef struct {
  const char *listen;       /* "HOST:PORT", port 0 takes a free one, or "unix:/path" */
  const char *edge;         /* (nullable): "unix:/path" of the edge, which names its clients */
  guint header_deadline_ms; /* 0: 10,000 */
  guint body_deadline_ms;   /* 0: 20,000 */
  guint work_deadline_ms;   /* a handler has not answered: 504; 0: 60,000 */
  guint reply_deadline_ms;  /* the answer is not read; 0: 60,000 */
  guint idle_s;             /* nothing is sent at all; 0: 30 */
  guint per_ip_connections; /* 0: 1,000 */
  guint max_connections;    /* 0: 19,000 */
  guint ws_per_ip;          /* 0: 1,000 */
  guint ws_max;             /* 0: 12,000 */
  guint ws_ping_ms;         /* 0: 5,000 */
  guint ws_silence_ms;      /* 0: 15,000 */
  /* (nullable): Origin values that may open WebSockets besides the server's own host. */
  const char *const *origins;
  guint limits[OSY_N_LIMITS]; /* of each class instead of the table's count; 0: the table's */
} OsyHttpConfig;

#define OSY_TYPE_HTTP_SERVER (osy_http_server_get_type ())
G_DECLARE_FINAL_TYPE (OsyHttpServer, osy_http_server, OSY, HTTP_SERVER, GObject)

/** osy_http_server_new: binds and listens, answers 503 until osy_http_server_open(). */
OsyHttpServer *osy_http_server_new (const OsyHttpConfig *config, GError **error);

/** osy_http_server_add_routes: @routes: static rows; @room: given to their handlers. A literal
 * segment wins over a parameter. */
void osy_http_server_add_routes (OsyHttpServer *self, const OsyRoute *routes, gpointer room);

/**
 * OsyHttpAuthenticate:
 *
 * Finds out who calls, from the headers alone (no I/O). Returns: (transfer full): a principal,
 * anonymous when no credentials were sent; NULL with @error for bad credentials, which refuses
 * public routes too.
 */
typedef OsyPrincipal *(*OsyHttpAuthenticate) (OsyHttpRequest *request,
                                              gpointer user_data,
                                              GError **error);
void osy_http_server_set_authenticate (OsyHttpServer *self,
                                       OsyHttpAuthenticate func,
                                       gpointer user_data);

/** OsyHttpObserver: called once per answered request, for the access log and metrics. */
typedef void (*OsyHttpObserver) (OsyHttpRequest *request,
                                 guint status,
                                 gint64 duration_us,
                                 gpointer user_data);
void osy_http_server_set_observer (OsyHttpServer *self, OsyHttpObserver func, gpointer user_data);

/** osy_http_server_open: from now on requests reach their routes. */
void osy_http_server_open (OsyHttpServer *self);
/** osy_http_server_address: Returns: (transfer none): "http://127.0.0.1:8080" or "unix:/path". */
const char *osy_http_server_address (OsyHttpServer *self);
/** osy_http_server_stop: stops accepting, answers 503 to new requests, closes WebSockets with 1001,
 *  waits at most @timeout_ms for requests in flight (spinning the main context), then answers those
 *  left with 503 and closes. To be called before the last reference is dropped; not by a handler.
 */
void osy_http_server_stop (OsyHttpServer *self, guint timeout_ms);
/** Requests being handled and WebSockets open, for metrics. */
guint osy_http_server_in_flight (OsyHttpServer *self);
guint osy_http_server_websockets (OsyHttpServer *self);
/** osy_http_server_limit: Returns: (transfer none): who has come how fast. */
OsyHttpLimit *osy_http_server_limit (OsyHttpServer *self);

/* What was asked. All (transfer none), valid until answered; hold a ref to keep it across threads'
 * hand-overs (but touch it on the main thread only). */
OsyHttpRequest *osy_http_request_ref (OsyHttpRequest *self);
void osy_http_request_unref (OsyHttpRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyHttpRequest, osy_http_request_unref)

/** osy_http_request_route: Returns: (transfer none) (nullable): NULL when none matched. */
const OsyRoute *osy_http_request_route (OsyHttpRequest *self);
const char *osy_http_request_method (OsyHttpRequest *self);
const char *osy_http_request_path (OsyHttpRequest *self);
/** Value of a path parameter, "{id}" → "id"; NULL when the route has none of that name. */
const char *osy_http_request_param (OsyHttpRequest *self, const char *name);
/** Decoded query value or NULL; a repeated name was refused before. */
const char *osy_http_request_query (OsyHttpRequest *self, const char *name);
/** Names of query members present, NULL-terminated, for refusing unknown ones. */
const char *const *osy_http_request_query_names (OsyHttpRequest *self);
const char *osy_http_request_header (OsyHttpRequest *self, const char *name);
GBytes *osy_http_request_body (OsyHttpRequest *self);
/** The body as strict JSON. NULL with INVALID_JSON (400) or UNSUPPORTED_MEDIA_TYPE (415). (transfer
 * full) */
JsonNode *osy_http_request_json (OsyHttpRequest *self, GError **error);
OsyPrincipal *osy_http_request_principal (OsyHttpRequest *self);
const char *osy_http_request_trace_id (OsyHttpRequest *self);
/** osy_http_request_place: (transfer none): the span of the request, child of the one that its
 * traceparent names (osy_http_request_caller(), "" without). */
const OsyTracePlace *osy_http_request_place (OsyHttpRequest *self);
const char *osy_http_request_caller (OsyHttpRequest *self);
/** "127.0.0.1" or "unix"; through the edge the address that it saw. */
const char *osy_http_request_client (OsyHttpRequest *self);
gint64 osy_http_request_started (OsyHttpRequest *self); /* monotonic µs */

/* Answers. Each ends the request; a second one is a programming fault and is logged, not sent. */
/** osy_http_reply_add_header: for the answer to come. */
void osy_http_reply_add_header (OsyHttpRequest *self, const char *name, const char *value);
void osy_http_reply_json (OsyHttpRequest *self, guint status, JsonNode *body);
/** @body: (transfer none) */
void osy_http_reply_bytes (OsyHttpRequest *self, guint status, const char *type, GBytes *body);
/** osy_http_reply_tagged: 200 with @body, or 304 to who has @etag already (If-None-Match). It may
 * be kept but is asked for again each time, unless a Cache-Control was added. (transfer none) */
void osy_http_reply_tagged (OsyHttpRequest *self, const char *type, GBytes *body, const char *etag);
/** problem+json of @error. Adds Retry-After on 429 and 503: the seconds of the error's extra member
 * "retry_after", else 30 and 1. (transfer none) */
void osy_http_reply_error (OsyHttpRequest *self, const GError *error);
void osy_http_reply_empty (OsyHttpRequest *self, guint status);

G_END_DECLS
