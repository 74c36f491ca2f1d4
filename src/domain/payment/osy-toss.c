/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The words of Toss Payments. Unknown members and values are passed over; what cannot be read is
 * unknown, never a refusal. */

#include "osy-toss.h"

#include <string.h>

#include "osy-crypto.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-money.h"

#define MAX_TEXT 1000
#define MAX_CANCELS 1000

static void
cancel_free (gpointer data)
{
  OsyTossCancel *cancel = data;

  g_free (cancel->transaction_key);
  g_free (cancel->reason);
  g_free (cancel);
}

void
osy_toss_answer_free (OsyTossAnswer *self)
{
  if (self == NULL)
    return;
  char *texts[] = {self->code,        self->message,      self->status,      self->order_id,
                   self->payment_key, self->approval_no,  self->detail,      self->secret,
                   self->receipt_key, self->issue_number, self->issue_status};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (self->cancels);
  g_free (self);
}

/* ---- reading ---- */

static const char *
text_of (OsyJsonReader *reader, const char *name)
{
  return reader != NULL ? osy_json_reader_opt_string (reader, name, 0, MAX_TEXT) : NULL;
}

static OsyTossClass
class_of (guint status, const char *code)
{
  static const char *const unknown[] = {"ALREADY_PROCESSED_PAYMENT", "PROVIDER_ERROR",
                                        "IDEMPOTENT_REQUEST_PROCESSING", NULL};

  if (status == 200)
    return OSY_TOSS_OK;
  if (status < 400 || status >= 500 || status == 408 || status == 429 || code == NULL)
    return OSY_TOSS_UNKNOWN;
  return g_strv_contains (unknown, code) ? OSY_TOSS_UNKNOWN : OSY_TOSS_REFUSED;
}

static const char *
bank_name (const char *code)
{
  static const char *const banks[] = {
      "02", "산업",   "03", "기업", "06", "국민",   "07", "수협",   "11", "농협", "12", "단위농협",
      "20", "우리",   "23", "SC",   "27", "씨티",   "31", "대구",   "32", "부산", "34", "광주",
      "35", "제주",   "37", "전북", "39", "경남",   "45", "새마을", "48", "신협", "50", "저축",
      "54", "HSBC",   "64", "산림", "71", "우체국", "81", "하나",   "88", "신한", "89", "케이",
      "90", "카카오", "92", "토스"};

  for (guint i = 0; code != NULL && i + 1 < G_N_ELEMENTS (banks); i += 2)
    if (g_str_equal (banks[i], code))
      return banks[i + 1];
  return code;
}

static char *
print_pair (const char *first, const char *a, const char *second, const char *b)
{
  JsonObject *object = json_object_new ();

  if (a != NULL)
    json_object_set_string_member (object, first, a);
  if (b != NULL)
    json_object_set_string_member (object, second, b);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

static void
read_means (OsyTossAnswer *self, OsyJsonReader *reader)
{
  OsyJsonReader *card = osy_json_reader_opt_object (reader, "card");
  OsyJsonReader *easy = osy_json_reader_opt_object (reader, "easyPay");
  OsyJsonReader *account = osy_json_reader_opt_object (reader, "virtualAccount");
  const char *provider = text_of (easy, "provider");

  if (account != NULL) {
    self->detail = print_pair ("bank", bank_name (text_of (account, "bankCode")), "account",
                               text_of (account, "accountNumber"));
    self->due_at = osy_json_reader_opt_time (account, "dueDate");
  } else if (card != NULL || easy != NULL) {
    self->detail = print_pair ("issuer", provider != NULL ? provider : text_of (card, "issuerCode"),
                               "number", text_of (card, "number"));
  }
  self->approval_no = g_strdup (text_of (card, "approveNo"));
}

static void
read_cancels (OsyTossAnswer *self, OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "cancels", MAX_CANCELS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "cancels", i);
    OsyTossCancel *cancel = g_new0 (OsyTossCancel, 1);
    const char *status = text_of (row, "cancelStatus");
    cancel->transaction_key = g_strdup (text_of (row, "transactionKey"));
    cancel->reason = g_strdup (text_of (row, "cancelReason"));
    cancel->amount = osy_json_reader_opt_int (row, "cancelAmount", 0, OSY_MONEY_MAX, 0);
    cancel->tax_free = osy_json_reader_opt_int (row, "taxFreeAmount", 0, OSY_MONEY_MAX, 0);
    cancel->done = status == NULL || g_str_equal (status, "DONE");
    g_ptr_array_add (self->cancels, cancel);
  }
}

static void
read_body (OsyTossAnswer *self, OsyJsonReader *reader)
{
  self->code = g_strdup (text_of (reader, "code"));
  self->message = g_strdup (text_of (reader, "message"));
  self->status = g_strdup (text_of (reader, "status"));
  self->order_id = g_strdup (text_of (reader, "orderId"));
  self->payment_key = g_strdup (text_of (reader, "paymentKey"));
  self->total = osy_json_reader_opt_int (reader, "totalAmount", 0, OSY_MONEY_MAX, 0);
  self->approved = text_of (reader, "approvedAt") != NULL;
  self->secret = g_strdup (text_of (reader, "secret"));
  self->receipt_key = g_strdup (text_of (reader, "receiptKey"));
  self->issue_number = g_strdup (text_of (reader, "issueNumber"));
  self->issue_status = g_strdup (text_of (reader, "issueStatus"));
  read_means (self, reader);
  read_cancels (self, reader);
}

