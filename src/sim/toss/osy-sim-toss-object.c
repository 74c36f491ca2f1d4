/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The objects of Toss Payments, version 2022-11-16: what is absent is null, never left out. */

#include "osy-sim-toss-object.h"

#include "osy-json.h"
#include "osy-money.h"
#include "osy-sim-toss-error.h"
#include "osy-sim-toss-put.h"

static JsonObject *
url_of (const OsySimTossBank *bank, const char *path, const char *key)
{
  JsonObject *object = json_object_new ();
  g_autofree char *url = g_strconcat (bank->public_url, path, key, NULL);

  json_object_set_string_member (object, "url", url);
  return object;
}

static JsonObject *
easy_pay_of (const OsySimTossPayment *payment)
{
  JsonObject *easy = json_object_new ();

  json_object_set_string_member (easy, "provider", "토스페이");
  json_object_set_int_member (easy, "amount", 0);
  json_object_set_int_member (easy, "discountAmount", 0);
  return easy;
}

static JsonObject *
account_of (const OsySimTossPayment *payment)
{
  JsonObject *account = json_object_new ();

  json_object_set_string_member (account, "accountType", "일반");
  json_object_set_string_member (account, "accountNumber", payment->account);
  json_object_set_string_member (account, "bankCode", payment->bank);
  json_object_set_string_member (account, "customerName", payment->customer_name);
  osy_sim_toss_put_text (account, "depositorName",
                         payment->approved_at != 0 ? payment->customer_name : NULL);
  osy_sim_toss_put_time (account, "dueDate", payment->due_at);
  json_object_set_string_member (account, "refundStatus", payment->refunded ? "COMPLETED" : "NONE");
  json_object_set_boolean_member (account, "expired", g_str_equal (payment->status, "EXPIRED"));
  json_object_set_string_member (account, "settlementStatus", "INCOMPLETED");
  json_object_set_null_member (account, "refundReceiveAccount");
  return account;
}

static JsonObject *
transfer_of (void)
{
  JsonObject *transfer = json_object_new ();

  json_object_set_string_member (transfer, "bankCode", "92");
  json_object_set_string_member (transfer, "settlementStatus", "INCOMPLETED");
  return transfer;
}

static JsonObject *
mobile_of (const OsySimTossBank *bank, const OsySimTossPayment *payment)
{
  JsonObject *mobile = json_object_new ();
  g_autofree char *url = g_strconcat (bank->public_url, "/sim/receipt/", payment->key, NULL);

  json_object_set_string_member (mobile, "customerMobilePhone", "010****0000");
  json_object_set_string_member (mobile, "settlementStatus", "INCOMPLETED");
  json_object_set_string_member (mobile, "receiptUrl", url);
  return mobile;
}

static JsonObject *
failure_of (const OsySimTossPayment *payment)
{
  const OsySimTossError *error = osy_sim_toss_error_find (payment->failure);

  if (error == NULL)
    return NULL;
  JsonObject *failure = json_object_new ();
  json_object_set_string_member (failure, "code", error->code);
  json_object_set_string_member (failure, "message", error->ko);
  return failure;
}

static void
put_cancels (JsonObject *object, const OsySimTossPayment *payment)
{
  JsonArray *cancels = json_array_new ();

  for (guint i = 0; i < payment->moves->len; i++) {
    const OsySimTossMove *move = payment->moves->pdata[i];
    if (g_str_has_suffix (move->status, "CANCELED"))
      json_array_add_object_element (cancels, osy_sim_toss_put_cancel (move));
  }
  if (json_array_get_length (cancels) > 0) {
    json_object_set_array_member (object, "cancels", cancels);
  } else {
    json_object_set_null_member (object, "cancels");
    json_array_unref (cancels);
  }
}

