/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"

G_BEGIN_DECLS

typedef enum {
  OSC_LINES_ORIGIN, /* ingredient and where it comes from */
  OSC_LINES_PRICES, /* price by channel and from which day on */
} OscLinesKind;

/** OscMenuLines: a page of lines to add to and take away: the origin statement, or price rows. */
#define OSC_TYPE_MENU_LINES (osc_menu_lines_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuLines, osc_menu_lines, OSC, MENU_LINES, GtkWidget)

/** osc_menu_lines_new: blank until osc_menu_lines_show(). */
GtkWidget *osc_menu_lines_new (void);
/** osc_menu_lines_show: the lines that @draft has. */
void osc_menu_lines_show (OscMenuLines *self, OscMenuDraft *draft, OscLinesKind kind);
/** osc_menu_lines_missing: Returns: (transfer full): ingredients of the item without an origin. */
GStrv osc_menu_lines_missing (OscMenuDraft *draft);
/** osc_menu_lines_allergens: Returns: (transfer full): allergens that the words of the item tell of
 * and that it does not state: as the law writes them. */
GStrv osc_menu_lines_allergens (OscMenuDraft *draft);

G_END_DECLS
