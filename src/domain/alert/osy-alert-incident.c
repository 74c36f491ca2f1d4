/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The ends of PagerDuty's incidents. They are found by looking, not when an alert ends: a message
 * may be on its way then, and whichever of the two is written down later would have to know. */

#include "osy-alert-incident.h"

#include "osy-alert-mail.h"
#include "osy-alert-store.h"
#include "osy-alert-target.h"
#include "osy-clock.h"

#define RESOLVE "pagerduty-resolve"

/* ---- what is over ---- */

static gboolean
set_state (OsyDbTx *tx, const char *id, const char *state, gint64 resolve_at, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_message SET incident = $2, resolve_at = $3, "
                      "resolve_attempts = CASE WHEN incident = 'OPEN' THEN 0 "
                      "ELSE resolve_attempts END WHERE restaurant_id = app_restaurant() "
                      "AND id = $1::uuid AND incident IN ('OPEN', 'ENDING')",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (state), OSY_P_TIME (resolve_at)),
                      NULL, error);
}

static gboolean
plan_one (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) alerts = osy_alert_store_of_message (tx, id, error);
  gboolean over = TRUE;

  if (alerts == NULL)
    return FALSE;
  for (guint i = 0; i < alerts->len; i++)
    over = over && osy_alert_is_over (alerts->pdata[i]);
  return set_state (tx, id, over ? "ENDING" : "LEFT", over ? now : 0, error);
}

gboolean
osy_alert_incident_plan (OsyDbTx *tx, gint64 now, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT m.id FROM alert_message m WHERE m.restaurant_id = app_restaurant() "
      "AND m.incident = 'OPEN' AND m.status IN ('SENT', 'DEAD', 'DROPPED') AND NOT EXISTS ("
      "  SELECT FROM alert_message j JOIN alert a "
      "    ON a.restaurant_id = j.restaurant_id AND a.id = j.alert_id "
      "  WHERE j.restaurant_id = app_restaurant() AND (j.id = m.id OR j.digest_id = m.id) "
      "    AND a.ended_at IS NULL)",
      OSY_NO_PARAMS, error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    if (!plan_one (tx, osy_db_rows_text (rows, i, "id"), now, error))
      return FALSE;
  return rows != NULL;
}

/* ---- on its way ---- */

/* (transfer full): under which it is remembered that @id's incident was resolved. */
static char *
memory_of (const char *id)
{
  return g_strconcat (RESOLVE ":", id, NULL);
}

static gboolean
count_resolved (gpointer outcome)
{
  osy_metric_count (&osy_alert_messages_sent, outcome);
  return G_SOURCE_REMOVE;
}

static gboolean
note_resolved (OsyDbTx *tx, const OsyAlertRoom *room, const char *id, GError **error)
{
  g_autofree char *memory = memory_of (id);

  osy_alert_sent_forget (room->sent, tx, memory);
  osy_db_tx_on_commit (tx, count_resolved, (gpointer) "RESOLVED", NULL);
  return set_state (tx, id, "RESOLVED", 0, error);
}

static gboolean
fill (OsyDbTx *tx,
      const OsyAlertRoom *room,
      const char *target_id,
      OsyFetchCall *call,
      GError **error)
{
  gint64 until = osy_clock_now () + OSY_ALERT_LEASE_US;
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, room->ring, target_id, error);

  if (target == NULL)
    return FALSE;
  if (target->unreadable)
    return set_state (tx, call->id, "LEFT", 0, error);
  const OsyAlertNote note = {.id = call->id, .target = target, .resolves = TRUE};
  osy_alert_note_call (&note, room, call);
  g_free (call->what);
  call->what = g_strdup (RESOLVE);
  return osy_db_exec (tx,
                      "UPDATE alert_message SET resolve_attempts = resolve_attempts + 1, "
                      "resolve_at = $2 WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TIME (until)), NULL, error);
}

gboolean
osy_alert_incident_take (OsyDbTx *tx, const OsyAlertRoom *room, OsyFetchCall **ret, GError **error)
{
  gint64 sent_at = 0;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, target_id, resolve_attempts FROM alert_message "
                    "WHERE restaurant_id = app_restaurant() AND resolve_at <= $1 "
                    "ORDER BY resolve_at LIMIT 1 FOR UPDATE SKIP LOCKED",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  call->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  g_autofree char *memory = memory_of (call->id);
  gint64 attempts = osy_db_rows_int (rows, 0, "resolve_attempts");
  gboolean ok;
  if (osy_alert_sent_at (room->sent, memory, &sent_at))
    ok = note_resolved (tx, room, call->id, error);
  else if (attempts > 0 && osy_alert_retry_at (0, attempts) == 0)
    ok = set_state (tx, call->id, "LEFT", 0, error);
  else
    ok = fill (tx, room, osy_db_rows_text (rows, 0, "target_id"), call, error);
  if (ok)
    *ret = g_steal_pointer (&call);
  return ok;
}

/* ---- what became of it ---- */

gboolean
osy_alert_incident_is (const OsyFetchCall *call)
{
  return g_strcmp0 (call->what, RESOLVE) == 0;
}

void
osy_alert_incident_heard (const OsyAlertRoom *room, const OsyFetchCall *call)
{
  g_autofree char *memory = memory_of (call->id);

  if (call->status >= 200 && call->status < 300)
    osy_alert_sent_add (room->sent, memory, osy_clock_now ());
}

gboolean
osy_alert_incident_done (OsyDbTx *tx,
                         const OsyAlertRoom *room,
                         const OsyFetchCall *call,
                         GError **error)
{
  g_autofree char *problem = NULL;
  OsyAlertOutcome outcome = osy_alert_outcome_of (call, &problem);

  if (outcome == OSY_ALERT_TAKEN)
    return note_resolved (tx, room, call->id, error);
  g_autoptr (OsyDbRows) rows = osy_db_query (tx,
                                             "SELECT resolve_attempts FROM alert_message "
                                             "WHERE restaurant_id = app_restaurant() "
                                             "AND id = $1::uuid",
                                             OSY_PARAMS (OSY_P_TEXT (call->id)), error);
  if (rows == NULL)
    return FALSE;
  gint64 attempts =
      osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "resolve_attempts") : 0;
  gint64 again = outcome == OSY_ALERT_AGAIN ? osy_alert_retry_at (osy_clock_now (), attempts) : 0;
  if (again == 0)
    g_info ("the incident of message %s is left to people (%s)", call->id, problem);
  return set_state (tx, call->id, again != 0 ? "ENDING" : "LEFT", again, error);
}
