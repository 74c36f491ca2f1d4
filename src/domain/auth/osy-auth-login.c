/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /auth/login: find the account, count the guess, look at the password on its thread, open a
 * session. */

#include "osy-auth-routes.h"

#include <string.h>

#include "osy-auth-admission.h"
#include "osy-auth-known.h"
#include "osy-auth-totp.h"
#include "osy-auth-watch.h"
#include "osy-clock.h"
#include "osy-json.h"

/** One sign-in on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  char *email; /* (nullable): normalised; NULL cannot have an account */
  char *password;
  char *wanted; /* (nullable): restaurant */
  char *totp;   /* nullable */
  char *known;  /* nullable */
  OsyAuthAdmission admission;
  GPtrArray *memberships;
  char *new_hash; /* (nullable): of the right password, at today's cost */
  const OsyMembership *membership;
  OsyAuthTotpOutcome second;
  OsyAuthTokens tokens;
} Login;

static void
login_free (Login *login)
{
  if (login->password != NULL)
    osy_wipe (login->password, strlen (login->password));
  osy_http_request_unref (login->request);
  g_free (login->email);
  g_free (login->password);
  g_free (login->wanted);
  g_free (login->totp);
  g_free (login->known);
  g_free (login->new_hash);
  g_clear_pointer (&login->admission.user, osy_auth_user_free);
  g_clear_pointer (&login->memberships, g_ptr_array_unref);
  osy_auth_tokens_clear (&login->tokens);
  g_free (login);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Login, login_free)

static void
refuse (Login *login, OsyErrorCode code, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, code, detail);

  osy_http_reply_error (login->request, error);
}

static void
note_failure (Login *login)
{
  const OsyAuthUser *user = login->admission.user;
  OsyAuthFailure failure = {
      .user_id = user ? user->id : NULL,
      .memberships = login->memberships,
      .client = login->admission.client,
      .reason = login->second == OSY_AUTH_TOTP_WRONG ? "totp" : "password",
  };

  osy_auth_watch_failed (login->room, &failure);
}

static void
refuse_credentials (Login *login)
{
  note_failure (login);
  refuse (login, OSY_ERROR_INVALID_CREDENTIALS, "The e-mail address or the password is wrong.");
}

/* ---- 3: the password is right ---- */

static gboolean
open_session (OsyDbTx *tx, Login *login, GError **error)
{
  OsyAuthSessions sessions = login->room->sessions;
  OsyAuthUser *user = login->admission.user;

  sessions.client = login->admission.client;
  if (!osy_auth_session_open (&sessions, tx, user->id, login->membership->role, &login->tokens,
                              error))
    return FALSE;
  login->tokens.known_client = login->admission.is_known
                                   ? g_strdup (login->known)
                                   : osy_auth_known_make (login->room->ring, user);
  return TRUE;
}

static gboolean
keep_new_hash (OsyDbTx *tx, Login *login, GError **error)
{
  OsyAuthUser *user = login->admission.user;

  if (login->new_hash == NULL)
    return TRUE;
  g_free (user->password_hash);
  user->password_hash = g_strdup (login->new_hash);
  login->admission.is_known = FALSE; /* its token went with the old hash */
  return osy_auth_store_set_password (tx, login->room->ring, user->id, user->password_hash,
                                      osy_clock_now (), error);
}

static gboolean
finish (OsyDbTx *tx, gpointer data, GError **error)
{
  Login *login = data;
  OsyKeyring *ring = login->room->ring;

  if (!osy_auth_totp_check (tx, ring, login->admission.user->id, login->totp, &login->second,
                            error))
    return FALSE;
  if (login->second == OSY_AUTH_TOTP_WRONG)
    return TRUE;
  return osy_auth_admission_give_back (tx, ring, &login->admission, error) &&
         keep_new_hash (tx, login, error) &&
         (login->second == OSY_AUTH_TOTP_MISSING || login->membership == NULL ||
          open_session (tx, login, error));
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (login->request, error);
  } else if (login->second == OSY_AUTH_TOTP_WRONG) {
    refuse_credentials (login);
  } else if (login->second == OSY_AUTH_TOTP_MISSING) {
    refuse (login, OSY_ERROR_TOTP_REQUIRED, "Add the code that the authenticator shows.");
  } else if (login->membership == NULL) {
    refuse (login, OSY_ERROR_NOT_FOUND, "You do not work in such a restaurant.");
  } else {
    osy_http_reply_add_header (login->request, "Cache-Control", "no-store");
    g_autoptr (JsonNode) body = osy_auth_tokens_to_json (&login->tokens);
    osy_http_reply_json (login->request, 200, body);
  }
}

