/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* MHD as one source of the GLib main loop. MHD has no thread of its own and no wake-up pipe: what
 * happens to a suspended connection becomes visible to it only in the next MHD_run(), so every
 * answer asks for one, and a timer runs it once a second in any case (it is also what makes MHD
 * accept again after its connection limit was reached). */

#include "osy-http-private.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "osy-ws-private.h"

#define MEMORY_LIMIT ((size_t)16384)
#define TICK_MAX_MS 1000
#define TICK_MIN_MS 20
#define SPARE_FILES 1000

typedef struct {
  GSource base;
  OsyHttpServer *server; /* not owned: the server destroys its source */
  gpointer tag;
} HttpSource;

struct _OsyHttpServer {
  GObject parent_instance;
  OsyHttpConfig config;
  char **origins;
  char *address;
  GMainContext *context;
  struct MHD_Daemon *mhd;
  GSource *source;
  GSource *tick;
  gboolean wake;
  gboolean open;
  gboolean stopping;
  GQueue conns; /* of OsyHttpConn, linked through themselves */
  guint in_flight;
  OsyHttpRouter *router;
  OsyHttpLimit *limit;
  char *edge_address; /* (nullable): of the edge's listener */
  int edge_fd;        /* -1: none */
  GSource *edge_source;
  OsyWsLoop *ws_loop;
  OsyHttpAuthenticate authenticate;
  gpointer authenticate_data;
  OsyHttpObserver observer;
  gpointer observer_data;
};

G_DEFINE_FINAL_TYPE (OsyHttpServer, osy_http_server, G_TYPE_OBJECT)

/* ---- the main loop ---- */

static gboolean
is_due (OsyHttpServer *self, int *timeout)
{
  MHD_UNSIGNED_LONG_LONG ms = 0;

  *timeout = -1;
  if (self->wake)
    return TRUE;
  if (MHD_get_timeout (self->mhd, &ms) != MHD_YES)
    return FALSE;
  *timeout = (int)MIN (ms, TICK_MAX_MS);
  return ms == 0;
}

static gboolean
source_prepare (GSource *source, int *timeout)
{
  return is_due (((HttpSource *)source)->server, timeout);
}

static gboolean
source_check (GSource *source)
{
  HttpSource *http = (HttpSource *)source;
  int timeout;

  return g_source_query_unix_fd (source, http->tag) != 0 || is_due (http->server, &timeout);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  OsyHttpServer *self = ((HttpSource *)source)->server;

  self->wake = FALSE;
  MHD_run (self->mhd);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {source_prepare, source_check, source_dispatch};

static gboolean
tick_cb (gpointer data)
{
  OsyHttpServer *self = data;
  gint64 now = g_get_monotonic_time ();

  for (GList *l = self->conns.head; l != NULL; l = l->next)
    osy_http_conn_sweep (l->data, now);
  self->wake = TRUE;
  return G_SOURCE_CONTINUE;
}

void
osy_http_server_wake (OsyHttpServer *self)
{
  self->wake = TRUE;
}

static void
attach_sources (OsyHttpServer *self)
{
  int fd = MHD_get_daemon_info (self->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  const OsyHttpConfig *config = &self->config;
  guint shortest = MIN (MIN (config->header_deadline_ms, config->body_deadline_ms),
                        MIN (config->work_deadline_ms, config->reply_deadline_ms));

  self->source = g_source_new (&source_funcs, sizeof (HttpSource));
  g_source_set_static_name (self->source, "osy-http");
  ((HttpSource *)self->source)->server = self;
  ((HttpSource *)self->source)->tag = g_source_add_unix_fd (self->source, fd, G_IO_IN);
  g_source_attach (self->source, self->context);
  self->tick = g_timeout_source_new (CLAMP (shortest / 4, TICK_MIN_MS, TICK_MAX_MS));
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, self->context);
}

static void
detach_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* ---- start ---- */

static void log_mhd (void *cls, const char *format, va_list args) G_GNUC_PRINTF (2, 0);

static void
log_mhd (void *cls, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  g_debug ("MHD: %s", g_strchomp (text));
}

static void
raise_file_limit (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, wanted);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_message ("the limit of open files stays at its default");
}

static void
set_default (guint *value, guint fallback)
{
  if (*value == 0)
    *value = fallback;
}

static void
take_config (OsyHttpServer *self, const OsyHttpConfig *config)
{
  OsyHttpConfig *own = &self->config;

  *own = *config;
  own->listen = NULL;
  own->edge = NULL;
  set_default (&own->header_deadline_ms, 10000);
  set_default (&own->body_deadline_ms, 20000);
  set_default (&own->work_deadline_ms, 60000);
  set_default (&own->reply_deadline_ms, 60000);
  set_default (&own->idle_s, 30);
  set_default (&own->per_ip_connections, 1000);
  set_default (&own->max_connections, 19000);
  set_default (&own->ws_per_ip, 1000);
  set_default (&own->ws_max, 12000);
  set_default (&own->ws_ping_ms, 5000);
  set_default (&own->ws_silence_ms, 15000);
  self->origins = g_strdupv ((char **)config->origins);
  own->origins = (const char *const *)self->origins;
  self->limit = osy_http_limit_new (config->limits);
}

