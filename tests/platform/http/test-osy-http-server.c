/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a room relies on: routes, permissions, answers now and later, starting and stopping. */

#include "http-test-server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "osy-test-http.h"

static TestServer *shared;

typedef struct {
  const char *method;
  const char *target;
  const char *headers;
  const char *body;
  guint status;
  const char *code; /* of the problem document, or the body's text */
} Case;

static char *
code_of (OsyTestResponse *response)
{
  g_autofree char *text = osy_test_response_text (response);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      !json_object_has_member (json_node_get_object (node), "code"))
    return g_steal_pointer (&text);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "code"));
}

static const Case cases[] = {
    {"GET", "/h", NULL, NULL, 200, "ok"},
    {"GET", "/nowhere", NULL, NULL, 404, "NOT_FOUND"},
    {"GET", "/h/", NULL, NULL, 404, "NOT_FOUND"},
    {"GET", "/", NULL, NULL, 404, "NOT_FOUND"},
    {"DELETE", "/h", NULL, NULL, 405, "METHOD_NOT_ALLOWED"},
    {"FROB", "/h", NULL, NULL, 405, "METHOD_NOT_ALLOWED"},
    {"GET", "/things/7", NULL, NULL, 200, "7"},
    {"GET", "/things/mine", NULL, NULL, 200, "mine"},
    {"GET", "/things/%EA%B9%80", NULL, NULL, 200, "김"},
    {"GET", "/query?a=1&b=x%20y&c=p+q&d", NULL, NULL, 200, "a=1;b=x y;c=p q;d=;"},
    {"GET", "/query?a=1&a=2", NULL, NULL, 400, "INVALID_REQUEST"},
    {"GET", "/query?a=1&%61=2", NULL, NULL, 400, "INVALID_REQUEST"},
    {"GET", "/signed-in", NULL, NULL, 401, "UNAUTHENTICATED"},
    {"GET", "/signed-in", "Authorization: Bearer kitchen\r\n", NULL, 200, "ok"},
    {"GET", "/undecided", "Authorization: Bearer owner\r\n", NULL, 403, "INSUFFICIENT_PERMISSION"},
    {"GET", "/owners", "Authorization: Bearer kitchen\r\n", NULL, 403, "INSUFFICIENT_PERMISSION"},
    {"GET", "/owners", "Authorization: Bearer owner\r\n", NULL, 200, "ok"},
    {"GET", "/h", "Authorization: Bearer stale\r\n", NULL, 401, "UNAUTHENTICATED"},
    {"GET", "/local", NULL, NULL, 200, "ok"},
    {"POST", "/once", NULL, "{}", 400, "IDEMPOTENCY_KEY_REQUIRED"},
    {"POST", "/once", "Idempotency-Key: a b\r\n", "{}", 400, "INVALID_REQUEST"},
    {"POST", "/once", "Idempotency-Key: k-1\r\n", "{}", 200, "2"},
    {"POST", "/start", NULL, NULL, 200, "0"},
    {"POST", "/start", NULL, " {} ", 200, "4"},
    {"POST", "/start", NULL, "{\"a\":1}", 400, "INVALID_REQUEST"},
    {"POST", "/json", NULL, "{\"a\":[1]}", 201, "{\"a\":[1]}"},
    {"POST", "/json", NULL, "{\"a\":1,\"a\":1}", 400, "INVALID_JSON"},
    {"POST", "/json", NULL, NULL, 400, "INVALID_JSON"},
    {"POST", "/json", "Content-Type: text/plain\r\nContent-Length: 2\r\n", NULL, 415,
     "UNSUPPORTED_MEDIA_TYPE"},
    {"POST", "/json", "Content-Encoding: gzip\r\n", "{}", 415, "UNSUPPORTED_MEDIA_TYPE"},
    {"GET", "/busy", NULL, NULL, 429, "RATE_LIMITED"},
    {"GET", "/broken", NULL, NULL, 500, "INTERNAL"},
};

