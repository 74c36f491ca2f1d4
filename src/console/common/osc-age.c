/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The age pill: shape and icon tell soon from late without colour. */

#include "osc-age.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osy-clock.h"

struct _OscAge {
  GtkWidget parent_instance;
  GtkWidget *icon;
  GtkWidget *label;
  OscAgeLevel level;
};

G_DEFINE_FINAL_TYPE (OscAge, osc_age, GTK_TYPE_WIDGET)

static void
osc_age_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_AGE);
  G_OBJECT_CLASS (osc_age_parent_class)->dispose (object);
}

static void
osc_age_class_init (OscAgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_age_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-age.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAge, icon);
  gtk_widget_class_bind_template_child (widget_class, OscAge, label);
  gtk_widget_class_set_css_name (widget_class, "age");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
osc_age_init (OscAge *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_age_new (void)
{
  return g_object_new (OSC_TYPE_AGE, NULL);
}

static void
set_level (OscAge *self, OscAgeLevel level)
{
  static const char *const icons[] = {NULL, "osy-soon-symbolic", "osy-late-symbolic"};

  if (self->level == level)
    return;
  self->level = level;
  gtk_widget_set_visible (self->icon, level != OSC_AGE_NEUTRAL);
  osc_widget_set_icon (self->icon, icons[level]);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "soon");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "late");
  if (level == OSC_AGE_SOON)
    gtk_widget_add_css_class (GTK_WIDGET (self), "soon");
  else if (level == OSC_AGE_LATE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "late");
}

void
osc_age_show (OscAge *self, OscOrderItem *item)
{
  gint64 now = osy_clock_now ();
  g_autofree char *text = osc_order_item_age_text (item, now);

  g_return_if_fail (OSC_IS_AGE (self));

  set_level (self, osc_order_item_age_level (item, now));
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (self->label), text);
}
