/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is on screen, from what the stores know and what is typed. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-pay-sum.h"
#include "osc-payment-private.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-compat.h"
#include "osy-money.h"

#define CLOSE_SECONDS 20
#define LEAST_APPROVAL 4

const OscPaymentWayKind osc_payment_ways[OSC_PAYMENT_N_WAYS] = {
    [OSC_PAYMENT_CARD] = {OSY_PAYMENT_TERMINAL, "osy-card-symbolic", N_ ("Card"), "card", NULL,
                          N_ ("Enter · once the terminal approved it")},
    [OSC_PAYMENT_CASH] = {OSY_PAYMENT_CASH, "osy-cash-symbolic", N_ ("Cash"), "cash", NULL,
                          N_ ("Enter · the drawer opens")},
    [OSC_PAYMENT_QR] = {OSY_PAYMENT_TOSS, "osy-qr-symbolic", N_ ("Toss QR"), "remote", "QR",
                        N_ ("Enter · shows the code")},
    [OSC_PAYMENT_LINK] = {OSY_PAYMENT_TOSS, "osy-send-symbolic", N_ ("Link"), "remote", "LINK",
                          N_ ("Enter · makes the link")},
    [OSC_PAYMENT_TRANSFER] = {OSY_PAYMENT_ACCOUNT, "osy-receipt-symbolic", N_ ("Transfer"),
                              "remote", "QR", N_ ("Enter · shows the code")},
};

static const OsyBill *
bill_of (OscPayment *self)
{
  return osc_bill_store_bill (self->bill_store);
}

gboolean
osc_payment_offers (OscPayment *self, OscPaymentWay way)
{
  return osc_pay_store_takes (self->pay, osc_payment_ways[way].method);
}

static gboolean
is_remote (OscPaymentWay way)
{
  return osy_payment_is_remote (osc_payment_ways[way].method);
}

/* (nullable): why @way can't be used just now; static. */
static const char *
why_not (OscPayment *self, OscPaymentWay way)
{
  if (!is_remote (way))
    return NULL;
  if (!self->online)
    return _ ("No internet");
  return osc_pay_store_is_reachable (self->pay) ? NULL : _ ("Not reachable");
}

/* ---- head ---- */

static char *
table_of (OscPayment *self, const OsyBill *bill)
{
  const OsyTable *table =
      bill->table_id != NULL ? osc_table_store_find (self->tables, bill->table_id) : NULL;

  return table != NULL ? g_strdup_printf (_ ("Table %s"), table->number) : NULL;
}

static void
add_word (GString *text, const char *word)
{
  if (word != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", word);
}

/* "Table 5 · Orders 48, 52 · 3 guests" */
static void
show_about (OscPayment *self, const OsyBill *bill)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *table = table_of (self, bill);
  g_autofree char *guests = NULL;

  for (guint i = 0; i < bill->orders->len; i++)
    g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            ((OsyBillOrder *)g_ptr_array_index (bill->orders, i))->number);
  g_autofree char *orders = g_strdup_printf (_ ("Orders %s"), numbers->str);
  if (bill->guest_count > 0)
    guests = g_strdup_printf (
        g_dngettext (NULL, "%d guest", "%d guests", (gulong)bill->guest_count), bill->guest_count);
  add_word (text, table);
  add_word (text, orders);
  add_word (text, guests);
  gtk_label_set_label (GTK_LABEL (self->about), text->str);
}

/* ---- ways ---- */

static void
show_ways (OscPayment *self)
{
  for (OscPaymentWay way = 0; way < OSC_PAYMENT_N_WAYS; way++) {
    GtkWidget *tile = self->tiles[way];
    GtkWidget *why = g_object_get_data (G_OBJECT (tile), "why");
    const char *reason = why_not (self, way);

    gtk_widget_set_visible (tile, osc_payment_offers (self, way));
    gtk_widget_set_sensitive (tile, reason == NULL);
    gtk_label_set_label (GTK_LABEL (why), reason != NULL ? reason : "");
    gtk_widget_set_visible (why, reason != NULL);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), way == self->way);
  }
}

