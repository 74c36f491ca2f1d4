/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The column is made anew whenever check or payments change; kept is which part is to be paid. */

#include "osc-payment-bill.h"

#include <glib/gi18n.h>

#include "osc-bill-rows.h"
#include "osc-bill-split.h"
#include "osc-pay-sum.h"
#include "osc-payment-words.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-compat.h"

#define PART "osc-part"
#define PAYMENT "osc-payment"

struct _OscPaymentBill {
  GtkWidget parent_instance;
  GtkWidget *split;
  GtkWidget *rows;
  GtkWidget *totals;
  OscBillStore *bill;
  OscPayStore *pay;
  char *part;    /* nullable */
  gboolean rest; /* what is in no part was chosen */
  gboolean filling;
};

enum { CHOSEN, LOOK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPaymentBill, osc_payment_bill, GTK_TYPE_WIDGET)

static const OsyBill *
bill_of (OscPaymentBill *self)
{
  return osc_bill_store_bill (self->bill);
}

static GPtrArray *
payments_of (OscPaymentBill *self)
{
  return osc_pay_store_payments (self->pay);
}

/* ---- rows ---- */

static GtkWidget *
new_mark (const char *icon, const char *text)
{
  GtkWidget *mark = icon != NULL ? gtk_image_new_from_icon_name (icon) : gtk_label_new (text);

  gtk_widget_add_css_class (mark, "pay-mark");
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  return mark;
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  osc_scale_let_wrap (GTK_LABEL (label));
  gtk_widget_add_css_class (label, class);
  return label;
}

/* What stands in every row: mark, title over a second line, amount. */
static GtkWidget *
new_content (GtkWidget *mark, const char *title, const char *about, gint64 won)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *money = osc_words_money (won);
  GtkWidget *amount = gtk_label_new (money);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "pay-row");
  gtk_widget_add_css_class (amount, "pay-amount");
  gtk_widget_add_css_class (amount, "numeric");
  gtk_box_append (GTK_BOX (words), new_label (title, "bill-name"));
  gtk_box_append (GTK_BOX (words), new_label (about, "secondary"));
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), amount);
  return box;
}

static void
on_look (OscPaymentBill *self, GtkWidget *button)
{
  g_signal_emit (self, signals[LOOK], 0, g_object_get_data (G_OBJECT (button), PAYMENT));
}

/* What waits is looked at; cash may get its receipt. */
static gboolean
can_look (OscPaymentBill *self, const OsyPayment *payment)
{
  return osc_pay_is_waiting (payment) ||
         (osc_pay_store_issues_receipts (self->pay) && osc_pay_wants_receipt (payment));
}

static void
add_payment (OscPaymentBill *self, const char *title, const OsyPayment *payment, gint64 won)
{
  gboolean paid = osy_payment_is_captured (payment->status);
  GtkWidget *mark = new_mark (paid ? "osy-check-symbolic" : "osy-clock-symbolic", NULL);
  g_autofree char *about = osc_payment_words_about (payment);
  g_autofree char *money = osc_words_money (won);
  g_autofree char *name = g_strdup_printf ("%s %s %s", title, about, money);
  GtkWidget *row = new_content (mark, title, about, won);

  if (can_look (self, payment)) {
    GtkWidget *button = gtk_button_new ();

    gtk_button_set_child (GTK_BUTTON (button), row);
    osc_widget_set_name (button, name);
    g_object_set_data_full (G_OBJECT (button), PAYMENT, g_strdup (payment->id), g_free);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_look), self, G_CONNECT_SWAPPED);
    row = button;
  }
  gtk_widget_add_css_class (row, "pay-part");
  gtk_widget_add_css_class (row, paid ? "paid" : "waiting");
  gtk_box_append (GTK_BOX (self->rows), row);
}

/* ---- parts ---- */

static void
choose (OscPaymentBill *self, const char *part_id)
{
  osy_set_str (&self->part, part_id);
  self->rest = part_id == NULL;
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void show (OscPaymentBill *self);

static void
on_part (OscPaymentBill *self, GtkWidget *button)
{
  if (self->filling)
    return;
  choose (self, g_object_get_data (G_OBJECT (button), PART));
  show (self);
}

static void
on_drop (OscPaymentBill *self, GtkWidget *button)
{
  osc_bill_split_drop (OSC_BILL_SPLIT (self->split), g_object_get_data (G_OBJECT (button), PART));
}

static char *
about_part (OscPaymentBill *self, const char *part_id)
{
  const OsyBillPart *part = osy_bill_find_part (bill_of (self), part_id);
  g_autofree char *items =
      part != NULL ? osc_bill_rows_part_items (bill_of (self), part) : g_strdup ("");

  if (items[0] != '\0')
    return g_steal_pointer (&items);
  return g_strdup (g_strcmp0 (part_id, self->part) == 0 ? _ ("To be paid now")
                                                        : _ ("Not paid yet"));
}

static GtkWidget *
new_drop (OscPaymentBill *self, const char *part_id, const char *title)
{
  GtkWidget *drop = gtk_button_new_from_icon_name ("osy-close-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove: %s"), title);

  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drop, "plain");
  osc_widget_set_name (drop, name);
  g_object_set_data_full (G_OBJECT (drop), PART, g_strdup (part_id), g_free);
  g_signal_connect_object (drop, "clicked", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  return drop;
}

