/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-store.h"

G_BEGIN_DECLS

/* PINs: four to six digits, hashed as passwords are and sealed; one for each shop a person works
 * in. All in the transaction's restaurant. */

/** osy_auth_pin_check: refuses what everybody tries first: one digit over and over, runs, pairs,
 * years. FALSE with INVALID_REQUEST and @pointer. Any thread. */
gboolean osy_auth_pin_check (const char *pin, const char *pointer, GError **error);

/** osy_auth_pin_set: @hash: from OsyPasswordHasher. NOT_FOUND when @user_id does not work here. */
gboolean osy_auth_pin_set (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const char *user_id,
                           const char *hash,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_auth_pin_remove: @removed: (out) (nullable): whether there was one. */
gboolean osy_auth_pin_remove (OsyDbTx *tx, const char *user_id, gboolean *removed, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_auth_pin_exists: @ret: (out): whether @user_id has one here. */
gboolean osy_auth_pin_exists (OsyDbTx *tx, const char *user_id, gboolean *ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** Somebody who may show himself by a PIN. */
typedef struct {
  char *user_id;
  OsyRole role;
  char *hash;
} OsyAuthPin;
void osy_auth_pin_clear (OsyAuthPin *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthPin, osy_auth_pin_clear)

/** osy_auth_pin_load: @ret: (out): empty (user_id NULL) when @user_id has no PIN here. */
gboolean osy_auth_pin_load (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const char *user_id,
                            OsyAuthPin *ret,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_auth_pin_people: Returns: (transfer full): user_id, role of those who have one, or NULL. */
OsyDbRows *osy_auth_pin_people (OsyDbTx *tx, GError **error);

G_END_DECLS
