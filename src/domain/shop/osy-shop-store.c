/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the tables organisation, restaurant, shop_hours and shop_setup. */

#include "osy-shop-store.h"

#define TABLE "restaurant"

/** The sealed cells of one restaurant. */
typedef struct {
  GBytes *business_number;
  GBytes *business_number_index;
  GBytes *owner_name;
  GBytes *phone;
} Cells;

static void
cells_clear (Cells *cells)
{
  g_clear_pointer (&cells->business_number, g_bytes_unref);
  g_clear_pointer (&cells->business_number_index, g_bytes_unref);
  g_clear_pointer (&cells->owner_name, g_bytes_unref);
  g_clear_pointer (&cells->phone, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cells, cells_clear)

static gboolean
seal (OsyKeyring *ring,
      const char *id,
      const char *column,
      const char *plain,
      GBytes **ret,
      GError **error)
{
  OsyCell cell = {.restaurant_id = id, .table = TABLE, .column = column, .row_id = id};

  if (plain == NULL)
    return TRUE;
  *ret = osy_keyring_seal (ring, &cell, plain, error);
  return *ret != NULL;
}

static gboolean
seal_cells (OsyKeyring *ring, const OsyShopData *data, Cells *cells, GError **error)
{
  if (data->business_number != NULL)
    cells->business_number_index =
        osy_keyring_blind_index (ring, data->id, TABLE, "business_number", data->business_number);
  return seal (ring, data->id, "business_number", data->business_number, &cells->business_number,
               error) &&
         seal (ring, data->id, "owner_name", data->owner_name, &cells->owner_name, error) &&
         seal (ring, data->id, "phone", data->phone, &cells->phone, error);
}

static gboolean
unseal (OsyKeyring *ring,
        const char *id,
        const OsyDbRows *rows,
        const char *column,
        char **ret,
        GError **error)
{
  g_autofree char *stored = g_strconcat (column, "_enc", NULL);
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, stored);
  OsyCell cell = {.restaurant_id = id, .table = TABLE, .column = column, .row_id = id};

  if (sealed == NULL)
    return TRUE;
  *ret = osy_keyring_open (ring, &cell, sealed, error);
  return *ret != NULL;
}

int
osy_shop_store_organisation_exists (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT EXISTS (SELECT FROM organisation) AS found", OSY_NO_PARAMS, error);

  if (rows == NULL)
    return -1;
  return osy_db_rows_bool (rows, 0, "found") ? 1 : 0;
}

gboolean
osy_shop_store_insert_organisation (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  return osy_db_exec (tx, "INSERT INTO organisation (id, created_at) VALUES ($1::uuid, $2)",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), NULL, error);
}

static gboolean
insert_hours (OsyDbTx *tx, const OsyShopData *data, GError **error)
{
  for (guint i = 0; i < data->hours->len; i++) {
    const OsyShopHours *row = &g_array_index (data->hours, OsyShopHours, i);
    if (!osy_db_exec (tx,
                      "INSERT INTO shop_hours (restaurant_id, weekday, opens, closes) "
                      "VALUES ($1::uuid, $2::smallint, $3::int, $4::int)",
                      OSY_PARAMS (OSY_P_TEXT (data->id), OSY_P_INT (row->weekday),
                                  OSY_P_INT (row->opens), OSY_P_INT (row->closes)),
                      NULL, error))
      return FALSE;
  }
  return TRUE;
}

/* Only steps that are no longer open have a row. */
static gboolean
insert_setup (OsyDbTx *tx, const OsyShopData *data, GError **error)
{
  const char *const *states = osy_shop_step_states ();

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (data->setup[i] != OSY_SHOP_STEP_OPEN &&
        !osy_db_exec (tx,
                      "INSERT INTO shop_setup (restaurant_id, step, state) "
                      "VALUES ($1::uuid, $2, $3)",
                      OSY_PARAMS (OSY_P_TEXT (data->id), OSY_P_TEXT (osy_shop_step_name (i)),
                                  OSY_P_TEXT (states[data->setup[i]])),
                      NULL, error))
      return FALSE;
  return TRUE;
}

