/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The composition root: who is given what. Reads from top to bottom as the daemon is built. */

#include "osy-composer.h"

#include <string.h>

#include "osy-alert-room.h"
#include "osy-analytics-room.h"
#include "osy-audit-check.h"
#include "osy-audit-routes.h"
#include "osy-account-routes.h"
#include "osy-api.h"
#include "osy-audit-sealer.h"
#include "osy-account-recovery.h"
#include "osy-auth-routes.h"
#include "osy-auth-service.h"
#include "osy-auth-watch.h"
#include "osy-bill-room.h"
#include "osy-bill-service.h"
#include "osy-bill-slip.h"
#include "osy-bus.h"
#include "osy-channel-room.h"
#include "osy-clock.h"
#include "osy-courier-service.h"
#include "osy-daemon-health.h"
#include "osy-daemon-log.h"
#include "osy-daemon-metrics.h"
#include "osy-daemon-routes.h"
#include "osy-daemon-traces.h"
#include "osy-daemon-watch.h"
#include "osy-delivery-room.h"
#include "osy-delivery-setup.h"
#include "osy-web-routes.h"
#include "osy-device-routes.h"
#include "osy-event-relay.h"
#include "osy-event-store.h"
#include "osy-booking-service.h"
#include "osy-floor-service.h"
#include "osy-job.h"
#include "osy-json.h"
#include "osy-key-rotation.h"
#include "osy-keyring.h"
#include "osy-kitchen-outlook.h"
#include "osy-kitchen-print.h"
#include "osy-kitchen-service.h"
#include "osy-kitchen-slip.h"
#include "osy-log.h"
#include "osy-menu-routes.h"
#include "osy-order-amend.h"
#include "osy-order-privacy.h"
#include "osy-order-room.h"
#include "osy-order-store.h"
#include "osy-payment-room.h"
#include "osy-payment-setup.h"
#include "osy-print-spooler.h"
#include "osy-report-desk.h"
#include "osy-report-mail.h"
#include "osy-retention.h"
#include "osy-route-list.h"
#include "osy-saga-room.h"
#include "osy-shop-routes.h"
#include "osy-staff-routes.h"
#include "osy-stock-routes.h"
#include "osy-table-routes.h"
#include "osy-threat-routes.h"
#include "osy-till-room.h"

#define WORKERS 3
#define RIDER_CALL_MS 10000
#define CHANNEL_MS 10000
#define ALERT_MS 10000
#define REPORT_MS 60000 /* a page is attached */
#define MINUTE_MS (60u * 1000)
#define METRICS_MS 5000
#define DAY_MS (24u * 3600 * 1000)

struct _OsyComposer {
  OsyDbPool *app_pool;
  OsyDbPool *relay_pool;
  OsyDbPool *seal_pool;
  OsyDbPool *keys_pool;
  OsyDbPipe *pipe;
  OsyKeyring *ring;
  OsyBus *bus;
  OsyJobRunner *jobs;
  OsyJobRunner *relay_jobs;
  OsyAuditSealer *sealer;
  OsyAuditCheck *check;
  OsyKeyRotation *rotation;
  OsyEventRelay *relay;
  OsyEventDecorator decorators[16]; /* ends with a row of NULL */
  OsyEventFeed feed;
  OsyNotificationHub *hub;
  OsyThreats *threats;
  OsyThreatRoom threat;
  OsyAuditRoom audit;
  OsyAuthRoom *auth;
  OsyShopRoom shop;
  OsyGuestRoom guest;
  OsyMenuRoom menu;
  OsyStockRoom stock;
  OsyOrderRoom order;
  OsyPrintingRoom printing;
  OsyBillRoom bill;
  OsyKitchenRoom kitchen;
  OsyPaymentRoom payment;
  OsyTableContext table;
  OsyDeliveryRoom delivery;
  OsyChannelRoom channel;
  OsySagaRoom saga;
  OsyAlertRoom alert;
  OsyAnalyticsRoom analytics;
  OsyReportRoom report;
  OsyStaffRoom staff;
  OsyTillRoom till;
  OsyDaemonRoom daemon;
  OsyDaemonMetrics metrics;
  OsyDaemonTraces *traces; /* (nullable) */
  char *data_dir;
  OsyRetention retention;
  OsyHttpServer *server;
  OsyEdge *edge; /* (nullable) */
  guint address_timer;
};

