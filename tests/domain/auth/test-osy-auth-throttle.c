/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Wrong guesses are counted exactly, before they are looked at, and nothing forgets them but time.
 */

#include "osy-auth-throttle.h"
#include "osy-auth-fixture.h"
#include "osy-clock.h"

#define BEGIN G_GINT64_CONSTANT (1795231445000000)
#define MINUTES (60 * G_TIME_SPAN_SECOND)
#define N_RUNNERS 8

static OsyAuthFixture *fixture;

typedef struct {
  OsyAuthGuess guess;
  gint64 wait;
  gboolean right;
} Try;

static gboolean
take (OsyDbTx *tx, gpointer data, GError **error)
{
  Try *try = data;

  return osy_auth_throttle_take (tx, fixture->ring, &try->guess, &try->wait, error) &&
         (!try->right || osy_auth_throttle_give_back (tx, fixture->ring, &try->guess, error));
}

static gint64
guess (OsyAuthGuessKind kind, const char *subject, gboolean right)
{
  Try try = {.guess = {.kind = kind, .subject = subject}, .right = right};
  OsyDbScope scope = {NULL};

  g_assert_true (osy_db_pool_run (fixture->pool, &scope, take, &try, NULL));
  g_assert_cmpint (try.wait == 0, ==, try.guess.at != 0);
  return try.wait;
}

/* Ten in any quarter of an hour, not ten and then one each while. */
static void
test_window (void)
{
  osy_clock_set_fake (BEGIN);
  for (int i = 0; i < 10; i++) {
    g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "a", FALSE), ==, 0);
    osy_clock_advance_fake (MINUTES);
  }
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "a", FALSE), ==, 5 * MINUTES);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "b", FALSE), ==, 0);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_OWN, "a", FALSE), ==, 0);
  osy_clock_advance_fake (5 * MINUTES - 1);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "a", FALSE), ==, 1);
  osy_clock_advance_fake (1);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "a", FALSE), ==, 0);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "a", FALSE), ==, MINUTES);
  osy_clock_set_fake (0);
}

/* One that was right leaves those before it as they were. */
static void
test_give_back (void)
{
  osy_clock_set_fake (BEGIN);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (guess (OSY_AUTH_GUESS_PIN, "c", FALSE), ==, 0);
  for (int i = 0; i < 20; i++)
    g_assert_cmpint (guess (OSY_AUTH_GUESS_PIN, "c", TRUE), ==, 0);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_PIN, "c", FALSE), ==, 0);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_PIN, "c", TRUE), ==, 15 * MINUTES);
  osy_clock_set_fake (0);
}

static gpointer
guess_often (gpointer data)
{
  guint counted = 0;

  for (int i = 0; i < 10; i++)
    counted += guess (OSY_AUTH_GUESS_ACCOUNT, "many", FALSE) == 0;
  return GUINT_TO_POINTER (counted);
}

static void
test_many_at_a_time (void)
{
  GThread *threads[N_RUNNERS];
  guint counted = 0;

  osy_clock_set_fake (BEGIN);
  for (int i = 0; i < N_RUNNERS; i++)
    threads[i] = g_thread_new ("guess", guess_often, NULL);
  for (int i = 0; i < N_RUNNERS; i++)
    counted += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (counted, ==, 10);
  osy_clock_set_fake (0);
}

/* What is over is swept, and nothing readable is kept before that. */
static void
test_table (void)
{
  osy_clock_set_fake (BEGIN + 60 * MINUTES);
  g_assert_cmpint (guess (OSY_AUTH_GUESS_ACCOUNT, "reader@one.example", FALSE), ==, 0);
  g_autofree char *rows = osy_test_pg_value ("SELECT count(*) FROM auth_failure");
  g_autofree char *readable = osy_test_pg_value (
      "SELECT count(*) FROM auth_failure WHERE encode (key, 'escape') LIKE '%reader%'");
  g_assert_cmpstr (rows, ==, "1");
  g_assert_cmpstr (readable, ==, "0");
  osy_clock_set_fake (0);
}

static void
test_clients (void)
{
  static const char *const local[] = {"unix", "127.0.0.1", "127.8.9.1", "::1"};
  static const char *const other[] = {"192.168.0.7", "2001:db8::1", "12.7.0.1", ""};

  for (gsize i = 0; i < G_N_ELEMENTS (local); i++)
    g_assert_cmpint (osy_auth_throttle_of_client (local[i]).kind, ==, OSY_AUTH_GUESS_LOCAL);
  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_cmpint (osy_auth_throttle_of_client (other[i]).kind, ==, OSY_AUTH_GUESS_CLIENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (FALSE);
  g_test_add_func ("/auth/throttle/window", test_window);
  g_test_add_func ("/auth/throttle/give-back", test_give_back);
  g_test_add_func ("/auth/throttle/many-at-a-time", test_many_at_a_time);
  g_test_add_func ("/auth/throttle/table", test_table);
  g_test_add_func ("/auth/throttle/clients", test_clients);
  int code = g_test_run ();
  osy_auth_fixture_free (fixture);
  return code;
}
