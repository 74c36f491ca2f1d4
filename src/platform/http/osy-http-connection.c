/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The callbacks of MHD: from an accepted socket to a request in its handler's hands.
 *
 * MHD calls the access handler when the head is complete, for each piece of the body, and once more
 * at its end. An answer at the first call closes the connection, which is what a request wants
 * whose framing cannot be trusted; every other refusal waits for the last call. */

#include "osy-http-private.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "osy-ws-private.h"

static OsyHttpConn *
conn_of (struct MHD_Connection *mhd)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

  return info ? info->socket_context : NULL;
}

static gint64
from_now (guint ms)
{
  return g_get_monotonic_time () + (gint64)ms * 1000;
}

/* ---- connections ---- */

static void
read_client (OsyHttpConn *self, const struct sockaddr *address)
{
  guint32 ipv4 = 0;

  if (address->sa_family == AF_INET) {
    const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
    inet_ntop (AF_INET, &in->sin_addr, self->client, sizeof self->client);
    ipv4 = ntohl (in->sin_addr.s_addr);
    self->loopback = ipv4 >> 24 == 127;
  } else if (address->sa_family == AF_INET6) {
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address;
    inet_ntop (AF_INET6, &in6->sin6_addr, self->client, sizeof self->client);
    self->loopback = IN6_IS_ADDR_LOOPBACK (&in6->sin6_addr);
  } else if (osy_http_server_is_edge (self->server, self->fd)) {
    g_strlcpy (self->client, "edge", sizeof self->client);
    self->edge = TRUE;
  } else {
    g_strlcpy (self->client, "unix", sizeof self->client);
    self->loopback = TRUE;
  }
}

static OsyHttpConn *
conn_new (OsyHttpServer *server, struct MHD_Connection *mhd)
{
  OsyHttpConn *self = g_new0 (OsyHttpConn, 1);

  self->server = server;
  self->link.data = self;
  self->fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  read_client (self,
               MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
  self->deadline = from_now (osy_http_server_config (server)->header_deadline_ms);
  return self;
}

void
osy_http_on_connection (void *cls,
                        struct MHD_Connection *mhd,
                        void **conn,
                        enum MHD_ConnectionNotificationCode code)
{
  OsyHttpConn *self = *conn;

  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    self = conn_new (cls, mhd);
    osy_http_server_conn_added (cls, self);
    *conn = self;
    return;
  }
  if (self == NULL)
    return;
  osy_http_server_conn_removed (cls, self);
  g_free (self->target);
  g_free (self);
  *conn = NULL;
}

void
osy_http_conn_sweep (OsyHttpConn *self, gint64 now)
{
  OsyHttpRequest *request = self->request;

  if (self->deadline == 0 || now < self->deadline)
    return;
  if (request != NULL && request->suspended && !request->answered) {
    g_autoptr (GError) error =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_TIMEOUT, "The work was not finished in time.");
    osy_http_reply_error (request, error);
    request->abandoned = TRUE;
    return;
  }
  /* MHD sees the end of the stream in its next run and cleans up by itself. */
  self->deadline = 0;
  shutdown (self->fd, SHUT_RDWR);
}

/* ---- the request line ---- */

void *
osy_http_on_target (void *cls, const char *target, struct MHD_Connection *mhd)
{
  OsyHttpConn *conn = conn_of (mhd);

  if (conn != NULL) {
    g_free (conn->target);
    conn->target = g_strdup (target ? target : "");
    conn->bad_target = FALSE;
  }
  return NULL;
}

size_t
osy_http_on_unescape (void *cls, struct MHD_Connection *mhd, char *text)
{
  OsyHttpConn *conn = conn_of (mhd);

  if (!osy_http_guard_unescape (text)) {
    text[0] = '\0';
    if (conn != NULL)
      conn->bad_target = TRUE;
  }
  return strlen (text);
}

/* ---- the head ---- */

static enum MHD_Result
look_at_header (void *data,
                enum MHD_ValueKind kind,
                const char *name,
                size_t name_len,
                const char *value,
                size_t value_len)
{
  osy_http_guard_header (data, name, name_len, value, value_len);
  return MHD_YES;
}

static gboolean
check_head (OsyHttpRequest *request, const char *version, guint64 *length, GError **error)
{
  OsyHttpGuard guard = {0};
  OsyHttpGuardLine line = {
      .method = request->method,
      .target = request->conn->target ? request->conn->target : "",
      .version = version,
      .bad_target = request->conn->bad_target,
      .header_size = MHD_get_connection_info (request->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
                         ->header_size,
  };

  MHD_get_connection_values_n (request->mhd, MHD_HEADER_KIND, look_at_header, &guard);
  *length = guard.length;
  request->is_1_1 = strcmp (version, "HTTP/1.1") == 0;
  return osy_http_guard_check (&guard, &line, &request->refusal_status, error);
}

/* The edge writes this header itself and lets no other through; anybody else's is not looked at. */
static gboolean
read_forwarded (OsyHttpRequest *request, GError **error)
{
  const char *client;

  if (!request->conn->edge)
    return TRUE;
  client = osy_http_request_header (request, "X-Forwarded-For");
  if (client == NULL || !g_hostname_is_ip_address (client)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "The edge did not say whose request this is.");
    return FALSE;
  }
  g_free (request->client);
  request->client = g_strdup (client);
  return TRUE;
}