/* ---- jobs that belong to no single request ---- */

static gboolean
make_partitions (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_event_store_make_partitions (tx, error);
}

static gboolean
sweep_keys (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_order_store_sweep_keys (tx, error);
}

static void
add_jobs (OsyComposer *self)
{
  self->jobs = osy_job_runner_new (self->app_pool);
  osy_job_runner_add (self->jobs, "partitions", DAY_MS, NULL, make_partitions, NULL);
  self->retention = (OsyRetention){self->app_pool, self->ring};
  osy_job_runner_add (self->jobs, "retention", DAY_MS, NULL, osy_retention_run, &self->retention);
  osy_job_runner_add (self->jobs, "saga-sweep", OSY_SAGA_SWEEP_MS, NULL, osy_saga_room_sweep,
                      &self->saga);
  osy_job_runner_add (self->jobs, "analytics", OSY_ANALYTICS_FOLLOW_MS, NULL,
                      osy_analytics_room_follow, &self->analytics);
  osy_job_runner_add (self->jobs, "metrics", METRICS_MS, NULL, osy_daemon_metrics_look, NULL);
  self->relay_jobs = osy_job_runner_new (self->relay_pool);
  osy_job_runner_add (self->relay_jobs, "idempotency-sweep", DAY_MS, NULL, sweep_keys, NULL);
  osy_job_runner_add (self->relay_jobs, "stock-expiry", MINUTE_MS, NULL, osy_stock_service_sweep,
                      &self->stock);
  osy_job_runner_add (self->relay_jobs, "orders-begin", OSY_ORDER_LATER_MS, NULL,
                      osy_order_later_sweep, &self->order);
  osy_job_runner_add (self->relay_jobs, "stock-sweep", DAY_MS, NULL, osy_stock_service_forget,
                      NULL);
}

/* ---- ties between rooms ---- */

static void
shop_changed (const char *topic, gpointer message, gpointer user_data)
{
  OsyComposer *self = user_data;

  osy_shop_cache_refresh (self->shop.cache, ((OsyEvent *)message)->restaurant_id);
}

static void
session_revoked (OsyAuthGate *gate, const char *session_id, gpointer user_data)
{
  OsyComposer *self = user_data;

  osy_notification_hub_close_session (self->hub, session_id);
}

static gboolean
tokens_changed (gpointer data)
{
  osy_auth_room_reload_keys (data);
  return G_SOURCE_REMOVE;
}

static gboolean
orders_committed (gpointer data)
{
  osy_event_relay_wake (data);
  return G_SOURCE_REMOVE;
}

static void
observe (OsyHttpRequest *request, guint status, gint64 duration_us, gpointer user_data)
{
  OsyComposer *self = user_data;
  const OsyRoute *route = osy_http_request_route (request);
  OsyPrincipal *principal = osy_http_request_principal (request);

  const OsyTracePlace *place = osy_http_request_place (request);

  osy_access_log_write (&(OsyAccess){
      .actor = principal ? osy_principal_actor (principal) : "unknown",
      .action = route ? route->operation_id : NULL,
      .method = osy_http_request_method (request),
      .route = route ? route->path : "-",
      .trace_id = place->trace_id,
      .span_id = place->span_id,
      .status = status,
      .duration_us = duration_us,
  });
  osy_daemon_traces_answered (request, status, duration_us);
  osy_daemon_watch (self->threats, request, status);
  osy_daemon_metrics_answered (request, status, duration_us);
}

