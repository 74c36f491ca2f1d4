/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every invariant of orders and events is broken once on purpose, and must then be named, and no
 * other must. What is broken is put back, so each begins with sound data. */

#include <string.h>

#include "osy-db-invariant.h"
#include "osy-event-invariants.h"
#include "osy-event-store.h"
#include "osy-order-fixture.h"
#include "osy-order-invariants.h"

static OsyOrderFixture *fixture;
static char *order_id;

static GPtrArray *
check (void)
{
  const OsyDbInvariant *const tables[] = {osy_order_invariants, osy_event_invariants};
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_admin");
  GPtrArray *broken = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  osy_db_check_invariants (conninfo, tables, G_N_ELEMENTS (tables), broken, &error);
  g_assert_no_error (error);
  return broken;
}

/* How to break each, and how to mend it. %o is an order, %s its shop. */
static const struct {
  const char *id;
  const char *harm;
  const char *mend;
  const char *also; /* (nullable): what cannot but break with it */
} plants[] = {
    {"order.numbers-without-gap",
     "UPDATE order_number SET last = last + 1 WHERE restaurant_id='%s'",
     "UPDATE order_number SET last = last - 1 WHERE restaurant_id='%s'", NULL},
    {"order.numbers-without-gap", "UPDATE orders SET number = 900 WHERE id='%o'",
     "UPDATE orders SET number = 1 WHERE id='%o'", NULL},
    {"order.numbers-without-gap",
     "CREATE TABLE kept AS SELECT * FROM order_number; DELETE FROM order_number",
     "INSERT INTO order_number SELECT * FROM kept; DROP TABLE kept", NULL},
    {"order.key-has-its-order",
     "INSERT INTO idempotency VALUES ('%s', 'x', 'POST /orders', 'lost', '\\x00', "
     "gen_random_uuid(), now())",
     "DELETE FROM idempotency WHERE key = 'lost'", NULL},
    {"order.version-counts-steps", "UPDATE orders SET version = 3 WHERE id='%o'",
     "UPDATE orders SET version = 2 WHERE id='%o'", "order.every-change-audited"},
    {"order.version-counts-steps",
     "UPDATE order_step SET version = 9 WHERE order_id='%o' AND version = 2",
     "UPDATE order_step SET version = 2 WHERE order_id='%o' AND version = 9", NULL},
    {"order.steps-allowed",
     "UPDATE order_step SET to_status = 'REJECTED' WHERE order_id='%o' AND version = 2; UPDATE "
     "order_step SET from_status = 'READY' WHERE order_id='%o' AND version = 2",
     "UPDATE order_step SET from_status = 'PENDING', to_status = 'ACCEPTED' WHERE order_id='%o' "
     "AND "
     "version = 2",
     "order.status-is-last-step"},
    {"order.steps-allowed",
     "UPDATE order_step SET from_status = 'READY' WHERE order_id='%o' AND version = 2",
     "UPDATE order_step SET from_status = 'PENDING' WHERE order_id='%o' AND version = 2", NULL},
    {"order.status-is-last-step", "UPDATE orders SET status = 'COMPLETED' WHERE id='%o'",
     "UPDATE orders SET status = 'ACCEPTED' WHERE id='%o'", NULL},
    {"order.amounts-add-up",
     "UPDATE orders SET items = jsonb_set(items, '{0,amount}', '1') WHERE id='%o'",
     "UPDATE orders SET items = jsonb_set(items, '{0,amount}', '9000') WHERE id='%o'", NULL},
    {"order.vat-is-its-share",
     "UPDATE orders SET supply_amount = supply_amount - 1, vat_amount = vat_amount + 1 WHERE "
     "id='%o'",
     "UPDATE orders SET supply_amount = supply_amount + 1, vat_amount = vat_amount - 1 WHERE "
     "id='%o'",
     NULL},
    {"order.lines-elsewhere",
     "INSERT INTO order_line_place SELECT restaurant_id, (items->0->>'line_id')::uuid, id, "
     "check_id, "
     "(items->0->>'amount')::bigint, 0 FROM orders WHERE id='%o'",
     "DELETE FROM order_line_place", NULL},
    {"check.posted-orders", "UPDATE guest_check SET orders_amount = orders_amount + 1",
     "UPDATE guest_check SET orders_amount = orders_amount - 1", NULL},
    {"check.withdrawn-orders", "UPDATE guest_check SET adjustments_amount = adjustments_amount + 1",
     "UPDATE guest_check SET adjustments_amount = adjustments_amount - 1", NULL},
    {"order.every-change-audited",
     "CREATE TABLE kept AS SELECT * FROM audit_log WHERE object_id='%o' AND action = "
     "'order.accepted'; DELETE FROM audit_log WHERE object_id='%o' AND action = 'order.accepted'",
     "INSERT INTO audit_log SELECT * FROM kept; DROP TABLE kept", NULL},
    {"order.every-change-told",
     "UPDATE shop_feed SET aggregate_id = gen_random_uuid(), trace_id = 'moved' WHERE "
     "aggregate_id='%o' AND aggregate_seq = 2",
     "UPDATE shop_feed SET aggregate_id = '%o' WHERE trace_id = 'moved'", NULL},
    {"order.can-be-found", "UPDATE orders SET find_keys = find_keys || 7 WHERE id='%o'",
     "UPDATE orders SET find_keys = array_remove(find_keys, 7) WHERE id='%o'", NULL},
    {"order.can-be-found", "INSERT INTO order_find VALUES ('%s', 7, now(), '%o')",
     "DELETE FROM order_find WHERE key = 7", NULL},
    {"event.feed-without-gap",
     "UPDATE shop_feed SET seq = 77 WHERE aggregate_id='%o' AND "
     "aggregate_seq = 2",
     "UPDATE shop_feed SET seq = 2 WHERE seq = 77", NULL},
    {"event.feed-without-gap", "UPDATE feed_head SET last_seq = last_seq + 1",
     "UPDATE feed_head SET last_seq = last_seq - 1", NULL},
    {"event.feed-has-its-head",
     "CREATE TABLE kept AS SELECT * FROM feed_head; DELETE FROM feed_head",
     "INSERT INTO feed_head SELECT * FROM kept; DROP TABLE kept", NULL},
    {"event.order-within-aggregate",
     "UPDATE shop_feed SET aggregate_seq = 3 - aggregate_seq WHERE aggregate_id='%o'",
     "UPDATE shop_feed SET aggregate_seq = 3 - aggregate_seq WHERE aggregate_id='%o'", NULL},
    {"event.handlers-keep-up",
     "INSERT INTO inbox VALUES ('slow', gen_random_uuid(), '%s', gen_random_uuid(), 1, now() - "
     "interval '2 hours')",
     "DELETE FROM inbox WHERE consumer = 'slow'", NULL},
    {"event.outbox-empties",
     "INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, "
     "aggregate_seq, occurred_at) VALUES ('%s', gen_random_uuid(), 'planted', 'planted', "
     "gen_random_uuid(), 1, now() - interval '1 hour')",
     "DELETE FROM outbox WHERE type = 'planted'", NULL},
    {"event.inbox-has-its-event",
     "INSERT INTO inbox VALUES ('stray', gen_random_uuid(), '%s', gen_random_uuid(), 1, now(), "
     "now())",
     "DELETE FROM inbox WHERE consumer = 'stray'", NULL},
    {"event.handlers-hear-all",
     "INSERT INTO shop_feed SELECT restaurant_id, epoch, n, gen_random_uuid(), 'planted', "
     "'planted', gen_random_uuid(), 1, now(), NULL, '{}' FROM feed_head, generate_series(901, 903) "
     "n WHERE restaurant_id = '%s'; INSERT INTO inbox SELECT 'deaf', event_id, restaurant_id, "
     "epoch, seq, now(), now() FROM shop_feed WHERE type = 'planted' AND seq <> 902",
     "DELETE FROM shop_feed WHERE type = 'planted'; DELETE FROM inbox WHERE consumer = 'deaf'",
     NULL},
    {"data.default-partitions-empty",
     "INSERT INTO audit_log VALUES ('2001-01-01', gen_random_uuid(), '%s', NULL, 'x', 'x', 'x')",
     "DELETE FROM audit_log_default", NULL},
    {"data.default-partitions-empty",
     "INSERT INTO shop_feed VALUES (gen_random_uuid(), gen_random_uuid(), 1, gen_random_uuid(), "
     "'x', "
     "'x', gen_random_uuid(), 1, now(), NULL, '{}', '2001-01-01')",
     "DELETE FROM shop_feed_default", "event.feed-has-its-head"},
    {"data.row-security", "ALTER TABLE order_step NO FORCE ROW LEVEL SECURITY",
     "ALTER TABLE order_step FORCE ROW LEVEL SECURITY", NULL},
    {"data.row-security", "CREATE TABLE planted (restaurant_id uuid)", "DROP TABLE planted", NULL},
    {"data.no-grants-on-partitions", "GRANT SELECT ON audit_log_default TO ordersync_app",
     "REVOKE ALL ON audit_log_default FROM ordersync_app", NULL},
    {"data.no-grants-on-partitions", "GRANT SELECT (payload) ON shop_feed_default TO PUBLIC",
     "REVOKE SELECT (payload) ON shop_feed_default FROM PUBLIC", NULL},
    {"data.daemon-owns-nothing",
     "CREATE TABLE planted (x int); ALTER TABLE planted OWNER TO ordersync_app",
     "DROP TABLE planted", NULL},
    {"data.daemon-owns-nothing",
     "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION planted() "
     "OWNER TO ordersync_relay",
     "DROP FUNCTION planted()", NULL},
    {"data.daemon-has-no-power", "ALTER ROLE ordersync_relay BYPASSRLS",
     "ALTER ROLE ordersync_relay NOBYPASSRLS", NULL},
    {"data.daemon-has-no-power", "GRANT ordersync_owner TO ordersync_app",
     "REVOKE ordersync_owner FROM ordersync_app", NULL},
    {"data.views-ask-as-the-caller", "CREATE VIEW planted AS SELECT 1 AS x", "DROP VIEW planted",
     NULL},
};

