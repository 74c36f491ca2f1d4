/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Jobs run again and again, never beside themselves, and slower when they fail. */

#include "osy-job.h"

#include "osy-test-pg.h"

#define SHOP "0193a000-0000-7000-8000-00000000000a"

typedef struct {
  int runs; /* atomic */
  int inside;
  int collisions;
  gboolean fail;
  double seconds; /* each run takes */
  int wanted;
} Work;

static gboolean
work_func (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  g_autofree char *sql = g_strdup_printf ("SELECT pg_sleep(%f)", work->seconds);

  if (g_atomic_int_add (&work->inside, 1) != 0)
    g_atomic_int_inc (&work->collisions);
  g_assert_cmpstr (osy_db_tx_restaurant (tx), ==, SHOP);
  gboolean ok = osy_db_exec (tx, work->fail ? "SELECT 1/0" : sql, OSY_NO_PARAMS, NULL, error);
  g_atomic_int_add (&work->inside, -1);
  g_atomic_int_inc (&work->runs);
  return ok;
}

static gboolean
enough (gpointer data)
{
  Work *work = data;
  return g_atomic_int_get (&work->runs) >= work->wanted;
}

static gboolean
reach (Work *work, int wanted)
{
  work->wanted = wanted;
  return osy_test_wait (enough, work, 20);
}

static OsyJobRunner *
make_runner (Work *work, guint interval_ms)
{
  const OsyDbScope scope = {SHOP, NULL, FALSE};
  OsyJobRunner *runner = osy_job_runner_new (osy_test_pg_pool ());

  osy_job_runner_add (runner, "work", interval_ms, &scope, work_func, work);
  return runner;
}

static void
test_interval (void)
{
  Work work = {.seconds = 0.001};
  g_autoptr (OsyJobRunner) runner = make_runner (&work, 20);

  osy_job_runner_start (runner);
  gint64 begin = g_get_monotonic_time ();
  g_assert_true (reach (&work, 6));
  /* Five pauses, counted from the end of each run. */
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 5 * 20000);
  osy_job_runner_stop (runner);
  g_assert_cmpint (work.collisions, ==, 0);
}

static void
test_wake (void)
{
  Work work = {.seconds = 0.001};
  g_autoptr (OsyJobRunner) runner = make_runner (&work, 3600 * 1000);

  osy_job_runner_start (runner);
  g_assert_true (reach (&work, 1));
  for (int i = 2; i < 6; i++) {
    osy_job_runner_wake (runner, "work");
    g_assert_true (reach (&work, i));
  }
  osy_job_runner_wake (runner, "another");
  osy_job_runner_stop (runner);
  g_assert_cmpint (work.runs, ==, 5);
}

/* Ten wake-ups during one run are one more run, not ten, and none is forgotten. */
static void
test_wake_while_running (void)
{
  Work work = {.seconds = 0.15};
  g_autoptr (OsyJobRunner) runner = make_runner (&work, 3600 * 1000);
  Work quiet = {.wanted = 1};

  osy_job_runner_start (runner);
  for (int i = 0; i < 10; i++)
    osy_job_runner_wake (runner, "work");
  g_assert_true (reach (&work, 2));
  g_assert_false (osy_test_wait (enough, &quiet, 1));
  osy_job_runner_stop (runner);
  g_assert_cmpint (work.runs, ==, 2);
  g_assert_cmpint (work.collisions, ==, 0);
}

static void
test_backoff (void)
{
  Work work = {.fail = TRUE};
  g_autoptr (OsyJobRunner) runner = make_runner (&work, 1);
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  osy_job_runner_start (runner);
  gint64 begin = g_get_monotonic_time ();
  g_assert_true (reach (&work, 3));
  /* Far slower than its interval of a millisecond. */
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 500 * 1000);
  work.fail = FALSE;
  g_assert_true (reach (&work, 20));
  osy_job_runner_stop (runner);
  g_log_set_always_fatal (fatal);
}

static void
test_stop_waits (void)
{
  Work work = {.seconds = 0.2};
  g_autoptr (OsyJobRunner) runner = make_runner (&work, 1);

  osy_job_runner_start (runner);
  while (g_atomic_int_get (&work.inside) == 0)
    g_main_context_iteration (NULL, FALSE);
  osy_job_runner_stop (runner);
  g_assert_cmpint (work.inside, ==, 0);
  g_assert_cmpint (work.runs, ==, 1);
  osy_job_runner_wake (runner, "work");
  osy_job_runner_start (runner);
  g_assert_true (reach (&work, 2));
  osy_job_runner_stop (runner);
}

static gboolean
write_func (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT current_setting('transaction_read_only') AS ro", OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  g_atomic_int_set ((int *)data, osy_db_rows_text (rows, 0, "ro")[1] == 'n' ? 1 : 2);
  return TRUE;
}

static gboolean
is_set (gpointer data)
{
  return g_atomic_int_get ((int *)data) != 0;
}

static void
test_read_only_scope (void)
{
  const OsyDbScope scope = {NULL, NULL, TRUE};
  g_autoptr (OsyJobRunner) runner = osy_job_runner_new (osy_test_pg_pool ());
  int found = 0;

  osy_job_runner_start (runner);
  osy_job_runner_add (runner, "reader", 1000, &scope, write_func, &found);
  g_assert_true (osy_test_wait (is_set, &found, 10));
  osy_job_runner_stop (runner);
  g_assert_cmpint (found, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/interval", test_interval);
  g_test_add_func ("/job/wake", test_wake);
  g_test_add_func ("/job/wake-while-running", test_wake_while_running);
  g_test_add_func ("/job/backoff", test_backoff);
  g_test_add_func ("/job/stop-waits", test_stop_waits);
  g_test_add_func ("/job/read-only-scope", test_read_only_scope);
  return g_test_run ();
}
