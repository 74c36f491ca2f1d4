/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Won: sums that cannot overflow, VAT to the won, prices as people write them. */

#include <string.h>

#include "osy-money.h"

#define MOST OSY_MONEY_MAX

static void
test_add (void)
{
  gint64 sum = 42;

  g_assert_true (osy_money_add (3000, -1000, &sum));
  g_assert_cmpint (sum, ==, 2000);
  g_assert_true (osy_money_add (MOST, 0, &sum));
  g_assert_cmpint (sum, ==, MOST);
  sum = 42;
  g_assert_false (osy_money_add (MOST, 1, &sum));
  g_assert_false (osy_money_add (-MOST, -1, &sum));
  g_assert_false (osy_money_add (G_MAXINT64, 1, &sum));
  g_assert_false (osy_money_add (G_MININT64, -1, &sum));
  g_assert_cmpint (sum, ==, 42);
}

static void
test_mul (void)
{
  gint64 product = 42;

  g_assert_true (osy_money_mul (4500, 999, &product));
  g_assert_cmpint (product, ==, 4495500);
  g_assert_true (osy_money_mul (MOST, -1, &product));
  g_assert_cmpint (product, ==, -MOST);
  product = 42;
  g_assert_false (osy_money_mul (MOST, 2, &product));
  g_assert_false (osy_money_mul (G_MAXINT64, G_MAXINT64, &product));
  g_assert_false (osy_money_mul (G_MININT64, -1, &product));
  g_assert_cmpint (product, ==, 42);
}

/* Against exact arithmetic in a wider type. */
static void
test_random_arithmetic (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int i = 0; i < 20000; i++) {
    gint64 a = (gint64)g_rand_double_range (rand, -2e12, 2e12);
    gint64 b = (gint64)g_rand_double_range (rand, i % 2 ? -2e12 : -100, i % 2 ? 2e12 : 1000);
    gint64 got = 0;
    __int128 sum = (__int128)a + b, product = (__int128)a * b;
    g_assert_cmpint (osy_money_add (a, b, &got), ==, sum >= -MOST && sum <= MOST);
    if (sum >= -MOST && sum <= MOST)
      g_assert_true (got == (gint64)sum);
    g_assert_cmpint (osy_money_mul (a, b, &got), ==, product >= -MOST && product <= MOST);
    if (product >= -MOST && product <= MOST)
      g_assert_true (got == (gint64)product);
  }
}

static void
check_vat (gint64 taxable)
{
  gint64 supply, vat, back_supply, back_vat;

  osy_money_split_vat (taxable, &supply, &vat);
  g_assert_cmpint (supply + vat, ==, taxable);
  g_assert_cmpint (supply, >=, vat);
  /* supply is taxable / 1.1 to the nearest won: |11·supply − 10·taxable| ≤ 5.5 */
  g_assert_cmpint (ABS (11 * supply - 10 * taxable), <=, 5);
  osy_money_split_vat (-taxable, &back_supply, &back_vat);
  g_assert_cmpint (back_supply, ==, -supply);
  g_assert_cmpint (back_vat, ==, -vat);
}

static void
test_vat (void)
{
  static const gint64 known[][3] = {{0, 0, 0},           {11000, 10000, 1000}, {1, 1, 0},
                                    {10, 9, 1},          {100, 91, 9},         {4500, 4091, 409},
                                    {12000, 10909, 1091}};
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    gint64 supply, vat;
    osy_money_split_vat (known[i][0], &supply, &vat);
    g_assert_cmpint (supply, ==, known[i][1]);
    g_assert_cmpint (vat, ==, known[i][2]);
  }
  for (gint64 won = 0; won < 5000; won++)
    check_vat (won);
  for (int i = 0; i < 5000; i++)
    check_vat ((gint64)g_rand_double_range (rand, 0, 1e12));
  check_vat (MOST);
}

static void
test_format (void)
{
  static const struct {
    gint64 won;
    const char *text;
  } known[] = {
      {0, "0"},
      {999, "999"},
      {1000, "1,000"},
      {12000, "12,000"},
      {-3000, "\xe2\x88\x92"
              "3,000"},
      {-999, "\xe2\x88\x92"
             "999"},
      {MOST, "1,000,000,000,000"},
      {G_MAXINT64, "9,223,372,036,854,775,807"},
      {G_MININT64, "\xe2\x88\x92"
                   "9,223,372,036,854,775,808"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autofree char *text = osy_money_format (known[i].won);
    g_assert_cmpstr (text, ==, known[i].text);
  }
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gint64 won; /* −1: refused */
  } cases[] = {
      {"0", 0},
      {"4000", 4000},
      {"4,000", 4000},
      {"4,000\xec\x9b\x90", 4000},
      {"\xe2\x82\xa9"
       "4000",
       4000},
      {"\xef\xbf\xa6 4,000", 4000},
      {"  12,000 KRW ", 12000},
      {"\xc2\xa0"
       "1\xc2\xa0",
       1},
      {"1000000000000", MOST},
      {"1,000,000,000,000", MOST},
      {"1000000000001", -1},
      {"99999999999999999999999999", -1},
      {"", -1},
      {" ", -1},
      {"\xec\x9b\x90", -1},
      {"-4000", -1},
      {"\xe2\x88\x92"
       "4000",
       -1},
      {"+4000", -1},
      {"4000.0", -1},
      {"4.000", -1},
      {"4e3", -1},
      {"0x10", -1},
      {",000", -1},
      {"4,00", -1},
      {"4,0000", -1},
      {"4000,000", -1},
      {"4,000,", -1},
      {"4,,000", -1},
      {"4,000,00", -1},
      {"4 000 x", -1},
      {"4000$", -1},
      {"\xd9\xa4", -1},
      {"\xff", -1},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 won = -1;
    gboolean good = osy_money_parse (cases[i].text, &won);
    if (good != (cases[i].won >= 0) || won != cases[i].won)
      g_error ("\"%s\" reads as %" G_GINT64_FORMAT, cases[i].text, won);
  }
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  for (int i = 0; i < 5000; i++) {
    gint64 won = (gint64)g_rand_double_range (rand, 0, 1e12), back = -1;
    g_autofree char *text = osy_money_format (won);
    g_autofree char *marked = g_strconcat (text, "\xec\x9b\x90", NULL);
    g_assert_true (osy_money_parse (text, &back));
    g_assert_cmpint (back, ==, won);
    g_assert_true (osy_money_parse (marked, &back));
    g_assert_cmpint (back, ==, won);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/add", test_add);
  g_test_add_func ("/money/mul", test_mul);
  g_test_add_func ("/money/random-arithmetic", test_random_arithmetic);
  g_test_add_func ("/money/vat", test_vat);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/round-trip", test_round_trip);
  return g_test_run ();
}
