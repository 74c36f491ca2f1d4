/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The view of a payment: its parts, keys and life. */

#include <glib/gi18n.h>

#include "osc-bill-ask.h"
#include "osc-numpad.h"
#include "osc-payment-private.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define MAX_WON_DIGITS 9
#define MAX_APPROVAL 12

static void osc_payment_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscPayment,
                               osc_payment,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_payment_view_init))

static gboolean
is_on (OscPayment *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), page) == 0;
}

static gboolean
is_paying (OscPayment *self)
{
  return gtk_widget_get_visible (self->right);
}

/* ---- buttons ---- */

static void
on_close (OscPayment *self)
{
  osc_payment_go_back (self);
}

void
osc_payment_go_back (OscPayment *self)
{
  g_clear_handle_id (&self->close_source, g_source_remove);
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s",
                              self->from != NULL ? self->from : "orders");
}

static void
on_print (OscPayment *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill_store);

  if (bill != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.print", "(ss)", "bill", bill->id);
}

static void
on_print_receipt (OscPayment *self)
{
  const OsyBill *bill = osc_bill_store_bill (self->bill_store);

  if (bill != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.print", "(ss)", "receipt", bill->id);
}

static void
on_discount (OscPayment *self)
{
  osc_bill_ask (GTK_WIDGET (self), self->bill_store, OSY_BILL_DISCOUNT, NULL);
}

static void
on_way (OscPayment *self, GtkWidget *tile)
{
  for (OscPaymentWay way = 0; way < OSC_PAYMENT_N_WAYS; way++)
    if (self->tiles[way] == tile)
      osc_payment_choose (self, way, TRUE);
}

static void
on_note (OscPayment *self, GtkWidget *chip)
{
  gsize won = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (chip), "won"));
  g_autofree char *digits = g_strdup_printf ("%" G_GSIZE_FORMAT, won);

  osc_payment_field_set (OSC_PAYMENT_FIELD (self->received), digits);
}

static void
on_refused (OscPayment *self)
{
  osc_payment_note_card (self, TRUE);
}

static void
on_unsure (OscPayment *self)
{
  osc_payment_note_card (self, FALSE);
}

static void
on_primary (OscPayment *self)
{
  osc_payment_pay (self);
}

static void
on_look (OscPayment *self, const char *payment_id)
{
  osc_payment_look (self, payment_id);
}

static void
on_wait_ask (OscPayment *self)
{
  osc_payment_ask (self);
}

static void
on_wait_cancel (OscPayment *self)
{
  osc_payment_give_up (self);
}

static void
on_wait_leave (OscPayment *self)
{
  g_clear_pointer (&self->waiting, g_free);
  if (osc_payment_bill_due (OSC_PAYMENT_BILL (self->bill)) > 0)
    osc_payment_show (self);
  else
    osc_payment_go_back (self);
}

/* ---- number pad ---- */

static void
write_target (OscPayment *self, const char *digits)
{
  if (self->target == self->receipt)
    osc_payment_receipt_write (OSC_PAYMENT_RECEIPT (self->receipt), digits);
  else if (self->target != NULL)
    osc_payment_field_write (OSC_PAYMENT_FIELD (self->target), digits);
}

static void
on_typed (OscPayment *self, const char *digits)
{
  write_target (self, digits);
}

static void
on_erased (OscPayment *self)
{
  write_target (self, NULL);
}

static void
on_entered (OscPayment *self, GtkWidget *field)
{
  self->target = field;
}

static void
on_changed (OscPayment *self)
{
  osc_payment_show_sums (self);
}

static void
on_turned (OscPayment *self, gboolean back)
{
  osc_payment_bill_turn (OSC_PAYMENT_BILL (self->bill), back);
}

/* Another part is to be paid: what was typed was for the one before. */
static void
on_chosen (OscPayment *self)
{
  osc_payment_clear (self);
}

/* ---- the view ---- */

static void
osc_payment_open (OscView *view, const char *what)
{
  OscPayment *self = OSC_PAYMENT (view);
  g_auto (GStrv) parts = g_strsplit (what, "/", 2);

  osy_set_str (&self->from, parts[1]);
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->cash, g_free);
  g_clear_handle_id (&self->close_source, g_source_remove);
  self->took = FALSE;
  self->given = 0;
  self->way_chosen = FALSE;
  osc_payment_clear (self);
  osc_payment_bill_reset (OSC_PAYMENT_BILL (self->bill));
  osc_pay_store_show (self->pay, parts[0]);
  osc_bill_store_show (self->bill_store, parts[0]);
}

