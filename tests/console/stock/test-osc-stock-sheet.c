/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Amounts, recipes and files of ingredients without a screen or a daemon. */

#include <string.h>

#include "osc-amount.h"
#include "osc-recipe-draft.h"
#include "osc-stock-sheet.h"
#include "osc-stock-words.h"
#include "osy-json.h"

#define RICE "00000000-0000-7000-8000-000000000001"
#define EGG "00000000-0000-7000-8000-000000000002"
#define DISH "00000000-0000-7000-8000-000000000011"
#define OPTION "00000000-0000-7000-8000-000000000012"

/* ---- amounts ---- */

static void
test_amounts (void)
{
  static const struct {
    const char *text;
    gint64 amount; /* -1: none */
  } rows[] = {{"0", 0},       {"12", 12000},  {"12.5", 12500}, {".5", 500},
              {"0.125", 125}, {"1.2345", -1}, {"", -1},        {".", -1},
              {"1..2", -1},   {"-1", -1},     {"1,5", -1},     {"9999999999999999999", -1}};

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gint64 amount = -1;
    gboolean good = osc_amount_read (rows[i].text, &amount);
    g_assert_cmpint (good ? amount : -1, ==, rows[i].amount);
  }
  /* What is printed reads as the same again. */
  for (gint64 value = 0; value < 30000; value += 7) {
    g_autofree char *text = osc_amount_print (value);
    gint64 again = -1;
    g_assert_true (osc_amount_read (text, &again));
    g_assert_cmpint (again, ==, value);
  }
}

/* ---- files ---- */

static OsyIngredient *
make (const char *id, const char *name, const char *unit, gint64 on_hand)
{
  OsyIngredient *one = osy_ingredient_new ();

  one->id = g_strdup (id);
  one->name = g_strdup (name);
  one->unit = g_intern_string (unit);
  one->on_hand = on_hand;
  return one;
}

static GPtrArray *
make_stock (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_ingredient_free);
  OsyIngredient *rice = make (RICE, "쌀", OSY_UNIT_G, 20000000);

  rice->par = 5000000;
  rice->supplier = g_strdup ("소담상회");
  g_ptr_array_add (list, rice);
  g_ptr_array_add (list, make (EGG, "달걀", OSY_UNIT_PIECE, 30000));
  return list;
}

static OscSheetRow *
row_of (GPtrArray *rows, guint i, OscSheetState state)
{
  OscSheetRow *row = g_ptr_array_index (rows, i);

  g_assert_cmpint (row->state, ==, state);
  return row;
}

static gint64
number (const OscSheetRow *row, const char *name)
{
  JsonObject *object = json_node_get_object (row->body);

  return json_object_has_member (object, name) ? json_object_get_int_member (object, name) : -1;
}

static GPtrArray *
read_file (GPtrArray *stock, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = osc_stock_sheet_read (stock, text, strlen (text), &error);

  g_assert_no_error (error);
  return rows;
}

static void
test_differences (void)
{
  g_autoptr (GPtrArray) stock = make_stock ();
  g_autoptr (GPtrArray) rows = read_file (stock, "재료,단위,재고,기준,거래처,품절\n"
                                                 "쌀,kg,20,5,소담상회,\n"
                                                 "쌀 ,kg,20,,,\n"
                                                 "달걀,개,\"1,030\",60알,양계장,Y\n"
                                                 "식용유,,1.5L,,,\n"
                                                 "참기름,ml,0.9L,500,,아니요\n"
                                                 "간장,말,1,,,\n"
                                                 "대파,kg,조금,,,\n"
                                                 ",kg,1,,,\n");

  g_assert_cmpuint (rows->len, ==, 7);
  g_assert_null (row_of (rows, 0, OSC_SHEET_SAME)->body);
  row_of (rows, 1, OSC_SHEET_FAULT); /* twice */
  const OscSheetRow *egg = row_of (rows, 2, OSC_SHEET_CHANGED);
  g_assert_cmpstr (egg->id, ==, EGG);
  g_assert_cmpint (egg->count, ==, 1030000);
  g_assert_cmpint (number (egg, "par"), ==, 60000);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (egg->body), "block"));
  g_assert_false (json_object_has_member (json_node_get_object (egg->body), "name"));
  /* A new one without a unit is told in pieces, of which there are no litres. */
  row_of (rows, 3, OSC_SHEET_FAULT);
  const OscSheetRow *oil = row_of (rows, 4, OSC_SHEET_NEW);
  g_assert_cmpint (oil->count, ==, 900000);
  g_assert_cmpint (number (oil, "par"), ==, 500000);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (oil->body), "unit"), ==,
                   "ML");
  row_of (rows, 5, OSC_SHEET_FAULT);
  row_of (rows, 6, OSC_SHEET_FAULT);
}

