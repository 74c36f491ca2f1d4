/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The counter against the real daemon and its own PostgreSQL: first run, an order that arrives by
 * the feed, the acts of its road and back, and a daemon that goes away and comes again. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "fake-daemon.h"
#include "osc-acts.h"
#include "osc-daemon.h"
#include "osc-order-store.h"
#include "osy-client-private.h"
#include "osy-id.h"
#include "osy-json.h"
#include "spin.h"

#define START_MS 90000
#define PASSWORD "correct horse battery staple"

typedef struct {
  char *folder; /* of data */
  char *address;
  GSubprocess *process;
  OsyClient *client;
  OsyFeed *feed;
  OscOrderStore *store;
  OscActs *acts;
  JsonNode *answer;
  GError *error;
  gboolean done;
  char *restaurant_id;
  char *menu_item_id;
  GPtrArray *arrived; /* of OscOrderItem */
  char *sentence;
  char *failure;
} Shop;

static char *
program (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "src", folder, name, NULL);
}

static void
start_daemon (Shop *shop)
{
  g_autofree char *path = program ("daemon", "ordersyncd");
  g_autoptr (GError) error = NULL;

  shop->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        &error, path, "--data-dir", shop->folder, "--listen",
                        shop->address + strlen ("http://"), "--key-provider", "file", NULL);
  g_assert_no_error (error);
}

static void
stop_daemon (Shop *shop)
{
  g_subprocess_send_signal (shop->process, SIGTERM);
  g_assert_true (g_subprocess_wait (shop->process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (shop->process), ==, 0);
  g_clear_object (&shop->process);
}

/* ---- calls ---- */

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  g_clear_error (&shop->error);
  osy_client_ready_finish (OSY_CLIENT (source), result, &shop->error);
  shop->done = TRUE;
}

static void
wait_ready (Shop *shop)
{
  gint64 end = g_get_monotonic_time () + START_MS * 1000;

  do {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    SPIN_FOR (200);
    shop->done = FALSE;
    osy_client_ready_async (shop->client, NULL, ready_cb, shop);
    SPIN_UNTIL (shop->done, 15000);
  } while (shop->error != NULL);
}

static void
setup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  osy_client_setup_finish (OSY_CLIENT (source), result, &shop->error);
  shop->done = TRUE;
}

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  shop->answer = osy_client_call_finish (OSY_CLIENT (source), result, &shop->error);
  shop->done = TRUE;
}

/* The answer stays in shop->answer until the next call. */
static JsonObject *
call (Shop *shop, const char *method, const char *path, JsonNode *body)
{
  OsyRestRequest request = {.method = method, .path = path, .body = body};

  g_clear_pointer (&shop->answer, json_node_unref);
  shop->done = FALSE;
  osy_client_call_async (shop->client, &request, OSY_CLIENT_SIGNED, NULL, call_cb, shop);
  SPIN_UNTIL (shop->done, 15000);
  g_assert_no_error (shop->error);
  return json_node_get_object (shop->answer);
}

/* ---- a shop with a menu ---- */

static void
make_shop (Shop *shop)
{
  g_autofree char *code_path = g_build_filename (shop->folder, "setup-code", NULL);
  g_autofree char *code = NULL;
  OsyClientSetup setup = {.shop_name = "소담분식",
                          .owner_email = "owner@shop.example",
                          .owner_password = PASSWORD,
                          .business_number = "1248100998"};
  gboolean signed_in;
  g_autofree char *name = NULL;

  g_setenv ("ORDERSYNC_DATA_DIR", shop->folder, TRUE);
  code = osc_daemon_read_setup_code ();
  g_assert_nonnull (code);
  setup.code = code;
  shop->done = FALSE;
  osy_client_setup_async (shop->client, &setup, NULL, setup_cb, shop);
  SPIN_UNTIL (shop->done, 15000);
  g_assert_no_error (shop->error);
  g_object_get (shop->client, "signed-in", &signed_in, "shop-name", &name, NULL);
  g_assert_true (signed_in);
  g_assert_cmpstr (name, ==, "소담분식");
  g_assert_false (g_file_test (code_path, G_FILE_TEST_EXISTS)); /* it has done its work */
}

