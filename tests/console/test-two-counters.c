/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Two consoles of one shop over the real daemon: what one does to the menu and the settings, the
 * other sees by the feed, and guests see in the public menu; undo puts it back exactly. */

#include "osc-cart.h"
#include "osc-menu-store.h"
#include "osc-shop-store.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-menu-json.h"
#include "real-shop.h"
#include "spin.h"

typedef struct {
  OsyClient *client;
  OsyFeed *feed;
  OscMenuStore *menu;
  OscShopStore *shop;
  gboolean done;
  char *label;
  GError *error;
} Counter;

static void
counter_open (Counter *counter, OsyClient *client)
{
  *counter = (Counter){.client = client, .feed = osy_feed_new (client)};
  counter->menu = osc_menu_store_new (client);
  counter->shop = osc_shop_store_new (client);
  osc_menu_store_attach (counter->menu, counter->feed);
  osc_shop_store_attach (counter->shop, counter->feed);
  osy_feed_start (counter->feed);
  SPIN_UNTIL (osc_menu_store_get_loaded (counter->menu) &&
                  osc_shop_store_get (counter->shop) != NULL,
              15000);
}

static void
counter_close (Counter *counter)
{
  osy_feed_stop (counter->feed);
  /* A load may be under way, and holds its store. */
  SPIN_UNTIL (G_OBJECT (counter->menu)->ref_count == 1 && G_OBJECT (counter->shop)->ref_count == 1,
              10000);
  g_assert_finalize_object (counter->menu);
  g_assert_finalize_object (counter->shop);
  g_object_unref (counter->feed);
  g_object_unref (counter->client);
  g_free (counter->label);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counter *counter = user_data;

  osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &counter->error);
  counter->done = TRUE;
}

static void
apply (Counter *counter, const char *changes, const char *label)
{
  g_autoptr (JsonNode) node = json_from_string (changes, NULL);

  g_assert_nonnull (node);
  counter->done = FALSE;
  osc_menu_store_apply_async (counter->menu, node, label, applied_cb, counter);
  SPIN_UNTIL (counter->done, 15000);
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counter *counter = user_data;

  g_free (counter->label);
  counter->label = osc_menu_store_step_finish (OSC_MENU_STORE (source), result, &counter->error);
  counter->done = TRUE;
}

static void
step (Counter *counter, gboolean redo)
{
  counter->done = FALSE;
  osc_menu_store_step_async (counter->menu, redo, stepped_cb, counter);
  SPIN_UNTIL (counter->done, 15000);
}

/* ---- what is on the menu ---- */

static const OsyMenuItem *
item_named (OscMenuStore *store, const char *name)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (store));

  for (guint c = 0; c < categories->len; c++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, c);

    for (guint i = 0; i < category->items->len; i++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, i);

      if (g_str_equal (item->name, name))
        return item;
    }
  }
  return NULL;
}

static gboolean
is_stopped (OscMenuStore *store, const char *name)
{
  const OsyMenuItem *item = item_named (store, name);

  return item != NULL && item->stop.mode != OSY_MENU_FOR_SALE;
}

/* The public menu without what every change raises. */
static char *
public_text (RealShop *shop)
{
  g_autoptr (JsonNode) menu = real_shop_public_menu (shop);

  json_object_remove_member (json_node_get_object (menu), "version");
  return osy_json_print (menu);
}

static gboolean
public_says_sold_out (RealShop *shop, const char *id)
{
  g_autoptr (JsonNode) node = real_shop_public_menu (shop);
  g_autoptr (OsyMenu) menu = osy_menu_json_read (node, NULL);

  return osy_menu_find_item (menu, id)->stop.mode != OSY_MENU_FOR_SALE;
}

/* ---- tests ---- */

