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
/** osc_hours_parse: a time of day as people type it, "9", "0930", "9:30", "24:00". Returns: FALSE
 * when it is none; else *@minutes after midnight. */
gboolean osc_hours_parse (const char *text, int *minutes);
/** osc_hours_clock: (transfer full): "09:30". */
char *osc_hours_clock (int minutes);

G_END_DECLS
