/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-clock.h"
#include "osy-json.h"

G_BEGIN_DECLS

/** Every day of a week. */
#define OSY_WEEK_ALL_DAYS 127U
#define OSY_WEEK_BIT(weekday) (1U << ((guint)(weekday)-1))
/** Most windows of one list. */
#define OSY_WEEK_MAX_WINDOWS 20

/** A time of the week by the clock on the shop's wall. A weekday is a business day: what begins
 *  before the cut-off is of the night that ends that day. */
typedef struct {
  guint weekdays; /* OSY_WEEK_BIT() of each, Monday first; 0: it is no window, and always */
  int from;       /* minutes after midnight, 0…1439 */
  int until;      /* > from, at most from + 1440: past 1440 is the morning after; 0: all day long */
} OsyWeekWindow;

/** By which clock. */
typedef struct {
  const char *zone; /* nullable: IANA name; NULL: UTC */
  int cutoff;       /* when the business day begins, minutes after local midnight */
} OsyWeekClock;

/** osy_week_window_covers: Returns: whether @day lies in the window. */
gboolean osy_week_window_covers (const OsyWeekWindow *self, const OsyClockShopDay *day, int cutoff);
/** osy_week_covers: @windows: (nullable): of OsyWeekWindow; none: always. @us: UTC µs. */
gboolean osy_week_covers (const GArray *windows, const OsyWeekClock *clock, gint64 us);
/** osy_week_windows_overlap: Returns: whether there is a minute that both cover. */
gboolean osy_week_windows_overlap (const OsyWeekWindow *a, const OsyWeekWindow *b, int cutoff);
/** osy_week_window_compare: a total order: by days, then by times. */
int osy_week_window_compare (const OsyWeekWindow *a, const OsyWeekWindow *b);

/** The minutes of a day at which some windows begin or end. Zeroed, it has none. */
typedef struct {
  guint8 marks[1440];
  gboolean any;
} OsyWeekEdges;

/** osy_week_edges_add: those of @window; of what is no window none. */
void osy_week_edges_add (OsyWeekEdges *self, const OsyWeekWindow *window, int cutoff);
/** osy_week_edges_next: Returns: the first moment after @us (UTC µs) at which the clock of @zone
 * shows one of them, whatever the weekday, or is set forward or back; G_MAXINT64: none. */
gint64 osy_week_edges_next (const OsyWeekEdges *self, const char *zone, gint64 us);

/** osy_week_window_write: "weekdays", "from" and "until" into @object; nothing of what is no
 * window.
 */
void osy_week_window_write (const OsyWeekWindow *self, JsonObject *object);
/** osy_week_window_read: the same members back; none of them: no window. Faults are noted. */
OsyWeekWindow osy_week_window_read (OsyJsonReader *reader);
/** osy_week_write: (transfer full): an array of windows. */
JsonArray *osy_week_write (const GArray *windows);
/** osy_week_read: what the array @name has; absent or null: none. @windows: is emptied first. */
void osy_week_read (OsyJsonReader *reader, const char *name, GArray *windows);

/** How windows are put into words: translated, or not. */
typedef struct {
  const char *weekdays[7]; /* "Mon" … */
  const char *every_day;
} OsyWeekWords;

/** In English, as refusals have it. */
extern const OsyWeekWords osy_week_english;

/** osy_week_format: (transfer full): "Mon–Fri 11:00–14:30, Sat 12:00–15:00". */
char *osy_week_format (const GArray *windows, const OsyWeekWords *words);
/** osy_week_window_format: (transfer full): the same of one. */
char *osy_week_window_format (const OsyWeekWindow *self, const OsyWeekWords *words);

G_END_DECLS
