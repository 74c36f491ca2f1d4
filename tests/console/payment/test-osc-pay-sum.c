/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is offered to be paid: never what is on its way, never twice what an answer brought before
 * its check, part after part; and what a guest may hand over. */

#include "osc-pay-sum.h"
#include "osy-id.h"

typedef struct {
  OsyBill *bill;
  GPtrArray *payments;
} Desk;

static void
desk_open (Desk *desk, gint64 total, guint parts)
{
  desk->bill = osy_bill_new ();
  desk->bill->total = total;
  desk->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  for (guint i = 0; i < parts; i++) {
    OsyBillPart *part = osy_bill_add_part (desk->bill);
    part->id = g_strdup_printf ("part-%u", i);
    part->amount = total / parts;
  }
}

static void
desk_close (Desk *desk)
{
  osy_bill_free (desk->bill);
  g_ptr_array_unref (desk->payments);
}

static OsyPayment *
add (Desk *desk, const char *status, gint64 amount, const char *part)
{
  OsyPayment *payment = osy_payment_new ();

  payment->id = osy_id_new ();
  payment->status = g_strdup (status);
  payment->method = g_strdup (OSY_PAYMENT_CASH);
  payment->amount = amount;
  payment->part_id = g_strdup (part);
  g_ptr_array_insert (desk->payments, 0, payment);
  return payment;
}

static void
test_on_its_way (void)
{
  Desk desk;

  desk_open (&desk, 27000, 3);
  add (&desk, OSY_PAYMENT_CREATED, 9000, "part-0");
  g_assert_cmpint (osc_pay_left (desk.bill, desk.payments), ==, 27000);
  add (&desk, OSY_PAYMENT_UNKNOWN, 9000, "part-1");
  g_assert_cmpint (osc_pay_left (desk.bill, desk.payments), ==, 18000);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, "part-0"), ==, 9000);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, "part-1"), ==, 0);
  desk_close (&desk);
}

/* The payment's answer comes before the event of its check: for that moment its part is not asked
 * for again; afterwards it counts once. */
static void
test_ahead_of_its_check (void)
{
  Desk desk;
  OsyBillPart *part;

  desk_open (&desk, 27000, 3);
  add (&desk, OSY_PAYMENT_PAID, 9000, "part-0");
  g_assert_cmpint (osc_pay_left (desk.bill, desk.payments), ==, 18000);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, "part-0"), ==, 0);
  part = g_ptr_array_index (desk.bill->parts, 0);
  part->paid = desk.bill->tenders = 9000;
  g_assert_cmpint (osc_pay_left (desk.bill, desk.payments), ==, 18000);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, "part-0"), ==, 0);
  desk_close (&desk);
}

/* What went back is owed again. */
static void
test_refunded (void)
{
  Desk desk;
  OsyPayment *payment;

  desk_open (&desk, 27000, 3);
  payment = add (&desk, OSY_PAYMENT_REFUNDED, 9000, "part-0");
  payment->refunded = payment->held = 9000;
  desk.bill->tenders = desk.bill->refunds = 9000;
  g_assert_cmpint (osc_pay_left (desk.bill, desk.payments), ==, 27000);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, "part-0"), ==, 9000);
  g_assert_null (osc_pay_of_part (desk.payments, "part-0"));
  desk_close (&desk);
}

/* Round the parts that are not paid, with what is in none as the last. */
static void
test_turning (void)
{
  Desk desk;
  const char *next = NULL;

  desk_open (&desk, 27000, 3);
  ((OsyBillPart *)g_ptr_array_index (desk.bill->parts, 1))->paid = 9000;
  desk.bill->tenders = 9000;
  g_assert_true (osc_pay_next_part (desk.bill, desk.payments, NULL, FALSE, &next));
  g_assert_cmpstr (next, ==, "part-0");
  g_assert_true (osc_pay_next_part (desk.bill, desk.payments, next, FALSE, &next));
  g_assert_cmpstr (next, ==, "part-2");
  g_assert_true (osc_pay_next_part (desk.bill, desk.payments, next, FALSE, &next));
  g_assert_cmpstr (next, ==, "part-0");
  g_assert_true (osc_pay_next_part (desk.bill, desk.payments, next, TRUE, &next));
  g_assert_cmpstr (next, ==, "part-2");
  desk.bill->total += 1000;
  g_assert_true (osc_pay_has_rest (desk.bill, desk.payments));
  g_assert_true (osc_pay_next_part (desk.bill, desk.payments, "part-2", FALSE, &next));
  g_assert_null (next);
  g_assert_cmpint (osc_pay_due (desk.bill, desk.payments, NULL), ==, 1000);
  desk.bill->tenders = desk.bill->total;
  g_assert_false (osc_pay_next_part (desk.bill, desk.payments, NULL, FALSE, &next));
  desk_close (&desk);
}

static void
check_notes (gint64 due, const char *wanted)
{
  gint64 notes[OSC_PAY_NOTES];
  guint n = osc_pay_notes (due, notes);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", notes[i]);
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_notes (void)
{
  check_notes (9000, "9000 10000 20000 50000");
  check_notes (27000, "27000 30000 40000 50000");
  check_notes (23450, "23450 24000 25000 30000");
  check_notes (100000, "100000");
  check_notes (0, "");
}

static void
check_identity (const char *kind, const char *typed, const char *wanted)
{
  g_autofree char *identity = osc_pay_identity (kind, typed);

  g_assert_cmpstr (identity, ==, wanted);
}

static void
test_identity (void)
{
  check_identity ("INCOME", "010-1234-4821", "01012344821");
  check_identity ("INCOME", "02-123-4567", NULL);
  check_identity ("INCOME", "010-1234-48", NULL);
  check_identity ("BUSINESS", "124-81-00998", "1248100998");
  check_identity ("BUSINESS", "124-81-00997", NULL);
  check_identity ("BUSINESS", "", NULL);
}

static void
test_receipt (void)
{
  Desk desk;
  OsyPayment *payment;

  desk_open (&desk, 9000, 0);
  payment = add (&desk, OSY_PAYMENT_PAID, 9000, NULL);
  g_assert_true (osc_pay_wants_receipt (payment));
  payment->cash_receipt = g_new0 (OsyCashReceipt, 1);
  payment->cash_receipt->status = g_strdup ("ISSUED");
  g_assert_false (osc_pay_wants_receipt (payment));
  g_free (payment->cash_receipt->status);
  payment->cash_receipt->status = g_strdup ("FAILED");
  g_assert_true (osc_pay_wants_receipt (payment));
  payment->held = 9000;
  g_assert_false (osc_pay_wants_receipt (payment));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay-sum/on-its-way", test_on_its_way);
  g_test_add_func ("/pay-sum/ahead-of-its-check", test_ahead_of_its_check);
  g_test_add_func ("/pay-sum/refunded", test_refunded);
  g_test_add_func ("/pay-sum/turning", test_turning);
  g_test_add_func ("/pay-sum/notes", test_notes);
  g_test_add_func ("/pay-sum/identity", test_identity);
  g_test_add_func ("/pay-sum/receipt", test_receipt);
  return g_test_run ();
}
