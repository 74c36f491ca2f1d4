/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The keys of the provider (one, or two while they are being changed) and what lies directly under
 * them. New keys are wrapped with the one that the root secret is under, so the moment in which the
 * root secret is wrapped again is the moment in which everybody changes over. */

#include <string.h>

#include "osy-codec.h"
#include "osy-keyring-private.h"

gboolean
osy_kek_set (OsyKek *kek, GBytes *key)
{
  static const char context[] = "key-encryption-key";
  guint8 mac[32];

  if (key == NULL || g_bytes_get_size (key) != OSY_KEY_SIZE)
    return FALSE;
  memcpy (kek->key, g_bytes_get_data (key, NULL), OSY_KEY_SIZE);
  osy_hmac_sha256 (kek->key, (const guint8 *)context, strlen (context), mac);
  g_autofree char *hex = osy_hex_encode (mac, (OSY_KEK_NAME_SIZE - 1) / 2);
  g_strlcpy (kek->name, hex, OSY_KEK_NAME_SIZE);
  return TRUE;
}

GBytes *
osy_kek_wrap (const OsyKek *kek, const char *aad, const guint8 *key, GError **error)
{
  return osy_aead_seal (kek->key, aad, key, OSY_KEY_SIZE, error);
}

static gboolean
kek_unwrap (const OsyKek *kek, const char *aad, GBytes *wrapped, guint8 *key)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (wrapped, &len);
  g_autoptr (GBytes) plain = osy_aead_open (kek->key, aad, data, len, NULL);

  if (plain == NULL || g_bytes_get_size (plain) != OSY_KEY_SIZE)
    return FALSE;
  memcpy (key, g_bytes_get_data (plain, NULL), OSY_KEY_SIZE);
  return TRUE;
}

char *
osy_keyring_material_aad (const char *purpose)
{
  return g_strconcat ("v1|key_material|", purpose, NULL);
}

/* ---- wrapping ---- */

GBytes *
osy_keyring_wrap_key (OsyKeyring *self,
                      const char *aad,
                      const guint8 *key,
                      char name[OSY_KEK_NAME_SIZE],
                      GError **error)
{
  g_rw_lock_reader_lock (&self->lock);
  const OsyKek *kek = &self->keks[self->wrapping];
  GBytes *wrapped = osy_kek_wrap (kek, aad, key, error);
  g_strlcpy (name, kek->name, OSY_KEK_NAME_SIZE);
  g_rw_lock_reader_unlock (&self->lock);
  return wrapped;
}

static gboolean
unwrap_known (OsyKeyring *self,
              const char *name,
              const char *aad,
              GBytes *wrapped,
              guint8 *key,
              gboolean *known)
{
  gboolean opened = FALSE;

  *known = name == NULL;
  g_rw_lock_reader_lock (&self->lock);
  for (guint i = 0; i < self->n_keks && !opened; i++) {
    *known = *known || strcmp (name, self->keks[i].name) == 0;
    opened = kek_unwrap (&self->keks[i], aad, wrapped, key);
  }
  g_rw_lock_reader_unlock (&self->lock);
  return opened;
}

gboolean
osy_keyring_unwrap_key (OsyKeyring *self,
                        const char *name,
                        const char *aad,
                        GBytes *wrapped,
                        guint8 *key)
{
  gboolean known;

  if (unwrap_known (self, name, aad, wrapped, key, &known))
    return TRUE;
  return !known && osy_keyring_refresh (self, NULL) &&
         unwrap_known (self, name, aad, wrapped, key, &known);
}

/* ---- reading them anew ---- */

typedef struct {
  OsyKek keks[2];
  guint n_keks;
  guint wrapping;
  guint8 root[OSY_KEY_SIZE];
  guint8 indexes[2][OSY_KEY_SIZE];
  guint n_indexes;
  GError *missing; /* nullable: why one of the keys could not be read */
} Fresh;

