/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuRow: an item in the list of the menu editor. Its handle is dragged as the text
 * "item:<id>". Signals: "stop" (int: OsyMenuStopMode); "dropped" (const char *text): something was
 * dropped on it. */
#define OSC_TYPE_MENU_ROW (osc_menu_row_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuRow, osc_menu_row, OSC, MENU_ROW, GtkWidget)

/** osc_menu_row_new: blank until osc_menu_row_show(). */
GtkWidget *osc_menu_row_new (void);
/** osc_menu_row_show: @unsaved: whether it is being edited and differs. */
void osc_menu_row_show (OscMenuRow *self, const OsyMenuItem *item, gboolean unsaved);
/** osc_menu_row_show_photo: the picture of the same item, or its place where others have one. */
void osc_menu_row_show_photo (OscMenuRow *self, OscMenuStore *store, const OsyMenuItem *item);
/** osc_menu_row_ask_stop: as a tap on its sold-out button. */
void osc_menu_row_ask_stop (OscMenuRow *self);

/** osc_menu_row_make_handle: makes @handle the place to drag "<kind>:<id>" by; call again when the
 * id changes. */
void osc_menu_row_make_handle (GtkWidget *handle, const char *kind, const char *id);

G_END_DECLS
