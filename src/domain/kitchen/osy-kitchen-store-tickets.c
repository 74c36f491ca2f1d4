/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of tickets: opening, closing, marks and changes. */

#include <string.h>

#include "osy-error.h"
#include "osy-id.h"
#include "osy-kitchen-store-private.h"
#include "osy-kitchen-ticket.h"

gboolean
osy_kitchen_store_run (const OsyKitchenEdit *edit,
                       const char *sql,
                       const OsyDbParam *params,
                       gsize n_params,
                       GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (edit->tx, sql, params, n_params, error);
  gboolean tells = strstr (sql, "change_id") != NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_hash_table_add (edit->touched, g_strdup (osy_db_rows_text (rows, i, "ticket_id")));
    if (tells && !osy_db_rows_is_null (rows, i, "change_id"))
      g_ptr_array_add (edit->changes, g_strdup (osy_db_rows_text (rows, i, "change_id")));
  }
  return TRUE;
}

/* ---- opening ---- */

gboolean
osy_kitchen_store_add_ticket (const OsyKitchenEdit *edit,
                              const char *ticket_id,
                              const char *station_id,
                              const char *stage,
                              GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "INSERT INTO kitchen_ticket (restaurant_id, id, order_id, station_id, stage, status, "
      "sent_at, timer_from, version) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3::uuid, $4, "
      "'OPEN', $5, $5, 0) RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (ticket_id), OSY_P_TEXT (edit->order_id), OSY_P_TEXT (station_id),
                  OSY_P_TEXT (stage), OSY_P_TIME (edit->now)),
      error);
}

gboolean
osy_kitchen_store_open_expo (const OsyKitchenEdit *edit, const char *station_id, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (edit->tx,
                    "SELECT id FROM kitchen_ticket WHERE restaurant_id = app_restaurant() "
                    "AND order_id = $1::uuid AND stage = 'EXPO' ORDER BY sent_at DESC LIMIT 1",
                    OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    id = osy_id_new ();
    return osy_kitchen_store_add_ticket (edit, id, station_id, OSY_TICKET_EXPO, error);
  }
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket SET status = 'OPEN', station_id = $2::uuid, timer_from = $3 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status <> 'OPEN' "
      "RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (rows, 0, "id")), OSY_P_TEXT (station_id),
                  OSY_P_TIME (edit->now)),
      error);
}

gboolean
osy_kitchen_store_reopen (const OsyKitchenEdit *edit,
                          const char *ticket_id,
                          gboolean restart_timer,
                          GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket t SET status = 'OPEN', recalled = recalled + 1, "
      "  timer_from = CASE WHEN $3 THEN $4 ELSE timer_from END "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND (id = $2::uuid "
      "  OR ($2::uuid IS NULL AND stage = 'PREP' AND status <> 'OPEN' AND EXISTS (SELECT FROM "
      "    kitchen_line l WHERE l.restaurant_id = t.restaurant_id AND l.ticket_id = t.id "
      "    AND l.quantity_voided < l.quantity_sent))) RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TEXT (ticket_id), OSY_P_BOOL (restart_timer),
                  OSY_P_TIME (edit->now)),
      error);
}

gboolean
osy_kitchen_store_reopen_waiting (const OsyKitchenEdit *edit, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket t SET status = 'OPEN' WHERE restaurant_id = app_restaurant() "
      "AND order_id = $1::uuid AND status <> 'OPEN' AND stage = 'PREP' AND EXISTS (SELECT FROM "
      "  kitchen_line l WHERE l.restaurant_id = t.restaurant_id AND l.ticket_id = t.id "
      "  AND l.quantity_waiting > 0) RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);
}

/* ---- closing ---- */

gboolean
osy_kitchen_store_bump (const OsyKitchenEdit *edit, const char *ticket_id, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket t SET bumped_at = $2, touched_at = coalesce(touched_at, $2), "
      "  status = CASE WHEN stage = 'PREP' AND EXISTS (SELECT FROM kitchen_line l "
      "    WHERE l.restaurant_id = t.restaurant_id AND l.ticket_id = t.id "
      "    AND l.quantity_waiting > 0) THEN status ELSE 'BUMPED' END "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (ticket_id), OSY_P_TIME (edit->now)), error);
}

