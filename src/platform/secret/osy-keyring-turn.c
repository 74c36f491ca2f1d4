/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The steps by which the keys of a keyring are changed. What must not be taken up twice is decided
 * by the database: the names of keys beside what they wrap. */

#include "osy-keyring-turn.h"

#include <string.h>

#include "osy-id.h"
#include "osy-keyring-private.h"

#define INDEX_PREFIX "index|"

char *
osy_keyring_kek_name (OsyKeyring *self)
{
  g_rw_lock_reader_lock (&self->lock);
  char *name = g_strdup (self->keks[self->wrapping].name);
  g_rw_lock_reader_unlock (&self->lock);
  return name;
}

gboolean
osy_keyring_renew (OsyKeyring *self, GError **error)
{
  osy_key_cache_clear (self->cache);
  return osy_keyring_refresh (self, error);
}

static OsyKeyProvider *
take_provider (OsyKeyring *self)
{
  g_rw_lock_reader_lock (&self->lock);
  OsyKeyProvider *provider = g_object_ref (self->provider);
  g_rw_lock_reader_unlock (&self->lock);
  return provider;
}

/* As keys/provider and keys/provider.next name it by now. */
static gboolean
reopen_provider (OsyKeyring *self, const char *data_dir, GError **error)
{
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (data_dir, "file", error);

  if (provider == NULL)
    return FALSE;
  g_rw_lock_writer_lock (&self->lock);
  g_set_object (&self->provider, provider);
  g_rw_lock_writer_unlock (&self->lock);
  return TRUE;
}

char *
osy_keyring_begin_kek (OsyKeyring *self, const char *data_dir, const char *target, GError **error)
{
  OsyKek next;

  if (target != NULL && (!osy_key_provider_begin_move (data_dir, target, error) ||
                         !reopen_provider (self, data_dir, error)))
    return NULL;
  g_autoptr (OsyKeyProvider) provider = take_provider (self);
  g_autoptr (GBytes) key = osy_key_provider_add_next (provider, error);
  if (!osy_kek_set (&next, key))
    return NULL;
  osy_wipe (next.key, sizeof next.key);
  return osy_keyring_refresh (self, error) ? g_strdup (next.name) : NULL;
}

/* ---- wrapping again ---- */

static gboolean
find_kek (OsyKeyring *self, const char *name, OsyKek *ret, GError **error)
{
  gboolean found = FALSE;

  g_rw_lock_reader_lock (&self->lock);
  for (guint i = 0; i < self->n_keks && !found; i++)
    if (strcmp (self->keks[i].name, name) == 0) {
      *ret = self->keks[i];
      found = TRUE;
    }
  g_rw_lock_reader_unlock (&self->lock);
  if (!found)
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The new key %s is not with the provider any more: put it back from your backup.",
                 name);
  return found;
}

static GBytes *
wrap_again (OsyKeyring *self, const OsyKek *kek, const char *aad, GBytes *wrapped, GError **error)
{
  guint8 key[OSY_KEY_SIZE];

  if (!osy_keyring_unwrap_key (self, NULL, aad, wrapped, key)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "A stored key was altered, or wrapped with another key: %s.", aad);
    return NULL;
  }
  GBytes *fresh = osy_kek_wrap (kek, aad, key, error);
  osy_wipe (key, sizeof key);
  return fresh;
}

/* All of them in one transaction, with nobody adding keys meanwhile. */
static gboolean
rewrap_material (OsyKeyring *self, OsyDbTx *tx, const OsyKek *kek, GError **error)
{
  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock (hashtextextended ('kek', 0))", OSY_NO_PARAMS,
                    NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT purpose, wrapped FROM key_material WHERE kek IS DISTINCT FROM $1 AND "
                    "(purpose = 'root' OR purpose LIKE 'index|%')",
                    OSY_PARAMS (OSY_P_TEXT (kek->name)), error);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    const char *purpose = osy_db_rows_text (rows, i, "purpose");
    g_autofree char *aad = osy_keyring_material_aad (purpose);
    g_autoptr (GBytes) old = osy_db_rows_bytes (rows, i, "wrapped");
    g_autoptr (GBytes) fresh = wrap_again (self, kek, aad, old, error);
    if (fresh == NULL ||
        !osy_db_exec (
            tx, "UPDATE key_material SET wrapped = $2, kek = $3 WHERE purpose = $1",
            OSY_PARAMS (OSY_P_TEXT (purpose), OSY_P_BYTES (fresh), OSY_P_TEXT (kek->name)), NULL,
            error))
      return FALSE;
  }
  return rows != NULL;
}