static struct MHD_Daemon *
start_mhd (OsyHttpServer *self, int fd)
{
  /* The logger must come first: it is used while the other options are read. */
  return MHD_start_daemon (MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE |
                               MHD_USE_ERROR_LOG,
                           0, NULL, NULL, osy_http_on_request, self,                            //
                           MHD_OPTION_EXTERNAL_LOGGER, log_mhd, NULL,                           //
                           MHD_OPTION_LISTEN_SOCKET, fd,                                        //
                           MHD_OPTION_STRICT_FOR_CLIENT, 1,                                     //
                           MHD_OPTION_CONNECTION_TIMEOUT, self->config.idle_s,                  //
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_LIMIT,                    //
                           MHD_OPTION_CONNECTION_LIMIT, self->config.max_connections,           //
                           MHD_OPTION_PER_IP_CONNECTION_LIMIT, self->config.per_ip_connections, //
                           MHD_OPTION_NOTIFY_CONNECTION, osy_http_on_connection, self,          //
                           MHD_OPTION_NOTIFY_COMPLETED, osy_http_on_completed, self,            //
                           MHD_OPTION_URI_LOG_CALLBACK, osy_http_on_target, self,               //
                           MHD_OPTION_UNESCAPE_CALLBACK, osy_http_on_unescape, self,            //
                           MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                                //
                           MHD_OPTION_END);
}

/* ---- the edge's listener ---- */

#define ACCEPTS_A_TURN 16

