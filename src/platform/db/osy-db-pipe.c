/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One connection in pipeline mode on the main loop. A transaction is sent as
 *   [Parse] BEGIN scope statement Sync COMMIT Sync
 * in one go: the first Sync ends the skipping that follows an error, so that COMMIT is always
 * carried out and its tag, COMMIT or ROLLBACK, is the truth about the whole. What was sent when the
 * connection dies is answered UNAVAILABLE and its outcome is unknown; what was not yet sent waits
 * for the connection. */

#include "osy-db-private.h"

#include <signal.h>
#include <string.h>

#include "osy-failpoint.h"

#define FIRST_BACKOFF_MS 50
#define MAX_BACKOFF_MS 1000
#define CONNECT_TIMEOUT_US (5 * G_USEC_PER_SEC)
/* The server gives up on a statement after ten seconds; later than that it must be stuck. */
#define ANSWER_TIMEOUT_US (15 * G_USEC_PER_SEC)

typedef struct {
  char *restaurant_id;
  char *user_id;
  gboolean read_only;
  char *sql;
  OsyDbArgs *args;
  OsyDbPipeDone done;
  gpointer user_data;
  /* while in flight */
  gint64 sent_at;
  char *prepare_key; /* (nullable): of the Parse that went before */
  guint n_results;   /* of this transaction, so far */
  guint n_syncs;
  gboolean committed;
  PGresult *rows;
  GError *error;
} Work;

struct _OsyDbPipe {
  GObject parent_instance;

  OsyDbConn *conn;
  GSource *source; /* of the socket */
  gpointer tag;    /* of its descriptor; NULL: none */
  int fd;
  gboolean connected;
  gint64 connect_since;
  guint backoff_ms;
  guint reconnect; /* source id */
  guint watchdog;  /* source id */
  GQueue waiting;  /* Work, not sent */
  GQueue flight;   /* Work, sent */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (OsyDbPipe, osy_db_pipe, G_TYPE_OBJECT)

typedef struct {
  GSource source;
  OsyDbPipe *pipe; /* unowned: the pipe destroys us */
} SocketSource;

static void work_free (Work *work);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
work_free (Work *work)
{
  g_free (work->restaurant_id);
  g_free (work->user_id);
  g_free (work->sql);
  g_free (work->prepare_key);
  g_clear_pointer (&work->args, osy_db_args_free);
  g_clear_pointer (&work->rows, PQclear);
  g_clear_error (&work->error);
  g_free (work);
}

static void
answer (Work *taken)
{
  g_autoptr (Work) work = taken;
  g_autoptr (OsyDbRows) rows = NULL;

  if (work->error == NULL)
    rows = osy_db_rows_new (g_steal_pointer (&work->rows));
  work->done (rows, work->error, work->user_data);
}

/* Takes the queue first: a callback may submit again. */
static void
refuse_all (GQueue *queue, const char *message)
{
  GQueue taken = *queue;

  g_queue_init (queue);
  for (Work *work; (work = g_queue_pop_head (&taken)) != NULL;) {
    g_clear_error (&work->error);
    g_set_error_literal (&work->error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, message);
    answer (work);
  }
}

/* ---- sending ---- */

static const char *
find_or_name (OsyDbPipe *self, const char *key, gboolean *fresh)
{
  const char *name = g_hash_table_lookup (self->conn->prepared, key);

  *fresh = name == NULL;
  if (name == NULL) {
    char *made = g_strdup_printf ("s%u", ++self->conn->last_name);
    g_hash_table_insert (self->conn->prepared, g_strdup (key), made);
    name = made;
  }
  return name;
}

static gboolean
send_parse (OsyDbPipe *self, Work *work, const char **name)
{
  g_autofree char *key = osy_db_conn_prepared_key (work->sql, work->args);
  gboolean fresh;

  *name = find_or_name (self, key, &fresh);
  if (!fresh)
    return TRUE;
  work->prepare_key = g_steal_pointer (&key);
  return PQsendPrepare (self->conn->pg, *name, work->sql, work->args->n, work->args->types);
}

static gboolean
send_work (OsyDbPipe *self, Work *work)
{
  PGconn *pg = self->conn->pg;
  const char *begin = work->read_only ? "BEGIN READ ONLY" : "BEGIN";
  const char *scope[] = {work->restaurant_id ? work->restaurant_id : "",
                         work->user_id ? work->user_id : ""};
  const OsyDbArgs *args = work->args;
  const char *name = NULL;

  work->sent_at = g_get_monotonic_time ();
  OSY_FAILPOINT ("writer.before-submit");
  return send_parse (self, work, &name) &&
         PQsendQueryParams (pg, begin, 0, NULL, NULL, NULL, NULL, 0) &&
         PQsendQueryPrepared (pg, "scope", 2, scope, NULL, NULL, 0) &&
         PQsendQueryPrepared (pg, name, args->n, args->values, args->lengths, args->formats, 0) &&
         PQpipelineSync (pg) && PQsendQueryParams (pg, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) &&
         PQpipelineSync (pg);
}

static void
arm (OsyDbPipe *self, GIOCondition condition)
{
  int fd = PQsocket (self->conn->pg);

  /* libpq opens another socket when it goes on to the next address of a host. */
  if (self->tag != NULL && fd != self->fd) {
    g_source_remove_unix_fd (self->source, self->tag);
    self->tag = NULL;
  }
  if (self->tag == NULL)
    self->tag = g_source_add_unix_fd (self->source, fd, condition);
  else
    g_source_modify_unix_fd (self->source, self->tag, condition);
  self->fd = fd;
}

/* What does not fit into the socket goes when it can: without the write watch a batch larger than
 * the socket's buffer would wait for ever. */
static gboolean
flush (OsyDbPipe *self)
{
  int left = PQflush (self->conn->pg);

  if (left < 0)
    return FALSE;
  arm (self, left > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN);
  return TRUE;
}

/* ---- connecting ---- */

static void connect_again (OsyDbPipe *self);

static gboolean
reconnect_cb (gpointer user_data)
{
  OsyDbPipe *self = user_data;

  self->reconnect = 0;
  connect_again (self);
  return G_SOURCE_REMOVE;
}

static void
drop_connection (OsyDbPipe *self)
{
  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_clear_pointer (&self->source, g_source_unref);
    self->tag = NULL;
  }
  self->connected = FALSE;
  osy_db_conn_close (self->conn);
}

