/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-kitchen-setup.h"

G_BEGIN_DECLS

/** Name of the station of a shop without a set-up. */
#define OSY_KITCHEN_MAIN_NAME "주방"

/** osy_kitchen_setup_store_load: as it was saved, stations in order; none when there is no set-up.
 * (transfer full) */
OsyKitchenSetup *osy_kitchen_setup_store_load (OsyDbTx *tx, GError **error);

/** osy_kitchen_setup_store_load_working: the same with the main station when there is no other.
 * (transfer full) */
OsyKitchenSetup *osy_kitchen_setup_store_load_working (OsyDbTx *tx, GError **error);

/** osy_kitchen_setup_store_ensure_main: the row of the main station, before a ticket names it. */
gboolean osy_kitchen_setup_store_ensure_main (OsyDbTx *tx, GError **error);

/** osy_kitchen_setup_store_lock: other savings of this set-up wait until the transaction ends. */
gboolean osy_kitchen_setup_store_lock (OsyDbTx *tx, GError **error);

/** osy_kitchen_setup_store_write: saves @setup with its version; stations that it does not name are
 * removed, but stay for old tickets. Ids are set. */
gboolean osy_kitchen_setup_store_write (OsyDbTx *tx, const OsyKitchenSetup *setup, GError **error);

G_END_DECLS
