/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Both JSON forms of a menu: what guests see and what they do not, and the way back. */

#include <string.h>

#include "osy-error.h"
#include "osy-json.h"
#include "osy-menu-fixture.h"
#include "osy-menu-json.h"

#define NOW G_GINT64_CONSTANT (1800000000000000)
#define HOUR G_GINT64_CONSTANT (3600000000)

static OsyMenu *
fixture (void)
{
  g_autoptr (GError) error = NULL;
  OsyMenu *menu = osy_menu_new (fixture_menu_data (NOW), &error);

  g_assert_no_error (error);
  return menu;
}

static JsonObject *
member (JsonObject *object, const char *list, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (object, list), index);
}

static void
test_guest_form (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  OsyMenuView view = {"QR", NOW, FALSE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  JsonObject *root = json_node_get_object (node);

  g_assert_cmpint (json_object_get_int_member (root, "version"), ==, 7);
  g_assert_false (json_object_has_member (root, "option_groups"));
  JsonObject *category = member (root, "categories", 0);
  /* the hidden one is left out */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (category, "items")), ==,
                    5);
  JsonObject *gimbap = member (category, "items", 0);
  g_assert_cmpstr (json_object_get_string_member (gimbap, "id"), ==, ID_GIMBAP);
  g_assert_cmpstr (json_object_get_string_member (gimbap, "name"), ==, "원조김밥");
  g_assert_cmpint (json_object_get_int_member (gimbap, "price"), ==, 3500);
  g_assert_false (json_object_get_boolean_member (gimbap, "sold_out"));
  g_assert_cmpstr (json_object_get_string_member (gimbap, "tax_class"), ==, "TAXED");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (gimbap, "names"), "en"), ==,
      "Classic gimbap");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (gimbap, "option_groups")),
                    ==, 0);
  JsonObject *topping = member (member (category, "items", 1), "option_groups", 1);
  g_assert_cmpint (json_object_get_int_member (topping, "min"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (topping, "max"), ==, 3);
  JsonObject *kind = member (member (topping, "options", 0), "option_groups", 0);
  g_assert_cmpint (json_object_get_int_member (member (kind, "options", 0), "price"), ==, 300);
  g_assert_true (json_object_get_boolean_member (member (topping, "options", 1), "sold_out"));
  g_assert_true (json_object_get_boolean_member (member (category, "items", 2), "sold_out"));
  /* the channel's own price */
  g_assert_cmpint (json_object_get_int_member (member (category, "items", 3), "price"), ==, 3500);
}

/* Guests are told of a dish's state and of what must be said of food with the choice that it is;
 * the editor is told its own mark alone. */
static void
test_dishes (void)
{
  OsyMenuData *data = fixture_menu_data (NOW);
  OsyMenuGroup *heat = g_ptr_array_index (data->groups, 0);

  ((OsyMenuOption *)g_ptr_array_index (heat->options, 0))->item_id = g_strdup (ID_SUNDAE);
  ((OsyMenuOption *)g_ptr_array_index (heat->options, 1))->item_id = g_strdup (ID_GIMBAP);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  g_autoptr (JsonNode) guest = osy_menu_json_write (menu, &(OsyMenuView){"WEB", NOW, FALSE});
  JsonObject *category = member (json_node_get_object (guest), "categories", 0);
  /* gimbap is not offered here, the choice is */
  JsonObject *group = member (member (category, "items", 0), "option_groups", 0);
  JsonObject *sundae = member (group, "options", 0), *gimbap = member (group, "options", 1);
  g_assert_cmpstr (json_object_get_string_member (sundae, "item_id"), ==, ID_SUNDAE);
  g_assert_true (json_object_get_boolean_member (sundae, "sold_out"));
  g_assert_true (json_object_has_member (sundae, "sold_out_until"));
  g_assert_false (json_object_get_boolean_member (gimbap, "sold_out"));
  g_assert_cmpstr (json_object_get_string_member (gimbap, "origin"), ==, "쌀:국내산");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (gimbap, "allergens")), ==,
                    2);
  g_autoptr (OsyMenu) seen = osy_menu_json_read (guest, NULL);
  g_assert_true (osy_menu_option_stop_at (osy_menu_find_option (seen, ID_MILD), NOW));
  g_assert_false (osy_menu_option_stop_at (osy_menu_find_option (seen, ID_MILD), NOW + HOUR));
  g_assert_null (osy_menu_find_option (seen, ID_FIRE)->dish);
  g_autoptr (JsonNode) edited = osy_menu_json_write (menu, &(OsyMenuView){NULL, NOW, TRUE});
  g_autoptr (OsyMenu) back = osy_menu_json_read (edited, NULL);
  const OsyMenuOption *mild = osy_menu_find_option (back, ID_MILD);
  g_assert_cmpint (mild->stop.mode, ==, OSY_MENU_FOR_SALE);
  g_assert_true (mild->dish == osy_menu_find_item (back, ID_SUNDAE));
  g_assert_true (osy_menu_option_stop_at (mild, NOW));
}

