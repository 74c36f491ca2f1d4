/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the cryptography, µs each: a cell of 900 bytes sealed, opened,
 * the same bytes hashed (the floor), the RS256 signature of an access token checked. */

#include <string.h>

#include "osy-crypto.h"

#define BYTES 900
#define AAD "v1|orders|customer_name_enc|0199b0a0-0000-7000-8000-000000000000|key"
#define ROUNDS 20000

static double
microseconds (gint64 begun, guint rounds)
{
  return (double)(g_get_monotonic_time () - begun) / rounds;
}

static void
cells (const guint8 key[OSY_KEY_SIZE], const guint8 *plain)
{
  g_autoptr (GBytes) sealed = osy_aead_seal (key, AAD, plain, BYTES, NULL);
  gsize len;
  const guint8 *data = g_bytes_get_data (sealed, &len);
  guint8 digest[32];
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < ROUNDS; i++)
    g_bytes_unref (osy_aead_seal (key, AAD, plain, BYTES, NULL));
  g_print ("%.3f ", microseconds (begun, ROUNDS));
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < ROUNDS; i++)
    g_bytes_unref (osy_aead_open (key, AAD, data, len, NULL));
  g_print ("%.3f ", microseconds (begun, ROUNDS));
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < ROUNDS; i++)
    osy_sha256 (plain, BYTES, digest);
  g_print ("%.3f ", microseconds (begun, ROUNDS));
}

static void
signatures (const guint8 *plain)
{
  g_autoptr (OsyRsaKey) key = osy_rsa_key_generate (2048, NULL);
  g_autoptr (GBytes) signature = osy_rsa_sign_sha256 (key, plain, 400, NULL);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);
  gint64 begun = g_get_monotonic_time ();

  for (guint i = 0; i < ROUNDS / 10; i++)
    g_assert_true (osy_rsa_verify_sha256 (key, plain, 400, data, len));
  g_print ("%.3f\n", microseconds (begun, ROUNDS / 10));
}

int
main (void)
{
  const guint8 key[OSY_KEY_SIZE] = {7};
  guint8 plain[BYTES];

  memset (plain, 'x', sizeof plain);
  cells (key, plain);
  signatures (plain);
  return 0;
}
