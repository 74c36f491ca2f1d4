/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Drafts of menu entries and origin statements, without a screen. */

#include "osc-menu-draft.h"
#include "osc-menu-entry.h"
#include "osc-menu-origin.h"
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
  g_autoptr (GPtrArray) rows = osc_menu_origin_read (text);
  g_autofree char *again = osc_menu_origin_write (rows);

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (again, ==, text);
  g_auto (GStrv) missing = osc_menu_origin_missing ("김치볶음밥", allergens, rows);
  g_assert_true (g_strv_contains ((const char *const *)missing, "배추김치"));
  g_assert_true (g_strv_contains ((const char *const *)missing, "오징어"));
  g_assert_false (g_strv_contains ((const char *const *)missing, "쌀"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/menu-draft/typed-is-kept", test_typed_is_kept);
  g_test_add_func ("/console/menu-draft/group-of-its-own", test_group_of_its_own);
  g_test_add_func ("/console/menu-draft/move", test_move);
  g_test_add_func ("/console/menu-draft/origin", test_origin);
  return g_test_run ();
}
