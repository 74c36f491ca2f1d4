/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of reports and of where they went. */

#include "osy-report-store.h"

#include "osy-alert.h"
#include "osy-analytics-store.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-report-room.h"

/* Longer than any folder and any service take. */
#define LEASE_US (5 * G_TIME_SPAN_MINUTE)
/* So many that were missed are told of. */
#define MOST_MISSED 30
/* Sums that lag for so long are not waited for any more. */
#define PATIENCE_US (10 * G_TIME_SPAN_MINUTE)

const char *const osy_report_targets[] = {"FOLDER", "EMAIL", NULL};

void
osy_report_parcel_free (OsyReportParcel *self)
{
  g_free (self->id);
  g_free (self->day);
  g_free (self);
}

OsyMetric osy_reports = {.name = "ordersync_reports_total",
                         .help = "Reports made, and what came of sending them.",
                         .kind = OSY_METRIC_COUNTER,
                         .labels = {"outcome"}};

static gboolean
count_cb (gpointer outcome)
{
  osy_metric_count (&osy_reports, outcome);
  return G_SOURCE_REMOVE;
}

/* @outcome: static. */
static void
count (OsyDbTx *tx, const char *outcome)
{
  osy_db_tx_on_commit (tx, count_cb, (gpointer)outcome, NULL);
}

/* ---- making ---- */

static gboolean
address (OsyDbTx *tx, const OsyReportSetup *setup, const char *report_id, GError **error)
{
  const gboolean wanted[OSY_N_REPORT_TARGETS] = {setup->folder != NULL, setup->mails};

  for (int target = 0; target < OSY_N_REPORT_TARGETS; target++) {
    g_autofree char *id = osy_id_new ();
    if (wanted[target] &&
        !osy_db_exec (
            tx,
            "INSERT INTO report_delivery (restaurant_id, id, report_id, target, status, attempts, "
            "next_at) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, 'WAITING', 0, $4) "
            "ON CONFLICT (restaurant_id, report_id, target) DO UPDATE SET status = 'WAITING', "
            "attempts = 0, next_at = excluded.next_at, sent_at = NULL, problem = NULL",
            OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (report_id),
                        OSY_P_TEXT (osy_report_targets[target]), OSY_P_TIME (osy_clock_now ())),
            NULL, error))
      return FALSE;
  }
  return TRUE;
}

/* *@id: (transfer full) (nullable): NULL when it was made before. */
static gboolean
add (OsyDbTx *tx, OsyReportKind kind, const char *day, gint64 due_at, char **id, GError **error)
{
  g_autofree char *made = osy_id_new ();
  gint64 added = 0;

  if (!osy_db_exec (tx,
                    "INSERT INTO report (restaurant_id, id, kind, day, due_at, made_at) "
                    "VALUES (app_restaurant(), $1::uuid, $2, $3::date, $4, $5) "
                    "ON CONFLICT (restaurant_id, kind, day) DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (made), OSY_P_TEXT (osy_report_kinds[kind]),
                                OSY_P_TEXT (day), OSY_P_TIME (due_at),
                                OSY_P_TIME (osy_clock_now ())),
                    &added, error))
    return FALSE;
  *id = added > 0 ? g_steal_pointer (&made) : NULL;
  return TRUE;
}

/* Days between the first one and @day of which none was made: this program was not there. */
static gboolean
note_missed (OsyDbTx *tx,
             OsyReportKind kind,
             const OsyReportPlan *plan,
             const char *day,
             gint64 due_at,
             GError **error)
{
  const int step = osy_report_plan_step (kind);

  return osy_db_exec (tx,
                      "INSERT INTO report (restaurant_id, id, kind, day, due_at) "
                      "SELECT app_restaurant(), gen_random_uuid(), $1, d::date, "
                      "$4::timestamptz - ($3::date - d::date) * interval '1 day' "
                      "FROM generate_series(greatest($2::date, $3::date - $5::int * $6::int), "
                      "  $3::date - $5::int, $5::int * interval '1 day') d "
                      "ON CONFLICT (restaurant_id, kind, day) DO NOTHING",
                      OSY_PARAMS (OSY_P_TEXT (osy_report_kinds[kind]), OSY_P_TEXT (plan->since),
                                  OSY_P_TEXT (day), OSY_P_TIME (due_at), OSY_P_INT (step),
                                  OSY_P_INT (MOST_MISSED)),
                      NULL, error);
}

