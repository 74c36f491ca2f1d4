/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl audit: whether the log is what was sealed, and the log as a file for others to ask.
 */

#include "osy-audit-dump.h"
#include "osy-audit-sealer.h"
#include "osy-audit-store.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"

#define PAGE 5000

/* What goes over the rows of the database: to a verifier, or to a file. */
typedef struct {
  OsyAuditVerifier *verifier; /* nullable */
  GOutputStream *out;         /* nullable */
  gint64 strays;
} Walk;

static gboolean
walk_key_changes (Walk *walk, OsyDbTx *tx, GError **error)
{
  g_autoptr (GArray) changes = osy_audit_store_key_changes (tx, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++) {
    const OsyAuditKeyChange *one = &g_array_index (changes, OsyAuditKeyChange, i);

    if (walk->verifier != NULL)
      osy_audit_verifier_key_change (walk->verifier, one);
    else if (!osy_audit_dump_key_change (walk->out, one, error))
      return FALSE;
  }
  return changes != NULL;
}

static gboolean
walk_checkpoints (Walk *walk, OsyDbTx *tx, GError **error)
{
  gint64 seq = 0;

  for (;;) {
    g_autoptr (GArray) page = osy_audit_store_checkpoints (tx, seq, PAGE, error);

    if (page == NULL)
      return FALSE;
    if (page->len == 0)
      return TRUE;
    for (guint i = 0; i < page->len; i++) {
      const OsyAuditCheckpoint *one = &g_array_index (page, OsyAuditCheckpoint, i);

      seq = one->seq;
      if (walk->verifier != NULL)
        osy_audit_verifier_checkpoint (walk->verifier, one);
      else if (!osy_audit_dump_checkpoint (walk->out, one, error))
        return FALSE;
    }
  }
}

static gboolean
walk_row (Walk *walk, const OsyDbRows *rows, guint n, GError **error)
{
  g_autoptr (GByteArray) bytes = osy_audit_store_row_bytes (rows, n);
  g_autoptr (GBytes) chain = osy_db_rows_bytes (rows, n, "chain");
  gint64 seq = osy_db_rows_int (rows, n, "seq");

  if (walk->verifier != NULL) {
    osy_audit_verifier_row (walk->verifier, seq, bytes != NULL ? bytes->data : NULL,
                            bytes != NULL ? bytes->len : 0, g_bytes_get_data (chain, NULL));
    return TRUE;
  }
  /* A row that is gone is left out: the gap shows it. */
  return bytes == NULL ||
         osy_audit_dump_row (walk->out, seq, g_bytes_get_data (chain, NULL), bytes, error);
}

static gboolean
walk_log (OsyDbTx *tx, gpointer data, GError **error)
{
  Walk *walk = data;
  gint64 seq = 0;

  if (!walk_key_changes (walk, tx, error) || !walk_checkpoints (walk, tx, error))
    return FALSE;
  for (;;) {
    g_autoptr (OsyDbRows) rows = osy_audit_store_sealed (tx, seq, PAGE, error);

    if (rows == NULL)
      return FALSE;
    if (osy_db_rows_count (rows) == 0)
      break;
    for (guint i = 0; i < osy_db_rows_count (rows); i++)
      if (!walk_row (walk, rows, i, error))
        return FALSE;
    seq = osy_db_rows_int (rows, osy_db_rows_count (rows) - 1, "seq");
  }
  walk->strays = osy_audit_store_strays (tx, error);
  return walk->strays >= 0;
}

static gboolean
walk_database (const char *data_dir, Walk *walk, GError **error)
{
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, OSY_CTL_NO_KEYS, error);
  g_autofree char *conninfo =
      session != NULL ? osy_ctl_session_conninfo (session, "ordersync_sealer") : NULL;
  g_autoptr (OsyDbPool) pool = conninfo != NULL ? osy_db_pool_new (conninfo, 1) : NULL;
  OsyDbScope scope = {.read_only = TRUE};
  gboolean done;

  if (pool == NULL)
    return FALSE;
  done = osy_db_pool_run (pool, &scope, walk_log, walk, error);
  osy_db_pool_close (pool);
  return done;
}

