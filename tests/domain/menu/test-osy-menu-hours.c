/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Prices and hours by the shop's clock: which price beats which, who is refused outside the hours,
 * and that who reads the menu reckons as who wrote it. */

#include "osy-error.h"
#include "osy-menu-fixture.h"
#include "osy-menu-json.h"
#include "osy-menu-pricing.h"

#define LUNCH 31, 660, 870 /* Monday to Friday, 11:00 to 14:30 */

static gint64
at (const char *text)
{
  gint64 us;

  g_assert_true (osy_clock_parse (text, &us));
  return us;
}

static OsyMenuData *
new_data (void)
{
  OsyMenuData *data = fixture_menu_data (at ("2026-11-20T03:00:00Z"));

  data->time_zone = g_strdup ("Asia/Seoul");
  data->cutoff_minutes = 300;
  return data;
}

static OsyMenuItem *
item_of (OsyMenuData *data, const char *id)
{
  GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (data->categories, 0))->items;

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((OsyMenuItem *)g_ptr_array_index (items, i))->id, id))
      return g_ptr_array_index (items, i);
  g_assert_not_reached ();
}

static void
add_price (GPtrArray *prices, const char *channel, gint64 won, OsyWeekWindow window)
{
  OsyMenuPrice *price = osy_menu_price_new (channel, 0, won);

  price->window = window;
  g_ptr_array_add (prices, price);
}

static void
add_hours (GArray *hours, OsyWeekWindow window)
{
  g_array_append_val (hours, window);
}

static OsyMenu *
freeze (OsyMenuData *data)
{
  g_autoptr (GError) error = NULL;
  OsyMenu *menu = osy_menu_new (data, &error);

  g_assert_no_error (error);
  return menu;
}

static gint64
price (OsyMenu *menu, const char *id, const char *channel, const char *time)
{
  gint64 won = -1;

  g_assert_true (
      osy_menu_price_at (menu, osy_menu_find_item (menu, id)->prices, channel, at (time), &won));
  return won;
}

/* Channel and time, channel, time, general: whichever stands first. */
static void
test_which_price (void)
{
  OsyMenuData *data = new_data ();
  GPtrArray *prices = item_of (data, ID_GIMBAP)->prices; /* 3,500 */
  const char *in = "2026-11-20T12:00:00+09:00";
  const char *out = "2026-11-20T15:00:00+09:00";

  add_price (prices, NULL, 3000, (OsyWeekWindow){LUNCH});
  add_price (prices, "QR", 3300, (OsyWeekWindow){0});
  add_price (prices, "WEB", 2900, (OsyWeekWindow){LUNCH});
  add_price (prices, "WEB", 3200, (OsyWeekWindow){0});
  g_autoptr (OsyMenu) menu = freeze (data);
  g_assert_cmpint (price (menu, ID_GIMBAP, "COUNTER", in), ==, 3000);
  g_assert_cmpint (price (menu, ID_GIMBAP, NULL, in), ==, 3000);
  g_assert_cmpint (price (menu, ID_GIMBAP, "COUNTER", out), ==, 3500);
  g_assert_cmpint (price (menu, ID_GIMBAP, "QR", in), ==, 3300);
  g_assert_cmpint (price (menu, ID_GIMBAP, "QR", out), ==, 3300);
  g_assert_cmpint (price (menu, ID_GIMBAP, "WEB", in), ==, 2900);
  g_assert_cmpint (price (menu, ID_GIMBAP, "WEB", out), ==, 3200);
  /* the general price is not that of an hour */
  gint64 won = 0;
  g_assert_true (osy_menu_price_general (prices, at (in), &won));
  g_assert_cmpint (won, ==, 3500);
  g_assert_true (osy_menu_prices_set_general (prices, at (in), 3600));
  g_assert_cmpint (price (menu, ID_GIMBAP, "COUNTER", in), ==, 3000);
  g_assert_cmpint (price (menu, ID_GIMBAP, "COUNTER", out), ==, 3600);
}

static void
test_edges (void)
{
  OsyMenuData *data = new_data ();

  add_price (item_of (data, ID_GIMBAP)->prices, NULL, 3000, (OsyWeekWindow){LUNCH});
  g_autoptr (OsyMenu) menu = freeze (data);
  g_assert_cmpint (price (menu, ID_GIMBAP, "QR", "2026-11-20T10:59:59.999999+09:00"), ==, 3500);
  g_assert_cmpint (price (menu, ID_GIMBAP, "QR", "2026-11-20T11:00:00+09:00"), ==, 3000);
  g_assert_cmpint (price (menu, ID_GIMBAP, "QR", "2026-11-20T14:30:00+09:00"), ==, 3500);
  g_assert_cmpint (osy_menu_next_change (menu, at ("2026-11-20T10:00:00+09:00")), ==,
                   at ("2026-11-20T11:00:00+09:00"));
}