/* Everything fails that depends on this connection; then a pause, then a new one. */
static void
lose_connection (OsyDbPipe *self)
{
  g_autoptr (OsyDbPipe) alive = g_object_ref (self);
  gboolean was_connected = self->connected;

  drop_connection (self);
  self->backoff_ms = was_connected ? FIRST_BACKOFF_MS
                                   : CLAMP (self->backoff_ms * 2, FIRST_BACKOFF_MS, MAX_BACKOFF_MS);
  if (!self->closed && self->reconnect == 0)
    self->reconnect = g_timeout_add (self->backoff_ms, reconnect_cb, self);
  refuse_all (&self->flight, "The connection to the database was lost, and whether it saved is not "
                             "known; ask again with the same key");
  if (!was_connected)
    refuse_all (&self->waiting, "The database cannot be reached; try again shortly");
}

static gboolean
send_waiting (OsyDbPipe *self)
{
  for (Work *work; (work = g_queue_pop_head (&self->waiting)) != NULL;) {
    g_queue_push_tail (&self->flight, work);
    if (!send_work (self, work))
      return FALSE;
  }
  return flush (self);
}

static gboolean
begin_pipeline (OsyDbPipe *self)
{
  PGconn *pg = self->conn->pg;

  self->connected = TRUE;
  self->backoff_ms = 0;
  if (PQsetnonblocking (pg, 1) != 0 || !PQenterPipelineMode (pg))
    return FALSE;
  /* Its result is skipped: it precedes the first transaction's (see take_result). */
  return PQsendPrepare (pg, "scope", OSY_DB_SCOPE_SQL, 2, NULL) && PQpipelineSync (pg) &&
         send_waiting (self);
}

