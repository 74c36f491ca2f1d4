/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The invented menu of 소담분식, the shop of the mockups: seven categories, shared option groups,
 * one group under an option of another. */

#include <string.h>

#include "osc-fixture.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-menu-json.h"
#include "osy-menu-pricing.h"

typedef struct {
  const char *name;
  const char *name_en;
  gint64 won;
  gint64 max;
  const char *group; /* nullable: of the options under this one */
} Choice;

typedef struct {
  const char *name;
  const char *name_en;
  gint64 min;
  gint64 max;
  Choice choices[6];
} Group;

/* Groups under an option come first, since they are looked up by name. */
static const Group groups[] = {
    {"치즈 종류",
     "Which cheese",
     1,
     1,
     {{"모짜렐라", "Mozzarella", 0, 1}, {"체다", "Cheddar", 0, 1}}},
    {"맵기",
     "Heat",
     1,
     1,
     {{"순한맛", "Mild", 0, 1}, {"중간맛", "Medium", 0, 1}, {"매운맛", "Hot", 0, 1}}},
    {"추가",
     "Extras",
     0,
     5,
     {{"치즈 추가", "Extra cheese", 1000, 1, "치즈 종류"},
      {"떡 추가", "More rice cakes", 1000, 3},
      {"삶은 계란", "Boiled egg", 1000, 3},
      {"당면", "Glass noodles", 1500, 1}}},
    {"라면 추가",
     "Ramen extras",
     0,
     2,
     {{"계란", "Egg", 500, 2}, {"치즈", "Cheese", 1000, 1}, {"떡", "Rice cakes", 1000, 1}}},
    {"크기", "Size", 1, 1, {{"보통", "Regular", 0, 1}, {"곱빼기", "Large", 2000, 1}}},
};

typedef struct {
  const char *name;
  const char *name_en;
  gint64 won;
  const char *groups[2];
} Dish;

typedef struct {
  const char *name;
  const char *name_en;
  Dish dishes[6];
} Section;

static const Section sections[] = {
    {"떡볶이",
     "Tteokbokki",
     {{"떡볶이", "Tteokbokki", 4500, {"맵기", "추가"}},
      {"로제떡볶이", "Rose tteokbokki", 7500, {"맵기", "추가"}},
      {"치즈떡볶이", "Cheese tteokbokki", 6000, {"맵기", "추가"}},
      {"즉석떡볶이 2인", "Tteokbokki hot pot for two", 14000, {"맵기", "추가"}}}},
    {"김밥",
     "Gimbap",
     {{"김밥", "Gimbap", 3500},
      {"참치김밥", "Tuna gimbap", 4500},
      {"돈까스김밥", "Pork cutlet gimbap", 5000},
      {"멸치김밥", "Anchovy gimbap", 4500}}},
    {"면·국물",
     "Noodles & soup",
     {{"라면", "Ramen", 4500, {"라면 추가"}},
      {"치즈라면", "Cheese ramen", 5000, {"라면 추가"}},
      {"잔치국수", "Banquet noodles", 6000, {"크기"}},
      {"비빔국수", "Spicy mixed noodles", 6500, {"크기"}},
      {"어묵탕", "Fish cake soup", 5500}}},
    {"밥·찌개",
     "Rice & stews",
     {{"비빔밥", "Bibimbap", 8000},
      {"김치볶음밥", "Kimchi fried rice", 7500},
      {"돈까스", "Pork cutlet", 9000, {"크기"}},
      {"순두부찌개", "Soft tofu stew", 8000, {"맵기"}},
      {"된장찌개", "Soybean paste stew", 8000}}},
    {"튀김·순대",
     "Fried & sundae",
     {{"모둠튀김", "Assorted fritters", 5500},
      {"순대", "Sundae", 5000},
      {"새우튀김", "Shrimp fritters", 6000},
      {"김치전", "Kimchi pancake", 7000}}},
    {"세트",
     "Sets",
     {{"떡튀순 세트", "Tteokbokki, fritters and sundae set", 13000, {"맵기"}},
      {"김밥 라면 세트", "Gimbap and ramen set", 7500},
      {"아이랑 세트", "Set with a child", 12000}}},
    {"음료",
     "Drinks",
     {{"식혜", "Sikhye", 3000},
      {"쿨피스", "Coolpis", 3000},
      {"콜라", "Cola", 2000},
      {"사이다", "Lemon-lime soda", 2000},
      {"공깃밥", "Bowl of rice", 1000}}},
};

static char *
make_id (char kind, guint number)
{
  return g_strdup_printf ("0193489a-%c000-7000-8000-%012u", kind, number);
}

static OsyMenuGroup *
find_group (OsyMenuData *menu, const char *name)
{
  for (guint i = 0; i < menu->groups->len; i++) {
    OsyMenuGroup *group = g_ptr_array_index (menu->groups, i);

    if (strcmp (group->name, name) == 0)
      return group;
  }
  g_assert_not_reached ();
}

