/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of orders: reading, stepping, remembered requests. Placing is in osy-order-writer.c. */

#include "osy-order-store.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-order-cells.h"

/* ---- reading ---- */

static char *
dup_text (const OsyDbRows *rows, guint i, const char *column)
{
  return g_strdup (osy_db_rows_text (rows, i, column));
}

static void
read_plain (const OsyDbRows *rows, guint i, OsyOrderData *order)
{
  order->id = dup_text (rows, i, "id");
  order->restaurant_id = dup_text (rows, i, "restaurant_id");
  order->number = osy_db_rows_int (rows, i, "number");
  order->status = dup_text (rows, i, "status");
  order->type = dup_text (rows, i, "type");
  order->channel = dup_text (rows, i, "channel");
  order->table_id = dup_text (rows, i, "table_id");
  order->guest_count = (int)osy_db_rows_int (rows, i, "guest_count");
  order->total_amount = osy_db_rows_int (rows, i, "total_amount");
  order->tax_free_amount = osy_db_rows_int (rows, i, "tax_free_amount");
  order->supply_amount = osy_db_rows_int (rows, i, "supply_amount");
  order->vat_amount = osy_db_rows_int (rows, i, "vat_amount");
  order->payment_method = dup_text (rows, i, "payment_method");
  order->practice = osy_db_rows_bool (rows, i, "practice");
  order->business_day = dup_text (rows, i, "business_day");
  order->check_id = dup_text (rows, i, "check_id");
  order->placed_check_id = dup_text (rows, i, "placed_check_id");
  order->placed_table_id = dup_text (rows, i, "placed_table_id");
  order->adjusted_amount = osy_db_rows_int (rows, i, "adjusted_amount");
  order->guest_id = dup_text (rows, i, "guest_id");
  order->delivery_fee = osy_db_rows_int (rows, i, "delivery_fee");
  order->source_type = dup_text (rows, i, "source_type");
  order->source_id = dup_text (rows, i, "source_id");
  order->source_label = dup_text (rows, i, "source_label");
  order->flags = dup_text (rows, i, "flags");
  order->version = osy_db_rows_int (rows, i, "version");
  order->requested_at = osy_db_rows_time (rows, i, "requested_at");
  order->begins_at = osy_db_rows_time (rows, i, "begins_at");
  order->begin_minutes = (int)osy_db_rows_int (rows, i, "begin_minutes");
  order->placed_requested_at = osy_db_rows_time (rows, i, "placed_requested_at");
  order->created_at = osy_db_rows_time (rows, i, "created_at");
  order->accepted_at = osy_db_rows_time (rows, i, "accepted_at");
  order->promised_at = osy_db_rows_time (rows, i, "promised_at");
  order->started_at = osy_db_rows_time (rows, i, "started_at");
  order->ready_at = osy_db_rows_time (rows, i, "ready_at");
  order->handed_over_at = osy_db_rows_time (rows, i, "handed_over_at");
  order->completed_at = osy_db_rows_time (rows, i, "completed_at");
  order->closed_at = osy_db_rows_time (rows, i, "closed_at");
}

static gboolean
read_lines (const OsyDbRows *rows, guint i, OsyOrderData *order, GError **error)
{
  const char *items = osy_db_rows_text (rows, i, "items");
  g_autoptr (JsonNode) node = json_from_string (items, error);

  if (node == NULL)
    return FALSE;
  GPtrArray *lines = osy_order_lines_from_json (json_node_get_array (node), error);
  if (lines == NULL)
    return FALSE;
  g_ptr_array_unref (order->lines);
  order->lines = lines;
  return TRUE;
}

static gboolean
read_personal (const OsyDbRows *rows,
               guint i,
               OsyKeyring *ring,
               OsyOrderData *order,
               GError **error)
{
  g_auto (OsyOrderCells) cells = {
      .customer_name = osy_db_rows_bytes (rows, i, "customer_name_enc"),
      .customer_phone = osy_db_rows_bytes (rows, i, "customer_phone_enc"),
      .delivery = osy_db_rows_bytes (rows, i, "delivery_enc"),
      .note = osy_db_rows_bytes (rows, i, "note_enc"),
      .line_notes = osy_db_rows_bytes (rows, i, "line_notes_enc"),
      .reason = osy_db_rows_bytes (rows, i, "reason_enc"),
  };

  return osy_order_cells_open (ring, &cells, order, error);
}

