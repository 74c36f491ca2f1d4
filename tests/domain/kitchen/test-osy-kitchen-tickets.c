/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What other rooms do to tickets: the check takes lines off and gives them back, tables move, and
 * each piece of news is told once. */

#include "osy-kitchen-read.h"
#include "osy-kitchen-service.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;
static OsyKitchenRoom room;
static GHashTable *off;  /* line id → gint64 *: what the check has taken off */
static GString *told;    /* news, one a line */
static gboolean refuses; /* whether the printer's room fails */

/* ---- the rooms around ---- */

static GHashTable *
voids (OsyDbTx *tx, const char *order_id, GError **error)
{
  return g_hash_table_ref (off);
}

static gboolean
table_number (OsyDbTx *tx, const char *table_id, char **number, GError **error)
{
  *number = g_strdup ("5");
  return TRUE;
}

static gboolean
tell (OsyDbTx *tx, const OsyCall *call, const OsyKitchenNews *news, gpointer data, GError **error)
{
  static const char *const words[] = {"sent", "fired", "held", "delta"};

  g_string_append (told, words[news->kind]);
  for (guint i = 0; news->changes != NULL && i < news->changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (news->changes, i);
    g_string_append_printf (told, " %s %d", change->kind, (int)change->quantity);
  }
  g_string_append_c (told, '\n');
  g_assert_nonnull (news->station);
  g_assert_true (g_str_has_suffix (news->news_key,
                                   news->kind == OSY_KITCHEN_TOLD_SENT ? news->ticket->id : ""));
  if (refuses)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "not now");
  return !refuses;
}

/* ---- acts ---- */

typedef struct {
  const char *order_id;
  OsyKitchenDeed deed;
  OsyKitchenMove move;
  GPtrArray *tickets;
} Act;

static gboolean
run_follow (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyEvent) event = osy_event_new ();

  event->aggregate_id = g_strdup (((Act *)data)->order_id);
  return osy_kitchen_on_order (tx, &fixture->call, event, &room, error);
}

static gboolean
run_deed (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyKitchenTicket) ticket =
      osy_kitchen_service_do (tx, &room, &fixture->call, &((Act *)data)->deed, error);

  return ticket != NULL;
}

static gboolean
run_move (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_kitchen_service_moved (tx, &room, &fixture->call, &((Act *)data)->move, error);
}

static gboolean
run_read (OsyDbTx *tx, gpointer data, GError **error)
{
  Act *act = data;

  act->tickets = osy_kitchen_read_of_order (tx, fixture->ring, act->order_id, error);
  return act->tickets != NULL;
}

static void
run (OsyDbFunc func, Act *act)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_order_fixture_run (fixture, func, act, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
follow (const char *order_id)
{
  run (run_follow, &(Act){.order_id = order_id});
}

/* The only ticket of an order. */
static OsyKitchenTicket *
read_ticket (const char *order_id)
{
  Act act = {.order_id = order_id};

  run (run_read, &act);
  g_autoptr (GPtrArray) tickets = act.tickets;
  g_assert_cmpuint (tickets->len, ==, 1);
  return g_object_ref (g_ptr_array_index (tickets, 0));
}

static void
do_deed (const char *order_id, const char *verb)
{
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (order_id);

  run (run_deed, &(Act){.deed = {.verb = verb,
                                 .id = osy_kitchen_ticket_data (ticket)->id,
                                 .shop = fixture->shop}});
}

static void
do_line (const char *order_id, const char *verb, gint64 quantity)
{
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (order_id);
  const OsyKitchenLine *line = g_ptr_array_index (osy_kitchen_ticket_data (ticket)->lines, 0);

  run (run_deed, &(Act){.deed = {.verb = verb, .id = line->line_id, .quantity = quantity}});
}

static void
take_off (const char *order_id, gint64 quantity)
{
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, order_id);
  const OsyOrderLine *line = g_ptr_array_index (osy_order_data (order)->lines, 0);

  g_hash_table_remove_all (off);
  if (quantity > 0)
    g_hash_table_insert (off, g_strdup (line->line_id), g_memdup2 (&quantity, sizeof quantity));
  follow (order_id);
}

