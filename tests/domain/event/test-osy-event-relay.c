/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the outbox to bus and handlers: no gap, no repeat, order within an aggregate, and effects
 * that happen once whatever fails. */

#include <string.h>

#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-event-service.h"
#include "osy-event-store.h"
#include "osy-id.h"
#include "osy-test-pg.h"

static OsyDbPool *pool;
static OsyDbPool *relay_pool;

/* ---- making events ---- */

typedef struct {
  const char *restaurant_id;
  const char *aggregate_id;
  gint64 from;
  gint64 n;
  guint pause_us; /* after the row, before the commit */
} Making;

static gboolean
emit (OsyDbTx *tx, gpointer data, GError **error)
{
  const Making *making = data;
  g_autoptr (OsyPrincipal) principal = osy_principal_new_system (making->restaurant_id, "test");
  OsyCall call = {.principal = principal, .trace_id = "trace"};

  for (gint64 i = 0; i < making->n; i++) {
    const OsyEventDraft draft = {.type = "test.happened",
                                 .aggregate_type = "test",
                                 .aggregate_id = making->aggregate_id,
                                 .aggregate_seq = making->from + i};
    if (!osy_event_emit (tx, &call, &draft, error))
      return FALSE;
  }
  g_usleep (making->pause_us);
  return TRUE;
}

static void
make (const char *restaurant_id, const char *aggregate_id, gint64 from, gint64 n)
{
  Making making = {restaurant_id, aggregate_id, from, n, 0};
  OsyDbScope scope = {.restaurant_id = restaurant_id};
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run (pool, &scope, emit, &making, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}

/* ---- listening ---- */

typedef struct {
  const char *restaurant_id;
  GPtrArray *events;
  guint wanted;
} Ear;

static void
heard (const char *topic, gpointer message, gpointer user_data)
{
  Ear *ear = user_data;
  OsyEvent *event = message;

  g_assert_cmpstr (topic, ==, event->type);
  if (g_str_equal (event->restaurant_id, ear->restaurant_id))
    g_ptr_array_add (ear->events, osy_event_ref (event));
}

static gboolean
heard_all (gpointer data)
{
  const Ear *ear = data;

  return ear->events->len >= ear->wanted;
}

static void
assert_in_order (GPtrArray *events, gint64 first)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < events->len; i++) {
    const OsyEvent *event = g_ptr_array_index (events, i);
    gint64 before = GPOINTER_TO_INT (g_hash_table_lookup (last, event->aggregate_id));
    g_assert_cmpint (event->seq, ==, first + i);
    g_assert_cmpint (event->aggregate_seq, ==, before + 1);
    g_hash_table_insert (last, event->aggregate_id, GINT_TO_POINTER ((int)event->aggregate_seq));
  }
}

/* ---- no gap ---- */

#define WRITERS 8
#define EACH 40

typedef struct {
  const char *restaurant_id;
  guint seed;
} Writer;

/* Commits in another order than the ids were taken: `id > last` would lose events here. */
static gpointer
write_events (gpointer data)
{
  Writer *writer = data;
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");
  g_autoptr (OsyDbPool) own = osy_db_pool_new (conninfo, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (writer->seed);
  g_autofree char *aggregate = osy_id_new ();
  OsyDbScope scope = {.restaurant_id = writer->restaurant_id};

  for (int i = 0; i < EACH; i++) {
    Making making = {writer->restaurant_id, aggregate, i + 1, 1,
                     (guint)g_rand_int_range (rand, 0, 8000)};
    g_autoptr (GError) error = NULL;
    gboolean ok = osy_db_pool_run (own, &scope, emit, &making, &error);
    g_assert_no_error (error);
    g_assert_true (ok);
  }
  return NULL;
}

static gint64
count (const char *sql, const char *arg)
{
  g_autofree char *text = g_strdup_printf ("%s'%s'", sql, arg);
  g_autofree char *value = osy_test_pg_value (text);

  return value ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/* Two relays on one database, as when an old daemon has not ended while a new one begins. */
static void
test_no_gap (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_relay");
  g_autoptr (OsyDbPool) second_pool = osy_db_pool_new (conninfo, 1);
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (OsyBus) second_bus = osy_bus_new ();
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);
  g_autoptr (OsyEventRelay) second = osy_event_relay_new (pool, second_pool, second_bus);
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  Ear ear = {shop, one, 0}, other = {shop, two, 0};
  Writer writers[WRITERS];
  GThread *threads[WRITERS];

  osy_bus_subscribe (bus, "test.", heard, &ear);
  osy_bus_subscribe (second_bus, "", heard, &other);
  osy_event_relay_start (relay);
  osy_event_relay_start (second);
  for (guint i = 0; i < WRITERS; i++) {
    writers[i] = (Writer){shop, i + 1};
    threads[i] = g_thread_new ("writer", write_events, &writers[i]);
  }
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (one->len + two->len < WRITERS * EACH) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    osy_event_relay_wake (relay);
    osy_event_relay_wake (second);
    g_main_context_iteration (NULL, TRUE);
  }
  for (guint i = 0; i < WRITERS; i++)
    g_thread_join (threads[i]);
  osy_event_relay_stop (relay);
  osy_event_relay_stop (second);

  /* Each hears a part, in order; together they hear all, once. */
  guint a = 0, b = 0;
  while (a < one->len || b < two->len) {
    const OsyEvent *left = a < one->len ? g_ptr_array_index (one, a) : NULL;
    const OsyEvent *right = b < two->len ? g_ptr_array_index (two, b) : NULL;
    gboolean take_left = right == NULL || (left != NULL && left->seq < right->seq);
    g_ptr_array_add (both, (gpointer)(take_left ? left : right));
    a += take_left ? 1 : 0;
    b += take_left ? 0 : 1;
  }
  g_assert_cmpuint (both->len, ==, WRITERS * EACH);
  assert_in_order (both, 1);
  g_assert_cmpint (count ("SELECT count(*) FROM outbox WHERE restaurant_id = ", shop), ==, 0);
  g_assert_cmpint (count ("SELECT count(DISTINCT seq) FROM shop_feed WHERE restaurant_id = ", shop),
                   ==, WRITERS * EACH);
}

