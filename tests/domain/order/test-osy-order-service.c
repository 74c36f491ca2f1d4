/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts against the database: every pair of state and act, random walks, what goes with a step. */

#include <string.h>

#include "osy-clock.h"
#include "osy-order-fixture.h"

static const char *const acts[] = {"accept",    "reject",   "start",  "ready",
                                   "hand-over", "complete", "cancel", "recall"};
static const char *const states[] = {
    OSY_ORDER_PENDING,   OSY_ORDER_REJECTED, OSY_ORDER_CANCELED,   OSY_ORDER_ACCEPTED,
    OSY_ORDER_PREPARING, OSY_ORDER_READY,    OSY_ORDER_DELIVERING, OSY_ORDER_COMPLETED,
};

static OsyOrderFixture *fixture;

/* Everything that an act may touch, as one text. */
static char *
picture (const char *id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT (SELECT o::text || c::text FROM orders o JOIN guest_check c ON c.id = o.check_id "
      "  WHERE o.id = '%s') || (SELECT count(*) FROM order_step WHERE order_id = '%s')"
      "  || '/' || (SELECT count(*) FROM outbox WHERE aggregate_id = '%s')"
      "  || '/' || (SELECT count(*) FROM audit_log WHERE object_id = '%s')",
      id, id, id, id);

  return osy_test_pg_value (sql);
}

static void
check_pair (const char *type, const char *state, const char *act)
{
  g_autofree char *id = osy_order_fixture_bring (fixture, type, state);
  g_autoptr (OsyOrder) before = osy_order_fixture_load (fixture, id);
  const OsyStateRow *row = osy_order_find_step (osy_order_data (before), act);
  g_autofree char *first = picture (id);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) after = osy_order_fixture_act (fixture, id, act, &error);
  g_autofree char *second = picture (id);

  g_assert_cmpstr (osy_order_data (before)->status, ==, state);
  if (row == NULL) {
    g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
    g_assert_null (after);
    g_assert_cmpstr (first, ==, second);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpstr (osy_order_data (after)->status, ==, row->to);
  g_assert_cmpint (osy_order_data (after)->version, ==, osy_order_data (before)->version + 1);
  g_assert_cmpstr (first, !=, second);
  g_autoptr (OsyOrder) stored = osy_order_fixture_load (fixture, id);
  g_autoptr (JsonNode) told = osy_order_to_json (after);
  g_autoptr (JsonNode) kept = osy_order_to_json (stored);
  g_assert_true (json_node_equal (told, kept));
}

static void
test_every_pair (void)
{
  for (gsize s = 0; s < G_N_ELEMENTS (states); s++)
    for (gsize a = 0; a < G_N_ELEMENTS (acts); a++)
      check_pair ("DELIVERY", states[s], acts[a]);
  for (gsize a = 0; a < G_N_ELEMENTS (acts); a++)
    check_pair ("TAKEOUT", OSY_ORDER_READY, acts[a]);
}

/* Times belong to states: one that was not reached, or was undone, has none. */
static void
check_times (const OsyOrderData *order)
{
  gboolean closed = g_str_equal (order->status, OSY_ORDER_CANCELED) ||
                    g_str_equal (order->status, OSY_ORDER_REJECTED);

  g_assert_cmpint (order->closed_at != 0, ==, closed);
  if (closed)
    return;
  g_assert_cmpint (order->accepted_at != 0, ==, !g_str_equal (order->status, OSY_ORDER_PENDING));
  if (g_str_equal (order->status, OSY_ORDER_PREPARING))
    g_assert_cmpint (order->started_at, >=, order->accepted_at);
  if (g_str_equal (order->status, OSY_ORDER_ACCEPTED))
    g_assert_cmpint (order->started_at, ==, 0);
  gboolean is_ready = g_str_equal (order->status, OSY_ORDER_READY) ||
                      g_str_equal (order->status, OSY_ORDER_DELIVERING) ||
                      g_str_equal (order->status, OSY_ORDER_COMPLETED);
  g_assert_cmpint (order->ready_at != 0, ==, is_ready);
  g_assert_cmpint (order->completed_at != 0, ==, g_str_equal (order->status, OSY_ORDER_COMPLETED));
  if (g_str_equal (order->status, OSY_ORDER_READY))
    g_assert_cmpint (order->handed_over_at, ==, 0);
  if (g_str_equal (order->status, OSY_ORDER_DELIVERING))
    g_assert_cmpint (order->handed_over_at, !=, 0);
}

