/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscTillChips: a reason: chips, or own words. Signals: "changed"; "submitted": Enter in the
 * words. */
#define OSC_TYPE_TILL_CHIPS (osc_till_chips_get_type ())
G_DECLARE_FINAL_TYPE (OscTillChips, osc_till_chips, OSC, TILL_CHIPS, GtkWidget)

/** osc_till_chips_new: offers nothing yet. */
GtkWidget *osc_till_chips_new (void);
/** osc_till_chips_offer: @reasons: msgids; ends with NULL. Nothing is chosen. */
void osc_till_chips_offer (OscTillChips *self, const char *const *reasons);
/** osc_till_chips_set: what is chosen or typed; @reason: nullable. */
void osc_till_chips_set (OscTillChips *self, const char *reason);
/** osc_till_chips_get: (transfer full) (nullable): NULL when there is no reason. */
char *osc_till_chips_get (OscTillChips *self);

G_END_DECLS
