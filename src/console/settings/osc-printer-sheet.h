/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"
#include "osc-printer-store.h"

G_BEGIN_DECLS

/** osc_printer_sheet_show: a dialog over the window of @from that adds a printer, or changes
 * @printer (nullable), or takes it away. */
void osc_printer_sheet_show (GtkWidget *from, OscPrinterStore *store, const OsyPrinter *printer);
/** osc_printer_sheet_elsewhere: asks at which printer the slip @job_id is to be printed. */
void osc_printer_sheet_elsewhere (GtkWidget *from, OscPrinterStore *store, const char *job_id);
/** osc_printer_sheet_open_drawer: asks for the reason, and by PIN for whoever may not, then opens
 * the first drawer. */
void osc_printer_sheet_open_drawer (GtkWidget *from, OscPrinterStore *store, OscPeople *people);

G_END_DECLS
