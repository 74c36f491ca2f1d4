/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuDishes: the page of the editor on which dishes of the menu become choices of a group. */
#define OSC_TYPE_MENU_DISHES (osc_menu_dishes_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuDishes, osc_menu_dishes, OSC, MENU_DISHES, GtkWidget)

/** osc_menu_dishes_new: blank until osc_menu_dishes_show(). */
GtkWidget *osc_menu_dishes_new (OscMenuStore *store);
/** osc_menu_dishes_show: the dishes that may be choices of the group @id; those that are, are
 * ticked. */
void osc_menu_dishes_show (OscMenuDishes *self, OscMenuDraft *draft, const char *id);

G_END_DECLS
