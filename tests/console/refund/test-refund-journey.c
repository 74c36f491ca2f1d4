/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The refund desk against the real daemon: paid in cash, one piece goes back, then the rest as an
 * amount, until nothing is left; a refund whose answer was lost is made once by a console that was
 * started anew. And a delivery that fails: it is told once, tried again, settled by hand. */

#include <glib/gstdio.h>
#include <string.h>

#include "osc-attention-store.h"
#include "osc-refund-store.h"
#include "osy-json.h"
#include "real-shop.h"
#include "spin.h"

#define ME "/api/v1/restaurants/me/"
#define WAIT 60000

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscShopStore *shop;
  OscRefundStore *refunds;
  OscAttentionStore *attention;
  char *item_id;
  gint64 done;
  guint raised;
  guint acted;
} Shop;

static void
on_done (OscRefundStore *store, gint64 won, const char *check_id, Shop *shop)
{
  shop->done += won;
}

/* Why a wait that follows will be in vain. */
static void
on_failed (gpointer store, const GError *error, const char *permission)
{
  g_printerr ("refused: %s\n", error->message);
}

static void
on_raised (OscAttentionStore *store, const OscStuck *stuck, Shop *shop)
{
  shop->raised++;
}

static void
on_acted (OscAttentionStore *store, int verb, Shop *shop)
{
  shop->acted++;
}

static void
start_refunds (Shop *shop)
{
  g_autofree char *folder = g_build_filename (shop->real.scratch, "state", NULL);

  shop->refunds = osc_refund_store_new (shop->real.client, shop->shop, folder);
  g_signal_connect (shop->refunds, "done", G_CALLBACK (on_done), shop);
  g_signal_connect (shop->refunds, "failed", G_CALLBACK (on_failed), NULL);
  osc_refund_store_attach (shop->refunds, shop->feed);
}

static void
open_shop (Shop *shop)
{
  *shop = (Shop){0};
  real_shop_open (&shop->real);
  real_shop_import (&shop->real, "menu-bunsik.csv");
  SPIN_UNTIL ((shop->item_id = real_shop_find_plain_item (&shop->real)) != NULL, WAIT);
  shop->feed = osy_feed_new (shop->real.client);
  shop->shop = osc_shop_store_new (shop->real.client);
  shop->attention = osc_attention_store_new (shop->real.client);
  g_signal_connect (shop->attention, "raised", G_CALLBACK (on_raised), shop);
  g_signal_connect (shop->attention, "done", G_CALLBACK (on_acted), shop);
  g_signal_connect (shop->attention, "failed", G_CALLBACK (on_failed), NULL);
  osc_shop_store_attach (shop->shop, shop->feed);
  osc_attention_store_attach (shop->attention, shop->feed);
  start_refunds (shop);
  osy_feed_start (shop->feed);
  SPIN_UNTIL (osc_shop_store_get (shop->shop) != NULL, WAIT);
  SPIN_UNTIL (osc_attention_store_list (shop->attention) != NULL, WAIT);
}

static void
close_shop (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->refunds);
  g_object_unref (shop->attention);
  g_object_unref (shop->shop);
  g_object_unref (shop->feed);
  g_free (shop->item_id);
  real_shop_close (&shop->real);
}

static JsonNode *
call (Shop *shop, const char *method, const char *path, const char *text)
{
  g_autoptr (JsonNode) body = text != NULL ? json_from_string (text, NULL) : NULL;

  return real_shop_call (shop->real.client, method, path, body);
}

/* ---- money ---- */

/* (transfer full): the check of an order of three pieces that was paid in cash; its total. */
static char *
sell (Shop *shop, gint64 *total)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"DINE_IN\",\"channel\":\"COUNTER\","
      "\"accept\":{\"ready_in_minutes\":20},\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":3}],"
      "\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, shop->item_id);
  g_autoptr (JsonNode) order = call (shop, "POST", "/api/v1/orders", text);
  char *check_id =
      g_strdup (json_object_get_string_member (json_node_get_object (order), "check_id"));

  *total = json_object_get_int_member (json_node_get_object (order), "total_amount");
  g_autofree char *cash =
      g_strdup_printf ("{\"method\":\"CASH\",\"check_id\":\"%s\",\"amount\":%d,\"received\":%d}",
                       check_id, (int)*total, (int)*total);
  g_autoptr (JsonNode) payment = call (shop, "POST", "/api/v1/payments", cash);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (payment), "status"), ==,
                   "PAID");
  return check_id;
}

static const OsyBillLine *
first_line (Shop *shop)
{
  const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (shop->refunds));

  return bill != NULL ? g_ptr_array_index (bill->lines, 0) : NULL;
}

