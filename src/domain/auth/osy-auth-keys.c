/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The signing keys of access tokens: stored wrapped, parsed once. The newest signs; those it
 * followed verify until their last token has ended. */

#include "osy-auth-keys.h"

#include "osy-clock.h"
#include "osy-id.h"

#define BITS 2048

struct _OsyAuthKeys {
  GRWLock lock;
  GHashTable *keys; /* kid → OsyRsaKey */
  char *signer;     /* kid of the newest */
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)osy_rsa_key_free);
}

OsyAuthKeys *
osy_auth_keys_new (void)
{
  OsyAuthKeys *self = g_new0 (OsyAuthKeys, 1);

  g_rw_lock_init (&self->lock);
  self->keys = new_table ();
  return self;
}

void
osy_auth_keys_free (OsyAuthKeys *self)
{
  g_hash_table_unref (self->keys);
  g_free (self->signer);
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

static char *
purpose_of (const char *kid)
{
  return g_strconcat ("jwt-key|", kid, NULL);
}

static gboolean
make_key (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autofree char *kid = osy_id_new ();
  g_autofree char *purpose = purpose_of (kid);
  g_autoptr (OsyRsaKey) key = osy_rsa_key_generate (BITS, error);
  g_autoptr (GBytes) der = key ? osy_rsa_key_to_der (key, error) : NULL;
  g_autoptr (GBytes) wrapped = der ? osy_keyring_wrap (ring, purpose, der, error) : NULL;

  if (wrapped == NULL)
    return FALSE;
  return osy_db_exec (
      tx, "INSERT INTO jwt_key (kid, wrapped, created_at) VALUES ($1, $2, $3)",
      OSY_PARAMS (OSY_P_TEXT (kid), OSY_P_BYTES (wrapped), OSY_P_TIME (osy_clock_now ())), NULL,
      error);
}

gboolean
osy_auth_keys_ensure (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  /* Two processes may start at once; the second waits here and then finds the key. */
  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock (hashtextextended ('jwt_key', 0))",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT EXISTS (SELECT FROM jwt_key) AS found", OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  return osy_db_rows_bool (rows, 0, "found") || make_key (tx, ring, error);
}

gboolean
osy_auth_keys_turn (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  return osy_db_exec (tx, "UPDATE jwt_key SET retired_at = $1 WHERE retired_at IS NULL",
                      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), NULL, error) &&
         make_key (tx, ring, error);
}

gboolean
osy_auth_keys_drop (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx, "DELETE FROM jwt_key WHERE retired_at IS NOT NULL", OSY_NO_PARAMS, NULL,
                      error);
}

static gboolean
load_row (GHashTable *keys, const OsyDbRows *rows, guint row, OsyKeyring *ring, GError **error)
{
  const char *kid = osy_db_rows_text (rows, row, "kid");
  g_autofree char *purpose = purpose_of (kid);
  g_autoptr (GBytes) wrapped = osy_db_rows_bytes (rows, row, "wrapped");
  g_autoptr (GBytes) der = osy_keyring_unwrap (ring, purpose, wrapped, error);
  OsyRsaKey *key = der ? osy_rsa_key_from_der (der, error) : NULL;

  if (key == NULL) {
    g_prefix_error (error, "cannot read the signing key of access tokens: ");
    return FALSE;
  }
  g_hash_table_insert (keys, g_strdup (kid), key);
  return TRUE;
}

gboolean
osy_auth_keys_load (OsyAuthKeys *self, OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (GHashTable) keys = new_table ();
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT kid, wrapped FROM jwt_key ORDER BY retired_at NULLS LAST, created_at, kid",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  guint n = osy_db_rows_count (rows);
  for (guint i = 0; i < n; i++)
    if (!load_row (keys, rows, i, ring, error))
      return FALSE;
  g_rw_lock_writer_lock (&self->lock);
  GHashTable *old = g_steal_pointer (&self->keys);
  self->keys = g_steal_pointer (&keys);
  g_free (self->signer);
  self->signer = n > 0 ? g_strdup (osy_db_rows_text (rows, n - 1, "kid")) : NULL;
  g_rw_lock_writer_unlock (&self->lock);
  g_hash_table_unref (old);
  return TRUE;
}

/* Under the lock. */
static OsyRsaKey *
find_key (const char *kid, gpointer user_data)
{
  OsyAuthKeys *self = user_data;

  return g_hash_table_lookup (self->keys, kid);
}

char *
osy_auth_keys_sign (OsyAuthKeys *self, const OsyJwtClaims *claims, GError **error)
{
  g_rw_lock_reader_lock (&self->lock);
  OsyRsaKey *key = self->signer ? find_key (self->signer, self) : NULL;
  char *token = key ? osy_jwt_sign (key, self->signer, claims, error) : NULL;
  g_rw_lock_reader_unlock (&self->lock);
  if (key == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "There is no key to sign access tokens with: restart the daemon.");
  return token;
}

gboolean
osy_auth_keys_verify (OsyAuthKeys *self,
                      const char *token,
                      gint64 now,
                      OsyJwtClaims *ret,
                      GError **error)
{
  g_rw_lock_reader_lock (&self->lock);
  gboolean valid = osy_jwt_verify (token, find_key, self, now, ret, error);
  g_rw_lock_reader_unlock (&self->lock);
  return valid;
}

gboolean
osy_auth_keys_signed (OsyAuthKeys *self, const char *token)
{
  return osy_jwt_is_signed (token, find_key, self);
}
