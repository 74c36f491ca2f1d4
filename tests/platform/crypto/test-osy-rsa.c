/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* RS256: Wycheproof, keys as DER, one key in many threads. */

#include <string.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "osy-crypto.h"
#include "wycheproof.h"

static OsyRsaKey *
new_key (void)
{
  g_autoptr (GError) error = NULL;
  OsyRsaKey *key = osy_rsa_key_generate (2048, &error);
  g_assert_no_error (error);
  return key;
}

static void
verify_vector (JsonObject *group, JsonObject *test, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = wycheproof_hex (group, "publicKeyDer");
  g_autoptr (OsyRsaKey) key = osy_rsa_key_from_public_der (der, &error);
  g_autoptr (GBytes) msg = wycheproof_hex (test, "msg");
  g_autoptr (GBytes) sig = wycheproof_hex (test, "sig");
  const char *result = json_object_get_string_member (test, "result");

  g_assert_no_error (error);
  gboolean good = osy_rsa_verify_sha256 (key, g_bytes_get_data (msg, NULL), g_bytes_get_size (msg),
                                         g_bytes_get_data (sig, NULL), g_bytes_get_size (sig));
  (*(guint *)data)++;
  if (!g_str_equal (result, "acceptable"))
    g_assert_cmpint (good, ==, g_str_equal (result, "valid"));
}

static void
test_wycheproof (void)
{
  guint tried = 0;

  if (wycheproof_each ("rsa_signature_2048_sha256_test.json", verify_vector, &tried))
    g_assert_cmpuint (tried, ==, 259);
}

static gboolean
verifies (OsyRsaKey *key, const char *text, GBytes *signature)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);
  return osy_rsa_verify_sha256 (key, (const guint8 *)text, strlen (text), data, len);
}

static GBytes *
sign (OsyRsaKey *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *signature = osy_rsa_sign_sha256 (key, (const guint8 *)text, strlen (text), &error);
  g_assert_no_error (error);
  return signature;
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyRsaKey) key = new_key ();
  g_autoptr (OsyRsaKey) other = new_key ();
  g_autoptr (GBytes) signature = sign (key, "text");

  g_assert_cmpuint (g_bytes_get_size (signature), ==, 256);
  g_assert_true (verifies (key, "text", signature));
  g_assert_false (verifies (key, "texT", signature));
  g_assert_false (verifies (other, "text", signature));
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (signature, 0, 255);
  g_assert_false (verifies (key, "text", cut));

  g_autoptr (GBytes) der = osy_rsa_key_to_der (key, &error);
  g_assert_no_error (error);
  g_autoptr (OsyRsaKey) again = osy_rsa_key_from_der (der, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) second = sign (again, "text");
  g_assert_true (verifies (key, "text", second));

  g_autoptr (GBytes) public_der = osy_rsa_key_to_public_der (key, &error);
  g_assert_no_error (error);
  g_autoptr (OsyRsaKey) half = osy_rsa_key_from_public_der (public_der, &error);
  g_assert_no_error (error);
  g_assert_true (verifies (half, "text", signature));
}

static void
assert_refused (OsyRsaKey *(*read) (GBytes *, GError **), GBytes *der)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyRsaKey) key = read (der, &error);

  g_assert_null (key);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
}

static GBytes *
with_byte_behind (GBytes *der)
{
  g_autoptr (GByteArray) longer = g_byte_array_new ();

  g_byte_array_append (longer, g_bytes_get_data (der, NULL), (guint)g_bytes_get_size (der));
  g_byte_array_append (longer, (const guint8 *)"", 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&longer));
}

static GBytes *
foreign_public_der (EVP_PKEY *pkey)
{
  guint8 *der = NULL;
  int len = i2d_PUBKEY (pkey, &der);

  g_assert_cmpint (len, >, 0);
  GBytes *bytes = g_bytes_new (der, (gsize)len);
  OPENSSL_free (der);
  EVP_PKEY_free (pkey);
  return bytes;
}

/* A short key, a key for another algorithm, or bytes that are no key at all. */
static void
test_wrong_keys (void)
{
  g_autoptr (OsyRsaKey) key = new_key ();
  g_autoptr (GBytes) der = osy_rsa_key_to_der (key, NULL);
  g_autoptr (GBytes) public_der = osy_rsa_key_to_public_der (key, NULL);
  g_autoptr (GBytes) longer = with_byte_behind (der);
  g_autoptr (GBytes) public_longer = with_byte_behind (public_der);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (der, 0, 100);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) small = foreign_public_der (EVP_RSA_gen (1024));
  g_autoptr (GBytes) curve = foreign_public_der (EVP_EC_gen ("P-256"));

  assert_refused (osy_rsa_key_from_der, longer);
  assert_refused (osy_rsa_key_from_der, cut);
  assert_refused (osy_rsa_key_from_der, none);
  assert_refused (osy_rsa_key_from_der, public_der);
  assert_refused (osy_rsa_key_from_public_der, public_longer);
  assert_refused (osy_rsa_key_from_public_der, none);
  assert_refused (osy_rsa_key_from_public_der, der);
  assert_refused (osy_rsa_key_from_public_der, small);
  assert_refused (osy_rsa_key_from_public_der, curve);
}

static gpointer
sign_and_verify (gpointer data)
{
  for (int i = 0; i < 40; i++) {
    g_autofree char *text = g_strdup_printf ("%p %d", (void *)g_thread_self (), i);
    g_autoptr (GBytes) signature = sign (data, text);
    for (int n = 0; n < 10; n++)
      g_assert_true (verifies (data, text, signature));
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (OsyRsaKey) key = new_key ();
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sign", sign_and_verify, key);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rsa/wycheproof", test_wycheproof);
  g_test_add_func ("/rsa/round-trip", test_round_trip);
  g_test_add_func ("/rsa/wrong-keys", test_wrong_keys);
  g_test_add_func ("/rsa/threads", test_threads);
  return g_test_run ();
}
