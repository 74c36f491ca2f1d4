/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A line that the Tab key stops at, and that keys count in. */

#include "osc-till-row.h"

#include "osc-widget.h"

struct _OscTillRow {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscTillRow, osc_till_row, GTK_TYPE_WIDGET)

static void
osc_till_row_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_till_row_parent_class)->dispose (object);
}

static void
osc_till_row_class_init (OscTillRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_till_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
}

static void
osc_till_row_init (OscTillRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "till-row");
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
osc_till_row_new (void)
{
  return g_object_new (OSC_TYPE_TILL_ROW, NULL);
}
