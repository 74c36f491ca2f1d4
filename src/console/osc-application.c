/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The application: options, settings, the window. */

#include "osc-application.h"

#include <glib/gi18n.h>

#include "osc-contrast.h"
#include "osc-session.h"
#include "osc-settings.h"
#include "osc-window.h"

#define DEFAULT_SERVER "http://127.0.0.1:8480"

struct _OscApplication {
  AdwApplication parent_instance;
  char *server;
  OscWindow *window;
  OscSession *session;
};

G_DEFINE_FINAL_TYPE (OscApplication, osc_application, ADW_TYPE_APPLICATION)

static void
on_scale_wanted (OscApplication *self, int scale)
{
  if (osc_settings_get () != NULL)
    g_settings_set_int (osc_settings_get (), "scale", scale);
}

static void
on_scale (OscApplication *self)
{
  if (self->window != NULL)
    osc_window_set_scale (self->window, g_settings_get_int (osc_settings_get (), "scale"));
}

static void
on_scheme (OscApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (osc_settings_get (), "color-scheme");
  AdwColorScheme wanted = g_str_equal (scheme, "light")  ? ADW_COLOR_SCHEME_FORCE_LIGHT
                          : g_str_equal (scheme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                         : ADW_COLOR_SCHEME_DEFAULT;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), wanted);
}

static void
on_contrast (void)
{
  g_autofree char *contrast = g_settings_get_string (osc_settings_get (), "contrast");

  osc_contrast_want (g_str_equal (contrast, "high"));
}

static void
follow_settings (OscApplication *self)
{
  GSettings *settings = osc_settings_get ();

  if (settings == NULL) {
    osc_contrast_want (FALSE);
    return;
  }
  g_signal_connect_object (settings, "changed::scale", G_CALLBACK (on_scale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::color-scheme", G_CALLBACK (on_scheme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::contrast", G_CALLBACK (on_contrast), self,
                           G_CONNECT_SWAPPED);
  on_scale (self);
  on_scheme (self);
  on_contrast ();
}

static void
osc_application_activate (GApplication *application)
{
  OscApplication *self = OSC_APPLICATION (application);
  const char *server = self->server != NULL ? self->server : g_getenv ("ORDERSYNC_SERVER");
  g_autoptr (OsyClient) client = NULL;

  if (self->window != NULL) {
    gtk_window_present (GTK_WINDOW (self->window));
    return;
  }
  client = osy_client_new (server != NULL ? server : DEFAULT_SERVER);
  self->window = osc_window_new (GTK_APPLICATION (self), 0);
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  g_signal_connect_object (self->window, "scale-wanted", G_CALLBACK (on_scale_wanted), self,
                           G_CONNECT_SWAPPED);
  follow_settings (self);
  self->session = osc_session_new (self->window, client);
  gtk_window_present (GTK_WINDOW (self->window));
  osc_session_start (self->session);
}

static void
osc_application_shutdown (GApplication *application)
{
  OscApplication *self = OSC_APPLICATION (application);

  g_clear_object (&self->session);
  G_APPLICATION_CLASS (osc_application_parent_class)->shutdown (application);
}

static int
osc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  OscApplication *self = OSC_APPLICATION (application);

  g_variant_dict_lookup (options, "server", "s", &self->server);
  return -1;
}

static void
osc_application_finalize (GObject *object)
{
  g_free (OSC_APPLICATION (object)->server);
  G_OBJECT_CLASS (osc_application_parent_class)->finalize (object);
}

static void
osc_application_class_init (OscApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osc_application_finalize;
  application_class->activate = osc_application_activate;
  application_class->shutdown = osc_application_shutdown;
  application_class->handle_local_options = osc_application_handle_local_options;
}

static void
osc_application_init (OscApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "server", 's', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_STRING, _ ("Address of the server"), "URL");
}

OscApplication *
osc_application_new (void)
{
  /* Under another id, the console of the demo stands beside one at work. */
  return g_object_new (OSC_TYPE_APPLICATION, "application-id", OSC_APPLICATION_ID, "flags",
                       G_APPLICATION_CAN_OVERRIDE_APP_ID, "resource-base-path",
                       "/com/ordersync/Console", NULL);
}
