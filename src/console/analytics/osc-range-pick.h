/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscRangePick: a popover with two calendars: the first and the last day. Signal: "chosen". */
#define OSC_TYPE_RANGE_PICK (osc_range_pick_get_type ())
G_DECLARE_FINAL_TYPE (OscRangePick, osc_range_pick, OSC, RANGE_PICK, GtkPopover)

/** osc_range_pick_set: what its calendars show. */
void osc_range_pick_set (OscRangePick *self, const GDate *from, const GDate *to);
/** osc_range_pick_get: the two days, in whatever order they were chosen. */
void osc_range_pick_get (OscRangePick *self, GDate *one, GDate *other);

G_END_DECLS
