/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An ephemeral PostgreSQL. The template saves initdb and the migrations, the janitor (a shell that
 * waits for our end of a pipe to close) removes the directories even after an abort. */

#include "osy-test-pg.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define SQL_PREFIX "/com/ordersync/sql"
#define N_WORKERS 4

static char *data_dir;
static OsyPostgres *server;
static OsyDbPool *pool;
static int janitor = -1;

static void
run (const char *program, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list args;

  g_ptr_array_add (argv, (gpointer)program);
  va_start (args, program);
  for (char *arg; (arg = va_arg (args, char *)) != NULL;)
    g_ptr_array_add (argv, arg);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* Reads directories, one a line, until we are gone; then waits for their servers and removes them.
 */
static void
start_janitor (void)
{
  static const char script[] =
      "trap '' INT TERM HUP; dirs=$(cat); for d in $dirs; do i=0; "
      "while [ -e $d/pg/postmaster.pid ] && [ $i -lt 50 ]; do sleep 0.1; i=$((i+1)); done; "
      "rm -rf $d; done";
  const char *const argv[] = {"/bin/sh", "-c", script, NULL};
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  int null = open ("/dev/null", O_RDWR | O_CLOEXEC);
  g_spawn_async_with_fds ("/", (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, ends[0],
                          null, null, &error);
  g_assert_no_error (error);
  close (ends[0]);
  close (null);
  janitor = ends[1];
}

char *
osy_test_temp_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("osy-XXXXXX", &error);

  g_assert_no_error (error);
  if (janitor < 0)
    start_janitor ();
  g_autofree char *line = g_strconcat (path, "\n", NULL);
  g_assert_cmpint (write (janitor, line, strlen (line)), ==, (gssize)strlen (line));
  if (geteuid () == 0) {
    const struct passwd *nobody = getpwnam ("nobody");
    g_assert_nonnull (nobody);
    g_assert_cmpint (chown (path, nobody->pw_uid, nobody->pw_gid), ==, 0);
  }
  return path;
}

/* Names the template after everything that went into it. */
static char *
template_path (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = g_resources_enumerate_children (SQL_PREFIX, 0, &error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *bin = g_getenv ("ORDERSYNC_POSTGRES_BIN");

  g_assert_no_error (error);
  g_checksum_update (sum, (const guchar *)(bin ? bin : "installed"), -1);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (SQL_PREFIX "/", names[i], NULL);
    g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, &error);
    g_assert_no_error (error);
    g_checksum_update (sum, (const guchar *)names[i], -1);
    g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
  }
  g_autofree char *name = g_strdup_printf ("pg-template-%.16s", g_checksum_get_string (sum));
  return g_build_filename (OSY_BUILD_DIR, "tests", name, NULL);
}

static void
migrate (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *conninfo = osy_postgres_conninfo (dir, "ordersync_owner");

  osy_db_migrate (conninfo, SQL_PREFIX, &error);
  g_assert_no_error (error);
}

static void
make_template (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *pg = g_build_filename (dir, "pg", NULL);
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  g_autoptr (OsyPostgres) postgres = osy_postgres_start (dir, &error);

  g_assert_no_error (error);
  migrate (dir);
  osy_postgres_stop (postgres);
  run ("sh", "-c", "rm -rf \"$1\"-*", "sh", OSY_BUILD_DIR "/tests/pg-template", NULL);
  run ("cp", "-a", pg, fresh, NULL);
  g_assert_cmpint (g_rename (fresh, path), ==, 0);
}

/* Another test program may be making the same template at the same time. */
static void
copy_template (const char *dir)
{
  g_autofree char *path = template_path ();
  g_autofree char *pg = g_build_filename (dir, "pg", NULL);
  g_autofree char *owner = NULL;
  struct stat st;
  int lock = open (OSY_BUILD_DIR "/tests/pg.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (lock, >=, 0);
  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    make_template (path);
  run ("cp", "-a", path, pg, NULL);
  close (lock);
  g_assert_cmpint (stat (dir, &st), ==, 0);
  owner = g_strdup_printf ("%u:%u", st.st_uid, st.st_gid);
  run ("chown", "-R", owner, pg, NULL);
}

static void
speed_up (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (dir, "pg", "postgresql.auto.conf", NULL);
  struct stat st;

  g_file_set_contents (file, "fsync = off\nshared_buffers = 8MB\n", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (dir, &st), ==, 0);
  g_assert_cmpint (chown (file, st.st_uid, st.st_gid), ==, 0);
}

static void
tear_down (void)
{
  if (pool != NULL)
    osy_db_pool_close (pool);
  g_clear_object (&pool);
  g_clear_object (&server);
  g_clear_pointer (&data_dir, g_free);
}

static void
ensure_server (void)
{
  g_autoptr (GError) error = NULL;

  if (server != NULL)
    return;
  data_dir = osy_test_temp_dir ();
  copy_template (data_dir);
  speed_up (data_dir);
  server = osy_postgres_start (data_dir, &error);
  g_assert_no_error (error);
  atexit (tear_down);
}

OsyDbPool *
osy_test_pg_pool (void)
{
  ensure_server ();
  if (pool == NULL) {
    g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");
    pool = osy_db_pool_new (conninfo, N_WORKERS);
  }
  return pool;
}

char *
osy_test_pg_conninfo (const char *role)
{
  ensure_server ();
  return osy_postgres_conninfo (data_dir, role);
}

static PGresult *
exec_as_admin (const char *sql)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_admin");
  PGconn *pg = PQconnectdb (conninfo);

  g_assert_cmpint (PQstatus (pg), ==, CONNECTION_OK);
  PGresult *result = PQexec (pg, sql);
  ExecStatusType status = PQresultStatus (result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    g_error ("%s", PQresultErrorMessage (result));
  PQfinish (pg);
  return result;
}

void
osy_test_pg_exec (const char *sql)
{
  PQclear (exec_as_admin (sql));
}

char *
osy_test_pg_value (const char *sql)
{
  PGresult *result = exec_as_admin (sql);
  char *value = NULL;

  if (PQntuples (result) > 0 && !PQgetisnull (result, 0, 0))
    value = g_strdup (PQgetvalue (result, 0, 0));
  PQclear (result);
  return value;
}

OsyPostgres *
osy_test_pg_server (void)
{
  ensure_server ();
  return server;
}

const char *
osy_test_pg_data_dir (void)
{
  ensure_server ();
  return data_dir;
}

static gboolean
note_timeout (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
keep_ticking (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
osy_test_wait (gboolean (*done) (gpointer data), gpointer data, guint seconds)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (seconds, note_timeout, &late);
  /* Conditions outside of the main loop (a process, a file) need a look now and then. */
  guint ticker = g_timeout_add (10, keep_ticking, NULL);

  gboolean ok = done (data);
  while (!ok && !late) {
    g_main_context_iteration (NULL, TRUE);
    ok = done (data);
  }
  g_source_remove (timer);
  g_source_remove (ticker);
  return ok;
}
