/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sweeper: what is late is looked at and asked for again, a page of one shop in a transaction.
 * One saga whose effects fail does not keep the others: it is put off and comes again. */

#include "osy-clock.h"
#include "osy-saga-sweep.h"

#define PAGE 500

typedef struct {
  OsySagaRoom *room;
  char *restaurant_id;
  gint64 done; /* of the last page */
} Sweep;

/* ---- a page ---- */

static gboolean
savepoint (OsyDbTx *tx, const char *sql, GError **error)
{
  return osy_db_exec (tx, sql, OSY_NO_PARAMS, NULL, error);
}

/* As osy_saga_work_step(), but that nothing it could not do is lost. */
static gboolean
try_step (OsySagaWork *work, const OsySagaEvent *event, GError **error)
{
  const OsySagaState was = work->row->state;
  g_autoptr (GError) local = NULL;

  if (!savepoint (work->tx, "SAVEPOINT saga", error))
    return FALSE;
  if (osy_saga_work_step (work, *event, OSY_SAGA_CONSUMER_ALL, &local))
    return savepoint (work->tx, "RELEASE SAVEPOINT saga", error);
  g_warning ("the saga of order %s is put off: %s", work->row->order_id, local->message);
  work->row->state = was;
  work->telling = 0;
  return savepoint (work->tx, "ROLLBACK TO SAVEPOINT saga", error) &&
         osy_saga_work_step (work, *event, OSY_SAGA_CONSUMER_NONE, error);
}

/* Most that is late only waits, for its money to come back above all: it needs no savepoint. */
static gboolean
look_at (OsySagaWork *work, OsySagaEvent *event, GError **error)
{
  guint idle = OSY_SAGA_ALARM | OSY_SAGA_CALM | (work->row->undone ? OSY_SAGA_UNDO : 0);
  OsySagaState next;

  event->now = osy_clock_now ();
  guint effects = osy_saga_step (&work->row->state, event, OSY_SAGA_CONSUMER_ALL, &next);
  work->row->looked_at = event->now;
  if ((effects & ~idle) == 0 ? !osy_saga_work_step (work, *event, OSY_SAGA_CONSUMER_ALL, error)
                             : !try_step (work, event, error))
    return FALSE;
  return osy_saga_work_tell (work, error);
}

static gboolean
look_at_all (OsyDbTx *tx,
             const OsyCall *call,
             const OsySagaRoom *room,
             GPtrArray *rows,
             GError **error)
{
  g_autoptr (GArray) events = osy_saga_look_rows (tx, room, rows, error);

  for (guint i = 0; events != NULL && i < rows->len; i++) {
    OsySagaWork work = {.tx = tx, .call = call, .room = room, .row = rows->pdata[i]};
    if (!look_at (&work, &g_array_index (events, OsySagaEvent, i), error))
      return FALSE;
  }
  return events != NULL && osy_saga_store_save (tx, rows, error);
}

gboolean
osy_saga_sweep_page (OsyDbTx *tx, const OsySagaRoom *room, gint64 *done, GError **error)
{
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (osy_db_tx_restaurant (tx), "saga");
  const OsyCall call = {.principal = system};
  g_autoptr (GPtrArray) rows = osy_saga_store_due (tx, osy_clock_now (), PAGE, error);

  if (rows == NULL)
    return FALSE;
  *done = rows->len;
  return rows->len == 0 || look_at_all (tx, &call, room, rows, error);
}

/* ---- shop by shop ---- */

static void start_page (Sweep *sweep);

static gboolean
run_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Sweep *sweep = data;

  return osy_saga_sweep_page (tx, sweep->room, &sweep->done, error);
}

static void
sweep_over (Sweep *sweep)
{
  g_hash_table_remove (sweep->room->sweeping, sweep->restaurant_id);
  g_free (sweep->restaurant_id);
  g_free (sweep);
}

static void
page_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Sweep *sweep = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("sagas could not be looked at and will be again: %s", error->message);
  if (error == NULL && sweep->done == PAGE)
    start_page (sweep);
  else
    sweep_over (sweep);
}

static void
start_page (Sweep *sweep)
{
  const OsyDbScope scope = {.restaurant_id = sweep->restaurant_id};

  osy_db_pool_run_async (sweep->room->pool, &scope, run_page, sweep, NULL, NULL, page_done, sweep);
}

typedef struct {
  OsySagaRoom *room;
  GPtrArray *shops; /* of char* */
} Due;

static void
due_free (gpointer data)
{
  Due *due = data;

  g_ptr_array_unref (due->shops);
  g_free (due);
}

static gboolean
start_sweeps (gpointer data)
{
  Due *due = data;

  for (guint i = 0; i < due->shops->len; i++) {
    const char *id = due->shops->pdata[i];
    if (!g_hash_table_add (due->room->sweeping, g_strdup (id)))
      continue;
    Sweep *sweep = g_new0 (Sweep, 1);
    sweep->room = due->room;
    sweep->restaurant_id = g_strdup (id);
    start_page (sweep);
  }
  return G_SOURCE_REMOVE;
}

gboolean
osy_saga_room_sweep (OsyDbTx *tx, gpointer room, GError **error)
{
  g_autoptr (GPtrArray) shops = osy_saga_store_due_shops (tx, osy_clock_now (), error);

  if (shops == NULL)
    return FALSE;
  if (shops->len == 0)
    return TRUE;
  Due *due = g_new0 (Due, 1);
  due->room = room;
  due->shops = g_steal_pointer (&shops);
  osy_db_tx_on_commit (tx, start_sweeps, due, due_free);
  return TRUE;
}
