/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The views there are. */

#include "osc-views.h"

#include <glib/gi18n.h>

#include "osc-audit.h"
#include "osc-board.h"
#include "osc-menu-view.h"
#include "osc-past.h"
#include "osc-preferences.h"
#include "osc-sale.h"
#include "osc-setup.h"

static const OscViewKind views[] = {
    {"orders", "orders", OSC_KEY_ORDERS, N_ ("Orders"), "F5", "osy-orders-symbolic", osc_board_new},
    {.name = "sale", .tile = "orders", .key = OSC_KEY_NEW, .make = osc_sale_new},
    {.name = "past", .tile = "orders", .key = OSC_KEY_PAST, .make = osc_past_new},
    {"menu", "menu", OSC_KEY_MENU, N_ ("Menu"), "Alt 4", "osy-menu-symbolic", osc_menu_view_new},
    {"settings", "settings", OSC_KEY_SETTINGS, N_ ("Settings"), "Alt 0", "osy-sliders-symbolic",
     osc_preferences_new},
    {.name = "audit", .tile = "settings", .make = osc_audit_new},
    {.name = "setup", .make = osc_setup_new},
    {.name = NULL},
};

const OscViewKind *
osc_views (void)
{
  return views;
}

const OscViewKind *
osc_views_find (const char *name)
{
  for (const OscViewKind *view = views; view->name != NULL; view++)
    if (g_strcmp0 (view->name, name) == 0)
      return view;
  return NULL;
}
