/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is done, and what came of it. */

#include <glib/gi18n.h>

#include "osc-pay-sum.h"
#include "osc-payment-private.h"
#include "osc-payment-words.h"
#include "osc-pin-ask.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-words.h"
#include "osy-compat.h"

/* So long the toast stays (console-ux 7.7); later it is a refund. */
#define UNDO_FOR (10 * G_TIME_SPAN_SECOND)

/* ---- paying ---- */

void
osc_payment_pay (OscPayment *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill_store);
  const OscPaymentWayKind *way = &osc_payment_ways[self->way];
  OscPaymentReceipt *receipt = OSC_PAYMENT_RECEIPT (self->receipt);
  gboolean cash = self->way == OSC_PAYMENT_CASH;
  const char *kind = cash ? osc_payment_receipt_kind (receipt) : NULL;
  g_autofree char *identity = kind != NULL ? osc_payment_receipt_identity (receipt) : NULL;
  g_autofree char *approval = osc_payment_field_digits (OSC_PAYMENT_FIELD (self->approval));

  if (bill == NULL || !gtk_widget_get_sensitive (self->primary) ||
      !gtk_widget_get_visible (self->right))
    return;
  if (kind != NULL && identity == NULL) {
    osc_payment_receipt_complain (receipt);
    return;
  }
  const OscPayAsk ask = {.check_id = bill->id,
                         .part_id = osc_payment_bill_part (OSC_PAYMENT_BILL (self->bill)),
                         .method = way->method,
                         .amount = osc_payment_bill_due (OSC_PAYMENT_BILL (self->bill)),
                         .received =
                             cash ? osc_payment_field_won (OSC_PAYMENT_FIELD (self->received)) : 0,
                         .approval_no = self->way == OSC_PAYMENT_CARD ? approval : NULL,
                         .shown_as = way->shown_as,
                         .receipt_kind = kind,
                         .receipt_identity = identity};
  self->link = self->way == OSC_PAYMENT_LINK;
  osc_pay_store_take (self->pay, &ask);
}

static void
reload_bill (OscPayment *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill_store);

  if (bill != NULL)
    osc_bill_store_show (self->bill_store, bill->id);
}

static void
open_drawer (OscPayment *self, const OsyPayment *payment)
{
  if (osc_payment_has_drawer (self))
    osc_pay_store_open_drawer (self->pay, payment);
}

static void
on_undo_offered (OscPayment *self)
{
  osc_payment_undo (self);
}

static void
tell_cash (OscPayment *self, const OsyPayment *payment)
{
  g_autofree char *money = osc_words_money (payment->amount);
  g_autofree char *change = osc_words_money (self->given);
  g_autofree char *text = self->given > 0
                              ? g_strdup_printf (_ ("Took %s in cash. Change %s"), money, change)
                              : g_strdup_printf (_ ("Took %s in cash"), money);

  osy_set_str (&self->cash, payment->id);
  self->cash_until = g_get_monotonic_time () + UNDO_FOR;
  osc_toasts_offer (GTK_WIDGET (self), text, _ ("Undo"), G_CALLBACK (on_undo_offered),
                    G_OBJECT (self));
}

void
osc_payment_tell (OscPayment *self, const OsyPayment *payment)
{
  gboolean cash = g_str_equal (payment->method, OSY_PAYMENT_CASH);

  self->took = TRUE;
  self->given = cash && payment->received > 0 ? payment->received - payment->amount : 0;
  if (cash) {
    tell_cash (self, payment);
  } else {
    g_autofree char *money = osc_words_money (payment->amount);
    /* Translators: so much money was paid, and how: "Took ₩9,000 · Card" */
    g_autofree char *text =
        g_strdup_printf (_ ("Took %s · %s"), money, osc_payment_words_method (payment->method));
    g_clear_pointer (&self->cash, g_free);
    osc_toasts_say (GTK_WIDGET (self), text);
  }
  reload_bill (self);
}

static void
on_taken (OscPayment *self, const OsyPayment *payment)
{
  osc_payment_clear (self);
  if (!osy_payment_is_captured (payment->status)) {
    osy_set_str (&self->waiting, payment->id);
    osc_payment_show (self);
    return;
  }
  osc_payment_tell (self, payment);
  if (g_str_equal (payment->method, OSY_PAYMENT_CASH))
    open_drawer (self, payment);
}

/* ---- taking back ---- */

void
osc_payment_undo (OscPayment *self)
{
  g_autofree char *id = g_steal_pointer (&self->cash);
  const OsyPayment *payment = osc_pay_find (osc_pay_store_payments (self->pay), id);

  if (payment != NULL && g_get_monotonic_time () < self->cash_until &&
      osy_payment_is_captured (payment->status) && payment->held < payment->amount)
    osc_pay_store_do (self->pay, OSC_PAY_UNDO, payment, _ ("Taken by mistake"));
}

static void
on_undone (OscPayment *self, const OsyPayment *payment)
{
  g_autofree char *money = osc_words_money (payment->amount);
  g_autofree char *text = g_strdup_printf (_ ("Give %s back to the guest"), money);

  self->given = 0;
  self->took = FALSE;
  osc_toasts_say (GTK_WIDGET (self), text);
  reload_bill (self);
  open_drawer (self, payment);
}

/* ---- what waits ---- */

void
osc_payment_ask (OscPayment *self)
{
  const OsyPayment *payment = osc_payment_payment (self);

  if (osc_pay_store_phase (self->pay) == OSC_PAY_UNSURE)
    osc_pay_store_ask_again (self->pay);
  else if (payment != NULL)
    osc_pay_store_do (self->pay, OSC_PAY_LOOK_UP, payment, NULL);
}

