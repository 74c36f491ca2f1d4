/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscMenuBatch: what the buttons and drags of the menu editor mean, as changes of POST
 * /restaurants/me/menu/changes. All: (transfer full) (nullable): NULL when there is nothing to do.
 */

/** osc_menu_batch_delete_item. */
JsonNode *osc_menu_batch_delete_item (OsyMenu *menu, const char *id);
/** osc_menu_batch_delete_category: with every item in it. */
JsonNode *osc_menu_batch_delete_category (OsyMenu *menu, const char *id);
/** osc_menu_batch_copy_item: right behind the item, under a name that is free. @new_id: (out)
 * (transfer full): its id. */
JsonNode *osc_menu_batch_copy_item (OsyMenu *menu, const char *id, char **new_id);
/** osc_menu_batch_order: an item within its category, or a category, to place @to. */
JsonNode *osc_menu_batch_order (OsyMenu *menu, const char *id, guint to);
/** osc_menu_batch_move_item: into another category, last. */
JsonNode *osc_menu_batch_move_item (OsyMenu *menu, const char *id, const char *category_id);
/** osc_menu_batch_place: where the item or category stands in its list; -1: nowhere. @of:
 * (out): how many stand there. */
int osc_menu_batch_place (OsyMenu *menu, const char *id, guint *of);

G_END_DECLS
