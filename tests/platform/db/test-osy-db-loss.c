/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Connections that break at the worst moments. A proxy on a socket of its own stands between the
 * pool and the server and breaks the line where the test says. */

#include "osy-test-pg.h"

#include <gio/gunixsocketaddress.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef enum {
  PASS,
  LOSE_REQUEST, /* COMMIT does not reach the server */
  LOSE_REPLY,   /* COMMIT is carried out, its answer does not come back */
} Fault;

static int fault;       /* atomic Fault; once it has happened, PASS */
static int n_refusals;  /* atomic: connections to refuse after that */
static char *proxy_dir; /* where the proxy's socket lies */

static GSocketConnection *
connect_to_server (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *path = g_build_filename (osy_test_pg_data_dir (), "run", ".s.PGSQL.5432", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  GSocketConnection *server =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);

  g_assert_no_error (error);
  return server;
}

static int
fd_of (GSocketConnection *connection)
{
  return g_socket_get_fd (g_socket_connection_get_socket (connection));
}

/* FALSE at the end of the line. */
static gboolean
carry (int from, int to, gboolean from_client)
{
  char buffer[65536];
  gssize n = read (from, buffer, sizeof buffer);

  if (n <= 0)
    return FALSE;
  gboolean is_commit = from_client && memmem (buffer, (gsize)n, "COMMIT", 6) != NULL;
  Fault now = is_commit ? (Fault)g_atomic_int_get (&fault) : PASS;
  if (now != PASS)
    g_atomic_int_set (&fault, PASS);
  if (now == LOSE_REQUEST)
    return FALSE;
  g_assert_cmpint (write (to, buffer, (gsize)n), ==, n);
  if (now == LOSE_REPLY) {
    struct pollfd reply = {to, POLLIN, 0};
    g_assert_cmpint (poll (&reply, 1, 20000), ==, 1);
    g_assert_cmpint (read (to, buffer, sizeof buffer), >, 0);
    return FALSE;
  }
  return TRUE;
}

static gboolean
run_proxy (GThreadedSocketService *service,
           GSocketConnection *client,
           GObject *source,
           gpointer user_data)
{
  if (g_atomic_int_get (&n_refusals) > 0) {
    g_atomic_int_add (&n_refusals, -1);
    return TRUE;
  }
  g_autoptr (GSocketConnection) server = connect_to_server ();
  struct pollfd fds[] = {{fd_of (client), POLLIN, 0}, {fd_of (server), POLLIN, 0}};

  for (gboolean open = TRUE; open;) {
    poll (fds, 2, -1);
    if (fds[0].revents != 0)
      open = carry (fds[0].fd, fds[1].fd, TRUE);
    if (open && fds[1].revents != 0)
      open = carry (fds[1].fd, fds[0].fd, FALSE);
  }
  return TRUE;
}

static OsyDbPool *
make_pool (void)
{
  static GSocketService *service;
  g_autoptr (GError) error = NULL;

  if (service == NULL) {
    proxy_dir = osy_test_temp_dir ();
    g_autofree char *path = g_build_filename (proxy_dir, ".s.PGSQL.5432", NULL);
    g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
    service = g_threaded_socket_service_new (8);
    g_signal_connect (service, "run", G_CALLBACK (run_proxy), NULL);
    g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address,
                                                  G_SOCKET_TYPE_STREAM, 0, NULL, NULL, &error));
    osy_test_pg_exec ("CREATE TABLE kept (body text); GRANT ALL ON kept TO ordersync_app");
  }
  osy_test_pg_exec ("TRUNCATE kept");
  g_autofree char *conninfo =
      g_strdup_printf ("host=%s dbname=ordersync user=ordersync_app", proxy_dir);
  return osy_db_pool_new (conninfo, 1);
}

typedef struct {
  int runs;
  int commits; /* hooks run */
  gboolean done;
  GError *error;
  gboolean ok;
} Attempt;

static gboolean
count_commit (gpointer data)
{
  ((Attempt *)data)->commits++;
  return G_SOURCE_REMOVE;
}

static gboolean
insert_func (OsyDbTx *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;

  attempt->runs++;
  osy_db_tx_on_commit (tx, count_commit, attempt, NULL);
  return osy_db_exec (tx, "INSERT INTO kept VALUES ('x')", OSY_NO_PARAMS, NULL, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;

  attempt->ok = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &attempt->error);
  attempt->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Attempt *)data)->done;
}

/* On the main loop, where the proxy takes its connections. */
static void
run (OsyDbPool *pool, OsyDbFunc func, Attempt *attempt)
{
  attempt->done = FALSE;
  g_clear_error (&attempt->error);
  osy_db_pool_run_async (pool, NULL, func, attempt, NULL, NULL, done_cb, attempt);
  g_assert_true (osy_test_wait (is_done, attempt, 40));
}

