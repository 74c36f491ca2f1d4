/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The client's core: keeps the tokens, renews them once however many calls ask, and carries a call
 * through renewals and lost connections. The typed calls are in osy-client-calls.c. */

#include "osy-client-private.h"

#include <string.h>

#include "osy-compat.h"
#include "osy-id.h"
#include "osy-json.h"

#define PERSIST_FOR (20 * G_TIME_SPAN_SECOND)
#define FIRST_PAUSE_MS 500
#define LONGEST_PAUSE_MS 4000
/* A token this close to its end is renewed before it is used. */
#define TOKEN_MARGIN (15 * G_TIME_SPAN_SECOND)
/* Renewal in the background, long before that. */
#define RENEW_BEFORE_SECONDS 60
#define RENEW_AGAIN_SECONDS 5
/* The daemon lets a refresh token be repeated for 10 s, so a lost answer must be asked for again at
 * once: later, the repeat would look like a stolen token and end the session. */
#define RENEW_TRIES 4
#define RENEW_PAUSE_MS 1000

struct _OsyClient {
  GObject parent;
  char *base_url;
  SoupSession *session;
  gboolean signed_in;
  char *shop_name;
  char *person_name;
  char *access_token;
  gint64 access_ends; /* monotonic */
  char *refresh_token;
  char *device_token;  /* in place of the refresh token, on a paired screen */
  GPtrArray *renewers; /* (nullable): of GTask, while a renewal is under way */
  guint renew_tries;
  guint retry_id; /* of the renewal under way */
  guint renew_id; /* of the next one */
};

typedef struct {
  char *method;
  char *path;
  JsonNode *body;
  GBytes *file;
  char *key;
  gint64 if_version;
  char *act_token;
  OsyClientFlags flags;
  gboolean renewed;
  gint64 give_up_at; /* monotonic */
  guint pause_ms;
} Call;

enum {
  PROP_SIGNED_IN = 1,
  PROP_SHOP_NAME,
  PROP_PERSON_NAME,
  PROP_ACCESS_TOKEN,
  PROP_REFRESH_TOKEN,
  PROP_DEVICE_TOKEN,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OsyClient, osy_client, G_TYPE_OBJECT)

static void
call_free (Call *call)
{
  g_free (call->method);
  g_free (call->path);
  g_clear_pointer (&call->body, json_node_unref);
  g_clear_pointer (&call->file, g_bytes_unref);
  g_free (call->key);
  g_free (call->act_token);
  g_free (call);
}

/* ---- tokens ---- */

