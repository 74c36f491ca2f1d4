/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen in a window of its own. It has no strip: what the strip would say the view says. */

#include "osc-kitchen-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-key-sheet.h"
#include "osc-settings.h"
#include "osc-toasts.h"

#define MONITOR "kitchen-monitor"
#define NO_MONITOR "window" /* when there is one alone */
#define WINDOW "osc-kitchen-window"

static void
remember (const char *monitor)
{
  if (osc_settings_get () != NULL)
    g_settings_set_string (osc_settings_get (), MONITOR, monitor);
}

int
osc_kitchen_window_choose (const char *const *connectors, int own, const char *wanted)
{
  int found = -1;

  g_return_val_if_fail (connectors != NULL, -1);
  for (int i = 0; connectors[i] != NULL; i++)
    if (i != own && (found < 0 || g_strcmp0 (connectors[i], wanted) == 0))
      found = i;
  return found;
}

GdkMonitor *
osc_kitchen_window_monitor (GtkWidget *from, const char *wanted)
{
  g_return_val_if_fail (GTK_IS_WIDGET (from), NULL);
  GdkDisplay *display = gtk_widget_get_display (from);
  GListModel *monitors = gdk_display_get_monitors (display);
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (from));
  GdkMonitor *here = surface != NULL ? gdk_display_get_monitor_at_surface (display, surface) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  int own = -1;
  int found;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
    const char *name = gdk_monitor_get_connector (monitor);

    own = monitor == here ? (int)i : own;
    g_ptr_array_add (names, (gpointer)(name != NULL ? name : ""));
  }
  g_ptr_array_add (names, NULL);
  found = osc_kitchen_window_choose ((const char *const *)names->pdata, own, wanted);
  return found >= 0 ? g_list_model_get_item (monitors, (guint)found) : NULL;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  OscView *view = g_object_get_data (G_OBJECT (window), "osc-view");
  OscKey key = osc_keys_find (keyval, keycode, state, GTK_IS_EDITABLE (focus));

  if (key == OSC_KEY_NONE ||
      (GTK_IS_BUTTON (focus) && (key == OSC_KEY_NEXT || key == OSC_KEY_SPACE)))
    return GDK_EVENT_PROPAGATE;
  if (key == OSC_KEY_HELP) {
    osc_key_sheet_present (window, osc_view_key_lines (view));
    return GDK_EVENT_STOP;
  }
  if (key != OSC_KEY_FULLSCREEN)
    return osc_view_key (view, key);
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
  return GDK_EVENT_STOP;
}

/* Somebody closed it: it stays closed the next time too. */
static gboolean
on_close (void)
{
  remember ("");
  return GDK_EVENT_PROPAGATE;
}

static GtkWindow *
make_window (const OscContext *context, const char *monitor)
{
  GtkWindow *window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("Kitchen"), "default-width", 1366,
                                    "default-height", 768, NULL);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *toasts = g_object_new (OSC_TYPE_TOASTS, "halign", GTK_ALIGN_CENTER, "valign",
                                    GTK_ALIGN_END, "margin-bottom", 88, NULL);
  GtkWidget *view = osc_kitchen_new (context);
  GtkEventController *keys = gtk_event_controller_key_new ();

  osc_kitchen_set_alone (OSC_KITCHEN (view), monitor);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), view);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), toasts);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  g_object_set_data (G_OBJECT (window), "osc-view", view);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), NULL);
  return window;
}

/* The store outlives the window it knows of. */
static void
on_gone (gpointer store, GObject *window)
{
  g_object_set_data (store, WINDOW, NULL);
  g_object_unref (store);
}

GtkWindow *
osc_kitchen_window_open (const OscContext *context, GtkWidget *from)
{
  g_return_val_if_fail (context != NULL && GTK_IS_WIDGET (from), NULL);
  GtkWindow *window = g_object_get_data (G_OBJECT (context->kitchen), WINDOW);
  g_autofree char *wanted =
      osc_settings_get () != NULL ? g_settings_get_string (osc_settings_get (), MONITOR) : NULL;
  g_autoptr (GdkMonitor) monitor = osc_kitchen_window_monitor (from, wanted);
  const char *connector = monitor != NULL ? gdk_monitor_get_connector (monitor) : NULL;
  const char *name = connector != NULL ? connector : NO_MONITOR;

  if (window == NULL) {
    window = make_window (context, name);
    g_object_set_data (G_OBJECT (context->kitchen), WINDOW, window);
    g_object_weak_ref (G_OBJECT (window), on_gone, g_object_ref (context->kitchen));
    g_signal_connect_object (from, "destroy", G_CALLBACK (gtk_window_destroy), window,
                             G_CONNECT_SWAPPED);
  }
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (window, monitor);
  remember (name);
  gtk_window_present (window);
  return window;
}

void
osc_kitchen_window_restore (const OscContext *context, GtkWidget *from)
{
  g_autofree char *monitor =
      osc_settings_get () != NULL ? g_settings_get_string (osc_settings_get (), MONITOR) : NULL;

  if (monitor != NULL && monitor[0] != '\0')
    osc_kitchen_window_open (context, from);
}