static gboolean
go_on_connecting (OsyDbPipe *self)
{
  switch (PQconnectPoll (self->conn->pg)) {
  case PGRES_POLLING_READING: arm (self, G_IO_IN); return TRUE;
  case PGRES_POLLING_WRITING: arm (self, G_IO_OUT); return TRUE;
  case PGRES_POLLING_OK: return begin_pipeline (self);
  default: return FALSE;
  }
}

/* ---- receiving ---- */

static void
note_error (Work *work, PGresult *result)
{
  OsyDbState state = "";

  if (work->error == NULL)
    osy_db_error_set (&work->error, result, state);
}

/* Before the first Sync: Parse (perhaps), BEGIN, scope, statement; then COMMIT. */
static void
take_result (OsyDbPipe *self, Work *work, PGresult *taken)
{
  g_autoptr (PGresult) result = taken;
  ExecStatusType status = PQresultStatus (result);
  guint statement = work->prepare_key != NULL ? 3 : 2;
  guint position = work->n_results++;

  if (status == PGRES_PIPELINE_ABORTED)
    return;
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    if (work->prepare_key != NULL && position == 0)
      g_hash_table_remove (self->conn->prepared, work->prepare_key);
    note_error (work, result);
    return;
  }
  if (work->n_syncs == 1) {
    work->committed = strcmp (PQcmdStatus (result), "COMMIT") == 0;
    OSY_FAILPOINT ("writer.after-commit");
  } else if (position == statement)
    work->rows = g_steal_pointer (&result);
}

static void
finish_work (OsyDbPipe *self)
{
  Work *work = g_queue_pop_head (&self->flight);

  osy_db_note_query (self->conn->statements, work->sql, work->sent_at);
  if (work->error == NULL && (!work->committed || work->rows == NULL))
    g_set_error_literal (&work->error, OSY_ERROR, OSY_ERROR_INTERNAL,
                         "The database did not carry out the whole transaction");
  answer (work);
}

static void
receive (OsyDbPipe *self)
{
  gboolean in_greeting = g_hash_table_lookup (self->conn->prepared, "scope") == NULL;

  /* A callback may close the pipe. */
  while (self->connected && (in_greeting || !g_queue_is_empty (&self->flight)) &&
         !PQisBusy (self->conn->pg)) {
    PGresult *result = PQgetResult (self->conn->pg);
    if (result == NULL) {
      if (PQstatus (self->conn->pg) != CONNECTION_OK)
        return;
      continue;
    }
    gboolean is_sync = PQresultStatus (result) == PGRES_PIPELINE_SYNC;
    if (in_greeting) {
      PQclear (result);
      if (!is_sync)
        continue;
      g_hash_table_insert (self->conn->prepared, g_strdup ("scope"), g_strdup ("scope"));
      in_greeting = FALSE;
    } else if (!is_sync) {
      take_result (self, g_queue_peek_head (&self->flight), result);
    } else {
      Work *work = g_queue_peek_head (&self->flight);
      PQclear (result);
      if (++work->n_syncs == 2)
        finish_work (self);
    }
  }
}

static gboolean
handle_ready (OsyDbPipe *self, GIOCondition condition)
{
  if (!self->connected)
    return go_on_connecting (self);
  if ((condition & ~G_IO_OUT) != 0 && !PQconsumeInput (self->conn->pg))
    return FALSE;
  receive (self);
  return !self->connected || (PQstatus (self->conn->pg) == CONNECTION_OK && flush (self));
}

