/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What staff do: sentences, one act at a time, undo, and what happens when others were faster or
 * the daemon is away. */

#include <string.h>

#include "fake-daemon.h"
#include "osc-acts.h"
#include "osy-client-private.h"
#include "spin.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OscActs *acts;
  OscOrderItem *item;
  char *id;
  GPtrArray *done; /* of char* */
  gboolean can_undo;
  GPtrArray *failed;
  guint requested;
} Fixture;

static void
done_cb (OscActs *acts, const char *sentence, gboolean can_undo, Fixture *fixture)
{
  g_ptr_array_add (fixture->done, g_strdup (sentence));
  fixture->can_undo = can_undo;
}

static void
failed_cb (OscActs *acts, OscOrderItem *item, const char *sentence, Fixture *fixture)
{
  g_ptr_array_add (fixture->failed, g_strdup (sentence));
}

static void
requested_cb (OscActs *acts, OscOrderItem *item, const char *act, JsonNode *body, Fixture *fixture)
{
  fixture->requested++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  OsyOrder *order;

  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  osy_client_take_refresh_token (fixture->client, fixture->daemon->refresh_token);
  fixture->acts = osc_acts_new (fixture->client);
  fixture->done = g_ptr_array_new_with_free_func (g_free);
  fixture->failed = g_ptr_array_new_with_free_func (g_free);
  order = fake_daemon_add_order (fixture->daemon, 37);
  fixture->id = g_strdup (osy_order_data (order)->id);
  fixture->item = osc_order_item_new (order);
  g_signal_connect (fixture->acts, "done", G_CALLBACK (done_cb), fixture);
  g_signal_connect (fixture->acts, "failed", G_CALLBACK (failed_cb), fixture);
  g_signal_connect (fixture->acts, "requested", G_CALLBACK (requested_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_object_unref (fixture->item);
  g_assert_finalize_object (fixture->acts);
  g_object_unref (fixture->client);
  g_ptr_array_unref (fixture->done);
  g_ptr_array_unref (fixture->failed);
  g_free (fixture->id);
  fake_daemon_free (fixture->daemon);
}

static void
assert_done (Fixture *fixture, guint n, const char *sentence, const char *status)
{
  SPIN_UNTIL (fixture->done->len == n || fixture->failed->len > 0, 8000);
  g_assert_cmpuint (fixture->failed->len, ==, 0);
  g_assert_cmpstr (g_ptr_array_index (fixture->done, n - 1), ==, sentence);
  g_assert_cmpstr (osc_order_item_data (fixture->item)->status, ==, status);
  g_assert_false (osc_order_item_get_busy (fixture->item));
}

static void
test_the_road (Fixture *fixture, gconstpointer data)
{
  osc_acts_accept (fixture->acts, fixture->item, 20);
  g_assert_true (osc_order_item_get_busy (fixture->item));
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  g_assert_false (fixture->can_undo);
  g_assert_cmpstr (fixture->daemon->last_body, ==, "{\"ready_in_minutes\":20}");
  osc_acts_next (fixture->acts, fixture->item, "ready");
  assert_done (fixture, 2, "Finished cooking no. 37", "READY");
  g_assert_true (fixture->can_undo);
  osc_acts_next (fixture->acts, fixture->item, "complete");
  assert_done (fixture, 3, "Completed no. 37", "COMPLETED");

  /* Ctrl+Z walks back step by step, and stops before the acceptance. */
  osc_acts_undo (fixture->acts);
  assert_done (fixture, 4, "Took back no. 37", "READY");
  g_assert_false (fixture->can_undo);
  osc_acts_undo (fixture->acts);
  assert_done (fixture, 5, "Took back no. 37", "ACCEPTED");
  osc_acts_undo (fixture->acts);
  SPIN_FOR (100);
  g_assert_cmpuint (fixture->requested, ==, 5);
}

static void
test_minutes_are_bounded (Fixture *fixture, gconstpointer data)
{
  osc_acts_accept (fixture->acts, fixture->item, 500);
  SPIN_UNTIL (fixture->done->len == 1, 5000);
  g_assert_cmpstr (fixture->daemon->last_body, ==, "{\"ready_in_minutes\":120}");
}

static void
test_reject (Fixture *fixture, gconstpointer data)
{
  osc_acts_reject (fixture->acts, fixture->item, "재료 소진");
  assert_done (fixture, 1, "Rejected no. 37", "REJECTED");
  g_assert_cmpstr (fixture->daemon->last_body, ==, "{\"reason\":\"재료 소진\"}");
  g_assert_false (fixture->can_undo);
}

static void
test_second_tap (Fixture *fixture, gconstpointer data)
{
  osc_acts_accept (fixture->acts, fixture->item, 20);
  osc_acts_accept (fixture->acts, fixture->item, 20);
  osc_acts_next (fixture->acts, fixture->item, "ready");
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  SPIN_FOR (100);
  g_assert_cmpuint (fixture->daemon->act_requests, ==, 1);
  g_assert_cmpuint (fixture->requested, ==, 1);
}

/* Another screen was faster: the card takes what is so now. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  fake_daemon_act (fixture->daemon, fixture->id, "reject");
  osc_acts_accept (fixture->acts, fixture->item, 20);
  SPIN_UNTIL (fixture->failed->len == 1, 5000);
  g_assert_cmpstr (g_ptr_array_index (fixture->failed, 0), ==, "Another screen changed it first");
  SPIN_UNTIL (g_str_equal (osc_order_item_data (fixture->item)->status, "REJECTED"), 5000);
  g_assert_false (osc_order_item_get_busy (fixture->item));
}

/* The daemon says why: nobody else was faster. */
static void
test_reason (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *reason;
    const char *sentence;
  } cases[] = {
      {OSY_ORDER_DAY_OVER, "No. 37 is of a day that is over, so it can't be taken back"},
      {OSY_ORDER_RIDER_GONE, "The rider has left with no. 37, so it can't be undone"},
      {"SOMETHING_NEW", "Another screen changed it first"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    fixture->daemon->reason = cases[i].reason;
    osc_acts_recall (fixture->acts, fixture->item);
    SPIN_UNTIL (fixture->failed->len == i + 1, 5000);
    g_assert_cmpstr (g_ptr_array_index (fixture->failed, i), ==, cases[i].sentence);
    SPIN_UNTIL (!osc_order_item_get_busy (fixture->item), 5000);
  }
}

static void
test_undo_of_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OsyOrder) now = NULL;

  osc_acts_accept (fixture->acts, fixture->item, 20);
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  osc_acts_next (fixture->acts, fixture->item, "ready");
  assert_done (fixture, 2, "Finished cooking no. 37", "READY");
  fake_daemon_act (fixture->daemon, fixture->id, "cancel");
  now = g_object_ref (fake_daemon_order (fixture->daemon, fixture->id));
  osc_order_item_set_order (fixture->item, now);
  osc_acts_undo (fixture->acts);
  g_assert_cmpuint (fixture->failed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->failed, 0), ==,
                   "No. 37 has changed since, so it can't be undone");
}

