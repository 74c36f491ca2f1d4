/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The live feed. Two ways lead to the same place: the WebSocket tells at once, a slow REST poll
 * tells for certain. Both go through take_event(), which lets each number pass once and in order;
 * a hole is asked for again, and what can no longer be had ends in "reset". */

#include "osy-client-private.h"

#include "osy-compat.h"
#include "osy-json.h"

#define PATH "/ws/restaurants/me/feed"
#define POLL_MS 15000
#define SILENCE_MS 7000
#define FIRST_PAUSE_MS 500
#define LONGEST_PAUSE_MS 8000
#define CLOSE_TOKEN_ENDED 4401
#define MAX_MESSAGE (1024 * 1024)
#define PAGE 100
/* A hole that three resumes did not fill is not going to be filled. */
#define MAX_RESUMES 3
#define RESUME_PATIENCE G_TIME_SPAN_SECOND

struct _OsyFeed {
  GObject parent;
  OsyClient *client;
  SoupSession *session;
  OsyFeedState state;

  char *epoch; /* NULL before the first hello */
  gint64 seq;  /* of the last event taken */

  GCancellable *connecting; /* while a handshake or renewal for it is under way */
  SoupWebsocketConnection *socket;
  gboolean greeted;
  guint resumes;
  gint64 resumed_at;
  guint beats_behind;

  gint64 last_heard;
  gint64 retry_at;
  guint pause_ms;
  guint poll_ms;
  guint silence_ms;
  guint reconnect_id;
  guint watch_id;
  guint poll_id;
  GCancellable *polling; /* while a poll is under way */
};

enum { PROP_STATE = 1, PROP_LAST_HEARD, PROP_RETRY_AT, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { EVENT, NOTICE, RESET, THING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OsyFeed, osy_feed, G_TYPE_OBJECT)

static void connect_now (OsyFeed *self);
static void poll_now (OsyFeed *self);

static void
set_state (OsyFeed *self, OsyFeedState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_retry_at (OsyFeed *self, gint64 at)
{
  if (self->retry_at == at)
    return;
  self->retry_at = at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
}

static void
heard (OsyFeed *self)
{
  self->last_heard = g_get_monotonic_time ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_HEARD]);
}

/* ---- numbers ---- */

/* Everything up to @seq of @epoch is taken as known; the listener loads it all. */
static void
adopt (OsyFeed *self, const char *epoch, gint64 seq)
{
  osy_set_str (&self->epoch, epoch);
  self->seq = seq;
  self->resumes = 0;
  self->beats_behind = 0;
  g_signal_emit (self, signals[RESET], 0);
}

static void
send_object (OsyFeed *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = osy_json_print (node);
  if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->socket, text);
}

static void
send_resume (OsyFeed *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", "resume");
  json_object_set_string_member (object, "epoch", self->epoch);
  json_object_set_int_member (object, "seq", self->seq);
  self->resumed_at = g_get_monotonic_time ();
  send_object (self, object);
}

/* What an event shows beside an order. */
static void
deliver_things (OsyFeed *self, JsonObject *event, const char *type)
{
  static const char *const names[] = {"ticket",  "check",      "table",    "job",
                                      "printer", "ingredient", "delivery", "payment"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    JsonNode *node = json_object_get_member (event, names[i]);

    if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
      g_signal_emit (self, signals[THING], g_quark_from_static_string (names[i]), node, type);
  }
}

static void
deliver (OsyFeed *self, JsonObject *event)
{
  JsonNode *node = json_object_get_member (event, "order");
  const char *type = osy_rest_text (event, "type", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = NULL;

  deliver_things (self, event, type);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node)) {
    g_signal_emit (self, signals[NOTICE], 0, type, osy_rest_text (event, "aggregate_id", ""));
    return;
  }
  order = osy_order_from_json (node, &error);
  if (order != NULL)
    g_signal_emit (self, signals[EVENT], 0, order, type);
  else
    g_message ("Event %" G_GINT64_FORMAT " of the feed is passed over: %s", self->seq,
               error->message);
}

/* Asks for what is missing. Returns: FALSE when that has been tried often enough. */
static gboolean
ask_again (OsyFeed *self)
{
  if (self->resumes > 0 && g_get_monotonic_time () - self->resumed_at < RESUME_PATIENCE)
    return TRUE;
  if (self->resumes >= MAX_RESUMES)
    return FALSE;
  self->resumes++;
  send_resume (self);
  return TRUE;
}

