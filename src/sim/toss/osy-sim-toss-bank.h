/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct _OsySimTossPayment OsySimTossPayment;

/** One movement of money: a capture, or a cancel with a negative amount. */
typedef struct {
  OsySimTossPayment *payment;
  char *key;          /* transactionKey */
  const char *status; /* DONE, CANCELED or PARTIAL_CANCELED */
  char *reason;       /* of a cancel */
  gint64 amount;
  gint64 tax_free; /* of the amount, without its sign */
  gint64 left;     /* balance after it */
  gint64 at;
} OsySimTossMove;

/** What a guest's window asked for, and what became of it. Times are UTC microseconds, amounts
 * won. */
struct _OsySimTossPayment {
  char *key;
  char *order_id;
  char *order_name;
  char *customer_key; /* nullable */
  char *customer_name;
  const char *method; /* 카드, 가상계좌, … */
  const char *status;
  gboolean live;
  gboolean widget;
  gint64 amount;
  gint64 balance;
  gint64 tax_free;
  gint64 tax_free_left;
  gint64 requested_at;
  gint64 authorised_at;
  gint64 approved_at;  /* 0: never */
  gint64 canceled_at;  /* the last time, for the rule of one second */
  gint64 due_at;       /* of a virtual account */
  char *owner;         /* nullable: the secret key that confirmed it */
  char *confirmed_by;  /* nullable: the idempotency key of that */
  char *secret;        /* nullable: of a virtual account's webhooks */
  char *account;       /* nullable */
  char *bank;          /* nullable */
  char *card;          /* nullable: the number that the guest typed, masked */
  char *success_url;   /* nullable */
  char *fail_url;      /* nullable */
  const char *failure; /* nullable: the code of it */
  gboolean refunded;   /* money went back to an account */
  GPtrArray *moves;    /* of OsySimTossMove, the bank's */
};

/** A cash receipt. */
typedef struct {
  char *key;
  char *number;
  char *order_id;
  char *order_name;
  char *identity;
  char *owner;
  const char *type;
  gint64 amount;
  gint64 left; /* not canceled */
  gint64 tax_free;
  gint64 at;
  gint64 canceled_at; /* 0: never */
} OsySimTossReceipt;

/** What Toss Payments knows. */
typedef struct {
  gint64 skipped;        /* time that a test let pass, in microseconds */
  gint64 skew;           /* by which its clock is wrong besides */
  GHashTable *payments;  /* key → payment */
  GHashTable *orders;    /* order id → GPtrArray of payments */
  GPtrArray *open;       /* payments that time may change */
  GPtrArray *moves;      /* all, in order */
  GPtrArray *receipts;   /* all, in order */
  GPtrArray *violations; /* texts */
  GHashTable *requests;  /* name of a call → count, as pointers */
  GHashTable *unsettled; /* transaction keys that no settlement tells of */
  char *public_url;      /* of links in answers */
  FILE *journal;         /* nullable */
  void (*changed) (OsySimTossPayment *payment, gpointer user_data); /* the status, for webhooks */
  gpointer user_data;
} OsySimTossBank;

/** osy_sim_toss_bank_new: Returns: (transfer full): without payments. */
OsySimTossBank *osy_sim_toss_bank_new (const char *public_url);
/** osy_sim_toss_bank_free: frees all of it; the journal is its owner's. */
void osy_sim_toss_bank_free (OsySimTossBank *self);

/** osy_sim_toss_bank_now: Returns: the time there, UTC microseconds. */
gint64 osy_sim_toss_bank_now (const OsySimTossBank *self);

/** osy_sim_toss_bank_age: lets time pass for payments that wait for something: 30 minutes to
 * authenticate, 10 to confirm, the due date of an account. */
void osy_sim_toss_bank_age (OsySimTossBank *self);

/** osy_sim_toss_bank_violate: notes what a correct client never does. */
void osy_sim_toss_bank_violate (OsySimTossBank *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** osy_sim_toss_bank_write: a line of the journal. @object: (transfer full). */
void osy_sim_toss_bank_write (OsySimTossBank *self, const char *event, JsonObject *object);

/** osy_sim_toss_bank_payment: Returns: (nullable) (transfer none): by its key. */
OsySimTossPayment *osy_sim_toss_bank_payment (OsySimTossBank *self, const char *key);
/** osy_sim_toss_bank_order: Returns: (nullable) (transfer none): the payment of an order: the one
 * that was approved, else the latest. */
OsySimTossPayment *osy_sim_toss_bank_order (OsySimTossBank *self, const char *order_id);

/** osy_sim_toss_bank_is_order_id: Returns: whether @text may be the id of an order. */
gboolean osy_sim_toss_bank_is_order_id (const char *text);
/** osy_sim_toss_bank_is_bank: Returns: whether @code is one of a bank. */
gboolean osy_sim_toss_bank_is_bank (const char *code);
/** osy_sim_toss_bank_method: Returns: (nullable): the word for CARD, 카드 and so on. */
const char *osy_sim_toss_bank_method (const char *name);

/**
 * osy_sim_toss_bank_open:
 * @client_key: test_ck_… and so on, whose kind the secret key must have
 * @wish: members as requestPayment() takes them, flat: orderId, orderName, amount, method and so on
 * @why: (out): what is wrong
 *
 * A guest opens the window. Returns: (transfer none) (nullable): READY.
 */
OsySimTossPayment *osy_sim_toss_bank_open (OsySimTossBank *self,
                                           const char *client_key,
                                           JsonObject *wish,
                                           const char **why);

/** osy_sim_toss_bank_authorise: the guest agreed: IN_PROGRESS for ten minutes. */
void osy_sim_toss_bank_authorise (OsySimTossBank *self, OsySimTossPayment *payment);
/** osy_sim_toss_bank_end: ABORTED or EXPIRED, with @code as the reason. */
void osy_sim_toss_bank_end (OsySimTossBank *self,
                            OsySimTossPayment *payment,
                            const char *status,
                            const char *code);
/** osy_sim_toss_bank_await: gives it a virtual account for @hours: WAITING_FOR_DEPOSIT. */
void osy_sim_toss_bank_await (OsySimTossBank *self,
                              OsySimTossPayment *payment,
                              const char *bank,
                              gint64 hours);
/** osy_sim_toss_bank_capture: takes all of the money: DONE. */
void osy_sim_toss_bank_capture (OsySimTossBank *self, OsySimTossPayment *payment);
/** osy_sim_toss_bank_return: a deposit was an error: WAITING_FOR_DEPOSIT again. */
void osy_sim_toss_bank_return (OsySimTossBank *self, OsySimTossPayment *payment);
/** osy_sim_toss_bank_refund: gives back @amount, which the balance covers; @amount 0 ends a
 * virtual account that nobody paid into. */
void osy_sim_toss_bank_refund (OsySimTossBank *self,
                               OsySimTossPayment *payment,
                               gint64 amount,
                               gint64 tax_free,
                               const char *reason);

G_END_DECLS
