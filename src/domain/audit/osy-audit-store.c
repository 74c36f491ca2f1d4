/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the seal. */

#include "osy-audit-store.h"

#include <string.h>

#define LOG_COLUMNS                                                                     \
  "l.restaurant_id, l.id, l.created_at, l.trace_id, l.action, l.actor, l.object_type, " \
  "l.object_id, l.old_value_enc, l.new_value_enc"

OsyDbRows *
osy_audit_store_unsealed (OsyDbTx *tx, gint64 limit, GError **error)
{
  return osy_db_query (tx,
                       "SELECT " LOG_COLUMNS " FROM (SELECT * FROM audit_unsealed "
                       "  ORDER BY created_at, row_id LIMIT $1) u "
                       "JOIN audit_log l ON l.restaurant_id = u.restaurant_id AND l.id = u.row_id "
                       "  AND l.created_at = u.created_at ORDER BY l.created_at, l.id",
                       OSY_PARAMS (OSY_P_INT (limit)), error);
}

/* Zeros for what has another size. */
static void
read_bytes (const OsyDbRows *rows, guint row, const char *name, guint8 *out, gsize len)
{
  g_autoptr (GBytes) bytes = osy_db_rows_bytes (rows, row, name);

  memset (out, 0, len);
  if (bytes != NULL && g_bytes_get_size (bytes) == len)
    memcpy (out, g_bytes_get_data (bytes, NULL), len);
}

gboolean
osy_audit_store_head (OsyDbTx *tx, gint64 *seq, guint8 chain[OSY_AUDIT_HASH_SIZE], GError **error)
{
  /* One sealer at a time, however many daemons there are. */
  g_autoptr (OsyDbRows) rows =
      osy_db_exec (tx, "SELECT pg_advisory_xact_lock (hashtextextended ('audit_seal', 0))",
                   OSY_NO_PARAMS, NULL, error)
          ? osy_db_query (tx, "SELECT seq, chain FROM audit_seal ORDER BY seq DESC LIMIT 1",
                          OSY_NO_PARAMS, error)
          : NULL;

  if (rows == NULL)
    return FALSE;
  *seq = 0;
  memset (chain, 0, OSY_AUDIT_HASH_SIZE);
  if (osy_db_rows_count (rows) > 0) {
    *seq = osy_db_rows_int (rows, 0, "seq");
    read_bytes (rows, 0, "chain", chain, OSY_AUDIT_HASH_SIZE);
  }
  return TRUE;
}

gboolean
osy_audit_store_seal (OsyDbTx *tx,
                      const OsyDbRows *rows,
                      gint64 first,
                      GPtrArray *chains,
                      GError **error)
{
  g_autoptr (GPtrArray) shops = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gint64 at = osy_db_rows_time (rows, i, "created_at");

    g_ptr_array_add (shops, (gpointer)osy_db_rows_text (rows, i, "restaurant_id"));
    g_ptr_array_add (ids, (gpointer)osy_db_rows_text (rows, i, "id"));
    g_array_append_val (times, at);
  }
  return osy_db_exec (
             tx,
             "INSERT INTO audit_seal (seq, restaurant_id, row_id, created_at, chain) "
             "SELECT $1 + n - 1, shop, id, at, chain FROM unnest ($2::uuid[], $3::uuid[], "
             "$4::timestamptz[], $5::bytea[]) WITH ORDINALITY AS t (shop, id, at, chain, n)",
             OSY_PARAMS (OSY_P_INT (first), OSY_P_TEXTS (shops), OSY_P_TEXTS (ids),
                         OSY_P_TIMES (times), OSY_P_BLOBS (chains)),
             NULL, error) &&
         osy_db_exec (tx,
                      "DELETE FROM audit_unsealed u USING unnest ($1::uuid[], $2::timestamptz[]) "
                      "AS t (id, at) WHERE u.row_id = t.id AND u.created_at = t.at",
                      OSY_PARAMS (OSY_P_TEXTS (ids), OSY_P_TIMES (times)), NULL, error);
}

gboolean
osy_audit_store_add_checkpoint (OsyDbTx *tx, const OsyAuditCheckpoint *checkpoint, GError **error)
{
  g_autoptr (GBytes) signature = g_bytes_new (checkpoint->signature, sizeof checkpoint->signature);

  return osy_db_exec (
      tx, "INSERT INTO audit_checkpoint (seq, at, key_id, signature) VALUES ($1, $2, $3, $4)",
      OSY_PARAMS (OSY_P_INT (checkpoint->seq), OSY_P_TIME (checkpoint->at),
                  OSY_P_TEXT (checkpoint->key_id), OSY_P_BYTES (signature)),
      NULL, error);
}

