/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-alert-rules.h"
#include "osc-context.h"

G_BEGIN_DECLS

/** OscAlertsPage: whom the shop tells of alerts and how that went, which alerts are told, the quiet
 * hours, and what was told in the last days. */
#define OSC_TYPE_ALERTS_PAGE (osc_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (OscAlertsPage, osc_alerts_page, OSC, ALERTS_PAGE, GtkWidget)

/** osc_alerts_page_new: */
GtkWidget *osc_alerts_page_new (const OscContext *context);

/** What the page shows. */
typedef enum { OSC_ALERTS_TARGETS, OSC_ALERTS_SETUP, OSC_ALERTS_LIST, OSC_N_ALERTS } OscAlertsPart;
/** osc_alerts_page_document: (transfer none): the one of @part; for tests. */
OscDocument *osc_alerts_page_document (OscAlertsPage *self, OscAlertsPart part);
/** osc_alerts_page_rules: (transfer none). */
OscAlertRules *osc_alerts_page_rules (OscAlertsPage *self);

G_END_DECLS
