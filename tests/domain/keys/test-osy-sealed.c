/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The table of sealed columns: it names all there are, and the role that changes keys reaches each
 * of them and nothing else. */

#include <string.h>

#include "osy-sealed.h"
#include "osy-test-pg.h"

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static char *
described (const OsySwept *columns)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const OsySwept *what = columns; what->table != NULL; what++)
    g_ptr_array_add (names, g_strconcat (what->table, ".", what->column, NULL));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s ", (char *)g_ptr_array_index (names, i));
  return g_strdup (text->str);
}

#define COLUMNS_LIKE(pattern)                                                                   \
  "SELECT string_agg(c.relname || '.' || a.attname || ' ', '' ORDER BY (c.relname || '.' || "   \
  "a.attname) COLLATE \"C\") FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN "   \
  "pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', " \
  "'p') AND NOT c.relispartition AND NOT a.attisdropped AND a.attname ~ '" pattern "'"

static void
test_all_described (void)
{
  g_autofree char *sealed = described (osy_sealed_columns);
  g_autofree char *indexed = described (osy_indexed_columns);
  g_autofree char *sealed_there = osy_test_pg_value (COLUMNS_LIKE ("_enc$"));
  g_autofree char *indexed_there = osy_test_pg_value (COLUMNS_LIKE ("(_bidx|^find_keys)$"));

  g_assert_cmpstr (sealed, ==, sealed_there);
  g_assert_cmpstr (indexed, ==, indexed_there);
}

typedef struct {
  const OsySwept *what;
} Try;

/* Every statement, over no rows: names, types and grants are right. */
static gboolean
try_statements (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsySwept *what = ((Try *)data)->what;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  OsyStretch stretch = {NULL, tx, "(0,0)", "(0,1)", 0};

  if (what->sweep == NULL)
    return TRUE;
  if (!what->sweep (what, &stretch, error))
    return FALSE;
  if (what->put != NULL &&
      !osy_db_exec (tx, what->put, OSY_PARAMS (OSY_P_TEXTS (none), OSY_P_BLOBS (none)), NULL,
                    error))
    return FALSE;
  if (what->left == NULL)
    return TRUE;
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, what->left, OSY_NO_PARAMS, error);
  return rows != NULL && !osy_db_rows_bool (rows, 0, "found");
}

static void
run_all (OsyDbPool *pool, const OsySwept *columns)
{
  const OsyDbScope scope = {NULL};

  for (const OsySwept *what = columns; what->table != NULL; what++) {
    g_autoptr (GError) error = NULL;
    Try one = {what};

    g_test_message ("%s.%s", what->table, what->column);
    gboolean done = osy_db_pool_run (pool, &scope, try_statements, &one, &error);
    g_assert_no_error (error);
    g_assert_true (done);
  }
}

static void
test_statements (void)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_keys");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);

  run_all (pool, osy_sealed_columns);
  run_all (pool, osy_indexed_columns);
  osy_db_pool_close (pool);
}

/* What is not sealed it may not read: no money, no names of items, no sessions. */
static void
test_nothing_else (void)
{
  g_autofree char *readable = osy_test_pg_value (
      "SELECT count(*) FROM unnest(ARRAY['orders.total_amount', 'orders.items', "
      "'restaurant.name', 'app_user.version', 'user_totp.last_step', 'threat.kind', "
      "'staff_invitation.code_hash']) AS name WHERE has_column_privilege('ordersync_keys', "
      "split_part(name, '.', 1), split_part(name, '.', 2), 'SELECT')");
  g_autofree char *tables = osy_test_pg_value (
      "SELECT count(*) FROM unnest(ARRAY['session', 'refresh_token', 'membership', "
      "'audit_seal', 'outbox']) AS name WHERE has_table_privilege('ordersync_keys', name, "
      "'SELECT, INSERT, UPDATE, DELETE')");

  g_assert_cmpstr (readable, ==, "0");
  g_assert_cmpstr (tables, ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sealed/all-described", test_all_described);
  g_test_add_func ("/sealed/statements", test_statements);
  g_test_add_func ("/sealed/nothing-else", test_nothing_else);
  return g_test_run ();
}