static void
test_no_header (void)
{
  g_autoptr (GPtrArray) stock = make_stock ();
  g_autoptr (GError) error = NULL;

  g_assert_null (osc_stock_sheet_read (stock, "쌀,kg\n", strlen ("쌀,kg\n"), &error));
  g_assert_nonnull (error);
}

/* What is written reads as no difference; nothing in it is a formula. */
static void
test_round (void)
{
  g_autoptr (GPtrArray) stock = make_stock ();
  g_ptr_array_add (stock, make (DISH, "=HYPERLINK(\"x\")", OSY_UNIT_ML, 1500));
  g_autofree char *text = osc_stock_sheet_write (stock);
  g_autoptr (GPtrArray) rows = read_file (stock, text);

  g_assert_null (strstr (text, "\"="));
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint i = 0; i < rows->len; i++)
    row_of (rows, i, OSC_SHEET_SAME);
}

/* ---- recipes ---- */

static OsyMenuItem *
make_dish (OsyMenuGroup *group, OsyMenuOption *option)
{
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = g_strdup (DISH);
  option->id = (char *)OPTION;
  option->name = (char *)"치즈";
  option->groups = g_ptr_array_new ();
  group->name = (char *)"추가";
  group->options = g_ptr_array_new ();
  g_ptr_array_add (group->options, option);
  g_ptr_array_add (item->groups, group);
  return item;
}

static void
test_recipe (void)
{
  OsyMenuGroup group = {0};
  OsyMenuOption option = {0};
  OsyMenuItem *item = make_dish (&group, &option);
  g_autoptr (OscStockStore) store = osc_stock_store_new (NULL);
  g_autoptr (JsonNode) answer = json_from_string (
      "{\"recipes\":[{\"owner_type\":\"ITEM\",\"owner_id\":\"" DISH "\",\"ingredient_id\":\"" RICE
      "\",\"quantity\":180500},{\"owner_type\":\"OPTION\",\"owner_id\":\"" OPTION
      "\",\"ingredient_id\":\"" EGG "\",\"quantity\":1000},{\"broken\":1}]}",
      NULL);

  osc_stock_store_take (store, answer);
  g_assert_cmpuint (osc_stock_store_recipes (store)->len, ==, 2);
  OscRecipeDraft *draft = osc_recipe_draft_new (store, item);
  GPtrArray *sections = osc_recipe_draft_sections (draft);
  g_assert_cmpuint (sections->len, ==, 2);
  g_assert_false (osc_recipe_draft_is_dirty (draft));
  OscRecipeSection *base = sections->pdata[0];
  OscRecipeEntry *rice = base->entries->pdata[0];
  g_assert_cmpstr (rice->text, ==, "180.5");
  g_assert_null (osc_recipe_draft_add (base, RICE)); /* is there */
  OscRecipeEntry *egg = osc_recipe_draft_add (base, EGG);
  g_assert_false (osc_recipe_draft_is_good (draft)); /* no amount yet */
  osc_recipe_entry_set (egg, "1.5", "판");
  g_assert_true (osc_recipe_draft_is_good (draft));
  g_assert_true (osc_recipe_draft_is_dirty (draft));
  g_autoptr (JsonNode) body = osc_recipe_draft_to_json (draft);
  g_autofree char *text = osy_json_print (body);
  g_assert_nonnull (strstr (text, "\"quantity\":1500,\"unit\":\"판\""));
  osc_recipe_draft_remove (base, egg);
  g_assert_false (osc_recipe_draft_is_dirty (draft));
  osc_recipe_draft_free (draft);
  g_ptr_array_set_size (item->groups, 0);
  osy_menu_item_free (item);
  g_ptr_array_unref (group.options);
  g_ptr_array_unref (option.groups);
}

/* ---- what is to be ordered ---- */

static void
test_order (void)
{
  g_autoptr (GPtrArray) stock = make_stock ();
  OsyIngredient *rice = stock->pdata[0];

  rice->on_hand = 4000000;
  rice->reserved = 1000000;
  ((OsyIngredient *)stock->pdata[1])->par = 20000;
  g_autofree char *text = osc_stock_words_order (stock);
  g_assert_cmpstr (text, ==, "[소담상회]\n쌀 2 kg\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock/amounts", test_amounts);
  g_test_add_func ("/stock/differences", test_differences);
  g_test_add_func ("/stock/no-header", test_no_header);
  g_test_add_func ("/stock/round", test_round);
  g_test_add_func ("/stock/recipe", test_recipe);
  g_test_add_func ("/stock/order", test_order);
  return g_test_run ();
}
