/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of threats. */

#include "osy-threat-store.h"

OsyDbRows *
osy_threat_store_shops (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT id FROM threat_shops() AS id", OSY_NO_PARAMS, error);
}

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
seal (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyThreatRow *row,
      const char *column,
      GBytes **ret,
      GError **error)
{
  const char *plain = g_str_equal (column, "client_enc") ? row->client : row->subject;
  OsyCell cell = {osy_db_tx_restaurant (tx), "threat", column, row->id};

  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return *ret != NULL || plain == NULL;
}

gboolean
osy_threat_store_add (OsyDbTx *tx, OsyKeyring *ring, const OsyThreatRow *row, GError **error)
{
  g_autoptr (GBytes) subject = NULL;
  g_autoptr (GBytes) client = NULL;

  return seal (tx, ring, row, "subject_enc", &subject, error) &&
         seal (tx, ring, row, "client_enc", &client, error) &&
         osy_db_exec (tx,
                      "INSERT INTO threat (restaurant_id, id, kind, subject_hash, subject_enc, "
                      "client_enc, raised_at) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, "
                      "$5, $6)",
                      OSY_PARAMS (OSY_P_TEXT (row->id),
                                  OSY_P_TEXT (osy_threat_kind_name (row->kind)),
                                  OSY_P_BYTES (row->subject_hash), OSY_P_BYTES (subject),
                                  OSY_P_BYTES (client), OSY_P_TIME (row->raised_at)),
                      NULL, error);
}
