/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A report as a file of this computer. */

#include "osc-report-file.h"

#include "osy-error.h"

char *
osc_report_file_path (const char *kind, const char *day, const char *language)
{
  const gboolean week = g_strcmp0 (kind, "WEEKLY") == 0;

  return g_strconcat ("/api/v1/restaurants/me/reports/", week ? "weekly?week=" : "daily?day=", day,
                      language != NULL ? "&language=" : NULL, language, NULL);
}

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
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);
  gsize size = 0;

  if (answer == NULL || !JSON_NODE_HOLDS_VALUE (answer)) {
    if (error == NULL)
      error = g_error_new_literal (OSY_ERROR, OSY_ERROR_INTERNAL, "That was no report.");
    g_task_return_error (task, error);
    return;
  }
  /* What is no text comes in Base64. */
  guchar *bytes = g_base64_decode (json_node_get_string (answer), &size);
  g_autoptr (GBytes) pdf = g_bytes_new_take (bytes, size);
  g_file_replace_contents_bytes_async (G_FILE (g_task_get_task_data (task)), pdf, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE, NULL, written_cb,
                                       g_object_ref (task));
}

void
osc_report_file_fetch_async (OsyClient *client,
                             const char *path,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (OSY_IS_CLIENT (client) && G_IS_FILE (file));
  g_autoptr (GTask) task = g_task_new (client, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  osy_client_send_async (client, &(OsyClientRequest){.method = "GET", .path = path}, NULL,
                         fetched_cb, g_object_ref (task));
}

gboolean
osc_report_file_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
