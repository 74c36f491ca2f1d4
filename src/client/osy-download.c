/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the server answers, as a file of this computer. */

#include "osy-download.h"

#include <string.h>

#include "osy-error.h"

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_bytes (GTask *task, GBytes *bytes)
{
  g_file_replace_contents_bytes_async (G_FILE (g_task_get_task_data (task)), bytes, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE, NULL, written_cb,
                                       g_object_ref (task));
}

/* Returns: (transfer none) (nullable): NULL: @task has returned why, @missing where nothing else is
 * known. */
static const char *
text_of (GTask *task, JsonNode *answer, GError *error, const char *missing)
{
  if (answer != NULL && JSON_NODE_HOLDS_VALUE (answer))
    return json_node_get_string (answer);
  if (error == NULL)
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INTERNAL, missing);
  g_task_return_error (task, error);
  return NULL;
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  const char *text = text_of (task, answer, error, "That was no spreadsheet.");

  if (text == NULL)
    return;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  write_bytes (task, bytes);
}

static void
coded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  const char *text = text_of (task, answer, error, "That was no report.");
  gsize size = 0;

  if (text == NULL)
    return;
  guchar *plain = g_base64_decode (text, &size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (plain, size);
  write_bytes (task, bytes);
}

static void
ask (GTask *task, OsyClient *client, const char *path, GFile *file, GAsyncReadyCallback answered)
{
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  osy_client_send_async (client, &(OsyClientRequest){.method = "GET", .path = path}, NULL, answered,
                         task);
}

void
osy_download_text (GTask *task, OsyClient *client, const char *path, GFile *file)
{
  g_return_if_fail (G_IS_TASK (task) && OSY_IS_CLIENT (client) && G_IS_FILE (file));
  ask (task, client, path, file, text_cb);
}

void
osy_download_coded (GTask *task, OsyClient *client, const char *path, GFile *file)
{
  g_return_if_fail (G_IS_TASK (task) && OSY_IS_CLIENT (client) && G_IS_FILE (file));
  ask (task, client, path, file, coded_cb);
}
