/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of food that goes to another table than it was ordered at. */

#include "osy-kitchen-store-private.h"

/* ---- a whole order ---- */

/* Who goes back where he came from has nothing left to be read on a screen, unless somebody has
 * read of it: *@tell. Paper is told of every way, for it cannot be taken back. */
static gboolean
move_back (const OsyKitchenEdit *edit,
           const char *to_number,
           gboolean *back,
           gboolean *tell,
           GError **error)
{
  gint64 popped = 0, unread = 0;

  if (!osy_db_exec (edit->tx,
                    "UPDATE kitchen_order SET moved_from = trim_array(moved_from, 1) "
                    "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                    "AND moved_from[cardinality(moved_from)] = $2",
                    OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (to_number)), &popped,
                    error))
    return FALSE;
  if (popped > 0 &&
      !osy_db_exec (edit->tx,
                    "UPDATE kitchen_change c SET seen_at = $2, seen_by = 'moved back' "
                    "FROM kitchen_ticket t WHERE t.restaurant_id = app_restaurant() "
                    "AND t.order_id = $1::uuid AND c.restaurant_id = t.restaurant_id "
                    "AND c.ticket_id = t.id AND c.kind = 'MOVED' AND c.line_id IS NULL "
                    "AND c.seen_at IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now)), &unread,
                    error))
    return FALSE;
  *back = popped > 0;
  *tell = popped == 0 || unread == 0;
  return TRUE;
}

gboolean
osy_kitchen_store_move (const OsyKitchenEdit *edit, const OsyKitchenMove *move, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s→%s", move->from_number, move->to_number);
  gboolean back, tell;

  return move_back (edit, move->to_number, &back, &tell, error) &&
         osy_db_exec (edit->tx,
                      "UPDATE kitchen_order SET table_number = $2, table_id = $3::uuid, "
                      "moved_from = CASE WHEN $5 THEN moved_from ELSE array_append(moved_from, "
                      "$4::text) END "
                      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (move->to_number),
                                  OSY_P_TEXT (move->to_table_id), OSY_P_TEXT (move->from_number),
                                  OSY_P_BOOL (back)),
                      NULL, error) &&
         osy_kitchen_store_run (
             edit,
             "WITH told AS (INSERT INTO kitchen_change (restaurant_id, id, ticket_id, kind, "
             "    quantity, text, at, ticket_version, seen_at, seen_by) SELECT app_restaurant(), "
             "    gen_random_uuid(), id, 'MOVED', 0, $2, $3, version + 1, "
             "    CASE WHEN NOT $4 THEN $3::timestamptz END, "
             "    CASE WHEN NOT $4 THEN 'moved back' END FROM kitchen_ticket "
             "    WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
             "    AND status = 'OPEN' RETURNING ticket_id, id) "
             "SELECT t.id AS ticket_id, told.id AS change_id FROM kitchen_ticket t "
             "LEFT JOIN told ON told.ticket_id = t.id "
             "WHERE t.restaurant_id = app_restaurant() AND t.order_id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (text), OSY_P_TIME (edit->now),
                         OSY_P_BOOL (tell)),
             error);
}

/* ---- one line ---- */

/* A line that goes back before anybody has read of it leaves nothing to be read. */
static gboolean
line_back (const OsyKitchenEdit *edit, const OsyKitchenMove *move, gboolean *back, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s→%s", move->to_number, move->from_number);
  gint64 unread = 0;

  if (!osy_db_exec (
          edit->tx,
          "UPDATE kitchen_change SET seen_at = $3, seen_by = 'moved back' "
          "WHERE restaurant_id = app_restaurant() AND line_id = $1::uuid "
          "AND kind = 'MOVED' AND text = $2 AND seen_at IS NULL",
          OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (text), OSY_P_TIME (edit->now)),
          &unread, error))
    return FALSE;
  *back = unread > 0;
  return TRUE;
}

static gboolean
tell_line (const OsyKitchenEdit *edit, const OsyKitchenMove *move, gboolean back, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s→%s", move->from_number, move->to_number);

  return osy_kitchen_store_run (
      edit,
      "INSERT INTO kitchen_change (restaurant_id, id, ticket_id, line_id, kind, quantity, "
      "  text, at, ticket_version, seen_at, seen_by) SELECT app_restaurant(), "
      "  gen_random_uuid(), t.id, l.line_id, 'MOVED', l.quantity_sent - l.quantity_voided, "
      "  $2, $3, t.version + 1, CASE WHEN $4 THEN $3::timestamptz END, "
      "  CASE WHEN $4 THEN 'moved back' END FROM kitchen_line l JOIN kitchen_ticket t "
      "    ON t.restaurant_id = l.restaurant_id AND t.order_id = l.order_id "
      "    AND (t.id = l.ticket_id OR t.stage = 'EXPO') AND t.status = 'OPEN' "
      "WHERE l.restaurant_id = app_restaurant() AND l.line_id = $1::uuid "
      "  AND l.quantity_voided < l.quantity_sent RETURNING ticket_id, id AS change_id",
      OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (text), OSY_P_TIME (edit->now),
                  OSY_P_BOOL (back)),
      error);
}

gboolean
osy_kitchen_store_move_line (const OsyKitchenEdit *edit, const OsyKitchenMove *move, GError **error)
{
  gboolean back = FALSE;

  return line_back (edit, move, &back, error) &&
         osy_kitchen_store_run (
             edit,
             "UPDATE kitchen_line SET table_id = $2::uuid, table_number = CASE WHEN $2::uuid IS "
             "NOT NULL THEN $3 END, version = version + 1 WHERE restaurant_id = app_restaurant() "
             "AND line_id = $1::uuid RETURNING ticket_id",
             OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (move->to_table_id),
                         OSY_P_TEXT (move->to_number)),
             error) &&
         (g_str_equal (move->from_number, move->to_number) || tell_line (edit, move, back, error));
}
