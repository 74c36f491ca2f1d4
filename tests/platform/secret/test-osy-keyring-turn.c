/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys that are changed, cut off at every point at which a process can be killed: a process that is
 * started at that point reads all there is and writes more. */

#include <glib/gstdio.h>

#include "osy-id.h"
#include "osy-keyring-turn.h"
#include "osy-test-pg.h"

#define SHOP_A "0193a000-0000-7000-8000-00000000000a"
#define SHOP_B "0193a000-0000-7000-8000-00000000000b"
#define ROW_1 "0193a000-0000-7000-8000-000000000001"
#define ROW_2 "0193a000-0000-7000-8000-000000000002"

static const OsyCell name_1 = {SHOP_A, "guest", "name", ROW_1};
static const OsyCell kim = {SHOP_A, "guest", "name", ROW_1, ROW_1};
static const OsyCell lee = {SHOP_A, "guest", "name", ROW_2, ROW_2};

typedef struct {
  char *dir;
  OsyKeyProvider *provider;
  OsyKeyring *keyring;
} Fixture;

static OsyKeyring *
new_keyring (OsyKeyProvider *provider, gboolean create)
{
  g_autoptr (GError) error = NULL;
  OsyKeyring *keyring = osy_keyring_new (provider, osy_test_pg_pool (), create, &error);

  g_assert_no_error (error);
  return keyring;
}

static OsyKeyProvider *
file_provider (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->dir, name, NULL);
  return osy_key_provider_file (path);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  osy_test_pg_pool ();
  osy_test_pg_exec ("TRUNCATE key_material, data_key, subject_key");
  f->dir = osy_test_temp_dir ();
  f->provider = file_provider (f, "data.key");
  f->keyring = new_keyring (f->provider, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->keyring);
  g_object_unref (f->provider);
  g_free (f->dir);
}

static GBytes *
seal (OsyKeyring *keyring, const OsyCell *cell, const char *plain)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = osy_keyring_seal (keyring, cell, plain, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sealed);
  return sealed;
}

static void
assert_opens (OsyKeyring *keyring, const OsyCell *cell, GBytes *sealed, const char *plain)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = osy_keyring_open (keyring, cell, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, plain);
}

/* ---- changing the provider's key ---- */

/* Of a move, a process learns when it starts: there is but one daemon, and commands are short. */
static gboolean old_process_knows;

typedef struct {
  OsyKeyring *keyring;
  const char *name;
  gint64 limit;
  gint64 done;
  gboolean commit;
} Rewrap;

static gboolean
rewrap_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  Rewrap *work = data;

  if (!osy_keyring_rewrap (work->keyring, tx, work->name, work->limit, &work->done, error))
    return FALSE;
  if (!work->commit)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "the power went");
  return work->commit;
}

static gint64
rewrap (OsyKeyring *keyring, const char *name, gint64 limit, gboolean commit)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_keys");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  Rewrap work = {keyring, name, limit, 0, commit};
  const OsyDbScope scope = {NULL};
  g_autoptr (GError) error = NULL;
  gboolean done = osy_db_pool_run (pool, &scope, rewrap_tx, &work, &error);

  osy_db_pool_close (pool);
  if (commit)
    g_assert_no_error (error);
  g_assert_true (done == commit);
  return work.done;
}

static char *
begin_kek (Fixture *f, OsyKeyring *keyring, const char *target)
{
  g_autoptr (GError) error = NULL;
  char *name = osy_keyring_begin_kek (keyring, f->dir, target, &error);

  g_assert_no_error (error);
  g_assert_nonnull (name);
  return name;
}

