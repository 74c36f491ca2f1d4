/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-printer-store.h"

G_BEGIN_DECLS

/** OscPrintJobs: the slips that are not on paper, each with what can be done about it: print again,
 * at another printer, set aside. Invisible when there is none. */
#define OSC_TYPE_PRINT_JOBS (osc_print_jobs_get_type ())
G_DECLARE_FINAL_TYPE (OscPrintJobs, osc_print_jobs, OSC, PRINT_JOBS, GtkWidget)

/** osc_print_jobs_follow: shows those of @store from now on. */
void osc_print_jobs_follow (OscPrintJobs *self, OscPrinterStore *store);

G_END_DECLS
