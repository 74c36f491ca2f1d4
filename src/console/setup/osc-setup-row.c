/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One step in the list on the left. */

#include "osc-setup-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscSetupRow {
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkWidget *mark;
  GtkWidget *number;
  GtkWidget *name;
  GtkWidget *line;
};

enum { CLICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSetupRow, osc_setup_row, GTK_TYPE_WIDGET)

static void
on_clicked (OscSetupRow *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

void
osc_setup_row_show (OscSetupRow *self, const char *line, gboolean done, gboolean now)
{
  g_return_if_fail (OSC_IS_SETUP_ROW (self));
  const char *name = gtk_label_get_label (GTK_LABEL (self->name));
  g_autofree char *spoken =
      *line != '\0' ? g_strdup_printf ("%s, %s", name, line) : g_strdup (name);

  gtk_label_set_label (GTK_LABEL (self->line), line);
  gtk_widget_set_visible (self->line, *line != '\0');
  gtk_stack_set_visible_child_name (GTK_STACK (self->mark), done && !now ? "done" : "number");
  osc_widget_set_class (GTK_WIDGET (self), "done", done);
  osc_widget_set_class (GTK_WIDGET (self), "now", now);
  osc_widget_set_name (self->button, spoken);
}

static void
osc_setup_row_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_ROW);
  G_OBJECT_CLASS (osc_setup_row_parent_class)->dispose (object);
}

static void
osc_setup_row_class_init (OscSetupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_row_dispose;
  signals[CLICKED] = g_signal_new ("clicked", OSC_TYPE_SETUP_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupRow, button);
  gtk_widget_class_bind_template_child (widget_class, OscSetupRow, mark);
  gtk_widget_class_bind_template_child (widget_class, OscSetupRow, number);
  gtk_widget_class_bind_template_child (widget_class, OscSetupRow, name);
  gtk_widget_class_bind_template_child (widget_class, OscSetupRow, line);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "setuprow");
}

static void
osc_setup_row_init (OscSetupRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_setup_row_new (int number, const char *name)
{
  OscSetupRow *self = g_object_new (OSC_TYPE_SETUP_ROW, NULL);
  g_autofree char *text = g_strdup_printf ("%d", number);

  gtk_label_set_label (GTK_LABEL (self->number), text);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  return GTK_WIDGET (self);
}
