/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Getting in, as typed calls: each builds a request, hands it to the core, and reads the answer
 * strictly. */

#include "osy-client-private.h"

#include "osy-json.h"

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

void
osy_client_start (GTask *task,
                  const OsyRestRequest *request,
                  OsyClientFlags flags,
                  GAsyncReadyCallback cb)
{
  osy_client_call_async (g_task_get_source_object (task), request, flags,
                         g_task_get_cancellable (task), cb, task);
}

static gboolean
finish_boolean (OsyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer
osy_client_finish_pointer (OsyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonNode *
osy_client_take_answer (GTask *task, GObject *source, GAsyncResult *result)
{
  GError *error = NULL;
  JsonNode *answer = osy_client_call_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_task_return_error (task, error);
  return answer;
}

/* ---- ready, setup ---- */

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
}

void
osy_client_ready_async (OsyClient *self, GCancellable *c, GAsyncReadyCallback cb, gpointer data)
{
  OsyRestRequest request = {.method = "GET", .path = "/ready"};

  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, ready_cb);
}

gboolean
osy_client_ready_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

static void
setup_status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
  GError *error = NULL;

  if (answer == NULL)
    return;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  gboolean needed = osy_json_reader_opt_bool (reader, "needed", FALSE);
  osy_json_reader_ignore_unknown (reader);
  if (!osy_json_reader_finish (reader, &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, needed);
}

void
osy_client_setup_status_async (OsyClient *self,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data)
{
  OsyRestRequest request = {.method = "GET", .path = "/api/v1/setup"};

  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, setup_status_cb);
}

gboolean
osy_client_setup_status_finish (OsyClient *self,
                                GAsyncResult *result,
                                gboolean *needed,
                                GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  gssize value = g_task_propagate_int (G_TASK (result), error);

  if (value < 0)
    return FALSE;
  *needed = value != 0;
  return TRUE;
}

/* ---- signing in ---- */

/* Names are for the eye only: without them the person is signed in all the same. */
static void
me_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyClient *self = OSY_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_call_finish (self, result, &error);

  if (answer != NULL) {
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
    OsyJsonReader *shop = osy_json_reader_object (reader, "restaurant");

    osy_client_set_names (self, osy_json_reader_opt_string (shop, "name", 0, 1000),
                          osy_json_reader_opt_string (reader, "name", 0, 1000));
  } else if (!osy_client_can_renew (self)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  osy_client_set_signed_in (self, TRUE);
  g_task_return_boolean (task, TRUE);
}

/* (transfer full) task */
static void
ask_who_i_am (GTask *task)
{
  OsyRestRequest request = {.method = "GET", .path = "/api/v1/auth/me"};

  osy_client_start (task, &request, OSY_CLIENT_SIGNED, me_cb);
}

static void
tokens_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
  GError *error = NULL;

  if (answer == NULL)
    return;
  if (!osy_client_take_tokens (OSY_CLIENT (source), answer, &error))
    g_task_return_error (task, error);
  else
    ask_who_i_am (g_steal_pointer (&task));
}

void
osy_client_start_signing_in (GTask *task, const OsyRestRequest *request)
{
  osy_client_start (task, request, OSY_CLIENT_OPEN, tokens_cb);
}

void
osy_client_setup_async (OsyClient *self,
                        const OsyClientSetup *setup,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/setup", .body = body};

  set_text (object, "code", setup->code);
  set_text (object, "shop_name", setup->shop_name);
  set_text (object, "business_number", setup->business_number);
  set_text (object, "owner_email", setup->owner_email);
  set_text (object, "owner_password", setup->owner_password);
  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, tokens_cb);
}

gboolean
osy_client_setup_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

void
osy_client_login_async (OsyClient *self,
                        const char *email,
                        const char *password,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  osy_client_sign_in_async (self, &(OsyClientSignIn){.email = email, .password = password}, c, cb,
                            data);
}

void
osy_client_sign_in_async (OsyClient *self,
                          const OsyClientSignIn *sign_in,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/auth/login", .body = body};

  json_object_set_string_member (object, "email", sign_in->email);
  json_object_set_string_member (object, "password", sign_in->password);
  set_text (object, "totp", sign_in->totp);
  set_text (object, "restaurant_id", sign_in->restaurant_id);
  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, tokens_cb);
}

gboolean
osy_client_login_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!osy_client_renew_finish (OSY_CLIENT (source), result, &error))
    g_task_return_error (task, error);
  else
    ask_who_i_am (g_steal_pointer (&task));
}

void
osy_client_renew_signing_in (GTask *task)
{
  osy_client_renew_async (g_task_get_source_object (task), resumed_cb, task);
}

void
osy_client_resume_async (OsyClient *self,
                         const char *refresh_token,
                         GCancellable *c,
                         GAsyncReadyCallback cb,
                         gpointer data)
{
  osy_client_take_refresh_token (self, refresh_token);
  osy_client_renew_signing_in (g_task_new (self, c, cb, data));
}

gboolean
osy_client_resume_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}
