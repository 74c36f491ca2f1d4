/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-finding-store.h"

G_BEGIN_DECLS

/** OscFindings: "What was different": a line of the page that says in a sentence each what the days
 * shown were unlike others in, or that nothing was. Signal: "chosen" (OscFinding *). */
#define OSC_TYPE_FINDINGS (osc_findings_get_type ())
G_DECLARE_FINAL_TYPE (OscFindings, osc_findings, OSC, FINDINGS, GtkWidget)

/** osc_findings_follow: @store is shown. */
void osc_findings_follow (OscFindings *self, OscFindingStore *store);

/** Where a finding is told, and so how its day is: not at all, by its weekday, in full. */
typedef enum { OSC_FINDING_ON_DAY, OSC_FINDING_IN_WEEK, OSC_FINDING_ANYWHERE } OscFindingWhen;
/** osc_findings_title: (transfer full): "Sales ₩320,000 below usual". */
char *osc_findings_title (const OscFinding *finding, OscFindingWhen when);
/** osc_findings_reason: (transfer full): what was to be expected, in few words; @item: with the
 * dish that it comes from most. */
char *osc_findings_reason (const OscFinding *finding, gboolean item);

G_END_DECLS
