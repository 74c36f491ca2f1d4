/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The cart: what taps make of it, what a changed menu says of its lines, undo and redo, and the
 * order that leaves. */

#include "osc-cart-private.h"
#include "osc-phone.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-menu-fixture.h"
#include "spin.h"

#define NOW G_GINT64_CONSTANT (1795231440000000)

typedef struct {
  OscMenuStore *menu;
  OscCart *cart;
  guint changed;
} Fixture;

static void
on_changed (Fixture *fixture)
{
  fixture->changed++;
}

static OsyMenuItem *
item_of (OsyMenuData *data, const char *id)
{
  OsyMenuCategory *category = g_ptr_array_index (data->categories, 0);

  for (guint i = 0; i < category->items->len; i++) {
    OsyMenuItem *item = g_ptr_array_index (category->items, i);

    if (g_str_equal (item->id, id))
      return item;
  }
  g_assert_not_reached ();
}

static OsyMenuGroup *
group_of (OsyMenuData *data, const char *id)
{
  for (guint i = 0; i < data->groups->len; i++)
    if (g_str_equal (((OsyMenuGroup *)g_ptr_array_index (data->groups, i))->id, id))
      return g_ptr_array_index (data->groups, i);
  g_assert_not_reached ();
}

/* (transfer full) data */
static void
put_menu (Fixture *fixture, OsyMenuData *data)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);

  osc_menu_store_put (fixture->menu, menu);
}

static void
set_price (OsyMenuData *data, const char *id, gint64 won)
{
  g_assert_true (osy_menu_prices_set_general (item_of (data, id)->prices, NOW, won));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  osy_clock_set_fake (NOW);
  fixture->menu = osc_menu_store_new (NULL);
  put_menu (fixture, fixture_menu_data (NOW));
  fixture->cart = osc_cart_new (fixture->menu);
  fixture->changed = 0;
  g_signal_connect_swapped (fixture->cart, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->cart);
  g_assert_finalize_object (fixture->menu);
  osy_clock_set_fake (0);
}

static OscCartLine *
line_at (OscCart *cart, guint position)
{
  g_autoptr (OscCartLine) line = g_list_model_get_item (G_LIST_MODEL (cart), position);

  g_assert_nonnull (line);
  return line;
}

static guint
n_lines (OscCart *cart)
{
  return g_list_model_get_n_items (G_LIST_MODEL (cart));
}

static char *
content (OscCart *cart)
{
  g_autoptr (JsonNode) node = osy_json_take_object (osc_cart_content_write (cart->content));

  return osy_json_print (node);
}

static GPtrArray *
choose (const char *first, ...)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
  va_list args;

  va_start (args, first);
  for (const char *id = first; id != NULL; id = va_arg (args, const char *))
    g_ptr_array_add (choices, osy_menu_choice_new (id));
  va_end (args);
  return choices;
}

/* Hot, with two portions of mozzarella. */
static GPtrArray *
choose_cheese (void)
{
  GPtrArray *choices = choose (ID_FIRE, ID_CHEESE, NULL);
  OsyMenuChoice *cheese = g_ptr_array_index (choices, 1);

  cheese->quantity = 2;
  g_ptr_array_add (cheese->options, osy_menu_choice_new (ID_MOZZARELLA));
  return choices;
}

static void
assert_reason (OscCart *cart, const char *wanted)
{
  g_autofree char *reason = NULL;

  g_assert_true (osc_cart_can_send (cart, &reason) == (wanted == NULL));
  g_assert_cmpstr (reason, ==, wanted);
}

/* ---- what taps do ---- */

