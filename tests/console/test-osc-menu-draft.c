/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Drafts of menu entries and origin statements, without a screen. */

#include "osc-menu-draft.h"

#include <string.h>

#include "osc-menu-entry.h"
#include "osc-menu-hours.h"
#include "osy-menu-allergens.h"
#include "osc-menu-lines.h"
#include "osy-menu-origin.h"
#include "osc-menu-reprice.h"
#include "osy-json.h"

static void
test_typed_is_kept (void)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (osy_menu_data_new ("", 0), NULL);
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new_blank (menu, OSC_DRAFT_ITEM, "c");
  JsonObject *item = osc_menu_draft_root (draft);

  g_assert_false (osc_menu_draft_is_dirty (draft));
  osc_menu_entry_set_text (item, "name", "떡볶이");
  osc_menu_entry_set_number (item, "prep_minutes", "9분쯤");
  osc_menu_entry_set_price (item, 0, "4천원");
  g_assert_true (osc_menu_draft_is_dirty (draft));
  g_autofree char *minutes = osc_menu_entry_number (item, "prep_minutes");
  g_assert_cmpstr (minutes, ==, "9분쯤");
  g_autoptr (GHashTable) faults = osc_menu_draft_check (draft);
  g_assert_true (g_hash_table_contains (faults, "price"));
  g_assert_true (g_hash_table_contains (faults, "prep_minutes"));
  g_assert_false (g_hash_table_contains (faults, "name"));
}

static void
test_group_of_its_own (void)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (osy_menu_data_new ("", 0), NULL);
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new_blank (menu, OSC_DRAFT_ITEM, "c");
  g_autofree char *id = g_strdup (osc_menu_draft_add_group (draft, osc_menu_draft_root (draft)));
  g_autoptr (GHashTable) faults = osc_menu_draft_check (draft);
  g_autofree char *place = g_strdup_printf ("%s/name", id);

  g_assert_true (g_hash_table_contains (faults, place));
  g_autofree char *of_group = osc_menu_draft_place (draft, "/changes/0/entry/name");
  g_autofree char *of_item = osc_menu_draft_place (draft, "/changes/1/entry/name");
  g_assert_cmpstr (of_group, ==, place); /* groups stand before who uses them */
  g_assert_cmpstr (of_item, ==, "name");
  g_autoptr (JsonNode) changes = osc_menu_draft_changes (draft);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (changes)), ==, 2);
}

static void
add_timed (JsonObject *item, gint64 won, int from, int until)
{
  JsonObject *row = json_object_new ();

  osc_menu_window_fill (row, OSY_WEEK_ALL_DAYS, from, until);
  json_object_set_int_member (row, "price", won);
  json_array_add_object_element (osc_menu_entry_list (item, "prices"), row);
}

/* The price of an hour is not the general one; two of the same hours are told apart by a fault at
 * the second; a time that is none and hours on no day are faults at their rows. */
static OsyMenuItem *
add_item (OsyMenuCategory *category, const char *id, const char *name)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = g_strdup (id);
  item->name = g_strdup (name);
  item->category_id = g_strdup (category->id);
  g_ptr_array_add (category->items, item);
  return item;
}

/* A combo begins with its slots; dishes come into them in place of the blank choice, and go. */
static void
test_combo (void)
{
  OsyMenuData *data = osy_menu_data_new ("", 1);
  OsyMenuCategory *category = osy_menu_category_new ();

  category->id = g_strdup ("c");
  g_ptr_array_add (data->categories, category);
  add_item (category, "fries", "감자튀김");
  add_item (category, "burger", "불고기버거")->name_en = g_strdup ("Bulgogi burger");
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new_blank (menu, OSC_DRAFT_ITEM, "c");
  osc_menu_draft_begin_combo (draft);
  g_auto (GStrv) ids = osc_menu_draft_group_ids (osc_menu_draft_root (draft));
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  JsonObject *group = osc_menu_draft_group (draft, ids[0]);
  g_assert_cmpint (osc_menu_entry_int (group, "min", 0), ==, 1);
  osc_menu_draft_add_dish (draft, group, osy_menu_find_item (menu, "burger"));
  osc_menu_draft_add_dish (draft, group, osy_menu_find_item (menu, "fries"));
  JsonArray *options = osc_menu_entry_list (group, "options");
  g_assert_cmpuint (json_array_get_length (options), ==, 2);
  JsonObject *burger = json_array_get_object_element (options, 0);
  g_assert_cmpstr (osc_menu_entry_text (burger, "name"), ==, "불고기버거");
  g_assert_cmpstr (osc_menu_entry_text (burger, "name_en"), ==, "Bulgogi burger");
  g_assert_true (osc_menu_draft_dish (draft, burger) == osy_menu_find_item (menu, "burger"));
  /* Its origin is the combo's to state, once the combo offers it. */
  g_auto (GStrv) missing = osc_menu_lines_missing (draft);
  g_assert_cmpstr (missing[0], ==, "쇠고기");
  osc_menu_draft_drop_dish (draft, group, "burger");
  g_assert_false (osc_menu_draft_has_dish (group, "burger"));
  g_assert_true (osc_menu_draft_has_dish (group, "fries"));
  g_auto (GStrv) none = osc_menu_lines_missing (draft);
  g_assert_null (none[0]);
  g_autoptr (JsonNode) changes = osc_menu_draft_changes (draft);
  JsonObject *first = json_array_get_object_element (json_node_get_array (changes), 0);
  JsonObject *sent = json_array_get_object_element (
      osc_menu_entry_list (json_object_get_object_member (first, "entry"), "options"), 0);
  g_assert_cmpstr (osc_menu_entry_text (sent, "item_id"), ==, "fries");
}

