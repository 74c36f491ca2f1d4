/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Refunds to the won: the rules of integrations 5.1 by properties and by the payment service's own
 * examples; states; JSON there and back. */

#include "osy-json.h"
#include "osy-money.h"
#include "osy-payment.h"

/* Totals of the service's documents with the value of supply that they print. */
static void
test_examples (void)
{
  static const gint64 examples[][2] = {
      {15000, 13636}, {30000, 27273}, {37400, 34000}, {10000, 9091}};

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++) {
    const OsyRefundBase base = {.amount = examples[i][0]};
    gint64 tax_free = -1;
    gint64 vat = 0;
    g_assert_true (osy_refund_share (&base, base.amount, &tax_free, &vat));
    g_assert_cmpint (tax_free, ==, 0);
    g_assert_cmpint (base.amount - vat, ==, examples[i][1]);
  }
}

static void
test_by_hand (void)
{
  OsyRefundBase base = {.amount = 15000}; /* VAT 1,364 */
  gint64 tax_free = -1;
  gint64 vat = 0;

  g_assert_true (osy_refund_share (&base, 5000, &tax_free, &vat));
  g_assert_cmpint (vat, ==, 454); /* a third of 1,364 is 454.67 */
  base = (OsyRefundBase){15000, 0, 5000, 0, 454};
  g_assert_true (osy_refund_share (&base, 5000, &tax_free, &vat));
  g_assert_cmpint (vat, ==, 455); /* two thirds are 909.33 */
  base = (OsyRefundBase){15000, 0, 10000, 0, 909};
  g_assert_true (osy_refund_share (&base, 5000, &tax_free, &vat));
  g_assert_cmpint (vat, ==, 455);               /* the rest */
  base = (OsyRefundBase){11000, 1000, 0, 0, 0}; /* VAT 909 of 10,000 */
  tax_free = 1000;
  g_assert_true (osy_refund_share (&base, 1000, &tax_free, &vat));
  g_assert_cmpint (tax_free, ==, 1000);
  g_assert_cmpint (vat, ==, 0);
  tax_free = 5000; /* more than there is of it */
  g_assert_true (osy_refund_share (&base, 6000, &tax_free, &vat));
  g_assert_cmpint (tax_free, ==, 1000);
  g_assert_cmpint (vat, ==, 454);
}

static void
test_out_of_range (void)
{
  const OsyRefundBase base = {.amount = 1000, .held = 400};
  static const gint64 wrong[] = {0, -1, 601, G_MAXINT64};

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gint64 tax_free = -1;
    gint64 vat = 77;
    g_assert_false (osy_refund_share (&base, wrong[i], &tax_free, &vat));
    g_assert_cmpint (vat, ==, 77);
  }
}

/* One refund after the other until nothing is left. */
static void
refund_all (OsyRefundBase base)
{
  gint64 supply;
  gint64 all_vat;
  guint n = 0;

  osy_money_split_vat (base.amount - base.tax_free, &supply, &all_vat);
  while (base.held < base.amount) {
    gint64 left = base.amount - base.held;
    gint64 wanted = n++ > 20 ? left : (gint64)(g_test_rand_double () * (double)left) + 1;
    gint64 tax_free = g_test_rand_int_range (0, 3) > 0 ? -1 : g_test_rand_int_range (0, 100000);
    gint64 vat = -1;
    g_assert_true (osy_refund_share (&base, MIN (wanted, left), &tax_free, &vat));
    g_assert_cmpint (tax_free, >=, 0);
    g_assert_cmpint (tax_free, <=, MIN (wanted, left));
    g_assert_cmpint (vat, >=, 0);
    g_assert_cmpint (vat, <=, MIN (wanted, left) - tax_free);
    gint64 taxable = base.amount - base.tax_free;
    gint64 back = MIN (wanted, left) - tax_free;
    if (taxable > 0) /* less than a won off, however many there were before */
      g_assert_cmpint (ABS (vat * taxable - all_vat * back), <, taxable);
    base.held += MIN (wanted, left);
    base.held_tax_free += tax_free;
    base.held_vat += vat;
    g_assert_cmpint (base.held_tax_free, <=, base.tax_free);
    g_assert_cmpint (base.held_vat, <=, all_vat);
    g_assert_cmpint (base.held - base.held_tax_free, <=, base.amount - base.tax_free);
  }
  g_assert_cmpint (base.held_tax_free, ==, base.tax_free);
  g_assert_cmpint (base.held_vat, ==, all_vat);
}

