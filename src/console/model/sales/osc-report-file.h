/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** osc_report_file_path: (transfer full): where the server draws a report, below its address.
 * @kind: "DAILY", "WEEKLY". @language: (nullable): the shop's own. */
char *osc_report_file_path (const char *kind, const char *day, const char *language);

/** osc_report_file_fetch_async: writes what @path answers to @file, for its owner alone. */
void osc_report_file_fetch_async (OsyClient *client,
                                  const char *path,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean osc_report_file_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
