/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/* Thin, misuse-resistant wrappers of OpenSSL 3 EVP. Keys are 32 bytes. */
#define OSY_KEY_SIZE 32

/** osy_aead_seal: AES-256-GCM. Returns: (transfer full): nonce(12) | ciphertext | tag(16). */
GBytes *osy_aead_seal (const guint8 key[OSY_KEY_SIZE],
                       const char *aad,
                       const guint8 *plain,
                       gsize len,
                       GError **error);
/** osy_aead_open: Returns: (transfer full): the plaintext, or NULL when anything was altered. */
GBytes *osy_aead_open (const guint8 key[OSY_KEY_SIZE],
                       const char *aad,
                       const guint8 *sealed,
                       gsize len,
                       GError **error);
void
osy_hmac_sha256 (const guint8 key[OSY_KEY_SIZE], const guint8 *data, gsize len, guint8 out[32]);
void osy_sha256 (const guint8 *data, gsize len, guint8 out[32]);
/** osy_hkdf_sha256: RFC 5869 without salt; @info separates the uses of one key. */
void osy_hkdf_sha256 (const guint8 key[OSY_KEY_SIZE], const char *info, guint8 out[OSY_KEY_SIZE]);
/** osy_wipe: overwrites memory that held a secret. */
void osy_wipe (gpointer memory, gsize len);

/* RS256 (RFC 7518 §3.3) with keys parsed once. */
typedef struct _OsyRsaKey OsyRsaKey;
void osy_rsa_key_free (OsyRsaKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyRsaKey, osy_rsa_key_free)
OsyRsaKey *osy_rsa_key_generate (guint bits, GError **error);
/** DER (PKCS#8 private, SPKI public). */
OsyRsaKey *osy_rsa_key_from_der (GBytes *der, GError **error);
OsyRsaKey *osy_rsa_key_from_public_der (GBytes *der, GError **error);
GBytes *osy_rsa_key_to_der (OsyRsaKey *self, GError **error);
/** Safe from several threads. */
GBytes *osy_rsa_sign_sha256 (OsyRsaKey *self, const guint8 *data, gsize len, GError **error);
gboolean osy_rsa_verify_sha256 (OsyRsaKey *self,
                                const guint8 *data,
                                gsize len,
                                const guint8 *signature,
                                gsize signature_len);

/** osy_bcrypt_hash: libxcrypt $2b$ at @cost over an already pre-hashed ASCII @secret. Slow: 0.2 s.
 */
char *osy_bcrypt_hash (const char *secret, guint cost, GError **error);
gboolean osy_bcrypt_verify (const char *secret, const char *hash);

G_END_DECLS
