/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** OscTimeline: what happened to an order: time, what, who; newest last. */
#define OSC_TYPE_TIMELINE (osc_timeline_get_type ())
G_DECLARE_FINAL_TYPE (OscTimeline, osc_timeline, OSC, TIMELINE, GtkWidget)

/** osc_timeline_show: @steps: of OsyOrderStep, oldest first. */
void osc_timeline_show (OscTimeline *self, GPtrArray *steps);
/** osc_timeline_derive: (transfer full): the steps that the times of @order tell of, for as long as
 * the full record is not there. */
GPtrArray *osc_timeline_derive (const OsyOrderData *order);

G_END_DECLS
