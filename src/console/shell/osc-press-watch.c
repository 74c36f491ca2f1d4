/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Of each window only whether a button is down, as far as its events have been read. */

#include "osc-press-watch.h"

#include "osc-first-map.h"

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

static GtkEventController *
watch_native (GtkWidget *native)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  g_signal_connect (events, "event", G_CALLBACK (on_event), NULL);
  return events;
}

void
osc_press_watch_start (void)
{
  osc_first_map_watch (GTK_TYPE_NATIVE, KEY, watch_native);
}
