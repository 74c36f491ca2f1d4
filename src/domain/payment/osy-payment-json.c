/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Payments as JSON, both ways: what routes answer and events carry. Members that are not set are
 * left out. */

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-money.h"
#include "osy-payment.h"

#define MAX_ROWS 1000
#define MAX_TEXT 1000

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_text (object, name, text);
}

static JsonObject *
refund_to_json (const OsyRefund *refund)
{
  JsonObject *object = json_object_new ();
  JsonArray *lines = json_array_new ();

  set_text (object, "id", refund->id);
  set_text (object, "act_id", refund->act_id);
  set_text (object, "status", refund->status);
  json_object_set_int_member (object, "amount", refund->amount);
  json_object_set_int_member (object, "tax_free_amount", refund->tax_free);
  json_object_set_int_member (object, "vat_amount", refund->vat);
  set_text (object, "reason", refund->reason);
  for (guint i = 0; i < refund->lines->len; i++) {
    const OsyRefundLine *line = g_ptr_array_index (refund->lines, i);
    JsonObject *row = json_object_new ();
    set_text (row, "line_id", line->line_id);
    json_object_set_int_member (row, "quantity", line->quantity);
    json_array_add_object_element (lines, row);
  }
  json_object_set_array_member (object, "lines", lines);
  set_text (object, "by", refund->by);
  set_time (object, "at", refund->at);
  set_text (object, "failure", refund->failure);
  return object;
}

static void
set_pair (JsonObject *object, const char *name, const char *const members[2], char *values[2])
{
  if (values[0] == NULL && values[1] == NULL)
    return;
  JsonObject *pair = json_object_new ();
  for (guint i = 0; i < 2; i++)
    set_text (pair, members[i], values[i]);
  json_object_set_object_member (object, name, pair);
}

static void
set_account (JsonObject *object, const OsyPayment *self)
{
  if (self->account_number == NULL)
    return;
  JsonObject *account = json_object_new ();
  set_text (account, "bank", self->bank);
  set_text (account, "account_number", self->account_number);
  set_time (account, "due_at", self->due_at);
  json_object_set_object_member (object, "virtual_account", account);
}

static void
set_receipt (JsonObject *object, const OsyCashReceipt *receipt)
{
  if (receipt == NULL)
    return;
  JsonObject *row = json_object_new ();
  set_text (row, "kind", receipt->kind);
  set_text (row, "status", receipt->status);
  set_text (row, "identity", receipt->identity);
  set_text (row, "approval_no", receipt->approval_no);
  json_object_set_int_member (row, "amount", receipt->amount);
  json_object_set_object_member (object, "cash_receipt", row);
}

static void
set_amounts (JsonObject *object, const OsyPayment *self)
{
  json_object_set_int_member (object, "amount", self->amount);
  json_object_set_int_member (object, "tax_free_amount", self->tax_free);
  if (self->received > 0) {
    json_object_set_int_member (object, "received", self->received);
    json_object_set_int_member (object, "change", self->received - self->amount);
  }
  if (self->discount > 0)
    json_object_set_int_member (object, "platform_discount", self->discount);
  json_object_set_int_member (object, "refunded_amount", self->refunded);
  json_object_set_int_member (object, "refundable_amount",
                              osy_payment_is_captured (self->status) ? self->amount - self->held
                                                                     : 0);
}

