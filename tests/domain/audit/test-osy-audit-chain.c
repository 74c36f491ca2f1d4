/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A sealed log as a file, tampered with in every way: each is found, and the first bad row named.
 * AUDIT_ROUNDS sets how many tamperings; 500 when it is not set. */

#include <stdlib.h>
#include <string.h>

#include "osy-audit-dump.h"
#include "osy-clock.h"
#include "osy-id.h"

#define ROWS 200
#define EVERY 20 /* rows between checkpoints */

typedef struct {
  guint8 secret[OSY_ED25519_KEY_SIZE];
  guint8 public_key[OSY_ED25519_KEY_SIZE];
  GPtrArray *rows; /* of GByteArray */
  GArray *chains;  /* of guint8[32] */
  GArray *checkpoints;
  GArray *changes; /* of OsyAuditKeyChange */
} Log;

typedef struct {
  guint8 hash[OSY_AUDIT_HASH_SIZE];
} Chain;

static GByteArray *
make_row (guint n)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *shop = osy_id_new ();
  g_autoptr (GBytes) value = g_bytes_new ("sealed words", 5 + n % 8);
  const OsyAuditRow row = {
      .restaurant_id = shop,
      .id = id,
      .created_at = 1795231440000000 + n,
      .action = "order.accepted",
      .actor = "user:1",
      .object_type = "order",
      .object_id = n % 3 == 0 ? NULL : id,
      .new_value = n % 5 == 0 ? NULL : value,
  };

  return osy_audit_row_bytes (&row);
}

/* Seals @rows from @first on, as the owner of the key would. */
static void
seal (Log *log, guint first)
{
  Chain chain = {{0}};
  g_autoptr (GError) error = NULL;

  if (first > 0)
    chain = g_array_index (log->chains, Chain, first - 1);
  g_array_set_size (log->chains, first);
  for (guint i = first; i < log->rows->len; i++) {
    const GByteArray *row = g_ptr_array_index (log->rows, i);

    osy_audit_chain_next (chain.hash, i + 1, row->data, row->len);
    g_array_append_val (log->chains, chain);
  }
  for (guint i = first; i < log->rows->len; i++)
    if ((i + 1) % EVERY == 0) {
      OsyAuditCheckpoint one = {.seq = i + 1, .at = 1795231440000000 + i};

      memcpy (one.chain, g_array_index (log->chains, Chain, i).hash, sizeof one.chain);
      g_assert_true (osy_audit_checkpoint_sign (&one, log->secret, &error));
      g_array_append_val (log->checkpoints, one);
    }
}

static Log *
log_new (void)
{
  Log *log = g_new0 (Log, 1);

  g_assert_true (osy_ed25519_generate (log->secret, NULL));
  g_assert_true (osy_ed25519_public (log->secret, log->public_key, NULL));
  log->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  log->chains = g_array_new (FALSE, FALSE, sizeof (Chain));
  log->checkpoints = g_array_new (FALSE, FALSE, sizeof (OsyAuditCheckpoint));
  log->changes = g_array_new (FALSE, FALSE, sizeof (OsyAuditKeyChange));
  for (guint i = 0; i < ROWS; i++)
    g_ptr_array_add (log->rows, make_row (i));
  seal (log, 0);
  return log;
}

static void
log_free (Log *log)
{
  g_ptr_array_unref (log->rows);
  g_array_unref (log->chains);
  g_array_unref (log->checkpoints);
  g_array_unref (log->changes);
  g_free (log);
}

static GByteArray *
dump (Log *log)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();

  g_assert_true (osy_audit_dump_begin (out, &error));
  for (guint i = 0; i < log->changes->len; i++)
    g_assert_true (osy_audit_dump_key_change (
        out, &g_array_index (log->changes, OsyAuditKeyChange, i), &error));
  for (guint i = 0; i < log->checkpoints->len; i++)
    g_assert_true (osy_audit_dump_checkpoint (
        out, &g_array_index (log->checkpoints, OsyAuditCheckpoint, i), &error));
  for (guint i = 0; i < log->rows->len; i++)
    g_assert_true (osy_audit_dump_row (out, i + 1, g_array_index (log->chains, Chain, i).hash,
                                       g_ptr_array_index (log->rows, i), &error));
  g_byte_array_append (bytes, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                       (guint)g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  return bytes;
}

/* What came of reading @bytes: *@bad the row that is named, 0 when none is. FALSE: refused whole.
 */
