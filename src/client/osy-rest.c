/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One HTTP exchange with the daemon: JSON out, JSON or a problem document back. */

#include "osy-rest.h"

#include <string.h>

#include "config.h"

#include "osy-error.h"
#include "osy-json.h"

#define DEADLINE_SECONDS 10

typedef struct {
  SoupMessage *message;
  GCancellable *cancellable; /* of this exchange */
  GCancellable *outer;       /* (nullable): the caller's */
  gulong outer_id;
  guint deadline_id;
  gboolean late;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_clear_handle_id (&exchange->deadline_id, g_source_remove);
  if (exchange->outer != NULL)
    g_cancellable_disconnect (exchange->outer, exchange->outer_id);
  g_clear_object (&exchange->outer);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->message);
  g_free (exchange);
}

SoupSession *
osy_rest_session_new (void)
{
  /* The daemon is on this machine: a desktop's proxy must not stand between. Plain http:// is
   * always HTTP/1. */
  return soup_session_new_with_options ("timeout", DEADLINE_SECONDS, "proxy-resolver", NULL,
                                        "user-agent", "ordersync/" OSY_VERSION, NULL);
}

/* A picture says what it is by its first bytes; anything else is bytes. */
static const char *
file_type (GBytes *file)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  if (size > 3 && bytes[0] == 0xff && bytes[1] == 0xd8)
    return "image/jpeg";
  return size > 3 && memcmp (bytes, "\x89PNG", 4) == 0 ? "image/png" : "application/octet-stream";
}

SoupMessage *
osy_rest_message_new (const char *base_url, const OsyRestRequest *request)
{
  g_autofree char *url = g_strconcat (base_url, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  headers = soup_message_get_request_headers (message);
  if (request->token != NULL) {
    g_autofree char *value = g_strconcat ("Bearer ", request->token, NULL);
    soup_message_headers_replace (headers, "Authorization", value);
  }
  if (request->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->key);
  if (request->if_version > 0) {
    g_autofree char *value = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", request->if_version);
    soup_message_headers_replace (headers, "If-Match", value);
  }
  if (request->act_token != NULL)
    soup_message_headers_replace (headers, "X-Act-Token", request->act_token);
  if (request->file != NULL) {
    soup_message_set_request_body_from_bytes (message, file_type (request->file), request->file);
  } else if (request->body != NULL) {
    g_autoptr (GBytes) bytes = osy_json_print_bytes (request->body);
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  return message;
}

static void
outer_cancelled_cb (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->deadline_id = 0;
  exchange->late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
  return G_SOURCE_REMOVE;
}

/* What went wrong below HTTP, in the words of the API. */
static GError *
transport_error (const Exchange *exchange, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !exchange->late)
    return g_error_new_literal (OSY_ERROR, OSY_ERROR_CANCELLED, "The call was given up.");
  GError *unreachable =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                           "The server did not answer. Check that it runs, then try again.");
  osy_error_set_extra (unreachable, "unreachable",
                       json_node_init_boolean (json_node_alloc (), TRUE));
  g_debug ("no answer: %s", error->message);
  return unreachable;
}

static gboolean
is_of_type (SoupMessage *message, const char *prefix)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_str_has_prefix (type, prefix);
}

static gboolean
is_file (SoupMessage *message)
{
  return is_of_type (message, "image/") || is_of_type (message, "application/pdf") ||
         is_of_type (message, "application/vnd.");
}

/* A picture or a document, as JSON carries bytes. */
static JsonNode *
file_node (const char *bytes, gsize size)
{
  g_autofree char *text = g_base64_encode ((const guchar *)bytes, size);

  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
text_node (const char *text, gsize size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)size);

  return json_node_init_string (json_node_alloc (), valid);
}

static JsonNode *
parse_answer (SoupMessage *message, GBytes *bytes, GError **error)
{
  guint status = soup_message_get_status (message);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonNode) node = NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL (status)) {
    if (size > 0 && is_file (message))
      return file_node (text, size);
    if (size > 0)
      return is_of_type (message, "text/") ? text_node (text, size)
                                           : osy_json_parse (text, size, error);
    node = json_node_new (JSON_NODE_OBJECT);
    json_node_take_object (node, json_object_new ());
    return g_steal_pointer (&node);
  }
  if (size > 0)
    node = osy_json_parse (text, size, NULL);
  g_propagate_error (error, osy_error_from_problem (node, status));
  return NULL;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  JsonNode *node;

  g_clear_handle_id (&exchange->deadline_id, g_source_remove);
  if (bytes == NULL) {
    g_task_return_error (task, transport_error (exchange, error));
    return;
  }
  node = parse_answer (exchange->message, bytes, &error);
  if (node == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, node, (GDestroyNotify)json_node_unref);
}

void
osy_rest_send_async (SoupSession *session,
                     const char *base_url,
                     const OsyRestRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback cb,
                     gpointer data)
{
  GTask *task = g_task_new (session, NULL, cb, data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, osy_rest_send_async);
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);
  exchange->message = osy_rest_message_new (base_url, request);
  if (exchange->message == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                             "\"%s\" is not the address of a server.", base_url);
    g_object_unref (task);
    return;
  }
  exchange->cancellable = g_cancellable_new ();
  if (cancellable != NULL) {
    exchange->outer = g_object_ref (cancellable);
    exchange->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                exchange->cancellable, NULL);
  }
  exchange->deadline_id = g_timeout_add_seconds (DEADLINE_SECONDS, deadline_cb, exchange);
  soup_session_send_and_read_async (session, exchange->message, G_PRIORITY_DEFAULT,
                                    exchange->cancellable, sent_cb, task);
}

JsonNode *
osy_rest_send_finish (SoupSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

const char *
osy_rest_text (JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return holds (node, G_TYPE_STRING) ? json_node_get_string (node) : fallback;
}

gint64
osy_rest_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return holds (node, G_TYPE_INT64) ? json_node_get_int (node) : fallback;
}
