/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Forgets one text that GLib allocated: the leak sanitizer must say so. */

#include <glib.h>

static void __attribute__ ((noinline)) plant (gsize n)
{
  char *text = g_strnfill (n, 'x');
  g_print ("%c\n", text[n / 2]);
}

int
main (void)
{
  plant (4321);
  return 0;
}
