/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscDeliveriesPage: where the shop delivers and for how much, who carries it, the agency that is
 * called, and how riders' phones come here. */
#define OSC_TYPE_DELIVERIES_PAGE (osc_deliveries_page_get_type ())
G_DECLARE_FINAL_TYPE (OscDeliveriesPage, osc_deliveries_page, OSC, DELIVERIES_PAGE, GtkWidget)

/** osc_deliveries_page_new: reads at once. */
GtkWidget *osc_deliveries_page_new (const OscContext *context);
/** osc_deliveries_page_take: @zones, @setup: as GET delivery-zones and delivery-setup say them. */
void osc_deliveries_page_take (OscDeliveriesPage *self, JsonNode *zones, JsonNode *setup);

G_END_DECLS
