/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the parts of the house are, for the shop that asks: counts and times, nothing of a person. */

#include "osy-daemon-health.h"

#include <string.h>
#include <sys/statvfs.h>

#include "config.h"

#include "osy-clock.h"
#include "osy-json.h"

/* What waits longer than this does not wait as usual. */
#define EVENTS_LATE (30 * G_TIME_SPAN_SECOND)
#define PAYMENTS_LATE (2 * G_TIME_SPAN_MINUTE)
#define SLIPS_LATE (2 * G_TIME_SPAN_MINUTE)
/* PostgreSQL stops on a full disk; before that there is time to make room. */
#define DISK_LOW (2 * G_GINT64_CONSTANT (1073741824))

/* One look, and what came of it. */
typedef struct {
  OsyDaemonRoom *room;
  OsyHttpRequest *http;
  OsyDbRows *rows; /* (nullable): the database did not answer */
  gint64 asked;    /* monotonic µs */
} Report;

typedef struct {
  const char *part;
  const char *count;  /* column: how many wait */
  const char *since;  /* column: since when the oldest of them does */
  const char *failed; /* (nullable) column: how many will not go on by themselves */
  gint64 late;        /* µs after which waiting is no longer usual; 0: any that waits is */
} Queue;

static const Queue queues[] = {
    {"EVENTS", "events", "events_since", NULL, EVENTS_LATE},
    {"PRINTING", "slips", "slips_since", "slips_failed", SLIPS_LATE},
    {"PAYMENTS", "payments", "payments_since", NULL, PAYMENTS_LATE},
    {"ORDERS", "orders", "orders_since", NULL, 0},
    {"ALERTS", "alerts", "alerts_since", "alerts_failed", 0},
    {"REPORTS", "reports", "reports_since", "reports_failed", 0},
};

static JsonObject *
add_part (JsonArray *parts, const char *part, const char *state)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "part", part);
  json_object_set_string_member (object, "state", state);
  json_array_add_object_element (parts, object);
  return object;
}

static void
add_queue (JsonArray *parts, const Queue *queue, const OsyDbRows *rows, gint64 now)
{
  gint64 waiting = osy_db_rows_int (rows, 0, queue->count);
  gint64 failed = queue->failed != NULL ? osy_db_rows_int (rows, 0, queue->failed) : 0;
  gint64 since = waiting > 0 ? osy_db_rows_time (rows, 0, queue->since) : 0;
  gboolean late = since != 0 && now - since >= queue->late;
  JsonObject *object = add_part (parts, queue->part, failed > 0 || late ? "BAD" : "GOOD");

  json_object_set_int_member (object, "waiting", waiting);
  if (queue->failed != NULL)
    json_object_set_int_member (object, "failed", failed);
  if (since != 0) {
    g_autofree char *text = osy_clock_format (since);
    json_object_set_string_member (object, "since", text);
  }
}

static void
add_disk (JsonArray *parts, const char *data_dir)
{
  struct statvfs disk;

  if (data_dir == NULL || statvfs (data_dir, &disk) != 0)
    return;
  gint64 free_bytes = (gint64)(disk.f_bavail * disk.f_frsize);
  JsonObject *object = add_part (parts, "DISK", free_bytes < DISK_LOW ? "BAD" : "GOOD");
  json_object_set_int_member (object, "free_bytes", free_bytes);
}

/* Of the payment service what was asked in vain counts, whenever it is asked next; a deposit is
 * waited for as long as its guest takes. A message or report is late once it was tried in vain. */
