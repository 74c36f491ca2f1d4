/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The follower: shop by shop, batch by batch along the feed. The place in the feed is a row that is
 * locked for the batch, so there is never a second one at the same shop. */

#include "osy-analytics-follow.h"

#include "osy-analytics-roll.h"
#include "osy-analytics-room.h"
#include "osy-error.h"

#define PAGE 2000 /* orders of a rebuild that are computed at once */

/* ---- the place ---- */

#define PLACE                                                                               \
  "SELECT h.epoch, CASE WHEN h.epoch = p.epoch THEN p.seq ELSE 0 END AS seq, r.time_zone, " \
  "  r.time_zone <> p.time_zone AS moved FROM sale_position p JOIN feed_head h "            \
  "  USING (restaurant_id) JOIN restaurant r ON r.id = p.restaurant_id "                    \
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

static OsyDbRows *
read_events (OsyDbTx *tx, const OsyDbRows *place, GError **error)
{
  return osy_db_query (tx,
                       "SELECT seq, occurred_at, aggregate_type, aggregate_id FROM shop_feed "
                       "WHERE restaurant_id = app_restaurant() AND epoch = $1::uuid AND seq > $2 "
                       "ORDER BY seq LIMIT $3",
                       OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (place, 0, "epoch")),
                                   OSY_P_INT (osy_db_rows_int (place, 0, "seq")),
                                   OSY_P_INT (OSY_ANALYTICS_BATCH)),
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

gboolean
osy_analytics_follow_batch (OsyDbTx *tx, gboolean *more, GError **error)
{
  g_autoptr (OsyDbRows) place = lock_place (tx, FALSE, error);

  *more = FALSE;
  if (place == NULL || osy_db_rows_count (place) == 0)
    return place != NULL;
  if (osy_db_rows_bool (place, 0, "moved"))
    return osy_analytics_follow_rebuild (tx, error);
  g_autoptr (OsyDbRows) events = read_events (tx, place, error);
  if (events == NULL)
    return FALSE;
  guint n = osy_db_rows_count (events);
  g_autoptr (OsyAnalyticsTouched) touched = list_touched (events);
  *more = n == OSY_ANALYTICS_BATCH;
  return n == 0 ||
         (osy_analytics_roll (tx, touched, osy_db_rows_text (place, 0, "time_zone"), error) &&
          store_place (tx, place, events, error));
}

/* ---- anew ---- */

/* A statement has ten seconds, so what has a row for each order goes month by month. */
static gboolean
clear_months (OsyDbTx *tx, const char *bounds, const char *sql, GError **error)
{
  g_autoptr (OsyDbRows) months = osy_db_query (tx, bounds, OSY_NO_PARAMS, error);

  for (guint i = 0; months != NULL && i < osy_db_rows_count (months); i++)
    if (!osy_db_exec (tx, sql, OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (months, i, "day"))), NULL,
                      error))
      return FALSE;
  return months != NULL;
}

#define MONTHS(table)                                                                         \
  "SELECT d::date AS day FROM (SELECT min(business_day) AS first, max(business_day) AS last " \
  "  FROM " table " WHERE restaurant_id = app_restaurant()) b, "                              \
  "generate_series(b.first, b.last, interval '30 days') d"
#define CLEAR(table)                                              \
  "DELETE FROM " table " WHERE restaurant_id = app_restaurant() " \
  "AND business_day >= $1::date AND business_day < $1::date + 30"

static gboolean
clear (OsyDbTx *tx, GError **error)
{
  static const char *const statements[] = {
      "DELETE FROM sale_hour WHERE restaurant_id = app_restaurant()",
      "DELETE FROM sale_item WHERE restaurant_id = app_restaurant()",
      "DELETE FROM sale_option WHERE restaurant_id = app_restaurant()",
      "DELETE FROM sale_prep WHERE restaurant_id = app_restaurant()",
      "DELETE FROM sale_name WHERE restaurant_id = app_restaurant()",
      "DELETE FROM sale_tender WHERE restaurant_id = app_restaurant()",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!osy_db_exec (tx, statements[i], OSY_NO_PARAMS, NULL, error))
      return FALSE;
  return clear_months (tx, MONTHS ("sale_fact"), CLEAR ("sale_fact"), error) &&
         clear_months (tx, MONTHS ("sale_money"), CLEAR ("sale_money"), error);
}

