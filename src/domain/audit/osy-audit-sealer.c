/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sealer. What the database holds and the file does not yet is written at the beginning of each
 * run, so a crash in between only delays it. */

#include "osy-audit-sealer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "osy-audit-key.h"
#include "osy-audit-store.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-failpoint.h"
#include "osy-job.h"

#define JOB "audit-seal"
#define EVERY_MS 1000
#define BATCH 4000

struct _OsyAuditSealer {
  OsyJobRunner *runner;
  OsyDbPool *app_pool;
  OsyKeyring *ring;
  char *folder;
  char *checkpoints; /* path of the file */
  gint64 written;    /* seq of its last line; -1: not looked yet */
  guint8 secret[OSY_ED25519_KEY_SIZE];
};

/* ---- the key ---- */

static gboolean
load_key (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAuditSealer *self = data;

  return osy_audit_key_load (tx, self->ring, self->secret, error);
}

static gboolean
write_public_key (OsyAuditSealer *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, OSY_AUDIT_PUBLIC_KEY, NULL);
  guint8 public_key[OSY_ED25519_KEY_SIZE];

  if (!osy_ed25519_public (self->secret, public_key, error))
    return FALSE;
  g_autofree char *hex = osy_hex_encode (public_key, sizeof public_key);
  g_autofree char *line = g_strconcat (hex, "\n", NULL);
  return g_file_set_contents (path, line, -1, error);
}

static gboolean
renew_key (OsyAuditSealer *self, GError **error)
{
  OsyDbScope scope = {NULL};

  return osy_db_pool_run (self->app_pool, &scope, load_key, self, error) &&
         write_public_key (self, error);
}

/* Under the lock of the head: what the old key signed after this would count for nothing. */
static gboolean
follow_key (OsyAuditSealer *self, OsyDbTx *tx, GError **error)
{
  g_autoptr (GArray) changes = osy_audit_store_key_changes (tx, error);
  guint8 mine[OSY_ED25519_KEY_SIZE];

  if (changes == NULL || !osy_ed25519_public (self->secret, mine, error))
    return FALSE;
  return changes->len == 0 ||
         memcmp (g_array_index (changes, OsyAuditKeyChange, 0).new_key, mine, sizeof mine) == 0 ||
         renew_key (self, error);
}

gboolean
osy_audit_read_public_key (const char *path, guint8 out[OSY_ED25519_KEY_SIZE], GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  g_autoptr (GBytes) bytes = osy_hex_decode (g_strchomp (text));
  if (bytes == NULL || g_bytes_get_size (bytes) != OSY_ED25519_KEY_SIZE) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "%s does not hold a public key of the audit log.", path);
    return FALSE;
  }
  memcpy (out, g_bytes_get_data (bytes, NULL), OSY_ED25519_KEY_SIZE);
  return TRUE;
}

/* ---- the file ---- */

