/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-store.h"

G_BEGIN_DECLS

/* The second factor of an account: codes of an authenticator (RFC 6238), and ten codes on paper for
 * the day the telephone is lost. Each code is good once. All after osy_auth_store_act_as(). */

#define OSY_AUTH_RECOVERY_CODES 10

/** What an authenticator needs. */
typedef struct {
  char *secret; /* base32 */
  char *uri;    /* otpauth://, to be shown as a QR code */
} OsyAuthTotpStart;
void osy_auth_totp_start_clear (OsyAuthTotpStart *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthTotpStart, osy_auth_totp_start_clear)

/** osy_auth_totp_begin: a new secret, which counts once a code of it was shown. CONFLICT when there
 * is one that counts. */
gboolean osy_auth_totp_begin (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyAuthUser *user,
                              OsyAuthTotpStart *ret,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_auth_totp_confirm: makes the secret count. Returns: (transfer full): the recovery codes
 * (char*), which nobody can read again; NULL with INVALID_REQUEST for a wrong code, CONFLICT when
 * nothing was begun. */
GPtrArray *osy_auth_totp_confirm (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  const char *code,
                                  GError **error);

typedef enum {
  OSY_AUTH_TOTP_NONE,  /* the account has no second factor */
  OSY_AUTH_TOTP_RIGHT, /* and this code is used up */
  OSY_AUTH_TOTP_WRONG,
  OSY_AUTH_TOTP_MISSING,
} OsyAuthTotpOutcome;
/** osy_auth_totp_peek: @right: (out): whether @code would be right; it stays good. Wrong codes of
 * the authenticator are counted, five in 15 minutes; recovery codes have 50 bits and need no
 * counting, so nobody can stop them by guessing. */
gboolean osy_auth_totp_peek (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const char *user_id,
                             const char *code,
                             gboolean *right,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_auth_totp_check: @code: (nullable): of the authenticator, or a recovery code. Wrong ones are
 * counted apart from those of _peek; RATE_LIMITED after five in 15 minutes. */
gboolean osy_auth_totp_check (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const char *user_id,
                              const char *code,
                              OsyAuthTotpOutcome *ret,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_auth_totp_exists: @ret: (out): whether @user_id has a second factor that counts. */
gboolean osy_auth_totp_exists (OsyDbTx *tx, const char *user_id, gboolean *ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_auth_totp_remove: with a code that is right. INVALID_REQUEST otherwise. */
gboolean osy_auth_totp_remove (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               const char *code,
                               GError **error);

G_END_DECLS