gboolean
osy_report_store_plan (OsyDbTx *tx,
                       const OsyReportSetup *setup,
                       OsyShop *shop,
                       gboolean *made,
                       GError **error)
{
  const OsyReportClock clock = osy_report_clock_of (shop);
  const gint64 now = osy_clock_now ();

  *made = FALSE;
  for (int kind = 0; kind < OSY_N_REPORTS; kind++) {
    const OsyReportPlan *plan = &setup->plans[kind];
    g_autofree char *id = NULL;
    gboolean behind = FALSE;
    gint64 due_at;
    if (!plan->on)
      continue;
    g_autofree char *day = osy_report_plan_newest (kind, plan, &clock, now, &due_at);
    if (g_strcmp0 (day, plan->since) < 0)
      continue;
    if (!osy_analytics_store_is_behind (tx, &behind, error))
      return FALSE;
    if (behind && now - due_at < PATIENCE_US)
      continue;
    if (!add (tx, kind, day, due_at, &id, error))
      return FALSE;
    if (id == NULL)
      continue;
    *made = TRUE;
    count (tx, "MADE");
    if (!address (tx, setup, id, error) || !note_missed (tx, kind, plan, day, due_at, error))
      return FALSE;
  }
  return TRUE;
}

char *
osy_report_store_make (OsyDbTx *tx,
                       const OsyReportSetup *setup,
                       OsyReportKind kind,
                       const char *day,
                       GError **error)
{
  g_autofree char *fresh = NULL;
  g_autoptr (OsyDbRows) rows = NULL;

  if (!add (tx, kind, day, osy_clock_now (), &fresh, error))
    return NULL;
  rows = osy_db_query (tx,
                       "UPDATE report SET made_at = coalesce(made_at, $3) "
                       "WHERE restaurant_id = app_restaurant() AND kind = $1 AND day = $2::date "
                       "RETURNING id",
                       OSY_PARAMS (OSY_P_TEXT (osy_report_kinds[kind]), OSY_P_TEXT (day),
                                   OSY_P_TIME (osy_clock_now ())),
                       error);
  if (rows == NULL || !address (tx, setup, osy_db_rows_text (rows, 0, "id"), error))
    return NULL;
  count (tx, "MADE");
  return g_strdup (osy_db_rows_text (rows, 0, "id"));
}

/* ---- on the way ---- */

static OsyReportParcel *
read_parcel (const OsyDbRows *rows)
{
  OsyReportParcel *self = g_new0 (OsyReportParcel, 1);

  self->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  self->day = g_strdup (osy_db_rows_text (rows, 0, "day"));
  self->kind = g_str_equal (osy_db_rows_text (rows, 0, "kind"), "WEEKLY") ? OSY_REPORT_WEEKLY
                                                                          : OSY_REPORT_DAILY;
  self->attempts = osy_db_rows_int (rows, 0, "attempts");
  return self;
}

gboolean
osy_report_store_take (OsyDbTx *tx, OsyReportTarget target, OsyReportParcel **ret, GError **error)
{
  const gint64 now = osy_clock_now ();
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE report_delivery d SET attempts = attempts + 1, next_at = $3 FROM report r "
      "WHERE d.restaurant_id = app_restaurant() AND d.id = (SELECT id FROM report_delivery "
      "  WHERE restaurant_id = app_restaurant() AND target = $1 AND next_at <= $2 "
      "  ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) "
      "AND r.restaurant_id = app_restaurant() AND r.id = d.report_id "
      "RETURNING d.id, r.kind, r.day, d.attempts",
      OSY_PARAMS (OSY_P_TEXT (osy_report_targets[target]), OSY_P_TIME (now),
                  OSY_P_TIME (now + LEASE_US)),
      error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0)
    *ret = read_parcel (rows);
  return TRUE;
}

OsyReportParcel *
osy_report_store_parcel (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT d.id, r.kind, r.day, d.attempts FROM report_delivery d JOIN report r "
                    "ON r.restaurant_id = app_restaurant() AND r.id = d.report_id "
                    "WHERE d.restaurant_id = app_restaurant() AND d.id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) > 0)
    return read_parcel (rows);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such report.");
  return NULL;
}

