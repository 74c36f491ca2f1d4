/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* AES-256-GCM with the nonce chosen here, so that no caller can repeat one.
 *
 * Nonces are 96 random bits each (SP 800-38D §8.2.2, RBG-based), which needs no counter that a
 * restart or a restored backup could set back. They are drawn many at a time, and a thread's store
 * of them is not carried over a fork. */

#include <pthread.h>
#include <string.h>

#include <openssl/evp.h>

#include "osy-crypto.h"
#include "osy-id.h"

#define OVERHEAD (OSY_AEAD_NONCE_SIZE + OSY_AEAD_TAG_SIZE)
/* OpenSSL counts in int. */
#define MAX_LEN ((gsize)G_MAXINT - 64)
#define NONCES 64

/* What a thread keeps between cells: to make a context and to ask the kernel for each nonce costs
 * more than to seal. Its context holds the last key until the next one. */
typedef struct {
  EVP_CIPHER_CTX *ctx;
  guint8 nonces[NONCES * OSY_AEAD_NONCE_SIZE];
  guint left;
  guint forks;
} Desk;

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  EVP_CIPHER_CTX_free (desk->ctx);
  g_free (desk);
}

static GPrivate desks = G_PRIVATE_INIT (desk_free);
static guint forks; /* counted in the child, where one thread is left */

static void
count_fork (void)
{
  forks++;
}

/* Fetched once: looking it up for every cell costs more than sealing one. Never freed. */
static EVP_CIPHER *
cipher (void)
{
  static gsize once;
  static EVP_CIPHER *aes;

  if (g_once_init_enter (&once)) {
    aes = EVP_CIPHER_fetch (NULL, "AES-256-GCM", NULL);
    pthread_atfork (NULL, NULL, count_fork);
    g_once_init_leave (&once, 1);
  }
  return aes;
}

/* Returns: (transfer none) (nullable): this thread's. */
static Desk *
sit_down (void)
{
  Desk *desk = g_private_get (&desks);

  if (desk != NULL)
    return desk;
  desk = g_new0 (Desk, 1);
  desk->ctx = EVP_CIPHER_CTX_new ();
  if (cipher () == NULL || desk->ctx == NULL ||
      EVP_CipherInit_ex2 (desk->ctx, cipher (), NULL, NULL, 1, NULL) != 1) {
    desk_free (desk);
    return NULL;
  }
  desk->forks = forks;
  g_private_set (&desks, desk);
  return desk;
}

static void
take_nonce (Desk *desk, guint8 out[OSY_AEAD_NONCE_SIZE])
{
  if (desk->left == 0 || desk->forks != forks) {
    osy_random_bytes (desk->nonces, sizeof desk->nonces);
    desk->left = NONCES;
    desk->forks = forks;
  }
  memcpy (out, desk->nonces + --desk->left * OSY_AEAD_NONCE_SIZE, OSY_AEAD_NONCE_SIZE);
}

/* Feeds key, nonce and AAD. */
static gboolean
begin (EVP_CIPHER_CTX *ctx, const guint8 *key, const guint8 *nonce, const char *aad, int encrypt)
{
  gsize aad_len = aad ? strlen (aad) : 0;
  int done;

  /* The default length of the nonce is the 96 bits we use. */
  return aad_len <= MAX_LEN && EVP_CipherInit_ex2 (ctx, NULL, key, nonce, encrypt, NULL) == 1 &&
         (aad_len == 0 ||
          EVP_CipherUpdate (ctx, NULL, &done, (const guint8 *)aad, (int)aad_len) == 1);
}

/* EVP refuses NULL data even when there is none to work on. */
static gboolean
feed (EVP_CIPHER_CTX *ctx, guint8 *out, const guint8 *in, gsize len)
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
  Desk *desk = sit_down ();
  g_autofree guint8 *sealed = g_malloc (OVERHEAD + len);
  guint8 *text = sealed + OSY_AEAD_NONCE_SIZE;
  int done = 0;

  if (desk != NULL)
    take_nonce (desk, sealed);
  if (desk == NULL || !begin (desk->ctx, key, sealed, aad, 1) ||
      !feed (desk->ctx, text, plain, len) ||
      EVP_CipherFinal_ex (desk->ctx, text + len, &done) != 1 ||
      EVP_CIPHER_CTX_ctrl (desk->ctx, EVP_CTRL_AEAD_GET_TAG, OSY_AEAD_TAG_SIZE, text + len) != 1) {
    g_private_replace (&desks, NULL); /* nothing of a failure is carried on */
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

  Desk *desk = len >= OVERHEAD && len - OVERHEAD <= MAX_LEN ? sit_down () : NULL;
  if (desk != NULL) {
    gsize text_len = len - OVERHEAD;
    guint8 *text = NULL;
    g_autoptr (GBytes) plain = osy_secret_bytes_alloc (text_len, &text);
    guint8 tag[OSY_AEAD_TAG_SIZE];
    int done = 0;

    memcpy (tag, sealed + len - sizeof tag, sizeof tag);
    if (begin (desk->ctx, key, sealed, aad, 0) &&
        feed (desk->ctx, text, sealed + OSY_AEAD_NONCE_SIZE, text_len) &&
        EVP_CIPHER_CTX_ctrl (desk->ctx, EVP_CTRL_AEAD_SET_TAG, sizeof tag, tag) == 1 &&
        EVP_CipherFinal_ex (desk->ctx, text + text_len, &done) == 1)
      return g_steal_pointer (&plain);
    g_private_replace (&desks, NULL);
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                       "The stored value was altered or sealed with another key.");
  return NULL;
}