typedef struct {
  GPtrArray *ids;
  GPtrArray *wrapped;
} Batch;

static gboolean
add_to_batch (OsyKeyring *self,
              const OsyKek *kek,
              const OsyDbRows *rows,
              guint i,
              Batch *batch,
              GError **error)
{
  OsyDataKeyRow row = {
      .id = g_strdup (osy_db_rows_text (rows, i, "id")),
      .restaurant_id = g_strdup (osy_db_rows_text (rows, i, "restaurant_id")),
      .subject_id = g_strdup (osy_db_rows_text (rows, i, "subject_id")),
      .table = g_strdup (osy_db_rows_text (rows, i, "table_name")),
      .quarter = g_strdup (osy_db_rows_text (rows, i, "quarter")),
  };
  g_autofree char *aad = osy_data_key_aad (&row);
  g_autoptr (GBytes) old = osy_db_rows_bytes (rows, i, "wrapped");
  GBytes *fresh = wrap_again (self, kek, aad, old, error);

  if (fresh != NULL) {
    g_ptr_array_add (batch->ids, g_strdup (row.id));
    g_ptr_array_add (batch->wrapped, fresh);
  }
  osy_data_key_row_clear (&row);
  return fresh != NULL;
}

static const struct {
  const char *find;
  const char *put;
} key_tables[] = {
    {"SELECT id, restaurant_id, table_name, quarter, NULL AS subject_id, wrapped FROM data_key "
     "WHERE kek IS DISTINCT FROM $1 LIMIT $2 FOR NO KEY UPDATE",
     "UPDATE data_key k SET wrapped = n.wrapped, kek = $3 "
     "FROM unnest($1::uuid[], $2::bytea[]) AS n(id, wrapped) WHERE k.id = n.id"},
    {"SELECT id, restaurant_id, NULL AS table_name, NULL AS quarter, subject_id, wrapped "
     "FROM subject_key WHERE kek IS DISTINCT FROM $1 AND wrapped IS NOT NULL LIMIT $2 "
     "FOR NO KEY UPDATE",
     "UPDATE subject_key k SET wrapped = n.wrapped, kek = $3 "
     "FROM unnest($1::uuid[], $2::bytea[]) AS n(id, wrapped) WHERE k.id = n.id"},
};

static gboolean
rewrap_keys (OsyKeyring *self,
             OsyDbTx *tx,
             const OsyKek *kek,
             gint64 limit,
             gint64 *done,
             GError **error)
{
  for (gsize t = 0; t < G_N_ELEMENTS (key_tables) && *done < limit; t++) {
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) wrapped = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    Batch batch = {ids, wrapped};
    g_autoptr (OsyDbRows) rows =
        osy_db_query (tx, key_tables[t].find,
                      OSY_PARAMS (OSY_P_TEXT (kek->name), OSY_P_INT (limit - *done)), error);
    if (rows == NULL)
      return FALSE;
    for (guint i = 0; i < osy_db_rows_count (rows); i++)
      if (!add_to_batch (self, kek, rows, i, &batch, error))
        return FALSE;
    if (ids->len > 0 &&
        !osy_db_exec (tx, key_tables[t].put,
                      OSY_PARAMS (OSY_P_TEXTS (ids), OSY_P_BLOBS (wrapped), OSY_P_TEXT (kek->name)),
                      NULL, error))
      return FALSE;
    *done += ids->len;
  }
  return TRUE;
}

gboolean
osy_keyring_rewrap (OsyKeyring *self,
                    OsyDbTx *tx,
                    const char *name,
                    gint64 limit,
                    gint64 *done,
                    GError **error)
{
  OsyKek kek;

  *done = 0;
  if (!find_kek (self, name, &kek, error))
    return FALSE;
  gboolean ok =
      rewrap_material (self, tx, &kek, error) && rewrap_keys (self, tx, &kek, limit, done, error);
  osy_wipe (kek.key, sizeof kek.key);
  return ok;
}

