/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Times as text and the business day, with the zones that make it hard. */

#include <string.h>

#include "osy-clock.h"

#define S ((gint64)G_USEC_PER_SEC)

static gint64
parse (const char *text)
{
  gint64 us = -1;

  if (!osy_clock_parse (text, &us))
    g_error ("%s is not read", text);
  return us;
}

static void
test_format (void)
{
  g_autofree char *epoch = osy_clock_format (0);
  g_autofree char *time = osy_clock_format (G_GINT64_CONSTANT (1795231445123456));
  g_autofree char *before = osy_clock_format (-1);

  g_assert_cmpstr (epoch, ==, "1970-01-01T00:00:00.000000Z");
  g_assert_cmpstr (time, ==, "2026-11-21T03:24:05.123456Z");
  g_assert_cmpstr (before, ==, "1969-12-31T23:59:59.999999Z");
}

static void
test_parse (void)
{
  const gint64 time = G_GINT64_CONSTANT (1795231445) * S;

  g_assert_cmpint (parse ("2026-11-21T03:24:05Z"), ==, time);
  g_assert_cmpint (parse ("2026-11-21t03:24:05z"), ==, time);
  g_assert_cmpint (parse ("2026-11-21T12:24:05+09:00"), ==, time);
  g_assert_cmpint (parse ("2026-11-20T22:54:05-04:30"), ==, time);
  g_assert_cmpint (parse ("2026-11-21 03:24:05+00"), ==, time);
  g_assert_cmpint (parse ("2026-11-21 12:24:05.5+09"), ==, time + S / 2);
  g_assert_cmpint (parse ("2026-11-21T03:24:05.000001Z"), ==, time + 1);
  g_assert_cmpint (parse ("2026-11-21T03:24:05.999999999Z"), ==, time + 999999);
  g_assert_cmpint (parse ("2024-02-29T00:00:00Z"), ==, G_GINT64_CONSTANT (1709164800) * S);
  g_assert_cmpint (parse ("1969-12-31T23:59:59.5Z"), ==, -S / 2);
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = {
      "",
      "now",
      "infinity",
      "2026-11-21",
      "2026-11-21T03:24:05",
      "2026-11-21T03:24Z",
      "2026-11-21T03:24:05.Z",
      "2026-11-21T03:24:05,5Z",
      "2026-11-21T03:24:05.1234567890Z",
      "2026-11-21T03:24:60Z",
      "2026-11-21T24:00:00Z",
      "2026-11-21T03:60:00Z",
      "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z",
      "2026-02-29T00:00:00Z",
      "2026-11-31T00:00:00Z",
      "0000-01-01T00:00:00Z",
      "20261121T032405Z",
      "2026-W47-6T03:24:05Z",
      "2026-325T03:24:05Z",
      "2026-11-21T03:24:05+9",
      "2026-11-21T03:24:05+24:00",
      "2026-11-21T03:24:05+09:60",
      "2026-11-21T03:24:05+09:0",
      "2026-11-21T03:24:05ZZ",
      " 2026-11-21T03:24:05Z",
      "2026-11-21T03:24:05Z ",
      "2026-11-21  03:24:05Z",
      "+2026-11-21T03:24:05Z",
      "2026-11-21T-3:24:05Z",
      "0001-01-01T00:00:00+00:01",
      "9999-12-31T23:59:59-00:01",
  };
  gint64 us;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (osy_clock_parse (texts[i], &us))
      g_error ("\"%s\" was read", texts[i]);
  g_assert_false (osy_clock_parse (NULL, &us));
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int i = 0; i < 5000; i++) {
    gint64 us = (gint64)(g_rand_double_range (rand, -1e15, 2e17));
    g_autofree char *text = osy_clock_format (us);
    g_assert_cmpint (parse (text), ==, us);
  }
}

static void
assert_day (const char *time, const char *zone, int cutoff, const char *day)
{
  g_autofree char *got = osy_clock_business_day (parse (time), zone, cutoff);
  g_assert_cmpstr (got, ==, day);
}