static void
test_sold_out (RealShop *shop, Counter *one, Counter *other)
{
  g_autofree char *id = g_strdup (item_named (one->menu, "모둠튀김")->id);
  g_autoptr (OscCart) cart = osc_cart_new (other->menu);
  OscCartLine *line = osc_cart_add (cart, id, NULL, NULL, 2);
  OscMenuStopping stopping = {.id = id, .stop = {.mode = OSY_MENU_SOLD_OUT_TODAY}};

  one->done = FALSE;
  osc_menu_store_stop_async (one->menu, &stopping, applied_cb, one);
  g_assert_nonnull (line);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
  SPIN_UNTIL (is_stopped (other->menu, "모둠튀김"), 10000);
  /* The cart that lay open at the other counter says so, and cannot be sent like that. */
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_SOLD_OUT);
  g_assert_false (osc_cart_can_send (cart, NULL));
  SPIN_UNTIL (one->done, 10000);
  g_assert_no_error (one->error);
  g_assert_true (is_stopped (one->menu, "모둠튀김"));
  g_assert_true (public_says_sold_out (shop, id));

  stopping.stop.mode = OSY_MENU_FOR_SALE;
  osc_menu_store_stop_async (other->menu, &stopping, applied_cb, other);
  SPIN_UNTIL (!is_stopped (one->menu, "모둠튀김") && !is_stopped (other->menu, "모둠튀김"), 10000);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
  g_assert_false (public_says_sold_out (shop, id));
}

static void
test_undo (RealShop *shop, Counter *one, Counter *other)
{
  g_autofree char *before = public_text (shop);
  g_autofree char *category = osy_id_new ();
  g_autofree char *item = osy_id_new ();
  g_autofree char *changes = g_strdup_printf (
      "[{\"kind\":\"category\",\"id\":\"%s\",\"entry\":{\"name\":\"계절 메뉴\"}},"
      "{\"kind\":\"item\",\"id\":\"%s\",\"entry\":{\"category_id\":\"%s\",\"name\":\"콩국수\","
      "\"price\":9000,\"option_group_ids\":[]}}]",
      category, item, category);
  g_autofree char *with = NULL;
  g_autofree char *again = NULL;
  g_autofree char *after = NULL;

  apply (one, changes, "Added 콩국수");
  g_assert_no_error (one->error);
  g_assert_nonnull (item_named (one->menu, "콩국수"));
  SPIN_UNTIL (item_named (other->menu, "콩국수") != NULL, 10000);
  with = public_text (shop);
  g_assert_cmpstr (with, !=, before);

  step (one, FALSE);
  g_assert_no_error (one->error);
  g_assert_cmpstr (one->label, ==, "Added 콩국수");
  g_assert_null (item_named (one->menu, "콩국수"));
  after = public_text (shop);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (osc_menu_store_can_step (one->menu, FALSE));

  step (one, TRUE);
  g_assert_no_error (one->error);
  again = public_text (shop);
  g_assert_cmpstr (again, ==, with);
  step (one, FALSE);
  g_assert_no_error (one->error);
}

/* The other screen was first: nothing changes, and the newer state is shown. */
static void
test_conflict (RealShop *shop, Counter *one, Counter *other)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *create =
      g_strdup_printf ("[{\"kind\":\"category\",\"id\":\"%s\",\"entry\":{\"name\":\"하나\"}}]", id);
  g_autofree char *rename =
      g_strdup_printf ("[{\"kind\":\"category\",\"id\":\"%s\",\"entry\":{\"name\":\"둘\"}}]", id);

  apply (one, create, "Added 하나");
  g_assert_no_error (one->error);
  apply (other, rename, "Renamed 하나");
  g_assert_no_error (other->error);
  step (one, FALSE); /* would delete what the other has renamed */
  g_assert_error (one->error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT);
  g_clear_error (&one->error);
  SPIN_UNTIL (
      osy_menu_find_category (osc_menu_store_get (one->menu), id) != NULL &&
          g_str_equal (osy_menu_find_category (osc_menu_store_get (one->menu), id)->name, "둘"),
      10000);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counter *counter = user_data;

  g_free (counter->label);
  counter->label =
      osc_menu_store_keep_photo_finish (OSC_MENU_STORE (source), result, &counter->error);
  counter->done = TRUE;
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GBytes **)user_data = osc_menu_store_photo_finish (OSC_MENU_STORE (source), result, NULL);
}

