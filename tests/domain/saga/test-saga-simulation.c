/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The deterministic simulation of the saga's core (R7): SCHEDULES schedules (200,000), each from a
 * seed of its own. A violation prints its seed; `test-saga-simulation --replay SEED` plays it again
 * and says what happened. Two builds with a planted bug of the core must find it. */

#include "saga-world.h"

#include <stdlib.h>

#define FIRST_SEED G_GUINT64_CONSTANT (0x5a6a0000)

static int
replay (const char *seed)
{
  static World world;

  if (world_run (&world, g_ascii_strtoull (seed, NULL, 0), TRUE))
    g_print ("# no violation\n");
  return world.fault[0] != '\0';
}

#ifdef OSY_SAGA_BUG
/* Much sooner than a release would go out, and again from its seed. */
static void
test_bug (void)
{
  static World world;
  guint64 seed = FIRST_SEED;

  while (seed < FIRST_SEED + 50000 && world_run (&world, seed, FALSE))
    seed++;
  g_test_message ("planted bug " OSY_SAGA_BUG " found after %" G_GUINT64_FORMAT
                  " schedules, seed 0x%" G_GINT64_MODIFIER "x: %s",
                  seed - FIRST_SEED + 1, seed, world.fault);
  g_assert_cmpstr (world.fault, !=, "");
  g_assert_false (world_run (&world, seed, FALSE));
}
#else
static guint64
number_of_schedules (void)
{
  const char *text = g_getenv ("SCHEDULES");
  guint64 n = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;

  return n > 0 ? n : 200000;
}

/* A world in which nothing goes wrong would prove nothing: every effect, step and reason occurs. */
static void
check_reach (guint effects, guint steps, guint reasons)
{
  const guint given = 1u << OSY_SAGA_FINE | 1u << OSY_SAGA_REFUND_LATE |
                      1u << OSY_SAGA_PAYMENT_UNKNOWN | 1u << OSY_SAGA_DELIVERY_FAILED |
                      1u << OSY_SAGA_ORDER_FORGOTTEN;

  g_assert_cmphex (effects, ==, (OSY_SAGA_CALM << 1) - 1);
  g_assert_cmphex (steps, ==, (1u << OSY_N_SAGA_STEPS) - 1);
  g_assert_cmphex (reasons & given, ==, given);
}

static void
test_schedules (void)
{
  static World world;
  guint64 n = number_of_schedules ();
  gint64 began = g_get_monotonic_time ();
  guint effects = 0, steps = 0, reasons = 0;

  for (guint64 i = 0; i < n; i++) {
    if (!world_run (&world, FIRST_SEED + i, FALSE)) {
      g_test_message ("seed 0x%" G_GINT64_MODIFIER "x: %s", FIRST_SEED + i, world.fault);
      g_test_fail ();
      return;
    }
    effects |= world.effects;
    steps |= world.steps;
    reasons |= world.reasons;
  }
  check_reach (effects, steps, reasons);
  g_test_message ("%" G_GUINT64_FORMAT " schedules without a violation in %.1f s", n,
                  (double)(g_get_monotonic_time () - began) / 1e6);
}

/* Nothing but the seed decides. */
static void
test_same_seed (void)
{
  static World one, two;

  for (guint64 seed = 1; seed <= 200; seed++) {
    world_run (&one, seed, FALSE);
    world_run (&two, seed, FALSE);
    g_assert_cmpuint (one.dice, ==, two.dice);
    g_assert_cmpint (one.now, ==, two.now);
  }
}
#endif

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--replay"))
    return replay (argv[2]);
  g_test_init (&argc, &argv, NULL);
#ifdef OSY_SAGA_BUG
  g_test_add_func ("/saga/planted-bug", test_bug);
#else
  g_test_add_func ("/saga/same-seed", test_same_seed);
  g_test_add_func ("/saga/schedules", test_schedules);
#endif
  return g_test_run ();
}
