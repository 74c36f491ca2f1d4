/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Prices of lines against a small menu: options, counts, times, channels, and every refusal. */

#include "osy-error.h"
#include "osy-menu-fixture.h"
#include "osy-menu-pricing.h"
#include "osy-money.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)
#define HOUR G_GINT64_CONSTANT (3600000000)

typedef struct {
  OsyMenu *menu;
  GPtrArray *requests;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->menu = osy_menu_new (fixture_menu_data (NOW), &error);
  g_assert_no_error (error);
  f->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->menu);
  g_ptr_array_unref (f->requests);
}

static OsyMenuRequestLine *
ask (Fixture *f, const char *item, gint64 quantity)
{
  OsyMenuRequestLine *line = osy_menu_request_line_new (item);

  line->quantity = quantity;
  g_ptr_array_add (f->requests, line);
  return line;
}

static OsyMenuChoice *
choose (GPtrArray *options, const char *option, gint64 quantity)
{
  OsyMenuChoice *choice = osy_menu_choice_new (option);

  choice->quantity = quantity;
  g_ptr_array_add (options, choice);
  return choice;
}

static GPtrArray *
price (Fixture *f, const char *channel, gint64 now)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = osy_menu_price_lines (f->menu, f->requests, channel, now, &error);

  g_assert_no_error (error);
  return lines;
}

/* Asserts the refusal, its code and that its first row points at @pointer. */
static GError *
refuse (Fixture *f, OsyErrorCode code, const char *pointer)
{
  GError *error = NULL;
  GPtrArray *lines = osy_menu_price_lines (f->menu, f->requests, "COUNTER", NOW, &error);

  g_assert_null (lines);
  g_assert_error (error, OSY_ERROR, (int)code);
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  JsonArray *rows = json_object_get_array_member (json_node_get_object (problem), "errors");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (rows, 0), "pointer"), ==,
      pointer);
  return error;
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  ask (f, ID_GIMBAP, 3)->note = g_strdup ("단무지 빼 주세요 🙏");
  g_autoptr (GPtrArray) lines = price (f, "COUNTER", NOW);

  g_assert_cmpuint (lines->len, ==, 1);
  OsyMenuPricedLine *line = g_ptr_array_index (lines, 0);
  g_assert_cmpstr (line->name, ==, "원조김밥");
  g_assert_cmpint (line->unit_price, ==, 3500);
  g_assert_cmpint (line->amount, ==, 10500);
  g_assert_cmpstr (line->station, ==, "김밥대");
  g_assert_cmpint (line->prep_minutes, ==, 4);
  g_assert_false (line->tax_free);
  g_assert_cmpstr (line->note, ==, "단무지 빼 주세요 🙏");
}

/* 4500 + 불맛 500 + 2 × (치즈 1500 + 1 × 모짜렐라 300) = 8600 */
static void
test_nested (Fixture *f, gconstpointer data)
{
  OsyMenuRequestLine *request = ask (f, ID_TTEOK, 2);

  choose (request->options, ID_FIRE, 1);
  OsyMenuChoice *cheese = choose (request->options, ID_CHEESE, 2);
  choose (cheese->options, ID_MOZZARELLA, 1);
  g_autoptr (GPtrArray) lines = price (f, "COUNTER", NOW);
  OsyMenuPricedLine *line = g_ptr_array_index (lines, 0);

  g_assert_cmpint (line->unit_price, ==, 8600);
  g_assert_cmpint (line->amount, ==, 17200);
  g_assert_cmpuint (line->options->len, ==, 2);
  OsyMenuPricedOption *option = g_ptr_array_index (line->options, 1);
  g_assert_cmpint (option->quantity, ==, 2);
  g_assert_cmpint (option->price, ==, 1500);
  option = g_ptr_array_index (option->options, 0);
  g_assert_cmpstr (option->name, ==, "모짜렐라");
  g_assert_cmpint (option->price, ==, 300);
}

static void
test_option_counts (Fixture *f, gconstpointer data)
{
  OsyMenuRequestLine *request = ask (f, ID_TTEOK, 1);

  /* a group with min 1 left out */
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_OPTION_COUNT, "/items/0/options")});
  choose (request->options, ID_MILD, 1);
  g_ptr_array_unref (price (f, "COUNTER", NOW));
  /* two of a choice of one, once by two options and once by quantity */
  choose (request->options, ID_FIRE, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_OPTION_COUNT, "/items/0/options")});
  g_ptr_array_set_size (request->options, 0);
  choose (request->options, ID_MILD, 2);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_OPTION_COUNT, "/items/0/options")});
  /* an option's own maximum (2 cheeses), split over two mentions */
  g_ptr_array_set_size (request->options, 0);
  choose (request->options, ID_MILD, 1);
  choose (choose (request->options, ID_CHEESE, 2)->options, ID_MOZZARELLA, 1);
  choose (choose (request->options, ID_CHEESE, 1)->options, ID_MOZZARELLA, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_OPTION_COUNT, "/items/0/options")});
  /* a nested group left out */
  g_ptr_array_set_size (request->options, 0);
  choose (request->options, ID_MILD, 1);
  choose (request->options, ID_CHEESE, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_OPTION_COUNT, "/items/0/options/1/options")});
}

