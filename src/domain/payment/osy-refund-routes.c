/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Refunds over HTTP: of one payment, of a whole check, and what either would do. */

#include "osy-money.h"
#include "osy-payment-ask.h"

#define MAX_LINES 500
#define MAX_SHARES 20

/* ---- reading ---- */

static guint
read_pieces (OsyJsonReader *reader, OsyRefundAsk *ask)
{
  guint n = osy_json_reader_opt_array (reader, "lines", MAX_LINES);

  ask->pieces = g_array_new (FALSE, TRUE, sizeof (OsyRefundPiece));
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "lines", i);
    const OsyRefundPiece piece = {osy_json_reader_id (row, "line_id"),
                                  osy_json_reader_int (row, "quantity", 1, 999)};
    g_array_append_val (ask->pieces, piece);
  }
  return n;
}

static void
read_account (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  static const char *const names[] = {"bank", "account_number", "holder"};
  OsyJsonReader *account = osy_json_reader_opt_object (reader, "refund_account");
  JsonObject *object;

  if (account == NULL)
    return;
  object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = osy_json_reader_string (account, names[i], 1, 60);
    if (text != NULL)
      json_object_set_string_member (object, names[i], text);
  }
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  ask->account = osy_json_print (node);
  ask->refund.account = ask->account;
}

static void
read_fraction (OsyJsonReader *reader, OsyRefundAsk *ask)
{
  OsyJsonReader *fraction = osy_json_reader_opt_object (reader, "fraction");

  if (fraction == NULL)
    return;
  ask->numerator = (int)osy_json_reader_int (fraction, "numerator", 1, MAX_SHARES);
  ask->denominator = MAX (1, (int)osy_json_reader_int (fraction, "denominator", 1, MAX_SHARES));
  if (ask->numerator > ask->denominator)
    osy_json_reader_fault (fraction, "numerator", "OUT_OF_RANGE", "A share is one at most.");
}

/* Of a check: lines, a fraction or won; the fee beside any of them, or alone. */
static void
read_plan (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  OsyRefundAsk *refund = &ask->refund;
  guint n = read_pieces (reader, refund);

  refund->check_id = ask->id;
  refund->amount = osy_json_reader_opt_int (reader, "amount", 1, OSY_MONEY_MAX, 0);
  refund->delivery_fee = osy_json_reader_opt_bool (reader, "delivery_fee", FALSE);
  read_fraction (reader, refund);
  read_account (ask, reader);
  guint ways = (n > 0) + (refund->amount > 0) + (refund->numerator > 0);
  if (ways > 1 || (ways == 0 && !refund->delivery_fee))
    osy_json_reader_fault (reader, "amount", "REQUIRED", "One of lines, fraction and amount.");
}

static void
read_reason (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  ask->refund.reason = osy_json_reader_string (reader, "reason", 1, OSY_PAYMENT_MAX_REASON);
  ask->refund.key = &ask->key;
  ask->status = 201;
}

static void
read_check_refund (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  read_plan (ask, reader);
  read_reason (ask, reader);
}

/* Of one payment: won; lines say what it is for. */
static void
read_refund (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  ask->refund.payment_id = ask->id;
  ask->refund.amount = osy_json_reader_int (reader, "amount", 1, OSY_MONEY_MAX);
  read_pieces (reader, &ask->refund);
  read_account (ask, reader);
  read_reason (ask, reader);
}

static void
read_complete (OsyPaymentAsk *ask, OsyJsonReader *reader)
{
  ask->failed = !osy_json_reader_opt_bool (reader, "handed_back", TRUE);
}

/* ---- doing ---- */

static void
wait_for_remote (OsyPaymentAsk *ask, GPtrArray *payments)
{
  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    if (osy_payment_is_remote (payment->method)) {
      g_free (ask->wait_for);
      ask->wait_for = g_strdup (payment->id);
    }
  }
}

static gboolean
work_refund (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) payments = osy_refund_make (act, &ask->refund, &reply->replayed, error);

  if (payments == NULL)
    return FALSE;
  wait_for_remote (ask, payments);
  return osy_payment_ask_answer (g_ptr_array_steal_index (payments, 0), reply);
}

static void
refund_payment (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_refund, read_refund);
}

static gboolean
work_check_refund (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  g_autoptr (GPtrArray) payments = osy_refund_make (act, &ask->refund, &reply->replayed, error);

  if (payments == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < payments->len; i++)
    json_array_add_element (array, osy_payment_to_json (g_ptr_array_index (payments, i)));
  json_object_set_array_member (body, "payments", array);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
refund_check (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_check_refund, read_check_refund);
}

static gboolean
work_plan (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyRefundPlan) plan = osy_refund_plan (act, &ask->refund, error);

  if (plan != NULL)
    reply->body = osy_refund_plan_to_json (plan);
  return plan != NULL;
}

static void
plan_refund (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_plan, read_plan);
}

static gboolean
work_complete (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  return osy_refund_complete (act, ask->id, ask->refund_id, ask->failed, error) &&
         osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->id, error), reply);
}

static void
complete_refund (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_complete, read_complete);
}

static gboolean
work_print (const OsyPaymentAct *act, OsyPaymentAsk *ask, OsyApiReply *reply, GError **error)
{
  return osy_refund_print (act, ask->id, ask->refund_id, &ask->key, &reply->replayed, error) &&
         osy_payment_ask_answer (osy_payment_store_get (act->tx, act->ring, ask->id, error), reply);
}

static void
print_refund (OsyHttpRequest *http, gpointer room)
{
  osy_payment_ask_begin (http, room, NULL, work_print, NULL);
}

const OsyRoute osy_refund_routes[] = {
    {"POST", "/api/v1/payments/{id}/refunds", "refundPayment", OSY_PERM_PAYMENT_REFUND,
     OSY_ROUTE_IDEMPOTENT, refund_payment},
    {"POST", "/api/v1/payments/{id}/refunds/{refund_id}/complete", "completeRefund",
     OSY_PERM_PAYMENT_REFUND, 0, complete_refund},
    {"POST", "/api/v1/payments/{id}/refunds/{refund_id}/print", "printRefund",
     OSY_PERM_PAYMENT_TAKE, OSY_ROUTE_IDEMPOTENT | OSY_ROUTE_NO_BODY, print_refund},
    {"POST", "/api/v1/restaurants/me/checks/{id}/refund-plan", "planRefund", OSY_PERM_PAYMENT_TAKE,
     0, plan_refund},
    {"POST", "/api/v1/restaurants/me/checks/{id}/refunds", "refundCheck", OSY_PERM_PAYMENT_REFUND,
     OSY_ROUTE_IDEMPOTENT, refund_check},
    {NULL},
};
