/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuPrices: prices of many items changed at once, before and after beside each other; one
 * batch. Signals "done" (const char *text): what was done; "closed". */
#define OSC_TYPE_MENU_PRICES (osc_menu_prices_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuPrices, osc_menu_prices, OSC, MENU_PRICES, GtkWidget)

/** osc_menu_prices_new: nothing is listed before osc_menu_prices_open(). */
GtkWidget *osc_menu_prices_new (OscMenuStore *store);
/** osc_menu_prices_open: begins anew with the items of @category_id (nullable: all) chosen. */
void osc_menu_prices_open (OscMenuPrices *self, const char *category_id);
/** osc_menu_prices_set_rule: as if typed: @text: "500"; @percent, @lower: which buttons. */
void
osc_menu_prices_set_rule (OscMenuPrices *self, const char *text, gboolean percent, gboolean lower);

G_END_DECLS
