/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* POST /auth/act: somebody shows himself by his PIN, for one act in another's session or at a
 * device. */

#include <string.h>

#include "osy-account-routes.h"
#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-auth-acts.h"
#include "osy-auth-pin.h"
#include "osy-auth-throttle.h"
#include "osy-auth-watch.h"
#include "osy-json.h"

/* A PIN is seen over the shoulder: it changes nobody's rights and destroys nothing for good. */
#define NOT_BY_PIN (OSY_PERM_STAFF_MANAGE | OSY_PERM_DEVICE_MANAGE | OSY_PERM_PRIVACY_MANAGE)

/** One such request on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  OsyPrincipal *session;
  OsyPrincipal *acting; /* (nullable): once the PIN was right */
  char *trace_id;
  char *user_id;
  char *pin;
  char *subject; /* of the guess */
  OsyPermission permission;
  OsyAuthGuess guess;
  gint64 wait;
  OsyAuthPin found;
} Act;

static void
act_free (Act *act)
{
  if (act->pin != NULL)
    osy_wipe (act->pin, strlen (act->pin));
  osy_http_request_unref (act->request);
  osy_principal_unref (act->session);
  g_clear_pointer (&act->acting, osy_principal_unref);
  g_free (act->trace_id);
  g_free (act->user_id);
  g_free (act->pin);
  g_free (act->subject);
  osy_auth_pin_clear (&act->found);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
refuse (Act *act, OsyErrorCode code, const char *detail)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, code, detail);

  osy_http_reply_error (act->request, error);
}

static void
refuse_pin (Act *act)
{
  OsyMembership here = {.restaurant_id = (char *)osy_principal_restaurant_id (act->session)};
  g_autoptr (GPtrArray) memberships = g_ptr_array_new ();
  OsyAuthFailure failure = {.user_id = act->found.user_id,
                            .memberships = memberships,
                            .client = osy_http_request_client (act->request),
                            .reason = "pin"};
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS, "The PIN is wrong.");

  g_ptr_array_add (memberships, &here);
  osy_auth_watch_failed (act->room, &failure);
  osy_error_set_extra (error, "tries_left",
                       json_node_init_int (json_node_alloc (), act->guess.left));
  osy_http_reply_error (act->request, error);
}

/* (transfer full) act */
static void
run (Act *act, OsyDbFunc func, GAsyncReadyCallback done)
{
  OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (act->session),
                      .user_id = osy_principal_user_id (act->session)};

  osy_db_pool_run_async (act->room->pool, &scope, func, act, NULL, NULL, done, act);
}

/* ---- 3: the PIN is right ---- */

static gboolean
finish (OsyDbTx *tx, gpointer data, GError **error)
{
  Act *act = data;
  const OsyCall call = {.principal = act->acting, .trace_id = act->trace_id};
  const OsyAuditEntry entry = {
      .action = "auth.pin_shown", .object_type = "user", .object_id = act->user_id};

  return osy_auth_throttle_give_back (tx, act->room->ring, &act->guess, error) &&
         osy_audit_record (tx, act->room->ring, &call, &entry, error);
}

static void
reply_token (Act *act, const char *token)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "act_token", token);
  json_object_set_int_member (object, "expires_in", OSY_AUTH_ACT_LIFETIME);
  osy_http_reply_add_header (act->request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  osy_http_reply_json (act->request, 201, body);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    if (!(osy_role_permissions (act->found.role) & act->permission)) {
      refuse (act, OSY_ERROR_INSUFFICIENT_PERMISSION, "This person may not do this either.");
      return;
    }
    token = osy_auth_gate_issue_act (act->room->gate, act->acting, &error);
  }
  if (token != NULL)
    reply_token (act, token);
  else
    osy_http_reply_error (act->request, error);
}

