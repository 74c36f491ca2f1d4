/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-verifier.h"
#include "osy-db.h"

G_BEGIN_DECLS

/* All of it as ordersync_sealer, over every shop; head and key changes as ordersync_keys, too. */

/** osy_audit_store_unsealed: up to @limit rows that wait for their seal, oldest first: the columns
 * of audit_log. (transfer full) */
OsyDbRows *osy_audit_store_unsealed (OsyDbTx *tx, gint64 limit, GError **error);
/** osy_audit_store_head: the last seal. *@seq is 0 and *@chain zero while there is none. */
gboolean osy_audit_store_head (OsyDbTx *tx,
                               gint64 *seq,
                               guint8 chain[OSY_AUDIT_HASH_SIZE],
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_store_seal: keeps the @chains (of GBytes) of @rows, numbered from @first on, and takes
 * them off the queue. */
gboolean osy_audit_store_seal (OsyDbTx *tx,
                               const OsyDbRows *rows,
                               gint64 first,
                               GPtrArray *chains,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_audit_store_add_checkpoint (OsyDbTx *tx,
                                         const OsyAuditCheckpoint *checkpoint,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_store_checkpoints: up to @limit after @seq, in order. (transfer full): of
 * OsyAuditCheckpoint. */
GArray *osy_audit_store_checkpoints (OsyDbTx *tx, gint64 seq, gint64 limit, GError **error);
gboolean osy_audit_store_add_key_change (OsyDbTx *tx,
                                         const OsyAuditKeyChange *change,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_store_key_changes: (transfer full): of OsyAuditKeyChange, the newest first. */
GArray *osy_audit_store_key_changes (OsyDbTx *tx, GError **error);
/** osy_audit_store_sealed: up to @limit sealed rows after @seq: seq, chain, and the columns of
 * audit_log, NULL where its row is gone. (transfer full) */
OsyDbRows *osy_audit_store_sealed (OsyDbTx *tx, gint64 seq, gint64 limit, GError **error);
/** osy_audit_store_strays: Returns: rows of the log that are neither sealed nor waiting; -1 with
 * @error. */
gint64 osy_audit_store_strays (OsyDbTx *tx, GError **error);
/** osy_audit_store_row_bytes: the form of row @n. (transfer full) (nullable): NULL when it is gone.
 */
GByteArray *osy_audit_store_row_bytes (const OsyDbRows *rows, guint n);

G_END_DECLS