static GError *
ask (OsyMenu *menu, const char *id, const char *channel, const char *time, gint64 expected)
{
  g_autoptr (GPtrArray) requests =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);
  OsyMenuRequestLine *line = osy_menu_request_line_new (id);
  GError *error = NULL;

  line->expected_price = expected;
  g_ptr_array_add (requests, line);
  g_autoptr (GPtrArray) lines = osy_menu_price_lines (menu, requests, channel, at (time), &error);
  return error;
}

static void
assert_refused (OsyMenu *menu, const char *channel, const char *time, const char *words)
{
  g_autoptr (GError) error = ask (menu, ID_GIMBAP, channel, time, -1);

  g_assert_error (error, OSY_ERROR, OSY_ERROR_OUTSIDE_HOURS);
  g_assert_cmpstr (error->message, ==, words);
}

/* Guests' screens keep to the hours, people at the counter and what a platform sold do not. */
static void
test_who_is_refused (void)
{
  OsyMenuData *data = new_data ();
  const char *in = "2026-11-20T12:00:00+09:00";
  const char *out = "2026-11-20T15:00:00+09:00";

  g_strfreev (g_steal_pointer (&item_of (data, ID_GIMBAP)->channels));
  add_hours (item_of (data, ID_GIMBAP)->hours, (OsyWeekWindow){LUNCH});
  g_autoptr (OsyMenu) menu = freeze (data);
  for (const char *const *channel = osy_menu_channels; *channel != NULL; channel++) {
    g_autoptr (GError) error = ask (menu, ID_GIMBAP, *channel, in, 3500);
    g_assert_no_error (error);
    if (osy_menu_keeps_hours (*channel)) {
      assert_refused (menu, *channel, out, "“원조김밥” is sold Mon–Fri 11:00–14:30.");
      continue;
    }
    g_autoptr (GError) later = ask (menu, ID_GIMBAP, *channel, out, 3500);
    g_assert_no_error (later);
  }
}

/* Both must hold; the category's are named first. */
static void
test_category (void)
{
  OsyMenuData *data = new_data ();
  OsyMenuCategory *category = g_ptr_array_index (data->categories, 0);

  add_hours (item_of (data, ID_GIMBAP)->hours, (OsyWeekWindow){LUNCH});
  add_hours (category->hours, (OsyWeekWindow){OSY_WEEK_ALL_DAYS, 720, 780});
  g_autoptr (OsyMenu) menu = freeze (data);
  g_autoptr (GError) both = ask (menu, ID_GIMBAP, "QR", "2026-11-20T12:30:00+09:00", -1);
  g_assert_no_error (both);
  assert_refused (menu, "QR", "2026-11-20T11:30:00+09:00",
                  "“원조김밥” is sold every day 12:00–13:00.");
  assert_refused (menu, "QR", "2026-11-21T12:30:00+09:00",
                  "“원조김밥” is sold Mon–Fri 11:00–14:30.");
}

/* A price that was seen is never another one without a word. */
static void
test_seen_price (void)
{
  OsyMenuData *data = new_data ();

  add_price (item_of (data, ID_GIMBAP)->prices, "COUNTER", 3000, (OsyWeekWindow){LUNCH});
  g_autoptr (OsyMenu) menu = freeze (data);
  g_autoptr (GError) early = ask (menu, ID_GIMBAP, "COUNTER", "2026-11-20T11:00:00+09:00", 3500);
  g_autoptr (GError) right = ask (menu, ID_GIMBAP, "COUNTER", "2026-11-20T11:00:00+09:00", 3000);
  g_autoptr (GError) late = ask (menu, ID_GIMBAP, "COUNTER", "2026-11-20T14:30:00+09:00", 3000);
  g_assert_error (early, OSY_ERROR, OSY_ERROR_MENU_CHANGED);
  g_assert_no_error (right);
  g_assert_error (late, OSY_ERROR, OSY_ERROR_MENU_CHANGED);
}

