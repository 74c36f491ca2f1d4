/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The feed over real sockets: what a client that reads every frame is sent, and what not. The
 * server, relay and hub live on the main loop; each client talks from a thread. */

#include <string.h>
#include <unistd.h>

#include "osy-clock.h"
#include "osy-event-relay.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-notification-hub.h"
#include "osy-test-http.h"
#include "osy-test-pg.h"

#define WAIT_MS 8000
#define SESSION "0190b0de-0000-7000-8000-0000000000aa"

static OsyDbPool *pool;      /* of who makes events */
static OsyDbPool *feed_pool; /* one worker, so that it can be held up */
static OsyEventFeed feed;
static OsyNotificationHub *hub;
static OsyHttpServer *server;
static char *shop;
static gint decorations_to_fail; /* atomic */
static gint order_size;          /* atomic: of the order that goes with each event */

/* ---- the world ---- */

static gboolean
decorate (OsyDbTx *tx, GPtrArray *events, OsyEventExtra *extras, gpointer room, GError **error)
{
  for (guint i = 0; i < events->len; i++) {
    const OsyEvent *event = g_ptr_array_index (events, i);
    JsonObject *status = json_object_new ();
    json_object_set_string_member (status, "type", "status");
    json_object_set_int_member (status, "version", event->aggregate_seq);
    g_autofree char *size = g_strnfill ((gsize)g_atomic_int_get (&order_size), 'x');
    extras[i].thing = json_node_init_string (json_node_alloc (), size);
    extras[i].status = json_node_init_object (json_node_alloc (), status);
  }
  if (g_atomic_int_get (&decorations_to_fail) == 0)
    return TRUE;
  g_atomic_int_add (&decorations_to_fail, -1);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "not now");
  return FALSE;
}

static const OsyEventDecorator decorators[] = {{"test", "order", decorate, NULL}, {NULL}};

static OsyPrincipal *
authenticate (OsyHttpRequest *request, gpointer data, GError **error)
{
  return osy_principal_new_user ("0190b0de-0000-7000-8000-000000000099", shop, OSY_ROLE_STAFF,
                                 SESSION);
}

static gint64
verify (const char *token, OsyPrincipal *principal, gpointer data)
{
  return token == NULL || strcmp (token, "good") == 0 ? osy_clock_now () + G_TIME_SPAN_HOUR : 0;
}

static void
watching (OsyWs *ws, gpointer user_data)
{
  if (ws != NULL)
    osy_notification_hub_watch (hub, g_object_ref (ws), shop, user_data);
}

static void
follow (OsyHttpRequest *request, gpointer data)
{
  osy_ws_accept (request, NULL, watching, g_strdup (osy_http_request_param (request, "id")),
                 g_free);
}

static const OsyRoute watch_routes[] = {
    {"GET", "/ws/watch/{id}", "watch", OSY_PERM_NONE, OSY_ROUTE_PUBLIC | OSY_ROUTE_WEBSOCKET,
     follow},
    {NULL},
};

typedef struct {
  const char *restaurant_id;
  const char *aggregate_id;
  gint64 from;
  gint64 n;
} Making;

static gboolean
emit (OsyDbTx *tx, gpointer data, GError **error)
{
  const Making *making = data;
  g_autoptr (OsyPrincipal) principal = osy_principal_new_system (making->restaurant_id, "test");
  OsyCall call = {.principal = principal};

  for (gint64 i = 0; i < making->n; i++) {
    const OsyEventDraft draft = {.type = "test.happened",
                                 .aggregate_type = "test",
                                 .aggregate_id = making->aggregate_id,
                                 .aggregate_seq = making->from + i};
    if (!osy_event_emit (tx, &call, &draft, error))
      return FALSE;
  }
  return TRUE;
}

