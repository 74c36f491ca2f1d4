/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the stock: the table with one picked, an amount asked, the count, nothing, trouble. */

#include "osc-scenes.h"
#include "osc-stock.h"
#include "osy-clock.h"
#include "osy-json.h"

typedef struct {
  const char *name;
  const char *unit;
  const char *supplier; /* nullable */
  gint64 on_hand;
  gint64 reserved;
  gint64 par; /* -1: none */
  gint64 days_left;
  int counted; /* days ago; -1: never */
  gboolean block;
} Row;

static const Row rows[] = {
    {"쌀", "G", "소담상회", 34500000, 0, 20000000, 6, 1, FALSE},
    {"떡볶이떡", "G", "한강떡집", 7250000, 1200000, 8000000, 1, 0, FALSE},
    {"어묵", "PIECE", "부산어묵", 84000, 6000, 40000, 3, 2, FALSE},
    {"왕새우", "PIECE", "수산시장", 11000, 2000, 10000, 2, 0, TRUE},
    {"달걀", "PIECE", NULL, 42000, 0, 60000, 1, 3, FALSE},
    {"고추장", "G", "소담상회", 12800000, 0, 5000000, 14, 6, FALSE},
    {"참기름", "ML", "소담상회", -350000, 0, 1800000, 0, 9, FALSE},
    {"대파", "G", NULL, 2400000, 0, -1, 2, 1, FALSE},
    {"김", "PIECE", "바다식품", 480000, 0, 200000, 9, 4, FALSE},
    {"단무지", "G", "바다식품", 3150000, 0, 2000000, 4, 2, FALSE},
    {"모차렐라 치즈", "G", NULL, 900000, 0, 1500000, 2, -1, FALSE},
    {"식용유", "ML", "소담상회", 16200000, 0, 9000000, 11, 5, FALSE},
};

static char *
make_id (guint n)
{
  return g_strdup_printf ("00000000-0000-7000-8000-0000000005%02u", n);
}

static JsonObject *
make_row (guint n)
{
  const Row *row = &rows[n];
  g_autoptr (OsyIngredient) one = osy_ingredient_new ();

  one->id = make_id (n);
  one->name = g_strdup (row->name);
  one->unit = g_intern_string (row->unit);
  one->supplier = g_strdup (row->supplier);
  one->on_hand = row->on_hand;
  one->reserved = row->reserved;
  one->par = row->par;
  one->days_left = row->days_left;
  one->block = row->block;
  one->position = (int)n;
  for (int day = 0; day < OSY_STOCK_USE_DAYS; day++)
    one->used[day] = MAX (row->par, 1000) / 20 * (4 + (day * 7 + (int)n * 3) % 9);
  if (n % 3 != 2)
    one->unit_cost = 1200 + (gint64)n * 4300;
  if (n == 1) {
    OsyIngredientUnit *box = g_new0 (OsyIngredientUnit, 1);
    box->name = g_strdup ("상자");
    box->factor = 5000000;
    g_ptr_array_add (one->units, box);
    one->cost_unit = g_strdup ("상자");
  }
  if (row->counted >= 0)
    one->last_counted_at = osy_clock_now () - row->counted * G_TIME_SPAN_DAY - G_TIME_SPAN_HOUR;
  return osy_ingredient_to_json (one);
}

static void
fill (OscContext *context, guint n)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  for (guint i = 0; i < n; i++)
    json_array_add_object_element (array, make_row (i));
  json_object_set_array_member (object, "ingredients", array);
  osc_stock_store_take (context->stock, node);
}

static void
add_move (JsonArray *array, const char *kind, gint64 quantity, const char *reason, guint nth)
{
  g_autoptr (OsyStockMovement) row = osy_stock_movement_new ();

  row->id = make_id (50 + nth);
  row->ingredient_id = make_id (1);
  row->kind = kind;
  row->quantity = quantity;
  row->reason = g_strdup (reason);
  row->actor = g_strdup ("user:1");
  row->at = osy_clock_now () - (gint64)nth * 95 * G_TIME_SPAN_MINUTE;
  if (g_str_equal (kind, OSY_MOVEMENT_USE)) {
    row->subject_type = g_strdup ("order");
    row->subject_id = make_id (90);
  }
  if (nth == 2)
    row->undone_by = make_id (51);
  if (nth == 1)
    row->undoes = make_id (52);
  json_array_add_object_element (array, osy_stock_movement_to_json (row));
}

