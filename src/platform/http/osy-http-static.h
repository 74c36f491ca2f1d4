/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/**
 * osy_http_static_reply:
 * @folder: of the program's resources, "/com/ordersync/web/kitchen/"
 * @name: of a file in it, as whoever asks wrote it
 *
 * Answers with a file of a page: its type by its name, an ETag of its content, and a policy that
 * lets the page load and call this server alone, run no text as script and be framed by nobody.
 * What the program does not carry: 404.
 */
void osy_http_static_reply (OsyHttpRequest *request, const char *folder, const char *name);
/** osy_http_static_reply_with: the same under another Content-Security-Policy, for a page that
 * needs somebody else's script and windows. */
void osy_http_static_reply_with (OsyHttpRequest *request,
                                 const char *folder,
                                 const char *name,
                                 const char *policy);

G_END_DECLS
