/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A cluster made from nothing: what is in it, who may what, and that it comes back. */

#include "osy-test-pg.h"

#include <libpq-fe.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

static char *data_dir;
static OsyPostgres *server;

static void
start (void)
{
  g_autoptr (GError) error = NULL;

  if (server != NULL)
    return;
  if (data_dir == NULL)
    data_dir = osy_test_temp_dir ();
  server = osy_postgres_start (data_dir, &error);
  g_assert_no_error (error);
  g_assert_true (osy_postgres_is_running (server));
}

/* First field of @sql as @role, or its SQLSTATE with a "!" before it. */
static char *
ask (const char *role, const char *sql)
{
  g_autofree char *conninfo = osy_postgres_conninfo (data_dir, role);
  PGconn *pg = PQconnectdb (conninfo);
  char *answer = NULL;

  if (PQstatus (pg) == CONNECTION_OK) {
    PGresult *result = PQexec (pg, sql);
    const char *state = PQresultErrorField (result, PG_DIAG_SQLSTATE);
    if (state != NULL)
      answer = g_strconcat ("!", state, NULL);
    else if (PQntuples (result) > 0)
      answer = g_strdup (PQgetvalue (result, 0, 0));
    PQclear (result);
  }
  PQfinish (pg);
  return answer;
}

static void
expect (const char *role, const char *sql, const char *wanted)
{
  g_autofree char *answer = ask (role, sql);
  g_assert_cmpstr (answer, ==, wanted);
}

