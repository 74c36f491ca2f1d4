/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What this screen looks like. The application follows the settings. */

#include "osc-screen-page.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-command-sheet.h"
#include "osc-widget.h"

struct _OscScreenPage {
  GtkWidget parent_instance;
  OscChoice *scale;
  OscChoice *scheme;
  OscChoice *contrast;
  OscChoice *guest;
};

G_DEFINE_FINAL_TYPE (OscScreenPage, osc_screen_page, GTK_TYPE_WIDGET)

static void
osc_screen_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SCREEN_PAGE);
  G_OBJECT_CLASS (osc_screen_page_parent_class)->dispose (object);
}

static void
osc_screen_page_class_init (OscScreenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_screen_page_dispose;
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-screen-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscScreenPage, scale);
  gtk_widget_class_bind_template_child (widget_class, OscScreenPage, scheme);
  gtk_widget_class_bind_template_child (widget_class, OscScreenPage, contrast);
  gtk_widget_class_bind_template_child (widget_class, OscScreenPage, guest);
  gtk_widget_class_bind_template_callback (widget_class, osc_command_sheet_present);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_screen_page_init (OscScreenPage *self)
{
  static const char *const scales[] = {"100", "110", "125", "150", "200"};

  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_choice_add (self->scale, "0", _ ("Automatic"));
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autofree char *percent = g_strconcat (scales[i], "%", NULL);

    osc_choice_add (self->scale, scales[i], percent);
  }
  osc_choice_add (self->scheme, "system", _ ("As the computer"));
  osc_choice_add (self->scheme, "light", _ ("Light"));
  osc_choice_add (self->scheme, "dark", _ ("Dark"));
  osc_choice_add (self->contrast, "system", _ ("As the computer"));
  osc_choice_add (self->contrast, "high", C_ ("high contrast", "On"));
  osc_choice_bind (self->scale, "scale");
  osc_choice_bind (self->scheme, "color-scheme");
  osc_choice_bind (self->contrast, "contrast");
  osc_choice_add (self->guest, "off", _ ("None"));
  osc_choice_add (self->guest, "on", _ ("Open"));
  osc_choice_bind (self->guest, "guest-display");
}

GtkWidget *
osc_screen_page_new (void)
{
  return g_object_new (OSC_TYPE_SCREEN_PAGE, NULL);
}
