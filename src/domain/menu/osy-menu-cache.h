/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bus.h"
#include "osy-db.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/** Menus in memory, one a restaurant, on the main thread; read anew after every menu event. */
#define OSY_TYPE_MENU_CACHE (osy_menu_cache_get_type ())
G_DECLARE_FINAL_TYPE (OsyMenuCache, osy_menu_cache, OSY, MENU_CACHE, GObject)

/** osy_menu_cache_new: @bus: (nullable): whose "menu." events refresh what is held. */
OsyMenuCache *osy_menu_cache_new (OsyDbPool *pool, OsyBus *bus);

/** OsyMenuCacheFunc: @menu: (transfer none) (nullable): NULL with @error. Called on the main
 *  thread, at once when the menu is in memory. */
typedef void (*OsyMenuCacheFunc) (OsyMenu *menu, const GError *error, gpointer user_data);

/** osy_menu_cache_get_async: the restaurant's menu as last committed; version 0 when it has none.
 *  NOT_FOUND for a restaurant that does not exist. Waiters for one menu share one reading. */
void osy_menu_cache_get_async (OsyMenuCache *self,
                               const char *restaurant_id,
                               OsyMenuCacheFunc func,
                               gpointer user_data);

/** osy_menu_cache_peek: Returns: (transfer none) (nullable): the menu if it is in memory now. */
OsyMenu *osy_menu_cache_peek (OsyMenuCache *self, const char *restaurant_id);

/** osy_menu_cache_take: @menu is what has just been committed; who asks gets it without reading. An
 *  older one than what is held is passed over. */
void osy_menu_cache_take (OsyMenuCache *self, OsyMenu *menu);

/** osy_menu_cache_invalidate: the next asker reads anew; one being read is read again. */
void osy_menu_cache_invalidate (OsyMenuCache *self, const char *restaurant_id);

/**
 * osy_menu_cache_print:
 * @menu: of this cache
 * @channel: (nullable): whose prices
 * @etag: (out) (transfer none): strong, quoted: "v<version>-<hash>"
 *
 * Returns: (transfer none): the guests' JSON as it reads now; printed once until the menu or the
 * hour changes it. Both are good until the main loop turns.
 */
GBytes *
osy_menu_cache_print (OsyMenuCache *self, OsyMenu *menu, const char *channel, const char **etag);

G_END_DECLS
