/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /auth/invitation: who holds a code comes into the shop, with the account he has (its
 * password is checked, and its second factor) or with a new one. A wrong code and a wrong password
 * answer alike. */

#include "osy-staff-routes.h"

#include <string.h>

#include "osy-auth-admission.h"
#include "osy-auth-totp.h"
#include "osy-id.h"
#include "osy-json.h"

/** One such request on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyStaffRoom *room;
  char *code;
  char *email; /* normalised; NULL when it can be none */
  char *password;
  char *name; /* nullable */
  char *totp; /* nullable */
  OsyStaffInvitation *invitation;
  OsyAuthUser *user;
  gboolean is_new;
  OsyAuthTotpOutcome second;
  OsyAuthAdmission admission;
  OsyAuthTokens tokens;
} Join;

static void
join_free (Join *join)
{
  if (join->password != NULL)
    osy_wipe (join->password, strlen (join->password));
  osy_http_request_unref (join->request);
  g_free (join->code);
  g_free (join->email);
  g_free (join->password);
  g_free (join->name);
  g_free (join->totp);
  g_clear_pointer (&join->invitation, osy_staff_invitation_free);
  g_clear_pointer (&join->user, osy_auth_user_free);
  osy_auth_tokens_clear (&join->tokens);
  g_free (join);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Join, join_free)

static void
refuse (Join *join)
{
  g_autoptr (GError) error = g_error_new_literal (
      OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS,
      "The code, the e-mail address or the password is wrong, or the invitation has ended.");

  osy_http_reply_error (join->request, error);
}

static gboolean
come_in (OsyDbTx *tx, gpointer data, GError **error)
{
  Join *join = data;
  OsyStaff staff = osy_staff_of (join->room);

  if (!join->is_new &&
      (!osy_auth_store_act_as (tx, join->user->id, error) ||
       !osy_auth_totp_check (tx, staff.ring, join->user->id, join->totp, &join->second, error)))
    return FALSE;
  if (join->second == OSY_AUTH_TOTP_WRONG || join->second == OSY_AUTH_TOTP_MISSING)
    return TRUE;
  return osy_auth_admission_give_back (tx, staff.ring, &join->admission, error) &&
         osy_staff_service_join (&staff, tx, join->invitation, join->user, join->is_new, error) &&
         osy_auth_session_open (staff.sessions, tx, join->user->id, join->invitation->role,
                                &join->tokens, error);
}

static void
came_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Join) join = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (join->request, error);
    return;
  }
  if (join->second == OSY_AUTH_TOTP_WRONG) {
    refuse (join);
    return;
  }
  if (join->second == OSY_AUTH_TOTP_MISSING) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_TOTP_REQUIRED,
                                 "Add the code that the authenticator shows.");
    osy_http_reply_error (join->request, error);
    return;
  }
  osy_http_reply_add_header (join->request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) body = osy_auth_tokens_to_json (&join->tokens);
  osy_http_reply_json (join->request, 201, body);
}

static void
start_coming_in (Join *join)
{
  OsyDbScope scope = {.restaurant_id = join->invitation->restaurant_id};

  osy_db_pool_run_async (join->room->pool, &scope, come_in, join, NULL, NULL, came_in_cb, join);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Join) join = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = FALSE;

  if (!osy_password_hasher_verify_finish (OSY_PASSWORD_HASHER (source), result, &right, &error))
    osy_http_reply_error (join->request, error);
  else if (!right)
    refuse (join);
  else
    start_coming_in (g_steal_pointer (&join));
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Join) join = user_data;
  g_autoptr (GError) error = NULL;

  join->user->password_hash =
      osy_password_hasher_hash_finish (OSY_PASSWORD_HASHER (source), result, &error);
  if (join->user->password_hash == NULL)
    osy_http_reply_error (join->request, error);
  else
    start_coming_in (g_steal_pointer (&join));
}

static void
make_account (Join *join)
{
  join->is_new = TRUE;
  join->user = osy_auth_user_new ();
  join->user->id = osy_id_new ();
  join->user->email = g_strdup (join->email);
  join->user->name = g_strdup (join->name ? join->name : join->invitation->name);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Join) join = user_data;
  g_autoptr (GError) error = NULL;
  OsyPasswordHasher *hasher = join->room->auth->hasher;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) ||
      (join->admission.wait > 0 && !osy_auth_throttle_refuse (join->admission.wait, &error))) {
    osy_http_reply_error (join->request, error);
    return;
  }
  if (join->invitation == NULL) {
    refuse (join);
    return;
  }
  if (join->user == NULL)
    make_account (join);
  Join *data = g_steal_pointer (&join);
  if (data->is_new)
    osy_password_hasher_hash_async (hasher, data->password, hashed_cb, data);
  else
    osy_password_hasher_verify_async (hasher, data->password, data->user->password_hash,
                                      verified_cb, data);
}

/* A code is guessed at from an address, a password at an account. */
static gboolean
find (OsyDbTx *tx, gpointer data, GError **error)
{
  Join *join = data;
  OsyStaff staff = osy_staff_of (join->room);

  g_clear_pointer (&join->invitation, osy_staff_invitation_free);
  g_clear_pointer (&join->user, osy_auth_user_free);
  join->admission = (OsyAuthAdmission){
      .email = join->email, .client = osy_http_request_client (join->request), .code = join->totp};
  OsyAuthGuess guess = osy_auth_throttle_of_client (join->admission.client);
  if (!osy_auth_throttle_take (tx, staff.ring, &guess, &join->admission.wait, error))
    return FALSE;
  if (join->admission.wait > 0)
    return TRUE;
  if (!osy_staff_service_find_invitation (&staff, tx, join->code, join->email, &join->invitation,
                                          error))
    return FALSE;
  if (join->invitation == NULL)
    return TRUE;
  if (!osy_auth_throttle_give_back (tx, staff.ring, &guess, error) ||
      !osy_auth_admit (tx, staff.ring, &join->admission, error))
    return FALSE;
  join->user = g_steal_pointer (&join->admission.user);
  return TRUE;
}

/* A password must be a good one whether or not it is to be a new one, so that what is said of it
 * tells nobody whether there is an account. */
static gboolean
read_body (Join *join, JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  join->code = g_strdup (osy_json_reader_string (reader, "code", 1, 40));
  join->email = osy_auth_email_normalise (osy_json_reader_string (reader, "email", 1, 254));
  join->password = g_strdup (osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX));
  join->name = g_strdup (osy_json_reader_opt_string (reader, "name", 1, 100));
  join->totp = g_strdup (osy_json_reader_opt_string (reader, "totp", 0, 16));
  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  const char *const words[] = {join->email ? join->email : "", NULL};
  return osy_password_check (join->password, words, "/password", error);
}

void
osy_staff_handle_join (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (Join) join = g_new0 (Join, 1);
  OsyDbScope scope = {NULL};

  join->request = osy_http_request_ref (request);
  join->room = room;
  if (body == NULL || !read_body (join, body, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Join *data = g_steal_pointer (&join);
  osy_db_pool_run_async (data->room->pool, &scope, find, data, NULL, NULL, found_cb, data);
}
