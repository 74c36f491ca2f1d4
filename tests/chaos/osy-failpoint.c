/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The daemon's places to die at. ORDERSYNC_FAILPOINT=PLACE:N kills the process when it comes by the
 * N-th time; ORDERSYNC_FAILPOINT_NOTES=FILE gets a line for each place it comes by for the first
 * time. A PLACE is its name, with what tells it apart after an @: work by its address in the
 * program. */

#include "osy-failpoint.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Of the linker: where the program lies in memory. */
extern const char __executable_start[];

typedef struct {
  char *place; /* (nullable): to die at */
  gint left;   /* passages until then */
  int notes;   /* file descriptor, or -1 */
  GHashTable *seen;
  GMutex lock;
} Asked;

static _Thread_local gconstpointer work;

static gpointer
read_asked (gpointer unused)
{
  const char *text = g_getenv ("ORDERSYNC_FAILPOINT");
  const char *notes = g_getenv ("ORDERSYNC_FAILPOINT_NOTES");
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ":", 2);
  Asked *asked = g_new0 (Asked, 1);

  if (g_strv_length (words) == 2) {
    asked->place = g_strdup (words[0]);
    asked->left = (gint)g_ascii_strtoll (words[1], NULL, 10);
  }
  asked->notes = notes != NULL ? open (notes, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
  asked->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&asked->lock);
  return asked;
}

static void
note (Asked *asked, const char *place)
{
  g_autofree char *line = g_strconcat (place, "\n", NULL);

  if (g_hash_table_add (asked->seen, g_strdup (place)) &&
      write (asked->notes, line, strlen (line)) < 0)
    g_printerr ("a place could not be noted\n");
}

void
osy_failpoint_pass (const char *name, const char *detail)
{
  static GOnce once = G_ONCE_INIT;
  Asked *asked = g_once (&once, read_asked, NULL);
  g_autofree char *place = detail != NULL ? g_strconcat (name, "@", detail, NULL) : g_strdup (name);

  g_mutex_lock (&asked->lock);
  if (g_strcmp0 (asked->place, place) == 0 && --asked->left == 0)
    raise (SIGKILL);
  if (asked->notes >= 0)
    note (asked, place);
  g_mutex_unlock (&asked->lock);
}

void
osy_failpoint_set_work (gconstpointer func)
{
  work = func;
}

void
osy_failpoint_pass_work (const char *name)
{
  g_autofree char *detail =
      g_strdup_printf ("%" G_GINTPTR_MODIFIER "x", (guintptr)work - (guintptr)__executable_start);

  osy_failpoint_pass (name, detail);
}
