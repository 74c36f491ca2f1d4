/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Numbers are grouped while they are typed at the end, and judged once they are long enough. */

#include "osc-payment-receipt.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-pay-sum.h"
#include "osc-phone.h"
#include "osc-widget.h"

#define LONG_ENOUGH 10

struct _OscPaymentReceipt {
  GtkWidget parent_instance;
  GtkWidget *income;
  GtkWidget *business;
  GtkWidget *none;
  GtkWidget *number;
  GtkWidget *fault;
  gboolean filling;
};

enum { CHANGED, ENTERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPaymentReceipt, osc_payment_receipt, GTK_TYPE_WIDGET)

static gboolean
is_on (GtkWidget *chip)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip));
}

const char *
osc_payment_receipt_kind (OscPaymentReceipt *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_RECEIPT (self), NULL);
  return is_on (self->income) ? "INCOME" : is_on (self->business) ? "BUSINESS" : NULL;
}

static const char *
typed (OscPaymentReceipt *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->number));
}

char *
osc_payment_receipt_identity (OscPaymentReceipt *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_RECEIPT (self), NULL);
  const char *kind = osc_payment_receipt_kind (self);

  return kind != NULL ? osc_pay_identity (kind, typed (self)) : NULL;
}

/* ---- what is typed ---- */

static void
show_fault (OscPaymentReceipt *self, gboolean wrong)
{
  gtk_label_set_label (GTK_LABEL (self->fault),
                       !wrong ? ""
                       : is_on (self->business)
                           ? _ ("The number has a mistake: check its ten digits")
                           : _ ("A mobile number begins with 01"));
  gtk_widget_set_visible (self->fault, wrong);
}

static void
judge (OscPaymentReceipt *self)
{
  g_autofree char *identity = osc_payment_receipt_identity (self);
  gsize digits = 0;

  for (const char *at = typed (self); *at != '\0'; at++)
    digits += g_ascii_isdigit (*at);
  show_fault (self,
              osc_payment_receipt_kind (self) != NULL && digits >= LONG_ENOUGH && identity == NULL);
}

/* "124-81-00998", as far as it is typed. */
static char *
group_business (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0' && digits->len < LONG_ENOUGH; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  if (digits->len > 5)
    g_string_insert_c (digits, 5, '-');
  if (digits->len > 3)
    g_string_insert_c (digits, 3, '-');
  return g_string_free (digits, FALSE);
}

/* A field may not be rewritten inside its own signal. */
static gboolean
regroup_cb (gpointer data)
{
  OscPaymentReceipt *self = data;
  GtkEditable *number = GTK_EDITABLE (self->number);
  g_autofree char *text =
      is_on (self->business) ? group_business (typed (self)) : osc_phone_format (typed (self));
  gboolean at_end = gtk_editable_get_position (number) == (int)g_utf8_strlen (typed (self), -1);

  if (at_end && !g_str_equal (text, typed (self))) {
    self->filling = TRUE;
    gtk_editable_set_text (number, text);
    gtk_editable_set_position (number, -1);
    self->filling = FALSE;
  }
  judge (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_typed (OscPaymentReceipt *self)
{
  if (!self->filling)
    g_idle_add_full (G_PRIORITY_HIGH, regroup_cb, g_object_ref (self), g_object_unref);
}

void
osc_payment_receipt_write (OscPaymentReceipt *self, const char *digits)
{
  g_return_if_fail (OSC_IS_PAYMENT_RECEIPT (self));
  GtkEditable *number = GTK_EDITABLE (self->number);
  int at = (int)g_utf8_strlen (typed (self), -1);

  if (digits != NULL)
    gtk_editable_insert_text (number, digits, -1, &at);
  else
    gtk_editable_delete_text (number, MAX (at - 1, 0), at);
  gtk_editable_set_position (number, -1);
}

static void
on_chip (OscPaymentReceipt *self, GtkToggleButton *chip)
{
  if (!gtk_toggle_button_get_active (chip) || self->filling)
    return;
  gtk_widget_set_sensitive (self->number, !is_on (self->none));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->number), is_on (self->business)
                                                                ? _ ("Business number")
                                                                : _ ("Phone number"));
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  show_fault (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
  if (!is_on (self->none))
    gtk_widget_grab_focus (self->number);
}

void
osc_payment_receipt_ask (OscPaymentReceipt *self, const char *kind)
{
  g_return_if_fail (OSC_IS_PAYMENT_RECEIPT (self));
  GtkWidget *chip = g_strcmp0 (kind, "INCOME") == 0     ? self->income
                    : g_strcmp0 (kind, "BUSINESS") == 0 ? self->business
                                                        : self->none;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->number), "");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  gtk_widget_set_sensitive (self->number, kind != NULL);
  show_fault (self, FALSE);
  self->filling = FALSE;
}

void
osc_payment_receipt_complain (OscPaymentReceipt *self)
{
  g_return_if_fail (OSC_IS_PAYMENT_RECEIPT (self));
  show_fault (self, TRUE);
  gtk_widget_grab_focus (self->number);
}

static void
on_enter (OscPaymentReceipt *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

/* ---- life ---- */

static void
osc_payment_receipt_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAYMENT_RECEIPT);
  G_OBJECT_CLASS (osc_payment_receipt_parent_class)->dispose (object);
}

static void
osc_payment_receipt_class_init (OscPaymentReceiptClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payment_receipt_dispose;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/payment/osc-payment-receipt.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPaymentReceipt, income);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentReceipt, business);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentReceipt, none);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentReceipt, number);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentReceipt, fault);
  gtk_widget_class_bind_template_callback (widget_class, on_chip);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "payreceipt");
}

static void
osc_payment_receipt_init (OscPaymentReceipt *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_payment_receipt_ask (self, NULL);
}
