/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The server's half of the feed protocol for one socket. */

#include "osy-notification-feed-socket.h"

#include "osy-compat.h"
#include "osy-json.h"

#define PAGE 100
#define BEHIND_MS 50      /* until a slow client is looked after again */
#define BEATS_TO_RESUME 2 /* heartbeats that a client has for its resume: at least 2 s */

typedef enum {
  STATE_OPENING, /* head not yet known */
  STATE_HELLO,   /* said hello, waits for resume */
  STATE_CATCHING_UP,
  STATE_LIVE,
} State;

struct _OsyNotificationFeedSocket {
  grefcount refs;
  const OsyEventFeed *feed;
  OsyWs *ws;
  OsyPrincipal *principal;
  gint64 expiry;
  State state;
  char *epoch;
  gint64 head;       /* highest number known to exist */
  gint64 sent;       /* highest number sent */
  guint beats;       /* heartbeats since hello */
  char *early_epoch; /* (nullable): of a resume that came before our hello */
  gint64 early_seq;
};

typedef struct {
  OsyNotificationFeedSocket *socket;
  char *epoch;
  gint64 after;
  OsyEventPage *page;
} Load;

static OsyNotificationFeedSocket *
socket_ref (OsyNotificationFeedSocket *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

void
osy_notification_feed_socket_unref (OsyNotificationFeedSocket *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->ws);
  osy_principal_unref (self->principal);
  g_free (self->epoch);
  g_free (self->early_epoch);
  g_free (self);
}

static void
load_free (Load *load)
{
  osy_notification_feed_socket_unref (load->socket);
  g_clear_pointer (&load->page, osy_event_page_free);
  g_free (load->epoch);
  g_free (load);
}

static void
send_object (OsyNotificationFeedSocket *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *text = osy_json_print (node);

  osy_ws_send_text (self->ws, text, -1);
}

static void
say_hello (OsyNotificationFeedSocket *self)
{
  JsonObject *hello = json_object_new ();

  json_object_set_string_member (hello, "type", "hello");
  json_object_set_string_member (hello, "epoch", self->epoch);
  json_object_set_int_member (hello, "head", self->head);
  send_object (self, hello);
}

GBytes *
osy_notification_event_frame (const OsyEventFeed *feed, const OsyEventPage *page, guint i)
{
  const OsyEvent *event = g_ptr_array_index (page->events, i);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", "event");
  json_object_set_string_member (object, "epoch", event->epoch);
  json_object_set_member (object, "event", osy_event_feed_to_json (feed, page, i));
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *text = osy_json_print (node);
  return osy_ws_frame_text (text, -1);
}

static gboolean
load_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Load *load = data;

  g_clear_pointer (&load->page, osy_event_page_free);
  load->page = osy_event_feed_read (load->socket->feed, tx, load->epoch, load->after,
                                    load->epoch ? PAGE : 0, error);
  return load->page != NULL;
}

static void catch_up (OsyNotificationFeedSocket *self);

static void
send_page (OsyNotificationFeedSocket *self, OsyEventPage *page)
{
  for (guint i = 0; i < page->events->len; i++) {
    const OsyEvent *event = g_ptr_array_index (page->events, i);
    if (event->seq <= self->sent)
      continue;
    if (osy_ws_is_behind (self->ws))
      return; /* the rest is read again once the client has kept up */
    g_autoptr (GBytes) frame = osy_notification_event_frame (self->feed, page, i);
    osy_ws_send_frame (self->ws, frame);
    self->sent = event->seq;
  }
}

/* The first look, or a history that is not the client's: begin at the present head. */
static void
greet (OsyNotificationFeedSocket *self, const OsyEventPage *page)
{
  gboolean opening = self->state == STATE_OPENING;

  osy_set_str (&self->epoch, page->epoch);
  self->head = MAX (page->head, opening ? self->head : 0);
  self->sent = page->head;
  self->state = STATE_HELLO;
  self->beats = 0;
  say_hello (self);
  if (opening && self->early_epoch != NULL)
    osy_notification_feed_socket_resume (self, self->early_epoch, self->early_seq);
}

static void
take_page (OsyNotificationFeedSocket *self, OsyEventPage *page)
{
  /* The client says that it has what never was: it knows another history under our epoch. */
  if (page->head < self->sent) {
    greet (self, page);
    return;
  }
  send_page (self, page);
  self->head = MAX (self->head, page->head);
  self->state = STATE_LIVE;
  if (self->sent < self->head)
    catch_up (self);
}

static void
page_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  OsyNotificationFeedSocket *self = load->socket;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_info ("a feed could not be read: %s", error->message);
    osy_ws_close (self->ws, 1013, "try again");
  } else if (g_strcmp0 (self->epoch, load->page->epoch) != 0) {
    greet (self, load->page);
  } else if (self->state == STATE_CATCHING_UP && load->after == self->sent) {
    take_page (self, load->page);
  } else if (self->state == STATE_CATCHING_UP) {
    catch_up (self);
  }
  load_free (load);
}