static void
tie_rooms (OsyComposer *self)
{
  osy_bus_subscribe (self->bus, "shop.", shop_changed, self);
  osy_bus_subscribe (self->bus, "", osy_daemon_metrics_event, NULL);
  osy_event_relay_add_handler (self->relay, "kitchen.order", "order.", osy_kitchen_on_order,
                               &self->kitchen);
  osy_event_relay_add_handler (self->relay, "stock.left", "stock.changed", osy_stock_on_change,
                               &self->stock);
  osy_event_relay_add_handler (self->relay, "stock.menu", "menu.changed", osy_stock_on_change,
                               &self->stock);
  osy_event_relay_add_handler (self->relay, "table.order", "order.", osy_table_on_event,
                               &self->table);
  osy_event_relay_add_handler (self->relay, "table.check", "check.", osy_table_on_event,
                               &self->table);
  osy_event_relay_add_handler (self->relay, "delivery.order", "order.", osy_delivery_on_order,
                               &self->delivery);
  osy_event_relay_add_handler (self->relay, "channel.order", "order.", osy_channel_on_order,
                               &self->channel);
  osy_event_relay_add_handler (self->relay, "payment.channel", "channel.placed",
                               osy_payment_on_channel, &self->payment);
  osy_saga_room_tie (&self->saga, self->relay);
  osy_event_relay_add_handler (self->relay, "alert.threat", "threat.", osy_alert_on_threat,
                               &self->alert);
  osy_event_relay_add_handler (self->relay, "order.find", "orders.unindexed",
                               osy_order_on_unindexed, &self->order);
  osy_event_relay_add_handler (self->relay, "order.guest", "order.created", osy_order_on_created,
                               &self->order);
  osy_event_relay_add_handler (self->relay, "order.guest-index", "orders.unlinked",
                               osy_order_on_unlinked, &self->order);
  osy_event_relay_add_handler (self->relay, "auth.recovery", "auth.recovered",
                               osy_account_on_recovered, self->auth);
  osy_notification_hub_set_verify (self->hub, osy_auth_gate_token_ends, self->auth->gate);
  g_signal_connect (self->auth->gate, "session-revoked", G_CALLBACK (session_revoked), self);
  osy_key_rotation_set_tokens_changed (self->rotation, tokens_changed, self->auth);
  osy_order_writer_set_committed (self->order.writer, orders_committed, self->relay);
}

static void
guest_shown (const char *restaurant_id, const char *actor, const char *client, gpointer user_data)
{
  OsyComposer *self = user_data;

  osy_threat_note (self->threats, OSY_THREAT_MASS_UNMASK, restaurant_id, actor, client);
}

/* Once for each row that a look finds first: the log does not mend. */
static void
log_is_broken (gint64 seq, gpointer user_data)
{
  OsyComposer *self = user_data;
  g_autofree char *subject = g_strdup_printf ("log:%" G_GINT64_FORMAT, seq);

  osy_threat_note (self->threats, OSY_THREAT_TAMPERED_LOG, NULL, subject, NULL);
}

/* Every room that holds data of guests. */
static const OsyGuestHolder *const guest_holders[] = {
    &osy_order_guest_holder, &osy_booking_guest_holder, &osy_waiting_guest_holder, NULL};

/* Whoever knows a kind of slip invents one. */
static const OsySlipSampleFunc slip_samples[] = {osy_kitchen_slip_sample, osy_bill_slip_sample,
                                                 NULL};

/* ---- building ---- */

/* A daemon that was off for a long time must find its months before the first row. */
static gboolean
ensure_partitions (OsyComposer *self, GError **error)
{
  OsyDbScope scope = {NULL};

  return osy_db_pool_run (self->app_pool, &scope, make_partitions, NULL, error);
}

