/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth.h"
#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** An account as it is stored, opened. */
typedef struct {
  char *id;
  char *email; /* normalised */
  char *name;  /* nullable */
  char *password_hash;
} OsyAuthUser;
OsyAuthUser *osy_auth_user_new (void);
void osy_auth_user_free (OsyAuthUser *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthUser, osy_auth_user_free)

/** osy_auth_store_act_as: makes the rows of @user_id visible to the rest of the transaction. Only
 * for one who has shown who he is by a password or a token. */
gboolean osy_auth_store_act_as (OsyDbTx *tx, const char *user_id, GError **error);

/** osy_auth_store_insert_user: CONFLICT when the e-mail has an account. */
gboolean osy_auth_store_insert_user (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyAuthUser *user,
                                     gint64 now,
                                     GError **error);

/** osy_auth_store_find_user: @ret: (out): the account with that normalised e-mail, or NULL. */
gboolean osy_auth_store_find_user (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *email,
                                   OsyAuthUser **ret,
                                   GError **error);

/** osy_auth_store_load_user: @ret: (out): the account @user_id, or NULL. */
gboolean osy_auth_store_load_user (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *user_id,
                                   OsyAuthUser **ret,
                                   GError **error);

/** osy_auth_store_set_password: @hash: of his new password, or of the same one made anew. */
gboolean osy_auth_store_set_password (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const char *user_id,
                                      const char *hash,
                                      gint64 now,
                                      GError **error);

/** osy_auth_store_load_name: @ret: (out): the name of @user_id, or NULL. */
gboolean osy_auth_store_load_name (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *user_id,
                                   char **ret,
                                   GError **error);

/** osy_auth_store_insert_membership: in the transaction's restaurant. */
gboolean osy_auth_store_insert_membership (OsyDbTx *tx,
                                           const char *user_id,
                                           OsyRole role,
                                           gint64 now,
                                           GError **error);

/** osy_auth_store_memberships: after _act_as: the oldest first. (transfer full): of OsyMembership.
 */
GPtrArray *osy_auth_store_memberships (OsyDbTx *tx, const char *user_id, GError **error);

/** osy_auth_store_find_organisation: after _act_as: @ret: (out): the organisation @user_id owns
 * a restaurant of, or NULL. */
gboolean
osy_auth_store_find_organisation (OsyDbTx *tx, const char *user_id, char **ret, GError **error);

/** A sign-in. Times in UTC µs. */
typedef struct {
  char *id;
  char *user_id;
  char *restaurant_id;
  OsyRole role; /* what the membership gives now */
  char *client; /* nullable: when it is made, whence, coarsely */
  gint64 expires_at;
  gint64 issued_before; /* 0: its tokens count; else those issued until then do not */
  gboolean revoked;
} OsyAuthSession;
void osy_auth_session_clear (OsyAuthSession *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthSession, osy_auth_session_clear)

/** osy_auth_store_insert_session: adds @session; its role is the membership's and not stored. */
gboolean osy_auth_store_insert_session (OsyDbTx *tx,
                                        const OsyAuthSession *session,
                                        gint64 now,
                                        GError **error);
/** osy_auth_store_touch_session: after _act_as: it was used at @now. */
gboolean osy_auth_store_touch_session (OsyDbTx *tx, const char *id, gint64 now, GError **error);
/** osy_auth_store_sweep_shop: forgets the sessions of the transaction's shop that ended before
 * @now.
 */
gboolean osy_auth_store_sweep_shop (OsyDbTx *tx, gint64 now, GError **error);
/** osy_auth_store_sweep_sessions: after _act_as: forgets sessions of @user_id that have ended. */
gboolean
osy_auth_store_sweep_sessions (OsyDbTx *tx, const char *user_id, gint64 now, GError **error);
/** osy_auth_store_load_session: after _act_as; the membership stays as it is until the transaction
 * ends, so that no token is signed with a role that is being taken. @ret: empty (id NULL) when it
 * is not there. */
gboolean
osy_auth_store_load_session (OsyDbTx *tx, const char *id, OsyAuthSession *ret, GError **error);
/** osy_auth_store_revoke_session: after _act_as; also notes it among the revoked until @until. */
gboolean osy_auth_store_revoke_session (OsyDbTx *tx,
                                        const char *id,
                                        gint64 now,
                                        gint64 until,
                                        GError **error);
/** osy_auth_store_outdate_session: notes, until @until, that tokens of @id issued until @before do
 * not count. */
gboolean osy_auth_store_outdate_session (OsyDbTx *tx,
                                         const char *id,
                                         gint64 before,
                                         gint64 until,
                                         GError **error);
/** osy_auth_store_sessions_of: @restaurant_id: (nullable): everywhere the transaction may see.
 * Returns: (transfer full): id, created_at, last_used_at, expires_at, client of what goes on. */
OsyDbRows *osy_auth_store_sessions_of (OsyDbTx *tx,
                                       const char *user_id,
                                       const char *restaurant_id,
                                       gint64 now,
                                       GError **error);
/** osy_auth_store_revoked: forgets what ended before @now. Returns: (transfer full): the other
 * rows of session_id, until, issued_before. */
OsyDbRows *osy_auth_store_revoked (OsyDbTx *tx, gint64 now, GError **error);

/** One refresh token; its secret is known by its SHA-256 alone. Times in UTC µs. */
typedef struct {
  GBytes *hash;
  char *session_id;
  char *user_id;
  gint64 expires_at;
  gint64 used_at;    /* 0: not yet */
  GBytes *successor; /* (nullable): hash of the token it was exchanged for */
} OsyAuthRefresh;
void osy_auth_refresh_clear (OsyAuthRefresh *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthRefresh, osy_auth_refresh_clear)

/** osy_auth_store_insert_refresh: adds an unused token. */
gboolean osy_auth_store_insert_refresh (OsyDbTx *tx,
                                        const OsyAuthRefresh *refresh,
                                        gint64 now,
                                        GError **error);
/** osy_auth_store_take_refresh: locks the row. @ret: empty (session_id NULL) when unknown. */
gboolean
osy_auth_store_take_refresh (OsyDbTx *tx, GBytes *hash, OsyAuthRefresh *ret, GError **error);
gboolean osy_auth_store_use_refresh (OsyDbTx *tx,
                                     GBytes *hash,
                                     GBytes *successor,
                                     gint64 now,
                                     GError **error);

G_END_DECLS