/* @nth: what its mark says; @part_id: (nullable): what is in no part. */
static void
add_open (OscPaymentBill *self, const char *nth, const char *title, const char *part_id)
{
  const OsyBillPart *part = osy_bill_find_part (bill_of (self), part_id);
  gint64 due = osc_pay_due (bill_of (self), payments_of (self), part_id);
  g_autofree char *about = about_part (self, part_id);
  g_autofree char *money = osc_words_money (due);
  g_autofree char *name = g_strdup_printf ("%s %s", title, money);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), new_content (new_mark (NULL, nth), title, about, due));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (part_id, self->part) == 0);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "pay-part");
  osc_widget_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), PART, g_strdup (part_id), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_part), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  if (part != NULL && part->paid == 0 && part->kind != OSY_CHECK_PART_EQUAL)
    gtk_box_append (GTK_BOX (row), new_drop (self, part_id, title));
  gtk_box_append (GTK_BOX (self->rows), row);
}

static void
add_parts (OscPaymentBill *self, const OsyBill *bill)
{
  for (guint i = 0; i < bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
    const OsyPayment *payment = osc_pay_of_part (payments_of (self), part->id);
    g_autofree char *title = osc_bill_rows_part_name (part, i);
    g_autofree char *nth = g_strdup_printf ("%u", i + 1);

    if (osc_pay_due (bill, payments_of (self), part->id) > 0)
      add_open (self, nth, title, part->id);
    else if (payment != NULL)
      add_payment (self, title, payment, part->amount);
  }
  if (osc_pay_has_rest (bill, payments_of (self)))
    add_open (self, "+", _ ("The rest"), NULL);
}

/* What was paid on no part in particular, or in part of one; and what waits. */
static void
add_payments (OscPaymentBill *self, const OsyBill *bill)
{
  GPtrArray *payments = payments_of (self);

  for (guint i = payments->len; i > 0; i--) {
    const OsyPayment *payment = g_ptr_array_index (payments, i - 1);
    const OsyBillPart *part = osy_bill_find_part (bill, payment->part_id);
    gboolean kept =
        osy_payment_is_captured (payment->status) && payment->refunded < payment->amount;
    gboolean shown = part != NULL && osc_pay_due (bill, payments, part->id) == 0 &&
                     osc_pay_of_part (payments, part->id) == payment;

    if (osc_pay_is_waiting (payment) || (kept && !shown))
      add_payment (self, osc_payment_words_state (payment->status), payment,
                   payment->amount - payment->refunded);
  }
}

/* ---- lines ---- */

/* A line that is tapped is to be paid by itself. */
static void
on_line (OscPaymentBill *self, GtkToggleButton *row)
{
  OscBillSplit *split = OSC_BILL_SPLIT (self->split);

  if (self->filling)
    return;
  osc_bill_split_choose (split, g_object_get_data (G_OBJECT (row), PART),
                         gtk_toggle_button_get_active (row));
  osc_bill_split_show_mode (split, OSC_BILL_BY_ITEM);
}

static void
add_lines (OscPaymentBill *self, const OsyBill *bill)
{
  OscBillSplit *split = OSC_BILL_SPLIT (self->split);

  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    GtkWidget *row = osc_bill_rows_line (line);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row),
                                  osc_bill_split_is_chosen (split, line->line_id));
    g_object_set_data_full (G_OBJECT (row), PART, g_strdup (line->line_id), g_free);
    g_signal_connect_object (row, "toggled", G_CALLBACK (on_line), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->rows), row);
  }
}

/* ---- the whole ---- */

static void
empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_totals (OscPaymentBill *self, const OsyBill *bill)
{
  gint64 paid = bill->tenders - bill->refunds;
  GtkBox *box = GTK_BOX (self->totals);

  empty (self->totals);
  if (bill->adjustments_amount != 0)
    gtk_box_append (box, osc_bill_rows_total (_ ("Taken off"), -bill->adjustments_amount, FALSE));
  gtk_box_append (box, osc_bill_rows_total (_ ("Total"), bill->total, FALSE));
  gtk_box_append (box, osc_bill_rows_total (_ ("VAT inside"), bill->vat, FALSE));
  if (paid != 0) {
    GtkWidget *row = osc_bill_rows_total (_ ("Paid so far"), paid, FALSE);
    gtk_widget_add_css_class (row, "paid");
    gtk_box_append (box, row);
  }
  gtk_box_append (box, osc_bill_rows_total (_ ("Left to pay"), osy_bill_owed (bill), TRUE));
}

