/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One key hands over to another. */

#include "osy-audit-key-change.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"

#define CONTEXT "ordersync audit key change v1 "

static char *
words (const OsyAuditKeyChange *self)
{
  g_autofree char *chain = osy_hex_encode (self->chain, sizeof self->chain);
  g_autofree char *at = osy_clock_format (self->at);
  g_autofree char *old_key = osy_hex_encode (self->old_key, sizeof self->old_key);
  g_autofree char *new_key = osy_hex_encode (self->new_key, sizeof self->new_key);

  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s %s %s", self->seq, chain, at, old_key,
                          new_key);
}

/* What both sign: no other statement of theirs begins like it. */
static char *
statement (const OsyAuditKeyChange *self)
{
  g_autofree char *text = words (self);

  return g_strconcat (CONTEXT, text, NULL);
}

gboolean
osy_audit_key_change_sign (OsyAuditKeyChange *self,
                           const guint8 old_secret[OSY_ED25519_KEY_SIZE],
                           const guint8 new_secret[OSY_ED25519_KEY_SIZE],
                           GError **error)
{
  if (!osy_ed25519_public (old_secret, self->old_key, error) ||
      !osy_ed25519_public (new_secret, self->new_key, error))
    return FALSE;
  g_autofree char *text = statement (self);
  const guint8 *bytes = (const guint8 *)text;
  return osy_ed25519_sign (old_secret, bytes, strlen (text), self->old_signature, error) &&
         osy_ed25519_sign (new_secret, bytes, strlen (text), self->new_signature, error);
}

gboolean
osy_audit_key_change_verify (const OsyAuditKeyChange *self)
{
  g_autofree char *text = statement (self);
  const guint8 *bytes = (const guint8 *)text;

  return osy_ed25519_verify (self->old_key, bytes, strlen (text), self->old_signature) &&
         osy_ed25519_verify (self->new_key, bytes, strlen (text), self->new_signature);
}

char *
osy_audit_key_change_to_line (const OsyAuditKeyChange *self)
{
  g_autofree char *text = words (self);
  g_autofree char *old_one = osy_hex_encode (self->old_signature, sizeof self->old_signature);
  g_autofree char *new_one = osy_hex_encode (self->new_signature, sizeof self->new_signature);

  return g_strjoin (" ", text, old_one, new_one, NULL);
}

gboolean
osy_audit_key_change_from_line (OsyAuditKeyChange *self, const char *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", -1);
  OsyAuditKeyChange read = {0};
  guint64 seq = 0;

  if (g_strv_length (parts) != 7 ||
      !g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXINT64, &seq, NULL) ||
      !osy_hex_decode_into (parts[1], read.chain, sizeof read.chain) ||
      !osy_clock_parse (parts[2], &read.at) ||
      !osy_hex_decode_into (parts[3], read.old_key, sizeof read.old_key) ||
      !osy_hex_decode_into (parts[4], read.new_key, sizeof read.new_key) ||
      !osy_hex_decode_into (parts[5], read.old_signature, sizeof read.old_signature) ||
      !osy_hex_decode_into (parts[6], read.new_signature, sizeof read.new_signature)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "This is not a change of the audit log's keys.");
    return FALSE;
  }
  read.seq = (gint64)seq;
  *self = read;
  return TRUE;
}