static void
test_settings (void)
{
  g_autofree char *conninfo = NULL;
  g_autoptr (GError) error = NULL;

  start ();
  conninfo = osy_postgres_conninfo (data_dir, "ordersync_app");
  gboolean ok = osy_db_check_durability (conninfo, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  expect ("ordersync_app", "SHOW data_checksums", "on");
  expect ("ordersync_app", "SHOW listen_addresses", "");
  expect ("ordersync_app", "SHOW server_encoding", "UTF8");
  expect ("ordersync_app", "SHOW timezone", "UTC");
  expect ("ordersync_admin", "SHOW log_min_error_statement", "panic");
}

static void
test_roles (void)
{
  start ();
  expect ("ordersync_admin",
          "SELECT string_agg(rolname || ' ' || rolsuper || ' ' || rolbypassrls || ' ' || "
          "rolcreatedb || ' ' || rolcreaterole, ', ' ORDER BY rolname) FROM pg_roles "
          "WHERE rolname ~ '^ordersync_' AND rolname <> 'ordersync_admin'",
          "ordersync_app false false false false, ordersync_keys false false false false, "
          "ordersync_owner false false false false, "
          "ordersync_relay false false false false, "
          "ordersync_sealer false false false false");
  expect ("ordersync_admin",
          "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'ordersync'",
          "ordersync_owner");
  expect ("ordersync_app", "CREATE TABLE mine (i int)", "!42501");
  expect ("ordersync_app", "CREATE TEMP TABLE mine (i int)", "!42501");
  expect ("ordersync_relay", "CREATE SCHEMA mine", "!42501");
  expect ("ordersync_owner",
          "CREATE TABLE kept (i int); INSERT INTO kept VALUES (7); "
          "SELECT i FROM kept",
          "7");
}

/* A message that quotes a value must not reach the file. */
static void
test_log_is_discreet (void)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  struct stat st;

  start ();
  expect ("ordersync_owner", "SELECT '010-1234-5678'::int", "!22P02");
  expect ("ordersync_owner", "DO $$ BEGIN RAISE WARNING 'warned 010-1234-5678'; END $$", NULL);
  path = g_build_filename (data_dir, "log", "postgres.log", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_null (strstr (text, "5678"));
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
}

static void
test_restart (void)
{
  start ();
  osy_postgres_stop (server);
  g_assert_false (osy_postgres_is_running (server));
  g_autofree char *pid_file = g_build_filename (data_dir, "pg", "postmaster.pid", NULL);
  g_assert_false (g_file_test (pid_file, G_FILE_TEST_EXISTS));
  g_clear_object (&server);
  start ();
  expect ("ordersync_owner", "SELECT i FROM kept", "7");
}

static pid_t
postmaster_pid (void)
{
  g_autofree char *path = g_build_filename (data_dir, "pg", "postmaster.pid", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return (pid_t)g_ascii_strtoll (text, NULL, 10);
}

static void
note_change (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  gboolean running;

  g_object_get (object, "running", &running, NULL);
  g_string_append_c (user_data, running ? '1' : '0');
}

static gboolean
changed_twice (gpointer data)
{
  return ((GString *)data)->len >= 2;
}

static void
test_postmaster_killed (void)
{
  g_autoptr (GString) changes = g_string_new (NULL);

  start ();
  gulong handler = g_signal_connect (server, "notify::running", G_CALLBACK (note_change), changes);
  for (guint round = 0; round < 2; round++) {
    g_string_truncate (changes, 0);
    g_assert_cmpint (kill (postmaster_pid (), SIGKILL), ==, 0);
    g_assert_true (osy_test_wait (changed_twice, changes, 30));
    g_assert_cmpstr (changes->str, ==, "01");
    expect ("ordersync_owner", "SELECT i FROM kept", "7");
  }
  g_signal_handler_disconnect (server, handler);
}

static gboolean
answers (gpointer data)
{
  g_autofree char *answer = ask ("ordersync_owner", "SELECT i FROM kept");
  return g_strcmp0 (answer, "7") == 0;
}

/* The postmaster lives and mends that by itself. */
static void
test_backend_killed (void)
{
  start ();
  pid_t before = postmaster_pid ();
  g_autofree char *conninfo = osy_postgres_conninfo (data_dir, "ordersync_owner");
  PGconn *pg = PQconnectdb (conninfo);

  g_assert_cmpint (PQstatus (pg), ==, CONNECTION_OK);
  g_assert_cmpint (kill (PQbackendPID (pg), SIGKILL), ==, 0);
  PQclear (PQexec (pg, "SELECT 1"));
  g_assert_cmpint (PQstatus (pg), ==, CONNECTION_BAD);
  g_assert_true (osy_test_wait (answers, NULL, 30));
  g_assert_cmpint (postmaster_pid (), ==, before);
  PQfinish (pg);
}

static void
expect_refusal (const char *dir, OsyErrorCode code, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyPostgres) refused = osy_postgres_start (dir, &error);

  g_assert_null (refused);
  g_assert_error (error, OSY_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_path_too_long (void)
{
  g_autofree char *temp = osy_test_temp_dir ();
  g_autofree char *name = g_strnfill (90, 'x');
  g_autofree char *dir = g_build_filename (temp, name, NULL);

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  expect_refusal (dir, OSY_ERROR_INVALID_REQUEST, "107");
}

static void
test_other_version (void)
{
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *pg = g_build_filename (dir, "pg", NULL);
  g_autofree char *version = g_build_filename (pg, "PG_VERSION", NULL);

  g_assert_cmpint (g_mkdir (pg, 0700), ==, 0);
  g_assert_true (g_file_set_contents (version, "99\n", -1, NULL));
  expect_refusal (dir, OSY_ERROR_UNAVAILABLE, "PostgreSQL 99");
}

static void
test_initdb_fails (void)
{
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *initdb = g_build_filename (dir, "initdb", NULL);
  g_autofree char *left = g_build_filename (dir, "pg.new", NULL);
  g_autofree char *old = g_strdup (g_getenv ("ORDERSYNC_POSTGRES_BIN"));

  g_assert_true (g_file_set_contents (
      initdb, "#!/bin/sh\necho 'initdb: No space left on device' >&2\nexit 1\n", -1, NULL));
  g_assert_cmpint (g_chmod (initdb, 0755), ==, 0);
  g_setenv ("ORDERSYNC_POSTGRES_BIN", dir, TRUE);
  expect_refusal (dir, OSY_ERROR_STORAGE_FULL, "could not be made");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_unlink (initdb);
  expect_refusal (dir, OSY_ERROR_UNAVAILABLE, "could not be made");
  if (old != NULL)
    g_setenv ("ORDERSYNC_POSTGRES_BIN", old, TRUE);
  else
    g_unsetenv ("ORDERSYNC_POSTGRES_BIN");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/postgres/settings", test_settings);
  g_test_add_func ("/child/postgres/roles", test_roles);
  g_test_add_func ("/child/postgres/log-is-discreet", test_log_is_discreet);
  g_test_add_func ("/child/postgres/restart", test_restart);
  g_test_add_func ("/child/postgres/backend-killed", test_backend_killed);
  g_test_add_func ("/child/postgres/postmaster-killed", test_postmaster_killed);
  g_test_add_func ("/child/postgres/path-too-long", test_path_too_long);
  g_test_add_func ("/child/postgres/other-version", test_other_version);
  g_test_add_func ("/child/postgres/initdb-fails", test_initdb_fails);
  int status = g_test_run ();
  g_clear_object (&server);
  g_free (data_dir);
  return status;
}