/* A recall leads to where the last forward step that still stands began. */
static void
test_random_walks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20150105);

  for (int walk = 0; walk < 25; walk++) {
    const char *type = g_rand_boolean (rand) ? "DELIVERY" : "DINE_IN";
    g_autofree char *id = osy_order_fixture_place (fixture, type);
    g_autoptr (GPtrArray) undo = g_ptr_array_new_with_free_func (g_free);
    gint64 version = 1;

    for (int step = 0; step < 14; step++) {
      /* Ends are rare, or walks would be short. */
      const char *act = acts[g_rand_int_range (rand, 0, 8)];
      if ((g_str_equal (act, "cancel") || g_str_equal (act, "reject")) && step < 10)
        act = "recall";
      g_autoptr (OsyOrder) before = osy_order_fixture_load (fixture, id);
      const OsyStateRow *row = osy_order_find_step (osy_order_data (before), act);
      g_autoptr (GError) error = NULL;
      g_autoptr (OsyOrder) after = osy_order_fixture_act (fixture, id, act, &error);
      g_assert_cmpint (after != NULL, ==, row != NULL);
      if (after == NULL)
        continue;
      check_times (osy_order_data (after));
      g_assert_cmpint (osy_order_data (after)->version, ==, ++version);
      if (g_str_equal (act, "recall")) {
        g_assert_cmpuint (undo->len, >, 0);
        g_assert_cmpstr (osy_order_data (after)->status, ==,
                         g_ptr_array_index (undo, undo->len - 1));
        g_ptr_array_set_size (undo, (int)undo->len - 1);
      } else if (row->forward) {
        g_ptr_array_add (undo, g_strdup (osy_order_data (before)->status));
      }
    }
    g_assert_cmpint (osy_test_count ("SELECT count(*) FROM order_step WHERE order_id = '%s'", id),
                     ==, version);
    g_assert_cmpint (osy_test_count ("SELECT count(*) FROM outbox WHERE aggregate_id = '%s'", id),
                     ==, version);
  }
}

/* ---- what an act is given ---- */

typedef struct {
  OsyOrderAct act;
  OsyOrderKey key;
  OsyOrder *order;
  gboolean replayed;
  GError *error;
} Asked;

static gboolean
run_asked (OsyDbTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;

  g_clear_object (&asked->order);
  asked->act.shop = fixture->shop;
  asked->order = osy_order_service_act (tx, fixture->ring, &fixture->call, &asked->act,
                                        &asked->replayed, error);
  return asked->order != NULL;
}

static void
test_promise (void)
{
  g_autofree char *id = osy_order_fixture_place (fixture, "TAKEOUT");
  Asked asked = {.act = {.order_id = id, .act = "accept", .ready_in_minutes = 300}};
  g_autoptr (GError) error = NULL;

  osy_order_fixture_run (fixture, run_asked, &asked, &error);
  g_assert_no_error (error);
  const OsyOrderData *order = osy_order_data (asked.order);
  g_assert_cmpint (order->promised_at - order->accepted_at, ==,
                   G_GINT64_CONSTANT (300) * 60 * G_USEC_PER_SEC);
  g_clear_object (&asked.order);
}

static void
test_if_version (void)
{
  g_autofree char *id = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_ACCEPTED);
  Asked asked = {.act = {.order_id = id, .act = "start", .if_version = 1}};
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_order_fixture_run (fixture, run_asked, &asked, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
  g_clear_error (&error);
  asked.act.if_version = 2;
  g_assert_true (osy_order_fixture_run (fixture, run_asked, &asked, &error));
  g_assert_no_error (error);
  g_clear_object (&asked.order);
}

static void
asked_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;

  osy_db_pool_run_finish (OSY_DB_POOL (source), result, &asked->error);
  asked->act.act = NULL;
}

#define RACERS 4

