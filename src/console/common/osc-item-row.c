/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A line of an order in the drawer and on arrival. */

#include "osc-item-row.h"

#include "osc-widget.h"
#include "osc-words.h"

struct _OscItemRow {
  GtkWidget parent_instance;
  GtkWidget *quantity;
  GtkWidget *name;
  GtkWidget *amount;
  GtkWidget *options;
  GtkWidget *note;
  GtkWidget *allergy;
  GtkWidget *allergy_label;
};

G_DEFINE_FINAL_TYPE (OscItemRow, osc_item_row, GTK_TYPE_WIDGET)

static void
osc_item_row_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ITEM_ROW);
  G_OBJECT_CLASS (osc_item_row_parent_class)->dispose (object);
}

static void
osc_item_row_class_init (OscItemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_item_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-item-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, amount);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, options);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, note);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, allergy);
  gtk_widget_class_bind_template_child (widget_class, OscItemRow, allergy_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "itemrow");
}

static void
osc_item_row_init (OscItemRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_item_row_new (const OsyOrderLine *line)
{
  OscItemRow *self = g_object_new (OSC_TYPE_ITEM_ROW, NULL);
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity);
  g_autofree char *amount = osc_words_money (line->amount);
  g_autofree char *options = osc_words_options (line, TRUE);
  gboolean allergy = osc_words_is_allergy (line->note);
  gboolean note = line->note != NULL && line->note[0] != '\0' && !allergy;

  gtk_label_set_label (GTK_LABEL (self->quantity), quantity);
  gtk_label_set_label (GTK_LABEL (self->name), line->name);
  gtk_label_set_label (GTK_LABEL (self->amount), amount);
  gtk_label_set_label (GTK_LABEL (self->options), options != NULL ? options : "");
  gtk_widget_set_visible (self->options, options != NULL);
  gtk_label_set_label (GTK_LABEL (self->note), note ? line->note : "");
  gtk_widget_set_visible (self->note, note);
  gtk_label_set_label (GTK_LABEL (self->allergy_label), allergy ? line->note : "");
  gtk_widget_set_visible (self->allergy, allergy);
  return GTK_WIDGET (self);
}

void
osc_item_row_fill (GtkBox *box, GPtrArray *lines)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (box, osc_item_row_new (g_ptr_array_index (lines, i)));
}