static void
run_case (const Case *c)
{
  g_autofree char *headers = NULL;
  g_autoptr (OsyTestResponse) response = NULL;
  g_autofree char *code = NULL;

  /* The row that sends another type brings its body in the header block's tail. */
  if (c->headers != NULL && strstr (c->headers, "text/plain"))
    headers = g_strconcat (c->headers, "\r\n{}", NULL);
  response = osy_test_http (test_server_address (shared), c->method, c->target,
                            headers ? headers : c->headers, c->body);
  code = code_of (response);
  g_test_message ("%s %s: %u %s", c->method, c->target, response->status, code);
  g_assert_cmpuint (response->status, ==, c->status);
  g_assert_cmpstr (code, ==, c->code);
  g_assert_cmpstr (osy_test_response_header (response, "x-content-type-options"), ==, "nosniff");
  g_assert_cmpstr (osy_test_response_header (response, "cache-control"), ==, "no-store");
  if (c->status >= 400)
    g_assert_cmpstr (osy_test_response_header (response, "content-type"), ==,
                     "application/problem+json");
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_case (&cases[i]);
}

/* What is refused never reaches its room. */
static void
test_refused_does_nothing (void)
{
  static const Case refused[] = {
      {"POST", "/once", NULL, "{}", 400, "IDEMPOTENCY_KEY_REQUIRED"},
      {"POST", "/start", NULL, "{\"a\":1}", 400, "INVALID_REQUEST"},
      {"POST", "/json", "Content-Encoding: gzip\r\n", "{}", 415, "UNSUPPORTED_MEDIA_TYPE"},
      {"GET", "/owners", "Authorization: Bearer kitchen\r\n", NULL, 403, "INSUFFICIENT_PERMISSION"},
  };
  guint before = test_server_handled (shared);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    run_case (&refused[i]);
  /* All are on one thread: once this is answered, nothing of those before can follow. */
  run_case (&cases[0]);
  g_assert_cmpuint (test_server_handled (shared), ==, before + 1);
}

static void
test_special_headers (void)
{
  const char *address = test_server_address (shared);
  g_autoptr (OsyTestResponse) not_allowed = osy_test_http (address, "PUT", "/h", NULL, "{}");
  g_autoptr (OsyTestResponse) busy = osy_test_http (address, "GET", "/busy", NULL, NULL);
  g_autoptr (OsyTestResponse) unsigned_in =
      osy_test_http (address, "GET", "/signed-in", NULL, NULL);
  g_autoptr (OsyTestResponse) head = osy_test_http (address, "HEAD", "/h", NULL, NULL);
  g_autofree char *seen = test_server_last_seen (shared);

  g_assert_cmpstr (osy_test_response_header (not_allowed, "allow"), ==, "GET, HEAD");
  g_assert_cmpstr (osy_test_response_header (busy, "retry-after"), ==, "7");
  g_assert_cmpstr (osy_test_response_header (unsigned_in, "www-authenticate"), ==, "Bearer");
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpstr (osy_test_response_header (head, "content-length"), ==, "2");
  g_assert_cmpstr (seen, ==, "HEAD /h 200");
}

static void
test_internal_errors_stay_inside (void)
{
  g_autoptr (OsyTestResponse) broken =
      osy_test_http (test_server_address (shared), "GET", "/broken", NULL, NULL);
  g_autofree char *text = osy_test_response_text (broken);

  g_assert_null (strstr (text, "shadow"));
  g_assert_nonnull (strstr (text, "trace_id"));
}

static void
test_trace (void)
{
  static const char parent[] =
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";
  const char *address = test_server_address (shared);
  g_autoptr (OsyTestResponse) given = osy_test_http (address, "GET", "/trace", parent, NULL);
  g_autoptr (OsyTestResponse) bad =
      osy_test_http (address, "GET", "/trace", "traceparent: 00-xyz\r\n", NULL);
  g_autofree char *id = osy_test_response_text (given);
  g_autofree char *made = osy_test_response_text (bad);

  g_assert_cmpstr (id, ==, "0af7651916cd43dd8448eb211c80319c");
  g_assert_cmpuint (strlen (made), ==, 32);
  g_assert_cmpuint (strspn (made, "0123456789abcdef"), ==, 32);
}

