/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Works off the inbox, one event of a shop after the other: what an order needs is read on a
 * worker, the writer places it, a worker notes that. Whoever dies in between finds the event again
 * when its lease is over, and the order by its key. */

#include <string.h>

#include "osy-channel-room.h"
#include "osy-channel-service.h"
#include "osy-clock.h"
#include "osy-order-seal.h"

#define LOOK_MS 1000
#define DEADLINE_MS 10000

struct _OsyChannelIntake {
  gatomicrefcount refs;
  OsyChannelRoom *room;
  GHashTable *busy; /* shops → whether they were woken meanwhile */
  guint timer;
  gboolean ended;
  gboolean looking;
};

static OsyChannelIntake *
hold (OsyChannelIntake *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_channel_intake_free (OsyChannelIntake *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->busy);
  g_free (self);
}

OsyChannelIntake *
osy_channel_intake_new (OsyChannelRoom *room)
{
  OsyChannelIntake *self = g_new0 (OsyChannelIntake, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* ---- one event ---- */

/** From taking an event to noting what became of it. Holds the intake. */
typedef struct {
  OsyChannelIntake *intake;
  char *restaurant_id;
  OsyChannelWork work;
} Go;

static void begin (OsyChannelIntake *self, const char *restaurant_id);

static void
go_end (Go *go, gboolean more)
{
  OsyChannelIntake *self = go->intake;
  gboolean woken = GPOINTER_TO_INT (g_hash_table_lookup (self->busy, go->restaurant_id));

  g_hash_table_remove (self->busy, go->restaurant_id);
  if ((more || woken) && !self->ended)
    begin (self, go->restaurant_id);
  osy_channel_work_clear (&go->work);
  g_free (go->restaurant_id);
  osy_channel_intake_free (self);
  g_free (go);
}

static gboolean
run_placed (OsyDbTx *tx, gpointer data, GError **error)
{
  Go *go = data;

  return osy_channel_service_placed (tx, go->intake->room->ring, go->work.event, error);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean noted = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);

  if (!noted)
    g_warning ("a platform's order was placed, and that could not be noted: %s", error->message);
  go_end (user_data, noted);
}

/* Whether by this attempt or an earlier one: its key has its order now. */
static void
written_cb (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Go *go = user_data;
  OsyDbScope scope = {.restaurant_id = go->restaurant_id};

  if (outcome == OSY_ORDER_WRITTEN || outcome == OSY_ORDER_KEY_TAKEN) {
    osy_db_pool_run_async (go->intake->room->pool, &scope, run_placed, go, NULL, NULL, placed_cb,
                           go);
    return;
  }
  g_warning ("a platform's order is not placed yet: %s",
             error != NULL ? error->message : "its check is closed");
  go_end (go, FALSE);
}

static void
place (Go *go)
{
  OsyChannelRoom *room = go->intake->room;
  g_autoptr (GError) error = NULL;
  OsyOrderEntry *entry = osy_order_seal (room->ring, g_steal_pointer (&go->work.order), &error);

  if (entry == NULL) {
    g_warning ("a platform's order is not placed yet: %s", error->message);
    go_end (go, FALSE);
    return;
  }
  entry->actor = g_strdup (OSY_CHANNEL_ACTOR);
  entry->key_actor = g_strdup (OSY_CHANNEL_ACTOR);
  entry->key = osy_channel_service_key (go->work.event);
  memcpy (entry->fingerprint, go->work.event->hash, sizeof entry->fingerprint);
  osy_order_writer_submit (room->writer, entry, DEADLINE_MS, written_cb, go);
}

static gboolean
run_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Go *go = data;

  return osy_channel_service_work (tx, go->intake->room->ring, &go->work, error);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GError) error = NULL;
  gboolean worked = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);

  if (!worked)
    g_warning ("an event of a platform waits: %s", error->message);
  if (worked && go->work.order != NULL && !go->intake->ended)
    place (go);
  else
    go_end (go, worked && go->work.event != NULL);
}

static void
begin (OsyChannelIntake *self, const char *restaurant_id)
{
  OsyDbScope scope = {.restaurant_id = restaurant_id};

  if (g_hash_table_contains (self->busy, restaurant_id)) {
    g_hash_table_insert (self->busy, g_strdup (restaurant_id), GINT_TO_POINTER (TRUE));
    return;
  }
  g_hash_table_insert (self->busy, g_strdup (restaurant_id), GINT_TO_POINTER (FALSE));
  Go *go = g_new0 (Go, 1);
  go->intake = hold (self);
  go->restaurant_id = g_strdup (restaurant_id);
  osy_db_pool_run_async (self->room->pool, &scope, run_work, go, NULL, NULL, worked_cb, go);
}

/* ---- who has something ---- */

typedef struct {
  OsyChannelIntake *intake;
  OsyDbRows *rows;
} Look;

static gboolean
run_due (OsyDbTx *tx, gpointer data, GError **error)
{
  Look *look = data;

  g_clear_pointer (&look->rows, osy_db_rows_free);
  look->rows = osy_db_query (tx, "SELECT shop FROM channel_events_due($1) AS shop",
                             OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
  return look->rows != NULL;
}

static void
due_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  OsyChannelIntake *self = look->intake;
  g_autoptr (GError) error = NULL;

  self->looking = FALSE;
  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("it is not known what platforms sent: %s", error->message);
  for (guint i = 0; look->rows != NULL && !self->ended && i < osy_db_rows_count (look->rows); i++)
    begin (self, osy_db_rows_text (look->rows, i, "shop"));
  g_clear_pointer (&look->rows, osy_db_rows_free);
  g_free (look);
  osy_channel_intake_free (self);
}

static gboolean
look_cb (gpointer user_data)
{
  OsyChannelIntake *self = user_data;
  OsyDbScope nobody = {NULL};

  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  Look *look = g_new0 (Look, 1);
  look->intake = hold (self);
  osy_db_pool_run_async (self->room->pool, &nobody, run_due, look, NULL, NULL, due_cb, look);
  return G_SOURCE_CONTINUE;
}

void
osy_channel_intake_start (OsyChannelIntake *self)
{
  self->timer = g_timeout_add (LOOK_MS, look_cb, self);
  look_cb (self);
}

void
osy_channel_intake_wake (OsyChannelIntake *self, const char *restaurant_id)
{
  if (!self->ended)
    begin (self, restaurant_id);
}

void
osy_channel_intake_stop (OsyChannelIntake *self)
{
  self->ended = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
}
