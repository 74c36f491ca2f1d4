/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** OscShopStore: the settings of the shop, always the newest: read at every "reset" of the feed and
 * at every shop.updated. Signals: "changed"; "requested" (JsonNode *patch). */
#define OSC_TYPE_SHOP_STORE (osc_shop_store_get_type ())
G_DECLARE_FINAL_TYPE (OscShopStore, osc_shop_store, OSC, SHOP_STORE, GObject)

/** osc_shop_store_new: @client NULL in tests: patches are then only signalled ("requested"). */
OscShopStore *osc_shop_store_new (OsyClient *client);
/** osc_shop_store_attach: follows @feed. */
void osc_shop_store_attach (OscShopStore *self, OsyFeed *feed);
/** osc_shop_store_put: takes @shop as the newest. */
void osc_shop_store_put (OscShopStore *self, OsyShop *shop);
/** osc_shop_store_get: (transfer none) (nullable): NULL before the first load. */
OsyShop *osc_shop_store_get (OscShopStore *self);
/** osc_shop_store_business_day: (transfer full): "YYYY-MM-DD" of @us (UTC µs) by the shop's zone
 * and cut-off; before the first load those of a Korean shop, 05:00. */
char *osc_shop_store_business_day (OscShopStore *self, gint64 us);

/** osc_shop_store_patch_async: PATCH /restaurants/me; /restaurants/me/pace, which more people may,
 * where that is enough. Finishes when the new settings are here. */
void osc_shop_store_patch_async (OscShopStore *self,
                                 JsonNode *patch,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
gboolean osc_shop_store_patch_finish (OscShopStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