static void
test_taps (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  g_autoptr (GPtrArray) mild = choose (ID_MILD, NULL);
  g_autoptr (OscCartLine) gimbap = g_object_ref (osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1));
  OscCartLine *tteok = osc_cart_add (cart, ID_TTEOK, mild, NULL, 1);

  g_assert_true (osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1) == gimbap);
  g_assert_cmpint (osc_cart_line_quantity (gimbap), ==, 2);
  g_assert_true (osc_cart_add (cart, ID_TTEOK, mild, NULL, 2) == tteok);
  g_assert_true (osc_cart_add (cart, ID_TTEOK, mild, "덜 맵게", 1) != tteok);
  g_assert_cmpuint (n_lines (cart), ==, 3);
  g_assert_cmpint (osc_cart_count (cart), ==, 6);
  g_assert_cmpint (osc_cart_count_of (cart, ID_TTEOK), ==, 4);
  g_assert_cmpint (osc_cart_total (cart), ==, 2 * 3500 + 4 * 4500);
  g_assert_cmpstr (osc_cart_line_name (tteok), ==, "떡볶이");
  g_assert_cmpstr (osc_cart_line_options (tteok), ==, "순한맛");
  g_assert_null (osc_cart_add (cart, ID_SHOP, NULL, NULL, 1));
  g_assert_cmpint (osc_cart_suggested_minutes (cart, 10), ==, 10);

  osc_cart_set_quantity (cart, gimbap, 5000);
  g_assert_cmpint (osc_cart_line_quantity (gimbap), ==, 999);
  /* Full: one more of it begins another line. */
  g_assert_true (osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1) != gimbap);
  osc_cart_set_quantity (cart, gimbap, 0);
  g_assert_cmpuint (n_lines (cart), ==, 3);
  /* No longer of this cart. */
  osc_cart_set_line_note (cart, gimbap, "x");
  osc_cart_clear (cart);
  g_assert_true (osc_cart_is_empty (cart));
  g_assert_cmpint (osc_cart_total (cart), ==, 0);
}

static void
test_nested_options (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) choices = choose_cheese ();
  OscCartLine *line = osc_cart_add (fixture->cart, ID_TTEOK, choices, NULL, 1);

  g_assert_cmpstr (osc_cart_line_options (line), ==, "불맛, 치즈 ×2 (모짜렐라)");
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 4500 + 500 + 2 * (1500 + 300));
  g_assert_true (osc_cart_add (fixture->cart, ID_TTEOK, choices, NULL, 1) == line);
  g_assert_cmpint (osc_cart_line_amount (line), ==, 2 * 8600);

  g_autoptr (GPtrArray) mild = choose (ID_MILD, NULL);
  osc_cart_set_choices (fixture->cart, line, mild);
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 4500);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
  g_assert_true (osc_cart_undo (fixture->cart));
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 8600);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
}

static void
test_full_cart (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < OSY_MENU_MAX_LINES; i++) {
    g_autofree char *note = g_strdup_printf ("%d", i);
    g_assert_nonnull (osc_cart_add (fixture->cart, ID_GIMBAP, NULL, note, 1));
  }
  g_assert_null (osc_cart_add (fixture->cart, ID_GIMBAP, NULL, NULL, 1));
  assert_reason (fixture->cart, NULL);
}

/* ---- what the menu says ---- */

static void
test_price_changes (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  OscCartLine *line = osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 2);
  OsyMenuData *menu = fixture_menu_data (NOW);

  set_price (menu, ID_GIMBAP, 3900);
  put_menu (fixture, menu);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_PRICE);
  g_assert_cmpint (osc_cart_line_old_price (line), ==, 3500);
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 3900);
  g_assert_cmpint (osc_cart_total (cart), ==, 7800);
  assert_reason (cart, "원조김밥: The price has changed");

  osc_cart_line_take_price (cart, line);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
  g_assert_cmpint (osc_cart_line_old_price (line), ==, 3900);
  assert_reason (cart, NULL);
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_PRICE);

  put_menu (fixture, fixture_menu_data (NOW));
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
}

static void
test_sold_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) choices = choose_cheese ();
  OscCartLine *tteok = osc_cart_add (fixture->cart, ID_TTEOK, choices, NULL, 1);
  OscCartLine *sundae = osc_cart_add (fixture->cart, ID_SUNDAE, NULL, NULL, 1);
  OsyMenuData *menu = fixture_menu_data (NOW);
  g_autofree char *problem = osc_cart_line_problem (sundae);

  g_assert_cmpint (osc_cart_line_state (sundae), ==, OSC_CART_LINE_SOLD_OUT);
  g_assert_cmpstr (problem, ==, "Sold out");
  g_assert_cmpint (osc_cart_line_amount (sundae), ==, 0);
  g_assert_cmpint (osc_cart_total (fixture->cart), ==, 8600);

  OsyMenuOption *kind = g_ptr_array_index (group_of (menu, ID_KIND)->options, 0);
  kind->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  put_menu (fixture, menu);
  g_autofree char *nested = osc_cart_line_problem (tteok);
  g_assert_cmpstr (nested, ==, "모짜렐라 is sold out");
  g_assert_true (osc_cart_line_lacks_option (tteok));
  g_assert_false (osc_cart_line_lacks_option (sundae));

  /* Options cannot mend what is sold out itself. */
  OsyMenuData *neither = fixture_menu_data (NOW);
  OsyMenuOption *mozzarella = g_ptr_array_index (group_of (neither, ID_KIND)->options, 0);
  mozzarella->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  item_of (neither, ID_TTEOK)->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  put_menu (fixture, neither);
  g_assert_false (osc_cart_line_lacks_option (tteok));
  g_assert_cmpstr (osc_cart_line_options (tteok), ==, "불맛, 치즈 ×2 (모짜렐라)");
}

