/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-verifier.h"

G_BEGIN_DECLS

/* A sealed log as one file, to be verified anywhere with nothing but the public key:
 * "OSYAUDIT1\n", then records: 'K', length (4 bytes, big endian), a line of
 * osy_audit_key_change_to_line(); 'C', length, a line of checkpoints.log; all of them first. 'R',
 * length, seq (8), chain (32), the row (osy_audit_row_bytes()). */

/** osy_audit_dump_begin: the head of the file. */
gboolean osy_audit_dump_begin (GOutputStream *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_audit_dump_checkpoint (GOutputStream *out,
                                    const OsyAuditCheckpoint *checkpoint,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_audit_dump_key_change (GOutputStream *out,
                                    const OsyAuditKeyChange *change,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean osy_audit_dump_row (GOutputStream *out,
                             gint64 seq,
                             const guint8 chain[OSY_AUDIT_HASH_SIZE],
                             const GByteArray *row,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_audit_dump_verify: feeds all of @in to @verifier and finishes it. Returns: FALSE with @error
 * when @in is no dump or cannot be read; what is wrong with the log is the verifier's to say. */
gboolean osy_audit_dump_verify (GInputStream *in,
                                OsyAuditVerifier *verifier,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