JsonNode *
osy_payment_to_json (const OsyPayment *self)
{
  static const char *const card[2] = {"issuer", "number"};
  static const char *const failure[2] = {"code", "message"};
  JsonObject *object = json_object_new ();
  JsonArray *refunds = json_array_new ();

  set_text (object, "id", self->id);
  set_text (object, "status", self->status);
  set_text (object, "check_id", self->check_id);
  set_text (object, "order_id", self->order_id);
  set_text (object, "part_id", self->part_id);
  set_text (object, "method", self->method);
  set_amounts (object, self);
  set_text (object, "approval_no", self->approval_no);
  set_pair (object, "card", card, (char *[2]){self->card_issuer, self->card_number});
  set_text (object, "checkout_url", self->checkout_url);
  set_account (object, self);
  for (guint i = 0; i < self->refunds->len; i++)
    json_array_add_object_element (refunds, refund_to_json (g_ptr_array_index (self->refunds, i)));
  json_object_set_array_member (object, "refunds", refunds);
  set_receipt (object, self->cash_receipt);
  set_pair (object, "failure", failure, (char *[2]){self->failure_code, self->failure_message});
  set_time (object, "created_at", self->created_at);
  set_time (object, "paid_at", self->paid_at);
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

/* ---- reading ---- */

static char *
text_of (OsyJsonReader *reader, const char *name)
{
  return reader != NULL ? g_strdup (osy_json_reader_opt_string (reader, name, 0, MAX_TEXT)) : NULL;
}

static gint64
won_of (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_opt_int (reader, name, 0, OSY_MONEY_MAX, 0);
}

static void
read_refund (OsyJsonReader *reader, OsyRefund *refund)
{
  refund->id = text_of (reader, "id");
  refund->act_id = text_of (reader, "act_id");
  refund->status = g_strdup (osy_json_reader_string (reader, "status", 1, 40));
  refund->amount = won_of (reader, "amount");
  refund->tax_free = won_of (reader, "tax_free_amount");
  refund->vat = won_of (reader, "vat_amount");
  refund->reason = text_of (reader, "reason");
  guint n = osy_json_reader_opt_array (reader, "lines", MAX_ROWS);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "lines", i);
    OsyRefundLine *line = osy_refund_add_line (refund);
    line->line_id = text_of (row, "line_id");
    line->quantity = won_of (row, "quantity");
  }
  refund->by = text_of (reader, "by");
  refund->at = osy_json_reader_opt_time (reader, "at");
  refund->failure = text_of (reader, "failure");
}

static OsyCashReceipt *
read_receipt (OsyJsonReader *reader)
{
  if (reader == NULL)
    return NULL;
  OsyCashReceipt *receipt = g_new0 (OsyCashReceipt, 1);
  receipt->kind = text_of (reader, "kind");
  receipt->status = text_of (reader, "status");
  receipt->identity = text_of (reader, "identity");
  receipt->approval_no = text_of (reader, "approval_no");
  receipt->amount = won_of (reader, "amount");
  return receipt;
}

static void
read_parts (OsyJsonReader *reader, OsyPayment *self)
{
  OsyJsonReader *card = osy_json_reader_opt_object (reader, "card");
  OsyJsonReader *account = osy_json_reader_opt_object (reader, "virtual_account");
  OsyJsonReader *failure = osy_json_reader_opt_object (reader, "failure");
  guint n = osy_json_reader_opt_array (reader, "refunds", MAX_ROWS);

  self->card_issuer = text_of (card, "issuer");
  self->card_number = text_of (card, "number");
  self->bank = text_of (account, "bank");
  self->account_number = text_of (account, "account_number");
  self->due_at = account != NULL ? osy_json_reader_opt_time (account, "due_at") : 0;
  self->failure_code = text_of (failure, "code");
  self->failure_message = text_of (failure, "message");
  self->cash_receipt = read_receipt (osy_json_reader_opt_object (reader, "cash_receipt"));
  for (guint i = 0; i < n; i++)
    read_refund (osy_json_reader_element (reader, "refunds", i), osy_payment_add_refund (self));
}

OsyPayment *
osy_payment_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyPayment) self = osy_payment_new ();

  osy_json_reader_ignore_unknown (reader);
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->status = g_strdup (osy_json_reader_string (reader, "status", 1, 40));
  self->check_id = g_strdup (osy_json_reader_id (reader, "check_id"));
  self->order_id = g_strdup (osy_json_reader_opt_id (reader, "order_id"));
  self->part_id = g_strdup (osy_json_reader_opt_id (reader, "part_id"));
  self->method = g_strdup (osy_json_reader_string (reader, "method", 1, 40));
  self->amount = won_of (reader, "amount");
  self->tax_free = won_of (reader, "tax_free_amount");
  self->received = won_of (reader, "received");
  self->discount = won_of (reader, "platform_discount");
  self->refunded = won_of (reader, "refunded_amount");
  self->approval_no = text_of (reader, "approval_no");
  self->checkout_url = text_of (reader, "checkout_url");
  self->created_at = osy_json_reader_opt_time (reader, "created_at");
  self->paid_at = osy_json_reader_opt_time (reader, "paid_at");
  self->version = won_of (reader, "version");
  read_parts (reader, self);
  gint64 refundable = won_of (reader, "refundable_amount");
  self->held = self->amount - refundable;
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
