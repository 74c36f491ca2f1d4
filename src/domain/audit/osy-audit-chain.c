/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Hashes and signatures of the sealed log. */

#include "osy-audit-chain.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"

#define CONTEXT "ordersync audit checkpoint v1"

/* ---- forms ---- */

static void
append_number (GByteArray *bytes, guint64 number, guint width)
{
  for (guint i = width; i > 0; i--) {
    guint8 byte = (guint8)(number >> (8 * (i - 1)));

    g_byte_array_append (bytes, &byte, 1);
  }
}

/* Absent is not the same as empty. */
static void
append_field (GByteArray *bytes, const void *data, gsize len)
{
  append_number (bytes, data != NULL, 1);
  append_number (bytes, len, 4);
  if (len > 0)
    g_byte_array_append (bytes, data, (guint)len);
}

static void
append_text (GByteArray *bytes, const char *text)
{
  append_field (bytes, text, text != NULL ? strlen (text) : 0);
}

static void
append_blob (GByteArray *bytes, GBytes *blob)
{
  gsize len = 0;
  const void *data = blob != NULL ? g_bytes_get_data (blob, &len) : NULL;

  append_field (bytes, blob != NULL && data == NULL ? "" : data, len);
}

GByteArray *
osy_audit_row_bytes (const OsyAuditRow *row)
{
  GByteArray *bytes = g_byte_array_new ();

  append_text (bytes, row->restaurant_id);
  append_text (bytes, row->id);
  append_number (bytes, (guint64)row->created_at, 8);
  append_text (bytes, row->trace_id);
  append_text (bytes, row->action);
  append_text (bytes, row->actor);
  append_text (bytes, row->object_type);
  append_text (bytes, row->object_id);
  append_blob (bytes, row->old_value);
  append_blob (bytes, row->new_value);
  return bytes;
}

void
osy_audit_chain_next (guint8 chain[OSY_AUDIT_HASH_SIZE],
                      gint64 seq,
                      const guint8 *row,
                      gsize row_len)
{
  g_autoptr (GByteArray) leaf = g_byte_array_sized_new ((guint)row_len + 1);
  g_autoptr (GByteArray) link = g_byte_array_new ();
  guint8 hash[OSY_AUDIT_HASH_SIZE];

  append_number (leaf, 0, 1);
  g_byte_array_append (leaf, row, (guint)row_len);
  osy_sha256 (leaf->data, leaf->len, hash);
  append_number (link, 1, 1);
  g_byte_array_append (link, chain, OSY_AUDIT_HASH_SIZE);
  append_number (link, (guint64)seq, 8);
  g_byte_array_append (link, hash, sizeof hash);
  osy_sha256 (link->data, link->len, chain);
}

/* ---- checkpoints ---- */

void
osy_audit_key_id (const guint8 public_key[OSY_ED25519_KEY_SIZE],
                  char out[OSY_AUDIT_KEY_ID_LENGTH + 1])
{
  guint8 hash[32];

  osy_sha256 (public_key, OSY_ED25519_KEY_SIZE, hash);
  g_autofree char *hex = osy_hex_encode (hash, OSY_AUDIT_KEY_ID_LENGTH / 2);
  memcpy (out, hex, OSY_AUDIT_KEY_ID_LENGTH + 1);
}

static GByteArray *
statement (const OsyAuditCheckpoint *self)
{
  GByteArray *bytes = g_byte_array_new ();

  append_text (bytes, CONTEXT);
  append_number (bytes, (guint64)self->seq, 8);
  g_byte_array_append (bytes, self->chain, sizeof self->chain);
  append_number (bytes, (guint64)self->at, 8);
  append_text (bytes, self->key_id);
  return bytes;
}

gboolean
osy_audit_checkpoint_sign (OsyAuditCheckpoint *self,
                           const guint8 secret[OSY_ED25519_KEY_SIZE],
                           GError **error)
{
  guint8 public_key[OSY_ED25519_KEY_SIZE];

  if (!osy_ed25519_public (secret, public_key, error))
    return FALSE;
  osy_audit_key_id (public_key, self->key_id);
  g_autoptr (GByteArray) bytes = statement (self);
  return osy_ed25519_sign (secret, bytes->data, bytes->len, self->signature, error);
}

gboolean
osy_audit_checkpoint_verify (const OsyAuditCheckpoint *self,
                             const guint8 public_key[OSY_ED25519_KEY_SIZE])
{
  g_autoptr (GByteArray) bytes = statement (self);

  return osy_ed25519_verify (public_key, bytes->data, bytes->len, self->signature);
}

char *
osy_audit_checkpoint_to_line (const OsyAuditCheckpoint *self)
{
  g_autofree char *chain = osy_hex_encode (self->chain, sizeof self->chain);
  g_autofree char *at = osy_clock_format (self->at);
  g_autofree char *signature = osy_hex_encode (self->signature, sizeof self->signature);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s %s %s", self->seq, chain, at, self->key_id,
                          signature);
}

gboolean
osy_audit_checkpoint_from_line (OsyAuditCheckpoint *self, const char *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", -1);
  OsyAuditCheckpoint read = {0};
  guint64 seq = 0;

  if (g_strv_length (parts) != 5 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT64, &seq, NULL) ||
      !osy_hex_decode_into (parts[1], read.chain, sizeof read.chain) ||
      !osy_clock_parse (parts[2], &read.at) || strlen (parts[3]) != OSY_AUDIT_KEY_ID_LENGTH ||
      !osy_hex_decode_into (parts[4], read.signature, sizeof read.signature)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "This is not a line of checkpoints of the audit log.");
    return FALSE;
  }
  read.seq = (gint64)seq;
  memcpy (read.key_id, parts[3], sizeof read.key_id);
  *self = read;
  return TRUE;
}
