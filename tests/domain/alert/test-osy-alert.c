/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Quiet hours on every kind of day, the rests between tries, and words for every alert. */

#include "osy-alert.h"

#include "osy-clock.h"
#include "osy-json.h"

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (osy_clock_parse (text, &us));
  return us;
}

/* Each minute of two days is quiet or not as the clock on the wall says, and the end is the next
 * time that it shows the end. */
static void
test_every_minute (void)
{
  static const OsyAlertQuiet hours[] = {{22 * 60, 8 * 60, FALSE},
                                        {9 * 60 + 30, 17 * 60, FALSE},
                                        {0, 6 * 60, FALSE},
                                        {23 * 60 + 59, 0, FALSE}};
  gint64 start = at ("2026-11-20T00:00:00+09:00");

  for (gsize i = 0; i < G_N_ELEMENTS (hours); i++)
    for (int minute = 0; minute < 2880; minute++) {
      int of_day = minute % 1440;
      gboolean wraps = hours[i].from > hours[i].until;
      gboolean quiet = wraps ? of_day >= hours[i].from || of_day < hours[i].until
                             : of_day >= hours[i].from && of_day < hours[i].until;
      int left = (hours[i].until - of_day + 1440) % 1440;
      gint64 now = start + minute * G_TIME_SPAN_MINUTE;
      g_assert_cmpint (osy_alert_quiet_end (&hours[i], now, "Asia/Seoul"), ==,
                       quiet ? now + left * G_TIME_SPAN_MINUTE : 0);
    }
}

/* New York: on 8 March 2026 the clock goes from 2 to 3, on 1 November from 2 back to 1. */
static void
test_summer_time (void)
{
  const OsyAlertQuiet night = {22 * 60, 7 * 60, FALSE};
  const OsyAlertQuiet gap = {60, 2 * 60 + 30, FALSE};
  const OsyAlertQuiet twice = {30, 90, FALSE};
  const char *zone = "America/New_York";

  g_assert_cmpint (osy_alert_quiet_end (&night, at ("2026-03-07T23:00:00-05:00"), zone), ==,
                   at ("2026-03-08T07:00:00-04:00"));
  g_assert_cmpint (osy_alert_quiet_end (&night, at ("2026-10-31T23:00:00-04:00"), zone), ==,
                   at ("2026-11-01T07:00:00-05:00"));
  /* The end does not exist on that day: it comes, and not a day later. */
  gint64 end = osy_alert_quiet_end (&gap, at ("2026-03-08T01:30:00-05:00"), zone);
  g_assert_cmpint (end, >, at ("2026-03-08T01:30:00-05:00"));
  g_assert_cmpint (end, <=, at ("2026-03-08T04:00:00-04:00"));
  /* The hour that comes twice: the end always lies ahead. */
  for (int minute = 0; minute < 180; minute++) {
    gint64 now = at ("2026-11-01T00:00:00-04:00") + minute * G_TIME_SPAN_MINUTE;
    end = osy_alert_quiet_end (&twice, now, zone);
    g_assert_true (end == 0 || end > now);
  }
}

static void
test_never (void)
{
  const OsyAlertQuiet none = {-1, 0, FALSE};
  const OsyAlertQuiet empty = {480, 480, FALSE};
  gint64 now = at ("2026-11-20T00:00:00Z");

  g_assert_cmpint (osy_alert_quiet_end (&none, now, "Asia/Seoul"), ==, 0);
  g_assert_cmpint (osy_alert_quiet_end (&empty, now, "Asia/Seoul"), ==, 0);
}

/* Rests grow, and come to an end within the hour. */
static void
test_retries (void)
{
  gint64 last = 0, sum = 0;

  for (gint64 attempt = 1; attempt <= 7; attempt++) {
    gint64 rest = osy_alert_retry_at (0, attempt);
    g_assert_cmpint (rest, >, last);
    last = rest;
    sum += rest;
  }
  g_assert_cmpint (sum, <=, G_TIME_SPAN_HOUR);
  g_assert_cmpint (osy_alert_retry_at (0, 8), ==, 0);
  g_assert_cmpint (osy_alert_retry_at (0, 0), ==, 0);
}

static OsyAlert *
alert_of (OsyAlertKind kind, const char *facts)
{
  OsyAlert *self = g_new0 (OsyAlert, 1);

  self->kind = kind;
  self->facts = json_from_string (facts, NULL);
  self->raised_at = at ("2026-11-20T13:05:00Z");
  return self;
}

/* No kind is left without words, in either language, and no brace is left in them. */
static void
test_words (void)
{
  static const struct {
    OsyAlertKind kind;
    const char *facts;
    const char *ko;
  } cases[] = {
      {OSY_ALERT_OUTAGE, "{\"part\":\"DATABASE\",\"seconds\":42}", "42초"},
      {OSY_ALERT_OUTAGE, "{\"part\":\"PAYMENT\",\"count\":3}", "3건"},
      {OSY_ALERT_THREAT, "{\"threat\":\"BRUTE_FORCE\"}", "PIN"},
      {OSY_ALERT_THREAT, "{\"threat\":\"FLOOD\"}", "수상한"},
      {OSY_ALERT_REFUNDS, "{\"count\":12,\"amount\":1234567}", "1,234,567원"},
      {OSY_ALERT_LATE_ORDERS, "{\"count\":4,\"minutes\":17}", "17분"},
      {OSY_ALERT_PRINTER, "{\"name\":\"홀\",\"problem\":\"PAPER_END\"}", "‘홀’에 용지"},
      {OSY_ALERT_PRINTER, "{\"name\":\"{홀}\",\"problem\":\"UNKNOWN\"}", "‘{홀}’"},
      {OSY_ALERT_TEST, "{}", "시험"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OsyAlert) alert = alert_of (cases[i].kind, cases[i].facts);
    g_autofree char *ko = osy_alert_words (alert, "ko");
    g_autofree char *en = osy_alert_words (alert, "en");
    g_assert_nonnull (strstr (ko, cases[i].ko));
    g_assert_cmpstr (en, !=, osy_alert_kinds[cases[i].kind]);
    g_assert_cmpstr (en, !=, ko);
    g_assert_null (strstr (en, "{count}"));
  }
}

static void
test_digest (void)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_alert_free);

  g_ptr_array_add (alerts, alert_of (OSY_ALERT_TEST, "{}"));
  g_autofree char *one = osy_alert_digest_words (alerts, "ko", "Asia/Seoul");
  g_assert_cmpstr (one, ==, "시험 알림이에요. 잘 왔어요.");
  g_ptr_array_add (alerts, alert_of (OSY_ALERT_REFUNDS, "{\"count\":1,\"amount\":2}"));
  g_autofree char *two = osy_alert_digest_words (alerts, "ko", "Asia/Seoul");
  g_assert_true (g_str_has_prefix (two, "조용한 시간의 알림 2건:\n22:05 시험"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert/quiet/every-minute", test_every_minute);
  g_test_add_func ("/alert/quiet/summer-time", test_summer_time);
  g_test_add_func ("/alert/quiet/never", test_never);
  g_test_add_func ("/alert/retries", test_retries);
  g_test_add_func ("/alert/words", test_words);
  g_test_add_func ("/alert/digest", test_digest);
  return g_test_run ();
}
