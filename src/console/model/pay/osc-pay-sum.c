/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whole won all through; nothing here moves money. */

#include "osc-pay-sum.h"

#include <string.h>

#include "osy-business-number.h"
#include "osy-phone.h"

gboolean
osc_pay_is_waiting (const OsyPayment *payment)
{
  return g_str_equal (payment->status, OSY_PAYMENT_CREATED) ||
         osy_payment_is_pending (payment->status);
}

/* What somebody may be paying this moment; a code that nobody has used yet keeps nobody from
 * paying otherwise. */
static gint64
on_its_way (GPtrArray *payments, const char *part_id, gboolean any_part)
{
  gint64 won = 0;

  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);

    if (osy_payment_is_pending (payment->status) &&
        (any_part || g_strcmp0 (payment->part_id, part_id) == 0))
      won += payment->amount;
  }
  return won;
}

static gint64
taken (GPtrArray *payments, const char *part_id, gboolean any_part)
{
  gint64 won = 0;

  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);

    if (osy_payment_is_captured (payment->status) &&
        (any_part || g_strcmp0 (payment->part_id, part_id) == 0))
      won += payment->amount - (any_part ? 0 : payment->refunded);
  }
  return won;
}

/* A payment may be here before the check that it was posted on: it is not asked for again. */
gint64
osc_pay_left (const OsyBill *bill, GPtrArray *payments)
{
  gint64 ahead = MAX (0, taken (payments, NULL, TRUE) - bill->tenders);

  return MAX (0, osy_bill_owed (bill) - ahead - on_its_way (payments, NULL, TRUE));
}

static gint64
left_of_part (const OsyBillPart *part, GPtrArray *payments)
{
  gint64 paid = MAX (part->paid, taken (payments, part->id, FALSE));

  return MAX (0, part->amount - paid - on_its_way (payments, part->id, FALSE));
}

gint64
osc_pay_due (const OsyBill *bill, GPtrArray *payments, const char *part_id)
{
  const OsyBillPart *part = osy_bill_find_part (bill, part_id);
  gint64 left = osc_pay_left (bill, payments);
  gint64 parts = 0;

  if (part != NULL)
    return MIN (left_of_part (part, payments), left);
  for (guint i = 0; i < bill->parts->len; i++)
    parts += left_of_part (g_ptr_array_index (bill->parts, i), payments);
  return MAX (0, left - parts);
}

gboolean
osc_pay_has_rest (const OsyBill *bill, GPtrArray *payments)
{
  return bill->parts->len > 0 && osc_pay_due (bill, payments, NULL) > 0;
}

/* Places 0 … n − 1 are the parts, n is what is in none. */
static guint
place_of (const OsyBill *bill, const char *part_id)
{
  for (guint i = 0; i < bill->parts->len; i++)
    if (g_strcmp0 (((OsyBillPart *)g_ptr_array_index (bill->parts, i))->id, part_id) == 0)
      return i;
  return bill->parts->len;
}

gboolean
osc_pay_next_part (const OsyBill *bill,
                   GPtrArray *payments,
                   const char *after,
                   gboolean back,
                   const char **ret)
{
  guint places = bill->parts->len + 1;
  guint at = place_of (bill, after);

  for (guint i = 0; i < places; i++) {
    at = (at + (back ? places - 1 : 1)) % places;
    const OsyBillPart *part = at < bill->parts->len ? g_ptr_array_index (bill->parts, at) : NULL;
    *ret = part != NULL ? part->id : NULL;
    if (osc_pay_due (bill, payments, *ret) > 0)
      return TRUE;
  }
  *ret = NULL;
  return FALSE;
}

const OsyPayment *
osc_pay_find (GPtrArray *payments, const char *id)
{
  for (guint i = 0; id != NULL && i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    if (g_str_equal (payment->id, id))
      return payment;
  }
  return NULL;
}

const OsyPayment *
osc_pay_of_part (GPtrArray *payments, const char *part_id)
{
  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    if (g_strcmp0 (payment->part_id, part_id) == 0 && payment->refunded < payment->amount &&
        osy_payment_is_captured (payment->status))
      return payment;
  }
  return NULL;
}

gboolean
osc_pay_wants_receipt (const OsyPayment *payment)
{
  static const char *const holds[] = {"REQUESTED", "ISSUED", "CANCEL_REQUESTED", NULL};

  return g_str_equal (payment->method, OSY_PAYMENT_CASH) &&
         osy_payment_is_captured (payment->status) && payment->held < payment->amount &&
         (payment->cash_receipt == NULL || !g_strv_contains (holds, payment->cash_receipt->status));
}

guint
osc_pay_notes (gint64 due, gint64 notes[OSC_PAY_NOTES])
{
  static const gint64 steps[] = {1, 1000, 5000, 10000, 20000, 50000, 100000};
  guint n = 0;

  for (gsize i = 0; due > 0 && i < G_N_ELEMENTS (steps) && n < OSC_PAY_NOTES; i++) {
    gint64 note = (due + steps[i] - 1) / steps[i] * steps[i];
    if (n == 0 || note > notes[n - 1])
      notes[n++] = note;
  }
  return n;
}

char *
osc_pay_identity (const char *kind, const char *typed)
{
  if (g_str_equal (kind, "BUSINESS"))
    return osy_business_number_normalise (typed);
  g_autofree char *digits = osy_phone_digits (typed);
  gsize len = strlen (digits);
  return g_str_has_prefix (digits, "01") && len >= 10 && len <= 11 ? g_steal_pointer (&digits)
                                                                   : NULL;
}
