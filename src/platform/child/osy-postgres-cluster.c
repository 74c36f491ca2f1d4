/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The files of the private cluster: where PostgreSQL is installed, initdb, settings, roles. */

#include "osy-postgres-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-db.h"

#define PREFERRED_VERSION "15"
#define INSTALLED "/usr/lib/postgresql"
#define SOCKET_NAME ".s.PGSQL.5432"

/* Nothing in the log but what PostgreSQL says of itself: messages of errors quote values, which may
 * be personal, and our own log has every error's SQLSTATE. A new database is looked at soon: until
 * its first ANALYZE the checks of foreign keys keep plans made for empty tables. */
static const char settings[] = "# Written at every start; changes are lost.\n"
                               "listen_addresses = ''\n"
                               "unix_socket_permissions = 0700\n"
                               "max_connections = 24\n"
                               "superuser_reserved_connections = 3\n"
                               "shared_buffers = 16MB\n"
                               "work_mem = 4MB\n"
                               "maintenance_work_mem = 32MB\n"
                               "huge_pages = off\n"
                               "wal_buffers = 1MB\n"
                               "min_wal_size = 192MB\n"
                               "max_wal_size = 1GB\n"
                               "checkpoint_timeout = 15min\n"
                               "wal_level = replica\n"
                               "max_wal_senders = 2\n"
                               "max_logical_replication_workers = 0\n"
                               "max_worker_processes = 2\n"
                               "max_parallel_workers = 2\n"
                               "autovacuum = on\n"
                               "autovacuum_max_workers = 2\n"
                               "autovacuum_naptime = 15s\n"
                               "jit = off\n"
                               "fsync = on\n"
                               "full_page_writes = on\n"
                               "synchronous_commit = on\n"
                               "data_sync_retry = off\n"
                               "timezone = 'UTC'\n"
                               "log_timezone = 'UTC'\n"
                               "datestyle = 'iso, ymd'\n"
                               "log_destination = 'stderr'\n"
                               "logging_collector = off\n"
                               "log_line_prefix = '%m [%p] '\n"
                               "log_min_messages = log\n"
                               "log_min_error_statement = panic\n"
                               "log_error_verbosity = terse\n"
                               "log_statement = 'none'\n"
                               "log_parameter_max_length = 0\n"
                               "log_parameter_max_length_on_error = 0\n"
                               "log_checkpoints = off\n"
                               "log_autovacuum_min_duration = -1\n";

/* The directories are 0700: who reaches the socket is our own user, or root. */
static const char access_rules[] = "# Written at every start; changes are lost.\n"
                                   "local all all trust\n"
                                   "host all all all reject\n";

static char *
find_bin (const char *version)
{
  g_autofree char *bin = g_build_filename (INSTALLED, version, "bin", NULL);
  g_autofree char *program = g_build_filename (bin, "postgres", NULL);

  return g_file_test (program, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&bin) : NULL;
}

static char *
find_any_bin (void)
{
  g_autoptr (GDir) dir = g_dir_open (INSTALLED, 0, NULL);
  char *best = NULL;
  guint64 best_version = 0;

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    guint64 version = g_ascii_strtoull (name, NULL, 10);
    char *bin = version > best_version ? find_bin (name) : NULL;
    if (bin == NULL)
      continue;
    g_free (best);
    best = bin;
    best_version = version;
  }
  return best;
}

/* A cluster is only ever run by the major version that made it. */
static char *
choose_bin (const char *pg, GError **error)
{
  g_autofree char *file = g_build_filename (pg, "PG_VERSION", NULL);
  g_autofree char *version = NULL;
  const char *wanted = g_getenv ("ORDERSYNC_POSTGRES_BIN");

  if (wanted != NULL && *wanted != '\0')
    return g_strdup (wanted);
  if (g_file_get_contents (file, &version, NULL, NULL)) {
    char *bin = find_bin (g_strstrip (version));
    if (bin == NULL)
      g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                   "The data needs PostgreSQL %s, which is not installed; install postgresql-%s",
                   version, version);
    return bin;
  }
  char *bin = find_bin (PREFERRED_VERSION);
  if (bin == NULL)
    bin = find_any_bin ();
  if (bin == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "PostgreSQL is not installed; install postgresql-" PREFERRED_VERSION);
  return bin;
}

