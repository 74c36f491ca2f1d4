/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPastDay: which business day is looked at: one back, one on, a calendar, or every day. Signal
 * "chosen": osc_past_day_get() is another one. */
#define OSC_TYPE_PAST_DAY (osc_past_day_get_type ())
G_DECLARE_FINAL_TYPE (OscPastDay, osc_past_day, OSC, PAST_DAY, GtkWidget)

/** osc_past_day_set_today: "YYYY-MM-DD": there is nothing after it. */
void osc_past_day_set_today (OscPastDay *self, const char *today);
/** osc_past_day_set: @day: (nullable): NULL: every day. Says nothing. */
void osc_past_day_set (OscPastDay *self, const char *day);
/** osc_past_day_get: (transfer none) (nullable). */
const char *osc_past_day_get (OscPastDay *self);
/** osc_past_day_step: chooses a day @days away, as far as there are any. */
void osc_past_day_step (OscPastDay *self, int days);

G_END_DECLS
