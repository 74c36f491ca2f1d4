/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys and cells over a real database: what is sealed opens in its own place alone, everybody ends
 * with one key, and neither plaintext nor key ever lies in the files. */

#include <string.h>

#include <glib/gstdio.h>

#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-keyring.h"
#include "osy-test-pg.h"

#define SHOP_A "0193a000-0000-7000-8000-00000000000a"
#define SHOP_B "0193a000-0000-7000-8000-00000000000b"
#define ROW_1 "0193a000-0000-7000-8000-000000000001"
#define ROW_2 "0193a000-0000-7000-8000-000000000002"

static const OsyCell name_1 = {SHOP_A, "guest", "name", ROW_1};

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
  osy_clock_set_fake (0);
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

static void
assert_closed (OsyKeyring *keyring, const OsyCell *cell, GBytes *sealed)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = osy_keyring_open (keyring, cell, sealed, &error);

  g_assert_null (text);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = {"", "a", "\xea\xb9\x80\xeb\xaf\xbc\xec\xa7\x80",
                                      "010-1234-5678", "two\nlines\tand a tab"};
  g_autofree char *longest = g_strnfill (500000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) first = seal (f->keyring, &name_1, texts[i]);
    g_autoptr (GBytes) second = seal (f->keyring, &name_1, texts[i]);
    assert_opens (f->keyring, &name_1, first, texts[i]);
    assert_opens (f->keyring, &name_1, second, texts[i]);
    /* Equal texts do not look equal. */
    g_assert_false (g_bytes_equal (first, second));
  }
  g_autoptr (GBytes) large = seal (f->keyring, &name_1, longest);
  assert_opens (f->keyring, &name_1, large, longest);
  const OsyCell account = {OSY_KEYRING_GLOBAL, "account", "email", ROW_1};
  g_autoptr (GBytes) email = seal (f->keyring, &account, "owner@example.com");
  assert_opens (f->keyring, &account, email, "owner@example.com");
}

static void
test_null (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (osy_keyring_seal (f->keyring, &name_1, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (osy_keyring_open (f->keyring, &name_1, NULL, &error));
  g_assert_no_error (error);
}

static void
test_format (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "abc");
  gsize len;
  const guint8 *bytes = g_bytes_get_data (sealed, &len);
  g_autofree char *id = osy_id_from_bytes (bytes + 1);
  g_autofree char *stored = osy_test_pg_value ("SELECT id FROM data_key");

  g_assert_cmpint (bytes[0], ==, 1);
  g_assert_cmpuint (len, ==, 1 + 16 + 12 + 3 + 16);
  g_assert_cmpstr (id, ==, stored);
}

static void
test_every_bit (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "010-1234-5678");
  gsize len;
  const guint8 *bytes = g_bytes_get_data (sealed, &len);

  for (gsize bit = 0; bit < len * 8; bit++) {
    guint8 *copy = g_memdup2 (bytes, len);
    copy[bit / 8] ^= (guint8)(1 << bit % 8);
    g_autoptr (GBytes) altered = g_bytes_new_take (copy, len);
    assert_closed (f->keyring, &name_1, altered);
  }
  for (gsize n = 0; n < len; n++) {
    g_autoptr (GBytes) cut = g_bytes_new (bytes, n);
    assert_closed (f->keyring, &name_1, cut);
  }
  assert_opens (f->keyring, &name_1, sealed, "010-1234-5678");
}

static void
test_other_places (Fixture *f, gconstpointer data)
{
  const OsyCell others[] = {
      {SHOP_B, "guest", "name", ROW_1},  {OSY_KEYRING_GLOBAL, "guest", "name", ROW_1},
      {SHOP_A, "order", "name", ROW_1},  {SHOP_A, "guest", "phone", ROW_1},
      {SHOP_A, "guest", "name", ROW_2},  {SHOP_A, "guest", "name", ""},
      {SHOP_A, "guest|name", "", ROW_1},
  };
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "secret");

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    /* With the key of the place in memory, with that of the cell, and with neither. */
    assert_closed (fresh, &others[i], sealed);
    g_autoptr (GBytes) own = seal (f->keyring, &others[i], "own");
    assert_closed (f->keyring, &others[i], sealed);
    assert_closed (f->keyring, &name_1, own);
    assert_opens (f->keyring, &others[i], own, "own");
  }
  assert_opens (fresh, &name_1, sealed, "secret");
}