static gboolean
verify (const Log *log, const GByteArray *bytes, const OsyAuditCheckpoint *outside, gint64 *bad)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_data (bytes->data, bytes->len, NULL);
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (log->public_key);
  g_autoptr (GError) error = NULL;
  gboolean read;

  if (outside != NULL)
    osy_audit_verifier_checkpoint (verifier, outside);
  read = osy_audit_dump_verify (in, verifier, &error);
  *bad = osy_audit_verifier_bad_seq (verifier);
  g_assert_true (read == (error == NULL));
  g_assert_true ((*bad != 0) == (osy_audit_verifier_problem (verifier) != NULL));
  return read;
}

static void
test_whole (void)
{
  Log *log = log_new ();
  g_autoptr (GByteArray) bytes = dump (log);
  gint64 bad;

  g_assert_true (verify (log, bytes, NULL, &bad));
  g_assert_cmpint (bad, ==, 0);
  log_free (log);
}

/* ---- one way of tampering each; they answer the row that is bad, 0 when it is not one row ---- */

static gint64
flip_bit (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);
  GByteArray *row = g_ptr_array_index (log->rows, n);

  row->data[g_rand_int_range (rand, 0, (gint32)row->len)] ^=
      (guint8)(1 << g_rand_int_range (rand, 0, 8));
  return n + 1;
}

static gint64
flip_chain (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);

  g_array_index (log->chains, Chain, n).hash[g_rand_int_range (rand, 0, OSY_AUDIT_HASH_SIZE)] ^= 1;
  return n + 1;
}

static gint64
delete_row (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);

  g_ptr_array_remove_index (log->rows, n);
  g_array_remove_index (log->chains, n);
  return n + 1;
}

static gint64
swap_rows (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS - 1);
  gpointer first = log->rows->pdata[n];

  log->rows->pdata[n] = log->rows->pdata[n + 1];
  log->rows->pdata[n + 1] = first;
  return n + 1;
}

/* Whoever can write the database recomputes the chain after a change, but cannot sign. */
static gint64
replace_suffix (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);
  GArray *checkpoints = g_array_copy (log->checkpoints);

  g_byte_array_unref (g_ptr_array_index (log->rows, n));
  log->rows->pdata[n] = make_row (n + 1000);
  seal (log, n);
  g_array_unref (log->checkpoints);
  log->checkpoints = checkpoints;
  return -(gint64)(n + 1);
}

/* The same, and the checkpoints signed with another key. */
static gint64
sign_again (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);

  g_byte_array_unref (g_ptr_array_index (log->rows, n));
  log->rows->pdata[n] = make_row (n + 1000);
  g_assert_true (osy_ed25519_generate (log->secret, NULL));
  g_array_set_size (log->checkpoints, 0);
  seal (log, 0);
  return 0;
}

static gint64
move_checkpoint (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, (gint32)log->checkpoints->len);

  g_array_index (log->checkpoints, OsyAuditCheckpoint, n).seq += 1;
  return 0;
}

static gint64
truncate_tail (Log *log, GRand *rand)
{
  guint n = (guint)g_rand_int_range (rand, 0, ROWS);

  g_ptr_array_set_size (log->rows, (gint)n);
  g_array_set_size (log->chains, n);
  while (log->checkpoints->len > 0 &&
         g_array_index (log->checkpoints, OsyAuditCheckpoint, log->checkpoints->len - 1).seq > n)
    g_array_set_size (log->checkpoints, log->checkpoints->len - 1);
  return n + 1;
}

static gint64 (*const tamperings[]) (Log *log, GRand *rand) = {
    flip_bit,       flip_chain, delete_row,      swap_rows,
    replace_suffix, sign_again, move_checkpoint, truncate_tail,
};

static void
test_tampered (void)
{
  const char *wanted = g_getenv ("AUDIT_ROUNDS");
  int rounds = wanted != NULL ? atoi (wanted) : 500;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (int i = 0; i < rounds; i++) {
    Log *log = log_new ();
    OsyAuditCheckpoint outside =
        g_array_index (log->checkpoints, OsyAuditCheckpoint, log->checkpoints->len - 1);
    gint64 expected = tamperings[(guint)i % G_N_ELEMENTS (tamperings)](log, rand);
    g_autoptr (GByteArray) bytes = dump (log);
    gint64 bad;

    g_assert_true (verify (log, bytes, &outside, &bad));
    g_assert_cmpint (bad, >, 0);
    if (expected > 0)
      /* A tail cut between checkpoints ends with rows that nobody signed. */
      g_assert_true (bad == expected ||
                     (tamperings[(guint)i % G_N_ELEMENTS (tamperings)] == truncate_tail &&
                      bad == (expected - 1) / EVERY * EVERY + 1));
    else if (expected < 0)
      /* Sealed again without the key: the stretch up to the next checkpoint is named. */
      g_assert_cmpint (bad, ==, (-expected - 1) / EVERY * EVERY + 1);
    log_free (log);
  }
  g_test_message ("%d tamperings, all found", rounds);
}

