/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-findings.h"
#include "osc-sales-store.h"

G_BEGIN_DECLS

/** OscSalesPage: the figures of a range as cards and charts. Signals: "behind" (const char *figure,
 * const char *key, const char *title, const char *words): what is behind a mark or (key NULL) a
 * figure is wanted; "retry". */
#define OSC_TYPE_SALES_PAGE (osc_sales_page_get_type ())
G_DECLARE_FINAL_TYPE (OscSalesPage, osc_sales_page, OSC, SALES_PAGE, GtkWidget)

/** osc_sales_page_show: what @store has. */
void osc_sales_page_show (OscSalesPage *self, OscSalesStore *store, const GDate *today);
/** osc_sales_page_findings: (transfer none): what was different. */
OscFindings *osc_sales_page_findings (OscSalesPage *self);

G_END_DECLS
