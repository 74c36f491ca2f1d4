/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-crypto.h"

G_BEGIN_DECLS

/* Characters of an acceptable password. Eight is NIST 800-63B-4's least for a password that is not
 * the only barrier: the daemon listens on the shop's own machine and stops guessing after ten. */
#define OSY_PASSWORD_MIN 8
#define OSY_PASSWORD_MAX 128

/**
 * osy_password_check:
 * @words: (nullable): NULL-terminated words it may not consist of (the shop's name, the e-mail)
 * @pointer: JSON pointer of the member it came in, for the error's field
 *
 * Returns: FALSE with INVALID_REQUEST that says what a good password is, when @password is too
 * short, too long, one of the best known ones or one of @words.
 */
gboolean osy_password_check (const char *password,
                             const char *const *words,
                             const char *pointer,
                             GError **error);

/**
 * OsyPasswordHasher: bcrypt(base64(HMAC-SHA-256(pepper, NFC(password)))), so that neither the 72
 * bytes nor the NUL of bcrypt matter. The asynchronous calls share one thread and a queue of
 * twenty, so that guessing never takes more than one core.
 */
#define OSY_TYPE_PASSWORD_HASHER (osy_password_hasher_get_type ())
G_DECLARE_FINAL_TYPE (OsyPasswordHasher, osy_password_hasher, OSY, PASSWORD_HASHER, GObject)

/** osy_password_hasher_new: @pepper: secret of this installation; copied, wiped at the end. */
OsyPasswordHasher *osy_password_hasher_new (const guint8 pepper[OSY_KEY_SIZE]);

/** osy_password_hasher_set_cost: bcrypt's cost for new hashes, 12 by default; tests take less. */
void osy_password_hasher_set_cost (OsyPasswordHasher *self, guint cost);

/** osy_password_hasher_hash: in the calling thread; 0.2 s. Returns: (transfer full): the hash. */
char *osy_password_hasher_hash (OsyPasswordHasher *self, const char *password, GError **error);

/** osy_password_hasher_verify: in the calling thread. @hash: (nullable): NULL takes the same time
 * and fails, so that nobody learns whether an account exists. */
gboolean
osy_password_hasher_verify (OsyPasswordHasher *self, const char *password, const char *hash);

/** osy_password_hasher_is_outdated: Returns: whether @hash was made with another cost than new ones
 * are, and is to be made anew while the password is at hand. */
gboolean osy_password_hasher_is_outdated (OsyPasswordHasher *self, const char *hash);

/** osy_password_hasher_verified: Returns: how many comparisons were made, for tests and metrics. */
guint osy_password_hasher_verified (OsyPasswordHasher *self);

/** osy_password_hasher_hash_async: UNAVAILABLE at once when twenty are waiting. */
void osy_password_hasher_hash_async (OsyPasswordHasher *self,
                                     const char *password,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *
osy_password_hasher_hash_finish (OsyPasswordHasher *self, GAsyncResult *result, GError **error);

/** osy_password_hasher_verify_async: UNAVAILABLE at once when twenty are waiting. */
void osy_password_hasher_verify_async (OsyPasswordHasher *self,
                                       const char *password,
                                       const char *hash,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/** osy_password_hasher_verify_finish: *@ret says whether it is right; FALSE with @error when it
 * could not be checked. */
gboolean osy_password_hasher_verify_finish (OsyPasswordHasher *self,
                                            GAsyncResult *result,
                                            gboolean *ret,
                                            GError **error);

G_END_DECLS
