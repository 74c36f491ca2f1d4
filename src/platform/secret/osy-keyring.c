/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys in memory and the cells they seal. Three layers: the key of the provider (KEK) wraps the
 * root secret and the data keys; data keys seal cells; from the root secret come blind indexes
 * and keys for single purposes. Changing the KEK means wrapping again, never encrypting again.
 *
 * Nonces are random, so one data key is good for 2^32 cells (SP 800-38D); uses are counted in
 * blocks, and the key is retired at 2^28. */

#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-keyring-private.h"

#define CELL_VERSION 1
#define CELL_HEAD (1 + OSY_KEY_ID_BYTES)
#define BLIND_INDEX_SIZE 8
/* Another process may have destroyed it. */
#define SUBJECT_MAX_AGE (60 * G_TIME_SPAN_SECOND)
/* Another process may have retired it: looked at again after the first, not used after the second,
 * and the change of data keys waits for longer than that (OSY_KEYRING_SETTLE). */
#define SLOT_FRESH (10 * G_TIME_SPAN_SECOND)
#define SLOT_MAX_AGE (20 * G_TIME_SPAN_SECOND)
#define LOW_WATER 1024

G_DEFINE_FINAL_TYPE (OsyKeyring, osy_keyring, G_TYPE_OBJECT)

static void
osy_keyring_finalize (GObject *object)
{
  OsyKeyring *self = OSY_KEYRING (object);

  osy_key_cache_free (self->cache);
  g_rw_lock_clear (&self->lock);
  osy_wipe (self->keks, sizeof self->keks);
  osy_wipe (self->indexes, sizeof self->indexes);
  g_clear_object (&self->provider);
  osy_wipe (self->root, sizeof self->root);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (osy_keyring_parent_class)->finalize (object);
}

static void
osy_keyring_class_init (OsyKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_keyring_finalize;
}

static void
osy_keyring_init (OsyKeyring *self)
{
  self->cache = osy_key_cache_new ();
  g_rw_lock_init (&self->lock);
}

/* ---- the first key and the root secret ---- */

/* A key that is there already is used: it stems from a set-up that was cut short, or from another
 * process that is setting up at this moment. */
