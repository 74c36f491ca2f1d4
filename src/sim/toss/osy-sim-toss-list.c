/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What shops compare their books with: transactions, settlements and cash receipts. */

#include <string.h>

#include "osy-id.h"
#include "osy-rest.h"
#include "osy-sim-toss-object.h"
#include "osy-sim-toss-op.h"

static JsonNode *
refuse (const char **code, const char *why)
{
  *code = why;
  return NULL;
}

/* NULL unless it is of this pattern. */
static const char *
query_of (const OsySimTossCall *call, const char *name, const char *pattern)
{
  const char *text = g_hash_table_lookup (call->query, name);

  return text != NULL && g_regex_match_simple (pattern, text, 0, 0) ? text : NULL;
}

gint64
osy_sim_toss_op_page (GHashTable *query, const char *name, gint64 fallback, gint64 max)
{
  const char *text = g_hash_table_lookup (query, name);
  gint64 n = 0;

  if (text == NULL)
    return fallback;
  return g_ascii_string_to_signed (text, 10, 1, max, &n, NULL) ? n : -1;
}

static gboolean
is_own (const OsySimTossMove *move, const OsySimTossCall *call)
{
  return move->amount != 0 && g_strcmp0 (move->payment->owner, call->api_key) == 0;
}

/* ---- transactions ---- */

#define TIME "\\A\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\z"
#define DAY "\\A\\d{4}-\\d\\d-\\d\\d\\z"

/* Whether the row is in the span; both ends and times have one form, so texts compare. */
static gboolean
is_between (gint64 at, const char *start, const char *end)
{
  g_autofree char *text = osy_sim_toss_object_time (at);

  return strncmp (text, start, strlen (start)) >= 0 && strncmp (text, end, strlen (end)) <= 0;
}

JsonNode *
osy_sim_toss_op_transactions (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  const char *start = query_of (call, "startDate", TIME);
  const char *end = query_of (call, "endDate", TIME);
  const char *after = g_hash_table_lookup (call->query, "startingAfter");
  gint64 left = osy_sim_toss_op_page (call->query, "limit", 100, 5000);

  if (start == NULL || end == NULL || left < 0)
    return refuse (code, "INVALID_REQUEST");
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) rows = json_array_new ();
  for (guint i = 0; i < bank->moves->len && left > 0; i++) {
    const OsySimTossMove *move = bank->moves->pdata[i];
    if (after != NULL) {
      after = g_str_equal (move->key, after) ? NULL : after;
    } else if (is_own (move, call) && is_between (move->at, start, end)) {
      json_array_add_element (rows, osy_sim_toss_object_transaction (bank, move));
      left--;
    }
  }
  json_node_set_array (node, rows);
  return node;
}

/* ---- settlements ---- */

static gboolean
is_settled (OsySimTossBank *bank, const OsySimTossMove *move, const OsySimTossCall *call)
{
  const char *start = g_hash_table_lookup (call->query, "startDate");
  const char *end = g_hash_table_lookup (call->query, "endDate");
  const char *type = g_hash_table_lookup (call->query, "dateType");

  if (!is_own (move, call) || g_hash_table_contains (bank->unsettled, move->key))
    return FALSE;
  if (g_strcmp0 (type, "paidOutDate") != 0)
    return is_between (move->at, start, end);
  g_autofree char *day = osy_sim_toss_object_paid_out (move->at);
  return strcmp (day, start) >= 0 && strcmp (day, end) <= 0;
}

JsonNode *
osy_sim_toss_op_settlements (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  gboolean good = query_of (call, "startDate", DAY) != NULL &&
                  query_of (call, "endDate", DAY) != NULL &&
                  (g_hash_table_lookup (call->query, "dateType") == NULL ||
                   query_of (call, "dateType", "\\A(soldDate|paidOutDate)\\z") != NULL);
  gint64 page = osy_sim_toss_op_page (call->query, "page", 1, G_MAXINT32);
  gint64 size = osy_sim_toss_op_page (call->query, "size", 100, 5000);
  gint64 n = 0;

  if (!good || page < 1 || size < 1)
    return refuse (code, "INVALID_REQUEST");
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) rows = json_array_new ();
  for (guint i = 0; i < bank->moves->len; i++)
    if (is_settled (bank, bank->moves->pdata[i], call) && ++n > (page - 1) * size &&
        n <= page * size)
      json_array_add_element (rows, osy_sim_toss_object_settlement (bank->moves->pdata[i]));
  json_node_set_array (node, rows);
  return node;
}

/* ---- cash receipts ---- */

/* A phone or card for people, a registration number for businesses. */
static gboolean
is_identity (const char *type, const char *text)
{
  if (g_str_equal (type, "지출증빙"))
    return g_regex_match_simple ("\\A(\\d{10}|\\d{13,19})\\z", text, 0, 0);
  return g_regex_match_simple ("\\A(01[016789]\\d{7,8}|\\d{13,19})\\z", text, 0, 0);
}

