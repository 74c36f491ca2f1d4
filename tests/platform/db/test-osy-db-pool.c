/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The pool: transactions, scope, retries, errors, and a server that goes away. */

#include "osy-test-pg.h"

#include <signal.h>
#include <string.h>

#define SHOP_A "0193a000-0000-7000-8000-00000000000a"
#define SHOP_B "0193a000-0000-7000-8000-00000000000b"

static const OsyDbScope in_a = {SHOP_A, NULL, FALSE};
static const OsyDbScope in_b = {SHOP_B, NULL, FALSE};

static void
make_tables (void)
{
  static gboolean made;

  if (made)
    return;
  made = TRUE;
  osy_test_pg_exec (
      "CREATE TABLE note (restaurant_id uuid NOT NULL, id bigint NOT NULL, body text NOT NULL, "
      "PRIMARY KEY (restaurant_id, id), CONSTRAINT note_short CHECK (length(body) < 100));"
      "ALTER TABLE note OWNER TO ordersync_owner;"
      "ALTER TABLE note ENABLE ROW LEVEL SECURITY; ALTER TABLE note FORCE ROW LEVEL SECURITY;"
      "CREATE POLICY note_shop ON note USING (restaurant_id = app_restaurant())"
      " WITH CHECK (restaurant_id = app_restaurant());"
      "GRANT SELECT, INSERT, UPDATE, DELETE ON note TO ordersync_app;");
}

static gboolean
insert_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, "INSERT INTO note VALUES (app_restaurant(), $1, 'x')",
                      OSY_PARAMS (OSY_P_INT (GPOINTER_TO_INT (data))), NULL, error);
}

static gboolean
count_func (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT count(*) AS n FROM note", OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  *(gint64 *)data = osy_db_rows_int (rows, 0, "n");
  return TRUE;
}

static gint64
count (const OsyDbScope *scope)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  gboolean ok = osy_db_pool_run (osy_test_pg_pool (), scope, count_func, &n, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return n;
}

static gboolean
run (const OsyDbScope *scope, OsyDbFunc func, gpointer data, GError **error)
{
  make_tables ();
  return osy_db_pool_run (osy_test_pg_pool (), scope, func, data, error);
}

static void
test_scope (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (run (&in_a, insert_func, GINT_TO_POINTER (1), &error));
  g_assert_true (run (&in_a, insert_func, GINT_TO_POINTER (2), &error));
  g_assert_true (run (&in_b, insert_func, GINT_TO_POINTER (1), &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (&in_a), ==, 2);
  g_assert_cmpint (count (&in_b), ==, 1);
  /* Every worker has served a shop by now, and none remembers it. */
  for (int i = 0; i < 8; i++)
    g_assert_cmpint (count (NULL), ==, 0);
}

static gboolean
foreign_insert_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, "INSERT INTO note VALUES ($1::uuid, 99, 'x')",
                      OSY_PARAMS (OSY_P_TEXT (SHOP_B)), NULL, error);
}

static void
test_foreign_write (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (&in_a, foreign_insert_func, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INTERNAL);
}

static gboolean
insert_and_fail_func (OsyDbTx *tx, gpointer data, GError **error)
{
  if (!insert_func (tx, data, error))
    return FALSE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_SOLD_OUT, "No");
  return FALSE;
}

static void
test_rollback (void)
{
  g_autoptr (GError) error = NULL;
  make_tables ();
  gint64 before = count (&in_a);

  g_assert_false (run (&in_a, insert_and_fail_func, GINT_TO_POINTER (50), &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_SOLD_OUT);
  g_assert_cmpint (count (&in_a), ==, before);
}

static gboolean
swallow_func (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (GError) ignored = NULL;
  return insert_func (tx, GINT_TO_POINTER (60), error) &&
         !osy_db_exec (tx, "SELECT 1/0", OSY_NO_PARAMS, NULL, &ignored);
}

/* Work that hides a failed statement must not be told that it was saved. */
static void
test_swallowed_error (void)
{
  g_autoptr (GError) error = NULL;
  make_tables ();
  gint64 before = count (&in_a);

  g_assert_false (run (&in_a, swallow_func, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INTERNAL);
  g_assert_cmpint (count (&in_a), ==, before);
}

static gboolean
sql_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, data, OSY_NO_PARAMS, NULL, error);
}