/* ---- the old key goes ---- */

static gboolean
is_named (GBytes *key, const char *name)
{
  OsyKek kek;
  gboolean same = osy_kek_set (&kek, key) && strcmp (kek.name, name) == 0;

  osy_wipe (&kek, sizeof kek);
  return same;
}

/* Cut short after the promotion, there is nothing more to promote. */
static gboolean
promote (OsyKeyProvider *provider, const char *name, GError **error)
{
  g_autoptr (GBytes) next = osy_key_provider_load_next (provider, NULL);
  g_autoptr (GBytes) present = next ? NULL : osy_key_provider_load (provider, error);

  if (next == NULL && present == NULL)
    return FALSE;
  if (!is_named (next ? next : present, name)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                 "The provider \"%s\" holds another key than the new one, %s: nothing was removed.",
                 osy_key_provider_get_name (provider), name);
    return FALSE;
  }
  return next == NULL || osy_key_provider_promote (provider, error);
}

static gboolean
remove_source (const char *data_dir, const char *source, GError **error)
{
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_from_mark (data_dir, source);

  return provider == NULL || osy_key_provider_remove (provider, error);
}

gboolean
osy_keyring_finish_kek (OsyKeyring *self,
                        const char *data_dir,
                        const char *name,
                        const char *source,
                        GError **error)
{
  /* An earlier attempt may have moved already. */
  if (source != NULL && !reopen_provider (self, data_dir, error))
    return FALSE;
  g_autoptr (OsyKeyProvider) provider = take_provider (self);
  if (!promote (provider, name, error))
    return FALSE;
  if (source != NULL &&
      (!remove_source (data_dir, source, error) || !reopen_provider (self, data_dir, error)))
    return FALSE;
  return osy_keyring_refresh (self, error);
}

/* ---- blind indexes ---- */

static gboolean
put_index (OsyKeyring *self, OsyDbTx *tx, gint64 version, const guint8 *secret, GError **error)
{
  g_autofree char *purpose = g_strdup_printf (INDEX_PREFIX "%" G_GINT64_FORMAT, version);
  g_autofree char *aad = osy_keyring_material_aad (purpose);
  char name[OSY_KEK_NAME_SIZE];
  g_autoptr (GBytes) wrapped = osy_keyring_wrap_key (self, aad, secret, name, error);

  return wrapped != NULL &&
         osy_db_exec (tx, "INSERT INTO key_material (purpose, wrapped, kek) VALUES ($1, $2, $3)",
                      OSY_PARAMS (OSY_P_TEXT (purpose), OSY_P_BYTES (wrapped), OSY_P_TEXT (name)),
                      NULL, error);
}

/* The first version has no row: it is the root secret itself. While it is the old one it gets a
 * row, by whose absence everybody knows that it is not needed any more. */
gboolean
osy_keyring_begin_index (OsyKeyring *self, OsyDbTx *tx, GError **error)
{
  guint8 fresh[OSY_KEY_SIZE];

  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock_shared (hashtextextended ('kek', 0))",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT count(*) AS n, coalesce(max(substr(purpose, 7)::bigint), 1) AS last "
                    "FROM key_material WHERE purpose LIKE 'index|%'",
                    OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  gint64 n = osy_db_rows_int (rows, 0, "n");
  if (n > 1)
    return TRUE; /* begun already */
  osy_random_bytes (fresh, sizeof fresh);
  gboolean put = (n == 1 || put_index (self, tx, 1, self->root, error)) &&
                 put_index (self, tx, osy_db_rows_int (rows, 0, "last") + 1, fresh, error);
  osy_wipe (fresh, sizeof fresh);
  return put;
}

gboolean
osy_keyring_finish_index (OsyKeyring *self, OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM key_material WHERE purpose LIKE 'index|%' AND "
                      "substr(purpose, 7)::bigint < (SELECT max(substr(purpose, 7)::bigint) "
                      "FROM key_material WHERE purpose LIKE 'index|%')",
                      OSY_NO_PARAMS, NULL, error);
}
