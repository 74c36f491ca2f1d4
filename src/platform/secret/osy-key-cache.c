/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Opened keys in memory, found by their id (to open with) and by their slot (to seal with). */

#include "osy-key-cache.h"

#include <string.h>

/* Of people there may be many; 4 MB at most. */
#define MAX_KEYS 16384

struct _OsyKeyCache {
  GRWLock lock;
  GHashTable *by_id; /* id → OsyDataKey, a reference */
  GHashTable *by_slot;
};

static void
data_key_clear (gpointer data)
{
  OsyDataKey *self = data;

  osy_wipe (self->key, sizeof self->key);
  g_free (self->id);
  g_free (self->restaurant_id);
  g_free (self->owner);
  g_free (self->slot);
}

OsyDataKey *
osy_data_key_new (void)
{
  OsyDataKey *self = g_atomic_rc_box_new0 (OsyDataKey);

  self->loaded_at = g_get_monotonic_time ();
  return self;
}

void
osy_data_key_unref (OsyDataKey *self)
{
  g_atomic_rc_box_release_full (self, data_key_clear);
}

static void
unref (gpointer data)
{
  osy_data_key_unref (data);
}

char *
osy_key_subject_owner (const char *subject_id)
{
  return g_strconcat ("subject|", subject_id, NULL);
}

OsyKeyCache *
osy_key_cache_new (void)
{
  OsyKeyCache *self = g_new0 (OsyKeyCache, 1);

  g_rw_lock_init (&self->lock);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref);
  self->by_slot = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, unref);
  return self;
}

void
osy_key_cache_free (OsyKeyCache *self)
{
  g_hash_table_unref (self->by_slot);
  g_hash_table_unref (self->by_id);
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

static OsyDataKey *
look_up (OsyKeyCache *self, GHashTable *table, const char *name, gint64 max_age)
{
  g_rw_lock_reader_lock (&self->lock);
  OsyDataKey *key = g_hash_table_lookup (table, name);
  if (key != NULL && g_get_monotonic_time () - key->loaded_at > max_age)
    key = NULL;
  if (key != NULL)
    g_atomic_rc_box_acquire (key);
  g_rw_lock_reader_unlock (&self->lock);
  return key;
}

OsyDataKey *
osy_key_cache_get (OsyKeyCache *self, const char *id, gint64 max_age)
{
  return look_up (self, self->by_id, id, max_age);
}

OsyDataKey *
osy_key_cache_get_slot (OsyKeyCache *self, const char *slot, gint64 max_age)
{
  return look_up (self, self->by_slot, slot, max_age);
}

void
osy_key_cache_put (OsyKeyCache *self, OsyDataKey *key)
{
  g_rw_lock_writer_lock (&self->lock);
  if (g_hash_table_size (self->by_id) >= MAX_KEYS) {
    g_hash_table_remove_all (self->by_slot);
    g_hash_table_remove_all (self->by_id);
  }
  g_hash_table_replace (self->by_id, key->id, g_atomic_rc_box_acquire (key));
  if (key->slot != NULL)
    g_hash_table_replace (self->by_slot, key->slot, g_atomic_rc_box_acquire (key));
  g_rw_lock_writer_unlock (&self->lock);
}

void
osy_key_cache_clear (OsyKeyCache *self)
{
  g_rw_lock_writer_lock (&self->lock);
  g_hash_table_remove_all (self->by_slot);
  g_hash_table_remove_all (self->by_id);
  g_rw_lock_writer_unlock (&self->lock);
}

typedef struct {
  const char *restaurant_id;
  const char *owner;
} Match;

static gboolean
is_of (gpointer name, gpointer value, gpointer user_data)
{
  const OsyDataKey *key = value;
  const Match *match = user_data;

  return strcmp (key->owner, match->owner) == 0 &&
         strcmp (key->restaurant_id, match->restaurant_id) == 0;
}

void
osy_key_cache_drop_owner (OsyKeyCache *self, const char *restaurant_id, const char *owner)
{
  Match match = {restaurant_id, owner};

  g_rw_lock_writer_lock (&self->lock);
  g_hash_table_foreach_remove (self->by_slot, is_of, &match);
  g_hash_table_foreach_remove (self->by_id, is_of, &match);
  g_rw_lock_writer_unlock (&self->lock);
}