static char *
fill (const char *pattern)
{
  g_autoptr (GString) sql = g_string_new ("SET session_replication_role = replica; ");

  g_string_append (sql, pattern);
  g_string_replace (sql, "%o", order_id, 0);
  g_string_replace (sql, "%s", osy_order_fixture_shop_id (fixture), 0);
  return g_strdup (sql->str);
}

static gboolean
names (GPtrArray *broken, const char *id)
{
  g_autofree char *prefix = g_strconcat (id, ": ", NULL);

  for (guint i = 0; i < broken->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (broken, i), prefix))
      return TRUE;
  return FALSE;
}

static void
assert_sound (void)
{
  g_autoptr (GPtrArray) broken = check ();

  for (guint i = 0; i < broken->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (broken, i));
  g_assert_cmpuint (broken->len, ==, 0);
}

static void
test_plants (void)
{
  assert_sound ();
  for (gsize i = 0; i < G_N_ELEMENTS (plants); i++) {
    g_autofree char *harm = fill (plants[i].harm);
    g_autofree char *mend = fill (plants[i].mend);
    osy_test_pg_exec (harm);
    g_autoptr (GPtrArray) broken = check ();
    if (!names (broken, plants[i].id))
      g_error ("%s is not noticed: %s", plants[i].id, plants[i].harm);
    if (plants[i].also != NULL)
      g_assert_true (names (broken, plants[i].also));
    osy_test_pg_exec (mend);
    assert_sound ();
  }
}

