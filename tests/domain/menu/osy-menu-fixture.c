/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A small menu with every turn a menu can take. */

#include "osy-menu-fixture.h"

#define HOUR G_GINT64_CONSTANT (3600000000)

static OsyMenuItem *
add_item (OsyMenuCategory *category, const char *id, const char *name, gint64 won)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = g_strdup (id);
  item->category_id = g_strdup (category->id);
  item->name = g_strdup (name);
  g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, won));
  g_ptr_array_add (category->items, item);
  return item;
}

static OsyMenuGroup *
add_group (OsyMenuData *data, const char *id, const char *name, gint64 min, gint64 max)
{
  OsyMenuGroup *group = osy_menu_group_new ();

  group->id = g_strdup (id);
  group->name = g_strdup (name);
  group->min = min;
  group->max = max;
  g_ptr_array_add (data->groups, group);
  return group;
}

static OsyMenuOption *
add_option (OsyMenuGroup *group, const char *id, const char *name, gint64 won)
{
  OsyMenuOption *option = osy_menu_option_new ();

  option->id = g_strdup (id);
  option->name = g_strdup (name);
  if (won > 0)
    g_ptr_array_add (option->prices, osy_menu_price_new (NULL, 0, won));
  g_ptr_array_add (group->options, option);
  return option;
}

static void
add_groups (OsyMenuData *data, OsyMenuItem *tteok)
{
  OsyMenuGroup *heat = add_group (data, ID_HEAT, "맵기", 1, 1);
  OsyMenuGroup *topping = add_group (data, ID_TOPPING, "토핑", 0, 3);
  OsyMenuGroup *kind = add_group (data, ID_KIND, "치즈 종류", 1, 1);

  add_option (heat, ID_MILD, "순한맛", 0);
  add_option (heat, ID_FIRE, "불맛", 500);
  OsyMenuOption *cheese = add_option (topping, ID_CHEESE, "치즈", 1500);
  cheese->max = 2;
  cheese->name_en = g_strdup ("Cheese");
  g_ptr_array_add (cheese->groups, kind);
  add_option (topping, ID_EGG, "삶은 계란", 700)->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  add_option (kind, ID_MOZZARELLA, "모짜렐라", 300);
  g_ptr_array_add (tteok->groups, heat);
  g_ptr_array_add (tteok->groups, topping);
}

OsyMenuData *
fixture_menu_data (gint64 now)
{
  OsyMenuData *data = osy_menu_data_new (ID_SHOP, 7);
  OsyMenuCategory *category = osy_menu_category_new ();

  category->id = g_strdup (ID_CATEGORY);
  category->name = g_strdup ("분식");
  g_ptr_array_add (data->categories, category);
  OsyMenuItem *gimbap = add_item (category, ID_GIMBAP, "원조김밥", 3500);
  gimbap->name_en = g_strdup ("Classic gimbap");
  gimbap->station = g_strdup ("김밥대");
  gimbap->prep_minutes = 4;
  gimbap->kitchen_name = g_strdup ("원조");
  gimbap->code = g_strdup ("8801234567893");
  gimbap->channels = g_strsplit ("COUNTER,QR", ",", -1);
  gimbap->origin = g_strdup ("쌀:국내산");
  g_strfreev (gimbap->allergens);
  gimbap->allergens = g_strsplit ("난류,대두", ",", -1);
  add_groups (data, add_item (category, ID_TTEOK, "떡볶이", 4500));
  OsyMenuItem *sundae = add_item (category, ID_SUNDAE, "순대", 4500);
  sundae->stop = (OsyMenuStop){OSY_MENU_SOLD_OUT_TODAY, now + HOUR};
  OsyMenuItem *ramyeon = add_item (category, ID_RAMYEON, "라면", 4000);
  g_ptr_array_add (ramyeon->prices, osy_menu_price_new ("QR", 0, 3500));
  g_ptr_array_add (ramyeon->prices, osy_menu_price_new ("QR", now + 3 * HOUR, 3900));
  g_ptr_array_add (ramyeon->prices, osy_menu_price_new (NULL, now + 2 * HOUR, 4500));
  add_item (category, ID_HIDDEN, "비밀메뉴", 9000)->visible = FALSE;
  add_item (category, ID_GOLD, "금박세트", G_GINT64_CONSTANT (900000000000))->tax_free = TRUE;
  return data;
}

static JsonObject *
new_window (GRand *rand)
{
  OsyWeekWindow window = {(guint)g_rand_int_range (rand, 1, 128), 0, 0};
  JsonObject *object = json_object_new ();

  if (g_rand_boolean (rand)) {
    window.from = g_rand_int_range (rand, 0, 1440);
    window.until = window.from + g_rand_int_range (rand, 1, 1441);
  }
  osy_week_window_write (&window, object);
  return object;
}

void
fixture_set_hours (GRand *rand, JsonObject *entry)
{
  JsonArray *hours = json_array_new ();

  for (int n = g_rand_int_range (rand, 0, 3); n > 0; n--)
    json_array_add_object_element (hours, new_window (rand));
  json_object_set_array_member (entry, "hours", hours);
}

void
fixture_add_window_price (GRand *rand, JsonArray *rows)
{
  JsonObject *row = new_window (rand);

  if (g_rand_boolean (rand))
    json_object_set_string_member (row, "channel", "PHONE");
  json_object_set_int_member (row, "price", g_rand_int_range (rand, 0, 20000));
  json_array_add_object_element (rows, row);
}

void
fixture_set_dish (GRand *rand, JsonObject *menu, JsonObject *option)
{
  JsonArray *categories = json_object_get_array_member (menu, "categories");
  guint n = json_array_get_length (categories);

  if (n == 0 || g_rand_int_range (rand, 0, 4) > 0)
    return;
  JsonArray *items = json_object_get_array_member (
      json_array_get_object_element (categories, (guint)g_rand_int_range (rand, 0, (int)n)),
      "items");
  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonObject *item = json_array_get_object_element (items, i);
    if (json_object_has_member (item, "option_group_ids") &&
        json_array_get_length (json_object_get_array_member (item, "option_group_ids")) == 0) {
      json_object_set_string_member (option, "item_id", json_object_get_string_member (item, "id"));
      return;
    }
  }
}
