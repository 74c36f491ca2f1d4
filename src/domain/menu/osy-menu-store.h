/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/* All of it concerns the transaction's restaurant. */

/** osy_menu_store_load: the whole menu as the transaction sees it. (transfer full) */
OsyMenu *osy_menu_store_load (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_bump: raises the menu's version, making the row when there is none, and holds it
 *  until the transaction ends: changes of one menu come one after the other. */
gboolean
osy_menu_store_bump (OsyDbTx *tx, gint64 *version, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_lock: makes other changes of this menu wait until the transaction ends. */
gboolean osy_menu_store_lock (OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Saves: insert at the end of its list, or overwrite and raise the entry's version. An item with
 *  its prices and groups, a group with its options, their prices and groups. */
gboolean osy_menu_store_save_category (OsyDbTx *tx,
                                       const OsyMenuCategory *category,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_store_save_item (OsyDbTx *tx,
                                   const OsyMenuItem *item,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_store_save_group (OsyDbTx *tx,
                                    const OsyMenuGroup *group,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_delete_category, _item, _group: with their prices and links. */
gboolean osy_menu_store_delete_category (OsyDbTx *tx,
                                         const char *id,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
osy_menu_store_delete_item (OsyDbTx *tx, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
osy_menu_store_delete_group (OsyDbTx *tx, const char *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_order_categories, _items: @ids: of char*, in the order they are to stand. */
gboolean osy_menu_store_order_categories (OsyDbTx *tx,
                                          GPtrArray *ids,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
osy_menu_store_order_items (OsyDbTx *tx, GPtrArray *ids, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_store_stop_item, _option: sets or ends a sold-out mark. */
gboolean osy_menu_store_stop_item (OsyDbTx *tx,
                                   const char *id,
                                   const OsyMenuStop *stop,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_menu_store_stop_option (OsyDbTx *tx,
                                     const char *id,
                                     const OsyMenuStop *stop,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
