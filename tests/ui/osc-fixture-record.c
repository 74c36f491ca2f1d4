/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented attacks and an invented record, as the daemon would answer them. */

#include "osc-fixture.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-log-ring.h"

#define ME "user:00000000-0000-7000-a000-000000000001"
#define OTHER "user:00000000-0000-7000-a000-000000000002"

static JsonNode *
parse (char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_free (text);
  return node;
}

static char *
ago (int minutes)
{
  return osy_clock_format (OSC_FIXTURE_NOW - minutes * G_TIME_SPAN_MINUTE);
}

JsonNode *
osc_fixture_security (gboolean seen)
{
  g_autofree char *first = ago (3);
  g_autofree char *second = ago (52);
  g_autofree char *third = ago (3000);
  g_autofree char *keys = ago (44 * 24 * 60);
  g_autofree char *by =
      g_strdup_printf (",\"acknowledged_at\":\"%s\",\"acknowledged_by\":\"김지은\"", first);

  return parse (g_strdup_printf (
      "{\"threats\":["
      "{\"id\":\"00000000-0000-7000-b000-000000000001\",\"kind\":\"BRUTE_FORCE\","
      "\"raised_at\":\"%s\",\"subject\":\"" OTHER "\",\"subject_name\":\"박민수\","
      "\"client\":\"192.168.0.17\"%s},"
      "{\"id\":\"00000000-0000-7000-b000-000000000002\",\"kind\":\"FORGED_TOKEN\","
      "\"raised_at\":\"%s\",\"subject\":\"client:203.0.113.9\",\"client\":\"203.0.113.9\"%s},"
      "{\"id\":\"00000000-0000-7000-b000-000000000003\",\"kind\":\"FLOOD\","
      "\"raised_at\":\"%s\",\"subject\":\"client:203.0.113.9\",\"client\":\"203.0.113.9\"%s}"
      "],\"sessions\":4,\"devices\":3,\"failed_sign_ins_24h\":12,"
      "\"keys\":{\"data\":\"%s\",\"token\":\"%s\",\"audit\":\"%s\"}}",
      first, seen ? by : "", second, seen ? by : "", third, by, keys, keys, keys));
}

JsonNode *
osc_fixture_record (void)
{
  static const struct {
    const char *action;
    const char *actor;
    const char *name;
    const char *thing;
    const char *values;
  } rows[] = {
      {"order.accepted", ME, "김지은", "order",
       ",\"old\":{\"status\":\"PENDING\",\"version\":1},"
       "\"new\":{\"status\":\"ACCEPTED\",\"version\":2}"},
      {"threat.raised", "system:threat", "system", "threat",
       ",\"new\":{\"kind\":\"BRUTE_FORCE\",\"client\":\"192.168.0.17\"}"},
      {"order.created", "guest", "guest", "order", ",\"new\":{\"status\":\"PENDING\"}"},
      {"menu.edited", OTHER, "박민수", "menu",
       ",\"old\":{\"price\":8000,\"name\":\"비빔밥\"},"
       "\"new\":{\"price\":8500,\"name\":\"비빔밥\"}"},
      {"auth.signed_in", OTHER, "박민수", "session", ""},
      {"shop.updated", ME, "김지은", "restaurant",
       ",\"old\":{\"phone\":\"02-****-4821\",\"minimum_order\":0},"
       "\"new\":{\"phone\":\"02-****-4822\",\"minimum_order\":12000}"},
      {"order.canceled", OTHER, "박민수", "order",
       ",\"old\":{\"status\":\"PREPARING\"},"
       "\"new\":{\"status\":\"CANCELED\",\"reason\":\"손님이 취소했어요\"}"},
      {"auth.sign_in_failed", "guest", "guest", "user", ",\"new\":{\"reason\":\"password\"}"},
  };
  GString *text = g_string_new ("{\"rows\":[");

  for (int i = 0; i < 40; i++) {
    gsize of = (gsize)i % G_N_ELEMENTS (rows);
    g_autofree char *at = ago (i * 7);

    g_string_append_printf (text,
                            "%s{\"id\":\"00000000-0000-7000-c000-%012d\",\"at\":\"%s\","
                            "\"action\":\"%s\",\"actor\":\"%s\",\"actor_name\":\"%s\","
                            "\"object\":{\"type\":\"%s\",\"id\":"
                            "\"00000000-0000-7000-d000-%012d\"},\"trace_id\":"
                            "\"4bf92f3577b34da6a3ce929d0e0e4736\"%s",
                            i > 0 ? "," : "", i, at, rows[of].action, rows[of].actor, rows[of].name,
                            rows[of].thing, i / 2, rows[of].values);
    if (i > 0)
      g_string_append_printf (text, ",\"sealed_seq\":%d", 1240 - i);
    g_string_append_c (text, '}');
  }
  g_string_append (text, "],\"next_cursor\":\"more\"}");
  return parse (g_string_free (text, FALSE));
}

JsonNode *
osc_fixture_seal (gint64 broken_seq)
{
  g_autofree char *sealed = ago (0);
  g_autofree char *verified = ago (7 * 60);
  g_autofree char *broken =
      broken_seq > 0 ? g_strdup_printf (",\"broken_seq\":%d", (int)broken_seq) : g_strdup ("");

  return parse (g_strdup_printf ("{\"rows\":1240,\"sealed\":1239,\"unsealed\":1,"
                                 "\"last_checkpoint_at\":\"%s\",\"last_verified_at\":\"%s\"%s}",
                                 sealed, verified, broken));
}

JsonNode *
osc_fixture_log (gint64 first, int hours)
{
  static const struct {
    const char *level;
    const char *where;
    const char *message;
  } lines[] = {
      {"info", "ordersyncd", "ready"},
      {"info", "osy-print", "printer kitchen: connected"},
      {"warning", "osy-print",
       "printer kitchen: no answer for 30 s; three slips wait on the disk and are sent as soon as "
       "it is "
       "back"},
      {"info", "osy-relay", "numbered 12 events in 3 ms"},
      {"critical", "osy-report", "report of 2026-11-20: No space left on device"},
  };
  g_autofree char *started = ago (hours * 60);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "{\"started_at\":\"%s\",\"lines\":[", started);
  for (int i = 0; i < 40; i++) {
    gsize of = (gsize)i % G_N_ELEMENTS (lines);
    g_autofree char *at = ago (41 - i);
    g_string_append_printf (text,
                            "%s{\"seq\":%" G_GINT64_FORMAT ",\"at\":\"%s\",\"level\":\"%s\","
                            "\"where\":\"%s\",\"message\":\"%s\"}",
                            i > 0 ? "," : "", first + i, at, lines[of].level, lines[of].where,
                            lines[of].message);
  }
  g_string_append (text, "]}");
  return parse (g_string_free (text, FALSE));
}

static OsyLogLine *
own_line (gint64 seq, int minutes, GLogLevelFlags level, const char *message)
{
  OsyLogLine *line = g_new0 (OsyLogLine, 1);

  line->seq = seq;
  line->at = OSC_FIXTURE_NOW - minutes * G_TIME_SPAN_MINUTE;
  line->level = osy_log_ring_level (level);
  line->where = g_strdup ("osc-feed");
  line->message = g_strdup (message);
  return line;
}

GPtrArray *
osc_fixture_own_lines (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_log_line_free);

  g_ptr_array_add (lines, own_line (1, 33, G_LOG_LEVEL_INFO, "An act of the kitchen failed"));
  g_ptr_array_add (lines, own_line (2, 2, G_LOG_LEVEL_WARNING, "The feed was lost; again in 2 s"));
  return lines;
}
