/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of past orders: a day, something found, nothing found, the drawer, trouble. */

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
show_drawer (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) orders = osc_fixture_past ();
  OscPast *past = open_past (window, context, NULL);

  osc_past_orders_take (osc_past_orders (past), orders, NULL);
  for (int i = 0; i < 10; i++)
    osc_view_key (OSC_VIEW (past), OSC_KEY_DOWN);
  osc_view_key (OSC_VIEW (past), OSC_KEY_NEXT);
}

const OscScene osc_scenes_past[] = {
    {"past-day", show_day},
    {"past-found", show_found},
    {"past-drawer", show_drawer},
    {"past-nothing", show_nothing},
    {"past-loading", show_loading},
    {"past-failed", show_failed},
    {.name = NULL},
};
