/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One exchange with a service on the internet, which is trusted with nothing. */

#include "osy-fetch.h"

#include <libsoup/soup.h>
#include <string.h>

#include "osy-error.h"
#include "osy-trace.h"

#define MAX_ANSWER (1024 * 1024)

struct _OsyFetch {
  GObject parent_instance;
  SoupSession *session;
  SoupSession *direct; /* past proxies: who it is that is called shows in no other way */
  guint connect_ms;
  guint timeout_ms;
};

G_DEFINE_FINAL_TYPE (OsyFetch, osy_fetch, G_TYPE_OBJECT)

typedef struct {
  SoupMessage *message;
  GCancellable *cancellable; /* of this exchange */
  GCancellable *outer;       /* (nullable): the caller's */
  gulong outer_id;
  guint timeout_id;
  guint connect_id;
  gboolean asked; /* the connection stands: the other side may have heard */
  gboolean public_only;
  GInputStream *stream;
  OsyTracePlace place; /* of this exchange; empty: nobody wants to know */
  OsyTracePlace parent;
  gint64 begun;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_handle_id (&exchange->timeout_id, g_source_remove);
  g_clear_handle_id (&exchange->connect_id, g_source_remove);
  if (exchange->outer != NULL)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->message);
  g_free (exchange);
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timeout_id = 0;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
connect_timeout_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->connect_id = 0;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

static void
mark_asked (Exchange *exchange)
{
  exchange->asked = TRUE;
  g_clear_handle_id (&exchange->connect_id, g_source_remove);
}

/* The very address that is about to be called, whatever the name meant a moment ago. */
static void
keep_public (Exchange *exchange, GIOStream *connection)
{
  g_autoptr (GSocketAddress) place =
      G_IS_SOCKET_CONNECTION (connection)
          ? g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL)
          : NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (place) ||
      !osy_fetch_is_public (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (place))))
    g_cancellable_cancel (exchange->cancellable);
}

/* Before the first byte is written nothing can have been done over there. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Exchange *exchange = user_data;

  if (event == G_SOCKET_CLIENT_CONNECTING && exchange->public_only)
    keep_public (exchange, connection);
  if (event == G_SOCKET_CLIENT_COMPLETE)
    mark_asked (exchange);
}

/* A connection that was kept from before says nothing of itself. */
static void
wrote_headers_cb (SoupMessage *message, gpointer user_data)
{
  mark_asked (user_data);
}

/* ---- what is told of it ---- */

/* Also without a parent it is a trace of its own. */
static void
begin_span (Exchange *exchange, const OsyFetchRequest *request)
{
  char header[56];

  if (!osy_trace_is_enabled () || request->untraced)
    return;
  if (!osy_trace_find (request->trace_id, &exchange->parent)) {
    g_autofree char *id = g_uuid_string_random ();
    g_auto (GStrv) parts = g_strsplit (id, "-", -1);
    g_autofree char *hex = g_strjoinv ("", parts);
    g_strlcpy (exchange->parent.trace_id, hex, sizeof exchange->parent.trace_id);
  }
  exchange->place = exchange->parent;
  osy_trace_new_span_id (exchange->place.span_id);
  exchange->begun = g_get_real_time ();
  if (osy_trace_header (&exchange->place, header))
    soup_message_headers_replace (soup_message_get_request_headers (exchange->message),
                                  "traceparent", header);
}

static void
end_span (const Exchange *exchange)
{
  guint status = soup_message_get_status (exchange->message);
  g_autofree char *code = g_strdup_printf ("%u", status);

  if (*exchange->place.span_id == '\0')
    return;
  osy_trace_record (&(OsyTraceSpan){
      .place = &exchange->place,
      .parent_id = exchange->parent.span_id,
      .name = soup_message_get_method (exchange->message),
      .kind = OSY_TRACE_CLIENT,
      .begun = exchange->begun,
      .ended = g_get_real_time (),
      .failed = status == 0 || status >= 400,
      .tags = {"server.address", g_uri_get_host (soup_message_get_uri (exchange->message)),
               "http.response.status_code", code}});
}

static void
fail (GTask *task, const GError *error)
{
  const Exchange *exchange = g_task_get_task_data (task);

  g_task_return_new_error (
      task, OSY_ERROR, exchange->asked ? OSY_ERROR_TIMEOUT : OSY_ERROR_UNAVAILABLE,
      exchange->asked ? "no whole answer came: %s" : "not reached: %s", error->message);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GOutputStream *memory = G_OUTPUT_STREAM (source);
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (memory, result, &error) < 0)
    fail (task, error);
  else
    g_task_return_pointer (task,
                           g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)),
                           (GDestroyNotify)g_bytes_unref);
}

/* Memory that grows no further than MAX_ANSWER: splicing more into it is an error. */
static GOutputStream *
bounded_memory (void)
{
  return g_memory_output_stream_new (g_malloc (MAX_ANSWER), MAX_ANSWER, NULL, g_free);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL) {
    fail (task, error);
    return;
  }
  g_autoptr (GOutputStream) memory = bounded_memory ();
  g_output_stream_splice_async (
      memory, exchange->stream,
      G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT,
      exchange->cancellable, read_cb, g_steal_pointer (&task));
}