/* A number is missing before @seq. Returns: whether the hole is given up and @seq may be taken. */
static gboolean
bridge_hole (OsyFeed *self, gint64 seq, gboolean by_rest)
{
  if (!by_rest && ask_again (self))
    return FALSE;
  g_info ("The feed has lost what came before %" G_GINT64_FORMAT, seq);
  adopt (self, self->epoch, seq - 1);
  return TRUE;
}

static void
take_event (OsyFeed *self, JsonObject *event, gboolean by_rest)
{
  gint64 seq = osy_rest_int (event, "seq", -1);

  if (seq <= self->seq || (seq > self->seq + 1 && !bridge_hole (self, seq, by_rest)))
    return;
  self->seq = seq;
  self->resumes = 0;
  self->beats_behind = 0;
  deliver (self, event);
}

/* ---- messages ---- */

static void
take_hello (OsyFeed *self, JsonObject *message)
{
  const char *epoch = osy_rest_text (message, "epoch", NULL);
  gint64 head = osy_rest_int (message, "head", -1);
  gboolean again = self->greeted;

  if (epoch == NULL || head < 0)
    return;
  self->greeted = TRUE;
  self->pause_ms = FIRST_PAUSE_MS;
  set_retry_at (self, 0);
  set_state (self, OSY_FEED_LIVE);
  /* A second hello says that our numbers are not of this history. */
  if (again || g_strcmp0 (epoch, self->epoch) != 0 || head < self->seq)
    adopt (self, epoch, head);
  if (self->socket != NULL)
    send_resume (self);
}

static void
take_heartbeat (OsyFeed *self, JsonObject *message)
{
  gint64 head = osy_rest_int (message, "head", 0);

  if (!self->greeted || head <= self->seq) {
    self->beats_behind = 0;
    return;
  }
  /* One beat behind may be an event on its way; from the second on it is a loss. */
  if (++self->beats_behind >= 2 && !ask_again (self))
    adopt (self, self->epoch, head);
}

static void
take_socket_event (OsyFeed *self, JsonObject *message)
{
  const char *epoch = osy_rest_text (message, "epoch", NULL);
  JsonNode *event = json_object_get_member (message, "event");

  if (self->greeted && g_strcmp0 (epoch, self->epoch) == 0 && event != NULL &&
      JSON_NODE_HOLDS_OBJECT (event))
    take_event (self, json_node_get_object (event), FALSE);
}

static void
message_cb (SoupWebsocketConnection *socket, int type, GBytes *bytes, OsyFeed *self)
{
  g_autoptr (OsyFeed) alive = g_object_ref (self);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (JsonNode) node = NULL;
  const char *kind;

  if (type == SOUP_WEBSOCKET_DATA_TEXT && size > 0)
    node = osy_json_parse (text, size, &error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_message ("A message of the feed is passed over: %s",
               error != NULL ? error->message : "it is not a JSON object");
    return;
  }
  heard (self);
  kind = osy_rest_text (json_node_get_object (node), "type", "");
  if (g_str_equal (kind, "hello"))
    take_hello (self, json_node_get_object (node));
  else if (g_str_equal (kind, "heartbeat"))
    take_heartbeat (self, json_node_get_object (node));
  else if (g_str_equal (kind, "event"))
    take_socket_event (self, json_node_get_object (node));
}

/* ---- the socket ---- */

