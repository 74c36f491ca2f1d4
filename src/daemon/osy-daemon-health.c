/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the parts of the house are, for the shop that asks: counts and times, nothing of a person. */

#include "osy-daemon-health.h"

#include <string.h>
#include <sys/statvfs.h>

#include "config.h"

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-json.h"

/* What waits longer than this does not wait as usual. */
#define EVENTS_LATE (30 * G_TIME_SPAN_SECOND)
#define PAYMENTS_LATE (2 * G_TIME_SPAN_MINUTE)
#define SLIPS_LATE (2 * G_TIME_SPAN_MINUTE)
/* PostgreSQL stops on a full disk; before that there is time to make room. */
#define DISK_LOW (2 * G_GINT64_CONSTANT (1073741824))

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
    {"ALERTS", "alerts", "alerts_since", "alerts_failed", G_TIME_SPAN_HOUR},
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
  gboolean late = waiting > 0 && now - since >= queue->late;
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

/* One look at each queue of the shop, by its index. */
static OsyDbRows *
look (OsyDbTx *tx, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT pg_database_size(current_database()) AS size, events.*, slips.*, payments.*, "
      "  orders.*, alerts.* FROM "
      "(SELECT count(*) AS events, min(received_at) AS events_since FROM inbox "
      "  WHERE restaurant_id = app_restaurant() AND done_at IS NULL) events, "
      "(SELECT count(*) FILTER (WHERE status <> 'FAILED') AS slips, "
      "  min(created_at) FILTER (WHERE status <> 'FAILED') AS slips_since, "
      "  count(*) FILTER (WHERE status = 'FAILED') AS slips_failed FROM print_job "
      "  WHERE restaurant_id = app_restaurant() "
      "  AND status IN ('QUEUED', 'PRINTING', 'FAILED')) slips, "
      "(SELECT count(*) AS payments, min(since) AS payments_since FROM payment_task "
      "  WHERE restaurant_id = app_restaurant() AND next_at <= $1) payments, "
      "(SELECT count(*) AS orders, min(attention_since) AS orders_since FROM saga "
      "  WHERE restaurant_id = app_restaurant() AND next_at IS NOT NULL "
      "  AND needs_attention IS NOT NULL) orders, "
      "(SELECT count(*) FILTER (WHERE status = 'WAITING') AS alerts, "
      "  min(created_at) FILTER (WHERE status = 'WAITING') AS alerts_since, "
      "  count(*) FILTER (WHERE status = 'DEAD') AS alerts_failed FROM alert_message "
      "  WHERE restaurant_id = app_restaurant() AND created_at > $1 - interval '1 day') alerts",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

static gboolean
report (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const OsyDaemonRoom *room = data;
  gint64 asked = g_get_monotonic_time ();
  g_autoptr (OsyDbRows) rows = look (tx, error);
  gint64 now = osy_clock_now ();
  const char *edge = osy_daemon_edge_word (room);

  if (rows == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();
  g_autofree char *now_text = osy_clock_format (now);
  g_autofree char *started = osy_clock_format (room->started_at);
  json_object_set_string_member (object, "version", OSY_VERSION);
  json_object_set_string_member (object, "now", now_text);
  json_object_set_string_member (object, "started_at", started);
  JsonObject *database = add_part (parts, "DATABASE", "GOOD");
  json_object_set_int_member (database, "size_bytes", osy_db_rows_int (rows, 0, "size"));
  json_object_set_int_member (database, "answer_us", g_get_monotonic_time () - asked);
  add_disk (parts, room->data_dir);
  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    add_queue (parts, &queues[i], rows, now);
  add_part (parts, "NETWORK",
            g_str_equal (edge, "up")    ? "GOOD"
            : g_str_equal (edge, "off") ? "OFF"
                                        : "BAD");
  json_object_set_array_member (object, "parts", parts);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
get_report (OsyHttpRequest *http, gpointer data)
{
  OsyDaemonRoom *room = data;

  osy_api_run (http, room->pool, NULL, report, room, NULL);
}

const OsyRoute osy_daemon_health_routes[] = {
    {"GET", "/api/v1/restaurants/me/health", "getHealthReport", OSY_PERM_SHOP_READ, 0, get_report},
    {NULL},
};
