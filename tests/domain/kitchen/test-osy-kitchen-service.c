/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen's lines follow the order's state, however often and however late it is told. */

#include <string.h>

#include "osy-kitchen-service.h"
#include "osy-kitchen-store.h"
#include "osy-kitchen.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;

static void
test_states (void)
{
  const OsyStateTable *table = &osy_kitchen_line_states;

  g_assert_true (osy_state_table_allows (table, OSY_KITCHEN_WAITING, OSY_KITCHEN_MADE));
  g_assert_true (osy_state_table_allows (table, OSY_KITCHEN_WAITING, OSY_KITCHEN_VOIDED));
  g_assert_true (osy_state_table_allows (table, OSY_KITCHEN_MADE, OSY_KITCHEN_WAITING));
  g_assert_true (osy_state_table_allows (table, OSY_KITCHEN_VOIDED, OSY_KITCHEN_WAITING));
  g_assert_false (osy_state_table_allows (table, OSY_KITCHEN_VOIDED, OSY_KITCHEN_MADE));
  g_assert_false (osy_state_table_allows (table, OSY_KITCHEN_MADE, OSY_KITCHEN_VOIDED));
}

static gboolean
handle (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyKitchenRoom room = {.pool = fixture->pool, .ring = fixture->ring};
  g_autoptr (OsyEvent) event = osy_event_new ();

  event->aggregate_id = g_strdup (data);
  return osy_kitchen_on_order (tx, &fixture->call, event, &room, error);
}

static void
follow (const char *id)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_order_fixture_run (fixture, handle, (gpointer)id, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static char *
lines (const char *id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT coalesce(string_agg(format('%%s %%s %%s %%s', status, quantity_waiting, "
      "quantity_made, "
      "quantity_voided), ', ' ORDER BY position), '') FROM kitchen_line WHERE order_id = '%s'",
      id);

  return osy_test_pg_value (sql);
}

static void
assert_lines (const char *id, const char *status)
{
  static const struct {
    const char *status;
    const char *lines;
  } table[] = {
      {OSY_ORDER_PENDING, ""},
      {OSY_ORDER_REJECTED, ""},
      {OSY_ORDER_ACCEPTED, "WAITING 2 0 0, WAITING 1 0 0"},
      {OSY_ORDER_PREPARING, "WAITING 2 0 0, WAITING 1 0 0"},
      {OSY_ORDER_READY, "MADE 0 2 0, MADE 0 1 0"},
      {OSY_ORDER_DELIVERING, "MADE 0 2 0, MADE 0 1 0"},
      {OSY_ORDER_COMPLETED, "MADE 0 2 0, MADE 0 1 0"},
  };
  g_autofree char *found = lines (id);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].status, status) == 0)
      g_assert_cmpstr (found, ==, table[i].lines);
  if (strcmp (status, OSY_ORDER_CANCELED) == 0)
    g_assert_null (strstr (found, "WAITING"));
}

static void
test_each_state (void)
{
  static const char *const states[] = {
      OSY_ORDER_PENDING, OSY_ORDER_REJECTED,   OSY_ORDER_CANCELED,  OSY_ORDER_ACCEPTED,
      OSY_ORDER_READY,   OSY_ORDER_DELIVERING, OSY_ORDER_COMPLETED, OSY_ORDER_PREPARING};

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    /* All events come late: only the present state counts. */
    g_autofree char *id = osy_order_fixture_bring (fixture, "DELIVERY", states[i]);
    for (int times = 0; times < 3; times++) {
      follow (id);
      assert_lines (id, states[i]);
    }
  }
}

/* Some events come at once, some late, some twice. */
static void
test_walks (void)
{
  static const char *const acts[] = {"accept", "start", "ready", "recall", "complete", "hand-over"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (15);

  for (int walk = 0; walk < 15; walk++) {
    g_autofree char *id = osy_order_fixture_place (fixture, walk % 2 ? "DELIVERY" : "TAKEOUT");
    for (int step = 0; step < 16; step++) {
      const char *act = acts[g_rand_int_range (rand, 0, (gint32)G_N_ELEMENTS (acts))];
      g_autoptr (OsyOrder) after = osy_order_fixture_act (fixture, id, act, NULL);
      for (int times = g_rand_int_range (rand, 0, 3); times > 0; times--) {
        g_autoptr (OsyOrder) now = osy_order_fixture_load (fixture, id);
        follow (id);
        assert_lines (id, osy_order_data (now)->status);
      }
    }
    g_autoptr (OsyOrder) end = osy_order_fixture_load (fixture, id);
    follow (id);
    assert_lines (id, osy_order_data (end)->status);
  }
}

static void
test_canceled (void)
{
  g_autofree char *cooking = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_PREPARING);
  g_autofree char *cooked = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_READY);
  g_autoptr (GError) error = NULL;

  follow (cooking);
  follow (cooked);
  g_autoptr (OsyOrder) one = osy_order_fixture_act (fixture, cooking, "cancel", &error);
  g_autoptr (OsyOrder) two = osy_order_fixture_act (fixture, cooked, "cancel", &error);
  g_assert_no_error (error);
  follow (cooking);
  follow (cooked);
  g_autofree char *voided = lines (cooking);
  g_autofree char *kept = lines (cooked);
  g_assert_cmpstr (voided, ==, "VOIDED 0 0 2, VOIDED 0 0 1");
  g_assert_cmpstr (kept, ==, "MADE 0 2 0, MADE 0 1 0"); /* the food is there */
}

typedef struct {
  JsonArray *lines;
} Waiting;

static gboolean
read_waiting (OsyDbTx *tx, gpointer data, GError **error)
{
  Waiting *waiting = data;

  waiting->lines = osy_kitchen_store_waiting (tx, 2, error);
  return waiting->lines != NULL;
}

static void
test_waiting (void)
{
  OsyOrderFixture *own = osy_order_fixture_new ();
  OsyOrderFixture *before = fixture;
  Waiting waiting = {NULL};

  fixture = own;
  for (int i = 0; i < 2; i++) {
    g_autofree char *id = osy_order_fixture_bring (own, "TAKEOUT", OSY_ORDER_ACCEPTED);
    follow (id);
  }
  g_assert_true (osy_order_fixture_run (own, read_waiting, &waiting, NULL));
  g_assert_cmpuint (json_array_get_length (waiting.lines), ==, 2); /* the limit */
  JsonObject *first = json_array_get_object_element (waiting.lines, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "name"), ==, "떡볶이");
  g_assert_cmpint (json_object_get_int_member (first, "quantity_waiting"), ==, 2);
  json_array_unref (waiting.lines);
  osy_order_fixture_free (own);
  fixture = before;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/kitchen/states", test_states);
  g_test_add_func ("/kitchen/each-state", test_each_state);
  g_test_add_func ("/kitchen/walks", test_walks);
  g_test_add_func ("/kitchen/canceled", test_canceled);
  g_test_add_func ("/kitchen/waiting", test_waiting);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