static const char *
issue_fault (JsonObject *body)
{
  const char *type = osy_rest_text (body, "type", "");
  gint64 amount = osy_rest_int (body, "amount", -1);
  gint64 tax_free = osy_rest_int (body, "taxFreeAmount", 0);

  if (amount < 1 || tax_free < 0 || tax_free > amount ||
      !osy_sim_toss_bank_is_order_id (osy_rest_text (body, "orderId", "")) ||
      osy_sim_toss_op_text (body, "orderName", 100) == NULL ||
      (!g_str_equal (type, "소득공제") && !g_str_equal (type, "지출증빙")))
    return "INVALID_REQUEST";
  if (!is_identity (type, osy_rest_text (body, "customerIdentityNumber", "")))
    return "INVALID_CUSTOMER_IDENTITY_NUMBER";
  return NULL;
}

/* Toss issues two for one order without a word; the client must not ask twice. */
static void
judge_second (OsySimTossBank *bank, const OsySimTossCall *call)
{
  const char *order = osy_rest_text (call->body, "orderId", "");

  for (guint i = 0; i < bank->receipts->len; i++) {
    const OsySimTossReceipt *other = bank->receipts->pdata[i];
    if (other->left > 0 && g_str_equal (other->order_id, order) &&
        g_str_equal (other->owner, call->api_key))
      osy_sim_toss_bank_violate (bank, "a second cash receipt for %s", order);
  }
}

JsonNode *
osy_sim_toss_op_issue (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  g_autofree char *token = osy_random_token (18);

  *code = issue_fault (call->body);
  if (*code != NULL)
    return NULL;
  judge_second (bank, call);
  OsySimTossReceipt *self = g_new0 (OsySimTossReceipt, 1);
  self->key = g_strdup_printf ("receipt_%s", token);
  self->number = g_strdup_printf ("%09u", g_random_int_range (1, 999999999));
  self->order_id = g_strdup (osy_rest_text (call->body, "orderId", NULL));
  self->order_name = g_strdup (osy_rest_text (call->body, "orderName", NULL));
  self->identity = g_strdup (osy_rest_text (call->body, "customerIdentityNumber", NULL));
  self->owner = g_strdup (call->api_key);
  self->type =
      g_str_equal (osy_rest_text (call->body, "type", ""), "지출증빙") ? "지출증빙" : "소득공제";
  self->amount = self->left = osy_rest_int (call->body, "amount", 0);
  self->tax_free = osy_rest_int (call->body, "taxFreeAmount", 0);
  self->at = osy_sim_toss_bank_now (bank);
  g_ptr_array_add (bank->receipts, self);
  return osy_sim_toss_object_receipt (bank, self);
}

/* The index of the first after the cursor. */
static guint
index_after (OsySimTossBank *bank, const char *cursor)
{
  for (guint i = 0; cursor != NULL && i < bank->receipts->len; i++) {
    const OsySimTossReceipt *receipt = bank->receipts->pdata[i];
    if (g_str_equal (receipt->key, cursor))
      return i + 1;
  }
  return 0;
}

JsonNode *
osy_sim_toss_op_receipts (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  const char *day = query_of (call, "requestDate", DAY);
  gint64 left = osy_sim_toss_op_page (call->query, "limit", 100, 10000);
  const OsySimTossReceipt *last = NULL;
  gboolean more = FALSE;

  if (day == NULL || left < 0)
    return refuse (code, "INVALID_REQUEST");
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *data = json_array_new ();
  guint first = index_after (bank, g_hash_table_lookup (call->query, "cursor"));
  for (guint i = first; i < bank->receipts->len && !more; i++) {
    const OsySimTossReceipt *receipt = bank->receipts->pdata[i];
    if (!g_str_equal (receipt->owner, call->api_key) || !is_between (receipt->at, day, day))
      continue;
    more = left-- == 0;
    if (!more) {
      json_array_add_element (data, osy_sim_toss_object_receipt (bank, receipt));
      last = receipt;
    }
  }
  json_object_set_boolean_member (object, "hasNext", more);
  if (last != NULL)
    json_object_set_string_member (object, "lastCursor", last->key);
  else
    json_object_set_null_member (object, "lastCursor");
  json_object_set_array_member (object, "data", data);
  json_node_set_object (node, object);
  return node;
}

JsonNode *
osy_sim_toss_op_revoke (OsySimTossBank *bank, const OsySimTossCall *call, const char **code)
{
  OsySimTossReceipt *receipt = NULL;

  for (guint i = 0; i < bank->receipts->len; i++) {
    OsySimTossReceipt *each = bank->receipts->pdata[i];
    if (g_str_equal (each->key, call->id) && g_str_equal (each->owner, call->api_key))
      receipt = each;
  }
  if (receipt == NULL)
    return refuse (code, "NOT_FOUND_CASH_RECEIPT");
  if (receipt->left == 0)
    return refuse (code, "ALREADY_CANCELED_CASH_RECEIPT");
  gint64 amount = osy_rest_int (call->body, "amount", receipt->left);
  if (amount < 1 || amount > receipt->left)
    return refuse (code, "INVALID_REQUEST");
  receipt->left -= amount;
  receipt->canceled_at = osy_sim_toss_bank_now (bank);
  JsonNode *node = osy_sim_toss_object_receipt (bank, receipt);
  json_object_set_int_member (json_node_get_object (node), "amount", amount);
  return node;
}
