/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One table of counters: what has never happened is not printed. */

#include "osy-metrics.h"

#include <string.h>

/* "name" → ("label=\"value\"" → guint64 *), both sorted. */
static GTree *families;
static GMutex lock;

static int
by_name (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static GTree *
tree_new (GDestroyNotify free_value)
{
  return g_tree_new_full (by_name, NULL, g_free, free_value);
}

void
osy_metrics_count (const char *name, const char *label, const char *value)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autofree char *labels = g_strdup_printf ("%s=\"%s\"", label, value);

  if (families == NULL)
    families = tree_new ((GDestroyNotify)g_tree_unref);
  GTree *family = g_tree_lookup (families, name);
  if (family == NULL) {
    family = tree_new (g_free);
    g_tree_insert (families, g_strdup (name), family);
  }
  guint64 *count = g_tree_lookup (family, labels);
  if (count == NULL) {
    count = g_new0 (guint64, 1);
    g_tree_insert (family, g_steal_pointer (&labels), count);
  }
  ++*count;
}

typedef struct {
  GString *text;
  const char *name;
} Printing;

static gboolean
print_one (gpointer labels, gpointer count, gpointer user_data)
{
  const Printing *printing = user_data;

  g_string_append_printf (printing->text, "ordersync_%s{%s} %" G_GUINT64_FORMAT "\n",
                          printing->name, (const char *)labels, *(const guint64 *)count);
  return FALSE;
}

static gboolean
print_family (gpointer name, gpointer family, gpointer user_data)
{
  Printing printing = {user_data, name};

  g_string_append_printf (printing.text, "# TYPE ordersync_%s counter\n", printing.name);
  g_tree_foreach (family, print_one, &printing);
  return FALSE;
}

void
osy_metrics_print (GString *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (families != NULL)
    g_tree_foreach (families, print_family, text);
}