char **
osy_cluster_environment (OsyCluster *self)
{
  const char *library_path = g_getenv ("LD_LIBRARY_PATH");
  char **env = g_environ_setenv (NULL, "LC_ALL", "C.UTF-8", TRUE);

  env = g_environ_setenv (env, "TZ", "UTC", TRUE);
  env = g_environ_setenv (env, "PATH", "/usr/bin:/bin", TRUE);
  if (library_path != NULL)
    env = g_environ_setenv (env, "LD_LIBRARY_PATH", library_path, TRUE);
  return env;
}

static gboolean
own_path (OsyCluster *self, const char *path, GError **error)
{
  if (geteuid () != 0 || chown (path, self->uid, self->gid) == 0)
    return TRUE;
  osy_postgres_set_errno (error, errno, "change the owner of", path);
  return FALSE;
}

static gboolean
make_folder (OsyCluster *self, const char *path, GError **error)
{
  if (g_mkdir (path, 0700) == 0 || errno == EEXIST)
    return own_path (self, path, error);
  osy_postgres_set_errno (error, errno, "make", path);
  return FALSE;
}

static void
remove_tree (const char *path)
{
  const char *const argv[] = {"/bin/rm", "-rf", "--", path, NULL};
  (void)g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, NULL,
                      NULL);
}

/* initdb writes many lines; the first says what is wrong. */
static void
refuse_cluster (const char *complaint, GError **error)
{
  g_autofree char *line = g_strndup (complaint, strcspn (complaint, "\n"));

  if (osy_cluster_says_full (complaint))
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STORAGE_FULL,
                         "The database could not be made, because the disk is full; make room on "
                         "it");
  else
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The database could not be made: %s",
                 line);
}

static gboolean
run_initdb (OsyCluster *self, const char *target, GError **error)
{
  g_autofree char *program = g_build_filename (self->bin, "initdb", NULL);
  const char *const argv[] = {program,
                              "-D",
                              target,
                              "-U",
                              "ordersync_admin",
                              "--auth=trust",
                              "--encoding=UTF8",
                              "--locale=C.UTF-8",
                              "--data-checksums",
                              "--no-instructions",
                              NULL};
  g_auto (GStrv) env = osy_cluster_environment (self);
  g_autofree char *complaint = NULL;
  g_autoptr (GError) local = NULL;
  int status = 0;

  if (g_spawn_sync ("/", (char **)argv, env, G_SPAWN_STDOUT_TO_DEV_NULL, osy_cluster_child_setup,
                    self, NULL, &complaint, &status, &local) &&
      g_spawn_check_wait_status (status, &local))
    return TRUE;
  refuse_cluster (complaint != NULL && *complaint != '\0' ? complaint : local->message, error);
  return FALSE;
}

/* Made beside and then renamed, so that a power cut leaves no half of a cluster. */
static gboolean
make_cluster (OsyCluster *self, GError **error)
{
  g_autofree char *version = g_build_filename (self->pg, "PG_VERSION", NULL);
  g_autofree char *fresh = g_strconcat (self->pg, ".new", NULL);

  if (g_file_test (version, G_FILE_TEST_EXISTS))
    return TRUE;
  remove_tree (fresh);
  if (!make_folder (self, fresh, error))
    return FALSE;
  if (!run_initdb (self, fresh, error)) {
    remove_tree (fresh);
    return FALSE;
  }
  if (g_rename (fresh, self->pg) == 0)
    return TRUE;
  osy_postgres_set_errno (error, errno, "rename the new database to", self->pg);
  return FALSE;
}

static gboolean
check_socket_path (const char *run, GError **error)
{
  gsize limit = sizeof (((struct sockaddr_un *)NULL)->sun_path) - 1;
  gsize length = strlen (run) + strlen ("/" SOCKET_NAME);

  if (length <= limit)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The data directory's path is too long: the socket in it would have %" G_GSIZE_FORMAT
               " bytes, and %" G_GSIZE_FORMAT " is the limit; choose a shorter one",
               length, limit);
  return FALSE;
}

