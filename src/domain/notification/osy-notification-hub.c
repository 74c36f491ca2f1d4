/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The switchboard between the bus and the sockets outside. */

#include "osy-notification-hub.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-notification-feed-socket.h"
#include "osy-notification-message.h"

#define HEARTBEAT_MS 2000
#define MAX_SOCKETS_PER_SHOP 50
#define MAX_WATCHES_PER_SUBJECT 20

/* A console rings when it hears of an order. */
static OsyMetric alarm_latency = {.name = "ordersync_alarm_latency_seconds",
                                  .help = "From an order's placing to its news at every screen.",
                                  .kind = OSY_METRIC_HISTOGRAM,
                                  .bounds = osy_metric_durations,
                                  .unit = G_USEC_PER_SEC};

OsyMetric *const osy_notification_metrics[] = {&alarm_latency, NULL};

typedef struct {
  guint id;
  OsyWs *ws;
  char *restaurant_id;
  char *subject_id;
  gint64 version; /* of the last status sent */
  OsyNotificationHub *hub;
} Watch;

/* What one shop's listeners share. */
typedef struct {
  OsyNotificationHub *hub;
  char *restaurant_id;
  GPtrArray *sockets; /* of OsyNotificationFeedSocket */
  GPtrArray *watches; /* of Watch */
  GPtrArray *waiting; /* of OsyEvent: not yet decorated */
  gboolean decorating;
} Channel;

struct _OsyNotificationHub {
  GObject parent_instance;
  const OsyEventFeed *feed;
  OsyBus *bus;
  guint subscription;
  guint heartbeat;
  guint last_watch;
  GHashTable *channels; /* restaurant id → Channel */
  OsyNotificationVerify verify;
  gpointer verify_data;
};

G_DEFINE_FINAL_TYPE (OsyNotificationHub, osy_notification_hub, G_TYPE_OBJECT)

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_signal_handlers_disconnect_by_data (watch->ws, watch);
  g_object_unref (watch->ws);
  g_free (watch->restaurant_id);
  g_free (watch->subject_id);
  g_free (watch);
}

static void
socket_free (gpointer data)
{
  OsyNotificationFeedSocket *socket = data;

  g_signal_handlers_disconnect_matched (osy_notification_feed_socket_ws (socket),
                                        G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, socket);
  osy_notification_feed_socket_unref (socket);
}

static void
channel_free (gpointer data)
{
  Channel *channel = data;

  g_ptr_array_unref (channel->sockets);
  g_ptr_array_unref (channel->watches);
  g_ptr_array_unref (channel->waiting);
  g_free (channel->restaurant_id);
  g_free (channel);
}

static Channel *
ensure_channel (OsyNotificationHub *self, const char *restaurant_id)
{
  Channel *channel = g_hash_table_lookup (self->channels, restaurant_id);

  if (channel == NULL) {
    channel = g_new0 (Channel, 1);
    channel->hub = self;
    channel->restaurant_id = g_strdup (restaurant_id);
    channel->sockets = g_ptr_array_new_with_free_func (socket_free);
    channel->watches = g_ptr_array_new_with_free_func (watch_free);
    channel->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
    g_hash_table_insert (self->channels, channel->restaurant_id, channel);
  }
  return channel;
}

/* ---- events out ---- */

static gint64
status_version (JsonNode *status)
{
  return json_object_get_int_member_with_default (json_node_get_object (status), "version", 0);
}

static void
send_status (Watch *watch, JsonNode *status)
{
  if (status_version (status) <= watch->version)
    return;
  g_autofree char *text = osy_json_print (status);
  watch->version = status_version (status);
  osy_ws_send_text (watch->ws, text, -1);
}

static void
send_event (Channel *channel, const OsyEventPage *page, guint place)
{
  const OsyEvent *event = g_ptr_array_index (page->events, place);
  const OsyEventExtra *extra = &page->extras[place];
  g_autoptr (GBytes) frame = osy_notification_event_frame (channel->hub->feed, page, place);

  for (guint i = 0; i < channel->sockets->len; i++)
    osy_notification_feed_socket_offer (g_ptr_array_index (channel->sockets, i), event, frame);
  if (channel->sockets->len > 0 && g_str_equal (event->type, "order.created"))
    osy_metric_observe (osy_metric_find (&alarm_latency),
                        MAX (0, osy_clock_now () - event->occurred_at));
  for (guint i = 0; extra->status != NULL && i < channel->watches->len; i++) {
    Watch *watch = g_ptr_array_index (channel->watches, i);
    if (g_str_equal (watch->subject_id, event->aggregate_id))
      send_status (watch, extra->status);
  }
}

