/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Calls to a service that would keep its connections, and closes them when it likes. */

#include "osy-fetch.h"

#include <gio/gio.h>
#include <string.h>

#include "osy-error.h"

#define CALLS 20

static gint used_again;

/* Whether a whole request came; FALSE at the end of the connection. */
static gboolean
read_request (GInputStream *in)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char c;

  while (g_input_stream_read (in, &c, 1, NULL, NULL) == 1) {
    g_string_append_c (text, c);
    if (g_str_has_suffix (text->str, "\r\n\r\n"))
      return TRUE;
  }
  return FALSE;
}

/* Answers once, keeps the connection, and closes it in the face of a second request. */
static gboolean
serve (GThreadedSocketService *service,
       GSocketConnection *connection,
       GObject *source,
       gpointer data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  if (read_request (in) &&
      g_output_stream_write_all (out, answer, strlen (answer), NULL, NULL, NULL) &&
      read_request (in))
    g_atomic_int_inc (&used_again);
  return TRUE;
}

typedef struct {
  GMainLoop *loop;
  guint status;
} Wait;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  wait->status = osy_fetch_finish (OSY_FETCH (source), result, &body, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "{}", 2);
  g_main_loop_quit (wait->loop);
}

/* libsoup 3.2 makes a GET again whose kept connection is closed, and may fall over then. */
static void
test_connections_are_used_once (void)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (2 * CALLS);
  g_autoptr (OsyFetch) fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, 10000);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/x", port);
  const OsyFetchRequest request = {.method = "GET", .url = url};
  Wait wait = {.loop = loop};

  g_signal_connect (service, "run", G_CALLBACK (serve), NULL);
  for (int i = 0; i < CALLS; i++) {
    wait.status = 0;
    osy_fetch_async (fetch, &request, NULL, answered_cb, &wait);
    g_main_loop_run (loop);
    g_assert_cmpuint (wait.status, ==, 200);
  }
  g_assert_cmpint (g_atomic_int_get (&used_again), ==, 0);
  g_socket_service_stop (service);
}

/* ---- addresses ---- */

static void
test_public (void)
{
  static const struct {
    const char *address;
    gboolean is;
  } rows[] = {
      {"8.8.8.8", TRUE},
      {"100.63.255.255", TRUE},
      {"172.15.0.1", TRUE},
      {"198.17.255.255", TRUE},
      {"2606:4700::1", TRUE},
      {"127.0.0.1", FALSE},
      {"127.9.9.9", FALSE},
      {"0.0.0.0", FALSE},
      {"0.1.2.3", FALSE},
      {"10.0.0.1", FALSE},
      {"172.16.0.1", FALSE},
      {"172.31.255.255", FALSE},
      {"192.168.1.1", FALSE},
      {"169.254.169.254", FALSE},
      {"100.64.0.1", FALSE},
      {"100.127.255.255", FALSE},
      {"192.0.0.8", FALSE},
      {"198.18.0.1", FALSE},
      {"198.19.255.255", FALSE},
      {"224.0.0.1", FALSE},
      {"255.255.255.255", FALSE},
      {"240.0.0.1", FALSE},
      {"::1", FALSE},
      {"::", FALSE},
      {"fe80::1", FALSE},
      {"fc00::1", FALSE},
      {"fdff::1", FALSE},
      {"ff02::1", FALSE},
      {"::ffff:10.0.0.1", FALSE},
      {"::ffff:8.8.8.8", FALSE},
      {"64:ff9b::a00:1", FALSE},
      {"2002:a00:1::", FALSE},
      {"2001:0:1::1", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (rows[i].address);
    g_test_message ("%s", rows[i].address);
    g_assert_cmpint (osy_fetch_is_public (address), ==, rows[i].is);
  }
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  wait->status = osy_fetch_finish (OSY_FETCH (source), result, &body, &error);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  g_main_loop_quit (wait->loop);
}

static gboolean
refuse_connection (GThreadedSocketService *service,
                   GSocketConnection *connection,
                   GObject *source,
                   gpointer data)
{
  char c;

  /* A connection may have begun; not a byte comes over it. */
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &c,
                                        1, NULL, NULL),
                   <, 1);
  return TRUE;
}

/* A name that means this machine is as good as its address: it is looked at when it is called. */
static void
test_public_only (void)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  g_autoptr (OsyFetch) fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, 10000);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};

  g_signal_connect (service, "run", G_CALLBACK (refuse_connection), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++) {
    g_autofree char *url = g_strdup_printf ("http://%s:%u/x", hosts[i], port);
    g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
    const OsyFetchRequest request = {
        .method = "POST", .url = url, .body = body, .public_only = TRUE};
    Wait wait = {.loop = loop, .status = 1};
    osy_fetch_async (fetch, &request, NULL, refused_cb, &wait);
    g_main_loop_run (loop);
    g_assert_cmpuint (wait.status, ==, 0);
  }
  g_socket_service_stop (service);
}

/* ---- proxies ---- */

/* The proxy that the environment asks for: it is told what is looked for. */
#define TEST_TYPE_PROXIES (test_proxies_get_type ())
G_DECLARE_FINAL_TYPE (TestProxies, test_proxies, TEST, PROXIES, GObject)
struct _TestProxies {
  GObject parent_instance;
};

static guint proxies_asked;

static gboolean
proxies_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
proxies_lookup (GProxyResolver *resolver, const char *uri, GCancellable *stop, GError **error)
{
  proxies_asked++;
  return g_strsplit ("direct://", " ", 0);
}

static void
proxies_lookup_async (GProxyResolver *resolver,
                      const char *uri,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, proxies_lookup (resolver, uri, NULL, NULL),
                         (GDestroyNotify)g_strfreev);
}

static char **
proxies_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
proxies_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = proxies_supported;
  iface->lookup = proxies_lookup;
  iface->lookup_async = proxies_lookup_async;
  iface->lookup_finish = proxies_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxies,
                               test_proxies,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, proxies_iface_init))

static void
test_proxies_class_init (TestProxiesClass *klass)
{
}

static void
test_proxies_init (TestProxies *self)
{
}

/* A proxy would call for us what must not be called, and hides who it is: for what only the
 * internet may get none is asked. */
static void
test_no_proxy (void)
{
  g_autoptr (OsyFetch) fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, 10000);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_assert_true (TEST_IS_PROXIES (g_proxy_resolver_get_default ()));
  for (guint i = 0; i < 2; i++) {
    OsyFetchRequest request = {
        .method = "POST", .url = "http://127.0.0.1:1/x", .public_only = i == 0};
    Wait wait = {.loop = loop, .status = 1};
    proxies_asked = 0;
    osy_fetch_async (fetch, &request, NULL, refused_cb, &wait);
    g_main_loop_run (loop);
    g_assert_cmpuint (wait.status, ==, 0);
    g_assert_cmpuint (proxies_asked > 0, ==, i == 1);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_vfs_get_default (); /* makes the extension points known */
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXIES, "test",
                                  0);
  g_test_add_func ("/fetch/connections-are-used-once", test_connections_are_used_once);
  g_test_add_func ("/fetch/public", test_public);
  g_test_add_func ("/fetch/no-proxy", test_no_proxy);
  g_test_add_func ("/fetch/public-only", test_public_only);
  return g_test_run ();
}
