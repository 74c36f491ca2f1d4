/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-sales-store.h"

G_BEGIN_DECLS

/** OscSalesExport: the button that saves a list of the figures as a spreadsheet: asks for the file,
 * shows that it is at work, tells in a toast how it went. */
#define OSC_TYPE_SALES_EXPORT (osc_sales_export_get_type ())
G_DECLARE_FINAL_TYPE (OscSalesExport, osc_sales_export, OSC, SALES_EXPORT, GtkButton)

/** osc_sales_export_follow: whose figures are saved. */
void osc_sales_export_follow (OscSalesExport *self, OscSalesStore *store);
/** osc_sales_export_start: as a press: asks where to, unless something is being saved. */
void osc_sales_export_start (OscSalesExport *self);
/** osc_sales_export_save: saves @part, as GET analytics/csv names it, to @file. */
void osc_sales_export_save (OscSalesExport *self, const char *part, GFile *file);
/** osc_sales_export_problem: (transfer none): what @error means to who wanted a file. */
const char *osc_sales_export_problem (const GError *error);

G_END_DECLS