static void
make_of (const char *restaurant_id, const char *aggregate_id, gint64 from, gint64 n)
{
  Making making = {restaurant_id, aggregate_id, from, n};
  OsyDbScope scope = {.restaurant_id = restaurant_id};
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run (pool, &scope, emit, &making, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
make (gint64 n)
{
  g_autofree char *aggregate = osy_id_new ();

  make_of (shop, aggregate, 1, n);
}

/* ---- a client ---- */

static int
dial (const char *target)
{
  guint status = 0;
  int fd = osy_test_ws_open (osy_http_server_address (server), target, NULL, &status);

  g_assert_cmpuint (status, ==, 101);
  return fd;
}

#define FEED "/ws/restaurants/me/feed"

/* The next message of @type; heartbeats are passed over unless asked for. */
static JsonNode *
hear (int fd, const char *type)
{
  for (;;) {
    g_autofree char *text = osy_test_ws_read_text (fd, WAIT_MS);
    g_assert_nonnull (text);
    g_autoptr (JsonNode) node = json_from_string (text, NULL);
    const char *found = json_object_get_string_member (json_node_get_object (node), "type");
    if (g_str_equal (found, type))
      return g_steal_pointer (&node);
    if (!g_str_equal (found, "heartbeat"))
      g_error ("heard %s instead of %s", text, type);
  }
}

static void
resume (int fd, const char *epoch, gint64 seq)
{
  g_autofree char *text = g_strdup_printf (
      "{\"type\":\"resume\",\"epoch\":\"%s\",\"seq\":%" G_GINT64_FORMAT "}", epoch, seq);

  g_assert_true (osy_test_ws_send_text (fd, text));
}

static char *
hear_hello (int fd, gint64 *head)
{
  g_autoptr (JsonNode) hello = hear (fd, "hello");
  JsonObject *object = json_node_get_object (hello);

  *head = json_object_get_int_member (object, "head");
  return g_strdup (json_object_get_string_member (object, "epoch"));
}

/* Events @first … @last, each once, in order. */
static void
hear_events (int fd, gint64 first, gint64 last)
{
  for (gint64 seq = first; seq <= last; seq++) {
    g_autoptr (JsonNode) node = hear (fd, "event");
    JsonObject *event = json_object_get_object_member (json_node_get_object (node), "event");
    g_assert_cmpint (json_object_get_int_member (event, "seq"), ==, seq);
  }
}

/* Two heartbeats without anything between them. */
static void
hear_nothing (int fd)
{
  for (int i = 0; i < 2; i++)
    json_node_unref (hear (fd, "heartbeat"));
}

static void
new_shop (void)
{
  g_free (shop);
  shop = osy_id_new ();
}

/* Once the relay has come so far. */
static int
dial_at (gint64 wanted, char **epoch)
{
  for (;;) {
    gint64 head = 0;
    int fd = dial (FEED);
    g_free (*epoch);
    *epoch = hear_hello (fd, &head);
    if (head >= wanted)
      return fd;
    close (fd);
  }
}

/* ---- stories ---- */

static gpointer
tell_live (gpointer data)
{
  g_autofree char *epoch = NULL;

  make (3);
  int fd = dial_at (3, &epoch);
  resume (fd, epoch, 0);
  hear_events (fd, 1, 3);
  make (2);
  make (1);
  hear_events (fd, 4, 6);
  resume (fd, epoch, 4); /* a client that lost two says so */
  hear_events (fd, 5, 6);
  hear_nothing (fd);
  close (fd);
  return NULL;
}

static gpointer
tell_first_ever (gpointer data)
{
  gint64 head = 0;
  int fd = dial (FEED);
  g_autofree char *epoch = hear_hello (fd, &head);

  g_assert_cmpstr (epoch, ==, OSY_EVENT_NO_EPOCH);
  resume (fd, epoch, head);
  make (2);
  hear_events (fd, 1, 2);
  close (fd);
  return NULL;
}

static gpointer
make_beside (gpointer data)
{
  for (int i = 0; i < 40; i++)
    make (5);
  return NULL;
}

static gpointer
tell_catch_up (gpointer data)
{
  g_autofree char *epoch = NULL;

  make (450);
  int fd = dial_at (450, &epoch);
  GThread *thread = g_thread_new ("maker", make_beside, NULL);
  resume (fd, epoch, 10);
  hear_events (fd, 11, 200);
  resume (fd, epoch, 150); /* in the middle of it: from there again */
  gint64 seq = 200;
  while (seq != 151) { /* what was under way may still come, in order */
    g_autoptr (JsonNode) node = hear (fd, "event");
    JsonObject *event = json_object_get_object_member (json_node_get_object (node), "event");
    gint64 next = json_object_get_int_member (event, "seq");
    g_assert_true (next == seq + 1 || next == 151);
    seq = next;
  }
  hear_events (fd, 152, 650);
  hear_nothing (fd);
  g_thread_join (thread);
  close (fd);
  return NULL;
}

/* Twenty megabytes for a client that takes its time. */
static gpointer
tell_slow (gpointer data)
{
  g_autofree char *epoch = NULL;

  make (500);
  int fd = dial_at (500, &epoch);
  g_atomic_int_set (&order_size, 40000);
  resume (fd, epoch, 0);
  g_usleep (1500000); /* reads nothing meanwhile */
  hear_events (fd, 1, 500);
  g_atomic_int_set (&order_size, 0);
  make (1);
  hear_events (fd, 501, 501);
  close (fd);
  return NULL;
}

static gpointer
tell_ahead (gpointer data)
{
  g_autofree char *epoch = NULL;
  gint64 head = 0;

  make (2);
  int fd = dial_at (2, &epoch);
  resume (fd, epoch, 999); /* of a history that was lost */
  g_autofree char *again = hear_hello (fd, &head);
  g_assert_cmpint (head, ==, 2);
  g_assert_cmpstr (again, ==, epoch);
  make (1);
  g_usleep (300000); /* the relay tells of it while the client thinks */
  resume (fd, again, head);
  hear_events (fd, 3, 3);
  hear_nothing (fd);
  close (fd);
  return NULL;
}

static gpointer
tell_foreign (gpointer data)
{
  g_autofree char *epoch = NULL;
  gint64 head = 0;

  make (2);
  int fd = dial_at (2, &epoch);
  resume (fd, "0190b0de-0000-7000-8000-00000000eeee", 1);
  g_autofree char *again = hear_hello (fd, &head);
  g_assert_cmpint (head, ==, 2);
  g_assert_cmpstr (again, ==, epoch);
  make (1);
  g_usleep (300000);
  resume (fd, again, head);
  hear_events (fd, 3, 3);
  hear_nothing (fd);
  close (fd);
  return NULL;
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean held;
  gboolean let_go;
} Holder;

static gboolean
hold (OsyDbTx *tx, gpointer data, GError **error)
{
  Holder *holder = data;

  g_mutex_lock (&holder->mutex);
  holder->held = TRUE;
  g_cond_broadcast (&holder->cond);
  while (!holder->let_go)
    g_cond_wait (&holder->cond, &holder->mutex);
  g_mutex_unlock (&holder->mutex);
  return TRUE;
}

static gpointer
hold_worker (gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run (feed_pool, NULL, hold, data, &error);

  g_assert_true (ok);
  return NULL;
}

/* The client knows where it was and does not wait for our hello. */
static gpointer
tell_early (gpointer data)
{
  Holder holder = {0};
  g_autofree char *epoch = NULL;
  gint64 head = 0;

  make (5);
  int fd = dial_at (5, &epoch);
  close (fd);
  g_mutex_init (&holder.mutex);
  g_cond_init (&holder.cond);
  GThread *thread = g_thread_new ("holder", hold_worker, &holder);
  g_mutex_lock (&holder.mutex);
  while (!holder.held)
    g_cond_wait (&holder.cond, &holder.mutex);
  g_mutex_unlock (&holder.mutex);
  fd = dial (FEED);
  resume (fd, epoch, 2);
  g_usleep (200000); /* the server reads it while it cannot yet say hello */
  g_mutex_lock (&holder.mutex);
  holder.let_go = TRUE;
  g_cond_broadcast (&holder.cond);
  g_mutex_unlock (&holder.mutex);
  g_free (hear_hello (fd, &head));
  hear_events (fd, 3, 5);
  hear_nothing (fd);
  close (fd);
  g_thread_join (thread);
  return NULL;
}

/* The beat is one for all, so the first may follow at once: the client still has time. */
static gpointer
tell_late (gpointer data)
{
  gint64 head = 0;

  make (1);
  int fd = dial (FEED);
  g_autofree char *epoch = hear_hello (fd, &head);
  json_node_unref (hear (fd, "heartbeat"));
  make (1);
  g_usleep (300000); /* and the relay tells of it */
  resume (fd, epoch, 0);
  hear_events (fd, 1, 2);
  hear_nothing (fd);
  close (fd);
  return NULL;
}

/* Who never resumes is told what is new. */
static gpointer
tell_silent (gpointer data)
{
  gint64 head = 0;
  int fd = dial (FEED);

  g_free (hear_hello (fd, &head));
  json_node_unref (hear (fd, "heartbeat"));
  json_node_unref (hear (fd, "heartbeat"));
  make (1);
  hear_events (fd, head + 1, head + 1);
  close (fd);
  return NULL;
}

/* One event, whose decoration fails; no other comes to draw attention to it. */
static gpointer
tell_undecorated (gpointer data)
{
  gint64 head = 0;
  int fd = dial (FEED);
  g_autofree char *epoch = hear_hello (fd, &head);

  resume (fd, epoch, head);
  g_atomic_int_set (&decorations_to_fail, 1);
  make (1);
  hear_events (fd, 1, 1);
  g_assert_cmpint (g_atomic_int_get (&decorations_to_fail), ==, 0);
  close (fd);
  return NULL;
}

static gpointer
tell_neighbour (gpointer data)
{
  g_autofree char *neighbour = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();
  gint64 head = 0;
  int fd = dial (FEED);
  g_autofree char *epoch = hear_hello (fd, &head);

  resume (fd, epoch, head);
  make_of (neighbour, aggregate, 1, 3);
  make (1);
  hear_events (fd, 1, 1);
  hear_nothing (fd);
  close (fd);
  return NULL;
}

static guint
say_and_be_closed (const char *text)
{
  gint64 head = 0;
  int fd = dial (FEED);

  g_free (hear_hello (fd, &head));
  g_assert_true (osy_test_ws_send_text (fd, text));
  guint code = osy_test_ws_read_close (fd, WAIT_MS);
  close (fd);
  return code;
}

static gpointer
tell_bad_words (gpointer data)
{
  gint64 head = 0;

  g_assert_cmpuint (say_and_be_closed ("{"), ==, 1007);
  g_assert_cmpuint (say_and_be_closed ("{\"type\":\"dance\"}"), ==, 1008);
  g_assert_cmpuint (say_and_be_closed ("[]"), ==, 1008);
  g_assert_cmpuint (say_and_be_closed ("{\"type\":\"resume\",\"epoch\":\"x\",\"seq\":0}"), ==,
                    1008);
  g_assert_cmpuint (say_and_be_closed ("{\"type\":\"auth\",\"access_token\":\"bad\"}"), ==, 4401);
  int fd = dial (FEED);
  g_free (hear_hello (fd, &head));
  g_assert_true (osy_test_ws_send_text (fd, "{\"type\":\"auth\",\"access_token\":\"good\"}"));
  hear_nothing (fd);
  close (fd);
  return NULL;
}

static gboolean
sign_out (gpointer data)
{
  osy_notification_hub_close_session (hub, data);
  return G_SOURCE_REMOVE;
}

static gpointer
tell_signed_out (gpointer data)
{
  gint64 head = 0;
  int fd = dial (FEED);

  g_free (hear_hello (fd, &head));
  g_idle_add (sign_out, (gpointer) "another session");
  hear_nothing (fd);
  g_idle_add (sign_out, (gpointer)SESSION);
  g_assert_cmpuint (osy_test_ws_read_close (fd, WAIT_MS), ==, 4401);
  close (fd);
  return NULL;
}

/* ---- guests ---- */

static void
hear_version (int fd, gint64 version)
{
  g_autoptr (JsonNode) node = hear (fd, "status");

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "version"), ==,
                   version);
}