static void
test_errors (void)
{
  static const struct {
    const char *sql;
    OsyErrorCode code;
  } cases[] = {
      {"INSERT INTO note VALUES (app_restaurant(), 70, 'x'), (app_restaurant(), 70, 'x')",
       OSY_ERROR_CONFLICT},
      {"INSERT INTO note VALUES (app_restaurant(), 71, repeat('x', 200))", OSY_ERROR_INTERNAL},
      {"SELECT 'nonsense'::text::uuid", OSY_ERROR_INVALID_REQUEST},
      {"SELECT 9223372036854775807 + 1", OSY_ERROR_INVALID_REQUEST},
      {"SELECT no_such_column FROM note", OSY_ERROR_INTERNAL},
      {"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$", OSY_ERROR_STORAGE_FULL},
      {"DO $$ BEGIN RAISE EXCEPTION 'write: No space left on device' USING ERRCODE = '58030'; END "
       "$$",
       OSY_ERROR_STORAGE_FULL},
      {"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53300'; END $$", OSY_ERROR_UNAVAILABLE},
      {"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '57014'; END $$", OSY_ERROR_TIMEOUT},
      {"DO $$ BEGIN RAISE EXCEPTION 'secret 010-1234-5678'; END $$", OSY_ERROR_INTERNAL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (run (&in_a, sql_func, (gpointer)cases[i].sql, &error));
    g_assert_error (error, OSY_ERROR, (int)cases[i].code);
    g_assert_null (strstr (error->message, "010"));
  }
}

static gboolean
slow_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, "SET LOCAL statement_timeout = 20", OSY_NO_PARAMS, NULL, error) &&
         osy_db_exec (tx, "SELECT pg_sleep(5)", OSY_NO_PARAMS, NULL, error);
}

static void
test_statement_timeout (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (&in_a, slow_func, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_TIMEOUT);
}

static void
test_read_only (void)
{
  const OsyDbScope scope = {SHOP_A, NULL, TRUE};
  g_autoptr (GError) error = NULL;

  g_assert_false (run (&scope, insert_func, GINT_TO_POINTER (80), &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INTERNAL);
  g_assert_cmpint (count (&scope), >=, 0);
}

/* What is read in parts, as a log beside its checkpoints, is of one moment all the same. */
static gboolean
two_looks_func (OsyDbTx *tx, gpointer data, GError **error)
{
  gint64 *looks = data;

  if (!count_func (tx, &looks[0], error))
    return FALSE;
  osy_test_pg_exec ("INSERT INTO note VALUES ('" SHOP_A "', 81, 'meanwhile')");
  return count_func (tx, &looks[1], error);
}

static void
test_one_moment (void)
{
  const OsyDbScope scope = {SHOP_A, NULL, TRUE};
  g_autoptr (GError) error = NULL;
  gint64 looks[2] = {0, -1};

  g_assert_true (run (&scope, two_looks_func, looks, &error));
  g_assert_no_error (error);
  g_assert_cmpint (looks[0], ==, looks[1]);
  g_assert_cmpint (count (&scope), ==, looks[0] + 1);
}

typedef struct {
  int runs;
  int fail; /* how often to fail first */
  const char *state;
} Flaky;

static gboolean
flaky_func (OsyDbTx *tx, gpointer data, GError **error)
{
  Flaky *flaky = data;
  g_autofree char *sql =
      g_strdup_printf ("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '%s'; END $$", flaky->state);
  return ++flaky->runs > flaky->fail || osy_db_exec (tx, sql, OSY_NO_PARAMS, NULL, error);
}

static void
test_retry (void)
{
  Flaky twice = {0, 2, "40001"}, deadlock = {0, 1, "40P01"}, ever = {0, 99, "40001"},
        other = {0, 99, "23505"};
  g_autoptr (GError) error = NULL;

  g_assert_true (run (&in_a, flaky_func, &twice, &error));
  g_assert_cmpint (twice.runs, ==, 3);
  g_assert_true (run (&in_a, flaky_func, &deadlock, &error));
  g_assert_cmpint (deadlock.runs, ==, 2);
  g_assert_false (run (&in_a, flaky_func, &ever, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  g_assert_cmpint (ever.runs, ==, 4);
  g_clear_error (&error);
  g_assert_false (run (&in_a, flaky_func, &other, &error));
  g_assert_cmpint (other.runs, ==, 1);
}

static gboolean
count_up (gpointer data)
{
  g_assert_true (g_main_context_is_owner (NULL));
  ++*(int *)data;
  return G_SOURCE_REMOVE;
}

static gboolean
hook_func (OsyDbTx *tx, gpointer data, GError **error)
{
  osy_db_tx_on_commit (tx, count_up, data, NULL);
  return TRUE;
}

static gboolean
hook_and_fail_func (OsyDbTx *tx, gpointer data, GError **error)
{
  osy_db_tx_on_commit (tx, count_up, data, NULL);
  return osy_db_exec (tx, "SELECT 1/0", OSY_NO_PARAMS, NULL, error);
}

static gboolean
is_one (gpointer data)
{
  return *(int *)data == 1;
}

static void
test_on_commit (void)
{
  g_autoptr (GError) error = NULL;
  int committed = 0, failed = 0;

  g_assert_false (run (&in_a, hook_and_fail_func, &failed, &error));
  g_clear_error (&error);
  g_assert_true (run (&in_a, hook_func, &committed, &error));
  g_assert_true (osy_test_wait (is_one, &committed, 5));
  g_assert_cmpint (failed, ==, 0);
}

static gboolean
nested_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_pool_run (osy_test_pg_pool (), &in_a, insert_func, GINT_TO_POINTER (90), error);
}

static void
test_nested (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (&in_a, nested_func, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INTERNAL);
}

/* ---- asynchronous ---- */

typedef struct {
  int done;
  int unavailable;
  int cancelled;
  int freed;
} Tally;

static void
async_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Tally *tally = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    tally->done++;
  else if (osy_error_is (error, OSY_ERROR_UNAVAILABLE))
    tally->unavailable++;
  else if (osy_error_is (error, OSY_ERROR_CANCELLED))
    tally->cancelled++;
  else
    g_assert_no_error (error);
}

static gboolean
nap_func (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, "SELECT pg_sleep(0.001)", OSY_NO_PARAMS, NULL, error);
}

