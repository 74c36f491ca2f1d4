/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-bill-store.h"
#include "osc-pay-store.h"

G_BEGIN_DECLS

/** OscPaymentBill: the column on the left: how the check is split, what of it is paid and how, what
 * is to be paid now, and the totals. Signals: "chosen": another part is to be paid; "look" (const
 * char *payment_id): one that waits, or that wants a receipt. */
#define OSC_TYPE_PAYMENT_BILL (osc_payment_bill_get_type ())
G_DECLARE_FINAL_TYPE (OscPaymentBill, osc_payment_bill, OSC, PAYMENT_BILL, GtkWidget)

/** osc_payment_bill_follow: once. */
void osc_payment_bill_follow (OscPaymentBill *self, OscBillStore *bill, OscPayStore *pay);
/** osc_payment_bill_set_live: whether the daemon can be reached. */
void osc_payment_bill_set_live (OscPaymentBill *self, gboolean live);
/** osc_payment_bill_part: (transfer none) (nullable): what is to be paid now; NULL: all, or what is
 * in no part. */
const char *osc_payment_bill_part (OscPaymentBill *self);
/** osc_payment_bill_name: (transfer full): whose it is: "Guest 2", "Left to pay". */
char *osc_payment_bill_name (OscPaymentBill *self);
/** osc_payment_bill_due: how much it is. */
gint64 osc_payment_bill_due (OscPaymentBill *self);
/** osc_payment_bill_turn: to the next part that is not paid, or with @back the one before. */
void osc_payment_bill_turn (OscPaymentBill *self, gboolean back);
/** osc_payment_bill_reset: at another check. */
void osc_payment_bill_reset (OscPaymentBill *self);
/** osc_payment_bill_step: one more or one less equal share. */
void osc_payment_bill_step (OscPaymentBill *self, int step);
/** osc_payment_bill_split_by_key: the next way to split. */
void osc_payment_bill_split_by_key (OscPaymentBill *self);

G_END_DECLS
