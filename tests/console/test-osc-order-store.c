/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The live list: order, lasting objects, what listeners are told, and following a real feed. */

#include "fake-daemon.h"
#include "order-maker.h"
#include "osc-order-store.h"
#include "osy-client-private.h"
#include "spin.h"

typedef struct {
  guint arrived;
  guint changed;
  guint items_changed;
  guint waiting;
} Told;

static void
arrived_cb (OscOrderStore *store, OscOrderItem *item, Told *told)
{
  told->arrived++;
}

static void
changed_cb (OscOrderStore *store, OscOrderItem *item, const char *type, Told *told)
{
  told->changed++;
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Told *told)
{
  told->items_changed++;
}

static void
waiting_cb (OscOrderStore *store, GParamSpec *pspec, Told *told)
{
  told->waiting++;
}

static OscOrderStore *
store_new (Told *told)
{
  OscOrderStore *store = osc_order_store_new ();

  g_signal_connect (store, "arrived", G_CALLBACK (arrived_cb), told);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), told);
  g_signal_connect (store, "items-changed", G_CALLBACK (items_changed_cb), told);
  g_signal_connect (store, "notify::waiting", G_CALLBACK (waiting_cb), told);
  return store;
}

static void
put (OscOrderStore *store, const char *id, gint64 number, const char *status, gint64 version)
{
  g_autoptr (OsyOrder) order = make_order (id, number, status, version);

  osc_order_store_put (store, order, "order.changed");
}

static void
assert_numbers (OscOrderStore *store, const char *wanted)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "",
                            (int)osc_order_item_data (item)->number);
  }
  g_assert_cmpstr (text->str, ==, wanted);
  g_string_free (text, TRUE);
}

static void
test_oldest_first (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);

  put (store, "c", 3, "PENDING", 1);
  put (store, "a", 1, "PENDING", 1);
  put (store, "d", 4, "READY", 1);
  put (store, "b", 2, "ACCEPTED", 1);
  assert_numbers (store, "1 2 3 4");
  g_assert_cmpuint (told.arrived, ==, 2);
  g_assert_cmpuint (osc_order_store_waiting (store), ==, 2);

  /* A new state changes nothing of the places. */
  put (store, "a", 1, "ACCEPTED", 2);
  assert_numbers (store, "1 2 3 4");
  g_assert_cmpuint (osc_order_store_waiting (store), ==, 1);
  g_assert_cmpuint (told.arrived, ==, 2);
}

/* Filters look again when the column changes, and only then. */
static void
test_tells_columns (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);

  put (store, "a", 1, "ACCEPTED", 1);
  told.items_changed = 0;
  put (store, "a", 1, "PREPARING", 2); /* the same column */
  g_assert_cmpuint (told.items_changed, ==, 0);
  g_assert_cmpuint (told.changed, ==, 2);
  put (store, "a", 1, "READY", 3);
  g_assert_cmpuint (told.items_changed, ==, 1);
  put (store, "a", 1, "READY", 3);     /* a repeat */
  put (store, "a", 1, "PREPARING", 2); /* late news */
  g_assert_cmpuint (told.items_changed, ==, 1);
  g_assert_cmpuint (told.changed, ==, 3);
}

static void
test_recalled_is_the_same (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);
  OscOrderItem *item;

  put (store, "a", 1, "PENDING", 1);
  put (store, "b", 2, "PENDING", 1);
  item = osc_order_store_find (store, "a");
  put (store, "a", 1, "COMPLETED", 2);
  assert_numbers (store, "2");
  g_assert_true (osc_order_store_find (store, "a") == item);
  put (store, "a", 1, "READY", 3);
  assert_numbers (store, "1 2");
  g_assert_true (osc_order_store_find (store, "a") == item);
  g_assert_cmpuint (told.arrived, ==, 2); /* a recall is no arrival */
}

/* Closed orders are remembered, but not without end. */
static void
test_forgets (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);

  for (int i = 1; i <= 300; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    put (store, id, i, "PENDING", 1);
    put (store, id, i, "REJECTED", 2);
  }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_null (osc_order_store_find (store, "100"));
  g_assert_nonnull (osc_order_store_find (store, "101"));
  g_assert_nonnull (osc_order_store_find (store, "300"));
}

static void
test_closed_is_not_shown (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);

  put (store, "a", 1, "PENDING_PAYMENT", 1);
  put (store, "b", 2, "COMPLETED", 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  put (store, "a", 1, "PENDING", 2); /* paid now */
  g_assert_cmpuint (told.arrived, ==, 1);
}

