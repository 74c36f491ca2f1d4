/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* About. The words can be selected, to be read out to whoever helps. */

#include "osc-about-page.h"

#include "config.h"
#include "osc-widget.h"

struct _OscAboutPage {
  GtkWidget parent_instance;
  GtkWidget *version;
  GtkWidget *server;
  GtkWidget *shop;
};

G_DEFINE_FINAL_TYPE (OscAboutPage, osc_about_page, GTK_TYPE_WIDGET)

static void
osc_about_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ABOUT_PAGE);
  G_OBJECT_CLASS (osc_about_page_parent_class)->dispose (object);
}

static void
osc_about_page_class_init (OscAboutPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_about_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/settings/osc-about-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAboutPage, version);
  gtk_widget_class_bind_template_child (widget_class, OscAboutPage, server);
  gtk_widget_class_bind_template_child (widget_class, OscAboutPage, shop);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_about_page_init (OscAboutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_label_set_label (GTK_LABEL (self->version), OSY_VERSION);
}

GtkWidget *
osc_about_page_new (const OscContext *context)
{
  OscAboutPage *self = g_object_new (OSC_TYPE_ABOUT_PAGE, NULL);
  OsyShop *shop = osc_shop_store_get (context->shop);

  if (context->client != NULL)
    gtk_label_set_label (GTK_LABEL (self->server), osy_client_base_url (context->client));
  if (shop != NULL)
    gtk_label_set_label (GTK_LABEL (self->shop), osy_shop_data (shop)->id);
  return GTK_WIDGET (self);
}
