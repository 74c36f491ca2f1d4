/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuActs: what is done to the menu at a tap, each one step of undo, told in a toast. Signal
 * "show" (const char *id): an item that is to be looked at next. */
#define OSC_TYPE_MENU_ACTS (osc_menu_acts_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuActs, osc_menu_acts, OSC, MENU_ACTS, GObject)

/** osc_menu_acts_new: @view: (transfer none): where the toasts are shown. */
OscMenuActs *osc_menu_acts_new (OscMenuStore *store, GtkWidget *view);
/** osc_menu_acts_tell: a toast with Undo for the last step. */
void osc_menu_acts_tell (OscMenuActs *self, const char *label);
/** osc_menu_acts_step: takes the last step back, or does it again; the toast names it. */
void osc_menu_acts_step (OscMenuActs *self, gboolean redo);
/** osc_menu_acts_order: an item or category to place @to of its list; beyond its ends: nothing. */
void osc_menu_acts_order (OscMenuActs *self, const char *id, int to);
/** osc_menu_acts_move: an item into another category. */
void osc_menu_acts_move (OscMenuActs *self, const char *id, const char *category_id);
/** osc_menu_acts_copy: an item; then "show" its copy. */
void osc_menu_acts_copy (OscMenuActs *self, const char *id);
/** osc_menu_acts_delete: an item, or a category with every item in it. */
void osc_menu_acts_delete (OscMenuActs *self, const char *id);
/** osc_menu_acts_stop: sold out, or for sale again. */
void
osc_menu_acts_stop (OscMenuActs *self, const char *id, gboolean is_option, OsyMenuStopMode mode);

G_END_DECLS
