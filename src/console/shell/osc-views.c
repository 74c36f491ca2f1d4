/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The views there are. */

#include "osc-views.h"

#include <glib/gi18n.h>

#include "osc-analytics.h"
#include "osc-attention.h"
#include "osc-audit.h"
#include "osc-bill.h"
#include "osc-board.h"
#include "osc-kitchen.h"
#include "osc-logs.h"
#include "osc-menu-view.h"
#include "osc-past.h"
#include "osc-payment.h"
#include "osc-preferences.h"
#include "osc-refund.h"
#include "osc-sale.h"
#include "osc-setup.h"
#include "osc-stock.h"
#include "osc-tables.h"
#include "osc-till.h"

static const OscViewKind views[] = {
    {"orders", "orders", OSC_KEY_ORDERS, N_ ("Orders"), "F5", "osy-orders-symbolic", osc_board_new},
    {.name = "sale",
     .tile = "orders",
     .key = OSC_KEY_NEW,
     .make = osc_sale_new,
     .permission = "order:write"},
    {.name = "bill", .tile = "orders", .make = osc_bill_new, .permission = "order:write"},
    {.name = "payment", .tile = "orders", .make = osc_payment_new, .permission = "payment:take"},
    {.name = "past", .tile = "orders", .key = OSC_KEY_PAST, .make = osc_past_new},
    {.name = "refund", .tile = "orders", .make = osc_refund_new, .permission = "payment:take"},
    {.name = "attention", .tile = "orders", .make = osc_attention_new, .permission = "order:read"},
    {"kitchen", "kitchen", OSC_KEY_KITCHEN, N_ ("Kitchen"), "F8", "osy-cook-symbolic",
     osc_kitchen_new, "order:read"},
    {"tables", "tables", OSC_KEY_TABLES, N_ ("Tables"), "F6", "osy-table-symbolic", osc_tables_new},
    {"menu", "menu", OSC_KEY_MENU, N_ ("Menu"), "Alt 4", "osy-menu-symbolic", osc_menu_view_new,
     "menu:manage"},
    {"stock", "stock", OSC_KEY_STOCK, N_ ("Stock"), "Alt 5", "osy-stock-symbolic", osc_stock_new,
     "order:read"},
    {"sales", "sales", OSC_KEY_SALES, N_ ("Sales"), "Alt 8", "osy-chart-symbolic",
     osc_analytics_new, "sales:read"},
    {"till", "till", OSC_KEY_TILL, N_ ("Close day"), "F12", "osy-moon-symbolic", osc_till_new,
     "payment:take"},
    {"settings", "settings", OSC_KEY_SETTINGS, N_ ("Settings"), "Alt 0", "osy-sliders-symbolic",
     osc_preferences_new},
    {.name = "audit", .tile = "settings", .make = osc_audit_new, .permission = "audit:read"},
    {.name = "logs", .tile = "settings", .make = osc_logs_new, .permission = "audit:read"},
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

gboolean
osc_views_open_to (const OscViewKind *view, OscPeople *people)
{
  return view->permission == NULL || osc_people_may (people, view->permission);
}
