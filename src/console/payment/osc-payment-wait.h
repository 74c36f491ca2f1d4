/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-payment.h"

G_BEGIN_DECLS

/** OscPaymentWait: a payment whose outcome is not known here yet: a code that the guest scans, an
 * account that waits for its money, a card that is being asked about, or an answer that did not
 * come. It may be left; the row on the left brings it back. Signals: "ask": about it, now;
 * "cancel": give it up; "leave". */
#define OSC_TYPE_PAYMENT_WAIT (osc_payment_wait_get_type ())
G_DECLARE_FINAL_TYPE (OscPaymentWait, osc_payment_wait, OSC, PAYMENT_WAIT, GtkWidget)

/** osc_payment_wait_show: @address: (nullable): where the guest pays it; @link: it is to be sent
 * rather than shown. */
void osc_payment_wait_show (OscPaymentWait *self,
                            const OsyPayment *payment,
                            const char *address,
                            gboolean link);
/** osc_payment_wait_show_unsure: the daemon did not say whether it took @won. */
void osc_payment_wait_show_unsure (OscPaymentWait *self, gint64 won);

G_END_DECLS
