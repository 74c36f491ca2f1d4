/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscMenuForm: the first page of an item: what changes most, and one line for each other page.
 * Signal "open" (const char *page, const char *group_id): "group" with its id, or "allergens",
 * "origin", "channels", "prices", "more" without. */
#define OSC_TYPE_MENU_FORM (osc_menu_form_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuForm, osc_menu_form, OSC, MENU_FORM, GtkWidget)

/** osc_menu_form_new: blank until osc_menu_form_show(). */
GtkWidget *osc_menu_form_new (OscMenuStore *store);
/** osc_menu_form_show: shows @draft, of an item. */
void osc_menu_form_show (OscMenuForm *self, OscMenuDraft *draft);
/** osc_menu_form_focus: the name, where an item begins. */
void osc_menu_form_focus (OscMenuForm *self);
/** osc_menu_form_fill_groups: makes @box the group lines of @owner, the root of @draft or an
 * option, and under them the button that adds one; "open" comes from @self. */
void
osc_menu_form_fill_groups (OscMenuForm *self, GtkBox *box, OscMenuDraft *draft, JsonObject *owner);

G_END_DECLS
