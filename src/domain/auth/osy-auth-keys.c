/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The signing keys of access tokens: made once, stored wrapped, parsed once. */

#include "osy-auth-keys.h"

#include "osy-clock.h"
#include "osy-id.h"

#define BITS 2048

struct _OsyAuthKeys {
  GHashTable *keys; /* kid → OsyRsaKey */
  char *signer;     /* kid of the newest */
};

OsyAuthKeys *
osy_auth_keys_new (void)
{
  OsyAuthKeys *self = g_new0 (OsyAuthKeys, 1);

  self->keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)osy_rsa_key_free);
  return self;
}

void
osy_auth_keys_free (OsyAuthKeys *self)
{
  g_hash_table_unref (self->keys);
  g_free (self->signer);
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

static gboolean
load_row (OsyAuthKeys *self, const OsyDbRows *rows, guint row, OsyKeyring *ring, GError **error)
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
  g_hash_table_insert (self->keys, g_strdup (kid), key);
  g_free (self->signer);
  self->signer = g_strdup (kid);
  return TRUE;
}

gboolean
osy_auth_keys_load (OsyAuthKeys *self, OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT kid, wrapped FROM jwt_key ORDER BY created_at, kid", OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  g_hash_table_remove_all (self->keys);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (!load_row (self, rows, i, ring, error))
      return FALSE;
  return TRUE;
}

static OsyRsaKey *
find_key (const char *kid, gpointer user_data)
{
  OsyAuthKeys *self = user_data;

  return g_hash_table_lookup (self->keys, kid);
}

char *
osy_auth_keys_sign (OsyAuthKeys *self, const OsyJwtClaims *claims, GError **error)
{
  OsyRsaKey *key = self->signer ? find_key (self->signer, self) : NULL;

  if (key == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "There is no key to sign access tokens with: restart the daemon.");
    return NULL;
  }
  return osy_jwt_sign (key, self->signer, claims, error);
}

gboolean
osy_auth_keys_verify (OsyAuthKeys *self,
                      const char *token,
                      gint64 now,
                      OsyJwtClaims *ret,
                      GError **error)
{
  return osy_jwt_verify (token, find_key, self, now, ret, error);
}

gboolean
osy_auth_keys_signed (OsyAuthKeys *self, const char *token)
{
  return osy_jwt_is_signed (token, find_key, self);
}