static void
test_money (void)
{
  Shop shop;
  gint64 total = 0;

  open_shop (&shop);
  g_autofree char *check_id = sell (&shop, &total);
  osc_refund_store_show (shop.refunds, check_id);
  SPIN_UNTIL (osc_refund_store_ceiling (shop.refunds) == total && first_line (&shop) != NULL, WAIT);
  osc_refund_store_set_quantity (shop.refunds, first_line (&shop)->line_id, 1);
  SPIN_UNTIL (osc_refund_store_plan (shop.refunds) != NULL, WAIT);
  g_assert_cmpint (osc_refund_store_plan (shop.refunds)->amount, ==, total / 3);
  g_assert_true (osc_refund_plan_has (osc_refund_store_plan (shop.refunds), "CASH"));
  osc_refund_store_refund (shop.refunds, "식었어요");
  SPIN_UNTIL (shop.done == total / 3, WAIT);
  SPIN_UNTIL (osc_refund_store_ceiling (shop.refunds) == total - total / 3, WAIT);
  g_assert_cmpint (osc_refund_store_left (shop.refunds, first_line (&shop)), ==, 2);
  /* Too much is told before the button. */
  osc_refund_store_set_way (shop.refunds, OSC_REFUND_BY_AMOUNT);
  osc_refund_store_set_amount (shop.refunds, total);
  SPIN_UNTIL (osc_refund_store_trouble (shop.refunds) != NULL, WAIT);
  g_assert_null (osc_refund_store_plan (shop.refunds));
  osc_refund_store_set_amount (shop.refunds, total - total / 3);
  SPIN_UNTIL (osc_refund_store_plan (shop.refunds) != NULL, WAIT);
  osc_refund_store_refund (shop.refunds, "나머지도");
  SPIN_UNTIL (shop.done == total, WAIT);
  SPIN_UNTIL (osc_refund_store_ceiling (shop.refunds) == 0, WAIT);
  g_assert_cmpuint (osc_refund_store_unsure (shop.refunds)->len, ==, 0);
  close_shop (&shop);
}

/* What a console left behind that lost its power after the daemon had done it. */
static void
keep_by_hand (Shop *shop, const char *check_id, const char *key, const char *body, gint64 won)
{
  g_autofree char *folder = g_build_filename (
      shop->real.scratch, "state", osy_shop_data (osc_shop_store_get (shop->shop))->id, NULL);
  g_autofree char *path = g_build_filename (folder, "refunds.json", NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"held\":[{\"key\":\"%s\",\"check_id\":\"%s\",\"body\":%s,\"amount\":%d,\"at\":1,"
      "\"token\":false}]}",
      key, check_id, body, (int)won);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
test_lost_answer (void)
{
  static const char key[] = "01900000-0000-7000-8000-0000000000f7";
  static const char body[] = "{\"amount\":1000,\"reason\":\"식었어요\"}";
  Shop shop;
  gint64 total = 0;
  gboolean sent = FALSE;

  open_shop (&shop);
  g_autofree char *check_id = sell (&shop, &total);
  g_autofree char *path = g_strconcat (ME "checks/", check_id, "/refunds", NULL);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  osy_client_send_async (
      shop.real.client,
      &(OsyClientRequest){.method = "POST", .path = path, .body = node, .key = key}, NULL, sent_cb,
      &sent);
  SPIN_UNTIL (sent, WAIT);
  g_clear_object (&shop.refunds);
  keep_by_hand (&shop, check_id, key, body, 1000);
  start_refunds (&shop);
  g_assert_cmpuint (osc_refund_store_unsure (shop.refunds)->len, ==, 1);
  SPIN_UNTIL (osc_refund_store_unsure (shop.refunds)->len == 0, WAIT);
  g_assert_cmpint (shop.done, ==, 1000);
  osc_refund_store_show (shop.refunds, check_id);
  SPIN_UNTIL (osc_refund_store_payments (shop.refunds) != NULL, WAIT);
  g_assert_cmpint (osc_refund_store_ceiling (shop.refunds), ==, total - 1000);
  close_shop (&shop);
}

/* ---- what is stuck ---- */

static void
fail_delivery (Shop *shop)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"DELIVERY\",\"channel\":\"PHONE\","
      "\"accept\":{\"ready_in_minutes\":20},\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":2}],"
      "\"delivery\":{\"address\":\"서울 용산구 한강로 2가 1\"},"
      "\"customer\":{\"name\":\"홍길동\",\"phone\":\"010-1234-5678\"},"
      "\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, shop->item_id);
  g_autoptr (JsonNode) order = call (shop, "POST", "/api/v1/orders", text);
  const char *order_id = json_object_get_string_member (json_node_get_object (order), "id");
  g_autofree char *path = g_strconcat (ME "orders/", order_id, "/delivery", NULL);
  g_autoptr (JsonNode) ride = call (shop, "POST", path, "{\"carrier\":\"PLATFORM\"}");
  g_autofree char *fail = g_strconcat (
      ME "deliveries/", json_object_get_string_member (json_node_get_object (ride), "id"), "/fail",
      NULL);
  g_autoptr (JsonNode) failed = call (shop, "POST", fail, "{\"reason\":\"사고\"}");
}

static void
test_stuck (void)
{
  Shop shop;

  open_shop (&shop);
  g_assert_cmpuint (osc_attention_store_count (shop.attention), ==, 0);
  fail_delivery (&shop);
  SPIN_UNTIL (osc_attention_store_count (shop.attention) == 1, WAIT);
  const OscStuck *stuck = g_ptr_array_index (osc_attention_store_list (shop.attention), 0);
  g_assert_cmpstr (stuck->reason, ==, "DELIVERY_FAILED");
  g_autofree char *order_id = g_strdup (stuck->order_id);
  osc_attention_store_act (shop.attention, order_id, OSC_ATTENTION_PUSH, NULL, NULL);
  SPIN_UNTIL (shop.acted == 1, WAIT);
  osc_attention_store_load (shop.attention);
  SPIN_FOR (300);
  g_assert_cmpuint (shop.raised, ==, 1);
  osc_attention_store_act (shop.attention, order_id, OSC_ATTENTION_SETTLE, "COMPLETED",
                           "직접 가져다 드렸어요");
  SPIN_UNTIL (shop.acted == 2, WAIT);
  SPIN_UNTIL (osc_attention_store_count (shop.attention) == 0, WAIT);
  close_shop (&shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refund-journey/money", test_money);
  g_test_add_func ("/refund-journey/lost-answer", test_lost_answer);
  g_test_add_func ("/refund-journey/stuck", test_stuck);
  return g_test_run ();
}
