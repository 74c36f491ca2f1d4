/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts against the real daemon: too much goes back, every screen hears of it once, a console that
 * was started anew shows it and is silent, and in quiet hours none is heard. Recipients as the page
 * of settings keeps them. And a shop that has just begun: of its days nothing can be told yet. */

#include <string.h>

#include "osc-alert-store.h"
#include "osc-document.h"
#include "osc-finding-store.h"
#include "osy-clock.h"
#include "real-shop.h"
#include "spin.h"

#define ME "/api/v1/restaurants/me/"
#define WAIT_MS 60000

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscAlertStore *alerts;
  guint raised;
} Shop;

static void
on_raised (OscAlertStore *store, const OscAlert *alert, guint *raised)
{
  ++*raised;
}

static JsonNode *
call (Shop *shop, const char *method, const char *path, const char *text)
{
  g_autoptr (JsonNode) body = text != NULL ? json_from_string (text, NULL) : NULL;

  return real_shop_call (shop->real.client, method, path, body);
}

static const char *
text_of (JsonNode *node, const char *name)
{
  return json_object_get_string_member (json_node_get_object (node), name);
}

/* Something is sold for cash, and a thousand won go back. */
static void
refund (Shop *shop)
{
  char *item = NULL;

  SPIN_UNTIL ((item = real_shop_find_plain_item (&shop->real)) != NULL, WAIT_MS);
  g_autofree char *kept = item;
  g_autofree char *order_text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"DINE_IN\",\"channel\":\"COUNTER\",\"items\":[{"
      "\"menu_item_id\":\"%s\",\"quantity\":2}],\"accept\":{\"ready_in_minutes\":20},"
      "\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, item);
  g_autoptr (JsonNode) order = call (shop, "POST", "/api/v1/orders", order_text);
  gint64 total = json_object_get_int_member (json_node_get_object (order), "total_amount");
  g_autofree char *cash =
      g_strdup_printf ("{\"method\":\"CASH\",\"check_id\":\"%s\",\"amount\":%d,\"received\":%d}",
                       text_of (order, "check_id"), (int)total, (int)total);
  g_autoptr (JsonNode) payment = call (shop, "POST", "/api/v1/payments", cash);
  g_autofree char *path = g_strdup_printf ("/api/v1/payments/%s/refunds", text_of (payment, "id"));
  g_autoptr (JsonNode) back =
      call (shop, "POST", path, "{\"amount\":1000,\"reason\":\"식었어요\"}");
}

static guint
count (OscAlertStore *store)
{
  return osc_alert_store_list (store)->len;
}

static void
open_shop (Shop *shop)
{
  *shop = (Shop){0};
  real_shop_open (&shop->real);
  real_shop_import (&shop->real, "menu-bunsik.csv");
  shop->feed = osy_feed_new (shop->real.client);
  shop->alerts = osc_alert_store_new (shop->real.client);
  g_signal_connect (shop->alerts, "raised", G_CALLBACK (on_raised), &shop->raised);
  osc_alert_store_attach (shop->alerts, shop->feed);
  osy_feed_start (shop->feed);
}

static void
close_shop (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->alerts);
  g_object_unref (shop->feed);
  real_shop_close (&shop->real);
}

/* ---- on the screen ---- */

/* A console that is started now. */
static OscAlertStore *
start_again (Shop *shop, GStrv told, guint *raised)
{
  OscAlertStore *store = osc_alert_store_new (shop->real.client);

  g_signal_connect (store, "raised", G_CALLBACK (on_raised), raised);
  if (told != NULL)
    osc_alert_store_set_told (store, (const char *const *)told);
  osc_alert_store_load (store);
  SPIN_UNTIL (count (store) == 1, WAIT_MS);
  return store;
}

/* From an hour ago until in two. */
static void
be_quiet (Shop *shop)
{
  g_autoptr (GTimeZone) seoul = g_time_zone_new_identifier ("Asia/Seoul");
  g_autoptr (GDateTime) now = g_date_time_new_now (seoul);
  int hour = g_date_time_get_hour (now);
  g_autofree char *text =
      g_strdup_printf ("{\"quiet\":{\"from\":\"%02d:00\",\"until\":\"%02d:00\"},\"rules\":{"
                       "\"REFUNDS\":{\"pierces\":false}}}",
                       (hour + 23) % 24, (hour + 2) % 24);
  g_autoptr (JsonNode) setup = call (shop, "PUT", ME "alert-setup", text);
}

