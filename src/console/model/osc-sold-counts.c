/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Counts by item id in a key file. Ids are unique over all shops, so one file serves. */

#include "osc-sold-counts.h"

#define GROUP "sold"

struct _OscSoldCounts {
  GObject parent;
  char *path; /* nullable */
  GKeyFile *file;
};

G_DEFINE_FINAL_TYPE (OscSoldCounts, osc_sold_counts, G_TYPE_OBJECT)

static int
count_of (OscSoldCounts *self, const char *id)
{
  return g_key_file_get_integer (self->file, GROUP, id, NULL);
}

void
osc_sold_counts_add (OscSoldCounts *self, const char *item_id, int quantity)
{
  g_return_if_fail (OSC_IS_SOLD_COUNTS (self) && item_id != NULL);
  g_key_file_set_integer (self->file, GROUP, item_id,
                          MIN (count_of (self, item_id), G_MAXINT - quantity) + quantity);
}

void
osc_sold_counts_save (OscSoldCounts *self)
{
  g_return_if_fail (OSC_IS_SOLD_COUNTS (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  if (self->path == NULL)
    return;
  folder = g_path_get_dirname (self->path);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    g_info ("What sells most is not kept: %s", error->message);
}

static int
more_sold_first (gconstpointer a, gconstpointer b, gpointer self)
{
  return count_of (self, *(char *const *)b) - count_of (self, *(char *const *)a);
}

GPtrArray *
osc_sold_counts_most (OscSoldCounts *self, OsyMenu *menu, guint n)
{
  g_return_val_if_fail (OSC_IS_SOLD_COUNTS (self) && OSY_IS_MENU (menu), NULL);
  GPtrArray *ids = g_ptr_array_new ();
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (count_of (self, item->id) > 0)
        g_ptr_array_add (ids, item->id);
    }
  }
  g_ptr_array_sort_with_data (ids, more_sold_first, self);
  if (ids->len > n)
    g_ptr_array_set_size (ids, (int)n);
  return ids;
}

static void
osc_sold_counts_finalize (GObject *object)
{
  OscSoldCounts *self = OSC_SOLD_COUNTS (object);

  g_key_file_unref (self->file);
  g_free (self->path);
  G_OBJECT_CLASS (osc_sold_counts_parent_class)->finalize (object);
}

static void
osc_sold_counts_class_init (OscSoldCountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_sold_counts_finalize;
}

static void
osc_sold_counts_init (OscSoldCounts *self)
{
  self->file = g_key_file_new ();
}

OscSoldCounts *
osc_sold_counts_new (const char *path)
{
  OscSoldCounts *self = g_object_new (OSC_TYPE_SOLD_COUNTS, NULL);

  self->path = g_strdup (path);
  if (path != NULL)
    g_key_file_load_from_file (self->file, path, G_KEY_FILE_NONE, NULL);
  return self;
}
