/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The follower: shop by shop, batch by batch along the feed. The place in the feed is a row that is
 * locked for the batch, so there is never a second one at the same shop. */

#include "osy-analytics-follow.h"

#include "osy-analytics-roll.h"
#include "osy-analytics-room.h"
#include "osy-error.h"

#define PAGE 2000   /* orders of a rebuild that are computed at once */
#define TROUBLES 20 /* that are tried again at once */
#define LONGEST_WAIT_SECONDS 300

/* ---- the place ---- */

#define PLACE                                                                                     \
  "SELECT h.epoch, CASE WHEN h.epoch = p.epoch THEN p.seq ELSE 0 END AS seq, r.time_zone, "       \
  "  r.time_zone <> p.time_zone AS moved, p.stage IS NOT NULL AS anew FROM sale_position p JOIN " \
  "feed_head h "                                                                                  \
  "  USING (restaurant_id) JOIN restaurant r ON r.id = p.restaurant_id "                          \
  "WHERE p.restaurant_id = app_restaurant() FOR UPDATE OF p "

/* Returns: (transfer full): its one row, locked; none while the shop has published nothing, or,
 * without @wait, while somebody else has it. */
static OsyDbRows *
lock_place (OsyDbTx *tx, gboolean wait, GError **error)
{
  if (!osy_db_exec (tx,
                    "INSERT INTO sale_position (restaurant_id, epoch, seq, time_zone) "
                    "SELECT h.restaurant_id, h.epoch, 0, r.time_zone FROM feed_head h "
                    "JOIN restaurant r ON r.id = h.restaurant_id "
                    "WHERE h.restaurant_id = app_restaurant() ON CONFLICT DO NOTHING",
                    OSY_NO_PARAMS, NULL, error))
    return NULL;
  return osy_db_query (tx, wait ? PLACE : PLACE "SKIP LOCKED", OSY_NO_PARAMS, error);
}

/* @events: whose last one is in the sums. */
static gboolean
store_place (OsyDbTx *tx, const OsyDbRows *place, const OsyDbRows *events, GError **error)
{
  guint n = osy_db_rows_count (events);

  return osy_db_exec (
      tx,
      "UPDATE sale_position SET epoch = $1::uuid, seq = $2, as_of = $3, time_zone = $4 "
      "WHERE restaurant_id = app_restaurant()",
      OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (place, 0, "epoch")),
                  OSY_P_INT (osy_db_rows_int (events, n - 1, "seq")),
                  OSY_P_TIME (osy_db_rows_time (events, n - 1, "occurred_at")),
                  OSY_P_TEXT (osy_db_rows_text (place, 0, "time_zone"))),
      NULL, error);
}

/* ---- a batch ---- */

static gint64
take_of (guint most, guint halved)
{
  return MAX (most >> MIN (halved, OSY_ANALYTICS_HALVED_MOST), 1);
}

static OsyDbRows *
read_events (OsyDbTx *tx, const OsyDbRows *place, guint halved, GError **error)
{
  return osy_db_query (tx,
                       "SELECT seq, occurred_at, aggregate_type, aggregate_id FROM shop_feed "
                       "WHERE restaurant_id = app_restaurant() AND epoch = $1::uuid AND seq > $2 "
                       "ORDER BY seq LIMIT $3",
                       OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (place, 0, "epoch")),
                                   OSY_P_INT (osy_db_rows_int (place, 0, "seq")),
                                   OSY_P_INT (take_of (OSY_ANALYTICS_BATCH, halved))),
                       error);
}

static OsyAnalyticsTouched *
list_touched (const OsyDbRows *events)
{
  OsyAnalyticsTouched *touched = osy_analytics_touched_new ();
  const struct {
    const char *type;
    GPtrArray *ids;
  } kinds[] = {
      {"order", touched->orders}, {"check", touched->checks}, {"payment", touched->payments}};

  for (guint i = 0; i < osy_db_rows_count (events); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (kinds); j++)
      if (g_str_equal (osy_db_rows_text (events, i, "aggregate_type"), kinds[j].type))
        g_ptr_array_add (kinds[j].ids, g_strdup (osy_db_rows_text (events, i, "aggregate_id")));
  return touched;
}

