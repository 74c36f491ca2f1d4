/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of past orders: a day, something found, nothing found, the drawer, trouble. */

#include "osc-guest.h"
#include "osc-past.h"
#include "osc-scenes.h"

static OscPast *
open_past (OscWindow *window, OscContext *context, const char *what)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "past", what);
  return OSC_PAST (osc_shell_view (shell));
}

static void
show_day (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) orders = osc_fixture_past ();

  osc_past_orders_take (osc_past_orders (open_past (window, context, NULL)), orders, "more");
}

static void
show_found (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) orders = osc_fixture_past ();

  g_ptr_array_set_size (orders, 6);
  osc_past_orders_take (osc_past_orders (open_past (window, context, "ㄹㅈ")), orders, NULL);
}

static void
show_nothing (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();

  osc_past_orders_take (osc_past_orders (open_past (window, context, NULL)), orders, NULL);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  osc_past_orders_take (osc_past_orders (open_past (window, context, NULL)), NULL, NULL);
}

static void
show_loading (OscWindow *window, OscContext *context)
{
  open_past (window, context, NULL);
}

static void
show_nth (OscWindow *window, OscContext *context, int n)
{
  g_autoptr (GPtrArray) orders = osc_fixture_past ();
  OscPast *past = open_past (window, context, NULL);

  osc_past_orders_take (osc_past_orders (past), orders, NULL);
  for (int i = 0; i < n; i++)
    osc_view_key (OSC_VIEW (past), OSC_KEY_DOWN);
  osc_view_key (OSC_VIEW (past), OSC_KEY_NEXT);
}

static void
show_drawer (OscWindow *window, OscContext *context)
{
  show_nth (window, context, 10);
}

/* The first widget of @type, on screen or not yet. */
static GtkWidget *
first_of (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = first_of (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Somebody is about to look at whom an order was for. */
static void
show_drawer_guest (OscWindow *window, OscContext *context)
{
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");

  show_nth (window, context, 9);
  GtkWidget *guest = first_of (GTK_WIDGET (window), OSC_TYPE_GUEST);
  osc_guest_set_client (OSC_GUEST (guest), client, NULL);
  g_signal_emit_by_name (first_of (guest, GTK_TYPE_BUTTON), "clicked");
}

const OscScene osc_scenes_past[] = {
    {"past-day", show_day},         {"past-found", show_found},
    {"past-drawer", show_drawer},   {"past-drawer-guest", show_drawer_guest},
    {"past-nothing", show_nothing}, {"past-loading", show_loading},
    {"past-failed", show_failed},   {.name = NULL},
};
