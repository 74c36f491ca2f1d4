/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of lines and their courses: what is sent, made, voided. Tickets are in
 * osy-kitchen-store-tickets.c. */

#include "osy-kitchen-store.h"

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-kitchen-store-private.h"

/* ---- the order as a whole ---- */

gboolean
osy_kitchen_store_phase (const OsyKitchenEdit *edit, char **phase, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (edit->tx,
                                             "SELECT phase FROM kitchen_order WHERE restaurant_id "
                                             "= app_restaurant() AND order_id = $1::uuid",
                                             OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);

  if (rows == NULL)
    return FALSE;
  *phase = osy_db_rows_count (rows) > 0 ? g_strdup (osy_db_rows_text (rows, 0, "phase")) : NULL;
  return TRUE;
}

gboolean
osy_kitchen_store_set_phase (const OsyKitchenEdit *edit, const char *phase, GError **error)
{
  return osy_db_exec (edit->tx,
                      "UPDATE kitchen_order SET phase = $2 WHERE restaurant_id = app_restaurant() "
                      "AND order_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (phase)), NULL, error);
}

gboolean
osy_kitchen_store_add_order (const OsyKitchenEdit *edit,
                             const OsyOrderData *order,
                             const char *table_number,
                             GError **error)
{
  return osy_db_exec (
      edit->tx,
      "INSERT INTO kitchen_order (restaurant_id, order_id, phase, number, business_day, table_id, "
      "table_number) VALUES (app_restaurant(), $1::uuid, 'COOKING', $2, $3::date, $4::uuid, $5)",
      OSY_PARAMS (OSY_P_TEXT (order->id), OSY_P_INT (order->number),
                  OSY_P_TEXT (order->business_day), OSY_P_TEXT (order->table_id),
                  OSY_P_TEXT (table_number)),
      NULL, error);
}

gboolean
osy_kitchen_store_add_lines (const OsyKitchenEdit *edit,
                             const OsyKitchenLines *lines,
                             gboolean lowest_first,
                             GError **error)
{
  return osy_db_exec (
             edit->tx,
             "INSERT INTO kitchen_line (restaurant_id, line_id, order_id, menu_item_id, position, "
             "  name, options, station, status, quantity_sent, quantity_waiting, quantity_made, "
             "  quantity_voided, sent_at, ticket_id, course, seat, kitchen_name, translations, "
             "  allergens, prep_minutes, part_of) "
             "SELECT o.restaurant_id, r.id, o.id, (i.line->>'menu_item_id')::uuid, i.nth, "
             "  i.line->>'name', coalesce(r.options::jsonb, i.line->'options'), "
             "  i.line->>'station', 'WAITING', "
             "  (i.line->>'quantity')::int, (i.line->>'quantity')::int, 0, 0, $2, r.ticket_id, "
             "  coalesce((i.line->>'course')::int, 1), (i.line->>'seat')::int, r.kitchen_name, "
             "  r.translations::jsonb, "
             "  ARRAY(SELECT jsonb_array_elements_text(coalesce(r.allergens, '[]')::jsonb)), "
             "  r.minutes, nullif(r.line_id, r.id) "
             "FROM orders o, jsonb_array_elements(o.items) WITH ORDINALITY AS i(line, nth), "
             "  unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], "
             "    $9::text[], $10::bigint[]) AS r(line_id, ticket_id, kitchen_name, "
             "    translations, allergens, id, options, minutes) "
             "WHERE o.restaurant_id = app_restaurant() AND o.id = $1::uuid "
             "  AND r.line_id = (i.line->>'line_id')::uuid",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now),
                         OSY_P_TEXTS (lines->line_ids), OSY_P_TEXTS (lines->ticket_ids),
                         OSY_P_TEXTS (lines->kitchen_names), OSY_P_TEXTS (lines->translations),
                         OSY_P_TEXTS (lines->allergens), OSY_P_TEXTS (lines->ids),
                         OSY_P_TEXTS (lines->options), OSY_P_INTS (lines->minutes)),
             NULL, error) &&
         osy_db_exec (
             edit->tx,
             "INSERT INTO kitchen_course (restaurant_id, order_id, course, fired_at) "
             "SELECT restaurant_id, order_id, course, CASE WHEN course = 1 OR ($3 AND course = "
             "  min(min(course)) OVER ()) THEN $2::timestamptz END FROM kitchen_line "
             "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
             "GROUP BY restaurant_id, order_id, course",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now),
                         OSY_P_BOOL (lowest_first)),
             NULL, error);
}

/* ---- making ---- */