static void
assert_substitutes (Fixture *fixture, OscCartLine *line, const char *channel, const char *wanted)
{
  g_autoptr (GPtrArray) found =
      osc_cart_line_substitutes (line, osc_menu_store_get (fixture->menu), channel);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (names, "%s ",
                            ((const OsyMenuItem *)g_ptr_array_index (found, i))->name);
  g_assert_cmpstr (names->str, ==, wanted);
}

/* What can be had instead, nearest price first, takes the place of what is sold out with all that
 * was said of it, and one step takes it back. */
static void
test_swap (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  OscCartLine *sundae = osc_cart_add (cart, ID_SUNDAE, NULL, "많이", 3);
  OscCartLine *gimbap = osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);

  osc_cart_set_seat (cart, sundae, 2);
  assert_substitutes (fixture, sundae, "COUNTER", "떡볶이 라면 원조김밥 ");
  assert_substitutes (fixture, sundae, "PHONE",
                      "떡볶이 라면 금박세트 "); /* gimbap is not offered */
  assert_substitutes (fixture, gimbap, "COUNTER", "");
  g_assert_null (osc_cart_swap (cart, sundae, ID_SHOP)); /* no dish */
  OscCartLine *ramyeon = osc_cart_swap (cart, sundae, ID_RAMYEON);
  g_autoptr (OscCartLine) first = g_list_model_get_item (G_LIST_MODEL (cart), 0);
  g_assert_true (first == ramyeon);
  g_assert_cmpint (osc_cart_line_state (ramyeon), ==, OSC_CART_LINE_FINE);
  g_assert_cmpint (osc_cart_line_quantity (ramyeon), ==, 3);
  g_assert_cmpint (osc_cart_line_seat (ramyeon), ==, 2);
  g_assert_cmpstr (osc_cart_line_note (ramyeon), ==, "많이");
  g_assert_cmpint (osc_cart_total (cart), ==, 3 * 4000 + 3500);
  g_assert_cmpint (osc_cart_line_state (osc_cart_swap (cart, ramyeon, ID_TTEOK)), ==,
                   OSC_CART_LINE_OPTIONS); /* its heat has to be chosen */
  g_assert_true (osc_cart_undo (cart));
  g_assert_true (osc_cart_undo (cart));
  g_autoptr (OscCartLine) back = g_list_model_get_item (G_LIST_MODEL (cart), 0);
  g_assert_cmpstr (osc_cart_line_item_id (back), ==, ID_SUNDAE);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  OscCartLine *gimbap = osc_cart_add (fixture->cart, ID_GIMBAP, NULL, NULL, 1);
  g_autoptr (GPtrArray) mild = choose (ID_MILD, NULL);
  OscCartLine *tteok = osc_cart_add (fixture->cart, ID_TTEOK, mild, NULL, 1);
  OsyMenuData *menu = fixture_menu_data (NOW);

  item_of (menu, ID_GIMBAP)->visible = FALSE;
  group_of (menu, ID_HEAT)->min = group_of (menu, ID_HEAT)->max = 2;
  put_menu (fixture, menu);
  g_assert_cmpint (osc_cart_line_state (gimbap), ==, OSC_CART_LINE_GONE);
  g_assert_cmpstr (osc_cart_line_name (gimbap), ==, "원조김밥");
  g_assert_cmpint (osc_cart_line_state (tteok), ==, OSC_CART_LINE_OPTIONS);
  g_assert_cmpint (osc_cart_total (fixture->cart), ==, 0);
  assert_reason (fixture->cart, "원조김밥: No longer on the menu");
  osc_cart_remove (fixture->cart, gimbap);
  assert_reason (fixture->cart, "떡볶이: Choose the options again");
}

