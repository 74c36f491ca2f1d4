/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-service.h"

G_BEGIN_DECLS

/** osy_kitchen_setup_service_get: with the items that no route takes; needs order:read. (transfer
 * full) */
OsyKitchenSetup *osy_kitchen_setup_service_get (OsyDbTx *tx, const OsyCall *call, GError **error);

/**
 * osy_kitchen_setup_service_save:
 * @wanted: its version is the one that the caller saw
 *
 * Needs kitchen:manage. Stations without an id get one; open tickets of stations that are gone come
 * to the default, and what only waits for an expo that is gone is ready. Returns: FALSE with
 * VERSION_CONFLICT (current_version), INVALID_REQUEST, or UNROUTED (member unrouted) when an item
 * would reach no station.
 */
gboolean osy_kitchen_setup_service_save (OsyDbTx *tx,
                                         const OsyKitchenRoom *room,
                                         const OsyCall *call,
                                         OsyKitchenSetup *wanted,
                                         GError **error);

G_END_DECLS
