/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Choices from random menus: the menu's own rules allow every one of them, and none is refused that
 * could be had. */

#include "osy-sim-choice.h"

#include "osy-id.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)
#define MENUS 600
#define GUESTS 8

static gboolean
chance (int percent)
{
  return g_test_rand_int_range (0, 100) < percent;
}

static OsyMenuGroup *
random_group (OsyMenuData *data, int depth)
{
  OsyMenuGroup *group = osy_menu_group_new ();
  int n = g_test_rand_int_range (1, 6);

  group->id = osy_id_new ();
  group->name = g_strdup ("맵기");
  group->min = chance (50) ? 0 : g_test_rand_int_range (1, 5);
  group->max = chance (10) ? 999 : group->min + g_test_rand_int_range (group->min == 0, 4);
  for (int i = 0; i < n; i++) {
    OsyMenuOption *option = osy_menu_option_new ();
    option->id = osy_id_new ();
    option->name = g_strdup ("치즈");
    option->max = chance (50) ? 0 : g_test_rand_int_range (1, 4);
    option->stop.mode = chance (25) ? OSY_MENU_SOLD_OUT_OPEN : OSY_MENU_FOR_SALE;
    if (chance (50))
      g_ptr_array_add (option->prices, osy_menu_price_new (NULL, 0, 500));
    if (depth < OSY_MENU_MAX_DEPTH && chance (25))
      g_ptr_array_add (option->groups, random_group (data, depth + 1));
    g_ptr_array_add (group->options, option);
  }
  g_ptr_array_add (data->groups, group);
  return group;
}

static OsyMenuItem *
random_item (OsyMenuData *data, const OsyMenuCategory *category)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = osy_id_new ();
  item->category_id = g_strdup (category->id);
  item->name = g_strdup ("떡볶이");
  item->visible = chance (90);
  item->stop.mode = chance (25) ? OSY_MENU_SOLD_OUT_OPEN : OSY_MENU_FOR_SALE;
  if (chance (90))
    g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, 4500));
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    g_ptr_array_add (item->groups, random_group (data, 1));
  return item;
}

static OsyMenu *
random_menu (void)
{
  g_autoptr (GError) error = NULL;
  OsyMenuData *data = osy_menu_data_new (NULL, 1);

  for (int i = g_test_rand_int_range (0, 4); i > 0; i--) {
    OsyMenuCategory *category = osy_menu_category_new ();
    category->id = osy_id_new ();
    category->name = g_strdup ("분식");
    category->visible = chance (90);
    for (int j = g_test_rand_int_range (0, 4); j > 0; j--)
      g_ptr_array_add (category->items, random_item (data, category));
    g_ptr_array_add (data->categories, category);
  }
  OsyMenu *menu = osy_menu_new (data, &error);
  g_assert_no_error (error);
  return menu;
}

/* An item without options that is for sale can always be had. */
static gboolean
has_plain_item (OsyMenu *menu)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);
      if (item->groups->len == 0 && osy_menu_is_offered (menu, item, "QR", NOW) &&
          !osy_menu_stop_at (&item->stop, NOW))
        return TRUE;
    }
  }
  return FALSE;
}

/** What was met with over all menus: a property that only ever sees plain items proves nothing. */
typedef struct {
  guint none;
  guint options;
  guint several; /* of one option */
  guint nested;
  guint lines;
} Met;

static void
look_at (GPtrArray *choices, Met *met)
{
  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    met->options++;
    met->several += choice->quantity > 1;
    met->nested += choice->options->len > 0;
  }
}

static void
check_guest (GRand *rand, OsyMenu *menu, Met *met)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = osy_sim_choice_make (rand, menu, "QR", NOW);

  if (lines == NULL) {
    g_assert_false (has_plain_item (menu));
    met->none++;
    return;
  }
  g_autoptr (GPtrArray) priced = osy_menu_price_lines (menu, lines, "QR", NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (priced->len, ==, lines->len);
  met->lines += lines->len > 1;
  for (guint i = 0; i < lines->len; i++)
    look_at (((OsyMenuRequestLine *)g_ptr_array_index (lines, i))->options, met);
}

static void
test_always_valid (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  Met met = {0};

  for (int i = 0; i < MENUS; i++) {
    g_autoptr (OsyMenu) menu = random_menu ();
    for (int j = 0; j < GUESTS; j++)
      check_guest (rand, menu, &met);
  }
  g_assert_cmpuint (met.none, >, 0);
  g_assert_cmpuint (met.lines, >, 0);
  g_assert_cmpuint (met.options, >, 0);
  g_assert_cmpuint (met.several, >, 0);
  g_assert_cmpuint (met.nested, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/choice/always-valid", test_always_valid);
  return g_test_run ();
}