/* What was set aside and is due; after the news, which may just have tried it. */
static gboolean
try_again (OsyDbTx *tx, const char *zone, guint halved, GError **error)
{
  return osy_db_exec (
      tx,
      "SELECT sale_roll(kind, ARRAY[id], $1, true) FROM (SELECT kind, id FROM sale_trouble "
      "WHERE restaurant_id = app_restaurant() AND next_at <= now() ORDER BY next_at LIMIT $2) t",
      OSY_PARAMS (OSY_P_TEXT (zone), OSY_P_INT (take_of (TROUBLES, halved))), NULL, error);
}

static gboolean
rebuild_page (OsyDbTx *tx, guint halved, OsyAnalyticsBatch *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT sale_rebuild_page($1::int) AS aside",
                    OSY_PARAMS (OSY_P_INT (take_of (PAGE, halved))), error);

  if (rows == NULL)
    return FALSE;
  ret->aside = (guint)osy_db_rows_int (rows, 0, "aside");
  ret->more = TRUE;
  return TRUE;
}

gboolean
osy_analytics_follow_batch (OsyDbTx *tx, guint halved, OsyAnalyticsBatch *ret, GError **error)
{
  g_autoptr (OsyDbRows) place = lock_place (tx, FALSE, error);

  *ret = (OsyAnalyticsBatch){0};
  if (place == NULL || osy_db_rows_count (place) == 0)
    return place != NULL;
  if (osy_db_rows_bool (place, 0, "moved") &&
      !osy_db_exec (tx, "SELECT sale_rebuild_begin()", OSY_NO_PARAMS, NULL, error))
    return FALSE;
  if (osy_db_rows_bool (place, 0, "moved") || osy_db_rows_bool (place, 0, "anew"))
    return rebuild_page (tx, halved, ret, error);
  const char *zone = osy_db_rows_text (place, 0, "time_zone");
  g_autoptr (OsyDbRows) events = read_events (tx, place, halved, error);
  if (events == NULL)
    return FALSE;
  guint n = osy_db_rows_count (events);
  g_autoptr (OsyAnalyticsTouched) touched = list_touched (events);
  ret->more = n == take_of (OSY_ANALYTICS_BATCH, halved);
  if (n > 0 && (!osy_analytics_roll (tx, touched, zone, &ret->aside, error) ||
                !store_place (tx, place, events, error)))
    return FALSE;
  return try_again (tx, zone, halved, error);
}

/* ---- anew ---- */

/* One that was begun already goes on. News that comes meanwhile may be in the facts already; once
 * more changes nothing. */
gboolean
osy_analytics_follow_rebuild_begin (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) place = lock_place (tx, TRUE, error);

  if (place == NULL || osy_db_rows_count (place) == 0 || osy_db_rows_bool (place, 0, "anew"))
    return place != NULL;
  return osy_db_exec (tx, "SELECT sale_rebuild_begin()", OSY_NO_PARAMS, NULL, error);
}

gboolean
osy_analytics_follow_rebuild_page (OsyDbTx *tx,
                                   guint halved,
                                   OsyAnalyticsBatch *ret,
                                   GError **error)
{
  g_autoptr (OsyDbRows) place = lock_place (tx, TRUE, error);

  *ret = (OsyAnalyticsBatch){0};
  if (place == NULL || osy_db_rows_count (place) == 0 || !osy_db_rows_bool (place, 0, "anew"))
    return place != NULL;
  return rebuild_page (tx, halved, ret, error);
}

/* ---- shop by shop ---- */

/* Kept as long as the room, for what it remembers. */
typedef struct {
  OsyAnalyticsRoom *room;
  char *restaurant_id;
  gboolean running;
  OsyAnalyticsBatch batch;
  guint failures; /* in a row */
  guint halved;   /* more with each failure, less with each success */
  gint64 rest_until;
} Follow;