static void
make_menu (Shop *shop)
{
  g_autofree char *path = program ("ctl", "ordersyncctl");
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "menu-bunsik.csv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) ctl =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, path, "--data-dir", shop->folder,
                        "menu", "import", file, NULL);
  g_autofree char *menu_path = NULL;
  JsonObject *me;
  JsonArray *array;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (ctl, NULL, &error));
  me = call (shop, "GET", "/api/v1/auth/me", NULL);
  shop->restaurant_id = g_strdup (
      json_object_get_string_member (json_object_get_object_member (me, "restaurant"), "id"));
  menu_path = g_strdup_printf ("/api/v1/restaurants/%s/menu", shop->restaurant_id);
  for (int i = 0; i < 50 && shop->menu_item_id == NULL; i++) {
    array = json_object_get_array_member (call (shop, "GET", menu_path, NULL), "categories");
    for (guint c = 0; c < json_array_get_length (array) && shop->menu_item_id == NULL; c++) {
      JsonArray *items =
          json_object_get_array_member (json_array_get_object_element (array, c), "items");
      for (guint n = 0; n < json_array_get_length (items); n++) {
        JsonObject *item = json_array_get_object_element (items, n);
        JsonArray *groups = json_object_get_array_member (item, "option_groups");

        if (json_array_get_length (groups) == 0) {
          shop->menu_item_id = g_strdup (json_object_get_string_member (item, "id"));
          break;
        }
      }
    }
    if (shop->menu_item_id == NULL)
      SPIN_FOR (200);
  }
  g_assert_nonnull (shop->menu_item_id);
}

/* As a guest's page would; returns its id. */
static char *
place_order (Shop *shop)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"TAKEOUT\",\"channel\":\"COUNTER\","
      "\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":2}],\"payment\":{\"method\":\"LATER\"}}",
      shop->restaurant_id, shop->menu_item_id);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);

  return g_strdup (
      json_object_get_string_member (call (shop, "POST", "/api/v1/orders", body), "id"));
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
  shop->feed = osy_feed_new (shop->client);
  shop->store = osc_order_store_new ();
  shop->acts = osc_acts_new (shop->client);
  g_signal_connect (shop->store, "arrived", G_CALLBACK (arrived_cb), shop);
  g_signal_connect (shop->acts, "done", G_CALLBACK (done_cb), shop);
  g_signal_connect (shop->acts, "failed", G_CALLBACK (failed_cb), shop);
  osc_order_store_attach (shop->store, shop->client, shop->feed);
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

  stop_daemon (shop);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LOST, 12000);
  start_daemon (shop);
  wait_ready (shop);
  id = place_order (shop);
  SPIN_UNTIL (osy_feed_get_state (shop->feed) == OSY_FEED_LIVE, 20000);
  SPIN_UNTIL (shop->arrived->len == 2, 20000);
  g_assert_cmpstr (osc_order_item_data (g_ptr_array_index (shop->arrived, 1))->id, ==, id);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GSubprocess) rm =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf", "--", path, NULL);

  g_subprocess_wait (rm, NULL, NULL);
}

static void
close_counter (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->acts);
  g_object_unref (shop->store);
  g_object_unref (shop->feed);
  g_object_unref (shop->client);
  g_ptr_array_unref (shop->arrived);
  g_clear_pointer (&shop->answer, json_node_unref);
  g_free (shop->restaurant_id);
  g_free (shop->menu_item_id);
  g_free (shop->sentence);
  g_free (shop->failure);
  g_free (shop->address);
}

static void
test_counter (void)
{
  Shop shop = {0};
  g_autofree char *scratch = g_dir_make_tmp ("osy-XXXXXX", NULL);
  FakeDaemon *fake = fake_daemon_new ();

  /* As root the daemon becomes another user, who must get through to its data. */
  g_assert_cmpint (g_chmod (scratch, 0755), ==, 0);
  shop.folder = g_build_filename (scratch, "data", NULL);
  shop.address = g_strndup (fake->base_url, strlen (fake->base_url) - 1);
  fake_daemon_free (fake); /* the address is free now */
  shop.client = osy_client_new (shop.address);
  start_daemon (&shop);
  wait_ready (&shop);
  make_shop (&shop);
  make_menu (&shop);
  open_counter (&shop);
  walk_the_road (&shop);
  survive_restart (&shop);
  stop_daemon (&shop);
  close_counter (&shop);
  remove_tree (scratch);
  g_free (shop.folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counter/journey", test_counter);
  return g_test_run ();
}