/* Another process with the same key reads all that this one wrote. */
static void
test_second_keyring (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "secret");
  g_autoptr (OsyKeyring) second = new_keyring (f->provider, FALSE);
  g_autoptr (OsyKeyring) third = new_keyring (f->provider, TRUE);

  assert_opens (second, &name_1, sealed, "secret");
  assert_opens (third, &name_1, sealed, "secret");
  g_autoptr (GBytes) reply = seal (second, &name_1, "reply");
  assert_opens (f->keyring, &name_1, reply, "reply");
  g_autofree char *keys = osy_test_pg_value ("SELECT count(*) FROM data_key");
  g_assert_cmpstr (keys, ==, "1");
}

static void
test_prepare (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_keyring_is_prepared (f->keyring, SHOP_A, "order"));
  g_assert_true (osy_keyring_prepare (f->keyring, SHOP_A, "order", &error));
  g_assert_no_error (error);
  g_assert_true (osy_keyring_is_prepared (f->keyring, SHOP_A, "order"));
  g_assert_false (osy_keyring_is_prepared (f->keyring, SHOP_A, "guest"));
  g_assert_false (osy_keyring_is_prepared (f->keyring, SHOP_B, "order"));
}

static void
test_quarters (Fixture *f, gconstpointer data)
{
  gint64 end;

  g_assert_true (osy_clock_parse ("2026-12-31T23:59:59Z", &end));
  osy_clock_set_fake (end);
  g_autoptr (GBytes) old = seal (f->keyring, &name_1, "old");
  g_assert_true (osy_keyring_is_prepared (f->keyring, SHOP_A, "guest"));
  osy_clock_advance_fake (G_USEC_PER_SEC);
  g_assert_false (osy_keyring_is_prepared (f->keyring, SHOP_A, "guest"));
  g_autoptr (GBytes) new = seal (f->keyring, &name_1, "new");

  g_assert_cmpint (memcmp (g_bytes_get_data (old, NULL), g_bytes_get_data (new, NULL), 17), !=, 0);
  g_autofree char *quarters =
      osy_test_pg_value ("SELECT string_agg(quarter, ' ' ORDER BY quarter) FROM data_key");
  g_assert_cmpstr (quarters, ==, "2026Q4 2027Q1");
  assert_opens (f->keyring, &name_1, old, "old");
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);
  assert_opens (fresh, &name_1, old, "old");
  assert_opens (fresh, &name_1, new, "new");
}

/* ---- people ---- */

static const OsyCell kim = {SHOP_A, "guest", "name", ROW_1, ROW_1};
static const OsyCell lee = {SHOP_A, "guest", "name", ROW_2, ROW_2};

static gboolean
destroy_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_keyring_destroy_subject (data, tx, osy_db_tx_restaurant (tx), ROW_1, error);
}