/* Any bit of the file itself: refused as a file, or found. */
static void
test_any_bit (void)
{
  Log *log = log_new ();
  g_autoptr (GByteArray) bytes = dump (log);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 300; i++) {
    guint at = (guint)g_rand_int_range (rand, 0, (gint32)bytes->len);
    guint8 bit = (guint8)(1 << g_rand_int_range (rand, 0, 8));
    gint64 bad;

    bytes->data[at] ^= bit;
    /* Letters of a checkpoint's hexadecimal may change their case: the same number. */
    if (verify (log, bytes, NULL, &bad) && bad == 0)
      g_assert_true (bit == 0x20 && g_ascii_isalpha ((char)bytes->data[at]));
    bytes->data[at] ^= bit;
  }
  log_free (log);
}

static void
test_torn_file (void)
{
  Log *log = log_new ();
  g_autoptr (GByteArray) bytes = dump (log);
  gint64 bad;

  for (guint len = bytes->len - 1; len > 0; len -= MIN (len, 997)) {
    g_autoptr (GByteArray) part = g_byte_array_new ();

    g_byte_array_append (part, bytes->data, len);
    g_assert_false (verify (log, part, NULL, &bad) && bad == 0);
  }
  log_free (log);
}

/* ---- changes of keys ---- */

/* Another key signs from the row after @at on; @ROWS more rows. */
static void
turn_key (Log *log)
{
  guint8 fresh[OSY_ED25519_KEY_SIZE];
  guint at = log->rows->len;
  OsyAuditKeyChange change = {.seq = at, .at = 1795231440000000 + at};

  memcpy (change.chain, g_array_index (log->chains, Chain, at - 1).hash, sizeof change.chain);
  g_assert_true (osy_ed25519_generate (fresh, NULL));
  g_assert_true (osy_audit_key_change_sign (&change, log->secret, fresh, NULL));
  g_array_prepend_val (log->changes, change);
  memcpy (log->secret, fresh, sizeof fresh);
  for (guint i = 0; i < ROWS; i++)
    g_ptr_array_add (log->rows, make_row (at + i));
  seal (log, at);
}

static gint64
bad_for (Log *log, const guint8 *key)
{
  g_autoptr (GByteArray) bytes = dump (log);
  gint64 bad;

  memcpy (log->public_key, key, sizeof log->public_key);
  g_assert_true (verify (log, bytes, NULL, &bad));
  return bad;
}

/* Any of the keys is enough to verify all of it. */
static void
test_keys_follow (void)
{
  Log *log = log_new ();
  guint8 keys[4][OSY_ED25519_KEY_SIZE];

  memcpy (keys[0], log->public_key, sizeof keys[0]);
  for (guint i = 1; i < 4; i++) {
    turn_key (log);
    g_assert_true (osy_ed25519_public (log->secret, keys[i], NULL));
  }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (bad_for (log, keys[i]), ==, 0);
  keys[0][0] ^= 1;
  g_assert_cmpint (bad_for (log, keys[0]), >, 0);
  log_free (log);
}

/* A stolen old key signs neither what comes after its time nor another history before. */
static void
test_old_key_is_stolen (void)
{
  for (guint what = 0; what < 2; what++) {
    Log *log = log_new ();
    guint8 stolen[OSY_ED25519_KEY_SIZE], present[OSY_ED25519_KEY_SIZE];
    guint from = what == 0 ? ROWS + 30 : 30;

    memcpy (stolen, log->secret, sizeof stolen);
    turn_key (log);
    g_assert_true (osy_ed25519_public (log->secret, present, NULL));
    g_byte_array_unref (g_ptr_array_index (log->rows, from));
    log->rows->pdata[from] = make_row (5000);
    for (guint i = log->checkpoints->len; i > 0; i--)
      if (g_array_index (log->checkpoints, OsyAuditCheckpoint, i - 1).seq > from)
        g_array_remove_index (log->checkpoints, i - 1);
    memcpy (log->secret, stolen, sizeof stolen);
    seal (log, from);
    g_assert_cmpint (bad_for (log, present), >, 0);
    log_free (log);
  }
}