static gboolean
load_or_create_kek (OsyKeyProvider *provider, OsyKek *kek, GError **error)
{
  g_autoptr (GBytes) present = osy_key_provider_load (provider, NULL);
  g_autoptr (GError) local = NULL;

  if (osy_kek_set (kek, present))
    return TRUE;
  g_autoptr (GBytes) made = osy_key_provider_create (provider, &local);
  if (osy_kek_set (kek, made))
    return TRUE;
  if (osy_error_is (local, OSY_ERROR_CONFLICT)) {
    g_autoptr (GBytes) theirs = osy_key_provider_load (provider, error);
    return osy_kek_set (kek, theirs);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
create_root (OsyKeyring *self, GError **error)
{
  g_autofree char *aad = osy_keyring_material_aad (OSY_KEY_ROOT);
  g_autoptr (OsyDbRows) rows = NULL;
  guint8 root[OSY_KEY_SIZE];
  OsyKek kek;

  if (!load_or_create_kek (self->provider, &kek, error))
    return FALSE;
  osy_random_bytes (root, sizeof root);
  g_autoptr (GBytes) fresh = osy_kek_wrap (&kek, aad, root, error);
  osy_wipe (root, sizeof root);
  osy_wipe (kek.key, sizeof kek.key);
  return fresh != NULL && osy_keyring_store_material (self->pool, fresh, kek.name, &rows, error);
}

OsyKeyring *
osy_keyring_new (OsyKeyProvider *provider, OsyDbPool *pool, gboolean create, GError **error)
{
  g_autoptr (OsyKeyring) self = g_object_new (OSY_TYPE_KEYRING, NULL);
  g_autoptr (OsyDbRows) rows = NULL;

  /* A missing key is fetched while the caller's own transaction waits. */
  self->pool = osy_db_pool_new_sibling (pool, 1);
  self->provider = g_object_ref (provider);
  if (!osy_keyring_store_material (self->pool, NULL, NULL, &rows, error))
    return NULL;
  gboolean is_new = osy_db_rows_count (rows) == 0;
  if (is_new && !create) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "This database has no encryption key yet: set a shop up first.");
    return NULL;
  }
  if ((is_new && !create_root (self, error)) || !osy_keyring_refresh (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- data keys ---- */

static char *
quarter_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (osy_clock_now () / G_USEC_PER_SEC);
  return g_strdup_printf ("%04dQ%d", g_date_time_get_year (now),
                          (g_date_time_get_month (now) - 1) / 3 + 1);
}

char *
osy_data_key_aad (const OsyDataKeyRow *row)
{
  if (row->subject_id != NULL)
    return g_strjoin ("|", "v1", "subject_key", row->restaurant_id, row->subject_id, row->id, NULL);
  return g_strjoin ("|", "v1", "data_key", row->restaurant_id, row->table, row->quarter, row->id,
                    NULL);
}

static char *
owner_of (const OsyDataKeyRow *row)
{
  return row->subject_id ? osy_key_subject_owner (row->subject_id) : g_strdup (row->table);
}

/* Where the key that seals for @row is kept. */
static char *
slot_of (const OsyDataKeyRow *row)
{
  g_autofree char *owner = owner_of (row);

  return g_strjoin ("|", row->restaurant_id, owner, row->quarter, NULL);
}

/* Whom the key of @cell belongs to; of the quarter that is running. */
static void
row_for (OsyDataKeyRow *row, const OsyCell *cell)
{
  row->restaurant_id = g_strdup (cell->restaurant_id);
  row->subject_id = g_strdup (cell->subject_id);
  if (cell->subject_id == NULL) {
    row->table = g_strdup (cell->table);
    row->quarter = quarter_now ();
  }
}

static OsyDataKey *
refuse_erased (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_ERASED,
                       "What was kept of this person was erased.");
  return NULL;
}

/* Unwraps @row and keeps the key. */
static OsyDataKey *
keep (OsyKeyring *self, const OsyDataKeyRow *row, GError **error)
{
  g_autofree char *aad = osy_data_key_aad (row);
  g_autoptr (OsyDataKey) key = osy_data_key_new ();

  if (row->wrapped == NULL)
    return refuse_erased (error);
  if (!osy_keyring_unwrap_key (self, row->kek, aad, row->wrapped, key->key) ||
      !osy_id_to_bytes (row->id, key->id_bytes)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The data key %s was altered or wrapped with another key.", row->id);
    return NULL;
  }
  key->id = g_strdup (row->id);
  key->restaurant_id = g_strdup (row->restaurant_id);
  key->owner = owner_of (row);
  key->slot = slot_of (row);
  key->left = row->left;
  osy_key_cache_put (self->cache, key);
  return g_steal_pointer (&key);
}

/* Gives @row, which names whom it is for, a new key; its id stays NULL when it was wrapped with a
 * key of the provider that is not the one any more. */
static gboolean
try_to_add (OsyKeyring *self, OsyDataKeyRow *row, GError **error)
{
  char name[OSY_KEK_NAME_SIZE];
  guint8 key[OSY_KEY_SIZE];

  row->id = osy_id_new ();
  g_autofree char *aad = osy_data_key_aad (row);
  osy_random_bytes (key, sizeof key);
  row->wrapped = osy_keyring_wrap_key (self, aad, key, name, error);
  row->kek = g_strdup (name);
  osy_wipe (key, sizeof key);
  return row->wrapped != NULL && osy_keyring_store_add (self->pool, row, error);
}

static gboolean
add_key (OsyKeyring *self, OsyDataKeyRow *row, GError **error)
{
  if (!try_to_add (self, row, error))
    return FALSE;
  if (row->id == NULL && (!osy_keyring_refresh (self, error) || !try_to_add (self, row, error)))
    return FALSE;
  if (row->id != NULL)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "A data key was not kept.");
  return FALSE;
}

/* Counts one use against what was reserved for this process. */
static gboolean
may_seal (OsyDataKey *key, const OsyCell *cell)
{
  return cell->subject_id != NULL || g_atomic_int_add (&key->left, -1) > 0;
}

/* Reads or makes the key of @row; a key that goes on keeps the uses it has left. */
static OsyDataKey *
load_slot (OsyKeyring *self, OsyDataKeyRow *row, const char *slot, GError **error)
{
  g_autoptr (OsyDataKey) known = osy_key_cache_get_slot (self->cache, slot, G_MAXINT64);

  row->left = known ? MAX (0, g_atomic_int_get (&known->left)) : 0;
  row->reserve = row->left < OSY_KEY_USES_BLOCK / 2;
  if (!osy_keyring_store_current (self->pool, row, error) ||
      (row->id == NULL && !add_key (self, row, error)))
    return NULL;
  return keep (self, row, error);
}

/* Returns: (transfer full): the key that seals @cell. */
static OsyDataKey *
current_key (OsyKeyring *self, const OsyCell *cell, GError **error)
{
  OsyDataKeyRow row = {NULL};

  row_for (&row, cell);
  g_autofree char *slot = slot_of (&row);
  g_autoptr (OsyDataKey) key =
      osy_key_cache_get_slot (self->cache, slot, cell->subject_id ? SUBJECT_MAX_AGE : SLOT_MAX_AGE);
  if (key == NULL || !may_seal (key, cell)) {
    g_clear_pointer (&key, osy_data_key_unref);
    key = load_slot (self, &row, slot, error);
  }
  osy_data_key_row_clear (&row);
  return g_steal_pointer (&key);
}