static void
finish_kek (Fixture *f, OsyKeyring *keyring, const char *name, const char *source)
{
  g_autoptr (GError) error = NULL;

  gboolean done = osy_keyring_finish_kek (keyring, f->dir, name, source, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* As a process would that is started at this very point: it reads all there is and writes more. */
static void
assert_all_well (Fixture *f, const OsyCell *cells, GPtrArray *sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (f->dir, "file", &error);
  g_assert_no_error (error);
  g_autoptr (OsyKeyring) fresh = new_keyring (provider, FALSE);

  for (guint i = 0; i < sealed->len; i++) {
    assert_opens (fresh, &cells[i], g_ptr_array_index (sealed, i), "kept");
    if (old_process_knows)
      assert_opens (f->keyring, &cells[i], g_ptr_array_index (sealed, i), "kept");
  }
  g_autofree char *table = osy_id_new ();
  const OsyCell other = {SHOP_B, table, "name", ROW_2};
  g_autoptr (GBytes) more = seal (fresh, &other, "new");
  if (old_process_knows)
    assert_opens (f->keyring, &other, more, "new");
}

/* The fixture's keyring is another process that knows nothing of the change; the one that changes
 * is started anew at each point at which it can have been killed. */
static void
test_kek (Fixture *f, gconstpointer data)
{
  const char *target = data;
  const OsyCell cells[] = {name_1, {SHOP_A, "order", "name", ROW_1}, kim, lee};
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *old_path = NULL;

  old_process_knows = target == NULL;
  /* The key lies where a data directory has it. */
  osy_test_pg_exec ("TRUNCATE key_material, data_key, subject_key");
  g_object_unref (f->keyring);
  g_object_unref (f->provider);
  f->provider = osy_key_provider_open (f->dir, "file", &error);
  g_assert_no_error (error);
  f->keyring = new_keyring (f->provider, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_ptr_array_add (sealed, seal (f->keyring, &cells[i], "kept"));
  g_autofree char *old_name = osy_keyring_kek_name (f->keyring);
  g_autofree char *source = target ? osy_key_provider_mark (f->dir) : NULL;
  g_autoptr (GBytes) old_key = osy_key_provider_load (f->provider, NULL);

  for (int i = 0; i < 2; i++) { /* killed after the key was made, before that was written down */
    g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (f->dir, "file", NULL);
    g_autoptr (OsyKeyring) killed = new_keyring (provider, FALSE);
    g_autofree char *name = begin_kek (f, killed, target);
    g_assert_cmpstr (name, !=, old_name);
    assert_all_well (f, cells, sealed);
  }
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (f->dir, "file", NULL);
  g_autoptr (OsyKeyring) turning = new_keyring (provider, FALSE);
  g_autofree char *name = begin_kek (f, turning, target);
  rewrap (turning, name, 1, FALSE); /* killed before the commit */
  assert_all_well (f, cells, sealed);
  while (rewrap (turning, name, 1, TRUE) > 0)
    assert_all_well (f, cells, sealed);
  g_autofree char *left = osy_test_pg_value (
      "SELECT count(*) FROM (SELECT kek FROM data_key UNION SELECT kek FROM subject_key UNION "
      "SELECT kek FROM key_material WHERE purpose = 'root') AS k");
  g_assert_cmpstr (left, ==, "1");
  finish_kek (f, turning, name, source);
  assert_all_well (f, cells, sealed);
  finish_kek (f, turning, name, source); /* killed after the old key went, before the commit */
  assert_all_well (f, cells, sealed);
  g_autoptr (OsyKeyProvider) last = osy_key_provider_open (f->dir, "file", NULL);
  g_autoptr (GBytes) new_key = osy_key_provider_load (last, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (old_key, new_key));
  g_autoptr (GBytes) next = osy_key_provider_load_next (last, &error);
  g_assert_no_error (error);
  g_assert_null (next);
  old_path = g_build_filename (f->dir, "keys", "data.key", NULL);
  if (target != NULL)
    g_assert_false (g_file_test (old_path, G_FILE_TEST_EXISTS));
}

/* Somebody took the new key away: nothing is removed, and the old one still opens everything. */
static void
test_kek_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "kept");
  g_autofree char *name = begin_kek (f, f->keyring, NULL);
  g_autofree char *next = g_build_filename (f->dir, "data.key.next", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (next), ==, 0);
  g_assert_false (osy_keyring_finish_kek (f->keyring, f->dir, name, NULL, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);
  assert_opens (fresh, &name_1, sealed, "kept");
}

/* ---- uses ---- */

/* A key that was used too often is retired; what it sealed still opens. */
static void
test_uses (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) old = seal (f->keyring, &name_1, "old");
  g_autofree char *reserved = osy_test_pg_value ("SELECT uses FROM data_key");

  g_assert_cmpstr (reserved, ==, "65536");
  osy_test_pg_exec ("UPDATE data_key SET uses = (1 << 28) - 65535");
  g_autoptr (OsyKeyring) second = new_keyring (f->provider, FALSE);
  g_autoptr (GBytes) new = seal (second, &name_1, "new");
  g_autofree char *keys = osy_test_pg_value (
      "SELECT count(*) || ' ' || count(retired_at) || ' ' || min(uses) FROM data_key");
  g_assert_cmpstr (keys, ==, "2 1 65536");
  assert_opens (second, &name_1, old, "old");
  assert_opens (f->keyring, &name_1, new, "new");
}

/* ---- the secret of blind indexes ---- */

static gboolean
begin_index (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_keyring_begin_index (data, tx, error);
}

static gboolean
finish_index (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_keyring_finish_index (data, tx, error);
}

static void
turn_index (Fixture *f, OsyDbFunc func)
{
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_keys");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  const OsyDbScope scope = {NULL};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_db_pool_run (pool, &scope, func, f->keyring, &error));
  g_assert_no_error (error);
  g_assert_true (osy_keyring_renew (f->keyring, &error));
  osy_db_pool_close (pool);
}

static GBytes *
index_of (Fixture *f)
{
  return osy_keyring_blind_index (f->keyring, SHOP_A, "guest", "phone", "01012345678");
}

static void
test_index_turn (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = index_of (f);

  for (int i = 0; i < 3; i++) {
    g_autoptr (GBytes) old = index_of (f);
    turn_index (f, begin_index);
    turn_index (f, begin_index); /* again after a crash: still the same two */
    g_autoptr (GBytes) new = index_of (f);
    g_autoptr (GPtrArray) both =
        osy_keyring_blind_indexes (f->keyring, SHOP_A, "guest", "phone", "01012345678");
    g_assert_false (g_bytes_equal (old, new));
    g_assert_cmpuint (both->len, ==, 2);
    g_assert_true (g_bytes_equal (g_ptr_array_index (both, 0), new));
    g_assert_true (g_bytes_equal (g_ptr_array_index (both, 1), old));
    turn_index (f, finish_index);
    turn_index (f, finish_index);
    g_autoptr (GBytes) after = index_of (f);
    g_autoptr (GPtrArray) one =
        osy_keyring_blind_indexes (f->keyring, SHOP_A, "guest", "phone", "01012345678");
    g_assert_true (g_bytes_equal (after, new));
    g_assert_cmpuint (one->len, ==, 1);
  }
  g_autofree char *rows = osy_test_pg_value ("SELECT string_agg(purpose, ' ' ORDER BY purpose) "
                                             "FROM key_material");
  g_assert_cmpstr (rows, ==, "index|4 root");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  g_autofree char *elsewhere = g_build_filename (g_get_tmp_dir (), "osy-moved-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (elsewhere));
  g_autofree char *target = g_strconcat ("file:", elsewhere, "/moved.key", NULL);
  g_test_add ("/keyring/kek/crash-points", Fixture, NULL, set_up, test_kek, tear_down);
  g_test_add ("/keyring/kek/move", Fixture, target, set_up, test_kek, tear_down);
  TEST ("/keyring/kek/lost", test_kek_lost);
  TEST ("/keyring/uses", test_uses);
  TEST ("/keyring/index", test_index_turn);
  return g_test_run ();
}