static void
keep_photo (Counter *counter, const guint8 *content, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, size);

  counter->done = FALSE;
  osc_menu_store_keep_photo_async (counter->menu, bytes, kept_cb, counter);
  SPIN_UNTIL (counter->done, 10000);
}

/* A dish's picture is sent by one, named by a change, and had by the other as it was sent. */
static void
test_photo (RealShop *shop, Counter *one, Counter *other)
{
  const guint8 jpeg[] = {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 64, 0, 64, 1, 1, 0x11, 0, 0xff, 0xd9};
  g_autofree char *id = osy_id_new ();
  g_autoptr (GBytes) fetched = NULL;
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (one->menu));
  g_autofree char *category = g_strdup (((OsyMenuCategory *)g_ptr_array_index (categories, 0))->id);

  keep_photo (one, jpeg, sizeof jpeg - 2);
  g_assert_error (one->error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_clear_error (&one->error);
  keep_photo (one, jpeg, sizeof jpeg);
  g_assert_no_error (one->error);
  g_autofree char *changes = g_strdup_printf (
      "[{\"kind\":\"item\",\"id\":\"%s\",\"entry\":{\"category_id\":\"%s\",\"name\":\"냉면\","
      "\"price\":9000,\"option_group_ids\":[],\"photo\":\"%s\"}}]",
      id, category, one->label);
  apply (one, changes, "Added 냉면");
  g_assert_no_error (one->error);
  SPIN_UNTIL (item_named (other->menu, "냉면") != NULL, 10000);
  g_assert_true (osy_menu_has_photos (osc_menu_store_get (other->menu)));
  osc_menu_store_photo_async (other->menu, item_named (other->menu, "냉면")->photo, fetched_cb,
                              &fetched);
  SPIN_UNTIL (fetched != NULL, 10000);
  g_assert_cmpmem (g_bytes_get_data (fetched, NULL), g_bytes_get_size (fetched), jpeg, sizeof jpeg);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counter *counter = user_data;

  osc_shop_store_patch_finish (OSC_SHOP_STORE (source), result, &counter->error);
  counter->done = TRUE;
}

static void
test_settings (RealShop *shop, Counter *one, Counter *other)
{
  g_autoptr (JsonNode) patch = json_from_string ("{\"cutoff_minutes\":360}", NULL);

  one->done = FALSE;
  osc_shop_store_patch_async (one->shop, patch, patched_cb, one);
  SPIN_UNTIL (one->done, 10000);
  g_assert_no_error (one->error);
  g_assert_cmpint (osy_shop_data (osc_shop_store_get (one->shop))->cutoff_minutes, ==, 360);
  SPIN_UNTIL (osy_shop_data (osc_shop_store_get (other->shop))->cutoff_minutes == 360, 10000);
}

static void
test_two (void)
{
  RealShop shop;
  Counter one;
  Counter other;

  real_shop_open (&shop);
  real_shop_import (&shop, "menu-bunsik.csv");
  counter_open (&one, g_object_ref (shop.client));
  counter_open (&other, real_shop_sign_in (&shop));
  SPIN_UNTIL (item_named (one.menu, "모둠튀김") != NULL &&
                  item_named (other.menu, "모둠튀김") != NULL,
              10000);
  test_sold_out (&shop, &one, &other);
  test_undo (&shop, &one, &other);
  test_conflict (&shop, &one, &other);
  test_photo (&shop, &one, &other);
  test_settings (&shop, &one, &other);
  counter_close (&other);
  counter_close (&one);
  real_shop_close (&shop);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/counters/two", test_two);
  return g_test_run ();
}