void
osc_payment_give_up (OscPayment *self)
{
  const OsyPayment *payment = osc_payment_payment (self);

  if (payment != NULL)
    osc_pay_store_do (self->pay, OSC_PAY_CANCEL, payment, NULL);
}

/* ---- receipts, later ---- */

static void
on_issue (OscPayment *self, OscSheet *sheet)
{
  OscPaymentReceipt *receipt = g_object_get_data (G_OBJECT (sheet), "osc-receipt");
  const OsyPayment *payment = osc_pay_find (osc_pay_store_payments (self->pay),
                                            g_object_get_data (G_OBJECT (sheet), "osc-payment"));
  g_autofree char *identity = osc_payment_receipt_identity (receipt);

  if (identity == NULL) {
    osc_payment_receipt_complain (receipt);
    return;
  }
  if (payment != NULL)
    osc_pay_store_issue (self->pay, payment, osc_payment_receipt_kind (receipt), identity);
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
ask_receipt (OscPayment *self, const OsyPayment *payment)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  GtkWidget *receipt = g_object_new (OSC_TYPE_PAYMENT_RECEIPT, NULL);
  g_autofree char *money = osc_words_money (payment->amount - payment->held);
  g_autofree char *lead = g_strdup_printf (_ ("For %s in cash"), money);

  osc_sheet_ask (sheet, _ ("Cash receipt"), lead, _ ("Issue the receipt"));
  osc_payment_receipt_ask (OSC_PAYMENT_RECEIPT (receipt), "INCOME");
  osc_sheet_add (sheet, receipt);
  g_object_set_data (G_OBJECT (sheet), "osc-receipt", receipt);
  g_object_set_data_full (G_OBJECT (sheet), "osc-payment", g_strdup (payment->id), g_free);
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_issue), self, G_CONNECT_SWAPPED);
}

void
osc_payment_look (OscPayment *self, const char *payment_id)
{
  const OsyPayment *payment = osc_pay_find (osc_pay_store_payments (self->pay), payment_id);

  if (payment == NULL)
    return;
  if (osc_pay_is_waiting (payment)) {
    osy_set_str (&self->waiting, payment_id);
    osc_payment_show (self);
  } else if (osc_pay_wants_receipt (payment)) {
    ask_receipt (self, payment);
  }
}

/* ---- what came of it ---- */

static void
on_done (OscPayment *self, int deed, OsyPayment *payment)
{
  switch ((OscPayDeed)deed) {
  case OSC_PAY_TAKE:
    /* Another check may have been opened meanwhile. */
    if (osc_pay_find (osc_pay_store_payments (self->pay), payment->id) != NULL)
      on_taken (self, payment);
    break;
  case OSC_PAY_UNDO: on_undone (self, payment); break;
  case OSC_PAY_CANCEL:
    if (!osc_pay_is_waiting (payment))
      g_clear_pointer (&self->waiting, g_free);
    osc_payment_show (self);
    break;
  case OSC_PAY_RECEIPT:
    osc_toasts_say (GTK_WIDGET (self), _ ("The cash receipt is being issued"));
    break;
  case OSC_PAY_LOOK_UP:
  case OSC_PAY_DRAWER:
  default: break;
  }
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OscPayment) self = data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (answer != NULL)
    osc_pay_store_repeat (self->pay, answer->act_token);
}

static void
on_failed (OscPayment *self, int deed, const GError *error, const char *permission)
{
  g_autofree char *text = NULL;

  if (permission != NULL) {
    osc_pin_ask_async (GTK_WIDGET (self), self->people, permission,
                       _ ("Only a manager can do this"), allowed_cb, g_object_ref (self));
    return;
  }
  if (deed == OSC_PAY_DRAWER && osy_error_is (error, OSY_ERROR_CONFLICT))
    return;
  text = deed == OSC_PAY_DRAWER ? g_strdup (_ ("The drawer does not answer. Open it with its key"))
                                : osc_payment_words_failure (error);
  osc_toasts_say (GTK_WIDGET (self), text);
  reload_bill (self);
}

/* The bill has its own acts: what is taken off, the split, paper. */
static void
bill_allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (OscPayment) self = data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (answer != NULL)
    osc_bill_store_repeat (self->bill_store, answer->act_token);
}

static void
on_bill_failed (OscPayment *self, const GError *error, const char *permission)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (permission != NULL) {
    osc_pin_ask_async (GTK_WIDGET (self), self->people, permission,
                       _ ("Only a manager can do this"), bill_allowed_cb, g_object_ref (self));
    return;
  }
  g_autofree char *text = osc_payment_words_failure (error);
  osc_toasts_say (GTK_WIDGET (self), text);
}

/* A merged check is paid on its root. */
static void
on_bill (OscPayment *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill_store);

  if (bill != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      g_strcmp0 (bill->id, osc_pay_store_check_id (self->pay)) != 0)
    osc_pay_store_show (self->pay, bill->id);
  osc_payment_show (self);
}

void
osc_payment_follow (OscPayment *self)
{
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->bill_store, "changed", G_CALLBACK (on_bill), self, swapped);
  g_signal_connect_object (self->bill_store, "failed", G_CALLBACK (on_bill_failed), self, swapped);
  g_signal_connect_object (self->pay, "changed", G_CALLBACK (osc_payment_show), self, swapped);
  g_signal_connect_object (self->pay, "done", G_CALLBACK (on_done), self, swapped);
  g_signal_connect_object (self->pay, "failed", G_CALLBACK (on_failed), self, swapped);
}