GPtrArray *
osy_order_store_read (const OsyDbRows *rows, OsyKeyring *ring, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (OsyOrderData) order = osy_order_data_new ();
    read_plain (rows, i, order);
    if (!read_lines (rows, i, order, error) || !read_personal (rows, i, ring, order, error)) {
      g_prefix_error (error, "cannot read order %s: ", order->id);
      return NULL;
    }
    g_ptr_array_add (orders, osy_order_new (g_steal_pointer (&order)));
  }
  return g_steal_pointer (&orders);
}

GPtrArray *
osy_order_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM orders WHERE restaurant_id = app_restaurant() AND id = ANY ($1::uuid[])",
      OSY_PARAMS (OSY_P_TEXTS (ids)), error);
  return rows ? osy_order_store_read (rows, ring, error) : NULL;
}

GPtrArray *
osy_order_store_pending (OsyDbTx *tx, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, items FROM orders WHERE restaurant_id = app_restaurant() "
                    "AND status = 'PENDING' ORDER BY created_at, id LIMIT $1",
                    OSY_PARAMS (OSY_P_INT (limit)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (OsyOrderData) order = osy_order_data_new ();
    order->id = dup_text (rows, i, "id");
    if (!read_lines (rows, i, order, error)) {
      g_prefix_error (error, "cannot read order %s: ", order->id);
      return NULL;
    }
    g_ptr_array_add (orders, osy_order_new (g_steal_pointer (&order)));
  }
  return g_steal_pointer (&orders);
}

OsyOrder *
osy_order_store_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_ptr_array_add (ids, (char *)id);
  g_autoptr (GPtrArray) orders = osy_order_store_load (tx, ring, ids, error);

  if (orders == NULL)
    return NULL;
  if (orders->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
    return NULL;
  }
  return g_object_ref (g_ptr_array_index (orders, 0));
}

gboolean
osy_order_store_lock (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_exec (tx,
                      "SELECT FROM orders WHERE restaurant_id = app_restaurant() "
                      "AND id = $1::uuid FOR UPDATE",
                      OSY_PARAMS (OSY_P_TEXT (id)), NULL, error);
}

/* ---- stepping ---- */

static gboolean
update_order (OsyDbTx *tx, OsyKeyring *ring, const OsyOrderChange *change, GError **error)
{
  const OsyOrderData *after = change->after;
  g_autoptr (GBytes) reason = NULL;
  gint64 affected = 0;

  if (change->reason != NULL) {
    reason = osy_order_reason_seal (ring, after->restaurant_id, "orders", after->id, change->reason,
                                    error);
    if (reason == NULL)
      return FALSE;
  }
  if (!osy_db_exec (tx,
                    "UPDATE orders SET status = $3, version = version + 1, accepted_at = $4, "
                    "promised_at = $5, started_at = $6, ready_at = $7, handed_over_at = $8, "
                    "completed_at = $9, closed_at = $10, reason_enc = $11, begins_at = $13, "
                    "begin_minutes = nullif ($14::int, 0) "
                    "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND version = $2 "
                    "AND status = $12",
                    OSY_PARAMS (OSY_P_TEXT (after->id), OSY_P_INT (change->before->version),
                                OSY_P_TEXT (after->status), OSY_P_TIME (after->accepted_at),
                                OSY_P_TIME (after->promised_at), OSY_P_TIME (after->started_at),
                                OSY_P_TIME (after->ready_at), OSY_P_TIME (after->handed_over_at),
                                OSY_P_TIME (after->completed_at), OSY_P_TIME (after->closed_at),
                                OSY_P_BYTES (reason), OSY_P_TEXT (change->before->status),
                                OSY_P_TIME (after->begins_at), OSY_P_INT (after->begin_minutes)),
                    &affected, error))
    return FALSE;
  if (affected != 1) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                         "Another screen changed this order first.");
    return FALSE;
  }
  return TRUE;
}

static char *
step_row_id (const char *order_id, gint64 version)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, order_id, version);
}

