/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sealer over a real database: every row once, across restarts and crashes between database and
 * file; and a superuser who changes, removes or adds rows is found out. */

#include <glib/gstdio.h>
#include <string.h>

#include "osy-audit-sealer.h"
#include "osy-audit-service.h"
#include "osy-audit-store.h"
#include "osy-audit-verifier.h"
#include "osy-id.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;
static OsyDbPool *seal_pool;
static char *folder;

static gboolean
record (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autofree char *id = osy_id_new ();
  const OsyAuditEntry entry = {.action = "test.done", .object_type = "test", .object_id = id};

  for (int i = 0; i < GPOINTER_TO_INT (data); i++)
    if (!osy_audit_record (tx, fixture->ring, &fixture->call, &entry, error))
      return FALSE;
  return TRUE;
}

static void
write_rows (int n)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_order_fixture_run (fixture, record, GINT_TO_POINTER (n), &error));
  g_assert_no_error (error);
}

static OsyAuditSealer *
open_sealer (void)
{
  g_autoptr (GError) error = NULL;
  OsyAuditSealer *sealer =
      osy_audit_sealer_new (fixture->pool, seal_pool, fixture->ring, folder, &error);

  g_assert_no_error (error);
  return sealer;
}

static void
run (OsyAuditSealer *sealer)
{
  OsyDbScope scope = {NULL};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_db_pool_run (seal_pool, &scope, osy_audit_sealer_run, sealer, &error));
  g_assert_no_error (error);
}

/* ---- verifying ---- */

static gboolean
walk (OsyDbTx *tx, gpointer verifier, GError **error)
{
  g_autoptr (GArray) checkpoints = osy_audit_store_checkpoints (tx, 0, 100000, error);
  g_autoptr (OsyDbRows) rows = osy_audit_store_sealed (tx, 0, 100000, error);

  g_assert_nonnull (checkpoints);
  g_assert_nonnull (rows);
  for (guint i = 0; i < checkpoints->len; i++)
    osy_audit_verifier_checkpoint (verifier, &g_array_index (checkpoints, OsyAuditCheckpoint, i));
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (GByteArray) bytes = osy_audit_store_row_bytes (rows, i);
    g_autoptr (GBytes) chain = osy_db_rows_bytes (rows, i, "chain");

    osy_audit_verifier_row (verifier, osy_db_rows_int (rows, i, "seq"),
                            bytes != NULL ? bytes->data : NULL, bytes != NULL ? bytes->len : 0,
                            g_bytes_get_data (chain, NULL));
  }
  return TRUE;
}

/* Returns: the first bad row, 0 for none; *@rows: how many there are. */
static gint64
verify (gint64 *rows)
{
  g_autofree char *key_path = g_build_filename (folder, OSY_AUDIT_PUBLIC_KEY, NULL);
  g_autoptr (GError) error = NULL;
  guint8 key[OSY_ED25519_KEY_SIZE];
  OsyDbScope scope = {NULL};

  g_assert_true (osy_audit_read_public_key (key_path, key, &error));
  g_autoptr (OsyAuditVerifier) verifier = osy_audit_verifier_new (key);
  g_assert_true (osy_db_pool_run (seal_pool, &scope, walk, verifier, &error));
  osy_audit_verifier_finish (verifier);
  if (rows != NULL)
    *rows = osy_audit_verifier_rows (verifier);
  return osy_audit_verifier_bad_seq (verifier);
}

static gint64
count_of (const char *sql)
{
  g_autofree char *text = osy_test_pg_value (sql);

  return g_ascii_strtoll (text, NULL, 10);
}

static guint
lines_outside (void)
{
  g_autofree char *path = g_build_filename (folder, OSY_AUDIT_CHECKPOINTS, NULL);
  g_autofree char *text = NULL;
  guint n = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    for (const char *c = text; *c != '\0'; c++)
      n += *c == '\n';
  return n;
}

/* ---- tests ---- */

static void
test_seals_all (void)
{
  g_autoptr (OsyAuditSealer) sealer = open_sealer ();
  gint64 rows;

  write_rows (5);
  run (sealer);
  g_assert_cmpint (verify (&rows), ==, 0);
  g_assert_cmpint (rows, ==, count_of ("SELECT count(*) FROM audit_log"));
  g_assert_cmpint (count_of ("SELECT count(*) FROM audit_unsealed"), ==, 0);
  run (sealer); /* nothing new: no further checkpoint, and the last one goes outside */
  g_assert_cmpint (count_of ("SELECT count(*) FROM audit_checkpoint"), ==, lines_outside ());
}

/* What was committed and not yet written outside when the daemon died is written by the next; a
 * torn line is written anew. */
static void
test_restart (void)
{
  g_autofree char *path = g_build_filename (folder, OSY_AUDIT_CHECKPOINTS, NULL);
  guint before = lines_outside ();

  for (int i = 0; i < 3; i++) {
    g_autoptr (OsyAuditSealer) sealer = open_sealer ();

    write_rows (2);
    run (sealer);
  }
  g_assert_cmpuint (lines_outside (), ==, before + 2);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  text[strlen (text) - 20] = '\0';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_autoptr (OsyAuditSealer) sealer = open_sealer ();
  run (sealer);
  g_assert_cmpint (lines_outside (), ==, count_of ("SELECT count(*) FROM audit_checkpoint"));
  g_assert_cmpint (verify (NULL), ==, 0);
}