/* Typed digits stay; the next Esc leaves. */
static void
back (OscPayment *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    gtk_root_set_focus (root, NULL);
  else if (is_on (self, "wait") && self->waiting != NULL)
    on_wait_leave (self);
  else
    osc_payment_go_back (self);
}

static gboolean
paying_key (OscPayment *self, OscKey key)
{
  if (key >= OSC_KEY_CARD_1 && key < OSC_KEY_CARD_1 + OSC_PAYMENT_N_WAYS) {
    osc_payment_choose (self, (OscPaymentWay)(key - OSC_KEY_CARD_1), TRUE);
    return TRUE;
  }
  switch (key) {
  case OSC_KEY_NEXT:
  case OSC_KEY_COMMIT: osc_payment_pay (self); return TRUE;
  case OSC_KEY_PAY: return TRUE; /* pressed twice it takes nothing */
  case OSC_KEY_SPLIT: osc_payment_bill_split_by_key (OSC_PAYMENT_BILL (self->bill)); return TRUE;
  case OSC_KEY_MORE: osc_payment_bill_step (OSC_PAYMENT_BILL (self->bill), 1); return TRUE;
  case OSC_KEY_LESS: osc_payment_bill_step (OSC_PAYMENT_BILL (self->bill), -1); return TRUE;
  case OSC_KEY_UP:
  case OSC_KEY_DOWN:
    osc_payment_bill_turn (OSC_PAYMENT_BILL (self->bill), key == OSC_KEY_UP);
    return TRUE;
  default: return FALSE;
  }
}

static gboolean
osc_payment_key (OscView *view, OscKey key)
{
  OscPayment *self = OSC_PAYMENT (view);

  switch (key) {
  case OSC_KEY_BACK: back (self); return TRUE;
  case OSC_KEY_UNDO: osc_payment_undo (self); return TRUE;
  case OSC_KEY_PRINT: on_print (self); return TRUE;
  case OSC_KEY_REPRINT: on_print_receipt (self); return TRUE;
  default: break;
  }
  if (is_paying (self))
    return paying_key (self, key);
  if (key == OSC_KEY_NEXT && is_on (self, "done"))
    osc_payment_go_back (self);
  return key == OSC_KEY_NEXT || key == OSC_KEY_PAY;
}

static void
osc_payment_set_live (OscView *view, gboolean live)
{
  OscPayment *self = OSC_PAYMENT (view);

  self->live = live;
  osc_payment_bill_set_live (OSC_PAYMENT_BILL (self->bill), live);
  osc_payment_show (self);
}

/* Nobody is interrupted who takes money. */
static gboolean
osc_payment_busy (OscView *view)
{
  OscPayment *self = OSC_PAYMENT (view);

  return osc_pay_store_phase (self->pay) != OSC_PAY_IDLE || is_paying (self);
}

static const OscKeyLine *
osc_payment_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"1 – 5", N_ ("Card, cash, Toss QR, link, transfer")},
      {"Enter", N_ ("Take the amount on the button")},
      {"Tab  ↑  ↓", N_ ("The next part to be paid")},
      {"S", N_ ("How the bill is split")},
      {"+ −", N_ ("More or fewer people")},
      {"Ctrl Z", N_ ("Give back the last cash")},
      {"P", N_ ("Print the bill")},
      {"Ctrl P", N_ ("Print the receipt")},
      {NULL},
  };

  return lines;
}

static void
osc_payment_view_init (OscViewInterface *iface)
{
  iface->open = osc_payment_open;
  iface->key = osc_payment_key;
  iface->set_live = osc_payment_set_live;
  iface->busy = osc_payment_busy;
  iface->key_lines = osc_payment_key_lines;
}

/* ---- life ---- */

static void
osc_payment_unmap (GtkWidget *widget)
{
  OscPayment *self = OSC_PAYMENT (widget);

  g_clear_handle_id (&self->close_source, g_source_remove);
  self->took = FALSE;
  GTK_WIDGET_CLASS (osc_payment_parent_class)->unmap (widget);
}

static void
osc_payment_dispose (GObject *object)
{
  OscPayment *self = OSC_PAYMENT (object);

  g_clear_handle_id (&self->close_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAYMENT);
  g_clear_object (&self->bill_store);
  g_clear_object (&self->pay);
  g_clear_object (&self->people);
  g_clear_object (&self->printers);
  g_clear_object (&self->tables);
  g_clear_pointer (&self->waiting, g_free);
  g_clear_pointer (&self->cash, g_free);
  g_clear_pointer (&self->from, g_free);
  G_OBJECT_CLASS (osc_payment_parent_class)->dispose (object);
}