/* What was to be paid may have been paid meanwhile, here or elsewhere. */
static void
settle_on_part (OscPaymentBill *self, const OsyBill *bill)
{
  gboolean there = self->part != NULL ? osy_bill_find_part (bill, self->part) != NULL
                                      : self->rest || bill->parts->len == 0;
  const char *next = NULL;

  if (there && osc_pay_due (bill, payments_of (self), self->part) > 0)
    return;
  osc_pay_next_part (bill, payments_of (self), self->part, FALSE, &next);
  if (g_strcmp0 (next, self->part) != 0) {
    choose (self, next);
    self->rest = FALSE;
  }
}

static void
show (OscPaymentBill *self)
{
  const OsyBill *bill = bill_of (self);

  if (bill == NULL)
    return;
  self->filling = TRUE;
  settle_on_part (self, bill);
  empty (self->rows);
  add_payments (self, bill);
  add_parts (self, bill);
  if (bill->parts->len == 0 ||
      osc_bill_split_mode (OSC_BILL_SPLIT (self->split)) == OSC_BILL_BY_ITEM)
    add_lines (self, bill);
  show_totals (self, bill);
  self->filling = FALSE;
}

const char *
osc_payment_bill_part (OscPaymentBill *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_BILL (self), NULL);
  return self->part;
}

char *
osc_payment_bill_name (OscPaymentBill *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_BILL (self), NULL);
  const OsyBill *bill = bill_of (self);

  for (guint i = 0; bill != NULL && i < bill->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
    if (g_strcmp0 (part->id, self->part) == 0) {
      g_autofree char *name = osc_bill_rows_part_name (part, i);
      /* Translators: whose amount is to be paid now: "Guest 2 pays" */
      return g_strdup_printf (_ ("%s pays"), name);
    }
  }
  return g_strdup (bill != NULL && bill->parts->len > 0 ? _ ("The rest") : _ ("To pay"));
}

gint64
osc_payment_bill_due (OscPaymentBill *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_BILL (self), 0);
  const OsyBill *bill = bill_of (self);

  return bill != NULL ? osc_pay_due (bill, payments_of (self), self->part) : 0;
}

void
osc_payment_bill_turn (OscPaymentBill *self, gboolean back)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self));
  const OsyBill *bill = bill_of (self);
  const char *next = NULL;

  if (bill == NULL || !osc_pay_next_part (bill, payments_of (self), self->part, back, &next))
    return;
  choose (self, next);
  show (self);
}

void
osc_payment_bill_reset (OscPaymentBill *self)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self));
  osc_bill_split_choose_none (OSC_BILL_SPLIT (self->split));
  osc_bill_split_show_mode (OSC_BILL_SPLIT (self->split), OSC_BILL_WHOLE);
  g_clear_pointer (&self->part, g_free);
  self->rest = FALSE;
}

void
osc_payment_bill_step (OscPaymentBill *self, int step)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self));
  osc_bill_split_show_mode (OSC_BILL_SPLIT (self->split), OSC_BILL_BY_PEOPLE);
  osc_bill_split_step (OSC_BILL_SPLIT (self->split), step);
}

void
osc_payment_bill_split_by_key (OscPaymentBill *self)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self));
  OscBillSplit *split = OSC_BILL_SPLIT (self->split);

  osc_bill_split_show_mode (split, (osc_bill_split_mode (split) + 1) % (OSC_BILL_BY_AMOUNT + 1));
}

void
osc_payment_bill_set_live (OscPaymentBill *self, gboolean live)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self));
  osc_bill_split_set_live (OSC_BILL_SPLIT (self->split), live);
}

void
osc_payment_bill_follow (OscPaymentBill *self, OscBillStore *bill, OscPayStore *pay)
{
  g_return_if_fail (OSC_IS_PAYMENT_BILL (self) && self->bill == NULL);
  self->bill = g_object_ref (bill);
  self->pay = g_object_ref (pay);
  osc_bill_split_follow (OSC_BILL_SPLIT (self->split), bill);
  g_signal_connect_object (bill, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pay, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "mode", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_payment_bill_dispose (GObject *object)
{
  OscPaymentBill *self = OSC_PAYMENT_BILL (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAYMENT_BILL);
  g_clear_object (&self->bill);
  g_clear_object (&self->pay);
  g_clear_pointer (&self->part, g_free);
  G_OBJECT_CLASS (osc_payment_bill_parent_class)->dispose (object);
}

static void
osc_payment_bill_class_init (OscPaymentBillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payment_bill_dispose;
  signals[CHOSEN] =
      g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOOK] = g_signal_new ("look", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  g_type_ensure (OSC_TYPE_BILL_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/payment/osc-payment-bill.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPaymentBill, split);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentBill, rows);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentBill, totals);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "paybill");
}

static void
osc_payment_bill_init (OscPaymentBill *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
}
