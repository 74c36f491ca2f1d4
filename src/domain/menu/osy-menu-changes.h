/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-edit.h"

G_BEGIN_DECLS

/** Most changes of one batch: the undo of the largest import is one, too. */
#define OSY_MENU_MAX_CHANGES 20000

/**
 * osy_menu_changes_apply:
 * @reader: of {"changes": […]}, as openapi.yaml's MenuChanges says
 * @edit: its draft takes the changes, all of them or, on error, an unknown part
 *
 * Returns: FALSE with INVALID_REQUEST (pointers into /changes/…), or with VERSION_CONFLICT when an
 * entry, mark or list is not what the client saw ("expect") or is gone: member `entries` names
 * them, [{kind, id}], `id` absent for the list of categories.
 */
gboolean osy_menu_changes_apply (OsyJsonReader *reader,
                                 OsyMenuEdit *edit,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_menu_changes_between:
 * @from, @to: two menus
 * @touched: of the draft between them: tables of the ids of entries that may differ
 * @now: UTC µs: marks that are over are none
 *
 * Returns: (transfer full): {"changes": […]}: the batch that makes @to of @from, but for versions.
 * What it changes it expects to be as in @from.
 */
JsonNode *
osy_menu_changes_between (OsyMenu *from, OsyMenu *to, GHashTable *const *touched, gint64 now);

/** osy_menu_changes_expect_list, _expect_stop: Returns: (transfer full): what "expect" says of the
 *  order of a list (of OsyMenuEntry), of a sold-out mark. */
char *osy_menu_changes_expect_list (GPtrArray *entries);
char *osy_menu_changes_expect_stop (const OsyMenuStop *stop);

G_END_DECLS