/* One that nobody knows how to break proves nothing. */
static void
test_every_one_is_planted (void)
{
  const OsyDbInvariant *const tables[] = {osy_order_invariants, osy_event_invariants};

  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const OsyDbInvariant *row = tables[t]; row->id != NULL; row++) {
      gboolean planted = strcmp (row->id, "data.checksums") == 0; /* set when a cluster is made */
      for (gsize i = 0; i < G_N_ELEMENTS (plants); i++)
        planted = planted || strcmp (plants[i].id, row->id) == 0;
      if (!planted)
        g_error ("%s is never broken here", row->id);
    }
}

/* ---- the catalogue itself ---- */

static void
test_catalogue (void)
{
  /* Each tenant table has policies, and none for the daemon's role lets a row in or out unasked. */
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = "
                                   "c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND "
                                   "a.attname = 'restaurant_id' WHERE n.nspname = 'public' AND "
                                   "c.relkind IN ('r','p')"),
                   >=, 15);
  g_assert_cmpint (
      osy_test_count (
          "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = "
          "c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = "
          "'restaurant_id' WHERE n.nspname = 'public' AND c.relkind IN ('r','p') AND "
          "NOT c.relispartition AND has_table_privilege('ordersync_app', c.oid, "
          "'SELECT, INSERT, UPDATE, DELETE') AND NOT EXISTS (SELECT FROM pg_policies p WHERE "
          "p.tablename = c.relname AND p.roles && '{ordersync_app,public}')"),
      ==, 0);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM pg_policies WHERE ('ordersync_app' = ANY "
                                   "(roles) OR 'public' = ANY (roles)) AND (qual = 'true' OR "
                                   "with_check = 'true')"),
                   ==, 0);
  /* A policy that reads by shop writes by shop. */
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM pg_policies WHERE cmd = 'ALL' AND "
                                   "'ordersync_app' = ANY (roles) AND with_check IS NULL"),
                   ==, 0);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = "
                                   "p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef AND "
                                   "NOT coalesce(p.proconfig::text LIKE '%%search_path%%', false)"),
                   ==, 0);
  g_assert_cmpint (
      osy_test_count ("SELECT count(*) FROM information_schema.role_table_grants WHERE "
                      "grantee IN ('ordersync_app', 'ordersync_relay', 'ordersync_sealer', "
                      "'ordersync_keys', 'PUBLIC') AND "
                      "table_schema = 'public' AND privilege_type IN ('TRUNCATE', "
                      "'REFERENCES', 'TRIGGER')"),
      ==, 0);
}