static void
bind_middle (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscPayment, card_lead);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, approval);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, card_note);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, card_refused);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, card_unsure);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, received);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, notes);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, change_box);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, change_name);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, change);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, receipt);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, no_receipt);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, remote_icon);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, remote_title);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, remote_about);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, wait);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, done_title);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, done_change);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/payment/osc-payment.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPayment, about);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, print);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, discount);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, stack);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, bill);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, ways);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, due_box);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, due_name);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, due);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, pages);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, right);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, primary);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, primary_label);
  gtk_widget_class_bind_template_child (widget_class, OscPayment, primary_hint);
  bind_middle (widget_class);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_print_receipt);
  gtk_widget_class_bind_template_callback (widget_class, on_discount);
  gtk_widget_class_bind_template_callback (widget_class, on_refused);
  gtk_widget_class_bind_template_callback (widget_class, on_unsure);
  gtk_widget_class_bind_template_callback (widget_class, on_primary);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_ask);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_erased);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_turned);
}

static void
osc_payment_class_init (OscPaymentClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payment_dispose;
  g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  widget_class->unmap = osc_payment_unmap;
  g_type_ensure (OSC_TYPE_NUMPAD);
  g_type_ensure (OSC_TYPE_PAYMENT_BILL);
  g_type_ensure (OSC_TYPE_PAYMENT_FIELD);
  g_type_ensure (OSC_TYPE_PAYMENT_RECEIPT);
  g_type_ensure (OSC_TYPE_PAYMENT_WAIT);
  bind_template (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "payment");
}

static GtkWidget *
new_tile (OscPayment *self, OscPaymentWay way)
{
  const OscPaymentWayKind *kind = &osc_payment_ways[way];
  GtkWidget *tile = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *why = gtk_label_new (NULL);
  g_autofree char *key_text = g_strdup_printf ("%d", (int)way + 1);
  GtkWidget *key = gtk_label_new (key_text);

  gtk_widget_add_css_class (key, "key");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (why, "pay-why");
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), gtk_label_new (_ (kind->name)));
  gtk_box_append (GTK_BOX (row), key);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (kind->icon));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), why);
  gtk_button_set_child (GTK_BUTTON (tile), box);
  gtk_widget_set_focus_on_click (tile, FALSE);
  gtk_widget_add_css_class (tile, "pay-tile");
  osc_widget_set_name (tile, _ (kind->name));
  g_object_set_data (G_OBJECT (tile), "why", why);
  g_signal_connect_object (tile, "clicked", G_CALLBACK (on_way), self, G_CONNECT_SWAPPED);
  return tile;
}

static void
make_notes (OscPayment *self)
{
  for (int i = 0; i < 4; i++) {
    GtkWidget *chip = gtk_button_new_with_label ("");

    gtk_widget_set_focus_on_click (chip, FALSE);
    gtk_widget_add_css_class (chip, "numeric");
    g_signal_connect_object (chip, "clicked", G_CALLBACK (on_note), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->notes), chip);
  }
}

static void
osc_payment_init (OscPayment *self)
{
  self->live = TRUE;
  self->online = TRUE;
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (OscPaymentWay way = 0; way < OSC_PAYMENT_N_WAYS; way++) {
    self->tiles[way] = new_tile (self, way);
    gtk_box_append (GTK_BOX (self->ways), self->tiles[way]);
  }
  make_notes (self);
  osc_payment_field_setup (OSC_PAYMENT_FIELD (self->received), C_ ("money", "Received"), TRUE,
                           MAX_WON_DIGITS);
  osc_payment_field_setup (OSC_PAYMENT_FIELD (self->approval), _ ("Approval number"), FALSE,
                           MAX_APPROVAL);
}

/* The card terminal has a line of its own; what goes through the internet needs that. */
static void
on_network (OscPayment *self, gboolean online)
{
  self->online = online;
  osc_payment_show (self);
}

GtkWidget *
osc_payment_new (const OscContext *context)
{
  OscPayment *self = g_object_new (OSC_TYPE_PAYMENT, NULL);
  GNetworkMonitor *network = g_network_monitor_get_default ();

  self->bill_store = g_object_ref (context->bill);
  self->pay = g_object_ref (context->pay);
  self->people = g_object_ref (context->people);
  self->printers = g_object_ref (context->printers);
  self->tables = g_object_ref (context->tables);
  osc_payment_bill_follow (OSC_PAYMENT_BILL (self->bill), self->bill_store, self->pay);
  osc_payment_follow (self);
  if (context->client != NULL) { /* tests have neither */
    self->online = g_network_monitor_get_network_available (network);
    g_signal_connect_object (network, "network-changed", G_CALLBACK (on_network), self,
                             G_CONNECT_SWAPPED);
  }
  osc_payment_show (self);
  return GTK_WIDGET (self);
}
