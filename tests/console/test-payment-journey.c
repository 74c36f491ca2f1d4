/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console takes money from the real daemon: cash with change, a card, three ways on one split
 * check, cash given back; another console follows; and what is sent while the daemon is away is
 * taken once. */

#include <string.h>

#include "osc-bill-store.h"
#include "osc-pay-store.h"
#include "osc-pay-sum.h"
#include "real-shop.h"
#include "spin.h"

#define WAIT 60000

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscBillStore *bill;
  OscPayStore *pay;
  char *item; /* a dish without options */
  char *check_id;
  guint done;
  guint failed;
  char *last; /* id of the payment done last */
} Shop;

static gboolean
is_plain (JsonObject *item)
{
  return json_array_get_length (json_object_get_array_member (item, "option_groups")) == 0;
}

static void
pick_item (Shop *shop)
{
  g_autoptr (JsonNode) menu = real_shop_public_menu (&shop->real);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (menu), "categories");

  for (guint c = 0; shop->item == NULL && c < json_array_get_length (categories); c++) {
    JsonArray *items =
        json_object_get_array_member (json_array_get_object_element (categories, c), "items");

    for (guint i = 0; shop->item == NULL && i < json_array_get_length (items); i++)
      if (is_plain (json_array_get_object_element (items, i)))
        shop->item = g_strdup (
            json_object_get_string_member (json_array_get_object_element (items, i), "id"));
  }
}

static void
on_done (OscPayStore *store, int deed, OsyPayment *payment, Shop *shop)
{
  shop->done++;
  g_free (shop->last);
  shop->last = g_strdup (payment != NULL ? payment->id : NULL);
}

static void
on_failed (OscPayStore *store, int deed, const GError *error, const char *permission, Shop *shop)
{
  shop->failed++;
}

static void
open_shop (Shop *shop)
{
  memset (shop, 0, sizeof *shop);
  real_shop_open (&shop->real);
  real_shop_import (&shop->real, "menu-bunsik.csv");
  SPIN_UNTIL ((pick_item (shop), shop->item != NULL), WAIT);
  shop->feed = osy_feed_new (shop->real.client);
  shop->bill = osc_bill_store_new (shop->real.client);
  shop->pay = osc_pay_store_new (shop->real.client, shop->real.scratch);
  g_signal_connect (shop->pay, "done", G_CALLBACK (on_done), shop);
  g_signal_connect (shop->pay, "failed", G_CALLBACK (on_failed), shop);
  osc_bill_store_attach (shop->bill, shop->feed);
  osc_pay_store_attach (shop->pay, shop->feed);
  osc_pay_store_begin (shop->pay, shop->real.restaurant_id, "somebody");
  osy_feed_start (shop->feed);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LIVE, WAIT);
}

static void
close_shop (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->pay);
  g_object_unref (shop->bill);
  g_object_unref (shop->feed);
  g_free (shop->item);
  g_free (shop->check_id);
  g_free (shop->last);
  real_shop_close (&shop->real);
}

/* A new check of @quantity dishes, on screen. */
static void
order (Shop *shop, int quantity)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"TAKEOUT\",\"channel\":\"COUNTER\","
      "\"accept\":{\"ready_in_minutes\":20},"
      "\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":%d}],\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, shop->item, quantity);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) answer = real_shop_call (shop->real.client, "POST", "/api/v1/orders", body);

  g_free (shop->check_id);
  shop->check_id =
      g_strdup (json_object_get_string_member (json_node_get_object (answer), "check_id"));
  osc_bill_store_show (shop->bill, shop->check_id);
  osc_pay_store_show (shop->pay, shop->check_id);
  SPIN_UNTIL (osc_bill_store_bill (shop->bill) != NULL &&
                  osc_pay_store_takes (shop->pay, OSY_PAYMENT_CASH),
              WAIT);
}

static gint64
left (Shop *shop)
{
  return osc_pay_left (osc_bill_store_bill (shop->bill), osc_pay_store_payments (shop->pay));
}

static gboolean
is_settled (Shop *shop)
{
  return g_str_equal (osc_bill_store_bill (shop->bill)->status, "SETTLED");
}

static void
take (Shop *shop, const OscPayAsk *ask)
{
  guint before = shop->done;

  g_assert_true (osc_pay_store_take (shop->pay, ask));
  SPIN_UNTIL (shop->done > before, WAIT);
}

static const OsyPayment *
last (Shop *shop)
{
  const OsyPayment *payment = osc_pay_find (osc_pay_store_payments (shop->pay), shop->last);

  g_assert_nonnull (payment);
  return payment;
}

