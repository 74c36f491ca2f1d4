/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** OscHours: opening times day by day; a break is a second row of a day, and what closes at or
 * before its opening closes on the next morning. Signal "changed": a row was finished, added or
 * taken out. */
#define OSC_TYPE_HOURS (osc_hours_get_type ())
G_DECLARE_FINAL_TYPE (OscHours, osc_hours, OSC, HOURS, GtkWidget)

/** osc_hours_show: @hours: of OsyShopHours. */
void osc_hours_show (OscHours *self, const GArray *hours);
/** osc_hours_read: Returns: (transfer full) (nullable): the member opening_hours; NULL when a time
 * is not finished or wrong, which is then marked. */
JsonArray *osc_hours_read (OscHours *self);

G_END_DECLS
