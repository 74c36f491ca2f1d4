/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** One thing that a refund would do. */
typedef struct {
  char *kind;       /* CARD, ACCOUNT, CASH, CASH_RECEIPT, VAT, STOCK, … */
  char *payment_id; /* nullable */
  gint64 amount;
} OscRefundEffect;

/** What a refund would do, as the daemon says. Won. */
typedef struct {
  gint64 ceiling;
  gint64 amount;
  gint64 vat;
  GPtrArray *effects; /* of OscRefundEffect, in the daemon's order */
} OscRefundPlan;

/** osc_refund_plan_new: @answer: of refund-plan. (transfer full) (nullable): NULL when it is none.
 */
OscRefundPlan *osc_refund_plan_new (JsonNode *answer);
void osc_refund_plan_free (OscRefundPlan *self);
/** osc_refund_plan_has: Returns: whether an effect of @kind is among them. */
gboolean osc_refund_plan_has (const OscRefundPlan *self, const char *kind);

/** A refund that was asked for and of which nobody knows yet what became. */
typedef struct {
  char *key;      /* Idempotency-Key for ever, and the act's id at the daemon */
  char *check_id; /* of the group's root */
  JsonNode *body;
  gint64 amount;      /* won, by its plan */
  gint64 at;          /* UTC µs when it was asked for */
  gboolean token;     /* it left with somebody's PIN once: only the daemon knows */
  gboolean sending;   /* on its way now; not kept */
  gboolean wants_pin; /* it can only be asked about with a PIN; not kept */
} OscRefundHeld;

/** osc_refund_held_free: with its texts. */
void osc_refund_held_free (OscRefundHeld *self);
/** osc_refund_held_print: (transfer full): the text that is kept of @held, of OscRefundHeld. */
char *osc_refund_held_print (GPtrArray *held);
/** osc_refund_held_read: (transfer full) (nullable): NULL with @error: it cannot be understood. */
GPtrArray *osc_refund_held_read (const char *text, GError **error);

G_END_DECLS
