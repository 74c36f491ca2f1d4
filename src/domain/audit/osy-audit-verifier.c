/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The chain is computed anew from the rows. What is stored beside them names the first bad row; the
 * signatures are what cannot be forged. */

#include "osy-audit-verifier.h"

#include <string.h>

/* A key, and the rows whose checkpoints it may have signed. */
typedef struct {
  guint8 key[OSY_ED25519_KEY_SIZE];
  char id[OSY_AUDIT_KEY_ID_LENGTH + 1];
  gint64 after;
  gint64 to;
} Signer;

struct _OsyAuditVerifier {
  GArray *signers; /* of Signer, in the order of their time; first the one that is trusted */
  GArray *changes; /* of OsyAuditKeyChange */
  guint8 chain[OSY_AUDIT_HASH_SIZE];
  gint64 seq;          /* of the last row */
  gint64 good_to;      /* the last row under a checkpoint that holds */
  GArray *checkpoints; /* of OsyAuditCheckpoint, by seq once rows begin */
  guint next;          /* the first checkpoint not yet reached */
  gboolean settled;    /* keys and checkpoints are known to be good, and sorted */
  gint64 bad_seq;
  char *problem;
};

static void
add_signer (OsyAuditVerifier *self, guint at, const guint8 *key, gint64 after, gint64 to)
{
  Signer signer = {.after = after, .to = to};

  memcpy (signer.key, key, sizeof signer.key);
  osy_audit_key_id (key, signer.id);
  g_array_insert_val (self->signers, at, signer);
}

OsyAuditVerifier *
osy_audit_verifier_new (const guint8 public_key[OSY_ED25519_KEY_SIZE])
{
  OsyAuditVerifier *self = g_new0 (OsyAuditVerifier, 1);

  self->signers = g_array_new (FALSE, FALSE, sizeof (Signer));
  self->changes = g_array_new (FALSE, FALSE, sizeof (OsyAuditKeyChange));
  add_signer (self, 0, public_key, 0, G_MAXINT64);
  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (OsyAuditCheckpoint));
  return self;
}

void
osy_audit_verifier_free (OsyAuditVerifier *self)
{
  g_array_unref (self->signers);
  g_array_unref (self->changes);
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

void
osy_audit_verifier_checkpoint (OsyAuditVerifier *self, const OsyAuditCheckpoint *checkpoint)
{
  if (self->settled)
    fail (self, MAX (checkpoint->seq, 1), "a checkpoint comes after rows");
  else
    g_array_append_val (self->checkpoints, *checkpoint);
}

void
osy_audit_verifier_key_change (OsyAuditVerifier *self, const OsyAuditKeyChange *change)
{
  if (self->settled)
    fail (self, MAX (change->seq, 1), "a change of keys comes after rows");
  else
    g_array_append_val (self->changes, *change);
}

/* ---- before the first row: whose signatures count, and whether they hold ---- */

/* Takes the change that leads on from the last signer, or to the first one. */
static gboolean
follow (OsyAuditVerifier *self, OsyAuditKeyChange *ret)
{
  Signer *first = &g_array_index (self->signers, Signer, 0);
  Signer *last = &g_array_index (self->signers, Signer, self->signers->len - 1);

  for (guint i = 0; i < self->changes->len; i++) {
    *ret = g_array_index (self->changes, OsyAuditKeyChange, i);
    gboolean onward = memcmp (ret->old_key, last->key, sizeof last->key) == 0;

    if (!onward && memcmp (ret->new_key, first->key, sizeof first->key) != 0)
      continue;
    g_array_remove_index_fast (self->changes, i);
    if (onward) {
      last->to = ret->seq;
      add_signer (self, self->signers->len, ret->new_key, ret->seq, G_MAXINT64);
    } else {
      first->after = ret->seq;
      add_signer (self, 0, ret->old_key, 0, ret->seq);
    }
    return TRUE;
  }
  return FALSE;
}

static gboolean
settle_signers (OsyAuditVerifier *self, GArray *proofs)
{
  OsyAuditKeyChange change;

  while (follow (self, &change)) {
    OsyAuditCheckpoint proof = {.seq = change.seq};

    if (!osy_audit_key_change_verify (&change))
      return fail (self, MAX (change.seq, 1), "a change of keys was not signed by both of them");
    memcpy (proof.chain, change.chain, sizeof proof.chain);
    if (proof.seq > 0)
      g_array_append_val (proofs, proof);
  }
  if (self->changes->len == 0)
    return TRUE;
  change = g_array_index (self->changes, OsyAuditKeyChange, 0);
  return fail (self, MAX (change.seq, 1), "a change of keys is not one of this log");
}

static gboolean
is_signed (OsyAuditVerifier *self, const OsyAuditCheckpoint *checkpoint)
{
  for (guint i = 0; i < self->signers->len; i++) {
    const Signer *one = &g_array_index (self->signers, Signer, i);

    if (strcmp (one->id, checkpoint->key_id) == 0 && checkpoint->seq > one->after &&
        checkpoint->seq <= one->to)
      return osy_audit_checkpoint_verify (checkpoint, one->key);
  }
  return FALSE;
}

static int
compare_seq (gconstpointer a, gconstpointer b)
{
  const OsyAuditCheckpoint *one = a;
  const OsyAuditCheckpoint *other = b;

  return (one->seq > other->seq) - (one->seq < other->seq);
}

static gboolean
settle (OsyAuditVerifier *self)
{
  g_autoptr (GArray) proofs = g_array_new (FALSE, FALSE, sizeof (OsyAuditCheckpoint));

  if (self->settled)
    return TRUE;
  self->settled = TRUE;
  if (!settle_signers (self, proofs))
    return FALSE;
  for (guint i = 0; i < self->checkpoints->len; i++) {
    const OsyAuditCheckpoint *one = &g_array_index (self->checkpoints, OsyAuditCheckpoint, i);

    if (!is_signed (self, one))
      return fail (self, one->seq, "a checkpoint was not signed by this key");
  }
  if (proofs->len > 0)
    g_array_append_vals (self->checkpoints, proofs->data, proofs->len);
  g_array_sort (self->checkpoints, compare_seq);
  return TRUE;
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
  if (self->problem != NULL || !settle (self))
    return FALSE;
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
  if (self->problem != NULL || !settle (self))
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