/* The first way there is, until somebody chooses. */
static void
settle_on_way (OscPayment *self)
{
  if (self->way_chosen && osc_payment_offers (self, self->way))
    return;
  for (OscPaymentWay way = 0; way < OSC_PAYMENT_N_WAYS; way++)
    if (osc_payment_offers (self, way) && why_not (self, way) == NULL) {
      osc_payment_choose (self, way, FALSE);
      self->way_chosen = FALSE;
      return;
    }
}

static gboolean
focus_cb (gpointer data)
{
  OscPayment *self = data;

  if (self->target != NULL && gtk_widget_get_mapped (self->target))
    gtk_widget_grab_focus (self->target);
  return G_SOURCE_REMOVE;
}

void
osc_payment_choose (OscPayment *self, OscPaymentWay way, gboolean type)
{
  if (!osc_payment_offers (self, way) || why_not (self, way) != NULL)
    return;
  self->way = way;
  self->way_chosen = TRUE;
  self->target = way == OSC_PAYMENT_CARD   ? self->approval
                 : way == OSC_PAYMENT_CASH ? self->received
                                           : NULL;
  for (OscPaymentWay i = 0; i < OSC_PAYMENT_N_WAYS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tiles[i]), i == way);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), osc_payment_ways[way].page);
  osc_payment_show_sums (self);
  /* The window takes the focus from whoever a digit chose. */
  if (type && self->target != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (self), g_object_unref);
}

/* ---- card ---- */

void
osc_payment_note_card (OscPayment *self, gboolean refused)
{
  gtk_label_set_label (
      GTK_LABEL (self->card_note),
      refused ? _ ("The card was refused, nothing is paid. Try another card or choose another way")
              : _ ("Don't swipe again. Look at the terminal's last slip: with an approval number, "
                   "type it; without one, nothing is paid"));
  gtk_widget_set_visible (self->card_note, TRUE);
  osc_payment_field_set (OSC_PAYMENT_FIELD (self->approval), "");
}

static gboolean
has_approval (OscPayment *self)
{
  g_autofree char *digits = osc_payment_field_digits (OSC_PAYMENT_FIELD (self->approval));

  return strlen (digits) >= LEAST_APPROVAL;
}

/* ---- cash ---- */

static void
show_notes (OscPayment *self, gint64 due, gint64 received)
{
  gint64 notes[OSC_PAY_NOTES];
  guint n = osc_pay_notes (due, notes);
  guint i = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (self->notes); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip), i++) {
    g_autofree char *text = i < n ? osy_money_format (notes[i]) : g_strdup ("");
    gtk_widget_set_visible (chip, i < n);
    gtk_button_set_label (GTK_BUTTON (chip), text);
    osc_widget_set_class (chip, "on", i < n && notes[i] == received);
    g_object_set_data (G_OBJECT (chip), "won", GSIZE_TO_POINTER (i < n ? (gsize)notes[i] : 0));
  }
}

static void
show_change (OscPayment *self, gint64 due, gint64 received)
{
  gint64 change = received - due;
  gboolean short_of = received > 0 && change < 0;
  g_autofree char *money = osc_words_money (short_of ? -change : MAX (change, 0));

  gtk_label_set_label (GTK_LABEL (self->change_name),
                       short_of ? _ ("Still missing") : C_ ("money", "Change"));
  gtk_label_set_label (GTK_LABEL (self->change), money);
  gtk_widget_set_opacity (self->change_box, received > 0 ? 1 : 0);
  osc_widget_set_class (self->change_box, "short", short_of);
}

/* ---- what is paid ---- */

static gboolean
can_pay (OscPayment *self, gint64 due)
{
  gint64 received = osc_payment_field_won (OSC_PAYMENT_FIELD (self->received));

  if (!self->live || due <= 0 || osc_pay_store_phase (self->pay) != OSC_PAY_IDLE ||
      osc_bill_store_is_busy (self->bill_store) || !osc_payment_offers (self, self->way))
    return FALSE;
  switch (self->way) {
  case OSC_PAYMENT_CARD: return has_approval (self);
  case OSC_PAYMENT_CASH: return received == 0 || received >= due;
  default: return why_not (self, self->way) == NULL;
  }
}

gboolean
osc_payment_has_drawer (OscPayment *self)
{
  GPtrArray *printers = osc_printer_store_printers (self->printers);

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    if (((OsyPrinter *)g_ptr_array_index (printers, i))->drawer)
      return TRUE;
  return FALSE;
}