/* What is sold out until a moment is for sale at that moment, with no word from the daemon. */
static void
test_moment (Fixture *fixture, gconstpointer data)
{
  OsyMenuData *menu = fixture_menu_data (NOW);

  item_of (menu, ID_SUNDAE)->stop =
      (OsyMenuStop){OSY_MENU_SOLD_OUT_UNTIL, NOW + 100 * G_TIME_SPAN_MILLISECOND};
  put_menu (fixture, menu);
  OscCartLine *line = osc_cart_add (fixture->cart, ID_SUNDAE, NULL, NULL, 1);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_SOLD_OUT);
  osy_clock_advance_fake (G_TIME_SPAN_SECOND);
  SPIN_UNTIL (osc_cart_line_state (line) == OSC_CART_LINE_FINE, 5000);
  g_assert_cmpint (osc_cart_total (fixture->cart), ==, 4500);
}

/* A price by time begins while the cart is open: the line says so and waits to be told "at the new
 * price"; a dish outside its hours can be taken at the counter. */
static void
test_price_by_time (Fixture *fixture, gconstpointer data)
{
  OsyMenuData *menu = fixture_menu_data (NOW);
  OsyMenuPrice *late = osy_menu_price_new (NULL, 0, 3000);
  gint64 minute = NOW / G_USEC_PER_SEC / 60 + 1;
  int begin = (int)(minute % 1440);
  OsyWeekWindow hours = {OSY_WEEK_ALL_DAYS, (begin + 700) % 1440, (begin + 700) % 1440 + 1};

  late->window = (OsyWeekWindow){OSY_WEEK_ALL_DAYS, begin, begin + 60};
  g_ptr_array_add (item_of (menu, ID_GIMBAP)->prices, late);
  g_array_append_val (item_of (menu, ID_GIMBAP)->hours, hours);
  osy_clock_set_fake (minute * 60 * G_USEC_PER_SEC - 50 * G_TIME_SPAN_MILLISECOND);
  put_menu (fixture, menu);
  OscCartLine *line = osc_cart_add (fixture->cart, ID_GIMBAP, NULL, NULL, 1);
  g_assert_cmpint (osc_cart_line_state (line), ==, OSC_CART_LINE_FINE);
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 3500);
  osy_clock_advance_fake (50 * G_TIME_SPAN_MILLISECOND);
  SPIN_UNTIL (osc_cart_line_state (line) == OSC_CART_LINE_PRICE, 5000);
  g_assert_cmpint (osc_cart_line_unit_price (line), ==, 3000);
  g_assert_cmpint (osc_cart_line_old_price (line), ==, 3500);
  g_assert_false (osc_cart_can_send (fixture->cart, NULL));
  osc_cart_line_take_price (fixture->cart, line);
  g_assert_cmpint (osc_cart_total (fixture->cart), ==, 3000);
  g_assert_true (osc_cart_can_send (fixture->cart, NULL));
}

static void
test_channel (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  OsyMenuData *menu = fixture_menu_data (NOW);

  g_ptr_array_add (item_of (menu, ID_RAMYEON)->prices, osy_menu_price_new ("PHONE", 0, 4200));
  put_menu (fixture, menu);
  OscCartLine *ramyeon = osc_cart_add (cart, ID_RAMYEON, NULL, NULL, 1);
  OscCartLine *gimbap = osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  g_autofree char *before = content (cart);

  osc_cart_set_channel (cart, "PHONE");
  g_assert_cmpint (osc_cart_line_unit_price (ramyeon), ==, 4200);
  g_assert_cmpint (osc_cart_line_state (ramyeon), ==, OSC_CART_LINE_FINE);
  g_assert_cmpint (osc_cart_line_state (gimbap), ==, OSC_CART_LINE_GONE);
  g_assert_true (osc_cart_undo (cart));
  g_autofree char *after = content (cart);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (osc_cart_line_unit_price (ramyeon), ==, 4000);
  g_assert_cmpint (osc_cart_line_state (gimbap), ==, OSC_CART_LINE_FINE);
}

/* ---- undo ---- */

static void
test_typing_is_one_step (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  const char *const typed[] = {"박", "박선", "박선호", "박선", "박선영"};

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    osc_cart_set_text (cart, OSC_CART_NAME, typed[i]);
  osc_cart_set_text (cart, OSC_CART_TABLE, "6");
  osc_cart_set_text (cart, OSC_CART_TABLE, "7");
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_TABLE), ==, "6");
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_NAME), ==, "박선영");
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_NAME), ==, "");
  g_assert_false (osc_cart_undo (cart));
  g_assert_true (osc_cart_redo (cart));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_NAME), ==, "박선영");

  /* Typed, and taken out again. */
  osc_cart_set_text (cart, OSC_CART_NOTE, "포");
  osc_cart_set_text (cart, OSC_CART_NOTE, "");
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_NAME), ==, "");
}

