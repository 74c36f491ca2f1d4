/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Forgets one text that GLib allocated: the leak sanitizer must say so. */

#include <glib.h>

static gpointer
plant (gpointer n)
{
  char *text = g_strnfill (GPOINTER_TO_SIZE (n), 'x');

  g_print ("%c\n", text[GPOINTER_TO_SIZE (n) / 2]);
  return NULL;
}

/* In a thread: no stale word on this stack points to the text. */
int
main (void)
{
  g_thread_join (g_thread_new ("planter", plant, GSIZE_TO_POINTER (4321)));
  return 0;
}
