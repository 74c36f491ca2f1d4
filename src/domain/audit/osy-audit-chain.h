/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-crypto.h"

G_BEGIN_DECLS

/* How the audit log is sealed, for whoever seals and whoever verifies. Rows are numbered 1, 2, 3, …
 * without a gap; leaf = SHA-256 (0x00 | row), chain = SHA-256 (0x01 | chain before | seq | leaf),
 * the one before the first being 32 zero bytes (the separation of RFC 6962 §2.1). A checkpoint is
 * an Ed25519 signature over a seq and its chain. */

#define OSY_AUDIT_HASH_SIZE 32
/** Characters of a key's name: the first 8 bytes of SHA-256 of the public key in hex. */
#define OSY_AUDIT_KEY_ID_LENGTH 16

/** A row of the log as it lies in the database: values encrypted. */
typedef struct {
  const char *restaurant_id;
  const char *id;
  gint64 created_at;    /* UTC µs */
  const char *trace_id; /* nullable */
  const char *action;
  const char *actor;
  const char *object_type;
  const char *object_id; /* nullable */
  GBytes *old_value;     /* nullable */
  GBytes *new_value;     /* nullable */
} OsyAuditRow;

/** osy_audit_row_bytes: the row in one unambiguous form: every field with its length before it.
 * Returns: (transfer full). */
GByteArray *osy_audit_row_bytes (const OsyAuditRow *row);

/** osy_audit_chain_next: the chain after the row of @seq whose form is @row, into @chain, which
 * holds the one before. */
void osy_audit_chain_next (guint8 chain[OSY_AUDIT_HASH_SIZE],
                           gint64 seq,
                           const guint8 *row,
                           gsize row_len);

/** A signed statement: up to @seq the log hashes to @chain. */
typedef struct {
  gint64 seq;
  guint8 chain[OSY_AUDIT_HASH_SIZE];
  gint64 at; /* UTC µs */
  char key_id[OSY_AUDIT_KEY_ID_LENGTH + 1];
  guint8 signature[OSY_ED25519_SIGNATURE_SIZE];
} OsyAuditCheckpoint;

/** osy_audit_key_id: names @public_key into @out. */
void osy_audit_key_id (const guint8 public_key[OSY_ED25519_KEY_SIZE],
                       char out[OSY_AUDIT_KEY_ID_LENGTH + 1]);
/** osy_audit_checkpoint_sign: fills in key id and signature. */
gboolean osy_audit_checkpoint_sign (OsyAuditCheckpoint *self,
                                    const guint8 secret[OSY_ED25519_KEY_SIZE],
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_checkpoint_verify: Returns: whether it was signed by the owner of @public_key. */
gboolean osy_audit_checkpoint_verify (const OsyAuditCheckpoint *self,
                                      const guint8 public_key[OSY_ED25519_KEY_SIZE]);
/** osy_audit_checkpoint_to_line: one line of text without its end: "seq chain at key signature".
 * Returns: (transfer full). */
char *osy_audit_checkpoint_to_line (const OsyAuditCheckpoint *self);
/** osy_audit_checkpoint_from_line: Returns: FALSE with INVALID_REQUEST for anything else. */
gboolean osy_audit_checkpoint_from_line (OsyAuditCheckpoint *self,
                                         const char *line,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
