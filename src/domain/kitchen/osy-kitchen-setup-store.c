/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of stations and routes. */

#include "osy-kitchen-setup-store.h"

#include "osy-clock.h"

static gboolean
load_head (OsyDbTx *tx, OsyKitchenSetup *setup, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM kitchen_setup WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  setup->version = osy_db_rows_int (rows, 0, "version");
  setup->default_station_id = g_strdup (osy_db_rows_text (rows, 0, "default_station_id"));
  setup->auto_fire = osy_db_rows_bool (rows, 0, "auto_fire");
  return TRUE;
}

static gboolean
load_stations (OsyDbTx *tx, OsyKitchenSetup *setup, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM kitchen_station WHERE restaurant_id = app_restaurant() "
                    "AND removed_at IS NULL ORDER BY position, name, id",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyKitchenStation *station = osy_kitchen_station_new ();
    station->id = g_strdup (osy_db_rows_text (rows, i, "id"));
    station->name = g_strdup (osy_db_rows_text (rows, i, "name"));
    station->position = osy_db_rows_int (rows, i, "position");
    station->language = g_strdup (osy_db_rows_text (rows, i, "language"));
    station->is_expo = osy_db_rows_bool (rows, i, "is_expo");
    station->printer_id = g_strdup (osy_db_rows_text (rows, i, "printer_id"));
    station->parallel = osy_db_rows_int (rows, i, "parallel");
    station->dish_minutes = osy_db_rows_int (rows, i, "dish_minutes");
    g_ptr_array_add (setup->stations, station);
  }
  return TRUE;
}

static gboolean
load_routes (OsyDbTx *tx, OsyKitchenSetup *setup, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM kitchen_route WHERE restaurant_id = app_restaurant() "
                    "ORDER BY kind, target_id",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (setup->routes,
                     osy_kitchen_route_new (osy_db_rows_text (rows, i, "kind"),
                                            osy_db_rows_text (rows, i, "target_id"),
                                            osy_db_rows_text (rows, i, "station_id")));
  return TRUE;
}

/* Before a first set-up the only station there can be is the main one, which nobody has made. */
OsyKitchenSetup *
osy_kitchen_setup_store_load (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_new ();

  if (!load_head (tx, setup, error) || !load_stations (tx, setup, error) ||
      !load_routes (tx, setup, error))
    return NULL;
  if (setup->version == 0)
    g_ptr_array_set_size (setup->stations, 0);
  return g_steal_pointer (&setup);
}

OsyKitchenSetup *
osy_kitchen_setup_store_load_working (OsyDbTx *tx, GError **error)
{
  OsyKitchenSetup *setup = osy_kitchen_setup_store_load (tx, error);

  if (setup != NULL && setup->stations->len == 0) {
    OsyKitchenStation *station = osy_kitchen_station_new ();
    station->id = g_strdup (osy_db_tx_restaurant (tx));
    station->name = g_strdup (OSY_KITCHEN_MAIN_NAME);
    station->language = g_strdup ("ko");
    g_ptr_array_add (setup->stations, station);
  }
  return setup;
}

gboolean
osy_kitchen_setup_store_ensure_main (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO kitchen_station (restaurant_id, id, name, position, language) "
                      "VALUES (app_restaurant(), app_restaurant(), $1, 0, 'ko') "
                      "ON CONFLICT DO NOTHING",
                      OSY_PARAMS (OSY_P_TEXT (OSY_KITCHEN_MAIN_NAME)), NULL, error);
}

gboolean
osy_kitchen_setup_store_lock (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "SELECT pg_advisory_xact_lock(hashtextextended('kitchen_setup' || "
                      "app_restaurant()::text, 0))",
                      OSY_NO_PARAMS, NULL, error);
}

static gboolean
write_station (OsyDbTx *tx, const OsyKitchenStation *station, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO kitchen_station (restaurant_id, id, name, position, language, is_expo, "
      "printer_id, parallel, dish_minutes) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, "
      "$6::uuid, $7::int, $8::int) "
      "ON CONFLICT (restaurant_id, id) DO UPDATE SET name = excluded.name, "
      "position = excluded.position, language = excluded.language, is_expo = excluded.is_expo, "
      "printer_id = excluded.printer_id, parallel = excluded.parallel, "
      "dish_minutes = excluded.dish_minutes, removed_at = NULL",
      OSY_PARAMS (OSY_P_TEXT (station->id), OSY_P_TEXT (station->name),
                  OSY_P_INT (station->position), OSY_P_TEXT (station->language),
                  OSY_P_BOOL (station->is_expo), OSY_P_TEXT (station->printer_id),
                  OSY_P_INT (station->parallel), OSY_P_INT (station->dish_minutes)),
      NULL, error);
}

static gboolean
write_routes (OsyDbTx *tx, const OsyKitchenSetup *setup, GError **error)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  g_autoptr (GPtrArray) stations = g_ptr_array_new ();

  for (guint i = 0; i < setup->routes->len; i++) {
    const OsyKitchenRoute *route = g_ptr_array_index (setup->routes, i);
    g_ptr_array_add (kinds, route->kind);
    g_ptr_array_add (targets, route->target_id);
    g_ptr_array_add (stations, route->station_id);
  }
  return osy_db_exec (tx, "DELETE FROM kitchen_route WHERE restaurant_id = app_restaurant()",
                      OSY_NO_PARAMS, NULL, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO kitchen_route (restaurant_id, kind, target_id, station_id) "
             "SELECT app_restaurant(), * FROM unnest($1::text[], $2::uuid[], $3::uuid[])",
             OSY_PARAMS (OSY_P_TEXTS (kinds), OSY_P_TEXTS (targets), OSY_P_TEXTS (stations)), NULL,
             error);
}

gboolean
osy_kitchen_setup_store_write (OsyDbTx *tx, const OsyKitchenSetup *setup, GError **error)
{
  if (!osy_db_exec (tx,
                    "UPDATE kitchen_station SET removed_at = $1 "
                    "WHERE restaurant_id = app_restaurant() AND removed_at IS NULL",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), NULL, error))
    return FALSE;
  for (guint i = 0; i < setup->stations->len; i++)
    if (!write_station (tx, g_ptr_array_index (setup->stations, i), error))
      return FALSE;
  return write_routes (tx, setup, error) &&
         osy_db_exec (
             tx,
             "INSERT INTO kitchen_setup (restaurant_id, version, default_station_id, auto_fire) "
             "VALUES (app_restaurant(), $1, $2::uuid, $3) ON CONFLICT (restaurant_id) DO UPDATE "
             "SET version = excluded.version, default_station_id = excluded.default_station_id, "
             "auto_fire = excluded.auto_fire",
             OSY_PARAMS (OSY_P_INT (setup->version), OSY_P_TEXT (setup->default_station_id),
                         OSY_P_BOOL (setup->auto_fire)),
             NULL, error);
}
