/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A line of the stock table. */

#include "osc-stock-row.h"

#include <glib/gi18n.h>

#include "osc-scale.h"
#include "osc-stock-line.h"
#include "osc-stock-words.h"
#include "osc-widget.h"

struct _OscStockRow {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *supplier;
  GtkWidget *tag;
  GtkWidget *on_hand;
  GtkWidget *par;
  GtkWidget *days;
  GtkWidget *counted;
  GtkWidget *cost;
  GtkWidget *line;
  char *id;
};

G_DEFINE_FINAL_TYPE (OscStockRow, osc_stock_row, GTK_TYPE_WIDGET)

static const char *
tag_of (const OsyIngredient *ingredient)
{
  if (ingredient->on_hand < 0)
    return _ ("Count it");
  if (osy_ingredient_is_low (ingredient))
    return _ ("Running low");
  return NULL;
}

static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
show (OscStockRow *self, const OsyIngredient *ingredient, gint64 now)
{
  g_autofree char *on_hand = osc_stock_words_amount (ingredient, ingredient->on_hand);
  g_autofree char *par =
      ingredient->par >= 0 ? osc_stock_words_amount (ingredient, ingredient->par) : g_strdup ("–");
  g_autofree char *days = osc_stock_words_days (ingredient);
  g_autofree char *counted = osc_stock_words_counted (ingredient, now);
  g_autofree char *cost = osc_stock_words_cost (ingredient);
  const char *tag = tag_of (ingredient);
  g_autofree char *name = g_strdup_printf ("%s · %s · %s%s%s", ingredient->name, on_hand, days,
                                           tag != NULL ? " · " : "", tag != NULL ? tag : "");

  set_label (self->name, ingredient->name);
  set_label (self->supplier, ingredient->supplier);
  gtk_widget_set_visible (self->supplier, ingredient->supplier != NULL);
  set_label (self->tag, tag);
  gtk_widget_set_visible (self->tag, tag != NULL);
  set_label (self->on_hand, on_hand);
  set_label (self->par, par);
  set_label (self->days, days);
  set_label (self->counted, counted);
  set_label (self->cost, cost);
  osc_stock_line_show (OSC_STOCK_LINE (self->line), ingredient->used, OSY_STOCK_USE_DAYS);
  osc_widget_set_name (GTK_WIDGET (self), name);
}

const char *
osc_stock_row_id (OscStockRow *self)
{
  g_return_val_if_fail (OSC_IS_STOCK_ROW (self), NULL);
  return self->id;
}

static void
osc_stock_row_dispose (GObject *object)
{
  g_clear_pointer (&OSC_STOCK_ROW (object)->id, g_free);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_ROW);
  G_OBJECT_CLASS (osc_stock_row_parent_class)->dispose (object);
}

static void
osc_stock_row_class_init (OscStockRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_row_dispose;
  g_type_ensure (OSC_TYPE_STOCK_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, supplier);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, tag);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, on_hand);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, par);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, days);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, counted);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, cost);
  gtk_widget_class_bind_template_child (widget_class, OscStockRow, line);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockrow");
}

static void
osc_stock_row_init (OscStockRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_scale_let_wrap (GTK_LABEL (self->name));
}

GtkWidget *
osc_stock_row_new (const OsyIngredient *ingredient, gint64 now, gboolean wide)
{
  OscStockRow *self = g_object_new (OSC_TYPE_STOCK_ROW, NULL);

  self->id = g_strdup (ingredient->id);
  show (self, ingredient, now);
  gtk_widget_set_visible (self->cost, wide);
  gtk_widget_set_visible (self->line, wide);
  return GTK_WIDGET (self);
}
