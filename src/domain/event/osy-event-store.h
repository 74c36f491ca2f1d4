/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-event-service.h"
#include "osy-event.h"

G_BEGIN_DECLS

/** osy_event_store_add: one row into the outbox of the transaction's restaurant. */
gboolean
osy_event_store_add (OsyDbTx *tx, const char *trace_id, const OsyEventDraft *draft, GError **error);

/** osy_event_store_publish: as ordersync_relay: numbers up to @limit waiting events into their
 * feeds and notes them for @consumers ("name" and "type prefix" in turn). (transfer full): of
 * OsyEvent. */
GPtrArray *osy_event_store_publish (OsyDbTx *tx,
                                    gint64 limit,
                                    GPtrArray *consumer_names,
                                    GPtrArray *consumer_prefixes,
                                    GError **error);

/** osy_event_store_head: epoch and last number of the transaction's restaurant. *@epoch is NULL
 * when nothing was ever published. */
gboolean osy_event_store_head (OsyDbTx *tx, char **epoch, gint64 *head, GError **error);

/** osy_event_store_read: events of @epoch after @after, in order. (transfer full): of OsyEvent. */
GPtrArray *
osy_event_store_read (OsyDbTx *tx, const char *epoch, gint64 after, gint64 limit, GError **error);

/** One event that a handler has not finished. */
typedef struct {
  char *consumer;
  char *restaurant_id;
  char *event_id;
  char *epoch;
  gint64 seq;
} OsyEventTask;
void osy_event_task_free (OsyEventTask *self);

/** osy_event_store_open_tasks: as ordersync_relay: what @consumers may do now, oldest first.
 * (transfer full): of OsyEventTask. */
GPtrArray *
osy_event_store_open_tasks (OsyDbTx *tx, gint64 limit, GPtrArray *consumers, GError **error);
/** osy_event_store_postpone: a task that failed comes again after half a second, then twice as long
 * each time, up to a minute. */
gboolean osy_event_store_postpone (OsyDbTx *tx, const OsyEventTask *task, GError **error);
/** osy_event_store_take: marks the task done. 1 when it was open, 0 when not, -1 with @error. */
int osy_event_store_take (OsyDbTx *tx, const char *consumer, const char *event_id, GError **error);
/** osy_event_store_load: the event of @task, or NULL with NOT_FOUND. */
OsyEvent *osy_event_store_load (OsyDbTx *tx, const OsyEventTask *task, GError **error);

/** osy_event_store_sweep: as ordersync_relay: forgets tasks done more than 30
 *  days ago. */
gboolean osy_event_store_sweep (OsyDbTx *tx, GError **error);

/** osy_event_store_make_partitions: this month's and the next three of every partitioned table. */
gboolean osy_event_store_make_partitions (OsyDbTx *tx, GError **error);

G_END_DECLS