static void
note_freed (gpointer data)
{
  Tally *tally = data;
  g_assert_true (g_main_context_is_owner (NULL));
  tally->freed++;
}

#define N_FLOOD 800

static gboolean
flood_is_over (gpointer data)
{
  Tally *tally = data;
  return tally->done + tally->unavailable + tally->cancelled == N_FLOOD && tally->freed == N_FLOOD;
}

static void
test_saturation (void)
{
  Tally tally = {0};
  make_tables ();

  for (int i = 0; i < N_FLOOD; i++)
    osy_db_pool_run_async (osy_test_pg_pool (), &in_a, nap_func, &tally, note_freed, NULL, async_cb,
                           &tally);
  g_assert_true (osy_test_wait (flood_is_over, &tally, 30));
  g_assert_cmpint (tally.done, >=, 512);
  g_assert_cmpint (tally.unavailable, >, 0);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Tally tally = {0};

  g_cancellable_cancel (cancellable);
  for (int i = 0; i < N_FLOOD; i++)
    osy_db_pool_run_async (osy_test_pg_pool (), &in_a, nap_func, &tally, note_freed,
                           i % 2 ? cancellable : NULL, async_cb, &tally);
  g_assert_true (osy_test_wait (flood_is_over, &tally, 30));
  g_assert_cmpint (tally.cancelled, >, 0);
}

static void
test_close (void)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 2);
  g_autoptr (GError) error = NULL;
  Tally tally = {.unavailable = N_FLOOD - 20, .freed = N_FLOOD - 20};

  for (int i = 0; i < 20; i++)
    osy_db_pool_run_async (pool, &in_a, nap_func, &tally, note_freed, NULL, async_cb, &tally);
  osy_db_pool_close (pool);
  g_assert_true (osy_test_wait (flood_is_over, &tally, 5));
  g_assert_cmpint (tally.done, ==, 20);
  g_assert_false (osy_db_pool_run (pool, &in_a, nap_func, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/pool/scope", test_scope);
  g_test_add_func ("/db/pool/foreign-write", test_foreign_write);
  g_test_add_func ("/db/pool/rollback", test_rollback);
  g_test_add_func ("/db/pool/swallowed-error", test_swallowed_error);
  g_test_add_func ("/db/pool/errors", test_errors);
  g_test_add_func ("/db/pool/statement-timeout", test_statement_timeout);
  g_test_add_func ("/db/pool/read-only", test_read_only);
  g_test_add_func ("/db/pool/one-moment", test_one_moment);
  g_test_add_func ("/db/pool/retry", test_retry);
  g_test_add_func ("/db/pool/on-commit", test_on_commit);
  g_test_add_func ("/db/pool/nested", test_nested);
  g_test_add_func ("/db/pool/saturation", test_saturation);
  g_test_add_func ("/db/pool/cancel", test_cancel);
  g_test_add_func ("/db/pool/close", test_close);
  return g_test_run ();
}
