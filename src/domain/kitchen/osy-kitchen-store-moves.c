/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of food that goes to another table than it was ordered at. */

#include "osy-kitchen-store-private.h"

/* Whether what was told of l.line_id (of all: NULL) on ticket t, $4, was taken back just now, at
 * $3, unread: then there is nothing left to be read of it there. */
#define TAKEN_BACK                                                                           \
  "LATERAL (SELECT EXISTS (SELECT FROM kitchen_change c WHERE c.restaurant_id = "            \
  "  app_restaurant() AND c.ticket_id = t.id AND c.line_id IS NOT DISTINCT FROM l.line_id "  \
  "  AND c.kind = 'MOVED' AND c.text = $4 AND c.seen_by = 'moved back' AND c.seen_at = $3) " \
  "  AS back) b "

/* ---- a whole order ---- */

/* Who goes back where he came from has nothing left to be read on a ticket, unless somebody has
 * read of it there. Paper is told of every way, for it cannot be taken back. */
static gboolean
move_back (const OsyKitchenEdit *edit,
           const OsyKitchenMove *move,
           const char *there,
           gboolean *back,
           GError **error)
{
  gint64 popped = 0;

  if (!osy_db_exec (edit->tx,
                    "UPDATE kitchen_order SET moved_from = trim_array(moved_from, 1) "
                    "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                    "AND moved_from[cardinality(moved_from)] = $2",
                    OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (move->to_number)), &popped,
                    error))
    return FALSE;
  *back = popped > 0;
  return popped == 0 ||
         osy_db_exec (
             edit->tx,
             "UPDATE kitchen_change c SET seen_at = $2, seen_by = 'moved back' "
             "FROM kitchen_ticket t WHERE t.restaurant_id = app_restaurant() "
             "AND t.order_id = $1::uuid AND c.restaurant_id = t.restaurant_id "
             "AND c.ticket_id = t.id AND c.kind = 'MOVED' AND c.line_id IS NULL "
             "AND c.text = $3 AND c.seen_at IS NULL",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now), OSY_P_TEXT (there)),
             NULL, error);
}

gboolean
osy_kitchen_store_move (const OsyKitchenEdit *edit, const OsyKitchenMove *move, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s→%s", move->from_number, move->to_number);
  g_autofree char *there = g_strdup_printf ("%s→%s", move->to_number, move->from_number);
  gboolean back;

  return move_back (edit, move, there, &back, error) &&
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
             "    CASE WHEN b.back THEN $3::timestamptz END, "
             "    CASE WHEN b.back THEN 'moved back' END "
             "    FROM kitchen_ticket t, (SELECT NULL::uuid AS line_id) l, " TAKEN_BACK
             "    WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
             "    AND status = 'OPEN' RETURNING ticket_id, id) "
             "SELECT t.id AS ticket_id, told.id AS change_id FROM kitchen_ticket t "
             "LEFT JOIN told ON told.ticket_id = t.id "
             "WHERE t.restaurant_id = app_restaurant() AND t.order_id = $1::uuid",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (text), OSY_P_TIME (edit->now),
                         OSY_P_TEXT (there)),
             error);
}

/* ---- one line ---- */

/* A line that goes back before anybody has read of it leaves nothing to be read there. */
static gboolean
line_back (const OsyKitchenEdit *edit,
           const OsyKitchenMove *move,
           const char *there,
           GError **error)
{
  return osy_db_exec (
      edit->tx,
      "UPDATE kitchen_change SET seen_at = $3, seen_by = 'moved back' "
      "WHERE restaurant_id = app_restaurant() AND line_id IN (SELECT line_id FROM "
      "  kitchen_line l WHERE l.restaurant_id = app_restaurant() AND l.order_id = $4::uuid "
      "  AND $1::uuid IN (l.line_id, l.part_of)) "
      "AND kind = 'MOVED' AND text = $2 AND seen_at IS NULL",
      OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (there), OSY_P_TIME (edit->now),
                  OSY_P_TEXT (edit->order_id)),
      NULL, error);
}

static gboolean
tell_line (const OsyKitchenEdit *edit,
           const OsyKitchenMove *move,
           const char *there,
           GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s→%s", move->from_number, move->to_number);

  return osy_kitchen_store_run (
      edit,
      "INSERT INTO kitchen_change (restaurant_id, id, ticket_id, line_id, kind, quantity, "
      "  text, at, ticket_version, seen_at, seen_by) SELECT app_restaurant(), "
      "  gen_random_uuid(), t.id, l.line_id, 'MOVED', l.quantity_sent - l.quantity_voided, "
      "  $2, $3, t.version + 1, CASE WHEN b.back THEN $3::timestamptz END, "
      "  CASE WHEN b.back THEN 'moved back' END FROM kitchen_line l JOIN kitchen_ticket t "
      "    ON t.restaurant_id = l.restaurant_id AND t.order_id = l.order_id "
      "    AND (t.id = l.ticket_id OR (t.stage = 'EXPO' AND l.part_of IS NULL)) "
      "    AND t.status = 'OPEN', " TAKEN_BACK
      "WHERE l.restaurant_id = app_restaurant() AND l.order_id = $5::uuid "
      "  AND $1::uuid IN (l.line_id, l.part_of) "
      "  AND l.quantity_voided < l.quantity_sent RETURNING ticket_id, id AS change_id",
      OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (text), OSY_P_TIME (edit->now),
                  OSY_P_TEXT (there), OSY_P_TEXT (edit->order_id)),
      error);
}

gboolean
osy_kitchen_store_move_line (const OsyKitchenEdit *edit, const OsyKitchenMove *move, GError **error)
{
  g_autofree char *there = g_strdup_printf ("%s→%s", move->to_number, move->from_number);

  return line_back (edit, move, there, error) &&
         osy_kitchen_store_run (
             edit,
             "UPDATE kitchen_line SET table_id = $2::uuid, table_number = CASE WHEN $2::uuid IS "
             "NOT NULL THEN $3 END, version = version + 1 WHERE restaurant_id = app_restaurant() "
             "AND order_id = $4::uuid AND $1::uuid IN (line_id, part_of) RETURNING ticket_id",
             OSY_PARAMS (OSY_P_TEXT (move->line_id), OSY_P_TEXT (move->to_table_id),
                         OSY_P_TEXT (move->to_number), OSY_P_TEXT (edit->order_id)),
             error) &&
         (g_str_equal (move->from_number, move->to_number) || tell_line (edit, move, there, error));
}
