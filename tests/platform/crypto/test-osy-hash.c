/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SHA-256, HMAC and HKDF against published vectors and OpenSSL's own HKDF. */

#include <string.h>

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-id.h"
#include "wycheproof.h"

static void
test_sha256 (void)
{
  guint8 digest[32];

  osy_sha256 ((const guint8 *)"abc", 3, digest);
  g_autofree char *abc = osy_hex_encode (digest, 32);
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  osy_sha256 (NULL, 0, digest);
  g_autofree char *none = osy_hex_encode (digest, 32);
  g_assert_cmpstr (none, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
hmac_vector (JsonObject *group, JsonObject *test, gpointer data)
{
  guint *counts = data;
  g_autoptr (GBytes) key = wycheproof_hex (test, "key");
  g_autoptr (GBytes) msg = wycheproof_hex (test, "msg");
  g_autoptr (GBytes) tag = wycheproof_hex (test, "tag");
  guint8 mac[32];

  if (g_bytes_get_size (key) != OSY_KEY_SIZE) {
    counts[1]++;
    return;
  }
  counts[0]++;
  osy_hmac_sha256 (g_bytes_get_data (key, NULL), g_bytes_get_data (msg, NULL),
                   g_bytes_get_size (msg), mac);
  gsize len = g_bytes_get_size (tag);
  g_assert_cmpuint (len, <=, sizeof mac);
  gboolean same = osy_constant_time_equal (mac, len, g_bytes_get_data (tag, NULL), len);
  g_assert_cmpint (same, ==, g_str_equal (json_object_get_string_member (test, "result"), "valid"));
}

static void
test_hmac (void)
{
  guint counts[2] = {0, 0};

  if (!wycheproof_each ("hmac_sha256_test.json", hmac_vector, counts))
    return;
  g_assert_cmpuint (counts[0] + counts[1], ==, 174);
  g_assert_cmpuint (counts[0], >=, 150);
}

static void
reference_hkdf (const guint8 *key, const char *info, guint8 out[32])
{
  EVP_KDF *kdf = EVP_KDF_fetch (NULL, "HKDF", NULL);
  EVP_KDF_CTX *ctx = EVP_KDF_CTX_new (kdf);
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string (OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
      OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_KEY, (void *)key, OSY_KEY_SIZE),
      OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_INFO, (void *)info, strlen (info)),
      OSSL_PARAM_construct_end (),
  };

  g_assert_cmpint (EVP_KDF_derive (ctx, out, 32, params), ==, 1);
  EVP_KDF_CTX_free (ctx);
  EVP_KDF_free (kdf);
}

static void
test_hkdf (void)
{
  static const char *const infos[] = {"", "order-token", "a|b|c",
                                      "a purpose longer than one block of the hash, which is "
                                      "sixty-four bytes, so that it takes more than one"};
  guint8 key[OSY_KEY_SIZE], ours[32], theirs[32], other[32];

  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++) {
    osy_random_bytes (key, sizeof key);
    osy_hkdf_sha256 (key, infos[i], ours);
    reference_hkdf (key, infos[i], theirs);
    g_assert_cmpmem (ours, 32, theirs, 32);
    osy_hkdf_sha256 (key, "another", other);
    g_assert_cmpint (memcmp (ours, other, 32), !=, 0);
  }
}

static void
test_secret_bytes (void)
{
  g_autoptr (GBytes) bytes = osy_secret_bytes_new ("key", 3);
  g_autoptr (GBytes) none = osy_secret_bytes_new (NULL, 0);
  guint8 memory[] = {1, 2, 3};

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "key", 3);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  osy_wipe (memory, sizeof memory);
  osy_wipe (NULL, 0);
  g_assert_cmpmem (memory, 3, "\0\0\0", 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/sha256", test_sha256);
  g_test_add_func ("/hash/hmac", test_hmac);
  g_test_add_func ("/hash/hkdf", test_hkdf);
  g_test_add_func ("/hash/secret-bytes", test_secret_bytes);
  return g_test_run ();
}
