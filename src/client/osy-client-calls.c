/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The typed calls: each builds a request, hands it to the core, and reads the answer strictly. */

#include "osy-client-private.h"

#include "osy-json.h"

#define OPEN_STATES "PENDING,ACCEPTED,PREPARING,READY,DELIVERING"
#define PAGE_SIZE 100

static JsonNode *
node_of (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

/* Starts a call whose answer @cb turns into the result of @task. (transfer full) task */
static void
start (GTask *task, const OsyRestRequest *request, OsyClientFlags flags, GAsyncReadyCallback cb)
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

static gpointer
finish_pointer (OsyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The answer, or NULL after its error has become the task's. */
static JsonNode *
take_answer (GTask *task, GObject *source, GAsyncResult *result)
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
  g_autoptr (JsonNode) answer = take_answer (task, source, result);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
}

void
osy_client_ready_async (OsyClient *self, GCancellable *c, GAsyncReadyCallback cb, gpointer data)
{
  OsyRestRequest request = {.method = "GET", .path = "/ready"};

  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, ready_cb);
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
  g_autoptr (JsonNode) answer = take_answer (task, source, result);
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

  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, setup_status_cb);
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
  } else if (osy_client_refresh_token (self) == NULL) {
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

  start (task, &request, OSY_CLIENT_SIGNED, me_cb);
}

static void
tokens_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = take_answer (task, source, result);
  GError *error = NULL;

  if (answer == NULL)
    return;
  if (!osy_client_take_tokens (OSY_CLIENT (source), answer, &error))
    g_task_return_error (task, error);
  else
    ask_who_i_am (g_steal_pointer (&task));
}

void
osy_client_setup_async (OsyClient *self,
                        const OsyClientSetup *setup,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = node_of (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/setup", .body = body};

  set_text (object, "code", setup->code);
  set_text (object, "shop_name", setup->shop_name);
  set_text (object, "business_number", setup->business_number);
  set_text (object, "owner_email", setup->owner_email);
  set_text (object, "owner_password", setup->owner_password);
  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, tokens_cb);
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
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = node_of (object);
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/auth/login", .body = body};

  json_object_set_string_member (object, "email", email);
  json_object_set_string_member (object, "password", password);
  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_OPEN, tokens_cb);
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
osy_client_resume_async (OsyClient *self,
                         const char *refresh_token,
                         GCancellable *c,
                         GAsyncReadyCallback cb,
                         gpointer data)
{
  osy_client_take_refresh_token (self, refresh_token);
  osy_client_renew_async (self, resumed_cb, g_task_new (self, c, cb, data));
}

gboolean
osy_client_resume_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

/* ---- orders ---- */

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = take_answer (task, source, result);
  GError *error = NULL;
  OsyOrder *order;

  if (answer == NULL)
    return;
  order = osy_order_from_json (answer, &error);
  if (order == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, order, g_object_unref);
}

void
osy_client_order_async (OsyClient *self,
                        const char *order_id,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  g_autofree char *path = g_strconcat ("/api/v1/orders/", order_id, NULL);
  OsyRestRequest request = {.method = "GET", .path = path};

  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_SIGNED, order_cb);
}

OsyOrder *
osy_client_order_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
osy_client_act_async (OsyClient *self,
                      const OsyClientAct *act,
                      GCancellable *c,
                      GAsyncReadyCallback cb,
                      gpointer data)
{
  g_autoptr (JsonNode) body =
      act->body != NULL ? json_node_ref (act->body) : node_of (json_object_new ());
  g_autofree char *path =
      g_strconcat ("/api/v1/restaurants/me/orders/", act->order_id, "/", act->act, NULL);
  OsyRestRequest request = {
      .method = "POST", .path = path, .body = body, .if_version = act->if_version};

  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_SIGNED | OSY_CLIENT_PERSISTENT,
         order_cb);
}

OsyOrder *
osy_client_act_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

static void ask_for_page (GTask *task, const char *cursor);

static JsonArray *
array_of (JsonNode *answer, const char *name, GError **error)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (answer)
                       ? json_object_get_member (json_node_get_object (answer), name)
                       : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The server's answer has no list \"%s\".", name);
  return NULL;
}

static gboolean
add_orders (GPtrArray *orders, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    OsyOrder *order = osy_order_from_json (json_array_get_element (array, i), error);

    if (order == NULL)
      return FALSE;
    g_ptr_array_add (orders, order);
  }
  return TRUE;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GPtrArray *orders = g_task_get_task_data (task);
  g_autoptr (JsonNode) answer = take_answer (task, source, result);
  GError *error = NULL;
  JsonArray *array;
  const char *cursor;

  if (answer == NULL)
    return;
  array = array_of (answer, "orders", &error);
  if (array == NULL || !add_orders (orders, array, &error)) {
    g_task_return_error (task, error);
    return;
  }
  cursor = osy_rest_text (json_node_get_object (answer), "next_cursor", NULL);
  if (cursor != NULL && json_array_get_length (array) > 0)
    ask_for_page (g_steal_pointer (&task), cursor);
  else
    g_task_return_pointer (task, g_ptr_array_ref (orders), (GDestroyNotify)g_ptr_array_unref);
}

/* (transfer full) task */
static void
ask_for_page (GTask *task, const char *cursor)
{
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf (
      "/api/v1/restaurants/me/orders?status=" OPEN_STATES "&limit=%d%s%s", PAGE_SIZE,
      escaped != NULL ? "&cursor=" : "", escaped != NULL ? escaped : "");
  OsyRestRequest request = {.method = "GET", .path = path};

  start (task, &request, OSY_CLIENT_SIGNED, page_cb);
}

void
osy_client_open_orders_async (OsyClient *self,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);

  g_task_set_task_data (task, g_ptr_array_new_with_free_func (g_object_unref),
                        (GDestroyNotify)g_ptr_array_unref);
  ask_for_page (task, NULL);
}

GPtrArray *
osy_client_open_orders_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

static void
timeline_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = take_answer (task, source, result);
  g_autoptr (GPtrArray) steps =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_step_free);
  GError *error = NULL;
  JsonArray *array;

  if (answer == NULL)
    return;
  array = array_of (answer, "steps", &error);
  for (guint i = 0; error == NULL && i < json_array_get_length (array); i++) {
    OsyOrderStep *step = osy_order_step_from_json (json_array_get_element (array, i), &error);

    if (step != NULL)
      g_ptr_array_add (steps, step);
  }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&steps), (GDestroyNotify)g_ptr_array_unref);
}

void
osy_client_timeline_async (OsyClient *self,
                           const char *order_id,
                           GCancellable *c,
                           GAsyncReadyCallback cb,
                           gpointer data)
{
  g_autofree char *path =
      g_strconcat ("/api/v1/restaurants/me/orders/", order_id, "/timeline", NULL);
  OsyRestRequest request = {.method = "GET", .path = path};

  start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_SIGNED, timeline_cb);
}

GPtrArray *
osy_client_timeline_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}