/* The checkpoints kept outside of the database; none yet is no fault. */
static gboolean
add_outside (OsyAuditVerifier *verifier, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (!g_file_get_contents (path, &text, NULL, &local)) {
    if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    OsyAuditCheckpoint checkpoint;

    if (lines[i][0] == '\0' || lines[i + 1] == NULL)
      continue; /* the end, or a line that was being written */
    if (!osy_audit_checkpoint_from_line (&checkpoint, lines[i], error)) {
      g_prefix_error (error, "%s, line %u: ", path, i + 1);
      return FALSE;
    }
    osy_audit_verifier_checkpoint (verifier, &checkpoint);
  }
  return TRUE;
}

static gboolean
verify_dump (const char *path, OsyAuditVerifier *verifier, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, error);

  return in != NULL && osy_audit_dump_verify (G_INPUT_STREAM (in), verifier, error);
}

static int
tell (OsyAuditVerifier *verifier, const Walk *walk)
{
  const char *problem = osy_audit_verifier_problem (verifier);

  if (problem != NULL) {
    g_print ("%s\n", problem);
    return OSY_CTL_FAILED;
  }
  if (walk->strays > 0) {
    g_print ("The audit log holds %" G_GINT64_FORMAT " rows that were put in past the seal.\n",
             walk->strays);
    return OSY_CTL_FAILED;
  }
  g_print ("%" G_GINT64_FORMAT " rows are as they were sealed.\n",
           osy_audit_verifier_rows (verifier));
  return OSY_CTL_OK;
}

int
osy_ctl_audit_verify (const char *data_dir, int argc, char **argv, GError **error)
{
  g_autofree char *dump = NULL;
  g_autofree char *key_path = NULL;
  g_autofree char *outside = NULL;
  const GOptionEntry entries[] = {
      {"dump", 0, 0, G_OPTION_ARG_FILENAME, &dump, "An exported log instead of the data directory",
       "FILE"},
      {"public-key", 0, 0, G_OPTION_ARG_FILENAME, &key_path, "Who signed it", "FILE"},
      {"checkpoints", 0, 0, G_OPTION_ARG_FILENAME, &outside, "Checkpoints kept outside", "FILE"},
      {NULL},
  };
  guint8 key[OSY_ED25519_KEY_SIZE];
  Walk walk = {0};

  if (!osy_ctl_parse (entries, argc, argv, NULL, error))
    return -1;
  if (key_path == NULL)
    key_path = g_build_filename (data_dir, "audit", OSY_AUDIT_PUBLIC_KEY, NULL);
  if (outside == NULL && dump == NULL)
    outside = g_build_filename (data_dir, "audit", OSY_AUDIT_CHECKPOINTS, NULL);
  if (!osy_audit_read_public_key (key_path, key, error))
    return -1;
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (key);
  walk.verifier = verifier;
  if (outside != NULL && !add_outside (verifier, outside, error))
    return -1;
  if (!(dump != NULL ? verify_dump (dump, verifier, error)
                     : walk_database (data_dir, &walk, error)))
    return -1;
  osy_audit_verifier_finish (verifier);
  return tell (verifier, &walk);
}

int
osy_ctl_audit_export (const char *data_dir, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {{NULL}};
  g_auto (GStrv) rest = NULL;
  Walk walk = {0};

  if (!osy_ctl_parse (entries, argc, argv, &rest, error))
    return -1;
  if (g_strv_length (rest) != 2) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Name the file to write: ordersyncctl audit export FILE.");
    return -1;
  }
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (rest[1]);
  g_autoptr (GFileOutputStream) raw =
      g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error); /* evidence is not overwritten */
  if (raw == NULL)
    return -1;
  g_autoptr (GOutputStream) out = g_buffered_output_stream_new (G_OUTPUT_STREAM (raw));
  walk.out = out;
  if (!osy_audit_dump_begin (out, error) || !walk_database (data_dir, &walk, error) ||
      !g_output_stream_close (out, NULL, error))
    return -1;
  return OSY_CTL_OK;
}