/* The shop asked for, or the one the person has worked in longest. */
static const OsyMembership *
choose_shop (Login *login)
{
  for (guint i = 0; i < login->memberships->len; i++) {
    const OsyMembership *membership = login->memberships->pdata[i];
    if (login->wanted == NULL || strcmp (login->wanted, membership->restaurant_id) == 0)
      return membership;
  }
  return NULL;
}

/* (transfer full) login */
static void
go_on (Login *login)
{
  login->membership = choose_shop (login);
  OsyDbScope scope = {.restaurant_id = login->membership ? login->membership->restaurant_id : NULL,
                      .user_id = login->admission.user->id};
  osy_db_pool_run_async (login->room->pool, &scope, finish, login, NULL, NULL, finished_cb, login);
}

/* ---- 2: the password ---- */

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Login *login = user_data;

  /* Who cannot get a newer hash just now goes in with the old one. */
  login->new_hash = osy_password_hasher_hash_finish (OSY_PASSWORD_HASHER (source), result, NULL);
  go_on (login);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;
  OsyPasswordHasher *hasher = OSY_PASSWORD_HASHER (source);
  gboolean right = FALSE;

  if (!osy_password_hasher_verify_finish (hasher, result, &right, &error)) {
    osy_http_reply_error (login->request, error);
    return;
  }
  if (!right || login->admission.user == NULL) {
    refuse_credentials (login);
    return;
  }
  Login *data = g_steal_pointer (&login);
  if (osy_password_hasher_is_outdated (hasher, data->admission.user->password_hash))
    osy_password_hasher_hash_async (hasher, data->password, hashed_cb, data);
  else
    go_on (data);
}

/* ---- 1: may it be looked at ---- */

static gboolean
admit (OsyDbTx *tx, gpointer data, GError **error)
{
  Login *login = data;
  OsyAuthAdmission *admission = &login->admission;

  g_clear_pointer (&login->memberships, g_ptr_array_unref);
  if (!osy_auth_admit (tx, login->room->ring, admission, error))
    return FALSE;
  if (admission->wait > 0 || admission->user == NULL)
    return TRUE;
  if (!osy_auth_store_act_as (tx, admission->user->id, error))
    return FALSE;
  login->memberships = osy_auth_store_memberships (tx, admission->user->id, error);
  return login->memberships != NULL;
}

static void
admitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;
  const OsyAuthUser *user = login->admission.user;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) ||
      (login->admission.wait > 0 && !osy_auth_throttle_refuse (login->admission.wait, &error))) {
    osy_http_reply_error (login->request, error);
    return;
  }
  OsyPasswordHasher *hasher = login->room->hasher;
  Login *data = g_steal_pointer (&login);
  osy_password_hasher_verify_async (hasher, data->password, user ? user->password_hash : NULL,
                                    verified_cb, data);
}

static gboolean
read_body (Login *login, JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  login->email = osy_auth_email_normalise (osy_json_reader_string (reader, "email", 1, 254));
  login->password = g_strdup (osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX));
  login->wanted = g_strdup (osy_json_reader_opt_id (reader, "restaurant_id"));
  login->totp = g_strdup (osy_json_reader_opt_string (reader, "totp", 0, 16));
  login->known = g_strdup (osy_json_reader_opt_string (reader, "known_client", 0, 64));
  return osy_json_reader_finish (reader, error);
}

void
osy_auth_handle_login (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (Login) login = g_new0 (Login, 1);
  OsyDbScope scope = {NULL};

  login->request = osy_http_request_ref (request);
  login->room = room;
  if (body == NULL || !read_body (login, body, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  login->admission = (OsyAuthAdmission){.email = login->email,
                                        .client = osy_http_request_client (request),
                                        .known = login->known,
                                        .code = login->totp};
  Login *data = g_steal_pointer (&login);
  osy_db_pool_run_async (room->pool, &scope, admit, data, NULL, NULL, admitted_cb, data);
}