static OsyDbRows *
look (OsyDbTx *tx, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT pg_database_size(current_database()) AS size, events.*, slips.*, payments.*, "
      "  orders.*, alerts.*, reports.* FROM "
      "(SELECT count(*) AS events, min(received_at) AS events_since FROM inbox "
      "  WHERE restaurant_id = app_restaurant() AND done_at IS NULL) events, "
      "(SELECT count(*) FILTER (WHERE status <> 'FAILED') AS slips, "
      "  min(created_at) FILTER (WHERE status <> 'FAILED') AS slips_since, "
      "  count(*) FILTER (WHERE status = 'FAILED') AS slips_failed FROM print_job "
      "  WHERE restaurant_id = app_restaurant() "
      "  AND status IN ('QUEUED', 'PRINTING', 'FAILED')) slips, "
      "(SELECT count(*) AS payments, min(t.since) AS payments_since FROM payment_task t "
      "  LEFT JOIN payment p ON p.restaurant_id = t.restaurant_id AND p.id = t.payment_id "
      "  WHERE t.restaurant_id = app_restaurant() AND (t.next_at <= $1 OR t.attempts > 0) "
      "  AND p.status IS DISTINCT FROM 'WAITING_FOR_DEPOSIT') payments, "
      "(SELECT count(*) AS orders, min(attention_since) AS orders_since FROM saga "
      "  WHERE restaurant_id = app_restaurant() AND needs_attention IS NOT NULL) orders, "
      "(SELECT count(*) FILTER (WHERE status = 'WAITING') AS alerts, "
      "  min(created_at) FILTER (WHERE status = 'WAITING' AND attempts >= 3) AS alerts_since, "
      "  count(*) FILTER (WHERE status = 'DEAD') AS alerts_failed FROM alert_message "
      "  WHERE restaurant_id = app_restaurant() AND created_at > $1 - interval '1 day') alerts, "
      "(SELECT count(*) FILTER (WHERE d.status = 'WAITING') AS reports, "
      "  min(r.made_at) FILTER (WHERE d.status = 'WAITING' AND d.attempts >= 3) AS reports_since, "
      "  count(*) FILTER (WHERE d.status = 'DEAD') AS reports_failed FROM report r "
      "  JOIN report_delivery d ON d.restaurant_id = r.restaurant_id AND d.report_id = r.id "
      "  WHERE r.restaurant_id = app_restaurant() AND r.due_at > $1 - interval '1 day') reports",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

static gboolean
look_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Report *report = data;

  g_clear_pointer (&report->rows, osy_db_rows_free);
  report->rows = look (tx, error);
  return report->rows != NULL;
}

static void
add_database (JsonArray *parts, const Report *report)
{
  JsonObject *database = add_part (parts, "DATABASE", report->rows != NULL ? "GOOD" : "BAD");

  if (report->rows == NULL)
    return;
  json_object_set_int_member (database, "size_bytes", osy_db_rows_int (report->rows, 0, "size"));
  json_object_set_int_member (database, "answer_us", g_get_monotonic_time () - report->asked);
}

static JsonNode *
report_to_json (const Report *report)
{
  const OsyDaemonRoom *room = report->room;
  const char *edge = osy_daemon_edge_word (room);
  gint64 now = osy_clock_now ();
  g_autofree char *now_text = osy_clock_format (now);
  g_autofree char *started = osy_clock_format (room->started_at);
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();

  json_object_set_string_member (object, "version", OSY_VERSION);
  json_object_set_string_member (object, "now", now_text);
  json_object_set_string_member (object, "started_at", started);
  add_database (parts, report);
  add_disk (parts, room->data_dir);
  for (gsize i = 0; report->rows != NULL && i < G_N_ELEMENTS (queues); i++)
    add_queue (parts, &queues[i], report->rows, now);
  add_part (parts, "NETWORK",
            g_str_equal (edge, "up")    ? "GOOD"
            : g_str_equal (edge, "off") ? "OFF"
                                        : "BAD");
  json_object_set_array_member (object, "parts", parts);
  return osy_json_take_object (object);
}

/* A database that is away is what is to be told, so it is no error. */
static void
looked_cb (GObject *pool, GAsyncResult *result, gpointer data)
{
  g_autofree Report *report = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error)) {
    g_clear_pointer (&report->rows, osy_db_rows_free);
    g_message ("how the parts are could not be asked: %s", error->message);
  }
  g_autoptr (JsonNode) body = report_to_json (report);
  osy_http_reply_json (report->http, 200, body);
  g_clear_pointer (&report->rows, osy_db_rows_free);
  osy_http_request_unref (report->http);
}

static void
get_report (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;
  OsyPrincipal *principal = osy_http_request_principal (http);
  const OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (principal),
                            .user_id = osy_principal_user_id (principal),
                            .read_only = TRUE};
  Report *report = g_new0 (Report, 1);

  report->room = room;
  report->http = osy_http_request_ref (http);
  report->asked = g_get_monotonic_time ();
  osy_db_pool_run_async (room->pool, &scope, look_work, report, NULL, NULL, looked_cb, report);
}

const OsyRoute osy_daemon_health_routes[] = {
    {"GET", "/api/v1/restaurants/me/health", "getHealthReport", OSY_PERM_SHOP_READ, 0, get_report},
    {NULL},
};
