/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of alerts and of their messages, but for sending them. */

#include "osy-alert-store.h"

#include <string.h>

#include "osy-alert-target.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

#define COLUMNS "a.id, a.kind, a.subject, a.facts, a.raised_at, a.ended_at"

static OsyAlert *
row_from (const OsyDbRows *rows, guint i, GError **error)
{
  const char *facts = osy_db_rows_text (rows, i, "facts");
  g_autoptr (JsonNode) node = osy_json_parse (facts, strlen (facts), error);

  if (node == NULL)
    return NULL;
  OsyAlert *self = g_new0 (OsyAlert, 1);
  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->kind = osy_alert_kind_of (osy_db_rows_text (rows, i, "kind"));
  self->subject = g_strdup (osy_db_rows_text (rows, i, "subject"));
  self->facts = g_steal_pointer (&node);
  self->raised_at = osy_db_rows_time (rows, i, "raised_at");
  self->ended_at = osy_db_rows_time (rows, i, "ended_at");
  return self;
}

/* @rows: (transfer full) (nullable) */
static GPtrArray *
list_from (OsyDbRows *rows, GError **error)
{
  g_autoptr (OsyDbRows) owned = rows;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_alert_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyAlert *alert = row_from (rows, i, error);
    if (alert == NULL)
      return NULL;
    g_ptr_array_add (list, alert);
  }
  return g_steal_pointer (&list);
}

/* ---- writing ---- */

gboolean
osy_alert_store_add (OsyDbTx *tx, const OsyAlert *self, gboolean *added, GError **error)
{
  g_autofree char *facts = osy_json_print (self->facts);
  gint64 rows = 0;

  if (!osy_db_exec (tx,
                    "INSERT INTO alert (restaurant_id, id, kind, subject, facts, raised_at) "
                    "VALUES (app_restaurant(), $1::uuid, $2, $3, $4::jsonb, $5) "
                    "ON CONFLICT DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_TEXT (osy_alert_kinds[self->kind]),
                                OSY_P_TEXT (self->subject), OSY_P_TEXT (facts),
                                OSY_P_TIME (self->raised_at)),
                    &rows, error))
    return FALSE;
  *added = rows > 0;
  return TRUE;
}

gboolean
osy_alert_store_end (OsyDbTx *tx, OsyAlertKind kind, const char *subject, char **id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE alert SET ended_at = $3 WHERE restaurant_id = app_restaurant() AND kind = $1 "
      "AND subject = $2 AND ended_at IS NULL RETURNING id",
      OSY_PARAMS (OSY_P_TEXT (osy_alert_kinds[kind]), OSY_P_TEXT (subject),
                  OSY_P_TIME (osy_clock_now ())),
      error);

  *id = rows != NULL && osy_db_rows_count (rows) > 0 ? g_strdup (osy_db_rows_text (rows, 0, "id"))
                                                     : NULL;
  return rows != NULL;
}

gboolean
osy_alert_store_address_one (OsyDbTx *tx,
                             const OsyAlert *self,
                             const char *target_id,
                             GError **error)
{
  g_autofree char *id = osy_id_new ();

  return osy_db_exec (
      tx,
      "INSERT INTO alert_message (restaurant_id, id, alert_id, target_id, status, "
      "created_at, next_at) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3::uuid, "
      "'WAITING', $4, $4) ON CONFLICT DO NOTHING",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (self->id), OSY_P_TEXT (target_id),
                  OSY_P_TIME (self->raised_at)),
      NULL, error);
}

gboolean
osy_alert_store_address (OsyDbTx *tx, const OsyAlert *self, guint channels, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, channel FROM alert_target "
                    "WHERE restaurant_id = app_restaurant() AND removed_at IS NULL",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if ((channels & (1u << osy_alert_channel_of (osy_db_rows_text (rows, i, "channel")))) != 0 &&
        !osy_alert_store_address_one (tx, self, osy_db_rows_text (rows, i, "id"), error))
      return FALSE;
  return TRUE;
}

