/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rounds: which check an order goes on, in one batch with others and while the check changes. */

#include "osy-check-service.h"
#include "osy-compat.h"
#include "osy-id.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;

typedef struct {
  char *id;
  char *check_id; /* as answered */
  gboolean answered;
  OsyOrderOutcome outcome;
} Slot;

static void
note (OsyOrderOutcome outcome, OsyOrderEntry *entry, const GError *error, gpointer user_data)
{
  Slot *slot = user_data;

  slot->answered = TRUE;
  slot->outcome = outcome;
  slot->id = g_strdup (entry->order->id);
  slot->check_id = g_strdup (entry->order->check_id);
}

/* @table, @round_on, @key: (nullable) */
static void
submit (Slot *slot, const char *table, const char *round_on, const char *key)
{
  OsyOrderData *order = osy_order_fixture_order (fixture, "DINE_IN");
  g_autofree char *own = osy_id_new ();

  order->table_id = g_strdup (table);
  OsyOrderEntry *entry = osy_order_fixture_entry (fixture, order, key != NULL ? key : own);
  entry->round_on = g_strdup (round_on);
  osy_order_writer_submit (fixture->writer, entry, 20000, note, slot);
}

typedef struct {
  Slot *slots;
  guint n;
} Slots;

static gboolean
all_answered (gpointer data)
{
  const Slots *slots = data;

  for (guint i = 0; i < slots->n; i++)
    if (!slots->slots[i].answered)
      return FALSE;
  return TRUE;
}

static void
wait_for (Slot *slots, guint n)
{
  Slots all = {slots, n};

  g_assert_true (osy_test_wait (all_answered, &all, 30));
}

static void
clear (Slot *slots, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_clear_pointer (&slots[i].id, g_free);
    g_clear_pointer (&slots[i].check_id, g_free);
    slots[i].answered = FALSE;
  }
}

static void
assert_check (const char *check_id, gint64 amount, gint64 orders, gint64 version)
{
  g_assert_cmpint (
      osy_test_count ("SELECT orders_amount FROM guest_check WHERE id = '%s'", check_id), ==,
      amount);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM orders WHERE check_id = '%s'", check_id),
                   ==, orders);
  g_assert_cmpint (osy_test_count ("SELECT version FROM guest_check WHERE id = '%s'", check_id), ==,
                   version);
}

/* Twelve orders in one batch for two tables that have no check: two checks, each to the won. */
static void
test_one_batch_opens_and_joins (void)
{
  g_autofree char *tables[] = {osy_id_new (), osy_id_new (), NULL};
  Slot slots[13] = {{0}};

  submit (&slots[12], NULL, NULL, NULL); /* opens the way: the others go together */
  for (guint i = 0; i < 12; i++)
    submit (&slots[i], tables[i % 2], NULL, NULL);
  wait_for (slots, 13);
  for (guint i = 0; i < 12; i++) {
    g_assert_cmpint (slots[i].outcome, ==, OSY_ORDER_WRITTEN);
    g_assert_cmpstr (slots[i].check_id, ==, slots[i % 2].check_id);
  }
  g_assert_cmpstr (slots[0].check_id, !=, slots[1].check_id);
  assert_check (slots[0].check_id, 6 * 11000, 6, 1);
  assert_check (slots[1].check_id, 6 * 11000, 6, 1);
  g_free (tables[1]);
  clear (slots, 13);
}

/* Rounds of several checks in one batch: by name and by table, and one for a check that is closed,
 * which alone fails. A key used before stays what it was. */
static void
test_many_rounds (void)
{
  g_autofree char *table = osy_id_new ();
  g_autofree char *nowhere = osy_id_new ();
  Slot first[3] = {{0}};
  Slot slots[9] = {{0}};

  submit (&first[0], table, NULL, "round");
  submit (&first[1], NULL, NULL, NULL);
  submit (&first[2], NULL, NULL, NULL);
  wait_for (first, 3);
  g_autofree char *settle = g_strdup_printf (
      "UPDATE guest_check SET status = 'SETTLED' WHERE id = '%s'", first[2].check_id);
  osy_test_pg_exec (settle);

  submit (&slots[8], NULL, NULL, NULL);
  submit (&slots[0], table, NULL, NULL);
  submit (&slots[1], NULL, first[0].check_id, NULL);
  submit (&slots[2], NULL, first[1].check_id, NULL);
  submit (&slots[3], NULL, first[2].check_id, NULL);
  submit (&slots[4], NULL, nowhere, NULL);
  submit (&slots[5], table, NULL, "round");
  submit (&slots[6], table, first[1].check_id, NULL); /* what is named goes before the table */
  submit (&slots[7], table, NULL, NULL);
  wait_for (slots, 9);
  const OsyOrderOutcome outcomes[] = {OSY_ORDER_WRITTEN,  OSY_ORDER_WRITTEN,  OSY_ORDER_WRITTEN,
                                      OSY_ORDER_NO_CHECK, OSY_ORDER_NO_CHECK, OSY_ORDER_KEY_TAKEN,
                                      OSY_ORDER_WRITTEN,  OSY_ORDER_WRITTEN};
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_assert_cmpint (slots[i].outcome, ==, outcomes[i]);
  assert_check (first[0].check_id, 4 * 11000, 4, 2);
  assert_check (first[1].check_id, 3 * 11000, 3, 2);
  assert_check (first[2].check_id, 11000, 1, 1);
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM outbox WHERE type = 'check.changed' AND "
                                   "aggregate_id = '%s' AND aggregate_seq = 2",
                                   first[0].check_id),
                   ==, 1);
  clear (first, 3);
  clear (slots, 9);
}

