/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-document.h"

G_BEGIN_DECLS

/** OscReportsPage: when reports are made and where they go, yesterday's to look at, and what became
 * of the last ones. Signal "wanted" (const char *path): a report is opened. */
#define OSC_TYPE_REPORTS_PAGE (osc_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (OscReportsPage, osc_reports_page, OSC, REPORTS_PAGE, GtkWidget)

/** osc_reports_page_new: */
GtkWidget *osc_reports_page_new (const OscContext *context);

/** What the page shows. */
typedef enum { OSC_REPORTS_SETUP, OSC_REPORTS_LIST, OSC_N_REPORTS_PARTS } OscReportsPart;
/** osc_reports_page_document: (transfer none): the one of @part; for tests. */
OscDocument *osc_reports_page_document (OscReportsPage *self, OscReportsPart part);
/** osc_reports_page_set_folder: as if somebody had chosen @path. */
void osc_reports_page_set_folder (OscReportsPage *self, const char *path);

G_END_DECLS
