/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-kitchen-setup.h"

G_BEGIN_DECLS

/** OscStationStore: how the kitchen is laid out. Read at every "reset" of the feed and whenever it
 * was changed. Signals: "changed"; "requested" (const char *body): in tests, what would be saved.
 */
#define OSC_TYPE_STATION_STORE (osc_station_store_get_type ())
G_DECLARE_FINAL_TYPE (OscStationStore, osc_station_store, OSC, STATION_STORE, GObject)

/** osc_station_store_new: @client: (nullable): NULL in tests. */
OscStationStore *osc_station_store_new (OsyClient *client);
/** osc_station_store_attach: follows @feed. */
void osc_station_store_attach (OscStationStore *self, OsyFeed *feed);
/** osc_station_store_take: @answer: of GET or PUT kitchen/setup. */
void osc_station_store_take (OscStationStore *self, JsonNode *answer);
/** osc_station_store_get: (transfer none) (nullable): as the daemon has it; NULL until it was read.
 */
const OsyKitchenSetup *osc_station_store_get (OscStationStore *self);
/** osc_station_store_save_async: the whole of it, with the version it was read with. Finish: FALSE
 * with UNROUTED, VERSION_CONFLICT, …; "changed" came before otherwise. */
void osc_station_store_save_async (OscStationStore *self,
                                   const OsyKitchenSetup *setup,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
gboolean
osc_station_store_save_finish (OscStationStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
