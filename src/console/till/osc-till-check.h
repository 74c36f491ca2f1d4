/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-till-store.h"

G_BEGIN_DECLS

/** OscTillCheck: what was counted beside what there should be, why they differ, and what stays in
 * the drawer. Who may not close is told no figure. Signal: "submitted": Enter in a field. */
#define OSC_TYPE_TILL_CHECK (osc_till_check_get_type ())
G_DECLARE_FINAL_TYPE (OscTillCheck, osc_till_check, OSC, TILL_CHECK, GtkWidget)

/** osc_till_check_follow: whose draft, and which; what was typed is shown. */
void osc_till_check_follow (OscTillCheck *self, OscTillStore *store, OscTillFor what);
/** osc_till_check_show: the figures anew; fields stay as they are typed. */
void osc_till_check_show (OscTillCheck *self);
/** osc_till_check_ask: a reason is missing: the focus goes there. */
void osc_till_check_ask (OscTillCheck *self);
/** osc_till_check_wants_reason: Returns: whether a reason has to be given that is not there. */
gboolean osc_till_check_wants_reason (OscTillCheck *self);

G_END_DECLS