/* Either key may be the one that is missing: what counts is whether the root secret opens. */
static gboolean
load_keks (OsyKeyProvider *provider, Fresh *fresh, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) key = osy_key_provider_load (provider, &local);
  g_autoptr (GBytes) next =
      osy_key_provider_load_next (provider, key != NULL ? &fresh->missing : NULL);

  if (osy_kek_set (&fresh->keks[0], key))
    fresh->n_keks++;
  if (osy_kek_set (&fresh->keks[fresh->n_keks], next))
    fresh->n_keks++;
  if (fresh->n_keks == 0) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (fresh->missing == NULL)
    fresh->missing = g_steal_pointer (&local);
  return TRUE;
}

static gboolean
open_root (OsyKeyProvider *provider, Fresh *fresh, GBytes *wrapped, GError **error)
{
  g_autofree char *aad = osy_keyring_material_aad (OSY_KEY_ROOT);

  for (fresh->wrapping = 0; fresh->wrapping < fresh->n_keks; fresh->wrapping++)
    if (kek_unwrap (&fresh->keks[fresh->wrapping], aad, wrapped, fresh->root))
      return TRUE;
  if (fresh->missing != NULL) {
    g_propagate_error (error, g_steal_pointer (&fresh->missing));
    return FALSE;
  }
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
               "The key of the provider \"%s\" is not the one this data was encrypted with: put "
               "the right one back from your backup.",
               osy_key_provider_get_name (provider));
  return FALSE;
}

/* Before they were ever changed, blind indexes come from the root secret. */
static gboolean
open_indexes (Fresh *fresh, const OsyDbRows *rows, GError **error)
{
  for (guint i = 1; i < osy_db_rows_count (rows) && fresh->n_indexes < 2; i++) {
    const char *purpose = osy_db_rows_text (rows, i, "purpose");
    g_autofree char *aad = osy_keyring_material_aad (purpose);
    g_autoptr (GBytes) wrapped = osy_db_rows_bytes (rows, i, "wrapped");
    gboolean opened = FALSE;
    for (guint k = 0; k < fresh->n_keks && !opened; k++)
      opened = kek_unwrap (&fresh->keks[k], aad, wrapped, fresh->indexes[fresh->n_indexes]);
    if (!opened) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                   "The key material \"%s\" was altered or wrapped with another key.", purpose);
      return FALSE;
    }
    fresh->n_indexes++;
  }
  if (fresh->n_indexes == 0)
    memcpy (fresh->indexes[fresh->n_indexes++], fresh->root, OSY_KEY_SIZE);
  return TRUE;
}

static void
adopt (OsyKeyring *self, const Fresh *fresh)
{
  g_rw_lock_writer_lock (&self->lock);
  memcpy (self->keks, fresh->keks, sizeof self->keks);
  if (self->n_keks == 0) /* it never changes, and is read without the lock */
    memcpy (self->root, fresh->root, sizeof self->root);
  memcpy (self->indexes, fresh->indexes, sizeof self->indexes);
  self->n_keks = fresh->n_keks;
  self->wrapping = fresh->wrapping;
  self->n_indexes = fresh->n_indexes;
  g_rw_lock_writer_unlock (&self->lock);
}

gboolean
osy_keyring_refresh (OsyKeyring *self, GError **error)
{
  Fresh fresh = {0};
  g_autoptr (OsyDbRows) rows = NULL;

  g_rw_lock_reader_lock (&self->lock);
  g_autoptr (OsyKeyProvider) provider = g_object_ref (self->provider);
  g_rw_lock_reader_unlock (&self->lock);
  gboolean ready = load_keks (provider, &fresh, error) &&
                   osy_keyring_store_material (self->pool, NULL, NULL, &rows, error);
  g_autoptr (GBytes) wrapped =
      ready && osy_db_rows_count (rows) > 0 ? osy_db_rows_bytes (rows, 0, "wrapped") : NULL;
  ready = wrapped != NULL && open_root (provider, &fresh, wrapped, error) &&
          open_indexes (&fresh, rows, error);
  if (ready)
    adopt (self, &fresh);
  g_clear_error (&fresh.missing);
  osy_wipe (&fresh, sizeof fresh);
  return ready;
}