/* Returns: (transfer full): NULL without @error when there is no such key. */
static OsyDataKey *
load_key (OsyKeyring *self,
          const OsyCell *cell,
          const char *subject_id,
          const char *id,
          GError **error)
{
  OsyDataKeyRow row = {.restaurant_id = g_strdup (cell->restaurant_id),
                       .subject_id = g_strdup (subject_id),
                       .id = g_strdup (id)};
  OsyDataKey *key = NULL;

  if (osy_keyring_store_by_id (self->pool, &row, error) && row.id != NULL)
    key = keep (self, &row, error);
  osy_data_key_row_clear (&row);
  return key;
}

static OsyDataKey *
key_by_id (OsyKeyring *self, const OsyCell *cell, const char *id, GError **error)
{
  OsyDataKey *key =
      osy_key_cache_get (self->cache, id, cell->subject_id ? SUBJECT_MAX_AGE : G_MAXINT64);
  g_autoptr (GError) local = NULL;

  if (key == NULL && cell->subject_id != NULL)
    key = load_key (self, cell, cell->subject_id, id, &local);
  if (key == NULL && local == NULL)
    key = load_key (self, cell, NULL, id, &local);
  if (key == NULL && local == NULL)
    g_set_error (&local, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The data key %s of this shop is missing.", id);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return key;
}

static gboolean
is_fresh (OsyKeyring *self, const char *slot)
{
  g_autoptr (OsyDataKey) key = osy_key_cache_get_slot (self->cache, slot, SLOT_FRESH);

  return key != NULL && g_atomic_int_get (&key->left) > LOW_WATER;
}

gboolean
osy_keyring_prepare (OsyKeyring *self, const char *restaurant_id, const char *table, GError **error)
{
  const OsyCell cell = {.restaurant_id = restaurant_id, .table = table};
  OsyDataKeyRow row = {NULL};

  row_for (&row, &cell);
  g_autofree char *slot = slot_of (&row);
  gboolean ready = is_fresh (self, slot);
  if (!ready) {
    g_autoptr (OsyDataKey) key = load_slot (self, &row, slot, error);
    ready = key != NULL;
  }
  osy_data_key_row_clear (&row);
  return ready;
}

gboolean
osy_keyring_is_prepared (OsyKeyring *self, const char *restaurant_id, const char *table)
{
  g_autofree char *quarter = quarter_now ();
  g_autofree char *slot = g_strjoin ("|", restaurant_id, table, quarter, NULL);

  return is_fresh (self, slot);
}

/* ---- destroying a person's key ---- */

typedef struct {
  OsyKeyring *ring;
  char *restaurant_id;
  char *owner;
} Gone;

static gboolean
forget (gpointer data)
{
  const Gone *gone = data;

  osy_key_cache_drop_owner (gone->ring->cache, gone->restaurant_id, gone->owner);
  return G_SOURCE_REMOVE;
}

static void
gone_free (gpointer data)
{
  Gone *gone = data;

  g_object_unref (gone->ring);
  g_free (gone->restaurant_id);
  g_free (gone->owner);
  g_free (gone);
}

gboolean
osy_keyring_destroy_subject (OsyKeyring *self,
                             OsyDbTx *tx,
                             const char *restaurant_id,
                             const char *subject_id,
                             GError **error)
{
  OsyDataKeyRow row = {.restaurant_id = g_strdup (restaurant_id),
                       .subject_id = g_strdup (subject_id),
                       .id = osy_id_new ()};
  gboolean done = osy_keyring_store_destroy (tx, &row, error);

  osy_data_key_row_clear (&row);
  if (!done)
    return FALSE;
  Gone *gone = g_new0 (Gone, 1);
  *gone = (Gone){g_object_ref (self), g_strdup (restaurant_id), osy_key_subject_owner (subject_id)};
  osy_db_tx_on_commit (tx, forget, gone, gone_free);
  return TRUE;
}

/* ---- cells ---- */

static char *
cell_aad (const OsyCell *cell, const OsyDataKey *key)
{
  return g_strjoin ("|", "v1", cell->table, cell->column, cell->row_id, key->id, NULL);
}

GBytes *
osy_keyring_seal (OsyKeyring *self, const OsyCell *cell, const char *plain, GError **error)
{
  if (plain == NULL)
    return NULL;
  g_autoptr (OsyDataKey) key = current_key (self, cell, error);
  if (key == NULL)
    return NULL;
  g_autofree char *aad = cell_aad (cell, key);
  g_autoptr (GBytes) sealed =
      osy_aead_seal (key->key, aad, (const guint8 *)plain, strlen (plain), error);
  if (sealed == NULL)
    return NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (sealed, &len);
  guint8 *out = g_malloc (CELL_HEAD + len);
  out[0] = CELL_VERSION;
  memcpy (out + 1, key->id_bytes, OSY_KEY_ID_BYTES);
  memcpy (out + CELL_HEAD, data, len);
  return g_bytes_new_take (out, CELL_HEAD + len);
}

static char *
refuse_cell (const OsyCell *cell, GError **error)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
               "The stored value %s.%s was altered or belongs to another place.", cell->table,
               cell->column);
  return NULL;
}

