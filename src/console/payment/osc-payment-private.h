/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "osc-payment-bill.h"
#include "osc-payment-field.h"
#include "osc-payment-receipt.h"
#include "osc-payment-wait.h"
#include "osc-payment.h"

G_BEGIN_DECLS

/* Between the files of the view. */

/** Ways to pay, in the order of their keys. */
typedef enum {
  OSC_PAYMENT_CARD,
  OSC_PAYMENT_CASH,
  OSC_PAYMENT_QR,
  OSC_PAYMENT_LINK,
  OSC_PAYMENT_TRANSFER,
  OSC_PAYMENT_N_WAYS,
} OscPaymentWay;

typedef struct {
  const char *method;
  const char *icon;
  const char *name;     /* msgid */
  const char *page;     /* of the stack in the middle */
  const char *shown_as; /* nullable */
  const char *hint;     /* msgid: under the amount on the button */
} OscPaymentWayKind;

extern const OscPaymentWayKind osc_payment_ways[OSC_PAYMENT_N_WAYS];

struct _OscPayment {
  GtkWidget parent_instance;
  GtkWidget *about;
  GtkWidget *print;
  GtkWidget *discount;
  GtkWidget *stack;
  GtkWidget *bill;
  GtkWidget *ways;
  GtkWidget *tiles[OSC_PAYMENT_N_WAYS];
  GtkWidget *due_box;
  GtkWidget *due_name;
  GtkWidget *due;
  GtkWidget *pages;
  GtkWidget *card_lead;
  GtkWidget *approval;
  GtkWidget *card_note;
  GtkWidget *card_refused;
  GtkWidget *card_unsure;
  GtkWidget *received;
  GtkWidget *notes;
  GtkWidget *change_box;
  GtkWidget *change_name;
  GtkWidget *change;
  GtkWidget *receipt;
  GtkWidget *no_receipt;
  GtkWidget *remote_icon;
  GtkWidget *remote_title;
  GtkWidget *remote_about;
  GtkWidget *wait;
  GtkWidget *done_title;
  GtkWidget *done_change;
  GtkWidget *right;
  GtkWidget *primary;
  GtkWidget *primary_label;
  GtkWidget *primary_hint;

  OscBillStore *bill_store;
  OscPayStore *pay;
  OscPeople *people;
  OscPrinterStore *printers;
  OscTableStore *tables;
  OscPaymentWay way;
  gboolean way_chosen;
  GtkWidget *target; /* what the number pad writes into */
  char *waiting;     /* (nullable): a payment that is looked at */
  gboolean link;     /* it is to be sent, not shown */
  char *cash;        /* (nullable): the payment that Ctrl+Z gives back */
  gint64 cash_until; /* monotonic µs */
  gint64 given;      /* change of the last payment here */
  gboolean took;     /* something was paid here: the end may close by itself */
  char *from;        /* view to go back to */
  guint close_source;
  gboolean live;
  gboolean online; /* the internet can be reached */
};

/** osc_payment_show: everything anew. */
void osc_payment_show (OscPayment *self);
/** osc_payment_show_sums: what follows from what is typed. */
void osc_payment_show_sums (OscPayment *self);
/** osc_payment_choose: a way to pay. @type: puts the cursor where its digits go. */
void osc_payment_choose (OscPayment *self, OscPaymentWay way, gboolean type);
/** osc_payment_offers: Returns: whether the shop takes it. */
gboolean osc_payment_offers (OscPayment *self, OscPaymentWay way);
/** osc_payment_clear: what was typed for a payment that is over. */
void osc_payment_clear (OscPayment *self);
/** osc_payment_payment: (transfer none) (nullable): the one that is looked at. */
const OsyPayment *osc_payment_payment (OscPayment *self);
/** osc_payment_is_over: Returns: whether nothing is left to pay, nor on its way. */
gboolean osc_payment_is_over (OscPayment *self);
/** osc_payment_has_drawer: Returns: whether a drawer hangs on a printer of the shop. */
gboolean osc_payment_has_drawer (OscPayment *self);
/** osc_payment_note_card: the terminal @refused the card, or nobody saw what it said. */
void osc_payment_note_card (OscPayment *self, gboolean refused);

/** osc_payment_pay: the primary button. */
void osc_payment_pay (OscPayment *self);
/** osc_payment_undo: gives the last cash back. */
void osc_payment_undo (OscPayment *self);
/** osc_payment_look: at a payment that waits, or for a receipt. */
void osc_payment_look (OscPayment *self, const char *payment_id);
/** osc_payment_ask: about what is waited for, now. */
void osc_payment_ask (OscPayment *self);
/** osc_payment_give_up: what is waited for. */
void osc_payment_give_up (OscPayment *self);
/** osc_payment_go_back: to where it was opened from. */
void osc_payment_go_back (OscPayment *self);
/** osc_payment_follow: what the stores tell. Once. */
void osc_payment_follow (OscPayment *self);
/** osc_payment_tell: @payment is paid. */
void osc_payment_tell (OscPayment *self, const OsyPayment *payment);

G_END_DECLS
