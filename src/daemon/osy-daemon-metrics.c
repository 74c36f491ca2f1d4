/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* /metrics: what the daemon itself counts, and the list of all that is counted. What only the
 * database knows is looked up by a job, so that a scrape reads memory alone. */

#include "osy-daemon-metrics.h"
#include "osy-daemon-traces.h"

#include <string.h>

#include "config.h"

#include "osy-auth-watch.h"
#include "osy-clock.h"
#include "osy-daemon-watch.h"
#include "osy-event-relay.h"
#include "osy-id.h"
#include "osy-payment-driver.h"
#include "osy-saga-metrics.h"
#include "osy-alert-room.h"
#include "osy-report-room.h"
#include "osy-threat-service.h"

#define GAUGE(variable, text, what) \
  static OsyMetric variable = {.name = (text), .help = (what), .kind = OSY_METRIC_GAUGE}
#define GAUGES(variable, text, what, label) \
  static OsyMetric variable = {             \
      .name = (text), .help = (what), .kind = OSY_METRIC_GAUGE, .labels = {label}}
#define COUNTERS(variable, text, what, ...) \
  static OsyMetric variable = {             \
      .name = (text), .help = (what), .kind = OSY_METRIC_COUNTER, .labels = {__VA_ARGS__}}

#define MINUTE G_TIME_SPAN_MINUTE

/* An order takes minutes. */
static const gint64 order_bounds[] = {MINUTE,
                                      3 * MINUTE,
                                      5 * MINUTE,
                                      10 * MINUTE,
                                      15 * MINUTE,
                                      20 * MINUTE,
                                      30 * MINUTE,
                                      45 * MINUTE,
                                      60 * MINUTE,
                                      120 * MINUTE,
                                      0};

/* Whatever strangers ask for: each route has one method, and an answer is of one of five classes;
 * beside them is what has no route. Some 230 routes make no more than this. */
#define MAX_HTTP_SERIES 2000

static OsyMetric http_seconds = {.name = "http_request_duration_seconds",
                                 .help = "Requests, from their first byte to their answer.",
                                 .kind = OSY_METRIC_HISTOGRAM,
                                 .labels = {"method", "endpoint", "status"},
                                 .bounds = osy_metric_durations,
                                 .unit = G_USEC_PER_SEC,
                                 .max_series = MAX_HTTP_SERIES};
static OsyMetric order_seconds = {.name = "ordersync_order_processing_seconds",
                                  .help = "From an order's placing to its end, by how it ended.",
                                  .kind = OSY_METRIC_HISTOGRAM,
                                  .labels = {"outcome"},
                                  .bounds = order_bounds,
                                  .unit = G_USEC_PER_SEC};
static OsyMetric relay_delay = {.name = "ordersync_relay_delay_seconds",
                                .help = "From an event's commit to its publishing.",
                                .kind = OSY_METRIC_HISTOGRAM,
                                .bounds = osy_metric_durations,
                                .unit = G_USEC_PER_SEC};
COUNTERS (funnel,
          "ordersync_funnel_total",
          "Steps of guests: menu_viewed, order_sent, order_placed.",
          "step");
COUNTERS (events, "ordersync_events_total", "Events published, by type.", "type");
COUNTERS (payments,
          "ordersync_payments_total",
          "News of payments and refunds, by outcome.",
          "outcome");
