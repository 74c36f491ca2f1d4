/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A tiny shop of routes for the hostile suites: something public, something guarded, something that
 * waits, and sockets that echo. */

#include "http-test-server.h"

#include <string.h>

#include "osy-codec.h"

struct _TestServer {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  OsyHttpConfig config;
  OsyHttpServer *server;
  char *address;
  GQueue parked; /* of OsyHttpRequest */
  guint handled;
  char *last_seen;
};

/* ---- routes ---- */

static void
reply_text (OsyHttpRequest *request, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  osy_http_reply_bytes (request, 200, "text/plain", body);
}

static void
on_hello (OsyHttpRequest *request, gpointer room)
{
  TestServer *self = room;

  self->handled++;
  reply_text (request, "ok");
}

static void
on_query (OsyHttpRequest *request, gpointer room)
{
  const char *const *names = osy_http_request_query_names (request);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s=%s;", names[i], osy_http_request_query (request, names[i]));
  reply_text (request, text->str);
}

static void
on_trace (OsyHttpRequest *request, gpointer room)
{
  reply_text (request, osy_http_request_trace_id (request));
}

static void
on_size (OsyHttpRequest *request, gpointer room)
{
  g_autofree char *text = NULL;

  ((TestServer *)room)->handled++;
  text = g_strdup_printf ("%zu", g_bytes_get_size (osy_http_request_body (request)));
  reply_text (request, text);
}

static void
on_json (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);

  if (body != NULL)
    osy_http_reply_json (request, 201, body);
  else
    osy_http_reply_error (request, error);
}

static void
on_param (OsyHttpRequest *request, gpointer room)
{
  reply_text (request, osy_http_request_param (request, "id"));
}

static void
on_mine (OsyHttpRequest *request, gpointer room)
{
  reply_text (request, "mine");
}

static void
on_park (OsyHttpRequest *request, gpointer room)
{
  g_queue_push_tail (&((TestServer *)room)->parked, osy_http_request_ref (request));
}

static void
on_twice (OsyHttpRequest *request, gpointer room)
{
  reply_text (request, "first");
  reply_text (request, "second");
}

static void
on_busy (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, OSY_ERROR_RATE_LIMITED, "Slow down.");
  JsonNode *seconds = json_node_init_int (json_node_alloc (), 7);

  osy_error_set_extra (error, "retry_after", seconds);
  osy_http_reply_error (request, error);
}

static void
on_broken (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "secret path /etc/shadow");

  osy_http_reply_error (request, error);
}

static void
on_large_reply (OsyHttpRequest *request, gpointer room)
{
  g_autofree char *text = g_strnfill (4 * 1024 * 1024, 'x');

  reply_text (request, text);
}

/* ---- sockets ---- */

static void
on_message (OsyWs *ws, const char *text, gpointer data)
{
  if (g_str_has_prefix (text, "close ")) {
    osy_ws_close (ws, (guint16)g_ascii_strtoull (text + 6, NULL, 10), "asked");
    return;
  }
  if (g_str_has_prefix (text, "flood ")) {
    g_autofree char *big = g_strnfill (8192, 'f');
    guint64 n = g_ascii_strtoull (text + 6, NULL, 10);
    for (guint64 i = 0; i < n && osy_ws_is_open (ws); i++)
      osy_ws_send_text (ws, big, -1);
    return;
  }
  osy_ws_send_text (ws, text, -1);
}

static void
on_ready (OsyWs *ws, gpointer data)
{
  if (ws != NULL)
    g_signal_connect (ws, "message", G_CALLBACK (on_message), NULL);
}

static void
on_socket (OsyHttpRequest *request, gpointer room)
{
  g_auto (GStrv) offered = osy_ws_offered_protocols (request);

  osy_ws_accept (request, offered[0], on_ready, NULL, NULL);
}

static const OsyRoute routes[] = {
    {"GET", "/h", "hello", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_hello},
    {"GET", "/query", "query", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_query},
    {"GET", "/trace", "trace", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_trace},
    {"GET", "/signed-in", "signedIn", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN, on_hello},
    {"GET", "/undecided", "undecided", OSY_PERM_NONE, 0, on_hello},
    {"GET", "/owners", "owners", OSY_PERM_SHOP_MANAGE, 0, on_hello},
    {"GET", "/local", "local", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK, on_hello},
    {"POST", "/size", "size", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_size},
    {"POST", "/import", "import", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LARGE, on_size},
    {"POST", "/import-signed-in", "importSignedIn", OSY_PERM_NONE,
     OSY_ROUTE_SIGNED_IN | OSY_ROUTE_LARGE, on_size},
    {"POST", "/json", "json", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_json},
    {"POST", "/once", "once", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_IDEMPOTENT, on_size},
    {"POST", "/start", "start", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_NO_BODY, on_size},
    {"GET", "/things/{id}", "thing", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_param},
    {"GET", "/things/mine", "mine", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_mine},
    {"GET", "/park", "park", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_park},
    {"GET", "/twice", "twice", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_twice},
    {"GET", "/busy", "busy", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_busy},
    {"GET", "/broken", "broken", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_broken},
    {"GET", "/large", "large", OSY_PERM_NONE, OSY_ROUTE_PUBLIC, on_large_reply},
    {"GET", "/ws", "socket", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_WEBSOCKET, on_socket},
    {NULL},
};

