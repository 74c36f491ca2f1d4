/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every amount is one that the cart or the bill has computed: nothing is added up here. */

#include "osc-guest-display.h"

#include <adwaita.h>

#include "osc-guest-words.h"
#include "osc-qr.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define QR_SIZE 320 /* console-ux 7.7 */

struct _OscGuestDisplay {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *shop;
  GtkWidget *head;
  GtkWidget *scroller;
  GtkWidget *lines;
  GtkWidget *title;
  GtkWidget *sums;
  GtkWidget *code;
  GtkWidget *welcome;
  char *address;      /* nullable: what the code holds */
  OscMenuStore *menu; /* nullable */
  char *language;     /* see osc-guest-words.h */
};

G_DEFINE_FINAL_TYPE (OscGuestDisplay, osc_guest_display, GTK_TYPE_WIDGET)

static void
empty (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

/* A name on the left, a text on the right. */
static GtkWidget *
add_row (GtkWidget *box, const char *name, const char *text, const char *css_class)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_wrap (GTK_LABEL (left), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (left), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (right, GTK_ALIGN_BASELINE);
  gtk_widget_add_css_class (right, "numeric");
  gtk_widget_add_css_class (row, css_class);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), right);
  gtk_box_append (GTK_BOX (box), row);
  return row;
}

static void
add_sum (OscGuestDisplay *self, OscGuestWord word, gint64 won, gboolean main)
{
  g_autofree char *name = osc_guest_words_say (self->language, word);
  g_autofree char *money = osc_guest_words_money (self->language, won);

  osc_widget_set_class (add_row (self->sums, name, money, "sum"), "main", main);
}

static void
add_line (OscGuestDisplay *self, const char *name, const char *options, gint64 quantity, gint64 won)
{
  g_autofree char *text =
      quantity > 1 ? g_strdup_printf ("%s × %d", name, (int)quantity) : g_strdup (name);
  g_autofree char *money = osc_guest_words_money (self->language, won);

  add_row (self->lines, text, money, "line");
  if (options != NULL && options[0] != '\0')
    add_row (self->lines, options, "", "options");
}

/* The newest line is the one that the guest wants to see. */
static gboolean
scroll_cb (gpointer user_data)
{
  OscGuestDisplay *self = user_data;

  if (self->scroller != NULL) {
    GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
    gtk_adjustment_set_value (at, gtk_adjustment_get_upper (at));
  }
  return G_SOURCE_REMOVE;
}

static void
begin (OscGuestDisplay *self, OscGuestWord word)
{
  g_autofree char *title = osc_guest_words_say (self->language, word);

  empty (self->lines);
  empty (self->sums);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sale");
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, scroll_cb, g_object_ref (self), g_object_unref);
}

static void
show_code (OscGuestDisplay *self, const char *address)
{
  if (g_strcmp0 (address, self->address) != 0) {
    g_autofree char *name = osc_guest_words_say (self->language, OSC_GUEST_CODE);

    osy_set_str (&self->address, address);
    adw_bin_set_child (ADW_BIN (self->code),
                       address != NULL ? osc_qr_new_sized (address, name, QR_SIZE) : NULL);
  }
  gtk_widget_set_visible (self->code, address != NULL);
}

void
osc_guest_display_set_shop (OscGuestDisplay *self, const char *name)
{
  g_return_if_fail (OSC_IS_GUEST_DISPLAY (self) && name != NULL);

  gtk_label_set_label (GTK_LABEL (self->shop), name);
  gtk_label_set_label (GTK_LABEL (self->head), name);
}

void
osc_guest_display_speak (OscGuestDisplay *self, const char *language, OscMenuStore *menu)
{
  g_return_if_fail (OSC_IS_GUEST_DISPLAY (self) && language != NULL);
  g_autofree char *welcome = osc_guest_words_say (language, OSC_GUEST_WELCOME);

  g_set_object (&self->menu, menu);
  osy_set_str (&self->language, language);
  gtk_label_set_label (GTK_LABEL (self->welcome), welcome);
}

