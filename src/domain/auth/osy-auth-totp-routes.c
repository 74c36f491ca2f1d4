/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the second factor: begin with the password, confirm and remove with a code. Wrong ones
 * count as wrong passwords do, so that a stolen token does not guess its way. */

#include <string.h>

#include "osy-auth-routes.h"
#include "osy-auth-totp.h"
#include "osy-json.h"

typedef enum { BEGIN, CONFIRM, REMOVE } Step;

/** One such request on its way. */
typedef struct {
  OsyHttpRequest *request;
  OsyAuthRoom *room;
  Step step;
  OsyPrincipal *principal;
  char *trace_id;
  char *words; /* the password, or the code */
  OsyAuthUser *user;
  JsonNode *answer;
} Work;

static void
work_free (Work *work)
{
  if (work->words != NULL)
    osy_wipe (work->words, strlen (work->words));
  osy_http_request_unref (work->request);
  osy_principal_unref (work->principal);
  g_clear_pointer (&work->user, osy_auth_user_free);
  g_clear_pointer (&work->answer, json_node_unref);
  g_free (work->trace_id);
  g_free (work->words);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
refuse (Work *work, const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST) ||
      osy_error_is (error, OSY_ERROR_INVALID_CREDENTIALS))
    osy_auth_throttle_fail (work->room->accounts, osy_principal_actor (work->principal));
  osy_http_reply_error (work->request, error);
}

static JsonNode *
start_to_json (const OsyAuthTotpStart *start)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "secret", start->secret);
  json_object_set_string_member (object, "otpauth_uri", start->uri);
  return osy_json_take_object (object);
}

static JsonNode *
codes_to_json (GPtrArray *codes)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < codes->len; i++)
    json_array_add_string_element (array, codes->pdata[i]);
  json_object_set_array_member (object, "recovery_codes", array);
  return osy_json_take_object (object);
}

static gboolean
take_step (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;
  const OsyCall call = {.principal = work->principal, .trace_id = work->trace_id};
  g_auto (OsyAuthTotpStart) start = {NULL, NULL};
  g_autoptr (GPtrArray) codes = NULL;

  g_clear_pointer (&work->answer, json_node_unref);
  switch (work->step) {
  case BEGIN:
    if (!osy_auth_totp_begin (tx, work->room->ring, work->user, &start, error))
      return FALSE;
    work->answer = start_to_json (&start);
    return TRUE;
  case CONFIRM:
    codes = osy_auth_totp_confirm (tx, work->room->ring, &call, work->words, error);
    if (codes == NULL)
      return FALSE;
    work->answer = codes_to_json (codes);
    return TRUE;
  case REMOVE: return osy_auth_totp_remove (tx, work->room->ring, &call, work->words, error);
  }
  return FALSE;
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    refuse (work, error);
    return;
  }
  osy_auth_throttle_forget (work->room->accounts, osy_principal_actor (work->principal));
  osy_http_reply_add_header (work->request, "Cache-Control", "no-store");
  if (work->answer != NULL)
    osy_http_reply_json (work->request, work->step == BEGIN ? 201 : 200, work->answer);
  else
    osy_http_reply_empty (work->request, 204);
}

/* (transfer full) work */
static void
run (Work *work, OsyDbFunc func, GAsyncReadyCallback done)
{
  OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (work->principal),
                      .user_id = osy_principal_user_id (work->principal)};

  osy_db_pool_run_async (work->room->pool, &scope, func, work, NULL, NULL, done, work);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = FALSE;

  if (osy_password_hasher_verify_finish (OSY_PASSWORD_HASHER (source), result, &right, &error) &&
      !right)
    error =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS, "The password is wrong.");
  if (error != NULL)
    refuse (work, error);
  else
    run (g_steal_pointer (&work), take_step, stepped_cb);
}

static gboolean
load_user (OsyDbTx *tx, gpointer data, GError **error)
{
  Work *work = data;

  g_clear_pointer (&work->user, osy_auth_user_free);
  return osy_auth_store_load_user (tx, work->room->ring, osy_principal_user_id (work->principal),
                                   &work->user, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Work *work = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_password_hasher_verify_async (work->room->hasher, work->words,
                                      work->user != NULL ? work->user->password_hash : NULL,
                                      verified_cb, work);
    return;
  }
  refuse (work, error);
  work_free (work);
}

static gboolean
read_words (Work *work, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (work->request, error);

  if (body == NULL)
    return FALSE;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  work->words = g_strdup (work->step == BEGIN
                              ? osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX)
                              : osy_json_reader_string (reader, "code", 1, 32));
  return osy_json_reader_finish (reader, error);
}

static gboolean
check_throttle (Work *work, GError **error)
{
  gint64 wait =
      osy_auth_throttle_wait (work->room->accounts, osy_principal_actor (work->principal));
  gint64 seconds = (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  GError *fault;

  if (wait <= 0)
    return TRUE;
  fault = g_error_new (OSY_ERROR, OSY_ERROR_RATE_LIMITED,
                       "Too many wrong codes: wait %" G_GINT64_FORMAT " seconds.", seconds);
  osy_error_set_extra (fault, "retry_after", json_node_init_int (json_node_alloc (), seconds));
  g_propagate_error (error, fault);
  return FALSE;
}

static void
handle (OsyHttpRequest *request, OsyAuthRoom *room, Step step)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->request = osy_http_request_ref (request);
  work->room = room;
  work->step = step;
  work->principal = osy_principal_ref (osy_http_request_principal (request));
  work->trace_id = g_strdup (osy_http_request_trace_id (request));
  if (!check_throttle (work, &error) || !read_words (work, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  if (step == BEGIN)
    run (g_steal_pointer (&work), load_user, loaded_cb);
  else
    run (g_steal_pointer (&work), take_step, stepped_cb);
}

void
osy_auth_handle_totp_begin (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, BEGIN);
}

void
osy_auth_handle_totp_confirm (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, CONFIRM);
}

void
osy_auth_handle_totp_remove (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, REMOVE);
}