/* A sale that was sent is taken back only before its cooking begins. */
static void
test_unsend (Fixture *fixture, gconstpointer data)
{
  OsyOrder *other = fake_daemon_add_order (fixture->daemon, 38);
  g_autoptr (OscOrderItem) cooking = osc_order_item_new (other);

  osc_acts_accept (fixture->acts, fixture->item, 20);
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  g_assert_true (osc_acts_unsend (fixture->acts, fixture->item));
  assert_done (fixture, 2, "Cancelled no. 37", "CANCELED");
  g_assert_cmpstr (fixture->daemon->last_body, ==, "{\"reason\":\"Taken back at the counter\"}");

  fake_daemon_act (fixture->daemon, osc_order_item_data (cooking)->id, "accept");
  fake_daemon_act (fixture->daemon, osc_order_item_data (cooking)->id, "start");
  osc_order_item_set_order (cooking,
                            fake_daemon_order (fixture->daemon, osc_order_item_data (cooking)->id));
  g_assert_false (osc_acts_unsend (fixture->acts, cooking));
  g_assert_cmpuint (fixture->failed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->failed, 0), ==,
                   "No. 38 is being cooked already, so it can't be taken back");
  g_assert_cmpuint (fixture->requested, ==, 2);
}

static void
test_lost_answer (Fixture *fixture, gconstpointer data)
{
  osc_acts_accept (fixture->acts, fixture->item, 20);
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  fixture->daemon->lose_answers = 1;
  osc_acts_next (fixture->acts, fixture->item, "ready");
  assert_done (fixture, 2, "Finished cooking no. 37", "READY");
  g_assert_cmpuint (fixture->daemon->acts, ==, 2);
}

static void
test_daemon_away (Fixture *fixture, gconstpointer data)
{
  osc_acts_accept (fixture->acts, fixture->item, 20);
  assert_done (fixture, 1, "Accepted no. 37 for 20 min", "ACCEPTED");
  fixture->daemon->refuse_requests = 1000;
  osc_acts_next (fixture->acts, fixture->item, "ready");
  SPIN_UNTIL (fixture->failed->len == 1, 40000);
  g_assert_nonnull (strstr (g_ptr_array_index (fixture->failed, 0), "no. 37 was not changed"));
  g_assert_false (osc_order_item_get_busy (fixture->item));
}

/* Without a client the acts are only told: what the views' tests rely on. */
static void
test_without_client (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OscActs) acts = osc_acts_new (NULL);

  g_signal_connect (acts, "requested", G_CALLBACK (requested_cb), fixture);
  osc_acts_cancel (acts, fixture->item, "x");
  g_assert_cmpuint (fixture->requested, ==, 1);
  g_assert_false (osc_order_item_get_busy (fixture->item));
}

#define ADD(path, func) g_test_add ("/acts/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("the-road", test_the_road);
  ADD ("minutes-are-bounded", test_minutes_are_bounded);
  ADD ("reject", test_reject);
  ADD ("second-tap", test_second_tap);
  ADD ("conflict", test_conflict);
  ADD ("reason", test_reason);
  ADD ("undo-of-changed", test_undo_of_changed);
  ADD ("unsend", test_unsend);
  ADD ("lost-answer", test_lost_answer);
  ADD ("daemon-away", test_daemon_away);
  ADD ("without-client", test_without_client);
  return g_test_run ();
}