static void
destroy_kim (OsyKeyring *keyring)
{
  const OsyDbScope scope = {.restaurant_id = SHOP_A};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_db_pool_run (osy_test_pg_pool (), &scope, destroy_tx, keyring, &error));
  g_assert_no_error (error);
  /* What is to be done after the commit runs in the main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_erased (OsyKeyring *keyring, const OsyCell *cell, GBytes *sealed)
{
  g_autoptr (GError) opening = NULL, sealing = NULL;
  g_autofree char *text = osy_keyring_open (keyring, cell, sealed, &opening);
  g_autoptr (GBytes) more = osy_keyring_seal (keyring, cell, "again", &sealing);

  g_assert_null (text);
  g_assert_error (opening, OSY_ERROR, OSY_ERROR_ERASED);
  g_assert_cmpuint (osy_error_http_status (opening), ==, 410);
  g_assert_null (more);
  g_assert_error (sealing, OSY_ERROR, OSY_ERROR_ERASED);
}

static void
test_subjects (Fixture *f, gconstpointer data)
{
  const OsyCell phone = {SHOP_A, "guest", "phone", ROW_1, ROW_1};
  const OsyCell elsewhere = {SHOP_B, "guest", "name", ROW_1, ROW_1};
  const OsyCell as_lee = {SHOP_A, "guest", "name", ROW_1, ROW_2};
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);
  g_autoptr (GBytes) shops = seal (f->keyring, &name_1, "before she was known");
  g_autoptr (GBytes) name = seal (f->keyring, &kim, "Kim");
  g_autoptr (GBytes) other = seal (f->keyring, &lee, "Lee");
  g_autofree char *keys = osy_test_pg_value ("SELECT count(*) FROM subject_key");

  g_assert_cmpstr (keys, ==, "2");
  assert_opens (fresh, &kim, name, "Kim");
  assert_opens (f->keyring, &lee, other, "Lee");
  assert_opens (fresh, &kim, shops, "before she was known");
  assert_closed (f->keyring, &name_1, name);
  assert_closed (f->keyring, &phone, name);
  assert_closed (f->keyring, &elsewhere, name);
  assert_closed (f->keyring, &as_lee, name);
  assert_closed (fresh, &as_lee, name);
}

static void
test_destroyed_subject (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) name = seal (f->keyring, &kim, "Kim");
  g_autoptr (GBytes) other = seal (f->keyring, &lee, "Lee");
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);

  destroy_kim (f->keyring);
  destroy_kim (f->keyring);
  assert_erased (f->keyring, &kim, name);
  assert_erased (fresh, &kim, name);
  assert_opens (f->keyring, &lee, other, "Lee");
  g_autofree char *left = osy_test_pg_value (
      "SELECT count(*) || ' ' || count(wrapped) || ' ' || count(destroyed_at) FROM subject_key");
  g_assert_cmpstr (left, ==, "2 1 1");
}

/* Erased before anything was sealed: nothing may be sealed later either. */
static void
test_destroyed_before (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  destroy_kim (f->keyring);
  g_autoptr (GBytes) name = osy_keyring_seal (f->keyring, &kim, "Kim", &error);
  g_assert_null (name);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_ERASED);
}

/* ---- many at once ---- */

#define N_THREADS 8

typedef struct {
  OsyKeyring *keyring;
  gint *gate;
  GBytes *sealed;
} Racer;

static gpointer
race_to_seal (gpointer data)
{
  Racer *racer = data;

  g_atomic_int_dec_and_test (racer->gate);
  while (g_atomic_int_get (racer->gate) > 0)
    g_thread_yield ();
  racer->sealed = seal (racer->keyring, &name_1, "racing");
  return NULL;
}

/* Half of the threads share one keyring, half another, as two processes would. */
static void
test_race_for_a_key (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyring) second = new_keyring (f->provider, FALSE);
  GThread *threads[N_THREADS];
  Racer racers[N_THREADS];
  gint gate = N_THREADS;

  for (int i = 0; i < N_THREADS; i++) {
    racers[i] = (Racer){i % 2 ? second : f->keyring, &gate, NULL};
    threads[i] = g_thread_new ("racer", race_to_seal, &racers[i]);
  }
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (int i = 0; i < N_THREADS; i++) {
    assert_opens (f->keyring, &name_1, racers[i].sealed, "racing");
    assert_opens (second, &name_1, racers[i].sealed, "racing");
    g_bytes_unref (racers[i].sealed);
  }
  g_autofree char *keys = osy_test_pg_value ("SELECT count(*) FROM data_key");
  g_assert_cmpstr (keys, ==, "1");
}

static gpointer
race_to_set_up (gpointer data)
{
  return new_keyring (data, TRUE);
}

/* Several set-ups at once over an empty database and no key file. */
static void
test_race_for_the_root (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyProvider) provider = file_provider (f, "race.key");
  GThread *threads[N_THREADS];
  guint8 first[OSY_KEY_SIZE], other[OSY_KEY_SIZE];

  osy_test_pg_exec ("TRUNCATE key_material, data_key, subject_key");
  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("set-up", race_to_set_up, provider);
  for (int i = 0; i < N_THREADS; i++) {
    g_autoptr (OsyKeyring) keyring = g_thread_join (threads[i]);
    osy_keyring_derive (keyring, "order-token", i == 0 ? first : other);
    if (i > 0)
      g_assert_cmpmem (first, sizeof first, other, sizeof other);
  }
}

