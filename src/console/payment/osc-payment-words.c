/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Payments in words. */

#include "osc-payment-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-client.h"
#include "osy-error.h"

const char *
osc_payment_words_method (const char *method)
{
  if (g_str_equal (method, OSY_PAYMENT_CASH))
    return _ ("Cash");
  if (g_str_equal (method, OSY_PAYMENT_TERMINAL))
    return _ ("Card");
  return g_str_equal (method, OSY_PAYMENT_TOSS) ? _ ("Toss") : _ ("Transfer");
}

const char *
osc_payment_words_state (const char *status)
{
  if (g_str_equal (status, OSY_PAYMENT_CREATED))
    return _ ("Waiting for the guest");
  if (g_str_equal (status, OSY_PAYMENT_WAITING))
    return _ ("Waiting for the money");
  if (osy_payment_is_pending (status))
    return _ ("Asking the card company");
  if (g_str_equal (status, OSY_PAYMENT_DECLINED))
    return _ ("Refused");
  if (g_str_equal (status, OSY_PAYMENT_CANCELED))
    return _ ("Given up");
  return g_str_equal (status, OSY_PAYMENT_PAID) ? _ ("Paid") : _ ("Refunded");
}

char *
osc_payment_words_about (const OsyPayment *payment)
{
  const char *method = osc_payment_words_method (payment->method);

  if (!osy_payment_is_captured (payment->status))
    return g_strdup (method);
  if (payment->approval_no != NULL) {
    /* Translators: what the card terminal printed: "approval ****2345" */
    g_autofree char *approval = g_strdup_printf (_ ("approval %s"), payment->approval_no);
    return g_strdup_printf ("%s · %s", method, approval);
  }
  if (payment->card_issuer != NULL)
    return g_strdup_printf ("%s · %s", method, payment->card_issuer);
  if (payment->cash_receipt != NULL && payment->cash_receipt->identity != NULL &&
      !g_str_equal (payment->cash_receipt->kind, "SELF"))
    return g_strdup_printf ("%s · %s", method, payment->cash_receipt->identity);
  return g_strdup (method);
}

/* What the daemon says of the amount is worth more than any sentence of ours. */
static gint64
owed_of (const GError *error)
{
  JsonNode *owed = osy_error_get_extra (error, "owed");

  return owed != NULL ? json_node_get_int (owed) : -1;
}

char *
osc_payment_words_failure (const GError *error)
{
  gint64 owed = owed_of (error);

  if (osy_client_is_open (error))
    return g_strdup (_ ("The server did not answer. Look at the bill before you do it again"));
  if (owed >= 0) {
    g_autofree char *money = osc_words_money (owed);
    return g_strdup_printf (_ ("Another screen was first. %s is left to pay"), money);
  }
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE:
    return g_strdup (_ ("The shop does not take that now"));
  case OSY_ERROR_STATE_CONFLICT:
    return g_strdup (_ ("That can't be done any more. Look at what is left to pay"));
  case OSY_ERROR_NOT_FOUND: return g_strdup (_ ("The bill was split anew. Choose a part again"));
  case OSY_ERROR_INSUFFICIENT_PERMISSION: return g_strdup (_ ("You may not do that"));
  case OSY_ERROR_STORAGE_FULL:
    return g_strdup (_ ("The disk is full, so the payment was not recorded"));
  case OSY_ERROR_INVALID_REQUEST: return g_strdup (error->message);
  default: return g_strdup (_ ("That didn't reach the server. Nothing has changed"));
  }
}