static OsyPrincipal *
authenticate (OsyHttpRequest *request, gpointer data, GError **error)
{
  const char *credentials = osy_http_request_header (request, "Authorization");

  if (credentials == NULL)
    return osy_principal_new_anonymous ();
  if (strcmp (credentials, "Bearer owner") == 0)
    return osy_principal_new_user ("u", "r", OSY_ROLE_OWNER, "s");
  if (strcmp (credentials, "Bearer kitchen") == 0)
    return osy_principal_new_user ("u", "r", OSY_ROLE_KITCHEN, "s");
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED, "The token is not valid.");
  return NULL;
}

static void
observe (OsyHttpRequest *request, guint status, gint64 duration_us, gpointer data)
{
  TestServer *self = data;

  g_free (self->last_seen);
  self->last_seen = g_strdup_printf ("%s %s %u", osy_http_request_method (request),
                                     osy_http_request_path (request), status);
}

/* ---- the thread ---- */

static gpointer
run (gpointer data)
{
  TestServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

typedef struct {
  TestServer *self;
  TestServerFunc func;
  gpointer data;
  GMutex lock;
  GCond cond;
  gboolean done;
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  call->func (call->self->server, call->data);
  g_mutex_lock (&call->lock);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->lock);
  return G_SOURCE_REMOVE;
}

void
test_server_call (TestServer *self, TestServerFunc func, gpointer data)
{
  Call call = {.self = self, .func = func, .data = data};

  g_mutex_init (&call.lock);
  g_cond_init (&call.cond);
  g_main_context_invoke (self->context, run_call, &call);
  g_mutex_lock (&call.lock);
  while (!call.done)
    g_cond_wait (&call.cond, &call.lock);
  g_mutex_unlock (&call.lock);
  g_mutex_clear (&call.lock);
  g_cond_clear (&call.cond);
}

static void
start (OsyHttpServer *unused, gpointer data)
{
  TestServer *self = data;
  g_autoptr (GError) error = NULL;

  self->server = osy_http_server_new (&self->config, &error);
  g_assert_no_error (error);
  osy_http_server_add_routes (self->server, routes, self);
  osy_http_server_set_authenticate (self->server, authenticate, self);
  osy_http_server_set_observer (self->server, observe, self);
  osy_http_server_open (self->server);
  self->address = g_strdup (osy_http_server_address (self->server));
}

static void
stop (OsyHttpServer *server, gpointer data)
{
  TestServer *self = data;

  g_queue_clear_full (&self->parked, (GDestroyNotify)osy_http_request_unref);
  osy_http_server_stop (server, 200);
  g_clear_object (&self->server);
  g_main_loop_quit (self->loop);
}

TestServer *
test_server_new (const OsyHttpConfig *config)
{
  TestServer *self = g_new0 (TestServer, 1);

  self->config = config ? *config : (OsyHttpConfig){0};
  if (self->config.listen == NULL)
    self->config.listen = "127.0.0.1:0";
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_queue_init (&self->parked);
  self->thread = g_thread_new ("test-server", run, self);
  test_server_call (self, start, self);
  return self;
}

void
test_server_free (TestServer *self)
{
  test_server_call (self, stop, self);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->address);
  g_free (self->last_seen);
  g_free (self);
}

const char *
test_server_address (TestServer *self)
{
  return self->address;
}

/* ---- what tests ask ---- */

typedef guint (*Counter) (OsyHttpServer *server);

typedef struct {
  Counter counter;
  guint count;
} Count;

static void
count (OsyHttpServer *server, gpointer data)
{
  Count *wanted = data;

  wanted->count = wanted->counter (server);
}

static gboolean
wait_for (TestServer *self, Counter counter, guint n)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  Count now = {counter, 0};

  do {
    test_server_call (self, count, &now);
    if (now.count == n)
      return TRUE;
    g_usleep (2000);
  } while (g_get_monotonic_time () < deadline);
  g_test_message ("waited for %u, have %u", n, now.count);
  return FALSE;
}

gboolean
test_server_wait_in_flight (TestServer *self, guint n)
{
  return wait_for (self, osy_http_server_in_flight, n);
}

gboolean
test_server_wait_websockets (TestServer *self, guint n)
{
  return wait_for (self, osy_http_server_websockets, n);
}

static void
read_handled (OsyHttpServer *server, gpointer data)
{
  gpointer *pair = data;

  *(guint *)pair[1] = ((TestServer *)pair[0])->handled;
}

guint
test_server_handled (TestServer *self)
{
  guint n = 0;
  gpointer pair[] = {self, &n};

  test_server_call (self, read_handled, pair);
  return n;
}

static void
read_last_seen (OsyHttpServer *server, gpointer data)
{
  gpointer *pair = data;

  *(char **)pair[1] = g_strdup (((TestServer *)pair[0])->last_seen);
}

char *
test_server_last_seen (TestServer *self)
{
  char *text = NULL;
  gpointer pair[] = {self, &text};

  test_server_call (self, read_last_seen, pair);
  return text;
}

static void
release (OsyHttpServer *server, gpointer data)
{
  gpointer *pair = data;
  TestServer *self = pair[0];
  OsyHttpRequest *request;

  while ((request = g_queue_pop_head (&self->parked)) != NULL) {
    reply_text (request, "released");
    osy_http_request_unref (request);
    ++*(guint *)pair[1];
  }
}

guint
test_server_release (TestServer *self)
{
  guint n = 0;
  gpointer pair[] = {self, &n};

  test_server_call (self, release, pair);
  return n;
}