static void
set_text (OsyClient *self, char **target, const char *value, guint property)
{
  if (osy_set_str (target, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
osy_client_set_names (OsyClient *self, const char *shop_name, const char *person_name)
{
  set_text (self, &self->shop_name, shop_name, PROP_SHOP_NAME);
  set_text (self, &self->person_name, person_name, PROP_PERSON_NAME);
}

void
osy_client_set_signed_in (OsyClient *self, gboolean signed_in)
{
  if (self->signed_in == !!signed_in)
    return;
  self->signed_in = !!signed_in;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
}

gboolean
osy_client_can_renew (OsyClient *self)
{
  return self->refresh_token != NULL || self->device_token != NULL;
}

static GError *
signed_out_error (void)
{
  return g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAUTHENTICATED, "Sign in to go on.");
}

static void
finish_renewal (OsyClient *self, const GError *error)
{
  g_autoptr (GPtrArray) renewers = g_steal_pointer (&self->renewers);

  for (guint i = 0; i < renewers->len; i++) {
    GTask *task = g_ptr_array_index (renewers, i);

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
forget_tokens (OsyClient *self)
{
  g_clear_handle_id (&self->renew_id, g_source_remove);
  set_text (self, &self->access_token, NULL, PROP_ACCESS_TOKEN);
  set_text (self, &self->refresh_token, NULL, PROP_REFRESH_TOKEN);
  set_text (self, &self->device_token, NULL, PROP_DEVICE_TOKEN);
  osy_client_set_names (self, NULL, NULL);
  osy_client_set_signed_in (self, FALSE);
  if (self->retry_id != 0) {
    g_autoptr (GError) error = signed_out_error ();

    g_clear_handle_id (&self->retry_id, g_source_remove);
    finish_renewal (self, error);
  }
}

static void background_renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static gboolean
renew_timer_cb (gpointer user_data)
{
  OsyClient *self = user_data;

  self->renew_id = 0;
  osy_client_renew_async (self, background_renewed_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
renew_in (OsyClient *self, guint seconds)
{
  g_clear_handle_id (&self->renew_id, g_source_remove);
  self->renew_id = g_timeout_add_seconds (seconds, renew_timer_cb, self);
}

static void
background_renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyClient *self = OSY_CLIENT (source);
  g_autoptr (GError) error = NULL;

  if (osy_client_renew_finish (self, result, &error))
    return;
  g_info ("The login could not be renewed: %s", error->message);
  if (osy_client_can_renew (self))
    renew_in (self, RENEW_AGAIN_SECONDS);
}

gboolean
osy_client_take_tokens (OsyClient *self, JsonNode *answer, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  const char *access = osy_json_reader_string (reader, "access_token", 1, 16384);
  const char *refresh = self->device_token != NULL
                            ? NULL
                            : osy_json_reader_string (reader, "refresh_token", 1, 16384);
  gint64 seconds = osy_json_reader_int (reader, "expires_in", 1, G_MAXINT32);

  osy_json_reader_ignore_unknown (reader);
  if (!osy_json_reader_finish (reader, error)) {
    g_prefix_error_literal (error, "The server's answer to the login: ");
    return FALSE;
  }
  self->access_ends = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  renew_in (self, (guint)MAX (seconds - RENEW_BEFORE_SECONDS, (seconds + 1) / 2));
  set_text (self, &self->refresh_token, refresh, PROP_REFRESH_TOKEN);
  set_text (self, &self->access_token, access, PROP_ACCESS_TOKEN);
  return TRUE;
}

void
osy_client_take_refresh_token (OsyClient *self, const char *refresh_token)
{
  set_text (self, &self->access_token, NULL, PROP_ACCESS_TOKEN);
  set_text (self, &self->device_token, NULL, PROP_DEVICE_TOKEN);
  set_text (self, &self->refresh_token, refresh_token, PROP_REFRESH_TOKEN);
}

void
osy_client_take_device_token (OsyClient *self, const char *device_token)
{
  osy_client_take_refresh_token (self, NULL);
  set_text (self, &self->device_token, device_token, PROP_DEVICE_TOKEN);
}

/* ---- renewal ---- */

static gboolean
is_refusal (const GError *error)
{
  return osy_error_is (error, OSY_ERROR_UNAUTHENTICATED) ||
         osy_error_is (error, OSY_ERROR_INVALID_CREDENTIALS) ||
         osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION);
}

static void send_renewal (OsyClient *self);

static gboolean
renew_again_cb (gpointer user_data)
{
  OsyClient *self = user_data;

  self->retry_id = 0;
  send_renewal (self);
  return G_SOURCE_REMOVE;
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OsyClient) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_rest_send_finish (SOUP_SESSION (source), result, &error);

  /* Who signed out meanwhile must not be signed in again by a late answer. */
  if (!osy_client_can_renew (self)) {
    g_clear_error (&error);
    error = signed_out_error ();
  } else if (answer != NULL) {
    osy_client_take_tokens (self, answer, &error);
  } else if (osy_error_is (error, OSY_ERROR_UNAVAILABLE) && ++self->renew_tries < RENEW_TRIES) {
    self->retry_id = g_timeout_add (RENEW_PAUSE_MS, renew_again_cb, self);
    return;
  }
  if (error != NULL && is_refusal (error))
    forget_tokens (self);
  finish_renewal (self, error);
}

static void
send_renewal (OsyClient *self)
{
  gboolean device = self->device_token != NULL;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  OsyRestRequest request = {.method = "POST",
                            .path = device ? "/api/v1/auth/device-token" : "/api/v1/auth/refresh",
                            .body = body};

  json_object_set_string_member (object, device ? "device_token" : "refresh_token",
                                 device ? self->device_token : self->refresh_token);
  osy_rest_send_async (self->session, self->base_url, &request, NULL, renewed_cb,
                       g_object_ref (self));
}

void
osy_client_renew_async (OsyClient *self, GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);

  g_task_set_source_tag (task, osy_client_renew_async);
  if (!osy_client_can_renew (self)) {
    g_task_return_error (task, signed_out_error ());
    return;
  }
  if (self->renewers != NULL) {
    g_ptr_array_add (self->renewers, g_steal_pointer (&task));
    return;
  }
  self->renewers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->renewers, g_steal_pointer (&task));
  self->renew_tries = 0;
  send_renewal (self);
}

gboolean
osy_client_renew_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- calls ---- */

static void call_send (GTask *task);

static void
call_renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!osy_client_renew_finish (OSY_CLIENT (source), result, &error))
    g_task_return_error (task, error);
  else
    call_send (g_steal_pointer (&task));
}

