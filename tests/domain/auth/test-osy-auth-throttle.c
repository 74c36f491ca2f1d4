/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Guessing slows down, one key does not harm another, and a flood does not fill the memory. */

#include "osy-auth-throttle.h"
#include "osy-clock.h"

#define BEGIN G_GINT64_CONSTANT (1795231445000000)
#define INTERVAL (90 * G_TIME_SPAN_SECOND)

static void
test_burst (void)
{
  g_autoptr (OsyAuthThrottle) throttle = osy_auth_throttle_new (10, INTERVAL);

  osy_clock_set_fake (BEGIN);
  for (int i = 0; i < 10; i++) {
    g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, 0);
    osy_auth_throttle_fail (throttle, "a");
  }
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, INTERVAL);
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "b"), ==, 0);
  osy_clock_advance_fake (INTERVAL - 1);
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, 1);
  osy_clock_advance_fake (1);
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, 0);
  osy_auth_throttle_fail (throttle, "a");
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, INTERVAL);
  /* After the whole window everything is forgiven. */
  osy_clock_advance_fake (20 * INTERVAL);
  for (int i = 0; i < 10; i++) {
    g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, 0);
    osy_auth_throttle_fail (throttle, "a");
  }
  osy_clock_set_fake (0);
}

static void
test_forget (void)
{
  g_autoptr (OsyAuthThrottle) throttle = osy_auth_throttle_new (1, INTERVAL);

  osy_auth_throttle_fail (throttle, "a");
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), >, 0);
  osy_auth_throttle_forget (throttle, "a");
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "a"), ==, 0);
}

/* However many addresses an attacker has, the last one is still counted. */
static void
test_flood (void)
{
  g_autoptr (OsyAuthThrottle) throttle = osy_auth_throttle_new (2, INTERVAL);

  for (int i = 0; i < 50000; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);
    osy_auth_throttle_fail (throttle, key);
  }
  osy_auth_throttle_fail (throttle, "49999");
  g_assert_cmpint (osy_auth_throttle_wait (throttle, "49999"), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/throttle/burst", test_burst);
  g_test_add_func ("/auth/throttle/forget", test_forget);
  g_test_add_func ("/auth/throttle/flood", test_flood);
  return g_test_run ();
}