static void
test_screen (void)
{
  Shop shop;
  guint raised = 0;

  open_shop (&shop);
  g_autoptr (JsonNode) setup =
      call (&shop, "PUT", ME "alert-setup", "{\"limits\":{\"refund_amount\":1000}}");
  refund (&shop);
  SPIN_UNTIL (shop.raised == 1 && count (shop.alerts) == 1, WAIT_MS);
  const OscAlert *alert = osc_alert_store_list (shop.alerts)->pdata[0];
  g_assert_cmpstr (alert->kind, ==, "REFUNDS");
  g_assert_nonnull (strstr (alert->text, "1,000"));
  g_auto (GStrv) told = osc_alert_store_told (shop.alerts);
  g_autoptr (OscAlertStore) next = start_again (&shop, told, &raised);
  g_assert_cmpuint (raised, ==, 0);
  g_autoptr (OscAlertStore) other = start_again (&shop, NULL, &raised);
  g_assert_cmpuint (raised, ==, 1);
  be_quiet (&shop);
  raised = 0;
  g_autoptr (OscAlertStore) night = start_again (&shop, NULL, &raised);
  g_assert_cmpuint (raised, ==, 0);
  /* It is shown no more where it is not to be. */
  g_autoptr (JsonNode) off =
      call (&shop, "PUT", ME "alert-setup", "{\"rules\":{\"REFUNDS\":{\"channels\":[]}}}");
  osc_alert_store_load (shop.alerts);
  SPIN_UNTIL (count (shop.alerts) == 0, WAIT_MS);
  close_shop (&shop);
}

/* ---- recipients ---- */

typedef struct {
  guint done;
  char *id;
  GError *error;
} Outcome;

static Outcome outcome;

static void
done_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  g_clear_error (&outcome.error);
  outcome.error = error != NULL ? g_error_copy (error) : NULL;
  if (answer != NULL && json_object_has_member (answer, "id")) {
    g_free (outcome.id);
    outcome.id = g_strdup (json_object_get_string_member (answer, "id"));
  }
  outcome.done++;
}

static void
send (OscDocument *document, const char *method, const char *path, const char *text)
{
  g_autoptr (JsonNode) body = text != NULL ? json_from_string (text, NULL) : NULL;
  guint before = outcome.done;

  osc_document_send (
      document, &(OscDocumentAct){.method = method, .path = path, .body = body, .done = done_cb});
  SPIN_UNTIL (outcome.done > before, WAIT_MS);
  g_assert_no_error (outcome.error);
}

static guint
n_targets (OscDocument *document)
{
  JsonObject *object = osc_document_get (document);

  return object != NULL ? json_array_get_length (json_object_get_array_member (object, "targets"))
                        : 99;
}

static void
test_recipients (void)
{
  Shop shop;

  open_shop (&shop);
  g_autoptr (OscDocument) targets = osc_document_new (shop.real.client, "alert-targets");
  send (targets, "POST", "",
        "{\"channel\":\"EMAIL\",\"name\":\"사장\",\"address\":\"owner@sodam.example\","
        "\"from\":\"shop@sodam.example\",\"key\":\"SG.abcdefghij\"}");
  SPIN_UNTIL (n_targets (targets) == 1, WAIT_MS);
  g_autofree char *path = g_strconcat ("/", outcome.id, NULL);
  g_autofree char *restore = g_strconcat (path, "/restore", NULL);
  send (targets, "PATCH", path, "{\"name\":\"사장님\"}");
  send (targets, "DELETE", path, NULL);
  SPIN_UNTIL (n_targets (targets) == 0, WAIT_MS);
  send (targets, "POST", restore, NULL);
  SPIN_UNTIL (n_targets (targets) == 1, WAIT_MS);
  JsonObject *target = json_array_get_object_element (
      json_object_get_array_member (osc_document_get (targets), "targets"), 0);
  g_assert_cmpstr (json_object_get_string_member (target, "name"), ==, "사장님");
  g_assert_false (json_object_has_member (target, "key"));
  g_clear_pointer (&outcome.id, g_free);
  close_shop (&shop);
}

/* ---- what was different ---- */

static void
test_early (void)
{
  Shop shop;
  GDate today;
  OscSalesRange range = {.span = OSC_SPAN_DAY};

  open_shop (&shop);
  g_autoptr (OscFindingStore) findings = osc_finding_store_new (shop.real.client);
  g_date_clear (&today, 1);
  g_date_set_time_t (&today, osy_clock_now () / G_USEC_PER_SEC);
  range.from = today;
  g_date_subtract_days (&range.from, 3);
  range.to = range.from;
  osc_finding_store_look (findings, &range, &today);
  g_assert_cmpint (osc_finding_store_state (findings), ==, OSC_FINDINGS_READING);
  SPIN_UNTIL (osc_finding_store_state (findings) == OSC_FINDINGS_EARLY, WAIT_MS);
  close_shop (&shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert-journey/screen", test_screen);
  g_test_add_func ("/alert-journey/recipients", test_recipients);
  g_test_add_func ("/alert-journey/early", test_early);
  return g_test_run ();
}
