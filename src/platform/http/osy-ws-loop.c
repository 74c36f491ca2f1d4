/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ten thousand sockets cost the main loop one descriptor: they live in an epoll of their own, which
 * is one GSource. Sockets die in two steps, marked anywhere and released here, so that nothing a
 * caller or a signal handler holds can vanish under it. */

#include "osy-ws-private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_PER_TURN 256
#define TICK_MAX_MS 1000
#define TICK_MIN_MS 20

typedef struct {
  GSource base;
  OsyWsLoop *loop;
} WsSource;

struct _OsyWsLoop {
  const OsyHttpConfig *config; /* owned by the server, as is the loop */
  int epoll_fd;
  GSource *source;
  GSource *tick;
  GQueue sockets; /* of OsyWs, linked through themselves */
  GQueue dead;    /* of OsyWs, borrowed from sockets */
  GHashTable *per_client;
  gboolean stopping;
};

/* Whose sockets are counted together: an IPv4 address, an IPv6 /64; unix sockets are not capped,
 * since the edge speaks for many. */
static char *
cap_key (const char *client)
{
  struct in6_addr address;

  if (strcmp (client, "unix") == 0)
    return NULL;
  if (inet_pton (AF_INET6, client, &address) != 1)
    return g_strdup (client);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x", address.s6_addr[0],
                          address.s6_addr[1], address.s6_addr[2], address.s6_addr[3],
                          address.s6_addr[4], address.s6_addr[5], address.s6_addr[6],
                          address.s6_addr[7]);
}

static guint
count_of (OsyWsLoop *self, const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->per_client, key));
}

static void
change_count (OsyWsLoop *self, const char *client, int by)
{
  g_autofree char *key = cap_key (client);
  guint count;

  if (key == NULL)
    return;
  count = count_of (self, key) + (guint)by;
  if (count == 0)
    g_hash_table_remove (self->per_client, key);
  else
    g_hash_table_insert (self->per_client, g_steal_pointer (&key), GUINT_TO_POINTER (count));
}

static void
release_dead (OsyWsLoop *self)
{
  OsyWs *ws;

  while ((ws = g_queue_pop_head (&self->dead)) != NULL) {
    epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, osy_ws_fd (ws), NULL);
    g_queue_unlink (&self->sockets, osy_ws_link (ws));
    change_count (self, osy_ws_client (ws), -1);
    osy_ws_finish (ws);
    g_object_unref (ws);
  }
}

static gboolean
source_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return !g_queue_is_empty (&((WsSource *)source)->loop->dead);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  OsyWsLoop *self = ((WsSource *)source)->loop;
  struct epoll_event events[EVENTS_PER_TURN];
  int n = epoll_wait (self->epoll_fd, events, EVENTS_PER_TURN, 0);

  for (int i = 0; i < n; i++)
    if (!osy_ws_is_dead (events[i].data.ptr))
      osy_ws_on_io (events[i].data.ptr, events[i].events);
  release_dead (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {source_prepare, NULL, source_dispatch};

static gboolean
tick_cb (gpointer data)
{
  OsyWsLoop *self = data;
  gint64 now = g_get_monotonic_time ();

  for (GList *l = self->sockets.head; l != NULL; l = l->next)
    if (!osy_ws_is_dead (l->data))
      osy_ws_on_tick (l->data, now, self->config);
  return G_SOURCE_CONTINUE;
}

OsyWsLoop *
osy_ws_loop_new (const OsyHttpConfig *config, GMainContext *context)
{
  OsyWsLoop *self = g_new0 (OsyWsLoop, 1);
  guint shortest = MIN (config->ws_ping_ms, config->ws_silence_ms);

  self->config = config;
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self->per_client = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->source = g_source_new (&source_funcs, sizeof (WsSource));
  g_source_set_static_name (self->source, "osy-ws");
  ((WsSource *)self->source)->loop = self;
  g_source_add_unix_fd (self->source, self->epoll_fd, G_IO_IN);
  g_source_attach (self->source, context);
  self->tick = g_timeout_source_new (CLAMP (shortest / 4, TICK_MIN_MS, TICK_MAX_MS));
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, context);
  return self;
}

void
osy_ws_loop_stop (OsyWsLoop *self)
{
  self->stopping = TRUE;
  for (GList *l = self->sockets.head; l != NULL; l = l->next)
    if (!osy_ws_is_dead (l->data))
      osy_ws_die (l->data, 1006);
  release_dead (self);
}

void
osy_ws_loop_free (OsyWsLoop *self)
{
  osy_ws_loop_stop (self);
  g_source_destroy (self->tick);
  g_source_unref (self->tick);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_hash_table_unref (self->per_client);
  close (self->epoll_fd);
  g_free (self);
}

guint
osy_ws_loop_count (OsyWsLoop *self)
{
  return self->sockets.length;
}

gboolean
osy_ws_loop_has_room (OsyWsLoop *self, const char *client, GError **error)
{
  g_autofree char *key = cap_key (client);

  if (self->stopping || self->sockets.length >= self->config->ws_max) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "No more live connections are taken just now; try again.");
    return FALSE;
  }
  if (key != NULL && count_of (self, key) >= self->config->ws_per_ip) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_RATE_LIMITED,
                         "Too many live connections from this address; close some.");
    return FALSE;
  }
  return TRUE;
}

void
osy_ws_loop_close_all (OsyWsLoop *self, guint16 code, const char *reason)
{
  self->stopping = TRUE;
  for (GList *l = self->sockets.head; l != NULL; l = l->next)
    osy_ws_close (l->data, code, reason);
}

void
osy_ws_loop_add (OsyWsLoop *self, OsyWs *ws)
{
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = ws};

  g_object_ref (ws);
  g_queue_push_tail_link (&self->sockets, osy_ws_link (ws));
  change_count (self, osy_ws_client (ws), 1);
  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, osy_ws_fd (ws), &event) != 0)
    osy_ws_die (ws, 1006);
}

void
osy_ws_loop_watch_write (OsyWsLoop *self, OsyWs *ws, gboolean on)
{
  struct epoll_event event = {.events = EPOLLIN | (on ? EPOLLOUT : 0), .data.ptr = ws};

  if (epoll_ctl (self->epoll_fd, EPOLL_CTL_MOD, osy_ws_fd (ws), &event) != 0)
    g_debug ("cannot watch a WebSocket: %s", g_strerror (errno));
}

void
osy_ws_loop_bury (OsyWsLoop *self, OsyWs *ws)
{
  g_queue_push_tail (&self->dead, ws);
}
