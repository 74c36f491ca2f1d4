/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of deliveries, calls of riders and couriers' links. */

#include "osy-delivery-store.h"

#define MAX_LIST 200

/* ---- cells ---- */

typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyDbRows *rows;
  guint i;
} Row;

/* What has lost its key is not there. */
static gboolean
unseal (const Row *row, const char *column, char **ret, GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (row->tx), "delivery", column,
                        osy_db_rows_text (row->rows, row->i, "id"), NULL};
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (row->rows, row->i, column);
  g_autoptr (GError) local = NULL;

  *ret = osy_keyring_open (row->ring, &cell, sealed, &local);
  if (local == NULL || osy_error_is (local, OSY_ERROR_ERASED) ||
      osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
seal (OsyKeyring *ring,
      OsyCell cell,
      const char *column,
      const char *plain,
      GBytes **ret,
      GError **error)
{
  cell.column = column;
  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return plain == NULL || *ret != NULL;
}

/* ---- reading ---- */

static const char *
intern (const OsyDbRows *rows, guint i, const char *column)
{
  return g_intern_string (osy_db_rows_text (rows, i, column));
}

static gboolean
read_row (const Row *row, OsyDelivery *self, GError **error)
{
  const OsyDbRows *rows = row->rows;
  guint i = row->i;

  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->order_id = g_strdup (osy_db_rows_text (rows, i, "order_id"));
  self->order_number = osy_db_rows_int (rows, i, "number");
  self->carrier = intern (rows, i, "carrier");
  self->status = intern (rows, i, "status");
  self->call = intern (rows, i, "call");
  self->call_failure = g_strdup (osy_db_rows_text (rows, i, "failure"));
  self->fee = osy_db_rows_int (rows, i, "delivery_fee");
  self->eta_at = osy_db_rows_time (rows, i, "eta_at");
  self->requested_at = osy_db_rows_time (rows, i, "requested_at");
  self->assigned_at = osy_db_rows_time (rows, i, "assigned_at");
  self->picked_up_at = osy_db_rows_time (rows, i, "picked_up_at");
  self->delivered_at = osy_db_rows_time (rows, i, "delivered_at");
  self->closed_at = osy_db_rows_time (rows, i, "closed_at");
  self->version = osy_db_rows_int (rows, i, "version");
  return unseal (row, "rider_enc", &self->rider, error) &&
         unseal (row, "rider_phone_enc", &self->rider_phone, error) &&
         unseal (row, "reason_enc", &self->reason, error);
}

static GPtrArray *
read_rows (OsyDbTx *tx, OsyKeyring *ring, const OsyDbRows *rows, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_delivery_free);

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const Row row = {tx, ring, rows, i};
    OsyDelivery *delivery = osy_delivery_new ();
    g_ptr_array_add (list, delivery);
    if (!read_row (&row, delivery, error))
      return NULL;
  }
  return g_steal_pointer (&list);
}

#define DELIVERIES                                                                        \
  "SELECT d.*, o.number, o.delivery_fee, c.status AS call, c.failure FROM delivery d "    \
  "JOIN orders o ON o.restaurant_id = d.restaurant_id AND o.id = d.order_id "             \
  "LEFT JOIN rider_call c ON c.restaurant_id = d.restaurant_id AND c.delivery_id = d.id " \
  "WHERE d.restaurant_id = app_restaurant() "

GPtrArray *
osy_delivery_store_list (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyDeliveryQuery *query,
                         GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      DELIVERIES "AND ($1::uuid IS NULL OR d.id = $1::uuid) "
                 "AND ($2::uuid IS NULL OR d.order_id = $2::uuid) "
                 "AND ($3::text IS NULL OR d.status = $3) "
                 "ORDER BY d.requested_at DESC, d.id DESC LIMIT $4",
      OSY_PARAMS (OSY_P_TEXT (query->id), OSY_P_TEXT (query->order_id), OSY_P_TEXT (query->status),
                  OSY_P_INT (query->limit > 0 ? query->limit : MAX_LIST)),
      error);

  return rows != NULL ? read_rows (tx, ring, rows, error) : NULL;
}

GPtrArray *
osy_delivery_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, DELIVERIES "AND d.id = ANY ($1::uuid[])",
                                             OSY_PARAMS (OSY_P_TEXTS (ids)), error);

  return rows != NULL ? read_rows (tx, ring, rows, error) : NULL;
}

/* ---- writing ---- */

gboolean
osy_delivery_store_insert (OsyDbTx *tx, const OsyDelivery *delivery, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO delivery (restaurant_id, id, order_id, carrier, status, eta_at, "
                      "requested_at, version) "
                      "VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7)",
                      OSY_PARAMS (OSY_P_TEXT (delivery->id), OSY_P_TEXT (delivery->order_id),
                                  OSY_P_TEXT (delivery->carrier), OSY_P_TEXT (delivery->status),
                                  OSY_P_TIME (delivery->eta_at),
                                  OSY_P_TIME (delivery->requested_at),
                                  OSY_P_INT (delivery->version)),
                      NULL, error);
}