static void
test_properties (void)
{
  for (guint i = 0; i < 20000; i++) {
    gint64 amount =
        ((gint64)g_test_rand_int_range (1, G_MAXINT) >> g_test_rand_int_range (0, 31)) + 1;
    gint64 tax_free = g_test_rand_bit () ? 0 : (gint64)(g_test_rand_double () * (double)amount);
    refund_all ((OsyRefundBase){.amount = amount, .tax_free = tax_free});
  }
}

static void
test_states (void)
{
  g_assert_null (osy_state_table_find (&osy_payment_states, OSY_PAYMENT_DECLINED, "pay"));
  g_assert_null (osy_state_table_find (&osy_payment_states, OSY_PAYMENT_CANCELED, "submit"));
  g_assert_false (
      osy_state_table_allows (&osy_payment_states, OSY_PAYMENT_REFUNDED, OSY_PAYMENT_PAID));
  g_assert_false (osy_state_table_allows (&osy_refund_states, OSY_REFUND_DONE, OSY_REFUND_FAILED));
  g_assert_true (
      osy_state_table_allows (&osy_payment_states, OSY_PAYMENT_UNKNOWN, OSY_PAYMENT_PAID));
  for (const OsyStateRow *row = osy_payment_states.rows; row->from != NULL; row++) {
    g_assert_false (osy_payment_is_captured (row->from) && osy_payment_is_pending (row->from));
    if (osy_payment_is_pending (row->to)) /* whatever is under way can still end */
      g_assert_true (osy_state_table_allows (&osy_payment_states, row->to, OSY_PAYMENT_PAID));
  }
}

static void
test_json (void)
{
  static const char text[] =
      "{\"id\":\"01890000-0000-7000-8000-000000000001\",\"status\":\"PARTIALLY_REFUNDED\","
      "\"check_id\":\"01890000-0000-7000-8000-000000000002\",\"method\":\"CASH\",\"amount\":9000,"
      "\"tax_free_amount\":0,\"received\":10000,\"change\":1000,\"refunded_amount\":500,"
      "\"refundable_amount\":8500,\"refunds\":[{\"id\":\"01890000-0000-7000-8000-000000000003\","
      "\"status\":\"DONE\",\"amount\":500,\"tax_free_amount\":0,\"vat_amount\":45,\"reason\":"
      "\"식었어요\","
      "\"lines\":[{\"line_id\":\"x\",\"quantity\":2}],\"by\":\"김사장\","
      "\"at\":\"2026-11-21T03:24:05.123456Z\"}],\"cash_receipt\":{\"kind\":\"SELF\",\"status\":"
      "\"ISSUED\",\"identity\":\"010-****-1234\",\"amount\":8500},"
      "\"created_at\":\"2026-11-21T03:24:05.000000Z\",\"version\":2}";
  g_autoptr (JsonNode) node = osy_json_parse (text, sizeof text - 1, NULL);
  g_autoptr (OsyPayment) payment = osy_payment_from_json (node, NULL);

  g_assert_nonnull (payment);
  g_assert_cmpint (payment->held, ==, 500);
  g_autoptr (JsonNode) again = osy_payment_to_json (payment);
  g_autofree char *printed = osy_json_print (again);
  g_assert_cmpstr (printed, ==, text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/examples", test_examples);
  g_test_add_func ("/payment/by-hand", test_by_hand);
  g_test_add_func ("/payment/out-of-range", test_out_of_range);
  g_test_add_func ("/payment/properties", test_properties);
  g_test_add_func ("/payment/states", test_states);
  g_test_add_func ("/payment/json", test_json);
  return g_test_run ();
}