static OsyMenu *
pass_on (OsyMenu *menu, gint64 now)
{
  OsyMenuView view = {NULL, now, TRUE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  g_autofree char *text = osy_json_print (node);
  g_autoptr (JsonNode) read = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  OsyMenu *back = osy_menu_json_read (read, &error);

  g_assert_no_error (error);
  return back;
}

static OsyWeekWindow
random_window (GRand *rand)
{
  OsyWeekWindow window = {(guint)g_rand_int_range (rand, 0, 128), g_rand_int_range (rand, 0, 1440),
                          0};

  if (window.weekdays == 0)
    return (OsyWeekWindow){0};
  if (g_rand_boolean (rand))
    window.until = window.from + g_rand_int_range (rand, 1, 1441);
  else
    window.from = 0;
  return window;
}

static void
randomise (GRand *rand, OsyMenuData *data)
{
  static const char *const zones[] = {"Asia/Seoul", "America/New_York", "Europe/London"};
  GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (data->categories, 0))->items;

  g_free (data->time_zone);
  data->time_zone = g_strdup (zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))]);
  data->cutoff_minutes = g_rand_int_range (rand, 0, 1440);
  for (guint i = 0; i < items->len; i++) {
    OsyMenuItem *item = g_ptr_array_index (items, i);
    for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--) {
      int channel = g_rand_int_range (rand, 0, 6);
      add_price (item->prices, osy_menu_channels[channel], g_rand_int_range (rand, 0, 9000),
                 random_window (rand));
    }
    OsyWeekWindow hours = random_window (rand);
    if (hours.weekdays != 0)
      add_hours (item->hours, hours);
  }
}

/* What the console reckons from the editor's form is what the daemon reckons, at any time. */
static void
test_same_for_clients (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (221);

  for (int round = 0; round < 200; round++) {
    OsyMenuData *data = new_data ();
    randomise (rand, data);
    g_autoptr (OsyMenu) server = freeze (data);
    gint64 now = at ("2026-10-01T00:00:00Z");
    g_autoptr (OsyMenu) client = pass_on (server, now);
    GPtrArray *items =
        ((OsyMenuCategory *)g_ptr_array_index (osy_menu_categories (server), 0))->items;
    for (int i = 0; i < 40; i++) {
      gint64 then = now + g_rand_int_range (rand, 0, 60 * 24 * 3600) * G_TIME_SPAN_SECOND;
      const OsyMenuItem *ours =
          g_ptr_array_index (items, g_rand_int_range (rand, 0, (int)items->len));
      const OsyMenuItem *theirs = osy_menu_find_item (client, ours->id);
      const char *channel = osy_menu_channels[g_rand_int_range (rand, 0, 6)];
      gint64 a = -1, b = -1;
      g_assert_cmpint (osy_menu_price_at (server, ours->prices, channel, then, &a), ==,
                       osy_menu_price_at (client, theirs->prices, channel, then, &b));
      g_assert_cmpint (a, ==, b);
      g_assert_cmpint (osy_menu_shut_hours (server, ours, then) == NULL, ==,
                       osy_menu_shut_hours (client, theirs, then) == NULL);
      g_assert_cmpint (osy_menu_next_change (server, then), ==,
                       osy_menu_next_change (client, then));
    }
  }
}

static JsonObject *
guest_item (OsyMenu *menu, const char *time, JsonNode **node)
{
  OsyMenuView view = {"QR", at (time), FALSE};

  *node = osy_menu_json_write (menu, &view);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (*node), "categories");
  return json_array_get_object_element (
      json_object_get_array_member (json_array_get_object_element (categories, 0), "items"), 0);
}

static void
test_guests (void)
{
  OsyMenuData *data = new_data ();

  add_hours (item_of (data, ID_GIMBAP)->hours, (OsyWeekWindow){LUNCH});
  add_price (item_of (data, ID_GIMBAP)->prices, NULL, 3000, (OsyWeekWindow){LUNCH});
  g_autoptr (OsyMenu) menu = freeze (data);
  g_autoptr (JsonNode) noon = NULL;
  g_autoptr (JsonNode) evening = NULL;
  JsonObject *item = guest_item (menu, "2026-11-20T12:00:00+09:00", &noon);
  g_assert_cmpint (json_object_get_int_member (item, "price"), ==, 3000);
  g_assert_false (json_object_has_member (item, "outside_hours"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (item, "hours")), ==, 1);
  item = guest_item (menu, "2026-11-20T19:00:00+09:00", &evening);
  g_assert_cmpint (json_object_get_int_member (item, "price"), ==, 3500);
  g_assert_true (json_object_get_boolean_member (item, "outside_hours"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/hours/which-price", test_which_price);
  g_test_add_func ("/menu/hours/edges", test_edges);
  g_test_add_func ("/menu/hours/who-is-refused", test_who_is_refused);
  g_test_add_func ("/menu/hours/category", test_category);
  g_test_add_func ("/menu/hours/seen-price", test_seen_price);
  g_test_add_func ("/menu/hours/same-for-clients", test_same_for_clients);
  g_test_add_func ("/menu/hours/guests", test_guests);
  return g_test_run ();
}
