/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Times of the week: when something holds that begins and ends by the clock on a shop's wall. */

#include "osy-week.h"

#define DAY 1440
#define WEEK (7 * DAY)
#define DAY_SECONDS ((gint64)24 * 3600)

const OsyWeekWords osy_week_english = {{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
                                       "every day"};

/* ---- what is covered ---- */

/* In minutes since the midnight of a business day on which it holds. */
static void
span_of (const OsyWeekWindow *self, int cutoff, int *begin, int *end)
{
  *begin = self->until == 0 ? cutoff : self->from;
  if (self->until != 0 && self->from < cutoff)
    *begin += DAY;
  *end = *begin + (self->until == 0 ? DAY : self->until - self->from);
}

gboolean
osy_week_window_covers (const OsyWeekWindow *self, const OsyClockShopDay *day, int cutoff)
{
  int begin, end;
  int yesterday = day->weekday == 1 ? 7 : day->weekday - 1;

  if (self->weekdays == 0)
    return TRUE;
  span_of (self, cutoff, &begin, &end);
  if ((self->weekdays & OSY_WEEK_BIT (day->weekday)) != 0 && day->minute >= begin &&
      day->minute < end)
    return TRUE;
  return (self->weekdays & OSY_WEEK_BIT (yesterday)) != 0 && day->minute + DAY >= begin &&
         day->minute + DAY < end;
}

gboolean
osy_week_covers (const GArray *windows, const OsyWeekClock *clock, gint64 us)
{
  OsyClockShopDay day;

  if (windows == NULL || windows->len == 0)
    return TRUE;
  osy_clock_shop_day (us, clock->zone, clock->cutoff, &day);
  for (guint i = 0; i < windows->len; i++)
    if (osy_week_window_covers (&g_array_index (windows, OsyWeekWindow, i), &day, clock->cutoff))
      return TRUE;
  return FALSE;
}

gboolean
osy_week_windows_overlap (const OsyWeekWindow *a, const OsyWeekWindow *b, int cutoff)
{
  int a_begin, a_end, b_begin, b_end;

  span_of (a, cutoff, &a_begin, &a_end);
  span_of (b, cutoff, &b_begin, &b_end);
  for (int x = 1; x <= 7; x++) {
    for (int y = 1; y <= 7; y++) {
      int apart = (y - x) * DAY;
      if ((a->weekdays & OSY_WEEK_BIT (x)) == 0 || (b->weekdays & OSY_WEEK_BIT (y)) == 0)
        continue;
      /* Sunday night goes on into Monday. */
      for (int turn = -WEEK; turn <= WEEK; turn += WEEK)
        if (b_begin + apart + turn < a_end && a_begin < b_end + apart + turn)
          return TRUE;
    }
  }
  return FALSE;
}

int
osy_week_window_compare (const OsyWeekWindow *a, const OsyWeekWindow *b)
{
  if (a->weekdays != b->weekdays)
    return a->weekdays < b->weekdays ? -1 : 1;
  if (a->from != b->from)
    return a->from < b->from ? -1 : 1;
  return (a->until > b->until) - (a->until < b->until);
}

/* ---- edges ---- */

void
osy_week_edges_add (OsyWeekEdges *self, const OsyWeekWindow *window, int cutoff)
{
  int begin, end;

  if (window->weekdays == 0)
    return;
  span_of (window, cutoff, &begin, &end);
  self->marks[begin % DAY] = self->marks[end % DAY] = 1;
  self->any = TRUE;
}

static gint64
offset_at (GTimeZone *zone, gint64 seconds)
{
  return g_time_zone_get_offset (zone,
                                 g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* The moment between the two at which the clock is set. */
static gint64
find_turn (GTimeZone *zone, gint64 from, gint64 to)
{
  gint64 offset = offset_at (zone, from);

  while (to - from > 1) {
    gint64 middle = from + (to - from) / 2;
    if (offset_at (zone, middle) == offset)
      from = middle;
    else
      to = middle;
  }
  return to;
}

/* Of the clock at @offset, around the day of @seconds. */
static void
look_at_offset (const OsyWeekEdges *self, gint64 offset, gint64 seconds, gint64 *next)
{
  gint64 midnight = (seconds + offset) - (seconds + offset) % DAY_SECONDS - offset;

  for (int day = -1; day <= 1; day++)
    for (int minute = 0; minute < DAY; minute++) {
      gint64 moment = midnight + day * DAY_SECONDS + (gint64)minute * 60;
      if (self->marks[minute] != 0 && moment > seconds && moment < *next)
        *next = moment;
    }
}

gint64
osy_week_edges_next (const OsyWeekEdges *self, const char *zone, gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC;
  gint64 later = seconds + 2 * DAY_SECONDS;
  gint64 next = G_MAXINT64;

  if (!self->any)
    return G_MAXINT64;
  g_autoptr (GTimeZone) tz = osy_clock_zone_or_utc (zone);
  look_at_offset (self, offset_at (tz, seconds), seconds, &next);
  if (offset_at (tz, later) != offset_at (tz, seconds)) {
    look_at_offset (self, offset_at (tz, later), seconds, &next);
    next = MIN (next, find_turn (tz, seconds, later));
  }
  return next * G_USEC_PER_SEC;
}

/* ---- JSON ---- */

void
osy_week_window_write (const OsyWeekWindow *self, JsonObject *object)
{
  JsonArray *days;

  if (self->weekdays == 0)
    return;
  days = json_array_new ();
  for (int day = 1; day <= 7; day++)
    if ((self->weekdays & OSY_WEEK_BIT (day)) != 0)
      json_array_add_int_element (days, day);
  json_object_set_array_member (object, "weekdays", days);
  if (self->until == 0)
    return;
  json_object_set_int_member (object, "from", self->from);
  json_object_set_int_member (object, "until", self->until);
}

OsyWeekWindow
osy_week_window_read (OsyJsonReader *reader)
{
  OsyWeekWindow self = {0};
  gboolean timed = osy_json_reader_has (reader, "from") || osy_json_reader_has (reader, "until");

  if (!timed && !osy_json_reader_has (reader, "weekdays"))
    return self;
  guint n = osy_json_reader_array (reader, "weekdays", 1, 7);
  for (guint i = 0; i < n; i++) {
    gint64 day = osy_json_reader_element_int (reader, "weekdays", i, 1, 7);
    if (day >= 1 && day <= 7)
      self.weekdays |= OSY_WEEK_BIT (day);
  }
  if (!timed)
    return self;
  self.from = (int)osy_json_reader_int (reader, "from", 0, DAY - 1);
  self.until = (int)osy_json_reader_int (reader, "until", 1, 2 * DAY - 1);
  if (self.until <= self.from || self.until > self.from + DAY) {
    osy_json_reader_fault (
        reader, "until", "OUT_OF_RANGE",
        "It must end after it begins, at most a day later; past midnight is 1440 "
        "and up.");
    self.until = self.from + 1;
  }
  return self;
}

JsonArray *
osy_week_write (const GArray *windows)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < windows->len; i++) {
    JsonObject *object = json_object_new ();
    osy_week_window_write (&g_array_index (windows, OsyWeekWindow, i), object);
    json_array_add_object_element (array, object);
  }
  return array;
}

void
osy_week_read (OsyJsonReader *reader, const char *name, GArray *windows)
{
  guint n = osy_json_reader_opt_array (reader, name, OSY_WEEK_MAX_WINDOWS);

  g_array_set_size (windows, 0);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, name, i);
    OsyWeekWindow window = osy_week_window_read (row);
    if (window.weekdays == 0)
      osy_json_reader_fault (row, "weekdays", "REQUIRED", "On which days? 1 is Monday, 7 Sunday.");
    g_array_append_val (windows, window);
  }
}

