/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the outbox, the feed and the inbox. */

#include "osy-event-store.h"

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

gboolean
osy_event_store_add (OsyDbTx *tx, const char *trace_id, const OsyEventDraft *draft, GError **error)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *payload = draft->payload ? osy_json_print (draft->payload) : g_strdup ("{}");

  return osy_db_exec (
      tx,
      "INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, "
      "aggregate_id, aggregate_seq, occurred_at, trace_id, payload) VALUES "
      "(app_restaurant(), $1::uuid, $2, $3, $4::uuid, $5, $6, $7, $8::jsonb)",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (draft->type), OSY_P_TEXT (draft->aggregate_type),
                  OSY_P_TEXT (draft->aggregate_id), OSY_P_INT (draft->aggregate_seq),
                  OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (trace_id), OSY_P_TEXT (payload)),
      NULL, error);
}

static OsyEvent *
event_from_row (const OsyDbRows *rows, guint i)
{
  OsyEvent *event = osy_event_new ();

  event->event_id = g_strdup (osy_db_rows_text (rows, i, "event_id"));
  event->type = g_strdup (osy_db_rows_text (rows, i, "type"));
  event->restaurant_id = g_strdup (osy_db_rows_text (rows, i, "restaurant_id"));
  event->aggregate_type = g_strdup (osy_db_rows_text (rows, i, "aggregate_type"));
  event->aggregate_id = g_strdup (osy_db_rows_text (rows, i, "aggregate_id"));
  event->aggregate_seq = osy_db_rows_int (rows, i, "aggregate_seq");
  event->occurred_at = osy_db_rows_time (rows, i, "occurred_at");
  event->trace_id = g_strdup (osy_db_rows_text (rows, i, "trace_id"));
  event->payload = g_strdup (osy_db_rows_text (rows, i, "payload"));
  event->epoch = g_strdup (osy_db_rows_text (rows, i, "epoch"));
  event->seq = osy_db_rows_int (rows, i, "seq");
  return event;
}

static GPtrArray *
events_from_rows (const OsyDbRows *rows)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (events, event_from_row (rows, i));
  return events;
}

static const char publish_sql[] =
    "WITH picked AS MATERIALIZED (SELECT * FROM outbox ORDER BY id LIMIT $1), "
    "heads AS (INSERT INTO feed_head AS f (restaurant_id, epoch, last_seq) "
    "  SELECT restaurant_id, gen_random_uuid(), count(*) FROM picked GROUP BY restaurant_id "
    "  ON CONFLICT (restaurant_id) DO UPDATE SET last_seq = f.last_seq + excluded.last_seq "
    "  RETURNING restaurant_id, epoch, last_seq), "
    "gone AS (DELETE FROM outbox USING picked WHERE outbox.id = picked.id), "
    "numbered AS (SELECT p.*, h.epoch, h.last_seq "
    "    - count(*) OVER (PARTITION BY p.restaurant_id) "
    "    + row_number() OVER (PARTITION BY p.restaurant_id ORDER BY p.id) AS seq "
    "  FROM picked p JOIN heads h USING (restaurant_id)), "
    "tasks AS (INSERT INTO inbox (consumer, event_id, restaurant_id, epoch, seq) "
    "  SELECT c.name, n.event_id, n.restaurant_id, n.epoch, n.seq FROM numbered n "
    "  JOIN unnest($2::text[], $3::text[]) AS c(name, prefix) ON starts_with(n.type, c.prefix)) "
    "INSERT INTO shop_feed (restaurant_id, epoch, seq, event_id, type, aggregate_type, "
    "  aggregate_id, aggregate_seq, occurred_at, trace_id, payload) "
    "SELECT restaurant_id, epoch, seq, event_id, type, aggregate_type, aggregate_id, "
    "  aggregate_seq, occurred_at, trace_id, payload FROM numbered ORDER BY id RETURNING *";

GPtrArray *
osy_event_store_publish (OsyDbTx *tx,
                         gint64 limit,
                         GPtrArray *consumer_names,
                         GPtrArray *consumer_prefixes,
                         GError **error)
{
  /* One relay at a time, until the numbers are committed. A statement of its own: the next one must
   * not see the outbox as it was before the lock was had. */
  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock(20150105)", OSY_NO_PARAMS, NULL, error))
    return NULL;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, publish_sql,
      OSY_PARAMS (OSY_P_INT (limit), OSY_P_TEXTS (consumer_names), OSY_P_TEXTS (consumer_prefixes)),
      error);
  return rows ? events_from_rows (rows) : NULL;
}