/* More than one batch, left over from before the relay ran; two shops do not share numbers. */
static void
test_left_over (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *neighbour = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  Ear ear = {shop, events, 450};

  make (shop, aggregate, 1, 150);
  make (neighbour, aggregate, 1, 100);
  make (shop, aggregate, 151, 300);
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);
  osy_bus_subscribe (bus, "", heard, &ear);
  osy_event_relay_start (relay);
  g_assert_true (osy_test_wait (heard_all, &ear, 20));
  osy_event_relay_stop (relay);
  g_assert_cmpuint (events->len, ==, 450);
  assert_in_order (events, 1);
  g_assert_cmpint (count ("SELECT last_seq FROM feed_head WHERE restaurant_id = ", neighbour), ==,
                   100);
}

/* ---- handlers ---- */

typedef struct {
  gint fail;          /* how many times */
  gint runs;          /* atomic */
  const char *poison; /* (nullable): event of this aggregate always fails */
} Room;

static gboolean
note_effect (OsyDbTx *tx, const OsyCall *call, const OsyEvent *event, gpointer data, GError **error)
{
  Room *room = data;
  gint run = g_atomic_int_add (&room->runs, 1);

  /* First the effect, then the failure: the effect must go with it. */
  if (!osy_db_exec (tx, "INSERT INTO effect VALUES (app_restaurant(), $1::uuid)",
                    OSY_PARAMS (OSY_P_TEXT (event->event_id)), NULL, error))
    return FALSE;
  if (run < room->fail || g_strcmp0 (room->poison, event->aggregate_id) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "not this time");
    return FALSE;
  }
  return TRUE;
}

static const char *effects_of;
static gint64 effects_wanted;

static gboolean
effects_there (gpointer data)
{
  return count ("SELECT count(*) FROM effect WHERE restaurant_id = ", effects_of) >= effects_wanted;
}

static gboolean
inbox_done (gpointer data)
{
  return count ("SELECT count(*) FROM inbox WHERE done_at IS NULL AND restaurant_id = ", data) == 0;
}

static void
run_relay (Room *room, const char *shop, gint64 wanted)
{
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);

  osy_event_relay_add_handler (relay, "effects", "test.", note_effect, room);
  osy_event_relay_add_handler (relay, "deaf", "other.", note_effect, room);
  osy_event_relay_start (relay);
  effects_of = shop;
  effects_wanted = wanted;
  g_assert_true (osy_test_wait (effects_there, NULL, 20));
  osy_event_relay_stop (relay);
}

static void
test_effect_once (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();
  Room room = {.fail = 2};

  make (shop, aggregate, 1, 1);
  run_relay (&room, shop, 1);
  g_assert_cmpint (room.runs, ==, 3);
  g_assert_true (osy_test_wait (inbox_done, shop, 5));
  /* Another process begins: nothing is open, nothing is done again. */
  make (shop, aggregate, 2, 1);
  run_relay (&room, shop, 2);
  g_assert_cmpint (room.runs, ==, 4);
  g_assert_cmpint (
      count ("SELECT count(DISTINCT event_id) FROM effect WHERE restaurant_id = ", shop), ==, 2);
}

/* The process ends after the feed was written and before the handler ran. */
static void
test_effect_after_restart (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO inbox (consumer, event_id, restaurant_id, epoch, seq) SELECT 'effects', "
      "event_id, restaurant_id, epoch, seq FROM shop_feed WHERE restaurant_id = '%s'",
      shop);
  Room room = {0};

  make (shop, aggregate, 1, 3);
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  Ear ear = {shop, events, 3};
  osy_bus_subscribe (bus, "", heard, &ear);
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);
  osy_event_relay_start (relay);
  g_assert_true (osy_test_wait (heard_all, &ear, 20));
  osy_event_relay_stop (relay);
  osy_test_pg_exec (sql);
  run_relay (&room, shop, 3);
  g_assert_cmpint (room.runs, ==, 3);
}