static void
test_seoul (void)
{
  assert_day ("2026-11-21T04:59:59.999999+09:00", "Asia/Seoul", 300, "2026-11-20");
  assert_day ("2026-11-21T05:00:00+09:00", "Asia/Seoul", 300, "2026-11-21");
  assert_day ("2026-11-21T23:59:59+09:00", "Asia/Seoul", 300, "2026-11-21");
  assert_day ("2026-11-22T00:00:00+09:00", "Asia/Seoul", 300, "2026-11-21");
  assert_day ("2026-11-22T00:00:00+09:00", "Asia/Seoul", 0, "2026-11-22");
  assert_day ("2027-01-01T04:30:00+09:00", "Asia/Seoul", 300, "2026-12-31");
  assert_day ("2028-03-01T02:00:00+09:00", "Asia/Seoul", 300, "2028-02-29");
  assert_day ("2026-11-21T00:00:00Z", "Asia/Seoul", 9 * 60, "2026-11-21");
  assert_day ("2026-11-20T23:59:59Z", "Asia/Seoul", 9 * 60, "2026-11-20");
  assert_day ("2026-11-21T00:30:00Z", "No/Such_Zone", 0, "2026-11-21");
}

/* Berlin goes from 3:00 back to 2:00 on 2026-10-25 and from 2:00 on to 3:00 on 2026-03-29. */
static void
test_summer_time (void)
{
  assert_day ("2026-03-29T04:59:59+02:00", "Europe/Berlin", 300, "2026-03-28");
  assert_day ("2026-03-29T05:00:00+02:00", "Europe/Berlin", 300, "2026-03-29");
  assert_day ("2026-10-25T04:59:59+01:00", "Europe/Berlin", 300, "2026-10-24");
  assert_day ("2026-10-25T05:00:00+01:00", "Europe/Berlin", 300, "2026-10-25");
}

/* Numbers of a day that was left may not be given out again. */
static void
test_days_only_go_forward (void)
{
  static const char *const zones[] = {"Asia/Seoul", "Europe/Berlin", "America/New_York",
                                      "Australia/Lord_Howe", "Africa/Cairo"};

  for (gsize z = 0; z < G_N_ELEMENTS (zones); z++)
    for (int cutoff = 0; cutoff < 24 * 60; cutoff += 45) {
      g_autofree char *last = g_strdup ("");
      int days = 0;
      for (gint64 t = parse ("2026-01-01T00:00:00Z"); t < parse ("2026-12-31T00:00:00Z");
           t += 47 * 60 * S) {
        g_autofree char *day = osy_clock_business_day (t, zones[z], cutoff);
        g_assert_cmpstr (last, <=, day);
        days += strcmp (last, day) != 0;
        g_free (last);
        last = g_steal_pointer (&day);
      }
      g_assert_cmpint (days, >=, 364);
    }
}

static void
test_fake (void)
{
  gint64 real = osy_clock_now ();

  g_assert_cmpint (ABS (real - g_get_real_time ()), <, 10 * S);
  osy_clock_set_fake (1000);
  g_assert_cmpint (osy_clock_now (), ==, 1000);
  osy_clock_advance_fake (500);
  g_assert_cmpint (osy_clock_now (), ==, 1500);
  osy_clock_set_fake (0);
  g_assert_cmpint (osy_clock_now (), >=, real);
}

/* A zone is a name, never a way to another file, and a file of the folder need not be a zone. */
static void
test_zone (void)
{
  static const char *const bad[] = {"",
                                    "/etc/hosts",
                                    "../../../etc/hosts",
                                    "Asia/../UTC",
                                    "Asia",
                                    "Asia/Seoull",
                                    "leapseconds",
                                    "tzdata.zi",
                                    "Asia/Seoul ",
                                    "+09:00",
                                    "서울"};
  g_autoptr (GTimeZone) seoul = osy_clock_zone ("Asia/Seoul");

  g_assert_nonnull (seoul);
  int today = g_time_zone_find_interval (seoul, G_TIME_TYPE_UNIVERSAL, 1795231440);
  g_assert_cmpint (g_time_zone_get_offset (seoul, today), ==, 9 * 3600);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (osy_clock_zone (bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/format", test_format);
  g_test_add_func ("/clock/parse", test_parse);
  g_test_add_func ("/clock/parse-refuses", test_parse_refuses);
  g_test_add_func ("/clock/round-trip", test_round_trip);
  g_test_add_func ("/clock/seoul", test_seoul);
  g_test_add_func ("/clock/summer-time", test_summer_time);
  g_test_add_func ("/clock/days-only-go-forward", test_days_only_go_forward);
  g_test_add_func ("/clock/fake", test_fake);
  g_test_add_func ("/clock/zone", test_zone);
  return g_test_run ();
}
