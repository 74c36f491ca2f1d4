/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** OscSetupHours: opening times in their simple form: the days, and one time to open and to close
 * on all of them. Signals: "changed", "submitted" (Enter). */
#define OSC_TYPE_SETUP_HOURS (osc_setup_hours_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupHours, osc_setup_hours, OSC, SETUP_HOURS, GtkWidget)

/** osc_setup_hours_show: @hours: of OsyShopHours. Returns: FALSE when they do not fit the simple
 * form; then nothing is shown. */
gboolean osc_setup_hours_show (OscSetupHours *self, const GArray *hours);
/** osc_setup_hours_read: Returns: (transfer full) (nullable): the member opening_hours; NULL when a
 * time is wrong, which is then said beside it. */
JsonArray *osc_setup_hours_read (OscSetupHours *self);
/** osc_setup_hours_text: (transfer full): as typed, for a draft. */
char *osc_setup_hours_text (OscSetupHours *self);
void osc_setup_hours_set_text (OscSetupHours *self, const char *text);

/** osc_setup_hours_parse: a time of day as people type it: "9", "0930", "9:30", "24:00". Returns:
 * FALSE when it is none; else *@minutes after midnight. */
gboolean osc_setup_hours_parse (const char *text, int *minutes);

G_END_DECLS
