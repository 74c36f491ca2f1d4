/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a killed predecessor leaves behind never keeps the next one from starting, and never costs
 * a row. The predecessor is this program again, with "--supervise DIR". */

#include "osy-test-pg.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

static char *program;
static char *data_dir;

/* ---- the predecessor ---- */

static int
supervise (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyPostgres) server = osy_postgres_start (dir, &error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (server == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  if (write (STDOUT_FILENO, "ready", 5) == 5)
    g_main_loop_run (loop);
  return 0;
}

static GPid
start_predecessor (void)
{
  const char *const argv[] = {program, "--supervise", data_dir, NULL};
  g_autoptr (GError) error = NULL;
  char word[6] = "";
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, word, 5), ==, 5);
  close (out);
  return pid;
}

static pid_t
postmaster_pid (void)
{
  g_autofree char *path = g_build_filename (data_dir, "pg", "postmaster.pid", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (pid_t)g_ascii_strtoll (text, NULL, 10);
}

static void
kill_and_reap (GPid pid)
{
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

/* ---- the successor ---- */

static gboolean
note_func (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "INSERT INTO kept DEFAULT VALUES RETURNING (SELECT count(*) FROM kept) AS n",
      OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  *(gint64 *)data = osy_db_rows_int (rows, 0, "n");
  return TRUE;
}

/* Adds a row. Returns: how many there were. */
static gint64
add_row (void)
{
  g_autofree char *conninfo = osy_postgres_conninfo (data_dir, "ordersync_owner");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  gboolean ok = osy_db_pool_run (pool, NULL, note_func, &n, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return n;
}

static gboolean
make_table_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, "CREATE TABLE IF NOT EXISTS kept (at timestamptz DEFAULT now())",
                      OSY_NO_PARAMS, NULL, error);
}

static OsyPostgres *
start_server (void)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  OsyPostgres *server = osy_postgres_start (data_dir, &error);

  g_assert_no_error (error);
  g_test_message ("started in %d ms", (int)((g_get_monotonic_time () - begin) / 1000));
  return server;
}

static void
set_up (void)
{
  if (data_dir != NULL)
    return;
  data_dir = osy_test_temp_dir ();
  g_autoptr (OsyPostgres) server = start_server ();
  g_autofree char *conninfo = osy_postgres_conninfo (data_dir, "ordersync_owner");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run (pool, NULL, make_table_func, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
expect_rows_kept (gint64 before)
{
  g_autoptr (OsyPostgres) server = start_server ();
  g_assert_cmpint (add_row (), ==, before + 1);
}

static gboolean
is_gone (gpointer data)
{
  return kill (GPOINTER_TO_INT (data), 0) != 0 && errno == ESRCH;
}

/* kill -9 of the daemon: the server goes by itself, cleanly. */
static void
test_supervisor_killed (void)
{
  set_up ();
  GPid supervisor = start_predecessor ();
  gint64 before = add_row ();
  pid_t postmaster = postmaster_pid ();

  kill_and_reap (supervisor);
  g_assert_true (osy_test_wait (is_gone, GINT_TO_POINTER (postmaster), 10));
  g_assert_cmpint (postmaster_pid (), ==, 0);
  expect_rows_kept (before);
}

/* The next daemon starts while the old server is still going down, or would not go at all. */
static void
test_started_at_once (void)
{
  set_up ();
  GPid supervisor = start_predecessor ();
  gint64 before = add_row ();

  kill_and_reap (supervisor);
  expect_rows_kept (before);
}

static void
test_old_server_hangs (void)
{
  set_up ();
  GPid supervisor = start_predecessor ();
  gint64 before = add_row ();
  pid_t postmaster = postmaster_pid ();

  g_assert_cmpint (kill (postmaster, SIGSTOP), ==, 0);
  kill_and_reap (supervisor);
  expect_rows_kept (before);
  g_assert_true (osy_test_wait (is_gone, GINT_TO_POINTER (postmaster), 10));
}

static void
test_both_killed (void)
{
  set_up ();
  for (int round = 0; round < 3; round++) {
    GPid supervisor = start_predecessor ();
    gint64 before = add_row ();

    g_assert_cmpint (kill (postmaster_pid (), SIGKILL), ==, 0);
    kill_and_reap (supervisor);
    expect_rows_kept (before);
  }
}

static void
become_owner (gpointer data)
{
  const struct stat *st = data;

  if (geteuid () == 0 && (setgid (st->st_gid) != 0 || setuid (st->st_uid) != 0))
    _exit (1);
}

/* The number of the dead server now belongs to somebody else, of the same user. */
static void
test_stale_pid_file (void)
{
  const char *const argv[] = {"sleep", "300", NULL};
  struct stat st;
  GPid sleeper;

  set_up ();
  GPid supervisor = start_predecessor ();
  gint64 before = add_row ();
  g_autofree char *pid_file = g_build_filename (data_dir, "pg", "postmaster.pid", NULL);
  g_autofree char *lock = g_build_filename (data_dir, "run", ".s.PGSQL.5432.lock", NULL);
  g_autofree char *text = NULL;
  g_autofree char *lock_text = NULL;

  g_assert_true (g_file_get_contents (pid_file, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (lock, &lock_text, NULL, NULL));
  g_assert_cmpint (kill (postmaster_pid (), SIGKILL), ==, 0);
  kill_and_reap (supervisor);
  g_assert_cmpint (stat (data_dir, &st), ==, 0);
  g_assert_true (g_spawn_async (NULL, (char **)argv, NULL,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, become_owner, &st,
                                &sleeper, NULL));
  g_autofree char *stale = g_strdup_printf ("%d%s", sleeper, strchr (text, '\n'));
  g_autofree char *stale_lock = g_strdup_printf ("%d%s", sleeper, strchr (lock_text, '\n'));
  g_assert_true (g_file_set_contents (pid_file, stale, -1, NULL));
  g_assert_true (g_file_set_contents (lock, stale_lock, -1, NULL));
  g_assert_cmpint (chown (pid_file, st.st_uid, st.st_gid), ==, 0);
  g_assert_cmpint (chown (lock, st.st_uid, st.st_gid), ==, 0);
  expect_rows_kept (before);
  /* And that somebody else was left alone. */
  g_assert_cmpint (waitpid (sleeper, NULL, WNOHANG), ==, 0);
  kill_and_reap (sleeper);
}

/* A setting that PostgreSQL refuses: no endless loop, and the place to look is named. */
static void
test_will_not_start (void)
{
  g_autoptr (GError) error = NULL;

  set_up ();
  g_autofree char *path = g_build_filename (data_dir, "pg", "postgresql.auto.conf", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, "shared_buffers = 'plenty'\n", -1, NULL));
  g_autoptr (OsyPostgres) refused = osy_postgres_start (data_dir, &error);
  g_assert_null (refused);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "postgres.log"));
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--supervise") == 0)
    return supervise (argv[2]);
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/hazard/supervisor-killed", test_supervisor_killed);
  g_test_add_func ("/child/hazard/started-at-once", test_started_at_once);
  g_test_add_func ("/child/hazard/old-server-hangs", test_old_server_hangs);
  g_test_add_func ("/child/hazard/both-killed", test_both_killed);
  g_test_add_func ("/child/hazard/stale-pid-file", test_stale_pid_file);
  g_test_add_func ("/child/hazard/will-not-start", test_will_not_start);
  int status = g_test_run ();
  g_free (program);
  g_free (data_dir);
  return status;
}
