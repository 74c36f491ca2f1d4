/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one-time code of the first run. */

#include "osy-auth-setup.h"

#include <string.h>

#include <glib/gstdio.h>

#include "osy-codec.h"
#include "osy-error.h"
#include "osy-id.h"

#define FILE_NAME "setup-code"
#define CODE_BYTES 16
#define FILE_MAX 256

gboolean
osy_auth_setup_write_code (const char *data_dir, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);
  g_autofree char *code = osy_random_token (CODE_BYTES);
  g_autofree char *line = g_strconcat (code, "\n", NULL);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The set-up code cannot be written: %s",
               local->message);
  return FALSE;
}

gboolean
osy_auth_setup_check_code (const char *data_dir, const char *code)
{
  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);
  g_autofree char *content = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &content, &len, NULL) || len > FILE_MAX)
    return FALSE;
  g_strchomp (content);
  if (*content == '\0')
    return FALSE;
  return osy_constant_time_equal ((const guint8 *)content, strlen (content), (const guint8 *)code,
                                  strlen (code));
}

void
osy_auth_setup_remove_code (const char *data_dir)
{
  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);

  g_unlink (path);
}