/* Writing, reading and writing again gives the same text. */
static void
assert_round_trip (gboolean editor)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_autoptr (GError) error = NULL;
  OsyMenuView view = {NULL, NOW, editor};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  g_autofree char *text = osy_json_print (node);
  g_autoptr (JsonNode) parsed = osy_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_autoptr (OsyMenu) back = osy_menu_json_read (parsed, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) again = osy_menu_json_write (back, &view);
  g_autofree char *text_again = osy_json_print (again);

  g_assert_cmpstr (text_again, ==, text);
  /* a group shared by name is one thing again */
  g_assert_cmpuint (osy_menu_groups (back)->len, ==, 3);
  g_assert_nonnull (osy_menu_find_option (back, ID_MOZZARELLA));
  g_assert_cmpstr (osy_menu_find_item (back, ID_SUNDAE)->name, ==, "순대");
}

static void
test_round_trips (void)
{
  assert_round_trip (FALSE);
  assert_round_trip (TRUE);
}

static void
test_editor_keeps_price_rows (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  OsyMenuView view = {NULL, NOW, TRUE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  g_autoptr (OsyMenu) back = osy_menu_json_read (node, NULL);
  const OsyMenuItem *item = osy_menu_find_item (back, ID_RAMYEON);
  gint64 won;

  g_assert_true (osy_menu_price_at (back, item->prices, "QR", NOW + 3 * HOUR, &won));
  g_assert_cmpint (won, ==, 3900);
  g_assert_false (osy_menu_find_item (back, ID_HIDDEN)->visible);
  g_assert_cmpint (osy_menu_find_item (back, ID_SUNDAE)->stop.mode, ==, OSY_MENU_SOLD_OUT_TODAY);
  g_assert_true (osy_menu_find_item (back, ID_GOLD)->tax_free);
}

static guint
count_offered (const char *channel)
{
  g_autoptr (OsyMenu) menu = fixture ();
  OsyMenuView view = {channel, NOW, FALSE};
  g_autoptr (JsonNode) node = osy_menu_json_write (menu, &view);
  JsonObject *category = member (json_node_get_object (node), "categories", 0);

  return json_array_get_length (json_object_get_array_member (category, "items"));
}

/* An item for the counter and tables alone is not shown elsewhere; without a channel guests are
 * shown what any guest may order. */
static void
test_channels (void)
{
  g_assert_cmpuint (count_offered ("QR"), ==, 5);
  g_assert_cmpuint (count_offered ("COUNTER"), ==, 5);
  g_assert_cmpuint (count_offered (NULL), ==, 5);
  g_assert_cmpuint (count_offered ("WEB"), ==, 4);
  g_assert_cmpuint (count_offered ("PLATFORM"), ==, 4);
}

static char *
digest_of (OsyMenu *menu, const char *id, gint64 now)
{
  g_autoptr (JsonNode) node = osy_menu_json_write_entry (menu, OSY_MENU_ITEM, id, now);

  return g_strdup (json_object_get_string_member (json_node_get_object (node), "digest"));
}

/* A digest tells what people wrote, not what the clock or a sold-out mark makes of it. */
static void
test_digests (void)
{
  g_autoptr (OsyMenu) menu = fixture ();
  g_autofree char *now = digest_of (menu, ID_RAMYEON, NOW);
  g_autofree char *later = digest_of (menu, ID_RAMYEON, NOW + 9 * HOUR);
  OsyMenuItem *item = (OsyMenuItem *)osy_menu_find_item (menu, ID_RAMYEON);

  g_assert_cmpuint (strlen (now), ==, 16);
  g_assert_cmpstr (now, ==, later);
  item->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  item->version++;
  g_autofree char *stopped = digest_of (menu, ID_RAMYEON, NOW);
  g_assert_cmpstr (stopped, ==, now);
  item->code = g_strdup ("1");
  g_autofree char *coded = digest_of (menu, ID_RAMYEON, NOW);
  g_assert_cmpstr (coded, !=, now);
}

static void
test_refusals (void)
{
  static const char *const texts[] = {
      "[]",
      "{\"categories\":[]}",
      "{\"version\":1,\"categories\":[{\"id\":\"x\",\"name\":\"a\",\"items\":[]}]}",
      /* a group inside its own option */
      "{\"version\":1,\"categories\":[],\"option_groups\":[{\"id\":\"" ID_HEAT
      "\",\"name\":\"a\",\"min\":0,\"max\":1,\"options\":[{\"id\":\"" ID_MILD
      "\",\"name\":\"b\",\"price\":0,\"option_group_ids\":[\"" ID_HEAT "\"]}]}]}",
      /* a group nobody gave */
      "{\"version\":1,\"categories\":[],\"option_groups\":[{\"id\":\"" ID_HEAT
      "\",\"name\":\"a\",\"min\":0,\"max\":1,\"options\":[{\"id\":\"" ID_MILD
      "\",\"name\":\"b\",\"price\":0,\"option_group_ids\":[\"" ID_KIND "\"]}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = osy_json_parse (texts[i], strlen (texts[i]), &error);
    g_assert_no_error (error);
    g_autoptr (OsyMenu) menu = osy_menu_json_read (node, &error);
    g_assert_null (menu);
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/json/guest-form", test_guest_form);
  g_test_add_func ("/menu/json/dishes", test_dishes);
  g_test_add_func ("/menu/json/round-trips", test_round_trips);
  g_test_add_func ("/menu/json/editor-keeps-price-rows", test_editor_keeps_price_rows);
  g_test_add_func ("/menu/json/channels", test_channels);
  g_test_add_func ("/menu/json/digests", test_digests);
  g_test_add_func ("/menu/json/refusals", test_refusals);
  return g_test_run ();
}
