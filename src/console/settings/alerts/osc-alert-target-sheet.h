/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-document.h"

G_BEGIN_DECLS

/** osc_alert_target_sheet_show: over @page: somebody to tell of alerts, by one of the ways of
 * osc_alert_words_channels(). @targets: of GET alert-targets. @target: (nullable): of that list,
 * to be changed; what is not typed stays as it is. */
void osc_alert_target_sheet_show (GtkWidget *page, OscDocument *targets, JsonObject *target);

/** osc_alert_target_sheet_taken: what the daemon answered to one that was added: the secret with
 * which it signs is shown this once; for tests. */
void osc_alert_target_sheet_taken (GtkWindow *sheet, JsonObject *answer);

G_END_DECLS
