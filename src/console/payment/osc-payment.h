/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-guest-display.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscPayment: taking the money of one check (console-ux 7.7): the bill on the left, ways to pay in
 * the middle, the number pad on the right. Opened with the id of the check, or "<check>/<view>" to
 * say where to go when all is paid. Signal "shown": it shows something else. */
#define OSC_TYPE_PAYMENT (osc_payment_get_type ())
G_DECLARE_FINAL_TYPE (OscPayment, osc_payment, OSC, PAYMENT, GtkWidget)

/** osc_payment_new: shows nothing until it is opened. */
GtkWidget *osc_payment_new (const OscContext *context);
/** osc_payment_tell_guest: what the guest may see of it. @out: its bill is NULL before there is
 * one; its address is (transfer full). */
void osc_payment_tell_guest (OscPayment *self, OscGuestPayment *out);

G_END_DECLS
