/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The group commit: batches, keys, one bad row among good ones, time-outs, lost connections. */

#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;

typedef struct {
  char *id;
  guint answers;
  OsyOrderOutcome outcome;
  gint64 number;
  int code; /* of the error; 0 */
} Slot;

typedef struct {
  Slot *slots;
  guint n;
} Slots;

static void
note (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Slot *slot = user_data;

  slot->answers++;
  slot->outcome = outcome;
  slot->number = entry->order->number;
  slot->code = error ? error->code : 0;
}

static gboolean
all_answered (gpointer data)
{
  const Slots *slots = data;

  for (guint i = 0; i < slots->n; i++)
    if (slots->slots[i].answers == 0)
      return FALSE;
  return TRUE;
}

static OsyOrderEntry *
new_entry (Slot *slot, const char *key)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");
  g_autofree char *own = osy_id_new ();

  slot->id = g_strdup (order->id);
  return osy_order_fixture_entry (fixture, order, key ? key : own);
}

static void
submit (Slot *slot, const char *key, guint deadline_ms)
{
  osy_order_writer_submit (fixture->writer, new_entry (slot, key), deadline_ms, note, slot);
}

static void
wait_for (Slot *slots, guint n)
{
  Slots all = {slots, n};

  g_assert_true (osy_test_wait (all_answered, &all, 30));
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (slots[i].answers, ==, 1);
}

static void
clear (Slot *slots, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (slots[i].id);
}

static gint64
stored (const char *id)
{
  return osy_test_count (
      "SELECT count(*) FROM orders o JOIN guest_check c ON c.id = o.check_id "
      "JOIN order_step s ON s.order_id = o.id JOIN outbox e ON e.aggregate_id = o.id "
      "JOIN audit_log a ON a.object_id = o.id JOIN idempotency i ON i.subject_id = o.id "
      "WHERE o.id = '%s'",
      id);
}

static gint64
last_number (void)
{
  return osy_test_count ("SELECT coalesce(max(last), 0) FROM order_number WHERE restaurant_id = "
                         "'%s'",
                         osy_order_fixture_shop_id (fixture));
}

#define MANY 300

/* More than two batches; the first goes alone, the rest in groups. */
static void
test_batches (void)
{
  g_autofree Slot *slots = g_new0 (Slot, MANY);
  gint64 first = last_number ();

  for (guint i = 0; i < MANY; i++)
    submit (&slots[i], NULL, 20000);
  g_assert_cmpuint (osy_order_writer_pending (fixture->writer), ==, MANY);
  wait_for (slots, MANY);
  g_assert_cmpuint (osy_order_writer_pending (fixture->writer), ==, 0);
  for (guint i = 0; i < MANY; i++) {
    g_assert_cmpint (slots[i].outcome, ==, OSY_ORDER_WRITTEN);
    g_assert_cmpint (slots[i].number, ==, first + 1 + i);
    g_assert_cmpint (stored (slots[i].id), ==, 1);
  }
  /* One, then 128, 128, 43. */
  g_assert_cmpint (osy_test_count ("SELECT count(DISTINCT xmin::text) FROM orders WHERE "
                                   "restaurant_id = '%s' AND number > %" G_GINT64_FORMAT,
                                   osy_order_fixture_shop_id (fixture), first),
                   ==, 4);
  clear (slots, MANY);
}

static void
test_same_key_in_one_batch (void)
{
  Slot slots[6] = {{0}};
  guint written = 0;
  gint64 first = last_number ();

  submit (&slots[0], NULL, 20000); /* opens the way: the others go together */
  for (guint i = 1; i < 5; i++)
    submit (&slots[i], "one key", 20000);
  submit (&slots[5], NULL, 20000);
  wait_for (slots, 6);
  for (guint i = 1; i < 5; i++) {
    written += slots[i].outcome == OSY_ORDER_WRITTEN;
    if (slots[i].outcome != OSY_ORDER_WRITTEN) {
      g_assert_cmpint (slots[i].outcome, ==, OSY_ORDER_KEY_TAKEN);
      g_assert_cmpint (stored (slots[i].id), ==, 0);
    }
  }
  g_assert_cmpuint (written, ==, 1);
  g_assert_cmpint (slots[5].outcome, ==, OSY_ORDER_WRITTEN);
  g_assert_cmpint (last_number (), ==, first + 3); /* no number for who came second */
  Slot late[1] = {{0}};
  submit (&late[0], "one key", 20000);
  wait_for (late, 1);
  g_assert_cmpint (late[0].outcome, ==, OSY_ORDER_KEY_TAKEN);
  clear (slots, 6);
  clear (late, 1);
}

