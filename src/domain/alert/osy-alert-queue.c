/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Messages on their way. One that was taken over there is never sent again by this process,
 * whatever became of writing that down. Whether somebody may be woken is decided here, in the
 * moment of sending, so quiet hours hold for whatever waits, whenever it was raised or failed. */

#include <string.h>

#include "osy-alert-alimtalk.h"
#include "osy-alert-incident.h"
#include "osy-alert-mail.h"
#include "osy-alert-room.h"
#include "osy-alert-sent.h"
#include "osy-alert-sms.h"
#include "osy-alert-store.h"
#include "osy-clock.h"
#include "osy-shop-service.h"

/* What could not be told for so long is told no more. */
#define MAX_AGE_US G_TIME_SPAN_DAY
#define TEST_AGE_US G_TIME_SPAN_HOUR

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

/* @crowded: by the bound of messages, not by quiet hours. */
static gboolean
hold (OsyDbTx *tx, const char *id, gint64 until, gboolean crowded, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_message SET status = 'HELD', next_at = $2, crowded = $3 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (until), OSY_P_BOOL (crowded)), NULL,
                      error);
}

/* All that was held back for a target goes as one, with what was joined to one that was then held
 * back itself. What may have arrived already goes alone, under its own id; and what is on its way
 * in another message stays in that one. */
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
      "AND m.target_id = first.target_id AND m.status IN ('HELD', 'JOINED') "
      "AND (m.id = first.id OR m.digest_id = first.id OR NOT first.doubt AND EXISTS ("
      "  SELECT FROM alert_message head WHERE head.restaurant_id = app_restaurant() "
      "    AND head.id = CASE m.status WHEN 'HELD' THEN m.id ELSE m.digest_id END "
      "    AND head.status = 'HELD' AND (head.next_at <= $2 OR head.crowded) "
      "    AND NOT head.doubt))",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now)), NULL, error);
}

/* ---- a bound ---- */

/* *@end: when the next may go to @target_id, as @most went within the hour before @now; 0: now.
 * Tests do not count: who tries something out takes nothing from what happens. */
static gboolean
find_room (OsyDbTx *tx, const char *target_id, gint64 most, gint64 now, gint64 *end, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT sent_at FROM alert_message m WHERE restaurant_id = app_restaurant() "
      "AND target_id = $1::uuid AND sent_at > $2 AND (digest_id IS NULL OR digest_id = id) "
      "AND NOT EXISTS (SELECT FROM alert a WHERE a.restaurant_id = app_restaurant() "
      "  AND a.id = m.alert_id AND a.kind = 'TEST') "
      "ORDER BY sent_at DESC OFFSET $3 LIMIT 1",
      OSY_PARAMS (OSY_P_TEXT (target_id), OSY_P_TIME (now - G_TIME_SPAN_HOUR),
                  OSY_P_INT (most - 1)),
      error);

  *end = rows != NULL && osy_db_rows_count (rows) > 0
             ? osy_db_rows_time (rows, 0, "sent_at") + G_TIME_SPAN_HOUR
             : 0;
  return rows != NULL;
}

static gboolean
is_urgent (GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++)
    if (osy_alert_is_urgent (alerts->pdata[i]))
      return TRUE;
  return FALSE;
}

/* ---- ends without a call ---- */

static gboolean
count_message (gpointer outcome)
{
  osy_metric_count (&osy_alert_messages_sent, outcome);
  return G_SOURCE_REMOVE;
}

/* Those that go with it share its end. What is not to be told any more has no incident, unless it
 * may be there. @status: interned. */
