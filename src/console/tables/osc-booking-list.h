/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-table-store.h"

G_BEGIN_DECLS

/** OscBookingList: today's bookings by time, beside the plan. Its buttons activate the actions
 * "tables.…" of the view. */
#define OSC_TYPE_BOOKING_LIST (osc_booking_list_get_type ())
G_DECLARE_FINAL_TYPE (OscBookingList, osc_booking_list, OSC, BOOKING_LIST, GtkWidget)

/** osc_booking_list_new: follows @store. */
GtkWidget *osc_booking_list_new (OscTableStore *store);

G_END_DECLS
