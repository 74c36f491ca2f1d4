/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The chain is computed anew from the rows. What is stored beside them names the first bad row; the
 * signatures are what cannot be forged. */

#include "osy-audit-verifier.h"

#include <string.h>

struct _OsyAuditVerifier {
  guint8 public_key[OSY_ED25519_KEY_SIZE];
  guint8 chain[OSY_AUDIT_HASH_SIZE];
  gint64 seq;          /* of the last row */
  gint64 good_to;      /* the last row under a checkpoint that holds */
  GArray *checkpoints; /* of OsyAuditCheckpoint, by seq once rows begin */
  guint next;          /* the first checkpoint not yet reached */
  gboolean sorted;
  gint64 bad_seq;
  char *problem;
};

OsyAuditVerifier *
osy_audit_verifier_new (const guint8 public_key[OSY_ED25519_KEY_SIZE])
{
  OsyAuditVerifier *self = g_new0 (OsyAuditVerifier, 1);

  memcpy (self->public_key, public_key, sizeof self->public_key);
  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (OsyAuditCheckpoint));
  return self;
}

void
osy_audit_verifier_free (OsyAuditVerifier *self)
{
  g_array_unref (self->checkpoints);
  g_free (self->problem);
  g_free (self);
}

static gboolean
fail (OsyAuditVerifier *self, gint64 seq, const char *what)
{
  if (self->problem == NULL) {
    self->bad_seq = seq;
    self->problem = g_strdup_printf (
        "The audit log is not what was sealed: at %" G_GINT64_FORMAT " %s.", seq, what);
  }
  return FALSE;
}

gboolean
osy_audit_verifier_checkpoint (OsyAuditVerifier *self, const OsyAuditCheckpoint *checkpoint)
{
  char key_id[OSY_AUDIT_KEY_ID_LENGTH + 1];

  osy_audit_key_id (self->public_key, key_id);
  if (strcmp (key_id, checkpoint->key_id) != 0 ||
      !osy_audit_checkpoint_verify (checkpoint, self->public_key))
    return fail (self, checkpoint->seq, "a checkpoint was not signed by this key");
  g_array_append_val (self->checkpoints, *checkpoint);
  self->sorted = FALSE;
  return TRUE;
}

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const OsyAuditCheckpoint *one = a;
  const OsyAuditCheckpoint *other = b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

/* Every checkpoint of @self->seq must name the chain as it is. */
static gboolean
pass_checkpoints (OsyAuditVerifier *self)
{
  for (; self->next < self->checkpoints->len; self->next++) {
    const OsyAuditCheckpoint *checkpoint =
        &g_array_index (self->checkpoints, OsyAuditCheckpoint, self->next);

    if (checkpoint->seq > self->seq)
      return TRUE;
    if (memcmp (checkpoint->chain, self->chain, sizeof self->chain) != 0)
      return fail (self, self->good_to + 1,
                   "or after it, before the next checkpoint, rows were changed and sealed again");
    self->good_to = checkpoint->seq;
  }
  return TRUE;
}

gboolean
osy_audit_verifier_row (OsyAuditVerifier *self,
                        gint64 seq,
                        const guint8 *row,
                        gsize row_len,
                        const guint8 chain[OSY_AUDIT_HASH_SIZE])
{
  if (self->problem != NULL)
    return FALSE;
  if (!self->sorted)
    g_array_sort (self->checkpoints, compare_seq);
  self->sorted = TRUE;
  if (seq != self->seq + 1 || row == NULL)
    return fail (self, self->seq + 1, "a row is missing or out of its place");
  osy_audit_chain_next (self->chain, seq, row, row_len);
  self->seq = seq;
  if (chain != NULL && memcmp (chain, self->chain, sizeof self->chain) != 0)
    return fail (self, seq, "the row was changed");
  return pass_checkpoints (self);
}

gboolean
osy_audit_verifier_finish (OsyAuditVerifier *self)
{
  if (self->problem != NULL)
    return FALSE;
  if (self->next < self->checkpoints->len)
    return fail (self, self->seq + 1, "a row that a checkpoint covers is missing");
  if (self->good_to < self->seq)
    return fail (self, self->good_to + 1, "and after it no checkpoint covers the rows");
  return TRUE;
}

const char *
osy_audit_verifier_problem (OsyAuditVerifier *self)
{
  return self->problem;
}

gint64
osy_audit_verifier_bad_seq (OsyAuditVerifier *self)
{
  return self->bad_seq;
}

gint64
osy_audit_verifier_rows (OsyAuditVerifier *self)
{
  return self->seq;
}

gint64
osy_audit_verifier_signed_to (OsyAuditVerifier *self)
{
  return self->good_to;
}
