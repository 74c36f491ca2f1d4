/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is in a dish, as far as the words about it tell. */

#include "osy-menu-words.h"

#include <string.h>

gboolean
osy_menu_words_tell_of (const char *text, const char *signs)
{
  g_auto (GStrv) words = g_strsplit (signs, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

char *
osy_menu_words_without (const char *text, const char *innocent)
{
  g_auto (GStrv) words = g_strsplit (innocent, " ", -1);
  g_autoptr (GString) left = g_string_new (text);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_replace (left, words[i], " ", 0);
  return g_string_free (g_steal_pointer (&left), FALSE);
}
