/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** osy_shop_store_organisation_exists: Returns: 1 when any organisation is there, 0 when none, -1
 * with @error. */
int osy_shop_store_organisation_exists (OsyDbTx *tx, GError **error);

/** osy_shop_store_insert_organisation: adds an owner of shops. */
gboolean
osy_shop_store_insert_organisation (OsyDbTx *tx, const char *id, gint64 now, GError **error);

/** osy_shop_store_insert: adds @data with its hours; personal members are sealed. */
gboolean
osy_shop_store_insert (OsyDbTx *tx, OsyKeyring *ring, const OsyShopData *data, GError **error);

/** osy_shop_store_update: writes every changeable member of @data where its row still has
 * @old_version. @found: (out): whether it had. */
gboolean osy_shop_store_update (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyShopData *data,
                                gint64 old_version,
                                gboolean *found,
                                GError **error);

/** osy_shop_store_load: @ring: (nullable): NULL leaves the personal members out. Returns: (transfer
 * full): the shop, NULL with NOT_FOUND when the transaction may not see it. */
OsyShopData *osy_shop_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);

G_END_DECLS
