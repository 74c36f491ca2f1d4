/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-menu-import.h"
#include "osc-menu-prices.h"
#include "osc-menu-versions.h"

G_BEGIN_DECLS

/** OscMenuView: the menu editor (console-ux 7.9): categories, items, what is being edited. An
 * OscView; opens an item by its id. */
#define OSC_TYPE_MENU_VIEW (osc_menu_view_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuView, osc_menu_view, OSC, MENU_VIEW, GtkWidget)

/** osc_menu_view_new: @context: its menu is kept. */
GtkWidget *osc_menu_view_new (const OscContext *context);
/** osc_menu_view_import: (transfer none): shows the import pane, still without a file. */
OscMenuImport *osc_menu_view_import (OscMenuView *self);
/** osc_menu_view_prices: (transfer none): shows the many prices, those of the category chosen. */
OscMenuPrices *osc_menu_view_prices (OscMenuView *self);
/** osc_menu_view_versions: (transfer none): shows earlier menus. */
OscMenuVersions *osc_menu_view_versions (OscMenuView *self);
/** osc_menu_view_open_page: a page of the editor, as osc_menu_editor_open(). */
void osc_menu_view_open_page (OscMenuView *self, const char *page, const char *id);

G_END_DECLS
