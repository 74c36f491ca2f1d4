/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-sales-store.h"

G_BEGIN_DECLS

/** OscSalesExport: the button that saves the figures: asks what kind of file it is to be and where
 * to, shows that it is at work, tells in a toast how it went. */
#define OSC_TYPE_SALES_EXPORT (osc_sales_export_get_type ())
G_DECLARE_FINAL_TYPE (OscSalesExport, osc_sales_export, OSC, SALES_EXPORT, GtkWidget)

/** osc_sales_export_follow: whose figures are saved. */
void osc_sales_export_follow (OscSalesExport *self, OscSalesStore *store);
/** osc_sales_export_start: as a press: asks for the kind, unless something is being saved. */
void osc_sales_export_start (OscSalesExport *self);
/** osc_sales_export_choices: (transfer none): the popover of the kinds. */
GtkWidget *osc_sales_export_choices (OscSalesExport *self);
/** osc_sales_export_save: saves to @file. @part: (nullable): a list, as GET analytics/csv names it;
 * NULL: all of them as a workbook. */
void osc_sales_export_save (OscSalesExport *self, const char *part, GFile *file);
/** osc_sales_export_problem: (transfer none): what @error means to who wanted a file. */
const char *osc_sales_export_problem (const GError *error);

/** osc_sales_export_save_page: writes the day shown as a page, or the week of the last one. */
void osc_sales_export_save_page (OscSalesExport *self, GFile *file);

G_END_DECLS
