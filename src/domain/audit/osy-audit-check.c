/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The daily look. A page each few seconds: the seal of new rows never waits for it. */

#include "osy-audit-check.h"

#include "osy-audit-sealer.h"
#include "osy-audit-store.h"
#include "osy-audit-verifier.h"
#include "osy-clock.h"
#include "osy-job.h"

#define JOB "audit-check"
#define EVERY_MS 3000
#define PAGE 2000

struct _OsyAuditCheck {
  OsyJobRunner *runner;
  char *folder;
  OsyAuditVerifier *verifier; /* (nullable): of the look under way */
  gint64 seq;                 /* last row it has seen */
  gint64 last;                /* that was signed when it began: later ones are for the next */
  gint64 next_at;             /* of the next look, UTC µs */
  OsyAuditBroken broken;
  gpointer broken_data;
};

/* ---- a look begins ---- */

static gboolean
add_key_changes (OsyAuditVerifier *verifier, OsyDbTx *tx, GError **error)
{
  g_autoptr (GArray) changes = osy_audit_store_key_changes (tx, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    osy_audit_verifier_key_change (verifier, &g_array_index (changes, OsyAuditKeyChange, i));
  return changes != NULL;
}

static gboolean
add_inside (OsyAuditVerifier *verifier, OsyDbTx *tx, gint64 *last, GError **error)
{
  for (gint64 seq = 0;;) {
    g_autoptr (GArray) page = osy_audit_store_checkpoints (tx, seq, PAGE, error);

    if (page == NULL)
      return FALSE;
    for (guint i = 0; i < page->len; i++) {
      const OsyAuditCheckpoint *one = &g_array_index (page, OsyAuditCheckpoint, i);

      osy_audit_verifier_checkpoint (verifier, one);
      seq = one->seq;
    }
    *last = seq;
    if (page->len < PAGE)
      return TRUE;
  }
}

/* What cannot be read as a checkpoint is being written, or was spoilt outside: no proof of anything
 * against the log. */
static void
add_outside (OsyAuditVerifier *verifier, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, OSY_AUDIT_CHECKPOINTS, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    OsyAuditCheckpoint checkpoint;

    if (osy_audit_checkpoint_from_line (&checkpoint, lines[i], NULL))
      osy_audit_verifier_checkpoint (verifier, &checkpoint);
  }
}

static gboolean
begin (OsyAuditCheck *self, OsyDbTx *tx, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, OSY_AUDIT_PUBLIC_KEY, NULL);
  guint8 key[OSY_ED25519_KEY_SIZE];

  if (!osy_audit_read_public_key (path, key, error))
    return FALSE;
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (key);
  if (!add_key_changes (verifier, tx, error) || !add_inside (verifier, tx, &self->last, error))
    return FALSE;
  add_outside (verifier, self->folder);
  self->verifier = g_steal_pointer (&verifier);
  self->seq = 0;
  return TRUE;
}

/* ---- it ends ---- */

/* On its way to the main context. */
typedef struct {
  OsyAuditBroken func;
  gpointer data;
  gint64 seq;
} Notice;

static gboolean
tell (gpointer data)
{
  const Notice *notice = data;

  notice->func (notice->seq, notice->data);
  return G_SOURCE_REMOVE;
}

static void
tell_later (OsyAuditCheck *self, OsyDbTx *tx, gint64 seq)
{
  const Notice notice = {self->broken, self->broken_data, seq};

  g_warning ("the audit log is not what was sealed, from row %" G_GINT64_FORMAT " on", seq);
  if (self->broken != NULL)
    osy_db_tx_on_commit (tx, tell, g_memdup2 (&notice, sizeof notice), g_free);
}

static gboolean
finish (OsyAuditCheck *self, OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyAuditVerifier) verifier = g_steal_pointer (&self->verifier);
  gint64 strays = osy_audit_store_strays (tx, error);
  gint64 rows = osy_audit_verifier_rows (verifier);
  gint64 bad = osy_audit_verifier_finish (verifier) ? 0 : osy_audit_verifier_bad_seq (verifier);

  if (strays < 0)
    return FALSE;
  self->next_at = osy_clock_now () + G_TIME_SPAN_DAY;
  if (bad == 0 && strays > 0)
    bad = rows + 1; /* put in past the seal */
  if (bad != 0)
    tell_later (self, tx, bad);
  return osy_db_exec (tx,
                      "INSERT INTO audit_check (at, rows, broken_seq) VALUES ($1, $2, "
                      "nullif ($3, 0))",
                      OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_INT (rows), OSY_P_INT (bad)),
                      NULL, error);
}

/* Returns: whether there may be more. */
static gboolean
look_at (OsyAuditCheck *self, const OsyDbRows *rows)
{
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (GByteArray) bytes = osy_audit_store_row_bytes (rows, i);
    g_autoptr (GBytes) chain = osy_db_rows_bytes (rows, i, "chain");
    gint64 seq = osy_db_rows_int (rows, i, "seq");

    if (seq > self->last)
      return FALSE;
    self->seq = seq;
    osy_audit_verifier_row (self->verifier, seq, bytes ? bytes->data : NULL, bytes ? bytes->len : 0,
                            g_bytes_get_data (chain, NULL));
  }
  return osy_db_rows_count (rows) == PAGE;
}

static gboolean
run (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAuditCheck *self = data;

  if (self->verifier == NULL && osy_clock_now () < self->next_at)
    return TRUE;
  if (self->verifier == NULL && !begin (self, tx, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows = osy_audit_store_sealed (tx, self->seq, PAGE, error);
  if (rows == NULL)
    return FALSE;
  return look_at (self, rows) || finish (self, tx, error);
}

/* ---- life ---- */

OsyAuditCheck *
osy_audit_check_new (OsyDbPool *seal_pool, const char *folder)
{
  OsyAuditCheck *self = g_new0 (OsyAuditCheck, 1);

  self->folder = g_strdup (folder);
  self->runner = osy_job_runner_new (seal_pool);
  osy_job_runner_add (self->runner, JOB, EVERY_MS, NULL, run, self);
  return self;
}

void
osy_audit_check_set_broken (OsyAuditCheck *self, OsyAuditBroken func, gpointer user_data)
{
  self->broken = func;
  self->broken_data = user_data;
}

void
osy_audit_check_free (OsyAuditCheck *self)
{
  g_clear_object (&self->runner);
  g_clear_pointer (&self->verifier, osy_audit_verifier_free);
  g_free (self->folder);
  g_free (self);
}

void
osy_audit_check_start (OsyAuditCheck *self)
{
  osy_job_runner_start (self->runner);
}

void
osy_audit_check_stop (OsyAuditCheck *self)
{
  osy_job_runner_stop (self->runner);
}
