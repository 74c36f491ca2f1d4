/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of one's own account: sessions, password, PIN. */

#include "osy-account-routes.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-pin.h"
#include "osy-auth-proof.h"
#include "osy-clock.h"
#include "osy-json.h"

static gboolean
note (OsyDbTx *tx, OsyAuthRoom *room, const OsyCall *call, const char *action, GError **error)
{
  const OsyAuditEntry entry = {.action = action,
                               .object_type = "user",
                               .object_id = osy_principal_user_id (call->principal)};

  return osy_audit_record (tx, room->ring, call, &entry, error);
}

/* ---- sessions ---- */

/** The end of a session. */
typedef struct {
  OsyAuthRoom *room;
  char *session_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->session_id);
  g_free (work);
}

static OsyDbRows *
own_sessions (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  const char *user_id = osy_principal_user_id (call->principal);

  if (user_id != NULL)
    return osy_auth_store_sessions_of (tx, user_id, NULL, osy_clock_now (), error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                       "A device has no sessions.");
  return NULL;
}

static void
set_time (JsonObject *object, const char *name, const OsyDbRows *rows, guint row)
{
  gint64 time = osy_db_rows_time (rows, row, name);
  g_autofree char *text = time != 0 ? osy_clock_format (time) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
session_to_json (const OsyDbRows *rows, guint row, const char *current)
{
  JsonObject *object = json_object_new ();
  const char *id = osy_db_rows_text (rows, row, "id");
  const char *client = osy_db_rows_text (rows, row, "client");

  json_object_set_string_member (object, "id", id);
  json_object_set_boolean_member (object, "current", g_strcmp0 (id, current) == 0);
  set_time (object, "created_at", rows, row);
  set_time (object, "last_used_at", rows, row);
  set_time (object, "expires_at", rows, row);
  if (client != NULL)
    json_object_set_string_member (object, "client", client);
  return object;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyDbRows) rows = own_sessions (tx, call, error);

  if (rows == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *sessions = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    json_array_add_object_element (
        sessions, session_to_json (rows, i, osy_principal_session_id (call->principal)));
  json_object_set_array_member (object, "sessions", sessions);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
revoke_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyDbRows) rows = own_sessions (tx, call, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (g_strcmp0 (osy_db_rows_text (rows, i, "id"), work->session_id) == 0)
      return osy_auth_session_end (&work->room->sessions, tx, work->session_id, error) &&
             note (tx, work->room, call, "auth.session_revoked", error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "You have no such session.");
  return FALSE;
}

static void
handle_list (OsyHttpRequest *request, gpointer room)
{
  osy_http_reply_add_header (request, "Cache-Control", "no-store");
  osy_api_run (request, ((OsyAuthRoom *)room)->pool, NULL, list_work, NULL, NULL);
}

static void
handle_revoke (OsyHttpRequest *request, gpointer room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->session_id = g_ascii_strdown (osy_http_request_param (request, "session_id"), -1);
  osy_api_run (request, work->room->pool, NULL, revoke_work, work, work_free);
}

/* ---- password and PIN ---- */

/** A change that the password was shown for. */
typedef struct {
  OsyAuthRoom *room;
  char *new_password; /* nullable */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  if (change->new_password != NULL)
    osy_wipe (change->new_password, strlen (change->new_password));
  g_free (change->new_password);
  g_free (change);
}

static gboolean
set_password (OsyDbTx *tx,
              const OsyCall *call,
              const OsyAuthProven *proven,
              gpointer data,
              OsyApiReply *reply,
              GError **error)
{
  Change *change = data;
  const OsyAuthUser *user = proven->user;
  g_autofree char *local = g_strndup (user->email, strcspn (user->email, "@"));
  const char *const words[] = {user->email, local, user->name ? user->name : local, NULL};

  return osy_password_check (change->new_password, words, "/new_password", error) &&
         osy_auth_store_set_password (tx, change->room->ring, user->id, proven->hash,
                                      osy_clock_now (), error) &&
         osy_auth_session_end_of (&change->room->sessions, tx, user->id, NULL,
                                  osy_principal_session_id (call->principal), error) &&
         note (tx, change->room, call, "auth.password_changed", error);
}

static gboolean
set_pin (OsyDbTx *tx,
         const OsyCall *call,
         const OsyAuthProven *proven,
         gpointer data,
         OsyApiReply *reply,
         GError **error)
{
  Change *change = data;

  return osy_auth_pin_set (tx, change->room->ring, proven->user->id, proven->hash, error) &&
         note (tx, change->room, call, "auth.pin_set", error);
}

static gboolean
remove_pin (OsyDbTx *tx,
            const OsyCall *call,
            const OsyAuthProven *proven,
            gpointer data,
            OsyApiReply *reply,
            GError **error)
{
  Change *change = data;
  gboolean removed = FALSE;

  return osy_auth_pin_remove (tx, proven->user->id, &removed, error) &&
         (!removed || note (tx, change->room, call, "auth.pin_removed", error));
}

static gboolean
read_change (OsyHttpRequest *request, OsyAuthProof *proof, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (request, error);
  Change *change = proof->data;

  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  proof->password = g_strdup (osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX));
  if (proof->func == set_password)
    proof->secret = g_strdup (osy_json_reader_string (reader, "new_password", 1, OSY_PASSWORD_MAX));
  if (proof->func == set_pin)
    proof->secret = g_strdup (osy_json_reader_string (reader, "pin", 1, 6));
  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  if (proof->func == set_pin)
    return osy_auth_pin_check (proof->secret, "/pin", error);
  change->new_password = g_strdup (proof->secret);
  return proof->func == remove_pin ||
         osy_password_check (proof->secret, NULL, "/new_password", error);
}

static void
handle_change (OsyHttpRequest *request, OsyAuthRoom *room, OsyAuthProvenFunc func)
{
  g_autoptr (GError) error = NULL;
  g_auto (OsyAuthProof) proof = {.func = func, .destroy = change_free};
  Change *change = proof.data = g_new0 (Change, 1);

  change->room = room;
  if (read_change (request, &proof, &error))
    osy_auth_prove (request, room, &proof);
  else
    osy_http_reply_error (request, error);
}

static void
handle_password (OsyHttpRequest *request, gpointer room)
{
  handle_change (request, room, set_password);
}

static void
handle_pin (OsyHttpRequest *request, gpointer room)
{
  handle_change (request, room, set_pin);
}

static void
handle_pin_remove (OsyHttpRequest *request, gpointer room)
{
  handle_change (request, room, remove_pin);
}

#define AUTH "/api/v1/auth"
const OsyRoute osy_account_routes[] = {
    {"GET", AUTH "/sessions", "listSessions", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN, handle_list},
    {"POST", AUTH "/sessions/{session_id}/revoke", "revokeSession", OSY_PERM_NONE,
     OSY_ROUTE_SIGNED_IN | OSY_ROUTE_NO_BODY, handle_revoke},
    {"POST", AUTH "/password", "changePassword", OSY_PERM_NONE,
     OSY_ROUTE_SIGNED_IN | OSY_ROUTE_SECRET, handle_password},
    {"POST", AUTH "/pin", "setPin", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN | OSY_ROUTE_SECRET,
     handle_pin},
    {"POST", AUTH "/pin/remove", "removePin", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN | OSY_ROUTE_SECRET,
     handle_pin_remove},
    {"GET", AUTH "/act/people", "listActPeople", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN,
     osy_account_handle_people},
    {"POST", AUTH "/act", "beginAct", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN, osy_account_handle_act},
    {NULL},
};
