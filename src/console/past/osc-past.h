/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-past-orders.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscPast: every order of a business day or of all days, to be found, opened, taken back or copied
 * into a new sale. Opening it with a text looks for that on every day. */
#define OSC_TYPE_PAST (osc_past_get_type ())
G_DECLARE_FINAL_TYPE (OscPast, osc_past, OSC, PAST, GtkWidget)

/** osc_past_new: asks when it is entered. */
GtkWidget *osc_past_new (const OscContext *context);
/** osc_past_orders: (transfer none): what is listed. */
OscPastOrders *osc_past_orders (OscPast *self);

G_END_DECLS