gboolean
osy_alert_store_retry (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH again AS (UPDATE alert_message SET status = 'WAITING', attempts = 0, next_at = $2, "
      "  asked = true, digest_id = CASE WHEN digest_id = id THEN id END "
      "  WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND status = 'DEAD' RETURNING id)"
      " SELECT EXISTS (SELECT FROM again) AS done FROM alert_message "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0 && osy_db_rows_bool (rows, 0, "done"))
    return TRUE;
  if (osy_db_rows_count (rows) == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such message.");
  else
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT, "This message is not dead.");
  return FALSE;
}

/* ---- reading ---- */

GPtrArray *
osy_alert_store_open (OsyDbTx *tx, GError **error)
{
  return list_from (osy_db_query (tx,
                                  "SELECT " COLUMNS " FROM alert a "
                                  "WHERE a.restaurant_id = app_restaurant() "
                                  "AND a.ended_at IS NULL AND a.kind <> 'THREAT'",
                                  OSY_NO_PARAMS, error),
                    error);
}

/* Orders that are late stay so until none is: an alert does not come and go with one of them. What
 * goes back is judged by the four weeks before, beside the shop's own figure. */
GPtrArray *
osy_alert_store_wrong (OsyDbTx *tx,
                       const OsyAlertLimits *limits,
                       gint64 now,
                       const char *day,
                       GError **error)
{
  return list_from (
      osy_db_query (
          tx,
          "SELECT NULL::uuid AS id, 'PRINTER' AS kind, id::text AS subject, "
          "  jsonb_build_object('name', name, 'problem', problem) AS facts, "
          "  $1::timestamptz AS raised_at, NULL::timestamptz AS ended_at FROM printer "
          "WHERE restaurant_id = app_restaurant() AND problem <> 'PAPER_LOW' "
          "  AND problem_since <= $1 - $2::int * interval '1 minute' "
          "UNION ALL "
          "SELECT NULL, 'OUTAGE', 'payment', "
          "  jsonb_build_object('part', 'PAYMENT', 'count', count(*)), $1, NULL FROM payment_task "
          "WHERE restaurant_id = app_restaurant() AND attempts >= 3 "
          "  AND since <= $1 - interval '1 minute' HAVING count(*) > 0 "
          "UNION ALL "
          "SELECT NULL, 'LATE_ORDERS', 'orders', jsonb_build_object('count', count(*), 'minutes', "
          "  floor(extract(epoch FROM $1 - min(due)) / 60)::int), $1, NULL FROM ("
          "  SELECT coalesce(promised_at, due_at, created_at) AS due FROM orders "
          "  WHERE restaurant_id = app_restaurant() AND NOT practice "
          "    AND status IN ('PENDING', 'ACCEPTED', 'PREPARING') "
          "    AND created_at > $1 - interval '1 day') o "
          "WHERE due <= $1 - $3::int * interval '1 minute' "
          "HAVING count(*) >= CASE WHEN EXISTS (SELECT FROM alert "
          "  WHERE restaurant_id = app_restaurant() AND kind = 'LATE_ORDERS' "
          "    AND ended_at IS NULL) THEN 1 ELSE $4::int END "
          "UNION ALL "
          "SELECT NULL, 'UNANSWERED', 'orders', jsonb_build_object('count', count(*), "
          "  'number', (array_agg(number ORDER BY since))[1], "
          "  'minutes', floor(extract(epoch FROM $1 - min(since)) / 60)::int), $1, NULL FROM ("
          "  SELECT o.number, (SELECT max(s.at) FROM order_step s "
          "    WHERE s.restaurant_id = o.restaurant_id AND s.order_id = o.id "
          "      AND s.to_status = 'PENDING') AS since FROM orders o "
          "  WHERE o.restaurant_id = app_restaurant() AND NOT o.practice "
          "    AND o.status = 'PENDING' AND o.created_at > $1 - interval '1 day') w "
          "WHERE since <= $1 - interval '2 minutes' HAVING count(*) > 0 "
          "UNION ALL "
          "SELECT NULL, 'REFUNDS', $5::text, jsonb_build_object('count', today.n, 'amount', "
          "today.won), "
          "  $1, NULL FROM ("
          "  SELECT count(*) AS n, coalesce(sum(amount), 0)::bigint AS won FROM refund "
          "  WHERE restaurant_id = app_restaurant() AND business_day = $5::text::date "
          "    AND status <> 'FAILED') today, ("
          "  SELECT count(*) * 3 / 28.0 AS n, coalesce(sum(amount), 0) * 3 / 28.0 AS won "
          "  FROM refund WHERE restaurant_id = app_restaurant() AND status <> 'FAILED' "
          "    AND business_day BETWEEN $5::text::date - 28 AND $5::text::date - 1) thrice "
          "WHERE today.won >= greatest($6::bigint, thrice.won) "
          "  OR today.n >= greatest($7::bigint, thrice.n)",
          OSY_PARAMS (OSY_P_TIME (now), OSY_P_INT (limits->printer_minutes),
                      OSY_P_INT (limits->late_minutes), OSY_P_INT (limits->late_orders),
                      OSY_P_TEXT (day), OSY_P_INT (limits->refund_amount),
                      OSY_P_INT (limits->refund_count)),
          error),
      error);
}