/* Answered later, from the main loop, in one batch. */
static void
test_suspended (void)
{
  enum { N = 50 };
  int fds[N];

  for (guint i = 0; i < N; i++) {
    fds[i] = osy_test_connect (test_server_address (shared));
    osy_test_send (fds[i], "GET /park HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  }
  g_assert_true (test_server_wait_in_flight (shared, N));
  g_assert_cmpuint (test_server_release (shared), ==, N);
  for (guint i = 0; i < N; i++) {
    g_autoptr (OsyTestResponse) response = osy_test_read_response (fds[i], FALSE, 5000);
    g_assert_cmpuint (response->status, ==, 200);
    close (fds[i]);
  }
  g_assert_true (test_server_wait_in_flight (shared, 0));
}

/* A client that hangs up while its request is worked on hurts nobody. */
static void
test_gone_while_suspended (void)
{
  struct linger reset = {1, 0};

  for (guint i = 0; i < 50; i++) {
    int fd = osy_test_connect (test_server_address (shared));
    osy_test_send (fd, "GET /park HTTP/1.1\r\nHost: a\r\n\r\n", -1);
    g_assert_true (test_server_wait_in_flight (shared, i + 1));
    if (i % 2)
      setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close (fd);
  }
  g_assert_cmpuint (test_server_release (shared), ==, 50);
  g_assert_true (test_server_wait_in_flight (shared, 0));
  {
    g_autoptr (OsyTestResponse) after =
        osy_test_http (test_server_address (shared), "GET", "/h", NULL, NULL);
    g_assert_cmpuint (after->status, ==, 200);
  }
}

static void
test_second_answer (void)
{
  g_autoptr (OsyTestResponse) response =
      osy_test_http (test_server_address (shared), "GET", "/twice", NULL, NULL);
  g_autofree char *text = osy_test_response_text (response);

  g_assert_cmpstr (text, ==, "first");
}

static void
test_large_reply (void)
{
  g_autoptr (OsyTestResponse) response =
      osy_test_http (test_server_address (shared), "GET", "/large", NULL, NULL);

  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 4 * 1024 * 1024);
}

static void
test_unix_socket (void)
{
  g_autofree char *dir = g_dir_make_tmp ("osy-http-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "http.sock", NULL);
  g_autofree char *listen_on = g_strconcat ("unix:", path, NULL);
  OsyHttpConfig config = {.listen = listen_on};
  struct stat info;

  for (guint round = 0; round < 2; round++) {
    g_autoptr (TestServer) server = test_server_new (&config);
    g_autoptr (OsyTestResponse) response = osy_test_http (listen_on, "GET", "/local", NULL, NULL);
    g_assert_cmpuint (response->status, ==, 200);
    g_assert_cmpint (g_stat (path, &info), ==, 0);
    g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
    g_clear_pointer (&server, test_server_free);
    g_assert_cmpint (g_access (path, F_OK), !=, 0);
    /* A file left by a crash does not stop the next start; the second round finds one. */
    if (round == 0) {
      g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
      g_autoptr (GSocket) stale = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL);
      g_assert_true (g_socket_bind (stale, address, FALSE, NULL));
    }
  }
  g_rmdir (dir);
}

static void
test_bad_listen (void)
{
  static const char *const bad[] = {
      "", "nonsense", "127.0.0.1", ":80", "127.0.0.1:http x", "unix:relative", NULL};

  for (guint i = 0; bad[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    OsyHttpConfig config = {.listen = bad[i]};
    g_assert_null (osy_http_server_new (&config, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

static void
test_port_in_use (void)
{
  g_autoptr (GError) error = NULL;
  OsyHttpConfig config = {.listen = test_server_address (shared) + strlen ("http://")};

  g_assert_null (osy_http_server_new (&config, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
}

typedef struct {
  OsyHttpServer *server;
  const char *address;
  guint status;
  gboolean retry;
} Unopened;

static gpointer
ask_unopened (gpointer data)
{
  Unopened *ask = data;
  g_autoptr (OsyTestResponse) response = osy_test_http (ask->address, "GET", "/h", NULL, NULL);

  ask->status = response->status;
  ask->retry = osy_test_response_header (response, "retry-after") != NULL;
  return NULL;
}

static void
test_unopened (void)
{
  OsyHttpConfig config = {.listen = "127.0.0.1:0"};
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyHttpServer) server = osy_http_server_new (&config, &error);
  Unopened ask = {server, osy_http_server_address (server), 0, FALSE};

  g_assert_no_error (error);
  osy_test_http_thread (ask_unopened, &ask);
  g_assert_cmpuint (ask.status, ==, 503);
  g_assert_true (ask.retry);
  osy_http_server_stop (server, 100);
}

/* Whatever is parked when time is up hears 503 and MHD stops cleanly. */
static void
test_stop_with_requests_waiting (void)
{
  TestServer *server = test_server_new (NULL);
  g_autofree char *address = g_strdup (test_server_address (server));
  int fd = osy_test_connect (address);
  int idle = osy_test_connect (address);
  g_autoptr (OsyTestResponse) response = NULL;

  osy_test_send (fd, "GET /park HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_true (test_server_wait_in_flight (server, 1));
  test_server_free (server);
  response = osy_test_read_response (fd, FALSE, 2000);
  g_assert_cmpuint (response->status, ==, 503);
  g_assert_cmpstr (osy_test_response_header (response, "connection"), ==, "close");
  g_assert_true (osy_test_wait_closed (fd, 2000));
  g_assert_true (osy_test_wait_closed (idle, 2000));
  g_assert_cmpint (osy_test_try_connect (address), ==, -1);
  close (fd);
  close (idle);
}

static void
stop_patiently (OsyHttpServer *server, gpointer data)
{
  osy_http_server_stop (server, 5000);
}

static gpointer
stop_in_thread (gpointer data)
{
  test_server_call (data, stop_patiently, NULL);
  return NULL;
}

static gboolean
refuses_connections (const char *address)
{
  for (guint i = 0; i < 500; i++) {
    int fd = osy_test_try_connect (address);
    if (fd < 0)
      return TRUE;
    close (fd);
    g_usleep (5000);
  }
  return FALSE;
}

/* What is being worked on is finished; what comes meanwhile hears 503; then the stop is over at
 * once, long before its time is up. */
static void
test_stop_finishes_work (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autofree char *address = g_strdup (test_server_address (server));
  int waiting = osy_test_connect (address);
  int kept = osy_test_connect (address);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (OsyTestResponse) before = NULL;
  g_autoptr (OsyTestResponse) during = NULL;
  g_autoptr (OsyTestResponse) finished = NULL;
  GThread *thread;

  osy_test_send (kept, "GET /h HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  before = osy_test_read_response (kept, FALSE, 2000);
  g_assert_cmpuint (before->status, ==, 200);
  osy_test_send (waiting, "GET /park HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_true (test_server_wait_in_flight (server, 1));
  thread = g_thread_new ("stop", stop_in_thread, server);
  g_assert_true (refuses_connections (address));
  osy_test_send (kept, "GET /h HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  during = osy_test_read_response (kept, FALSE, 2000);
  g_assert_cmpuint (during->status, ==, 503);
  g_assert_true (osy_test_wait_closed (kept, 2000));
  g_assert_cmpuint (test_server_release (server), ==, 1);
  finished = osy_test_read_response (waiting, FALSE, 2000);
  g_assert_cmpuint (finished->status, ==, 200);
  g_thread_join (thread);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 4 * G_USEC_PER_SEC);
  close (waiting);
  close (kept);
}

int
main (int argc, char *argv[])
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  /* Two cases here are logged as warnings, which is right. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  shared = test_server_new (NULL);
  g_test_add_func ("/http/server/cases", test_cases);
  g_test_add_func ("/http/server/refused-does-nothing", test_refused_does_nothing);
  g_test_add_func ("/http/server/special-headers", test_special_headers);
  g_test_add_func ("/http/server/internal-errors", test_internal_errors_stay_inside);
  g_test_add_func ("/http/server/trace", test_trace);
  g_test_add_func ("/http/server/suspended", test_suspended);
  g_test_add_func ("/http/server/gone-while-suspended", test_gone_while_suspended);
  g_test_add_func ("/http/server/second-answer", test_second_answer);
  g_test_add_func ("/http/server/large-reply", test_large_reply);
  g_test_add_func ("/http/server/unix-socket", test_unix_socket);
  g_test_add_func ("/http/server/bad-listen", test_bad_listen);
  g_test_add_func ("/http/server/port-in-use", test_port_in_use);
  g_test_add_func ("/http/server/unopened", test_unopened);
  g_test_add_func ("/http/server/stop-waiting", test_stop_with_requests_waiting);
  g_test_add_func ("/http/server/stop-finishes-work", test_stop_finishes_work);
  rc = g_test_run ();
  g_clear_pointer (&shared, test_server_free);
  return rc;
}