static void start_batch (Follow *follow);

static void
follow_free (gpointer data)
{
  Follow *follow = data;

  g_free (follow->restaurant_id);
  g_free (follow);
}

static gboolean
run_batch (OsyDbTx *tx, gpointer data, GError **error)
{
  Follow *follow = data;

  return osy_analytics_follow_batch (tx, follow->halved, &follow->batch, error);
}

/* What fails as a whole rests longer each time and takes less at once: it may have been too much
 * for the time a statement has. It is told of once, until whole batches work again. */
static void
note_failure (Follow *follow, const GError *error)
{
  const int wait = MIN (1 << MIN (follow->failures, 16), LONGEST_WAIT_SECONDS);

  if (follow->halved == 0)
    g_warning ("sales could not be summed and will be again: %s", error->message);
  follow->failures++;
  follow->halved = MIN (follow->halved + 1, OSY_ANALYTICS_HALVED_MOST);
  follow->rest_until = g_get_monotonic_time () + wait * G_TIME_SPAN_SECOND;
}

static void
batch_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Follow *follow = data;
  g_autoptr (GError) error = NULL;

  follow->running = FALSE;
  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    note_failure (follow, error);
    return;
  }
  follow->failures = 0;
  follow->halved -= MIN (follow->halved, 1);
  if (follow->batch.aside > 0)
    g_warning ("%u orders or payments could not be summed; ordersyncctl check names them",
               follow->batch.aside);
  if (follow->batch.more)
    start_batch (follow);
}

static void
start_batch (Follow *follow)
{
  const OsyDbScope scope = {.restaurant_id = follow->restaurant_id};

  follow->running = TRUE;
  osy_db_pool_run_async (follow->room->pool, &scope, run_batch, follow, NULL, NULL, batch_done,
                         follow);
}

static Follow *
follow_of (OsyAnalyticsRoom *room, const char *restaurant_id)
{
  Follow *follow = g_hash_table_lookup (room->following, restaurant_id);

  if (follow == NULL) {
    follow = g_new0 (Follow, 1);
    follow->room = room;
    follow->restaurant_id = g_strdup (restaurant_id);
    g_hash_table_insert (room->following, follow->restaurant_id, follow);
  }
  return follow;
}

typedef struct {
  OsyAnalyticsRoom *room;
  OsyDbRows *shops;
} Behind;

static void
behind_free (gpointer data)
{
  Behind *behind = data;

  osy_db_rows_free (behind->shops);
  g_free (behind);
}

static gboolean
start_following (gpointer data)
{
  Behind *behind = data;

  for (guint i = 0; i < osy_db_rows_count (behind->shops); i++) {
    Follow *follow = follow_of (behind->room, osy_db_rows_text (behind->shops, i, "id"));
    if (!follow->running && g_get_monotonic_time () >= follow->rest_until)
      start_batch (follow);
  }
  return G_SOURCE_REMOVE;
}

gboolean
osy_analytics_room_follow (OsyDbTx *tx, gpointer room, GError **error)
{
  g_autoptr (OsyDbRows) shops =
      osy_db_query (tx, "SELECT sale_shops_behind() AS id", OSY_NO_PARAMS, error);

  if (shops == NULL)
    return FALSE;
  if (osy_db_rows_count (shops) == 0)
    return TRUE;
  Behind *behind = g_new0 (Behind, 1);
  behind->room = room;
  behind->shops = g_steal_pointer (&shops);
  osy_db_tx_on_commit (tx, start_following, behind, behind_free);
  return TRUE;
}

void
osy_analytics_room_init (OsyAnalyticsRoom *self, OsyDbPool *pool, OsyKeyring *ring)
{
  self->pool = pool;
  self->ring = ring;
  self->following = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, follow_free);
}

void
osy_analytics_room_clear (OsyAnalyticsRoom *self)
{
  g_clear_pointer (&self->following, g_hash_table_unref);
}