/* Quantities of the first line, and the state of the ticket. */
static void
assert_first (const char *order_id, const char *wanted)
{
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (order_id);
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  const OsyKitchenLine *line = g_ptr_array_index (data->lines, 0);
  g_autofree char *found = g_strdup_printf ("%s %d %d %d", data->state, (int)line->quantity_waiting,
                                            (int)line->quantity_made, (int)line->quantity_voided);

  g_assert_cmpstr (found, ==, wanted);
}

static char *
accepted (void)
{
  char *id = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_ACCEPTED);

  g_hash_table_remove_all (off);
  g_string_truncate (told, 0);
  follow (id);
  return id;
}

/* ---- the check ---- */

static void
test_voids (void)
{
  g_autofree char *id = accepted ();

  g_assert_cmpstr (told->str, ==, "sent\n");
  assert_first (id, "OPEN 2 0 0");
  do_line (id, "make", 1);
  take_off (id, 2);
  assert_first (id, "OPEN 0 1 1"); /* what is made stays made */
  do_line (id, "unmake", 1);
  assert_first (id, "OPEN 0 0 2"); /* and is not wanted once it is not */
  take_off (id, 1);
  assert_first (id, "OPEN 1 0 1");
  take_off (id, 0);
  assert_first (id, "OPEN 2 0 0");
  g_assert_cmpstr (told->str, ==,
                   "sent\ndelta VOIDED 1\ndelta VOIDED 1\ndelta ADDED 1\ndelta ADDED 1\n");
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (id);
  g_assert_true (osy_kitchen_ticket_has_unseen (osy_kitchen_ticket_data (ticket)));
}

/* A dish that is wanted after all comes back to the screen; one of an order that has left does not.
 */
static void
test_restored (void)
{
  g_autofree char *id = accepted ();
  g_autofree char *gone = accepted ();
  g_autoptr (GError) error = NULL;

  take_off (gone, 2);
  do_deed (gone, "bump");
  assert_first (gone, "DONE 0 0 2");
  take_off (gone, 0);
  assert_first (gone, "DONE 0 0 2");
  g_autoptr (OsyOrder) back = osy_order_fixture_act (fixture, gone, "recall", &error);
  g_assert_no_error (error);
  follow (gone);
  assert_first (gone, "OPEN 2 0 0");
  take_off (id, 2);
  do_deed (id, "bump");
  do_deed (id, "recall");
  assert_first (id, "OPEN 0 0 2");
}

/* Taken off altogether, seen: nothing is left to be done. */
static void
test_all_off (void)
{
  g_autofree char *id = accepted ();
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);
  GPtrArray *lines = osy_order_data (order)->lines;

  for (guint i = 0; i < lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (lines, i);
    g_hash_table_insert (off, g_strdup (line->line_id),
                         g_memdup2 (&line->quantity, sizeof line->quantity));
  }
  follow (id);
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (id);
  lines = osy_kitchen_ticket_data (ticket)->lines;
  for (guint i = 0; i < lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (lines, i);
    const OsyKitchenChange *change = g_ptr_array_index (line->changes, 0);
    assert_first (id, "OPEN 0 0 2");
    run (run_deed, &(Act){.deed = {.verb = "seen", .id = change->id}});
  }
  assert_first (id, "DONE 0 0 2");
  g_autoptr (OsyOrder) end = osy_order_fixture_load (fixture, id);
  g_assert_cmpstr (osy_order_data (end)->status, ==, OSY_ORDER_READY);
  g_hash_table_remove_all (off);
}

/* ---- tables ---- */

