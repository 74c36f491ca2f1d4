/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

#define OSY_KEY_ID_BYTES 16

/** A key that seals cells. Counted, since it may be dropped while another thread uses it; but for
 * the count never altered once it is shared; wiped when freed. */
typedef struct {
  char *id;
  char *restaurant_id;
  char *owner; /* the table, or osy_key_subject_owner() */
  char *slot;  /* under which it is the one to seal with, or NULL */
  guint8 id_bytes[OSY_KEY_ID_BYTES];
  guint8 key[OSY_KEY_SIZE];
  gint64 loaded_at; /* monotonic */
  gint left;        /* atomic: cells this process may still seal with it before it reserves more */
} OsyDataKey;

/** osy_data_key_new: Returns: (transfer full): all zero but loaded_at. */
OsyDataKey *osy_data_key_new (void);
void osy_data_key_unref (OsyDataKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDataKey, osy_data_key_unref)

/** osy_key_subject_owner: Returns: (transfer full): owner and slot name of a subject's key. */
char *osy_key_subject_owner (const char *subject_id);

/** Thread-safe. Holds so many keys at most and starts over when there are more. */
typedef struct _OsyKeyCache OsyKeyCache;
OsyKeyCache *osy_key_cache_new (void);
void osy_key_cache_free (OsyKeyCache *self);

/** osy_key_cache_get, _get_slot: Returns: (transfer full) (nullable): the key by its id, or the one
 * that seals in @slot; NULL when it is not there or was read more than @max_age µs ago. */
OsyDataKey *osy_key_cache_get (OsyKeyCache *self, const char *id, gint64 max_age);
OsyDataKey *osy_key_cache_get_slot (OsyKeyCache *self, const char *slot, gint64 max_age);
/** osy_key_cache_put: @key: (transfer none): replaces what has its id or its slot. */
void osy_key_cache_put (OsyKeyCache *self, OsyDataKey *key);
/** osy_key_cache_clear: forgets all. */
void osy_key_cache_clear (OsyKeyCache *self);
/** osy_key_cache_drop_owner: forgets every key of @owner in that shop. */
void osy_key_cache_drop_owner (OsyKeyCache *self, const char *restaurant_id, const char *owner);

G_END_DECLS
