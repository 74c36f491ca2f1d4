/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** A menu being changed in memory, by any number of steps, until osy_menu_draft_finish() says
 *  whether what came of it is a menu. */
typedef struct {
  OsyMenu *old;                          /* as it stands */
  OsyMenuData *data;                     /* as it is to be; NULL once finished */
  GHashTable *entries[OSY_MENU_N_KINDS]; /* id → entry in data, or still to be put */
  GHashTable *touched[OSY_MENU_N_KINDS]; /* id → JSON pointer of what put or deleted it */
  GPtrArray *loose[OSY_MENU_N_KINDS];    /* entries that are deleted, or still to be put */
} OsyMenuDraft;

/** osy_menu_draft_new: a draft that is @menu so far. (transfer full) */
OsyMenuDraft *osy_menu_draft_new (OsyMenu *menu);
void osy_menu_draft_free (OsyMenuDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuDraft, osy_menu_draft_free)

/** osy_menu_draft_find: Returns: (transfer none) (nullable): the entry as it is to be; look, do not
 *  touch. One that was only announced is blank. */
OsyMenuEntry *osy_menu_draft_find (OsyMenuDraft *self, OsyMenuKind kind, const char *id);

/** osy_menu_draft_announce: an entry will be put under @id, so others may name it from now on. */
void osy_menu_draft_announce (OsyMenuDraft *self, OsyMenuKind kind, const char *id);

/**
 * osy_menu_draft_put:
 * @entry: (transfer full): of @kind, with an id; groups it names are found again by their ids, its
 *   items and its version do not count
 * @position: where in its list; -1: where it is, or last if it is new there
 * @where: JSON pointer for refusals, "" for the whole body
 */
void osy_menu_draft_put (OsyMenuDraft *self,
                         OsyMenuKind kind,
                         OsyMenuEntry *entry,
                         gint64 position,
                         const char *where);

/** osy_menu_draft_delete: takes the entry @id out; it must be there. */
void
osy_menu_draft_delete (OsyMenuDraft *self, OsyMenuKind kind, const char *id, const char *where);

/** osy_menu_draft_order: puts the categories (@category_id NULL) or a category's items in the order
 *  of @ids. Returns: FALSE, nothing moved, unless these are exactly the ids of that list. */
gboolean osy_menu_draft_order (OsyMenuDraft *self,
                               const char *category_id,
                               GPtrArray *ids) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_draft_stop: (nullable): the sold-out mark of the item, or option, with this id. */
OsyMenuStop *osy_menu_draft_stop (OsyMenuDraft *self, const char *id, gboolean is_option);

/**
 * osy_menu_draft_finish:
 *
 * Returns: (transfer full): the new menu, one version on; or NULL with CONFLICT (a name or code
 * taken, a deleted category with items, a deleted group in use) or INVALID_REQUEST (osy_menu_new).
 * The draft can be asked what was touched, and nothing else, from then on.
 */
OsyMenu *osy_menu_draft_finish (OsyMenuDraft *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
