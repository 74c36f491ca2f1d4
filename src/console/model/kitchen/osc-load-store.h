/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-kitchen-promise.h"

G_BEGIN_DECLS

/** OscLoadStore: how much the kitchen has to do, and with how many minutes each waiting order can
 * be accepted. Read at every "reset" of the feed and, not more often than twice a second, whenever
 * an order, a ticket, a station or the shop changed; and each half minute, since being busy ends by
 * the clock. Signal: "changed". */
#define OSC_TYPE_LOAD_STORE (osc_load_store_get_type ())
G_DECLARE_FINAL_TYPE (OscLoadStore, osc_load_store, OSC, LOAD_STORE, GObject)

/** osc_load_store_new: @client: (nullable): NULL in tests. */
OscLoadStore *osc_load_store_new (OsyClient *client);
/** osc_load_store_attach: follows @feed. */
void osc_load_store_attach (OscLoadStore *self, OsyFeed *feed);
/** osc_load_store_take: @answer: of GET kitchen/load. */
void osc_load_store_take (OscLoadStore *self, JsonNode *answer);
/** osc_load_store_get: (transfer none) (nullable): as it was last told; NULL until then. */
const OsyKitchenOutlook *osc_load_store_get (OscLoadStore *self);

G_END_DECLS
