/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"
#include "osy-client.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** OscGuest: who an order is for: masked, with a button that asks why and then shows the whole
 * until another order, or none, is shown. Hidden when the order names nobody. */
#define OSC_TYPE_GUEST (osc_guest_get_type ())
G_DECLARE_FINAL_TYPE (OscGuest, osc_guest, OSC, GUEST, GtkWidget)

/** osc_guest_set_client: @client: (nullable): without one nothing can be asked for. @people:
 * (nullable): who may not see it whole asks somebody who may for a PIN. */
void osc_guest_set_client (OscGuest *self, OsyClient *client, OscPeople *people);
/** osc_guest_show: @order: (nullable): NULL forgets what was shown. The same order in a new state
 * keeps it. */
void osc_guest_show (OscGuest *self, const OsyOrderData *order);
/** osc_guest_back: Returns: whether a question was open, which is now closed. */
gboolean osc_guest_back (OscGuest *self);

G_END_DECLS
