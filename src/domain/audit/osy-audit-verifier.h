/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-key-change.h"

G_BEGIN_DECLS

/** Follows a sealed log from its first row on and says where it stops being what was signed. Reads
 * neither database nor files. */
typedef struct _OsyAuditVerifier OsyAuditVerifier;

/** osy_audit_verifier_new: @public_key: of any of the keys that ever signed: the others are reached
 * over the changes that two of them signed together. */
OsyAuditVerifier *osy_audit_verifier_new (const guint8 public_key[OSY_ED25519_KEY_SIZE]);
void osy_audit_verifier_free (OsyAuditVerifier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuditVerifier, osy_audit_verifier_free)

/** osy_audit_verifier_row: the next row. @row: (nullable): NULL when it cannot be found. @chain:
 * (nullable): what is stored beside it. Returns: FALSE
 * at the first row that is not what was sealed. */
gboolean osy_audit_verifier_row (OsyAuditVerifier *self,
                                 gint64 seq,
                                 const guint8 *row,
                                 gsize row_len,
                                 const guint8 chain[OSY_AUDIT_HASH_SIZE]);
/** osy_audit_verifier_checkpoint: one from the database or from outside, in any order, before the
 * rows. One from outside that reaches past the last row proves that rows are missing. */
void osy_audit_verifier_checkpoint (OsyAuditVerifier *self, const OsyAuditCheckpoint *checkpoint);
/** osy_audit_verifier_key_change: one of those of the log, in any order, before the rows. */
void osy_audit_verifier_key_change (OsyAuditVerifier *self, const OsyAuditKeyChange *change);
/** osy_audit_verifier_finish: after the last row. Returns: whether all of it is what was signed. */
gboolean osy_audit_verifier_finish (OsyAuditVerifier *self);

/** osy_audit_verifier_problem: (transfer none) (nullable): one sentence; NULL while nothing is
 * wrong. */
const char *osy_audit_verifier_problem (OsyAuditVerifier *self);
/** osy_audit_verifier_bad_seq: the first seq that is not what was signed; 0: none. */
gint64 osy_audit_verifier_bad_seq (OsyAuditVerifier *self);
/** osy_audit_verifier_rows, _signed_to: rows seen, and the last of them under a checkpoint. */
gint64 osy_audit_verifier_rows (OsyAuditVerifier *self);
gint64 osy_audit_verifier_signed_to (OsyAuditVerifier *self);

G_END_DECLS