/* Every change that was altered, is missing or is somebody else's is found. */
static void
test_changes_are_forged (void)
{
  for (guint what = 0; what < 6; what++) {
    Log *log = log_new ();
    guint8 first[OSY_ED25519_KEY_SIZE];

    memcpy (first, log->public_key, sizeof first);
    turn_key (log);
    turn_key (log);
    OsyAuditKeyChange *one = &g_array_index (log->changes, OsyAuditKeyChange, what % 2);
    switch (what) {
    case 0:
    case 1: g_array_remove_index (log->changes, what); break;
    case 2: one->seq -= EVERY; break;
    case 3: one->chain[5] ^= 1; break;
    case 4: memset (one->new_signature, 0, sizeof one->new_signature); break;
    default:
      g_assert_true (osy_ed25519_generate (log->secret, NULL));
      g_assert_true (osy_audit_key_change_sign (one, log->secret, log->secret, NULL));
    }
    g_assert_cmpint (bad_for (log, first), >, 0);
    log_free (log);
  }
}

/* Signatures are looked at before the first row: one that comes later counts for nothing. */
static void
test_checkpoint_after_rows (void)
{
  Log *log = log_new ();
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (log->public_key);
  Chain chain = {{0}};
  OsyAuditCheckpoint forged = {.seq = 2};

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GByteArray) row = make_row (i);

    osy_audit_chain_next (chain.hash, i + 1, row->data, row->len);
    memcpy (forged.chain, chain.hash, sizeof forged.chain);
    if (i == 1)
      osy_audit_verifier_checkpoint (verifier, &forged);
    g_assert_true (osy_audit_verifier_row (verifier, i + 1, row->data, row->len, chain.hash) ==
                   (i == 0));
  }
  g_assert_false (osy_audit_verifier_finish (verifier));
  log_free (log);
}

/* Absent, empty and shifted fields must not look alike. */
static void
test_forms_differ (void)
{
  const OsyAuditRow rows[] = {
      {.restaurant_id = "a", .id = "b", .action = "cd", .actor = "e", .object_type = "f"},
      {.restaurant_id = "a", .id = "b", .action = "c", .actor = "de", .object_type = "f"},
      {.restaurant_id = "a",
       .id = "b",
       .action = "cd",
       .actor = "e",
       .object_type = "f",
       .trace_id = ""},
      {.restaurant_id = "a",
       .id = "b",
       .action = "cd",
       .actor = "e",
       .object_type = "f",
       .object_id = ""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize j = 0; j < i; j++) {
      g_autoptr (GByteArray) one = osy_audit_row_bytes (&rows[i]);
      g_autoptr (GByteArray) other = osy_audit_row_bytes (&rows[j]);

      g_assert_false (one->len == other->len && memcmp (one->data, other->data, one->len) == 0);
    }
}

static void
test_checkpoint_line (void)
{
  Log *log = log_new ();
  g_autoptr (GError) error = NULL;
  OsyAuditCheckpoint one = g_array_index (log->checkpoints, OsyAuditCheckpoint, 3);
  OsyAuditCheckpoint read;
  g_autofree char *line = osy_audit_checkpoint_to_line (&one);

  g_assert_true (osy_audit_checkpoint_from_line (&read, line, &error));
  g_assert_true (osy_audit_checkpoint_verify (&read, log->public_key));
  read.at++;
  g_assert_false (osy_audit_checkpoint_verify (&read, log->public_key));
  for (const char *const *bad = (const char *const[]){"", "x", "0 a b c d", line + 1, NULL};
       *bad != NULL; bad++) {
    g_autoptr (GError) refused = NULL;

    if (!osy_audit_checkpoint_from_line (&read, *bad, &refused))
      g_assert_error (refused, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
    else
      g_assert_false (osy_audit_checkpoint_verify (&read, log->public_key));
  }
  log_free (log);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit-chain/whole", test_whole);
  g_test_add_func ("/audit-chain/tampered", test_tampered);
  g_test_add_func ("/audit-chain/any-bit", test_any_bit);
  g_test_add_func ("/audit-chain/torn-file", test_torn_file);
  g_test_add_func ("/audit-chain/keys-follow", test_keys_follow);
  g_test_add_func ("/audit-chain/old-key-is-stolen", test_old_key_is_stolen);
  g_test_add_func ("/audit-chain/changes-are-forged", test_changes_are_forged);
  g_test_add_func ("/audit-chain/checkpoint-after-rows", test_checkpoint_after_rows);
  g_test_add_func ("/audit-chain/forms-differ", test_forms_differ);
  g_test_add_func ("/audit-chain/checkpoint-line", test_checkpoint_line);
  return g_test_run ();
}
