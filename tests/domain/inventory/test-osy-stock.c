/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The stock's arithmetic, and its models to and fro. */

#include "osy-ingredient.h"
#include "osy-stock-movement.h"
#include "osy-stock.h"

static void
test_convert (void)
{
  static const struct {
    gint64 quantity, factor, base;
  } rows[] = {
      {1500, 20000000, 30000000},
      {333, 1000000, 333000},
      {1, 1000, 1},
      {1, 500, 1}, /* half a thousandth: away from zero */
      {1, 499, 0},
      {-1, 500, -1},
      {-1, 499, 0},
      {0, 7, 0},
      {3, 333, 1},
      {OSY_STOCK_MAX_FACTOR, OSY_STOCK_ONE, OSY_STOCK_MAX_FACTOR},
      {OSY_STOCK_MAX_FACTOR, 1000000, OSY_STOCK_MAX},
  };
  gint64 ret = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (osy_stock_convert (rows[i].quantity, rows[i].factor, &ret));
    g_assert_cmpint (ret, ==, rows[i].base);
  }
  g_assert_false (osy_stock_convert (OSY_STOCK_MAX_FACTOR, 1000001, &ret));
  g_assert_false (osy_stock_convert (OSY_STOCK_MAX_FACTOR + 1, 1, &ret));
  g_assert_false (osy_stock_convert (1, 0, &ret));
  g_assert_false (osy_stock_convert (1, OSY_STOCK_MAX_FACTOR + 1, &ret));
}

/* Rounding is odd in its argument and never off by more than half a thousandth. */
static void
test_convert_property (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < 20000; i++) {
    gint64 quantity = g_rand_int_range (rand, -1000000, 1000000);
    gint64 factor = g_rand_int_range (rand, 1, 2000000);
    gint64 there = 0, back = 0;
    g_assert_true (osy_stock_convert (quantity, factor, &there));
    g_assert_true (osy_stock_convert (-quantity, factor, &back));
    g_assert_cmpint (there, ==, -back);
    g_assert_cmpint (ABS (there * OSY_STOCK_ONE - quantity * factor) * 2, <=, OSY_STOCK_ONE);
  }
}

static void
test_left (void)
{
  g_assert_cmpint (osy_stock_portions (-5, 2), ==, 0);
  g_assert_cmpint (osy_stock_portions (5999, 3000), ==, 1);
  static const gint64 about[][2] = {{-1, 0},  {0, 0},   {10, 10},   {11, 10},
                                    {19, 10}, {99, 90}, {100, 100}, {1234, 1200}};
  for (gsize i = 0; i < G_N_ELEMENTS (about); i++)
    g_assert_cmpint (osy_stock_about (about[i][0]), ==, about[i][1]);
  g_assert_cmpint (osy_stock_days_left (1000, 0, 14), ==, -1);
  g_assert_cmpint (osy_stock_days_left (0, 10, 14), ==, 0);
  g_assert_cmpint (osy_stock_days_left (1000, 7000, 14), ==, 2);
}

static void
test_states (void)
{
  g_assert_true (
      osy_state_table_allows (&osy_stock_states, OSY_STOCK_RESERVED, OSY_STOCK_CONSUMED));
  g_assert_true (osy_state_table_allows (&osy_stock_states, OSY_STOCK_RESERVED, OSY_STOCK_EXPIRED));
  g_assert_false (
      osy_state_table_allows (&osy_stock_states, OSY_STOCK_RELEASED, OSY_STOCK_RESERVED));
  g_assert_false (
      osy_state_table_allows (&osy_stock_states, OSY_STOCK_CONSUMED, OSY_STOCK_RELEASED));
}

static OsyIngredient *
read_back (const OsyIngredient *self)
{
  g_autoptr (JsonNode) node = osy_json_take_object (osy_ingredient_to_json (self));
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (GError) error = NULL;
  OsyIngredient *copy = osy_ingredient_new ();

  osy_json_reader_ignore_unknown (reader);
  osy_ingredient_read (copy, reader);
  g_assert_true (osy_json_reader_finish (reader, &error));
  g_assert_no_error (error);
  return copy;
}

static void
test_ingredient (void)
{
  g_autoptr (OsyIngredient) one = osy_ingredient_new ();

  one->id = g_strdup ("01a1ff53-8d42-7ed4-812a-f61779741cef");
  one->name = g_strdup ("쌀");
  one->unit = g_intern_string (OSY_UNIT_G);
  one->on_hand = -500;
  one->par = 300;
  one->block = TRUE;
  one->position = 4;
  one->used[OSY_STOCK_USE_DAYS - 2] = 3000;
  osy_ingredient_reckon (one);
  g_assert_cmpint (one->days_left, ==, 0);
  one->on_hand = 4000;
  osy_ingredient_reckon (one);
  g_assert_cmpint (one->days_left, ==, 2); /* 3000 in two days */
  g_autoptr (OsyIngredient) copy = read_back (one);
  g_assert_cmpint (copy->on_hand, ==, 4000);
  g_assert_cmpint (copy->par, ==, 300);
  g_assert_cmpint (copy->unit_cost, ==, -1);
  g_assert_cmpint (copy->used[OSY_STOCK_USE_DAYS - 2], ==, 3000);
  g_assert_true (copy->block);
  g_assert_false (osy_ingredient_is_low (copy));
  copy->reserved = 3701;
  g_assert_true (osy_ingredient_is_low (copy));
  g_assert_cmpint (osy_ingredient_factor (copy, NULL), ==, OSY_STOCK_ONE);
  g_assert_cmpint (osy_ingredient_factor (copy, "포대"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stock/convert", test_convert);
  g_test_add_func ("/stock/convert-property", test_convert_property);
  g_test_add_func ("/stock/left", test_left);
  g_test_add_func ("/stock/states", test_states);
  g_test_add_func ("/stock/ingredient", test_ingredient);
  return g_test_run ();
}
