/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Messages on their way. Whether somebody may be woken is decided here, in the moment of sending,
 * so quiet hours hold for whatever waits, whenever it was raised or failed. */

#include <string.h>

#include "osy-alert-mail.h"
#include "osy-alert-room.h"
#include "osy-alert-store.h"
#include "osy-clock.h"
#include "osy-shop-service.h"

#define LEASE_US (60 * G_TIME_SPAN_SECOND)

OsyMetric osy_alert_messages_sent = {.name = "ordersync_alert_messages_total",
                                     .help = "Tries to send alerts, by what came of them.",
                                     .kind = OSY_METRIC_COUNTER,
                                     .labels = {"outcome"}};

static OsyDbRows *
due (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT shop FROM alert_messages_due($1) AS shop",
                       OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

/* ---- quiet hours ---- */

static gboolean
may_wake (const OsyAlertSetup *setup, GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++) {
    OsyAlertKind kind = ((const OsyAlert *)alerts->pdata[i])->kind;
    if (kind == OSY_ALERT_TEST || setup->rules[kind].pierces)
      return TRUE;
  }
  return FALSE;
}

static gboolean
keep_back (OsyDbTx *tx, const char *id, gboolean drop, gint64 until, GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE alert_message SET status = CASE WHEN $2 THEN 'DROPPED' ELSE 'HELD' END, "
      "next_at = CASE WHEN $2 THEN NULL ELSE $3::timestamptz END "
      "WHERE restaurant_id = app_restaurant() AND (id = $1::uuid "
      "OR $2 AND digest_id = $1::uuid)",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_BOOL (drop), OSY_P_TIME (until)), NULL, error);
}

/* All that was held back for a target goes as one, also what was joined to one that was then held
 * back itself. */
static gboolean
join_held (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE alert_message m SET digest_id = $1::uuid, "
      "status = CASE WHEN m.id = $1::uuid THEN 'WAITING' ELSE 'JOINED' END, "
      "next_at = CASE WHEN m.id = $1::uuid THEN $2::timestamptz END FROM alert_message first "
      "WHERE first.restaurant_id = app_restaurant() AND first.id = $1::uuid "
      "AND first.status = 'HELD' AND m.restaurant_id = app_restaurant() "
      "AND m.target_id = first.target_id "
      "AND (m.status = 'HELD' AND m.next_at <= $2 OR m.status = 'JOINED')",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), NULL, error);
}

/* ---- taking ---- */

static gboolean
find_next (OsyDbTx *tx, gint64 now, char **id, char **target_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, target_id FROM alert_message "
                    "WHERE restaurant_id = app_restaurant() AND next_at <= $1 "
                    "ORDER BY next_at, created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
                    OSY_PARAMS (OSY_P_TIME (now)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0) {
    *id = g_strdup (osy_db_rows_text (rows, 0, "id"));
    *target_id = g_strdup (osy_db_rows_text (rows, 0, "target_id"));
  }
  return TRUE;
}

static gboolean
mark (OsyDbTx *tx, const char *id, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_message SET attempts = attempts + 1, doubt = true, "
                      "next_at = $2 WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now + LEASE_US)), NULL, error);
}

static gboolean
fill (OsyDbTx *tx,
      const OsyAlertRoom *room,
      const OsyAlertNote *of,
      OsyFetchCall *call,
      GError **error)
{
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, room->ring, call->what, error);
  OsyAlertNote note = *of;

  if (target == NULL)
    return FALSE;
  note.target = target;
  if (target->channel == OSY_ALERT_EMAIL) {
    osy_alert_mail_call (&note, room->sendgrid_url, call);
  } else {
    call->public_only = !room->private_hooks;
    osy_alert_hook_call (&note, call);
  }
  g_free (call->what);
  call->what = g_ascii_strdown (osy_alert_channels[target->channel], -1);
  return TRUE;
}