/* ---- pace ---- */

static gboolean
take_turn (OsyHttpRequest *request, OsyLimitClass class, const char *key, GError **error)
{
  guint seconds = osy_http_limit_take (osy_http_server_limit (request->server), class, key,
                                       request->conn->loopback);
  GError *refusal;

  if (seconds == 0)
    return TRUE;
  refusal = g_error_new (OSY_ERROR, OSY_ERROR_RATE_LIMITED, "Too many requests: wait %u seconds.",
                         seconds);
  osy_error_set_extra (refusal, "retry_after", json_node_init_int (json_node_alloc (), seconds));
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
take_client_turn (OsyHttpRequest *request, OsyLimitClass class, GError **error)
{
  g_autofree char *key =
      request->conn->loopback ? g_strdup ("local") : osy_http_limit_client_key (request->client);

  return take_turn (request, class, key, error);
}

/* Before anything is computed for whoever tries secrets. */
static gboolean
check_pace_of_secrets (OsyHttpRequest *request, GError **error)
{
  if (request->route->flags & OSY_ROUTE_SECRET)
    return take_client_turn (request, OSY_LIMIT_SIGN_IN, error);
  if (request->route->flags & OSY_ROUTE_RENEW)
    return take_client_turn (request, OSY_LIMIT_RENEW, error);
  return TRUE;
}

static gboolean
check_pace (OsyHttpRequest *request, GError **error)
{
  const char *session = osy_principal_session_id (request->principal);
  guint flags = request->route->flags;

  if (flags & (OSY_ROUTE_SECRET | OSY_ROUTE_RENEW))
    return TRUE; /* were counted */
  if (session != NULL)
    return take_turn (request, flags & OSY_ROUTE_LARGE ? OSY_LIMIT_HEAVY : OSY_LIMIT_STAFF, session,
                      error);
  if (flags & OSY_ROUTE_WEBSOCKET)
    return take_client_turn (request, OSY_LIMIT_SOCKET, error);
  return take_client_turn (
      request, strcmp (request->route->method, "GET") == 0 ? OSY_LIMIT_READ : OSY_LIMIT_ORDER,
      error);
}

/* Who knocks at doors that are not there, or with a bad key, is slowed down like any reader.
 * Returns: FALSE, with @error replaced by the limit when that is reached. */
static gboolean
count_stray (OsyHttpRequest *request, GError **error)
{
  GError *limit = NULL;

  if (!take_client_turn (request, OSY_LIMIT_READ, &limit)) {
    g_clear_error (error);
    g_propagate_error (error, limit);
  }
  return FALSE;
}

static gboolean
check_key (OsyHttpRequest *request, GError **error)
{
  const char *key = osy_http_request_header (request, "Idempotency-Key");

  if (key != NULL && !osy_http_guard_is_key (key)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "An Idempotency-Key has 1 to 255 visible ASCII characters.");
    return FALSE;
  }
  if (key == NULL && (request->route->flags & OSY_ROUTE_IDEMPOTENT)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REQUIRED,
                         "Send an Idempotency-Key that is new for each act.");
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_coding (OsyHttpRequest *request, GError **error)
{
  const char *coding = osy_http_request_header (request, "Content-Encoding");

  if (coding == NULL || g_ascii_strcasecmp (coding, "identity") == 0)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
                       "Send the body without a Content-Encoding.");
  return FALSE;
}

static gboolean
find_route (OsyHttpRequest *request, const char *path, GError **error)
{
  g_auto (OsyHttpMatch) match = {0};

  if (!osy_http_router_match (osy_http_server_router (request->server), request->method, path,
                              &match, error)) {
    if (match.allow != NULL)
      osy_http_reply_add_header (request, "Allow", match.allow);
    return FALSE;
  }
  if ((match.route->flags & OSY_ROUTE_LOOPBACK) && !request->conn->loopback) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing at this path.");
    return FALSE;
  }
  request->route = match.route;
  request->room = match.room;
  request->params = g_steal_pointer (&match.params);
  return TRUE;
}

static gboolean
check_caller (OsyHttpRequest *request, GError **error)
{
  request->principal = osy_http_server_authenticate (request->server, request, error);
  if (request->principal == NULL)
    return count_stray (request, error);
  if (!check_pace (request, error))
    return FALSE;
  const OsyRoute *route = request->route;
  if (route->flags & OSY_ROUTE_PUBLIC)
    return TRUE;
  if (!osy_principal_check (request->principal, route->permission, error))
    return FALSE;
  if (route->permission == OSY_PERM_NONE && !(route->flags & OSY_ROUTE_SIGNED_IN)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                         "Nobody was given the right to do this.");
    return FALSE;
  }
  return TRUE;
}

