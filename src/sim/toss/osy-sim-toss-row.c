/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rows that shops compare their books with: transactions, settlements, cash receipts. */

#include "osy-json.h"
#include "osy-sim-toss-object.h"
#include "osy-sim-toss-put.h"

#define FEE_PERMILLE 28
#define BUSINESS_NUMBER "1234567891"

char *
osy_sim_toss_object_paid_out (gint64 at)
{
  g_autoptr (GDateTime) day = osy_sim_toss_put_korea (at);

  for (int left = 2; left > 0;) {
    GDateTime *next = g_date_time_add_days (day, 1);
    g_date_time_unref (day);
    day = next;
    left -= g_date_time_get_day_of_week (day) <= 5 ? 1 : 0;
  }
  return g_date_time_format (day, "%Y-%m-%d");
}

JsonNode *
osy_sim_toss_object_transaction (const OsySimTossBank *bank, const OsySimTossMove *move)
{
  const OsySimTossPayment *payment = move->payment;
  JsonObject *object = json_object_new ();
  g_autofree char *url = g_strconcat (bank->public_url, "/sim/receipt/", payment->key, NULL);

  json_object_set_string_member (object, "mId", OSY_SIM_TOSS_MERCHANT);
  json_object_set_string_member (object, "transactionKey", move->key);
  json_object_set_string_member (object, "paymentKey", payment->key);
  json_object_set_string_member (object, "orderId", payment->order_id);
  json_object_set_string_member (object, "method", payment->method);
  osy_sim_toss_put_text (object, "customerKey", payment->customer_key);
  json_object_set_boolean_member (object, "useEscrow", FALSE);
  json_object_set_string_member (object, "receiptUrl", url);
  json_object_set_string_member (object, "status", move->status);
  osy_sim_toss_put_time (object, "transactionAt", move->at);
  json_object_set_string_member (object, "currency", "KRW");
  json_object_set_int_member (object, "amount", move->amount);
  return osy_json_take_object (object);
}

/* fee = supplyAmount + vat, both of the fee and not of the sale. */
static void
put_fee (JsonObject *object, gint64 amount)
{
  gint64 size = ABS (amount);
  gint64 sign = amount < 0 ? -1 : 1;
  gint64 supply = (size * FEE_PERMILLE + 500) / 1000;
  gint64 fee = supply + (supply + 5) / 10;
  JsonObject *base = json_object_new ();
  JsonArray *fees = json_array_new ();

  json_object_set_string_member (base, "type", "BASE");
  json_object_set_int_member (base, "fee", sign * fee);
  json_array_add_object_element (fees, base);
  json_object_set_int_member (object, "amount", amount);
  json_object_set_int_member (object, "interestFee", 0);
  json_object_set_int_member (object, "fee", sign * fee);
  json_object_set_array_member (object, "fees", fees);
  json_object_set_int_member (object, "supplyAmount", sign * supply);
  json_object_set_int_member (object, "vat", sign * (fee - supply));
  json_object_set_int_member (object, "payOutAmount", amount - sign * fee);
}

JsonNode *
osy_sim_toss_object_settlement (const OsySimTossMove *move)
{
  const OsySimTossPayment *payment = move->payment;
  JsonObject *object = json_object_new ();
  g_autoptr (GDateTime) sold = osy_sim_toss_put_korea (move->at);
  g_autofree char *sold_date = g_date_time_format (sold, "%Y-%m-%d");
  g_autofree char *paid_out = osy_sim_toss_object_paid_out (move->at);
  gboolean card = g_str_equal (payment->method, "카드") && payment->approved_at != 0;

  json_object_set_string_member (object, "mId", OSY_SIM_TOSS_MERCHANT);
  json_object_set_string_member (object, "paymentKey", payment->key);
  json_object_set_string_member (object, "transactionKey", move->key);
  json_object_set_string_member (object, "orderId", payment->order_id);
  json_object_set_string_member (object, "currency", "KRW");
  json_object_set_string_member (object, "method", payment->method);
  put_fee (object, move->amount);
  osy_sim_toss_put_time (object, "approvedAt",
                         payment->approved_at != 0 ? payment->approved_at : move->at);
  json_object_set_string_member (object, "soldDate", sold_date);
  json_object_set_string_member (object, "paidOutDate", paid_out);
  osy_sim_toss_put_object (object, "card", card ? osy_sim_toss_put_card (payment) : NULL);
  json_object_set_null_member (object, "easyPay");
  osy_sim_toss_put_object (object, "cancel",
                           move->amount < 0 ? osy_sim_toss_put_cancel (move) : NULL);
  return osy_json_take_object (object);
}

JsonNode *
osy_sim_toss_object_receipt (const OsySimTossBank *bank, const OsySimTossReceipt *receipt)
{
  JsonObject *object = json_object_new ();
  g_autofree char *url = g_strconcat (bank->public_url, "/sim/receipt/", receipt->key, NULL);
  gint64 asked_at = receipt->canceled_at != 0 ? receipt->canceled_at : receipt->at;
  gboolean told = osy_sim_toss_bank_now (bank) >= asked_at + G_TIME_SPAN_DAY;

  json_object_set_string_member (object, "receiptKey", receipt->key);
  json_object_set_string_member (object, "issueNumber", receipt->number);
  json_object_set_string_member (object, "issueStatus", told ? "COMPLETED" : "IN_PROGRESS");
  json_object_set_int_member (object, "amount", receipt->amount);
  json_object_set_int_member (object, "taxFreeAmount", receipt->tax_free);
  json_object_set_string_member (object, "orderId", receipt->order_id);
  json_object_set_string_member (object, "orderName", receipt->order_name);
  json_object_set_string_member (object, "type", receipt->type);
  json_object_set_string_member (object, "transactionType",
                                 receipt->canceled_at != 0 ? "CANCEL" : "CONFIRM");
  json_object_set_string_member (object, "businessNumber", BUSINESS_NUMBER);
  json_object_set_string_member (object, "customerIdentityNumber", receipt->identity);
  json_object_set_null_member (object, "failure");
  osy_sim_toss_put_time (object, "requestedAt", asked_at);
  json_object_set_string_member (object, "receiptUrl", url);
  return osy_json_take_object (object);
}
