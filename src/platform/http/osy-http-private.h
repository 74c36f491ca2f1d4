/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <microhttpd.h>

#include "osy-http-guard.h"
#include "osy-http-router.h"
#include "osy-http.h"

/* What the parts of this folder share; nobody outside includes it. */

G_BEGIN_DECLS

#define OSY_HTTP_BODY_MAX (64 * 1024)
#define OSY_HTTP_WEBHOOK_MAX (256 * 1024)
#define OSY_HTTP_LARGE_MAX (8 * 1024 * 1024)

/** One accepted TCP or unix connection, from MHD's first notice to its last. */
typedef struct {
  OsyHttpServer *server;
  GList link; /* in the server's list, for the sweep */
  int fd;
  gint64 deadline; /* monotonic µs after which the socket is shut; 0: none */
  char *target;    /* raw request target of the request being read */
  gboolean bad_target;
  gboolean loopback;
  gboolean edge; /* the edge's: each request says for whom it comes */
  char client[64];
  OsyHttpRequest *request; /* (transfer none) (nullable): the one being read or handled */
} OsyHttpConn;

typedef struct _OsyWsUpgrade OsyWsUpgrade;

struct _OsyHttpRequest {
  gatomicrefcount refs;
  OsyHttpServer *server;      /* owned */
  OsyHttpConn *conn;          /* NULL once the connection is done with it */
  struct MHD_Connection *mhd; /* NULL once answered */
  const OsyRoute *route;
  gpointer room;
  GError *refusal; /* why it will not reach its handler */
  guint refusal_status;
  char *method;
  char *path;
  char **params; /* values in the order of the route's parameters */
  GHashTable *query;
  GPtrArray *query_names;
  GByteArray *incoming;
  GBytes *body;
  OsyPrincipal *principal;
  char *client;
  OsyTracePlace place;
  char caller[OSY_TRACE_SPAN_ID_SIZE]; /* span that it says it is part of, or empty */
  gint64 started;
  GPtrArray *reply_headers; /* name, value, name, value */
  OsyWsUpgrade *upgrade;    /* pending 101 */
  gboolean is_1_1;
  gboolean suspended;
  gboolean answered;
  gboolean abandoned; /* answered 504 by the sweep: the handler's own reply is late, not a fault */
};

/* osy-http-request.c */
OsyHttpRequest *osy_http_request_new (OsyHttpConn *conn, struct MHD_Connection *mhd);
/** Fills query, rejecting repeated names. */
gboolean osy_http_request_read_query (OsyHttpRequest *self, GError **error);
/** Takes over a valid traceparent, else makes a trace id. */
void osy_http_request_read_trace (OsyHttpRequest *self);
void osy_http_request_seal_body (OsyHttpRequest *self);

/* osy-http-reply.c */
/** Sends the problem of @error under @status (0: the error's own). */
void osy_http_reply_refusal (OsyHttpRequest *self, guint status, const GError *error);
/** Takes @response and queues it; the last step of every answer. */
void osy_http_reply_queue (OsyHttpRequest *self, guint status, struct MHD_Response *response);
/** Whether the request may still be answered; logs a second answer. */
gboolean osy_http_reply_allowed (OsyHttpRequest *self);

/* osy-http-connection.c: the callbacks of MHD */
enum MHD_Result osy_http_on_request (void *cls,
                                     struct MHD_Connection *mhd,
                                     const char *url,
                                     const char *method,
                                     const char *version,
                                     const char *upload,
                                     size_t *upload_size,
                                     void **request);
void osy_http_on_completed (void *cls,
                            struct MHD_Connection *mhd,
                            void **request,
                            enum MHD_RequestTerminationCode code);
void osy_http_on_connection (void *cls,
                             struct MHD_Connection *mhd,
                             void **conn,
                             enum MHD_ConnectionNotificationCode code);
void *osy_http_on_target (void *cls, const char *target, struct MHD_Connection *mhd);
size_t osy_http_on_unescape (void *cls, struct MHD_Connection *mhd, char *text);
/** Shuts what is late: slow senders, slow readers, handlers that never answered. */
void osy_http_conn_sweep (OsyHttpConn *self, gint64 now);

/* osy-http-listen.c */
/** Binds and listens. Returns: an fd, or -1; *@address: what clients use. */
int osy_http_listen (const char *listen, char **address, GError **error);
/** Removes the path of a unix address. */
void osy_http_unlisten (const char *address);

/* osy-http-server.c */
/** Asks for one MHD_run() in this turn of the main loop. */
void osy_http_server_wake (OsyHttpServer *self);
const OsyHttpConfig *osy_http_server_config (OsyHttpServer *self);
OsyHttpRouter *osy_http_server_router (OsyHttpServer *self);
/** Whether requests are served (opened and not stopping). */
gboolean osy_http_server_is_open (OsyHttpServer *self);
OsyPrincipal *
osy_http_server_authenticate (OsyHttpServer *self, OsyHttpRequest *request, GError **error);
/** Whether @fd was accepted on the edge's socket. */
gboolean osy_http_server_is_edge (OsyHttpServer *self, int fd);
void osy_http_server_observe (OsyHttpServer *self, OsyHttpRequest *request, guint status);
void osy_http_server_conn_added (OsyHttpServer *self, OsyHttpConn *conn);
void osy_http_server_conn_removed (OsyHttpServer *self, OsyHttpConn *conn);
void osy_http_server_request_begun (OsyHttpServer *self);
void osy_http_server_request_ended (OsyHttpServer *self);

G_END_DECLS
