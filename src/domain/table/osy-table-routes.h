/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-http.h"
#include "osy-table-service.h"

G_BEGIN_DECLS

/** /restaurants/me/tables…; room: an OsyTableContext. */
extern const OsyRoute osy_table_routes[];
/** /restaurants/me/bookings… and …/waiting…; room: an OsyTableContext. */
extern const OsyRoute osy_booking_routes[];

/** osy_table_run_seat: does "seat" for a party that waits; answers @http. */
void osy_table_run_seat (OsyHttpRequest *http, gpointer room, const char *waiting_id);

/** osy_table_decorate: OsyEventDecorate of "table". */
gboolean osy_table_decorate (OsyDbTx *tx,
                             GPtrArray *events,
                             OsyEventExtra *extras,
                             gpointer room,
                             GError **error);
/** osy_table_on_event: OsyEventHandler of "order." and "check.": who has ordered at a table sits
 *  there; tables show what their orders and checks have come to. */
gboolean osy_table_on_event (OsyDbTx *tx,
                             const OsyCall *call,
                             const OsyEvent *event,
                             gpointer room,
                             GError **error);

G_END_DECLS
