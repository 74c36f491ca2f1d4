/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of sessions and their refresh tokens. */

#include "osy-auth-store.h"

void
osy_auth_session_clear (OsyAuthSession *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->restaurant_id, g_free);
  g_clear_pointer (&self->client, g_free);
}

void
osy_auth_refresh_clear (OsyAuthRefresh *self)
{
  g_clear_pointer (&self->hash, g_bytes_unref);
  g_clear_pointer (&self->session_id, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->successor, g_bytes_unref);
}

gboolean
osy_auth_store_insert_session (OsyDbTx *tx,
                               const OsyAuthSession *session,
                               gint64 now,
                               GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO session (restaurant_id, id, user_id, created_at, expires_at, "
                      "last_used_at, client) "
                      "VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $4, $6)",
                      OSY_PARAMS (OSY_P_TEXT (session->restaurant_id), OSY_P_TEXT (session->id),
                                  OSY_P_TEXT (session->user_id), OSY_P_TIME (now),
                                  OSY_P_TIME (session->expires_at), OSY_P_TEXT (session->client)),
                      NULL, error);
}

gboolean
osy_auth_store_touch_session (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  return osy_db_exec (tx, "UPDATE session SET last_used_at = $2 WHERE id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), NULL, error);
}

gboolean
osy_auth_store_sweep_sessions (OsyDbTx *tx, const char *user_id, gint64 now, GError **error)
{
  return osy_db_exec (tx, "DELETE FROM session WHERE user_id = $1::uuid AND expires_at < $2",
                      OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_TIME (now)), NULL, error);
}

gboolean
osy_auth_store_sweep_shop (OsyDbTx *tx, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM session WHERE restaurant_id = app_restaurant() "
                      "AND expires_at < $1",
                      OSY_PARAMS (OSY_P_TIME (now)), NULL, error);
}

gboolean
osy_auth_store_load_session (OsyDbTx *tx, const char *id, OsyAuthSession *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT s.id, s.user_id, s.restaurant_id, s.expires_at, r.issued_before, "
                    "s.revoked_at IS NOT NULL AS revoked, m.role FROM session s "
                    "JOIN membership m USING (restaurant_id, user_id) "
                    "LEFT JOIN revoked_session r ON r.session_id = s.id "
                    "WHERE s.id = $1::uuid FOR SHARE OF m",
                    OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0 ||
      !osy_role_from_name (osy_db_rows_text (rows, 0, "role"), &ret->role))
    return TRUE;
  ret->id = g_strdup (id);
  ret->user_id = g_strdup (osy_db_rows_text (rows, 0, "user_id"));
  ret->restaurant_id = g_strdup (osy_db_rows_text (rows, 0, "restaurant_id"));
  ret->expires_at = osy_db_rows_time (rows, 0, "expires_at");
  ret->revoked = osy_db_rows_bool (rows, 0, "revoked");
  ret->issued_before = osy_db_rows_time (rows, 0, "issued_before");
  return TRUE;
}

gboolean
osy_auth_store_revoke_session (OsyDbTx *tx,
                               const char *id,
                               gint64 now,
                               gint64 until,
                               GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE session SET revoked_at = $2 "
                      "WHERE id = $1::uuid AND revoked_at IS NULL",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO revoked_session (session_id, until) VALUES ($1::uuid, $2) "
                      "ON CONFLICT (session_id) DO UPDATE SET issued_before = NULL, "
                      "until = greatest (revoked_session.until, excluded.until)",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (until)), NULL, error);
}

gboolean
osy_auth_store_outdate_session (OsyDbTx *tx,
                                const char *id,
                                gint64 before,
                                gint64 until,
                                GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO revoked_session AS r (session_id, issued_before, until) "
      "VALUES ($1::uuid, $2, $3) ON CONFLICT (session_id) DO UPDATE SET "
      "issued_before = greatest (r.issued_before, excluded.issued_before), "
      "until = greatest (r.until, excluded.until) WHERE r.issued_before IS NOT NULL",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (before), OSY_P_TIME (until)), NULL, error);
}

OsyDbRows *
osy_auth_store_sessions_of (OsyDbTx *tx,
                            const char *user_id,
                            const char *restaurant_id,
                            gint64 now,
                            GError **error)
{
  return osy_db_query (
      tx,
      "SELECT id, created_at, last_used_at, expires_at, client FROM session "
      "WHERE user_id = $1::uuid AND ($2::uuid IS NULL OR restaurant_id = $2::uuid) "
      "AND revoked_at IS NULL AND expires_at > $3 ORDER BY created_at DESC, id",
      OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_TEXT (restaurant_id), OSY_P_TIME (now)), error);
}

OsyDbRows *
osy_auth_store_revoked (OsyDbTx *tx, gint64 now, GError **error)
{
  if (!osy_db_exec (tx, "DELETE FROM revoked_session WHERE until < $1",
                    OSY_PARAMS (OSY_P_TIME (now)), NULL, error))
    return NULL;
  return osy_db_query (tx, "SELECT session_id, until, issued_before FROM revoked_session",
                       OSY_NO_PARAMS, error);
}

gboolean
osy_auth_store_insert_refresh (OsyDbTx *tx,
                               const OsyAuthRefresh *refresh,
                               gint64 now,
                               GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO refresh_token (token_hash, session_id, user_id, issued_at, expires_at) "
      "VALUES ($1, $2::uuid, $3::uuid, $4, $5)",
      OSY_PARAMS (OSY_P_BYTES (refresh->hash), OSY_P_TEXT (refresh->session_id),
                  OSY_P_TEXT (refresh->user_id), OSY_P_TIME (now),
                  OSY_P_TIME (refresh->expires_at)),
      NULL, error);
}

gboolean
osy_auth_store_take_refresh (OsyDbTx *tx, GBytes *hash, OsyAuthRefresh *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT session_id, user_id, expires_at, used_at, successor_hash "
                    "FROM refresh_token WHERE token_hash = $1 FOR UPDATE",
                    OSY_PARAMS (OSY_P_BYTES (hash)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  ret->hash = g_bytes_ref (hash);
  ret->session_id = g_strdup (osy_db_rows_text (rows, 0, "session_id"));
  ret->user_id = g_strdup (osy_db_rows_text (rows, 0, "user_id"));
  ret->expires_at = osy_db_rows_time (rows, 0, "expires_at");
  ret->used_at = osy_db_rows_time (rows, 0, "used_at");
  ret->successor = osy_db_rows_bytes (rows, 0, "successor_hash");
  return TRUE;
}

gboolean
osy_auth_store_use_refresh (OsyDbTx *tx,
                            GBytes *hash,
                            GBytes *successor,
                            gint64 now,
                            GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE refresh_token SET used_at = $2, successor_hash = $3 "
                      "WHERE token_hash = $1",
                      OSY_PARAMS (OSY_P_BYTES (hash), OSY_P_TIME (now), OSY_P_BYTES (successor)),
                      NULL, error);
}