static gboolean
seal_in_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  Racer *racer = data;
  const OsyCell cell = {osy_db_tx_restaurant (tx), "in_tx", "x", ROW_1};

  g_clear_pointer (&racer->sealed, g_bytes_unref);
  racer->sealed = osy_keyring_seal (racer->keyring, &cell, "inside", error);
  return racer->sealed != NULL;
}

static gpointer
run_tx (gpointer data)
{
  const OsyDbScope scope = {.restaurant_id = SHOP_A};
  g_autoptr (GError) error = NULL;
  gboolean done = osy_db_pool_run (osy_test_pg_pool (), &scope, seal_in_tx, data, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return NULL;
}

/* Every worker of the pool waits for a key at the same time: nobody is left to fetch it, if it were
 * the pool that fetched. */
static void
test_inside_transactions (Fixture *f, gconstpointer data)
{
  const OsyCell cell = {SHOP_A, "in_tx", "x", ROW_1};
  GThread *threads[N_THREADS];
  Racer racers[N_THREADS];

  for (int i = 0; i < N_THREADS; i++) {
    racers[i] = (Racer){f->keyring, NULL, NULL};
    threads[i] = g_thread_new ("tx", run_tx, &racers[i]);
  }
  for (int i = 0; i < N_THREADS; i++) {
    g_thread_join (threads[i]);
    assert_opens (f->keyring, &cell, racers[i].sealed, "inside");
    g_bytes_unref (racers[i].sealed);
  }
}

static gpointer
seal_much (gpointer data)
{
  Fixture *f = data;

  for (int i = 0; i < 200; i++) {
    g_autofree char *table = g_strdup_printf ("table_%d", i % 5);
    g_autofree char *row = osy_id_new ();
    const OsyCell cell = {i % 2 ? SHOP_A : SHOP_B, table, "column", row};
    g_autoptr (GBytes) sealed = seal (f->keyring, &cell, row);
    assert_opens (f->keyring, &cell, sealed, row);
  }
  return NULL;
}

static void
test_threads (Fixture *f, gconstpointer data)
{
  GThread *threads[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("seal", seal_much, f);
  for (int i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_autofree char *keys = osy_test_pg_value ("SELECT count(*) FROM data_key");
  g_assert_cmpstr (keys, ==, "10");
}

/* ---- the wrong key, or none ---- */

static void
assert_no_keyring (OsyKeyProvider *provider, gboolean create, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKeyring) keyring = osy_keyring_new (provider, osy_test_pg_pool (), create, &error);

  g_assert_null (keyring);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
  if (strstr (error->message, what) == NULL || !g_str_has_suffix (error->message, "."))
    g_error ("\"%s\" is no sentence with \"%s\"", error->message, what);
}

static void
test_wrong_key (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyProvider) other = file_provider (f, "other.key");
  g_autoptr (OsyKeyProvider) none = file_provider (f, "none.key");
  g_autofree char *path = g_build_filename (f->dir, "none.key", NULL);
  g_autoptr (GBytes) key = osy_key_provider_create (other, NULL);

  g_assert_nonnull (key);
  assert_no_keyring (other, FALSE, "is not the one");
  assert_no_keyring (other, TRUE, "is not the one");
  assert_no_keyring (none, FALSE, "is missing");
  assert_no_keyring (none, TRUE, "is missing");
  /* A key made anew for data that has one would only hide the loss. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_not_set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyProvider) none = file_provider (f, "none.key");

  osy_test_pg_exec ("TRUNCATE key_material, data_key, subject_key");
  assert_no_keyring (f->provider, FALSE, "set a shop up");
  assert_no_keyring (none, FALSE, "set a shop up");
}

/* A set-up that died after writing the key file is carried on with that key. */
static void
test_set_up_again (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) before = osy_key_provider_load (f->provider, NULL);

  osy_test_pg_exec ("TRUNCATE key_material, data_key, subject_key");
  g_autoptr (OsyKeyring) again = new_keyring (f->provider, TRUE);
  g_autoptr (GBytes) after = osy_key_provider_load (f->provider, NULL);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_altered_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, "secret");

  /* Another shop's row made from ours, as one with the rights of the database could. */
  osy_test_pg_exec ("INSERT INTO data_key SELECT '" SHOP_B "', id, table_name, quarter, wrapped "
                    "FROM data_key");
  g_autoptr (OsyKeyring) fresh = new_keyring (f->provider, FALSE);
  const OsyCell stolen = {SHOP_B, "guest", "name", ROW_1};
  assert_closed (fresh, &stolen, sealed);
  g_assert_false (osy_keyring_prepare (fresh, SHOP_B, "guest", &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);

  osy_test_pg_exec ("UPDATE data_key SET wrapped = set_byte(wrapped, 20, "
                    "get_byte(wrapped, 20) # 1)");
  g_autoptr (OsyKeyring) again = new_keyring (f->provider, FALSE);
  assert_closed (again, &name_1, sealed);
  osy_test_pg_exec ("DELETE FROM data_key");
  assert_closed (again, &name_1, sealed);
  osy_test_pg_exec ("UPDATE key_material SET wrapped = set_byte(wrapped, 20, "
                    "get_byte(wrapped, 20) # 1)");
  assert_no_keyring (f->provider, FALSE, "is not the one");
}

/* ---- what the database lets the daemon do ---- */

static gboolean
count_keys (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT count(*) AS n FROM data_key", OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  *(gint64 *)data = osy_db_rows_int (rows, 0, "n");
  return TRUE;
}

static gint64
keys_seen_by (const char *restaurant_id)
{
  const OsyDbScope scope = {.restaurant_id = restaurant_id};
  g_autoptr (GError) error = NULL;
  gint64 n = -1;
  gboolean done = osy_db_pool_run (osy_test_pg_pool (), &scope, count_keys, &n, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  return n;
}

static gboolean
run_sql (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, data, OSY_NO_PARAMS, NULL, error);
}

static void
test_rights (Fixture *f, gconstpointer data)
{
  static const char *const refused[] = {
      "DELETE FROM data_key",
      "UPDATE data_key SET wrapped = ''",
      "DELETE FROM key_material",
      "UPDATE key_material SET wrapped = ''",
      "TRUNCATE data_key",
      "INSERT INTO data_key VALUES ('" SHOP_B "', '" ROW_1 "', 't', '2026Q4', '')",
  };
  const OsyDbScope scope = {.restaurant_id = SHOP_A};

  g_assert_true (osy_keyring_prepare (f->keyring, SHOP_A, "guest", NULL));
  g_assert_true (osy_keyring_prepare (f->keyring, SHOP_A, "order", NULL));
  g_assert_true (osy_keyring_prepare (f->keyring, SHOP_B, "guest", NULL));
  g_assert_cmpint (keys_seen_by (SHOP_A), ==, 2);
  g_assert_cmpint (keys_seen_by (SHOP_B), ==, 1);
  g_assert_cmpint (keys_seen_by (NULL), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (
        osy_db_pool_run (osy_test_pg_pool (), &scope, run_sql, (gpointer)refused[i], NULL));
}

/* ---- from the root secret ---- */

static void
test_blind_index (Fixture *f, gconstpointer data)
{
  static const char *const places[][4] = {
      {SHOP_A, "guest", "phone", "+821012345678"}, {SHOP_B, "guest", "phone", "+821012345678"},
      {SHOP_A, "order", "phone", "+821012345678"}, {SHOP_A, "guest", "email", "+821012345678"},
      {SHOP_A, "guest", "phone", "+821012345679"}, {SHOP_A, "guest", "phone", ""},
  };
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  g_autoptr (OsyKeyring) second = new_keyring (f->provider, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    const char *const *p = places[i];
    GBytes *index = osy_keyring_blind_index (f->keyring, p[0], p[1], p[2], p[3]);
    g_autoptr (GBytes) again = osy_keyring_blind_index (second, p[0], p[1], p[2], p[3]);
    g_assert_cmpuint (g_bytes_get_size (index), ==, 8);
    g_assert_true (g_bytes_equal (index, again));
    g_assert_true (g_hash_table_add (seen, index));
  }
}

static void
test_derive_and_wrap (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyring) second = new_keyring (f->provider, FALSE);
  g_autoptr (GBytes) plain = g_bytes_new_static ("private key", 11);
  g_autoptr (GError) error = NULL;
  guint8 a[OSY_KEY_SIZE], b[OSY_KEY_SIZE];

  osy_keyring_derive (f->keyring, "order-token", a);
  osy_keyring_derive (second, "order-token", b);
  g_assert_cmpmem (a, sizeof a, b, sizeof b);
  osy_keyring_derive (second, "password-pepper", b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);

  g_autoptr (GBytes) wrapped = osy_keyring_wrap (f->keyring, "jwt", plain, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) back = osy_keyring_unwrap (second, "jwt", wrapped, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, back));
  g_autoptr (GBytes) other = osy_keyring_unwrap (second, "other", wrapped, &error);
  g_assert_null (other);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
}