/* What could not be decorated is read anew: by each feed socket itself, by a guest when he comes
 * back. Nobody waits for the next event to learn of this one. */
static void
send_back (Channel *channel, const OsyEvent *event)
{
  for (guint i = 0; i < channel->sockets->len; i++)
    osy_notification_feed_socket_offer (g_ptr_array_index (channel->sockets, i), event, NULL);
  for (guint i = 0; i < channel->watches->len; i++) {
    Watch *watch = g_ptr_array_index (channel->watches, i);
    if (g_str_equal (watch->subject_id, event->aggregate_id))
      osy_ws_close (watch->ws, 1013, "try again");
  }
}

typedef struct {
  OsyNotificationHub *hub;
  char *restaurant_id;
  OsyEventPage *page;
} Decoration;

static void
decoration_free (Decoration *decoration)
{
  g_object_unref (decoration->hub);
  osy_event_page_free (decoration->page);
  g_free (decoration->restaurant_id);
  g_free (decoration);
}

static gboolean
decorate (OsyDbTx *tx, gpointer data, GError **error)
{
  Decoration *decoration = data;

  return osy_event_feed_decorate (decoration->hub->feed, tx, decoration->page, error);
}

static void pump (Channel *channel);

static void
decorated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Decoration *decoration = user_data;
  Channel *channel = g_hash_table_lookup (decoration->hub->channels, decoration->restaurant_id);
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  if (!ok)
    g_info ("events could not be decorated: %s", error->message);
  for (guint i = 0; channel != NULL && i < decoration->page->events->len; i++) {
    if (ok)
      send_event (channel, decoration->page, i);
    else
      send_back (channel, g_ptr_array_index (decoration->page->events, i));
  }
  if (channel != NULL) {
    channel->decorating = FALSE;
    pump (channel);
  }
  decoration_free (decoration);
}

/* One stretch at a time, so that events leave in the order of the feed. */
static void
pump (Channel *channel)
{
  if (channel->decorating || channel->waiting->len == 0)
    return;
  Decoration *decoration = g_new0 (Decoration, 1);
  OsyDbScope scope = {.restaurant_id = channel->restaurant_id, .read_only = TRUE};

  decoration->hub = g_object_ref (channel->hub);
  decoration->restaurant_id = g_strdup (channel->restaurant_id);
  decoration->page = osy_event_page_new (NULL, 0, g_steal_pointer (&channel->waiting));
  channel->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  channel->decorating = TRUE;
  osy_db_pool_run_async (channel->hub->feed->pool, &scope, decorate, decoration, NULL, NULL,
                         decorated, decoration);
}

static void
event_published (const char *topic, gpointer message, gpointer user_data)
{
  OsyNotificationHub *self = user_data;
  OsyEvent *event = message;
  Channel *channel = g_hash_table_lookup (self->channels, event->restaurant_id);

  if (channel == NULL || channel->sockets->len + channel->watches->len == 0)
    return;
  g_ptr_array_add (channel->waiting, osy_event_ref (event));
  pump (channel);
}

/* ---- sockets in ---- */

static void
socket_closed (OsyWs *ws, guint code, gpointer user_data)
{
  OsyNotificationFeedSocket *socket = user_data;
  OsyNotificationHub *self = g_object_get_data (G_OBJECT (ws), "hub");
  const char *id = osy_principal_restaurant_id (osy_notification_feed_socket_principal (socket));
  Channel *channel = g_hash_table_lookup (self->channels, id);

  if (channel != NULL)
    g_ptr_array_remove (channel->sockets, socket);
}

static void
renew (OsyNotificationHub *self, OsyNotificationFeedSocket *socket, const char *token)
{
  gint64 expiry =
      self->verify (token, osy_notification_feed_socket_principal (socket), self->verify_data);

  if (expiry > 0)
    osy_notification_feed_socket_set_expiry (socket, expiry);
  else
    osy_ws_close (osy_notification_feed_socket_ws (socket), 4401, "sign in again");
}

