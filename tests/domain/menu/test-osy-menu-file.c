/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu written as a file and read again is the same menu, whatever people call their dishes. */

#include "osy-menu-file.h"

#include <string.h>

#include "osy-id.h"
#include "osy-menu-fixture.h"
#include "osy-menu-plan.h"
#include "osy-menu-workbook.h"

#define NOW G_GINT64_CONSTANT (1790000000000000)

static const char *const words[] = {
    "김밥",     "=1+1",     "+82",       "-할인",  "@home",   "'=1",       "''",
    "떡,볶이",  "\"라지\"", "콜라 1.5L", "(소)",   "세트: A", "a;b",       "７＋１",
    "＝합",     "_x0041_",  "N/A",       "007",    "1e5",     "2026-1-2",  "TRUE",
    "(그대로)", "ㅋ\tㅋ",   " 앞뒤 ",    "두  칸", "é",       "e\xcc\x81", "한\u1100\u1161",
    "😀",        "<b>&amp;", "]]>",       "50%",
};

static const char *
word (void)
{
  return words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
}

/* One line, and other than all before. */
static char *
name_of (guint n)
{
  g_autofree char *text = g_strdup_printf ("%s %s %u", word (), word (), n);

  return g_strdelimit (g_steal_pointer (&text), "\t\n", ' ');
}

static char *
text_of (void)
{
  switch (g_test_rand_int_range (0, 4)) {
  case 0: return NULL;
  case 1: return g_strdup (word ());
  case 2: return g_strdup_printf ("%s\n%s\n", word (), word ());
  default: return g_strdup_printf ("%s, %s", word (), word ());
  }
}

static char *
line_of (void)
{
  g_autofree char *text = text_of ();

  return text != NULL ? g_strdelimit (g_steal_pointer (&text), "\t\n", ' ') : NULL;
}

static OsyMenuGroup *
group_of (OsyMenuData *data, guint n)
{
  OsyMenuGroup *group = osy_menu_group_new ();
  guint choices = (guint)g_test_rand_int_range (1, 4);

  group->id = osy_id_new ();
  group->name = g_test_rand_bit () ? name_of (n) : g_strdup ("맵기");
  group->max = choices;
  for (guint i = 0; i < choices; i++) {
    OsyMenuOption *option = osy_menu_option_new ();
    option->id = osy_id_new ();
    option->name = name_of (i);
    if (g_test_rand_bit ())
      g_ptr_array_add (option->prices, osy_menu_price_new (NULL, 0, g_test_rand_int_range (0, 9)));
    /* The group made before hangs below some. */
    if (data->groups->len == 1 && g_test_rand_bit ())
      g_ptr_array_add (option->groups, g_ptr_array_index (data->groups, 0));
    g_ptr_array_add (group->options, option);
  }
  g_ptr_array_add (data->groups, group);
  return group;
}

/* Of which a file says nothing. */
static void
add_times (gpointer data, gpointer unused)
{
  OsyMenuItem *item = data;
  const OsyWeekWindow evening = {OSY_WEEK_ALL_DAYS, 1020, 1140};
  OsyMenuPrice *timed = osy_menu_price_new (NULL, NOW - 1, 3);

  timed->window = evening;
  g_ptr_array_add (item->prices, timed);
  if (g_test_rand_bit ())
    g_array_append_val (item->hours, evening);
}

static OsyMenuItem *
item_of (OsyMenuData *data, const char *category_id, guint n)
{
  OsyMenuItem *item = osy_menu_item_new ();
  g_autoptr (GStrvBuilder) allergens = g_strv_builder_new ();

  item->id = osy_id_new ();
  item->category_id = g_strdup (category_id);
  item->name = name_of (n);
  item->name_en = line_of ();
  item->description = text_of ();
  item->origin = text_of ();
  item->station = line_of ();
  item->kitchen_name = line_of ();
  item->code = g_test_rand_bit () ? g_strdup_printf ("00%u", n) : NULL;
  item->prep_minutes = g_test_rand_int_range (0, 30);
  item->tax_free = g_test_rand_bit ();
  item->visible = g_test_rand_bit ();
  item->stop.mode = g_test_rand_bit () ? OSY_MENU_SOLD_OUT_OPEN : OSY_MENU_FOR_SALE;
  g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, g_test_rand_int_range (0, 99999)));
  g_ptr_array_add (item->prices, osy_menu_price_new ("QR", 0, 7));
  g_ptr_array_add (item->prices, osy_menu_price_new (NULL, NOW + 1, 5));
  add_times (item, NULL);
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    g_strv_builder_add (allergens, word ());
  g_strfreev (item->allergens);
  item->allergens = g_strv_builder_end (allergens);
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    g_ptr_array_add (item->groups, group_of (data, (guint)i));
  return item;
}

static OsyMenu *
random_menu (void)
{
  OsyMenuData *data = osy_menu_data_new (ID_SHOP, 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++) {
    OsyMenuCategory *category = osy_menu_category_new ();
    category->id = osy_id_new ();
    category->name = name_of (i);
    for (guint j = 0; j < 5; j++)
      g_ptr_array_add (category->items, item_of (data, category->id, i * 5 + j));
    g_ptr_array_add (data->categories, category);
  }
  OsyMenu *menu = osy_menu_new (data, &error);
  g_assert_no_error (error);
  return menu;
}

