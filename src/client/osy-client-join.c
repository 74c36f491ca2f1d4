/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Coming in by a code: a person with an invitation, a screen with a pairing code. */

#include "osy-client-private.h"

#include "osy-json.h"

void
osy_client_join_async (OsyClient *self,
                       const OsyClientJoin *join,
                       GCancellable *c,
                       GAsyncReadyCallback cb,
                       gpointer data)
{
  g_return_if_fail (OSY_IS_CLIENT (self) && join != NULL);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/auth/invitation", .body = body};

  json_object_set_string_member (object, "code", join->code);
  json_object_set_string_member (object, "email", join->email);
  json_object_set_string_member (object, "password", join->password);
  if (join->name != NULL && join->name[0] != '\0')
    json_object_set_string_member (object, "name", join->name);
  osy_client_start_signing_in (g_task_new (self, c, cb, data), &request);
}

static void
paired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
  g_autoptr (OsyJsonReader) reader = NULL;
  const char *token;
  GError *error = NULL;

  if (answer == NULL)
    return;
  reader = osy_json_reader_new (answer);
  token = osy_json_reader_string (reader, "device_token", 1, 1000);
  osy_json_reader_ignore_unknown (reader);
  if (!osy_json_reader_finish (reader, &error)) {
    g_task_return_error (task, error);
    return;
  }
  osy_client_take_device_token (OSY_CLIENT (source), token);
  osy_client_renew_signing_in (g_steal_pointer (&task));
}

void
osy_client_pair_async (OsyClient *self,
                       const char *code,
                       GCancellable *c,
                       GAsyncReadyCallback cb,
                       gpointer data)
{
  g_return_if_fail (OSY_IS_CLIENT (self) && code != NULL);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/auth/pair", .body = body};

  json_object_set_string_member (object, "pairing_code", code);
  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, paired_cb);
}

void
osy_client_resume_device_async (OsyClient *self,
                                const char *device_token,
                                GCancellable *c,
                                GAsyncReadyCallback cb,
                                gpointer data)
{
  g_return_if_fail (OSY_IS_CLIENT (self) && device_token != NULL);

  osy_client_take_device_token (self, device_token);
  osy_client_renew_signing_in (g_task_new (self, c, cb, data));
}