/* The cache knows every shop's keys by id; the cell must be this shop's, and the key this table's
 * or this person's. */
static gboolean
is_key_of (const OsyDataKey *key, const OsyCell *cell)
{
  g_autofree char *subject = cell->subject_id ? osy_key_subject_owner (cell->subject_id) : NULL;

  return strcmp (key->restaurant_id, cell->restaurant_id) == 0 &&
         (strcmp (key->owner, cell->table) == 0 || g_strcmp0 (key->owner, subject) == 0);
}

char *
osy_keyring_open (OsyKeyring *self, const OsyCell *cell, GBytes *sealed, GError **error)
{
  if (sealed == NULL)
    return NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (sealed, &len);
  if (len < CELL_HEAD || data[0] != CELL_VERSION)
    return refuse_cell (cell, error);
  g_autofree char *id = osy_id_from_bytes (data + 1);
  g_autoptr (OsyDataKey) key = key_by_id (self, cell, id, error);
  if (key == NULL)
    return NULL;
  if (!is_key_of (key, cell))
    return refuse_cell (cell, error);
  g_autofree char *aad = cell_aad (cell, key);
  g_autoptr (GBytes) plain = osy_aead_open (key->key, aad, data + CELL_HEAD, len - CELL_HEAD, NULL);
  if (plain == NULL)
    return refuse_cell (cell, error);
  const char *text = g_bytes_get_data (plain, &len);
  return g_strndup (text, len);
}

/* ---- from the root secret ---- */

static GBytes *
blind_index (const guint8 *secret, const char *info, const char *value)
{
  guint8 key[OSY_KEY_SIZE], mac[32];

  osy_hkdf_sha256 (secret, info, key);
  osy_hmac_sha256 (key, (const guint8 *)value, strlen (value), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, BLIND_INDEX_SIZE);
}

GBytes *
osy_keyring_blind_index (OsyKeyring *self,
                         const char *restaurant_id,
                         const char *table,
                         const char *column,
                         const char *value)
{
  g_autofree char *info = g_strjoin ("|", "blind-index", restaurant_id, table, column, NULL);

  g_rw_lock_reader_lock (&self->lock);
  GBytes *index = blind_index (self->indexes[0], info, value);
  g_rw_lock_reader_unlock (&self->lock);
  return index;
}

GPtrArray *
osy_keyring_blind_indexes (OsyKeyring *self,
                           const char *restaurant_id,
                           const char *table,
                           const char *column,
                           const char *value)
{
  g_autofree char *info = g_strjoin ("|", "blind-index", restaurant_id, table, column, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  g_rw_lock_reader_lock (&self->lock);
  for (guint i = 0; i < self->n_indexes; i++)
    g_ptr_array_add (all, blind_index (self->indexes[i], info, value));
  g_rw_lock_reader_unlock (&self->lock);
  return all;
}

void
osy_keyring_derive (OsyKeyring *self, const char *purpose, guint8 out[OSY_KEY_SIZE])
{
  g_autofree char *info = g_strconcat ("purpose|", purpose, NULL);
  osy_hkdf_sha256 (self->root, info, out);
}

GBytes *
osy_keyring_wrap (OsyKeyring *self, const char *purpose, GBytes *plain, GError **error)
{
  g_autofree char *info = g_strconcat ("wrap|", purpose, NULL);
  guint8 key[OSY_KEY_SIZE];
  gsize len;
  const guint8 *data = g_bytes_get_data (plain, &len);

  osy_hkdf_sha256 (self->root, info, key);
  GBytes *wrapped = osy_aead_seal (key, info, data, len, error);
  osy_wipe (key, sizeof key);
  return wrapped;
}

GBytes *
osy_keyring_unwrap (OsyKeyring *self, const char *purpose, GBytes *wrapped, GError **error)
{
  g_autofree char *info = g_strconcat ("wrap|", purpose, NULL);
  guint8 key[OSY_KEY_SIZE];
  gsize len;
  const guint8 *data = g_bytes_get_data (wrapped, &len);

  osy_hkdf_sha256 (self->root, info, key);
  GBytes *plain = osy_aead_open (key, info, data, len, error);
  osy_wipe (key, sizeof key);
  return plain;
}