/* Cash: the change is the daemon's too; given back it is owed again. */
static void
pay_cash (Shop *shop)
{
  order (shop, 2);
  gint64 due = left (shop);

  take (shop, &(OscPayAsk){.check_id = shop->check_id,
                           .method = OSY_PAYMENT_CASH,
                           .amount = due,
                           .received = due + 1000});
  g_assert_cmpint (last (shop)->received - last (shop)->amount, ==, 1000);
  SPIN_UNTIL (is_settled (shop) && left (shop) == 0, WAIT);
  osc_pay_store_do (shop->pay, OSC_PAY_UNDO, last (shop), "잘못 받음");
  SPIN_UNTIL (left (shop) == due, WAIT);
  SPIN_UNTIL (osc_pay_store_phase (shop->pay) == OSC_PAY_IDLE, WAIT);
  g_assert_cmpstr (last (shop)->status, ==, OSY_PAYMENT_REFUNDED);
  take (shop, &(OscPayAsk){.check_id = shop->check_id,
                           .method = OSY_PAYMENT_TERMINAL,
                           .amount = due,
                           .approval_no = "30012345"});
  g_assert_cmpstr (last (shop)->approval_no, ==, "****2345");
  SPIN_UNTIL (left (shop) == 0, WAIT);
}

static void
split (Shop *shop, guint parts)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  OsyBillPart equal = {.kind = OSY_CHECK_PART_EQUAL};

  for (guint i = 0; i < parts; i++)
    g_ptr_array_add (wanted, &equal);
  osc_bill_store_split (shop->bill, wanted);
  SPIN_UNTIL (osc_bill_store_bill (shop->bill)->parts->len == parts, WAIT);
}

/* Each part its own way; a paid one is not paid again, and another console sees it all. */
static void
pay_parts (Shop *shop)
{
  static const char *const methods[] = {OSY_PAYMENT_CASH, OSY_PAYMENT_TERMINAL, OSY_PAYMENT_CASH};
  g_autoptr (OsyClient) client = real_shop_sign_in (&shop->real);
  g_autoptr (OscPayStore) other = osc_pay_store_new (client, shop->real.folder);
  g_autoptr (OsyFeed) feed = osy_feed_new (client);
  const char *part = NULL;
  gint64 total;

  order (shop, 5);
  total = left (shop);
  split (shop, 3);
  osc_pay_store_attach (other, feed);
  osy_feed_start (feed);
  SPIN_UNTIL (osy_feed_get_state (feed) == OSY_FEED_LIVE, WAIT);
  osc_pay_store_show (other, shop->check_id);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    const OsyBill *bill = osc_bill_store_bill (shop->bill);
    g_assert_true (
        osc_pay_next_part (bill, osc_pay_store_payments (shop->pay), NULL, FALSE, &part));
    g_autofree char *paid = g_strdup (part);
    gint64 due = osc_pay_due (bill, osc_pay_store_payments (shop->pay), paid);
    take (shop, &(OscPayAsk){.check_id = shop->check_id,
                             .part_id = paid,
                             .method = methods[i],
                             .amount = due,
                             .approval_no = i == 1 ? "30012346" : NULL});
    total -= due;
    SPIN_UNTIL (osc_bill_store_bill (shop->bill)->tenders -
                        osc_bill_store_bill (shop->bill)->refunds + total ==
                    osc_bill_store_bill (shop->bill)->total,
                WAIT);
    g_assert_cmpint (left (shop), ==, total);
    g_assert_cmpint (
        osc_pay_due (osc_bill_store_bill (shop->bill), osc_pay_store_payments (shop->pay), paid),
        ==, 0);
  }
  g_assert_cmpint (total, ==, 0);
  SPIN_UNTIL (is_settled (shop), WAIT);
  SPIN_UNTIL (osc_pay_store_payments (other)->len == 3, WAIT);
  osy_feed_stop (feed);
}

/* More than is owed is refused, and nothing is kept of it. */
static void
pay_too_much (Shop *shop)
{
  order (shop, 1);
  g_assert_true (osc_pay_store_take (shop->pay, &(OscPayAsk){.check_id = shop->check_id,
                                                             .method = OSY_PAYMENT_CASH,
                                                             .amount = left (shop) + 1}));
  SPIN_UNTIL (shop->failed == 1, WAIT);
  g_assert_cmpint (osc_pay_store_phase (shop->pay), ==, OSC_PAY_IDLE);
  g_assert_cmpuint (osc_pay_store_payments (shop->pay)->len, ==, 0);
}

/* Sent while nobody listens: it is taken once, when the daemon is back. */
static void
pay_while_away (Shop *shop)
{
  gint64 due;
  guint before;

  order (shop, 1);
  due = left (shop);
  before = shop->done;
  real_shop_stop (&shop->real);
  g_assert_true (osc_pay_store_take (
      shop->pay,
      &(OscPayAsk){.check_id = shop->check_id, .method = OSY_PAYMENT_CASH, .amount = due}));
  real_shop_start (&shop->real);
  SPIN_UNTIL (shop->done > before, 60000);
  SPIN_UNTIL (left (shop) == 0 && is_settled (shop), WAIT);
  g_assert_cmpuint (osc_pay_store_payments (shop->pay)->len, ==, 1);
  g_assert_cmpint (osc_bill_store_bill (shop->bill)->tenders, ==, due);
}

static void
test_journey (void)
{
  Shop shop;

  open_shop (&shop);
  pay_cash (&shop);
  pay_parts (&shop);
  pay_too_much (&shop);
  pay_while_away (&shop);
  close_shop (&shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/journey", test_journey);
  return g_test_run ();
}
