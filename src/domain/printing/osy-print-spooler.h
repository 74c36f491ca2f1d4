/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-printing-routes.h"

G_BEGIN_DECLS

/** Brings slips from the queue to the printers: one at a time each, all printers beside each other.
 * Lives on the main thread, works on others; nobody ever waits for it. */
OsyPrintSpooler *osy_print_spooler_new (OsyPrintingRoom *room, OsyBus *bus);
void osy_print_spooler_free (OsyPrintSpooler *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrintSpooler, osy_print_spooler_free)

/** osy_print_spooler_start: with what the last run left over; what it was printing is in doubt. */
void osy_print_spooler_start (OsyPrintSpooler *self);
/** osy_print_spooler_stop: gives up what is on its way. */
void osy_print_spooler_stop (OsyPrintSpooler *self);
/** osy_print_spooler_wake: slips may wait in the shop; @now: also at printers that are given a rest
 * after a fault, since a person asks. */
void osy_print_spooler_wake (OsyPrintSpooler *self, const char *restaurant_id, gboolean now);

/** osy_print_spooler_kick_async: opens the drawer of @printer at once or not at all: one that opens
 * later by itself would be open to anybody. */
void osy_print_spooler_kick_async (OsyPrintSpooler *self,
                                   const OsyPrinter *printer,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/** osy_print_spooler_kick_finish: Returns: FALSE with UNAVAILABLE. */
gboolean osy_print_spooler_kick_finish (GAsyncResult *result, GError **error);

G_END_DECLS
