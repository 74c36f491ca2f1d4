/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented attacks and an invented record, as the daemon would answer them. */

#include "osc-fixture.h"
#include "osy-clock.h"
#include "osy-json.h"

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
