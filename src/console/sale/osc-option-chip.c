/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An option. That it is on is told by a tick and its frame, not by colour alone. */

#include "osc-option-chip.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscOptionChip {
  GtkWidget parent_instance;
  GtkWidget *less;
  GtkWidget *main;
  GtkWidget *tick;
  GtkWidget *name;
  GtkWidget *price_label;
  GtkWidget *count;
  const OsyMenuOption *option;
  gint64 price;
  int quantity;
  gboolean many;
  gboolean sold_out;
};

enum { TAPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscOptionChip, osc_option_chip, GTK_TYPE_WIDGET)

static void
on_main (OscOptionChip *self)
{
  g_signal_emit (self, signals[TAPPED], 0, 1);
}

static void
on_less (OscOptionChip *self)
{
  g_signal_emit (self, signals[TAPPED], 0, -1);
}

void
osc_option_chip_set_quantity (OscOptionChip *self, int quantity)
{
  g_return_if_fail (OSC_IS_OPTION_CHIP (self));
  g_autofree char *count = g_strdup_printf ("×%d", quantity);

  self->quantity = quantity;
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_widget_set_visible (self->count, self->many && quantity > 0);
  gtk_widget_set_visible (self->less, self->many && quantity > 0);
  gtk_widget_set_visible (self->tick, !self->many && quantity > 0);
  osc_widget_set_class (GTK_WIDGET (self), "chosen", quantity > 0);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->main), GTK_ACCESSIBLE_STATE_PRESSED,
      quantity > 0 ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

const OsyMenuOption *
osc_option_chip_option (OscOptionChip *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_CHIP (self), NULL);
  return self->option;
}

gint64
osc_option_chip_price (OscOptionChip *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_CHIP (self), 0);
  return self->price;
}

int
osc_option_chip_quantity (OscOptionChip *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_CHIP (self), 0);
  return self->quantity;
}

gboolean
osc_option_chip_is_sold_out (OscOptionChip *self)
{
  g_return_val_if_fail (OSC_IS_OPTION_CHIP (self), FALSE);
  return self->sold_out;
}

/* ---- life ---- */

static void
osc_option_chip_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_OPTION_CHIP);
  G_OBJECT_CLASS (osc_option_chip_parent_class)->dispose (object);
}

static void
osc_option_chip_class_init (OscOptionChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_option_chip_dispose;
  signals[TAPPED] = g_signal_new ("tapped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-option-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, less);
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, main);
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, tick);
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, name);
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, price_label);
  gtk_widget_class_bind_template_child (widget_class, OscOptionChip, count);
  gtk_widget_class_bind_template_callback (widget_class, on_main);
  gtk_widget_class_bind_template_callback (widget_class, on_less);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "optionchip");
}

static void
osc_option_chip_init (OscOptionChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_price (OscOptionChip *self)
{
  g_autofree char *price = NULL;
  g_autofree char *text = NULL;

  if (self->sold_out) {
    text = g_strdup (_ ("Sold out"));
  } else if (self->price != 0) {
    price = osc_words_money (self->price);
    text = g_strdup_printf (self->price > 0 ? "+%s" : "%s", price);
  }
  gtk_label_set_label (GTK_LABEL (self->price_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->price_label, text != NULL);
}

GtkWidget *
osc_option_chip_new (const OsyMenuOption *option, gint64 price, gboolean many)
{
  OscOptionChip *self = g_object_new (OSC_TYPE_OPTION_CHIP, NULL);
  g_autofree char *one_less = g_strdup_printf (_ ("%s: one less"), option->name);

  self->option = option;
  self->price = price;
  self->many = many;
  self->sold_out = osy_menu_option_stop_at (option, osy_clock_now ());
  gtk_label_set_label (GTK_LABEL (self->name), option->name);
  osc_widget_set_name (self->less, one_less);
  osc_widget_set_class (GTK_WIDGET (self), "sold-out", self->sold_out);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !self->sold_out);
  show_price (self);
  osc_option_chip_set_quantity (self, 0);
  return GTK_WIDGET (self);
}
