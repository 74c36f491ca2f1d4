/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Row → committed as being sent → call → committed outcome, for every shop with something due. */

#include "osy-fetch-queue.h"

#include <string.h>

#include "osy-failpoint.h"

#define LOOK_MS 1000

struct _OsyFetchQueue {
  GObject parent_instance;
  OsyDbPool *pool;
  OsyFetch *fetch;
  const OsyFetchQueueRoom *room;
  gpointer data;
  GHashTable *busy; /* shops in which a row is under way */
  GCancellable *ended;
  guint timer;
  gboolean looking;
  gboolean again; /* woken while looking */
};

G_DEFINE_FINAL_TYPE (OsyFetchQueue, osy_fetch_queue, G_TYPE_OBJECT)

OsyFetchCall *
osy_fetch_call_new (void)
{
  return g_new0 (OsyFetchCall, 1);
}

void
osy_fetch_call_free (OsyFetchCall *self)
{
  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    memset (self->headers[i], 0, strlen (self->headers[i]));
  g_strfreev (self->headers);
  g_free (self->restaurant_id);
  g_free (self->id);
  g_free (self->what);
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* ---- one row on its way ---- */

/** From taking a row to noting what became of it. Holds the queue. */
typedef struct {
  OsyFetchQueue *queue;
  char *restaurant_id;
  OsyFetchCall *call; /* nullable */
} Go;

static void look (OsyFetchQueue *self);

static void
go_free (Go *go)
{
  g_clear_pointer (&go->call, osy_fetch_call_free);
  g_object_unref (go->queue);
  g_free (go->restaurant_id);
  g_free (go);
}

static void
go_end (Go *go, gboolean more)
{
  OsyFetchQueue *self = go->queue;

  g_hash_table_remove (self->busy, go->restaurant_id);
  if (more)
    look (self);
  go_free (go);
}

static gboolean
run_done (OsyDbTx *tx, gpointer data, GError **error)
{
  Go *go = data;

  OSY_FAILPOINT_WORK (go->queue->room->done);
  return go->queue->room->done (tx, go->queue->data, go->call, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean noted = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);

  if (!noted)
    g_warning ("what became of a call could not be noted: %s", error->message);
  go_end (user_data, noted);
}

static void
note_outcome (Go *go)
{
  OsyFetchQueue *self = go->queue;
  OsyDbScope scope = {.restaurant_id = go->restaurant_id};

  osy_db_pool_run_async (self->pool, &scope, run_done, go, NULL, NULL, done_cb, go);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  OsyFetchCall *call = go->call;

  OSY_FAILPOINT_OF ("call.after-answer", call->what);
  call->status = osy_fetch_finish (OSY_FETCH (source), result, &call->answer, &call->error);
  if (go->queue->room->heard != NULL)
    go->queue->room->heard (go->queue->data, call);
  if (g_cancellable_is_cancelled (go->queue->ended))
    go_end (go, FALSE);
  else
    note_outcome (go);
}

static gboolean
run_take (OsyDbTx *tx, gpointer data, GError **error)
{
  Go *go = data;

  g_clear_pointer (&go->call, osy_fetch_call_free);
  OSY_FAILPOINT_WORK (go->queue->room->take);
  return go->queue->room->take (tx, go->queue->data, &go->call, error);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  OsyFetchQueue *self = go->queue;
  g_autoptr (GError) error = NULL;
  gboolean taken = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);

  if (!taken)
    g_warning ("nothing could be taken to be sent: %s", error->message);
  if (!taken || go->call == NULL || g_cancellable_is_cancelled (self->ended)) {
    go_end (go, FALSE);
    return;
  }
  if (go->call->method == NULL) {
    go_end (go, TRUE);
    return;
  }
  const OsyFetchRequest request = {.method = go->call->method,
                                   .url = go->call->url,
                                   .headers = (const char *const *)go->call->headers,
                                   .body = go->call->body,
                                   .public_only = go->call->public_only};
  OSY_FAILPOINT_OF ("call.before-send", go->call->what);
  osy_fetch_async (self->fetch, &request, self->ended, fetched_cb, go);
}

static void
begin (OsyFetchQueue *self, const char *restaurant_id)
{
  OsyDbScope scope = {.restaurant_id = restaurant_id};

  if (!g_hash_table_add (self->busy, g_strdup (restaurant_id)))
    return;
  Go *go = g_new0 (Go, 1);
  go->queue = g_object_ref (self);
  go->restaurant_id = g_strdup (restaurant_id);
  osy_db_pool_run_async (self->pool, &scope, run_take, go, NULL, NULL, taken_cb, go);
}

/* ---- who has something ---- */

typedef struct {
  OsyFetchQueue *queue;
  OsyDbRows *rows;
} Look;

static gboolean
run_due (OsyDbTx *tx, gpointer data, GError **error)
{
  Look *look_data = data;

  g_clear_pointer (&look_data->rows, osy_db_rows_free);
  look_data->rows = look_data->queue->room->due (tx, error);
  return look_data->rows != NULL;
}

static void
due_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *found = user_data;
  g_autoptr (OsyFetchQueue) self = found->queue;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);

  self->looking = FALSE;
  if (!ok)
    g_warning ("what is due to be sent is not known: %s", error->message);
  for (guint i = 0;
       ok && !g_cancellable_is_cancelled (self->ended) && i < osy_db_rows_count (found->rows); i++)
    begin (self, osy_db_rows_text (found->rows, i, "shop"));
  g_clear_pointer (&found->rows, osy_db_rows_free);
  g_free (found);
  if (ok && self->again)
    look (self);
}

static void
look (OsyFetchQueue *self)
{
  OsyDbScope nobody = {NULL};

  self->again = self->looking;
  if (self->looking || self->timer == 0)
    return;
  self->looking = TRUE;
  Look *found = g_new0 (Look, 1);
  found->queue = g_object_ref (self);
  osy_db_pool_run_async (self->pool, &nobody, run_due, found, NULL, NULL, due_cb, found);
}

static gboolean
timer_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

void
osy_fetch_queue_start (OsyFetchQueue *self)
{
  self->timer = g_timeout_add (LOOK_MS, timer_cb, self);
  look (self);
}

void
osy_fetch_queue_wake (OsyFetchQueue *self)
{
  look (self);
}

void
osy_fetch_queue_stop (OsyFetchQueue *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->ended);
}

static void
osy_fetch_queue_finalize (GObject *object)
{
  OsyFetchQueue *self = OSY_FETCH_QUEUE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->busy);
  g_object_unref (self->ended);
  g_object_unref (self->fetch);
  g_object_unref (self->pool);
  G_OBJECT_CLASS (osy_fetch_queue_parent_class)->finalize (object);
}

static void
osy_fetch_queue_class_init (OsyFetchQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_fetch_queue_finalize;
}

static void
osy_fetch_queue_init (OsyFetchQueue *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ended = g_cancellable_new ();
}

OsyFetchQueue *
osy_fetch_queue_new (OsyDbPool *pool,
                     guint timeout_ms,
                     const OsyFetchQueueRoom *room,
                     gpointer data)
{
  OsyFetchQueue *self = g_object_new (OSY_TYPE_FETCH_QUEUE, NULL);

  self->pool = g_object_ref (pool);
  self->fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, timeout_ms);
  self->room = room;
  self->data = data;
  return self;
}
