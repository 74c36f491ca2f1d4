/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The pace: exactly as a bucket of tokens would have it, to the second in what is promised, one key
 * and one class never at the expense of another, and in bounded memory. */

#include "osy-http-limit.h"

#include "osy-clock.h"

#define BEGIN G_GINT64_CONSTANT (1795231445000000)

static const guint defaults[OSY_N_LIMITS];

static guint
take (OsyHttpLimit *limit, OsyLimitClass class, const char *key)
{
  return osy_http_limit_take (limit, class, key, FALSE);
}

/* Twenty sign-ins at once, then one each 45 s: what Retry-After says is right to the second. */
static void
test_retry_after (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);

  osy_clock_set_fake (BEGIN);
  for (int i = 0; i < 20; i++)
    g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 0);
  g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 45);
  osy_clock_advance_fake (44 * G_USEC_PER_SEC);
  g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 1);
  osy_clock_advance_fake (G_USEC_PER_SEC - 1);
  g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 1);
  osy_clock_advance_fake (1);
  g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 0);
  g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "a"), ==, 45);
  g_assert_cmpuint (osy_http_limit_refused (limit, OSY_LIMIT_SIGN_IN), ==, 4);
  osy_clock_set_fake (0);
}

static void
test_apart (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);

  osy_clock_set_fake (BEGIN);
  while (take (limit, OSY_LIMIT_ORDER, "a") == 0)
    ;
  g_assert_cmpuint (take (limit, OSY_LIMIT_ORDER, "b"), ==, 0);
  g_assert_cmpuint (take (limit, OSY_LIMIT_READ, "a"), ==, 0);
  g_assert_cmpuint (take (limit, OSY_LIMIT_STAFF, "a"), ==, 0);
  g_assert_cmpuint (osy_http_limit_refused (limit, OSY_LIMIT_READ), ==, 0);
  osy_clock_set_fake (0);
}

/* What a bucket of @count tokens would say, which gets one each @interval µs. */
typedef struct {
  gint64 filled_at; /* the time at which it was, or will be, full */
  guint count;
  gint64 interval;
} Bucket;

/* Returns: the µs to wait; 0: a token was taken. */
static gint64
bucket_take (Bucket *self, gint64 now)
{
  gint64 missing = MAX (0, self->filled_at - now); /* µs until full */
  gint64 room = (gint64)self->count * self->interval - missing;

  if (room < self->interval)
    return self->interval - room;
  self->filled_at = MAX (self->filled_at, now) + self->interval;
  return 0;
}

static void
check_against_model (guint count, guint32 seed)
{
  guint counts[OSY_N_LIMITS] = {[OSY_LIMIT_READ] = count};
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (counts);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Bucket bucket = {0, count, 60 * G_USEC_PER_SEC / count};
  gint64 now = BEGIN;

  for (int i = 0; i < 5000; i++) {
    now += g_rand_int_range (rand, 0, (gint32)(2 * bucket.interval));
    if (g_rand_int_range (rand, 0, 500) == 0)
      now += 61 * G_USEC_PER_SEC;
    osy_clock_set_fake (now);
    for (int burst = g_rand_int_range (rand, 1, 4); burst > 0; burst--) {
      gint64 wait = bucket_take (&bucket, now);
      guint seconds = (guint)((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
      g_assert_cmpuint (take (limit, OSY_LIMIT_READ, "k"), ==, seconds);
    }
  }
}

static void
test_model (void)
{
  /* Only counts that divide the minute: else the limit rounds in the client's favour. */
  static const guint counts[] = {1, 2, 3, 10, 60, 600, 6000};

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    check_against_model (counts[i], (guint32)i + 1);
  osy_clock_set_fake (0);
}

/* In no window of the given length pass more than twice the count, whatever the order of calls. */
static void
test_never_more (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);
  guint passed = 0;

  osy_clock_set_fake (BEGIN);
  for (int second = 0; second < 900; second++) {
    for (int i = 0; i < 12; i++)
      passed += take (limit, OSY_LIMIT_SIGN_IN, "a") == 0;
    osy_clock_advance_fake (G_USEC_PER_SEC);
  }
  g_assert_cmpuint (passed, ==, 20 + 899 / 45);
  osy_clock_set_fake (0);
}

/* A clock put back keeps nobody waiting. */
static void
test_clock_back (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);

  osy_clock_set_fake (BEGIN);
  while (take (limit, OSY_LIMIT_ORDER, "a") == 0)
    ;
  osy_clock_set_fake (BEGIN - G_TIME_SPAN_DAY);
  for (guint i = 0; i < 60; i++)
    g_assert_cmpuint (take (limit, OSY_LIMIT_ORDER, "a"), ==, 0);
  g_assert_cmpuint (take (limit, OSY_LIMIT_ORDER, "a"), ==, 1);
  osy_clock_set_fake (0);
}

/* A flood of addresses neither fills the memory nor makes the one that stays forget its debt. */
static void
test_flood (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);

  osy_clock_set_fake (BEGIN);
  while (take (limit, OSY_LIMIT_SIGN_IN, "staying") == 0)
    ;
  for (int i = 0; i < 300000; i++) {
    g_autofree char *key = g_strdup_printf ("2001:db8:%x:%x::/64", i >> 16, i & 0xffff);
    g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, key), ==, 0);
    if (i % 1000 == 0)
      g_assert_cmpuint (take (limit, OSY_LIMIT_SIGN_IN, "staying"), >, 0);
  }
  g_assert_cmpuint (osy_http_limit_keys (limit), <=, 20000);
  osy_clock_set_fake (0);
}

/* Programs of this machine share an address: secrets at twenty times the pace, all else freely. */
static void
test_local (void)
{
  g_autoptr (OsyHttpLimit) limit = osy_http_limit_new (defaults);
  guint passed = 0;

  osy_clock_set_fake (BEGIN);
  while (osy_http_limit_take (limit, OSY_LIMIT_SIGN_IN, "127.0.0.1", TRUE) == 0)
    passed++;
  g_assert_cmpuint (passed, ==, 400);
  for (int i = 0; i < 100000; i++)
    g_assert_cmpuint (osy_http_limit_take (limit, OSY_LIMIT_ORDER, "127.0.0.1", TRUE), ==, 0);
  osy_clock_set_fake (0);
}

static void
test_client_key (void)
{
  static const char *const cases[][2] = {
      {"192.0.2.7", "192.0.2.7"},
      {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
      {"2001:db8:1:2::9", "2001:db8:1:2::/64"},
      {"2001:db8:1:3::9", "2001:db8:1:3::/64"},
      {"::ffff:192.0.2.7", "192.0.2.7"},
      {"::1", "::/64"},
      {"unix", "unix"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *key = osy_http_limit_client_key (cases[i][0]);
    g_assert_cmpstr (key, ==, cases[i][1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/limit/retry-after", test_retry_after);
  g_test_add_func ("/http/limit/apart", test_apart);
  g_test_add_func ("/http/limit/model", test_model);
  g_test_add_func ("/http/limit/never-more", test_never_more);
  g_test_add_func ("/http/limit/clock-back", test_clock_back);
  g_test_add_func ("/http/limit/flood", test_flood);
  g_test_add_func ("/http/limit/local", test_local);
  g_test_add_func ("/http/limit/client-key", test_client_key);
  return g_test_run ();
}