static void
message_received (OsyWs *ws, const char *text, gpointer user_data)
{
  OsyNotificationFeedSocket *socket = user_data;
  g_auto (OsyNotificationMessage) message = {NULL};
  guint code = osy_notification_message_read (text, &message);

  if (code != 0)
    osy_ws_close (ws, (guint16)code, code == 1007 ? "not JSON" : "unknown message");
  else if (message.epoch != NULL)
    osy_notification_feed_socket_resume (socket, message.epoch, message.seq);
  else
    renew (g_object_get_data (G_OBJECT (ws), "hub"), socket, message.access_token);
}

typedef struct {
  OsyNotificationHub *hub;
  OsyPrincipal *principal;
} Accept;

static void
accept_free (gpointer data)
{
  Accept *accept = data;

  g_object_unref (accept->hub);
  osy_principal_unref (accept->principal);
  g_free (accept);
}

static void
feed_opened (OsyWs *ws, gpointer user_data)
{
  Accept *accept = user_data;

  if (ws == NULL)
    return;
  Channel *channel = ensure_channel (accept->hub, osy_principal_restaurant_id (accept->principal));
  OsyNotificationFeedSocket *socket =
      osy_notification_feed_socket_new (accept->hub->feed, g_object_ref (ws), accept->principal);
  osy_notification_feed_socket_set_expiry (
      socket, accept->hub->verify (NULL, accept->principal, accept->hub->verify_data));
  g_object_set_data (G_OBJECT (ws), "hub", accept->hub);
  g_signal_connect (ws, "message", G_CALLBACK (message_received), socket);
  g_signal_connect (ws, "closed", G_CALLBACK (socket_closed), socket);
  g_ptr_array_add (channel->sockets, socket);
}

static char *
choose_protocol (OsyHttpRequest *request, const char *prefix)
{
  g_auto (GStrv) offered = osy_ws_offered_protocols (request);

  for (guint i = 0; offered != NULL && offered[i] != NULL; i++)
    if (g_str_has_prefix (offered[i], prefix))
      return g_strdup (offered[i]);
  return NULL;
}

static void
open_feed (OsyHttpRequest *request, gpointer room)
{
  OsyNotificationHub *self = room;
  OsyPrincipal *principal = osy_http_request_principal (request);
  const char *restaurant_id = osy_principal_restaurant_id (principal);
  g_autofree char *protocol = choose_protocol (request, "ordersync.ticket.");
  Channel *channel = g_hash_table_lookup (self->channels, restaurant_id);

  if (channel != NULL && channel->sockets->len >= MAX_SOCKETS_PER_SHOP) {
    g_autoptr (GError) error = g_error_new (OSY_ERROR, OSY_ERROR_RATE_LIMITED,
                                            "Too many screens are connected; close one.");
    osy_http_reply_error (request, error);
    return;
  }
  Accept *accept = g_new0 (Accept, 1);
  accept->hub = g_object_ref (self);
  accept->principal = osy_principal_ref (principal);
  osy_ws_accept (request, protocol, feed_opened, accept, accept_free);
}

/* ---- watches ---- */

static void
watch_closed (OsyWs *ws, guint code, gpointer user_data)
{
  Watch *watch = user_data;
  Channel *channel = g_hash_table_lookup (watch->hub->channels, watch->restaurant_id);

  if (channel != NULL)
    g_ptr_array_remove (channel->watches, watch);
}

static guint
count_watches (const Channel *channel, const char *subject_id)
{
  guint n = 0;

  for (guint i = 0; i < channel->watches->len; i++)
    n += g_str_equal (((Watch *)g_ptr_array_index (channel->watches, i))->subject_id, subject_id);
  return n;
}

guint
osy_notification_hub_watch (OsyNotificationHub *self,
                            OsyWs *ws,
                            const char *restaurant_id,
                            const char *subject_id)
{
  Channel *channel = ensure_channel (self, restaurant_id);

  if (count_watches (channel, subject_id) >= MAX_WATCHES_PER_SUBJECT) {
    osy_ws_close (ws, 1013, "too many screens follow this order");
    g_object_unref (ws);
    return 0;
  }
  Watch *watch = g_new0 (Watch, 1);
  watch->id = ++self->last_watch;
  watch->ws = ws;
  watch->hub = self;
  watch->restaurant_id = g_strdup (restaurant_id);
  watch->subject_id = g_strdup (subject_id);
  g_ptr_array_add (channel->watches, watch);
  g_signal_connect (ws, "closed", G_CALLBACK (watch_closed), watch);
  return watch->id;
}

