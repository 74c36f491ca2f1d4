/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of a payment: choosing, a split with a part paid, cash with its change, a card nobody
 * knows about, a code to scan, an answer that did not come, and the end. */

#include "osc-payment.h"
#include "osc-scenes.h"
#include "osy-clock.h"

static OsyBill *
paid_part (OsyBill *bill, gint64 amount)
{
  OsyBillPart *part = g_ptr_array_index (bill->parts, 0);

  part->paid = amount;
  part->frozen = TRUE;
  bill->tenders = amount;
  bill->version++;
  return bill;
}

static GtkWidget *
open_payment (OscWindow *window, OscContext *context, OsyBill *bill)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_fixture_payments (context->pay, TRUE);
  osc_shell_go (shell, "payment", bill->id);
  osc_bill_store_take (context->bill, bill);
  return GTK_WIDGET (osc_shell_view (shell));
}

static void
key (GtkWidget *view, OscKey what)
{
  osc_view_key (OSC_VIEW (view), what);
}

static void
show_choosing (OscWindow *window, OscContext *context)
{
  open_payment (window, context, osc_fixture_bill (0));
}

static GtkWidget *
open_split (OscWindow *window, OscContext *context)
{
  OsyBill *bill = osc_fixture_bill (3);
  const OsyBillPart *part = g_ptr_array_index (bill->parts, 0);
  gint64 amount = part->amount;
  OsyPayment *payment =
      osc_fixture_payment (OSY_PAYMENT_TERMINAL, OSY_PAYMENT_PAID, amount, part->id);
  GtkWidget *view = open_payment (window, context, paid_part (bill, amount));

  payment->approval_no = g_strdup ("****2345");
  osc_pay_store_follow (context->pay, payment);
  osc_view_key (OSC_VIEW (view), OSC_KEY_SPLIT);
  osc_view_key (OSC_VIEW (view), OSC_KEY_SPLIT);
  return view;
}

static void
show_split (OscWindow *window, OscContext *context)
{
  open_split (window, context);
}

static void
show_cash (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_split (window, context);

  key (view, OSC_KEY_CARD_1 + 1);
  osc_fixture_press (view, "10,000");
}

static void
show_items (OscWindow *window, OscContext *context)
{
  key (open_payment (window, context, osc_fixture_bill (0)), OSC_KEY_SPLIT);
}

static void
show_unknown (OscWindow *window, OscContext *context)
{
  OsyPayment *payment = osc_fixture_payment (OSY_PAYMENT_TOSS, OSY_PAYMENT_UNKNOWN, 25500, NULL);

  open_payment (window, context, osc_fixture_bill (0));
  osc_pay_store_follow (context->pay, payment);
}

static void
show_qr (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_payment (window, context, osc_fixture_bill (0));
  OsyPayment *payment = osc_fixture_payment (OSY_PAYMENT_TOSS, OSY_PAYMENT_CREATED, 25500, NULL);

  key (view, OSC_KEY_CARD_1 + 2);
  key (view, OSC_KEY_NEXT);
  payment->checkout_url =
      g_strdup ("/pay/01900000-0000-7000-8000-0000000000d1#AZAAAAAAcACAAAAAAAAA0QAAAAAAAA");
  osc_pay_store_answer (context->pay, payment, NULL);
}

static void
show_unsure (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_payment (window, context, osc_fixture_bill (0));
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "No answer came.");

  key (view, OSC_KEY_CARD_1 + 1);
  key (view, OSC_KEY_NEXT);
  osc_pay_store_answer (context->pay, NULL, error);
}

static void
show_done (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_payment (window, context, osc_fixture_bill (0));
  gint64 total = osc_bill_store_bill (context->bill)->total;
  OsyPayment *payment = osc_fixture_payment (OSY_PAYMENT_CASH, OSY_PAYMENT_PAID, total, NULL);
  OsyBill *after = osc_fixture_bill (0);

  key (view, OSC_KEY_CARD_1 + 1);
  key (view, OSC_KEY_NEXT);
  payment->received = total + 1000;
  osc_pay_store_answer (context->pay, payment, NULL);
  after->tenders = total;
  after->version++;
  osc_bill_store_take (context->bill, after);
}

const OscScene osc_scenes_payment[] = {
    {"payment", show_choosing},  {"payment-items", show_items},     {"payment-split", show_split},
    {"payment-cash", show_cash}, {"payment-unknown", show_unknown}, {"payment-unsure", show_unsure},
    {"payment-qr", show_qr},     {"payment-done", show_done},       {.name = NULL},
};
