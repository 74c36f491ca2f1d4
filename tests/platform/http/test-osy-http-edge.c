/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The edge's own listener: an address is believed there alone, nothing for the machine itself is
 * served there, and each client, each class and each session has a pace of its own. */

#include "http-test-server.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "osy-clock.h"
#include "osy-test-http.h"

#define READS 5
#define OWNER "Authorization: Bearer owner\r\n"

static char *edge;
static TestServer *server;

static guint
ask (const char *address, const char *target, const char *client, const char *more)
{
  g_autofree char *headers =
      g_strdup_printf ("%s%s%s%s", client ? "X-Forwarded-For: " : "", client ? client : "",
                       client ? "\r\n" : "", more ? more : "");
  g_autoptr (OsyTestResponse) response = osy_test_http (address, "GET", target, headers, NULL);

  return response->status;
}

/* How many of @client's requests pass, up to twice the limit. */
static guint
count_passed (const char *client)
{
  guint passed = 0;

  for (int i = 0; i < 2 * READS; i++)
    passed += ask (edge, "/h", client, NULL) == 200;
  return passed;
}

static void
test_forwarded (void)
{
  static const char *const bad[] = {NULL,           "",      "unix",       "192.0.2.1, 192.0.2.2",
                                    "192.0.2.1:80", "local", "192.0.2.256"};
  struct stat info;

  g_assert_cmpuint (ask (edge, "/h", "192.0.2.1", NULL), ==, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (ask (edge, "/h", bad[i], NULL), ==, 400);
  g_assert_cmpint (g_stat (edge + strlen ("unix:"), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* Also when the edge was reached from the machine itself. */
static void
test_not_local (void)
{
  g_assert_cmpuint (ask (edge, "/local", "127.0.0.1", NULL), ==, 404);
  g_assert_cmpuint (ask (test_server_address (server), "/local", "192.0.2.9", NULL), ==, 200);
}

static void
test_clients_apart (void)
{
  g_assert_cmpuint (count_passed ("192.0.2.20"), ==, READS);
  g_assert_cmpuint (count_passed ("192.0.2.21"), ==, READS);
  /* One home, one client, however many addresses it uses. */
  g_assert_cmpuint (count_passed ("2001:db8:0:1::1"), ==, READS);
  g_assert_cmpuint (count_passed ("2001:db8:0:1::2"), ==, 0);
  g_assert_cmpuint (count_passed ("2001:db8:0:2::2"), ==, READS);
}

/* Guests of one address do not hold up who has signed in behind it, nor the machine itself. */
static void
test_signed_in_apart (void)
{
  g_assert_cmpuint (count_passed ("192.0.2.30"), ==, READS);
  for (int i = 0; i < 3 * READS; i++)
    g_assert_cmpuint (ask (edge, "/signed-in", "192.0.2.30", OWNER), ==, 200);
  for (int i = 0; i < 3 * READS; i++)
    g_assert_cmpuint (ask (test_server_address (server), "/h", NULL, NULL), ==, 200);
}

/* What is not there, and bad tokens, are counted too. */
static void
test_strays (void)
{
  for (int i = 0; i < READS; i++)
    g_assert_cmpuint (
        ask (edge, i % 2 ? "/nowhere" : "/h", "192.0.2.40", "Authorization: Bearer stale\r\n"), ==,
        i % 2 ? 404 : 401);
  g_assert_cmpuint (ask (edge, "/nowhere", "192.0.2.40", NULL), ==, 429);
  g_assert_cmpuint (ask (edge, "/h", "192.0.2.40", "Authorization: Bearer stale\r\n"), ==, 429);
  g_assert_cmpuint (ask (edge, "/h", "192.0.2.40", NULL), ==, 429);
}

/* The body of who is refused is not handed to anybody. */
static void
test_before_body (void)
{
  guint handled;
  guint status = 0;

  for (int i = 0; i < 10 && status != 429; i++) {
    g_autoptr (OsyTestResponse) response =
        osy_test_http (edge, "POST", "/size", "X-Forwarded-For: 192.0.2.50\r\n", "{}");
    status = response->status;
  }
  handled = test_server_handled (server);
  g_autoptr (OsyTestResponse) response =
      osy_test_http (edge, "POST", "/size", "X-Forwarded-For: 192.0.2.50\r\n", "{}");
  g_assert_cmpuint (response->status, ==, 429);
  g_assert_cmpuint (test_server_handled (server), ==, handled);
  g_assert_nonnull (osy_test_response_header (response, "retry-after"));
}

static void
test_web_socket (void)
{
  guint status = 0;
  int fd = osy_test_ws_open (edge, "/ws", "X-Forwarded-For: 192.0.2.60\r\n", &status);
  g_autofree char *echo = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (osy_test_ws_send_text (fd, "hello"));
  echo = osy_test_ws_read_text (fd, 5000);
  g_assert_cmpstr (echo, ==, "hello");
  close (fd);
  g_assert_cmpint (osy_test_ws_open (edge, "/ws", NULL, &status), ==, -1);
  g_assert_cmpuint (status, ==, 400);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  OsyHttpConfig config = {.limits = {[OSY_LIMIT_READ] = READS, [OSY_LIMIT_ORDER] = 3}};
  int rc;

  g_test_init (&argc, &argv, NULL);
  /* Time stands still, so that a slow machine earns nobody another request. */
  osy_clock_set_fake (G_GINT64_CONSTANT (1795231445000000));
  folder = g_dir_make_tmp ("osy-edge-XXXXXX", NULL);
  edge = g_strdup_printf ("unix:%s/daemon.sock", folder);
  config.edge = edge;
  server = test_server_new (&config);
  g_test_add_func ("/http/edge/forwarded", test_forwarded);
  g_test_add_func ("/http/edge/not-local", test_not_local);
  g_test_add_func ("/http/edge/clients-apart", test_clients_apart);
  g_test_add_func ("/http/edge/signed-in-apart", test_signed_in_apart);
  g_test_add_func ("/http/edge/strays", test_strays);
  g_test_add_func ("/http/edge/before-body", test_before_body);
  g_test_add_func ("/http/edge/web-socket", test_web_socket);
  rc = g_test_run ();
  g_clear_pointer (&server, test_server_free);
  g_assert_cmpint (g_access (edge + strlen ("unix:"), F_OK), ==, -1);
  g_rmdir (folder);
  g_free (edge);
  return rc;
}
