/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys in memory and the cells they seal. Three layers: the key of the provider (KEK) wraps the
 * root secret and the data keys; data keys seal cells; from the root secret come blind indexes
 * and keys for single purposes. Changing the KEK means wrapping again, never encrypting again.
 *
 * Nonces are random, so one data key is good for 2^32 cells (SP 800-38D): a shop would have to
 * write 550 a second into one table for a whole quarter. */

#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-key-cache.h"
#include "osy-keyring-store.h"

#define CELL_VERSION 1
#define CELL_HEAD (1 + OSY_KEY_ID_BYTES)
#define BLIND_INDEX_SIZE 8
/* Another process may have destroyed it. */
#define SUBJECT_MAX_AGE (60 * G_TIME_SPAN_SECOND)

struct _OsyKeyring {
  GObject parent_instance;
  OsyDbPool *pool;
  guint8 kek[OSY_KEY_SIZE];
  guint8 root[OSY_KEY_SIZE];
  OsyKeyCache *cache; /* slots: "restaurant|table|quarter", "restaurant|subject|id" */
};

G_DEFINE_FINAL_TYPE (OsyKeyring, osy_keyring, G_TYPE_OBJECT)

static void
osy_keyring_finalize (GObject *object)
{
  OsyKeyring *self = OSY_KEYRING (object);

  osy_key_cache_free (self->cache);
  osy_wipe (self->kek, sizeof self->kek);
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
}

/* ---- the key of the provider and the root secret ---- */

static GBytes *
wrap_key (const guint8 *kek, const char *aad, const guint8 *key, GError **error)
{
  return osy_aead_seal (kek, aad, key, OSY_KEY_SIZE, error);
}

/* FALSE, @error unset, when @wrapped does not open to a key. */
static gboolean
unwrap_key (const guint8 *kek, const char *aad, GBytes *wrapped, guint8 *key)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (wrapped, &len);
  g_autoptr (GBytes) plain = osy_aead_open (kek, aad, data, len, NULL);

  if (plain == NULL || g_bytes_get_size (plain) != OSY_KEY_SIZE)
    return FALSE;
  memcpy (key, g_bytes_get_data (plain, NULL), OSY_KEY_SIZE);
  return TRUE;
}

static gboolean
unwrap_root (OsyKeyring *self, OsyKeyProvider *provider, GBytes *wrapped, GError **error)
{
  if (unwrap_key (self->kek, "v1|key_material|root", wrapped, self->root))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
               "The key of the provider \"%s\" is not the one this data was encrypted with: put "
               "the right one back from your backup.",
               osy_key_provider_get_name (provider));
  return FALSE;
}

static gboolean
take_kek (OsyKeyring *self, GBytes *kek)
{
  if (kek == NULL || g_bytes_get_size (kek) != OSY_KEY_SIZE)
    return FALSE;
  memcpy (self->kek, g_bytes_get_data (kek, NULL), OSY_KEY_SIZE);
  return TRUE;
}

/* A key that is there already is used: it stems from a set-up that was cut short, or from another
 * process that is setting up at this moment. */
static gboolean
load_or_create_kek (OsyKeyring *self, OsyKeyProvider *provider, GError **error)
{
  g_autoptr (GBytes) present = osy_key_provider_load (provider, NULL);
  g_autoptr (GError) local = NULL;

  if (take_kek (self, present))
    return TRUE;
  g_autoptr (GBytes) made = osy_key_provider_create (provider, &local);
  if (take_kek (self, made))
    return TRUE;
  if (osy_error_is (local, OSY_ERROR_CONFLICT)) {
    g_autoptr (GBytes) theirs = osy_key_provider_load (provider, error);
    return take_kek (self, theirs);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
create_root (OsyKeyring *self, OsyKeyProvider *provider, GError **error)
{
  g_autoptr (GBytes) stored = NULL;
  guint8 root[OSY_KEY_SIZE];

  if (!load_or_create_kek (self, provider, error))
    return FALSE;
  osy_random_bytes (root, sizeof root);
  g_autoptr (GBytes) fresh = wrap_key (self->kek, "v1|key_material|root", root, error);
  osy_wipe (root, sizeof root);
  if (fresh == NULL || !osy_keyring_store_root (self->pool, fresh, &stored, error))
    return FALSE;
  return unwrap_root (self, provider, stored, error);
}

static gboolean
load_root (OsyKeyring *self, OsyKeyProvider *provider, GBytes *wrapped, GError **error)
{
  g_autoptr (GBytes) kek = osy_key_provider_load (provider, error);
  return take_kek (self, kek) && unwrap_root (self, provider, wrapped, error);
}

OsyKeyring *
osy_keyring_new (OsyKeyProvider *provider, OsyDbPool *pool, gboolean create, GError **error)
{
  g_autoptr (OsyKeyring) self = g_object_new (OSY_TYPE_KEYRING, NULL);
  g_autoptr (GBytes) wrapped = NULL;

  /* A missing key is fetched while the caller's own transaction waits. */
  self->pool = osy_db_pool_new_sibling (pool, 1);
  if (!osy_keyring_store_root (self->pool, NULL, &wrapped, error))
    return NULL;
  if (wrapped == NULL && !create) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "This database has no encryption key yet: set a shop up first.");
    return NULL;
  }
  gboolean ready = wrapped != NULL ? load_root (self, provider, wrapped, error)
                                   : create_root (self, provider, error);
  return ready ? g_steal_pointer (&self) : NULL;
}

