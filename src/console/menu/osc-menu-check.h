/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuCheck: items that lack the origin that the law wants stated, or an allergen that their
 * words tell of; and whether guests see those without an origin all the same. Signals "open" (const
 * char *id, const char *page): an item to be mended on a page of its editor; "closed". */
#define OSC_TYPE_MENU_CHECK (osc_menu_check_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuCheck, osc_menu_check, OSC, MENU_CHECK, GtkWidget)

/** osc_menu_check_new: follows @store. */
GtkWidget *osc_menu_check_new (OscMenuStore *store);
/** osc_menu_check_count: Returns: how many items of @menu lack an origin or an allergen. */
guint osc_menu_check_count (OsyMenu *menu);

G_END_DECLS