static void
test_words_are_cleaned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fill = g_strnfill (1000, 'x');
  OscCartLine *line = osc_cart_add (fixture->cart, ID_GIMBAP, NULL, "\x1b[1m", 1);

  g_assert_cmpstr (osc_cart_line_note (line), ==, "[1m");
  osc_cart_set_line_note (fixture->cart, line, fill);
  g_assert_cmpuint (strlen (osc_cart_line_note (line)), ==, OSC_CART_MAX_NOTE);
  osc_cart_set_line_note (fixture->cart, line, "");
  g_assert_null (osc_cart_line_note (line));
  osc_cart_set_text (fixture->cart, OSC_CART_PHONE, "01012345678");
  g_assert_cmpstr (osc_cart_text (fixture->cart, OSC_CART_PHONE), ==, "010-1234-5678");
}

/* A model beside the cart that knows only what "items-changed" told it. */
static void
follow (GListModel *model, guint position, guint removed, guint added, GPtrArray *shadow)
{
  g_assert_cmpuint (position + removed, <=, shadow->len);
  if (removed > 0)
    g_ptr_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (shadow, (int)(position + i), g_list_model_get_item (model, position + i));
}

static void
assert_followed (OscCart *cart, GPtrArray *shadow)
{
  g_assert_cmpuint (n_lines (cart), ==, shadow->len);
  for (guint i = 0; i < shadow->len; i++)
    g_assert_true (line_at (cart, i) == g_ptr_array_index (shadow, i));
}

static OscCartLine *
any_line (OscCart *cart)
{
  return n_lines (cart) > 0 ? line_at (cart, g_test_rand_int_range (0, (int)n_lines (cart))) : NULL;
}

static void
random_add (OscCart *cart)
{
  static const char *const plain[] = {ID_GIMBAP, ID_SUNDAE, ID_RAMYEON, ID_GOLD};
  g_autoptr (GPtrArray) choices =
      g_test_rand_bit () ? choose_cheese () : choose (g_test_rand_bit () ? ID_MILD : ID_FIRE, NULL);

  if (g_test_rand_bit ())
    osc_cart_add (cart, ID_TTEOK, choices, g_test_rand_bit () ? "덜 맵게" : NULL, 1);
  else
    osc_cart_add (cart, plain[g_test_rand_int_range (0, G_N_ELEMENTS (plain))], NULL, NULL,
                  g_test_rand_int_range (1, 4));
}

static void
random_words (OscCart *cart)
{
  static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY"};
  g_autofree char *text = g_strdup_printf ("%d", g_test_rand_int_range (0, 300));

  switch (g_test_rand_int_range (0, 5)) {
  case 0: osc_cart_set_type (cart, types[g_test_rand_int_range (0, 3)]); break;
  case 1: osc_cart_set_channel (cart, g_test_rand_bit () ? "COUNTER" : "PHONE"); break;
  case 2: osc_cart_set_guests (cart, g_test_rand_int_range (-1, 6)); break;
  default: osc_cart_set_text (cart, (OscCartText)g_test_rand_int_range (0, OSC_CART_N_TEXTS), text);
  }
}

static void
random_step (OscCart *cart)
{
  OscCartLine *line = any_line (cart);
  g_autoptr (GPtrArray) mild = choose (ID_MILD, NULL);

  switch (line != NULL ? g_test_rand_int_range (0, 12) : 0) {
  case 1: osc_cart_set_quantity (cart, line, g_test_rand_int_range (0, 5)); break;
  case 2: osc_cart_remove (cart, line); break;
  case 3: osc_cart_set_line_note (cart, line, g_test_rand_bit () ? "얼음 빼고" : ""); break;
  case 4: osc_cart_set_choices (cart, line, mild); break;
  case 5: osc_cart_line_take_price (cart, line); break;
  case 6:
  case 7: random_words (cart); break;
  case 8:
    if (g_test_rand_int_range (0, 10) == 0)
      osc_cart_clear (cart);
    break;
  default: random_add (cart);
  }
}