static void
expect_rows (const char *n)
{
  g_autofree char *found = osy_test_pg_value ("SELECT count(*) FROM kept");
  g_assert_cmpstr (found, ==, n);
}

/* Carried out but not answered: reported as done, and done once. */
static void
test_lost_reply (void)
{
  g_autoptr (OsyDbPool) pool = make_pool ();
  Attempt attempt = {0};

  g_atomic_int_set (&fault, LOSE_REPLY);
  run (pool, insert_func, &attempt);
  g_assert_no_error (attempt.error);
  g_assert_cmpint (attempt.runs, ==, 1);
  g_assert_cmpint (attempt.commits, ==, 1);
  expect_rows ("1");
}

/* The same, and the server cannot be asked at once. */
static void
test_lost_reply_then_away (void)
{
  g_autoptr (OsyDbPool) pool = make_pool ();
  Attempt attempt = {0};

  g_atomic_int_set (&n_refusals, 0);
  run (pool, insert_func, &attempt);
  g_atomic_int_set (&fault, LOSE_REPLY);
  g_atomic_int_set (&n_refusals, 5);
  run (pool, insert_func, &attempt);
  g_assert_no_error (attempt.error);
  g_assert_cmpint (attempt.runs, ==, 2);
  expect_rows ("2");
}

/* Not carried out: the server knows, so the work is done again. */
static void
test_lost_request (void)
{
  g_autoptr (OsyDbPool) pool = make_pool ();
  Attempt attempt = {0};

  g_atomic_int_set (&fault, LOSE_REQUEST);
  run (pool, insert_func, &attempt);
  g_assert_no_error (attempt.error);
  g_assert_cmpint (attempt.runs, ==, 2);
  g_assert_cmpint (attempt.commits, ==, 1);
  expect_rows ("1");
}

static gboolean
die_once_func (OsyDbTx *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;

  if (!insert_func (tx, data, error))
    return FALSE;
  return attempt->runs > 1 || osy_db_exec (tx, "SELECT pg_terminate_backend(pg_backend_pid())",
                                           OSY_NO_PARAMS, NULL, error);
}

static void
test_lost_before_commit (void)
{
  g_autoptr (OsyDbPool) pool = make_pool ();
  Attempt attempt = {0};

  run (pool, die_once_func, &attempt);
  g_assert_no_error (attempt.error);
  g_assert_cmpint (attempt.runs, ==, 2);
  g_assert_cmpint (attempt.commits, ==, 1);
  expect_rows ("1");
}

/* Idle connections that the server has closed are not the caller's trouble. */
static void
test_lost_while_idle (void)
{
  g_autoptr (OsyDbPool) pool = make_pool ();
  Attempt attempt = {0};

  for (int round = 1; round <= 3; round++) {
    run (pool, insert_func, &attempt);
    g_assert_no_error (attempt.error);
    g_assert_cmpint (attempt.runs, ==, round);
    osy_test_pg_exec ("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                      "WHERE usename = 'ordersync_app'");
  }
  expect_rows ("3");
}

static gboolean
works_again (gpointer data)
{
  Attempt attempt = {0};

  run (data, insert_func, &attempt);
  if (attempt.error != NULL)
    g_assert_error (attempt.error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  g_clear_error (&attempt.error);
  return attempt.ok;
}

/* kill -9 of the whole server: refused clearly, then all right without anybody's help. */
static void
test_server_killed (void)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");
  g_autoptr (OsyDbPool) warm = make_pool ();
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 2);
  g_autofree char *path = g_build_filename (osy_test_pg_data_dir (), "pg", "postmaster.pid", NULL);
  g_autofree char *text = NULL;
  Attempt attempt = {0};

  run (pool, insert_func, &attempt);
  g_assert_true (attempt.ok);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (kill ((pid_t)g_ascii_strtoll (text, NULL, 10), SIGKILL), ==, 0);
  g_assert_true (osy_test_wait (works_again, pool, 40));
}

static void
test_nowhere (void)
{
  g_autoptr (OsyDbPool) pool = osy_db_pool_new ("host=/nonexistent user=x dbname=x", 1);
  gint64 begin = g_get_monotonic_time ();
  Attempt attempt = {0};

  for (int i = 0; i < 20; i++) {
    run (pool, insert_func, &attempt);
    g_assert_error (attempt.error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  }
  g_clear_error (&attempt.error);
  g_assert_cmpint (attempt.runs, ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/loss/lost-reply", test_lost_reply);
  g_test_add_func ("/db/loss/lost-reply-then-away", test_lost_reply_then_away);
  g_test_add_func ("/db/loss/lost-request", test_lost_request);
  g_test_add_func ("/db/loss/lost-before-commit", test_lost_before_commit);
  g_test_add_func ("/db/loss/lost-while-idle", test_lost_while_idle);
  g_test_add_func ("/db/loss/nowhere", test_nowhere);
  g_test_add_func ("/db/loss/server-killed", test_server_killed);
  return g_test_run ();
}
