/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Of each window only whether a button is down, as far as its events have been read. */

#include "osc-press-watch.h"

#define KEY "osc-press-watch"
#define BUTTONS (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK)

static gboolean
on_event (GtkEventController *controller, GdkEvent *event)
{
  gboolean down = g_object_get_data (G_OBJECT (controller), KEY) != NULL;

  switch ((int)gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS: g_object_set_data (G_OBJECT (controller), KEY, controller); break;
  case GDK_BUTTON_RELEASE: g_object_set_data (G_OBJECT (controller), KEY, NULL); break;
  case GDK_MOTION_NOTIFY:
    return down && gdk_event_get_time (event) == GDK_CURRENT_TIME &&
           (gdk_event_get_modifier_state (event) & BUTTONS) == 0;
  default: break;
  }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_any_mapped (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_NATIVE (widget) && g_object_get_data (G_OBJECT (widget), KEY) == NULL) {
    GtkEventController *events = gtk_event_controller_legacy_new ();

    gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
    g_signal_connect (events, "event", G_CALLBACK (on_event), NULL);
    gtk_widget_add_controller (widget, events);
    g_object_set_data (G_OBJECT (widget), KEY, events);
  }
  return TRUE;
}

void
osc_press_watch_start (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    gulong hook = g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0,
                                              on_any_mapped, NULL, NULL);
    g_once_init_leave (&once, hook);
  }
}
