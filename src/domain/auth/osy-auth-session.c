/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of sessions: how they open, how their refresh tokens rotate, how they end. */

#include "osy-auth-session.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-store.h"
#include "osy-address.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"

#define TOKEN_BYTES 32

void
osy_auth_renewal_clear (OsyAuthRenewal *self)
{
  osy_auth_tokens_clear (&self->tokens);
  g_clear_pointer (&self->revoked, g_free);
  g_clear_pointer (&self->restaurant_id, g_free);
}

static GBytes *
hash_of (const char *token)
{
  guint8 hash[32];

  osy_sha256 ((const guint8 *)token, strlen (token), hash);
  return g_bytes_new (hash, sizeof hash);
}

/* The successor follows from its predecessor by a secret of this installation, so that a lost
 * answer can be given again although no token is ever stored. */
static char *
successor_of (OsyKeyring *ring, const char *token)
{
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[TOKEN_BYTES];

  osy_keyring_derive (ring, "refresh-successor", key);
  osy_hmac_sha256 (key, (const guint8 *)token, strlen (token), mac);
  osy_wipe (key, sizeof key);
  return osy_base64url_encode (mac, sizeof mac);
}

static char *
sign (const OsyAuthSessions *self, const OsyAuthSession *session, GError **error)
{
  /* Tokens know whole seconds: one of the very second a role changed in is dated to the next, and
   * so cannot be taken for one with the old role. */
  gint64 now = MAX (osy_clock_now () / G_USEC_PER_SEC,
                    session->issued_before ? session->issued_before / G_USEC_PER_SEC + 1 : 0);
  OsyJwtClaims claims = {
      .user_id = session->user_id,
      .restaurant_id = session->restaurant_id,
      .session_id = session->id,
      .role = session->role,
      .issued_at = now,
      .expires_at = now + OSY_JWT_LIFETIME,
  };

  return osy_auth_keys_sign (self->keys, &claims, error);
}

static gboolean
record (const OsyAuthSessions *self,
        OsyDbTx *tx,
        const OsyAuthSession *session,
        const char *action,
        GError **error)
{
  g_autoptr (OsyPrincipal) person =
      osy_principal_new_user (session->user_id, session->restaurant_id, session->role, session->id);
  OsyCall call = {.principal = person};
  OsyAuditEntry entry = {.action = action, .object_type = "session", .object_id = session->id};

  return osy_audit_record (tx, self->ring, &call, &entry, error);
}

static gboolean
add_token (OsyDbTx *tx,
           const OsyAuthSession *session,
           const char *token,
           gint64 now,
           GError **error)
{
  gint64 idle_end = now + OSY_AUTH_IDLE_SECONDS * G_TIME_SPAN_SECOND;
  g_auto (OsyAuthRefresh) refresh = {
      .hash = hash_of (token),
      .session_id = g_strdup (session->id),
      .user_id = g_strdup (session->user_id),
      .expires_at = MIN (idle_end, session->expires_at),
  };

  return osy_auth_store_insert_refresh (tx, &refresh, now, error);
}

gboolean
osy_auth_session_open (const OsyAuthSessions *self,
                       OsyDbTx *tx,
                       const char *user_id,
                       OsyRole role,
                       OsyAuthTokens *ret,
                       GError **error)
{
  gint64 now = osy_clock_now ();
  g_auto (OsyAuthSession) session = {
      .id = osy_id_new (),
      .user_id = g_strdup (user_id),
      .restaurant_id = g_strdup (osy_db_tx_restaurant (tx)),
      .role = role,
      .client = self->client ? osy_address_coarse (self->client) : NULL,
      .expires_at = now + OSY_AUTH_SESSION_SECONDS * G_TIME_SPAN_SECOND,
  };
  g_autofree char *refresh = osy_random_token (TOKEN_BYTES);

  if (!osy_auth_store_act_as (tx, user_id, error) ||
      !osy_auth_store_sweep_sessions (tx, user_id, now, error) ||
      !osy_auth_store_insert_session (tx, &session, now, error) ||
      !add_token (tx, &session, refresh, now, error) ||
      !record (self, tx, &session, "auth.signed_in", error))
    return FALSE;
  g_autofree char *access = sign (self, &session, error);
  if (access == NULL)
    return FALSE;
  osy_auth_tokens_clear (ret);
  ret->access_token = g_steal_pointer (&access);
  ret->refresh_token = g_steal_pointer (&refresh);
  ret->expires_in = OSY_JWT_LIFETIME;
  return TRUE;
}