static gpointer
tell_watch (gpointer data)
{
  g_autofree char *mine = osy_id_new ();
  g_autofree char *target = g_strconcat ("/ws/watch/", mine, NULL);
  int fd = dial (target);

  make (1); /* of somebody else */
  make_of (shop, mine, 1, 1);
  hear_version (fd, 1);
  make_of (shop, mine, 3, 1);
  hear_version (fd, 3);
  make_of (shop, mine, 2, 1); /* older than what was said */
  make_of (shop, mine, 4, 1);
  hear_version (fd, 4);
  g_atomic_int_set (&decorations_to_fail, 1);
  make_of (shop, mine, 5, 1); /* what cannot be told makes the guest ask again */
  g_assert_cmpuint (osy_test_ws_read_close (fd, WAIT_MS), ==, 1013);
  close (fd);
  return NULL;
}

static void
test_story (gconstpointer data)
{
  new_shop ();
  osy_test_http_thread ((OsyTestFunc)data, NULL);
}

/* ---- the end ---- */

static gpointer
dial_and_wait (gpointer data)
{
  int fd = dial (FEED);
  gint64 head = 0;

  g_free (hear_hello (fd, &head));
  return GINT_TO_POINTER (fd);
}

/* A hub that goes while sockets are open and events are on their way must not be called again. */
static void
test_hub_goes (void)
{
  new_shop ();
  int fd = GPOINTER_TO_INT (osy_test_http_thread (dial_and_wait, NULL));
  make (3);
  g_object_run_dispose (G_OBJECT (hub));
  make (3);
  for (int i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  close (fd);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    OsyTestFunc story;
  } stories[] = {
      {"live", tell_live},
      {"first-ever", tell_first_ever},
      {"catch-up", tell_catch_up},
      {"ahead", tell_ahead},
      {"foreign", tell_foreign},
      {"slow", tell_slow},
      {"early", tell_early},
      {"late", tell_late},
      {"silent", tell_silent},
      {"undecorated", tell_undecorated},
      {"neighbour", tell_neighbour},
      {"bad-words", tell_bad_words},
      {"signed-out", tell_signed_out},
      {"watch", tell_watch},
  };
  OsyHttpConfig config = {.listen = "127.0.0.1:0"};
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  pool = osy_test_pg_pool ();
  g_autofree char *app = osy_test_pg_conninfo ("ordersync_app");
  g_autofree char *relay_conninfo = osy_test_pg_conninfo ("ordersync_relay");
  feed_pool = osy_db_pool_new (app, 1);
  g_autoptr (OsyDbPool) relay_pool = osy_db_pool_new (relay_conninfo, 1);
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);
  feed = (OsyEventFeed){feed_pool, decorators};
  hub = osy_notification_hub_new (&feed, bus);
  osy_notification_hub_set_verify (hub, verify, NULL);
  server = osy_http_server_new (&config, &error);
  g_assert_no_error (error);
  osy_http_server_add_routes (server, osy_notification_routes, hub);
  osy_http_server_add_routes (server, watch_routes, NULL);
  osy_http_server_set_authenticate (server, authenticate, NULL);
  osy_http_server_open (server);
  osy_event_relay_start (relay);
  for (gsize i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strconcat ("/notification/feed/", stories[i].name, NULL);
    g_test_add_data_func (path, (gconstpointer)stories[i].story, test_story);
  }
  g_test_add_func ("/notification/hub/goes", test_hub_goes);
  int status = g_test_run ();
  osy_http_server_stop (server, 1000);
  osy_event_relay_stop (relay);
  g_object_unref (server);
  osy_db_pool_close (feed_pool);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (hub);
  g_object_unref (feed_pool);
  g_free (shop);
  return status;
}
