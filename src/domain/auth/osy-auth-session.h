/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-gate.h"
#include "osy-auth-keys.h"
#include "osy-auth.h"

G_BEGIN_DECLS

/* Life of a sign-in (reliability 3.6): twelve hours unused, thirty days in all. */
#define OSY_AUTH_IDLE_SECONDS (12 * 3600)
#define OSY_AUTH_SESSION_SECONDS (30 * 24 * 3600)
/** How long the answer to a renewal may be asked for again, when it was lost on the way. */
#define OSY_AUTH_GRACE_SECONDS 10

/** What sessions are made with. Borrowed. */
typedef struct {
  OsyKeyring *ring;
  OsyAuthKeys *keys;
  const char *client; /* nullable: address of who opens one; kept coarsely */
  OsyAuthGate *gate;  /* nullable: told, once it is committed, what does not count any more */
} OsyAuthSessions;

/**
 * osy_auth_session_open:
 * @user_id: one whose password and membership the caller has checked
 *
 * Makes a session in the transaction's restaurant and writes the audit row. Worker.
 */
gboolean osy_auth_session_open (const OsyAuthSessions *self,
                                OsyDbTx *tx,
                                const char *user_id,
                                OsyRole role,
                                OsyAuthTokens *ret,
                                GError **error);

/** How a renewal ended. All of them commit. */
typedef struct {
  OsyAuthTokens tokens; /* unset when refused */
  char *revoked;        /* (nullable): session that was ended because an old token came again */
  char *restaurant_id;  /* with @revoked: its shop */
} OsyAuthRenewal;
void osy_auth_renewal_clear (OsyAuthRenewal *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthRenewal, osy_auth_renewal_clear)

/**
 * osy_auth_session_renew:
 *
 * Exchanges a refresh token, which is good once, for new tokens; the role is the membership's of
 * now. An older token than the last ends the whole session, except that the very last exchange
 * may be asked for again for OSY_AUTH_GRACE_SECONDS and gives the same successor. Worker, in a
 * transaction without a restaurant. Returns: FALSE with @error only when it could not be decided.
 */
gboolean osy_auth_session_renew (const OsyAuthSessions *self,
                                 OsyDbTx *tx,
                                 const char *refresh_token,
                                 OsyAuthRenewal *ret,
                                 GError **error);

/**
 * osy_auth_session_outdate:
 *
 * The role of @user_id in the transaction's restaurant has just been changed in this transaction:
 * his access tokens of that restaurant are refused as soon as it commits, also after a restart, and
 * his sockets close; renewing gives tokens of the new role. Worker.
 */
gboolean osy_auth_session_outdate (const OsyAuthSessions *self,
                                   OsyDbTx *tx,
                                   const char *user_id,
                                   GError **error);

/**
 * osy_auth_session_end_of:
 * @restaurant_id: (nullable): NULL ends them in every restaurant the transaction may see
 * @except: (nullable): a session that goes on
 *
 * Ends the sessions of @user_id with all their tokens, at the commit. Before his membership is
 * deleted, which forgets them. Worker.
 */
gboolean osy_auth_session_end_of (const OsyAuthSessions *self,
                                  OsyDbTx *tx,
                                  const char *user_id,
                                  const char *restaurant_id,
                                  const char *except,
                                  GError **error);

/** osy_auth_session_end: ends one session, or a device, with all its tokens, at the commit. Worker.
 */
gboolean osy_auth_session_end (const OsyAuthSessions *self,
                               OsyDbTx *tx,
                               const char *session_id,
                               GError **error);

/** osy_auth_session_refuse_ended: tells the gate, at the commit, what another process has ended and
 * what it may still hold of @user_id. Worker. */
gboolean osy_auth_session_refuse_ended (const OsyAuthSessions *self,
                                        OsyDbTx *tx,
                                        const char *user_id,
                                        GError **error);

/** osy_auth_session_close: ends the caller's session. Worker. */
gboolean osy_auth_session_close (const OsyAuthSessions *self,
                                 OsyDbTx *tx,
                                 const OsyCall *call,
                                 GError **error);

G_END_DECLS
