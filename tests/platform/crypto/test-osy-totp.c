/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One-time codes and Ed25519 against the vectors of their RFCs. */

#include <string.h>

#include "osy-codec.h"
#include "osy-crypto.h"

static const guint8 secret[] = "12345678901234567890";

/* RFC 6238, appendix B, SHA-1; the last six digits of its eight. */
static const struct {
  gint64 at;
  const char *code;
} vectors[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++) {
    gint64 step = 0;

    g_assert_true (osy_totp_check (secret, vectors[i].at * G_USEC_PER_SEC, vectors[i].code, &step));
    g_assert_cmpint (step, ==, vectors[i].at / 30);
  }
}

/* One step early or late is still right and says which; two are not. */
static void
test_window (void)
{
  gint64 at = vectors[1].at;

  for (int off = -3; off <= 3; off++) {
    gint64 step = 0;
    gboolean right =
        osy_totp_check (secret, (at + 30 * off) * G_USEC_PER_SEC, vectors[1].code, &step);

    g_assert_cmpint (right, ==, off >= -1 && off <= 1);
    if (right)
      g_assert_cmpint (step, ==, at / 30);
  }
}

static void
test_not_codes (void)
{
  static const char *const bad[] = {
      "",       "28708",   "2870820",      " 287082", "287082 ",  "28708a",
      "-87082", "+287082", "２８７０８２", "287 082", "94287082", "287082\n28708"};
  gint64 step;

  g_assert_false (osy_totp_check (secret, 59 * G_USEC_PER_SEC, NULL, &step));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (osy_totp_check (secret, 59 * G_USEC_PER_SEC, bad[i], &step));
}

static void
test_text (void)
{
  g_autofree char *text = osy_totp_secret_to_text (secret);

  g_assert_cmpstr (text, ==, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

/* RFC 8032 §7.1, tests 1 and 2. */
static void
test_ed25519 (void)
{
  static const struct {
    const char *secret;
    const char *public_key;
    const char *message;
    const char *signature;
  } cases[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9"
       "b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "1"
       "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) key = osy_hex_decode (cases[i].secret);
    g_autoptr (GBytes) message = osy_hex_decode (cases[i].message);
    gsize len = 0;
    const guint8 *data = g_bytes_get_data (message, &len);
    guint8 public_key[OSY_ED25519_KEY_SIZE];
    guint8 signature[OSY_ED25519_SIGNATURE_SIZE];

    g_assert_true (osy_ed25519_public (g_bytes_get_data (key, NULL), public_key, NULL));
    g_assert_true (osy_ed25519_sign (g_bytes_get_data (key, NULL), data, len, signature, NULL));
    g_autofree char *public_hex = osy_hex_encode (public_key, sizeof public_key);
    g_autofree char *signature_hex = osy_hex_encode (signature, sizeof signature);
    g_assert_cmpstr (public_hex, ==, cases[i].public_key);
    g_assert_cmpstr (signature_hex, ==, cases[i].signature);
    g_assert_true (osy_ed25519_verify (public_key, data, len, signature));
    signature[i] ^= 1;
    g_assert_false (osy_ed25519_verify (public_key, data, len, signature));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totp/vectors", test_vectors);
  g_test_add_func ("/totp/window", test_window);
  g_test_add_func ("/totp/not-codes", test_not_codes);
  g_test_add_func ("/totp/text", test_text);
  g_test_add_func ("/ed25519/vectors", test_ed25519);
  return g_test_run ();
}