/* Every state that was ever current comes back exactly, backwards and forwards. */
static void
check_all_steps (OscCart *cart, GPtrArray *states, GPtrArray *shadow)
{
  for (guint i = states->len; i-- > 0;) {
    g_autofree char *now = content (cart);
    g_assert_cmpstr (now, ==, g_ptr_array_index (states, i));
    assert_followed (cart, shadow);
    g_assert_true (osc_cart_undo (cart) == (i > 0));
  }
  for (guint i = 0; i < states->len; i++) {
    g_autofree char *now = content (cart);
    g_assert_cmpstr (now, ==, g_ptr_array_index (states, i));
    assert_followed (cart, shadow);
    g_assert_true (osc_cart_redo (cart) == (i + 1 < states->len));
  }
}

/* Notes what the content is now: a new state, the last one typed further, or an earlier one. */
static void
note_state (OscCart *cart, GPtrArray *states)
{
  g_autofree char *now = content (cart);
  guint steps = cart->undo.length;

  g_assert_cmpuint (steps, <=, states->len);
  if (steps + 1 < states->len) {
    g_ptr_array_set_size (states, (int)steps + 1);
    g_assert_cmpstr (now, ==, g_ptr_array_index (states, steps));
    return;
  }
  if (steps + 1 == states->len)
    g_ptr_array_set_size (states, (int)steps);
  g_ptr_array_add (states, g_steal_pointer (&now));
}

static void
test_random_steps (Fixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 20; round++) {
    OscCart *cart = osc_cart_new (fixture->menu);
    g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);

    g_signal_connect (cart, "items-changed", G_CALLBACK (follow), shadow);
    g_ptr_array_add (states, content (cart));
    for (int i = 0; i < 150; i++) {
      random_step (cart);
      note_state (cart, states);
      if (g_test_rand_int_range (0, 8) == 0)
        osc_cart_undo (cart);
      note_state (cart, states);
    }
    g_queue_clear_full (&cart->redo, g_free);
    check_all_steps (cart, states, shadow);
    g_object_unref (cart);
  }
}

/* ---- the order ---- */

static void
test_order (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  g_autoptr (GPtrArray) choices = choose_cheese ();

  assert_reason (cart, "Tap the menu to add something");
  osc_cart_add (cart, ID_TTEOK, choices, "덜 맵게", 2);
  osc_cart_set_text (cart, OSC_CART_TABLE, "6");
  osc_cart_set_text (cart, OSC_CART_NOTE, "물 많이");
  osc_cart_set_text (cart, OSC_CART_NAME, "박선호");
  osc_cart_set_text (cart, OSC_CART_PHONE, "0101234");
  osc_cart_set_guests (cart, 3);
  assert_reason (cart, "The phone number is not complete");
  osc_cart_set_text (cart, OSC_CART_PHONE, "+82 10 1234 5678");
  assert_reason (cart, NULL);

  g_autoptr (JsonNode) body = osc_cart_to_json (cart, 15);
  g_autofree char *text = osy_json_print (body);
  g_assert_cmpstr (
      text, ==,
      "{\"restaurant_id\":\"" ID_SHOP "\",\"type\":\"DINE_IN\",\"channel\":\"COUNTER\","
      "\"items\":[{\"menu_item_id\":\"" ID_TTEOK "\",\"quantity\":2,\"unit_price\":8600,"
      "\"options\":[{\"option_id\":\"" ID_FIRE "\",\"quantity\":1},"
      "{\"option_id\":\"" ID_CHEESE "\",\"quantity\":2,"
      "\"options\":[{\"option_id\":\"" ID_MOZZARELLA "\",\"quantity\":1}]}],"
      "\"note\":\"덜 맵게\"}],"
      "\"customer\":{\"name\":\"박선호\",\"phone\":\"010-1234-5678\"},"
      "\"guest_count\":3,\"note\":\"Table 6 · 물 많이\",\"accept\":{\"ready_in_minutes\":15}}");

  osc_cart_set_type (cart, "DELIVERY");
  assert_reason (cart, "A delivery needs an address");
  osc_cart_set_text (cart, OSC_CART_ADDRESS, "마포구 어울마당로 5");
  assert_reason (cart, NULL);
  g_autoptr (JsonNode) delivery = osc_cart_to_json (cart, 0);
  JsonObject *object = json_node_get_object (delivery);
  g_assert_cmpstr (json_object_get_string_member (object, "note"), ==, "물 많이");
  g_assert_false (json_object_has_member (object, "accept"));
  g_assert_false (json_object_has_member (object, "guest_count"));
}

