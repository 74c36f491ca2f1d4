/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The bound of messages within an hour, against the database and with a clock of our own. */

#include "osy-alert-fixture.h"

#define MOST 3
#define THREE "{\"limits\":{\"messages_per_hour\":3}}"

static void
raise_many (guint from, guint n)
{
  for (guint i = from; i < from + n; i++) {
    g_autofree char *subject = g_strdup_printf ("프린터%u", i);
    run (raise_one, subject);
  }
}

/* Sends what may go now. Returns: how many messages that were. @times: (nullable): of each. */
static guint
send_all (GArray *times)
{
  guint n = 0;

  for (;; n++) {
    g_autoptr (OsyFetchCall) call = take ();
    gint64 now = osy_clock_now ();
    if (call == NULL)
      return n;
    answer (call, 200);
    if (times != NULL)
      g_array_append_val (times, now);
  }
}

/* What is over the bound is one message when there is room again. */
static void
test_more (void)
{
  begin ("2026-11-20T03:00:00Z", THREE);
  raise_many (0, 15);
  g_assert_cmpuint (send_all (NULL), ==, MOST);
  g_assert_cmpint (count_of ("HELD"), ==, 12);
  run (raise_threat, "t1"); /* goes at once */
  g_assert_cmpuint (send_all (NULL), ==, 1);
  osy_clock_advance_fake (G_TIME_SPAN_HOUR - 1);
  g_assert_cmpuint (send_all (NULL), ==, 0);
  osy_clock_advance_fake (1);
  g_autoptr (OsyFetchCall) call = take ();
  g_assert_nonnull (call);
  g_autofree char *body = body_of (call);
  g_assert_nonnull (strstr (body, "알림이 12건 더 있어요"));
  g_assert_nonnull (strstr (body, "‘프린터14’"));
  answer (call, 200);
  expect_nothing ();
  g_assert_cmpint (count_of ("SENT"), ==, 16);
  end ();
}

/* Whoever wants more gets them, also what is held back by then. */
static void
test_raised (void)
{
  begin ("2026-11-20T03:00:00Z", THREE);
  raise_many (0, 5);
  g_assert_cmpuint (send_all (NULL), ==, MOST);
  run (save_setup, "{\"limits\":{\"messages_per_hour\":10}}");
  run (reconsider, NULL);
  g_assert_cmpuint (send_all (NULL), ==, 1);
  g_assert_cmpint (count_of ("SENT"), ==, 5);
  end ();
}

/* Whatever comes: never more within an hour but what is urgent, and nothing is lost. */
static void
test_any (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint raised = 0;
  gint64 threats = 0;

  begin ("2026-11-20T03:00:00Z", THREE);
  for (int i = 0; i < 60; i++) {
    guint n = (guint)g_test_rand_int_range (0, 4);
    raise_many (raised, n);
    raised += n;
    send_all (times);
    if (g_test_rand_int_range (0, 8) == 0) {
      g_autofree char *id = osy_id_new ();
      run (raise_threat, id);
      g_assert_cmpuint (send_all (NULL), ==, 1);
      threats++;
    }
    osy_clock_advance_fake (g_test_rand_int_range (0, 600) * G_TIME_SPAN_SECOND);
  }
  for (int i = 0; i < 24; i++) {
    osy_clock_advance_fake (G_TIME_SPAN_HOUR / 6);
    send_all (times);
  }
  for (guint i = MOST; i < times->len; i++)
    g_assert_cmpint (g_array_index (times, gint64, i) - g_array_index (times, gint64, i - MOST), >=,
                     G_TIME_SPAN_HOUR);
  g_assert_cmpint (count_of ("SENT"), ==, raised + threats);
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert/bound/more", test_more);
  g_test_add_func ("/alert/bound/raised", test_raised);
  g_test_add_func ("/alert/bound/any", test_any);
  int failed = g_test_run ();
  osy_db_pool_close (osy_test_pg_pool ());
  return failed;
}