gboolean
osy_delivery_store_update (OsyDbTx *tx, OsyKeyring *ring, const OsyDelivery *self, GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (tx), "delivery", NULL, self->id, NULL};
  g_autoptr (GBytes) rider = NULL;
  g_autoptr (GBytes) phone = NULL;
  g_autoptr (GBytes) reason = NULL;
  gint64 affected = 0;

  if (!seal (ring, cell, "rider_enc", self->rider, &rider, error) ||
      !seal (ring, cell, "rider_phone_enc", self->rider_phone, &phone, error) ||
      !seal (ring, cell, "reason_enc", self->reason, &reason, error) ||
      !osy_db_exec (
          tx,
          "UPDATE delivery SET carrier = $3, status = $4, rider_enc = $5, rider_phone_enc = $6, "
          "reason_enc = $7, eta_at = $8, assigned_at = $9, picked_up_at = $10, delivered_at = $11, "
          "closed_at = $12, version = $2 "
          "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND version = $2 - 1",
          OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_INT (self->version), OSY_P_TEXT (self->carrier),
                      OSY_P_TEXT (self->status), OSY_P_BYTES (rider), OSY_P_BYTES (phone),
                      OSY_P_BYTES (reason), OSY_P_TIME (self->eta_at),
                      OSY_P_TIME (self->assigned_at), OSY_P_TIME (self->picked_up_at),
                      OSY_P_TIME (self->delivered_at), OSY_P_TIME (self->closed_at)),
          &affected, error))
    return FALSE;
  if (affected != 1)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                         "Another screen changed this delivery first.");
  return affected == 1;
}

/* ---- calls ---- */

gboolean
osy_delivery_store_want_call (OsyDbTx *tx, const char *delivery_id, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO rider_call (restaurant_id, delivery_id, status, next_at, "
                      "created_at) VALUES (app_restaurant(), $1::uuid, 'WANTED', $2, $2) "
                      "ON CONFLICT (restaurant_id, delivery_id) DO UPDATE SET status = 'WANTED', "
                      "next_at = excluded.next_at, attempts = 0, failure = NULL "
                      "WHERE rider_call.status = 'REFUSED'",
                      OSY_PARAMS (OSY_P_TEXT (delivery_id), OSY_P_TIME (now)), NULL, error);
}

gboolean
osy_delivery_store_end_call (OsyDbTx *tx,
                             const char *delivery_id,
                             gboolean call_off,
                             gint64 now,
                             GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE rider_call SET attempts = 0, "
      "  status = CASE WHEN $2 AND sent_at IS NOT NULL THEN 'CANCELING' ELSE 'ENDED' END, "
      "  next_at = CASE WHEN $2 AND sent_at IS NOT NULL THEN $3::timestamptz END "
      "WHERE restaurant_id = app_restaurant() AND delivery_id = $1::uuid "
      "AND status NOT IN ('ENDED', 'CANCELING', 'REFUSED')",
      OSY_PARAMS (OSY_P_TEXT (delivery_id), OSY_P_BOOL (call_off), OSY_P_TIME (now)), NULL, error);
}

/* ---- links ---- */

gboolean
osy_delivery_store_add_link (OsyDbTx *tx,
                             const char *delivery_id,
                             GBytes *hash,
                             gint64 now,
                             gint64 expires_at,
                             GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM courier_link WHERE restaurant_id = app_restaurant() "
                      "AND expires_at < $1",
                      OSY_PARAMS (OSY_P_TIME (now)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO courier_link (restaurant_id, token_hash, delivery_id, "
                      "created_at, expires_at) VALUES (app_restaurant(), $1, $2::uuid, $3, $4)",
                      OSY_PARAMS (OSY_P_BYTES (hash), OSY_P_TEXT (delivery_id), OSY_P_TIME (now),
                                  OSY_P_TIME (expires_at)),
                      NULL, error);
}

gboolean
osy_delivery_store_find_link (OsyDbTx *tx,
                              GBytes *hash,
                              gint64 now,
                              char **delivery_id,
                              GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT delivery_id FROM courier_link WHERE restaurant_id = app_restaurant() "
                    "AND token_hash = $1 AND expires_at > $2",
                    OSY_PARAMS (OSY_P_BYTES (hash), OSY_P_TIME (now)), error);

  *delivery_id = NULL;
  if (rows != NULL && osy_db_rows_count (rows) > 0)
    *delivery_id = g_strdup (osy_db_rows_text (rows, 0, "delivery_id"));
  return rows != NULL;
}

gboolean
osy_delivery_store_drop_links (OsyDbTx *tx, const char *delivery_id, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM courier_link WHERE restaurant_id = app_restaurant() "
                      "AND delivery_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (delivery_id)), NULL, error);
}

gboolean
osy_delivery_store_sweep (OsyDbTx *tx, gint64 before, gint64 now, gint64 *n, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM courier_link WHERE restaurant_id = app_restaurant() "
                      "AND expires_at < $1",
                      OSY_PARAMS (OSY_P_TIME (now)), NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE delivery SET rider_enc = NULL, rider_phone_enc = NULL, "
                      "reason_enc = NULL WHERE restaurant_id = app_restaurant() "
                      "AND requested_at < $1 AND (rider_enc IS NOT NULL "
                      "  OR rider_phone_enc IS NOT NULL OR reason_enc IS NOT NULL)",
                      OSY_PARAMS (OSY_P_TIME (before)), n, error);
}