/* ---- data keys ---- */

static char *
quarter_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (osy_clock_now () / G_USEC_PER_SEC);
  return g_strdup_printf ("%04dQ%d", g_date_time_get_year (now),
                          (g_date_time_get_month (now) - 1) / 3 + 1);
}

static char *
data_key_aad (const OsyDataKeyRow *row)
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
  g_autofree char *aad = data_key_aad (row);
  g_autoptr (OsyDataKey) key = osy_data_key_new ();

  if (row->wrapped == NULL)
    return refuse_erased (error);
  if (!unwrap_key (self->kek, aad, row->wrapped, key->key) ||
      !osy_id_to_bytes (row->id, key->id_bytes)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The data key %s was altered or wrapped with another key.", row->id);
    return NULL;
  }
  key->id = g_strdup (row->id);
  key->restaurant_id = g_strdup (row->restaurant_id);
  key->owner = owner_of (row);
  key->slot = slot_of (row);
  osy_key_cache_put (self->cache, key);
  return g_steal_pointer (&key);
}

/* Gives @row, which names whom it is for, a new key. */
static gboolean
add_key (OsyKeyring *self, OsyDataKeyRow *row, GError **error)
{
  guint8 key[OSY_KEY_SIZE];

  row->id = osy_id_new ();
  g_autofree char *aad = data_key_aad (row);
  osy_random_bytes (key, sizeof key);
  row->wrapped = wrap_key (self->kek, aad, key, error);
  osy_wipe (key, sizeof key);
  if (row->wrapped == NULL || !osy_keyring_store_add (self->pool, row, error))
    return FALSE;
  if (row->id != NULL)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "A data key was not kept.");
  return FALSE;
}

static gint64
max_age (const char *subject_id)
{
  return subject_id ? SUBJECT_MAX_AGE : G_MAXINT64;
}

/* Returns: (transfer full): the key that seals @cell. */
static OsyDataKey *
current_key (OsyKeyring *self, const OsyCell *cell, GError **error)
{
  OsyDataKeyRow row = {NULL};

  row_for (&row, cell);
  g_autofree char *slot = slot_of (&row);
  OsyDataKey *key = osy_key_cache_get_slot (self->cache, slot, max_age (cell->subject_id));
  if (key == NULL && osy_keyring_store_current (self->pool, &row, error) &&
      (row.id != NULL || add_key (self, &row, error)))
    key = keep (self, &row, error);
  osy_data_key_row_clear (&row);
  return key;
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
  OsyDataKey *key = osy_key_cache_get (self->cache, id, max_age (cell->subject_id));
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

gboolean
osy_keyring_prepare (OsyKeyring *self, const char *restaurant_id, const char *table, GError **error)
{
  const OsyCell cell = {.restaurant_id = restaurant_id, .table = table};
  g_autoptr (OsyDataKey) key = current_key (self, &cell, error);

  return key != NULL;
}

gboolean
osy_keyring_is_prepared (OsyKeyring *self, const char *restaurant_id, const char *table)
{
  g_autofree char *quarter = quarter_now ();
  g_autofree char *slot = g_strjoin ("|", restaurant_id, table, quarter, NULL);
  g_autoptr (OsyDataKey) key = osy_key_cache_get_slot (self->cache, slot, G_MAXINT64);

  return key != NULL;
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

GBytes *
osy_keyring_blind_index (OsyKeyring *self,
                         const char *restaurant_id,
                         const char *table,
                         const char *column,
                         const char *value)
{
  g_autofree char *info = g_strjoin ("|", "blind-index", restaurant_id, table, column, NULL);
  guint8 key[OSY_KEY_SIZE], mac[32];

  osy_hkdf_sha256 (self->root, info, key);
  osy_hmac_sha256 (key, (const guint8 *)value, strlen (value), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, BLIND_INDEX_SIZE);
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