void
osy_notification_hub_tell (OsyNotificationHub *self, guint id, JsonNode *status)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    GPtrArray *watches = ((Channel *)value)->watches;
    for (guint i = 0; i < watches->len; i++) {
      Watch *watch = g_ptr_array_index (watches, i);
      if (watch->id == id) {
        send_status (watch, status);
        return;
      }
    }
  }
}

/* ---- life ---- */

/* Closing removes the socket from the array, so a copy is walked. */
static GPtrArray *
all_sockets (OsyNotificationHub *self)
{
  GPtrArray *sockets = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_extend (sockets, ((Channel *)value)->sockets, NULL, NULL);
  return sockets;
}

guint
osy_notification_hub_listeners (OsyNotificationHub *self)
{
  g_autoptr (GPtrArray) sockets = all_sockets (self);

  return sockets->len;
}

static gboolean
beat (gpointer user_data)
{
  OsyNotificationHub *self = user_data;
  g_autoptr (GPtrArray) sockets = all_sockets (self);
  gint64 now = osy_clock_now ();

  for (guint i = 0; i < sockets->len; i++) {
    OsyNotificationFeedSocket *socket = g_ptr_array_index (sockets, i);
    if (osy_notification_feed_socket_get_expiry (socket) <= now)
      osy_ws_close (osy_notification_feed_socket_ws (socket), 4401, "sign in again");
    else
      osy_notification_feed_socket_heartbeat (socket);
  }
  return G_SOURCE_CONTINUE;
}

void
osy_notification_hub_close_session (OsyNotificationHub *self, const char *session_id)
{
  g_autoptr (GPtrArray) sockets = all_sockets (self);

  for (guint i = 0; i < sockets->len; i++) {
    OsyNotificationFeedSocket *socket = g_ptr_array_index (sockets, i);
    OsyPrincipal *principal = osy_notification_feed_socket_principal (socket);
    if (g_strcmp0 (osy_principal_session_id (principal), session_id) == 0)
      osy_ws_close (osy_notification_feed_socket_ws (socket), 4401, "signed out");
  }
}

static void
osy_notification_hub_dispose (GObject *object)
{
  OsyNotificationHub *self = OSY_NOTIFICATION_HUB (object);

  if (self->bus != NULL)
    osy_bus_unsubscribe (self->bus, self->subscription);
  g_clear_object (&self->bus);
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  g_hash_table_remove_all (self->channels);
  G_OBJECT_CLASS (osy_notification_hub_parent_class)->dispose (object);
}

static void
osy_notification_hub_finalize (GObject *object)
{
  g_hash_table_unref (OSY_NOTIFICATION_HUB (object)->channels);
  G_OBJECT_CLASS (osy_notification_hub_parent_class)->finalize (object);
}

static void
osy_notification_hub_class_init (OsyNotificationHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osy_notification_hub_dispose;
  G_OBJECT_CLASS (klass)->finalize = osy_notification_hub_finalize;
}

static void
osy_notification_hub_init (OsyNotificationHub *self)
{
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, channel_free);
  self->heartbeat = g_timeout_add (HEARTBEAT_MS, beat, self);
}

OsyNotificationHub *
osy_notification_hub_new (const OsyEventFeed *feed, OsyBus *bus)
{
  OsyNotificationHub *self = g_object_new (OSY_TYPE_NOTIFICATION_HUB, NULL);

  self->feed = feed;
  self->bus = g_object_ref (bus);
  self->subscription = osy_bus_subscribe (bus, "", event_published, self);
  return self;
}

void
osy_notification_hub_set_verify (OsyNotificationHub *self,
                                 OsyNotificationVerify verify,
                                 gpointer user_data)
{
  self->verify = verify;
  self->verify_data = user_data;
}

const OsyRoute osy_notification_routes[] = {
    {"GET", "/ws/restaurants/me/feed", "followFeed", OSY_PERM_ORDER_READ, OSY_ROUTE_WEBSOCKET,
     open_feed},
    {NULL},
};
