/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Riders against the real daemon: one screen acts, another sees it by the feed alone; zones are
 * changed over what was seen and over nothing else. */

#include "osc-delivery-store.h"
#include "osc-document.h"
#include "real-shop.h"
#include "spin.h"

#define WAIT_MS 60000

typedef struct {
  RealShop real;
  OscDeliveryStore *acting;
  OsyClient *other; /* of the screen that only looks */
  OsyFeed *feed;
  OscDeliveryStore *looking;
  char *order_id;
  char *url;     /* nullable */
  char *refusal; /* nullable */
} Shop;

static char *
place_order (Shop *shop)
{
  g_autofree char *item = real_shop_find_plain_item (&shop->real);
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"DELIVERY\",\"channel\":\"PHONE\",\"items\":[{"
      "\"menu_item_id\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"LATER\"},"
      "\"delivery\":{\"address\":\"서울 강남구 역삼동 1\"},\"customer\":{\"name\":\"홍길동\","
      "\"phone\":\"010-1234-5678\"},\"accept\":{\"ready_in_minutes\":20}}",
      shop->real.restaurant_id, item);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) answer = real_shop_call (shop->real.client, "POST", "/api/v1/orders", body);
  return g_strdup (json_object_get_string_member (json_node_get_object (answer), "id"));
}

static gboolean
is_seen (Shop *shop, OscDeliveryStore *store, const char *status)
{
  const OsyDelivery *delivery = osc_delivery_store_find (store, shop->order_id);

  return delivery != NULL && g_str_equal (delivery->status, status);
}

static void
see (Shop *shop, const char *status)
{
  SPIN_UNTIL (is_seen (shop, shop->looking, status) && is_seen (shop, shop->acting, status),
              WAIT_MS);
}

static void
linked_cb (OscDeliveryStore *store, const char *order_id, const char *url, Shop *shop)
{
  shop->url = g_strdup (url);
}

static void
refused_cb (OscDeliveryStore *store, const char *order_id, const char *sentence, Shop *shop)
{
  shop->refusal = g_strdup (sentence);
}

static void
ride (Shop *shop)
{
  const OscDeliveryWant rider = {
      .order_id = shop->order_id, .rider = "박지호", .phone = "010-0000-4821", .minutes = 25};

  osc_delivery_store_call (shop->acting, &(OscDeliveryWant){.order_id = shop->order_id});
  see (shop, "REQUESTED");
  osc_delivery_store_call (shop->acting,
                           &(OscDeliveryWant){.order_id = shop->order_id, .carrier = "AGENCY"});
  SPIN_UNTIL (shop->refusal != NULL, WAIT_MS); /* none is set up */
  g_clear_pointer (&shop->refusal, g_free);
  osc_delivery_store_link (shop->acting, shop->order_id);
  SPIN_UNTIL (shop->url != NULL, WAIT_MS);
  g_assert_true (g_str_has_prefix (shop->url, "/courier#"));
  osc_delivery_store_assign (shop->acting, &rider);
  see (shop, "ASSIGNED");
  const OsyDelivery *seen = osc_delivery_store_find (shop->looking, shop->order_id);
  g_assert_cmpstr (seen->rider, ==, "박지호");
  g_assert_cmpint (seen->eta_at, >, 0);
  g_assert_null (g_strrstr (seen->rider_phone, "00004821")); /* masked */
  osc_delivery_store_act (shop->acting, shop->order_id, "pick-up", NULL);
  see (shop, "PICKED_UP");
  osc_delivery_store_act (shop->acting, shop->order_id, "fail", "아무도 없었어요");
  see (shop, "FAILED");
  osc_delivery_store_call (shop->acting, &(OscDeliveryWant){.order_id = shop->order_id});
  see (shop, "REQUESTED");
  osc_delivery_store_act (shop->acting, shop->order_id, "deliver", NULL);
  see (shop, "DELIVERED");
  osc_delivery_store_act (shop->acting, shop->order_id, "cancel", "늦음");
  SPIN_UNTIL (shop->refusal != NULL, WAIT_MS);
}

/* ---- zones ---- */

typedef struct {
  guint done;
  GError *error;
} Outcome;

static void
done_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  Outcome *outcome = g_object_get_data (owner, "outcome");

  outcome->done++;
  g_clear_error (&outcome->error);
  outcome->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
put_zones (OscDocument *document, gint64 version, const char *name, Outcome *outcome)
{
  g_autofree char *text =
      g_strdup_printf ("{\"version\":%" G_GINT64_FORMAT ",\"zones\":[{\"name\":\"%s\",\"fee\":3000,"
                       "\"areas\":[\"역삼동\"]}]}",
                       version, name);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  guint before = outcome->done;

  g_object_set_data (G_OBJECT (document), "outcome", outcome);
  osc_document_send (
      document, &(OscDocumentAct){
                    .method = "PUT", .body = body, .done = done_cb, .owner = G_OBJECT (document)});
  SPIN_UNTIL (outcome->done > before, WAIT_MS);
}

static gint64
version_of (OscDocument *document)
{
  return json_object_get_int_member (osc_document_get (document), "version");
}

static void
zones (Shop *shop)
{
  g_autoptr (OscDocument) document = osc_document_new (shop->real.client, "delivery-zones");
  Outcome outcome = {0};

  osc_document_load (document);
  SPIN_UNTIL (osc_document_get (document) != NULL, WAIT_MS);
  gint64 first = version_of (document);
  put_zones (document, first, "가까운 곳", &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (version_of (document), >, first); /* the answer is the document */
  put_zones (document, first, "다른 곳", &outcome);
  g_assert_error (outcome.error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
  g_clear_error (&outcome.error);
}

static void
test_journey (void)
{
  Shop shop = {0};

  real_shop_open (&shop.real);
  real_shop_import (&shop.real, "menu-bunsik.csv");
  shop.other = real_shop_sign_in (&shop.real);
  shop.feed = osy_feed_new (shop.other);
  shop.looking = osc_delivery_store_new (shop.other);
  shop.acting = osc_delivery_store_new (shop.real.client);
  osc_delivery_store_attach (shop.looking, shop.feed);
  g_signal_connect (shop.acting, "linked", G_CALLBACK (linked_cb), &shop);
  g_signal_connect (shop.acting, "refused", G_CALLBACK (refused_cb), &shop);
  osy_feed_start (shop.feed);
  SPIN_UNTIL (osy_feed_get_state (shop.feed) == OSY_FEED_LIVE, WAIT_MS);
  shop.order_id = place_order (&shop);
  ride (&shop);
  zones (&shop);
  osy_feed_stop (shop.feed);
  g_clear_object (&shop.feed);
  g_clear_object (&shop.looking);
  g_clear_object (&shop.acting);
  g_clear_object (&shop.other);
  g_free (shop.order_id);
  g_free (shop.url);
  g_free (shop.refusal);
  real_shop_close (&shop.real);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/delivery/journey", test_journey);
  return g_test_run ();
}
