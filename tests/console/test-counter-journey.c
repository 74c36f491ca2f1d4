/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The counter against the real daemon and its own PostgreSQL: first run, an order that arrives by
 * the feed, the acts of its road and back, and a daemon that goes away and comes again. */

#include "osc-acts.h"
#include "osc-order-store.h"
#include "real-shop.h"
#include "spin.h"

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscOrderStore *store;
  OscActs *acts;
  char *menu_item_id;
  GPtrArray *arrived; /* of OscOrderItem */
  char *sentence;
  char *failure;
} Shop;

/* The first item without options. */
static void
pick_item (Shop *shop)
{
  g_autoptr (JsonNode) menu = real_shop_public_menu (&shop->real);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (menu), "categories");

  for (guint c = 0; c < json_array_get_length (categories); c++) {
    JsonArray *items =
        json_object_get_array_member (json_array_get_object_element (categories, c), "items");

    for (guint i = 0; i < json_array_get_length (items) && shop->menu_item_id == NULL; i++) {
      JsonObject *item = json_array_get_object_element (items, i);

      if (json_array_get_length (json_object_get_array_member (item, "option_groups")) == 0)
        shop->menu_item_id = g_strdup (json_object_get_string_member (item, "id"));
    }
  }
}

/* As a guest's page would; returns its id. */
static char *
place_order (Shop *shop)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"TAKEOUT\",\"channel\":\"COUNTER\","
      "\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":2}],\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, shop->menu_item_id);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) answer = real_shop_call (shop->real.client, "POST", "/api/v1/orders", body);

  return g_strdup (json_object_get_string_member (json_node_get_object (answer), "id"));
}

/* ---- the counter ---- */

static void
arrived_cb (OscOrderStore *store, OscOrderItem *item, Shop *shop)
{
  g_ptr_array_add (shop->arrived, g_object_ref (item));
}

static void
done_cb (OscActs *acts, const char *sentence, gboolean can_undo, Shop *shop)
{
  g_free (shop->sentence);
  shop->sentence = g_strdup (sentence);
}

static void
failed_cb (OscActs *acts, OscOrderItem *item, const char *sentence, Shop *shop)
{
  g_free (shop->failure);
  shop->failure = g_strdup (sentence);
}

static void
open_counter (Shop *shop)
{
  shop->arrived = g_ptr_array_new_with_free_func (g_object_unref);
  shop->feed = osy_feed_new (shop->real.client);
  shop->store = osc_order_store_new ();
  shop->acts = osc_acts_new (shop->real.client);
  g_signal_connect (shop->store, "arrived", G_CALLBACK (arrived_cb), shop);
  g_signal_connect (shop->acts, "done", G_CALLBACK (done_cb), shop);
  g_signal_connect (shop->acts, "failed", G_CALLBACK (failed_cb), shop);
  osc_order_store_attach (shop->store, shop->real.client, shop->feed);
  osy_feed_start (shop->feed);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LIVE, 10000);
  SPIN_FOR (500);
}

static void
assert_status (Shop *shop, OscOrderItem *item, const char *status)
{
  SPIN_UNTIL (g_str_equal (osc_order_item_data (item)->status, status) || shop->failure != NULL,
              15000);
  g_assert_cmpstr (shop->failure, ==, NULL);
  SPIN_UNTIL (!osc_order_item_get_busy (item), 5000);
}

static void
walk_the_road (Shop *shop)
{
  g_autofree char *id = place_order (shop);
  gint64 start = g_get_monotonic_time ();
  OscOrderItem *item;
  g_autofree char *accepted = NULL;

  SPIN_UNTIL (shop->arrived->len == 1, 10000);
  g_test_message ("arrived %d ms after its 201", (int)((g_get_monotonic_time () - start) / 1000));
  item = g_ptr_array_index (shop->arrived, 0);
  g_assert_cmpstr (osc_order_item_data (item)->id, ==, id);
  g_assert_cmpuint (osc_order_store_waiting (shop->store), ==, 1);

  osc_acts_accept (shop->acts, item, 20);
  assert_status (shop, item, "ACCEPTED");
  accepted =
      g_strdup_printf ("Accepted no. %d for 20 min", (int)osc_order_item_data (item)->number);
  g_assert_cmpstr (shop->sentence, ==, accepted);
  g_assert_cmpint (osc_order_item_data (item)->promised_at, >,
                   osc_order_item_data (item)->accepted_at);
  osc_acts_next (shop->acts, item, "start");
  assert_status (shop, item, "PREPARING");
  osc_acts_next (shop->acts, item, "ready");
  assert_status (shop, item, "READY");
  osc_acts_next (shop->acts, item, "hand-over");
  assert_status (shop, item, "COMPLETED");
  SPIN_UNTIL (g_list_model_get_n_items (G_LIST_MODEL (shop->store)) == 0, 5000);

  osc_acts_undo (shop->acts);
  assert_status (shop, item, "READY");
  osc_acts_undo (shop->acts);
  assert_status (shop, item, "PREPARING");
  osc_acts_cancel (shop->acts, item, "손님 요청");
  assert_status (shop, item, "CANCELED");
  g_assert_cmpstr (osc_order_item_data (item)->reason, ==, "손님 요청");
}

/* The daemon restarts: the screen says so, then goes on where it was, without a second sign-in. */
static void
survive_restart (Shop *shop)
{
  g_autofree char *id = NULL;

  real_shop_stop (&shop->real);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LOST, 12000);
  real_shop_start (&shop->real);
  id = place_order (shop);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LIVE, 20000);
  SPIN_UNTIL (shop->arrived->len == 2, 20000);
  g_assert_cmpstr (osc_order_item_data (g_ptr_array_index (shop->arrived, 1))->id, ==, id);
}

static void
close_counter (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->acts);
  g_object_unref (shop->store);
  g_object_unref (shop->feed);
  g_ptr_array_unref (shop->arrived);
  g_free (shop->menu_item_id);
  g_free (shop->sentence);
  g_free (shop->failure);
}

static void
test_counter (void)
{
  Shop shop = {0};

  real_shop_open (&shop.real);
  real_shop_import (&shop.real, "menu-bunsik.csv");
  SPIN_UNTIL ((pick_item (&shop), shop.menu_item_id != NULL), 10000);
  open_counter (&shop);
  walk_the_road (&shop);
  survive_restart (&shop);
  close_counter (&shop);
  real_shop_close (&shop.real);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counter/journey", test_counter);
  return g_test_run ();
}
