/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sliding windows: the figure counts within the window only, once in it, and memory stays bounded.
 */

#include "osy-threat-window.h"

#define SECOND G_TIME_SPAN_SECOND
#define SHOP "00000000-0000-7000-8000-000000000001"

static gboolean
note (OsyThreatWindow *window, OsyThreatKind kind, const char *subject, gint64 now)
{
  return osy_threat_window_note (window, kind, SHOP, &subject, now);
}

/* Ten make brute force, nine do not; the eleventh does not make another. */
static void
test_figure (void)
{
  g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
  gint64 now = 1000 * G_TIME_SPAN_DAY;

  for (int i = 0; i < 9; i++)
    g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now += SECOND));
  g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:2", now));
  g_assert_true (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now += SECOND));
  for (int i = 0; i < 100; i++)
    g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now += SECOND));
  /* Whoever still goes on a window later is told of again. */
  now += osy_threat_rule (OSY_THREAT_BRUTE_FORCE)->window - 100 * SECOND;
  g_assert_true (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now) ||
                 note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now + 100 * SECOND));
}

/* One mistyped password every two minutes never makes a threat: the window slides. */
static void
test_slow (void)
{
  g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
  gint64 now = 1000 * G_TIME_SPAN_DAY;

  for (int i = 0; i < 1000; i++)
    g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", now += 120 * SECOND));
}

/* At the edge: the tenth comes just after the first has left the window. */
static void
test_edge (void)
{
  gint64 length = osy_threat_rule (OSY_THREAT_BRUTE_FORCE)->window;

  for (int late = 0; late < 2; late++) {
    g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
    gint64 start = 1000 * G_TIME_SPAN_DAY;

    g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", start));
    for (int i = 0; i < 8; i++)
      g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", start + SECOND));
    g_assert_cmpint (note (window, OSY_THREAT_BRUTE_FORCE, "user:1", start + length - 1 + late), ==,
                     !late);
  }
}

/* An address may belong to several people, so it has a figure of its own. */
static void
test_client (void)
{
  g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
  gint64 now = 1000 * G_TIME_SPAN_DAY;

  for (int i = 0; i < 19; i++)
    g_assert_false (note (window, OSY_THREAT_BRUTE_FORCE, "client:10.0.0.7", now += SECOND));
  g_assert_true (note (window, OSY_THREAT_BRUTE_FORCE, "client:10.0.0.7", now += SECOND));
  g_assert_true (note (window, OSY_THREAT_TOKEN_REUSE, "session:1", now));
}

/* What could not be written down is raised by the next sign. */
static void
test_unraise (void)
{
  g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
  gint64 now = 1000 * G_TIME_SPAN_DAY;

  g_assert_true (note (window, OSY_THREAT_TOKEN_REUSE, "session:1", now));
  g_assert_false (note (window, OSY_THREAT_TOKEN_REUSE, "session:1", now += SECOND));
  osy_threat_window_unraise (window, OSY_THREAT_TOKEN_REUSE, SHOP, "session:1");
  g_assert_true (note (window, OSY_THREAT_TOKEN_REUSE, "session:1", now += SECOND));
}

/* A million addresses: memory is bounded, they are noticed as one, and forgotten afterwards. */
static void
test_many (void)
{
  g_autoptr (OsyThreatWindow) window = osy_threat_window_new ();
  gint64 now = 1000 * G_TIME_SPAN_DAY;
  gboolean raised = FALSE;
  const char *last = NULL;

  for (int i = 0; i < 20000; i++) {
    g_autofree char *client = g_strdup_printf ("client:%d", i);
    const char *subject = client;

    if (osy_threat_window_note (window, OSY_THREAT_FLOOD, NULL, &subject, now)) {
      raised = TRUE;
      last = g_intern_string (subject);
    }
  }
  g_assert_true (raised);
  g_assert_cmpstr (last, ==, OSY_THREAT_MANY);
  g_assert_cmpuint (osy_threat_window_size (window), <=, OSY_THREAT_SUBJECTS_MAX + 1);
  now += osy_threat_rule (OSY_THREAT_FLOOD)->window + 1;
  g_assert_false (note (window, OSY_THREAT_FLOOD, "client:new", now));
  g_assert_cmpuint (osy_threat_window_size (window), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threat/window/figure", test_figure);
  g_test_add_func ("/threat/window/slow", test_slow);
  g_test_add_func ("/threat/window/edge", test_edge);
  g_test_add_func ("/threat/window/client", test_client);
  g_test_add_func ("/threat/window/unraise", test_unraise);
  g_test_add_func ("/threat/window/many", test_many);
  return g_test_run ();
}
