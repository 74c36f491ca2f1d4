/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From rows to whole payments: with their refunds, receipts and what the payment service told, as
 * much of it as people may see. */

#include <string.h>

#include "osy-api.h"
#include "osy-auth-service.h"
#include "osy-json.h"
#include "osy-mask.h"
#include "osy-order-token.h"
#include "osy-payment-store.h"

typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  GPtrArray *payments;
  GHashTable *by_id; /* id → OsyPayment */
  GHashTable *names; /* actor → name */
} Load;

static const char *
name_of (Load *load, const char *actor, GError **error)
{
  char *name = g_hash_table_lookup (load->names, actor);

  if (name == NULL) {
    name = osy_auth_service_actor_name (load->tx, load->ring, actor, error);
    if (name != NULL)
      g_hash_table_insert (load->names, g_strdup (actor), name);
  }
  return name;
}

/* All but the last four characters. */
static char *
mask_tail (const char *text)
{
  gsize len = text != NULL ? strlen (text) : 0;

  return text != NULL ? g_strconcat ("****", text + len - MIN (len / 2, 4), NULL) : NULL;
}

/* What cannot be read is left out: the money is there all the same. */
static char *
cell (Load *load, const OsyDbRows *rows, guint i, const char *table, const char *column)
{
  g_autoptr (GError) local = NULL;
  char *text = osy_payment_cell (load->ring, rows, i, table, column, &local);

  if (local != NULL)
    g_warning ("%s of a %s cannot be read: %s", column, table, local->message);
  return text;
}

static void
take_detail (OsyPayment *payment, const char *detail)
{
  g_autoptr (JsonNode) node =
      detail != NULL ? osy_json_parse (detail, strlen (detail), NULL) : NULL;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  if (node == NULL)
    return;
  payment->card_issuer = g_strdup (osy_json_reader_opt_string (reader, "issuer", 0, 100));
  payment->card_number = g_strdup (osy_json_reader_opt_string (reader, "number", 0, 100));
  payment->bank = g_strdup (osy_json_reader_opt_string (reader, "bank", 0, 100));
  payment->account_number = g_strdup (osy_json_reader_opt_string (reader, "account", 0, 100));
}

static void
take_address (Load *load, OsyPayment *payment)
{
  if (!osy_payment_is_remote (payment->method) ||
      !g_str_equal (payment->status, OSY_PAYMENT_CREATED))
    return;
  g_autofree char *token =
      osy_order_token_new (load->ring, osy_db_tx_restaurant (load->tx), payment->id);
  g_autofree char *address = osy_api_address ();
  payment->checkout_url = g_strdup_printf ("%s/pay/%s#%s", address, payment->id, token);
}

static void
take_payment (Load *load, const OsyDbRows *rows, guint i)
{
  OsyPayment *payment = osy_payment_new ();
  g_autofree char *approval_no = cell (load, rows, i, "payment", "approval_no_enc");
  g_autofree char *detail = cell (load, rows, i, "payment", "detail_enc");

  payment->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  payment->status = g_strdup (osy_db_rows_text (rows, i, "status"));
  payment->check_id = g_strdup (osy_db_rows_text (rows, i, "check_id"));
  payment->order_id = g_strdup (osy_db_rows_text (rows, i, "order_id"));
  payment->part_id = g_strdup (osy_db_rows_text (rows, i, "part_id"));
  payment->method = g_strdup (osy_db_rows_text (rows, i, "method"));
  payment->amount = osy_db_rows_int (rows, i, "amount");
  payment->tax_free = osy_db_rows_int (rows, i, "tax_free_amount");
  payment->received = osy_db_rows_int (rows, i, "received");
  payment->discount = osy_db_rows_int (rows, i, "discount_amount");
  payment->approval_no = mask_tail (approval_no);
  payment->due_at = osy_db_rows_time (rows, i, "due_at");
  payment->refunded = osy_db_rows_int (rows, i, "refunded_amount");
  payment->held = osy_db_rows_int (rows, i, "held_amount");
  payment->failure_code = g_strdup (osy_db_rows_text (rows, i, "failure_code"));
  payment->failure_message = g_strdup (osy_db_rows_text (rows, i, "failure_message"));
  payment->created_at = osy_db_rows_time (rows, i, "created_at");
  payment->paid_at = osy_db_rows_time (rows, i, "paid_at");
  payment->version = osy_db_rows_int (rows, i, "version");
  take_detail (payment, detail);
  take_address (load, payment);
  g_ptr_array_add (load->payments, payment);
  g_hash_table_insert (load->by_id, payment->id, payment);
}

