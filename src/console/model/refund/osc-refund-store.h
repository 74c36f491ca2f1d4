/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-bill-store.h"
#include "osc-refund-plan.h"
#include "osc-shop-store.h"
#include "osy-payment.h"

G_BEGIN_DECLS

/** How the amount is chosen. */
typedef enum { OSC_REFUND_BY_LINE, OSC_REFUND_BY_SHARE, OSC_REFUND_BY_AMOUNT } OscRefundWay;

/**
 * OscRefundStore: the refund desk of one check: its payments, what is chosen of them, what the
 * daemon says that would do, and the refunds that were asked for. One whose outcome is unknown is
 * kept on disk and asked about again under the same key until the daemon has spoken, over restarts.
 * Signals: "changed"; "done" (gint64 won, const char *check_id): one was made, be it that the card
 * company is still to be heard; "failed" (GError *, const char *permission: nullable: who has it
 * may allow the act by PIN: osc_refund_store_repeat(), else osc_refund_store_give_up()); "found"
 * (GPtrArray *: nullable: of OsyPayment): an answer to osc_refund_store_find(); "requested" (const
 * char *method, const char *path, const char *body: nullable, const char *key: nullable) when there
 * is no client.
 */
#define OSC_TYPE_REFUND_STORE (osc_refund_store_get_type ())
G_DECLARE_FINAL_TYPE (OscRefundStore, osc_refund_store, OSC, REFUND_STORE, GObject)

/** osc_refund_store_new: @client: NULL in tests. @shop: says whose refunds are kept. @folder:
 * (nullable): where; NULL: the user's state folder, or nowhere without a client. */
OscRefundStore *osc_refund_store_new (OsyClient *client, OscShopStore *shop, const char *folder);
/** osc_refund_store_attach: follows "thing::payment", "thing::check" and "reset" of @feed. */
void osc_refund_store_attach (OscRefundStore *self, OsyFeed *feed);

/** osc_refund_store_show: @check_id: (nullable): none. What was chosen is forgotten when it is
 * another one. */
void osc_refund_store_show (OscRefundStore *self, const char *check_id);
/** osc_refund_store_find: payments by the number of an order or the approval number; "found"
 * follows. */
void osc_refund_store_find (OscRefundStore *self, const char *text);
/** osc_refund_store_bill: (transfer none): the check; follows the feed. */
OscBillStore *osc_refund_store_bill (OscRefundStore *self);
/** osc_refund_store_payments: (transfer none) (nullable): of OsyPayment, newest first; NULL until
 * they were read. */
GPtrArray *osc_refund_store_payments (OscRefundStore *self);
/** osc_refund_store_failed: Returns: whether check or payments could not be read. */
gboolean osc_refund_store_failed (OscRefundStore *self);

/** osc_refund_store_paid, _ceiling: won taken; won taken and not given back or on its way back. */
gint64 osc_refund_store_paid (OscRefundStore *self);
gint64 osc_refund_store_ceiling (OscRefundStore *self);
/** osc_refund_store_left: Returns: pieces of @line that were sold and did not go back. */
gint64 osc_refund_store_left (OscRefundStore *self, const OsyBillLine *line);

/** osc_refund_store_set_way, _set_quantity, _set_share, _set_amount: what is chosen; the plan
 * follows. A quantity above what is left is what is left. */
void osc_refund_store_set_way (OscRefundStore *self, OscRefundWay way);
OscRefundWay osc_refund_store_way (OscRefundStore *self);
void osc_refund_store_set_quantity (OscRefundStore *self, const char *line_id, gint64 quantity);
gint64 osc_refund_store_quantity (OscRefundStore *self, const char *line_id);
/** osc_refund_store_set_share: of all that was paid; 0/…: none. */
void osc_refund_store_set_share (OscRefundStore *self, int numerator, int denominator);
void osc_refund_store_get_share (OscRefundStore *self, int *numerator, int *denominator);
void osc_refund_store_set_amount (OscRefundStore *self, gint64 won);
gint64 osc_refund_store_amount (OscRefundStore *self);
/** osc_refund_store_set_account: where a deposit goes back to; of an effect ACCOUNT. */
void osc_refund_store_set_account (OscRefundStore *self,
                                   const char *bank,
                                   const char *number,
                                   const char *holder);

/** osc_refund_store_plan: (transfer none) (nullable): NULL while it is not known. */
const OscRefundPlan *osc_refund_store_plan (OscRefundStore *self);
/** osc_refund_store_trouble: (transfer none) (nullable): why there is no plan. */
const GError *osc_refund_store_trouble (OscRefundStore *self);
/** osc_refund_store_held: (transfer none) (nullable): the refund of the check shown of which nobody
 * knows what became: no other is begun meanwhile. */
const OscRefundHeld *osc_refund_store_held (OscRefundStore *self);
/** osc_refund_store_unsure: (transfer none): of OscRefundHeld: those of all checks. */
GPtrArray *osc_refund_store_unsure (OscRefundStore *self);

/** osc_refund_store_refund: does what the plan says. On disk before it leaves. Passed over without
 * a plan, or while one is held. */
void osc_refund_store_refund (OscRefundStore *self, const char *reason);
/** osc_refund_store_repeat: asks about the held refund once more, under its key. @act_token:
 * (nullable). */
void osc_refund_store_repeat (OscRefundStore *self, const char *act_token);
/** osc_refund_store_give_up: nobody allowed it: it is forgotten, unless it left with a PIN before,
 * since then only the daemon knows. */
void osc_refund_store_give_up (OscRefundStore *self);
/** osc_refund_store_complete: a person has handed back what was asked for by the house itself. */
void
osc_refund_store_complete (OscRefundStore *self, const char *payment_id, const char *refund_id);
/** osc_refund_store_print: the proof of the act of a refund, on paper. */
void osc_refund_store_print (OscRefundStore *self, const char *payment_id, const char *refund_id);
/** osc_refund_store_ask: the payment service is asked now. */
void osc_refund_store_ask (OscRefundStore *self, const char *payment_id);

/** osc_refund_store_take_payments: what the daemon answers to GET payments; NULL: it failed. */
void osc_refund_store_take_payments (OscRefundStore *self, JsonNode *answer);
/** osc_refund_store_take_plan: @answer: (nullable): NULL: @error. */
void osc_refund_store_take_plan (OscRefundStore *self, JsonNode *answer, const GError *error);
/** osc_refund_store_take_outcome: of the refund of @key. @answer: (nullable): NULL: @error. */
void osc_refund_store_take_outcome (OscRefundStore *self,
                                    const char *key,
                                    JsonNode *answer,
                                    const GError *error);

G_END_DECLS