gboolean
osy_kitchen_store_close (const OsyKitchenEdit *edit, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket SET status = 'DONE', "
      "  bumped_at = CASE status WHEN 'OPEN' THEN $2 ELSE bumped_at END "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND status <> 'DONE' "
      "RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now)), error);
}

gboolean
osy_kitchen_store_close_empty (const OsyKitchenEdit *edit, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket t SET status = 'DONE', "
      "  bumped_at = CASE t.status WHEN 'OPEN' THEN $2 ELSE t.bumped_at END FROM kitchen_order k "
      "WHERE t.restaurant_id = app_restaurant() AND t.order_id = $1::uuid AND t.status <> 'DONE' "
      "  AND k.restaurant_id = t.restaurant_id AND k.order_id = t.order_id "
      "  AND (k.phase = 'DROPPED' OR (t.status = 'OPEN' AND t.stage = 'PREP' "
      "    AND NOT EXISTS (SELECT FROM kitchen_line l WHERE l.restaurant_id = t.restaurant_id "
      "      AND l.ticket_id = t.id AND l.quantity_voided < l.quantity_sent))) "
      "  AND (t.status <> 'OPEN' OR NOT EXISTS (SELECT FROM kitchen_change c "
      "    WHERE c.restaurant_id = t.restaurant_id AND c.ticket_id = t.id AND c.seen_at IS NULL)) "
      "RETURNING t.id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now)), error);
}

gboolean
osy_kitchen_store_drop (const OsyKitchenEdit *edit, GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "INSERT INTO kitchen_change (restaurant_id, id, ticket_id, kind, quantity, at, "
      "  ticket_version) SELECT app_restaurant(), gen_random_uuid(), t.id, 'VOIDED', 0, $2, "
      "    t.version + 1 FROM kitchen_ticket t WHERE t.restaurant_id = app_restaurant() "
      "    AND t.order_id = $1::uuid AND t.status = 'OPEN' AND NOT EXISTS (SELECT FROM "
      "      kitchen_change c WHERE c.restaurant_id = t.restaurant_id AND c.ticket_id = t.id "
      "      AND c.kind = 'VOIDED' AND c.seen_at IS NULL) "
      "RETURNING ticket_id, id AS change_id",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id), OSY_P_TIME (edit->now)), error);
}

/* ---- marks ---- */

gboolean
osy_kitchen_store_mark (const OsyKitchenEdit *edit,
                        const char *ticket_id,
                        gboolean touched,
                        GError **error)
{
  return osy_kitchen_store_run (
      edit,
      touched ? "UPDATE kitchen_ticket SET touched_at = $2 WHERE restaurant_id = app_restaurant() "
                "AND id = $1::uuid AND touched_at IS NULL RETURNING id AS ticket_id"
              : "UPDATE kitchen_ticket SET shown_at = $2 WHERE restaurant_id = app_restaurant() "
                "AND id = $1::uuid AND shown_at IS NULL RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (ticket_id), OSY_P_TIME (edit->now)), error);
}

gboolean
osy_kitchen_store_set_priority (const OsyKitchenEdit *edit,
                                const char *ticket_id,
                                gboolean on,
                                GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_ticket SET priority = $2 WHERE restaurant_id = app_restaurant() "
      "AND id = $1::uuid AND priority <> $2 RETURNING id AS ticket_id",
      OSY_PARAMS (OSY_P_TEXT (ticket_id), OSY_P_BOOL (on)), error);
}

