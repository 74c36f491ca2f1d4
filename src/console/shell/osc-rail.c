/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rail. A view that is not built, or not open to the role, is absent, not grey. */

#include "osc-rail.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscRail {
  GtkWidget parent_instance;
  GtkWidget *orders;
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (OscRail, osc_rail, GTK_TYPE_WIDGET)

/* The one view stays chosen however often its tile is pressed. */
static void
on_orders_toggled (OscRail *self)
{
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->orders)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->orders), TRUE);
}

static void
osc_rail_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_RAIL);
  G_OBJECT_CLASS (osc_rail_parent_class)->dispose (object);
}

static void
osc_rail_class_init (OscRailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_rail_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-rail.ui");
  gtk_widget_class_bind_template_child (widget_class, OscRail, orders);
  gtk_widget_class_bind_template_child (widget_class, OscRail, badge);
  gtk_widget_class_bind_template_callback (widget_class, on_orders_toggled);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rail");
}

static void
osc_rail_init (OscRail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_rail_set_waiting (self, 0);
}

void
osc_rail_set_waiting (OscRail *self, guint waiting)
{
  g_return_if_fail (OSC_IS_RAIL (self));
  g_autofree char *text = g_strdup_printf ("%u", waiting);
  g_autofree char *name =
      waiting > 0 ? g_strdup_printf (_ ("Orders, %u waiting"), waiting) : g_strdup (_ ("Orders"));

  gtk_label_set_label (GTK_LABEL (self->badge), text);
  gtk_widget_set_visible (self->badge, waiting > 0);
  osc_widget_set_name (GTK_WIDGET (self->orders), name);
}
