/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When a call gets louder, and that silence ends: by a clock that is only counted. */

#include "osc-escalation.h"

#define SECOND G_TIME_SPAN_SECOND

static void
test_steps (void)
{
  g_assert_cmpint (osc_escalation_at (-1), ==, OSC_ESCALATION_NONE);
  g_assert_cmpint (osc_escalation_at (0), ==, OSC_ESCALATION_RINGS);
  g_assert_cmpint (osc_escalation_at (30 * SECOND - 1), ==, OSC_ESCALATION_RINGS);
  g_assert_cmpint (osc_escalation_at (30 * SECOND), ==, OSC_ESCALATION_LOUDER);
  g_assert_cmpint (osc_escalation_at (60 * SECOND - 1), ==, OSC_ESCALATION_LOUDER);
  g_assert_cmpint (osc_escalation_at (60 * SECOND), ==, OSC_ESCALATION_FLASHES);
  g_assert_cmpint (osc_escalation_at (120 * SECOND - 1), ==, OSC_ESCALATION_FLASHES);
  g_assert_cmpint (osc_escalation_at (120 * SECOND), ==, OSC_ESCALATION_LATE);
  g_assert_cmpint (osc_escalation_at (G_TIME_SPAN_DAY), ==, OSC_ESCALATION_LATE);
}

/* It never gets weaker, and what is not heard is seen, whatever the second. */
static void
test_never_quiet (void)
{
  OscEscalation last = OSC_ESCALATION_NONE;

  for (gint64 second = 0; second < 1000; second++) {
    OscEscalation level = osc_escalation_at (second * SECOND);

    g_assert_cmpint (level, >=, last);
    g_assert_cmpint (osc_escalation_flash (level, FALSE), !=, OSC_FLASH_NONE);
    g_assert_cmpint (osc_escalation_flash (level, TRUE) != OSC_FLASH_NONE, ==, second >= 60);
    last = level;
  }
  g_assert_cmpint (osc_escalation_flash (OSC_ESCALATION_NONE, FALSE), ==, OSC_FLASH_NONE);
  g_assert_cmpint (osc_escalation_flash (OSC_ESCALATION_FLASHES, FALSE), ==, OSC_FLASH_SOON);
  g_assert_cmpint (osc_escalation_flash (OSC_ESCALATION_LATE, TRUE), ==, OSC_FLASH_LATE);
}

static void
test_mute (void)
{
  OscMute mute = {0};
  gint64 now = 77 * SECOND;

  g_assert_cmpuint (osc_mute_left (&mute, now), ==, 0);
  osc_mute_begin (&mute, now);
  g_assert_cmpuint (osc_mute_left (&mute, now), ==, 300);
  g_assert_cmpuint (osc_mute_left (&mute, now + 1), ==, 300);
  g_assert_cmpuint (osc_mute_left (&mute, now + SECOND), ==, 299);
  osc_mute_begin (&mute, now + 299 * SECOND); /* not made longer */
  g_assert_cmpuint (osc_mute_left (&mute, now + 299 * SECOND), ==, 1);
  g_assert_cmpuint (osc_mute_left (&mute, now + 300 * SECOND), ==, 0);

  osc_mute_begin (&mute, now + 301 * SECOND);
  osc_mute_end (&mute);
  g_assert_cmpuint (osc_mute_left (&mute, now + 301 * SECOND), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/escalation/steps", test_steps);
  g_test_add_func ("/console/escalation/never-quiet", test_never_quiet);
  g_test_add_func ("/console/escalation/mute", test_mute);
  return g_test_run ();
}
