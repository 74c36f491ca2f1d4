/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of threats. */

#include "osy-threat-store.h"

#include "osy-id.h"

#define COLUMNS \
  "id, kind, subject_enc, client_enc, raised_at, acknowledged_at, acknowledged_by FROM threat "

void
osy_threat_row_free (OsyThreatRow *self)
{
  g_free (self->id);
  g_free (self->subject);
  g_free (self->client);
  g_free (self->acknowledged_by);
  g_free (self);
}

OsyDbRows *
osy_threat_store_shops (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT id FROM threat_shops() AS id", OSY_NO_PARAMS, error);
}

/* ---- writing ---- */

static GBytes *
seal (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyThreatRow *row,
      const char *column,
      const char *plain,
      GError **error)
{
  OsyCell cell = {.restaurant_id = osy_db_tx_restaurant (tx),
                  .table = "threat",
                  .column = column,
                  .row_id = row->id};

  return osy_keyring_seal (ring, &cell, plain, error);
}

gboolean
osy_threat_store_add (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyThreatRow *row,
                      GBytes *subject_hash,
                      GError **error)
{
  g_autoptr (GBytes) subject = seal (tx, ring, row, "subject_enc", row->subject, error);
  g_autoptr (GBytes) client =
      subject ? seal (tx, ring, row, "client_enc", row->client, error) : NULL;

  if (subject == NULL || (client == NULL && row->client != NULL))
    return FALSE;
  return osy_db_exec (
      tx,
      "INSERT INTO threat (restaurant_id, id, kind, subject_hash, subject_enc, client_enc, "
      "raised_at) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, $6)",
      OSY_PARAMS (OSY_P_TEXT (row->id), OSY_P_TEXT (osy_threat_kind_name (row->kind)),
                  OSY_P_BYTES (subject_hash), OSY_P_BYTES (subject), OSY_P_BYTES (client),
                  OSY_P_TIME (row->raised_at)),
      NULL, error);
}

int
osy_threat_store_acknowledge (OsyDbTx *tx,
                              const char *id,
                              const char *actor,
                              gint64 at,
                              GError **error)
{
  gint64 affected = 0;

  if (!osy_id_is_valid (id))
    return 0;
  if (!osy_db_exec (tx,
                    "UPDATE threat SET acknowledged_at = $2, acknowledged_by = $3 "
                    "WHERE restaurant_id = app_restaurant() AND id = $1::uuid "
                    "AND acknowledged_at IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (at), OSY_P_TEXT (actor)), &affected,
                    error))
    return -1;
  return affected > 0;
}

/* ---- reading ---- */

int
osy_threat_store_since (OsyDbTx *tx,
                        OsyThreatKind kind,
                        GBytes *subject_hash,
                        gint64 since,
                        GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT EXISTS (SELECT FROM threat WHERE restaurant_id = app_restaurant() AND kind = $1 AND "
      "subject_hash = $2 AND raised_at > $3) AS found",
      OSY_PARAMS (OSY_P_TEXT (osy_threat_kind_name (kind)), OSY_P_BYTES (subject_hash),
                  OSY_P_TIME (since)),
      error);

  if (rows == NULL)
    return -1;
  return osy_db_rows_bool (rows, 0, "found");
}

static gboolean
open_cell (OsyDbTx *tx,
           OsyKeyring *ring,
           const OsyDbRows *rows,
           guint i,
           const char *column,
           char **ret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, i, column);
  OsyCell cell = {.restaurant_id = osy_db_tx_restaurant (tx),
                  .table = "threat",
                  .column = column,
                  .row_id = osy_db_rows_text (rows, i, "id")};

  *ret = osy_keyring_open (ring, &cell, sealed, &error);
  if (error != NULL)
    g_warning ("a threat cannot be read: %s", error->message);
  return error == NULL;
}

/* (nullable): a row of a kind that a newer program knew, or that does not open, is passed over. */
static OsyThreatRow *
row_from (OsyDbTx *tx, OsyKeyring *ring, const OsyDbRows *rows, guint i)
{
  g_autoptr (OsyThreatRow) row = g_new0 (OsyThreatRow, 1);

  if (!osy_threat_kind_from_name (osy_db_rows_text (rows, i, "kind"), &row->kind) ||
      !open_cell (tx, ring, rows, i, "subject_enc", &row->subject) ||
      !open_cell (tx, ring, rows, i, "client_enc", &row->client))
    return NULL;
  row->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  row->raised_at = osy_db_rows_time (rows, i, "raised_at");
  row->acknowledged_at = osy_db_rows_time (rows, i, "acknowledged_at");
  row->acknowledged_by = g_strdup (osy_db_rows_text (rows, i, "acknowledged_by"));
  return g_steal_pointer (&row);
}

GPtrArray *
osy_threat_store_list (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT " COLUMNS "WHERE restaurant_id = app_restaurant() "
                    "ORDER BY (acknowledged_at IS NULL) DESC, raised_at DESC, id LIMIT 100",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_threat_row_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyThreatRow *row = row_from (tx, ring, rows, i);
    if (row != NULL)
      g_ptr_array_add (list, row);
  }
  return list;
}

OsyThreatRow *
osy_threat_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_id_is_valid (id)
                                   ? osy_db_query (tx,
                                                   "SELECT " COLUMNS "WHERE restaurant_id = "
                                                   "app_restaurant() AND id = $1::uuid",
                                                   OSY_PARAMS (OSY_P_TEXT (id)), error)
                                   : NULL;
  OsyThreatRow *row =
      rows != NULL && osy_db_rows_count (rows) > 0 ? row_from (tx, ring, rows, 0) : NULL;

  if (row == NULL && (error == NULL || *error == NULL))
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such threat.");
  return row;
}
