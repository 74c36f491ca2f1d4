/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** Settings of the restaurants in memory, without anything personal. Main thread only. */
#define OSY_TYPE_SHOP_CACHE (osy_shop_cache_get_type ())
G_DECLARE_FINAL_TYPE (OsyShopCache, osy_shop_cache, OSY, SHOP_CACHE, GObject)

/** osy_shop_cache_new: @pool: what shops are loaded through. Returns: (transfer full): empty. */
OsyShopCache *osy_shop_cache_new (OsyDbPool *pool);

/** osy_shop_cache_lookup: Returns: (transfer none) (nullable): the shop as last loaded; NULL when
 * it is not in memory (see osy_shop_cache_load_async()). */
OsyShop *osy_shop_cache_lookup (OsyShopCache *self, const char *restaurant_id);

/** osy_shop_cache_load_async: gives the shop from memory, or loads it through the pool. */
void osy_shop_cache_load_async (OsyShopCache *self,
                                const char *restaurant_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/** osy_shop_cache_load_finish: Returns: (transfer full): the shop, or NULL with NOT_FOUND. */
OsyShop *osy_shop_cache_load_finish (OsyShopCache *self, GAsyncResult *result, GError **error);

/** osy_shop_cache_refresh: loads @restaurant_id anew; until that is done the old one stays. Called
 * on every shop.* event. */
void osy_shop_cache_refresh (OsyShopCache *self, const char *restaurant_id);

G_END_DECLS
