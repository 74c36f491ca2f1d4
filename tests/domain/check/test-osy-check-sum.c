/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Checks as people would sum them up by hand. */

#include "osy-check-sum.h"

static OsyCheckLine *
add_line (OsyCheckSum *sum, gint64 quantity, gint64 price)
{
  const OsyCheckLine line = {.quantity = quantity, .unit_price = price};

  g_array_append_val (sum->lines, line);
  return &g_array_index (sum->lines, OsyCheckLine, sum->lines->len - 1);
}

static OsyCheckSum *
new_sum (int percent, gint64 won, int service)
{
  OsyCheckSum *sum = osy_check_sum_new ();
  const OsyCheckMember member = {.percent = percent, .won = won, .service_percent = service};

  g_array_append_val (sum->members, member);
  return sum;
}

static OsyCheckPart *
add_part (OsyCheckSum *sum, OsyCheckPartKind kind)
{
  const OsyCheckPart part = {.kind = kind};

  g_array_append_val (sum->parts, part);
  return &g_array_index (sum->parts, OsyCheckPart, sum->parts->len - 1);
}

static gint64
amount_of (const OsyCheckSum *sum, guint part)
{
  return g_array_index (sum->parts, OsyCheckPart, part).amount;
}

/* 2 × 4,500 with one void, 5,000 with 10 % off; a tenth off all, then 10 % service. */
static void
test_adjusted (void)
{
  g_autoptr (OsyCheckSum) sum = new_sum (10, 0, 10);

  add_line (sum, 2, 4500)->voided = 1;
  add_line (sum, 1, 5000)->percent = 10;
  osy_check_sum_run (sum);
  g_assert_cmpint (sum->orders, ==, 14000);
  g_assert_cmpint (sum->service, ==, 810);
  g_assert_cmpint (sum->total, ==, 8910);
  g_assert_cmpint (sum->adjustments, ==, 5900);
  g_assert_cmpint (sum->supply, ==, 8100);
  g_assert_cmpint (sum->vat, ==, 810);
  g_assert_cmpint (sum->rest, ==, 8910);
}

/* Nothing is ever below nothing. */
static void
test_too_much_off (void)
{
  g_autoptr (OsyCheckSum) sum = new_sum (50, 9000, 5);
  OsyCheckDiscount discounts[] = {{.won = 700}, {.percent = 50}, {.percent = 60}, {.won = 1}};

  add_line (sum, 1, 1000)->won = 5000;
  add_line (sum, 1, 3000)->comped = 1;
  osy_check_sum_run (sum);
  g_assert_cmpint (sum->total, ==, 0);
  g_assert_cmpint (sum->adjustments, ==, 4000);

  osy_check_sum_discounts (999, discounts, G_N_ELEMENTS (discounts));
  g_assert_cmpint (discounts[0].amount, ==, 0);
  g_assert_cmpint (discounts[1].amount, ==, 499);
  g_assert_cmpint (discounts[2].amount, ==, 500);
  g_assert_cmpint (discounts[3].amount, ==, 0);
}

static void
test_tax_free (void)
{
  g_autoptr (OsyCheckSum) sum = new_sum (0, 1000, 10);

  add_line (sum, 1, 6000)->tax_free = TRUE;
  add_line (sum, 1, 4000);
  osy_check_sum_run (sum);
  g_assert_cmpint (sum->total, ==, 9900);
  g_assert_cmpint (sum->tax_free, ==, 5400); /* its share of 9,000; service is not tax-free */
  g_assert_cmpint (sum->supply + sum->vat, ==, 4500);
  g_assert_cmpint (sum->vat, ==, 409);
}

/* The last takes the odd won. */
static void
test_equal (void)
{
  g_autoptr (OsyCheckSum) sum = new_sum (0, 0, 0);

  add_line (sum, 1, 10001);
  for (guint i = 0; i < 3; i++)
    add_part (sum, OSY_CHECK_PART_EQUAL);
  osy_check_sum_run (sum);
  g_assert_cmpint (amount_of (sum, 0), ==, 3333);
  g_assert_cmpint (amount_of (sum, 1), ==, 3333);
  g_assert_cmpint (amount_of (sum, 2), ==, 3335);
  g_assert_cmpint (sum->rest, ==, 0);

  /* The first was paid; a round comes: the others bear it. */
  g_array_index (sum->parts, OsyCheckPart, 0).frozen = TRUE;
  add_line (sum, 1, 2000);
  osy_check_sum_run (sum);
  g_assert_cmpint (amount_of (sum, 0), ==, 3333);
  g_assert_cmpint (amount_of (sum, 1), ==, 4334);
  g_assert_cmpint (amount_of (sum, 2), ==, 4334);
}

/* A third of a pizza, seat 2, 3,000 won, and the rest. */
static void
test_mixed (void)
{
  g_autoptr (OsyCheckSum) sum = new_sum (0, 0, 0);
  const OsyCheckTake third = {0, 1, 3};

  add_line (sum, 1, 10000);
  add_line (sum, 1, 5000)->seat = 2;
  add_line (sum, 1, 4000);
  add_part (sum, OSY_CHECK_PART_AMOUNT)->wanted = 3000;
  OsyCheckPart *item = add_part (sum, OSY_CHECK_PART_ITEM);
  item->takes = g_array_new (FALSE, TRUE, sizeof (OsyCheckTake));
  g_array_append_val (item->takes, third);
  add_part (sum, OSY_CHECK_PART_SEAT)->seat = 2;
  osy_check_sum_run (sum);
  g_assert_cmpint (amount_of (sum, 0), ==, 3000);
  g_assert_cmpint (amount_of (sum, 1), ==, 3333);
  g_assert_cmpint (amount_of (sum, 2), ==, 5000);
  g_assert_cmpint (sum->rest, ==, 7667);
  g_assert_cmpint (osy_check_sum_free_share (sum, 0, 3), ==, 2);
  g_assert_cmpint (osy_check_sum_free_share (sum, 1, 1), ==, 1);
  g_assert_false (osy_check_sum_is_overdrawn (sum));
  const OsyCheckTake more = {0, 3, 4};
  g_array_append_val (g_array_index (sum->parts, OsyCheckPart, 1).takes, more);
  g_assert_true (osy_check_sum_is_overdrawn (sum));
}

static void
test_names (void)
{
  OsyCheckPartKind kind;

  for (guint i = 0; i < OSY_N_CHECK_PARTS; i++) {
    g_assert_true (
        osy_check_part_kind_from_name (osy_check_part_kind_name ((OsyCheckPartKind)i), &kind));
    g_assert_cmpint (kind, ==, i);
  }
  g_assert_false (osy_check_part_kind_from_name ("HALF", &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/sum/adjusted", test_adjusted);
  g_test_add_func ("/check/sum/too-much-off", test_too_much_off);
  g_test_add_func ("/check/sum/tax-free", test_tax_free);
  g_test_add_func ("/check/sum/equal", test_equal);
  g_test_add_func ("/check/sum/mixed", test_mixed);
  g_test_add_func ("/check/sum/names", test_names);
  return g_test_run ();
}