COUNTERS (limited, "ordersync_requests_limited_total", "Requests refused for their pace.", "class");
GAUGES (active_orders, "active_orders", "Orders that are open, by state.", "status");
GAUGES (sagas, "ordersync_sagas", "Sagas that are not over, by step.", "step");
GAUGE (attention, "ordersync_sagas_attention", "Sagas that need a person.");
GAUGES (print_queue, "ordersync_print_queue", "Slips that are not printed, by state.", "status");
GAUGE (relay_lag, "ordersync_relay_lag", "Events committed and not yet published.");
GAUGE (handler_lag, "ordersync_handler_lag", "Events published and not yet handled.");
GAUGE (looked, "ordersync_database_seen_seconds", "When the database last answered, Unix time.");
GAUGE (in_flight, "ordersync_requests_in_flight", "Requests being handled.");
GAUGE (websockets, "ordersync_websockets", "Open WebSockets.");
GAUGE (listeners, "ordersync_feed_subscribers", "Screens that follow the feed of a shop.");
GAUGE (pending, "ordersync_orders_pending_commit", "Orders waiting for their commit.");
GAUGE (limit_keys, "ordersync_limit_keys", "Clients and sessions whose pace is known.");
GAUGES (build, "ordersync_build_info", "Always 1; its label says what runs.", "version");

static OsyMetric *const own[] = {&http_seconds,
                                 &order_seconds,
                                 &relay_delay,
                                 &funnel,
                                 &events,
                                 &payments,
                                 &limited,
                                 &active_orders,
                                 &sagas,
                                 &attention,
                                 &print_queue,
                                 &relay_lag,
                                 &handler_lag,
                                 &looked,
                                 &in_flight,
                                 &websockets,
                                 &listeners,
                                 &pending,
                                 &limit_keys,
                                 &build,
                                 &osy_metric_cache,
                                 &osy_auth_failures,
                                 &osy_threats_raised,
                                 &osy_alert_looks,
                                 &osy_alerts_raised,
                                 &osy_alert_messages_sent,
                                 &osy_reports,
                                 &osy_requests_refused,
                                 &osy_daemon_trace_spans,
                                 NULL};

/* The states of what is open: each has a figure, 0 where there is none. */
static const struct {
  const char *what;
  OsyMetric *metric;
  const char *labels[8]; /* to NULL; none: the metric has one figure */
} opens[] = {
    {"orders", &active_orders, {"PENDING", "ACCEPTED", "PREPARING", "READY", "DELIVERING"}},
    {"sagas",
     &sagas,
     {"STARTED", "PAYMENT_COMPLETED", "STOCK_RESERVED", "FULFILLING", "COMPLETED", "COMPENSATING",
      "COMPENSATED"}},
    {"attention", &attention, {NULL}},
    {"print", &print_queue, {"QUEUED", "PRINTING", "FAILED"}},
    {"outbox", &relay_lag, {NULL}},
    {"inbox", &handler_lag, {NULL}},
};

