/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/* Thin, misuse-resistant wrappers of OpenSSL 3 EVP. Keys are 32 bytes. */
#define OSY_KEY_SIZE 32
#define OSY_AEAD_NONCE_SIZE 12
#define OSY_AEAD_TAG_SIZE 16

/**
 * osy_aead_seal:
 * @aad: (nullable): what the ciphertext is bound to; NULL is the same as ""
 * @plain: may be NULL when @len is 0
 *
 * AES-256-GCM under a fresh random nonce, so at most 2^32 times under one key (SP 800-38D).
 * Returns: (transfer full): nonce(12) | ciphertext | tag(16).
 */
GBytes *osy_aead_seal (const guint8 key[OSY_KEY_SIZE],
                       const char *aad,
                       const guint8 *plain,
                       gsize len,
                       GError **error);
/** osy_aead_open: Returns: (transfer full): the plaintext, wiped when freed; or NULL with
 * OSY_ERROR_KEY_UNAVAILABLE when anything was altered or the key is another one. */
GBytes *osy_aead_open (const guint8 key[OSY_KEY_SIZE],
                       const char *aad,
                       const guint8 *sealed,
                       gsize len,
                       GError **error);

/** osy_hmac_sha256: HMAC (RFC 2104) of @data into @out. */
void
osy_hmac_sha256 (const guint8 key[OSY_KEY_SIZE], const guint8 *data, gsize len, guint8 out[32]);
/** osy_sha256: digest of @data, NULL when @len is 0, into @out. */
void osy_sha256 (const guint8 *data, gsize len, guint8 out[32]);
/** osy_hkdf_sha256: RFC 5869 without salt; @info separates the uses of one key. */
void osy_hkdf_sha256 (const guint8 key[OSY_KEY_SIZE], const char *info, guint8 out[OSY_KEY_SIZE]);
/** osy_wipe: overwrites memory that held a secret. */
void osy_wipe (gpointer memory, gsize len);
/** osy_secret_bytes_new: Returns: (transfer full): a copy that is wiped when it is freed. */
GBytes *osy_secret_bytes_new (gconstpointer data, gsize len);
/** osy_secret_bytes_alloc: @data: (out) (transfer none): where its @len bytes are to be written
 * before anybody else sees it. Returns: (transfer full): wiped when it is freed. */
GBytes *osy_secret_bytes_alloc (gsize len, guint8 **data);

/* RS256 (RFC 7518 §3.3): RSASSA-PKCS1-v1_5 with SHA-256, keys of 2048 bits and more parsed once.
 * A key is immutable and may be used by several threads at once. */
typedef struct _OsyRsaKey OsyRsaKey;
void osy_rsa_key_free (OsyRsaKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyRsaKey, osy_rsa_key_free)
/** osy_rsa_key_generate: Slow: seconds for 4096 bits. */
OsyRsaKey *osy_rsa_key_generate (guint bits, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_key_from_der: a private key as PKCS#8 DER. */
OsyRsaKey *osy_rsa_key_from_der (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_key_from_public_der: a public key as SubjectPublicKeyInfo DER. */
OsyRsaKey *osy_rsa_key_from_public_der (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_key_to_der: Returns: (transfer full): the private key as PKCS#8, wiped when freed. */
GBytes *osy_rsa_key_to_der (OsyRsaKey *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_key_to_public_der: Returns: (transfer full): SubjectPublicKeyInfo. */
GBytes *osy_rsa_key_to_public_der (OsyRsaKey *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_sign_sha256: Returns: (transfer full): the signature, as long as the modulus. */
GBytes *osy_rsa_sign_sha256 (OsyRsaKey *self, const guint8 *data, gsize len, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_rsa_verify_sha256: Returns: whether @signature is @self's over @data. */
gboolean osy_rsa_verify_sha256 (OsyRsaKey *self,
                                const guint8 *data,
                                gsize len,
                                const guint8 *signature,
                                gsize signature_len) G_GNUC_WARN_UNUSED_RESULT;

/* Ed25519 (RFC 8032). Keys and signatures are raw bytes. */
#define OSY_ED25519_KEY_SIZE 32
#define OSY_ED25519_SIGNATURE_SIZE 64
/** osy_ed25519_generate: a new secret key into @secret. */
gboolean osy_ed25519_generate (guint8 secret[OSY_ED25519_KEY_SIZE],
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_ed25519_public: the public key of @secret into @out. */
gboolean osy_ed25519_public (const guint8 secret[OSY_ED25519_KEY_SIZE],
                             guint8 out[OSY_ED25519_KEY_SIZE],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_ed25519_sign: over @data, into @signature. */
gboolean osy_ed25519_sign (const guint8 secret[OSY_ED25519_KEY_SIZE],
                           const guint8 *data,
                           gsize len,
                           guint8 signature[OSY_ED25519_SIGNATURE_SIZE],
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_ed25519_verify: Returns: whether @signature is @public_key's over @data. */
gboolean
osy_ed25519_verify (const guint8 public_key[OSY_ED25519_KEY_SIZE],
                    const guint8 *data,
                    gsize len,
                    const guint8 signature[OSY_ED25519_SIGNATURE_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

/* One-time codes of RFC 6238: six digits, 30 s, HMAC-SHA-1 as every authenticator has it. */
#define OSY_TOTP_SECRET_SIZE 20
/** osy_totp_check: @now: UTC µs. Returns: whether @code is right now, or was or will be one step
 * away; then *@step is its step, to be refused the next time. */
gboolean osy_totp_check (const guint8 secret[OSY_TOTP_SECRET_SIZE],
                         gint64 now,
                         const char *code,
                         gint64 *step) G_GNUC_WARN_UNUSED_RESULT;
/** osy_totp_secret_to_text: Returns: (transfer full): base32, as authenticators take it. */
char *osy_totp_secret_to_text (const guint8 secret[OSY_TOTP_SECRET_SIZE]);

/**
 * osy_bcrypt_hash:
 * @secret: 1..72 ASCII bytes, already pre-hashed (bcrypt cuts what is longer; longer is refused)
 * @cost: 4..16, the logarithm of the work
 *
 * libxcrypt $2b$. Slow: 0.2 s at cost 12. Returns: (transfer full): 60 characters.
 */
char *osy_bcrypt_hash (const char *secret, guint cost, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_bcrypt_verify: Returns: whether @hash was made from @secret; FALSE for any other hash. */
gboolean osy_bcrypt_verify (const char *secret, const char *hash) G_GNUC_WARN_UNUSED_RESULT;
/** osy_bcrypt_cost: Returns: the cost of @hash, to decide on rehashing; 0 when it is not $2b$. */
guint osy_bcrypt_cost (const char *hash);

G_END_DECLS