/* A change that is rolled back leaves nothing to seal. */
static gboolean
record_and_fail (OsyDbTx *tx, gpointer data, GError **error)
{
  g_assert_true (record (tx, data, error));
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "after all");
  return FALSE;
}

static void
test_rolled_back (void)
{
  gint64 before = count_of ("SELECT count(*) FROM audit_unsealed");

  g_assert_false (osy_order_fixture_run (fixture, record_and_fail, GINT_TO_POINTER (3), NULL));
  g_assert_cmpint (count_of ("SELECT count(*) FROM audit_unsealed"), ==, before);
}

/* The superuser's ways. Each is done, found, and put back. */
static void
test_superuser (void)
{
  static const struct {
    const char *tamper;
    const char *mend;
    gint64 bad;
  } cases[] = {
      {"UPDATE audit_log SET actor = 'nobody' WHERE id = (SELECT row_id FROM audit_seal "
       "WHERE seq = 3)",
       "UPDATE audit_log SET actor = (SELECT actor FROM kept WHERE kept.id = audit_log.id)", 3},
      {"UPDATE audit_log SET created_at = created_at + interval '1 microsecond' WHERE id = "
       "(SELECT row_id FROM audit_seal WHERE seq = 4)",
       "UPDATE audit_log SET created_at = (SELECT created_at FROM kept WHERE kept.id = "
       "audit_log.id)",
       4},
      {"DELETE FROM audit_log WHERE id = (SELECT row_id FROM audit_seal WHERE seq = 5)",
       "INSERT INTO audit_log SELECT * FROM kept WHERE id = (SELECT row_id FROM audit_seal "
       "WHERE seq = 5)",
       5},
  };

  osy_test_pg_exec ("CREATE TABLE kept AS SELECT * FROM audit_log");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *tamper = g_strdup_printf (
        "SET session_replication_role = replica; %s; RESET session_replication_role",
        cases[i].tamper);
    g_autofree char *mend = g_strdup_printf (
        "SET session_replication_role = replica; %s; RESET session_replication_role",
        cases[i].mend);

    osy_test_pg_exec (tamper);
    g_assert_cmpint (verify (NULL), ==, cases[i].bad);
    osy_test_pg_exec (mend);
    g_assert_cmpint (verify (NULL), ==, 0);
  }
  osy_test_pg_exec ("DROP TABLE kept");
}

static gboolean
count_strays (OsyDbTx *tx, gpointer data, GError **error)
{
  *(gint64 *)data = osy_audit_store_strays (tx, error);
  return TRUE;
}

static void
test_put_in (void)
{
  OsyDbScope scope = {NULL};
  gint64 strays = -1;

  osy_test_pg_exec (
      "SET session_replication_role = replica; INSERT INTO audit_log (created_at, id, "
      "restaurant_id, action, actor, object_type) VALUES (now(), gen_random_uuid(), "
      "gen_random_uuid(), 'x', 'x', 'x'); RESET session_replication_role");
  g_assert_true (osy_db_pool_run (seal_pool, &scope, count_strays, &strays, NULL));
  g_assert_cmpint (strays, ==, 1);
}

/* The sealer's role can neither write the log nor change a seal. */
static gboolean
try_sql (OsyDbTx *tx, gpointer sql, GError **error)
{
  return osy_db_exec (tx, sql, OSY_NO_PARAMS, NULL, error);
}

static void
test_least_privilege (void)
{
  static const char *const tries[] = {
      "UPDATE audit_seal SET chain = decode (repeat ('00', 32), 'hex')",
      "DELETE FROM audit_seal",
      "DELETE FROM audit_checkpoint",
      "TRUNCATE audit_seal",
      "INSERT INTO audit_log (created_at, id, restaurant_id, action, actor, object_type) VALUES "
      "(now(), gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x')",
      "SELECT * FROM orders",
      "SELECT * FROM key_material",
  };
  OsyDbScope scope = {NULL};

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++) {
    g_autoptr (GError) error = NULL;

    if (osy_db_pool_run (seal_pool, &scope, try_sql, (gpointer)tries[i], &error))
      g_error ("allowed: %s", tries[i]);
  }
  /* And the daemon's own role cannot reach queue or seals. */
  for (const char *const *sql =
           (const char *const[]){"SELECT * FROM audit_seal", "DELETE FROM audit_unsealed", NULL};
       *sql != NULL; sql++)
    g_assert_false (osy_order_fixture_run (fixture, try_sql, (gpointer)*sql, NULL));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_sealer");
  g_autofree char *scratch = osy_test_temp_dir ();
  seal_pool = osy_db_pool_new (conninfo, 1);
  folder = g_build_filename (scratch, "audit", NULL);
  g_test_add_func ("/audit-sealer/all", test_seals_all);
  g_test_add_func ("/audit-sealer/restart", test_restart);
  g_test_add_func ("/audit-sealer/rolled-back", test_rolled_back);
  g_test_add_func ("/audit-sealer/superuser", test_superuser);
  g_test_add_func ("/audit-sealer/least-privilege", test_least_privilege);
  g_test_add_func ("/audit-sealer/put-in", test_put_in);
  status = g_test_run ();
  osy_db_pool_close (seal_pool);
  g_object_unref (seal_pool);
  /* Its threads end before libcrypto does, which keeps random numbers for each. */
  osy_db_pool_close (fixture->pool);
  g_free (folder);
  osy_order_fixture_free (fixture);
  return status;
}
