/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_clock_now: Returns: UTC microseconds since 1970; a test may have set it. */
gint64 osy_clock_now (void);

/** osy_clock_set_fake: @now: UTC microseconds that osy_clock_now() returns from now on; 0 ends it.
 */
void osy_clock_set_fake (gint64 now);

/** osy_clock_advance_fake: moves a fake clock forward by @us microseconds. */
void osy_clock_advance_fake (gint64 us);

/** osy_clock_format: Returns: (transfer full): RFC 3339 UTC with microseconds,
 * "2026-11-21T03:24:05.123456Z". */
char *osy_clock_format (gint64 us);

/** osy_clock_zone: @name: IANA name such as "Asia/Seoul", from anywhere: it never becomes a path
 * out of the system's zones. Returns: (transfer full) (nullable): NULL when there is no such zone.
 */
GTimeZone *osy_clock_zone (const char *name);
/** osy_clock_zone_or_utc: the same, read once and kept; UTC for @name NULL or unknown. (transfer
 * full) */
GTimeZone *osy_clock_zone_or_utc (const char *name);
/** osy_clock_parse: reads an RFC 3339 time with zone (also PostgreSQL's form) into UTC
 * microseconds. No leap second. */
gboolean osy_clock_parse (const char *text, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_clock_business_day:
 * @us: UTC microseconds
 * @zone: IANA name such as "Asia/Seoul"
 * @cutoff_minutes: minutes after local midnight at which the shop's day begins (default 300)
 *
 * A later time never has an earlier business day, also where summer time repeats an hour. An
 * unknown @zone reads as UTC. Returns: (transfer full): the business day as "YYYY-MM-DD".
 */
char *osy_clock_business_day (gint64 us, const char *zone, int cutoff_minutes);

/** Where a moment lies in the business days of a shop. */
typedef struct {
  int year; /* of the business day, as month and day */
  int month;
  int day;
  int weekday; /* of the business day; ISO: 1 Monday … 7 Sunday */
  int minute;  /* on the wall since that day's midnight: 1440 and up in the night that ends it */
} OsyClockShopDay;

/** osy_clock_shop_day: the business day of osy_clock_business_day() and the time on the wall. */
void osy_clock_shop_day (gint64 us, const char *zone, int cutoff_minutes, OsyClockShopDay *ret);

G_END_DECLS