static void
add_choice (OsyMenuData *menu, OsyMenuGroup *group, const Choice *choice)
{
  OsyMenuOption *option = osy_menu_option_new ();

  option->id = make_id ('d', 10 * menu->groups->len + group->options->len);
  option->name = g_strdup (choice->name);
  option->name_en = g_strdup (choice->name_en);
  option->max = choice->max;
  if (choice->won > 0)
    g_ptr_array_add (option->prices, osy_menu_price_new (NULL, 0, choice->won));
  if (choice->group != NULL)
    g_ptr_array_add (option->groups, find_group (menu, choice->group));
  g_ptr_array_add (group->options, option);
}

static void
add_group (OsyMenuData *menu, const Group *from)
{
  OsyMenuGroup *group = osy_menu_group_new ();

  group->id = make_id ('c', menu->groups->len);
  group->name = g_strdup (from->name);
  group->name_en = g_strdup (from->name_en);
  group->min = from->min;
  group->max = from->max;
  group->version = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (from->choices) && from->choices[i].name != NULL; i++)
    add_choice (menu, group, &from->choices[i]);
  g_ptr_array_add (menu->groups, group);
}

static OsyMenuItem *
make_item (OsyMenuData *menu, const Dish *dish, guint number)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = make_id ('b', number);
  item->name = g_strdup (dish->name);
  item->name_en = g_strdup (dish->name_en);
  item->version = 1;
  g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, dish->won));
  for (gsize i = 0; i < G_N_ELEMENTS (dish->groups) && dish->groups[i] != NULL; i++)
    g_ptr_array_add (item->groups, find_group (menu, dish->groups[i]));
  if (strcmp (dish->name, "콜라") == 0)
    item->code = g_strdup ("8801056150013");
  if (strcmp (dish->name, "김치전") == 0)
    item->stop.mode = OSY_MENU_SOLD_OUT_OPEN;
  return item;
}

static void
add_section (OsyMenuData *menu, const Section *from)
{
  OsyMenuCategory *category = osy_menu_category_new ();
  guint number = menu->categories->len;

  category->id = make_id ('a', number);
  category->name = g_strdup (from->name);
  category->name_en = g_strdup (from->name_en);
  category->version = 1;
  for (guint i = 0; i < G_N_ELEMENTS (from->dishes) && from->dishes[i].name != NULL; i++) {
    OsyMenuItem *item = make_item (menu, &from->dishes[i], 10 * number + i);

    item->category_id = g_strdup (category->id);
    g_ptr_array_add (category->items, item);
  }
  g_ptr_array_add (menu->categories, category);
}

void
osc_fixture_menu (OscMenuStore *store)
{
  OsyMenuData *data = osy_menu_data_new ("0193489a-0000-7000-8000-000000000001", 1);

  data->time_zone = g_strdup ("Asia/Seoul");
  data->cutoff_minutes = 300;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    add_group (data, &groups[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    add_section (data, &sections[i]);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, &error);
  g_assert_no_error (error);
  osc_menu_store_put (store, menu);
}

/* ---- finding and changing it ---- */

static const OsyMenuItem *
find_item (OsyMenu *menu, const char *name)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (strcmp (item->name, name) == 0)
        return item;
    }
  }
  return NULL;
}

const char *
osc_fixture_dish (OscMenuStore *store, const char *name)
{
  const OsyMenuItem *item = find_item (osc_menu_store_get (store), name);

  return item != NULL ? item->id : NULL;
}

static OsyMenuChoice *
choice_of (OsyMenu *menu, const char *name)
{
  GPtrArray *all = osy_menu_groups (menu);

  for (guint i = 0; i < all->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (all, i);

    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);

      if (strcmp (option->name, name) == 0)
        return osy_menu_choice_new (option->id);
    }
  }
  g_assert_not_reached ();
}

GPtrArray *
osc_fixture_choices (OscMenuStore *store, const char *options)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
  g_auto (GStrv) names = g_strsplit (options != NULL ? options : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++) {
    g_auto (GStrv) path = g_strsplit (names[i], "/", -1);
    GPtrArray *level = choices;

    for (guint j = 0; path[j] != NULL; j++) {
      OsyMenuChoice *choice = choice_of (osc_menu_store_get (store), path[j]);

      g_ptr_array_add (level, choice);
      level = choice->options;
    }
  }
  return choices;
}

/* The menu as the daemon would send it after a change of one member of one dish. */
static void
put_changed (OscMenuStore *store,
             const char *name,
             void (*change) (JsonObject *, gint64),
             gint64 won)
{
  OsyMenuView view = {.now = osy_clock_now (), .editor = TRUE};
  g_autoptr (JsonNode) node = osy_menu_json_write (osc_menu_store_get (store), &view);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (node), "categories");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < json_array_get_length (categories); i++) {
    JsonArray *items =
        json_object_get_array_member (json_array_get_object_element (categories, i), "items");

    for (guint j = 0; j < json_array_get_length (items); j++) {
      JsonObject *item = json_array_get_object_element (items, j);

      if (strcmp (json_object_get_string_member (item, "name"), name) == 0)
        change (item, won);
    }
  }
  g_autoptr (OsyMenu) menu = osy_menu_json_read (node, &error);
  g_assert_no_error (error);
  osc_menu_store_put (store, menu);
}

