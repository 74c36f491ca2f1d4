/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Deliveries as the console keeps them: late news never brings an old state back, a failed journey
 * gives way to the next, and what is sent is what the server takes. */

#include "osc-delivery-store.h"
#include "osc-order-item.h"

#define ORDER "01940000-0000-7000-8000-000000000001"
#define DELIVERY                                                                  \
  "{\"id\":\"01940000-0000-7000-8000-0000000000d%d\",\"order_id\":\"" ORDER "\"," \
  "\"order_number\":7,\"carrier\":\"OWN\",\"status\":\"%s\",\"fee\":3000,"        \
  "\"requested_at\":\"2026-11-21T03:0%d:00Z\",\"version\":%d}"

static void
take (OscDeliveryStore *store, int n, const char *status, int version)
{
  g_autofree char *text = g_strdup_printf (DELIVERY, n, status, n, version);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  osc_delivery_store_take (store, node);
}

static const char *
status_of (OscDeliveryStore *store)
{
  return osc_delivery_store_find (store, ORDER)->status;
}

static void
on_changed (OscDeliveryStore *store, const char *order_id, guint *times)
{
  (*times)++;
}

static void
test_news (void)
{
  g_autoptr (OscDeliveryStore) store = osc_delivery_store_new (NULL);
  guint changed = 0;

  g_signal_connect (store, "changed", G_CALLBACK (on_changed), &changed);
  g_assert_null (osc_delivery_store_find (store, ORDER));
  take (store, 1, "REQUESTED", 1);
  take (store, 1, "PICKED_UP", 3);
  take (store, 1, "ASSIGNED", 2);
  g_assert_cmpstr (status_of (store), ==, "PICKED_UP");
  g_assert_cmpuint (changed, ==, 2);
  take (store, 1, "FAILED", 4);
  take (store, 2, "REQUESTED", 1);
  g_assert_cmpstr (status_of (store), ==, "REQUESTED");
  take (store, 1, "FAILED", 5);
  g_assert_cmpstr (status_of (store), ==, "REQUESTED");
  g_autoptr (JsonNode) strange = json_from_string ("{\"order_id\":7}", NULL);
  osc_delivery_store_take (store, strange);
  g_assert_cmpuint (changed, ==, 4);
}

static void
on_requested (OscDeliveryStore *store, const char *what, char **last)
{
  g_free (*last);
  *last = g_strdup (what);
}

#define ME "/api/v1/restaurants/me/"

static void
test_sent (void)
{
  g_autoptr (OscDeliveryStore) store = osc_delivery_store_new (NULL);
  g_autofree char *sent = NULL;

  g_signal_connect (store, "requested", G_CALLBACK (on_requested), &sent);
  osc_delivery_store_act (store, ORDER, "pick-up", NULL);
  g_assert_null (sent); /* nothing is known to act on */
  osc_delivery_store_call (store, &(OscDeliveryWant){.order_id = ORDER, .carrier = "AGENCY"});
  g_assert_cmpstr (sent, ==, "POST " ME "orders/" ORDER "/delivery {\"carrier\":\"AGENCY\"}");
  take (store, 1, "REQUESTED", 1);
  osc_delivery_store_assign (
      store,
      &(OscDeliveryWant){
          .order_id = ORDER, .carrier = "AGENCY", .rider = "박지호", .phone = "", .minutes = 20});
  g_assert_cmpstr (sent, ==,
                   "POST " ME "deliveries/01940000-0000-7000-8000-0000000000d1/assign "
                   "{\"rider\":\"박지호\",\"eta_minutes\":20}");
  osc_delivery_store_act (store, ORDER, "fail", "없음");
  g_assert_cmpstr (sent, ==,
                   "POST " ME "deliveries/01940000-0000-7000-8000-0000000000d1/fail "
                   "{\"reason\":\"없음\"}");
}

static OsyOrder *
make_order (const char *flags)
{
  OsyOrderData *data = osy_order_data_new ();

  data->id = g_strdup (ORDER);
  data->status = g_strdup (OSY_ORDER_PENDING);
  data->type = g_strdup ("DELIVERY");
  data->flags = g_strdup (flags);
  data->version = 2;
  return osy_order_new (data);
}

/* What a person should look at comes without a new version of the order. */
static void
test_flags (void)
{
  g_autoptr (OsyOrder) plain = make_order (NULL);
  g_autoptr (OsyOrder) flagged = make_order ("late_cancel");
  g_autoptr (OscOrderItem) item = osc_order_item_new (plain);

  g_assert_false (osc_order_item_set_order (item, plain));
  g_assert_true (osc_order_item_set_order (item, flagged));
  g_assert_cmpstr (osc_order_item_data (item)->flags, ==, "late_cancel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/delivery-store/news", test_news);
  g_test_add_func ("/console/delivery-store/sent", test_sent);
  g_test_add_func ("/console/delivery-store/flags", test_flags);
  return g_test_run ();
}
