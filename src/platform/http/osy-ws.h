/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** A server-side WebSocket (RFC 6455) on the main thread. */
#define OSY_TYPE_WS (osy_ws_get_type ())
G_DECLARE_FINAL_TYPE (OsyWs, osy_ws, OSY, WS, GObject)

/**
 * OsyWs::message: (text: a NUL-terminated UTF-8 text message, at most 16 KiB)
 * OsyWs::closed: (code: guint) emitted once, whoever closed, when the descriptor is gone: from the
 *   main loop, never inside a call of this header. The code is the first one sent by either side;
 *   1005 when the peer gave none, 1006 when it vanished or was silent for 15 s.
 *
 * The server holds a reference until 'closed' was emitted. Binary messages are refused (1003).
 */

/**
 * osy_ws_accept:
 * @request: of a route with OSY_ROUTE_WEBSOCKET; its upgrade headers were checked already
 * @subprotocol: (nullable): the one of Sec-WebSocket-Protocol to answer with
 * @ready: called with the socket once it is open, or with NULL when the peer went away
 *
 * Answers 101. To refuse instead, answer with osy_http_reply_error().
 */
typedef void (*OsyWsReady) (OsyWs *ws, gpointer user_data);
void osy_ws_accept (OsyHttpRequest *request,
                    const char *subprotocol,
                    OsyWsReady ready,
                    gpointer user_data,
                    GDestroyNotify destroy);

/** osy_ws_send_text: queues one text message; a full queue (192 KiB or 256 messages) closes with
 * 1013. */
void osy_ws_send_text (OsyWs *self, const char *text, gssize len);

/** osy_ws_is_behind: Returns: whether half of the queue is used: who can wait with more should. */
gboolean osy_ws_is_behind (OsyWs *self);

/** A frame built once for many sockets. */
GBytes *osy_ws_frame_text (const char *text, gssize len);
void osy_ws_send_frame (OsyWs *self, GBytes *frame);

/** osy_ws_close: sends what is queued, then a close frame; does nothing on a socket that is not
 * open. @reason: (nullable): at most 123 bytes. */
void osy_ws_close (OsyWs *self, guint16 code, const char *reason);
/** osy_ws_is_open: Returns: FALSE as soon as either side has begun to close. */
gboolean osy_ws_is_open (OsyWs *self);
/** Subprotocols the client offered, NULL-terminated. (transfer full) */
char **osy_ws_offered_protocols (OsyHttpRequest *request);

G_END_DECLS
