/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Words of reports. Who reads one may sit at another machine than the daemon's, so they are in the
 * language that the shop chose and not in that of the system. Results are (transfer full). */

/** One of two literals; fit for formats. */
#define OSY_SAY(english, ko, en) ((english) ? (en) : (ko))

/** osy_report_won: "12,000원", "₩12,000"; "−3,000원" */
char *osy_report_won (gint64 won, gboolean english);
/** osy_report_minutes: @seconds as "11분 20초", "11 min 20 s". */
char *osy_report_minutes (gint64 seconds, gboolean english);
/** osy_report_percent: @part of @whole, "6.8%"; "–" of nothing. */
char *osy_report_percent (gint64 part, gint64 whole);
/** osy_report_hour: "12시", "12:00" */
char *osy_report_hour (gint64 hour, gboolean english);
/** osy_report_date: "11월 21일 토요일", "Saturday 21 November" */
char *osy_report_date (const char *day, gboolean english);
/** osy_report_weekday: (transfer none): of 1 (Monday) … 7. */
const char *osy_report_weekday (int weekday, gboolean english);
/** osy_report_short_weekday: (transfer none): "월", "Mon" */
const char *osy_report_short_weekday (int weekday, gboolean english);
/** osy_report_channel: (transfer none): the word of a channel or tender; @name when there is none.
 */
const char *osy_report_channel (const char *name, gboolean english);
const char *osy_report_tender (const char *name, gboolean english);
/** osy_report_read_day: Returns: whether @day is "YYYY-MM-DD", and then *@ret. */
gboolean osy_report_read_day (const char *day, GDate *ret);
/** osy_report_weekday_of: 1 (Monday) … 7 of "YYYY-MM-DD"; 1 of what is no day. */
int osy_report_weekday_of (const char *day);
/** osy_report_int: the member of @object, 0 when it is not there. */
gint64 osy_report_int (JsonObject *object, const char *name);
/** osy_report_text: the same of a text; "" */
const char *osy_report_text (JsonObject *object, const char *name);
/** osy_report_rows: (transfer none) (nullable): the array @name. */
JsonArray *osy_report_rows (JsonObject *object, const char *name);

G_END_DECLS