/* In one batch with others: each order's own steps, and its events one after the other. */
static void
test_born_accepted (void)
{
  Slot slots[9] = {{0}};

  for (guint i = 0; i < 9; i++) {
    OsyOrderEntry *entry = new_entry (&slots[i], NULL);
    if (i % 2 == 1) {
      osy_set_str (&entry->order->status, OSY_ORDER_ACCEPTED);
      entry->order->version = 2;
      entry->order->accepted_at = entry->order->created_at;
      entry->order->promised_at = entry->order->created_at + 600 * G_USEC_PER_SEC;
      entry->order->practice = TRUE;
    }
    osy_order_writer_submit (fixture->writer, entry, 20000, note, &slots[i]);
  }
  wait_for (slots, 9);
  for (guint i = 0; i < 9; i++) {
    g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, slots[i].id);
    g_autofree char *sql = g_strdup_printf (
        "SELECT string_agg(type, ' ' ORDER BY o.id) || ' ' || (SELECT "
        "string_agg(coalesce(from_status, '') "
        "  || '>' || to_status, ' ' ORDER BY version) FROM order_step WHERE order_id = '%s') "
        "FROM outbox o WHERE aggregate_id = '%s'",
        slots[i].id, slots[i].id);
    g_autofree char *told = osy_test_pg_value (sql);
    g_assert_cmpint (osy_order_is_born_accepted (osy_order_data (order)), ==, i % 2);
    g_assert_cmpint (osy_order_data (order)->practice, ==, i % 2);
    g_assert_cmpstr (told, ==,
                     i % 2 ? "order.created order.accepted >PENDING PENDING>ACCEPTED"
                           : "order.created >PENDING");
  }
  clear (slots, 9);
}

static void
test_bad_row_fails_alone (void)
{
  Slot slots[20] = {{0}};
  gint64 first = last_number ();

  for (guint i = 0; i < 20; i++) {
    OsyOrderEntry *entry = new_entry (&slots[i], NULL);
    if (i == 7)
      entry->order->tax_free_amount = entry->order->total_amount + 1; /* a CHECK forbids it */
    osy_order_writer_submit (fixture->writer, entry, 20000, note, &slots[i]);
  }
  wait_for (slots, 20);
  for (guint i = 0; i < 20; i++) {
    g_assert_cmpint (slots[i].outcome, ==, i == 7 ? OSY_ORDER_NOT_WRITTEN : OSY_ORDER_WRITTEN);
    g_assert_cmpint (stored (slots[i].id), ==, i == 7 ? 0 : 1);
  }
  g_assert_cmpint (slots[7].code, ==, OSY_ERROR_INTERNAL);
  g_assert_cmpint (last_number (), ==, first + 19);
  clear (slots, 20);
}

/* ---- a database that does not answer ---- */

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean held;
  gboolean let_go;
} Holder;

static gboolean
hold_counter (OsyDbTx *tx, gpointer data, GError **error)
{
  Holder *holder = data;
  g_autofree char *day = osy_shop_business_day (fixture->shop, osy_clock_now ());

  if (!osy_db_exec (tx,
                    "UPDATE order_number SET last = last WHERE restaurant_id = app_restaurant() "
                    "AND business_day = $1::date",
                    OSY_PARAMS (OSY_P_TEXT (day)), NULL, error))
    return FALSE;
  g_mutex_lock (&holder->mutex);
  holder->held = TRUE;
  g_cond_signal (&holder->cond);
  while (!holder->let_go)
    g_cond_wait (&holder->cond, &holder->mutex);
  g_mutex_unlock (&holder->mutex);
  return TRUE;
}

static void
held_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
hold (Holder *holder, gboolean *over)
{
  OsyDbScope scope = {.restaurant_id = osy_order_fixture_shop_id (fixture)};

  g_mutex_init (&holder->mutex);
  g_cond_init (&holder->cond);
  osy_db_pool_run_async (fixture->pool, &scope, hold_counter, holder, NULL, NULL, held_done, over);
  g_mutex_lock (&holder->mutex);
  while (!holder->held)
    g_cond_wait (&holder->cond, &holder->mutex);
  g_mutex_unlock (&holder->mutex);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

static void
let_go (Holder *holder, gboolean *over)
{
  g_mutex_lock (&holder->mutex);
  holder->let_go = TRUE;
  g_cond_signal (&holder->cond);
  g_mutex_unlock (&holder->mutex);
  g_assert_true (osy_test_wait (is_true, over, 20));
  g_mutex_clear (&holder->mutex);
  g_cond_clear (&holder->cond);
}

static void
test_deadline (void)
{
  Slot slots[3] = {{0}};
  Holder holder = {0};
  gboolean over = FALSE;
  gint64 began = g_get_monotonic_time ();

  hold (&holder, &over);
  submit (&slots[0], "slow", 200);
  submit (&slots[1], NULL, 200); /* waits behind it and was never sent */
  wait_for (slots, 2);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint (slots[i].outcome, ==, OSY_ORDER_NOT_WRITTEN);
    g_assert_cmpint (slots[i].code, ==, OSY_ERROR_TIMEOUT);
  }
  let_go (&holder, &over);
  submit (&slots[2], "slow", 20000);
  wait_for (&slots[2], 1);
  /* What was under way has been committed meanwhile: the same key finds it. */
  g_assert_cmpint (slots[2].outcome, ==, OSY_ORDER_KEY_TAKEN);
  g_assert_cmpint (stored (slots[0].id), ==, 1);
  g_assert_cmpint (stored (slots[1].id), ==, 0);
  clear (slots, 3);
}

