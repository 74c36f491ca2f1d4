/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /auth/login: find the account, check the password on its thread, open a session. */

#include "osy-auth-routes.h"

#include <string.h>

#include "osy-auth-service.h"
#include "osy-auth-store.h"
#include "osy-auth-totp.h"
#include "osy-auth-watch.h"
#include "osy-json.h"

/** One sign-in on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  char *email; /* (nullable): normalised; NULL cannot have an account */
  char *password;
  char *wanted; /* (nullable): restaurant */
  OsyAuthUser *user;
  GPtrArray *memberships;
  char *restaurant_id;
  OsyRole role;
  char *totp; /* nullable */
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
  g_clear_pointer (&login->user, osy_auth_user_free);
  g_clear_pointer (&login->memberships, g_ptr_array_unref);
  g_free (login->restaurant_id);
  osy_auth_tokens_clear (&login->tokens);
  g_free (login);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Login, login_free)

static OsyAuthThrottle *
throttle_of_client (Login *login)
{
  const char *client = osy_http_request_client (login->request);
  gboolean local = g_strcmp0 (client, "unix") == 0 || g_str_has_prefix (client, "127.") ||
                   g_strcmp0 (client, "::1") == 0;

  return local ? login->room->locals : login->room->clients;
}

static const char *
account_key (Login *login)
{
  return login->email ? login->email : "";
}

static gint64
wait_of (Login *login)
{
  const char *client = osy_http_request_client (login->request);

  return MAX (osy_auth_throttle_wait (login->room->accounts, account_key (login)),
              osy_auth_throttle_wait (throttle_of_client (login), client));
}

static void
refuse_for_now (Login *login, gint64 wait)
{
  gint64 seconds = (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autoptr (GError) error =
      g_error_new (OSY_ERROR, OSY_ERROR_RATE_LIMITED,
                   "Too many wrong passwords: wait %" G_GINT64_FORMAT " seconds.", seconds);

  osy_error_set_extra (error, "retry_after", json_node_init_int (json_node_alloc (), seconds));
  osy_http_reply_error (login->request, error);
}

static void
note_failure (Login *login)
{
  OsyAuthFailure failure = {
      .user_id = login->user ? login->user->id : NULL,
      .memberships = login->memberships,
      .client = osy_http_request_client (login->request),
      .reason = login->second == OSY_AUTH_TOTP_WRONG ? "totp" : "password",
  };

  osy_auth_watch_failed (login->room, &failure);
}

static void
refuse_credentials (Login *login)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS,
                                                  "The e-mail address or the password is wrong.");

  note_failure (login);
  osy_auth_throttle_fail (login->room->accounts, account_key (login));
  osy_auth_throttle_fail (throttle_of_client (login), osy_http_request_client (login->request));
  osy_http_reply_error (login->request, error);
}

static gboolean
open_session (OsyDbTx *tx, gpointer data, GError **error)
{
  Login *login = data;

  if (!osy_auth_totp_check (tx, login->room->ring, login->user->id, login->totp, &login->second,
                            error))
    return FALSE;
  return login->second == OSY_AUTH_TOTP_WRONG || login->second == OSY_AUTH_TOTP_MISSING ||
         osy_auth_session_open (&login->room->sessions, tx, login->user->id, login->role,
                                &login->tokens, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (login->request, error);
    return;
  }
  if (login->second == OSY_AUTH_TOTP_WRONG) {
    refuse_credentials (login);
    return;
  }
  if (login->second == OSY_AUTH_TOTP_MISSING) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_TOTP_REQUIRED,
                                 "Add the code that the authenticator shows.");
    osy_http_reply_error (login->request, error);
    return;
  }
  osy_auth_throttle_forget (login->room->accounts, account_key (login));
  osy_http_reply_add_header (login->request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) body = osy_auth_tokens_to_json (&login->tokens);
  osy_http_reply_json (login->request, 200, body);
}

/* The shop asked for, or the one the person has worked in longest. */
static gboolean
choose_shop (Login *login)
{
  for (guint i = 0; i < login->memberships->len; i++) {
    const OsyMembership *membership = login->memberships->pdata[i];
    if (login->wanted == NULL || strcmp (login->wanted, membership->restaurant_id) == 0) {
      login->restaurant_id = g_strdup (membership->restaurant_id);
      login->role = membership->role;
      return TRUE;
    }
  }
  return FALSE;
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = FALSE;

  if (!osy_password_hasher_verify_finish (OSY_PASSWORD_HASHER (source), result, &right, &error)) {
    osy_http_reply_error (login->request, error);
    return;
  }
  if (!right || login->user == NULL) {
    refuse_credentials (login);
    return;
  }
  if (!choose_shop (login)) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND,
                                 "You do not work in such a restaurant.");
    osy_http_reply_error (login->request, error);
    return;
  }
  OsyDbScope scope = {.restaurant_id = login->restaurant_id, .user_id = login->user->id};
  OsyDbPool *pool = login->room->pool;
  Login *data = g_steal_pointer (&login);
  osy_db_pool_run_async (pool, &scope, open_session, data, NULL, NULL, opened_cb, data);
}

static gboolean
find_account (OsyDbTx *tx, gpointer data, GError **error)
{
  Login *login = data;

  g_clear_pointer (&login->user, osy_auth_user_free);
  g_clear_pointer (&login->memberships, g_ptr_array_unref);
  if (login->email != NULL &&
      !osy_auth_store_find_user (tx, login->room->ring, login->email, &login->user, error))
    return FALSE;
  if (login->user == NULL)
    return TRUE;
  if (!osy_auth_store_act_as (tx, login->user->id, error))
    return FALSE;
  login->memberships = osy_auth_store_memberships (tx, login->user->id, error);
  return login->memberships != NULL;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Login) login = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (login->request, error);
    return;
  }
  OsyPasswordHasher *hasher = login->room->hasher;
  const char *hash = login->user ? login->user->password_hash : NULL;
  Login *data = g_steal_pointer (&login);
  osy_password_hasher_verify_async (hasher, data->password, hash, verified_cb, data);
}

static gboolean
read_body (Login *login, JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  login->email = osy_auth_email_normalise (osy_json_reader_string (reader, "email", 1, 254));
  login->password = g_strdup (osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX));
  login->wanted = g_strdup (osy_json_reader_opt_id (reader, "restaurant_id"));
  login->totp = g_strdup (osy_json_reader_opt_string (reader, "totp", 0, 16));
  return osy_json_reader_finish (reader, error);
}

void
osy_auth_handle_login (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (Login) login = g_new0 (Login, 1);
  OsyDbScope scope = {.read_only = TRUE};

  login->request = osy_http_request_ref (request);
  login->room = room;
  if (body == NULL || !read_body (login, body, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  gint64 wait = wait_of (login);
  if (wait > 0) {
    refuse_for_now (login, wait);
    return;
  }
  Login *data = g_steal_pointer (&login);
  osy_db_pool_run_async (room->pool, &scope, find_account, data, NULL, NULL, found_cb, data);
}