static void
show_primary (OscPayment *self, gint64 due)
{
  g_autofree char *money = osc_words_money (due);
  /* Translators: the button that takes so much money: "Charge ₩9,000" */
  g_autofree char *text = g_strdup_printf (_ ("Charge %s"), money);
  const char *hint = self->way == OSC_PAYMENT_CASH && !osc_payment_has_drawer (self)
                         ? "Enter"
                         : _ (osc_payment_ways[self->way].hint);

  gtk_label_set_label (GTK_LABEL (self->primary_label), text);
  gtk_label_set_label (GTK_LABEL (self->primary_hint), hint);
  gtk_widget_set_sensitive (self->primary, can_pay (self, due));
  osc_widget_set_name (self->primary, text);
}

static void
show_remote (OscPayment *self)
{
  const OscPaymentWayKind *way = &osc_payment_ways[self->way];

  gtk_image_set_from_icon_name (GTK_IMAGE (self->remote_icon), way->icon);
  gtk_label_set_label (GTK_LABEL (self->remote_title),
                       self->way == OSC_PAYMENT_LINK ? _ ("The guest pays by a link")
                       : self->way == OSC_PAYMENT_QR ? _ ("The guest pays with a phone")
                                                     : _ ("The guest transfers the money"));
  gtk_label_set_label (GTK_LABEL (self->remote_about),
                       self->way == OSC_PAYMENT_TRANSFER
                           ? _ ("The code leads to an account of its own for this payment")
                           : _ ("Card or Toss Pay, as the guest likes. No card is swiped here"));
}

void
osc_payment_show_sums (OscPayment *self)
{
  gint64 due = osc_payment_bill_due (OSC_PAYMENT_BILL (self->bill));
  gint64 received = osc_payment_field_won (OSC_PAYMENT_FIELD (self->received));
  g_autofree char *name = osc_payment_bill_name (OSC_PAYMENT_BILL (self->bill));
  g_autofree char *money = osc_words_money (due);
  g_autofree char *lead = g_strdup_printf (_ ("Take %s on the card terminal"), money);
  g_autofree char *exact = osy_money_format (due);

  gtk_label_set_label (GTK_LABEL (self->due_name), name);
  gtk_label_set_label (GTK_LABEL (self->due), money);
  gtk_label_set_label (GTK_LABEL (self->card_lead), lead);
  osc_payment_field_set_hint (OSC_PAYMENT_FIELD (self->received), exact);
  show_notes (self, due, received);
  show_change (self, due, received);
  if (is_remote (self->way))
    show_remote (self);
  show_primary (self, due);
  g_signal_emit_by_name (self, "shown");
}

/* ---- pages ---- */

const OsyPayment *
osc_payment_payment (OscPayment *self)
{
  return osc_pay_find (osc_pay_store_payments (self->pay), self->waiting);
}

static const OsyPayment *
first_pending (OscPayment *self)
{
  GPtrArray *payments = osc_pay_store_payments (self->pay);

  for (guint i = 0; i < payments->len; i++)
    if (osy_payment_is_pending (((OsyPayment *)g_ptr_array_index (payments, i))->status))
      return g_ptr_array_index (payments, i);
  return NULL;
}

gboolean
osc_payment_is_over (OscPayment *self)
{
  return bill_of (self) != NULL && first_pending (self) == NULL &&
         osc_pay_left (bill_of (self), osc_pay_store_payments (self->pay)) == 0;
}

static gboolean
close_cb (gpointer data)
{
  OscPayment *self = data;

  self->close_source = 0;
  osc_payment_go_back (self);
  return G_SOURCE_REMOVE;
}

