/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of key_material and data_key, each act in a short transaction of its own, so that a key is
 * committed before the first cell is sealed with it. */

#include "osy-keyring-store.h"

#include "osy-clock.h"

void
osy_data_key_row_clear (OsyDataKeyRow *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->restaurant_id, g_free);
  g_clear_pointer (&self->subject_id, g_free);
  g_clear_pointer (&self->table, g_free);
  g_clear_pointer (&self->quarter, g_free);
  g_clear_pointer (&self->wrapped, g_bytes_unref);
  g_clear_pointer (&self->kek, g_free);
}

typedef struct {
  GBytes *root;
  const char *kek;
  OsyDbRows *rows;
} MaterialWork;

static gboolean
material_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  MaterialWork *work = data;

  g_clear_pointer (&work->rows, osy_db_rows_free);
  if (work->root != NULL &&
      !osy_db_exec (tx,
                    "INSERT INTO key_material (purpose, wrapped, kek) VALUES ('root', $1, $2) "
                    "ON CONFLICT DO NOTHING",
                    OSY_PARAMS (OSY_P_BYTES (work->root), OSY_P_TEXT (work->kek)), NULL, error))
    return FALSE;
  work->rows = osy_db_query (tx,
                             "SELECT purpose, wrapped FROM key_material WHERE purpose = 'root' OR "
                             "purpose LIKE 'index|%' ORDER BY purpose <> 'root', "
                             "length(purpose) DESC, purpose DESC",
                             OSY_NO_PARAMS, error);
  return work->rows != NULL;
}

gboolean
osy_keyring_store_material (OsyDbPool *pool,
                            GBytes *root,
                            const char *kek,
                            OsyDbRows **rows,
                            GError **error)
{
  const OsyDbScope scope = {.read_only = root == NULL};
  MaterialWork work = {root, kek, NULL};
  gboolean done = osy_db_pool_run (pool, &scope, material_tx, &work, error);

  *rows = done ? g_steal_pointer (&work.rows) : NULL;
  g_clear_pointer (&work.rows, osy_db_rows_free);
  return done;
}

/* Takes what was found; a transaction may run twice, so what an earlier run left is dropped. */
static gboolean
take_row (OsyDataKeyRow *row, OsyDbRows *found, GError **error)
{
  g_autoptr (OsyDbRows) rows = found;

  if (rows == NULL)
    return FALSE;
  g_clear_pointer (&row->id, g_free);
  g_clear_pointer (&row->wrapped, g_bytes_unref);
  g_clear_pointer (&row->kek, g_free);
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  row->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  row->kek = g_strdup (osy_db_rows_text (rows, 0, "kek"));
  row->wrapped = osy_db_rows_bytes (rows, 0, "wrapped");
  return TRUE;
}

/* A key that would be used too often is retired here, and then there is none. */
static gboolean
reserve_uses (OsyDbTx *tx, OsyDataKeyRow *row, GError **error)
{
  row->left = OSY_KEY_USES_BLOCK;
  return osy_db_exec (tx,
                      "UPDATE data_key SET uses = uses + $4, "
                      "  retired_at = CASE WHEN uses + $4 > $5 THEN $6::timestamptz END "
                      "WHERE restaurant_id = $1::uuid AND table_name = $2 AND quarter = $3 "
                      "  AND retired_at IS NULL",
                      OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (row->table),
                                  OSY_P_TEXT (row->quarter), OSY_P_INT (OSY_KEY_USES_BLOCK),
                                  OSY_P_INT (OSY_KEY_USES_MAX), OSY_P_TIME (osy_clock_now ())),
                      NULL, error);
}

static gboolean
current_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyDataKeyRow *row = data;

  if (row->subject_id != NULL)
    return take_row (
        row,
        osy_db_query (tx,
                      "SELECT id, wrapped, kek FROM subject_key "
                      "WHERE restaurant_id = $1::uuid AND subject_id = $2::uuid",
                      OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (row->subject_id)),
                      error),
        error);
  if (row->reserve && !reserve_uses (tx, row, error))
    return FALSE;
  return take_row (row,
                   osy_db_query (tx,
                                 "SELECT id, wrapped, kek FROM data_key WHERE restaurant_id = "
                                 "$1::uuid AND table_name = $2 AND quarter = $3 "
                                 "AND retired_at IS NULL",
                                 OSY_PARAMS (OSY_P_TEXT (row->restaurant_id),
                                             OSY_P_TEXT (row->table), OSY_P_TEXT (row->quarter)),
                                 error),
                   error);
}