static gboolean
finish (OsyDbTx *tx,
        const char *id,
        const char *status,
        gint64 sent_at,
        const char *problem,
        GError **error)
{
  osy_db_tx_on_commit (tx, count_message, (gpointer)status, NULL);
  return osy_db_exec (
      tx,
      "UPDATE alert_message SET status = $2, sent_at = $3, next_at = NULL, "
      "problem = $4, incident = CASE WHEN $2 <> 'DROPPED' OR doubt THEN incident END, "
      "doubt = false WHERE restaurant_id = app_restaurant() "
      "AND (id = $1::uuid OR digest_id = $1::uuid)",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (status), OSY_P_TIME (sent_at), OSY_P_TEXT (problem)),
      NULL, error);
}

/* @doubt: it may have arrived; whoever asks for it later is not told twice for that, and its
 * incident is ended with what it tells of. */
static gboolean
give_up (OsyDbTx *tx, const char *id, const char *problem, gboolean doubt, GError **error)
{
  return finish (tx, id, "DEAD", 0, problem, error) &&
         osy_db_exec (tx,
                      "UPDATE alert_message SET doubt = $2, "
                      "incident = CASE WHEN $2 THEN incident END "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_BOOL (doubt)), NULL, error);
}

static gboolean
note_sent (OsyDbTx *tx, const OsyAlertRoom *room, const char *id, gint64 at, GError **error)
{
  osy_alert_sent_forget (room->sent, tx, id);
  return finish (tx, id, "SENT", at, NULL, error);
}

/* ---- taking ---- */

/** A row that is due. */
typedef struct {
  char *id;
  char *target_id;
  gboolean held;  /* by quiet hours, also if it was tried since */
  gboolean asked; /* for it, or for what goes with it */
  gboolean doubt; /* it may be there already */
  gboolean crowded;
  gint64 next_at;
  gint64 attempts;
} Due;

static void
due_clear (Due *due)
{
  g_free (due->id);
  g_free (due->target_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Due, due_clear)

static gboolean
find_next (OsyDbTx *tx, gint64 now, Due *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id, target_id, status = 'HELD' OR digest_id = id AS held, "
                    "asked OR EXISTS (SELECT FROM alert_message j "
                    "  WHERE j.restaurant_id = app_restaurant() AND j.digest_id = m.id "
                    "    AND j.asked) AS asked, doubt, crowded, next_at, attempts "
                    "FROM alert_message m WHERE restaurant_id = app_restaurant() AND next_at <= $1 "
                    "ORDER BY next_at, created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
                    OSY_PARAMS (OSY_P_TIME (now)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    *ret = (Due){.id = g_strdup (osy_db_rows_text (rows, 0, "id")),
                 .target_id = g_strdup (osy_db_rows_text (rows, 0, "target_id")),
                 .held = osy_db_rows_bool (rows, 0, "held"),
                 .asked = osy_db_rows_bool (rows, 0, "asked"),
                 .doubt = osy_db_rows_bool (rows, 0, "doubt"),
                 .crowded = osy_db_rows_bool (rows, 0, "crowded"),
                 .next_at = osy_db_rows_time (rows, 0, "next_at"),
                 .attempts = osy_db_rows_int (rows, 0, "attempts")};
  return TRUE;
}

/* Whether it comes too late to be of use: long after it should have been told, or of what is over.
 * What quiet hours held back is told all the same, with its times; so is what somebody asks for. */
static gboolean
is_stale (const Due *due, GPtrArray *alerts, gint64 now)
{
  gint64 since = due->held ? due->next_at : 0;
  gboolean over = TRUE;
  gboolean test = FALSE;

  for (guint i = 0; i < alerts->len; i++) {
    const OsyAlert *alert = alerts->pdata[i];
    since = MAX (since, alert->raised_at);
    over = over && osy_alert_is_over (alert);
    test = test || alert->kind == OSY_ALERT_TEST;
  }
  if (due->asked)
    return FALSE;
  return now - since > (test ? TEST_AGE_US : MAX_AGE_US) ||
         (over && !due->held && alerts->len == 1);
}

static gboolean
mark (OsyDbTx *tx, const char *id, const OsyAlertTarget *target, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_message SET attempts = attempts + 1, doubt = true, "
                      "next_at = $2, incident = CASE WHEN $3 THEN 'OPEN' END, resolve_at = NULL "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (now + OSY_ALERT_LEASE_US),
                                  OSY_P_BOOL (target->channel == OSY_ALERT_PAGERDUTY)),
                      NULL, error);
}

