/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-draft.h"
#include "osy-menu-service.h"

G_BEGIN_DECLS

/** A change of a menu under way: every service of this room begins one, works on its draft, and
 *  commits it. Starts as {tx, call, room}; g_auto clears it. */
typedef struct {
  OsyDbTx *tx;
  const OsyCall *call;
  OsyMenuRoom *room;
  gint64 now; /* UTC µs */
  OsyMenuDraft *draft;
  OsyMenu *menu;  /* what came of it, once committed */
  JsonNode *undo; /* {"changes": […]}, once committed: what puts everything back */
} OsyMenuWork;

/** osy_menu_work_clear: frees what @self holds. */
void osy_menu_work_clear (OsyMenuWork *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyMenuWork, osy_menu_work_clear)

/** osy_menu_work_begin: checks the caller, makes other changes of this menu wait and reads it. */
gboolean osy_menu_work_begin (OsyMenuWork *self,
                              OsyPermission permission,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** How a change is told: audit row and event. */
typedef struct {
  const char *action;      /* "menu.item_updated" */
  const char *object_type; /* "menu_item" */
  const char *object_id;
  JsonNode *old_value; /* nullable */
  JsonNode *new_value; /* nullable */
  gint64 restored;     /* the version that it is again; -1: none */
} OsyMenuNote;

/** osy_menu_work_finish: checks what the draft has become (osy_menu_draft_finish) and writes it;
 *  @self then holds the new menu and the way back. */
gboolean osy_menu_work_finish (OsyMenuWork *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_work_tell: the event menu.changed and, on commit, the cache, without an audit row: for
 *  what no person did. */
gboolean osy_menu_work_tell (OsyMenuWork *self,
                             const OsyMenuNote *note,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_work_note: after _finish: its version's row, audit row, event menu.changed and, on
 *  commit, the cache. */
gboolean osy_menu_work_note (OsyMenuWork *self,
                             const OsyMenuNote *note,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
