/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuItems: the items of a category, or those that were searched for. Signals: "picked"
 * (const char *id): a person chose it; "stop" (const char *id, int OsyMenuStopMode); "dropped"
 * (const char *text, const char *id): something was dropped on the row of an item. */
#define OSC_TYPE_MENU_ITEMS (osc_menu_items_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuItems, osc_menu_items, OSC, MENU_ITEMS, GtkWidget)

/** osc_menu_items_new: follows @store; empty until osc_menu_items_show(). */
GtkWidget *osc_menu_items_new (OscMenuStore *store);
/** osc_menu_items_show: @category_id: (nullable). @search: when not "", items of every category
 * that match. */
void osc_menu_items_show (OscMenuItems *self, const char *category_id, const char *search);
/** osc_menu_items_mark: lights the row of @id (nullable); @unsaved: with a dot. */
void osc_menu_items_mark (OscMenuItems *self, const char *id, gboolean unsaved);
/** osc_menu_items_set_columns: how many stand side by side. */
void osc_menu_items_set_columns (OscMenuItems *self, guint columns);
/** osc_menu_items_first: (transfer none) (nullable): the id of the first one. */
const char *osc_menu_items_first (OscMenuItems *self);
/** osc_menu_items_focus: gives the list the focus, at the lit row. */
void osc_menu_items_focus (OscMenuItems *self);
/** osc_menu_items_ask_stop: as a tap on the sold-out button of the lit row. */
void osc_menu_items_ask_stop (OscMenuItems *self);

G_END_DECLS