/* ---- what the gate is told after the commit ---- */

typedef struct {
  OsyAuthGate *gate;
  char *session_id;
  char *user_id; /* (nullable): instead of a session: whose acts are forgotten */
  gint64 until;
  gint64 before; /* 0: every token */
} Notice;

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_object_unref (notice->gate);
  g_free (notice->session_id);
  g_free (notice->user_id);
  g_free (notice);
}

static gboolean
tell_gate (gpointer data)
{
  Notice *notice = data;

  if (notice->user_id != NULL)
    osy_auth_gate_forget_acts (notice->gate, notice->user_id);
  else if (notice->before != 0)
    osy_auth_gate_outdate (notice->gate, notice->session_id, notice->before);
  else
    osy_auth_gate_revoke (notice->gate, notice->session_id, notice->until);
  return G_SOURCE_REMOVE;
}

static void
tell_gate_later (const OsyAuthSessions *self,
                 OsyDbTx *tx,
                 const char *session_id,
                 gint64 until,
                 gint64 before)
{
  if (self->gate == NULL)
    return;
  Notice *notice = g_new0 (Notice, 1);
  notice->gate = g_object_ref (self->gate);
  notice->session_id = g_strdup (session_id);
  notice->until = until;
  notice->before = before;
  osy_db_tx_on_commit (tx, tell_gate, notice, notice_free);
}

static void
forget_acts_later (const OsyAuthSessions *self, OsyDbTx *tx, const char *user_id)
{
  if (self->gate == NULL)
    return;
  Notice *notice = g_new0 (Notice, 1);
  notice->gate = g_object_ref (self->gate);
  notice->user_id = g_strdup (user_id);
  osy_db_tx_on_commit (tx, tell_gate, notice, notice_free);
}

/* A token may be dated a second ahead, see sign(). */
static gint64
last_token_ends (void)
{
  return osy_clock_now () + (OSY_JWT_LIFETIME + 1) * G_TIME_SPAN_SECOND;
}

gboolean
osy_auth_session_end (const OsyAuthSessions *self,
                      OsyDbTx *tx,
                      const char *session_id,
                      GError **error)
{
  gint64 until = last_token_ends ();

  tell_gate_later (self, tx, session_id, until, 0);
  return osy_auth_store_revoke_session (tx, session_id, osy_clock_now (), until, error);
}

gboolean
osy_auth_session_outdate (const OsyAuthSessions *self,
                          OsyDbTx *tx,
                          const char *user_id,
                          GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (OsyDbRows) rows =
      osy_auth_store_sessions_of (tx, user_id, osy_db_tx_restaurant (tx), now, error);

  forget_acts_later (self, tx, user_id);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    const char *id = osy_db_rows_text (rows, i, "id");
    if (!osy_auth_store_outdate_session (tx, id, now, last_token_ends (), error))
      return FALSE;
    tell_gate_later (self, tx, id, 0, now);
  }
  return rows != NULL;
}

gboolean
osy_auth_session_end_of (const OsyAuthSessions *self,
                         OsyDbTx *tx,
                         const char *user_id,
                         const char *restaurant_id,
                         const char *except,
                         GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_auth_store_sessions_of (tx, user_id, restaurant_id, osy_clock_now (), error);

  forget_acts_later (self, tx, user_id);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    const char *id = osy_db_rows_text (rows, i, "id");
    if (g_strcmp0 (id, except) != 0 && !osy_auth_session_end (self, tx, id, error))
      return FALSE;
  }
  return rows != NULL;
}

gboolean
osy_auth_session_refuse_ended (const OsyAuthSessions *self,
                               OsyDbTx *tx,
                               const char *user_id,
                               GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_auth_store_revoked (tx, osy_clock_now (), error);

  forget_acts_later (self, tx, user_id);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    tell_gate_later (self, tx, osy_db_rows_text (rows, i, "session_id"),
                     osy_db_rows_time (rows, i, "until"),
                     osy_db_rows_time (rows, i, "issued_before"));
  return rows != NULL;
}

