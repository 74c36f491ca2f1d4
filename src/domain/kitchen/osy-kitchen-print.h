/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-service.h"
#include "osy-printing-service.h"

G_BEGIN_DECLS

/** osy_kitchen_print_tell: OsyKitchenTell that queues slips: a station's ticket, a course that is
 * fired, what became different, and with a delivery its own slip, once. data: the OsyKitchenRoom.
 */
gboolean osy_kitchen_print_tell (OsyDbTx *tx,
                                 const OsyCall *call,
                                 const OsyKitchenNews *news,
                                 gpointer data,
                                 GError **error);

G_END_DECLS
