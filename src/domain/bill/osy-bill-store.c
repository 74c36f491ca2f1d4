/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of adjustments and parts. Reading a bill is in osy-bill-load.c. */

#include "osy-bill-store.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-facts.h"

/* ---- adjustments ---- */

gboolean
osy_bill_store_add_adjustment (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyBillAdjust *adjust,
                               GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (tx), "order_adjustment", "reason_enc", adjust->id};
  g_autoptr (GBytes) reason = osy_keyring_seal (ring, &cell, adjust->reason, error);

  return reason != NULL &&
         osy_db_exec (
             tx,
             "INSERT INTO order_adjustment (restaurant_id, id, subject_id, line_id, kind, "
             "quantity, percent, amount, reason_enc, actor, created_at) VALUES (app_restaurant(), "
             "$1::uuid, $2::uuid, $3::uuid, $4, nullif($5, 0), nullif($6, 0), nullif($7, 0), $8, "
             "$9, $10)",
             OSY_PARAMS (OSY_P_TEXT (adjust->id), OSY_P_TEXT (adjust->subject_id),
                         OSY_P_TEXT (adjust->line_id), OSY_P_TEXT (adjust->kind),
                         OSY_P_INT (adjust->quantity), OSY_P_INT (adjust->percent),
                         OSY_P_INT (adjust->won), OSY_P_BYTES (reason), OSY_P_TEXT (adjust->actor),
                         OSY_P_TIME (osy_clock_now ())),
             NULL, error);
}

OsyDbRows *
osy_bill_store_adjustment (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_query (tx,
                       "SELECT * FROM order_adjustment WHERE restaurant_id = app_restaurant() "
                       "AND id = $1::uuid ORDER BY subject_id FOR UPDATE",
                       OSY_PARAMS (OSY_P_TEXT (id)), error);
}

gboolean
osy_bill_store_withdraw (OsyDbTx *tx, const char *id, const char *actor, GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE order_adjustment SET withdrawn_at = $2, withdrawn_by = $3 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
      "AND withdrawn_at IS NULL",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (actor)), NULL, error);
}

GHashTable *
osy_bill_store_voided (OsyDbTx *tx, const char *order_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT line_id, sum(quantity)::bigint AS quantity FROM order_adjustment "
                    "WHERE restaurant_id = app_restaurant() AND subject_id = $1::uuid "
                    "AND kind = 'VOID' AND withdrawn_at IS NULL GROUP BY line_id",
                    OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  if (rows == NULL)
    return NULL;
  GHashTable *voided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gint64 quantity = osy_db_rows_int (rows, i, "quantity");
    g_hash_table_insert (voided, g_strdup (osy_db_rows_text (rows, i, "line_id")),
                         g_memdup2 (&quantity, sizeof quantity));
  }
  return voided;
}

/* ---- parts ---- */

static char *
print_takes (const OsyBill *bill, const OsyBillPart *part)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < part->takes->len; i++) {
    const OsyCheckTake *take = &g_array_index (part->takes, OsyCheckTake, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (
        object, "line_id", ((OsyBillLine *)g_ptr_array_index (bill->lines, take->line))->line_id);
    json_object_set_int_member (object, "numerator", take->numerator);
    json_object_set_int_member (object, "denominator", take->denominator);
    json_array_add_object_element (array, object);
  }
  json_node_take_array (node, array);
  return osy_json_print (node);
}

static gboolean
put_part (OsyDbTx *tx, OsyKeyring *ring, const OsyBill *bill, guint i, GError **error)
{
  const OsyBillPart *part = g_ptr_array_index (bill->parts, i);
  const OsyCell cell = {osy_db_tx_restaurant (tx), "bill_part", "name_enc", part->id};
  g_autoptr (GBytes) name = NULL;
  g_autofree char *lines = print_takes (bill, part);

  if (part->frozen)
    return osy_db_exec (tx,
                        "UPDATE bill_part SET position = $2 WHERE restaurant_id = "
                        "app_restaurant() AND id = $1::uuid",
                        OSY_PARAMS (OSY_P_TEXT (part->id), OSY_P_INT (i + 1)), NULL, error);
  if (part->name != NULL) {
    name = osy_keyring_seal (ring, &cell, part->name, error);
    if (name == NULL)
      return FALSE;
  }
  return osy_db_exec (
      tx,
      "INSERT INTO bill_part (restaurant_id, id, check_id, position, kind, name_enc, seat, wanted, "
      "lines) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, nullif($6, 0), "
      "nullif($7, 0), $8::jsonb)",
      OSY_PARAMS (OSY_P_TEXT (part->id), OSY_P_TEXT (bill->id), OSY_P_INT (i + 1),
                  OSY_P_TEXT (osy_check_part_kind_name (part->kind)), OSY_P_BYTES (name),
                  OSY_P_INT (part->seat), OSY_P_INT (part->wanted), OSY_P_TEXT (lines)),
      NULL, error);
}

