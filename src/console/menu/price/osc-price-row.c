/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A row of the many prices. */

#include "osc-price-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-money.h"

/* ---- the item ---- */

enum { ITEM_CHANGED, N_ITEM_SIGNALS };
static guint item_signals[N_ITEM_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPriceItem, osc_price_item, G_TYPE_OBJECT)

static void
osc_price_item_finalize (GObject *object)
{
  OscPriceItem *self = OSC_PRICE_ITEM (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->category);
  G_OBJECT_CLASS (osc_price_item_parent_class)->finalize (object);
}

static void
osc_price_item_class_init (OscPriceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_price_item_finalize;
  item_signals[ITEM_CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
osc_price_item_init (OscPriceItem *self)
{
}

OscPriceItem *
osc_price_item_new (void)
{
  return g_object_new (OSC_TYPE_PRICE_ITEM, NULL);
}

void
osc_price_item_set (OscPriceItem *self, gboolean chosen, gint64 after)
{
  g_return_if_fail (OSC_IS_PRICE_ITEM (self));

  if (self->chosen == chosen && self->after == after)
    return;
  self->chosen = chosen;
  self->after = after;
  g_signal_emit (self, item_signals[ITEM_CHANGED], 0);
}

/* ---- the row ---- */

struct _OscPriceRow {
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkWidget *check;
  GtkWidget *name;
  GtkWidget *others;
  GtkWidget *category;
  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *by;
  OscPriceItem *item;
  GSignalGroup *item_signals;
};

enum { TOGGLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPriceRow, osc_price_row, GTK_TYPE_WIDGET)

static void
show_after (OscPriceRow *self)
{
  const OscPriceItem *item = self->item;
  gboolean impossible = item->chosen && item->after < 0;
  gboolean differs = item->chosen && !impossible && item->after != item->before;
  g_autofree char *after = impossible ? g_strdup (_ ("Not possible"))
                           : differs  ? osc_words_money (item->after)
                                      : g_strdup ("");
  g_autofree char *by = differs ? osy_money_format (item->after - item->before) : g_strdup ("");
  g_autofree char *sign =
      differs && item->after > item->before ? g_strconcat ("+", by, NULL) : NULL;

  gtk_label_set_label (GTK_LABEL (self->after), after);
  gtk_label_set_label (GTK_LABEL (self->by), sign != NULL ? sign : by);
  osc_widget_set_class (self->after, "wrong", impossible);
}

static void
show (OscPriceRow *self)
{
  const OscPriceItem *item = self->item;
  g_autofree char *before = osc_words_money (item->before);
  g_autofree char *others =
      item->others > 0 ? g_strdup_printf (g_dngettext (NULL, "%u other price stays",
                                                       "%u other prices stay", item->others),
                                          item->others)
                       : NULL;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), item->chosen);
  gtk_label_set_label (GTK_LABEL (self->name), item->name);
  gtk_label_set_label (GTK_LABEL (self->category), item->category);
  gtk_label_set_label (GTK_LABEL (self->others), others != NULL ? others : "");
  gtk_widget_set_visible (self->others, others != NULL);
  gtk_label_set_label (GTK_LABEL (self->before), before);
  show_after (self);
  osc_widget_set_class (GTK_WIDGET (self), "chosen", item->chosen);
  osc_widget_set_name (self->button, item->name);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_CHECKED,
      item->chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

void
osc_price_row_show (OscPriceRow *self, OscPriceItem *item)
{
  g_return_if_fail (OSC_IS_PRICE_ROW (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  if (item != NULL)
    show (self);
}

static void
on_clicked (OscPriceRow *self)
{
  if (self->item != NULL)
    g_signal_emit (self, signals[TOGGLED], 0, self->item);
}

/* ---- life ---- */

static void
osc_price_row_dispose (GObject *object)
{
  OscPriceRow *self = OSC_PRICE_ROW (object);

  if (self->item_signals != NULL)
    g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PRICE_ROW);
  G_OBJECT_CLASS (osc_price_row_parent_class)->dispose (object);
}

static void
osc_price_row_class_init (OscPriceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_price_row_dispose;
  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, OSC_TYPE_PRICE_ITEM);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/menu/price/osc-price-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, button);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, check);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, others);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, category);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, before);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, after);
  gtk_widget_class_bind_template_child (widget_class, OscPriceRow, by);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pricerow");
}

static void
osc_price_row_init (OscPriceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (OSC_TYPE_PRICE_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "changed", G_CALLBACK (show), self);
}

GtkWidget *
osc_price_row_new (void)
{
  return g_object_new (OSC_TYPE_PRICE_ROW, NULL);
}