gboolean
osy_shop_store_insert (OsyDbTx *tx, OsyKeyring *ring, const OsyShopData *data, GError **error)
{
  g_auto (Cells) cells = {NULL};

  if (!seal_cells (ring, data, &cells, error))
    return FALSE;
  return osy_db_exec (
             tx,
             "INSERT INTO restaurant (id, organisation_id, name, business_number_enc, "
             "business_number_bidx, owner_name_enc, phone_enc, time_zone, cutoff_minutes, "
             "currency, guest_orders, minimum_order, default_prep_minutes, open_state, version, "
             "created_at, updated_at) VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, "
             "$9::int, $10, $11, $12::bigint, $13::int, $14, $15::bigint, $16, $16)",
             OSY_PARAMS (OSY_P_TEXT (data->id), OSY_P_TEXT (data->organisation_id),
                         OSY_P_TEXT (data->name), OSY_P_BYTES (cells.business_number),
                         OSY_P_BYTES (cells.business_number_index), OSY_P_BYTES (cells.owner_name),
                         OSY_P_BYTES (cells.phone), OSY_P_TEXT (data->time_zone),
                         OSY_P_INT (data->cutoff_minutes), OSY_P_TEXT (data->currency),
                         OSY_P_BOOL (data->guest_orders), OSY_P_INT (data->minimum_order),
                         OSY_P_INT (data->default_prep_minutes), OSY_P_TEXT (data->open_state),
                         OSY_P_INT (data->version), OSY_P_TIME (data->created_at)),
             NULL, error) &&
         insert_hours (tx, data, error) && insert_setup (tx, data, error);
}

