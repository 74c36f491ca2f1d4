/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** osy_download_text, osy_download_coded: writes what @path answers to @file, for its owner alone:
 * text as it is, or what comes in Base64. @task: (transfer full): returns TRUE once it is written,
 * else the error; its task data is used. */
void osy_download_text (GTask *task, OsyClient *client, const char *path, GFile *file);
void osy_download_coded (GTask *task, OsyClient *client, const char *path, GFile *file);

G_END_DECLS
