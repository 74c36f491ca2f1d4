/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* RS256 with keys parsed once: reading a key for every token costs ten times the check itself. */

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "osy-crypto.h"

#define MIN_BITS 2048
#define MAX_BITS 8192

struct _OsyRsaKey {
  EVP_PKEY *pkey;
  gboolean has_private;
  EVP_PKEY_CTX *verifier; /* ready to verify; never used itself but copied, which takes no lookup */
};

typedef EVP_MD_CTX Digest;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Digest, EVP_MD_CTX_free)
typedef EVP_PKEY_CTX KeyContext;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeyContext, EVP_PKEY_CTX_free)
typedef PKCS8_PRIV_KEY_INFO PrivateInfo;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrivateInfo, PKCS8_PRIV_KEY_INFO_free)

static gboolean
prepare_to_verify (EVP_PKEY_CTX *ctx)
{
  return ctx != NULL && EVP_PKEY_verify_init (ctx) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding (ctx, RSA_PKCS1_PADDING) == 1 &&
         EVP_PKEY_CTX_set_signature_md (ctx, EVP_sha256 ()) == 1;
}

/* Takes @pkey. */
static OsyRsaKey *
take (EVP_PKEY *pkey, gboolean has_private, GError **error)
{
  if (pkey == NULL || !EVP_PKEY_is_a (pkey, "RSA") || EVP_PKEY_get_bits (pkey) < MIN_BITS ||
      EVP_PKEY_get_bits (pkey) > MAX_BITS) {
    EVP_PKEY_free (pkey);
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The signing key is not an RSA key of %d to %d bits.", MIN_BITS, MAX_BITS);
    return NULL;
  }
  OsyRsaKey *self = g_new0 (OsyRsaKey, 1);
  self->pkey = pkey;
  self->has_private = has_private;
  self->verifier = EVP_PKEY_CTX_new_from_pkey (NULL, pkey, NULL);
  if (prepare_to_verify (self->verifier))
    return self;
  osy_rsa_key_free (self);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                       "OpenSSL cannot verify with the signing key.");
  return NULL;
}

OsyRsaKey *
osy_rsa_key_generate (guint bits, GError **error)
{
  g_return_val_if_fail (bits >= MIN_BITS && bits <= MAX_BITS, NULL);
  return take (EVP_RSA_gen (bits), TRUE, error);
}

OsyRsaKey *
osy_rsa_key_from_der (GBytes *der, GError **error)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (PrivateInfo) info =
      len > 0 && len < G_MAXINT ? d2i_PKCS8_PRIV_KEY_INFO (NULL, &end, (long)len) : NULL;

  /* Bytes behind the structure mean that it is not what was written. */
  if (info != NULL && end == data + len)
    return take (EVP_PKCS82PKEY (info), TRUE, error);
  return take (NULL, TRUE, error);
}

/* Whether 65537 brings forth @modulus among the remainders of @prime. */
static gboolean
is_power_of_generator (BN_ULONG modulus, BN_ULONG prime)
{
  BN_ULONG power = 1;

  for (BN_ULONG i = 0; i < prime; i++) {
    if (power == modulus)
      return TRUE;
    power = power * 65537 % prime;
  }
  return FALSE;
}

/* The mark of keys that faulty smart cards made and that can be factored (CVE-2017-15361, "ROCA").
 * One sound key in 2^27 bears it too. */
static gboolean
is_roca (EVP_PKEY *pkey)
{
  static const BN_ULONG primes[] = {11, 13, 17,  19,  37,  53,  61,  71, 73,
                                    79, 97, 103, 107, 109, 127, 151, 157};
  BIGNUM *n = NULL;
  gboolean marked = EVP_PKEY_get_bn_param (pkey, OSSL_PKEY_PARAM_RSA_N, &n) == 1;

  for (gsize i = 0; marked && i < G_N_ELEMENTS (primes); i++)
    marked = is_power_of_generator (BN_mod_word (n, primes[i]), primes[i]);
  BN_free (n);
  return marked;
}

/* With an exponent of 1 every text is its own signature. */
static gboolean
has_no_exponent (EVP_PKEY *pkey)
{
  BIGNUM *e = NULL;
  gboolean none =
      EVP_PKEY_get_bn_param (pkey, OSSL_PKEY_PARAM_RSA_E, &e) == 1 && BN_num_bits (e) < 2;

  BN_free (e);
  return none;
}

OsyRsaKey *
osy_rsa_key_from_public_der (GBytes *der, GError **error)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  EVP_PKEY *pkey = len > 0 && len < G_MAXINT ? d2i_PUBKEY (NULL, &end, (long)len) : NULL;

  if (pkey != NULL && (end != data + len || is_roca (pkey) || has_no_exponent (pkey)))
    g_clear_pointer (&pkey, EVP_PKEY_free);
  return take (pkey, FALSE, error);
}

void
osy_rsa_key_free (OsyRsaKey *self)
{
  EVP_PKEY_CTX_free (self->verifier);
  EVP_PKEY_free (self->pkey);
  g_free (self);
}

static GBytes *
no_der (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The RSA key cannot be written.");
  return NULL;
}

GBytes *
osy_rsa_key_to_der (OsyRsaKey *self, GError **error)
{
  g_return_val_if_fail (self->has_private, NULL);

  g_autoptr (PrivateInfo) info = EVP_PKEY2PKCS8 (self->pkey);
  guint8 *der = NULL;
  int len = info ? i2d_PKCS8_PRIV_KEY_INFO (info, &der) : -1;
  if (len <= 0)
    return no_der (error);
  GBytes *bytes = osy_secret_bytes_new (der, (gsize)len);
  OPENSSL_clear_free (der, (gsize)len);
  return bytes;
}

GBytes *
osy_rsa_key_to_public_der (OsyRsaKey *self, GError **error)
{
  guint8 *der = NULL;
  int len = i2d_PUBKEY (self->pkey, &der);

  if (len <= 0)
    return no_der (error);
  GBytes *bytes = g_bytes_new (der, (gsize)len);
  OPENSSL_free (der);
  return bytes;
}

GBytes *
osy_rsa_sign_sha256 (OsyRsaKey *self, const guint8 *data, gsize len, GError **error)
{
  g_return_val_if_fail (self->has_private, NULL);

  g_autoptr (Digest) ctx = EVP_MD_CTX_new ();
  gsize size = (gsize)EVP_PKEY_get_size (self->pkey);
  g_autofree guint8 *signature = g_malloc (size);
  if (ctx == NULL ||
      EVP_DigestSignInit_ex (ctx, NULL, "SHA256", NULL, NULL, self->pkey, NULL) != 1 ||
      EVP_DigestSign (ctx, signature, &size, data, len) != 1) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The RSA key cannot sign.");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&signature), size);
}

gboolean
osy_rsa_verify_sha256 (OsyRsaKey *self,
                       const guint8 *data,
                       gsize len,
                       const guint8 *signature,
                       gsize signature_len)
{
  guint8 digest[32];
  g_autoptr (KeyContext) ctx = EVP_PKEY_CTX_dup (self->verifier);

  osy_sha256 (data, len, digest);
  return ctx != NULL && EVP_PKEY_verify (ctx, signature, signature_len, digest, sizeof digest) == 1;
}