gboolean
osy_kitchen_store_make_all (const OsyKitchenEdit *edit,
                            const char *ticket_id,
                            gboolean fired_only,
                            GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_line l SET status = 'MADE', version = version + 1, quantity_waiting = 0, "
      "  quantity_made = quantity_made + quantity_waiting, "
      "  quantity_bumped = quantity_bumped + quantity_waiting "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND quantity_waiting > 0 "
      "  AND ($2::uuid IS NULL OR ticket_id = $2::uuid) AND (NOT $3 OR EXISTS (SELECT FROM "
      "    kitchen_course c WHERE c.restaurant_id = l.restaurant_id AND c.order_id = l.order_id "
      "    AND c.course = l.course AND c.fired_at IS NOT NULL)) RETURNING ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (ticket_id), OSY_P_BOOL (fired_only)),
      error);
}

gboolean
osy_kitchen_store_unmake_bumped (const OsyKitchenEdit *edit, const char *ticket_id, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_line SET status = 'WAITING', version = version + 1, quantity_bumped = 0, "
      "  quantity_made = quantity_made - quantity_bumped, "
      "  quantity_waiting = quantity_waiting + quantity_bumped "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND quantity_bumped > 0 "
      "  AND ($2::uuid IS NULL OR ticket_id = $2::uuid) RETURNING ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (ticket_id)), error);
}

gboolean
osy_kitchen_store_make (const OsyKitchenEdit *edit,
                        const char *line_id,
                        gint64 quantity,
                        GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_line SET version = version + 1, "
      "  status = CASE WHEN quantity_waiting > $2 THEN 'WAITING' ELSE 'MADE' END, "
      "  quantity_made = quantity_made + least($2, quantity_waiting), "
      "  quantity_waiting = greatest(quantity_waiting - $2, 0) "
      "WHERE restaurant_id = app_restaurant() AND line_id = $1::uuid AND quantity_waiting > 0 "
      "RETURNING ticket_id",
      OSY_PARAMS (OSY_P_TEXT (line_id), OSY_P_INT (quantity)), error);
}

gboolean
osy_kitchen_store_unmake (const OsyKitchenEdit *edit,
                          const char *line_id,
                          gint64 quantity,
                          GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_line SET version = version + 1, status = 'WAITING', "
      "  quantity_waiting = quantity_waiting + least($2, quantity_made), "
      "  quantity_made = greatest(quantity_made - $2, 0), "
      "  quantity_bumped = least(quantity_bumped, greatest(quantity_made - $2, 0)) "
      "WHERE restaurant_id = app_restaurant() AND line_id = $1::uuid AND quantity_made > 0 "
      "RETURNING ticket_id",
      OSY_PARAMS (OSY_P_TEXT (line_id), OSY_P_INT (quantity)), error);
}

/* ---- voiding ---- */

gboolean
osy_kitchen_store_ask (const OsyKitchenEdit *edit, GHashTable *quantities, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id, count;

  if (quantities != NULL)
    g_hash_table_iter_init (&iter, quantities);
  while (quantities != NULL && g_hash_table_iter_next (&iter, &id, &count)) {
    g_ptr_array_add (ids, id);
    g_array_append_vals (counts, count, 1);
  }
  return osy_db_exec (
      edit->tx,
      "UPDATE kitchen_line l SET quantity_asked = a.n FROM (SELECT k.line_id, CASE WHEN $4 "
      "    THEN k.quantity_sent ELSE least(coalesce(q.n, 0), k.quantity_sent) END AS n "
      "  FROM kitchen_line k LEFT JOIN unnest($2::uuid[], $3::bigint[]) AS q(line_id, n) "
      "    ON q.line_id = coalesce(k.part_of, k.line_id) WHERE k.restaurant_id = app_restaurant() "
      "AND k.order_id = $1::uuid) a "
      "WHERE l.restaurant_id = app_restaurant() AND l.line_id = a.line_id "
      "  AND l.quantity_asked <> a.n",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXTS (ids), OSY_P_INTS (counts),
                  OSY_P_BOOL (quantities == NULL)),
      NULL, error);
}

gboolean
osy_kitchen_store_settle (const OsyKitchenEdit *edit, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "WITH due AS (SELECT l.line_id, l.quantity_voided AS was, CASE k.phase WHEN 'COOKING' "
      "    THEN least(quantity_asked, quantity_sent - quantity_made) "
      "    ELSE greatest(quantity_voided, least(quantity_asked, quantity_sent - quantity_made)) "
      "    END AS goal FROM kitchen_line l JOIN kitchen_order k USING (restaurant_id, order_id) "
      "  WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid), "
      "done AS (UPDATE kitchen_line l SET quantity_voided = due.goal, version = version + 1, "
      "    quantity_waiting = quantity_sent - quantity_made - due.goal, "
      "    status = CASE WHEN quantity_sent - quantity_made - due.goal > 0 THEN 'WAITING' "
      "      WHEN quantity_made > 0 THEN 'MADE' ELSE 'VOIDED' END FROM due "
      "  WHERE l.restaurant_id = app_restaurant() AND l.line_id = due.line_id "
      "    AND due.was <> due.goal RETURNING l.ticket_id, l.line_id, due.was, due.goal) "
      "INSERT INTO kitchen_change (restaurant_id, id, ticket_id, line_id, kind, quantity, at, "
      "  ticket_version) SELECT app_restaurant(), gen_random_uuid(), t.id, done.line_id, "
      "    CASE WHEN done.goal > done.was THEN 'VOIDED' ELSE 'ADDED' END, abs(done.goal - "
      "done.was), "
      "    $2, t.version + 1 FROM done JOIN kitchen_ticket t "
      "    ON t.restaurant_id = app_restaurant() AND t.id = done.ticket_id "
      "RETURNING ticket_id, id AS change_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now)), error);
}

