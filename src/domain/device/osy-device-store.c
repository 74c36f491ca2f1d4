/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of paired screens. */

#include "osy-device-store.h"

#include "osy-codec.h"

#define COLUMNS "id, restaurant_id, name, role, created_at, pairing_until, paired_at, last_seen_at"

OsyDevice *
osy_device_new (void)
{
  return g_new0 (OsyDevice, 1);
}

void
osy_device_free (OsyDevice *self)
{
  g_free (self->id);
  g_free (self->restaurant_id);
  g_free (self->name);
  g_free (self);
}

static OsyDevice *
read_row (const OsyDbRows *rows, guint row)
{
  OsyDevice *self = osy_device_new ();

  self->id = g_strdup (osy_db_rows_text (rows, row, "id"));
  self->restaurant_id = g_strdup (osy_db_rows_text (rows, row, "restaurant_id"));
  self->name = g_strdup (osy_db_rows_text (rows, row, "name"));
  if (!osy_role_from_name (osy_db_rows_text (rows, row, "role"), &self->role))
    self->role = OSY_ROLE_GUEST;
  self->created_at = osy_db_rows_time (rows, row, "created_at");
  self->pairing_until = osy_db_rows_time (rows, row, "pairing_until");
  self->paired_at = osy_db_rows_time (rows, row, "paired_at");
  self->last_seen_at = osy_db_rows_time (rows, row, "last_seen_at");
  return self;
}

gboolean
osy_device_store_insert (OsyDbTx *tx, const OsyDevice *device, GBytes *pairing_hash, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO device (restaurant_id, id, name, role, created_at, "
                      "pairing_until, pairing_hash) "
                      "VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7)",
                      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (device->id),
                                  OSY_P_TEXT (device->name),
                                  OSY_P_TEXT (osy_role_name (device->role)),
                                  OSY_P_TIME (device->created_at),
                                  OSY_P_TIME (device->pairing_until), OSY_P_BYTES (pairing_hash)),
                      NULL, error);
}

gboolean
osy_device_store_sweep (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM device WHERE restaurant_id = $1::uuid AND (revoked_at < $2 "
                      "OR (paired_at IS NULL AND pairing_until < $2))",
                      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TIME (before)),
                      NULL, error);
}

GPtrArray *
osy_device_store_list (OsyDbTx *tx, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_device_free);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT " COLUMNS " FROM device WHERE restaurant_id = $1::uuid "
                    "AND revoked_at IS NULL ORDER BY created_at, id",
                    OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx))), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (devices, read_row (rows, i));
  return g_steal_pointer (&devices);
}

gboolean
osy_device_store_find (OsyDbTx *tx, GBytes *hash, OsyDevice **ret, GError **error)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (hash, &size);
  g_autofree char *hex = osy_hex_encode (bytes, size);

  *ret = NULL;
  if (!osy_db_exec (tx, "SELECT set_config ('app.device_secret', $1, true)",
                    OSY_PARAMS (OSY_P_TEXT (hex)), NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT " COLUMNS " FROM device "
                    "WHERE (pairing_hash = $1 OR token_hash = $1) AND revoked_at IS NULL",
                    OSY_PARAMS (OSY_P_BYTES (hash)), error);
  if (rows != NULL && osy_db_rows_count (rows) > 0)
    *ret = read_row (rows, 0);
  return rows != NULL;
}

gboolean
osy_device_store_pair (OsyDbTx *tx,
                       GBytes *pairing_hash,
                       GBytes *token_hash,
                       gint64 now,
                       gboolean *paired,
                       GError **error)
{
  gint64 affected = 0;
  gboolean ok =
      osy_db_exec (tx,
                   "UPDATE device SET pairing_hash = NULL, token_hash = $3, paired_at = $4, "
                   "last_seen_at = $4 WHERE restaurant_id = $1::uuid AND pairing_hash = $2 "
                   "AND pairing_until > $4 AND revoked_at IS NULL",
                   OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_BYTES (pairing_hash),
                               OSY_P_BYTES (token_hash), OSY_P_TIME (now)),
                   &affected, error);

  *paired = affected == 1;
  return ok;
}

gboolean
osy_device_store_touch (OsyDbTx *tx, const char *id, gint64 now, gboolean *seen, GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (
      tx,
      "UPDATE device SET last_seen_at = $3 WHERE restaurant_id = $1::uuid AND id = $2::uuid "
      "AND token_hash IS NOT NULL AND revoked_at IS NULL",
      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (id), OSY_P_TIME (now)),
      &affected, error);

  *seen = affected == 1;
  return ok;
}

gboolean
osy_device_store_revoke (OsyDbTx *tx, const char *id, gint64 now, gboolean *revoked, GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (
      tx,
      "UPDATE device SET revoked_at = $3, token_hash = NULL, pairing_hash = NULL "
      "WHERE restaurant_id = $1::uuid AND id = $2::uuid AND revoked_at IS NULL",
      OSY_PARAMS (OSY_P_TEXT (osy_db_tx_restaurant (tx)), OSY_P_TEXT (id), OSY_P_TIME (now)),
      &affected, error);

  *revoked = affected == 1;
  return ok;
}