/* ---- checks that move and merge ---- */

typedef struct {
  const char *check_id;
  const char *into;
  const char *table;
  char *found;
} Asked;

static gboolean
merge (OsyDbTx *tx, gpointer data, GError **error)
{
  const Asked *asked = data;

  return osy_check_service_merge (tx, fixture->ring, &fixture->call, asked->check_id, asked->into,
                                  error);
}

static gboolean
unmerge (OsyDbTx *tx, gpointer data, GError **error)
{
  const Asked *asked = data;

  return osy_check_service_unmerge (tx, fixture->ring, &fixture->call, asked->check_id, error);
}

static gboolean
set_table (OsyDbTx *tx, gpointer data, GError **error)
{
  const Asked *asked = data;

  return osy_check_service_set_table (tx, fixture->ring, &fixture->call, asked->check_id,
                                      asked->table, error);
}

static gboolean
find (OsyDbTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;

  g_clear_pointer (&asked->found, g_free);
  return osy_check_service_open_for_table (tx, asked->table, &asked->found, error);
}

static void
must (OsyDbFunc func, Asked *asked)
{
  g_autoptr (GError) error = NULL;

  osy_order_fixture_run (fixture, func, asked, &error);
  g_assert_no_error (error);
}

static void
must_not (OsyDbFunc func, Asked *asked, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_order_fixture_run (fixture, func, asked, &error));
  g_assert_error (error, OSY_ERROR, code);
}

static void
assert_at (Asked *asked, const char *table, const char *check_id)
{
  asked->table = table;
  must (find, asked);
  g_assert_cmpstr (asked->found, ==, check_id);
}

static void
test_merged (void)
{
  g_autofree char *tables[] = {osy_id_new (), osy_id_new (), osy_id_new (), NULL};
  Slot first[3] = {{0}};
  Slot rounds[3] = {{0}};
  Asked asked = {0};

  for (guint i = 0; i < 3; i++)
    submit (&first[i], tables[i], NULL, NULL);
  wait_for (first, 3);
  asked.check_id = first[2].check_id;
  asked.into = first[1].check_id;
  must (merge, &asked); /* 2 → 1 → 0 */
  must_not (merge, &asked, OSY_ERROR_STATE_CONFLICT);
  asked.check_id = first[1].check_id;
  asked.into = first[0].check_id;
  must (merge, &asked);
  asked.check_id = first[0].check_id;
  asked.into = first[2].check_id; /* a ring */
  must_not (merge, &asked, OSY_ERROR_STATE_CONFLICT);

  submit (&rounds[0], tables[2], NULL, NULL);
  submit (&rounds[1], NULL, first[1].check_id, NULL);
  submit (&rounds[2], tables[0], NULL, NULL);
  wait_for (rounds, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (rounds[i].check_id, ==, first[0].check_id);
  g_assert_cmpint (
      osy_test_count ("SELECT orders_amount FROM guest_check WHERE id = '%s'", first[0].check_id),
      ==, 4 * 11000);
  assert_at (&asked, tables[2], first[0].check_id);

  /* The middle one leaves and takes the last along. */
  asked.check_id = first[1].check_id;
  must (unmerge, &asked);
  must_not (unmerge, &asked, OSY_ERROR_STATE_CONFLICT);
  assert_at (&asked, tables[2], first[1].check_id);
  assert_at (&asked, tables[0], first[0].check_id);
  clear (first, 3);
  clear (rounds, 3);
  g_free (asked.found);
  g_free (tables[1]);
  g_free (tables[2]);
}

static void
test_table (void)
{
  g_autofree char *here = osy_id_new ();
  g_autofree char *there = osy_id_new ();
  Slot slots[3] = {{0}};
  Asked asked = {0};

  submit (&slots[0], here, NULL, NULL);
  submit (&slots[1], there, NULL, NULL);
  wait_for (slots, 2);
  asked.check_id = slots[0].check_id;
  asked.table = there;
  must_not (set_table, &asked, OSY_ERROR_CONFLICT); /* one open check at a table */
  asked.table = NULL;
  must (set_table, &asked);
  assert_at (&asked, here, NULL);
  submit (&slots[2], here, NULL, NULL);
  wait_for (slots, 3);
  g_assert_cmpstr (slots[2].check_id, !=, slots[0].check_id);
  assert_at (&asked, here, slots[2].check_id);
  clear (slots, 3);
  g_free (asked.found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_free (osy_order_fixture_place (fixture, "TAKEOUT"));
  g_test_add_func ("/order/rounds/one-batch-opens-and-joins", test_one_batch_opens_and_joins);
  g_test_add_func ("/order/rounds/many", test_many_rounds);
  g_test_add_func ("/order/rounds/merged", test_merged);
  g_test_add_func ("/order/rounds/table", test_table);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