OsyTossAnswer *
osy_toss_read (guint http_status, GBytes *body)
{
  OsyTossAnswer *self = g_new0 (OsyTossAnswer, 1);
  gsize size = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (JsonNode) node = size > 0 ? osy_json_parse (text, size, NULL) : NULL;

  self->cancels = g_ptr_array_new_with_free_func (cancel_free);
  self->kind = OSY_TOSS_UNKNOWN;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return self;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  osy_json_reader_ignore_unknown (reader);
  read_body (self, reader);
  self->kind = class_of (http_status, self->code);
  self->remembered = http_status >= 500 && self->code != NULL;
  /* An answer of another form than ours says nothing for certain. */
  if (self->kind == OSY_TOSS_OK && !osy_json_reader_finish (reader, NULL))
    self->kind = OSY_TOSS_UNKNOWN;
  return self;
}

/* ---- asking ---- */

static GBytes *
print_body (JsonObject *object)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  return osy_json_print_bytes (node);
}

GBytes *
osy_toss_confirm_body (const char *payment_key, const char *order_id, gint64 amount)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "paymentKey", payment_key);
  json_object_set_string_member (object, "orderId", order_id);
  json_object_set_int_member (object, "amount", amount);
  return print_body (object);
}

/* "reason [refund id]" */
static char *
mark (const char *reason, const char *refund_id)
{
  return refund_id != NULL ? g_strdup_printf ("%s [%s]", reason, refund_id) : g_strdup (reason);
}

static void
add_account (JsonObject *object, const char *account)
{
  g_autoptr (JsonNode) node = osy_json_parse (account, strlen (account), NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  JsonObject *row = json_object_new ();
  const char *const names[][2] = {
      {"bank", "bank"}, {"account_number", "accountNumber"}, {"holder", "holderName"}};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = text_of (reader, names[i][0]);
    if (value != NULL)
      json_object_set_string_member (row, names[i][1], value);
  }
  json_object_set_object_member (object, "refundReceiveAccount", row);
}

GBytes *
osy_toss_cancel_body (const OsyTossRefund *refund)
{
  JsonObject *object = json_object_new ();
  g_autofree char *reason = mark (refund->reason, refund->refund_id);

  json_object_set_string_member (object, "cancelReason", reason);
  if (refund->amount > 0)
    json_object_set_int_member (object, "cancelAmount", refund->amount);
  if (refund->tax_free > 0)
    json_object_set_int_member (object, "taxFreeAmount", refund->tax_free);
  if (refund->account != NULL)
    add_account (object, refund->account);
  return print_body (object);
}

const OsyTossCancel *
osy_toss_find_cancel (const OsyTossAnswer *answer, const char *refund_id)
{
  g_autofree char *end = g_strdup_printf (" [%s]", refund_id);

  for (guint i = 0; i < answer->cancels->len; i++) {
    const OsyTossCancel *cancel = g_ptr_array_index (answer->cancels, i);
    if (cancel->reason != NULL && g_str_has_suffix (cancel->reason, end))
      return cancel;
  }
  return NULL;
}

gboolean
osy_toss_is_ours (const OsyTossCancel *cancel)
{
  gsize len = cancel->reason != NULL ? strlen (cancel->reason) : 0;

  if (len < OSY_ID_SIZE + 1 || cancel->reason[len - 1] != ']')
    return FALSE;
  g_autofree char *id = g_strndup (cancel->reason + len - OSY_ID_SIZE, OSY_ID_SIZE - 1);
  return cancel->reason[len - OSY_ID_SIZE - 1] == '[' && osy_id_is_valid (id);
}

GBytes *
osy_toss_receipt_body (const OsyTossReceipt *receipt)
{
  JsonObject *object = json_object_new ();
  gboolean business = g_str_equal (receipt->kind, "BUSINESS");

  json_object_set_int_member (object, "amount", receipt->amount);
  json_object_set_string_member (object, "orderId", receipt->id);
  json_object_set_string_member (object, "orderName", "음식");
  json_object_set_string_member (object, "customerIdentityNumber", receipt->identity);
  json_object_set_string_member (object, "type", business ? "지출증빙" : "소득공제");
  if (receipt->tax_free > 0)
    json_object_set_int_member (object, "taxFreeAmount", receipt->tax_free);
  return print_body (object);
}

GBytes *
osy_toss_amount_body (gint64 amount)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "amount", amount);
  return print_body (object);
}

char *
osy_toss_authorization (const char *secret_key)
{
  g_autofree char *pair = g_strconcat (secret_key, ":", NULL);
  g_autofree char *text = g_base64_encode ((const guchar *)pair, strlen (pair));
  char *value = g_strconcat ("Basic ", text, NULL);

  osy_wipe (pair, strlen (pair));
  osy_wipe (text, strlen (text));
  return value;
}
