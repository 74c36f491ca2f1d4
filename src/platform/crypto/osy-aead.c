/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* AES-256-GCM with the nonce chosen here, so that no caller can repeat one. */

#include <string.h>

#include <openssl/evp.h>

#include "osy-crypto.h"
#include "osy-id.h"

#define OVERHEAD (OSY_AEAD_NONCE_SIZE + OSY_AEAD_TAG_SIZE)
/* OpenSSL counts in int. */
#define MAX_LEN ((gsize)G_MAXINT - 64)

typedef EVP_CIPHER_CTX Context;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Context, EVP_CIPHER_CTX_free)

/* Fetched once: looking it up for every cell costs more than sealing one. Never freed. */
static EVP_CIPHER *
cipher (void)
{
  static gsize once;
  static EVP_CIPHER *aes;

  if (g_once_init_enter (&once)) {
    aes = EVP_CIPHER_fetch (NULL, "AES-256-GCM", NULL);
    g_once_init_leave (&once, 1);
  }
  return aes;
}

/* Feeds nonce and AAD. */
static gboolean
begin (Context *ctx, const guint8 *key, const guint8 *nonce, const char *aad, int encrypt)
{
  gsize aad_len = aad ? strlen (aad) : 0;
  int done;

  if (ctx == NULL || cipher () == NULL || aad_len > MAX_LEN)
    return FALSE;
  /* The default length of the nonce is the 96 bits we use. */
  if (EVP_CipherInit_ex2 (ctx, cipher (), key, nonce, encrypt, NULL) != 1)
    return FALSE;
  return aad_len == 0 ||
         EVP_CipherUpdate (ctx, NULL, &done, (const guint8 *)aad, (int)aad_len) == 1;
}

/* EVP refuses NULL data even when there is none to work on. */
static gboolean
feed (Context *ctx, guint8 *out, const guint8 *in, gsize len)
{
  int done;
  return len == 0 || (EVP_CipherUpdate (ctx, out, &done, in, (int)len) == 1 && done == (int)len);
}

GBytes *
osy_aead_seal (const guint8 key[OSY_KEY_SIZE],
               const char *aad,
               const guint8 *plain,
               gsize len,
               GError **error)
{
  g_return_val_if_fail (plain != NULL || len == 0, NULL);

  if (len > MAX_LEN) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_TOO_LARGE, "The text is too long to encrypt.");
    return NULL;
  }
  g_autoptr (Context) ctx = EVP_CIPHER_CTX_new ();
  g_autofree guint8 *sealed = g_malloc (OVERHEAD + len);
  guint8 *text = sealed + OSY_AEAD_NONCE_SIZE;
  int done = 0;

  osy_random_bytes (sealed, OSY_AEAD_NONCE_SIZE);
  if (!begin (ctx, key, sealed, aad, 1) || !feed (ctx, text, plain, len) ||
      EVP_CipherFinal_ex (ctx, text + len, &done) != 1 ||
      EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_AEAD_GET_TAG, OSY_AEAD_TAG_SIZE, text + len) != 1) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "OpenSSL cannot encrypt.");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&sealed), OVERHEAD + len);
}

GBytes *
osy_aead_open (const guint8 key[OSY_KEY_SIZE],
               const char *aad,
               const guint8 *sealed,
               gsize len,
               GError **error)
{
  g_return_val_if_fail (sealed != NULL || len == 0, NULL);

  if (len >= OVERHEAD && len - OVERHEAD <= MAX_LEN) {
    g_autoptr (Context) ctx = EVP_CIPHER_CTX_new ();
    gsize text_len = len - OVERHEAD;
    g_autofree guint8 *text = g_malloc (text_len + 1);
    guint8 tag[OSY_AEAD_TAG_SIZE];
    int done = 0;

    memcpy (tag, sealed + len - sizeof tag, sizeof tag);
    gboolean good = begin (ctx, key, sealed, aad, 0) &&
                    feed (ctx, text, sealed + OSY_AEAD_NONCE_SIZE, text_len) &&
                    EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_AEAD_SET_TAG, sizeof tag, tag) == 1 &&
                    EVP_CipherFinal_ex (ctx, text + text_len, &done) == 1;
    GBytes *plain = good ? osy_secret_bytes_new (text, text_len) : NULL;
    osy_wipe (text, text_len);
    if (plain != NULL)
      return plain;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                       "The stored value was altered or sealed with another key.");
  return NULL;
}