static void
change_stop (JsonObject *item, gint64 won)
{
  json_object_set_boolean_member (item, "sold_out", TRUE);
  json_object_set_string_member (item, "sold_out_mode", "OPEN");
}

static void
change_price (JsonObject *item, gint64 won)
{
  JsonArray *prices = json_object_get_array_member (item, "prices");

  json_object_set_int_member (json_array_get_object_element (prices, 0), "price", won);
}

static void
change_hours (JsonObject *item, gint64 won)
{
  const OsyWeekWindow lunch = {31, 660, 870};
  const OsyWeekWindow evening = {OSY_WEEK_ALL_DAYS, 1020, 1140};
  JsonArray *hours = json_array_new ();
  JsonObject *window = json_object_new ();
  JsonObject *row = json_object_new ();

  osy_week_window_write (&lunch, window);
  json_array_add_object_element (hours, window);
  json_object_set_array_member (item, "hours", hours);
  osy_week_window_write (&evening, row);
  json_object_set_int_member (row, "price", won);
  json_array_add_object_element (json_object_get_array_member (item, "prices"), row);
}

void
osc_fixture_hours (OscMenuStore *store, const char *name)
{
  put_changed (store, name, change_hours, 5000);
}

void
osc_fixture_stop (OscMenuStore *store, const char *name)
{
  put_changed (store, name, change_stop, 0);
}

void
osc_fixture_price (OscMenuStore *store, const char *name, gint64 won)
{
  put_changed (store, name, change_price, won);
}

static JsonObject *
new_named (const char *name)
{
  g_autofree char *id = osy_id_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  return object;
}

static void
add_slot (JsonArray *slots, OscMenuStore *store, const char *name, const char *const *dishes)
{
  JsonObject *group = new_named (name);
  JsonArray *options = json_array_new ();

  for (guint i = 0; dishes[i] != NULL; i++) {
    JsonObject *option = new_named (dishes[i]);

    json_object_set_string_member (option, "item_id", osc_fixture_dish (store, dishes[i]));
    json_object_set_int_member (option, "price", i * 1000);
    json_array_add_object_element (options, option);
  }
  json_object_set_int_member (group, "min", 1);
  json_object_set_int_member (group, "max", 1);
  json_object_set_array_member (group, "options", options);
  json_array_add_object_element (slots, group);
}

const char *
osc_fixture_combo (OscMenuStore *store)
{
  static const char *const names[] = {"메인", "사이드", "음료"};
  static const char *const dishes[][4] = {{"김밥", "참치김밥", "돈까스김밥"},
                                          {"어묵탕", "모둠튀김", "새우튀김"},
                                          {"콜라", "사이다", "식혜"}};
  OsyMenuView view = {.now = osy_clock_now (), .editor = TRUE};
  g_autoptr (GError) error = NULL;

  osc_fixture_stop (store, "참치김밥");
  g_autoptr (JsonNode) node = osy_menu_json_write (osc_menu_store_get (store), &view);
  JsonObject *root = json_node_get_object (node);
  JsonArray *slots = json_object_get_array_member (root, "option_groups");
  JsonObject *sets =
      json_array_get_object_element (json_object_get_array_member (root, "categories"), 5);
  JsonObject *combo =
      json_array_get_object_element (json_object_get_array_member (sets, "items"), 1);
  JsonArray *ids = json_object_get_array_member (combo, "option_group_ids");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    add_slot (slots, store, names[i], dishes[i]);
    json_array_add_string_element (
        ids, json_object_get_string_member (
                 json_array_get_object_element (slots, json_array_get_length (slots) - 1), "id"));
  }
  g_autoptr (OsyMenu) menu = osy_menu_json_read (node, &error);
  g_assert_no_error (error);
  osc_menu_store_put (store, menu);
  return osc_fixture_dish (store, "김밥 라면 세트");
}

/* ---- pictures ---- */

static void
add_disc (cairo_t *cr, double radius, guint color)
{
  cairo_set_source_rgb (cr, (color >> 16) / 255., (color >> 8 & 255) / 255., (color & 255) / 255.);
  cairo_arc (cr, 160, 160, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

static GBytes *
draw_plate (guint color)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 320, 320);
  cairo_t *cr = cairo_create (surface);
  char *bytes = NULL;
  gsize size = 0;

  cairo_set_source_rgb (cr, .35, .27, .2);
  cairo_paint (cr);
  add_disc (cr, 140, 0xf4f1ea);
  add_disc (cr, 105, color);
  cairo_destroy (cr);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_get_from_surface (surface, 0, 0, 320, 320);
  cairo_surface_destroy (surface);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, "jpeg", NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

static void
change_photo (JsonObject *item, gint64 color)
{
  g_autoptr (GBytes) jpeg = draw_plate ((guint)color);
  g_autofree char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, jpeg);

  json_object_set_string_member (item, "photo", name);
}

void
osc_fixture_photo (OscMenuStore *store, const char *name, guint color)
{
  g_autoptr (GBytes) jpeg = draw_plate (color);

  osc_menu_store_keep_photo_async (store, jpeg, NULL, NULL);
  put_changed (store, name, change_photo, color);
}