static OsyOrder *
past_order (void)
{
  OsyOrderData *order = osy_order_data_new ();
  static const char *const ids[] = {ID_TTEOK, ID_HIDDEN};

  order->type = g_strdup ("DINE_IN");
  order->channel = g_strdup ("QR");
  order->guest_count = 2;
  order->customer_phone = g_strdup ("010-****-5678");
  order->note = g_strdup ("Table 12 · 창가");
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    OsyOrderLine *line = osy_order_line_new ();

    line->menu_item_id = g_strdup (ids[i]);
    line->name = g_strdup (i == 0 ? "옛 떡볶이" : "비밀메뉴");
    line->quantity = 2;
    line->unit_price = 1;
    g_ptr_array_add (order->lines, line);
  }
  OsyOrderLine *first = g_ptr_array_index (order->lines, 0);
  OsyOrderOption *heat = osy_order_option_new ();
  heat->option_id = g_strdup (ID_FIRE);
  heat->name = g_strdup ("불맛");
  heat->quantity = 1;
  g_ptr_array_add (first->options, heat);
  return osy_order_new (order);
}

static void
test_copy_order (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = fixture->cart;
  g_autoptr (OsyOrder) order = past_order ();

  osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  osc_cart_copy_order (cart, order);
  g_assert_cmpuint (n_lines (cart), ==, 2);
  g_assert_cmpint (osc_cart_line_unit_price (line_at (cart, 0)), ==, 5000);
  g_assert_cmpint (osc_cart_line_state (line_at (cart, 0)), ==, OSC_CART_LINE_FINE);
  g_assert_cmpstr (osc_cart_line_name (line_at (cart, 0)), ==, "떡볶이");
  g_assert_cmpint (osc_cart_line_state (line_at (cart, 1)), ==, OSC_CART_LINE_GONE);
  g_assert_cmpstr (osc_cart_channel (cart), ==, "COUNTER");
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_TABLE), ==, "12");
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_NOTE), ==, "창가");
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_PHONE), ==, "");
  g_assert_true (osc_cart_undo (cart));
  g_assert_cmpuint (n_lines (cart), ==, 1);
  g_assert_cmpstr (osc_cart_line_item_id (line_at (cart, 0)), ==, ID_GIMBAP);
}

static void
test_phone (void)
{
  static const struct {
    const char *typed;
    const char *shown;
    gboolean valid;
  } cases[] = {
      {"", "", FALSE},
      {"010", "010", FALSE},
      {"0101", "010-1", FALSE},
      {"01012345678", "010-1234-5678", TRUE},
      {"+821012345678", "010-1234-5678", TRUE},
      {"010 1234 5678", "010-1234-5678", TRUE},
      {"0212345678", "02-1234-5678", TRUE},
      {"021234567", "02-123-4567", TRUE},
      {"0311234567", "031-123-4567", TRUE},
      {"050512345678", "0505-1234-5678", TRUE},
      {"15881234", "1588-1234", TRUE},
      {"12345", "123-45", FALSE},
      {"+14155552671", "+14155552671", TRUE},
      {"call me", "call me", FALSE},
      {"0101234567890123", "0101234567890123", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = osc_phone_format (cases[i].typed);
    g_autofree char *again = osc_phone_format (shown);

    g_assert_cmpstr (shown, ==, cases[i].shown);
    g_assert_cmpstr (again, ==, shown);
    g_assert_true (osc_phone_is_valid (shown) == cases[i].valid);
  }
}

#define ADD(path, func) g_test_add ("/cart/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("taps", test_taps);
  ADD ("nested-options", test_nested_options);
  ADD ("full-cart", test_full_cart);
  ADD ("price-changes", test_price_changes);
  ADD ("sold-out", test_sold_out);
  ADD ("swap", test_swap);
  ADD ("gone", test_gone);
  ADD ("moment", test_moment);
  ADD ("price-by-time", test_price_by_time);
  ADD ("channel", test_channel);
  ADD ("typing-is-one-step", test_typing_is_one_step);
  ADD ("words-are-cleaned", test_words_are_cleaned);
  ADD ("random-steps", test_random_steps);
  ADD ("order", test_order);
  ADD ("copy-order", test_copy_order);
  g_test_add_func ("/cart/phone", test_phone);
  return g_test_run ();
}
