/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* AES-256-GCM: Wycheproof, and that nothing altered ever opens. */

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "osy-crypto.h"
#include "osy-id.h"
#include "wycheproof.h"

typedef struct {
  guint tried;
  guint other; /* key or nonce sizes, or a NUL in the AAD, that our interface has no way to ask */
} Counts;

static void
open_vector (JsonObject *group, JsonObject *test, gpointer data)
{
  Counts *counts = data;
  g_autoptr (GBytes) key = wycheproof_hex (test, "key");
  g_autoptr (GBytes) aad = wycheproof_hex (test, "aad");
  g_autoptr (GBytes) iv = wycheproof_hex (test, "iv");
  g_autoptr (GBytes) ct = wycheproof_hex (test, "ct");
  g_autoptr (GBytes) tag = wycheproof_hex (test, "tag");
  g_autoptr (GBytes) msg = wycheproof_hex (test, "msg");
  gsize aad_len = g_bytes_get_size (aad);
  g_autofree char *aad_text = g_strndup (g_bytes_get_data (aad, NULL), aad_len);

  if (g_bytes_get_size (key) != OSY_KEY_SIZE || g_bytes_get_size (iv) != OSY_AEAD_NONCE_SIZE ||
      g_bytes_get_size (tag) != OSY_AEAD_TAG_SIZE || strlen (aad_text) != aad_len) {
    counts->other++;
    return;
  }
  counts->tried++;
  g_autoptr (GByteArray) sealed = g_byte_array_new ();
  GBytes *const parts[] = {iv, ct, tag};
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_byte_array_append (sealed, g_bytes_get_data (parts[i], NULL),
                         (guint)g_bytes_get_size (parts[i]));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain =
      osy_aead_open (g_bytes_get_data (key, NULL), aad_text, sealed->data, sealed->len, &error);
  if (g_str_equal (json_object_get_string_member (test, "result"), "valid")) {
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (plain, msg));
  } else {
    g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
    g_assert_null (plain);
  }
}

static void
test_wycheproof (void)
{
  Counts counts = {0, 0};

  if (!wycheproof_each ("aes_gcm_test.json", open_vector, &counts))
    return;
  g_assert_cmpuint (counts.tried + counts.other, ==, 316);
  g_assert_cmpuint (counts.tried, >=, 50);
  g_test_message ("%u vectors tried, %u of other sizes", counts.tried, counts.other);
}

static GBytes *
seal (const guint8 *key, const char *aad, const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = osy_aead_seal (key, aad, (const guint8 *)text, strlen (text), &error);
  g_assert_no_error (error);
  return sealed;
}

static gboolean
opens (const guint8 *key, const char *aad, const guint8 *sealed, gsize len)
{
  g_autoptr (GBytes) plain = osy_aead_open (key, aad, sealed, len, NULL);
  return plain != NULL;
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint8 key[OSY_KEY_SIZE];

  for (int i = 0; i < 300; i++) {
    gsize len = (gsize)g_rand_int_range (rand, 0, 200);
    g_autofree guint8 *plain = g_malloc (len + 1);
    osy_random_bytes (key, sizeof key);
    osy_random_bytes (plain, len);
    const char *aad = i % 3 == 0 ? NULL : i % 3 == 1 ? "" : "v1|a|b|c|d";
    g_autoptr (GBytes) sealed = osy_aead_seal (key, aad, plain, len, NULL);
    g_assert_cmpuint (g_bytes_get_size (sealed), ==, len + 28);
    g_autoptr (GBytes) back =
        osy_aead_open (key, aad, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed), NULL);
    g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), plain, len);
  }
  g_autoptr (GBytes) nothing = osy_aead_seal (key, NULL, NULL, 0, NULL);
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 28);
}

static void
test_every_bit (void)
{
  guint8 key[OSY_KEY_SIZE];

  osy_random_bytes (key, sizeof key);
  g_autoptr (GBytes) sealed = seal (key, "v1|t|c|r|k", "010-1234-5678");
  gsize len = g_bytes_get_size (sealed);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (sealed, NULL), len);

  for (gsize bit = 0; bit < len * 8; bit++) {
    copy[bit / 8] ^= (guint8)(1 << bit % 8);
    g_assert_false (opens (key, "v1|t|c|r|k", copy, len));
    copy[bit / 8] ^= (guint8)(1 << bit % 8);
  }
  for (gsize n = 0; n < len; n++)
    g_assert_false (opens (key, "v1|t|c|r|k", copy, n));
  for (gsize bit = 0; bit < sizeof key * 8; bit++) {
    key[bit / 8] ^= (guint8)(1 << bit % 8);
    g_assert_false (opens (key, "v1|t|c|r|k", copy, len));
    key[bit / 8] ^= (guint8)(1 << bit % 8);
  }
  g_assert_true (opens (key, "v1|t|c|r|k", copy, len));
  g_assert_false (opens (key, "v1|t|c|r|", copy, len));
  g_assert_false (opens (key, "v1|t|c|r|kk", copy, len));
  g_assert_false (opens (key, "", copy, len));
  g_assert_false (opens (key, NULL, copy, len));
}

/* One nonce twice under one key gives the plaintexts away. */
static void
test_nonces_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint8 key[OSY_KEY_SIZE] = {0};

  for (int i = 0; i < 5000; i++) {
    g_autoptr (GBytes) sealed = seal (key, NULL, "same");
    g_assert_true (g_hash_table_add (
        seen, g_base64_encode (g_bytes_get_data (sealed, NULL), OSY_AEAD_NONCE_SIZE)));
  }
}

static char *
nonce_now (void)
{
  const guint8 key[OSY_KEY_SIZE] = {0};
  g_autoptr (GBytes) sealed = seal (key, NULL, "same");

  return g_base64_encode (g_bytes_get_data (sealed, NULL), OSY_AEAD_NONCE_SIZE);
}

/* Nonces are drawn ahead; parent and child must not both use what was drawn before the fork. */
static void
test_nonces_differ_after_a_fork (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int ends[2];

  g_hash_table_add (seen, nonce_now ());
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  if (child == 0) {
    for (int i = 0; i < 80; i++) {
      g_autofree char *nonce = nonce_now ();
      if (write (ends[1], nonce, 16) != 16)
        _exit (1);
    }
    _exit (0);
  }
  close (ends[1]);
  for (int i = 0; i < 80; i++) {
    char theirs[17] = "";
    g_assert_cmpint (read (ends[0], theirs, 16), ==, 16);
    g_assert_true (g_hash_table_add (seen, g_strdup (theirs)));
    g_assert_true (g_hash_table_add (seen, nonce_now ()));
  }
  close (ends[0]);
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static gpointer
seal_and_open (gpointer data)
{
  const guint8 *key = data;

  for (int i = 0; i < 500; i++) {
    g_autofree char *aad = g_strdup_printf ("%p|%d", (void *)g_thread_self (), i);
    g_autoptr (GBytes) sealed = seal (key, aad, aad);
    g_assert_true (opens (key, aad, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed)));
  }
  return NULL;
}

static void
test_threads (void)
{
  guint8 key[OSY_KEY_SIZE] = {1};
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("seal", seal_and_open, key);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aead/wycheproof", test_wycheproof);
  g_test_add_func ("/aead/round-trip", test_round_trip);
  g_test_add_func ("/aead/every-bit", test_every_bit);
  g_test_add_func ("/aead/nonces-differ", test_nonces_differ);
  g_test_add_func ("/aead/nonces-differ-after-a-fork", test_nonces_differ_after_a_fork);
  g_test_add_func ("/aead/threads", test_threads);
  return g_test_run ();
}
