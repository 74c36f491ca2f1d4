/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-delivery.h"

G_BEGIN_DECLS

/** OscZoneSheetDone: @zone: (transfer full) (nullable): as it was typed; NULL: taken away. */
typedef void (*OscZoneSheetDone) (GtkWidget *page, guint place, OsyDeliveryZone *zone);

/** osc_zone_sheet_show: over @page. @zone: (nullable): a new one. @place: given back to @done. */
void osc_zone_sheet_show (GtkWidget *page,
                          const OsyDeliveryZone *zone,
                          guint place,
                          OscZoneSheetDone done);

G_END_DECLS
