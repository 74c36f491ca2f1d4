/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ed25519 (RFC 8032) for what is signed once and verified by anybody, ever after. */

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "osy-crypto.h"

typedef EVP_PKEY PKey;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PKey, EVP_PKEY_free)
typedef EVP_MD_CTX Digest;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Digest, EVP_MD_CTX_free)

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                       "The Ed25519 key cannot be used.");
  return FALSE;
}

gboolean
osy_ed25519_generate (guint8 secret[OSY_ED25519_KEY_SIZE], GError **error)
{
  return RAND_priv_bytes (secret, OSY_ED25519_KEY_SIZE) == 1 || fail (error);
}

gboolean
osy_ed25519_public (const guint8 secret[OSY_ED25519_KEY_SIZE],
                    guint8 out[OSY_ED25519_KEY_SIZE],
                    GError **error)
{
  g_autoptr (PKey) key =
      EVP_PKEY_new_raw_private_key (EVP_PKEY_ED25519, NULL, secret, OSY_ED25519_KEY_SIZE);
  gsize len = OSY_ED25519_KEY_SIZE;

  return (key != NULL && EVP_PKEY_get_raw_public_key (key, out, &len) == 1) || fail (error);
}

gboolean
osy_ed25519_sign (const guint8 secret[OSY_ED25519_KEY_SIZE],
                  const guint8 *data,
                  gsize len,
                  guint8 signature[OSY_ED25519_SIGNATURE_SIZE],
                  GError **error)
{
  g_autoptr (PKey) key =
      EVP_PKEY_new_raw_private_key (EVP_PKEY_ED25519, NULL, secret, OSY_ED25519_KEY_SIZE);
  g_autoptr (Digest) digest = EVP_MD_CTX_new ();
  gsize signature_len = OSY_ED25519_SIGNATURE_SIZE;

  return (key != NULL && digest != NULL &&
          EVP_DigestSignInit (digest, NULL, NULL, NULL, key) == 1 &&
          EVP_DigestSign (digest, signature, &signature_len, data, len) == 1) ||
         fail (error);
}

gboolean
osy_ed25519_verify (const guint8 public_key[OSY_ED25519_KEY_SIZE],
                    const guint8 *data,
                    gsize len,
                    const guint8 signature[OSY_ED25519_SIGNATURE_SIZE])
{
  g_autoptr (PKey) key =
      EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, public_key, OSY_ED25519_KEY_SIZE);
  g_autoptr (Digest) digest = EVP_MD_CTX_new ();

  return key != NULL && digest != NULL &&
         EVP_DigestVerifyInit (digest, NULL, NULL, NULL, key) == 1 &&
         EVP_DigestVerify (digest, signature, OSY_ED25519_SIGNATURE_SIZE, data, len) == 1;
}
