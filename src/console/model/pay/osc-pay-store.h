/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-payment.h"

G_BEGIN_DECLS

/** How far what was asked for is. UNSURE: nobody knows yet whether it was done; it is asked again
 * with the same key until that is known, and nothing else is taken meanwhile. */
typedef enum { OSC_PAY_IDLE, OSC_PAY_SENDING, OSC_PAY_UNSURE } OscPayPhase;

/** A payment that is to be taken. Texts are nullable unless said otherwise. */
typedef struct {
  const char *check_id; /* never NULL */
  const char *part_id;
  const char *method; /* never NULL: OSY_PAYMENT_CASH, … */
  gint64 amount;
  gint64 received; /* of cash; 0: exactly @amount */
  const char *approval_no;
  const char *shown_as; /* "QR", "LINK" */
  const char *receipt_kind;
  const char *receipt_identity;
} OscPayAsk;

/** What is done with a payment that was taken or waits. */
typedef enum {
  OSC_PAY_TAKE,
  OSC_PAY_LOOK_UP, /* the payment service is asked now */
  OSC_PAY_CANCEL,  /* what was not paid yet */
  OSC_PAY_UNDO,    /* all of it goes back */
  OSC_PAY_RECEIPT, /* a receipt for cash, afterwards */
  OSC_PAY_DRAWER,  /* of "failed" alone: the drawer did not open */
} OscPayDeed;

/**
 * OscPayStore: the payments of one check, how the shop takes money, and taking it: once. What is to
 * be taken is on disk with its key before it leaves and until its outcome is known, so it is asked
 * about again after a lost connection and after a restart, by the same person. Signals: "changed";
 * "done" (int deed: OscPayDeed, OsyPayment *payment: as it is now); "failed" (int
 * deed, GError *error, const char *permission: nullable: who has it may allow it by PIN:
 * osc_pay_store_repeat()); "recovered" (gint64 won, gboolean known): what an earlier run left open
 * was taken, or (FALSE) was refused or can't be asked about any more; "requested" (const char
 * *method, const char *path, const char *body) when there is no client.
 */
#define OSC_TYPE_PAY_STORE (osc_pay_store_get_type ())
G_DECLARE_FINAL_TYPE (OscPayStore, osc_pay_store, OSC, PAY_STORE, GObject)

/** osc_pay_store_new: @client: NULL in tests, which answer by osc_pay_store_take_…(). @folder:
 * (nullable): where the shops' files lie; NULL: the user's own. */
OscPayStore *osc_pay_store_new (OsyClient *client, const char *folder);
/** osc_pay_store_attach: follows "thing::payment" of @feed, and its state. */
void osc_pay_store_attach (OscPayStore *self, OsyFeed *feed);
/** osc_pay_store_begin: who works where; goes on with what an earlier run left open. @person: the
 * daemon knows keys by it. Texts are nullable: nobody knows yet. */
void osc_pay_store_begin (OscPayStore *self, const char *shop, const char *person);
/** osc_pay_store_show: the payments of another check, or of the same anew. */
void osc_pay_store_show (OscPayStore *self, const char *check_id);

/** osc_pay_store_check_id: (transfer none) (nullable): whose payments they are. */
const char *osc_pay_store_check_id (OscPayStore *self);
/** osc_pay_store_payments: (transfer none): of OsyPayment, newest first. */
GPtrArray *osc_pay_store_payments (OscPayStore *self);
OscPayPhase osc_pay_store_phase (OscPayStore *self);
/** osc_pay_store_open_amount: won of what is UNSURE. */
gint64 osc_pay_store_open_amount (OscPayStore *self);
/** osc_pay_store_takes: Returns: whether the shop takes @method. */
gboolean osc_pay_store_takes (OscPayStore *self, const char *method);
/** osc_pay_store_issues_receipts: Returns: whether the daemon can issue receipts for cash. */
gboolean osc_pay_store_issues_receipts (OscPayStore *self);
/** osc_pay_store_is_reachable: Returns: whether a guest's phone can come to this shop's pages. */
gboolean osc_pay_store_is_reachable (OscPayStore *self);
/** osc_pay_store_address: (transfer full) (nullable): where a guest pays @payment; NULL when it is
 * over, or the network does not reach this machine. */
char *osc_pay_store_address (OscPayStore *self, const OsyPayment *payment);

/** osc_pay_store_take: Returns: whether it was begun: FALSE while another is under way. */
gboolean osc_pay_store_take (OscPayStore *self, const OscPayAsk *ask);
/** osc_pay_store_do: LOOK_UP, CANCEL or UNDO with @payment. @reason: of UNDO, else NULL. */
void osc_pay_store_do (OscPayStore *self,
                       OscPayDeed deed,
                       const OsyPayment *payment,
                       const char *reason);
/** osc_pay_store_open_drawer: for the cash of @payment, which was just taken. */
void osc_pay_store_open_drawer (OscPayStore *self, const OsyPayment *payment);
/** osc_pay_store_issue: a receipt for the cash of @payment. @identity: as osc_pay_identity(). */
void osc_pay_store_issue (OscPayStore *self,
                          const OsyPayment *payment,
                          const char *kind,
                          const char *identity);
/** osc_pay_store_repeat: the deed that failed for want of a right, now allowed by PIN. */
void osc_pay_store_repeat (OscPayStore *self, const char *act_token);
/** osc_pay_store_ask_again: about what is UNSURE, at once. */
void osc_pay_store_ask_again (OscPayStore *self);

/** osc_pay_store_take_setup, _take_list, _take_edge: what the daemon answered; for tests. */
void osc_pay_store_take_setup (OscPayStore *self, JsonNode *answer);
void osc_pay_store_take_list (OscPayStore *self, JsonNode *answer);
void osc_pay_store_take_edge (OscPayStore *self, JsonNode *answer);
/** osc_pay_store_answer: ends what is under way. @payment: (transfer full) (nullable); @error:
 * (nullable). For tests. */
void osc_pay_store_answer (OscPayStore *self, OsyPayment *payment, const GError *error);
/** osc_pay_store_follow: what an event told of @payment: (transfer full). */
void osc_pay_store_follow (OscPayStore *self, OsyPayment *payment);

G_END_DECLS