/* What reading @file against @menu would do. */
static OsyMenuPlan *
plan_of (OsyMenu *menu, GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenuCsv) csv = osy_menu_file_read (file, &error);
  g_assert_no_error (error);
  g_autoptr (OsyMenuSheet) sheet = osy_menu_sheet_read (csv);

  for (guint i = 0; i < sheet->errors->len; i++) {
    const OsyMenuRemark *remark = g_ptr_array_index (sheet->errors, i);
    g_error ("row %u: %s", remark->row, remark->detail);
  }
  return osy_menu_plan_new (menu, sheet, NOW);
}

static void
assert_same (OsyMenu *menu, GBytes *file, guint items)
{
  g_autoptr (OsyMenuPlan) plan = plan_of (menu, file);

  for (guint i = 0; i < plan->steps->len; i++) {
    const OsyMenuPlanStep *step = g_ptr_array_index (plan->steps, i);
    if (step->action != OSY_MENU_PLAN_UNCHANGED)
      g_error ("%s “%s”: %s", step->category, step->name,
               step->fields->len > 0 ? (const char *)g_ptr_array_index (step->fields, 0) : "new");
  }
  g_assert_cmpuint (plan->unchanged, ==, items);
  g_assert_cmpuint (plan->categories->len + plan->groups->len + plan->items->len, ==, 0);
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 60; i++) {
    g_autoptr (OsyMenu) menu = random_menu ();
    g_autoptr (OsyMenuCsv) rows = osy_menu_file_rows (menu, i % 2 == 0, NOW);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) csv = osy_menu_file_print (rows);
    g_autoptr (GBytes) book = osy_menu_file_book (rows, i % 2 == 0, &error);
    g_assert_no_error (error);
    assert_same (menu, csv, 15);
    assert_same (menu, book, 15);
  }
}

/* Into an empty shop: what the file says arrives whole. */
static void
test_carries (void)
{
  OsyMenuData *data = fixture_menu_data (NOW);
  GPtrArray *dishes = ((OsyMenuCategory *)g_ptr_array_index (data->categories, 0))->items;
  g_ptr_array_remove_index (dishes, dishes->len - 1); /* dearer than a price may be */
  g_ptr_array_foreach (dishes, add_times, NULL);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  g_autoptr (OsyMenu) empty = osy_menu_new (osy_menu_data_new (ID_SHOP, 0), NULL);
  g_autoptr (OsyMenuCsv) rows = osy_menu_file_rows (menu, TRUE, NOW);
  g_autoptr (GBytes) file = osy_menu_file_book (rows, TRUE, NULL);
  g_autoptr (OsyMenuPlan) plan = plan_of (empty, file);

  g_assert_cmpuint (plan->created, ==, dishes->len);
  for (guint i = 0; i < plan->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (plan->items, i);
    const OsyMenuItem *old = g_ptr_array_index (dishes, i);
    const OsyMenuPrice *was = g_ptr_array_index (old->prices, 0);
    gint64 is;
    g_assert_cmpstr (item->name, ==, old->name);
    g_assert_cmpuint (item->groups->len, ==, old->groups->len);
    g_assert_true (osy_menu_price_general (item->prices, NOW, &is));
    g_assert_cmpint (is, ==, was->won);
  }
}

/* No cell of the text file begins as a formula does, in quotes or out of them. */
static void
test_no_formulas (void)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (OsyMenu) menu = random_menu ();
    g_autoptr (OsyMenuCsv) rows = osy_menu_file_rows (menu, TRUE, NOW);
    g_autoptr (GBytes) file = osy_menu_file_print (rows);
    gsize len;
    const char *text = g_bytes_get_data (file, &len);
    gboolean quoted = FALSE;
    gboolean begins = TRUE;
    g_assert_cmpmem (text, 3, "\xef\xbb\xbf", 3);
    for (const char *p = text + 3; p < text + len; p++) {
      if (begins && *p != '"')
        g_assert_true (g_utf8_strchr ("=+-@＝＋－＠", -1, g_utf8_get_char (p)) == NULL);
      begins = (begins && *p == '"') || (!quoted && (*p == ',' || *p == '\n'));
      quoted = *p == '"' ? !quoted : quoted;
    }
  }
}

static void
test_kept (void)
{
  static const char text[] = "분류,메뉴명,가격,옵션,설명\n분식,새것,1000,(그대로),(unchanged)\n";
  g_autoptr (OsyMenu) menu = osy_menu_new (fixture_menu_data (NOW), NULL);
  g_autoptr (GBytes) file = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (OsyMenuCsv) csv = osy_menu_file_read (file, NULL);
  g_autoptr (OsyMenuSheet) sheet = osy_menu_sheet_read (csv);
  g_autoptr (OsyMenuPlan) plan = osy_menu_plan_new (menu, sheet, NOW);
  gboolean told = FALSE;

  g_assert_cmpuint (sheet->errors->len, ==, 0);
  g_assert_cmpuint (plan->created, ==, 1);
  g_assert_null (((OsyMenuItem *)g_ptr_array_index (plan->items, 0))->description);
  for (guint i = 0; i < sheet->warnings->len; i++)
    told |= g_str_equal (((OsyMenuRemark *)g_ptr_array_index (sheet->warnings, i))->code,
                         "NOT_IN_FILE");
  g_assert_true (told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/file/round-trip", test_round_trip);
  g_test_add_func ("/menu/file/carries", test_carries);
  g_test_add_func ("/menu/file/no-formulas", test_no_formulas);
  g_test_add_func ("/menu/file/kept", test_kept);
  return g_test_run ();
}