void
osc_guest_display_show_nobody (OscGuestDisplay *self)
{
  g_return_if_fail (OSC_IS_GUEST_DISPLAY (self));

  show_code (self, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nobody");
}

static OsyMenu *
menu_of (OscGuestDisplay *self)
{
  return self->menu != NULL ? osc_menu_store_get (self->menu) : NULL;
}

static void
add_cart_line (OscGuestDisplay *self, OscCartLine *line)
{
  g_autofree char *name = osc_guest_words_item (
      self->language, menu_of (self), osc_cart_line_item_id (line), osc_cart_line_name (line));
  g_autofree char *options = osc_guest_words_options (
      self->language, menu_of (self), osc_cart_line_choices (line), osc_cart_line_options (line));

  add_line (self, name, options, osc_cart_line_quantity (line), osc_cart_line_amount (line));
}

/* Left out is what cannot be sold: it is not in the total either. */
void
osc_guest_display_show_cart (OscGuestDisplay *self, OscCart *cart)
{
  g_return_if_fail (OSC_IS_GUEST_DISPLAY (self) && OSC_IS_CART (cart));

  if (osc_cart_count (cart) == 0) {
    osc_guest_display_show_nobody (self);
    return;
  }
  begin (self, OSC_GUEST_ORDER);
  show_code (self, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (cart)); i++) {
    g_autoptr (OscCartLine) line = g_list_model_get_item (G_LIST_MODEL (cart), i);
    OscCartLineState state = osc_cart_line_state (line);

    if (state == OSC_CART_LINE_FINE || state == OSC_CART_LINE_PRICE)
      add_cart_line (self, line);
  }
  add_sum (self, OSC_GUEST_TOTAL, osc_cart_total (cart), TRUE);
}

static void
add_bill (OscGuestDisplay *self, const OsyBill *bill)
{
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);

    if (line->quantity > line->voided) {
      g_autofree char *name =
          osc_guest_words_item (self->language, menu_of (self), line->menu_item_id, line->name);

      add_line (self, name, NULL, line->quantity - line->voided, line->net);
    }
  }
}

void
osc_guest_display_show_payment (OscGuestDisplay *self, const OscGuestPayment *payment)
{
  g_return_if_fail (OSC_IS_GUEST_DISPLAY (self) && payment != NULL && payment->bill != NULL);

  begin (self, payment->over              ? OSC_GUEST_THANKS
               : payment->address != NULL ? OSC_GUEST_SCAN
                                          : OSC_GUEST_BILL);
  show_code (self, payment->over ? NULL : payment->address);
  add_bill (self, payment->bill);
  add_sum (self, OSC_GUEST_TOTAL, payment->bill->total, FALSE);
  if (!payment->over)
    add_sum (self, OSC_GUEST_TO_PAY, payment->due, payment->received == 0);
  if (payment->received > 0)
    add_sum (self, OSC_GUEST_RECEIVED, payment->received, FALSE);
  if (payment->change > 0)
    add_sum (self, OSC_GUEST_CHANGE, payment->change, TRUE);
}

/* ---- life ---- */

static void
osc_guest_display_dispose (GObject *object)
{
  OscGuestDisplay *self = OSC_GUEST_DISPLAY (object);

  self->scroller = NULL;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_GUEST_DISPLAY);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_guest_display_parent_class)->dispose (object);
}

static void
osc_guest_display_class_init (OscGuestDisplayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_guest_display_dispose;
  g_type_ensure (ADW_TYPE_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/guest/osc-guest-display.ui");
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, stack);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, shop);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, welcome);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, head);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, lines);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, title);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, sums);
  gtk_widget_class_bind_template_child (widget_class, OscGuestDisplay, code);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guestdisplay");
}

static void
osc_guest_display_init (OscGuestDisplay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_guest_display_speak (self, "", NULL);
}

GtkWidget *
osc_guest_display_new (void)
{
  return g_object_new (OSC_TYPE_GUEST_DISPLAY, NULL);
}
