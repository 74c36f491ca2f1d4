/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The pipelined connection: each transaction alone, whatever happens to its neighbours. */

#include "osy-test-pg.h"

#include <string.h>

#define SHOP_A "0193a000-0000-7000-8000-00000000000a"
#define SHOP_B "0193a000-0000-7000-8000-00000000000b"

static const OsyDbScope in_a = {SHOP_A, NULL, FALSE};
static const OsyDbScope in_b = {SHOP_B, NULL, FALSE};

typedef struct {
  guint done;
  guint ok;
  guint unavailable;
  OsyErrorCode code; /* of the last error */
  char *value;       /* of column v of the last rows */
} Tally;

static void
tally_clear (Tally *tally)
{
  g_free (tally->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tally, tally_clear)

static void
done_cb (const OsyDbRows *rows, const GError *error, gpointer user_data)
{
  Tally *tally = user_data;

  g_assert_true ((rows == NULL) == (error != NULL));
  tally->done++;
  if (error != NULL) {
    tally->code = (OsyErrorCode)error->code;
    tally->unavailable += osy_error_is (error, OSY_ERROR_UNAVAILABLE);
    return;
  }
  tally->ok++;
  if (osy_db_rows_count (rows) > 0) {
    g_free (tally->value);
    tally->value = g_strdup (osy_db_rows_text (rows, 0, "v"));
  }
}

static void
submit (OsyDbPipe *pipe, const OsyDbScope *scope, const char *sql, OsyDbPipeDone done, Tally *tally)
{
  const OsyDbStatement statement = {sql, OSY_NO_PARAMS};
  osy_db_pipe_submit (pipe, scope, &statement, done, tally);
}

static Tally *waited;
static guint wanted;

static gboolean
all_done (gpointer data)
{
  return waited->done >= wanted;
}

static void
wait_for (Tally *tally, guint n)
{
  waited = tally;
  wanted = n;
  g_assert_true (osy_test_wait (all_done, NULL, 30));
  g_assert_cmpuint (tally->done, ==, n);
}

static OsyDbPipe *
make_pipe (void)
{
  static gboolean made;
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");

  if (!made)
    osy_test_pg_exec (
        "CREATE TABLE slip (restaurant_id uuid NOT NULL, id bigint NOT NULL, body text, "
        "PRIMARY KEY (restaurant_id, id));"
        "ALTER TABLE slip ENABLE ROW LEVEL SECURITY; ALTER TABLE slip FORCE ROW LEVEL SECURITY;"
        "CREATE POLICY slip_shop ON slip USING (restaurant_id = app_restaurant())"
        " WITH CHECK (restaurant_id = app_restaurant());"
        "GRANT SELECT, INSERT, DELETE ON slip TO ordersync_app;"
        "CREATE FUNCTION refuse_negative() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id "
        "< 0 THEN RAISE EXCEPTION USING ERRCODE = '23505'; END IF; RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER slip_late AFTER INSERT ON slip DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION refuse_negative();");
  made = TRUE;
  osy_test_pg_exec ("TRUNCATE slip");
  return osy_db_pipe_new (conninfo);
}

static const char insert_sql[] =
    "INSERT INTO slip SELECT app_restaurant(), n, $2 FROM unnest($1::bigint[]) AS n "
    "RETURNING id AS v";

static void
insert (OsyDbPipe *pipe, const OsyDbScope *scope, gint64 id, const char *body, Tally *tally)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  const OsyDbStatement statement = {insert_sql, OSY_PARAMS (OSY_P_INTS (ids), OSY_P_TEXT (body))};
  osy_db_pipe_submit (pipe, scope, &statement, done_cb, tally);
}

static void
assert_rows (const char *sql, const char *value)
{
  g_autofree char *found = osy_test_pg_value (sql);
  g_assert_cmpstr (found, ==, value);
}

static void
test_many (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) tally = {0};

  for (int i = 0; i < 200; i++)
    insert (pipe, i % 2 ? &in_a : &in_b, i, "x", &tally);
  wait_for (&tally, 200);
  g_assert_cmpuint (tally.ok, ==, 200);
  g_assert_cmpstr (tally.value, ==, "199");
  g_assert_cmpuint (osy_db_pipe_in_flight (pipe), ==, 0);
  assert_rows ("SELECT count(*) FROM slip WHERE restaurant_id = '" SHOP_A "' AND id % 2 = 1",
               "100");
  submit (pipe, &in_b, "SELECT count(*) AS v FROM slip", done_cb, &tally);
  wait_for (&tally, 201);
  g_assert_cmpstr (tally.value, ==, "100");
  submit (pipe, NULL, "SELECT count(*) AS v FROM slip", done_cb, &tally);
  wait_for (&tally, 202);
  g_assert_cmpstr (tally.value, ==, "0");
}

