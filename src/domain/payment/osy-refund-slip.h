/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill-slip.h"
#include "osy-payment.h"

G_BEGIN_DECLS

/** What the proof of a refund says. */
typedef struct {
  OsyBillSlip bill;    /* of the check; its part is not looked at */
  GPtrArray *payments; /* of OsyPayment: those of the check */
  const char *act_id;  /* whose refunds are meant */
} OsyRefundSlip;

/** osy_refund_slip_new: (transfer full): the paper: with the numbers of the orders, what went back
 * and how, and the VAT of it. No guest's name, phone or address is on it. */
OsySlip *osy_refund_slip_new (const OsyRefundSlip *data);

G_END_DECLS
