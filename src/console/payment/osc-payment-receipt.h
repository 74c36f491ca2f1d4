/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPaymentReceipt: asks for a cash receipt: deducted from income (a phone number), for a
 * business (its number, check digit looked at while it is typed), or none. Signals: "changed";
 * "entered": its number has the focus. */
#define OSC_TYPE_PAYMENT_RECEIPT (osc_payment_receipt_get_type ())
G_DECLARE_FINAL_TYPE (OscPaymentReceipt, osc_payment_receipt, OSC, PAYMENT_RECEIPT, GtkWidget)

/** osc_payment_receipt_kind: (nullable): "INCOME", "BUSINESS"; NULL: none is wanted; static. */
const char *osc_payment_receipt_kind (OscPaymentReceipt *self);
/** osc_payment_receipt_identity: (transfer full) (nullable): NULL while it is no number. */
char *osc_payment_receipt_identity (OscPaymentReceipt *self);
/** osc_payment_receipt_ask: begins anew: @kind: "INCOME", "BUSINESS" or NULL. */
void osc_payment_receipt_ask (OscPaymentReceipt *self, const char *kind);
/** osc_payment_receipt_write: what the number pad does. @digits: NULL: the last one goes. */
void osc_payment_receipt_write (OscPaymentReceipt *self, const char *digits);
/** osc_payment_receipt_complain: says what is wrong with the number, and takes the focus there. */
void osc_payment_receipt_complain (OscPaymentReceipt *self);

G_END_DECLS