static void
test_times (void)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (osy_menu_data_new ("", 0), NULL);
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new_blank (menu, OSC_DRAFT_ITEM, "c");
  JsonObject *item = osc_menu_draft_root (draft);
  JsonArray *hours = osc_menu_entry_list (item, "hours");

  osc_menu_entry_set_text (item, "name", "생맥주");
  add_timed (item, 4000, 1020, 1140);
  osc_menu_entry_set_price (item, 0, "5,000");
  g_assert_cmpuint (json_array_get_length (osc_menu_entry_list (item, "prices")), ==, 2);
  g_assert_cmpint (osc_menu_entry_int (osc_menu_entry_price (item, 0), "price", 0), ==, 5000);
  g_autoptr (GHashTable) fine = osc_menu_draft_check (draft);
  g_assert_cmpuint (g_hash_table_size (fine), ==, 0);
  add_timed (item, 3000, 1139, 1200);
  json_array_add_object_element (hours, json_object_new ());
  osc_menu_window_fill (json_array_get_object_element (hours, 0), 31, 660, 870);
  g_autofree char *words = osc_menu_hours_words (item);
  g_assert_nonnull (strstr (words, "11:00–14:30"));
  g_autoptr (GHashTable) overlapping = osc_menu_draft_check (draft);
  g_assert_cmpuint (g_hash_table_size (overlapping), ==, 1);
  g_assert_true (g_hash_table_contains (overlapping, "prices/2/window"));
  json_object_set_string_member (json_array_get_object_element (hours, 0), "until", "25:99");
  g_autoptr (GHashTable) untimely = osc_menu_draft_check (draft);
  g_assert_true (g_hash_table_contains (untimely, "hours/0"));
  osc_menu_window_fill (json_array_get_object_element (hours, 0), 31, 660, 870);
  json_object_set_array_member (json_array_get_object_element (hours, 0), "weekdays",
                                json_array_new ());
  g_autoptr (GHashTable) dayless = osc_menu_draft_check (draft);
  g_assert_true (g_hash_table_contains (dayless, "hours/0"));
  g_autofree char *place = osc_menu_draft_place (draft, "/changes/0/entry/hours/0/until");
  g_assert_cmpstr (place, ==, "hours/0");
}

static void
test_move (void)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"l\":[\"a\",\"b\",\"c\",\"d\"]}", NULL);
  JsonObject *entry = json_node_get_object (node);

  osc_menu_entry_move (entry, "l", 0, 2);
  g_autofree char *down = osy_json_print (node);
  g_assert_cmpstr (down, ==, "{\"l\":[\"b\",\"c\",\"a\",\"d\"]}");
  osc_menu_entry_move (entry, "l", 2, 0);
  g_autofree char *up = osy_json_print (node);
  g_assert_cmpstr (up, ==, "{\"l\":[\"a\",\"b\",\"c\",\"d\"]}");
}

static void
test_origin (void)
{
  static const char text[] = "쌀:국내산, 돼지고기(베이컨, 햄):외국산(미국, 캐나다)";
  static const char *const allergens[] = {"밀", "오징어", NULL};
  g_autoptr (GPtrArray) rows = osy_menu_origin_read (text);
  g_autofree char *again = osy_menu_origin_write (rows);

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (again, ==, text);
  g_auto (GStrv) missing = osy_menu_origin_missing ("김치볶음밥", allergens, rows);
  g_assert_true (g_strv_contains ((const char *const *)missing, "배추김치"));
  g_assert_true (g_strv_contains ((const char *const *)missing, "오징어"));
  g_assert_false (g_strv_contains ((const char *const *)missing, "쌀"));
}

