/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-menu-draft.h"

G_BEGIN_DECLS

/** OscMenuGroup: the page of one option group: names, how many are to be taken, its choices.
 * Signals: "open" (const char *option_id): the groups under a choice are wanted; "parted" (const
 * char *id): the group is now a copy of this item's own; "removed": it was taken off its owner;
 * "stop" (const char *option_id, int OsyMenuStopMode); "dishes": choices are to be picked from the
 * menu. */
#define OSC_TYPE_MENU_GROUP (osc_menu_group_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuGroup, osc_menu_group, OSC, MENU_GROUP, GtkWidget)

/** osc_menu_group_new: blank until osc_menu_group_show(). */
GtkWidget *osc_menu_group_new (OscMenuStore *store);
/** osc_menu_group_show: @owner: (transfer none): the root of the draft, or the option that offers
 * the group. */
void
osc_menu_group_show (OscMenuGroup *self, OscMenuDraft *draft, JsonObject *owner, const char *id);
/** osc_menu_group_count_words: (transfer full): "Pick 1", "0–3". */
char *osc_menu_group_count_words (JsonObject *group);
/** osc_menu_group_choices: (transfer full): its choices with their prices in one line. */
char *osc_menu_group_choices (JsonObject *group);

G_END_DECLS