static gboolean
make_call (OsyDbTx *tx, const OsyAlertRoom *room, OsyFetchCall *call, gint64 now, GError **error)
{
  OsyAlertSetup setup;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop == NULL || !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  g_autoptr (GPtrArray) alerts = osy_alert_store_of_message (tx, call->id, error);
  const char *zone = osy_shop_data (shop)->time_zone;
  gint64 quiet_end = osy_alert_quiet_end (&setup.quiet, now, zone);
  if (alerts == NULL)
    return FALSE;
  if (quiet_end > 0 && !may_wake (&setup, alerts))
    return keep_back (tx, call->id, setup.quiet.drops, quiet_end, error);
  if (!join_held (tx, call->id, now, error) || !mark (tx, call->id, now, error))
    return FALSE;
  g_autoptr (GPtrArray) all = osy_alert_store_of_message (tx, call->id, error);
  if (all == NULL)
    return FALSE;
  g_autofree char *text = osy_alert_digest_words (all, setup.language, zone);
  const OsyAlertNote note = {
      .id = call->id, .alerts = all, .shop = osy_shop_data (shop)->name, .text = text};
  return fill (tx, room, &note, call, error);
}

static gboolean
take (OsyDbTx *tx, gpointer room, OsyFetchCall **ret, GError **error)
{
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  gint64 now = osy_clock_now ();

  /* Until it has its form, what it is said to be is whom it is for. */
  if (!find_next (tx, now, &call->id, &call->what, error))
    return FALSE;
  if (call->id == NULL)
    return TRUE;
  if (!make_call (tx, room, call, now, error))
    return FALSE;
  *ret = g_steal_pointer (&call);
  return TRUE;
}

/* ---- what became of it ---- */

typedef enum { SENT, AGAIN, DEAD } Outcome;

/* @problem: (out): a word for people who look after it; never what the other side wrote. */
static Outcome
judge (const OsyFetchCall *call, char **problem)
{
  if (call->status >= 200 && call->status < 300)
    return SENT;
  if (call->status == 0)
    *problem =
        g_strdup (osy_error_is (call->error, OSY_ERROR_TIMEOUT) ? "NO_ANSWER" : "UNREACHABLE");
  else
    *problem = g_strdup_printf ("HTTP_%u", call->status);
  return call->status == 0 || call->status == 408 || call->status == 429 || call->status >= 500
             ? AGAIN
             : DEAD;
}

static gboolean
read_attempts (OsyDbTx *tx, const char *id, gint64 *attempts, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT attempts FROM alert_message WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  *attempts =
      rows != NULL && osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "attempts") : 0;
  return rows != NULL;
}

static gboolean
count_message (gpointer outcome)
{
  osy_metric_count (&osy_alert_messages_sent, outcome);
  return G_SOURCE_REMOVE;
}

static gboolean
done (OsyDbTx *tx, gpointer data, const OsyFetchCall *call, GError **error)
{
  static const char *const names[] = {"SENT", "WAITING", "DEAD"};
  gint64 now = osy_clock_now ();
  gint64 attempts = 0;
  g_autofree char *problem = NULL;
  Outcome outcome = judge (call, &problem);

  if (!read_attempts (tx, call->id, &attempts, error))
    return FALSE;
  gint64 again = outcome == AGAIN ? osy_alert_retry_at (now, attempts) : 0;
  if (outcome == AGAIN && again == 0)
    outcome = DEAD;
  osy_db_tx_on_commit (tx, count_message, (gpointer)names[outcome], NULL);
  /* Those that went with it share its end; while it is tried again they stay as they are. */
  return osy_db_exec (
      tx,
      "UPDATE alert_message SET status = CASE WHEN id = $1::uuid OR $2 <> 'WAITING' THEN $2 "
      "  ELSE status END, "
      "sent_at = CASE WHEN $2 = 'SENT' THEN $3::timestamptz END, "
      "next_at = CASE WHEN id = $1::uuid THEN $4::timestamptz END, problem = $5, doubt = $6 "
      "WHERE restaurant_id = app_restaurant() AND (id = $1::uuid OR digest_id = $1::uuid)",
      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TEXT (names[outcome]), OSY_P_TIME (now),
                  OSY_P_TIME (again), OSY_P_TEXT (problem),
                  OSY_P_BOOL (call->status == 0 && osy_error_is (call->error, OSY_ERROR_TIMEOUT))),
      NULL, error);
}

const OsyFetchQueueRoom osy_alert_messages = {due, take, done};