static void
start_load (OsyNotificationFeedSocket *self)
{
  Load *load = g_new0 (Load, 1);
  OsyDbScope scope = {.restaurant_id = osy_principal_restaurant_id (self->principal),
                      .read_only = TRUE};

  load->socket = socket_ref (self);
  load->epoch = g_strdup (self->epoch);
  load->after = self->sent;
  osy_db_pool_run_async (self->feed->pool, &scope, load_page, load, NULL, NULL, page_loaded, load);
}

static void
socket_unref (gpointer data)
{
  osy_notification_feed_socket_unref (data);
}

static gboolean
try_again (gpointer data)
{
  catch_up (data);
  return G_SOURCE_REMOVE;
}

/* A client that was away for long is sent as much as it takes, not cut off for a full queue. */
static void
catch_up (OsyNotificationFeedSocket *self)
{
  if (!osy_ws_is_open (self->ws))
    return;
  self->state = STATE_CATCHING_UP;
  if (osy_ws_is_behind (self->ws))
    g_timeout_add_full (G_PRIORITY_DEFAULT, BEHIND_MS, try_again, socket_ref (self), socket_unref);
  else
    start_load (self);
}

OsyNotificationFeedSocket *
osy_notification_feed_socket_new (const OsyEventFeed *feed, OsyWs *ws, OsyPrincipal *principal)
{
  OsyNotificationFeedSocket *self = g_new0 (OsyNotificationFeedSocket, 1);

  g_ref_count_init (&self->refs);
  self->feed = feed;
  self->ws = ws;
  self->principal = osy_principal_ref (principal);
  start_load (self);
  return self;
}

OsyWs *
osy_notification_feed_socket_ws (OsyNotificationFeedSocket *self)
{
  return self->ws;
}

OsyPrincipal *
osy_notification_feed_socket_principal (OsyNotificationFeedSocket *self)
{
  return self->principal;
}

gint64
osy_notification_feed_socket_get_expiry (OsyNotificationFeedSocket *self)
{
  return self->expiry;
}

void
osy_notification_feed_socket_set_expiry (OsyNotificationFeedSocket *self, gint64 expiry)
{
  self->expiry = expiry;
}

void
osy_notification_feed_socket_resume (OsyNotificationFeedSocket *self, const char *epoch, gint64 seq)
{
  /* Before its first event a shop has no epoch, so that is the beginning of any. */
  gboolean beginning = seq == 0 && g_strcmp0 (epoch, OSY_EVENT_NO_EPOCH) == 0;

  if (self->state == STATE_OPENING) {
    osy_set_str (&self->early_epoch, epoch);
    self->early_seq = seq;
    return;
  }
  if (!beginning && g_strcmp0 (epoch, self->epoch) != 0) {
    /* Not our history: hello again tells the client to load everything anew. */
    self->sent = self->head;
    self->state = STATE_HELLO;
    self->beats = 0;
    say_hello (self);
    return;
  }
  gboolean loading = self->state == STATE_CATCHING_UP;
  self->sent = seq;
  self->state = STATE_LIVE;
  if (loading)
    self->state = STATE_CATCHING_UP; /* the page under way sees that it no longer fits */
  else if (self->sent != self->head)
    catch_up (self);
}

void
osy_notification_feed_socket_offer (OsyNotificationFeedSocket *self,
                                    const OsyEvent *event,
                                    GBytes *frame)
{
  if (g_strcmp0 (self->epoch, OSY_EVENT_NO_EPOCH) == 0)
    osy_set_str (&self->epoch, event->epoch); /* history begins */
  if (self->state != STATE_OPENING && g_strcmp0 (event->epoch, self->epoch) != 0) {
    if (self->state != STATE_CATCHING_UP)
      catch_up (self);
    return;
  }
  self->head = MAX (self->head, event->seq);
  if (self->state != STATE_LIVE || event->seq <= self->sent)
    return;
  if (frame != NULL && event->seq == self->sent + 1) {
    osy_ws_send_frame (self->ws, frame);
    self->sent = event->seq;
  } else {
    catch_up (self);
  }
}

void
osy_notification_feed_socket_heartbeat (OsyNotificationFeedSocket *self)
{
  if (self->state == STATE_OPENING)
    return;
  JsonObject *beat = json_object_new ();
  json_object_set_string_member (beat, "type", "heartbeat");
  json_object_set_int_member (beat, "head", self->head);
  send_object (self, beat);
  if (self->state == STATE_HELLO && ++self->beats >= BEATS_TO_RESUME) {
    self->state = STATE_LIVE;
    if (self->sent < self->head)
      catch_up (self);
  }
}