static gboolean
call_again_cb (gpointer user_data)
{
  call_send (user_data);
  return G_SOURCE_REMOVE;
}

/* Whether the outcome is open, so that the same key may and should be tried again. */
static gboolean
may_persist (const Call *call, const GError *error)
{
  if (!(call->flags & OSY_CLIENT_PERSISTENT) || g_get_monotonic_time () >= call->give_up_at)
    return FALSE;
  return osy_error_is (error, OSY_ERROR_UNAVAILABLE) || osy_error_is (error, OSY_ERROR_TIMEOUT) ||
         osy_error_is (error, OSY_ERROR_IN_PROGRESS);
}

static void
call_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  JsonNode *answer = osy_rest_send_finish (SOUP_SESSION (source), result, &error);

  if (answer != NULL) {
    g_task_return_pointer (task, answer, (GDestroyNotify)json_node_unref);
  } else if ((call->flags & OSY_CLIENT_SIGNED) && !call->renewed &&
             osy_error_is (error, OSY_ERROR_UNAUTHENTICATED)) {
    call->renewed = TRUE;
    osy_client_renew_async (self, call_renewed_cb, g_steal_pointer (&task));
  } else if (may_persist (call, error)) {
    g_timeout_add (call->pause_ms, call_again_cb, g_steal_pointer (&task));
    call->pause_ms = MIN (call->pause_ms * 2, LONGEST_PAUSE_MS);
  } else {
    g_task_return_error (task, g_steal_pointer (&error));
  }
}

/* (transfer full) task */
static void
call_send (GTask *task)
{
  OsyClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  gboolean is_signed = (call->flags & OSY_CLIENT_SIGNED) != 0;
  OsyRestRequest request = {.method = call->method,
                            .path = call->path,
                            .body = call->body,
                            .file = call->file,
                            .token = is_signed ? self->access_token : NULL,
                            .key = call->key,
                            .if_version = call->if_version,
                            .act_token = call->act_token};

  if (is_signed && !call->renewed &&
      (self->access_token == NULL || self->access_ends - g_get_monotonic_time () < TOKEN_MARGIN)) {
    call->renewed = TRUE;
    osy_client_renew_async (self, call_renewed_cb, task);
    return;
  }
  osy_rest_send_async (self->session, self->base_url, &request, g_task_get_cancellable (task),
                       call_sent_cb, task);
}

void
osy_client_call_async (OsyClient *self,
                       const OsyRestRequest *request,
                       OsyClientFlags flags,
                       GCancellable *c,
                       GAsyncReadyCallback cb,
                       gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, osy_client_call_async);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  call->method = g_strdup (request->method);
  call->path = g_strdup (request->path);
  call->body = request->body != NULL ? json_node_ref (request->body) : NULL;
  call->file = request->file != NULL ? g_bytes_ref (request->file) : NULL;
  call->key = request->key != NULL                    ? g_strdup (request->key)
              : strcmp (request->method, "POST") == 0 ? osy_id_new ()
                                                      : NULL;
  call->if_version = request->if_version;
  call->act_token = g_strdup (request->act_token);
  call->flags = flags;
  call->give_up_at = g_get_monotonic_time () + PERSIST_FOR;
  call->pause_ms = FIRST_PAUSE_MS;
  call_send (task);
}

JsonNode *
osy_client_call_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
osy_client_send_async (OsyClient *self,
                       const OsyClientRequest *request,
                       GCancellable *c,
                       GAsyncReadyCallback cb,
                       gpointer data)
{
  g_return_if_fail (OSY_IS_CLIENT (self) && request != NULL);
  OsyRestRequest wire = {.method = request->method,
                         .path = request->path,
                         .body = request->body,
                         .file = request->file,
                         .key = request->key,
                         .if_version = request->if_version,
                         .act_token = request->act_token};
  OsyClientFlags flags = OSY_CLIENT_SIGNED;

  if (request->persistent)
    flags |= OSY_CLIENT_PERSISTENT;
  osy_client_call_async (self, &wire, flags, c, cb, data);
}

