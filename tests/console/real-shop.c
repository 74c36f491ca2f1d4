/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The real daemon for tests of the console. */

#include "real-shop.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "fake-daemon.h"
#include "osc-daemon.h"
#include "spin.h"

#define START_MS 90000
#define CALL_MS 45000

/* What a call came to. */
typedef struct {
  gboolean done;
  JsonNode *answer;
  GError *error;
} Outcome;

static char *
program (const char *folder, const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "src", folder, name, NULL);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  osy_client_ready_finish (OSY_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
wait_ready (RealShop *shop)
{
  gint64 end = g_get_monotonic_time () + START_MS * 1000;
  gboolean ready = FALSE;

  while (!ready) {
    Outcome outcome = {0};

    g_assert_cmpint (g_get_monotonic_time (), <, end);
    SPIN_FOR (200);
    osy_client_ready_async (shop->client, NULL, ready_cb, &outcome);
    SPIN_UNTIL (outcome.done, CALL_MS);
    ready = outcome.error == NULL;
    g_clear_error (&outcome.error);
  }
}

void
real_shop_start (RealShop *shop)
{
  g_autofree char *path = program ("daemon", "ordersyncd");
  g_autoptr (GError) error = NULL;

  shop->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        &error, path, "--data-dir", shop->folder, "--listen",
                        shop->address + strlen ("http://"), "--key-provider", "file", NULL);
  g_assert_no_error (error);
  wait_ready (shop);
}

void
real_shop_stop (RealShop *shop)
{
  g_subprocess_send_signal (shop->process, SIGTERM);
  g_assert_true (g_subprocess_wait (shop->process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (shop->process), ==, 0);
  g_clear_object (&shop->process);
}

static void
setup_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  osy_client_setup_finish (OSY_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
set_up (RealShop *shop)
{
  g_autofree char *code_path = g_build_filename (shop->folder, "setup-code", NULL);
  g_autofree char *code = NULL;
  OsyClientSetup setup = {.shop_name = "소담분식",
                          .owner_email = REAL_SHOP_OWNER,
                          .owner_password = REAL_SHOP_PASSWORD,
                          .business_number = "1248100998"};
  Outcome outcome = {0};

  g_setenv ("ORDERSYNC_DATA_DIR", shop->folder, TRUE);
  code = osc_daemon_read_setup_code ();
  g_assert_nonnull (code);
  setup.code = code;
  osy_client_setup_async (shop->client, &setup, NULL, setup_cb, &outcome);
  SPIN_UNTIL (outcome.done, CALL_MS);
  g_assert_no_error (outcome.error);
  g_assert_false (g_file_test (code_path, G_FILE_TEST_EXISTS)); /* it has done its work */
}

void
real_shop_open (RealShop *shop)
{
  FakeDaemon *fake = fake_daemon_new ();

  *shop = (RealShop){.scratch = g_dir_make_tmp ("osy-XXXXXX", NULL)};
  /* As root the daemon becomes another user, who must get through to its data. */
  g_assert_cmpint (g_chmod (shop->scratch, 0755), ==, 0);
  shop->folder = g_build_filename (shop->scratch, "data", NULL);
  shop->address = g_strndup (fake->base_url, strlen (fake->base_url) - 1);
  fake_daemon_free (fake); /* the address is free now */
  shop->client = osy_client_new (shop->address);
  real_shop_start (shop);
  set_up (shop);
}

void
real_shop_close (RealShop *shop)
{
  g_autoptr (GSubprocess) rm = NULL;

  real_shop_stop (shop);
  rm = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf", "--", shop->scratch, NULL);
  g_subprocess_wait (rm, NULL, NULL);
  g_clear_object (&shop->client);
  g_free (shop->scratch);
  g_free (shop->folder);
  g_free (shop->address);
  g_free (shop->restaurant_id);
}

/* ---- calls ---- */

static void
call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->answer = osy_client_send_finish (OSY_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

JsonNode *
real_shop_call (OsyClient *client, const char *method, const char *path, JsonNode *body)
{
  OsyClientRequest request = {.method = method, .path = path, .body = body};
  Outcome outcome = {0};

  osy_client_send_async (client, &request, NULL, call_cb, &outcome);
  SPIN_UNTIL (outcome.done, CALL_MS);
  g_assert_no_error (outcome.error);
  return outcome.answer;
}

void
real_shop_import (RealShop *shop, const char *file)
{
  g_autofree char *path = program ("ctl", "ordersyncctl");
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", file, NULL);
  g_autoptr (JsonNode) me = real_shop_call (shop->client, "GET", "/api/v1/auth/me", NULL);
  JsonObject *restaurant = json_object_get_object_member (json_node_get_object (me), "restaurant");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) ctl =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, path, "--data-dir", shop->folder,
                        "menu", "import", source, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (ctl, NULL, &error));
  shop->restaurant_id = g_strdup (json_object_get_string_member (restaurant, "id"));
}

JsonNode *
real_shop_public_menu (RealShop *shop)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/restaurants/%s/menu", shop->restaurant_id);

  return real_shop_call (shop->client, "GET", path, NULL);
}

char *
real_shop_find_plain_item (RealShop *shop)
{
  g_autoptr (JsonNode) menu = real_shop_public_menu (shop);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (menu), "categories");

  for (guint c = 0; c < json_array_get_length (categories); c++) {
    JsonArray *items =
        json_object_get_array_member (json_array_get_object_element (categories, c), "items");
    for (guint i = 0; i < json_array_get_length (items); i++) {
      JsonObject *item = json_array_get_object_element (items, i);
      if (json_array_get_length (json_object_get_array_member (item, "option_groups")) == 0)
        return g_strdup (json_object_get_string_member (item, "id"));
    }
  }
  return NULL;
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  osy_client_login_finish (OSY_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

OsyClient *
real_shop_sign_in (RealShop *shop)
{
  OsyClient *client = osy_client_new (shop->address);
  Outcome outcome = {0};

  osy_client_login_async (client, REAL_SHOP_OWNER, REAL_SHOP_PASSWORD, NULL, login_cb, &outcome);
  SPIN_UNTIL (outcome.done, CALL_MS);
  g_assert_no_error (outcome.error);
  return client;
}
