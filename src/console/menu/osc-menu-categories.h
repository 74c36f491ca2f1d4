/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuCategories: the categories of the menu, one lit. Signals: "picked" (const char *id);
 * "add"; "dropped" (const char *text, const char *id): something was dropped on a category. */
#define OSC_TYPE_MENU_CATEGORIES (osc_menu_categories_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuCategories, osc_menu_categories, OSC, MENU_CATEGORIES, GtkWidget)

/** osc_menu_categories_new: follows @store. */
GtkWidget *osc_menu_categories_new (OscMenuStore *store);
/** osc_menu_categories_mark: lights @id (nullable). */
void osc_menu_categories_mark (OscMenuCategories *self, const char *id);
/** osc_menu_categories_focus: gives the lit one the focus. */
void osc_menu_categories_focus (OscMenuCategories *self);

G_END_DECLS
