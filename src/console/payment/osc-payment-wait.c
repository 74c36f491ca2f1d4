/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Nothing here charges anything: it shows what is under way, and asks. */

#include "osc-payment-wait.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-payment-words.h"
#include "osc-qr.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-compat.h"

#define QR_SIZE 320 /* console-ux 7.7 */

struct _OscPaymentWait {
  GtkWidget parent_instance;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *amount;
  GtkWidget *about;
  GtkWidget *code; /* AdwBin: the QR code */
  GtkWidget *account;
  GtkWidget *countdown;
  GtkWidget *copy;
  GtkWidget *ask;
  GtkWidget *cancel;
  GtkWidget *leave;
  char *address; /* nullable */
  gint64 until;  /* 0: no end */
  guint second;
};

enum { ASK, CANCEL, LEAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPaymentWait, osc_payment_wait, GTK_TYPE_WIDGET)

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

/* ---- how long ---- */

static void
show_left (OscPaymentWait *self)
{
  gint64 left = (self->until - osy_clock_now ()) / G_USEC_PER_SEC;
  g_autofree char *text =
      left > 0 ? g_strdup_printf (_ ("%d:%02d left"), (int)(left / 60), (int)(left % 60))
               : g_strdup (_ ("The time is over"));

  show_text (self->countdown, self->until != 0 ? text : NULL);
}

static gboolean
second_cb (gpointer data)
{
  show_left (data);
  return G_SOURCE_CONTINUE;
}

static void
osc_payment_wait_map (GtkWidget *widget)
{
  OscPaymentWait *self = OSC_PAYMENT_WAIT (widget);

  GTK_WIDGET_CLASS (osc_payment_wait_parent_class)->map (widget);
  self->second = g_timeout_add_seconds (1, second_cb, self);
}

static void
osc_payment_wait_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_PAYMENT_WAIT (widget)->second, g_source_remove);
  GTK_WIDGET_CLASS (osc_payment_wait_parent_class)->unmap (widget);
}

/* ---- what is waited for ---- */

static void
show_code (OscPaymentWait *self, const char *address)
{
  if (g_strcmp0 (address, self->address) == 0)
    return;
  osy_set_str (&self->address, address);
  adw_bin_set_child (
      ADW_BIN (self->code),
      address != NULL ? osc_qr_new_sized (address, _ ("QR code to pay with"), QR_SIZE) : NULL);
}

static void
show_account (OscPaymentWait *self, const OsyPayment *payment)
{
  g_autofree char *text =
      payment->account_number != NULL
          ? g_strdup_printf ("%s %s", payment->bank != NULL ? payment->bank : "",
                             payment->account_number)
          : NULL;

  show_text (self->account, text);
}

static void
show_words (OscPaymentWait *self, const char *icon, const char *title, const char *about)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, self->address == NULL); /* the code says enough */
  show_text (self->title, title);
  show_text (self->about, about);
}

static void
show_created (OscPaymentWait *self, const OsyPayment *payment, gboolean link)
{
  if (self->address == NULL)
    show_words (self, "osy-warning-symbolic", _ ("Phones can't reach this shop yet"),
                _ ("Run “ordersyncctl edge setup” and start OrderSync again"));
  else if (link)
    show_words (self, "osy-send-symbolic", _ ("Send this link to the guest"),
                _ ("It goes on by itself once the guest has paid"));
  else
    show_words (self, "osy-qr-symbolic", _ ("The guest scans this with a phone"),
                _ ("It goes on by itself once the guest has paid"));
  self->until = payment->created_at + OSY_PAYMENT_WINDOW;
}

/* Refused, expired, given up. */
static void
show_ended (OscPaymentWait *self, const OsyPayment *payment)
{
  const char *why = payment->failure_message != NULL ? payment->failure_message
                                                     : osc_payment_words_state (payment->status);

  show_words (self, "osy-warning-symbolic", why, _ ("Nothing was charged. Choose another way"));
}

void
osc_payment_wait_show (OscPaymentWait *self,
                       const OsyPayment *payment,
                       const char *address,
                       gboolean link)
{
  g_return_if_fail (OSC_IS_PAYMENT_WAIT (self) && payment != NULL);
  gboolean created = g_str_equal (payment->status, OSY_PAYMENT_CREATED);
  gboolean deposit = g_str_equal (payment->status, OSY_PAYMENT_WAITING);
  gboolean asked = osy_payment_is_pending (payment->status) && !deposit;
  g_autofree char *money = osc_words_money (payment->amount);

  self->until = deposit ? payment->due_at : 0;
  show_code (self, created ? address : NULL);
  show_account (self, payment);
  if (created)
    show_created (self, payment, link);
  else if (deposit)
    show_words (self, "osy-clock-symbolic", _ ("Waiting for the guest's transfer"),
                _ ("The table may go on; the bill tells when the money is there"));
  else if (asked)
    show_words (self, "osy-warning-symbolic",
                _ ("Checking with the card company. Don't swipe again"),
                _ ("Nothing is charged twice. It goes on by itself once it is known"));
  else
    show_ended (self, payment);
  show_text (self->amount, money);
  osc_widget_set_class (GTK_WIDGET (self), "unsure", asked);
  gtk_widget_set_visible (self->copy, self->address != NULL);
  gtk_widget_set_visible (self->ask, asked || deposit);
  gtk_widget_set_visible (self->cancel, created || deposit);
  gtk_widget_set_visible (self->leave, TRUE);
  show_left (self);
}

void
osc_payment_wait_show_unsure (OscPaymentWait *self, gint64 won)
{
  g_return_if_fail (OSC_IS_PAYMENT_WAIT (self));
  g_autofree char *money = osc_words_money (won);

  self->until = 0;
  show_code (self, NULL);
  show_words (self, "osy-warning-symbolic",
              _ ("Checking whether it was recorded. Don't take the money again"),
              _ ("The server did not answer. It is asked again by itself, and recorded once"));
  show_text (self->amount, money);
  show_text (self->account, NULL);
  osc_widget_set_class (GTK_WIDGET (self), "unsure", TRUE);
  gtk_widget_set_visible (self->copy, FALSE);
  gtk_widget_set_visible (self->ask, TRUE);
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_visible (self->leave, FALSE);
  show_left (self);
}

/* ---- buttons ---- */

static void
on_copy (OscPaymentWait *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
  osc_toasts_say (GTK_WIDGET (self), _ ("The link is copied"));
}

static void
on_ask (OscPaymentWait *self)
{
  g_signal_emit (self, signals[ASK], 0);
}

static void
on_cancel (OscPaymentWait *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
on_leave (OscPaymentWait *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

/* ---- life ---- */

static void
osc_payment_wait_dispose (GObject *object)
{
  OscPaymentWait *self = OSC_PAYMENT_WAIT (object);

  g_clear_handle_id (&self->second, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAYMENT_WAIT);
  g_clear_pointer (&self->address, g_free);
  G_OBJECT_CLASS (osc_payment_wait_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/payment/osc-payment-wait.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, icon);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, title);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, amount);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, about);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, code);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, account);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, countdown);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, copy);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, ask);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, cancel);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentWait, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_ask);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
}

static void
osc_payment_wait_class_init (OscPaymentWaitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payment_wait_dispose;
  widget_class->map = osc_payment_wait_map;
  widget_class->unmap = osc_payment_wait_unmap;
  signals[ASK] = g_signal_new ("ask", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] =
      g_signal_new ("cancel", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] =
      g_signal_new ("leave", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "paywait");
}

static void
osc_payment_wait_init (OscPaymentWait *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
}
