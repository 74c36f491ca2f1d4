/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-payment.h"

G_BEGIN_DECLS

/* What is to be paid, reckoned from a check and its payments (of OsyPayment). Won. The daemon
 * decides in the end; this is what is offered. */

#define OSC_PAY_NOTES 4

/** osc_pay_is_waiting: Returns: whether @payment is under way: somebody may still pay it. */
gboolean osc_pay_is_waiting (const OsyPayment *payment);
/** osc_pay_left: owed, and not on its way already. */
gint64 osc_pay_left (const OsyBill *bill, GPtrArray *payments);
/** osc_pay_due: what is left of the part, or, with @part_id NULL, of all that is in no part. Never
 * more than osc_pay_left(). */
gint64 osc_pay_due (const OsyBill *bill, GPtrArray *payments, const char *part_id);
/** osc_pay_has_rest: Returns: whether something in no part is to be paid beside the parts. */
gboolean osc_pay_has_rest (const OsyBill *bill, GPtrArray *payments);
/** osc_pay_next_part: the part to pay after @after (nullable: the first), going round; @back: the
 * one before. *@ret: (out) (transfer none) (nullable): NULL: what is in no part. Returns: FALSE
 * when nothing is left to pay. */
gboolean osc_pay_next_part (const OsyBill *bill,
                            GPtrArray *payments,
                            const char *after,
                            gboolean back,
                            const char **ret);
/** osc_pay_find: (transfer none) (nullable). */
const OsyPayment *osc_pay_find (GPtrArray *payments, const char *id);
/** osc_pay_of_part: (transfer none) (nullable): the newest payment that was kept for the part. */
const OsyPayment *osc_pay_of_part (GPtrArray *payments, const char *part_id);

/** osc_pay_wants_receipt: Returns: whether @payment is cash that has no receipt yet. */
gboolean osc_pay_wants_receipt (const OsyPayment *payment);

/** osc_pay_notes: what guests are likely to hand over for @due, the exact amount first, rising.
 * Returns: how many, at most OSC_PAY_NOTES. */
guint osc_pay_notes (gint64 due, gint64 notes[OSC_PAY_NOTES]);

/** osc_pay_identity: (transfer full) (nullable): @typed as a cash receipt of @kind (INCOME,
 * BUSINESS) takes it; NULL when it can be none: a mobile number, or a business number whose check
 * digit is right (integrations 5.3). */
char *osc_pay_identity (const char *kind, const char *typed);

G_END_DECLS
