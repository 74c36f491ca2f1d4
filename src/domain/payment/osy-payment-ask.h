/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-api.h"
#include "osy-json.h"
#include "osy-payment-act.h"
#include "osy-payment-room.h"
#include "osy-payment-take.h"
#include "osy-refund.h"

G_BEGIN_DECLS

/* One request to this room, from its reading to its answer. */

typedef struct _OsyPaymentAsk OsyPaymentAsk;

/** What is done on a worker: sets @reply's body, and @wait_for of the ask when the payment service
 * is to be heard before the answer. */
typedef gboolean (*OsyPaymentAskWork) (const OsyPaymentAct *act,
                                       OsyPaymentAsk *ask,
                                       OsyApiReply *reply,
                                       GError **error);
/** Reads the body; texts live as long as the ask. */
typedef void (*OsyPaymentAskRead) (OsyPaymentAsk *ask, OsyJsonReader *reader);

/** What the payment service sent by itself: a hint, as much of it as is used. */
typedef struct {
  char *transmission_id;
  const char *event_type;
  const char *payment_id; /* (nullable): nobody's */
  const char *secret;     /* (nullable): of a deposit */
  gboolean deposit;
  gboolean known;
} OsyPaymentHook;

struct _OsyPaymentAsk {
  OsyPaymentRoom *room;
  OsyHttpRequest *http;  /* owns the texts of path and headers */
  OsyJsonReader *reader; /* (nullable): owns the texts of the body */
  OsyPaymentAskWork work;
  char *restaurant_id;   /* (nullable): of who has a token instead of a session */
  const char *token;     /* (nullable): X-Order-Token */
  const char *id;        /* (nullable): of the path */
  const char *refund_id; /* (nullable): of the path */
  gint64 if_version;
  guint status;
  OsyOrderKey key; /* of the request; its key may be NULL */
  guint8 fingerprint[32];
  OsyPaymentTake take;
  OsyPaymentConfirm confirm;
  OsyRefundAsk refund;
  OsyPaymentHook hook;
  char *account;   /* of the refund */
  gboolean failed; /* of a refund that was not handed back */
  const char *receipt_kind;
  const char *receipt_identity;
  char *wait_for; /* (nullable): a payment of which the service was asked */
};

/** osy_payment_ask_begin: reads, does the work in one transaction, perhaps waits, and answers.
 * @restaurant_id: (nullable): the caller's own. @read: (nullable). */
void osy_payment_ask_begin (OsyHttpRequest *http,
                            OsyPaymentRoom *room,
                            const char *restaurant_id,
                            OsyPaymentAskWork work,
                            OsyPaymentAskRead read);

/** osy_payment_ask_answer: @payment: (transfer full) (nullable): becomes the body of @reply.
 * Returns: whether there is one. */
gboolean osy_payment_ask_answer (OsyPayment *payment, OsyApiReply *reply);

/** osy_payment_ask_day: Returns: whether @text is a date, YYYY-MM-DD. */
gboolean osy_payment_ask_day (const char *text);
/** osy_payment_ask_bad_query: Returns: FALSE with INVALID_REQUEST that names @name. */
gboolean osy_payment_ask_bad_query (const char *name, GError **error);

G_END_DECLS
