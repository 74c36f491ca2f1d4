/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of sagas: how long a look at N late ones takes, whose money is on
 * its way back: usage: bench-saga N: milliseconds. A saga is written for each of as many orders,
 * all copies of one. */

#include <stdlib.h>

#include "osy-order-fixture.h"
#include "osy-saga-sweep.h"

static OsySagaRoom room;

static gboolean
sweep (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_saga_sweep_page (tx, &room, data, error);
}

static void
make_late (const char *id, int n)
{
  g_autofree char *orders = g_strdup_printf (
      "CREATE TEMP TABLE o AS SELECT * FROM orders WHERE id = '%s'; "
      "SET session_replication_role = replica; "
      "INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', "
      "gen_random_uuid(), 'number', 1000 + i, 'status', 'CANCELED'))).* FROM o, "
      "generate_series(1, %d) AS i; "
      "INSERT INTO saga (restaurant_id, order_id, order_number, kind, delivers, amount, step, "
      "seen_order, order_version, captured, refunded, undoing, in_air, settled, goods, ride, "
      "tombstone, asked, expires_at, forgotten_at, next_at, deadline, attempts, by_hand) "
      "SELECT restaurant_id, id, number, 'PREPAID', false, 11000, 'COMPENSATING', 'CLOSED', "
      "version, "
      "11000, 0, 11000, true, false, 'RELEASED', 'NONE', true, 18, now(), now(), now() - interval "
      "'1 minute', now() + interval '1 hour', 3, false FROM orders WHERE number > 1000; "
      "INSERT INTO payment (restaurant_id, id, status, check_id, order_id, method, amount, "
      "tax_free_amount, held_amount, business_day, actor, created_at, paid_at) SELECT "
      "restaurant_id, gen_random_uuid(), 'PAID', check_id, id, 'TOSS', 11000, 0, 11000, "
      "business_day, 'guest', now(), now() FROM orders WHERE number > 1000; "
      "INSERT INTO payment_expectation SELECT restaurant_id, id, 11000, now(), now() FROM orders "
      "WHERE number > 1000; "
      "ANALYZE orders; ANALYZE saga; ANALYZE payment; ANALYZE payment_expectation",
      id, n);

  osy_test_pg_exec (orders);
}

int
main (int argc, char **argv)
{
  int n = argc == 2 ? atoi (argv[1]) : 0;
  OsyOrderFixture *fixture = osy_order_fixture_new ();
  g_autofree char *id = osy_order_fixture_place (fixture, "TAKEOUT");
  gint64 done = 1, all = 0;

  osy_saga_room_init (&room, fixture->pool, fixture->ring);
  make_late (id, n);
  gint64 begin = g_get_monotonic_time ();
  while (done > 0) {
    g_autoptr (GError) error = NULL;
    if (!osy_order_fixture_run (fixture, sweep, &done, &error))
      g_error ("%s", error->message);
    all += done;
  }
  g_print ("%.1f\n", (double)(g_get_monotonic_time () - begin) / 1000);
  if (all < n) /* a slow machine looks at some again */
    g_error ("%" G_GINT64_FORMAT " were looked at", all);
  osy_saga_room_clear (&room);
  osy_order_fixture_free (fixture);
  return 0;
}
