/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The composition root: who is given what. Reads from top to bottom as the daemon is built. */

#include "osy-composer.h"

#include <string.h>

#include "osy-audit-check.h"
#include "osy-audit-routes.h"
#include "osy-account-routes.h"
#include "osy-audit-sealer.h"
#include "osy-auth-routes.h"
#include "osy-auth-service.h"
#include "osy-auth-watch.h"
#include "osy-bus.h"
#include "osy-daemon-routes.h"
#include "osy-daemon-watch.h"
#include "osy-device-routes.h"
#include "osy-event-relay.h"
#include "osy-event-store.h"
#include "osy-job.h"
#include "osy-json.h"
#include "osy-key-rotation.h"
#include "osy-keyring.h"
#include "osy-kitchen-service.h"
#include "osy-log.h"
#include "osy-menu-routes.h"
#include "osy-order-privacy.h"
#include "osy-order-room.h"
#include "osy-order-store.h"
#include "osy-retention.h"
#include "osy-route-list.h"
#include "osy-shop-routes.h"
#include "osy-staff-routes.h"
#include "osy-threat-routes.h"

#define WORKERS 3
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
  OsyEventFeed feed;
  OsyNotificationHub *hub;
  OsyThreats *threats;
  OsyThreatRoom threat;
  OsyAuditRoom audit;
  OsyAuthRoom *auth;
  OsyShopRoom shop;
  OsyGuestRoom guest;
  OsyMenuRoom menu;
  OsyOrderRoom order;
  OsyKitchenRoom kitchen;
  OsyStaffRoom staff;
  OsyDaemonRoom daemon;
  OsyRetention retention;
  OsyHttpServer *server;
  OsyEdge *edge; /* (nullable) */
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
  self->relay_jobs = osy_job_runner_new (self->relay_pool);
  osy_job_runner_add (self->relay_jobs, "idempotency-sweep", DAY_MS, NULL, sweep_keys, NULL);
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

  osy_access_log_write (principal ? osy_principal_actor (principal) : "unknown",
                        osy_http_request_method (request), route ? route->path : "-", status,
                        duration_us, osy_http_request_trace_id (request));
  osy_daemon_watch (self->threats, request, status);
}

static void
tie_rooms (OsyComposer *self)
{
  osy_bus_subscribe (self->bus, "shop.", shop_changed, self);
  osy_event_relay_add_handler (self->relay, "kitchen.order", "order.", osy_kitchen_on_order,
                               &self->kitchen);
  osy_event_relay_add_handler (self->relay, "order.find", "orders.unindexed",
                               osy_order_on_unindexed, &self->order);
  osy_event_relay_add_handler (self->relay, "order.guest", "order.created", osy_order_on_created,
                               &self->order);
  osy_event_relay_add_handler (self->relay, "order.guest-index", "orders.unlinked",
                               osy_order_on_unlinked, &self->order);
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

/* Every room that holds data of guests. */
static const OsyGuestHolder *const guest_holders[] = {&osy_order_guest_holder, NULL};

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
  return self->sealer != NULL;
}

static void
build_rooms (OsyComposer *self, const OsyComposerConfig *config)
{
  self->threats = osy_threats_new (self->app_pool, self->ring);
  self->threat = (OsyThreatRoom){self->app_pool, self->ring, osy_auth_service_actor_name,
                                 osy_auth_watch_facts};
  self->audit = (OsyAuditRoom){self->app_pool, self->ring, osy_auth_service_actor_name};
  self->relay = osy_event_relay_new (self->app_pool, self->relay_pool, self->bus);
  self->feed = (OsyEventFeed){self->app_pool, osy_order_decorate, &self->order};
  self->hub = osy_notification_hub_new (&self->feed, self->bus);
  self->shop = (OsyShopRoom){
      .pool = self->app_pool, .ring = self->ring, .cache = osy_shop_cache_new (self->app_pool)};
  self->menu = (OsyMenuRoom){.pool = self->app_pool,
                             .ring = self->ring,
                             .cache = osy_menu_cache_new (self->app_pool, self->bus)};
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
  self->kitchen = (OsyKitchenRoom){self->app_pool, self->ring};
  self->daemon = (OsyDaemonRoom){.pool = self->app_pool, .writer = self->order.writer};
}

typedef struct {
  const OsyRoute *routes;
  gpointer room;
} Table;

static GArray *
list_tables (OsyComposer *self)
{
  const Table tables[] = {
      {osy_daemon_routes, &self->daemon},     {osy_auth_routes, self->auth},
      {osy_shop_routes, &self->shop},         {osy_menu_routes, &self->menu},
      {osy_event_routes, &self->feed},        {osy_notification_routes, self->hub},
      {osy_order_place_routes, &self->order}, {osy_order_routes, &self->order},
      {osy_order_list_routes, &self->order},  {osy_order_status_routes, &self->order},
      {osy_kitchen_routes, &self->kitchen},   {osy_staff_routes, &self->staff},
      {osy_account_routes, self->auth},       {osy_device_routes, self->auth},
      {osy_audit_routes, &self->audit},       {osy_threat_routes, &self->threat},
      {osy_guest_routes, &self->guest},       {osy_order_privacy_routes, &self->order},
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
list_large_paths (GArray *tables)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < tables->len; i++)
    for (const OsyRoute *row = g_array_index (tables, Table, i).routes; row->method != NULL; row++)
      if (row->flags & OSY_ROUTE_LARGE)
        g_strv_builder_add (paths, row->path);
  return g_strv_builder_end (paths);
}

/* Before the server, which listens in its folder. */
static gboolean
build_edge (OsyComposer *self, const OsyComposerConfig *config, GError **error)
{
  g_autoptr (GArray) tables = list_tables (self);
  g_auto (GStrv) paths = list_large_paths (tables);

  if (config->edge == NULL)
    return TRUE;
  OsyEdgeConfig edge = *config->edge;
  edge.large_paths = (const char *const *)paths;
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
  self->daemon.server = self->server;
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

  self->app_pool = osy_db_pool_new (config->app_conninfo, WORKERS);
  self->relay_pool = osy_db_pool_new (config->relay_conninfo, 1);
  self->seal_pool = osy_db_pool_new (config->seal_conninfo, 1);
  self->keys_pool = osy_db_pool_new (config->keys_conninfo, 1);
  self->pipe = osy_db_pipe_new (config->app_conninfo);
  self->bus = osy_bus_new ();
  if (!osy_access_log_open (log_dir, error) || !ensure_partitions (self, error) ||
      !open_keys (self, config, error) || !build_sealer (self, config, error))
    return NULL;
  build_rooms (self, config);
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

void
osy_composer_open (OsyComposer *self)
{
  osy_job_runner_start (self->jobs);
  osy_job_runner_start (self->relay_jobs);
  osy_event_relay_start (self->relay);
  osy_audit_sealer_start (self->sealer);
  osy_audit_check_start (self->check);
  osy_key_rotation_start (self->rotation);
  osy_http_server_open (self->server);
  if (self->edge != NULL)
    osy_edge_start (self->edge);
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
  osy_http_server_stop (self->server, 4000);
  if (self->edge != NULL)
    osy_edge_stop (self->edge);
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
  g_free (self);
}