static void
test_unknown (Fixture *f, gconstpointer data)
{
  OsyMenuRequestLine *request = ask (f, ID_GIMBAP, 1);

  /* an option of another item, and one that exists nowhere */
  choose (request->options, ID_FIRE, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_UNKNOWN_OPTION, "/items/0/options/0")});
  ask (f, "0190b0de-0000-7000-8000-00000000dead", 1);
  g_autoptr (GError) error = refuse (f, OSY_ERROR_UNKNOWN_ITEM, "/items/0/options/0");
  g_assert_cmpuint (osy_error_http_status (error), ==, 422);
  /* hidden items are not there for anybody's order */
  g_ptr_array_set_size (f->requests, 0);
  ask (f, ID_HIDDEN, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_UNKNOWN_ITEM, "/items/0")});
}

static void
test_sold_out (Fixture *f, gconstpointer data)
{
  ask (f, ID_SUNDAE, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_SOLD_OUT, "/items/0")});
  /* it is back the moment its time has come */
  g_ptr_array_unref (price (f, "COUNTER", NOW + HOUR));
  g_assert_cmpint (osy_menu_next_change (f->menu, NOW), ==, NOW + HOUR);
  g_ptr_array_set_size (f->requests, 0);
  OsyMenuRequestLine *request = ask (f, ID_TTEOK, 1);
  choose (request->options, ID_MILD, 1);
  choose (request->options, ID_EGG, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_SOLD_OUT, "/items/0/options/1")});
}

/* A choice that is a dish costs its own surcharge, and goes with the dish: by a mark, by the stock.
 */
static void
test_dishes (Fixture *f, gconstpointer data)
{
  OsyMenuData *menu = fixture_menu_data (NOW);
  const OsyMenuGroup *heat = g_ptr_array_index (menu->groups, 0);
  OsyMenuOption *fire = g_ptr_array_index (heat->options, 1);

  fire->item_id = g_strdup (ID_SUNDAE);
  g_object_unref (f->menu);
  f->menu = osy_menu_new (menu, NULL);
  OsyMenuRequestLine *request = ask (f, ID_TTEOK, 2);
  choose (request->options, ID_FIRE, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_SOLD_OUT, "/items/0/options/0")});
  g_autoptr (GPtrArray) lines = price (f, "COUNTER", NOW + HOUR);
  const OsyMenuPricedLine *line = g_ptr_array_index (lines, 0);
  const OsyMenuPricedOption *option = g_ptr_array_index (line->options, 0);
  g_assert_cmpint (line->amount, ==, 2 * (4500 + 500));
  g_assert_cmpstr (option->item_id, ==, ID_SUNDAE);
  OsyMenuItem *sundae = (OsyMenuItem *)osy_menu_find_item (f->menu, ID_SUNDAE);
  sundae->stop.out_of_stock = TRUE;
  g_assert_true (osy_menu_option_stop_at (fire, NOW + HOUR));
  sundae->stop = (OsyMenuStop){OSY_MENU_FOR_SALE};
  g_assert_false (osy_menu_option_stop_at (fire, NOW));
  fire->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  g_assert_true (osy_menu_option_stop_at (fire, NOW));
  g_assert_true (osy_menu_groups_have_dishes (osy_menu_find_item (f->menu, ID_TTEOK)->groups));
  g_assert_false (osy_menu_groups_have_dishes (sundae->groups));
}

/* Ramyeon: 4000; 3500 at QR; from NOW + 2 h 4500, at QR from NOW + 3 h 3900. */
static void
test_price_rows (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *channel;
    gint64 after;
    gint64 won;
  } cases[] = {
      {"COUNTER", 0, 4000},
      {NULL, 0, 4000},
      {"QR", 0, 3500},
      {"COUNTER", 2 * HOUR - 1, 4000},
      {"COUNTER", 2 * HOUR, 4500},
      {"QR", 2 * HOUR, 3500},
      {"QR", 3 * HOUR, 3900},
  };

  ask (f, ID_RAMYEON, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) lines = price (f, cases[i].channel, NOW + cases[i].after);
    g_assert_cmpint (((OsyMenuPricedLine *)g_ptr_array_index (lines, 0))->unit_price, ==,
                     cases[i].won);
  }
}