/* ---- the files ---- */

static gboolean
file_holds (const char *path, const guint8 *what, gsize len)
{
  g_autofree char *text = NULL;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) && memmem (text, size, what, len) != NULL;
}

static gboolean
tree_holds (const char *path, const guint8 *what, gsize len)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return file_holds (path, what, len);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (tree_holds (child, what, len))
      return TRUE;
  }
  return FALSE;
}

static gboolean
database_holds (gconstpointer what, gsize len)
{
  return tree_holds (osy_test_pg_data_dir (), what, len);
}

static void
store_canary (GBytes *sealed, const char *open_text)
{
  g_autofree char *hex =
      osy_hex_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE canary (open_text text, sealed bytea);"
                                          "INSERT INTO canary VALUES ('%s', '\\x%s'); CHECKPOINT",
                                          open_text, hex);

  osy_test_pg_exec (sql);
}

static void
test_canary (Fixture *f, gconstpointer data)
{
  g_autofree char *canary = osy_random_token (24);
  g_autofree char *open_canary = osy_random_token (24);
  g_autoptr (GBytes) sealed = seal (f->keyring, &name_1, canary);
  g_autoptr (GBytes) kek = osy_key_provider_load (f->provider, NULL);
  gsize kek_len = g_bytes_get_size (kek);
  g_autofree char *kek_hex = osy_hex_encode (g_bytes_get_data (kek, NULL), kek_len);

  store_canary (sealed, open_canary);
  /* What is not sealed is found, so the search is a search; so is the sealed form. */
  g_assert_true (database_holds (open_canary, strlen (open_canary)));
  g_assert_true (database_holds (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed)));
  g_assert_false (database_holds (canary, strlen (canary)));
  g_assert_false (database_holds (g_bytes_get_data (kek, NULL), kek_len));
  g_assert_false (database_holds (kek_hex, strlen (kek_hex)));
}

