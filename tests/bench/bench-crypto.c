/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the cryptography, one line of processor time in µs: a cell of
 * 900 bytes sealed, OpenSSL's part of it, opened, OpenSSL's part of it, the RS256 signature of an
 * access token checked, OpenSSL's part of it. OpenSSL's part is the same work with a context that
 * is ready, and a key and a nonce that are given. */

#include <string.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "osy-crypto.h"

#define BYTES 900
#define AAD "v1|orders|customer_name_enc|0199b0a0-0000-7000-8000-000000000000|key"
#define ROUNDS 60
#define FIGURES 6

typedef struct {
  guint8 key[OSY_KEY_SIZE];
  guint8 plain[BYTES];
  GBytes *sealed;
  EVP_CIPHER_CTX *cipher;
  OsyRsaKey *rsa;
  GBytes *signature;
  EVP_PKEY_CTX *power;
} Bench;

static void
seal (Bench *self)
{
  g_bytes_unref (osy_aead_seal (self->key, AAD, self->plain, BYTES, NULL));
}

static void
open_cell (Bench *self)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (self->sealed, &len);

  g_bytes_unref (osy_aead_open (self->key, AAD, data, len, NULL));
}

/* Returns: where the ciphertext or the text ends, which is kept from being left out. */
static guint8
gcm (Bench *self, const guint8 *nonce, const guint8 *in, guint8 *tag, int encrypt)
{
  guint8 out[BYTES];
  int len;

  EVP_CipherInit_ex2 (self->cipher, NULL, self->key, nonce, encrypt, NULL);
  EVP_CipherUpdate (self->cipher, NULL, &len, (const guint8 *)AAD, (int)strlen (AAD));
  EVP_CipherUpdate (self->cipher, out, &len, in, BYTES);
  if (!encrypt)
    EVP_CIPHER_CTX_ctrl (self->cipher, EVP_CTRL_AEAD_SET_TAG, OSY_AEAD_TAG_SIZE, tag);
  g_assert_cmpint (EVP_CipherFinal_ex (self->cipher, out, &len), ==, 1);
  if (encrypt)
    EVP_CIPHER_CTX_ctrl (self->cipher, EVP_CTRL_AEAD_GET_TAG, OSY_AEAD_TAG_SIZE, tag);
  return out[BYTES - 1];
}

static void
bare_seal (Bench *self)
{
  guint8 tag[OSY_AEAD_TAG_SIZE];

  gcm (self, self->key, self->plain, tag, 1);
}

static void
bare_open (Bench *self)
{
  const guint8 *data = g_bytes_get_data (self->sealed, NULL);
  guint8 tag[OSY_AEAD_TAG_SIZE];

  memcpy (tag, data + OSY_AEAD_NONCE_SIZE + BYTES, sizeof tag);
  gcm (self, data, data + OSY_AEAD_NONCE_SIZE, tag, 0);
}

static void
check (Bench *self)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (self->signature, &len);

  g_assert_true (osy_rsa_verify_sha256 (self->rsa, self->plain, 400, data, len));
}

/* The public operation of RSA alone: no padding looked at, nothing hashed. */
static void
bare_check (Bench *self)
{
  guint8 out[256];
  gsize out_len = sizeof out, len;
  const guint8 *data = g_bytes_get_data (self->signature, &len);

  g_assert_cmpint (EVP_PKEY_verify_recover (self->power, out, &out_len, data, len), ==, 1);
}

static const struct {
  void (*work) (Bench *self);
  guint times;
} figures[FIGURES] = {{seal, 400},      {bare_seal, 400}, {open_cell, 400},
                      {bare_open, 400}, {check, 20},      {bare_check, 20}};

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

/* In turns, so that what disturbs the machine disturbs all of them. */
static void
measure (Bench *self)
{
  double took[FIGURES][ROUNDS];

  for (guint round = 0; round < ROUNDS; round++)
    for (guint i = 0; i < FIGURES; i++) {
      double begun = now ();

      for (guint n = 0; n < figures[i].times; n++)
        figures[i].work (self);
      took[i][round] = (now () - begun) / figures[i].times;
    }
  for (guint i = 0; i < FIGURES; i++) {
    qsort (took[i], ROUNDS, sizeof took[i][0], compare);
    g_print ("%.3f%s", took[i][ROUNDS / 2], i + 1 < FIGURES ? " " : "\n");
  }
}

static EVP_PKEY_CTX *
power_of (OsyRsaKey *key)
{
  g_autoptr (GBytes) der = osy_rsa_key_to_public_der (key, NULL);
  gsize len;
  const guint8 *data = g_bytes_get_data (der, &len);
  EVP_PKEY *pkey = d2i_PUBKEY (NULL, &data, (long)len);
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey (NULL, pkey, NULL);

  EVP_PKEY_free (pkey);
  g_assert_true (EVP_PKEY_verify_recover_init (ctx) == 1 &&
                 EVP_PKEY_CTX_set_rsa_padding (ctx, RSA_NO_PADDING) == 1);
  return ctx;
}

int
main (void)
{
  Bench self = {.key = {7}, .cipher = EVP_CIPHER_CTX_new ()};

  memset (self.plain, 'x', BYTES);
  EVP_CipherInit_ex2 (self.cipher, EVP_aes_256_gcm (), NULL, NULL, 1, NULL);
  self.sealed = osy_aead_seal (self.key, AAD, self.plain, BYTES, NULL);
  self.rsa = osy_rsa_key_generate (2048, NULL);
  self.signature = osy_rsa_sign_sha256 (self.rsa, self.plain, 400, NULL);
  self.power = power_of (self.rsa);
  measure (&self);
  EVP_PKEY_CTX_free (self.power);
  g_bytes_unref (self.signature);
  osy_rsa_key_free (self.rsa);
  g_bytes_unref (self.sealed);
  EVP_CIPHER_CTX_free (self.cipher);
  return 0;
}