gboolean
osy_order_store_add_step (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyOrderChange *change,
                          GError **error)
{
  const OsyOrderData *after = change->after;
  g_autofree char *row_id = step_row_id (after->id, after->version);
  g_autoptr (GBytes) reason = NULL;

  if (change->reason != NULL) {
    reason = osy_order_reason_seal (ring, after->restaurant_id, "order_step", row_id,
                                    change->reason, error);
    if (reason == NULL)
      return FALSE;
  }
  return osy_db_exec (
      tx,
      "INSERT INTO order_step (restaurant_id, order_id, version, act, from_status, to_status, "
      "forward, actor, at, reason_enc) "
      "VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, $6, $7, $8, $9)",
      OSY_PARAMS (OSY_P_TEXT (after->id), OSY_P_INT (after->version), OSY_P_TEXT (change->row->act),
                  OSY_P_TEXT (change->before->status), OSY_P_TEXT (after->status),
                  OSY_P_BOOL (change->row->forward), OSY_P_TEXT (change->actor),
                  OSY_P_TIME (change->at), OSY_P_BYTES (reason)),
      NULL, error);
}

gboolean
osy_order_store_change (OsyDbTx *tx, OsyKeyring *ring, const OsyOrderChange *change, GError **error)
{
  return update_order (tx, ring, change, error) &&
         osy_order_store_add_step (tx, ring, change, error);
}

GPtrArray *
osy_order_store_steps (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT * FROM order_step WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
      "ORDER BY version",
      OSY_PARAMS (OSY_P_TEXT (order_id)), error);
  if (rows == NULL)
    return NULL;

  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_step_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyOrderStep *step = osy_order_step_new ();
    g_autofree char *row_id = step_row_id (order_id, osy_db_rows_int (rows, i, "version"));
    const OsyCell cell = {osy_db_tx_restaurant (tx), "order_step", "reason_enc", row_id};
    g_autoptr (GBytes) reason = osy_db_rows_bytes (rows, i, "reason_enc");
    g_ptr_array_add (steps, step);
    step->from_status = dup_text (rows, i, "from_status");
    step->to_status = dup_text (rows, i, "to_status");
    step->act = dup_text (rows, i, "act");
    step->actor = dup_text (rows, i, "actor");
    step->at = osy_db_rows_time (rows, i, "at");
    if (!osy_order_cell_open (ring, &cell, reason, &step->reason, error))
      return NULL;
  }
  return g_steal_pointer (&steps);
}

/* ---- remembered requests ---- */

gboolean
osy_order_store_find_key (OsyDbTx *tx,
                          const OsyOrderKey *key,
                          OsyOrderKeyState *state,
                          char **subject_id,
                          GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT fingerprint, subject_id FROM idempotency WHERE restaurant_id = app_restaurant() "
      "AND actor = $1 AND route = $2 AND key = $3",
      OSY_PARAMS (OSY_P_TEXT (key->actor), OSY_P_TEXT (key->route), OSY_P_TEXT (key->key)), error);

  if (rows == NULL)
    return FALSE;
  *state = OSY_ORDER_KEY_NEW;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  g_autoptr (GBytes) stored = osy_db_rows_bytes (rows, 0, "fingerprint");
  gsize size = 0;
  const void *data = g_bytes_get_data (stored, &size);
  if (size == 32 && memcmp (data, key->fingerprint, 32) == 0) {
    *state = OSY_ORDER_KEY_SAME;
    *subject_id = dup_text (rows, 0, "subject_id");
  } else {
    *state = OSY_ORDER_KEY_DIFFERENT;
  }
  return TRUE;
}

gboolean
osy_order_store_add_key (OsyDbTx *tx,
                         const OsyOrderKey *key,
                         const char *subject_id,
                         GError **error)
{
  g_autoptr (GBytes) fingerprint = g_bytes_new (key->fingerprint, 32);

  return osy_db_exec (
      tx,
      "INSERT INTO idempotency (restaurant_id, actor, route, key, fingerprint, "
      "subject_id, created_at) VALUES (app_restaurant(), $1, $2, $3, $4, $5::uuid, $6)",
      OSY_PARAMS (OSY_P_TEXT (key->actor), OSY_P_TEXT (key->route), OSY_P_TEXT (key->key),
                  OSY_P_BYTES (fingerprint), OSY_P_TEXT (subject_id),
                  OSY_P_TIME (osy_clock_now ())),
      NULL, error);
}

gboolean
osy_order_store_sweep_keys (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx, "DELETE FROM idempotency WHERE created_at < $1",
                      OSY_PARAMS (OSY_P_TIME (osy_clock_now () - 30 * G_TIME_SPAN_DAY)), NULL,
                      error);
}