static gboolean
socket_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  OsyDbPipe *pipe = ((SocketSource *)source)->pipe;
  g_autoptr (OsyDbPipe) self = g_object_ref (pipe);

  if (!handle_ready (self, g_source_query_unix_fd (source, self->tag)))
    lose_connection (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs socket_funcs = {.dispatch = socket_dispatch};

static void
connect_again (OsyDbPipe *self)
{
  const char *keys[6], *values[6];

  osy_db_conn_params (self->conn->conninfo, keys, values);
  self->conn->pg = PQconnectStartParams (keys, values, 1);
  self->connect_since = g_get_monotonic_time ();
  if (PQstatus (self->conn->pg) == CONNECTION_BAD) {
    lose_connection (self);
    return;
  }
  PQsetNoticeReceiver (self->conn->pg, osy_db_ignore_notice, NULL);
  self->source = g_source_new (&socket_funcs, sizeof (SocketSource));
  ((SocketSource *)self->source)->pipe = self;
  arm (self, G_IO_OUT);
  g_source_attach (self->source, NULL);
}

/* ---- public ---- */

static gboolean
watchdog_cb (gpointer user_data)
{
  OsyDbPipe *self = user_data;
  gint64 now = g_get_monotonic_time ();
  Work *oldest = g_queue_peek_head (&self->flight);

  gboolean silent = oldest != NULL && now - oldest->sent_at > ANSWER_TIMEOUT_US;
  gboolean unreachable =
      self->source != NULL && !self->connected && now - self->connect_since > CONNECT_TIMEOUT_US;

  if (silent || unreachable)
    lose_connection (self);
  if (!g_queue_is_empty (&self->flight) || !g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;
  self->watchdog = 0;
  return G_SOURCE_REMOVE;
}

static void
submit (OsyDbPipe *self, Work *work)
{
  if (self->watchdog == 0)
    self->watchdog = g_timeout_add_seconds (1, watchdog_cb, self);
  if (!self->connected) {
    g_queue_push_tail (&self->waiting, work);
    return;
  }
  g_queue_push_tail (&self->flight, work);
  if (!send_work (self, work) || !flush (self))
    lose_connection (self);
}

static gboolean
refuse_idle (gpointer data)
{
  Work *work = data;

  g_set_error_literal (&work->error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "The service is stopping");
  answer (work);
  return G_SOURCE_REMOVE;
}

void
osy_db_pipe_submit (OsyDbPipe *self,
                    const OsyDbScope *scope,
                    const OsyDbStatement *statement,
                    OsyDbPipeDone done,
                    gpointer user_data)
{
  g_return_if_fail (OSY_IS_DB_PIPE (self) && statement != NULL && done != NULL);

  Work *work = g_new0 (Work, 1);
  if (scope != NULL) {
    work->restaurant_id = g_strdup (scope->restaurant_id);
    work->user_id = g_strdup (scope->user_id);
    work->read_only = scope->read_only;
  }
  work->sql = g_strdup (statement->sql);
  work->args = osy_db_args_new (statement->params, statement->n_params, !self->connected);
  work->done = done;
  work->user_data = user_data;
  if (self->closed)
    g_idle_add (refuse_idle, work);
  else
    submit (self, work);
}

guint
osy_db_pipe_in_flight (OsyDbPipe *self)
{
  g_return_val_if_fail (OSY_IS_DB_PIPE (self), 0);

  return g_queue_get_length (&self->flight);
}

void
osy_db_pipe_close (OsyDbPipe *self)
{
  g_return_if_fail (OSY_IS_DB_PIPE (self));

  self->closed = TRUE;
  /* The watchdog ends this when the server does not. */
  while (!g_queue_is_empty (&self->flight))
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&self->reconnect, g_source_remove);
  g_clear_handle_id (&self->watchdog, g_source_remove);
  drop_connection (self);
  refuse_all (&self->waiting, "The service is stopping");
}

static void
osy_db_pipe_finalize (GObject *object)
{
  OsyDbPipe *self = OSY_DB_PIPE (object);

  self->closed = TRUE;
  g_clear_handle_id (&self->reconnect, g_source_remove);
  g_clear_handle_id (&self->watchdog, g_source_remove);
  drop_connection (self);
  g_queue_clear_full (&self->flight, (GDestroyNotify)work_free);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)work_free);
  g_clear_pointer (&self->conn, osy_db_conn_free);
  G_OBJECT_CLASS (osy_db_pipe_parent_class)->finalize (object);
}

static void
osy_db_pipe_class_init (OsyDbPipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_db_pipe_finalize;
}

static void
osy_db_pipe_init (OsyDbPipe *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->flight);
}

OsyDbPipe *
osy_db_pipe_new (const char *conninfo)
{
  g_return_val_if_fail (conninfo != NULL, NULL);

  OsyDbPipe *self = g_object_new (OSY_TYPE_DB_PIPE, NULL);
  self->conn = osy_db_conn_new (conninfo);
  signal (SIGPIPE, SIG_IGN);
  connect_again (self);
  return self;
}
