/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-ws.h"

G_BEGIN_DECLS

/** All sockets of one server: their epoll, their caps, their timer. */
typedef struct _OsyWsLoop OsyWsLoop;

/* osy-ws-loop.c */
OsyWsLoop *osy_ws_loop_new (const OsyHttpConfig *config, GMainContext *context);
void osy_ws_loop_free (OsyWsLoop *self);
guint osy_ws_loop_count (OsyWsLoop *self);
/** Whether one more socket of @client fits. FALSE with RATE_LIMITED or UNAVAILABLE. */
gboolean osy_ws_loop_has_room (OsyWsLoop *self, const char *client, GError **error);
/** Sends every socket a close frame and refuses new ones. */
void osy_ws_loop_close_all (OsyWsLoop *self, guint16 code, const char *reason);
/** Drops what is left. */
void osy_ws_loop_stop (OsyWsLoop *self);
/** Takes a reference until the socket is dead. */
void osy_ws_loop_add (OsyWsLoop *self, OsyWs *ws);
void osy_ws_loop_watch_write (OsyWsLoop *self, OsyWs *ws, gboolean on);
/** Asks for the socket to be closed and released in the loop's next turn. */
void osy_ws_loop_bury (OsyWsLoop *self, OsyWs *ws);

/* osy-ws.c, for the loop */
OsyWs *osy_ws_new (OsyWsLoop *loop, int fd, const char *client, GBytes *extra);
GList *osy_ws_link (OsyWs *self);
int osy_ws_fd (OsyWs *self);
const char *osy_ws_client (OsyWs *self);
void osy_ws_on_io (OsyWs *self, guint32 events);
/** Reads what came with the handshake. */
void osy_ws_read_early (OsyWs *self);
void osy_ws_on_tick (OsyWs *self, gint64 now, const OsyHttpConfig *config);
/** Ends the socket without a word; 'closed' follows from the loop. */
void osy_ws_die (OsyWs *self, guint16 code);
gboolean osy_ws_is_dead (OsyWs *self);
/** Closes the descriptor and emits 'closed'. */
void osy_ws_finish (OsyWs *self);

/* osy-ws-frame.c */
GBytes *osy_ws_frame (guint8 opcode, const void *payload, gsize len);
GBytes *osy_ws_frame_close (guint16 code, const char *reason);

/* osy-ws-upgrade.c */
/** The handshake's rules (RFC 6455 4.2.1), Origin and caps. FALSE with @error. */
gboolean osy_ws_check_upgrade (OsyHttpRequest *request, GError **error);
/** osy_ws_accept_key: Returns: (transfer full) (nullable): Sec-WebSocket-Accept for @key; NULL when
 * it is not 16 bytes of base64. */
char *osy_ws_accept_key (const char *key);
/** osy_ws_origin_is_ours: @host: of the Host header. */
gboolean osy_ws_origin_is_ours (const char *origin, const char *host, const char *const *allowed);
/** Tells a waiting osy_ws_accept() that its peer is gone. */
void osy_ws_upgrade_gone (OsyHttpRequest *request);

/* osy-http-server.c */
OsyWsLoop *osy_http_server_ws_loop (OsyHttpServer *self);

G_END_DECLS
