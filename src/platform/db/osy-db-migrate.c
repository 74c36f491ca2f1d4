/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Brings a database to the schema of this program: forward only, each file in a transaction of its
 * own, under an advisory lock, and never past a file that was changed after it had been applied. */

#include "osy-db-private.h"
#include "osy-failpoint.h"

#include <string.h>

/* Files that replace what they wrote before, and so run again whenever they change. */
#define REPEATED "-repeated.sql"

static const char lock_sql[] = "SET statement_timeout = 0; SET lock_timeout = 0; "
                               "SET idle_in_transaction_session_timeout = 0; "
                               "SELECT pg_advisory_lock(7236290031)";

static const char table_sql[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                "name text PRIMARY KEY, checksum text NOT NULL, "
                                "applied_at timestamptz NOT NULL DEFAULT now())";

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The files of @prefix in order. */
static GPtrArray *
list_files (const char *prefix, GError **error)
{
  g_auto (GStrv) found = g_resources_enumerate_children (prefix, 0, error);

  if (found == NULL) {
    g_prefix_error (error, "The program lacks its migrations: ");
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (char **name = found; *name != NULL; name++)
    if (g_str_has_suffix (*name, ".sql"))
      g_ptr_array_add (names, g_strdup (*name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static GBytes *
load_file (const char *prefix, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (prefix, "/", name, NULL);
  return g_resources_lookup_data (path, 0, error);
}

static gboolean
run_sql (OsyDbConn *conn, const char *sql, GError **error)
{
  OsyDbState state = "";
  g_autoptr (PGresult) result = osy_db_conn_simple (conn, sql, state, error);
  return result != NULL;
}

/* Name → checksum of what the database has. */
static GHashTable *
list_applied (OsyDbConn *conn, GError **error)
{
  OsyDbState state = "";
  PGresult *result =
      osy_db_conn_simple (conn, "SELECT name, checksum FROM schema_migration", state, error);

  if (result == NULL)
    return NULL;
  g_autoptr (OsyDbRows) rows = osy_db_rows_new (result);
  GHashTable *applied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (applied, g_strdup (osy_db_rows_text (rows, i, "name")),
                         g_strdup (osy_db_rows_text (rows, i, "checksum")));
  return applied;
}

static gboolean
refuse_newer (GHashTable *applied, GPtrArray *names, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, applied);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      continue;
    g_set_error (error, OSY_ERROR, OSY_ERROR_NEWER_DATA,
                 "The data was written by a newer version of OrderSync (it has “%s”); install "
                 "that version",
                 (const char *)name);
    return FALSE;
  }
  return TRUE;
}

static gboolean
record (OsyDbConn *conn, const char *name, const char *checksum, GError **error)
{
  OsyDbState state = "";
  g_autoptr (OsyDbArgs) args =
      osy_db_args_new (OSY_PARAMS (OSY_P_TEXT (name), OSY_P_TEXT (checksum)), FALSE);
  g_autoptr (PGresult) result = osy_db_conn_query (
      conn,
      "INSERT INTO schema_migration (name, checksum) VALUES ($1, $2) ON CONFLICT (name) "
      "DO UPDATE SET checksum = excluded.checksum, applied_at = now()",
      args, state, error);
  return result != NULL;
}

static gboolean
apply (OsyDbConn *conn, const char *name, const char *sql, const char *checksum, GError **error)
{
  gboolean done = run_sql (conn, "BEGIN", error) && run_sql (conn, sql, error) &&
                  record (conn, name, checksum, error);

  OSY_FAILPOINT_OF ("migration.before-commit", name);
  if (done && run_sql (conn, "COMMIT", error)) {
    OSY_FAILPOINT_OF ("migration.after-commit", name);
    return TRUE;
  }
  g_prefix_error (error, "Migration %s failed and was undone: ", name);
  (void)run_sql (conn, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
apply_if_missing (OsyDbConn *conn,
                  GHashTable *applied,
                  const char *prefix,
                  const char *name,
                  GError **error)
{
  g_autoptr (GBytes) bytes = load_file (prefix, name, error);
  if (bytes == NULL)
    return FALSE;
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  const char *known = g_hash_table_lookup (applied, name);
  if (known != NULL && strcmp (known, checksum) == 0)
    return TRUE;
  if (known == NULL || g_str_has_suffix (name, REPEATED)) {
    gsize size;
    const char *data = g_bytes_get_data (bytes, &size);
    g_autofree char *sql = g_strndup (data, size);
    return apply (conn, name, sql, checksum, error);
  }
  g_set_error (error, OSY_ERROR, OSY_ERROR_NEWER_DATA,
               "Migration %s was changed after this database had applied it; use the version of "
               "OrderSync that wrote the data",
               name);
  return FALSE;
}

static gboolean
migrate_all (OsyDbConn *conn, const char *prefix, GPtrArray *names, GError **error)
{
  if (!run_sql (conn, lock_sql, error) || !run_sql (conn, table_sql, error))
    return FALSE;
  g_autoptr (GHashTable) applied = list_applied (conn, error);
  if (applied == NULL || !refuse_newer (applied, names, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!apply_if_missing (conn, applied, prefix, g_ptr_array_index (names, i), error))
      return FALSE;
  return TRUE;
}

gboolean
osy_db_migrate (const char *conninfo, const char *resource_prefix, GError **error)
{
  g_return_val_if_fail (conninfo != NULL && resource_prefix != NULL, FALSE);

  g_autoptr (GPtrArray) names = list_files (resource_prefix, error);
  if (names == NULL)
    return FALSE;
  g_autoptr (OsyDbConn) conn = osy_db_conn_new (conninfo);
  /* Another program may hold the lock for long, and a migration may take its time. */
  conn->answer_timeout = G_TIME_SPAN_DAY;
  /* Closing the connection lets go of the lock. */
  return osy_db_conn_open (conn, TRUE, error) && migrate_all (conn, resource_prefix, names, error);
}

gboolean
osy_db_check_durability (const char *conninfo, GError **error)
{
  static const char sql[] =
      "SELECT name FROM pg_settings WHERE (name IN ('fsync', 'full_page_writes', "
      "'synchronous_commit') AND setting <> 'on') OR (name = 'data_sync_retry' AND setting <> "
      "'off') ORDER BY name";
  g_autoptr (OsyDbConn) conn = osy_db_conn_new (conninfo);
  OsyDbState state = "";

  if (!osy_db_conn_open (conn, TRUE, error))
    return FALSE;
  PGresult *result = osy_db_conn_simple (conn, sql, state, error);
  if (result == NULL)
    return FALSE;
  g_autoptr (OsyDbRows) rows = osy_db_rows_new (result);
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "PostgreSQL's setting %s would lose orders in a power cut; set it back to its "
               "default",
               osy_db_rows_text (rows, 0, "name"));
  return FALSE;
}