static gboolean
fill (OsyDbTx *tx,
      const OsyAlertRoom *room,
      OsyAlertNote *note,
      const OsyAlertReader *reader,
      OsyFetchCall *call,
      GError **error)
{
  if (!join_held (tx, call->id, reader->now, error) ||
      !mark (tx, call->id, note->target, reader->now, error))
    return FALSE;
  g_autoptr (GPtrArray) all = osy_alert_store_of_message (tx, call->id, error);
  if (all == NULL)
    return FALSE;
  g_autofree char *text = osy_alert_digest_words (all, reader);
  note->alerts = all;
  note->text = text;
  osy_alert_note_call (note, room, call);
  return TRUE;
}

/* As find_room(); what may be there already, is asked for or urgent has room at all times. */
static gboolean
find_room_for (OsyDbTx *tx,
               const Due *due,
               GPtrArray *alerts,
               gint64 most,
               gint64 *end,
               GError **error)
{
  *end = 0;
  return due->asked || due->doubt || is_urgent (alerts) ||
         find_room (tx, due->target_id, most, osy_clock_now (), end, error);
}

static gboolean
make_call (OsyDbTx *tx,
           const OsyAlertRoom *room,
           const Due *due,
           OsyFetchCall *call,
           GError **error)
{
  OsyAlertSetup setup;
  gint64 now = osy_clock_now ();
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop == NULL || !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  g_autoptr (GPtrArray) alerts = osy_alert_store_of_message (tx, due->id, error);
  g_autoptr (OsyAlertTarget) target =
      alerts != NULL ? osy_alert_target_get (tx, room->ring, due->target_id, error) : NULL;
  if (target == NULL)
    return FALSE;
  if (target->unreadable) {
    g_warning ("recipient %s of alerts cannot be read and is told nothing", due->target_id);
    return finish (tx, due->id, "DEAD", 0, "UNREADABLE", error);
  }
  if (is_stale (due, alerts, now))
    return finish (tx, due->id, "DROPPED", 0, NULL, error);
  const char *zone = osy_shop_data (shop)->time_zone;
  gint64 quiet_end = osy_alert_quiet_end (&setup.quiet, now, zone);
  if (quiet_end > 0 && !may_wake (&setup, alerts))
    return setup.quiet.drops && !due->asked ? finish (tx, due->id, "DROPPED", 0, NULL, error)
                                            : hold (tx, due->id, quiet_end, FALSE, error);
  gint64 room_at = 0;
  if (!find_room_for (tx, due, alerts, setup.limits.messages, &room_at, error))
    return FALSE;
  if (room_at > 0)
    return hold (tx, due->id, room_at, TRUE, error);
  OsyAlertNote note = {
      .id = due->id, .target = target, .shop = osy_shop_data (shop)->name, .doubt = due->doubt};
  const OsyAlertReader reader = {
      .language = setup.language, .zone = zone, .now = now, .crowded = due->crowded};
  return fill (tx, room, &note, &reader, call, error);
}

static gboolean
take (OsyDbTx *tx, gpointer data, OsyFetchCall **ret, GError **error)
{
  const OsyAlertRoom *room = data;
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  g_auto (Due) due = {NULL};
  gint64 sent_at = 0;

  if (!find_next (tx, osy_clock_now (), &due, error))
    return FALSE;
  if (due.id == NULL)
    return osy_alert_incident_take (tx, room, ret, error);
  call->id = g_strdup (due.id);
  if (osy_alert_sent_at (room->sent, due.id, &sent_at)) {
    if (!note_sent (tx, room, due.id, sent_at, error))
      return FALSE;
  } else if (due.attempts > 0 && osy_alert_retry_at (0, due.attempts) == 0) {
    /* Each try ended with us. */
    if (!give_up (tx, due.id, "NO_ANSWER", due.doubt, error))
      return FALSE;
  } else if (!make_call (tx, room, &due, call, error)) {
    return FALSE;
  }
  *ret = g_steal_pointer (&call);
  return TRUE;
}

