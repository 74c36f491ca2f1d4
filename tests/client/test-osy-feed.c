/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The feed against a strict fake daemon: whatever is lost, repeated, cut or silent on the way, the
 * listener gets each event once and in order, or is told to load everything. */

#include "fake-daemon.h"
#include "osy-client-private.h"
#include "spin.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OsyFeed *feed;
  GPtrArray *told; /* of char*: "number status" */
  guint resets;
} Fixture;

static void
event_cb (OsyFeed *feed, OsyOrder *order, const char *type, Fixture *fixture)
{
  const OsyOrderData *data = osy_order_data (order);

  g_ptr_array_add (fixture->told,
                   g_strdup_printf ("%d %s %s", (int)data->number, data->status, type));
}

static void
reset_cb (OsyFeed *feed, Fixture *fixture)
{
  fixture->resets++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  fixture->feed = osy_feed_new (fixture->client);
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  osy_feed_set_pace (fixture->feed, 60000, 1000);
  g_signal_connect (fixture->feed, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (fixture->feed, "reset", G_CALLBACK (reset_cb), fixture);
  osy_client_take_refresh_token (fixture->client, fixture->daemon->refresh_token);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  osy_feed_stop (fixture->feed);
  g_assert_cmpint (osy_feed_get_state (fixture->feed), ==, OSY_FEED_STOPPED);
  SPIN_FOR (50);
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_assert_finalize_object (fixture->feed);
  g_assert_finalize_object (fixture->client);
  g_ptr_array_unref (fixture->told);
  fake_daemon_free (fixture->daemon);
}

static void
go_live (Fixture *fixture)
{
  osy_feed_start (fixture->feed);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LIVE, 5000);
}

static const char *
told (Fixture *fixture, guint index)
{
  return g_ptr_array_index (fixture->told, index);
}

static OsyOrder *
place (Fixture *fixture, gint64 number)
{
  OsyOrder *order = fake_daemon_add_order (fixture->daemon, number);

  fake_daemon_publish (fixture->daemon, order, "order.created");
  return order;
}

static void
assert_told_in_order (Fixture *fixture, guint n)
{
  SPIN_UNTIL (fixture->told->len >= n, 5000);
  SPIN_FOR (250); /* a repeat would come with the next heartbeats */
  g_assert_cmpuint (fixture->told->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *wanted = g_strdup_printf ("%u PENDING order.created", i + 1);
    g_assert_cmpstr (told (fixture, i), ==, wanted);
  }
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  g_assert_cmpuint (fixture->resets, ==, 1);
  for (gint64 i = 1; i <= 3; i++)
    place (fixture, i);
  assert_told_in_order (fixture, 3);
  g_assert_cmpuint (fixture->resets, ==, 1);
}

/* What happened before the first hello is loaded by the listener, not told. */
static void
test_starts_at_head (Fixture *fixture, gconstpointer data)
{
  place (fixture, 77);
  go_live (fixture);
  SPIN_FOR (250);
  g_assert_cmpuint (fixture->told->len, ==, 0);
  g_assert_cmpuint (fixture->resets, ==, 1);
}

static void
test_hole (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  fixture->daemon->hide_seq = 2;
  for (gint64 i = 1; i <= 4; i++)
    place (fixture, i);
  assert_told_in_order (fixture, 4);
  g_assert_cmpuint (fixture->resets, ==, 1);
}

/* The last event before a pause is lost: only the head in the heartbeats tells of it. */
static void
test_lost_last (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  fixture->daemon->hide_seq = 2;
  place (fixture, 1);
  place (fixture, 2);
  assert_told_in_order (fixture, 2);
}

static void
test_repeat (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  place (fixture, 1);
  place (fixture, 2);
  fake_daemon_send_event (fixture->daemon, 1);
  fake_daemon_send_event (fixture->daemon, 2);
  place (fixture, 3);
  assert_told_in_order (fixture, 3);
}

static void
test_hole_never_filled (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  fixture->daemon->hide_seq = 1;
  fixture->daemon->lost_before = 1;
  place (fixture, 1);
  SPIN_FOR (50);
  fixture->daemon->hide_seq = 0;
  place (fixture, 2);
  SPIN_UNTIL (fixture->resets == 2, 8000);
  g_ptr_array_set_size (fixture->told, 0); /* the second may have been told or be in the reset */
  place (fixture, 3);
  SPIN_UNTIL (fixture->told->len == 1, 1000);
  g_assert_cmpstr (told (fixture, 0), ==, "3 PENDING order.created");
}

static void
test_reconnect (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  place (fixture, 1);
  SPIN_UNTIL (fixture->told->len == 1, 5000);
  fake_daemon_close_socket (fixture->daemon, 1012);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_CONNECTING, 5000);
  place (fixture, 2);
  place (fixture, 3);
  assert_told_in_order (fixture, 3);
  g_assert_cmpint (osy_feed_get_state (fixture->feed), ==, OSY_FEED_LIVE);
  g_assert_cmpuint (fixture->resets, ==, 1);
}

