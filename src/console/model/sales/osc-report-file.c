/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A report as a file of this computer. */

#include "osc-report-file.h"

#include "osy-download.h"

char *
osc_report_file_path (const char *kind, const char *day, const char *language)
{
  const gboolean week = g_strcmp0 (kind, "WEEKLY") == 0;

  return g_strconcat ("/api/v1/restaurants/me/reports/", week ? "weekly?week=" : "daily?day=", day,
                      language != NULL ? "&language=" : NULL, language, NULL);
}

void
osc_report_file_fetch_async (OsyClient *client,
                             const char *path,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (OSY_IS_CLIENT (client) && G_IS_FILE (file));
  osy_download_coded (g_task_new (client, NULL, callback, user_data), client, path, file);
}

gboolean
osc_report_file_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
