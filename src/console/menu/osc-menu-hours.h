/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"

G_BEGIN_DECLS

/** OscMenuHours: a page of the times at which an item or a category is sold. */
#define OSC_TYPE_MENU_HOURS (osc_menu_hours_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuHours, osc_menu_hours, OSC, MENU_HOURS, GtkWidget)

/** osc_menu_hours_new: blank until osc_menu_hours_show(). */
GtkWidget *osc_menu_hours_new (void);
/** osc_menu_hours_show: the times that the entry of @draft has. */
void osc_menu_hours_show (OscMenuHours *self, OscMenuDraft *draft);
/** osc_menu_hours_add: one more. */
void osc_menu_hours_add (OscMenuHours *self);
/** osc_menu_hours_words: (transfer full) (nullable): "Mon–Fri 11:00–14:30"; NULL: at any time. */
char *osc_menu_hours_words (JsonObject *entry);

/** osc_menu_window_new: weekdays to tick and two times to type, which write to @row at once.
 * @place: of the fault that is shown there; "<place>/days" of the one about days. */
GtkWidget *osc_menu_window_new (OscMenuDraft *draft, JsonObject *row, const char *place);
/** osc_menu_window_fill: makes @row hold on @weekdays from @from until @until. */
void osc_menu_window_fill (JsonObject *row, guint weekdays, int from, int until);

G_END_DECLS
