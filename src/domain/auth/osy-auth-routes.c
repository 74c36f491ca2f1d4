/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of accounts: renew, sign out, who am I, tickets for sockets. */

#include "osy-auth-routes.h"

#include "osy-api.h"
#include "osy-auth-watch.h"
#include "osy-auth-service.h"
#include "osy-auth-tickets.h"
#include "osy-clock.h"
#include "osy-json.h"

/** One renewal on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  char *token;
  OsyAuthRenewal renewal;
} Renew;

static void
renew_free (Renew *renew)
{
  osy_http_request_unref (renew->request);
  g_free (renew->token);
  osy_auth_renewal_clear (&renew->renewal);
  g_free (renew);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renew, renew_free)

static gboolean
renew_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Renew *renew = data;

  return osy_auth_session_renew (&renew->room->sessions, tx, renew->token, &renew->renewal, error);
}

/* Somebody has a copy of the token: the owner of the session or a thief. */
static void
end_stolen (Renew *renew)
{
  const OsyAuthRenewal *renewal = &renew->renewal;
  g_autofree char *subject = g_strconcat ("session:", renewal->revoked, NULL);

  g_message ("a used refresh token came again: session %s was ended", renewal->revoked);
  osy_metric_count (&osy_auth_failures, "token_reuse");
  osy_threat_note (renew->room->threats, OSY_THREAT_TOKEN_REUSE, renewal->restaurant_id, subject,
                   osy_http_request_client (renew->request));
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Renew) renew = user_data;
  g_autoptr (GError) error = NULL;
  OsyAuthRenewal *renewal = &renew->renewal;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (renew->request, error);
    return;
  }
  if (renewal->revoked != NULL)
    end_stolen (renew);
  if (renewal->tokens.access_token == NULL) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                                 "The sign-in has ended: sign in again.");
    osy_http_reply_error (renew->request, error);
    return;
  }
  osy_http_reply_add_header (renew->request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) body = osy_auth_tokens_to_json (&renewal->tokens);
  osy_http_reply_json (renew->request, 200, body);
}

static void
handle_refresh (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyJsonReader) reader = body ? osy_json_reader_new (body) : NULL;
  g_autofree char *token =
      reader ? g_strdup (osy_json_reader_string (reader, "refresh_token", 1, 100)) : NULL;
  OsyDbScope scope = {NULL};

  if (reader == NULL || !osy_json_reader_finish (reader, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Renew *renew = g_new0 (Renew, 1);
  renew->request = osy_http_request_ref (request);
  renew->room = room;
  renew->token = g_steal_pointer (&token);
  osy_db_pool_run_async (room->pool, &scope, renew_work, renew, NULL, NULL, renewed_cb, renew);
}

static gboolean
logout_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  OsyAuthRoom *room = data;

  return osy_auth_session_close (&room->sessions, tx, call, error);
}

static void
handle_logout (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;

  osy_api_run (request, room->pool, NULL, logout_work, room, NULL);
}

static gboolean
me_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  OsyAuthRoom *room = data;
  g_autoptr (OsyAuthPerson) person = osy_auth_service_person (tx, room->ring, call, error);

  if (person == NULL)
    return FALSE;
  reply->body = osy_auth_person_to_json (person);
  return TRUE;
}

static void
handle_me (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;

  osy_api_run (request, room->pool, NULL, me_work, room, NULL);
}

static void
handle_ticket (OsyHttpRequest *request, gpointer user_data)
{
  OsyAuthRoom *room = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket =
      osy_auth_gate_issue_ticket (room->gate, osy_http_request_principal (request), &error);

  if (ticket == NULL) {
    osy_http_reply_error (request, error);
    return;
  }
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "ticket", ticket);
  json_object_set_int_member (object, "expires_in", OSY_AUTH_TICKET_LIFETIME);
  osy_http_reply_add_header (request, "Cache-Control", "no-store");
  g_autoptr (JsonNode) answer = osy_json_take_object (object);
  osy_http_reply_json (request, 201, answer);
}

const OsyRoute osy_auth_routes[] = {
    {"POST", "/api/v1/auth/login", "login", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_SECRET,
     osy_auth_handle_login},
    {"POST", "/api/v1/auth/refresh", "refreshTokens", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_RENEW, handle_refresh},
    {"POST", "/api/v1/auth/logout", "logout", OSY_PERM_NONE,
     OSY_ROUTE_SIGNED_IN | OSY_ROUTE_NO_BODY, handle_logout},
    {"POST", "/api/v1/auth/totp", "beginTotp", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN,
     osy_auth_handle_totp_begin},
    {"POST", "/api/v1/auth/totp/confirm", "confirmTotp", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN,
     osy_auth_handle_totp_confirm},
    {"POST", "/api/v1/auth/totp/remove", "removeTotp", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN,
     osy_auth_handle_totp_remove},
    {"GET", "/api/v1/auth/me", "getMe", OSY_PERM_NONE, OSY_ROUTE_SIGNED_IN, handle_me},
    {"GET", "/api/v1/setup", "getSetupStatus", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK,
     osy_auth_handle_setup_status},
    {"POST", "/api/v1/setup", "setUp", OSY_PERM_NONE,
     OSY_ROUTE_PUBLIC | OSY_ROUTE_LOOPBACK | OSY_ROUTE_SECRET, osy_auth_handle_setup},
    {"POST", "/api/v1/ws-ticket", "createTicket", OSY_PERM_NONE,
     OSY_ROUTE_SIGNED_IN | OSY_ROUTE_NO_BODY, handle_ticket},
    {NULL},
};
