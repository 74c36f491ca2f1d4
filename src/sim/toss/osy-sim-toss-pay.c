/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Confirming, looking up and cancelling: the rules of Toss Payments, and their errors. */

#include <string.h>

#include "osy-rest.h"
#include "osy-sim-toss-object.h"
#include "osy-sim-toss-op.h"

const char *
osy_sim_toss_op_text (JsonObject *body, const char *name, glong max)
{
  const char *text = osy_rest_text (body, name, "");
  glong length = g_utf8_strlen (text, -1);

  return length >= 1 && length <= max ? text : NULL;
}

/* NULL with an error: no such code yet. */
static JsonNode *
refuse (const char **code, const char *why)
{
  *code = why;
  return NULL;
}

static gboolean
is (const OsySimTossPayment *payment, const char *status)
{
  return g_str_equal (payment->status, status);
}

/* Nobody sees another shop's payments; before it is confirmed a payment belongs to no key. */
static OsySimTossPayment *
payment_of (const OsySimTossCall *call, OsySimTossPayment *payment)
{
  if (payment == NULL || (payment->owner != NULL && !g_str_equal (payment->owner, call->api_key)))
    return NULL;
  return payment;
}

/* The window's key and this one must be of one kind and mode. */
static gboolean
is_pair (const OsySimTossPayment *payment, const char *api_key)
{
  return payment->live == g_str_has_prefix (api_key, "live_") &&
         payment->widget == (strstr (api_key, "_gsk_") != NULL);
}

/* ---- confirming ---- */

static const char *
confirm_fault (OsySimTossBank *bank, const OsySimTossPayment *payment, const OsySimTossCall *call)
{
  gint64 least = is (payment, "READY") || g_str_equal (payment->method, "카드") ? 100 : 200;
  const OsySimTossPayment *other = osy_sim_toss_bank_order (bank, payment->order_id);

  if (!is_pair (payment, call->api_key))
    return "INVALID_API_KEY";
  if (payment->confirmed_by != NULL && g_strcmp0 (payment->confirmed_by, call->idem_key) != 0)
    osy_sim_toss_bank_violate (bank, "confirm of %s was repeated with another idempotency key",
                               payment->order_id);
  if (payment->owner != NULL)
    return "ALREADY_PROCESSED_PAYMENT";
  if (!is (payment, "IN_PROGRESS"))
    return "NOT_FOUND_PAYMENT_SESSION";
  if (!g_str_equal (payment->order_id, osy_rest_text (call->body, "orderId", "")) ||
      payment->amount != osy_rest_int (call->body, "amount", -1))
    return "INVALID_REQUEST";
  if (other != NULL && other->owner != NULL)
    return "DUPLICATED_ORDER_ID";
  return payment->amount < least ? "BELOW_MINIMUM_AMOUNT" : NULL;
}

JsonNode *
osy_sim_toss_op_confirm (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  const char *key = osy_sim_toss_op_text (call->body, "paymentKey", 200);

  if (key == NULL || !osy_sim_toss_bank_is_order_id (osy_rest_text (call->body, "orderId", "")) ||
      osy_rest_int (call->body, "amount", -1) < 1)
    return refuse (code, "INVALID_REQUEST");
  OsySimTossPayment *payment = payment_of (call, osy_sim_toss_bank_payment (bank, key));
  if (payment == NULL)
    return refuse (code, "NOT_FOUND_PAYMENT");
  *code = confirm_fault (bank, payment, call);
  if (*code != NULL)
    return NULL;
  payment->owner = g_strdup (call->api_key);
  payment->confirmed_by = g_strdup (call->idem_key != NULL ? call->idem_key : "");
  if (g_str_equal (payment->method, "가상계좌"))
    osy_sim_toss_bank_await (bank, payment, "20", 168);
  else
    osy_sim_toss_bank_capture (bank, payment);
  return osy_sim_toss_object_payment (bank, payment);
}

/* ---- looking up ---- */

JsonNode *
osy_sim_toss_op_payment (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  OsySimTossPayment *payment = payment_of (call, osy_sim_toss_bank_payment (bank, call->id));

  if (payment == NULL)
    return refuse (code, "NOT_FOUND_PAYMENT");
  return osy_sim_toss_object_payment (bank, payment);
}

JsonNode *
osy_sim_toss_op_order (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  OsySimTossPayment *payment = payment_of (call, osy_sim_toss_bank_order (bank, call->id));

  if (payment == NULL)
    return refuse (code, "NOT_FOUND_PAYMENT");
  return osy_sim_toss_object_payment (bank, payment);
}

/* ---- cancelling ---- */

/* A deposit can only go back to an account that somebody named. */
static const char *
account_fault (OsySimTossBank *bank, JsonObject *body)
{
  static const char *const known[] = {"bank", "accountNumber", "holderName", NULL};
  JsonNode *node = json_object_get_member (body, "refundReceiveAccount");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return "INVALID_REQUEST";
  JsonObject *account = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (account);
  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      osy_sim_toss_bank_violate (bank, "refundReceiveAccount has no member %s", (char *)l->data);
  if (!osy_sim_toss_bank_is_bank (osy_rest_text (account, "bank", "")))
    return "INVALID_BANK";
  if (!g_regex_match_simple ("\\A[0-9]{1,20}\\z", osy_rest_text (account, "accountNumber", ""), 0,
                             0))
    return "INVALID_REFUND_ACCOUNT_NUMBER";
  return osy_sim_toss_op_text (account, "holderName", 60) == NULL ? "INVALID_REFUND_ACCOUNT_INFO"
                                                                  : NULL;
}

