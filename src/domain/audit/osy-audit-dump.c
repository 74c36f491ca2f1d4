/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Writing and reading the file of a sealed log. */

#include "osy-audit-dump.h"

#include <string.h>

#define MAGIC "OSYAUDIT1\n"
#define MAX_RECORD (16 * 1024 * 1024)
#define ROW_HEAD (8 + OSY_AUDIT_HASH_SIZE)

static gboolean
write_record (GOutputStream *out,
              char type,
              const GByteArray *head,
              const GByteArray *body,
              GError **error)
{
  guint32 len = GUINT32_TO_BE ((head != NULL ? head->len : 0) + body->len);

  return g_output_stream_write_all (out, &type, 1, NULL, NULL, error) &&
         g_output_stream_write_all (out, &len, sizeof len, NULL, NULL, error) &&
         (head == NULL ||
          g_output_stream_write_all (out, head->data, head->len, NULL, NULL, error)) &&
         g_output_stream_write_all (out, body->data, body->len, NULL, NULL, error);
}

gboolean
osy_audit_dump_begin (GOutputStream *out, GError **error)
{
  return g_output_stream_write_all (out, MAGIC, strlen (MAGIC), NULL, NULL, error);
}

static gboolean
write_line (GOutputStream *out, char type, const char *line, GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();

  g_byte_array_append (body, (const guint8 *)line, (guint)strlen (line));
  return write_record (out, type, NULL, body, error);
}

gboolean
osy_audit_dump_checkpoint (GOutputStream *out, const OsyAuditCheckpoint *checkpoint, GError **error)
{
  g_autofree char *line = osy_audit_checkpoint_to_line (checkpoint);

  return write_line (out, 'C', line, error);
}

gboolean
osy_audit_dump_key_change (GOutputStream *out, const OsyAuditKeyChange *change, GError **error)
{
  g_autofree char *line = osy_audit_key_change_to_line (change);

  return write_line (out, 'K', line, error);
}

gboolean
osy_audit_dump_row (GOutputStream *out,
                    gint64 seq,
                    const guint8 chain[OSY_AUDIT_HASH_SIZE],
                    const GByteArray *row,
                    GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  guint64 number = GUINT64_TO_BE ((guint64)seq);

  g_byte_array_append (head, (const guint8 *)&number, sizeof number);
  g_byte_array_append (head, chain, OSY_AUDIT_HASH_SIZE);
  return write_record (out, 'R', head, row, error);
}

/* ---- reading ---- */

static gboolean
not_a_dump (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "This is not a whole export of an audit log.");
  return FALSE;
}

static gboolean
read_exactly (GInputStream *in, void *buffer, gsize len, GError **error)
{
  gsize got = 0;

  return g_input_stream_read_all (in, buffer, len, &got, NULL, error) &&
         (got == len || not_a_dump (error));
}

/* Returns: 1 with a record in @body, 0 at the end, -1 with @error. */
static int
read_record (GInputStream *in, char *type, GByteArray *body, GError **error)
{
  guint32 len;
  gsize got = 0;

  if (!g_input_stream_read_all (in, type, 1, &got, NULL, error))
    return -1;
  if (got == 0)
    return 0;
  if (!read_exactly (in, &len, sizeof len, error))
    return -1;
  len = GUINT32_FROM_BE (len);
  if (len > MAX_RECORD || (*type != 'C' && *type != 'K' && *type != 'R')) {
    not_a_dump (error);
    return -1;
  }
  g_byte_array_set_size (body, len);
  return read_exactly (in, body->data, len, error) ? 1 : -1;
}

static gboolean
take_checkpoint (OsyAuditVerifier *verifier, const GByteArray *body, GError **error)
{
  g_autofree char *line = g_strndup ((const char *)body->data, body->len);
  OsyAuditCheckpoint checkpoint;

  if (!osy_audit_checkpoint_from_line (&checkpoint, line, error))
    return FALSE;
  osy_audit_verifier_checkpoint (verifier, &checkpoint);
  return TRUE;
}

static gboolean
take_key_change (OsyAuditVerifier *verifier, const GByteArray *body, GError **error)
{
  g_autofree char *line = g_strndup ((const char *)body->data, body->len);
  OsyAuditKeyChange change;

  if (!osy_audit_key_change_from_line (&change, line, error))
    return FALSE;
  osy_audit_verifier_key_change (verifier, &change);
  return TRUE;
}

static gboolean
take_row (OsyAuditVerifier *verifier, const GByteArray *body, GError **error)
{
  guint64 seq;

  if (body->len < ROW_HEAD)
    return not_a_dump (error);
  memcpy (&seq, body->data, sizeof seq);
  osy_audit_verifier_row (verifier, (gint64)GUINT64_FROM_BE (seq), body->data + ROW_HEAD,
                          body->len - ROW_HEAD, body->data + sizeof seq);
  return TRUE;
}

static gboolean
take (OsyAuditVerifier *verifier, char type, const GByteArray *body, GError **error)
{
  switch (type) {
  case 'C': return take_checkpoint (verifier, body, error);
  case 'K': return take_key_change (verifier, body, error);
  default: return take_row (verifier, body, error);
  }
}

gboolean
osy_audit_dump_verify (GInputStream *in, OsyAuditVerifier *verifier, GError **error)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new_sized (in, 256 * 1024);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  char magic[sizeof MAGIC - 1];
  char type;
  int more;

  if (!read_exactly (buffered, magic, sizeof magic, error))
    return FALSE;
  if (memcmp (magic, MAGIC, sizeof magic) != 0)
    return not_a_dump (error);
  while ((more = read_record (buffered, &type, body, error)) > 0 &&
         osy_audit_verifier_problem (verifier) == NULL)
    if (!take (verifier, type, body, error))
      return FALSE;
  if (more < 0)
    return FALSE;
  osy_audit_verifier_finish (verifier);
  return TRUE;
}
