/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SHA-256, HMAC, HKDF, and memory that forgets. */

#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "osy-crypto.h"

/* These functions have no way to fail but want of memory, on which GLib ends the process too; to
 * go on would hand out a digest that is not one. */
static void
must (gboolean done)
{
  if (!done)
    g_error ("OpenSSL cannot compute a digest");
}

/* Fetched once: looking it up takes as long as to hash 900 bytes. Never freed. */
static EVP_MD *
sha256 (void)
{
  static gsize once;
  static EVP_MD *md;

  if (g_once_init_enter (&once)) {
    md = EVP_MD_fetch (NULL, "SHA256", NULL);
    g_once_init_leave (&once, 1);
  }
  return md;
}

void
osy_sha256 (const guint8 *data, gsize len, guint8 out[32])
{
  must (EVP_Digest (data, len, out, NULL, sha256 (), NULL) == 1);
}

void
osy_hmac_sha256 (const guint8 key[OSY_KEY_SIZE], const guint8 *data, gsize len, guint8 out[32])
{
  must (HMAC (EVP_sha256 (), key, OSY_KEY_SIZE, data, len, out, NULL) != NULL);
}

void
osy_hkdf_sha256 (const guint8 key[OSY_KEY_SIZE], const char *info, guint8 out[OSY_KEY_SIZE])
{
  static const guint8 no_salt[OSY_KEY_SIZE];
  guint8 extracted[32];
  gsize len = strlen (info);
  g_autofree guint8 *block = g_malloc (len + 1);

  /* One block of output: T(1) = HMAC(PRK, info | 0x01). */
  memcpy (block, info, len);
  block[len] = 1;
  osy_hmac_sha256 (no_salt, key, OSY_KEY_SIZE, extracted);
  osy_hmac_sha256 (extracted, block, len + 1, out);
  osy_wipe (extracted, sizeof extracted);
}

void
osy_wipe (gpointer memory, gsize len)
{
  if (len > 0)
    explicit_bzero (memory, len);
}

typedef struct {
  gsize len;
  guint8 data[];
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  osy_wipe (secret->data, secret->len);
  g_free (secret);
}

GBytes *
osy_secret_bytes_alloc (gsize len, guint8 **data)
{
  Secret *secret = g_malloc (sizeof (Secret) + len + 1);

  secret->len = len;
  *data = secret->data;
  return g_bytes_new_with_free_func (secret->data, len, secret_free, secret);
}

GBytes *
osy_secret_bytes_new (gconstpointer data, gsize len)
{
  guint8 *copy;
  GBytes *bytes = osy_secret_bytes_alloc (len, &copy);

  if (len > 0)
    memcpy (copy, data, len);
  return bytes;
}