static void
drop_socket (OsyFeed *self)
{
  g_autoptr (SoupWebsocketConnection) socket = g_steal_pointer (&self->socket);

  self->greeted = FALSE;
  self->beats_behind = 0;
  self->resumes = 0;
  if (socket == NULL)
    return;
  g_signal_handlers_disconnect_by_data (socket, self);
  if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static gboolean
is_silent (OsyFeed *self)
{
  return g_get_monotonic_time () - self->last_heard > (gint64)self->silence_ms * 1000;
}

static gboolean
reconnect_cb (gpointer user_data)
{
  OsyFeed *self = user_data;

  self->reconnect_id = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

/* Waits a little longer each time, with a quarter of chance so that screens do not come at once. */
static void
reconnect_later (OsyFeed *self)
{
  guint pause = self->pause_ms + (guint)g_random_int_range (0, (gint32)(self->pause_ms / 4) + 1);

  if (self->state == OSY_FEED_STOPPED || self->reconnect_id != 0)
    return;
  if (self->state == OSY_FEED_LIVE)
    set_state (self, OSY_FEED_CONNECTING);
  self->pause_ms = MIN (self->pause_ms * 2, LONGEST_PAUSE_MS);
  set_retry_at (self, g_get_monotonic_time () + (gint64)pause * 1000);
  self->reconnect_id = g_timeout_add (pause, reconnect_cb, self);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyFeed *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_client_renew_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  g_clear_object (&self->connecting);
  if (ok)
    connect_now (self);
  else if (osy_client_refresh_token (self->client) == NULL)
    osy_feed_stop (self);
  else
    reconnect_later (self);
}

static void
renew_and_connect (OsyFeed *self)
{
  g_clear_object (&self->connecting);
  self->connecting = g_cancellable_new ();
  osy_client_renew_async (self->client, renewed_cb,
                          g_task_new (self, self->connecting, NULL, NULL));
}

static void
closed_cb (SoupWebsocketConnection *socket, OsyFeed *self)
{
  gushort code = soup_websocket_connection_get_close_code (socket);

  g_info ("The feed was closed with %u", code);
  drop_socket (self);
  if (self->state == OSY_FEED_STOPPED)
    return;
  if (code == CLOSE_TOKEN_ENDED)
    renew_and_connect (self);
  else
    reconnect_later (self);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyFeed *self = g_task_get_source_object (task);
  SoupMessage *message = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) socket =
      soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  g_clear_object (&self->connecting);
  if (socket == NULL) {
    g_info ("The feed could not be opened: %s", error->message);
    if (soup_message_get_status (message) == SOUP_STATUS_UNAUTHORIZED)
      renew_and_connect (self);
    else
      reconnect_later (self);
    return;
  }
  self->socket = g_steal_pointer (&socket);
  soup_websocket_connection_set_max_incoming_payload_size (self->socket, MAX_MESSAGE);
  g_signal_connect (self->socket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (closed_cb), self);
}

static void
connect_now (OsyFeed *self)
{
  OsyRestRequest request = {.method = "GET", .path = PATH};
  SoupMessage *message;
  GTask *task;

  if (self->state == OSY_FEED_STOPPED || self->socket != NULL || self->connecting != NULL)
    return;
  g_clear_handle_id (&self->reconnect_id, g_source_remove);
  request.token = osy_client_access_token (self->client);
  if (request.token == NULL) {
    renew_and_connect (self);
    return;
  }
  message = osy_rest_message_new (osy_client_base_url (self->client), &request);
  if (message == NULL) {
    osy_feed_stop (self);
    return;
  }
  self->connecting = g_cancellable_new ();
  task = g_task_new (self, self->connecting, NULL, NULL);
  g_task_set_source_tag (task, connect_now);
  g_task_set_task_data (task, message, g_object_unref);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->connecting, connected_cb, task);
}

/* A socket that says nothing is as good as closed. */
static gboolean
watch_cb (gpointer user_data)
{
  OsyFeed *self = user_data;

  if (!is_silent (self))
    return G_SOURCE_CONTINUE;
  set_state (self, OSY_FEED_LOST);
  if (self->socket != NULL) {
    drop_socket (self);
    reconnect_later (self);
  }
  return G_SOURCE_CONTINUE;
}

static void
token_changed_cb (OsyClient *client, GParamSpec *pspec, OsyFeed *self)
{
  const char *token = osy_client_access_token (client);
  JsonObject *object;

  if (token == NULL || self->socket == NULL)
    return;
  object = json_object_new ();
  json_object_set_string_member (object, "type", "auth");
  json_object_set_string_member (object, "access_token", token);
  send_object (self, object);
}

/* ---- the second way ---- */

static void
take_page (OsyFeed *self, JsonObject *page)
{
  const char *epoch = osy_rest_text (page, "epoch", NULL);
  gint64 head = osy_rest_int (page, "head", -1);
  JsonNode *events = json_object_get_member (page, "events");
  gint64 before = self->seq;

  if (epoch == NULL || head < 0 || events == NULL || !JSON_NODE_HOLDS_ARRAY (events))
    return;
  /* The page may be older than what the socket has told since; the head then says less than we
   * know. Only the socket's hello judges that. */
  if (g_strcmp0 (epoch, self->epoch) != 0) {
    adopt (self, epoch, head);
    return;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (events)); i++) {
    JsonNode *event = json_array_get_element (json_node_get_array (events), i);

    if (JSON_NODE_HOLDS_OBJECT (event))
      take_event (self, json_node_get_object (event), TRUE);
  }
  if (self->seq > before && self->seq < head)
    poll_now (self);
}