static void
fill_history (OscContext *context)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  add_move (array, OSY_MOVEMENT_USE, -600000, NULL, 0);
  add_move (array, OSY_MOVEMENT_UNDO, 400000, NULL, 1);
  add_move (array, OSY_MOVEMENT_WASTE, -400000, "유통기한 지남", 2);
  add_move (array, OSY_MOVEMENT_COUNT, -150000, NULL, 3);
  add_move (array, OSY_MOVEMENT_RECEIVE, 8000000, NULL, 4);
  json_object_set_array_member (object, "movements", array);
  osc_stock_store_take (context->stock, node);
}

/* What the first dish of the menu and one of its options take. */
static void
fill_recipes (OscContext *context)
{
  const OsyMenuCategory *first = osy_menu_categories (osc_menu_store_get (context->menu))->pdata[0];
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  for (guint i = 0; i < first->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (first->items, i);
    for (guint n = 1; n < 8 - i; n += 2) {
      JsonObject *one = json_object_new ();
      g_autofree char *id = make_id (n);
      json_object_set_string_member (one, "owner_type", "ITEM");
      json_object_set_string_member (one, "owner_id", item->id);
      json_object_set_string_member (one, "ingredient_id", id);
      json_object_set_int_member (one, "quantity", n == 3 ? 2000 : (int)(n + 1) * 25000);
      json_array_add_object_element (array, one);
    }
  }
  json_object_set_array_member (object, "recipes", array);
  osc_stock_store_take (context->stock, node);
}

static const char *
first_dish (OscContext *context)
{
  const OsyMenuCategory *first = osy_menu_categories (osc_menu_store_get (context->menu))->pdata[0];

  return ((OsyMenuItem *)first->items->pdata[0])->id;
}

static OscStock *
open_stock (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "stock", NULL);
  return OSC_STOCK (osc_shell_view (shell));
}

static OscStock *
open_typical (OscWindow *window, OscContext *context)
{
  g_autofree char *id = make_id (1);

  osc_fixture_menu (context->menu);
  fill (context, G_N_ELEMENTS (rows));
  OscStock *view = open_stock (window, context);
  osc_view_open (OSC_VIEW (view), id);
  fill_recipes (context);
  fill_history (context);
  return view;
}

static void
show_typical (OscWindow *window, OscContext *context)
{
  open_typical (window, context);
}

static void
show_waste (OscWindow *window, OscContext *context)
{
  OscStock *view = open_typical (window, context);

  osc_stock_act (view, OSY_MOVEMENT_WASTE);
  osc_stock_entry_type (osc_stock_entry (view), "3");
}

static void
show_count (OscWindow *window, OscContext *context)
{
  OscStock *view = open_typical (window, context);

  osc_stock_count (view);
  osc_stock_entry_type (osc_stock_entry (view), "34");
}

static void
show_receive (OscWindow *window, OscContext *context)
{
  OscStock *view = open_typical (window, context);

  osc_stock_act (view, OSY_MOVEMENT_RECEIVE);
  osc_stock_entry_type (osc_stock_entry (view), "5");
}

static void
show_form (OscWindow *window, OscContext *context)
{
  gtk_widget_activate_action (GTK_WIDGET (open_typical (window, context)), "stock.edit", NULL);
}

static void
show_recipe (OscWindow *window, OscContext *context)
{
  OscStock *view = open_typical (window, context);
  g_autofree char *what = g_strconcat ("recipe:", first_dish (context), NULL);

  osc_view_open (OSC_VIEW (view), what);
  fill_recipes (context);
}

static void
show_import (OscWindow *window, OscContext *context)
{
  static const char file[] = "이름,단위,재고,기준,거래처,품절\n"
                             "쌀,kg,34.5,25,소담상회,\n"
                             "떡볶이떡,kg,8,8,한강떡집,\n"
                             "왕새우,개,11,10,수산시장,Y\n"
                             "김치,kg,12,5,반찬나라,\n"
                             "라면사리,개,80,40,바다식품,Y\n"
                             "어묵,kg,4,,,\n"
                             "대파,kg,조금,,,\n";

  osc_stock_show_file (open_typical (window, context), "재료 11월.csv", file);
}

static void
show_offline (OscWindow *window, OscContext *context)
{
  osc_view_set_live (OSC_VIEW (open_typical (window, context)), FALSE);
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  fill (context, 0);
  open_stock (window, context);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  osc_stock_store_take (context->stock, NULL);
  open_stock (window, context);
}

const OscScene osc_scenes_stock[] = {
    {"stock", show_typical},
    {"stock-receive", show_receive},
    {"stock-waste", show_waste},
    {"stock-count", show_count},
    {"stock-form", show_form},
    {"stock-recipe", show_recipe},
    {"stock-import", show_import},
    {"stock-offline", show_offline},
    {"stock-empty", show_empty},
    {"stock-failed", show_failed},
    {.name = NULL},
};