static void
test_menu_changed (Fixture *f, gconstpointer data)
{
  ask (f, ID_GIMBAP, 1)->expected_price = 3500;
  OsyMenuRequestLine *request = ask (f, ID_TTEOK, 1);
  choose (request->options, ID_FIRE, 1);
  request->expected_price = 4500;
  g_autoptr (GError) error = refuse (f, OSY_ERROR_MENU_CHANGED, "/items/1");

  g_assert_cmpuint (osy_error_http_status (error), ==, 409);
  JsonArray *items = json_node_get_array (osy_error_get_extra (error, "items"));
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  JsonObject *item = json_array_get_object_element (items, 0);
  g_assert_cmpint (json_object_get_int_member (item, "index"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (item, "unit_price"), ==, 5000);
  request->expected_price = 5000;
  g_ptr_array_unref (price (f, "COUNTER", NOW));
}

static void
test_limits (Fixture *f, gconstpointer data)
{
  OsyMenuRequestLine *request = ask (f, ID_GIMBAP, 0);

  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items/0/quantity")});
  request->quantity = 1000;
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items/0/quantity")});
  request->quantity = G_MAXINT64;
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items/0/quantity")});
  request->quantity = 999;
  g_ptr_array_unref (price (f, "COUNTER", NOW));
  /* dearest item × 999 is beyond what money may be */
  request = ask (f, ID_GOLD, 999);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items/1")});
  request->quantity = 1;
  while (f->requests->len <= OSY_MENU_MAX_LINES)
    ask (f, ID_GIMBAP, 1);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items")});
  g_ptr_array_set_size (f->requests, 0);
  g_clear_error (&(GError *){refuse (f, OSY_ERROR_INVALID_REQUEST, "/items")});
}

static gint64
sum_of (GPtrArray *options)
{
  gint64 sum = 0;

  for (guint i = 0; i < options->len; i++) {
    const OsyMenuPricedOption *option = g_ptr_array_index (options, i);
    sum += option->quantity * (option->price + sum_of (option->options));
  }
  return sum;
}

/* Whatever is asked: refused, or the amounts add up from what the answer itself says. */
static void
test_property (Fixture *f, gconstpointer data)
{
  static const char *const items[] = {ID_GIMBAP, ID_TTEOK, ID_RAMYEON, ID_SUNDAE, "x"};
  static const gint64 bases[] = {3500, 4500, 4000, 4500, 0};
  static const char *const options[] = {ID_MILD, ID_FIRE, ID_CHEESE, ID_EGG, ID_MOZZARELLA, "x"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  guint accepted = 0;

  for (guint round = 0; round < 5000; round++) {
    g_ptr_array_set_size (f->requests, 0);
    gint32 which = g_rand_int_range (rand, 0, G_N_ELEMENTS (items));
    OsyMenuRequestLine *request = ask (f, items[which], g_rand_int_range (rand, -1, 5));
    for (gint32 n = g_rand_int_range (rand, 0, 4); n > 0; n--) {
      OsyMenuChoice *choice =
          choose (request->options, options[g_rand_int_range (rand, 0, G_N_ELEMENTS (options))],
                  g_rand_int_range (rand, 0, 4));
      if (g_rand_boolean (rand))
        choose (choice->options, ID_MOZZARELLA, g_rand_int_range (rand, 1, 3));
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) lines = osy_menu_price_lines (f->menu, f->requests, NULL, NOW, &error);
    g_assert_true ((lines == NULL) == (error != NULL));
    if (lines == NULL)
      continue;
    const OsyMenuPricedLine *line = g_ptr_array_index (lines, 0);
    g_assert_cmpint (line->unit_price, ==, bases[which] + sum_of (line->options));
    g_assert_cmpint (line->amount, ==, line->unit_price * line->quantity);
    accepted++;
  }
  g_assert_cmpuint (accepted, >, 300);
}

static void
test_self_containing_groups (void)
{
  g_autoptr (GError) error = NULL;
  OsyMenuData *data = fixture_menu_data (NOW);
  OsyMenuGroup *group = g_ptr_array_index (data->groups, 0);

  g_ptr_array_add (((OsyMenuOption *)g_ptr_array_index (group->options, 0))->groups, group);
  g_assert_null (osy_menu_new (data, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/menu/pricing/plain", test_plain);
  ADD ("/menu/pricing/nested", test_nested);
  ADD ("/menu/pricing/option-counts", test_option_counts);
  ADD ("/menu/pricing/unknown", test_unknown);
  ADD ("/menu/pricing/sold-out", test_sold_out);
  ADD ("/menu/pricing/dishes", test_dishes);
  ADD ("/menu/pricing/price-rows", test_price_rows);
  ADD ("/menu/pricing/menu-changed", test_menu_changed);
  ADD ("/menu/pricing/limits", test_limits);
  ADD ("/menu/pricing/property", test_property);
  g_test_add_func ("/menu/self-containing-groups", test_self_containing_groups);
  return g_test_run ();
}