GPtrArray *
osy_alert_store_list (OsyDbTx *tx,
                      GPtrArray *ids,
                      gint64 before_at,
                      const char *before_id,
                      gint64 limit,
                      GError **error)
{
  return list_from (
      osy_db_query (tx,
                    "SELECT " COLUMNS " FROM alert a WHERE a.restaurant_id = app_restaurant() "
                    "AND ($1::uuid[] IS NULL OR a.id = ANY ($1::uuid[])) "
                    "AND ($2::timestamptz IS NULL OR (a.raised_at, a.id) < ($2, $3::uuid)) "
                    "ORDER BY a.raised_at DESC, a.id DESC LIMIT $4",
                    OSY_PARAMS (ids != NULL ? OSY_P_TEXTS (ids) : OSY_P_NULL,
                                OSY_P_TIME (before_at), OSY_P_TEXT (before_id), OSY_P_INT (limit)),
                    error),
      error);
}

GPtrArray *
osy_alert_store_of_message (OsyDbTx *tx, const char *message_id, GError **error)
{
  return list_from (
      osy_db_query (tx,
                    "SELECT " COLUMNS " FROM alert_message m JOIN alert a "
                    "ON a.restaurant_id = m.restaurant_id AND a.id = m.alert_id "
                    "WHERE m.restaurant_id = app_restaurant() "
                    "AND (m.id = $1::uuid OR m.digest_id = $1::uuid) ORDER BY a.raised_at, a.id",
                    OSY_PARAMS (OSY_P_TEXT (message_id)), error),
      error);
}

OsyDbRows *
osy_alert_store_messages (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT m.alert_id, m.id, t.channel, m.target_id, m.status, m.attempts, m.problem, "
      "m.next_at, m.sent_at, m.crowded FROM alert_message m JOIN alert_target t "
      "ON t.restaurant_id = m.restaurant_id AND t.id = m.target_id "
      "WHERE m.restaurant_id = app_restaurant() AND m.alert_id = ANY ($1::uuid[]) "
      "ORDER BY t.created_at, t.id",
      OSY_PARAMS (OSY_P_TEXTS (ids)), error);
}

gboolean
osy_alert_store_reconsider (OsyDbTx *tx, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_message SET next_at = least(next_at, $1) "
                      "WHERE restaurant_id = app_restaurant() AND status = 'HELD'",
                      OSY_PARAMS (OSY_P_TIME (now)), NULL, error);
}

gboolean
osy_alert_sweep_old (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM alert WHERE restaurant_id = app_restaurant() AND ended_at < $1",
                      OSY_PARAMS (OSY_P_TIME (before)), NULL, error) &&
         osy_alert_target_forget (tx, osy_clock_now () - G_TIME_SPAN_DAY, error);
}
