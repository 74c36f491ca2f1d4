/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-jwt.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** The keys that sign access tokens, parsed once. Thread-safe: they may be read anew at any time.
 */
typedef struct _OsyAuthKeys OsyAuthKeys;

/** osy_auth_keys_new: Returns: (transfer full): no key yet. */
OsyAuthKeys *osy_auth_keys_new (void);
/** osy_auth_keys_free: wipes the keys. */
void osy_auth_keys_free (OsyAuthKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthKeys, osy_auth_keys_free)

/** osy_auth_keys_ensure: makes the first key, wrapped, when the table has none. Worker. */
gboolean osy_auth_keys_ensure (OsyDbTx *tx, OsyKeyring *ring, GError **error);

/** osy_auth_keys_turn: a new key that signs from the next osy_auth_keys_load() on; older ones are
 * retired and only verify. Role ordersync_keys. */
gboolean osy_auth_keys_turn (OsyDbTx *tx, OsyKeyring *ring, GError **error);
/** osy_auth_keys_drop: retired keys are gone: not before the last token of theirs has ended. */
gboolean osy_auth_keys_drop (OsyDbTx *tx, GError **error);

/** osy_auth_keys_load: reads every key of the table; the newest signs. Worker; on failure those
 * that were there stay. */
gboolean osy_auth_keys_load (OsyAuthKeys *self, OsyDbTx *tx, OsyKeyring *ring, GError **error);

/** osy_auth_keys_sign: any thread. Returns: (transfer full): a token. */
char *osy_auth_keys_sign (OsyAuthKeys *self, const OsyJwtClaims *claims, GError **error);

/** osy_auth_keys_verify: any thread; see osy_jwt_verify(). */
gboolean osy_auth_keys_verify (OsyAuthKeys *self,
                               const char *token,
                               gint64 now,
                               OsyJwtClaims *ret,
                               GError **error);

/** osy_auth_keys_signed: Returns: whether @token bears one of our signatures, be it too old to
 * count.
 */
gboolean osy_auth_keys_signed (OsyAuthKeys *self, const char *token);

G_END_DECLS