/* A token that was used before: the answer got lost a moment ago, or a thief has a copy. */
static gboolean
may_repeat (OsyDbTx *tx, const OsyAuthRefresh *used, gint64 now, gboolean *ret, GError **error)
{
  g_auto (OsyAuthRefresh) successor = {NULL};

  *ret = FALSE;
  if (now - used->used_at > OSY_AUTH_GRACE_SECONDS * G_TIME_SPAN_SECOND || used->successor == NULL)
    return TRUE;
  if (!osy_auth_store_take_refresh (tx, used->successor, &successor, error))
    return FALSE;
  *ret = successor.session_id != NULL && successor.used_at == 0;
  return TRUE;
}

static gboolean
exchange (OsyDbTx *tx,
          const OsyAuthSession *session,
          const OsyAuthRefresh *refresh,
          const char *next,
          gint64 now,
          GError **error)
{
  g_autoptr (GBytes) next_hash = hash_of (next);

  return osy_auth_store_use_refresh (tx, refresh->hash, next_hash, now, error) &&
         osy_auth_store_touch_session (tx, session->id, now, error) &&
         add_token (tx, session, next, now, error);
}

static gboolean
end_family (const OsyAuthSessions *self,
            OsyDbTx *tx,
            const OsyAuthSession *session,
            OsyAuthRenewal *ret,
            GError **error)
{
  ret->revoked = g_strdup (session->id);
  ret->restaurant_id = g_strdup (session->restaurant_id);
  return osy_auth_session_end (self, tx, session->id, error) &&
         record (self, tx, session, "auth.refresh_reused", error);
}

static gboolean
renew_known (const OsyAuthSessions *self,
             OsyDbTx *tx,
             const OsyAuthRefresh *refresh,
             const char *token,
             OsyAuthRenewal *ret,
             GError **error)
{
  gint64 now = osy_clock_now ();
  g_auto (OsyAuthSession) session = {NULL};
  gboolean repeat = FALSE;

  if (!osy_auth_store_act_as (tx, refresh->user_id, error) ||
      !osy_auth_store_load_session (tx, refresh->session_id, &session, error))
    return FALSE;
  if (session.id == NULL || session.revoked || session.expires_at <= now)
    return TRUE;
  if (refresh->used_at != 0) {
    if (!may_repeat (tx, refresh, now, &repeat, error))
      return FALSE;
    if (!repeat)
      return end_family (self, tx, &session, ret, error);
  } else if (refresh->expires_at <= now) {
    return TRUE;
  }
  g_autofree char *next = successor_of (self->ring, token);
  if (!repeat && !exchange (tx, &session, refresh, next, now, error))
    return FALSE;
  ret->tokens.access_token = sign (self, &session, error);
  ret->tokens.refresh_token = g_steal_pointer (&next);
  ret->tokens.expires_in = OSY_JWT_LIFETIME;
  return ret->tokens.access_token != NULL;
}

gboolean
osy_auth_session_renew (const OsyAuthSessions *self,
                        OsyDbTx *tx,
                        const char *refresh_token,
                        OsyAuthRenewal *ret,
                        GError **error)
{
  g_autoptr (GBytes) hash = hash_of (refresh_token);
  g_auto (OsyAuthRefresh) refresh = {NULL};

  osy_auth_renewal_clear (ret);
  if (!osy_auth_store_take_refresh (tx, hash, &refresh, error))
    return FALSE;
  return refresh.session_id == NULL || renew_known (self, tx, &refresh, refresh_token, ret, error);
}

gboolean
osy_auth_session_close (const OsyAuthSessions *self,
                        OsyDbTx *tx,
                        const OsyCall *call,
                        GError **error)
{
  const char *session_id = osy_principal_session_id (call->principal);
  OsyAuditEntry entry = {
      .action = "auth.signed_out", .object_type = "session", .object_id = session_id};

  /* A screen has no sign-in to end: it is shut out by who manages devices. */
  if (session_id == NULL || osy_principal_user_id (call->principal) == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED, "Nobody is signed in.");
    return FALSE;
  }
  return osy_auth_session_end (self, tx, session_id, error) &&
         osy_audit_record (tx, self->ring, call, &entry, error);
}