static SoupMessage *
make_message (const OsyFetchRequest *request)
{
  SoupMessage *message = soup_message_new (request->method, request->url);

  if (message == NULL)
    return NULL;
  /* A GET on a connection that was kept and is closed meanwhile is made again by libsoup 3.2, which
   * then takes the end of the first for that of the second and falls over: none is used twice. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, request->headers[i], request->headers[i + 1]);
  if (request->body != NULL) {
    const char *type = soup_message_headers_get_one (headers, "Content-Type");
    g_autofree char *kept = g_strdup (type != NULL ? type : "application/json");
    soup_message_set_request_body_from_bytes (message, kept, request->body);
  }
  return message;
}

static void
take_outer (Exchange *exchange, GCancellable *outer)
{
  if (outer == NULL)
    return;
  exchange->outer = g_object_ref (outer);
  exchange->outer_id =
      g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb), exchange->cancellable, NULL);
}

void
osy_fetch_async (OsyFetch *self,
                 const OsyFetchRequest *request,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, osy_fetch_async);
  g_task_set_task_data (task, exchange, exchange_free);
  exchange->cancellable = g_cancellable_new ();
  exchange->message = make_message (request);
  if (exchange->message == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                             "\"%s\" is not an address.", request->url);
    return;
  }
  exchange->public_only = request->public_only;
  begin_span (exchange, request);
  take_outer (exchange, cancellable);
  g_signal_connect (exchange->message, "network-event", G_CALLBACK (network_event_cb), exchange);
  g_signal_connect (exchange->message, "wrote-headers", G_CALLBACK (wrote_headers_cb), exchange);
  exchange->timeout_id = g_timeout_add (self->timeout_ms, timeout_cb, exchange);
  exchange->connect_id = g_timeout_add (self->connect_ms, connect_timeout_cb, exchange);
  soup_session_send_async (request->public_only ? self->direct : self->session, exchange->message,
                           G_PRIORITY_DEFAULT, exchange->cancellable, answered_cb,
                           g_steal_pointer (&task));
}

guint
osy_fetch_finish (OsyFetch *self, GAsyncResult *result, GBytes **body, GError **error)
{
  Exchange *exchange = g_task_get_task_data (G_TASK (result));
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), error);

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  if (exchange->message != NULL)
    end_span (exchange);
  if (bytes == NULL)
    return 0;
  *body = bytes;
  return soup_message_get_status (exchange->message);
}

gboolean
osy_fetch_is_address (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") &&
         (g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1") ||
          g_str_equal (host, "localhost"));
}

/* Ranges that GInetAddress has no word for, as leading bits. */
static gboolean
is_kept (GInetAddress *address)
{
  static const struct {
    GSocketFamily family;
    guint bits;
    guint8 bytes[12];
  } kept[] = {
      {G_SOCKET_FAMILY_IPV4, 8, {0}},
      {G_SOCKET_FAMILY_IPV4, 10, {100, 64}},
      {G_SOCKET_FAMILY_IPV4, 24, {192, 0, 0}},
      {G_SOCKET_FAMILY_IPV4, 15, {198, 18}},
      {G_SOCKET_FAMILY_IPV4, 4, {240}},
      {G_SOCKET_FAMILY_IPV6, 7, {0xfc}},
      {G_SOCKET_FAMILY_IPV6, 96, {0}},
      {G_SOCKET_FAMILY_IPV6, 96, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}},
      {G_SOCKET_FAMILY_IPV6, 32, {0x00, 0x64, 0xff, 0x9b}},
      {G_SOCKET_FAMILY_IPV6, 16, {0x20, 0x02}},
      {G_SOCKET_FAMILY_IPV6, 32, {0x20, 0x01}},
  };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
    guint whole = kept[i].bits / 8;
    guint rest = kept[i].bits % 8;
    guint8 mask = (guint8)(0xff00 >> rest);
    if (g_inet_address_get_family (address) == kept[i].family &&
        memcmp (bytes, kept[i].bytes, whole) == 0 &&
        (rest == 0 || (bytes[whole] & mask) == (kept[i].bytes[whole] & mask)))
      return TRUE;
  }
  return FALSE;
}

gboolean
osy_fetch_is_public (GInetAddress *address)
{
  return !g_inet_address_get_is_any (address) && !g_inet_address_get_is_loopback (address) &&
         !g_inet_address_get_is_site_local (address) &&
         !g_inet_address_get_is_link_local (address) &&
         !g_inet_address_get_is_multicast (address) && !is_kept (address);
}

gboolean
osy_fetch_is_hook (const char *url, gboolean private_too)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  if (private_too)
    return g_str_equal (g_uri_get_scheme (uri), "https") ||
           g_str_equal (g_uri_get_scheme (uri), "http");
  address = g_inet_address_new_from_string (host);
  return g_str_equal (g_uri_get_scheme (uri), "https") && strchr (host, '.') != NULL &&
         !g_str_has_suffix (host, ".localhost") &&
         (address == NULL || osy_fetch_is_public (address));
}

static void
osy_fetch_finalize (GObject *object)
{
  OsyFetch *self = OSY_FETCH (object);

  soup_session_abort (self->session);
  soup_session_abort (self->direct);
  g_object_unref (self->session);
  g_object_unref (self->direct);
  G_OBJECT_CLASS (osy_fetch_parent_class)->finalize (object);
}

static void
osy_fetch_class_init (OsyFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_fetch_finalize;
}

static void
osy_fetch_init (OsyFetch *self)
{
}

OsyFetch *
osy_fetch_new (guint connect_ms, guint timeout_ms)
{
  OsyFetch *self = g_object_new (OSY_TYPE_FETCH, NULL);

  self->connect_ms = connect_ms;
  self->timeout_ms = timeout_ms;
  self->session = soup_session_new_with_options ("timeout", 0, "user-agent", "ordersync", NULL);
  self->direct = soup_session_new_with_options ("timeout", 0, "user-agent", "ordersync",
                                                "proxy-resolver", NULL, NULL);
  return self;
}