static gboolean
all_asked (gpointer data)
{
  Asked *racers = data;
  gboolean done = TRUE;

  for (int i = 0; i < RACERS; i++)
    done = done && racers[i].act.act == NULL;
  return done;
}

static void
race (Asked *racers)
{
  OsyDbScope scope = {.restaurant_id = osy_order_fixture_shop_id (fixture)};

  for (int i = 0; i < RACERS; i++)
    osy_db_pool_run_async (fixture->pool, &scope, run_asked, &racers[i], NULL, NULL, asked_done,
                           &racers[i]);
  g_assert_true (osy_test_wait (all_asked, racers, 20));
}

/* One request sent four times at once is done once and answered four times. */
static void
test_one_key_at_once (void)
{
  static const guint8 fingerprint[32] = {1};

  for (int round = 0; round < 10; round++) {
    g_autofree char *id = osy_order_fixture_place (fixture, "TAKEOUT");
    Asked racers[RACERS] = {0};
    int replays = 0;

    for (int i = 0; i < RACERS; i++) {
      racers[i].key = (OsyOrderKey){"test", "POST /orders/act", id, fingerprint};
      racers[i].act = (OsyOrderAct){
          .order_id = id, .act = "accept", .ready_in_minutes = 10, .key = &racers[i].key};
    }
    race (racers);
    for (int i = 0; i < RACERS; i++) {
      g_assert_no_error (racers[i].error);
      replays += racers[i].replayed ? 1 : 0;
      g_assert_cmpint (osy_order_data (racers[i].order)->version, ==, 2);
      g_clear_object (&racers[i].order);
    }
    g_assert_cmpint (replays, ==, RACERS - 1);
  }
}

/* Without a key: one winner; the others learn where the order stands. */
static void
test_one_winner (void)
{
  for (int round = 0; round < 10; round++) {
    g_autofree char *id = osy_order_fixture_place (fixture, "TAKEOUT");
    Asked racers[RACERS] = {0};
    int winners = 0;

    for (int i = 0; i < RACERS; i++)
      racers[i].act = (OsyOrderAct){.order_id = id, .act = "reject", .reason = "품절"};
    race (racers);
    for (int i = 0; i < RACERS; i++) {
      winners += racers[i].error == NULL ? 1 : 0;
      if (racers[i].error != NULL)
        g_assert_error (racers[i].error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
      g_clear_error (&racers[i].error);
      g_clear_object (&racers[i].order);
    }
    g_assert_cmpint (winners, ==, 1);
  }
}

static void
test_other_shop (void)
{
  OsyOrderFixture *other = osy_order_fixture_new ();
  g_autofree char *id = osy_order_fixture_place (other, "TAKEOUT");
  g_autoptr (GError) error = NULL;

  g_assert_null (osy_order_fixture_act (fixture, id, "accept", &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND);
  osy_order_fixture_free (other);
}

static void
test_recall_limits (void)
{
  g_autofree char *late = osy_order_fixture_bring (fixture, "DELIVERY", OSY_ORDER_DELIVERING);
  g_autofree char *old = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_READY);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE orders SET handed_over_at = now() - interval '11 seconds' WHERE id = '%s'", late);
  g_autoptr (GError) error = NULL;

  osy_test_pg_exec (sql);
  g_assert_null (osy_order_fixture_act (fixture, late, "recall", &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
  g_clear_error (&error);
  g_free (sql);
  sql = g_strdup_printf ("BEGIN; SET LOCAL session_replication_role = replica; UPDATE orders SET "
                         "business_day = business_day - 1, number = 100000 WHERE id = '%s'; COMMIT",
                         old);
  osy_test_pg_exec (sql);
  g_assert_null (osy_order_fixture_act (fixture, old, "recall", &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/order/service/every-pair", test_every_pair);
  g_test_add_func ("/order/service/random-walks", test_random_walks);
  g_test_add_func ("/order/service/promise", test_promise);
  g_test_add_func ("/order/service/if-version", test_if_version);
  g_test_add_func ("/order/service/one-key-at-once", test_one_key_at_once);
  g_test_add_func ("/order/service/one-winner", test_one_winner);
  g_test_add_func ("/order/service/other-shop", test_other_shop);
  g_test_add_func ("/order/service/recall-limits", test_recall_limits);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