/* ---- refunds ---- */

static void
take_lines (const char *text, OsyRefund *refund)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    OsyRefundLine *line = osy_refund_add_line (refund);
    line->line_id = g_strdup (json_object_get_string_member (object, "line_id"));
    line->quantity = json_object_get_int_member (object, "quantity");
  }
}

static gboolean
take_refund (Load *load, const OsyDbRows *rows, guint i, GError **error)
{
  OsyPayment *payment = g_hash_table_lookup (load->by_id, osy_db_rows_text (rows, i, "payment_id"));
  OsyRefund *refund = osy_payment_add_refund (payment);

  refund->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  refund->act_id = g_strdup (osy_db_rows_text (rows, i, "act_id"));
  refund->status = g_strdup (osy_db_rows_text (rows, i, "status"));
  refund->amount = osy_db_rows_int (rows, i, "amount");
  refund->tax_free = osy_db_rows_int (rows, i, "tax_free_amount");
  refund->vat = osy_db_rows_int (rows, i, "vat_amount");
  refund->reason = cell (load, rows, i, "refund", "reason_enc");
  refund->at = osy_db_rows_time (rows, i, "created_at");
  refund->failure = g_strdup (osy_db_rows_text (rows, i, "failure_message"));
  refund->by = g_strdup (name_of (load, osy_db_rows_text (rows, i, "actor"), error));
  take_lines (osy_db_rows_text (rows, i, "lines"), refund);
  return refund->by != NULL;
}

static gboolean
load_refunds (Load *load, GPtrArray *ids, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx,
                    "SELECT * FROM refund WHERE restaurant_id = app_restaurant() "
                    "AND payment_id = ANY ($1::uuid[]) ORDER BY created_at, id",
                    OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    if (!take_refund (load, rows, i, error))
      return FALSE;
  return rows != NULL;
}

/* ---- receipts ---- */

static void
take_receipt (Load *load, const OsyDbRows *rows, guint i)
{
  OsyPayment *payment = g_hash_table_lookup (load->by_id, osy_db_rows_text (rows, i, "payment_id"));
  OsyCashReceipt *receipt = g_new0 (OsyCashReceipt, 1);
  g_autofree char *identity = cell (load, rows, i, "cash_receipt", "identity_enc");

  receipt->kind = g_strdup (osy_db_rows_text (rows, i, "kind"));
  receipt->status = g_strdup (osy_db_rows_text (rows, i, "status"));
  receipt->identity =
      g_str_equal (receipt->kind, "BUSINESS") ? mask_tail (identity) : osy_mask_phone (identity);
  receipt->approval_no = cell (load, rows, i, "cash_receipt", "approval_no_enc");
  receipt->amount = osy_db_rows_int (rows, i, "amount");
  payment->cash_receipt = receipt;
}

static gboolean
load_receipts (Load *load, GPtrArray *ids, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx,
                    "SELECT DISTINCT ON (payment_id) * FROM cash_receipt "
                    "WHERE restaurant_id = app_restaurant() AND payment_id = ANY ($1::uuid[]) "
                    "ORDER BY payment_id, created_at DESC, id DESC",
                    OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    take_receipt (load, rows, i);
  return rows != NULL;
}

/* ---- the whole ---- */

GPtrArray *
osy_payment_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error)
{
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Load load = {tx, ring, payments, by_id, names};
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM payment WHERE restaurant_id = app_restaurant() "
                    "AND id = ANY ($1::uuid[]) ORDER BY created_at DESC, id DESC",
                    OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    take_payment (&load, rows, i);
  if (payments->len > 0 &&
      (!load_refunds (&load, ids, error) || !load_receipts (&load, ids, error)))
    return NULL;
  return g_steal_pointer (&payments);
}

OsyPayment *
osy_payment_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer)id);
  g_autoptr (GPtrArray) payments = osy_payment_store_load (tx, ring, ids, error);
  if (payments == NULL)
    return NULL;
  if (payments->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such payment.");
    return NULL;
  }
  return g_ptr_array_steal_index (payments, 0);
}