static gboolean
open_keys (OsyComposer *self, const OsyComposerConfig *config, GError **error)
{
  g_autoptr (OsyKeyProvider) provider =
      osy_key_provider_open (config->data_dir, config->key_provider, error);

  if (provider == NULL)
    return FALSE;
  self->ring = osy_keyring_new (provider, self->app_pool, TRUE, error);
  return self->ring != NULL;
}

static gboolean
build_sealer (OsyComposer *self, const OsyComposerConfig *config, GError **error)
{
  g_autofree char *folder = g_build_filename (config->data_dir, "audit", NULL);

  self->sealer = osy_audit_sealer_new (self->app_pool, self->seal_pool, self->ring, folder, error);
  self->check = osy_audit_check_new (self->seal_pool, folder);
  osy_audit_check_set_broken (self->check, log_is_broken, self);
  return self->sealer != NULL;
}

/* What each kind of event carries beside its envelope. */
static void
list_decorators (OsyComposer *self)
{
  const OsyEventDecorator rows[] = {
      {"order", "order", osy_order_decorate, &self->order},
      {"job", "job", osy_printing_decorate_jobs, &self->printing},
      {"printer", "printer", osy_printing_decorate_printers, &self->printing},
      {"check", "check", osy_bill_decorate, &self->bill},
      {"table", "table", osy_table_decorate, &self->table},
      {"ticket", "ticket", osy_kitchen_decorate, &self->kitchen},
      {"delivery", "delivery", osy_delivery_decorate, &self->delivery},
      {"channel_order", "order", osy_channel_decorate, &self->channel},
      {"saga", "attention", osy_saga_decorate, &self->saga},
      {"ingredient", "ingredient", osy_stock_decorate, &self->stock},
      {"payment", "payment", osy_payment_decorate, &self->payment},
      {"alert", "alert", osy_alert_decorate, &self->alert},
      {NULL},
  };

  G_STATIC_ASSERT (sizeof rows <= sizeof self->decorators);
  memcpy (self->decorators, rows, sizeof rows);
}