static void
test_new_epoch (Fixture *fixture, gconstpointer data)
{
  OsyOrder *order;

  go_live (fixture);
  place (fixture, 8);
  SPIN_UNTIL (fixture->told->len == 1, 5000);
  g_ptr_array_set_size (fixture->told, 0);
  fake_daemon_new_epoch (fixture->daemon);
  SPIN_UNTIL (fixture->resets == 2, 5000);
  order = place (fixture, 1);
  assert_told_in_order (fixture, 1);
  g_assert_nonnull (order);
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  gint64 retry_at = 0;

  go_live (fixture);
  fixture->daemon->mute = TRUE;
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LOST, 3000);
  g_object_get (fixture->feed, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, >, 0);
  fixture->daemon->mute = FALSE;
  place (fixture, 1);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LIVE, 8000);
  assert_told_in_order (fixture, 1);
}

/* Sockets do not get through, HTTP does. */
static void
test_rest_alone (Fixture *fixture, gconstpointer data)
{
  osy_feed_set_pace (fixture->feed, 100, 1000);
  fixture->daemon->refuse_sockets = TRUE;
  osy_feed_start (fixture->feed);
  SPIN_UNTIL (fixture->resets == 1, 5000);
  for (gint64 i = 1; i <= 130; i++)
    place (fixture, i);
  assert_told_in_order (fixture, 130);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LOST, 3000);
}

/* Both ways at once must not tell anything twice. */
static void
test_both_ways (Fixture *fixture, gconstpointer data)
{
  osy_feed_set_pace (fixture->feed, 20, 1000);
  go_live (fixture);
  for (gint64 i = 1; i <= 60; i++) {
    place (fixture, i);
    SPIN_FOR (5);
  }
  assert_told_in_order (fixture, 60);
  g_assert_cmpuint (fixture->daemon->polls, >, 3);
}

static void
test_token_ended (Fixture *fixture, gconstpointer data)
{
  guint refreshes;

  go_live (fixture);
  refreshes = fixture->daemon->refreshes;
  fake_daemon_close_socket (fixture->daemon, 4401);
  SPIN_UNTIL (fixture->daemon->refreshes == refreshes + 1, 5000);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_LIVE, 5000);
}

static void
nothing_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (osy_client_renew_finish (OSY_CLIENT (source), result, NULL));
}

static void
test_tells_new_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *part = NULL;

  go_live (fixture);
  osy_client_renew_async (fixture->client, nothing_cb, NULL);
  SPIN_UNTIL (fake_daemon_heard (fixture->daemon, "\"auth\""), 5000);
  part = g_strdup_printf ("\"access_token\":\"%s\"", fixture->daemon->access_token);
  g_assert_true (fake_daemon_heard (fixture->daemon, part));
}

static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->refuse_refresh = TRUE;
  osy_feed_start (fixture->feed);
  SPIN_UNTIL (osy_feed_get_state (fixture->feed) == OSY_FEED_STOPPED, 5000);
}

/* Rubbish is passed over; what comes after it still counts. */
static void
test_rubbish (Fixture *fixture, gconstpointer data)
{
  static const char *const rubbish[] = {"",
                                        "[]",
                                        "{\"type\":7}",
                                        "{\"type\":\"event\"}",
                                        "{\"type\":\"hello\"}",
                                        "{\"type\":\"later\",\"x\":1}",
                                        "{\"a\":1,\"a\":2}"};

  go_live (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rubbish); i++)
    fake_daemon_say (fixture->daemon, rubbish[i]);
  place (fixture, 1);
  assert_told_in_order (fixture, 1);
}

/* The same with nothing after it: only the heartbeats' head tells, and no resume helps. */
static void
test_last_never_filled (Fixture *fixture, gconstpointer data)
{
  go_live (fixture);
  fixture->daemon->hide_seq = 1;
  fixture->daemon->lost_before = 1;
  place (fixture, 1);
  SPIN_UNTIL (fixture->resets == 2, 8000);
  fixture->daemon->hide_seq = 0;
  place (fixture, 2);
  SPIN_UNTIL (fixture->told->len == 1, 1000);
  SPIN_FOR (300);
  g_assert_cmpuint (fixture->resets, ==, 2);
}

#define ADD(path, func) g_test_add ("/feed/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("live", test_live);
  ADD ("starts-at-head", test_starts_at_head);
  ADD ("hole", test_hole);
  ADD ("hole/last", test_lost_last);
  ADD ("hole/never-filled", test_hole_never_filled);
  ADD ("hole/last-never-filled", test_last_never_filled);
  ADD ("repeat", test_repeat);
  ADD ("reconnect", test_reconnect);
  ADD ("new-epoch", test_new_epoch);
  ADD ("silence", test_silence);
  ADD ("rest-alone", test_rest_alone);
  ADD ("both-ways", test_both_ways);
  ADD ("token-ended", test_token_ended);
  ADD ("tells-new-token", test_tells_new_token);
  ADD ("signed-out", test_signed_out);
  ADD ("rubbish", test_rubbish);
  return g_test_run ();
}