/* The server ends our connection while a batch waits in it: nothing is lost, nothing is doubled. */
static void
test_connection_killed (void)
{
  Slot slots[40] = {{0}};
  Holder holder = {0};
  gboolean over = FALSE;
  gint64 first = last_number ();

  hold (&holder, &over);
  for (guint i = 0; i < 40; i++)
    submit (&slots[i], NULL, 20000);
  while (osy_test_count ("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND "
                         "query LIKE 'WITH RECURSIVE input%%'") == 0)
    g_main_context_iteration (NULL, FALSE);
  osy_test_pg_exec ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type "
                    "= 'Lock' AND query LIKE 'WITH RECURSIVE input%'");
  let_go (&holder, &over);
  wait_for (slots, 40);
  for (guint i = 0; i < 40; i++) {
    /* KEY_TAKEN would be a commit whose answer was lost; here none was made. */
    g_assert_cmpint (slots[i].outcome, ==, OSY_ORDER_WRITTEN);
    g_assert_cmpint (stored (slots[i].id), ==, 1);
  }
  g_assert_cmpint (last_number (), ==, first + 40);
  clear (slots, 40);
}

/* A connection that dies at any moment, many times over. */
static void
test_killed_at_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autofree Slot *slots = g_new0 (Slot, MANY);
  gint64 first = last_number ();

  for (guint i = 0; i < MANY; i++) {
    submit (&slots[i], NULL, 25000);
    if (i % 30 == 29)
      osy_test_pg_exec ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE "
                        "'WITH RECURSIVE input%' OR query = 'COMMIT'");
    for (int k = g_rand_int_range (rand, 0, 3); k > 0; k--)
      g_main_context_iteration (NULL, FALSE);
  }
  wait_for (slots, MANY);
  for (guint i = 0; i < MANY; i++) {
    g_assert_cmpint (slots[i].outcome, !=, OSY_ORDER_NOT_WRITTEN);
    g_assert_cmpint (stored (slots[i].id), ==, 1);
  }
  g_assert_cmpint (last_number (), ==, first + MANY);
  clear (slots, MANY);
}

/* ---- the end ---- */

static void
order_again (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Slot *slots = user_data;

  note (outcome, entry, error, &slots[0]);
  OsyOrderData *order = osy_order_fixture_order (fixture, "TAKEOUT");
  g_free (order->business_day);
  order->business_day = g_strdup ("2030-01-01"); /* another lane */
  slots[1].id = g_strdup (order->id);
  osy_order_writer_submit (fixture->writer, osy_order_fixture_entry (fixture, order, "again"),
                           20000, note, &slots[1]);
}

static void
test_order_again_when_time_is_up (void)
{
  Slot slots[2] = {{0}};
  Holder holder = {0};
  gboolean over = FALSE;

  hold (&holder, &over);
  osy_order_writer_submit (fixture->writer, new_entry (&slots[0], NULL), 60, order_again, slots);
  Slots first = {slots, 1};
  g_assert_true (osy_test_wait (all_answered, &first, 10));
  let_go (&holder, &over);
  wait_for (slots, 2);
  g_assert_cmpint (slots[1].outcome, ==, OSY_ORDER_WRITTEN);
  clear (slots, 2);
}

/* Work in flight when its owner lets go of the writer is still answered, once. */
static void
test_let_go_in_flight (void)
{
  Slot slots[3] = {{0}};
  g_autofree char *conninfo = osy_test_pg_conninfo ("ordersync_app");
  g_autoptr (OsyDbPipe) pipe = osy_db_pipe_new (conninfo);
  OsyOrderWriter *writer = osy_order_writer_new (pipe);

  for (guint i = 0; i < 3; i++)
    osy_order_writer_submit (writer, new_entry (&slots[i], NULL), 20000, note, &slots[i]);
  g_object_unref (writer);
  wait_for (slots, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (stored (slots[i].id), ==, slots[i].outcome == OSY_ORDER_WRITTEN ? 1 : 0);
  osy_db_pipe_close (pipe);
  clear (slots, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* a split batch warns */
  fixture = osy_order_fixture_new ();
  g_free (osy_order_fixture_place (fixture, "TAKEOUT"));
  g_test_add_func ("/order/writer/batches", test_batches);
  g_test_add_func ("/order/writer/same-key-in-one-batch", test_same_key_in_one_batch);
  g_test_add_func ("/order/writer/born-accepted", test_born_accepted);
  g_test_add_func ("/order/writer/bad-row-fails-alone", test_bad_row_fails_alone);
  g_test_add_func ("/order/writer/deadline", test_deadline);
  g_test_add_func ("/order/writer/connection-killed", test_connection_killed);
  g_test_add_func ("/order/writer/killed-at-random", test_killed_at_random);
  g_test_add_func ("/order/writer/order-again", test_order_again_when_time_is_up);
  g_test_add_func ("/order/writer/let-go-in-flight", test_let_go_in_flight);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
