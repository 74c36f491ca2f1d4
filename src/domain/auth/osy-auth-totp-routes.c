/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the second factor: begin with the password, confirm with a code, remove with both. */

#include "osy-auth-proof.h"
#include "osy-auth-totp.h"
#include "osy-json.h"

typedef struct {
  OsyAuthRoom *room;
  char *code; /* nullable */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->code);
  g_free (step);
}

static gboolean
begin (OsyDbTx *tx,
       const OsyCall *call,
       const OsyAuthProven *proven,
       gpointer data,
       OsyApiReply *reply,
       GError **error)
{
  Step *step = data;
  g_auto (OsyAuthTotpStart) start = {NULL, NULL};

  if (!osy_auth_totp_begin (tx, step->room->ring, proven->user, &start, error))
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "secret", start.secret);
  json_object_set_string_member (object, "otpauth_uri", start.uri);
  reply->status = 201;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
confirm (OsyDbTx *tx,
         const OsyCall *call,
         const OsyAuthProven *proven,
         gpointer data,
         OsyApiReply *reply,
         GError **error)
{
  Step *step = data;
  g_autoptr (GPtrArray) codes =
      osy_auth_totp_confirm (tx, step->room->ring, call, step->code, error);

  if (codes == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < codes->len; i++)
    json_array_add_string_element (array, codes->pdata[i]);
  json_object_set_array_member (object, "recovery_codes", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static gboolean
remove_factor (OsyDbTx *tx,
               const OsyCall *call,
               const OsyAuthProven *proven,
               gpointer data,
               OsyApiReply *reply,
               GError **error)
{
  Step *step = data;

  return osy_auth_totp_remove (tx, step->room->ring, call, step->code, error);
}

static void
handle (OsyHttpRequest *request, OsyAuthRoom *room, OsyAuthProvenFunc func)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyJsonReader) reader = body ? osy_json_reader_new (body) : NULL;
  g_auto (OsyAuthProof) proof = {.func = func, .destroy = step_free};
  Step *step = proof.data = g_new0 (Step, 1);

  step->room = room;
  if (reader != NULL && func != confirm)
    proof.password = g_strdup (osy_json_reader_string (reader, "password", 1, OSY_PASSWORD_MAX));
  if (reader != NULL && func != begin)
    step->code = g_strdup (osy_json_reader_string (reader, "code", 1, 32));
  if (reader == NULL || !osy_json_reader_finish (reader, &error))
    osy_http_reply_error (request, error);
  else
    osy_auth_prove (request, room, &proof);
}

void
osy_auth_handle_totp_begin (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, begin);
}

void
osy_auth_handle_totp_confirm (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, confirm);
}

void
osy_auth_handle_totp_remove (OsyHttpRequest *request, gpointer room)
{
  handle (request, room, remove_factor);
}