static void
build_rooms (OsyComposer *self, const OsyComposerConfig *config)
{
  self->threats = osy_threats_new (self->app_pool, self->ring);
  self->threat = (OsyThreatRoom){self->app_pool, self->ring, osy_auth_service_actor_name,
                                 osy_auth_watch_facts};
  self->audit = (OsyAuditRoom){self->app_pool, self->ring, osy_auth_service_actor_name};
  self->relay = osy_event_relay_new (self->app_pool, self->relay_pool, self->bus);
  list_decorators (self);
  self->feed = (OsyEventFeed){self->app_pool, self->decorators};
  self->hub = osy_notification_hub_new (&self->feed, self->bus);
  self->shop = (OsyShopRoom){
      .pool = self->app_pool, .ring = self->ring, .cache = osy_shop_cache_new (self->app_pool)};
  self->menu = (OsyMenuRoom){.pool = self->app_pool,
                             .ring = self->ring,
                             .cache = osy_menu_cache_new (self->app_pool, self->bus),
                             .name = osy_auth_service_actor_name};
  self->stock = (OsyStockRoom){self->app_pool, self->ring, &self->menu};
  self->guest = (OsyGuestRoom){.pool = self->app_pool,
                               .ring = self->ring,
                               .holders = guest_holders,
                               .unmasked = guest_shown,
                               .unmasked_data = self};
  self->order = (OsyOrderRoom){.pool = self->app_pool,
                               .ring = self->ring,
                               .shops = self->shop.cache,
                               .menus = self->menu.cache,
                               .writer = osy_order_writer_new (self->pipe),
                               .hub = self->hub,
                               .guests = &self->guest,
                               .deadline_ms = config->order_deadline_ms};
  self->printing = (OsyPrintingRoom){.pool = self->app_pool,
                                     .ring = self->ring,
                                     .name = osy_auth_service_actor_name,
                                     .samples = slip_samples};
  self->printing.spooler = osy_print_spooler_new (&self->printing, self->bus);
  self->bill = (OsyBillRoom){self->app_pool, self->ring};
  self->kitchen =
      (OsyKitchenRoom){.pool = self->app_pool, .ring = self->ring, .shops = self->shop.cache};
  self->kitchen.tell = osy_kitchen_print_tell;
  self->kitchen.tell_data = &self->kitchen;
  self->kitchen.voids = osy_bill_voided_quantity;
  self->kitchen.slip_code = osy_courier_service_slip_code;
  self->kitchen.table_number = osy_table_service_number;
  const OsyPaymentDriverConfig driver = {self->app_pool, self->ring, config->toss.base_url,
                                         config->toss.timeout_ms, config->toss.retry_ms};
  self->payment =
      (OsyPaymentRoom){self->app_pool,
                       self->ring,
                       osy_payment_driver_new (&driver),
                       osy_settler_new (self->app_pool, self->ring, config->toss.base_url),
                       config->toss.sdk_url,
                       &self->printing};
  self->till = (OsyTillRoom){self->app_pool, self->ring};
  self->table =
      (OsyTableContext){.pool = self->app_pool, .ring = self->ring, .kitchen = &self->kitchen};
  self->delivery = (OsyDeliveryRoom){
      .pool = self->app_pool, .ring = self->ring, .agency_url = config->kakao_base_url};
  self->delivery.riders =
      osy_fetch_queue_new (self->app_pool, RIDER_CALL_MS, &osy_rider_calls, &self->delivery);
  self->order.fee = osy_delivery_fee;
  self->channel =
      (OsyChannelRoom){.pool = self->app_pool, .ring = self->ring, .writer = self->order.writer};
  self->channel.intake = osy_channel_intake_new (&self->channel);
  self->channel.pushes =
      osy_fetch_queue_new (self->app_pool, CHANNEL_MS, &osy_channel_pushes, &self->channel);
  self->order.takes = osy_payment_setup_offers;
  self->order.promise = osy_kitchen_promise_order;
  osy_saga_room_init (&self->saga, self->app_pool, self->ring);
  self->saga.promise = osy_kitchen_promise_order;
  osy_analytics_room_init (&self->analytics, self->app_pool, self->ring);
}

/* What looks at the others. */
static void
build_watchers (OsyComposer *self, const OsyComposerConfig *config)
{
  self->alert = (OsyAlertRoom){.pool = self->app_pool,
                               .ring = self->ring,
                               .private_hooks = config->private_hooks,
                               .sendgrid_url = config->sendgrid_base_url,
                               .aligo_url = config->aligo_base_url,
                               .alimtalk_url = config->alimtalk_base_url,
                               .look_s = config->alert_look_s,
                               .sent = osy_alert_sent_new ()};
  self->alert.queue =
      osy_fetch_queue_new (self->app_pool, ALERT_MS, &osy_alert_messages, &self->alert);
  self->alert.watch = osy_alert_watch_new (&self->alert);
  self->report = (OsyReportRoom){.pool = self->app_pool,
                                 .ring = self->ring,
                                 .sendgrid_url = config->sendgrid_base_url,
                                 .sent = osy_alert_sent_new ()};
  self->report.desk = osy_report_desk_new (&self->report);
  self->report.mails =
      osy_fetch_queue_new (self->app_pool, REPORT_MS, &osy_report_mails, &self->report);
  osy_daemon_metrics_declare ();
  self->metrics = (OsyDaemonMetrics){.writer = self->order.writer, .hub = self->hub};
  self->daemon = (OsyDaemonRoom){.pool = self->app_pool,
                                 .metrics = &self->metrics,
                                 .data_dir = self->data_dir,
                                 .started_at = osy_clock_now ()};
}

typedef struct {
  const OsyRoute *routes;
  gpointer room;
} Table;