GArray *
osy_audit_store_checkpoints (OsyDbTx *tx, gint64 seq, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT c.seq, s.chain, c.at, c.key_id, c.signature FROM audit_checkpoint c "
                    "JOIN audit_seal s USING (seq) WHERE c.seq > $1 ORDER BY c.seq LIMIT $2",
                    OSY_PARAMS (OSY_P_INT (seq), OSY_P_INT (limit)), error);
  GArray *found;

  if (rows == NULL)
    return NULL;
  found = g_array_new (FALSE, TRUE, sizeof (OsyAuditCheckpoint));
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyAuditCheckpoint one = {.seq = osy_db_rows_int (rows, i, "seq"),
                              .at = osy_db_rows_time (rows, i, "at")};

    read_bytes (rows, i, "chain", one.chain, sizeof one.chain);
    read_bytes (rows, i, "signature", one.signature, sizeof one.signature);
    g_strlcpy (one.key_id, osy_db_rows_text (rows, i, "key_id"), sizeof one.key_id);
    g_array_append_val (found, one);
  }
  return found;
}

gboolean
osy_audit_store_add_key_change (OsyDbTx *tx, const OsyAuditKeyChange *change, GError **error)
{
  g_autoptr (GBytes) chain = g_bytes_new (change->chain, sizeof change->chain);
  g_autoptr (GBytes) old_key = g_bytes_new (change->old_key, sizeof change->old_key);
  g_autoptr (GBytes) new_key = g_bytes_new (change->new_key, sizeof change->new_key);
  g_autoptr (GBytes) old_one = g_bytes_new (change->old_signature, sizeof change->old_signature);
  g_autoptr (GBytes) new_one = g_bytes_new (change->new_signature, sizeof change->new_signature);

  return osy_db_exec (tx,
                      "INSERT INTO audit_key_change (seq, chain, at, old_key, new_key, "
                      "old_signature, new_signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                      OSY_PARAMS (OSY_P_INT (change->seq), OSY_P_BYTES (chain),
                                  OSY_P_TIME (change->at), OSY_P_BYTES (old_key),
                                  OSY_P_BYTES (new_key), OSY_P_BYTES (old_one),
                                  OSY_P_BYTES (new_one)),
                      NULL, error);
}

GArray *
osy_audit_store_key_changes (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM audit_key_change ORDER BY number DESC", OSY_NO_PARAMS, error);
  GArray *found;

  if (rows == NULL)
    return NULL;
  found = g_array_new (FALSE, TRUE, sizeof (OsyAuditKeyChange));
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyAuditKeyChange one = {.seq = osy_db_rows_int (rows, i, "seq"),
                             .at = osy_db_rows_time (rows, i, "at")};

    read_bytes (rows, i, "chain", one.chain, sizeof one.chain);
    read_bytes (rows, i, "old_key", one.old_key, sizeof one.old_key);
    read_bytes (rows, i, "new_key", one.new_key, sizeof one.new_key);
    read_bytes (rows, i, "old_signature", one.old_signature, sizeof one.old_signature);
    read_bytes (rows, i, "new_signature", one.new_signature, sizeof one.new_signature);
    g_array_append_val (found, one);
  }
  return found;
}

OsyDbRows *
osy_audit_store_sealed (OsyDbTx *tx, gint64 seq, gint64 limit, GError **error)
{
  return osy_db_query (tx,
                       "SELECT s.seq, s.chain, " LOG_COLUMNS " FROM audit_seal s "
                       "LEFT JOIN audit_log l ON l.restaurant_id = s.restaurant_id "
                       "  AND l.id = s.row_id AND l.created_at = s.created_at "
                       "WHERE s.seq > $1 ORDER BY s.seq LIMIT $2",
                       OSY_PARAMS (OSY_P_INT (seq), OSY_P_INT (limit)), error);
}

gint64
osy_audit_store_strays (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT count(*) AS n FROM audit_log l "
      "WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.row_id = l.id) "
      "AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.created_at = l.created_at "
      "  AND u.row_id = l.id)",
      OSY_NO_PARAMS, error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "n") : -1;
}

GByteArray *
osy_audit_store_row_bytes (const OsyDbRows *rows, guint n)
{
  g_autoptr (GBytes) old_value = osy_db_rows_bytes (rows, n, "old_value_enc");
  g_autoptr (GBytes) new_value = osy_db_rows_bytes (rows, n, "new_value_enc");
  const OsyAuditRow row = {
      .restaurant_id = osy_db_rows_text (rows, n, "restaurant_id"),
      .id = osy_db_rows_text (rows, n, "id"),
      .created_at = osy_db_rows_time (rows, n, "created_at"),
      .trace_id = osy_db_rows_text (rows, n, "trace_id"),
      .action = osy_db_rows_text (rows, n, "action"),
      .actor = osy_db_rows_text (rows, n, "actor"),
      .object_type = osy_db_rows_text (rows, n, "object_type"),
      .object_id = osy_db_rows_text (rows, n, "object_id"),
      .old_value = old_value,
      .new_value = new_value,
  };

  return row.id != NULL ? osy_audit_row_bytes (&row) : NULL;
}