/* ---- what became of it ---- */

/** What became of a call. */
typedef struct {
  OsyAlertOutcome outcome;
  gboolean doubt;  /* it may have arrived */
  gboolean absent; /* it was looked for and is not there: it may go at once */
  char *problem;   /* nullable */
} Fate;

static void
fate_clear (Fate *fate)
{
  g_free (fate->problem);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fate, fate_clear)

static Fate
fate_of (const OsyFetchCall *call)
{
  Fate fate = {.outcome = OSY_ALERT_AGAIN};

  if (!osy_alert_sms_is (call)) {
    fate.outcome = osy_alert_alimtalk_is (call) ? osy_alert_alimtalk_judge (call, &fate.problem)
                                                : osy_alert_outcome_of (call, &fate.problem);
    fate.doubt = call->status == 0 && osy_error_is (call->error, OSY_ERROR_TIMEOUT);
    return fate;
  }
  OsyAlertSmsFate sms = osy_alert_sms_judge (call, &fate.problem);
  fate.doubt = sms == OSY_ALERT_SMS_UNKNOWN;
  fate.absent = sms == OSY_ALERT_SMS_ABSENT;
  if (sms == OSY_ALERT_SMS_TAKEN)
    fate.outcome = OSY_ALERT_TAKEN;
  else if (sms == OSY_ALERT_SMS_REFUSED)
    fate.outcome = OSY_ALERT_REFUSED;
  return fate;
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

static void
heard (gpointer data, const OsyFetchCall *call)
{
  const OsyAlertRoom *room = data;
  g_auto (Fate) fate = fate_of (call);

  if (osy_alert_incident_is (call))
    osy_alert_incident_heard (room, call);
  else if (fate.outcome == OSY_ALERT_TAKEN)
    osy_alert_sent_add (room->sent, call->id, osy_clock_now ());
}

static gboolean
done (OsyDbTx *tx, gpointer data, const OsyFetchCall *call, GError **error)
{
  const OsyAlertRoom *room = data;
  gint64 now = osy_clock_now ();
  gint64 attempts = 0;
  g_auto (Fate) fate = fate_of (call);

  if (osy_alert_incident_is (call))
    return osy_alert_incident_done (tx, room, call, error);
  if (fate.outcome == OSY_ALERT_TAKEN)
    return note_sent (tx, room, call->id, now, error);
  if (!read_attempts (tx, call->id, &attempts, error))
    return FALSE;
  gint64 again = fate.absent                       ? now
                 : fate.outcome == OSY_ALERT_AGAIN ? osy_alert_retry_at (now, attempts)
                                                   : 0;
  if (again == 0)
    return give_up (tx, call->id, fate.problem, fate.doubt, error);
  osy_db_tx_on_commit (tx, count_message, (gpointer) "WAITING", NULL);
  /* Unless its recipient was removed meanwhile. */
  return osy_db_exec (
      tx,
      "UPDATE alert_message SET next_at = CASE WHEN id = $1::uuid THEN $2::timestamptz END, "
      "problem = $3, doubt = $4 WHERE restaurant_id = app_restaurant() "
      "AND (id = $1::uuid OR digest_id = $1::uuid) AND status <> 'DROPPED'",
      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TIME (again), OSY_P_TEXT (fate.problem),
                  OSY_P_BOOL (fate.doubt)),
      NULL, error);
}

const OsyFetchQueueRoom osy_alert_messages = {due, take, done, heard};
