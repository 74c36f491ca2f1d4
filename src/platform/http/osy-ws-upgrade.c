/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The handshake. MHD would switch protocols for anyone, so every rule of RFC 6455 4.2.1 is checked
 * here. Once the 101 is out, the descriptor is duplicated and MHD is told the connection is over:
 * MHD then frees what it holds of it, and its list of suspended connections stays short. This
 * departs from the letter of MHD's manual; test-osy-ws pins it. */

#include "osy-http-private.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "osy-ws-private.h"

#define WS_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define KEY_BYTES 16
#define KEY_TEXT 24
#define MAX_PROTOCOLS 8

struct _OsyWsUpgrade {
  OsyWsReady ready;
  gpointer data;
  GDestroyNotify destroy;
};

/* ---- the rules ---- */

static gboolean
has_token (const char *list, const char *token)
{
  g_auto (GStrv) items = list ? g_strsplit (list, ",", 16) : NULL;

  for (guint i = 0; items != NULL && items[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (items[i]), token) == 0)
      return TRUE;
  return FALSE;
}

char *
osy_ws_accept_key (const char *key)
{
  g_autoptr (GChecksum) sha1 = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree guchar *decoded = NULL;
  g_autofree char *again = NULL;
  guint8 digest[20];
  gsize len = 0;

  if (key == NULL || strlen (key) != KEY_TEXT)
    return NULL;
  decoded = g_base64_decode (key, &len);
  again = g_base64_encode (decoded, len);
  if (len != KEY_BYTES || strcmp (again, key) != 0)
    return NULL;
  g_checksum_update (sha1, (const guchar *)key, KEY_TEXT);
  g_checksum_update (sha1, (const guchar *)WS_GUID, strlen (WS_GUID));
  len = sizeof digest;
  g_checksum_get_digest (sha1, digest, &len);
  return g_base64_encode (digest, len);
}

gboolean
osy_ws_origin_is_ours (const char *origin, const char *host, const char *const *allowed)
{
  const char *rest;

  if (origin == NULL)
    return TRUE;
  if (allowed != NULL && g_strv_contains (allowed, origin))
    return TRUE;
  rest = g_str_has_prefix (origin, "https://")  ? origin + strlen ("https://")
         : g_str_has_prefix (origin, "http://") ? origin + strlen ("http://")
                                                : NULL;
  return rest != NULL && host != NULL && g_ascii_strcasecmp (rest, host) == 0;
}

static const char *
find_fault (OsyHttpRequest *request)
{
  g_autofree char *accept =
      osy_ws_accept_key (osy_http_request_header (request, "Sec-WebSocket-Key"));

  if (strcmp (request->method, "GET") != 0 || !request->is_1_1)
    return "A WebSocket opens with GET and HTTP/1.1.";
  if (!has_token (osy_http_request_header (request, "Connection"), "upgrade") ||
      !has_token (osy_http_request_header (request, "Upgrade"), "websocket"))
    return "Send Connection: Upgrade and Upgrade: websocket.";
  if (accept == NULL)
    return "Sec-WebSocket-Key is not 16 bytes of base64.";
  return NULL;
}

gboolean
osy_ws_check_upgrade (OsyHttpRequest *request, GError **error)
{
  const char *fault = find_fault (request);

  if (fault != NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, fault);
    return FALSE;
  }
  if (g_strcmp0 (osy_http_request_header (request, "Sec-WebSocket-Version"), "13") != 0) {
    request->refusal_status = 426;
    osy_http_reply_add_header (request, "Sec-WebSocket-Version", "13");
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Use version 13 of the WebSocket protocol.");
    return FALSE;
  }
  if (!osy_ws_origin_is_ours (osy_http_request_header (request, "Origin"),
                              osy_http_request_header (request, "Host"),
                              osy_http_server_config (request->server)->origins)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                         "Pages of this origin may not connect.");
    return FALSE;
  }
  return osy_ws_loop_has_room (osy_http_server_ws_loop (request->server), request->client, error);
}

char **
osy_ws_offered_protocols (OsyHttpRequest *request)
{
  const char *list = osy_http_request_header (request, "Sec-WebSocket-Protocol");
  char **items = g_strsplit (list ? list : "", ",", MAX_PROTOCOLS);

  for (guint i = 0; items[i] != NULL; i++)
    g_strstrip (items[i]);
  return items;
}

/* ---- the switch ---- */

static void
end_upgrade (OsyHttpRequest *request, OsyWs *ws)
{
  OsyWsUpgrade *upgrade = g_steal_pointer (&request->upgrade);

  upgrade->ready (ws, upgrade->data);
  if (upgrade->destroy != NULL)
    upgrade->destroy (upgrade->data);
  g_free (upgrade);
}

void
osy_ws_upgrade_gone (OsyHttpRequest *request)
{
  if (request->upgrade != NULL)
    end_upgrade (request, NULL);
}

static void
on_upgrade (void *cls,
            struct MHD_Connection *mhd,
            void *slot,
            const char *extra,
            size_t extra_len,
            MHD_socket socket_fd,
            struct MHD_UpgradeResponseHandle *handle)
{
  OsyHttpRequest *request = slot;
  g_autoptr (GBytes) early = extra_len > 0 ? g_bytes_new (extra, extra_len) : NULL;
  g_autoptr (OsyWs) ws = NULL;
  int fd = fcntl (socket_fd, F_DUPFD_CLOEXEC, 3);
  int on = 1;

  MHD_upgrade_action (handle, MHD_UPGRADE_ACTION_CLOSE);
  osy_http_server_wake (request->server);
  if (fd < 0) {
    shutdown (socket_fd, SHUT_RDWR);
    return;
  }
  /* MHD clears it when it hands the socket over; unix sockets do not know it. */
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ws = osy_ws_new (osy_http_server_ws_loop (request->server), fd, request->client, early);
  end_upgrade (request, ws);
  if (early != NULL && !osy_ws_is_dead (ws))
    osy_ws_read_early (ws);
}

static struct MHD_Response *
switch_response (OsyHttpRequest *request, const char *subprotocol)
{
  struct MHD_Response *response = MHD_create_response_for_upgrade (on_upgrade, NULL);
  g_autofree char *accept =
      osy_ws_accept_key (osy_http_request_header (request, "Sec-WebSocket-Key"));

  MHD_add_response_header (response, MHD_HTTP_HEADER_UPGRADE, "websocket");
  MHD_add_response_header (response, "Sec-WebSocket-Accept", accept);
  if (subprotocol != NULL)
    MHD_add_response_header (response, "Sec-WebSocket-Protocol", subprotocol);
  return response;
}

void
osy_ws_accept (OsyHttpRequest *request,
               const char *subprotocol,
               OsyWsReady ready,
               gpointer user_data,
               GDestroyNotify destroy)
{
  g_autoptr (GError) error = NULL;
  gboolean allowed = osy_http_reply_allowed (request);

  /* Asked again, for the handler may have taken its time. */
  if (allowed &&
      !osy_ws_loop_has_room (osy_http_server_ws_loop (request->server), request->client, &error)) {
    osy_http_reply_error (request, error);
    allowed = FALSE;
  }
  if (!allowed) {
    ready (NULL, user_data);
    if (destroy != NULL)
      destroy (user_data);
    return;
  }
  request->upgrade = g_new (OsyWsUpgrade, 1);
  *request->upgrade = (OsyWsUpgrade){ready, user_data, destroy};
  osy_http_reply_queue (request, 101, switch_response (request, subprotocol));
}
