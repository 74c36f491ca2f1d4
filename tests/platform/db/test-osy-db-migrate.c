/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Migrations: forward only, all or nothing, never past a change, never below a newer schema. */

#include "osy-test-pg.h"

#include <libpq-fe.h>
#include <string.h>

static char *
conninfo_of (const char *database, const char *role)
{
  return g_strdup_printf ("host='%s/run' dbname=%s user=%s", osy_test_pg_data_dir (), database,
                          role);
}

static void
make_database (const char *name)
{
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s OWNER ordersync_owner", name);
  osy_test_pg_exec (sql);
}

static gboolean
migrate (const char *database, const char *prefix, GError **error)
{
  g_autofree char *conninfo = conninfo_of (database, "ordersync_owner");
  return osy_db_migrate (conninfo, prefix, error);
}

static void
expect_applied (const char *database, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = migrate (database, prefix, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
expect_refused (const char *database, const char *prefix, OsyErrorCode code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migrate (database, prefix, &error));
  g_assert_error (error, OSY_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, word));
}

static void
expect_value (const char *database, const char *sql, const char *wanted)
{
  g_autofree char *conninfo = conninfo_of (database, "ordersync_owner");
  PGconn *pg = PQconnectdb (conninfo);
  PGresult *result = PQexec (pg, sql);

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_TUPLES_OK);
  g_assert_cmpstr (PQgetvalue (result, 0, 0), ==, wanted);
  PQclear (result);
  PQfinish (pg);
}

static void
test_forward (void)
{
  make_database ("forward");
  expect_applied ("forward", "/test/one");
  expect_applied ("forward", "/test/one");
  expect_value ("forward", "SELECT count(*) FROM first", "1");
  expect_applied ("forward", "/test/two");
  expect_applied ("forward", "/test/two");
  expect_value ("forward", "SELECT count(*) FROM first", "2");
  expect_value ("forward", "SELECT string_agg(name, ' ' ORDER BY name) FROM schema_migration",
                "001-first.sql 002-second.sql");
}

static void
test_newer (void)
{
  make_database ("newer");
  expect_applied ("newer", "/test/two");
  expect_refused ("newer", "/test/one", OSY_ERROR_NEWER_DATA, "002-second.sql");
}

static void
test_changed (void)
{
  make_database ("changed");
  expect_applied ("changed", "/test/one");
  expect_refused ("changed", "/test/changed", OSY_ERROR_NEWER_DATA, "001-first.sql");
  expect_value ("changed", "SELECT count(*) FROM schema_migration", "1");
}

static void
test_broken (void)
{
  make_database ("broken");
  expect_refused ("broken", "/test/broken", OSY_ERROR_INTERNAL, "003-broken.sql");
  /* What came before stays, of the broken one nothing does. */
  expect_value ("broken", "SELECT count(*) FROM first", "1");
  expect_value ("broken", "SELECT to_regclass('third') IS NULL", "t");
  expect_value ("broken", "SELECT count(*) FROM schema_migration", "1");
}

/* A file that only replaces what it wrote before may change. */
static void
test_repeated (void)
{
  make_database ("again");
  expect_applied ("again", "/test/again");
  expect_value ("again", "SELECT seven()", "7");
  expect_applied ("again", "/test/again-changed");
  expect_value ("again", "SELECT seven()", "77");
  expect_value ("again", "SELECT count(*) FROM schema_migration", "1");
}

static gpointer
migrate_thread (gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = migrate ("race", "/test/two", &error);

  g_assert_no_error (error);
  return GINT_TO_POINTER (ok);
}

static void
test_race (void)
{
  GThread *threads[4];

  make_database ("race");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("migrate", migrate_thread, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
  expect_value ("race", "SELECT count(*) FROM first", "2");
}

static void
test_nothing_there (void)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) gone = NULL;

  g_assert_false (migrate ("forward", "/test/none", &missing));
  g_assert_nonnull (missing);
  g_assert_false (osy_db_migrate ("host=/nonexistent user=x dbname=x", "/test/one", &gone));
  g_assert_error (gone, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
}

/* The template was made with every migration; this is the whole schema a second time. */
static void
test_own_schema (void)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_owner");
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_migrate (conninfo, "/com/ordersync/sql", &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
expect_none (const char *sql)
{
  g_autofree char *found = osy_test_pg_value (sql);
  g_assert_cmpstr (found, ==, NULL);
}

/* Every table of a shop is closed to the others, and the daemon's roles own nothing. */
static void
test_catalogue (void)
{
  expect_none ("SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_class c JOIN pg_attribute a "
               "ON a.attrelid = c.oid AND a.attname = 'restaurant_id' AND NOT a.attisdropped "
               "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
               "AND c.relnamespace = 'public'::regnamespace "
               "AND NOT (c.relrowsecurity AND c.relforcerowsecurity)");
  expect_none ("SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_class c "
               "WHERE c.relkind = 'v' AND c.relnamespace = 'public'::regnamespace "
               "AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'");
  expect_none ("SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_class c, "
               "aclexplode(c.relacl) g WHERE c.relispartition AND g.grantee <> c.relowner");
  expect_none ("SELECT string_agg(c.oid::regclass::text, ' ') FROM pg_class c "
               "WHERE c.relowner IN ('ordersync_app'::regrole, 'ordersync_relay'::regrole)");
  expect_none ("SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p "
               "WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace "
               "AND NOT array_to_string(p.proconfig, ' ') LIKE '%search_path=%'");
  expect_none ("SELECT string_agg(table_name || ' ' || privilege_type, ' ') "
               "FROM information_schema.role_table_grants "
               "WHERE grantee IN ('ordersync_app', 'ordersync_relay', 'PUBLIC') "
               "AND table_schema = 'public' "
               "AND privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/migrate/forward", test_forward);
  g_test_add_func ("/db/migrate/newer", test_newer);
  g_test_add_func ("/db/migrate/changed", test_changed);
  g_test_add_func ("/db/migrate/broken", test_broken);
  g_test_add_func ("/db/migrate/repeated", test_repeated);
  g_test_add_func ("/db/migrate/race", test_race);
  g_test_add_func ("/db/migrate/nothing-there", test_nothing_there);
  g_test_add_func ("/db/migrate/own-schema", test_own_schema);
  g_test_add_func ("/db/migrate/catalogue", test_catalogue);
  return g_test_run ();
}