gboolean
osy_report_store_sent (OsyDbTx *tx, const char *id, gint64 at, GError **error)
{
  count (tx, "SENT");
  return osy_db_exec (tx,
                      "UPDATE report_delivery SET status = 'SENT', sent_at = $2, next_at = NULL, "
                      "problem = NULL WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (at)), NULL, error);
}

gboolean
osy_report_store_failed (OsyDbTx *tx,
                         const OsyReportParcel *parcel,
                         const char *problem,
                         gboolean for_good,
                         GError **error)
{
  gint64 again = for_good ? 0 : osy_alert_retry_at (osy_clock_now (), parcel->attempts);

  if (again == 0)
    count (tx, "FAILED");
  return osy_db_exec (
      tx,
      "UPDATE report_delivery SET status = CASE WHEN $2::timestamptz IS NULL THEN 'DEAD' "
      "ELSE 'WAITING' END, next_at = $2, problem = $3 "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (parcel->id), OSY_P_TIME (again), OSY_P_TEXT (problem)), NULL, error);
}

/* ---- the list ---- */

static void
set_time (JsonObject *object, const char *name, const OsyDbRows *rows, guint i)
{
  if (osy_db_rows_is_null (rows, i, name)) {
    json_object_set_null_member (object, name);
    return;
  }
  g_autofree char *text = osy_clock_format (osy_db_rows_time (rows, i, name));
  json_object_set_string_member (object, name, text);
}

static JsonObject *
delivery_to_json (const OsyDbRows *rows, guint i)
{
  JsonObject *object = json_object_new ();
  const char *status = osy_db_rows_text (rows, i, "status");
  gint64 attempts = osy_db_rows_int (rows, i, "attempts");
  gboolean retry = g_str_equal (status, "WAITING") && !osy_db_rows_is_null (rows, i, "problem");

  json_object_set_string_member (object, "target", osy_db_rows_text (rows, i, "target"));
  json_object_set_string_member (object, "status", retry ? "RETRY" : status);
  json_object_set_int_member (object, "attempts", attempts);
  if (osy_db_rows_is_null (rows, i, "problem"))
    json_object_set_null_member (object, "problem");
  else
    json_object_set_string_member (object, "problem", osy_db_rows_text (rows, i, "problem"));
  set_time (object, "next_at", rows, i);
  set_time (object, "sent_at", rows, i);
  return object;
}

static JsonObject *
report_to_json (const OsyDbRows *rows, guint i)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", osy_db_rows_text (rows, i, "id"));
  json_object_set_string_member (object, "kind", osy_db_rows_text (rows, i, "kind"));
  json_object_set_string_member (object, "day", osy_db_rows_text (rows, i, "day"));
  set_time (object, "due_at", rows, i);
  set_time (object, "made_at", rows, i);
  json_object_set_array_member (object, "deliveries", json_array_new ());
  return object;
}

JsonNode *
osy_report_store_list (OsyDbTx *tx, const char *id, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT r.id, r.kind, r.day, r.due_at, r.made_at, d.target, d.status, d.attempts, d.problem, "
      "  d.next_at, d.sent_at FROM (SELECT * FROM report WHERE restaurant_id = app_restaurant() "
      "    AND ($1::uuid IS NULL OR id = $1::uuid) ORDER BY due_at DESC, id DESC LIMIT $2) r "
      "LEFT JOIN report_delivery d ON d.restaurant_id = app_restaurant() AND d.report_id = r.id "
      "ORDER BY r.due_at DESC, r.id DESC, d.target DESC",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_INT (limit)), error);
  JsonObject *report = NULL;

  if (rows == NULL)
    return NULL;
  JsonArray *reports = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const char *of = osy_db_rows_text (rows, i, "id");
    if (report == NULL || !g_str_equal (json_object_get_string_member (report, "id"), of)) {
      report = report_to_json (rows, i);
      json_array_add_object_element (reports, report);
    }
    if (!osy_db_rows_is_null (rows, i, "target"))
      json_array_add_object_element (json_object_get_array_member (report, "deliveries"),
                                     delivery_to_json (rows, i));
  }
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "reports", reports);
  return osy_json_take_object (body);
}

gboolean
osy_report_sweep_old (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM report WHERE restaurant_id = app_restaurant() AND due_at < $1",
                      OSY_PARAMS (OSY_P_TIME (before)), NULL, error);
}