/* Root may not run PostgreSQL: it runs as the owner of the data directory. */
static gboolean
choose_user (OsyCluster *self, const char *data_dir, GError **error)
{
  struct stat st;

  self->uid = geteuid ();
  self->gid = getegid ();
  if (self->uid != 0)
    return TRUE;
  if (stat (data_dir, &st) != 0) {
    osy_postgres_set_errno (error, errno, "look at", data_dir);
    return FALSE;
  }
  self->uid = st.st_uid;
  self->gid = st.st_gid;
  if (self->uid != 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "PostgreSQL does not run as root; give %s to another user", data_dir);
  return FALSE;
}

OsyCluster *
osy_cluster_new (const char *data_dir, GError **error)
{
  g_autoptr (OsyCluster) self = g_new0 (OsyCluster, 1);
  g_autofree char *log_dir = g_build_filename (data_dir, "log", NULL);

  self->our_pid = getpid ();
  self->pg = g_build_filename (data_dir, "pg", NULL);
  self->run = g_build_filename (data_dir, "run", NULL);
  self->log = g_build_filename (log_dir, "postgres.log", NULL);
  self->bin = choose_bin (self->pg, error);
  if (self->bin == NULL || !check_socket_path (self->run, error) ||
      !choose_user (self, data_dir, error) || !make_folder (self, self->run, error) ||
      !make_folder (self, log_dir, error) || !make_cluster (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
osy_cluster_free (OsyCluster *self)
{
  g_free (self->pg);
  g_free (self->run);
  g_free (self->log);
  g_free (self->bin);
  g_free (self);
}

static gboolean
write_file (OsyCluster *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (self->pg, name, NULL);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    return own_path (self, path, error);
  gboolean full = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_set_error (error, OSY_ERROR, full ? OSY_ERROR_STORAGE_FULL : OSY_ERROR_UNAVAILABLE,
               "Cannot write the database's settings: %s", local->message);
  return FALSE;
}

gboolean
osy_cluster_configure (OsyCluster *self, GError **error)
{
  return write_file (self, "postgresql.conf", settings, error) &&
         write_file (self, "pg_hba.conf", access_rules, error);
}

static char *
make_conninfo (const char *data_dir, const char *database, const char *role)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (const char *c = data_dir; *c != '\0'; c++) {
    if (*c == '\'' || *c == '\\')
      g_string_append_c (quoted, '\\');
    g_string_append_c (quoted, *c);
  }
  return g_strdup_printf ("host='%s/run' dbname=%s user=%s", quoted->str, database, role);
}

char *
osy_postgres_conninfo (const char *data_dir, const char *role)
{
  return make_conninfo (data_dir, "ordersync", role);
}

#define ROLE_OPTIONS " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"

/* Each answers what is still missing. */
static const char *const preparations[] = {
    "SELECT 'CREATE ROLE ' || name || '" ROLE_OPTIONS "' AS statement "
    "FROM unnest(ARRAY['ordersync_owner', 'ordersync_app', 'ordersync_relay', "
    "'ordersync_sealer', 'ordersync_keys']) AS name "
    "WHERE name NOT IN (SELECT rolname FROM pg_roles)",
    "SELECT 'CREATE DATABASE ordersync OWNER ordersync_owner' AS statement "
    "WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ordersync')",
    "SELECT 'REVOKE ALL ON DATABASE ordersync FROM PUBLIC' AS statement FROM pg_database "
    "WHERE datname = 'ordersync' AND EXISTS "
    "(SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0)",
    "SELECT 'GRANT CONNECT ON DATABASE ordersync TO ' || name AS statement "
    "FROM unnest(ARRAY['ordersync_app', 'ordersync_relay', 'ordersync_sealer', 'ordersync_keys']) "
    "AS name "
    "WHERE NOT has_database_privilege(name, 'ordersync', 'CONNECT')",
    NULL,
};

gboolean
osy_cluster_make_roles (const char *data_dir, GError **error)
{
  g_autofree char *conninfo = make_conninfo (data_dir, "postgres", "ordersync_admin");

  if (osy_db_administer (conninfo, preparations, error))
    return TRUE;
  g_prefix_error (error, "The database could not be prepared: ");
  return FALSE;
}