/* ---- 2: the PIN ---- */

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = FALSE;

  if (!osy_password_hasher_verify_finish (OSY_PASSWORD_HASHER (source), result, &right, &error)) {
    osy_http_reply_error (act->request, error);
    return;
  }
  if (!right || act->found.user_id == NULL) {
    refuse_pin (act);
    return;
  }
  act->acting =
      osy_principal_new_acting (act->session, act->user_id, act->found.role, act->permission);
  run (g_steal_pointer (&act), finish, finished_cb);
}

/* ---- 1: count ---- */

static gboolean
begin (OsyDbTx *tx, gpointer data, GError **error)
{
  Act *act = data;

  osy_auth_pin_clear (&act->found);
  return osy_auth_throttle_take (tx, act->room->ring, &act->guess, &act->wait, error) &&
         osy_auth_pin_load (tx, act->room->ring, act->user_id, &act->found, error);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) ||
      (act->wait > 0 && !osy_auth_throttle_refuse (act->wait, &error))) {
    osy_http_reply_error (act->request, error);
    return;
  }
  Act *data = g_steal_pointer (&act);
  osy_password_hasher_verify_async (data->room->hasher, data->pin, data->found.hash, verified_cb,
                                    data);
}

static gboolean
read_body (Act *act, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (act->request, error);

  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *id = osy_json_reader_id (reader, "user_id");
  const char *name = osy_json_reader_string (reader, "permission", 1, 40);
  act->user_id = id ? g_ascii_strdown (id, -1) : NULL;
  act->pin = g_strdup (osy_json_reader_string (reader, "pin", 1, 6));
  if (name != NULL && !osy_permission_from_name (name, &act->permission))
    osy_json_reader_fault (reader, "permission", "UNKNOWN", "There is no such permission.");
  return osy_json_reader_finish (reader, error);
}

void
osy_account_handle_act (OsyHttpRequest *request, gpointer room)
{
  g_autoptr (Act) act = g_new0 (Act, 1);
  g_autoptr (GError) error = NULL;

  act->request = osy_http_request_ref (request);
  act->room = room;
  act->session = osy_principal_ref (osy_http_request_principal (request));
  act->trace_id = g_strdup (osy_http_request_trace_id (request));
  if (!read_body (act, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  if (act->permission & NOT_BY_PIN) {
    refuse (act, OSY_ERROR_INSUFFICIENT_PERMISSION,
            "This is not done by PIN: sign in as somebody who may.");
    return;
  }
  act->subject = g_strconcat (osy_principal_restaurant_id (act->session), "|", act->user_id, NULL);
  act->guess = (OsyAuthGuess){.kind = OSY_AUTH_GUESS_PIN, .subject = act->subject};
  run (g_steal_pointer (&act), begin, begun_cb);
}

/* ---- whom to choose from ---- */

static gboolean
add_person (OsyDbTx *tx,
            OsyKeyring *ring,
            const OsyDbRows *rows,
            guint row,
            JsonArray *people,
            GError **error)
{
  g_autofree char *name = NULL;
  const char *user_id = osy_db_rows_text (rows, row, "user_id");

  if (!osy_auth_store_load_name (tx, ring, user_id, &name, error))
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "user_id", user_id);
  json_object_set_string_member (object, "role", osy_db_rows_text (rows, row, "role"));
  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  json_array_add_object_element (people, object);
  return TRUE;
}

static gboolean
people_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  OsyAuthRoom *room = data;
  g_autoptr (JsonArray) people = json_array_new ();
  g_autoptr (OsyDbRows) rows = osy_auth_pin_people (tx, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (!add_person (tx, room->ring, rows, i, people, error))
      return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "people", g_steal_pointer (&people));
  reply->body = osy_json_take_object (object);
  return TRUE;
}

void
osy_account_handle_people (OsyHttpRequest *request, gpointer room)
{
  osy_http_reply_add_header (request, "Cache-Control", "no-store");
  osy_api_run (request, ((OsyAuthRoom *)room)->pool, NULL, people_work, room, NULL);
}