static void
move (const char *id, const char *from, const char *to)
{
  run (run_move, &(Act){.move = {id, NULL, from, to, "0190b0de-0000-7000-8000-000000000007"}});
}

static void
test_moved (void)
{
  g_autofree char *id = accepted ();
  g_autofree char *unknown = osy_order_fixture_place (fixture, "TAKEOUT");

  move (unknown, "5", "7"); /* not in the kitchen: nothing to tell */
  g_string_truncate (told, 0);
  move (id, "5", "7");
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (id);
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  const OsyKitchenChange *change = g_ptr_array_index (data->changes, 0);
  g_assert_cmpstr (data->table_number, ==, "7");
  g_assert_cmpstr (data->moved_from[0], ==, "5");
  g_assert_cmpstr (change->text, ==, "5→7");
  assert_first (id, "OPEN 2 0 0"); /* nothing is cooked again */
  g_assert_cmpstr (told->str, ==, "delta MOVED 0\n");
  move (id, "7", "5");
  g_autoptr (OsyKitchenTicket) back = read_ticket (id);
  g_assert_cmpstr (osy_kitchen_ticket_data (back)->table_number, ==, "5");
  g_assert_null (osy_kitchen_ticket_data (back)->moved_from[0]);
  g_assert_false (osy_kitchen_ticket_has_unseen (osy_kitchen_ticket_data (back)));
  g_assert_cmpint (osy_kitchen_ticket_data (back)->version, >, data->version);
  /* A screen has nothing to read, but the paper of before says 7. */
  g_assert_cmpstr (told->str, ==, "delta MOVED 0\ndelta MOVED 0\n");
}

/* One step back takes back what was told of that step alone. */
static void
test_moved_twice (void)
{
  g_autofree char *id = accepted ();

  move (id, "5", "7");
  move (id, "7", "9");
  move (id, "9", "7");
  g_autoptr (OsyKitchenTicket) ticket = read_ticket (id);
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  for (guint i = 0; i < data->changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (data->changes, i);
    g_assert_true ((change->seen_at == 0) == g_str_equal (change->text, "5→7"));
  }
  g_assert_cmpuint (data->changes->len, ==, 3);
}

/* What is told commits with what it tells of, or neither does. */
static void
test_told_or_nothing (void)
{
  g_autofree char *id = osy_order_fixture_bring (fixture, "TAKEOUT", OSY_ORDER_ACCEPTED);
  g_autoptr (GError) error = NULL;

  refuses = TRUE;
  g_assert_false (osy_order_fixture_run (fixture, run_follow, &(Act){.order_id = id}, &error));
  refuses = FALSE;
  g_assert_cmpint (osy_test_count ("SELECT count(*) FROM kitchen_line WHERE order_id = '%s'", id),
                   ==, 0);
  g_string_truncate (told, 0);
  for (int times = 0; times < 3; times++)
    follow (id);
  g_assert_cmpstr (told->str, ==, "sent\n");
  g_assert_cmpint (osy_test_count ("SELECT version FROM kitchen_ticket WHERE order_id = '%s'", id),
                   ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  off = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  told = g_string_new (NULL);
  room = (OsyKitchenRoom){.pool = fixture->pool,
                          .ring = fixture->ring,
                          .tell = tell,
                          .table_number = table_number,
                          .voids = voids};
  g_test_add_func ("/kitchen/tickets/voids", test_voids);
  g_test_add_func ("/kitchen/tickets/restored", test_restored);
  g_test_add_func ("/kitchen/tickets/all-off", test_all_off);
  g_test_add_func ("/kitchen/tickets/moved", test_moved);
  g_test_add_func ("/kitchen/tickets/moved-twice", test_moved_twice);
  g_test_add_func ("/kitchen/tickets/told-or-nothing", test_told_or_nothing);
  int status = g_test_run ();
  g_hash_table_unref (off);
  g_string_free (told, TRUE);
  osy_order_fixture_free (fixture);
  return status;
}