/* The answer to an act changes the item first; the list must follow without the feed. */
static void
test_follows_items (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);
  g_autoptr (OsyOrder) done = make_order ("a", 1, "COMPLETED", 9);

  put (store, "a", 1, "READY", 1);
  osc_order_item_set_order (osc_order_store_find (store, "a"), done);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_ticks (void)
{
  Told told = {0};
  g_autoptr (OscOrderStore) store = store_new (&told);
  g_autoptr (OscOrderItem) item = NULL;
  guint ticks = 0;

  put (store, "a", 1, "PENDING", 1);
  item = g_object_ref (osc_order_store_find (store, "a"));
  g_signal_connect (item, "notify::tick", G_CALLBACK (count_cb), &ticks);
  SPIN_UNTIL (ticks == 2, 4000);
  put (store, "a", 1, "CANCELED", 2);
  ticks = 0;
  SPIN_FOR (1500);
  g_assert_cmpuint (ticks, ==, 0);
}

/* ---- with a daemon ---- */

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OsyFeed *feed;
  OscOrderStore *store;
  Told told;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  osy_client_take_refresh_token (fixture->client, fixture->daemon->refresh_token);
  fixture->feed = osy_feed_new (fixture->client);
  fixture->store = store_new (&fixture->told);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  osy_feed_stop (fixture->feed);
  g_object_unref (fixture->store);
  SPIN_FOR (100);
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_object_unref (fixture->feed);
  g_object_unref (fixture->client);
  fake_daemon_free (fixture->daemon);
}

static guint
n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static void
attach (Fixture *fixture)
{
  osc_order_store_attach (fixture->store, fixture->client, fixture->feed);
  osy_feed_start (fixture->feed);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LIVE, 5000);
  SPIN_UNTIL (fixture->daemon->order_pages >= 2, 5000); /* at once, and for the feed's reset */
}

static void
test_first_load_is_quiet (Fixture *fixture, gconstpointer data)
{
  fake_daemon_add_order (fixture->daemon, 1);
  fake_daemon_add_order (fixture->daemon, 2);
  attach (fixture);
  SPIN_UNTIL (n_items (fixture) == 2, 5000);
  g_assert_cmpuint (fixture->told.arrived, ==, 0);
  g_assert_cmpuint (osc_order_store_waiting (fixture->store), ==, 2);

  OsyOrder *order = fake_daemon_add_order (fixture->daemon, 3);
  fake_daemon_publish (fixture->daemon, order, "order.created");
  SPIN_UNTIL (fixture->told.arrived == 1, 5000);
  assert_numbers (fixture->store, "1 2 3");
}

/* After a restore the daemon knows less and other than the screen. */
static void
test_reset_reloads (Fixture *fixture, gconstpointer data)
{
  OsyOrder *lost = fake_daemon_add_order (fixture->daemon, 1);
  g_autofree char *lost_id = g_strdup (osy_order_data (lost)->id);

  fake_daemon_add_order (fixture->daemon, 2);
  attach (fixture);
  SPIN_UNTIL (n_items (fixture) == 2, 5000);
  g_hash_table_remove (fixture->daemon->orders, lost_id);
  fake_daemon_add_order (fixture->daemon, 3);
  fake_daemon_new_epoch (fixture->daemon);
  SPIN_UNTIL (osc_order_store_waiting (fixture->store) == 2 && fixture->told.arrived == 1, 5000);
  assert_numbers (fixture->store, "2 3"); /* and the unknown one rang */
}

static void
test_load_is_tried_again (Fixture *fixture, gconstpointer data)
{
  fake_daemon_add_order (fixture->daemon, 1);
  osc_order_store_attach (fixture->store, fixture->client, fixture->feed);
  fixture->daemon->refuse_requests = 6; /* the renewal's tries and one load */
  SPIN_UNTIL (n_items (fixture) == 1, 15000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-store/oldest-first", test_oldest_first);
  g_test_add_func ("/order-store/tells-columns", test_tells_columns);
  g_test_add_func ("/order-store/recalled-is-the-same", test_recalled_is_the_same);
  g_test_add_func ("/order-store/forgets", test_forgets);
  g_test_add_func ("/order-store/closed-is-not-shown", test_closed_is_not_shown);
  g_test_add_func ("/order-store/follows-items", test_follows_items);
  g_test_add_func ("/order-store/ticks", test_ticks);
  g_test_add ("/order-store/first-load", Fixture, NULL, set_up, test_first_load_is_quiet,
              tear_down);
  g_test_add ("/order-store/reset", Fixture, NULL, set_up, test_reset_reloads, tear_down);
  g_test_add ("/order-store/load-again", Fixture, NULL, set_up, test_load_is_tried_again,
              tear_down);
  return g_test_run ();
}