JsonNode *
osy_client_send_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_call_finish (self, result, error);
}

gboolean
osy_client_is_open (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_INTERNAL:
  case OSY_ERROR_UNAVAILABLE:
  case OSY_ERROR_TIMEOUT:
  case OSY_ERROR_IN_PROGRESS:
  case OSY_ERROR_RATE_LIMITED:
  case OSY_ERROR_CANCELLED:
  case OSY_ERROR_UNAUTHENTICATED: return TRUE;
  default: return FALSE;
  }
}

/* ---- the object ---- */

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_rest_send_finish (SOUP_SESSION (source), result, &error);

  if (answer == NULL)
    g_info ("The server was not told of the logout: %s", error->message);
}

void
osy_client_logout (OsyClient *self)
{
  g_return_if_fail (OSY_IS_CLIENT (self));
  if (self->access_token != NULL) {
    OsyRestRequest request = {
        .method = "POST", .path = "/api/v1/auth/logout", .token = self->access_token};

    osy_rest_send_async (self->session, self->base_url, &request, NULL, told_cb, NULL);
  }
  forget_tokens (self);
}

const char *
osy_client_base_url (OsyClient *self)
{
  g_return_val_if_fail (OSY_IS_CLIENT (self), NULL);
  return self->base_url;
}

const char *
osy_client_refresh_token (OsyClient *self)
{
  g_return_val_if_fail (OSY_IS_CLIENT (self), NULL);
  return self->refresh_token;
}

const char *
osy_client_access_token (OsyClient *self)
{
  g_return_val_if_fail (OSY_IS_CLIENT (self), NULL);
  return self->access_token;
}

const char *
osy_client_device_token (OsyClient *self)
{
  g_return_val_if_fail (OSY_IS_CLIENT (self), NULL);
  return self->device_token;
}

static void
osy_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OsyClient *self = OSY_CLIENT (object);

  switch (id) {
  case PROP_SIGNED_IN: g_value_set_boolean (value, self->signed_in); break;
  case PROP_SHOP_NAME: g_value_set_string (value, self->shop_name); break;
  case PROP_PERSON_NAME: g_value_set_string (value, self->person_name); break;
  case PROP_ACCESS_TOKEN: g_value_set_string (value, self->access_token); break;
  case PROP_REFRESH_TOKEN: g_value_set_string (value, self->refresh_token); break;
  case PROP_DEVICE_TOKEN: g_value_set_string (value, self->device_token); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osy_client_finalize (GObject *object)
{
  OsyClient *self = OSY_CLIENT (object);

  g_clear_handle_id (&self->renew_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_object (&self->session);
  g_free (self->base_url);
  g_free (self->shop_name);
  g_free (self->person_name);
  g_free (self->access_token);
  g_free (self->refresh_token);
  g_free (self->device_token);
  G_OBJECT_CLASS (osy_client_parent_class)->finalize (object);
}

static void
osy_client_class_init (OsyClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osy_client_get_property;
  object_class->finalize = osy_client_finalize;
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  properties[PROP_SHOP_NAME] = g_param_spec_string ("shop-name", NULL, NULL, NULL, flags);
  properties[PROP_PERSON_NAME] = g_param_spec_string ("person-name", NULL, NULL, NULL, flags);
  properties[PROP_ACCESS_TOKEN] = g_param_spec_string ("access-token", NULL, NULL, NULL, flags);
  properties[PROP_REFRESH_TOKEN] = g_param_spec_string ("refresh-token", NULL, NULL, NULL, flags);
  properties[PROP_DEVICE_TOKEN] = g_param_spec_string ("device-token", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osy_client_init (OsyClient *self)
{
  self->session = osy_rest_session_new ();
}

OsyClient *
osy_client_new (const char *base_url)
{
  g_return_val_if_fail (base_url != NULL, NULL);
  OsyClient *self = g_object_new (OSY_TYPE_CLIENT, NULL);
  gsize length = strlen (base_url);

  while (length > 0 && base_url[length - 1] == '/')
    length--;
  self->base_url = g_strndup (base_url, length);
  return self;
}
