/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What alerts say to people, in the language that the shop chose for them: who reads it may sit at
 * another machine than the daemon's. */

#include <string.h>

#include "osy-alert.h"
#include "osy-clock.h"
#include "osy-money.h"

/* {name} is the fact of that name. */
static const struct {
  OsyAlertKind kind;
  const char *fact; /* (nullable): the row holds when facts say so */
  const char *value;
  const char *ko;
  const char *en;
} words[] = {
    {OSY_ALERT_OUTAGE, "part", "DATABASE",
     "저장소가 {seconds}초 동안 멈췄다가 돌아왔어요. 그동안 들어오지 못한 주문이 있는지 봐 주세요.",
     "The database was away for {seconds} seconds and is back. Please see whether orders are "
     "missing."},
    {OSY_ALERT_OUTAGE, "part", "DATABASE_AWAY",
     "저장소가 응답하지 않아요. 그동안 주문을 받지 못해요.",
     "The database does not answer. Until it does no orders come in."},
    {OSY_ALERT_OUTAGE, "part", "PAYMENT",
     "결제 서비스가 응답하지 않아요. 결과를 모르는 결제가 {count}건 있어요.",
     "The payment service does not answer. Of {count} payments the outcome is not known."},
    {OSY_ALERT_THREAT, "threat", "BRUTE_FORCE",
     "누군가 비밀번호나 PIN을 계속 틀리고 있어요. 설정의 보안을 봐 주세요.",
     "Somebody keeps trying wrong passwords or PINs. See security in the settings."},
    {OSY_ALERT_THREAT, "threat", "MASS_UNMASK",
     "손님 정보를 연달아 열어 본 사람이 있어요. 설정의 보안을 봐 주세요.",
     "Somebody shows guests' details one after the other. See security in the settings."},
    {OSY_ALERT_THREAT, "threat", "TAMPERED_LOG",
     "기록이 봉인한 것과 달라요. 설정의 보안을 봐 주세요.",
     "The log is not what was sealed. See security in the settings."},
    {OSY_ALERT_THREAT, NULL, NULL, "수상한 접속이 있었어요. 설정의 보안을 봐 주세요.",
     "There was a suspicious access. See security in the settings."},
    {OSY_ALERT_REFUNDS, NULL, NULL, "오늘 환불이 평소보다 많아요: {count}건, {amount}원.",
     "More refunds than usual today: {count}, {amount} won."},
    {OSY_ALERT_LATE_ORDERS, NULL, NULL,
     "주문 {count}건이 늦었어요. 가장 늦은 주문은 {minutes}분 지났어요.",
     "{count} orders are late, the latest by {minutes} minutes."},
    {OSY_ALERT_UNANSWERED, NULL, NULL,
     "아무도 받지 않은 주문이 {count}건 있어요. {number}번은 {minutes}분째 기다려요.",
     "Orders that nobody has accepted: {count}. No. {number} has waited for {minutes} minutes."},
    {OSY_ALERT_PRINTER, "problem", "PAPER_END", "프린터 ‘{name}’에 용지가 없어요.",
     "The printer “{name}” is out of paper."},
    {OSY_ALERT_PRINTER, "problem", "COVER", "프린터 ‘{name}’의 덮개가 열려 있어요.",
     "The cover of the printer “{name}” is open."},
    {OSY_ALERT_PRINTER, NULL, NULL, "프린터 ‘{name}’이(가) 답하지 않아요.",
     "The printer “{name}” does not answer."},
    {OSY_ALERT_TEST, NULL, NULL, "시험 알림이에요. 잘 왔어요.", "This is a test. It arrived."},
};

static char *
fact_text (JsonObject *facts, const char *name)
{
  JsonNode *node = json_object_get_member (facts, name);

  if (node == NULL)
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return osy_money_format (json_node_get_int (node));
  const char *text = json_node_get_string (node);
  return g_strdup (text != NULL ? text : "");
}

/* (transfer full): @template with what stands in braces replaced by the facts. */
static char *
fill (const char *template, JsonObject *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = template; *at != '\0';) {
    const char *end = *at == '{' ? strchr (at, '}') : NULL;
    if (end == NULL) {
      g_string_append_c (text, *at++);
      continue;
    }
    g_autofree char *name = g_strndup (at + 1, (gsize)(end - at - 1));
    g_autofree char *value = fact_text (facts, name);
    g_string_append (text, value);
    at = end + 1;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
osy_alert_words (const OsyAlert *self, const char *language)
{
  JsonObject *facts = json_node_get_object (self->facts);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    const char *said = words[i].fact != NULL
                           ? json_object_get_string_member_with_default (facts, words[i].fact, "")
                           : NULL;
    if (words[i].kind == self->kind && g_strcmp0 (said, words[i].value) == 0)
      return fill (g_str_equal (language, "en") ? words[i].en : words[i].ko, facts);
  }
  return g_strdup (osy_alert_kinds[self->kind]);
}

/* ---- several, and late ones ---- */

/* (transfer full): the time on the wall, with its day when that is not the reader's own. */
static char *
local_time (gint64 us, const OsyAlertReader *reader)
{
  g_autoptr (GTimeZone) named = osy_clock_zone (reader->zone);
  g_autoptr (GTimeZone) tz = named != NULL ? g_steal_pointer (&named) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) at_utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (reader->now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (at_utc, tz);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (now_utc, tz);
  gboolean today = g_date_time_get_year (at) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now);

  return g_date_time_format (at, today ? "%H:%M" : "%m-%d %H:%M");
}

/* (transfer full): what happened, and by when it was over. */
static char *
line_of (const OsyAlert *alert, const OsyAlertReader *reader)
{
  char *line = osy_alert_words (alert, reader->language);

  if (!osy_alert_is_over (alert))
    return line;
  g_autofree char *kept = line;
  g_autofree char *ended = local_time (alert->ended_at, reader);
  return g_strdup_printf (g_str_equal (reader->language, "en") ? "%s (over at %s)"
                                                               : "%s (%s에 끝났어요.)",
                          kept, ended);
}

static char *
only_words (const OsyAlert *alert, const OsyAlertReader *reader)
{
  g_autofree char *line = line_of (alert, reader);
  g_autofree char *at = local_time (alert->raised_at, reader);

  if (reader->now - alert->raised_at < OSY_ALERT_LATE_US)
    return g_steal_pointer (&line);
  return g_strdup_printf (
      g_str_equal (reader->language, "en") ? "At %s: %s" : "%s에 있었던 일이에요. %s", at, line);
}

char *
osy_alert_digest_words (GPtrArray *alerts, const OsyAlertReader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean en = g_str_equal (reader->language, "en");

  if (alerts->len == 1)
    return only_words (alerts->pdata[0], reader);
  if (reader->crowded)
    g_string_append_printf (text, en ? "%u more alerts:" : "알림이 %u건 더 있어요:", alerts->len);
  else
    g_string_append_printf (
        text, en ? "%u alerts of the quiet hours:" : "조용한 시간의 알림 %u건:", alerts->len);
  for (guint i = 0; i < alerts->len; i++) {
    const OsyAlert *alert = alerts->pdata[i];
    g_autofree char *at = local_time (alert->raised_at, reader);
    g_autofree char *line = line_of (alert, reader);
    g_string_append_printf (text, "\n%s %s", at, line);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
