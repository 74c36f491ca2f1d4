/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Past orders: pages, typing, answers that come too late, orders that change meanwhile. */

#include "fake-daemon.h"
#include "order-maker.h"
#include "osc-past-orders.h"
#include "osy-client-private.h"
#include "spin.h"

#define ORDERS 120

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OscOrderStore *store;
  OscPastOrders *past;
  guint asked;
} Desk;

static void
requested_cb (OscPastOrders *past, const char *cursor, Desk *desk)
{
  desk->asked++;
}

static void
desk_open (Desk *desk, gboolean with_daemon)
{
  *desk = (Desk){.store = osc_order_store_new ()};
  if (with_daemon) {
    desk->daemon = fake_daemon_new ();
    desk->daemon->page_size = 50;
    for (int i = 1; i <= ORDERS; i++)
      fake_daemon_add_order (desk->daemon, i);
    desk->client = osy_client_new (desk->daemon->base_url);
    osy_client_take_refresh_token (desk->client, desk->daemon->refresh_token);
  }
  desk->past = osc_past_orders_new (desk->client, desk->store);
  g_signal_connect (desk->past, "requested", G_CALLBACK (requested_cb), desk);
}

static void
desk_close (Desk *desk)
{
  g_clear_object (&desk->past);
  g_clear_object (&desk->store);
  g_clear_object (&desk->client);
  g_clear_pointer (&desk->daemon, fake_daemon_free);
}

static guint
count (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (desk->past));
}

static gboolean
is_ready (Desk *desk)
{
  return osc_past_orders_phase (desk->past) == OSC_PAST_READY;
}

static OscOrderItem *
at (Desk *desk, guint position)
{
  g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (desk->past), position);

  return item;
}

/* Pages follow one another without gap or double, and end. */
static void
test_pages (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  osc_past_orders_look (desk.past, "2026-11-21", OSC_PAST_ALL);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpuint (count (&desk), ==, 50);
  osc_past_orders_more (desk.past);
  osc_past_orders_more (desk.past); /* while one is on its way */
  g_assert_cmpuint (desk.asked, ==, 2);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpuint (count (&desk), ==, 100);
  osc_past_orders_more (desk.past);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpuint (count (&desk), ==, ORDERS);
  osc_past_orders_more (desk.past);
  g_assert_cmpuint (desk.asked, ==, 3);
  for (guint i = 0; i < ORDERS; i++)
    g_assert_cmpint (osc_order_item_data (at (&desk, i))->number, ==, ORDERS - i);
  desk_close (&desk);
}

/* Five letters in a row are one question, for the last of them. */
static void
test_typing (void)
{
  static const char *const typed[] = {"4", "48", "482", "4821", " 4821 "};
  Desk desk;

  desk_open (&desk, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    osc_past_orders_find (desk.past, typed[i], FALSE);
  g_assert_cmpuint (desk.asked, ==, 0);
  SPIN_UNTIL (desk.asked == 1 && is_ready (&desk), 5000);
  g_assert_cmpstr (desk.daemon->last_query, ==, "4821");
  osc_past_orders_find (desk.past, "4821", TRUE); /* known already */
  g_assert_cmpuint (desk.asked, ==, 1);
  osc_past_orders_find (desk.past, "ㄹㅈ", TRUE);
  g_assert_cmpuint (desk.asked, ==, 2);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpstr (desk.daemon->last_query, ==, "ㄹㅈ");
  desk_close (&desk);
}

/* The answer to the first question must not show under the second. */
static void
test_stale_answer (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  osc_past_orders_look (desk.past, NULL, OSC_PAST_ALL);
  osc_past_orders_look (desk.past, NULL, OSC_PAST_COMPLETED);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpuint (count (&desk), ==, 0);
  SPIN_FOR (300);
  g_assert_cmpuint (count (&desk), ==, 0);
  desk_close (&desk);
}

/* A page that fails leaves what is there, and can be asked for again. */
static void
test_failure (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  osc_past_orders_look (desk.past, NULL, OSC_PAST_OPEN);
  SPIN_UNTIL (is_ready (&desk), 5000);
  desk.daemon->refuse_requests = 50;
  osc_past_orders_more (desk.past);
  SPIN_UNTIL (osc_past_orders_phase (desk.past) == OSC_PAST_FAILED, 15000);
  g_assert_cmpuint (count (&desk), ==, 50);
  desk.daemon->refuse_requests = 0;
  osc_past_orders_retry (desk.past);
  SPIN_UNTIL (is_ready (&desk), 5000);
  g_assert_cmpuint (count (&desk), ==, 100);
  desk_close (&desk);
}

static void
take (Desk *desk, const char *id, gint64 number, const char *status)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (orders, make_order (id, number, status, 3));
  osc_past_orders_take (desk->past, orders, NULL);
}

/* The listed item is the one of the store: what an act or the feed changes is seen in both. */
static void
test_one_object (void)
{
  Desk desk;
  g_autoptr (OsyOrder) recalled = make_order ("a", 1, OSY_ORDER_READY, 4);

  desk_open (&desk, FALSE);
  osc_past_orders_look (desk.past, NULL, OSC_PAST_ALL);
  take (&desk, "a", 1, OSY_ORDER_COMPLETED);
  osc_order_store_adopt (desk.store, at (&desk, 0));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (desk.store)), ==, 0);
  osc_order_store_put (desk.store, recalled, "order.recalled");
  g_assert_cmpstr (osc_order_item_data (at (&desk, 0))->status, ==, OSY_ORDER_READY);
  g_assert_true (osc_order_store_find (desk.store, "a") == at (&desk, 0));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (desk.store)), ==, 1);
  desk_close (&desk);
}

/* An order not adopted is replaced by the store's as soon as that hears of it; one that is new
 * stands on top, but not under words that only the daemon can match. */
static void
test_live (void)
{
  Desk desk;
  g_autoptr (OsyOrder) recalled = make_order ("a", 1, OSY_ORDER_READY, 4);
  g_autoptr (OsyOrder) fresh = make_order ("b", 2, OSY_ORDER_PENDING, 1);
  g_autoptr (OsyOrder) hidden = make_order ("c", 3, OSY_ORDER_PENDING, 1);

  desk_open (&desk, FALSE);
  osc_past_orders_look (desk.past, NULL, OSC_PAST_ALL);
  take (&desk, "a", 1, OSY_ORDER_COMPLETED);
  osc_order_store_put (desk.store, recalled, "order.recalled");
  g_assert_cmpuint (count (&desk), ==, 1);
  g_assert_cmpstr (osc_order_item_data (at (&desk, 0))->status, ==, OSY_ORDER_READY);
  osc_order_store_put (desk.store, fresh, "order.placed");
  g_assert_cmpuint (count (&desk), ==, 2);
  osc_past_orders_find (desk.past, "떡볶이", TRUE);
  take (&desk, "a", 1, OSY_ORDER_COMPLETED);
  osc_order_store_put (desk.store, hidden, "order.placed");
  g_assert_cmpuint (count (&desk), ==, 1);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/past-orders/pages", test_pages);
  g_test_add_func ("/console/past-orders/typing", test_typing);
  g_test_add_func ("/console/past-orders/stale-answer", test_stale_answer);
  g_test_add_func ("/console/past-orders/failure", test_failure);
  g_test_add_func ("/console/past-orders/one-object", test_one_object);
  g_test_add_func ("/console/past-orders/live", test_live);
  return g_test_run ();
}