gboolean
osy_kitchen_store_see (const OsyKitchenEdit *edit,
                       const char *ticket_id,
                       const char *change_id,
                       const char *actor,
                       GError **error)
{
  return osy_kitchen_store_run (
      edit,
      "UPDATE kitchen_change SET seen_at = $3, seen_by = $4 "
      "WHERE restaurant_id = app_restaurant() AND ticket_id = $1::uuid AND seen_at IS NULL "
      "AND ($2::uuid IS NULL OR id = $2::uuid) RETURNING ticket_id",
      OSY_PARAMS (OSY_P_TEXT (ticket_id), OSY_P_TEXT (change_id), OSY_P_TIME (edit->now),
                  OSY_P_TEXT (actor)),
      error);
}

/* ---- asking ---- */

gboolean
osy_kitchen_store_stand (const OsyKitchenEdit *edit, OsyKitchenStand *stand, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      edit->tx,
      "SELECT count(*) FILTER (WHERE stage = 'PREP') AS prep, "
      "count(*) FILTER (WHERE stage = 'EXPO') AS expo FROM kitchen_ticket "
      "WHERE restaurant_id = app_restaurant() AND order_id = $1::uuid AND status = 'OPEN'",
      OSY_PARAMS (OSY_P_TEXT (edit->order_id)), error);

  if (rows == NULL)
    return FALSE;
  stand->open_prep = osy_db_rows_int (rows, 0, "prep");
  stand->open_expo = osy_db_rows_int (rows, 0, "expo");
  return TRUE;
}

void
osy_kitchen_facts_clear (OsyKitchenFacts *self)
{
  g_free (self->order_id);
  g_free (self->stage);
  g_free (self->status);
}

gboolean
osy_kitchen_store_facts (OsyDbTx *tx, const char *ticket_id, OsyKitchenFacts *facts, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT t.order_id, t.stage, t.status, t.bumped_at, "
      "  (SELECT coalesce(max(ticket_version), 0) FROM kitchen_change c WHERE c.restaurant_id = "
      "    t.restaurant_id AND c.ticket_id = t.id AND c.seen_at IS NULL) AS newest_unseen, "
      "  EXISTS (SELECT FROM kitchen_line l WHERE l.restaurant_id = t.restaurant_id "
      "    AND l.ticket_id = t.id AND l.quantity_bumped > 0) AS bumped "
      "FROM kitchen_ticket t WHERE t.restaurant_id = app_restaurant() AND t.id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (ticket_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such ticket.");
    return FALSE;
  }
  osy_kitchen_facts_clear (facts);
  facts->order_id = g_strdup (osy_db_rows_text (rows, 0, "order_id"));
  facts->stage = g_strdup (osy_db_rows_text (rows, 0, "stage"));
  facts->status = g_strdup (osy_db_rows_text (rows, 0, "status"));
  facts->bumped_at = osy_db_rows_time (rows, 0, "bumped_at");
  facts->newest_unseen = osy_db_rows_int (rows, 0, "newest_unseen");
  facts->bumped = osy_db_rows_bool (rows, 0, "bumped");
  return TRUE;
}

static char *
find_ticket (OsyDbTx *tx, const char *sql, const char *id, const char *what, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, sql, OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such %s.", what);
    return NULL;
  }
  return g_strdup (osy_db_rows_text (rows, 0, "ticket_id"));
}

char *
osy_kitchen_store_of_line (OsyDbTx *tx, const char *line_id, GError **error)
{
  return find_ticket (tx,
                      "SELECT ticket_id FROM kitchen_line WHERE restaurant_id = app_restaurant() "
                      "AND line_id = $1::uuid",
                      line_id, "line", error);
}

char *
osy_kitchen_store_of_change (OsyDbTx *tx, const char *change_id, GError **error)
{
  return find_ticket (tx,
                      "SELECT ticket_id FROM kitchen_change "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      change_id, "change", error);
}

OsyDbRows *
osy_kitchen_store_rise (const OsyKitchenEdit *edit, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, edit->touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  return osy_db_query (edit->tx,
                       "UPDATE kitchen_ticket SET version = version + 1 "
                       "WHERE restaurant_id = app_restaurant() AND id = ANY ($1::uuid[]) "
                       "RETURNING id, version",
                       OSY_PARAMS (OSY_P_TEXTS (ids)), error);
}