/* Oldest first, so that what was renamed is called as it was sold last. */
static const char next_orders[] =
    "SELECT id, created_at FROM orders WHERE restaurant_id = app_restaurant() "
    "AND (created_at, id) > (coalesce($1::timestamptz, '-infinity'), $2::uuid) "
    "ORDER BY created_at, id LIMIT $3";
static const char next_payments[] =
    "SELECT id, created_at FROM payment WHERE restaurant_id = app_restaurant() "
    "AND (created_at, id) > (coalesce($1::timestamptz, '-infinity'), $2::uuid) "
    "ORDER BY created_at, id LIMIT $3";

static gboolean
roll_all (OsyDbTx *tx, const char *sql, const char *zone, GError **error)
{
  g_autofree char *last = g_strdup ("00000000-0000-0000-0000-000000000000");
  gint64 at = 0;
  guint n = PAGE;

  while (n == PAGE) {
    g_autoptr (OsyAnalyticsTouched) touched = osy_analytics_touched_new ();
    GPtrArray *ids = sql == next_orders ? touched->orders : touched->payments;
    g_autoptr (OsyDbRows) rows = osy_db_query (
        tx, sql, OSY_PARAMS (OSY_P_TIME (at), OSY_P_TEXT (last), OSY_P_INT (PAGE)), error);
    if (rows == NULL)
      return FALSE;
    n = osy_db_rows_count (rows);
    if (n == 0)
      break;
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (ids, g_strdup (osy_db_rows_text (rows, i, "id")));
    at = osy_db_rows_time (rows, n - 1, "created_at");
    g_free (last);
    last = g_strdup (osy_db_rows_text (rows, n - 1, "id"));
    if (!osy_analytics_roll (tx, touched, zone, error))
      return FALSE;
  }
  return TRUE;
}

/* News that comes meanwhile may be in the sums already; once more changes nothing. */
gboolean
osy_analytics_follow_rebuild (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) place = lock_place (tx, TRUE, error);

  if (place == NULL || osy_db_rows_count (place) == 0)
    return place != NULL;
  const char *zone = osy_db_rows_text (place, 0, "time_zone");
  g_autoptr (OsyDbRows) head =
      osy_db_query (tx,
                    "SELECT seq, occurred_at FROM shop_feed WHERE restaurant_id = app_restaurant() "
                    "AND epoch = $1::uuid ORDER BY seq DESC LIMIT 1",
                    OSY_PARAMS (OSY_P_TEXT (osy_db_rows_text (place, 0, "epoch"))), error);
  return head != NULL && clear (tx, error) && roll_all (tx, next_orders, zone, error) &&
         roll_all (tx, next_payments, zone, error) &&
         (osy_db_rows_count (head) == 0 || store_place (tx, place, head, error));
}

/* ---- shop by shop ---- */

typedef struct {
  OsyAnalyticsRoom *room;
  char *restaurant_id;
  gboolean more;
} Follow;

static void start_batch (Follow *follow);

static gboolean
run_batch (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_analytics_follow_batch (tx, &((Follow *)data)->more, error);
}

static void
batch_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Follow *follow = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("sales could not be summed and will be again: %s", error->message);
  if (error == NULL && follow->more) {
    start_batch (follow);
    return;
  }
  g_hash_table_remove (follow->room->following, follow->restaurant_id);
  g_free (follow->restaurant_id);
  g_free (follow);
}

static void
start_batch (Follow *follow)
{
  const OsyDbScope scope = {.restaurant_id = follow->restaurant_id};

  osy_db_pool_run_async (follow->room->pool, &scope, run_batch, follow, NULL, NULL, batch_done,
                         follow);
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
    const char *id = osy_db_rows_text (behind->shops, i, "id");
    if (!g_hash_table_add (behind->room->following, g_strdup (id)))
      continue;
    Follow *follow = g_new0 (Follow, 1);
    follow->room = behind->room;
    follow->restaurant_id = g_strdup (id);
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
  self->following = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
osy_analytics_room_clear (OsyAnalyticsRoom *self)
{
  g_clear_pointer (&self->following, g_hash_table_unref);
}
