/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Words and figures of reports, in both languages. */

#include "osy-report-words.h"

#include <stdio.h>

#include "osy-money.h"

#define MINUS "\xe2\x88\x92"

typedef struct {
  const char *name;
  const char *ko;
  const char *en;
} Word;

static const Word channels[] = {{"COUNTER", "카운터", "Counter"},
                                {"QR", "QR", "QR"},
                                {"WEB", "웹", "Web"},
                                {"PHONE", "전화", "Phone"},
                                {"PLATFORM", "배달앱", "Delivery app"}};
static const Word tenders[] = {{"CASH", "현금", "Cash"},
                               {"VIRTUAL_ACCOUNT", "가상계좌", "Virtual account"},
                               {"CARD_TERMINAL", "카드", "Card"},
                               {"TOSS", "토스페이먼츠", "Toss Payments"},
                               {"TRANSFER", "계좌이체", "Transfer"},
                               {"PLATFORM", "배달앱 결제", "Delivery app"}};
static const Word weekdays[] = {{"월", "월요일", "Monday"},    {"화", "화요일", "Tuesday"},
                                {"수", "수요일", "Wednesday"}, {"목", "목요일", "Thursday"},
                                {"금", "금요일", "Friday"},    {"토", "토요일", "Saturday"},
                                {"일", "일요일", "Sunday"}};

static const char *
find_word (const Word *words, gsize n, const char *name, gboolean english)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].name, name) == 0)
      return english ? words[i].en : words[i].ko;
  return name;
}

const char *
osy_report_channel (const char *name, gboolean english)
{
  return find_word (channels, G_N_ELEMENTS (channels), name, english);
}

const char *
osy_report_tender (const char *name, gboolean english)
{
  return find_word (tenders, G_N_ELEMENTS (tenders), name, english);
}

char *
osy_report_won (gint64 won, gboolean english)
{
  g_autofree char *digits = osy_money_format (ABS (won));

  return g_strdup_printf (OSY_SAY (english, "%s%s원", "%s₩%s"), won < 0 ? MINUS : "", digits);
}

char *
osy_report_minutes (gint64 seconds, gboolean english)
{
  int minutes = (int)(seconds / 60);
  int rest = (int)(seconds % 60);

  if (rest == 0 || minutes >= 60)
    return g_strdup_printf (OSY_SAY (english, "%d분", "%d min"), minutes);
  if (minutes == 0)
    return g_strdup_printf (OSY_SAY (english, "%d초", "%d s"), rest);
  return g_strdup_printf (OSY_SAY (english, "%d분 %d초", "%d min %d s"), minutes, rest);
}

char *
osy_report_percent (gint64 part, gint64 whole)
{
  gint64 tenths = whole > 0 ? (ABS (part) * 1000 + whole / 2) / whole : 0;

  if (whole <= 0)
    return g_strdup ("–");
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%d%%", tenths / 10, (int)(tenths % 10));
}

char *
osy_report_hour (gint64 hour, gboolean english)
{
  return g_strdup_printf (OSY_SAY (english, "%d시", "%02d:00"), (int)hour);
}

gboolean
osy_report_read_day (const char *day, GDate *ret)
{
  int year, month, number;

  g_date_clear (ret, 1);
  if (sscanf (day, "%4d-%2d-%2d", &year, &month, &number) != 3 ||
      !g_date_valid_dmy ((GDateDay)number, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_set_dmy (ret, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

int
osy_report_weekday_of (const char *day)
{
  GDate date;

  return osy_report_read_day (day, &date) ? (int)g_date_get_weekday (&date) : 1;
}

char *
osy_report_date (const char *day, gboolean english)
{
  static const char *const months[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
  GDate date;

  if (!osy_report_read_day (day, &date))
    return g_strdup (day);
  int month = (int)g_date_get_month (&date);
  const char *weekday = osy_report_weekday ((int)g_date_get_weekday (&date), english);
  return english ? g_strdup_printf ("%s %d %s", weekday, g_date_get_day (&date), months[month - 1])
                 : g_strdup_printf ("%d월 %d일 %s", month, g_date_get_day (&date), weekday);
}

const char *
osy_report_weekday (int weekday, gboolean english)
{
  const Word *word = &weekdays[CLAMP (weekday, 1, 7) - 1];

  return english ? word->en : word->ko;
}

const char *
osy_report_short_weekday (int weekday, gboolean english)
{
  static const char *const short_en[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  int i = CLAMP (weekday, 1, 7) - 1;

  return english ? short_en[i] : weekdays[i].name;
}

gint64
osy_report_int (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

const char *
osy_report_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

JsonArray *
osy_report_rows (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}