static GArray *
list_tables (OsyComposer *self)
{
  const Table tables[] = {
      {osy_daemon_routes, &self->daemon},
      {osy_daemon_health_routes, &self->daemon},
      {osy_daemon_log_routes, &self->daemon},
      {osy_web_routes, &self->daemon},
      {osy_auth_routes, self->auth},
      {osy_shop_routes, &self->shop},
      {osy_menu_routes, &self->menu},
      {osy_menu_photo_routes, &self->menu},
      {osy_stock_routes, &self->stock},
      {osy_event_routes, &self->feed},
      {osy_notification_routes, self->hub},
      {osy_order_place_routes, &self->order},
      {osy_order_routes, &self->order},
      {osy_order_list_routes, &self->order},
      {osy_bill_routes, &self->bill},
      {osy_order_status_routes, &self->order},
      {osy_payment_routes, &self->payment},
      {osy_payment_list_routes, &self->payment},
      {osy_refund_routes, &self->payment},
      {osy_payment_setup_routes, &self->payment},
      {osy_checkout_routes, &self->payment},
      {osy_settlement_routes, &self->payment},
      {osy_till_routes, &self->till},
      {osy_till_z_routes, &self->till},
      {osy_printing_routes, &self->printing},
      {osy_print_job_routes, &self->printing},
      {osy_print_desk_routes, &self->printing},
      {osy_kitchen_routes, &self->kitchen},
      {osy_kitchen_setup_routes, &self->kitchen},
      {osy_staff_routes, &self->staff},
      {osy_account_routes, self->auth},
      {osy_device_routes, self->auth},
      {osy_audit_routes, &self->audit},
      {osy_threat_routes, &self->threat},
      {osy_guest_routes, &self->guest},
      {osy_order_privacy_routes, &self->order},
      {osy_floor_routes, &self->table},
      {osy_table_routes, &self->table},
      {osy_booking_routes, &self->table},
      {osy_delivery_routes, &self->delivery},
      {osy_courier_routes, &self->delivery},
      {osy_channel_routes, &self->channel},
      {osy_channel_setup_routes, &self->channel},
      {osy_saga_routes, &self->saga},
      {osy_alert_routes, &self->alert},
      {osy_alert_setup_routes, &self->alert},
      {osy_analytics_routes, &self->analytics},
      {osy_finding_routes, &self->analytics},
      {osy_report_routes, &self->report},
      {osy_report_setup_routes, &self->report},
  };

  return g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (Table)), tables,
                              G_N_ELEMENTS (tables));
}

JsonNode *
osy_composer_describe_routes (void)
{
  OsyComposer nobody = {NULL};
  g_autoptr (GArray) tables = list_tables (&nobody);
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < tables->len; i++)
    osy_route_list_add (list, g_array_index (tables, Table, i).routes);
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "routes", list);
  return osy_json_take_object (object);
}

static char **
list_paths (GArray *tables, guint flag)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < tables->len; i++)
    for (const OsyRoute *row = g_array_index (tables, Table, i).routes; row->method != NULL; row++)
      if (row->flags & flag)
        g_strv_builder_add (paths, row->path);
  return g_strv_builder_end (paths);
}

/* Before the server, which listens in its folder. */
static gboolean
build_edge (OsyComposer *self, const OsyComposerConfig *config, GError **error)
{
  g_autoptr (GArray) tables = list_tables (self);
  g_auto (GStrv) large = list_paths (tables, OSY_ROUTE_LARGE);
  g_auto (GStrv) hooks = list_paths (tables, OSY_ROUTE_WEBHOOK);

  if (config->edge == NULL)
    return TRUE;
  OsyEdgeConfig edge = *config->edge;
  edge.large_paths = (const char *const *)large;
  edge.hook_paths = (const char *const *)hooks;
  self->edge = osy_edge_new (&edge, error);
  self->daemon.edge = self->edge;
  return self->edge != NULL;
}

