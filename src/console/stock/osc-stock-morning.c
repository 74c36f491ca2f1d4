/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The strip over the table. */

#include "osc-stock-morning.h"

#include <glib/gi18n.h>

#include "osc-stock-words.h"
#include "osc-toasts.h"
#include "osc-widget.h"

struct _OscStockMorning {
  GtkWidget parent_instance;
  GtkWidget *text;
  GtkWidget *count;
  GPtrArray *list; /* nullable */
};

enum { COUNT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockMorning, osc_stock_morning, GTK_TYPE_WIDGET)

void
osc_stock_morning_show (OscStockMorning *self, GPtrArray *list, gboolean may_count)
{
  g_return_if_fail (OSC_IS_STOCK_MORNING (self));
  guint negative = 0, low = 0;

  g_clear_pointer (&self->list, g_ptr_array_unref);
  self->list = g_ptr_array_ref (list);
  for (guint i = 0; i < list->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (list, i);
    gboolean counts = one->track && one->on_hand < 0;
    negative += counts;
    low += !counts && osy_ingredient_is_low (one);
  }
  g_autofree char *text = negative > 0 && low > 0
                              ? g_strdup_printf (_ ("To count: %u · to order: %u"), negative, low)
                          : negative > 0 ? g_strdup_printf (_ ("To count: %u"), negative)
                                         : g_strdup_printf (_ ("To order: %u"), low);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (GTK_WIDGET (self), negative + low > 0);
  gtk_widget_set_visible (self->count, negative > 0 && may_count);
}

static void
on_count (OscStockMorning *self)
{
  g_signal_emit (self, signals[COUNT], 0);
}

static void
on_order (OscStockMorning *self)
{
  if (self->list == NULL)
    return;
  g_autofree char *text = osc_stock_words_order (self->list);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  osc_toasts_say (GTK_WIDGET (self), _ ("Copied what to order, by supplier"));
}

static void
osc_stock_morning_dispose (GObject *object)
{
  g_clear_pointer (&OSC_STOCK_MORNING (object)->list, g_ptr_array_unref);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_MORNING);
  G_OBJECT_CLASS (osc_stock_morning_parent_class)->dispose (object);
}

static void
osc_stock_morning_class_init (OscStockMorningClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_morning_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-morning.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockMorning, text);
  gtk_widget_class_bind_template_child (widget_class, OscStockMorning, count);
  gtk_widget_class_bind_template_callback (widget_class, on_count);
  gtk_widget_class_bind_template_callback (widget_class, on_order);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockmorning");
  signals[COUNT] = g_signal_new ("count", OSC_TYPE_STOCK_MORNING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
osc_stock_morning_init (OscStockMorning *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