#define TEST(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/keyring/round-trip", test_round_trip);
  TEST ("/keyring/null", test_null);
  TEST ("/keyring/format", test_format);
  TEST ("/keyring/every-bit", test_every_bit);
  TEST ("/keyring/other-places", test_other_places);
  TEST ("/keyring/second-keyring", test_second_keyring);
  TEST ("/keyring/prepare", test_prepare);
  TEST ("/keyring/quarters", test_quarters);
  TEST ("/keyring/subjects", test_subjects);
  TEST ("/keyring/subjects/destroyed", test_destroyed_subject);
  TEST ("/keyring/subjects/destroyed-before", test_destroyed_before);
  TEST ("/keyring/race-for-a-key", test_race_for_a_key);
  TEST ("/keyring/race-for-the-root", test_race_for_the_root);
  TEST ("/keyring/inside-transactions", test_inside_transactions);
  TEST ("/keyring/threads", test_threads);
  TEST ("/keyring/wrong-key", test_wrong_key);
  TEST ("/keyring/not-set-up", test_not_set_up);
  TEST ("/keyring/set-up-again", test_set_up_again);
  TEST ("/keyring/altered-keys", test_altered_keys);
  TEST ("/keyring/rights", test_rights);
  TEST ("/keyring/blind-index", test_blind_index);
  TEST ("/keyring/derive-and-wrap", test_derive_and_wrap);
  TEST ("/keyring/canary", test_canary);
  return g_test_run ();
}