/* What can be said of a well-framed request without its body. */
static gboolean
check_request (OsyHttpRequest *request, const char *path, GError **error)
{
  if (!osy_http_server_is_open (request->server)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "The service is starting or stopping; try again.");
    return FALSE;
  }
  if (!read_forwarded (request, error))
    return FALSE;
  if (!find_route (request, path, error))
    return count_stray (request, error);
  return check_pace_of_secrets (request, error) && osy_http_request_read_query (request, error) &&
         check_caller (request, error) && check_coding (request, error) &&
         check_key (request, error) &&
         (!(request->route->flags & OSY_ROUTE_WEBSOCKET) || osy_ws_check_upgrade (request, error));
}

static void
check_length (OsyHttpRequest *request, guint64 length, GError **error)
{
  static const struct {
    guint flag;
    guint64 most;
    const char *words;
  } sizes[] = {{OSY_ROUTE_LARGE, OSY_HTTP_LARGE_MAX, "8 MiB"},
               {OSY_ROUTE_WEBHOOK, OSY_HTTP_WEBHOOK_MAX, "256 KiB"},
               {0, OSY_HTTP_BODY_MAX, "64 KiB"}};
  guint flags = request->route != NULL ? request->route->flags : 0;
  guint i = 0;

  while (sizes[i].flag != 0 && !(flags & sizes[i].flag))
    i++;
  if (length > sizes[i].most)
    g_set_error (error, OSY_ERROR, OSY_ERROR_TOO_LARGE, "Send at most %s here.", sizes[i].words);
}

static void
refuse (OsyHttpRequest *request)
{
  osy_http_reply_refusal (request, request->refusal_status, request->refusal);
}

static void
begin (OsyHttpRequest *request, const char *path, const char *version)
{
  guint64 length = 0;

  if (!check_head (request, version, &length, &request->refusal)) {
    refuse (request);
    return;
  }
  request->refusal_status = 0;
  osy_http_request_read_trace (request);
  if (check_request (request, path, &request->refusal))
    check_length (request, length, &request->refusal);
  /* Nobody swallows megabytes only to say no. */
  if (request->refusal != NULL && length > OSY_HTTP_BODY_MAX)
    refuse (request);
  else
    request->conn->deadline = from_now (osy_http_server_config (request->server)->body_deadline_ms);
}

/* ---- the body and the handler ---- */

static gboolean
is_empty_body (GBytes *body)
{
  gsize len;
  const char *text = g_bytes_get_data (body, &len);
  g_autofree char *copy = len <= 16 ? g_strndup (text ? text : "", len) : NULL;

  if (len == 0)
    return TRUE;
  return copy != NULL && strcmp (g_strstrip (copy), "{}") == 0;
}

static void
dispatch (OsyHttpRequest *request)
{
  struct MHD_Connection *mhd = request->mhd;

  osy_http_request_seal_body (request);
  request->conn->deadline = from_now (osy_http_server_config (request->server)->work_deadline_ms);
  if (request->refusal == NULL && (request->route->flags & OSY_ROUTE_NO_BODY) &&
      !is_empty_body (request->body))
    request->refusal =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "This call takes no body.");
  if (request->refusal != NULL) {
    refuse (request);
  } else {
    osy_trace_remember (&request->place);
    request->route->handler (request, request->room);
  }
  if (!request->answered) {
    request->suspended = TRUE;
    MHD_suspend_connection (mhd);
  }
}

static void
take_body (OsyHttpRequest *request, const char *upload, size_t size)
{
  if (request->refusal != NULL)
    return;
  if (request->incoming == NULL)
    request->incoming = g_byte_array_new ();
  g_byte_array_append (request->incoming, (const guint8 *)upload, (guint)size);
}

enum MHD_Result
osy_http_on_request (void *cls,
                     struct MHD_Connection *mhd,
                     const char *url,
                     const char *method,
                     const char *version,
                     const char *upload,
                     size_t *upload_size,
                     void **slot)
{
  OsyHttpRequest *request = *slot;
  OsyHttpConn *conn = conn_of (mhd);

  if (conn == NULL)
    return MHD_NO;
  if (request == NULL) {
    request = osy_http_request_new (conn, mhd);
    request->method = g_strdup (method);
    request->path = g_utf8_make_valid (url, -1);
    conn->request = request;
    *slot = request;
    osy_http_server_request_begun (cls);
    begin (request, url, version);
  } else if (*upload_size > 0) {
    take_body (request, upload, *upload_size);
    *upload_size = 0;
  } else if (!request->answered) {
    dispatch (request);
  }
  return MHD_YES;
}

void
osy_http_on_completed (void *cls,
                       struct MHD_Connection *mhd,
                       void **slot,
                       enum MHD_RequestTerminationCode code)
{
  OsyHttpRequest *request = *slot;
  OsyHttpConn *conn = conn_of (mhd);
  const OsyHttpConfig *config = osy_http_server_config (cls);

  if (conn != NULL) {
    conn->request = NULL;
    conn->deadline = from_now (config->idle_s * 1000 + config->header_deadline_ms);
  }
  if (request == NULL)
    return;
  *slot = NULL;
  request->mhd = NULL;
  request->conn = NULL;
  osy_ws_upgrade_gone (request);
  osy_http_server_request_ended (cls);
  osy_http_request_unref (request);
}