/* What the law lists, what only looks like it, and options that bring it in. */
static void
test_origin_of_item (void)
{
  static const struct {
    const char *name, *option, *origin, *missing;
  } rows[] = {
      {"돈까스", NULL, NULL, "돼지고기"},
      {"돈까스", NULL, "돼지고기:", "돼지고기"},
      {"돈까스", NULL, "돼지고기(등심):스페인산", ""},
      {"떡볶이", "베이컨 추가", NULL, "돼지고기"},
      {"떡볶이", "치즈 추가", NULL, ""},
      {"황태구이", NULL, NULL, ""}, /* dried pollack is left out by the law */
      {"동태찌개", NULL, NULL, "명태"},
      {"파김치", NULL, NULL, ""},
      {"김치찌개", NULL, NULL, "배추김치"},
      {"치킨무", NULL, NULL, ""},
      {"참치김밥", NULL, "쌀:국내산", "다랑어"},
      {"전복죽", NULL, "쌀:없음, 전복:국내산", ""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    OsyMenuItem *item = osy_menu_item_new ();
    OsyMenuGroup *group = osy_menu_group_new ();
    OsyMenuOption *option = osy_menu_option_new ();

    item->name = g_strdup (rows[i].name);
    item->origin = g_strdup (rows[i].origin);
    option->name = g_strdup (rows[i].option);
    g_ptr_array_add (group->options, option);
    if (rows[i].option != NULL)
      g_ptr_array_add (item->groups, group);
    g_auto (GStrv) missing = osy_menu_origin_missing_in (item);
    g_autofree char *all = g_strjoinv (" ", missing);
    g_assert_cmpstr (all, ==, rows[i].missing);
    osy_menu_item_free (item);
    osy_menu_group_free (group);
  }
}

/* Words of a dish, what is stated of it, what is left to ask. */
static void
test_allergens (void)
{
  static const struct {
    const char *words, *stated, *missing;
  } rows[] = {
      {"새우튀김", "", "밀 새우"},
      {"새우튀김", "새우,밀", ""},
      {"새우튀김", "새우 없음,밀", ""},
      {"새우튀김", "게 없음,밀", "새우"},
      {"햄버거", "", "밀"}, /* has no ham in its name */
      {"치킨무", "", ""},
      {"김밥 달걀 추가", "계란", ""},
      {"공깃밥", "", ""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) stated = g_strsplit (rows[i].stated, ",", -1);
    g_auto (GStrv) missing =
        osy_menu_allergens_missing (rows[i].words, (const char *const *)stated);
    g_autofree char *all = g_strjoinv (" ", missing);

    g_assert_cmpstr (all, ==, rows[i].missing);
  }
}

/* Saying that there is no pork is no reason to ask where it comes from. */
static void
test_origin_of_none (void)
{
  static const char *const none[] = {"돼지고기 없음", NULL};
  g_autoptr (GPtrArray) rows = osy_menu_origin_read ("");
  g_auto (GStrv) missing = osy_menu_origin_missing ("떡볶이", none, rows);

  g_assert_null (*missing);
}

static void
test_reprice (void)
{
  static const struct {
    OscReprice rule;
    gint64 won, price;
  } rows[] = {{{FALSE, 500, TRUE}, 4500, 5000},  {{FALSE, 500, TRUE}, 4550, 5100},
              {{FALSE, 500, FALSE}, 4550, 5050}, {{FALSE, -500, TRUE}, 400, -1},
              {{TRUE, 75, TRUE}, 6500, 7000},    {{TRUE, 75, FALSE}, 6500, 6988},
              {{TRUE, -100, TRUE}, 4950, 4500},  {{TRUE, -1000, TRUE}, 4950, 0},
              {{FALSE, 0, TRUE}, 4950, 4950},    {{FALSE, 1, FALSE}, 100000000, -1},
              {{TRUE, 1000, TRUE}, 90000000, -1}};
  static const struct {
    const char *text;
    gboolean percent;
    gint64 by; /* -1: is none */
  } words[] = {{"", FALSE, 0},    {"1,500", FALSE, 1500}, {"-500", FALSE, -1}, {"5.5", FALSE, -1},
               {"3.5", TRUE, 35}, {"10", TRUE, 100},      {"3.55", TRUE, -1},  {"1001", TRUE, -1},
               {".5", TRUE, -1},  {"3.x", TRUE, -1}};

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (osc_reprice_apply (&rows[i].rule, rows[i].won), ==, rows[i].price);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    gint64 by;
    gboolean read = osc_reprice_read (words[i].text, words[i].percent, &by);

    g_assert_cmpint (read ? by : -1, ==, words[i].by);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/menu-draft/typed-is-kept", test_typed_is_kept);
  g_test_add_func ("/console/menu-draft/group-of-its-own", test_group_of_its_own);
  g_test_add_func ("/console/menu-draft/combo", test_combo);
  g_test_add_func ("/console/menu-draft/move", test_move);
  g_test_add_func ("/console/menu-draft/times", test_times);
  g_test_add_func ("/console/menu-draft/origin", test_origin);
  g_test_add_func ("/console/menu/origin-of-item", test_origin_of_item);
  g_test_add_func ("/console/menu/allergens", test_allergens);
  g_test_add_func ("/console/menu/origin-of-none", test_origin_of_none);
  g_test_add_func ("/console/menu/reprice", test_reprice);
  return g_test_run ();
}
