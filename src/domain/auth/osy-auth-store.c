/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of accounts and memberships. */

#include "osy-auth-store.h"

#include <string.h>

#define TABLE "app_user"
#define USER_COLUMNS "id, email_enc, name_enc, password_hash_enc"

OsyAuthUser *
osy_auth_user_new (void)
{
  return g_new0 (OsyAuthUser, 1);
}

void
osy_auth_user_free (OsyAuthUser *self)
{
  g_free (self->id);
  g_free (self->email);
  g_free (self->name);
  if (self->password_hash != NULL)
    osy_wipe (self->password_hash, strlen (self->password_hash));
  g_free (self->password_hash);
  g_free (self);
}

static OsyCell
cell_of (const char *user_id, const char *column)
{
  return (OsyCell){
      .restaurant_id = OSY_KEYRING_GLOBAL, .table = TABLE, .column = column, .row_id = user_id};
}

static GBytes *
seal (OsyKeyring *ring, const char *user_id, const char *column, const char *plain, GError **error)
{
  OsyCell cell = cell_of (user_id, column);

  return osy_keyring_seal (ring, &cell, plain, error);
}

static gboolean
unseal (OsyKeyring *ring, const OsyDbRows *rows, const char *column, char **ret, GError **error)
{
  g_autofree char *stored = g_strconcat (column, "_enc", NULL);
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, stored);
  OsyCell cell = cell_of (osy_db_rows_text (rows, 0, "id"), column);

  if (sealed == NULL)
    return TRUE;
  *ret = osy_keyring_open (ring, &cell, sealed, error);
  return *ret != NULL;
}

static GBytes *
index_of (OsyKeyring *ring, const char *email)
{
  return osy_keyring_blind_index (ring, OSY_KEYRING_GLOBAL, TABLE, "email", email);
}

gboolean
osy_auth_store_act_as (OsyDbTx *tx, const char *user_id, GError **error)
{
  return osy_db_exec (tx, "SELECT set_config ('app.user', $1, true)",
                      OSY_PARAMS (OSY_P_TEXT (user_id)), NULL, error);
}

gboolean
osy_auth_store_insert_user (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyAuthUser *user,
                            gint64 now,
                            GError **error)
{
  g_autoptr (GBytes) email = seal (ring, user->id, "email", user->email, error);
  g_autoptr (GBytes) hash =
      email ? seal (ring, user->id, "password_hash", user->password_hash, error) : NULL;
  g_autoptr (GBytes) index = index_of (ring, user->email);
  g_autoptr (GBytes) name = NULL;
  gint64 affected = 0;

  if (hash == NULL)
    return FALSE;
  if (user->name != NULL) {
    name = seal (ring, user->id, "name", user->name, error);
    if (name == NULL)
      return FALSE;
  }
  if (!osy_db_exec (tx,
                    "INSERT INTO app_user (id, email_enc, email_bidx, name_enc, "
                    "password_hash_enc, version, created_at, updated_at) "
                    "VALUES ($1::uuid, $2, $3, $4, $5, 1, $6, $6) ON CONFLICT DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (user->id), OSY_P_BYTES (email), OSY_P_BYTES (index),
                                OSY_P_BYTES (name), OSY_P_BYTES (hash), OSY_P_TIME (now)),
                    &affected, error))
    return FALSE;
  if (affected == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "This e-mail address has an account already.");
    return FALSE;
  }
  return TRUE;
}

/* *@ret stays NULL when there is no row. */
static gboolean
read_user (OsyKeyring *ring, const OsyDbRows *rows, OsyAuthUser **ret, GError **error)
{
  g_autoptr (OsyAuthUser) user = osy_auth_user_new ();

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  user->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  if (!unseal (ring, rows, "email", &user->email, error) ||
      !unseal (ring, rows, "name", &user->name, error) ||
      !unseal (ring, rows, "password_hash", &user->password_hash, error))
    return FALSE;
  *ret = g_steal_pointer (&user);
  return TRUE;
}

gboolean
osy_auth_store_find_user (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const char *email,
                          OsyAuthUser **ret,
                          GError **error)
{
  g_autoptr (GPtrArray) indexes =
      osy_keyring_blind_indexes (ring, OSY_KEYRING_GLOBAL, TABLE, "email", email);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT " USER_COLUMNS " FROM app_user WHERE email_bidx = ANY ($1::bytea[])",
      OSY_PARAMS (OSY_P_BLOBS (indexes)), error);

  if (!read_user (ring, rows, ret, error))
    return FALSE;
  /* The index is a shortened hash: two addresses may share it. */
  if (*ret != NULL && g_strcmp0 ((*ret)->email, email) != 0)
    g_clear_pointer (ret, osy_auth_user_free);
  return TRUE;
}

gboolean
osy_auth_store_load_user (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const char *user_id,
                          OsyAuthUser **ret,
                          GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT " USER_COLUMNS " FROM app_user WHERE id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  return read_user (ring, rows, ret, error);
}

gboolean
osy_auth_store_set_password (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const char *user_id,
                             const char *hash,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GBytes) sealed = seal (ring, user_id, "password_hash", hash, error);

  return sealed != NULL &&
         osy_db_exec (
             tx,
             "UPDATE app_user SET password_hash_enc = $2, version = version + 1, updated_at = $3 "
             "WHERE id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_BYTES (sealed), OSY_P_TIME (now)), NULL,
             error);
}

gboolean
osy_auth_store_load_name (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const char *user_id,
                          char **ret,
                          GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT id, name_enc FROM app_user WHERE id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  return osy_db_rows_count (rows) == 0 || unseal (ring, rows, "name", ret, error);
}

gboolean
osy_auth_store_insert_membership (OsyDbTx *tx,
                                  const char *user_id,
                                  OsyRole role,
                                  gint64 now,
                                  GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO membership (restaurant_id, user_id, role, created_at) "
                      "VALUES ($1::uuid, $2::uuid, $3, $4)",
                      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (user_id),
                                  OSY_P_TEXT (osy_role_name (role)), OSY_P_TIME (now)),
                      NULL, error);
}

GPtrArray *
osy_auth_store_memberships (OsyDbTx *tx, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) memberships =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_membership_free);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT m.restaurant_id, r.name, m.role FROM membership m "
                    "JOIN restaurant r ON r.id = m.restaurant_id WHERE m.user_id = $1::uuid "
                    "ORDER BY m.created_at, m.restaurant_id",
                    OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyMembership *membership = g_new0 (OsyMembership, 1);
    g_ptr_array_add (memberships, membership);
    membership->restaurant_id = g_strdup (osy_db_rows_text (rows, i, "restaurant_id"));
    membership->restaurant_name = g_strdup (osy_db_rows_text (rows, i, "name"));
    if (!osy_role_from_name (osy_db_rows_text (rows, i, "role"), &membership->role))
      membership->role = OSY_ROLE_GUEST;
  }
  return g_steal_pointer (&memberships);
}

gboolean
osy_auth_store_find_organisation (OsyDbTx *tx, const char *user_id, char **ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT r.organisation_id FROM membership m JOIN restaurant r ON r.id = m.restaurant_id "
      "WHERE m.user_id = $1::uuid AND m.role = 'OWNER' ORDER BY m.created_at LIMIT 1",
      OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    *ret = g_strdup (osy_db_rows_text (rows, 0, "organisation_id"));
  return TRUE;
}