gboolean
osy_shop_store_update (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyShopData *data,
                       gint64 old_version,
                       gboolean *found,
                       GError **error)
{
  g_auto (Cells) cells = {NULL};
  gint64 affected = 0;

  if (!seal_cells (ring, data, &cells, error))
    return FALSE;
  if (!osy_db_exec (
          tx,
          "UPDATE restaurant SET name = $3, business_number_enc = $4, business_number_bidx = $5, "
          "owner_name_enc = $6, phone_enc = $7, time_zone = $8, cutoff_minutes = $9::int, "
          "guest_orders = $10, minimum_order = $11::bigint, default_prep_minutes = $12::int, "
          "open_state = $13, version = $14::bigint, updated_at = $15, paused_until = $16, "
          "retention_days = $17::int, accept_paid_orders = $18, pay_within_minutes = $19::int, "
          "promise_automatic = $20, promise_min_minutes = $21::int, "
          "promise_max_minutes = $22::int, busy_minutes = $23::int, busy_until = $24 "
          "WHERE id = $1::uuid AND version = $2::bigint",
          OSY_PARAMS (OSY_P_TEXT (data->id), OSY_P_INT (old_version), OSY_P_TEXT (data->name),
                      OSY_P_BYTES (cells.business_number),
                      OSY_P_BYTES (cells.business_number_index), OSY_P_BYTES (cells.owner_name),
                      OSY_P_BYTES (cells.phone), OSY_P_TEXT (data->time_zone),
                      OSY_P_INT (data->cutoff_minutes), OSY_P_BOOL (data->guest_orders),
                      OSY_P_INT (data->minimum_order), OSY_P_INT (data->default_prep_minutes),
                      OSY_P_TEXT (data->open_state), OSY_P_INT (data->version),
                      OSY_P_TIME (data->updated_at), OSY_P_TIME (data->paused_until),
                      OSY_P_INT (data->retention_days), OSY_P_BOOL (data->accept_paid_orders),
                      OSY_P_INT (data->pay_within_minutes), OSY_P_BOOL (data->promise_automatic),
                      OSY_P_INT (data->promise_min_minutes), OSY_P_INT (data->promise_max_minutes),
                      OSY_P_INT (data->busy_minutes), OSY_P_TIME (data->busy_until)),
          &affected, error))
    return FALSE;
  *found = affected == 1;
  if (!*found)
    return TRUE;
  return osy_db_exec (tx, "DELETE FROM shop_hours WHERE restaurant_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (data->id)), NULL, error) &&
         osy_db_exec (tx, "DELETE FROM shop_setup WHERE restaurant_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (data->id)), NULL, error) &&
         insert_hours (tx, data, error) && insert_setup (tx, data, error);
}

static gboolean
load_hours (OsyDbTx *tx, OsyShopData *data, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx,
                                             "SELECT weekday, opens, closes FROM shop_hours "
                                             "WHERE restaurant_id = $1::uuid "
                                             "ORDER BY weekday, opens",
                                             OSY_PARAMS (OSY_P_TEXT (data->id)), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyShopHours row = {.weekday = (int)osy_db_rows_int (rows, i, "weekday"),
                        .opens = (int)osy_db_rows_int (rows, i, "opens"),
                        .closes = (int)osy_db_rows_int (rows, i, "closes")};
    g_array_append_val (data->hours, row);
  }
  return TRUE;
}

static gboolean
load_setup (OsyDbTx *tx, OsyShopData *data, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT step, state FROM shop_setup WHERE restaurant_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (data->id)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    for (int step = 0; step < OSY_N_SHOP_STEPS; step++)
      if (g_strcmp0 (osy_shop_step_name (step), osy_db_rows_text (rows, i, "step")) == 0)
        data->setup[step] = osy_shop_step_state_from_name (osy_db_rows_text (rows, i, "state"));
  return TRUE;
}

static void
read_settings (const OsyDbRows *rows, OsyShopData *data)
{
  data->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  data->organisation_id = g_strdup (osy_db_rows_text (rows, 0, "organisation_id"));
  data->name = g_strdup (osy_db_rows_text (rows, 0, "name"));
  data->time_zone = g_strdup (osy_db_rows_text (rows, 0, "time_zone"));
  data->cutoff_minutes = (int)osy_db_rows_int (rows, 0, "cutoff_minutes");
  data->currency = g_strdup (osy_db_rows_text (rows, 0, "currency"));
  data->guest_orders = osy_db_rows_bool (rows, 0, "guest_orders");
  data->minimum_order = osy_db_rows_int (rows, 0, "minimum_order");
  data->default_prep_minutes = (int)osy_db_rows_int (rows, 0, "default_prep_minutes");
  data->accept_paid_orders = osy_db_rows_bool (rows, 0, "accept_paid_orders");
  data->pay_within_minutes = (int)osy_db_rows_int (rows, 0, "pay_within_minutes");
  data->promise_automatic = osy_db_rows_bool (rows, 0, "promise_automatic");
  data->promise_min_minutes = (int)osy_db_rows_int (rows, 0, "promise_min_minutes");
  data->promise_max_minutes = (int)osy_db_rows_int (rows, 0, "promise_max_minutes");
  data->busy_minutes = (int)osy_db_rows_int (rows, 0, "busy_minutes");
  data->busy_until = osy_db_rows_time (rows, 0, "busy_until");
  data->retention_days = (int)osy_db_rows_int (rows, 0, "retention_days");
  data->open_state = g_strdup (osy_db_rows_text (rows, 0, "open_state"));
  data->paused_until = osy_db_rows_time (rows, 0, "paused_until");
  data->version = osy_db_rows_int (rows, 0, "version");
  data->created_at = osy_db_rows_time (rows, 0, "created_at");
  data->updated_at = osy_db_rows_time (rows, 0, "updated_at");
}

OsyShopData *
osy_shop_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (OsyShopData) data = osy_shop_data_new ();
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id, organisation_id, name, business_number_enc, owner_name_enc, phone_enc, "
      "time_zone, cutoff_minutes, currency, guest_orders, minimum_order, default_prep_minutes, "
      "accept_paid_orders, pay_within_minutes, promise_automatic, promise_min_minutes, "
      "promise_max_minutes, busy_minutes, busy_until, retention_days, open_state, paused_until, "
      "version, "
      "created_at, updated_at FROM restaurant "
      "WHERE id = "
      "$1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
    return NULL;
  }
  read_settings (rows, data);
  if (ring != NULL && (!unseal (ring, id, rows, "business_number", &data->business_number, error) ||
                       !unseal (ring, id, rows, "owner_name", &data->owner_name, error) ||
                       !unseal (ring, id, rows, "phone", &data->phone, error)))
    return NULL;
  if (!load_hours (tx, data, error) || !load_setup (tx, data, error))
    return NULL;
  return g_steal_pointer (&data);
}