static void
show_done (OscPayment *self)
{
  g_autofree char *money = osc_words_money (self->given);
  g_autofree char *change = g_strdup_printf (_ ("Change %s"), money);
  gboolean nothing = bill_of (self)->total == 0;

  gtk_label_set_label (GTK_LABEL (self->done_title),
                       nothing ? _ ("There is nothing to pay") : _ ("All is paid"));
  gtk_label_set_label (GTK_LABEL (self->done_change), change);
  gtk_widget_set_visible (self->done_change, self->given > 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "done");
  if (self->took && self->close_source == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->close_source = g_timeout_add_seconds (CLOSE_SECONDS, close_cb, self);
}

/* Returns: whether something else than a way to pay is shown. */
static gboolean
show_waiting (OscPayment *self)
{
  OscPaymentWait *wait = OSC_PAYMENT_WAIT (self->wait);
  const OsyPayment *payment = osc_payment_payment (self);

  if (osc_pay_store_phase (self->pay) == OSC_PAY_UNSURE) {
    osc_payment_wait_show_unsure (wait, osc_pay_store_open_amount (self->pay));
    return TRUE;
  }
  if (payment != NULL && osy_payment_is_captured (payment->status)) {
    g_clear_pointer (&self->waiting, g_free);
    osc_payment_tell (self, payment);
    payment = NULL;
  }
  if (payment == NULL && osc_payment_bill_due (OSC_PAYMENT_BILL (self->bill)) == 0)
    payment = first_pending (self);
  if (payment == NULL)
    return FALSE;
  osy_set_str (&self->waiting, payment->id);
  g_autofree char *address = osc_pay_store_address (self->pay, payment);
  osc_payment_wait_show (wait, payment, address, self->link);
  return TRUE;
}

static void
show_page (OscPayment *self)
{
  gboolean waits = show_waiting (self);
  gboolean over = !waits && osc_payment_is_over (self);
  gboolean pays = !waits && !over;

  if (pays && !gtk_widget_get_visible (self->right))
    osc_widget_drop_focus (self->pages);
  gtk_widget_set_visible (self->ways, pays);
  gtk_widget_set_visible (self->due_box, pays);
  gtk_widget_set_visible (self->right, pays);
  if (waits)
    gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "wait");
  else if (over)
    show_done (self);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->pages), osc_payment_ways[self->way].page);
  if (!over)
    g_clear_handle_id (&self->close_source, g_source_remove);
}

void
osc_payment_clear (OscPayment *self)
{
  osc_payment_field_set (OSC_PAYMENT_FIELD (self->received), "");
  osc_payment_field_set (OSC_PAYMENT_FIELD (self->approval), "");
  osc_payment_receipt_ask (OSC_PAYMENT_RECEIPT (self->receipt), NULL);
  gtk_widget_set_visible (self->card_note, FALSE);
}

void
osc_payment_show (OscPayment *self)
{
  const OsyBill *bill = bill_of (self);
  gboolean receipts = osc_pay_store_issues_receipts (self->pay);
  gboolean can = self->live && bill != NULL && !osc_bill_store_is_busy (self->bill_store);
  gboolean split = bill != NULL && bill->parts->len > 1;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    bill != NULL ? "bill"
                                    : osc_bill_store_phase (self->bill_store) == OSC_BILL_FAILED
                                        ? "failed"
                                        : "loading");
  gtk_widget_set_sensitive (self->print, can);
  gtk_widget_set_sensitive (self->discount, can && !osc_payment_is_over (self));
  gtk_widget_set_visible (self->receipt, receipts);
  gtk_widget_set_visible (self->no_receipt, !receipts);
  osc_payment_field_set_turns (OSC_PAYMENT_FIELD (self->received), split);
  osc_payment_field_set_turns (OSC_PAYMENT_FIELD (self->approval), split);
  if (bill == NULL)
    return;
  show_about (self, bill);
  settle_on_way (self);
  show_ways (self);
  osc_payment_show_sums (self);
  show_page (self);
  g_signal_emit_by_name (self, "shown");
}

/* ---- the guest ---- */

void
osc_payment_tell_guest (OscPayment *self, OscGuestPayment *out)
{
  g_return_if_fail (OSC_IS_PAYMENT (self) && out != NULL);
  const OsyBill *bill = bill_of (self);
  const OsyPayment *payment = osc_payment_payment (self);
  gboolean waits = payment != NULL && osc_pay_is_waiting (payment);

  *out = (OscGuestPayment){.bill = bill};
  if (bill == NULL)
    return;
  out->over = osc_payment_is_over (self);
  out->due = waits ? payment->amount : osc_payment_bill_due (OSC_PAYMENT_BILL (self->bill));
  if (waits && !self->link)
    out->address = osc_pay_store_address (self->pay, payment);
  if (out->over)
    out->change = self->given;
  else if (!waits && self->way == OSC_PAYMENT_CASH)
    out->received = osc_payment_field_won (OSC_PAYMENT_FIELD (self->received));
  if (out->received > out->due)
    out->change = out->received - out->due;
}
