/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscAnalytics: the view of what was sold: a range, its figures and charts, and the orders behind
 * each of them. */
#define OSC_TYPE_ANALYTICS (osc_analytics_get_type ())
G_DECLARE_FINAL_TYPE (OscAnalytics, osc_analytics, OSC, ANALYTICS, GtkWidget)

/** osc_analytics_new: an OscView. */
GtkWidget *osc_analytics_new (const OscContext *context);
/** osc_analytics_tick: once a minute while it is on screen: time has gone on, maybe to another day.
 */
void osc_analytics_tick (OscAnalytics *self);

G_END_DECLS