static gboolean
open_server (OsyComposer *self, const OsyComposerConfig *config, GError **error)
{
  g_autofree char *edge = self->edge != NULL ? osy_edge_socket (config->data_dir) : NULL;
  OsyHttpConfig http = {.listen = config->listen, .edge = edge};
  g_autoptr (GArray) tables = list_tables (self);

  memcpy (http.limits, config->limits, sizeof http.limits);
  self->server = osy_http_server_new (&http, error);
  if (self->server == NULL)
    return FALSE;
  self->metrics.server = self->server;
  for (guint i = 0; i < tables->len; i++) {
    const Table *table = &g_array_index (tables, Table, i);
    osy_http_server_add_routes (self->server, table->routes, table->room);
  }
  osy_http_server_set_authenticate (self->server, osy_auth_gate_authenticate, self->auth->gate);
  osy_http_server_set_observer (self->server, observe, self);
  return TRUE;
}

OsyComposer *
osy_composer_new (const OsyComposerConfig *config, GError **error)
{
  g_autoptr (OsyComposer) self = g_new0 (OsyComposer, 1);
  g_autofree char *log_dir = g_build_filename (config->data_dir, "log", NULL);

  self->data_dir = g_strdup (config->data_dir);
  self->app_pool = osy_db_pool_new_named ("app", config->app_conninfo, WORKERS);
  self->relay_pool = osy_db_pool_new_named ("relay", config->relay_conninfo, 1);
  self->seal_pool = osy_db_pool_new_named ("seal", config->seal_conninfo, 1);
  self->keys_pool = osy_db_pool_new_named ("keys", config->keys_conninfo, 1);
  self->pipe = osy_db_pipe_new (config->app_conninfo);
  self->bus = osy_bus_new ();
  if (!osy_access_log_open (log_dir, error) || !ensure_partitions (self, error) ||
      !open_keys (self, config, error) || !build_sealer (self, config, error))
    return NULL;
  if (config->otlp_url != NULL)
    self->traces = osy_daemon_traces_new (config->otlp_url);
  build_rooms (self, config);
  build_watchers (self, config);
  self->auth = osy_auth_room_new (self->app_pool, self->ring, config->data_dir);
  osy_auth_room_set_threats (self->auth, self->threats);
  if (!osy_auth_room_load (self->auth, error))
    return NULL;
  self->staff = (OsyStaffRoom){self->app_pool, self->auth};
  self->rotation = osy_key_rotation_new (self->ring, self->keys_pool, config->data_dir);
  add_jobs (self);
  tie_rooms (self);
  if (!build_edge (self, config, error) || !open_server (self, config, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The machine may get another address at any time. */
static gboolean
publish_address_cb (gpointer user_data)
{
  OsyComposer *self = user_data;
  g_auto (GStrv) addresses = osy_edge_list_addresses (self->edge);

  osy_api_set_address (addresses[0]);
  return G_SOURCE_CONTINUE;
}

void
osy_composer_open (OsyComposer *self)
{
  osy_job_runner_start (self->jobs);
  osy_job_runner_start (self->relay_jobs);
  osy_event_relay_start (self->relay);
  osy_print_spooler_start (self->printing.spooler);
  osy_fetch_queue_start (self->delivery.riders);
  osy_payment_driver_start (self->payment.driver);
  osy_channel_intake_start (self->channel.intake);
  osy_fetch_queue_start (self->channel.pushes);
  osy_fetch_queue_start (self->alert.queue);
  osy_alert_watch_start (self->alert.watch);
  osy_report_desk_start (self->report.desk);
  osy_fetch_queue_start (self->report.mails);
  osy_settler_start (self->payment.settler);
  osy_audit_sealer_start (self->sealer);
  osy_audit_check_start (self->check);
  osy_key_rotation_start (self->rotation);
  if (self->traces != NULL)
    osy_daemon_traces_start (self->traces);
  osy_http_server_open (self->server);
  if (self->edge == NULL)
    return;
  osy_edge_start (self->edge);
  publish_address_cb (self);
  self->address_timer = g_timeout_add (MINUTE_MS, publish_address_cb, self);
}

const char *
osy_composer_address (OsyComposer *self)
{
  return osy_http_server_address (self->server);
}

/* Answers of workers that are on their way find their rooms still standing. Bounded: a descriptor
 * that nobody reads any more would be ready for ever. */
static void
finish_answers (void)
{
  for (guint i = 0; i < 10000 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

void
osy_composer_stop (OsyComposer *self)
{
  g_clear_handle_id (&self->address_timer, g_source_remove);
  osy_http_server_stop (self->server, 4000);
  if (self->edge != NULL)
    osy_edge_stop (self->edge);
  g_clear_pointer (&self->traces, osy_daemon_traces_free);
  osy_print_spooler_stop (self->printing.spooler);
  osy_fetch_queue_stop (self->delivery.riders);
  osy_payment_driver_stop (self->payment.driver);
  osy_channel_intake_stop (self->channel.intake);
  osy_fetch_queue_stop (self->channel.pushes);
  osy_fetch_queue_stop (self->alert.queue);
  osy_alert_watch_stop (self->alert.watch);
  osy_report_desk_stop (self->report.desk);
  osy_fetch_queue_stop (self->report.mails);
  osy_settler_stop (self->payment.settler);
  osy_event_relay_stop (self->relay);
  osy_job_runner_stop (self->jobs);
  osy_job_runner_stop (self->relay_jobs);
  osy_audit_check_stop (self->check);
  osy_audit_sealer_stop (self->sealer);
  osy_key_rotation_stop (self->rotation);
  osy_db_pipe_close (self->pipe);
  osy_db_pool_close (self->app_pool);
  osy_db_pool_close (self->relay_pool);
  osy_db_pool_close (self->seal_pool);
  osy_db_pool_close (self->keys_pool);
  finish_answers ();
  osy_access_log_close ();
}

void
osy_composer_free (OsyComposer *self)
{
  g_clear_object (&self->order.writer); /* answers what still waits, so before the server */
  g_clear_object (&self->server);
  g_clear_object (&self->edge);
  g_clear_pointer (&self->printing.spooler, osy_print_spooler_free);
  g_clear_object (&self->delivery.riders);
  g_clear_pointer (&self->payment.driver, osy_payment_driver_free);
  g_clear_pointer (&self->channel.intake, osy_channel_intake_free);
  g_clear_object (&self->channel.pushes);
  g_clear_object (&self->alert.queue);
  g_clear_pointer (&self->alert.watch, osy_alert_watch_free);
  g_clear_pointer (&self->alert.sent, osy_alert_sent_free);
  g_clear_object (&self->report.mails);
  g_clear_pointer (&self->report.desk, osy_report_desk_free);
  g_clear_pointer (&self->report.sent, osy_alert_sent_free);
  g_clear_pointer (&self->traces, osy_daemon_traces_free);
  osy_saga_room_clear (&self->saga);
  osy_analytics_room_clear (&self->analytics);
  g_clear_pointer (&self->payment.settler, osy_settler_free);
  g_clear_object (&self->relay);
  g_clear_object (&self->jobs);
  g_clear_object (&self->relay_jobs);
  g_clear_pointer (&self->check, osy_audit_check_free);
  g_clear_pointer (&self->sealer, osy_audit_sealer_free);
  g_clear_pointer (&self->rotation, osy_key_rotation_free);
  g_clear_object (&self->hub);
  g_clear_pointer (&self->auth, osy_auth_room_free);
  g_clear_object (&self->threats);
  g_clear_object (&self->menu.cache);
  g_clear_object (&self->shop.cache);
  g_clear_object (&self->bus);
  g_clear_object (&self->pipe);
  g_clear_object (&self->ring);
  g_clear_object (&self->relay_pool);
  g_clear_object (&self->seal_pool);
  g_clear_object (&self->keys_pool);
  g_clear_object (&self->app_pool);
  g_free (self->data_dir);
  g_free (self);
}
