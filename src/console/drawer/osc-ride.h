/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-delivery-store.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** OscRide: who carries the order of the drawer, how that stands, and what can be done about it.
 * Hidden for an order that is no delivery, or not accepted yet. */
#define OSC_TYPE_RIDE (osc_ride_get_type ())
G_DECLARE_FINAL_TYPE (OscRide, osc_ride, OSC, RIDE, GtkWidget)

/** osc_ride_follow: where deliveries are known from. */
void osc_ride_follow (OscRide *self, OscDeliveryStore *store);
/** osc_ride_show: @order: (nullable). */
void osc_ride_show (OscRide *self, const OsyOrderData *order);
/** osc_ride_back: Returns: whether a question was open, which is now closed. */
gboolean osc_ride_back (OscRide *self);

G_END_DECLS