gboolean
osy_event_store_head (OsyDbTx *tx, char **epoch, gint64 *head, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT epoch, last_seq FROM feed_head WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  *epoch = osy_db_rows_count (rows) ? g_strdup (osy_db_rows_text (rows, 0, "epoch")) : NULL;
  *head = osy_db_rows_count (rows) ? osy_db_rows_int (rows, 0, "last_seq") : 0;
  return TRUE;
}

GPtrArray *
osy_event_store_read (OsyDbTx *tx, const char *epoch, gint64 after, gint64 limit, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT * FROM shop_feed WHERE restaurant_id = app_restaurant() AND epoch = $1::uuid "
      "AND seq > $2 ORDER BY seq LIMIT $3",
      OSY_PARAMS (OSY_P_TEXT (epoch), OSY_P_INT (after), OSY_P_INT (limit)), error);
  return rows ? events_from_rows (rows) : NULL;
}

void
osy_event_task_free (OsyEventTask *self)
{
  g_free (self->consumer);
  g_free (self->restaurant_id);
  g_free (self->event_id);
  g_free (self->epoch);
  g_free (self);
}

GPtrArray *
osy_event_store_open_tasks (OsyDbTx *tx, gint64 limit, GPtrArray *consumers, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT consumer, restaurant_id, event_id, epoch, seq FROM inbox "
                    "WHERE done_at IS NULL AND not_before <= now() AND consumer = ANY ($2::text[]) "
                    "ORDER BY received_at, seq LIMIT $1",
                    OSY_PARAMS (OSY_P_INT (limit), OSY_P_TEXTS (consumers)), error);
  if (rows == NULL)
    return NULL;

  GPtrArray *tasks = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_task_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyEventTask *task = g_new0 (OsyEventTask, 1);
    task->consumer = g_strdup (osy_db_rows_text (rows, i, "consumer"));
    task->restaurant_id = g_strdup (osy_db_rows_text (rows, i, "restaurant_id"));
    task->event_id = g_strdup (osy_db_rows_text (rows, i, "event_id"));
    task->epoch = g_strdup (osy_db_rows_text (rows, i, "epoch"));
    task->seq = osy_db_rows_int (rows, i, "seq");
    g_ptr_array_add (tasks, task);
  }
  return tasks;
}

int
osy_event_store_take (OsyDbTx *tx, const char *consumer, const char *event_id, GError **error)
{
  gint64 affected = 0;

  if (!osy_db_exec (tx,
                    "UPDATE inbox SET done_at = now() WHERE restaurant_id = app_restaurant() "
                    "AND consumer = $1 AND event_id = $2::uuid AND done_at IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (consumer), OSY_P_TEXT (event_id)), &affected, error))
    return -1;
  return affected > 0 ? 1 : 0;
}

gboolean
osy_event_store_postpone (OsyDbTx *tx, const OsyEventTask *task, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE inbox SET tries = tries + 1, "
                      "not_before = now() + least(60, 0.5 * 2 ^ least(tries, 10)) * interval '1 s' "
                      "WHERE restaurant_id = app_restaurant() AND consumer = $1 "
                      "AND event_id = $2::uuid AND done_at IS NULL",
                      OSY_PARAMS (OSY_P_TEXT (task->consumer), OSY_P_TEXT (task->event_id)), NULL,
                      error);
}

OsyEvent *
osy_event_store_load (OsyDbTx *tx, const OsyEventTask *task, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM shop_feed WHERE restaurant_id = app_restaurant() "
                    "AND epoch = $1::uuid AND seq = $2",
                    OSY_PARAMS (OSY_P_TEXT (task->epoch), OSY_P_INT (task->seq)), error);
  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "Event %s is not in the feed.",
                 task->event_id);
    return NULL;
  }
  return event_from_row (rows, 0);
}

gboolean
osy_event_store_sweep (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx, "DELETE FROM inbox WHERE done_at < now() - interval '30 days'",
                      OSY_NO_PARAMS, NULL, error);
}

gboolean
osy_event_store_make_partitions (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx, "SELECT make_partitions(3)", OSY_NO_PARAMS, NULL, error);
}
