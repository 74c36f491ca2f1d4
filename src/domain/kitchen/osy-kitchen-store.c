/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the kitchen's lines. */

#include "osy-kitchen-store.h"

#include "osy-clock.h"

gboolean
osy_kitchen_store_send (OsyDbTx *tx, const OsyOrderData *order, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO kitchen_line (restaurant_id, line_id, order_id, menu_item_id, position, name, "
      "  options, station, status, quantity_sent, quantity_waiting, quantity_made, "
      "  quantity_voided, sent_at) "
      "SELECT o.restaurant_id, (i.line->>'line_id')::uuid, o.id, (i.line->>'menu_item_id')::uuid, "
      "  i.nth, i.line->>'name', i.line->'options', i.line->>'station', 'WAITING', "
      "  (i.line->>'quantity')::int, (i.line->>'quantity')::int, 0, 0, $2 "
      "FROM orders o, jsonb_array_elements(o.items) WITH ORDINALITY AS i(line, nth) "
      "WHERE o.restaurant_id = app_restaurant() AND o.id = $1::uuid "
      "ON CONFLICT (restaurant_id, line_id) DO NOTHING",
      OSY_PARAMS (OSY_P_TEXT (order->id), OSY_P_TIME (osy_clock_now ())), NULL, error);
}

gboolean
osy_kitchen_store_make (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE kitchen_line SET status = 'MADE', quantity_waiting = 0, "
                      "quantity_made = quantity_made + quantity_waiting, version = version + 1 "
                      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                      "AND quantity_waiting > 0",
                      OSY_PARAMS (OSY_P_TEXT (order_id)), NULL, error);
}

gboolean
osy_kitchen_store_unmake (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE kitchen_line SET status = 'WAITING', quantity_made = 0, "
                      "quantity_waiting = quantity_waiting + quantity_made, version = version + 1 "
                      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                      "AND quantity_made > 0",
                      OSY_PARAMS (OSY_P_TEXT (order_id)), NULL, error);
}

gboolean
osy_kitchen_store_void (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE kitchen_line SET quantity_waiting = 0, version = version + 1, "
                      "quantity_voided = quantity_voided + quantity_waiting, "
                      "status = CASE WHEN quantity_made > 0 THEN 'MADE' ELSE 'VOIDED' END "
                      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                      "AND quantity_waiting > 0",
                      OSY_PARAMS (OSY_P_TEXT (order_id)), NULL, error);
}

static JsonObject *
line_to_json (const OsyDbRows *rows, guint i)
{
  JsonObject *line = json_object_new ();
  const char *station = osy_db_rows_text (rows, i, "station");
  g_autofree char *sent_at = osy_clock_format (osy_db_rows_time (rows, i, "sent_at"));

  json_object_set_string_member (line, "line_id", osy_db_rows_text (rows, i, "line_id"));
  json_object_set_string_member (line, "order_id", osy_db_rows_text (rows, i, "order_id"));
  json_object_set_string_member (line, "name", osy_db_rows_text (rows, i, "name"));
  if (station != NULL)
    json_object_set_string_member (line, "station", station);
  json_object_set_int_member (line, "quantity_sent", osy_db_rows_int (rows, i, "quantity_sent"));
  json_object_set_int_member (line, "quantity_waiting",
                              osy_db_rows_int (rows, i, "quantity_waiting"));
  json_object_set_int_member (line, "quantity_made", osy_db_rows_int (rows, i, "quantity_made"));
  json_object_set_int_member (line, "quantity_voided",
                              osy_db_rows_int (rows, i, "quantity_voided"));
  json_object_set_string_member (line, "sent_at", sent_at);
  return line;
}

JsonArray *
osy_kitchen_store_waiting (OsyDbTx *tx, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM kitchen_line WHERE restaurant_id = app_restaurant() "
                    "AND quantity_waiting > 0 ORDER BY sent_at, order_id, position LIMIT $1",
                    OSY_PARAMS (OSY_P_INT (limit)), error);
  if (rows == NULL)
    return NULL;
  JsonArray *lines = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    json_array_add_object_element (lines, line_to_json (rows, i));
  return lines;
}