static void
put_amounts (JsonObject *object, const OsySimTossPayment *payment)
{
  gboolean untouched = payment->approved_at == 0 && !g_str_equal (payment->status, "CANCELED");
  gint64 balance = untouched ? payment->amount : payment->balance;
  gint64 tax_free = untouched ? payment->tax_free : payment->tax_free_left;
  gint64 supply, vat;

  osy_money_split_vat (balance - tax_free, &supply, &vat);
  json_object_set_int_member (object, "totalAmount", payment->amount);
  json_object_set_int_member (object, "balanceAmount", balance);
  json_object_set_int_member (object, "suppliedAmount", supply);
  json_object_set_int_member (object, "vat", vat);
  json_object_set_int_member (object, "taxFreeAmount", tax_free);
  json_object_set_int_member (object, "taxExemptionAmount", 0);
}

static void
put_methods (const OsySimTossBank *bank, JsonObject *object, const OsySimTossPayment *payment)
{
  gboolean approved = payment->approved_at != 0;
  gboolean easy = g_str_equal (payment->method, "간편결제");
  gboolean card = easy || g_str_equal (payment->method, "카드");

  osy_sim_toss_put_object (object, "card",
                           approved && card ? osy_sim_toss_put_card (payment) : NULL);
  osy_sim_toss_put_object (object, "virtualAccount",
                           payment->account != NULL ? account_of (payment) : NULL);
  osy_sim_toss_put_object (
      object, "mobilePhone",
      approved && g_str_equal (payment->method, "휴대폰") ? mobile_of (bank, payment) : NULL);
  json_object_set_null_member (object, "giftCertificate");
  osy_sim_toss_put_object (object, "transfer",
                           approved && g_str_equal (payment->method, "계좌이체") ? transfer_of ()
                                                                                 : NULL);
  osy_sim_toss_put_object (object, "easyPay", approved && easy ? easy_pay_of (payment) : NULL);
}

JsonNode *
osy_sim_toss_object_payment (const OsySimTossBank *bank, const OsySimTossPayment *payment)
{
  static const char *const nulls[] = {"cashReceipt", "cashReceipts", "discount", "metadata"};
  JsonObject *object = json_object_new ();
  const OsySimTossMove *last =
      payment->moves->len > 0 ? payment->moves->pdata[payment->moves->len - 1] : NULL;

  json_object_set_string_member (object, "mId", OSY_SIM_TOSS_MERCHANT);
  osy_sim_toss_put_text (object, "lastTransactionKey", last != NULL ? last->key : NULL);
  json_object_set_string_member (object, "version", "2022-11-16");
  json_object_set_string_member (object, "paymentKey", payment->key);
  json_object_set_string_member (object, "type", "NORMAL");
  json_object_set_string_member (object, "orderId", payment->order_id);
  json_object_set_string_member (object, "orderName", payment->order_name);
  json_object_set_string_member (object, "currency", "KRW");
  json_object_set_string_member (object, "country", "KR");
  json_object_set_string_member (object, "method", payment->method);
  json_object_set_string_member (object, "status", payment->status);
  osy_sim_toss_put_time (object, "requestedAt", payment->requested_at);
  osy_sim_toss_put_time (object, "approvedAt", payment->approved_at);
  json_object_set_boolean_member (object, "useEscrow", FALSE);
  json_object_set_boolean_member (object, "cultureExpense", FALSE);
  json_object_set_boolean_member (object, "isPartialCancelable", TRUE);
  put_amounts (object, payment);
  put_cancels (object, payment);
  put_methods (bank, object, payment);
  osy_sim_toss_put_text (object, "secret", payment->secret);
  osy_sim_toss_put_object (object, "receipt",
                           payment->approved_at != 0 ? url_of (bank, "/sim/receipt/", payment->key)
                                                     : NULL);
  osy_sim_toss_put_object (object, "checkout", url_of (bank, "/sim/window/", payment->key));
  osy_sim_toss_put_object (object, "failure", failure_of (payment));
  for (gsize i = 0; i < G_N_ELEMENTS (nulls); i++)
    json_object_set_null_member (object, nulls[i]);
  return osy_json_take_object (object);
}