/* A bad one in the middle, refused at once, at COMMIT, or while being prepared. */
static void
test_neighbours (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) good = {0}, twin = {0}, late = {0}, broken = {0};

  for (int i = 0; i < 10; i++) {
    insert (pipe, &in_a, i, "x", &good);
    insert (pipe, &in_a, i, "twin", &twin);
    insert (pipe, &in_a, -1 - i, "refused at COMMIT", &late);
    submit (pipe, &in_a, "SELECT nonsense", done_cb, &broken);
  }
  wait_for (&good, 10);
  wait_for (&broken, 10);
  g_assert_cmpuint (good.ok, ==, 10);
  g_assert_cmpuint (twin.ok + late.ok + broken.ok, ==, 0);
  g_assert_cmpint (twin.code, ==, OSY_ERROR_CONFLICT);
  g_assert_cmpint (late.code, ==, OSY_ERROR_CONFLICT);
  g_assert_cmpint (broken.code, ==, OSY_ERROR_INTERNAL);
  assert_rows ("SELECT count(*) || ' ' || count(*) FILTER (WHERE body = 'x') FROM slip", "10 10");
}

static void
test_read_only (void)
{
  const OsyDbScope scope = {SHOP_A, NULL, TRUE};
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) tally = {0};

  insert (pipe, &scope, 1, "x", &tally);
  wait_for (&tally, 1);
  g_assert_cmpuint (tally.ok, ==, 0);
  insert (pipe, &in_a, 1, "x", &tally);
  wait_for (&tally, 2);
  g_assert_cmpuint (tally.ok, ==, 1);
}

/* Far more than the socket takes at once, both ways. */
static void
test_large (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_autofree char *body = g_strnfill (3 * 1024 * 1024, 'x');
  const OsyDbStatement echo = {"SELECT $1::text AS v", OSY_PARAMS (OSY_P_TEXT (body))};
  g_auto (Tally) tally = {0};

  for (int i = 0; i < 8; i++)
    osy_db_pipe_submit (pipe, &in_a, &echo, done_cb, &tally);
  wait_for (&tally, 8);
  g_assert_cmpuint (tally.ok, ==, 8);
  g_assert_cmpuint (strlen (tally.value), ==, strlen (body));
}

static void
kill_backends (void)
{
  osy_test_pg_exec ("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE usename = 'ordersync_app'");
}

static void
test_reconnect (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) tally = {0};
  guint n = 0;

  for (int round = 0; round < 3; round++) {
    insert (pipe, &in_a, round, "x", &tally);
    wait_for (&tally, ++n);
    g_assert_cmpuint (tally.ok, ==, (guint)round + 1);
    submit (pipe, &in_a, "SELECT pg_sleep(20)", done_cb, &tally);
    insert (pipe, &in_a, 100 + round, "behind", &tally);
    /* Both are with the server when their connection ends. */
    g_main_context_iteration (NULL, FALSE);
    g_assert_cmpuint (osy_db_pipe_in_flight (pipe), ==, 2);
    kill_backends ();
    n += 2;
    wait_for (&tally, n);
    g_assert_cmpuint (tally.unavailable, ==, 2 * ((guint)round + 1));
  }
  assert_rows ("SELECT count(*) FROM slip", "3");
}

static void
test_server_gone (void)
{
  g_autoptr (OsyDbPipe) nowhere = osy_db_pipe_new ("host=/nonexistent dbname=x user=x");
  g_auto (Tally) tally = {0};

  insert (nowhere, &in_a, 1, "x", &tally);
  wait_for (&tally, 1);
  g_assert_cmpuint (tally.unavailable, ==, 1);
}

static void
test_close (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) tally = {0};

  insert (pipe, &in_a, 1, "x", &tally);
  wait_for (&tally, 1);
  insert (pipe, &in_a, 2, "x", &tally);
  g_assert_cmpuint (osy_db_pipe_in_flight (pipe), ==, 1);
  osy_db_pipe_close (pipe);
  g_assert_cmpuint (tally.ok, ==, 2);
  insert (pipe, &in_a, 3, "x", &tally);
  wait_for (&tally, 3);
  g_assert_cmpuint (tally.unavailable, ==, 1);
  assert_rows ("SELECT count(*) FROM slip", "2");
}

static OsyDbPipe *chain_pipe;

static void
chain_cb (const OsyDbRows *rows, const GError *error, gpointer user_data)
{
  Tally *tally = user_data;

  done_cb (rows, error, user_data);
  if (tally->done < 50)
    submit (chain_pipe, &in_a, "SELECT 1 AS v", chain_cb, tally);
}

static void
test_submit_from_callback (void)
{
  g_autoptr (OsyDbPipe) pipe = make_pipe ();
  g_auto (Tally) tally = {0};

  chain_pipe = pipe;
  submit (pipe, &in_a, "SELECT 1 AS v", chain_cb, &tally);
  wait_for (&tally, 50);
  g_assert_cmpuint (tally.ok, ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/pipe/many", test_many);
  g_test_add_func ("/db/pipe/neighbours", test_neighbours);
  g_test_add_func ("/db/pipe/read-only", test_read_only);
  g_test_add_func ("/db/pipe/large", test_large);
  g_test_add_func ("/db/pipe/submit-from-callback", test_submit_from_callback);
  g_test_add_func ("/db/pipe/reconnect", test_reconnect);
  g_test_add_func ("/db/pipe/server-gone", test_server_gone);
  g_test_add_func ("/db/pipe/close", test_close);
  return g_test_run ();
}
