/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** Kinds of entries, as the batch names them. */
#define OSC_DRAFT_CATEGORY "category"
#define OSC_DRAFT_ITEM "item"
#define OSC_DRAFT_GROUP "option_group"

/**
 * OscMenuDraft: one item or category while it is edited, with the option groups that are edited
 * along: entries in the editor's JSON form, the texts of number fields as they were typed. Nothing
 * typed is ever lost: what cannot be understood stays as text and is a fault. Signal "changed".
 */
#define OSC_TYPE_MENU_DRAFT (osc_menu_draft_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuDraft, osc_menu_draft, OSC, MENU_DRAFT, GObject)

/** osc_menu_draft_new: of an entry that is there. @kind: of OSC_DRAFT_…, a static text. Returns:
 * (transfer full) (nullable): NULL when @menu has no such entry. */
OscMenuDraft *osc_menu_draft_new (OsyMenu *menu, const char *kind, const char *id);
/** osc_menu_draft_new_blank: of an entry to be added under a new id. @category_id: of an item. */
OscMenuDraft *osc_menu_draft_new_blank (OsyMenu *menu, const char *kind, const char *category_id);

/** osc_menu_draft_kind: of OSC_DRAFT_…; static. */
const char *osc_menu_draft_kind (OscMenuDraft *self);
/** osc_menu_draft_id: (transfer none). */
const char *osc_menu_draft_id (OscMenuDraft *self);
/** osc_menu_draft_is_new: whether the menu has no such entry yet. */
gboolean osc_menu_draft_is_new (OscMenuDraft *self);
/** osc_menu_draft_is_dirty: whether saving would change anything. */
gboolean osc_menu_draft_is_dirty (OscMenuDraft *self);
/** osc_menu_draft_is_stale: whether @menu has an entry of the draft otherwise than it was read. */
gboolean osc_menu_draft_is_stale (OscMenuDraft *self, OsyMenu *menu);
/** osc_menu_draft_rebase: goes on from @menu, keeping what was typed: it may overwrite the other
 * screen's words. */
void osc_menu_draft_rebase (OscMenuDraft *self, OsyMenu *menu);

/** osc_menu_draft_root: (transfer none): the entry; call osc_menu_draft_touch() after a change. */
JsonObject *osc_menu_draft_root (OscMenuDraft *self);
/** osc_menu_draft_group: (transfer none) (nullable): a group to look at or to edit. */
JsonObject *osc_menu_draft_group (OscMenuDraft *self, const char *id);
void osc_menu_draft_touch (OscMenuDraft *self);

/** osc_menu_draft_group_ids: (transfer full): groups that @owner, the root or an option, offers. */
GStrv osc_menu_draft_group_ids (JsonObject *owner);
/** osc_menu_draft_set_group_ids: in this order. */
void osc_menu_draft_set_group_ids (OscMenuDraft *self, JsonObject *owner, const char *const *ids);
/** osc_menu_draft_add_group: a new group with one blank option for @owner. Returns: (transfer
 * none): its id. */
const char *osc_menu_draft_add_group (OscMenuDraft *self, JsonObject *owner);
/** osc_menu_draft_part_group: gives @owner a copy of its own of the group @id. Returns: (transfer
 * none): the id of the copy. */
const char *osc_menu_draft_part_group (OscMenuDraft *self, JsonObject *owner, const char *id);
/** osc_menu_draft_users: how many items offer the group @id, this one as it is now included. */
guint osc_menu_draft_users (OscMenuDraft *self, const char *id);
/** osc_menu_draft_add_option: a blank option with a new id. */
JsonObject *osc_menu_draft_add_option (OscMenuDraft *self, JsonObject *group);

/** osc_menu_draft_add_dish: a choice that is the dish @item, in place of a lone blank one. */
void osc_menu_draft_add_dish (OscMenuDraft *self, JsonObject *group, const OsyMenuItem *item);
/** osc_menu_draft_drop_dish: takes the choice that is the dish @id out of @group. */
void osc_menu_draft_drop_dish (OscMenuDraft *self, JsonObject *group, const char *id);
/** osc_menu_draft_has_dish: whether a choice of @group is the dish @id. */
gboolean osc_menu_draft_has_dish (JsonObject *group, const char *id);
/** osc_menu_draft_dish: (transfer none) (nullable): the dish that the choice @option is. */
const OsyMenuItem *osc_menu_draft_dish (OscMenuDraft *self, JsonObject *option);
/** osc_menu_draft_begin_combo: a group for each part of a meal, of which one is to be picked. */
void osc_menu_draft_begin_combo (OscMenuDraft *self);

/** osc_menu_draft_check: Returns: (transfer full): place → sentence, empty when it can be saved.
 * Places: "name", "price", "prep_minutes", "prices/1", "prices/1/window", "hours/0"; of
 * groups "<id>/name", "<id>/min",
 * "<id>/<option id>/name", "<id>/<option id>/price". */
GHashTable *osc_menu_draft_check (OscMenuDraft *self);
/** osc_menu_draft_place: (transfer full) (nullable): the place that a fault of the daemon at
 * @pointer ("/changes/0/entry/name") is about. */
char *osc_menu_draft_place (OscMenuDraft *self, const char *pointer);
/** osc_menu_draft_refusals: (transfer full): the same places → sentences of what the daemon
 * refused. */
GHashTable *osc_menu_draft_refusals (OscMenuDraft *self, const GError *error);
/** osc_menu_draft_changes: (transfer full): the batch that saves it: an array. */
JsonNode *osc_menu_draft_changes (OscMenuDraft *self);

G_END_DECLS
