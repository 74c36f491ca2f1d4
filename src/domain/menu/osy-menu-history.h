/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-work.h"

G_BEGIN_DECLS

/** Each version of a menu and the way back from it, a year long. A menu as it was has the sold-out
 * marks of now: they tell of the kitchen, not of the menu. */

/** osy_menu_history_keep: after osy_menu_work_finish(): the row of this version; none when nothing
 * but marks changed. */
gboolean osy_menu_history_keep (OsyMenuWork *self,
                                const OsyMenuNote *note,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_history_list: versions before @before (0: from the newest), newest first; menu:manage.
 * Returns: (transfer full): {"versions", "next_cursor"}. */
JsonNode *osy_menu_history_list (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyMenuRoom *room,
                                 const OsyMenuPage *page,
                                 GError **error);

/** osy_menu_history_compare: what would change if the menu became what it was at @version;
 * menu:manage. Returns: (transfer full): {"version", "current_version", "expect", "changes",
 * "change_count"}; NULL with NOT_FOUND when that is not known. */
JsonNode *
osy_menu_history_compare (OsyDbTx *tx, const OsyCall *call, gint64 version, GError **error);

/** osy_menu_history_changes_to: @menu: as it stands. @expect: (nullable): as _compare told it, else
 * VERSION_CONFLICT. Returns: (transfer full): {"changes": […]}: what makes it as it was at
 * @version; NULL with NOT_FOUND. */
JsonNode *osy_menu_history_changes_to (OsyDbTx *tx,
                                       OsyMenu *menu,
                                       gint64 version,
                                       const char *expect,
                                       GError **error);

G_END_DECLS
