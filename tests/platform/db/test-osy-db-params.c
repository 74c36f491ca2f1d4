/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What goes in as a parameter comes out of a row unchanged, whatever it holds. */

#include "osy-test-pg.h"

#include <string.h>

#include "osy-clock.h"

typedef struct {
  const char *sql;
  const OsyDbParam *params;
  gsize n_params;
  OsyDbRows *rows;
} Ask;

static gboolean
ask_func (OsyDbTx *tx, gpointer data, GError **error)
{
  Ask *ask = data;
  g_clear_pointer (&ask->rows, osy_db_rows_free);
  ask->rows = osy_db_query (tx, ask->sql, ask->params, ask->n_params, error);
  return ask->rows != NULL;
}

static OsyDbRows *
ask (const char *sql, const OsyDbParam *params, gsize n_params)
{
  Ask question = {sql, params, n_params, NULL};
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run (osy_test_pg_pool (), NULL, ask_func, &question, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return question.rows;
}

static void
test_scalars (void)
{
  static const guint8 raw[] = {0, 1, 0xff, '\\', '\'', 0};
  g_autoptr (GBytes) bytes = g_bytes_new_static (raw, sizeof raw);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  gint64 time = G_GINT64_CONSTANT (1795231445123456);
  g_autoptr (OsyDbRows) rows =
      ask ("SELECT $1::text AS t, $2::bigint AS i, $3::boolean AS b, $4::bytea AS y, $5::bytea AS "
           "e, $6::timestamptz AS at, $7::text AS n, $8::timestamptz AS no_time, $9::bytea AS nb",
           OSY_PARAMS (OSY_P_TEXT ("'; DROP TABLE x; -- \\ \" 김치 😀"), OSY_P_INT (G_MININT64),
                       OSY_P_BOOL (7), OSY_P_BYTES (bytes), OSY_P_BYTES (empty), OSY_P_TIME (time),
                       OSY_P_NULL, OSY_P_TIME (0), OSY_P_BYTES (NULL)));

  g_assert_cmpuint (osy_db_rows_count (rows), ==, 1);
  g_assert_cmpstr (osy_db_rows_text (rows, 0, "t"), ==, "'; DROP TABLE x; -- \\ \" 김치 😀");
  g_assert_cmpint (osy_db_rows_int (rows, 0, "i"), ==, G_MININT64);
  g_assert_true (osy_db_rows_bool (rows, 0, "b"));
  g_autoptr (GBytes) back = osy_db_rows_bytes (rows, 0, "y");
  g_assert_true (g_bytes_equal (back, bytes));
  g_autoptr (GBytes) none = osy_db_rows_bytes (rows, 0, "e");
  g_assert_nonnull (none);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_cmpint (osy_db_rows_time (rows, 0, "at"), ==, time);
  g_assert_true (osy_db_rows_is_null (rows, 0, "n"));
  g_assert_true (osy_db_rows_is_null (rows, 0, "no_time"));
  g_assert_cmpint (osy_db_rows_time (rows, 0, "no_time"), ==, 0);
  g_assert_null (osy_db_rows_bytes (rows, 0, "nb"));
}

static void
test_arrays (void)
{
  static const char *const texts[] = {"plain",  "",          "NULL", "a,b{}", "\"quoted\"",
                                      "back\\", "line\nend", "김치", NULL,    " blank "};
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) blobs = g_ptr_array_new ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GBytes) blob = g_bytes_new_static ("\0\xff{", 3);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    gint64 number = (gint64)i - 5;
    gint64 time = i == 3 ? 0 : G_GINT64_CONSTANT (1795231445000001) + (gint64)i;
    g_ptr_array_add (items, (gpointer)texts[i]);
    g_ptr_array_add (blobs, i == 4 ? NULL : blob);
    g_array_append_val (numbers, number);
    g_array_append_val (times, time);
  }
  g_autoptr (OsyDbRows) rows =
      ask ("SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[]) "
           "WITH ORDINALITY AS u (t, i, y, at, n) ORDER BY n",
           OSY_PARAMS (OSY_P_TEXTS (items), OSY_P_INTS (numbers), OSY_P_BLOBS (blobs),
                       OSY_P_TIMES (times)));

  g_assert_cmpuint (osy_db_rows_count (rows), ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_cmpstr (osy_db_rows_text (rows, i, "t"), ==, texts[i]);
    g_assert_cmpint (osy_db_rows_int (rows, i, "i"), ==, (gint64)i - 5);
    g_assert_cmpint (osy_db_rows_time (rows, i, "at"), ==, g_array_index (times, gint64, i));
    g_autoptr (GBytes) back = osy_db_rows_bytes (rows, i, "y");
    g_assert_true (i == 4 ? back == NULL : g_bytes_equal (back, blob));
  }
}

