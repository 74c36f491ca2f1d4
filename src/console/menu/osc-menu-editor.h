/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"
#include "osc-context.h"

G_BEGIN_DECLS

/** OscMenuEditor: the right of the menu editor: the draft of an item or category, one page at a
 * time, and what can be done with it. Signals: "save", "delete", "copy"; "place" (int): one up (-1)
 * or down; "category" (const char *id): the item is to move there; "mine", "theirs": answers to a
 * conflict; "stop" (const char *option_id, int OsyMenuStopMode). */
#define OSC_TYPE_MENU_EDITOR (osc_menu_editor_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuEditor, osc_menu_editor, OSC, MENU_EDITOR, GtkWidget)

/** osc_menu_editor_new: @context: its menu, shop and printers; they outlive it. Blank until
 * osc_menu_editor_show(). */
GtkWidget *osc_menu_editor_new (const OscContext *context);
/** osc_menu_editor_show: @draft: (nullable): from its first page. */
void osc_menu_editor_show (OscMenuEditor *self, OscMenuDraft *draft);
/** osc_menu_editor_back: one page back. Returns: FALSE when the first one is shown. */
gboolean osc_menu_editor_back (OscMenuEditor *self);
/** osc_menu_editor_open: a page: "group" with its id, "allergens", "origin", "channels", "prices",
 * "more". */
void osc_menu_editor_open (OscMenuEditor *self, const char *page, const char *id);
/** osc_menu_editor_show_faults: place → sentence, as osc_menu_draft_check() has them; goes to the
 * first. */
void osc_menu_editor_show_faults (OscMenuEditor *self, GHashTable *faults);
/** osc_menu_editor_show_conflict: whether another screen was first. */
void osc_menu_editor_show_conflict (OscMenuEditor *self, gboolean shown);
/** osc_menu_editor_set_busy: while it is being saved. */
void osc_menu_editor_set_busy (OscMenuEditor *self, gboolean busy);
/** osc_menu_editor_focus: puts the cursor into the name. */
void osc_menu_editor_focus (OscMenuEditor *self);

G_END_DECLS