/* MHD takes connections that were accepted elsewhere; so one server has both listeners. */
static gboolean
edge_came_cb (int fd, GIOCondition condition, gpointer data)
{
  OsyHttpServer *self = data;
  struct sockaddr_un nobody = {.sun_family = AF_UNIX};

  for (guint i = 0; i < ACCEPTS_A_TURN; i++) {
    int client = accept4 (fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0)
      break;
    /* MHD closes the socket when it has no room for it. */
    if (MHD_add_connection (self->mhd, client, (struct sockaddr *)&nobody,
                            sizeof nobody.sun_family) != MHD_YES)
      g_message ("a connection of the edge was refused: there are too many");
  }
  self->wake = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_for_edge (OsyHttpServer *self, const char *edge, GError **error)
{
  self->edge_fd = osy_http_listen (edge, &self->edge_address, error);
  if (self->edge_fd < 0)
    return FALSE;
  self->edge_source = g_unix_fd_source_new (self->edge_fd, G_IO_IN);
  g_source_set_callback (self->edge_source, G_SOURCE_FUNC (edge_came_cb), self, NULL);
  g_source_attach (self->edge_source, self->context);
  return TRUE;
}

gboolean
osy_http_server_is_edge (OsyHttpServer *self, int fd)
{
  struct sockaddr_un own = {0};
  socklen_t len = sizeof own;

  return self->edge_address != NULL && getsockname (fd, (struct sockaddr *)&own, &len) == 0 &&
         own.sun_family == AF_UNIX &&
         g_strcmp0 (own.sun_path, self->edge_address + strlen ("unix:")) == 0;
}

OsyHttpServer *
osy_http_server_new (const OsyHttpConfig *config, GError **error)
{
  g_autoptr (OsyHttpServer) self = NULL;
  int fd;

  g_return_val_if_fail (config != NULL && config->listen != NULL, NULL);
  self = g_object_new (OSY_TYPE_HTTP_SERVER, NULL);
  take_config (self, config);
  raise_file_limit (self->config.max_connections + self->config.ws_max + SPARE_FILES);
  fd = osy_http_listen (config->listen, &self->address, error);
  if (fd < 0)
    return NULL;
  self->mhd = start_mhd (self, fd);
  if (self->mhd == NULL) {
    close (fd);
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "Cannot start the HTTP server on %s.",
                 self->address);
    return NULL;
  }
  self->context = g_main_context_ref_thread_default ();
  self->ws_loop = osy_ws_loop_new (&self->config, self->context);
  attach_sources (self);
  if (config->edge != NULL && !listen_for_edge (self, config->edge, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* ---- stop ---- */

static gboolean
time_is_up_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
close_listener (OsyHttpServer *self)
{
  int fd = MHD_quiesce_daemon (self->mhd);

  if (fd >= 0)
    close (fd);
  osy_http_unlisten (self->address);
  detach_source (&self->edge_source);
  if (self->edge_fd >= 0)
    close (self->edge_fd);
  self->edge_fd = -1;
  osy_http_unlisten (self->edge_address);
}

static void
wait_for_quiet (OsyHttpServer *self, guint timeout_ms)
{
  gboolean time_is_up = FALSE;
  GSource *timer = g_timeout_source_new (timeout_ms);

  g_source_set_callback (timer, time_is_up_cb, &time_is_up, NULL);
  g_source_attach (timer, self->context);
  while (!time_is_up && (self->in_flight > 0 || osy_ws_loop_count (self->ws_loop) > 0))
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timer);
  g_source_unref (timer);
}

/* MHD must not be stopped with suspended connections. */
static void
answer_the_rest (OsyHttpServer *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The service is stopping; try again.");

  for (GList *l = self->conns.head; l != NULL; l = l->next) {
    OsyHttpRequest *request = ((OsyHttpConn *)l->data)->request;
    if (request == NULL || !request->suspended)
      continue;
    osy_http_reply_error (request, error);
    request->abandoned = TRUE;
  }
  MHD_run (self->mhd);
  MHD_run (self->mhd);
}

void
osy_http_server_stop (OsyHttpServer *self, guint timeout_ms)
{
  if (self->mhd == NULL || self->stopping)
    return;
  self->stopping = TRUE;
  close_listener (self);
  osy_ws_loop_close_all (self->ws_loop, 1001, "The service is stopping.");
  wait_for_quiet (self, timeout_ms);
  answer_the_rest (self);
  osy_ws_loop_stop (self->ws_loop);
  detach_source (&self->tick);
  detach_source (&self->source);
  MHD_stop_daemon (g_steal_pointer (&self->mhd));
}

static void
osy_http_server_dispose (GObject *object)
{
  osy_http_server_stop (OSY_HTTP_SERVER (object), 0);
  G_OBJECT_CLASS (osy_http_server_parent_class)->dispose (object);
}

static void
osy_http_server_finalize (GObject *object)
{
  OsyHttpServer *self = OSY_HTTP_SERVER (object);

  g_clear_pointer (&self->ws_loop, osy_ws_loop_free);
  osy_http_router_free (self->router);
  g_strfreev (self->origins);
  g_clear_pointer (&self->limit, osy_http_limit_free);
  g_free (self->address);
  g_free (self->edge_address);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (osy_http_server_parent_class)->finalize (object);
}

static void
osy_http_server_class_init (OsyHttpServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osy_http_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = osy_http_server_finalize;
}

static void
osy_http_server_init (OsyHttpServer *self)
{
  g_queue_init (&self->conns);
  self->router = osy_http_router_new ();
  self->edge_fd = -1;
}

/* ---- what the parts of this folder ask ---- */

const OsyHttpConfig *
osy_http_server_config (OsyHttpServer *self)
{
  return &self->config;
}

OsyHttpRouter *
osy_http_server_router (OsyHttpServer *self)
{
  return self->router;
}

OsyWsLoop *
osy_http_server_ws_loop (OsyHttpServer *self)
{
  return self->ws_loop;
}

gboolean
osy_http_server_is_open (OsyHttpServer *self)
{
  return self->open && !self->stopping;
}

OsyPrincipal *
osy_http_server_authenticate (OsyHttpServer *self, OsyHttpRequest *request, GError **error)
{
  if (self->authenticate == NULL)
    return osy_principal_new_anonymous ();
  return self->authenticate (request, self->authenticate_data, error);
}

void
osy_http_server_observe (OsyHttpServer *self, OsyHttpRequest *request, guint status)
{
  if (self->observer != NULL)
    self->observer (request, status, g_get_monotonic_time () - request->started,
                    self->observer_data);
}

void
osy_http_server_conn_added (OsyHttpServer *self, OsyHttpConn *conn)
{
  g_queue_push_tail_link (&self->conns, &conn->link);
}

void
osy_http_server_conn_removed (OsyHttpServer *self, OsyHttpConn *conn)
{
  g_queue_unlink (&self->conns, &conn->link);
}

void
osy_http_server_request_begun (OsyHttpServer *self)
{
  self->in_flight++;
}

void
osy_http_server_request_ended (OsyHttpServer *self)
{
  self->in_flight--;
}

/* ---- public ---- */

void
osy_http_server_add_routes (OsyHttpServer *self, const OsyRoute *routes, gpointer room)
{
  g_return_if_fail (OSY_IS_HTTP_SERVER (self));
  osy_http_router_add (self->router, routes, room);
}

void
osy_http_server_set_authenticate (OsyHttpServer *self, OsyHttpAuthenticate func, gpointer user_data)
{
  self->authenticate = func;
  self->authenticate_data = user_data;
}

void
osy_http_server_set_observer (OsyHttpServer *self, OsyHttpObserver func, gpointer user_data)
{
  self->observer = func;
  self->observer_data = user_data;
}

void
osy_http_server_open (OsyHttpServer *self)
{
  self->open = TRUE;
}

const char *
osy_http_server_address (OsyHttpServer *self)
{
  return self->address;
}

guint
osy_http_server_in_flight (OsyHttpServer *self)
{
  return self->in_flight;
}

OsyHttpLimit *
osy_http_server_limit (OsyHttpServer *self)
{
  return self->limit;
}

guint
osy_http_server_websockets (OsyHttpServer *self)
{
  return osy_ws_loop_count (self->ws_loop);
}