/* A last line without an end was being written when the power went: it is written again. */
static gboolean
find_written (OsyAuditSealer *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize len = 0;
  char *end;

  self->written = 0;
  if (!g_file_test (self->checkpoints, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_get_contents (self->checkpoints, &text, &len, error))
    return FALSE;
  end = g_strrstr (text, "\n");
  if (end == NULL || end[1] != '\0') {
    if (truncate (self->checkpoints, end != NULL ? end + 1 - text : 0) != 0)
      g_warning ("%s could not be mended: %s", self->checkpoints, g_strerror (errno));
  }
  if (end == NULL)
    return TRUE;
  *end = '\0';
  const char *last = strrchr (text, '\n');
  self->written = g_ascii_strtoll (last != NULL ? last + 1 : text, NULL, 10);
  return TRUE;
}

static gboolean
append (OsyAuditSealer *self, const char *text, GError **error)
{
  int fd = g_open (self->checkpoints, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
  gsize len = strlen (text);

  if (fd >= 0 && write (fd, text, len) == (gssize)len && fdatasync (fd) == 0)
    return g_close (fd, error);
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "The checkpoints of the audit log could not be written to %s: %s.",
               self->checkpoints, g_strerror (errno));
  if (fd >= 0)
    g_close (fd, NULL);
  return FALSE;
}

static gboolean
write_outside (OsyAuditSealer *self, OsyDbTx *tx, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 last = 0;

  if (self->written < 0 && !find_written (self, error))
    return FALSE;
  g_autoptr (GArray) found = osy_audit_store_checkpoints (tx, self->written, BATCH, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++) {
    const OsyAuditCheckpoint *one = &g_array_index (found, OsyAuditCheckpoint, i);
    g_autofree char *line = osy_audit_checkpoint_to_line (one);

    g_string_append_printf (text, "%s\n", line);
    last = one->seq;
  }
  if (found->len == 0)
    return TRUE;
  OSY_FAILPOINT ("audit.before-checkpoint");
  if (!append (self, text->str, error)) {
    self->written = -1; /* part of it may be there */
    return FALSE;
  }
  OSY_FAILPOINT ("audit.after-checkpoint");
  self->written = last;
  return TRUE;
}

/* ---- sealing ---- */

static gboolean
seal_rows (OsyAuditSealer *self, OsyDbTx *tx, const OsyDbRows *rows, GError **error)
{
  OsyAuditCheckpoint checkpoint = {.at = osy_clock_now ()};
  g_autoptr (GPtrArray) chains = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gint64 first;

  if (!osy_audit_store_head (tx, &checkpoint.seq, checkpoint.chain, error) ||
      !follow_key (self, tx, error))
    return FALSE;
  first = checkpoint.seq + 1;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (GByteArray) bytes = osy_audit_store_row_bytes (rows, i);

    osy_audit_chain_next (checkpoint.chain, ++checkpoint.seq, bytes->data, bytes->len);
    g_ptr_array_add (chains, g_bytes_new (checkpoint.chain, sizeof checkpoint.chain));
  }
  return osy_audit_checkpoint_sign (&checkpoint, self->secret, error) &&
         osy_audit_store_seal (tx, rows, first, chains, error) &&
         osy_audit_store_add_checkpoint (tx, &checkpoint, error);
}

gboolean
osy_audit_sealer_run (OsyDbTx *tx, gpointer sealer, GError **error)
{
  OsyAuditSealer *self = sealer;

  if (!write_outside (self, tx, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows = osy_audit_store_unsealed (tx, BATCH, error);
  if (rows == NULL)
    return FALSE;
  return osy_db_rows_count (rows) == 0 || seal_rows (self, tx, rows, error);
}

/* ---- life ---- */

OsyAuditSealer *
osy_audit_sealer_new (OsyDbPool *app_pool,
                      OsyDbPool *seal_pool,
                      OsyKeyring *ring,
                      const char *folder,
                      GError **error)
{
  g_autoptr (OsyAuditSealer) self = g_new0 (OsyAuditSealer, 1);

  self->written = -1;
  self->app_pool = g_object_ref (app_pool);
  self->ring = g_object_ref (ring);
  self->folder = g_strdup (folder);
  self->checkpoints = g_build_filename (folder, OSY_AUDIT_CHECKPOINTS, NULL);
  self->runner = osy_job_runner_new (seal_pool);
  osy_job_runner_add (self->runner, JOB, EVERY_MS, NULL, osy_audit_sealer_run, self);
  if (g_mkdir_with_parents (folder, 0750) != 0) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The folder %s cannot be made: %s.",
                 folder, g_strerror (errno));
    return NULL;
  }
  return renew_key (self, error) ? g_steal_pointer (&self) : NULL;
}

void
osy_audit_sealer_free (OsyAuditSealer *self)
{
  g_clear_object (&self->runner);
  osy_wipe (self->secret, sizeof self->secret);
  g_clear_object (&self->app_pool);
  g_clear_object (&self->ring);
  g_free (self->folder);
  g_free (self->checkpoints);
  g_free (self);
}

void
osy_audit_sealer_start (OsyAuditSealer *self)
{
  osy_job_runner_start (self->runner);
}

void
osy_audit_sealer_stop (OsyAuditSealer *self)
{
  osy_job_runner_stop (self->runner);
}
