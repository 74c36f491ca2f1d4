/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Quiet hours on every kind of day, the rests between tries, and words for every alert. */

#include "osy-alert-pulse.h"
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
      {OSY_ALERT_OUTAGE, "{\"part\":\"DATABASE_AWAY\"}", "응답하지"},
      {OSY_ALERT_OUTAGE, "{\"part\":\"PAYMENT\",\"count\":3}", "3건"},
      {OSY_ALERT_THREAT, "{\"threat\":\"BRUTE_FORCE\"}", "PIN"},
      {OSY_ALERT_THREAT, "{\"threat\":\"FLOOD\"}", "수상한"},
      {OSY_ALERT_REFUNDS, "{\"count\":12,\"amount\":1234567}", "1,234,567원"},
      {OSY_ALERT_LATE_ORDERS, "{\"count\":4,\"minutes\":17}", "17분"},
      {OSY_ALERT_PRINTER, "{\"name\":\"홀\",\"problem\":\"PAPER_END\"}", "‘홀’에 용지"},
      {OSY_ALERT_PRINTER, "{\"name\":\"{홀}\",\"problem\":\"UNKNOWN\"}", "‘{홀}’"},
      {OSY_ALERT_UNANSWERED, "{\"count\":2,\"number\":37,\"minutes\":2}", "37번은 2분째"},
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
  OsyAlertReader reader = {"ko", "Asia/Seoul", at ("2026-11-20T22:06:00+09:00")};
  g_autofree char *one = osy_alert_digest_words (alerts, &reader);
  g_assert_cmpstr (one, ==, "시험 알림이에요. 잘 왔어요.");
  g_ptr_array_add (alerts, alert_of (OSY_ALERT_REFUNDS, "{\"count\":1,\"amount\":2}"));
  g_autofree char *two = osy_alert_digest_words (alerts, &reader);
  g_assert_true (g_str_has_prefix (two, "조용한 시간의 알림 2건:\n22:05 시험"));
  reader.now = at ("2026-11-21T08:00:00+09:00");
  g_autofree char *next_day = osy_alert_digest_words (alerts, &reader);
  g_assert_true (g_str_has_prefix (next_day, "조용한 시간의 알림 2건:\n11-20 22:05 시험"));
}

/* What comes late says when it was, and when it was over. */
static void
test_late (void)
{
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_alert_free);
  OsyAlertReader reader = {"ko", "Asia/Seoul", at ("2026-11-20T23:00:00+09:00")};
  OsyAlert *alert = alert_of (OSY_ALERT_PRINTER, "{\"name\":\"홀\",\"problem\":\"COVER\"}");

  g_ptr_array_add (alerts, alert);
  alert->ended_at = at ("2026-11-20T22:31:00+09:00");
  g_autofree char *ko = osy_alert_digest_words (alerts, &reader);
  g_assert_cmpstr (
      ko, ==, "22:05에 있었던 일이에요. 프린터 ‘홀’의 덮개가 열려 있어요. (22:31에 끝났어요.)");
  reader.language = "en";
  g_autofree char *en = osy_alert_digest_words (alerts, &reader);
  g_assert_cmpstr (en, ==, "At 22:05: The cover of the printer “홀” is open. (over at 22:31)");
}

/* ---- outages ---- */

#define S G_USEC_PER_SEC

/* Answers each second but in the seconds that @away says; what is told, and when. */
static char *
pulse_of (const int (*away)[2], int until)
{
  OsyAlertPulse pulse = {
      .every = 5 * S, .patience = 15 * S, .steady = 30 * S, .felt_at = 1 * S, .seen_at = 1 * S};
  g_autoptr (GString) told = g_string_new (NULL);
  gint64 away_us = 0;

  for (int second = 1; second < until; second++) {
    gboolean silent = FALSE;
    for (gsize i = 0; away[i][1] != 0; i++)
      silent = silent || (second >= away[i][0] && second < away[i][1]);
    if (!silent)
      osy_alert_pulse_answer (&pulse, second * S);
    if (second % 5 != 0)
      continue;
    switch (osy_alert_pulse_look (&pulse, second * S, &away_us)) {
    case OSY_ALERT_PULSE_AWAY: g_string_append_printf (told, "away %d ", second); break;
    case OSY_ALERT_PULSE_BACK:
      g_string_append_printf (told, "back %d (%d) ", second, (int)(away_us / S));
      break;
    default: break;
    }
  }
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
test_pulse (void)
{
  static const struct {
    int away[6][2];
    const char *told;
  } cases[] = {
      {{{0, 0}}, ""},
      {{{10, 23}}, ""}, /* a moment */
      {{{10, 50}}, "away 25 back 80 (41) "},
      /* comes and goes: one outage, from its beginning to its end */
      {{{10, 50}, {60, 80}, {90, 110}, {130, 150}}, "away 25 back 180 (141) "},
      /* hesitates on its way back, and is back all the same */
      {{{10, 50}, {60, 70}}, "away 25 back 80 (41) "},
      {{{10, 50}, {100, 120}}, "away 25 back 80 (41) away 115 back 150 (21) "},
      {{{10, 9999}}, "away 25 "},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *told = pulse_of (cases[i].away, 300);
    g_assert_cmpstr (told, ==, cases[i].told);
  }
}

/* A daemon that was stopped for a minute does not blame the database, whoever is first awake. */
static void
test_pulse_stopped (void)
{
  for (int first = 0; first < 2; first++) {
    OsyAlertPulse pulse = {
        .every = 5 * S, .patience = 15 * S, .steady = 30 * S, .felt_at = 1 * S, .seen_at = 1 * S};
    gint64 away_us = 0;
    for (int second = 5; second < 200; second += 5) {
      if (second > 50 && second < 110)
        continue;
      if (first == 1)
        osy_alert_pulse_answer (&pulse, second * S);
      g_assert_cmpint (osy_alert_pulse_look (&pulse, second * S, &away_us), ==,
                       OSY_ALERT_PULSE_SAME);
      osy_alert_pulse_answer (&pulse, second * S);
    }
  }
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
  g_test_add_func ("/alert/late", test_late);
  g_test_add_func ("/alert/pulse", test_pulse);
  g_test_add_func ("/alert/pulse-stopped", test_pulse_stopped);
  return g_test_run ();
}
