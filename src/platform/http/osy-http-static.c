/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Files of pages, out of the program itself: there is no folder that a path could leave. */

#include "osy-http-static.h"

#include <string.h>

/* Trusted Types: the browser refuses to make markup or script of a string, whoever wrote it. */
#define POLICY                                                                    \
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " \
  "img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; " \
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

static const struct {
  const char *suffix;
  const char *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

static const char *
type_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].suffix))
      return types[i].type;
  return NULL;
}

static GBytes *
find_file (const char *folder, const char *name)
{
  g_autofree char *path = g_strconcat (folder, name, NULL);

  return strchr (name, '/') == NULL
             ? g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL)
             : NULL;
}

void
osy_http_static_reply (OsyHttpRequest *request, const char *folder, const char *name)
{
  osy_http_static_reply_with (request, folder, name, POLICY);
}

void
osy_http_static_reply_with (OsyHttpRequest *request,
                            const char *folder,
                            const char *name,
                            const char *policy)
{
  const char *type = type_of (name);
  g_autoptr (GBytes) file = type != NULL ? find_file (folder, name) : NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL) {
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing at this path.");
    osy_http_reply_error (request, error);
    return;
  }
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  g_autofree char *etag = g_strdup_printf ("\"%.32s\"", digest);
  osy_http_reply_add_header (request, "Content-Security-Policy", policy);
  osy_http_reply_add_header (request, "Cross-Origin-Opener-Policy",
                             strcmp (policy, POLICY) == 0 ? "same-origin"
                                                          : "same-origin-allow-popups");
  osy_http_reply_add_header (request, "Permissions-Policy",
                             "camera=(), geolocation=(), microphone=()");
  osy_http_reply_tagged (request, type, file, etag);
}