void
osy_daemon_metrics_declare (void)
{
  static const char *const reports[] = {"MADE", "SENT", "FAILED"};
  OsyMetric *const *const lists[] = {own, osy_order_metrics, osy_event_metrics, osy_payment_metrics,
                                     osy_notification_metrics};

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    osy_metrics_declare (lists[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (opens); i++)
    for (gsize j = 0; opens[i].labels[j] != NULL; j++)
      osy_metric_find (opens[i].metric, opens[i].labels[j]);
  for (guint i = 0; i < OSY_N_THREATS; i++)
    osy_metric_find (&osy_threats_raised, osy_threat_kind_name (i));
  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    osy_metric_find (&osy_reports, reports[i]);
  osy_saga_metrics_declare ();
  osy_metric_set (osy_metric_find (&build, OSY_VERSION), 1);
}

/* ---- requests ---- */

/* A guest looks at the menu, sends an order, and has it. */
static void
count_guest (const OsyRoute *route, OsyHttpRequest *request, guint status)
{
  OsyPrincipal *principal = osy_http_request_principal (request);

  if (principal == NULL || !osy_principal_is_anonymous (principal))
    return;
  if (g_str_equal (route->operation_id, "getMenu")) {
    if (status == 200 || status == 304)
      osy_metric_count (&funnel, "menu_viewed");
  } else if (g_str_equal (route->operation_id, "placeOrder")) {
    osy_metric_count (&funnel, "order_sent");
    if (status == 201)
      osy_metric_count (&funnel, "order_placed");
  }
}

/* Its own word only: what was asked for in another way is not ours to repeat. */
static const char *
method_word (const char *method)
{
  static const char *const words[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (method, words[i]) == 0)
      return words[i];
  return "other";
}

static const char *
status_class (guint status)
{
  static const char *const classes[] = {"1xx", "2xx", "3xx", "4xx", "5xx"};

  return classes[CLAMP (status / 100, 1, G_N_ELEMENTS (classes)) - 1];
}

void
osy_daemon_metrics_answered (OsyHttpRequest *request, guint status, gint64 duration_us)
{
  const OsyRoute *route = osy_http_request_route (request);

  osy_metric_observe (osy_metric_find (&http_seconds,
                                       method_word (osy_http_request_method (request)),
                                       route != NULL ? route->path : "none", status_class (status)),
                      duration_us);
  if (route != NULL)
    count_guest (route, request, status);
}

/* ---- events ---- */

/* An id holds the time at which it was made (UUID v7). */
static gint64
born_at (const char *id)
{
  guint8 bytes[16];
  gint64 ms = 0;

  if (!osy_id_to_bytes (id, bytes))
    return 0;
  for (guint i = 0; i < 6; i++)
    ms = ms << 8 | bytes[i];
  return ms * 1000;
}

void
osy_daemon_metrics_event (const char *topic, gpointer message, gpointer user_data)
{
  static const char *const ends[] = {"completed", "rejected", "canceled", "expired"};
  const OsyEvent *event = message;

  osy_metric_count (&events, topic);
  osy_metric_observe (osy_metric_find (&relay_delay),
                      MAX (0, osy_clock_now () - event->occurred_at));
  if (g_str_has_prefix (topic, "payment."))
    osy_metric_count (&payments, topic + strlen ("payment."));
  for (gsize i = 0; g_str_has_prefix (topic, "order.") && i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (topic + strlen ("order."), ends[i]))
      osy_metric_observe (osy_metric_find (&order_seconds, ends[i]),
                          MAX (0, event->occurred_at - born_at (event->aggregate_id)));
}

/* ---- the database ---- */

static gint64
value_of (const OsyDbRows *rows, const char *what, const char *label)
{
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (g_str_equal (osy_db_rows_text (rows, i, "what"), what) &&
        g_str_equal (osy_db_rows_text (rows, i, "label"), label))
      return osy_db_rows_int (rows, i, "value");
  return 0;
}

gboolean
osy_daemon_metrics_look (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT what, label, value FROM metrics_open()", OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (opens); i++) {
    const char *const *label = opens[i].labels;
    if (*label == NULL)
      osy_metric_set (osy_metric_find (opens[i].metric), value_of (rows, opens[i].what, ""));
    for (; *label != NULL; label++)
      osy_metric_set (osy_metric_find (opens[i].metric, *label),
                      value_of (rows, opens[i].what, *label));
  }
  osy_metric_set (osy_metric_find (&looked), g_get_real_time () / G_USEC_PER_SEC);
  return TRUE;
}

/* ---- printing ---- */

static void
set_limits (OsyHttpLimit *limit)
{
  for (guint i = 0; i < OSY_N_LIMITS; i++)
    osy_metric_set (osy_metric_find (&limited, osy_http_limit_rows[i].name),
                    (gint64)osy_http_limit_refused (limit, i));
  osy_metric_set (osy_metric_find (&limit_keys), osy_http_limit_keys (limit));
}

GBytes *
osy_daemon_metrics_print (const OsyDaemonMetrics *self)
{
  GString *text = g_string_new (NULL);

  osy_metric_set (osy_metric_find (&in_flight), osy_http_server_in_flight (self->server));
  osy_metric_set (osy_metric_find (&websockets), osy_http_server_websockets (self->server));
  osy_metric_set (osy_metric_find (&listeners), osy_notification_hub_listeners (self->hub));
  osy_metric_set (osy_metric_find (&pending), osy_order_writer_pending (self->writer));
  set_limits (osy_http_server_limit (self->server));
  osy_metrics_print (text);
  return g_string_free_to_bytes (text);
}
