/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The stock of two counters over the real daemon: what one adds, receives, counts and writes into
 * recipes the other sees by the feed; the last portion is sold out on both, and on the guests'
 * menu, and comes back on both. */

#include "osc-menu-store.h"
#include "osc-recipe-draft.h"
#include "osc-stock-store.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-json.h"
#include "real-shop.h"
#include "spin.h"

#define DISH "모둠튀김"

typedef struct {
  OsyClient *client;
  OsyFeed *feed;
  OscMenuStore *menu;
  OscStockStore *stock;
  char *saved;   /* (nullable): the last "saved" */
  char *moved;   /* (nullable): the last movement */
  char *refused; /* (nullable): the last sentence */
  guint rows;    /* of the last history */
} Counter;

static void
on_saved (Counter *counter, const char *id)
{
  g_free (counter->saved);
  counter->saved = g_strdup (id);
}

static void
on_moved (Counter *counter, OsyStockMovement *movement)
{
  g_free (counter->moved);
  counter->moved = g_strdup (movement->id);
}

static void
on_refused (Counter *counter, const char *sentence)
{
  g_free (counter->refused);
  counter->refused = g_strdup (sentence);
}

static void
on_history (Counter *counter, const char *id, GPtrArray *rows)
{
  counter->rows = rows->len;
}

static void
counter_open (Counter *counter, OsyClient *client)
{
  *counter = (Counter){.client = client, .feed = osy_feed_new (client)};
  counter->menu = osc_menu_store_new (client);
  counter->stock = osc_stock_store_new (client);
  g_signal_connect_swapped (counter->stock, "saved", G_CALLBACK (on_saved), counter);
  g_signal_connect_swapped (counter->stock, "moved", G_CALLBACK (on_moved), counter);
  g_signal_connect_swapped (counter->stock, "refused", G_CALLBACK (on_refused), counter);
  g_signal_connect_swapped (counter->stock, "history", G_CALLBACK (on_history), counter);
  osc_menu_store_attach (counter->menu, counter->feed);
  osc_stock_store_attach (counter->stock, counter->feed);
  osy_feed_start (counter->feed);
  SPIN_UNTIL (osc_menu_store_get_loaded (counter->menu) &&
                  osc_stock_store_list (counter->stock) != NULL,
              15000);
}

static void
counter_close (Counter *counter)
{
  osy_feed_stop (counter->feed);
  /* A load may be under way, and holds its store. */
  SPIN_UNTIL (G_OBJECT (counter->menu)->ref_count == 1 && G_OBJECT (counter->stock)->ref_count == 1,
              10000);
  g_assert_finalize_object (counter->menu);
  g_assert_finalize_object (counter->stock);
  g_object_unref (counter->feed);
  g_object_unref (counter->client);
  g_free (counter->saved);
  g_free (counter->moved);
  g_free (counter->refused);
}

/* ---- what is seen ---- */

static const OsyMenuItem *
dish (Counter *counter)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (counter->menu));

  for (guint c = 0; c < categories->len; c++) {
    GPtrArray *items = ((OsyMenuCategory *)categories->pdata[c])->items;
    for (guint i = 0; i < items->len; i++)
      if (g_str_equal (((OsyMenuItem *)items->pdata[i])->name, DISH))
        return items->pdata[i];
  }
  return NULL;
}

static gint64
left (Counter *counter)
{
  return dish (counter)->left;
}

static gboolean
is_out (Counter *counter)
{
  return dish (counter)->stop.out_of_stock;
}

static gboolean
guests_see_it (RealShop *shop, const char *id)
{
  g_autoptr (JsonNode) node = real_shop_public_menu (shop);
  g_autoptr (OsyMenu) menu = osy_menu_json_read (node, NULL);

  return !osy_menu_stop_at (&osy_menu_find_item (menu, id)->stop, osy_clock_now ());
}

static const OsyIngredient *
first (Counter *counter)
{
  GPtrArray *list = osc_stock_store_list (counter->stock);

  return list->len > 0 ? list->pdata[0] : NULL;
}

/* ---- what is done ---- */

static void
save (Counter *counter, const char *id, const char *text, gint64 version)
{
  g_autoptr (JsonNode) body = json_from_string (text, NULL);

  g_clear_pointer (&counter->saved, g_free);
  g_clear_pointer (&counter->refused, g_free);
  osc_stock_store_save (counter->stock, id, body, version);
  SPIN_UNTIL (counter->saved != NULL || counter->refused != NULL, 15000);
}

static void
move (Counter *counter, const char *kind, gint64 quantity, const char *unit)
{
  g_autofree char *id = g_strdup (first (counter)->id);
  const OscStockMove one = {
      .ingredient_id = id, .kind = kind, .quantity = quantity, .unit = unit, .unit_cost = 900};

  g_clear_pointer (&counter->moved, g_free);
  g_clear_pointer (&counter->refused, g_free);
  osc_stock_store_move (counter->stock, &one);
  SPIN_UNTIL (counter->moved != NULL || counter->refused != NULL, 15000);
}

