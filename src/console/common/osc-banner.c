/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The banner under the strip. */

#include "osc-banner.h"

#include "osc-widget.h"

struct _OscBanner {
  GtkWidget parent_instance;
  GtkWidget *revealer;
  GtkWidget *icon;
  GtkWidget *text;
  GtkWidget *button;
};

enum { PRESSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscBanner, osc_banner, GTK_TYPE_WIDGET)

static void
on_clicked (OscBanner *self)
{
  g_signal_emit (self, signals[PRESSED], 0);
}

static void
osc_banner_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_BANNER);
  G_OBJECT_CLASS (osc_banner_parent_class)->dispose (object);
}

static void
osc_banner_class_init (OscBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_banner_dispose;
  signals[PRESSED] = g_signal_new ("pressed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, OscBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, OscBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, OscBanner, text);
  gtk_widget_class_bind_template_child (widget_class, OscBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "oscbanner");
}

static void
osc_banner_init (OscBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
osc_banner_show (OscBanner *self, const char *text, const char *button)
{
  g_return_if_fail (OSC_IS_BANNER (self) && text != NULL);

  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (self->text)), text) != 0)
    gtk_label_set_label (GTK_LABEL (self->text), text);
  gtk_widget_set_visible (self->button, button != NULL);
  gtk_button_set_label (GTK_BUTTON (self->button), button != NULL ? button : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
osc_banner_set_icon (OscBanner *self, const char *icon)
{
  g_return_if_fail (OSC_IS_BANNER (self));
  osc_widget_set_icon (self->icon, icon);
}

void
osc_banner_hide (OscBanner *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

gboolean
osc_banner_is_shown (OscBanner *self)
{
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
