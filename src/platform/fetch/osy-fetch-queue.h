/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-fetch.h"

G_BEGIN_DECLS

/** One call: taken from a row that is committed as "being sent" before it goes out. Main thread and
 * worker by turns, never both. */
typedef struct {
  char *restaurant_id;
  char *id;     /* of the row */
  char *what;   /* what is done with it: the room's own word */
  char *method; /* NULL: nothing is to be called after all */
  char *url;
  char **headers;       /* (nullable): name, value, …; wiped */
  GBytes *body;         /* nullable */
  gboolean public_only; /* as in OsyFetchRequest */
  guint status;         /* (out) HTTP; 0: @error */
  GBytes *answer;       /* (out) (nullable) */
  GError *error;        /* (out) (nullable): UNAVAILABLE: nobody was asked; TIMEOUT: nobody knows */
} OsyFetchCall;

/** osy_fetch_call_new: Returns: (transfer full): an empty one. */
OsyFetchCall *osy_fetch_call_new (void);
void osy_fetch_call_free (OsyFetchCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyFetchCall, osy_fetch_call_free)

/** What a room gives to have its rows sent. All run on workers. */
typedef struct {
  /* ids of shops (column "shop") with a row that is due; without a restaurant */
  OsyDbRows *(*due) (OsyDbTx *tx, GError **error);
  /* in a shop: takes the next row that is due, marks it and pushes its next time beyond the longest
   * call, so that nobody takes it meanwhile. *@call: (transfer full) (nullable): none is due */
  gboolean (*take) (OsyDbTx *tx, gpointer room, OsyFetchCall **call, GError **error);
  /* in the shop: what became of it */
  gboolean (*done) (OsyDbTx *tx, gpointer room, const OsyFetchCall *call, GError **error);
  /* (nullable): main thread, as soon as the answer is there: done may never come to commit */
  void (*heard) (gpointer room, const OsyFetchCall *call);
} OsyFetchQueueRoom;

/** Sends rows of a room as they become due, one at a time in each shop. Whoever dies in between
 * leaves a row that says that it may have been sent. */
#define OSY_TYPE_FETCH_QUEUE (osy_fetch_queue_get_type ())
G_DECLARE_FINAL_TYPE (OsyFetchQueue, osy_fetch_queue, OSY, FETCH_QUEUE, GObject)

/** osy_fetch_queue_new: @timeout_ms: of one call. Main thread, like all of it. */
OsyFetchQueue *osy_fetch_queue_new (OsyDbPool *pool,
                                    guint timeout_ms,
                                    const OsyFetchQueueRoom *room,
                                    gpointer data);
/** osy_fetch_queue_start: looks at once and each second. */
void osy_fetch_queue_start (OsyFetchQueue *self);
/** osy_fetch_queue_wake: something has become due. */
void osy_fetch_queue_wake (OsyFetchQueue *self);
/** osy_fetch_queue_stop: takes nothing more; calls under way are given up, as unknown. */
void osy_fetch_queue_stop (OsyFetchQueue *self);

G_END_DECLS
