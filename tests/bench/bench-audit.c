/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the seal: rows verified a second from an export, and, as the
 * floor, the same bytes hashed with SHA-256 alone. Prints two numbers, verified and hashed. */

#include <string.h>

#include "osy-audit-dump.h"
#include "osy-id.h"

#define ROWS 200000
#define EVERY 500 /* rows between checkpoints */
#define VALUE 700 /* bytes of an order's encrypted value */

typedef struct {
  guint8 secret[OSY_ED25519_KEY_SIZE];
  guint8 chain[OSY_AUDIT_HASH_SIZE];
  GPtrArray *rows;
  GArray *checkpoints;
} Log;

static GByteArray *
make_row (GBytes *value)
{
  g_autofree char *id = osy_id_new ();
  const OsyAuditRow row = {.restaurant_id = id,
                           .id = id,
                           .created_at = 1795231440000000,
                           .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
                           .action = "order.accepted",
                           .actor = id,
                           .object_type = "order",
                           .object_id = id,
                           .new_value = value};

  return osy_audit_row_bytes (&row);
}

static void
write_log (GOutputStream *body, Log *log)
{
  guint8 data[VALUE] = {1};
  g_autoptr (GBytes) value = g_bytes_new (data, sizeof data);

  for (gint64 seq = 1; seq <= ROWS; seq++) {
    GByteArray *row = make_row (value);

    osy_audit_chain_next (log->chain, seq, row->data, row->len);
    g_assert_true (osy_audit_dump_row (body, seq, log->chain, row, NULL));
    g_ptr_array_add (log->rows, row);
    if (seq % EVERY == 0) {
      OsyAuditCheckpoint one = {.seq = seq, .at = seq};

      memcpy (one.chain, log->chain, sizeof one.chain);
      g_assert_true (osy_audit_checkpoint_sign (&one, log->secret, NULL));
      g_array_append_val (log->checkpoints, one);
    }
  }
}

static double
verify_rate (const Log *log, GBytes *dump)
{
  guint8 public_key[OSY_ED25519_KEY_SIZE];
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (dump);
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (osy_ed25519_public (log->secret, public_key, NULL));
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (public_key);
  g_assert_true (osy_audit_dump_verify (in, verifier, NULL));
  g_assert_cmpint (osy_audit_verifier_bad_seq (verifier), ==, 0);
  return ROWS / ((g_get_monotonic_time () - begun) / 1e6);
}

static double
hash_rate (const Log *log)
{
  gint64 begun = g_get_monotonic_time ();
  guint8 out[32];

  for (guint i = 0; i < log->rows->len; i++) {
    const GByteArray *row = g_ptr_array_index (log->rows, i);

    osy_sha256 (row->data, row->len, out);
  }
  return ROWS / ((g_get_monotonic_time () - begun) / 1e6);
}

int
main (void)
{
  g_autoptr (GOutputStream) head = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  Log log = {.rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref),
             .checkpoints = g_array_new (FALSE, FALSE, sizeof (OsyAuditCheckpoint))};

  g_assert_true (osy_ed25519_generate (log.secret, NULL));
  write_log (body, &log);
  g_assert_true (osy_audit_dump_begin (head, NULL));
  for (guint i = 0; i < log.checkpoints->len; i++)
    g_assert_true (osy_audit_dump_checkpoint (
        head, &g_array_index (log.checkpoints, OsyAuditCheckpoint, i), NULL));
  g_output_stream_close (body, NULL, NULL);
  g_autoptr (GBytes) rows = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (body));
  g_assert_true (g_output_stream_write_all (head, g_bytes_get_data (rows, NULL),
                                            g_bytes_get_size (rows), NULL, NULL, NULL));
  g_output_stream_close (head, NULL, NULL);
  g_autoptr (GBytes) dump = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (head));
  g_print ("%.0f %.0f\n", verify_rate (&log, dump), hash_rate (&log));
  g_ptr_array_unref (log.rows);
  g_array_unref (log.checkpoints);
  return 0;
}