gboolean
osy_keyring_store_current (OsyDbPool *pool, OsyDataKeyRow *row, GError **error)
{
  const OsyDbScope scope = {.restaurant_id = row->restaurant_id, .read_only = !row->reserve};
  return osy_db_pool_run (pool, &scope, current_tx, row, error);
}

/* The root secret is wrapped again while nobody holds this lock, so what is added is wrapped with
 * the key that the root secret is under, or not added. */
#define WRAPPED_ALIKE                                                                          \
  "WHERE EXISTS (SELECT FROM key_material WHERE purpose = 'root' AND coalesce(kek, $5) = $5) " \
  "ON CONFLICT DO NOTHING"

static gboolean
add_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsyDataKeyRow *row = data;

  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock_shared (hashtextextended ('kek', 0))",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  if (row->subject_id != NULL)
    return osy_db_exec (tx,
                        "INSERT INTO subject_key (restaurant_id, id, subject_id, wrapped, kek) "
                        "SELECT $1::uuid, $2::uuid, $3::uuid, $4, $5::text " WRAPPED_ALIKE,
                        OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (row->id),
                                    OSY_P_TEXT (row->subject_id), OSY_P_BYTES (row->wrapped),
                                    OSY_P_TEXT (row->kek)),
                        NULL, error);
  return osy_db_exec (tx,
                      "INSERT INTO data_key (restaurant_id, id, table_name, quarter, wrapped, kek) "
                      "SELECT $1::uuid, $2::uuid, $3, $6, $4, $5::text " WRAPPED_ALIKE,
                      OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (row->id),
                                  OSY_P_TEXT (row->table), OSY_P_BYTES (row->wrapped),
                                  OSY_P_TEXT (row->kek), OSY_P_TEXT (row->quarter)),
                      NULL, error);
}

gboolean
osy_keyring_store_add (OsyDbPool *pool, OsyDataKeyRow *row, GError **error)
{
  const OsyDbScope scope = {.restaurant_id = row->restaurant_id};

  row->reserve = row->subject_id == NULL;
  return osy_db_pool_run (pool, &scope, add_tx, row, error) &&
         osy_keyring_store_current (pool, row, error);
}

typedef struct {
  OsyDataKeyRow *row;
  char *id;
} ByIdWork;

static gboolean
by_id_tx (OsyDbTx *tx, gpointer data, GError **error)
{
  const ByIdWork *work = data;
  OsyDataKeyRow *row = work->row;

  if (row->subject_id != NULL)
    return take_row (row,
                     osy_db_query (tx,
                                   "SELECT id, wrapped, kek FROM subject_key WHERE restaurant_id = "
                                   "$1::uuid AND id = $2::uuid AND subject_id = $3::uuid",
                                   OSY_PARAMS (OSY_P_TEXT (row->restaurant_id),
                                               OSY_P_TEXT (work->id), OSY_P_TEXT (row->subject_id)),
                                   error),
                     error);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, table_name, quarter, wrapped, kek FROM data_key "
                    "WHERE restaurant_id = $1::uuid AND id = $2::uuid",
                    OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (work->id)), error);
  g_clear_pointer (&row->table, g_free);
  g_clear_pointer (&row->quarter, g_free);
  if (rows != NULL && osy_db_rows_count (rows) > 0) {
    row->table = g_strdup (osy_db_rows_text (rows, 0, "table_name"));
    row->quarter = g_strdup (osy_db_rows_text (rows, 0, "quarter"));
  }
  return take_row (row, g_steal_pointer (&rows), error);
}

gboolean
osy_keyring_store_by_id (OsyDbPool *pool, OsyDataKeyRow *row, GError **error)
{
  const OsyDbScope scope = {.restaurant_id = row->restaurant_id, .read_only = TRUE};
  g_autofree char *id = g_strdup (row->id);
  ByIdWork work = {row, id};

  return osy_db_pool_run (pool, &scope, by_id_tx, &work, error);
}

gboolean
osy_keyring_store_destroy (OsyDbTx *tx, const OsyDataKeyRow *row, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO subject_key (restaurant_id, id, subject_id, created_at, destroyed_at) "
      "VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $4) ON CONFLICT (restaurant_id, subject_id) "
      "DO UPDATE SET wrapped = NULL, "
      "destroyed_at = coalesce (subject_key.destroyed_at, EXCLUDED.destroyed_at)",
      OSY_PARAMS (OSY_P_TEXT (row->restaurant_id), OSY_P_TEXT (row->id),
                  OSY_P_TEXT (row->subject_id), OSY_P_TIME (osy_clock_now ())),
      NULL, error);
}
