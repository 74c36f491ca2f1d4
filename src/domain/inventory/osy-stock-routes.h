/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-http.h"
#include "osy-stock-service.h"

G_BEGIN_DECLS

/** osy_stock_decorate: OsyEventDecorate of "ingredient"; room: an OsyStockRoom. */
gboolean osy_stock_decorate (OsyDbTx *tx,
                             GPtrArray *events,
                             OsyEventExtra *extras,
                             gpointer room,
                             GError **error);

/** Every route of the room; room: an OsyStockRoom. */
extern const OsyRoute osy_stock_routes[];

G_END_DECLS