/* ---- without a shop nothing is seen ---- */

static gboolean
count_all (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) tables =
      osy_db_query (tx,
                    "SELECT c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = "
                    "c.relnamespace "
                    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'restaurant_id' "
                    "WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') "
                    "AND has_table_privilege(c.oid, 'SELECT')",
                    OSY_NO_PARAMS, error);
  if (tables == NULL)
    return FALSE;
  g_assert_cmpuint (osy_db_rows_count (tables), >, 10);
  for (guint i = 0; i < osy_db_rows_count (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) AS n FROM %s WHERE restaurant_id <> "
                                            "'00000000-0000-0000-0000-000000000000'",
                                            osy_db_rows_text (tables, i, "name"));
    g_autoptr (OsyDbRows) rows = osy_db_query (tx, sql, OSY_NO_PARAMS, error);
    if (rows == NULL)
      return FALSE;
    *(gint64 *)data += osy_db_rows_int (rows, 0, "n");
  }
  return TRUE;
}

static void
test_other_eyes (void)
{
  const char *const shops[] = {NULL, "0190b0de-0000-7000-8000-00000000ffff"};
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (shops); i++) {
    OsyDbScope scope = {.restaurant_id = shops[i]};
    g_assert_true (osy_db_pool_run (fixture->pool, &scope, count_all, &n, &error));
    g_assert_no_error (error);
    g_assert_cmpint (n, ==, 0);
  }
  g_assert_true (osy_order_fixture_run (fixture, count_all, &n, &error));
  g_assert_cmpint (n, >, 0);
}

static gboolean
publish (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = osy_event_store_publish (tx, 200, none, none, error);

  return events != NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  order_id = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_ACCEPTED);
  g_assert_true (osy_db_pool_run (fixture->relay_pool, NULL, publish, NULL, &error));
  g_assert_no_error (error);
  g_test_add_func ("/order/invariants/plants", test_plants);
  g_test_add_func ("/order/invariants/every-one-is-planted", test_every_one_is_planted);
  g_test_add_func ("/order/invariants/catalogue", test_catalogue);
  g_test_add_func ("/order/invariants/other-eyes", test_other_eyes);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  g_free (order_id);
  return status;
}
