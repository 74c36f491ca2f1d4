/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The typed calls for orders: placing, reading, finding, acting. */

#include "osy-client-private.h"

#include "osy-json.h"

#define ORDERS "/api/v1/restaurants/me/orders"
#define OPEN_STATES "PENDING,ACCEPTED,PREPARING,READY,DELIVERING"
#define PAGE_SIZE 100

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
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

  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_SIGNED, order_cb);
}

OsyOrder *
osy_client_order_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}

void
osy_client_place_async (OsyClient *self,
                        JsonNode *body,
                        const char *key,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  OsyRestRequest request = {.method = "POST", .path = "/api/v1/orders", .body = body, .key = key};

  osy_client_start (g_task_new (self, c, cb, data), &request,
                    OSY_CLIENT_SIGNED | OSY_CLIENT_PERSISTENT, order_cb);
}

OsyOrder *
osy_client_place_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}

void
osy_client_act_async (OsyClient *self,
                      const OsyClientAct *act,
                      GCancellable *c,
                      GAsyncReadyCallback cb,
                      gpointer data)
{
  g_autoptr (JsonNode) body =
      act->body != NULL ? json_node_ref (act->body) : osy_json_take_object (json_object_new ());
  g_autofree char *path = g_strconcat (ORDERS "/", act->order_id, "/", act->act, NULL);
  OsyRestRequest request = {.method = "POST",
                            .path = path,
                            .body = body,
                            .if_version = act->if_version,
                            .act_token = act->act_token};

  osy_client_start (g_task_new (self, c, cb, data), &request,
                    OSY_CLIENT_SIGNED | OSY_CLIENT_PERSISTENT, order_cb);
}

OsyOrder *
osy_client_act_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}

/* ---- lists ---- */

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

/* What has been read so far; of one page or of all of them. */
typedef struct {
  GPtrArray *orders;
  char *next_cursor; /* nullable */
  gboolean all;
} Pages;

static void
pages_free (gpointer data)
{
  Pages *pages = data;

  g_ptr_array_unref (pages->orders);
  g_free (pages->next_cursor);
  g_free (pages);
}

static void ask_for_page (GTask *task, const OsyClientOrderQuery *query);

static void
ask_for_next (GTask *task, const Pages *pages)
{
  OsyClientOrderQuery query = {
      .status = OPEN_STATES, .limit = PAGE_SIZE, .cursor = pages->next_cursor};

  ask_for_page (task, &query);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Pages *pages = g_task_get_task_data (task);
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
  GError *error = NULL;
  JsonArray *array;

  if (answer == NULL)
    return;
  array = array_of (answer, "orders", &error);
  if (array == NULL || !add_orders (pages->orders, array, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_free (pages->next_cursor);
  pages->next_cursor =
      g_strdup (osy_rest_text (json_node_get_object (answer), "next_cursor", NULL));
  if (pages->all && pages->next_cursor != NULL && json_array_get_length (array) > 0)
    ask_for_next (g_steal_pointer (&task), pages);
  else
    g_task_return_pointer (task, g_ptr_array_ref (pages->orders),
                           (GDestroyNotify)g_ptr_array_unref);
}

static void
add_query (GString *path, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

/* (transfer full) task */
static void
ask_for_page (GTask *task, const OsyClientOrderQuery *query)
{
  g_autoptr (GString) path = g_string_new (NULL);
  guint limit = query->limit > 0 ? query->limit : PAGE_SIZE;

  g_string_printf (path, ORDERS "?limit=%u", limit);
  add_query (path, "status", query->status);
  add_query (path, "day", query->day);
  add_query (path, "q", query->q);
  add_query (path, "cursor", query->cursor);
  OsyRestRequest request = {.method = "GET", .path = path->str};
  osy_client_start (task, &request, OSY_CLIENT_SIGNED, page_cb);
}

static GTask *
new_pages (OsyClient *self, gboolean all, GCancellable *c, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);
  Pages *pages = g_new0 (Pages, 1);

  pages->orders = g_ptr_array_new_with_free_func (g_object_unref);
  pages->all = all;
  g_task_set_task_data (task, pages, pages_free);
  return task;
}

void
osy_client_open_orders_async (OsyClient *self,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  GTask *task = new_pages (self, TRUE, c, cb, data);

  ask_for_next (task, g_task_get_task_data (task));
}

GPtrArray *
osy_client_open_orders_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}

void
osy_client_orders_async (OsyClient *self,
                         const OsyClientOrderQuery *query,
                         GCancellable *c,
                         GAsyncReadyCallback cb,
                         gpointer data)
{
  ask_for_page (new_pages (self, FALSE, c, cb, data), query);
}

GPtrArray *
osy_client_orders_finish (OsyClient *self, GAsyncResult *result, char **next_cursor, GError **error)
{
  GPtrArray *orders = osy_client_finish_pointer (self, result, error);

  if (orders != NULL && next_cursor != NULL) {
    Pages *pages = g_task_get_task_data (G_TASK (result));
    *next_cursor = g_steal_pointer (&pages->next_cursor);
  }
  return orders;
}

static void
timeline_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
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
  g_autofree char *path = g_strconcat (ORDERS "/", order_id, "/timeline", NULL);
  OsyRestRequest request = {.method = "GET", .path = path};

  osy_client_start (g_task_new (self, c, cb, data), &request, OSY_CLIENT_SIGNED, timeline_cb);
}

GPtrArray *
osy_client_timeline_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}
