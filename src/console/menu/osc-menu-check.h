/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuCheck: items whose origin the law wants stated and that lack it, and whether guests see
 * them all the same. Signals "open" (const char *id): an item to be mended; "closed". */
#define OSC_TYPE_MENU_CHECK (osc_menu_check_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuCheck, osc_menu_check, OSC, MENU_CHECK, GtkWidget)

/** osc_menu_check_new: follows @store. */
GtkWidget *osc_menu_check_new (OscMenuStore *store);
/** osc_menu_check_count: Returns: how many items of @menu lack an origin. */
guint osc_menu_check_count (OsyMenu *menu);

G_END_DECLS
