/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-sales-range.h"

G_BEGIN_DECLS

/** OscRangePick: a popover with two calendars: the first and the last day. Signal: "chosen". */
#define OSC_TYPE_RANGE_PICK (osc_range_pick_get_type ())
G_DECLARE_FINAL_TYPE (OscRangePick, osc_range_pick, OSC, RANGE_PICK, GtkPopover)

/** osc_range_pick_set: what its calendars show. @today: no later day can be had. */
void osc_range_pick_set (OscRangePick *self, const OscSalesRange *range, const GDate *today);
/** osc_range_pick_get: the days between the two, whichever was chosen as the first. */
void osc_range_pick_get (OscRangePick *self, OscSalesRange *range);

G_END_DECLS