gboolean
osy_bill_store_put_parts (OsyDbTx *tx, OsyKeyring *ring, const OsyBill *bill, GError **error)
{
  if (!osy_db_exec (tx,
                    "DELETE FROM bill_part WHERE restaurant_id = app_restaurant() "
                    "AND check_id = $1::uuid AND frozen_amount IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (bill->id)), NULL, error))
    return FALSE;
  for (guint i = 0; i < bill->parts->len; i++)
    if (!put_part (tx, ring, bill, i, error))
      return FALSE;
  return TRUE;
}

gboolean
osy_bill_store_pay_part (OsyDbTx *tx,
                         const char *part_id,
                         gint64 whole,
                         gint64 amount,
                         GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE bill_part SET paid_amount = paid_amount + $3, frozen_amount = "
                      "CASE WHEN paid_amount + $3 > 0 THEN coalesce(frozen_amount, $2) END "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (part_id), OSY_P_INT (whole), OSY_P_INT (amount)),
                      NULL, error);
}

/* ---- lists ---- */

static void
add_id (GPtrArray *ids, char *id)
{
  if (id != NULL)
    g_ptr_array_add (ids, id);
}

/* (transfer container): ids of the dishes of @bill, those chosen in a combo too. */
static GPtrArray *
list_dishes (const OsyBill *bill)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    add_id (ids, line->menu_item_id);
    for (guint k = 0; k < line->options->len; k++)
      add_id (ids, ((OsyBillOption *)g_ptr_array_index (line->options, k))->item_id);
  }
  return ids;
}

GHashTable *
osy_bill_store_origins (OsyDbTx *tx, const OsyBill *bill, GError **error)
{
  g_autoptr (GPtrArray) ids = list_dishes (bill);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, origin FROM menu_item WHERE restaurant_id = app_restaurant() "
                    "AND id = ANY ($1::uuid[]) AND origin <> ''",
                    OSY_PARAMS (OSY_P_TEXTS (ids)), error);
  if (rows == NULL)
    return NULL;
  GHashTable *origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (origins, g_strdup (osy_db_rows_text (rows, i, "id")),
                         g_strdup (osy_db_rows_text (rows, i, "origin")));
  return origins;
}

GHashTable *
osy_bill_store_names (OsyDbTx *tx, const OsyBill *bill, const char *language, GError **error)
{
  g_autoptr (GPtrArray) items = list_dishes (bill);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  if (g_strcmp0 (language, "en") != 0)
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    for (guint k = 0; k < line->options->len; k++)
      add_id (options, ((OsyBillOption *)g_ptr_array_index (line->options, k))->option_id);
  }
  return osy_menu_facts_load_english (tx, items, options, error);
}

OsyDbRows *
osy_bill_store_list (OsyDbTx *tx, const OsyBillQuery *query, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT id, created_at FROM guest_check c WHERE restaurant_id = app_restaurant() "
      "AND ($1::text IS NULL OR status = $1) AND ($2::date IS NULL OR business_day = $2) "
      "AND ($3::uuid IS NULL OR table_id = $3) "
      "AND ($4 = 0 OR EXISTS (SELECT FROM orders o WHERE o.restaurant_id = c.restaurant_id "
      "  AND o.check_id = c.id AND o.number = $4)) "
      "AND ($5::timestamptz IS NULL OR (created_at, id) < ($5, $6::uuid)) "
      "ORDER BY created_at DESC, id DESC LIMIT $7",
      OSY_PARAMS (OSY_P_TEXT (query->status), OSY_P_TEXT (query->day), OSY_P_TEXT (query->table_id),
                  OSY_P_INT (query->number), OSY_P_TIME (query->before),
                  OSY_P_TEXT (query->before_id), OSY_P_INT (query->limit)),
      error);
}