static char *
sell (RealShop *shop, Counter *counter, int quantity)
{
  g_autofree char *text =
      g_strdup_printf ("{\"restaurant_id\":\"%s\",\"channel\":\"COUNTER\",\"type\":\"TAKEOUT\","
                       "\"payment\":{\"method\":\"LATER\"},\"items\":[{\"menu_item_id\":\"%s\","
                       "\"quantity\":%d}]}",
                       shop->restaurant_id, dish (counter)->id, quantity);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) order = real_shop_call (counter->client, "POST", "/api/v1/orders", body);

  return g_strdup (json_object_get_string_member (json_node_get_object (order), "id"));
}

/* ---- the story ---- */

static void
test_add (Counter *one, Counter *other)
{
  save (one, NULL,
        "{\"name\":\"튀김가루\",\"unit\":\"G\",\"block\":true,\"par\":1000000,\"units\":"
        "[{\"name\":\"봉지\",\"factor\":1000000}]}",
        0);
  g_assert_null (one->refused);
  SPIN_UNTIL (first (other) != NULL, 10000);
  g_assert_cmpstr (first (other)->id, ==, one->saved);
  g_assert_cmpuint (osc_stock_store_n_short (other->stock), ==, 1);
  move (one, OSY_MOVEMENT_RECEIVE, 2000, "봉지");
  SPIN_UNTIL (first (other)->on_hand == 2000000, 10000);
  g_assert_cmpuint (osc_stock_store_n_short (other->stock), ==, 0);
  g_assert_cmpint (first (other)->unit_cost, ==, 900);
}

/* What another screen changed meanwhile is not overwritten. */
static void
test_conflict (Counter *one, Counter *other)
{
  g_autofree char *id = g_strdup (first (one)->id);
  gint64 version = first (other)->version;

  save (one, id, "{\"supplier\":\"대한제분\"}", version);
  g_assert_null (one->refused);
  save (other, id, "{\"supplier\":\"다른 집\"}", version);
  g_assert_nonnull (other->refused);
  SPIN_UNTIL (g_strcmp0 (first (other)->supplier, "대한제분") == 0, 10000);
}

static void
test_recipe (Counter *one, Counter *other)
{
  g_autofree char *item_id = g_strdup (dish (one)->id);
  g_autoptr (OscRecipeDraft) draft = osc_recipe_draft_new (one->stock, dish (one));
  OscRecipeSection *section = osc_recipe_draft_sections (draft)->pdata[0];
  OscRecipeEntry *entry = osc_recipe_draft_add (section, first (one)->id);

  osc_recipe_entry_set (entry, "0.5", "봉지");
  g_autoptr (JsonNode) body = osc_recipe_draft_to_json (draft);
  g_clear_pointer (&one->saved, g_free);
  osc_stock_store_put_recipe (one->stock, item_id, body);
  SPIN_UNTIL (one->saved != NULL && osc_stock_store_recipes (one->stock)->len == 1, 15000);
  const OscStockUse *use = osc_stock_store_recipes (one->stock)->pdata[0];
  g_assert_cmpstr (use->owner_id, ==, item_id);
  g_assert_cmpint (use->quantity, ==, 500000);
  /* Both screens say how many are left. */
  SPIN_UNTIL (left (one) == 4 && left (other) == 4, 10000);
}

static void
test_last (RealShop *shop, Counter *one, Counter *other)
{
  g_autofree char *item_id = g_strdup (dish (one)->id);
  g_autofree char *first_order = sell (shop, one, 3);
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) why = json_from_string ("{\"reason\":\"손님 변심\"}", NULL);

  SPIN_UNTIL (left (one) == 1 && left (other) == 1, 10000);
  g_assert_true (guests_see_it (shop, item_id));
  g_autofree char *last_order = sell (shop, other, 1);
  SPIN_UNTIL (is_out (one) && is_out (other), 10000);
  g_assert_false (guests_see_it (shop, item_id));
  path = g_strdup_printf ("/api/v1/restaurants/me/orders/%s/cancel", last_order);
  g_autoptr (JsonNode) canceled = real_shop_call (one->client, "POST", path, why);
  SPIN_UNTIL (!is_out (one) && !is_out (other) && left (other) == 1, 10000);
  g_assert_true (guests_see_it (shop, item_id));
}

/* What is promised cannot be counted away: the sentence comes, and nothing else changes. */
static void
test_count (Counter *one, Counter *other)
{
  gint64 before = first (other)->on_hand;

  move (one, OSY_MOVEMENT_COUNT, 0, NULL);
  g_assert_nonnull (one->refused);
  g_assert_cmpint (first (one)->on_hand, ==, before);
  move (one, OSY_MOVEMENT_COUNT, 1700000, NULL);
  g_assert_null (one->refused);
  SPIN_UNTIL (first (other)->on_hand == 1700000, 10000);
  g_autofree char *id = g_strdup (first (one)->id);
  g_autofree char *movement = g_steal_pointer (&one->moved);
  osc_stock_store_undo (one->stock, id, movement);
  SPIN_UNTIL (one->moved != NULL && first (other)->on_hand == before, 10000);
  osc_stock_store_ask_history (other->stock, id);
  SPIN_UNTIL (other->rows == 3, 10000);
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
  SPIN_UNTIL (dish (&one) != NULL && dish (&other) != NULL, 10000);
  test_add (&one, &other);
  test_conflict (&one, &other);
  test_recipe (&one, &other);
  test_last (&shop, &one, &other);
  test_count (&one, &other);
  counter_close (&other);
  counter_close (&one);
  real_shop_close (&shop);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock/two", test_two);
  return g_test_run ();
}