/* Tasks that always fail, and those of a handler that is no more, more of both than one look sees:
 * what comes after them still has its turn. */
static void
test_poison_does_not_block (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *bad = osy_id_new ();
  g_autofree char *good = osy_id_new ();
  g_autofree char *gone = g_strdup_printf (
      "INSERT INTO inbox (consumer, event_id, restaurant_id, epoch, seq, received_at) SELECT "
      "'retired', gen_random_uuid(), '%s', gen_random_uuid(), i, now() - interval '1 day' FROM "
      "generate_series(1, 250) i",
      shop);
  Room room = {.poison = bad};

  osy_test_pg_exec (gone);
  make (shop, bad, 1, 250);
  make (shop, good, 1, 20);
  run_relay (&room, shop, 20);
  g_assert_cmpint (count ("SELECT count(*) FROM effect WHERE restaurant_id = ", shop), ==, 20);
  osy_test_pg_exec ("DELETE FROM inbox WHERE done_at IS NULL");
}

/* ---- waking ---- */

static guint woken;

static gboolean
count_wakes (gpointer data)
{
  woken++;
  return G_SOURCE_REMOVE;
}

static void
test_wake (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();

  osy_event_set_wake (count_wakes, NULL);
  make (shop, aggregate, 1, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (woken, ==, 1);
  /* The relay goes while the wake is on its way. */
  make (shop, aggregate, 2, 1);
  osy_event_set_wake (NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (woken, ==, 1);
}

/* ---- reading ---- */

typedef struct {
  const char *epoch;
  gint64 after;
  gint64 limit;
  OsyEventPage *page;
} Reading;

static gboolean
read_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  const OsyEventFeed feed = {pool, NULL};

  reading->page =
      osy_event_feed_read (&feed, tx, reading->epoch, reading->after, reading->limit, error);
  return reading->page != NULL;
}

static OsyEventPage *
read_feed (const char *shop, const char *epoch, gint64 after, gint64 limit)
{
  Reading reading = {epoch, after, limit, NULL};
  OsyDbScope scope = {.restaurant_id = shop, .read_only = TRUE};
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run (pool, &scope, read_page, &reading, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return reading.page;
}

static void
test_read (void)
{
  g_autofree char *shop = osy_id_new ();
  g_autofree char *aggregate = osy_id_new ();
  g_autoptr (OsyEventPage) nothing = read_feed (shop, NULL, 0, 10);
  g_autoptr (OsyBus) bus = osy_bus_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  Ear ear = {shop, events, 5};

  g_assert_cmpstr (nothing->epoch, ==, OSY_EVENT_NO_EPOCH);
  g_assert_cmpint (nothing->head, ==, 0);
  make (shop, aggregate, 1, 5);
  osy_bus_subscribe (bus, "", heard, &ear);
  g_autoptr (OsyEventRelay) relay = osy_event_relay_new (pool, relay_pool, bus);
  osy_event_relay_start (relay);
  g_assert_true (osy_test_wait (heard_all, &ear, 20));
  osy_event_relay_stop (relay);

  g_autoptr (OsyEventPage) middle = read_feed (shop, NULL, 2, 2);
  g_assert_cmpint (middle->head, ==, 5);
  assert_in_order (events, 1);
  g_assert_cmpuint (middle->events->len, ==, 2);
  g_assert_cmpint (((OsyEvent *)middle->events->pdata[0])->seq, ==, 3);
  g_autoptr (OsyEventPage) foreign = read_feed (shop, OSY_EVENT_NO_EPOCH, 0, 10);
  g_assert_cmpuint (foreign->events->len, ==, 0);
  g_assert_cmpstr (foreign->epoch, ==, middle->epoch);
  g_autofree char *stranger = osy_id_new ();
  g_autoptr (OsyEventPage) other = read_feed (stranger, NULL, 0, 10);
  g_assert_cmpuint (other->events->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* failing handlers warn */
  pool = osy_test_pg_pool ();
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_relay");
  relay_pool = osy_db_pool_new (conninfo, 1);
  osy_test_pg_exec ("CREATE TABLE effect (restaurant_id uuid, event_id uuid); "
                    "GRANT INSERT ON effect TO ordersync_app");
  g_test_add_func ("/event/relay/wake", test_wake);
  g_test_add_func ("/event/relay/no-gap", test_no_gap);
  g_test_add_func ("/event/relay/left-over", test_left_over);
  g_test_add_func ("/event/relay/effect-once", test_effect_once);
  g_test_add_func ("/event/relay/effect-after-restart", test_effect_after_restart);
  g_test_add_func ("/event/relay/poison-does-not-block", test_poison_does_not_block);
  g_test_add_func ("/event/feed/read", test_read);
  int status = g_test_run ();
  g_object_unref (relay_pool);
  return status;
}
