/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What every sub-command shares: its options and its exit code. */

#include "osy-ctl-command.h"

#include <errno.h>
#include <unistd.h>

#define PASSWORD_BYTES 4096

int
osy_ctl_exit_code (const GError *error)
{
  if (error->domain != OSY_ERROR)
    return OSY_CTL_FAILED;
  switch (error->code) {
  case OSY_ERROR_INVALID_REQUEST:
  case OSY_ERROR_INVALID_JSON: return OSY_CTL_USAGE;
  case OSY_ERROR_UNAVAILABLE:
  case OSY_ERROR_STORAGE_FULL:
  case OSY_ERROR_KEY_UNAVAILABLE:
  case OSY_ERROR_NEWER_DATA: return OSY_CTL_NO_DATA;
  case OSY_ERROR_CONFLICT:
  case OSY_ERROR_ALREADY_SET_UP: return OSY_CTL_EXISTS;
  default: return OSY_CTL_FAILED;
  }
}

gboolean
osy_ctl_parse (const GOptionEntry *entries, int argc, char **argv, char ***rest, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) fault = NULL;
  g_auto (GStrv) words = g_new0 (char *, argc + 1);

  for (int i = 0; i < argc; i++)
    words[i] = g_strdup (argv[i]);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &words, &fault)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: %s.", argv[0], fault->message);
    return FALSE;
  }
  if (rest == NULL && words[0] != NULL && words[1] != NULL) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "%s does not know what to do with \"%s\".", argv[0], words[1]);
    return FALSE;
  }
  if (rest != NULL)
    *rest = g_steal_pointer (&words);
  return TRUE;
}

char *
osy_ctl_read_password (GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char c = 0;
  ssize_t n = 0;

  while (line->len < PASSWORD_BYTES && (n = read (STDIN_FILENO, &c, 1)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0 || c == '\n')
      break;
    g_string_append_c (line, c);
  }
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  if (line->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Give the password as one line on standard input.");
    return NULL;
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}