static const char *
state_fault (const OsySimTossPayment *payment, gint64 amount)
{
  if (is (payment, "CANCELED"))
    return "ALREADY_CANCELED_PAYMENT";
  if (is (payment, "WAITING_FOR_DEPOSIT"))
    return amount < payment->amount ? "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT" : NULL;
  if (!is (payment, "DONE") && !is (payment, "PARTIAL_CANCELED"))
    return "NOT_CANCELABLE_PAYMENT";
  return amount > payment->balance ? "NOT_CANCELABLE_AMOUNT" : NULL;
}

static const char *
cancel_fault (OsySimTossBank *bank,
              const OsySimTossPayment *payment,
              JsonObject *body,
              gint64 amount)
{
  gint64 tax_free = osy_rest_int (body, "taxFreeAmount", 0);
  const char *fault = state_fault (payment, amount);
  gint64 last = payment->canceled_at;

  if (osy_sim_toss_op_text (body, "cancelReason", 200) == NULL || amount < 1 || tax_free < 0 ||
      tax_free > amount)
    return "INVALID_REQUEST";
  if (json_object_has_member (body, "currency") &&
      !g_str_equal (osy_rest_text (body, "currency", ""), "KRW"))
    return "INVALID_REQUEST";
  if (last != 0 && ABS (osy_sim_toss_bank_now (bank) - last) < G_USEC_PER_SEC)
    return "FORBIDDEN_CONSECUTIVE_REQUEST";
  if (fault != NULL)
    return fault;
  if (payment->approved_at != 0 && payment->account != NULL)
    fault = account_fault (bank, body);
  if (fault == NULL && json_object_has_member (body, "refundableAmount") &&
      osy_rest_int (body, "refundableAmount", -1) != payment->balance)
    fault = "NOT_MATCHES_REFUNDABLE_AMOUNT";
  return fault;
}

/* What is taxed and what is not must both be covered by what is left of them. */
static gboolean
is_covered (const OsySimTossPayment *payment, gint64 amount, gint64 tax_free)
{
  return tax_free <= payment->tax_free_left &&
         amount - tax_free <= payment->balance - payment->tax_free_left;
}

JsonNode *
osy_sim_toss_op_cancel (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  OsySimTossPayment *payment = payment_of (call, osy_sim_toss_bank_payment (bank, call->id));

  if (payment == NULL)
    return refuse (code, "NOT_FOUND_PAYMENT");
  gboolean whole = !json_object_has_member (call->body, "cancelAmount");
  gboolean waits = is (payment, "WAITING_FOR_DEPOSIT");
  gint64 all = waits ? payment->amount : payment->balance;
  gint64 amount = whole ? MAX (all, 1) : osy_rest_int (call->body, "cancelAmount", -1);
  *code = cancel_fault (bank, payment, call->body, amount);
  if (*code != NULL)
    return NULL;
  gint64 tax_free =
      amount == all ? payment->tax_free_left : osy_rest_int (call->body, "taxFreeAmount", 0);
  if (!waits && !is_covered (payment, amount, tax_free))
    return refuse (code, "NOT_CANCELABLE_AMOUNT");
  payment->canceled_at = osy_sim_toss_bank_now (bank);
  osy_sim_toss_bank_refund (bank, payment, waits ? 0 : amount, waits ? 0 : tax_free,
                            osy_rest_text (call->body, "cancelReason", ""));
  return osy_sim_toss_object_payment (bank, payment);
}

/* ---- virtual accounts ---- */

static const char *
account_wish_fault (OsySimTossBank *bank, JsonObject *body)
{
  gint64 hours = osy_rest_int (body, "validHours", 168);

  if (!osy_sim_toss_bank_is_order_id (osy_rest_text (body, "orderId", "")) ||
      osy_sim_toss_op_text (body, "orderName", 100) == NULL ||
      osy_sim_toss_op_text (body, "customerName", 100) == NULL || hours < 1 || hours > 2160)
    return "INVALID_REQUEST";
  if (!osy_sim_toss_bank_is_bank (osy_rest_text (body, "bank", "")))
    return "INVALID_BANK";
  return osy_rest_int (body, "amount", -1) < 200 ? "BELOW_MINIMUM_AMOUNT" : NULL;
}

JsonNode *
osy_sim_toss_op_account (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  static const char *const wanted[] = {"orderId", "orderName", "amount", "customerName"};
  g_autoptr (JsonObject) wish = json_object_new ();
  g_autofree char *client_key = g_strdup (call->api_key);

  *code = account_wish_fault (bank, call->body);
  if (*code != NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    json_object_set_member (wish, wanted[i], json_object_dup_member (call->body, wanted[i]));
  json_object_set_string_member (wish, "method", "VIRTUAL_ACCOUNT");
  *strstr (client_key, "sk_") = 'c';
  OsySimTossPayment *payment = osy_sim_toss_bank_open (bank, client_key, wish, code);
  if (payment == NULL)
    return NULL;
  payment->owner = g_strdup (call->api_key);
  osy_sim_toss_bank_await (bank, payment, osy_rest_text (call->body, "bank", ""),
                           osy_rest_int (call->body, "validHours", 168));
  return osy_sim_toss_object_payment (bank, payment);
}