GHashTable *
osy_kitchen_store_voided (const OsyKitchenEdit *edit, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (edit->tx,
                    "SELECT line_id, quantity_voided FROM kitchen_line "
                    "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);

  if (rows == NULL)
    return NULL;
  GHashTable *voided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    gint64 quantity = osy_db_rows_int (rows, i, "quantity_voided");
    g_hash_table_insert (voided, g_strdup (osy_db_rows_text (rows, i, "line_id")),
                         g_memdup2 (&quantity, sizeof quantity));
  }
  return voided;
}

OsyDbRows *
osy_kitchen_store_parts (const OsyKitchenEdit *edit, GError **error)
{
  return osy_db_query (edit->tx,
                       "SELECT line_id, part_of, options, quantity_voided FROM kitchen_line l "
                       "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid "
                       "AND (part_of IS NOT NULL OR EXISTS (SELECT FROM kitchen_line p "
                       "  WHERE p.restaurant_id = l.restaurant_id AND p.order_id = l.order_id "
                       "  AND p.part_of = l.line_id))",
                       OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);
}

/* ---- courses ---- */

static gboolean
check_course (const OsyKitchenEdit *edit,
              gint64 course,
              gboolean fire,
              gboolean *changed,
              GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      edit->tx,
      "SELECT c.fired_at IS NOT NULL AS fired, coalesce(sum(l.quantity_made), 0)::bigint AS made "
      "FROM kitchen_course c LEFT JOIN kitchen_line l USING (restaurant_id, order_id, course) "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND course = $2 "
      "GROUP BY c.fired_at",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_INT (course)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "The order has no such course.");
    return FALSE;
  }
  *changed = osy_db_rows_bool (rows, 0, "fired") != fire;
  if (*changed && !fire && osy_db_rows_int (rows, 0, "made") > 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "Something of this course is made already.");
    return FALSE;
  }
  return TRUE;
}

/* A ticket on which nothing else is being cooked begins to age with the course that is fired. */
gboolean
osy_kitchen_store_fire (const OsyKitchenEdit *edit,
                        gint64 course,
                        gboolean fire,
                        gboolean *changed,
                        GError **error)
{
  if (!check_course (edit, course, fire, changed, error))
    return FALSE;
  return !*changed ||
         osy_kitchen_store_run (
             edit,
             "WITH set_course AS (UPDATE kitchen_course SET fired_at = CASE WHEN $3 "
             "    THEN $4::timestamptz END WHERE restaurant_id = app_restaurant() "
             "    AND order_id = $1::uuid AND course = $2) "
             "UPDATE kitchen_ticket t SET timer_from = CASE WHEN $3 AND NOT EXISTS (SELECT FROM "
             "    kitchen_line l JOIN kitchen_course c USING (restaurant_id, order_id, course) "
             "    WHERE l.restaurant_id = t.restaurant_id AND l.ticket_id = t.id "
             "    AND l.quantity_waiting > 0 AND c.course <> $2 AND c.fired_at IS NOT NULL) "
             "  THEN $4 ELSE timer_from END "
             "WHERE t.restaurant_id = app_restaurant() AND t.order_id = $1::uuid "
             "  AND t.status = 'OPEN' AND EXISTS (SELECT FROM kitchen_line l "
             "    WHERE l.restaurant_id = t.restaurant_id AND l.ticket_id = t.id "
             "    AND l.course = $2) RETURNING t.id AS ticket_id",
             OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_INT (course), OSY_P_BOOL (fire),
                         OSY_P_TIME (edit->now)),
             error);
}

gboolean
osy_kitchen_store_next_course (const OsyKitchenEdit *edit, gint64 *course, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      edit->tx,
      "SELECT coalesce((SELECT c.course FROM (SELECT min(course) AS course FROM kitchen_course "
      "    WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND fired_at IS NULL) c "
      "  WHERE NOT EXISTS (SELECT FROM kitchen_line l WHERE l.restaurant_id = app_restaurant() "
      "    AND l.order_id = $1::uuid AND l.course < c.course AND l.quantity_waiting > 0)), 0) "
      "  AS course",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);

  if (rows == NULL)
    return FALSE;
  *course = osy_db_rows_int (rows, 0, "course");
  return TRUE;
}

/* ---- the plain list of lines ---- */

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