/* ---- words ---- */

static void
append_days (GString *text, guint weekdays, const OsyWeekWords *words)
{
  gboolean first = TRUE;

  if (weekdays == OSY_WEEK_ALL_DAYS) {
    g_string_append (text, words->every_day);
    return;
  }
  for (int day = 1; day <= 7; day++) {
    int last = day;
    if ((weekdays & OSY_WEEK_BIT (day)) == 0)
      continue;
    while (last < 7 && (weekdays & OSY_WEEK_BIT (last + 1)) != 0)
      last++;
    g_string_append_printf (text, "%s%s", first ? "" : "·", words->weekdays[day - 1]);
    first = FALSE;
    if (last - day >= 2) {
      g_string_append_printf (text, "–%s", words->weekdays[last - 1]);
      day = last;
    }
  }
}

/* The end of a day is "24:00" and not the beginning of one. */
static void
append_window (GString *text, const OsyWeekWindow *self, const OsyWeekWords *words)
{
  int until = self->until > DAY ? self->until - DAY : self->until;

  append_days (text, self->weekdays, words);
  if (self->until > 0)
    g_string_append_printf (text, " %02d:%02d–%02d:%02d", self->from / 60, self->from % 60,
                            until / 60, until % 60);
}

char *
osy_week_window_format (const OsyWeekWindow *self, const OsyWeekWords *words)
{
  GString *text = g_string_new (NULL);

  append_window (text, self, words);
  return g_string_free (text, FALSE);
}

char *
osy_week_format (const GArray *windows, const OsyWeekWords *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; windows != NULL && i < windows->len; i++) {
    g_string_append (text, i > 0 ? ", " : "");
    append_window (text, &g_array_index (windows, OsyWeekWindow, i), words);
  }
  return g_string_free (text, FALSE);
}
