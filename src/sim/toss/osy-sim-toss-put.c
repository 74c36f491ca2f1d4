/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The pieces that answers of Toss Payments are put together from. */

#include "osy-sim-toss-put.h"

#include "osy-sim-toss-object.h"

GDateTime *
osy_sim_toss_put_korea (gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

char *
osy_sim_toss_object_time (gint64 at)
{
  g_autoptr (GDateTime) time = osy_sim_toss_put_korea (at);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+09:00");
}

/* Text, or null. */
void
osy_sim_toss_put_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

void
osy_sim_toss_put_time (JsonObject *object, const char *name, gint64 at)
{
  g_autofree char *text = at != 0 ? osy_sim_toss_object_time (at) : NULL;

  osy_sim_toss_put_text (object, name, text);
}

/* An object, or null. */
void
osy_sim_toss_put_object (JsonObject *object, const char *name, JsonObject *member)
{
  if (member != NULL)
    json_object_set_object_member (object, name, member);
  else
    json_object_set_null_member (object, name);
}

JsonObject *
osy_sim_toss_put_card (const OsySimTossPayment *payment)
{
  JsonObject *card = json_object_new ();
  g_autofree char *approval = g_strdup_printf ("%08u", g_str_hash (payment->key) % 100000000);

  json_object_set_int_member (card, "amount", payment->amount);
  json_object_set_string_member (card, "issuerCode", "61");
  json_object_set_string_member (card, "acquirerCode", "31");
  json_object_set_string_member (card, "number",
                                 payment->card != NULL ? payment->card : "12341234****123*");
  json_object_set_int_member (card, "installmentPlanMonths", 0);
  json_object_set_string_member (card, "approveNo", approval);
  json_object_set_boolean_member (card, "useCardPoint", FALSE);
  json_object_set_string_member (card, "cardType", "신용");
  json_object_set_string_member (card, "ownerType", "개인");
  json_object_set_string_member (card, "acquireStatus", "READY");
  json_object_set_boolean_member (card, "isInterestFree", FALSE);
  json_object_set_null_member (card, "interestPayer");
  return card;
}

JsonObject *
osy_sim_toss_put_cancel (const OsySimTossMove *move)
{
  JsonObject *cancel = json_object_new ();

  json_object_set_int_member (cancel, "cancelAmount",
                              move->amount != 0 ? -move->amount : move->payment->amount);
  json_object_set_string_member (cancel, "cancelReason", move->reason);
  json_object_set_int_member (cancel, "taxFreeAmount", move->tax_free);
  json_object_set_int_member (cancel, "taxExemptionAmount", 0);
  json_object_set_int_member (cancel, "refundableAmount", move->left);
  json_object_set_int_member (cancel, "easyPayDiscountAmount", 0);
  osy_sim_toss_put_time (cancel, "canceledAt", move->at);
  json_object_set_string_member (cancel, "transactionKey", move->key);
  json_object_set_null_member (cancel, "receiptKey");
  json_object_set_string_member (cancel, "cancelStatus", "DONE");
  json_object_set_null_member (cancel, "cancelRequestId");
  return cancel;
}
