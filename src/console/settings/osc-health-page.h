/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** How the house is: what is on its way, what needs a look and what to do then; and all of it as a
 * text for whoever helps, which names nobody. Asked for again every few seconds while it is seen.
 */
#define OSC_TYPE_HEALTH_PAGE (osc_health_page_get_type ())
G_DECLARE_FINAL_TYPE (OscHealthPage, osc_health_page, OSC, HEALTH_PAGE, GtkWidget)

/** osc_health_page_new: @context: borrowed. */
GtkWidget *osc_health_page_new (const OscContext *context);
/** osc_health_page_take: @answer: (nullable): of getHealthReport; NULL: nobody answered. @us: how
 * long it took. */
void osc_health_page_take (OscHealthPage *self, JsonNode *answer, gint64 us);
/** osc_health_page_text: Returns: (transfer full): what is copied for support. */
char *osc_health_page_text (OscHealthPage *self);

G_END_DECLS
