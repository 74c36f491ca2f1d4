/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-chain.h"

G_BEGIN_DECLS

/** From @seq on another key signs: a statement of both keys, over the log up to there. So whoever
 * trusts either of them can verify what the other signed, before and after; and what the old key
 * signs later counts for nothing. */
typedef struct {
  gint64 seq; /* the last row under the old key; 0: none yet */
  guint8 chain[OSY_AUDIT_HASH_SIZE];
  gint64 at; /* UTC µs */
  guint8 old_key[OSY_ED25519_KEY_SIZE];
  guint8 new_key[OSY_ED25519_KEY_SIZE];
  guint8 old_signature[OSY_ED25519_SIGNATURE_SIZE];
  guint8 new_signature[OSY_ED25519_SIGNATURE_SIZE];
} OsyAuditKeyChange;

/** osy_audit_key_change_sign: fills in keys and signatures. */
gboolean osy_audit_key_change_sign (OsyAuditKeyChange *self,
                                    const guint8 old_secret[OSY_ED25519_KEY_SIZE],
                                    const guint8 new_secret[OSY_ED25519_KEY_SIZE],
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_key_change_verify: Returns: whether both of its keys signed it. */
gboolean osy_audit_key_change_verify (const OsyAuditKeyChange *self);
/** osy_audit_key_change_to_line: "seq chain at old-key new-key old-signature new-signature".
 * Returns: (transfer full). */
char *osy_audit_key_change_to_line (const OsyAuditKeyChange *self);
/** osy_audit_key_change_from_line: Returns: FALSE with INVALID_REQUEST for anything else. */
gboolean osy_audit_key_change_from_line (OsyAuditKeyChange *self,
                                         const char *line,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
