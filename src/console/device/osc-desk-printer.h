/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-printer-store.h"
#include "osy-slip.h"

G_BEGIN_DECLS

/** OscDeskPrinter: prints the slips of the printers of this computer (transport SYSTEM) by
 * GtkPrintOperation: takes one from the daemon's queue, prints it, tells what became of it, takes
 * the next. Slips of queues that this computer does not have are left to the console that has them.
 */
#define OSC_TYPE_DESK_PRINTER (osc_desk_printer_get_type ())
G_DECLARE_FINAL_TYPE (OscDeskPrinter, osc_desk_printer, OSC, DESK_PRINTER, GObject)

/** osc_desk_printer_new: works for @store until it is let go of. */
OscDeskPrinter *osc_desk_printer_new (OscPrinterStore *store);

/** osc_desk_printer_operation: what prints @slip on one page as wide as paper of @columns (32: 58
 * mm, else 80) and as long as the slip. Returns: (transfer full): to be run; @slip is copied. */
GtkPrintOperation *osc_desk_printer_operation (const OsySlip *slip, int columns);

/** osc_desk_printer_each_queue: calls @found with the name of each queue of this computer, now or
 * soon; never after @owner is gone. */
typedef void (*OscDeskQueueFunc) (GObject *owner, const char *queue);
void osc_desk_printer_each_queue (GObject *owner, OscDeskQueueFunc found);

G_END_DECLS