static void
polled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyFeed *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_call_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    return;
  g_clear_object (&self->polling);
  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    take_page (self, json_node_get_object (answer));
  else if (error != NULL)
    g_debug ("The feed could not be polled: %s", error->message);
}

static void
poll_now (OsyFeed *self)
{
  g_autofree char *path =
      self->epoch == NULL
          ? g_strdup ("/api/v1/restaurants/me/feed?limit=1")
          : g_strdup_printf ("/api/v1/restaurants/me/feed?epoch=%s&after=%" G_GINT64_FORMAT
                             "&limit=%d",
                             self->epoch, self->seq, PAGE);
  OsyRestRequest request = {.method = "GET", .path = path};

  if (self->polling != NULL)
    return;
  self->polling = g_cancellable_new ();
  osy_client_call_async (self->client, &request, OSY_CLIENT_SIGNED, self->polling, polled_cb,
                         g_task_new (self, self->polling, NULL, NULL));
}

static gboolean
poll_cb (gpointer user_data)
{
  poll_now (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- the object ---- */

void
osy_feed_start (OsyFeed *self)
{
  g_return_if_fail (OSY_IS_FEED (self));
  if (self->state != OSY_FEED_STOPPED)
    return;
  self->pause_ms = FIRST_PAUSE_MS;
  self->last_heard = g_get_monotonic_time (); /* silence counts from now */
  self->watch_id = g_timeout_add (MIN (1000, self->silence_ms / 4), watch_cb, self);
  self->poll_id = g_timeout_add (self->poll_ms, poll_cb, self);
  set_state (self, OSY_FEED_CONNECTING);
  connect_now (self);
}

void
osy_feed_stop (OsyFeed *self)
{
  g_return_if_fail (OSY_IS_FEED (self));
  g_clear_handle_id (&self->watch_id, g_source_remove);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_handle_id (&self->reconnect_id, g_source_remove);
  g_cancellable_cancel (self->connecting);
  g_clear_object (&self->connecting);
  g_cancellable_cancel (self->polling);
  g_clear_object (&self->polling);
  drop_socket (self);
  /* Whoever signs in next begins with everything. */
  osy_set_str (&self->epoch, NULL);
  self->seq = 0;
  set_retry_at (self, 0);
  set_state (self, OSY_FEED_STOPPED);
}

OsyFeedState
osy_feed_get_state (OsyFeed *self)
{
  g_return_val_if_fail (OSY_IS_FEED (self), OSY_FEED_STOPPED);
  return self->state;
}

void
osy_feed_set_pace (OsyFeed *self, guint poll_ms, guint silence_ms)
{
  g_return_if_fail (OSY_IS_FEED (self) && self->state == OSY_FEED_STOPPED);
  self->poll_ms = poll_ms;
  self->silence_ms = silence_ms;
}

static void
osy_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OsyFeed *self = OSY_FEED (object);

  switch (id) {
  case PROP_STATE: g_value_set_int (value, (int)self->state); break;
  case PROP_LAST_HEARD: g_value_set_int64 (value, self->last_heard); break;
  case PROP_RETRY_AT: g_value_set_int64 (value, self->retry_at); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osy_feed_dispose (GObject *object)
{
  OsyFeed *self = OSY_FEED (object);

  if (self->client != NULL)
    osy_feed_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (osy_feed_parent_class)->dispose (object);
}

static void
osy_feed_class_init (OsyFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osy_feed_get_property;
  object_class->dispose = osy_feed_dispose;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, OSY_FEED_STOPPED, OSY_FEED_LOST,
                                             OSY_FEED_STOPPED, flags);
  properties[PROP_LAST_HEARD] =
      g_param_spec_int64 ("last-heard", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[EVENT] = g_signal_new ("event", OSY_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, OSY_TYPE_ORDER, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", OSY_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[THING] = g_signal_new ("thing", OSY_TYPE_FEED, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 2, JSON_TYPE_NODE, G_TYPE_STRING);
  signals[RESET] =
      g_signal_new ("reset", OSY_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
osy_feed_init (OsyFeed *self)
{
  self->session = osy_rest_session_new ();
  self->poll_ms = POLL_MS;
  self->silence_ms = SILENCE_MS;
}

OsyFeed *
osy_feed_new (OsyClient *client)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client), NULL);
  OsyFeed *self = g_object_new (OSY_TYPE_FEED, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "notify::access-token", G_CALLBACK (token_changed_cb), self, 0);
  return self;
}