static void
test_empty_arrays (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) no_numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (OsyDbRows) rows =
      ask ("SELECT cardinality($1::text[]) AS t, cardinality($2::bytea[]) AS y, "
           "cardinality($3::bigint[]) AS i, $4::text[] IS NULL AS none",
           OSY_PARAMS (OSY_P_TEXTS (none), OSY_P_BLOBS (none), OSY_P_INTS (no_numbers),
                       OSY_P_TEXTS (NULL)));

  g_assert_cmpint (osy_db_rows_int (rows, 0, "t"), ==, 0);
  g_assert_false (osy_db_rows_is_null (rows, 0, "y"));
  g_assert_cmpint (osy_db_rows_int (rows, 0, "y"), ==, 0);
  g_assert_cmpint (osy_db_rows_int (rows, 0, "i"), ==, 0);
  g_assert_true (osy_db_rows_bool (rows, 0, "none"));
}

/* Our own reading of times against GLib's, over nine centuries. */
static void
test_times (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 500; i++) {
    gint64 second = (gint64)(g_rand_double_range (rand, -1.0e10, 2.0e10));
    gint64 us = second * G_USEC_PER_SEC + g_rand_int_range (rand, 0, G_USEC_PER_SEC);
    us = i % 3 == 0 ? second * G_USEC_PER_SEC : us;
    g_array_append_val (times, us);
  }
  g_autoptr (OsyDbRows) rows =
      ask ("SELECT at, (extract(epoch FROM at) * 1000000)::bigint AS us FROM "
           "unnest($1::timestamptz[]) WITH ORDINALITY AS u (at, n) ORDER BY n",
           OSY_PARAMS (OSY_P_TIMES (times)));
  for (guint i = 0; i < times->len; i++) {
    gint64 wanted = g_array_index (times, gint64, i);
    g_assert_cmpint (osy_db_rows_int (rows, i, "us"), ==, wanted);
    g_assert_cmpint (osy_db_rows_time (rows, i, "at"), ==, wanted);
  }
}

/* The same text with other kinds of parameters is another statement. */
static void
test_prepared_by_type (void)
{
  static const char sql[] = "SELECT octet_length(coalesce($1, '\\x')::bytea) AS n";
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\\x01", 4);
  g_autoptr (OsyDbRows) raw = ask (sql, OSY_PARAMS (OSY_P_BYTES (bytes)));
  g_autoptr (OsyDbRows) text = ask (sql, OSY_PARAMS (OSY_P_TEXT ("\\x01")));

  g_assert_cmpint (osy_db_rows_int (raw, 0, "n"), ==, 4);
  g_assert_cmpint (osy_db_rows_int (text, 0, "n"), ==, 1);
}

static void
test_unknown_column (void)
{
  g_autoptr (OsyDbRows) rows = ask ("SELECT 1 AS one", OSY_NO_PARAMS);

  /* A programmer's slip: logged, and in tests fatal, but never a crash in the shop. */
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_assert_null (osy_db_rows_text (rows, 0, "two"));
  g_assert_cmpint (osy_db_rows_int (rows, 0, "two"), ==, 0);
  g_log_set_always_fatal (fatal);
}

/* More statements than a worker keeps prepared. */
static void
test_many_statements (void)
{
  for (int i = 0; i < 1300; i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT %d AS n, $1::bigint AS i", i);
    g_autoptr (OsyDbRows) rows = ask (sql, OSY_PARAMS (OSY_P_INT (i)));
    g_assert_cmpint (osy_db_rows_int (rows, 0, "n"), ==, i);
  }
  g_autoptr (OsyDbRows) rows =
      ask ("SELECT count(*) AS n FROM pg_prepared_statements", OSY_NO_PARAMS);
  g_assert_cmpint (osy_db_rows_int (rows, 0, "n"), <, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/params/scalars", test_scalars);
  g_test_add_func ("/db/params/arrays", test_arrays);
  g_test_add_func ("/db/params/empty-arrays", test_empty_arrays);
  g_test_add_func ("/db/params/times", test_times);
  g_test_add_func ("/db/params/prepared-by-type", test_prepared_by_type);
  g_test_add_func ("/db/params/many-statements", test_many_statements);
  g_test_add_func ("/db/params/unknown-column", test_unknown_column);
  return g_test_run ();
}
